//! Procedures on the command line: a step table from its first draft to a later version, and cases
//! that are answered, not answered, put off, moved and counted.

mod home;
mod partnership;

use home::{Home, check};
use partnership::{PARTNERSHIP, words};

/// Passes: asked for, examined within thirty days of receipt, issued within three working days; else
/// silence accepts.
const STEPS: &str = r#"{"title": {"en": "Consular passes", "fr": "Laissez-passer consulaires"},
  "steps": [
    {"key": "request", "words": {"en": "the request"}, "actor": "requesting", "limit": "none",
     "starts": "reached", "silence": "nothing",
     "inputs": [{"key": "identity", "words": {"en": "identity"},
                 "accepts": [{"key": "passport", "words": {"en": "a passport"}},
                             {"key": "identity-card", "words": {"en": "an identity card"}}]}],
     "outcomes": [{"key": "sent", "words": {"en": "sent"}, "gives": "other",
                   "leads": {"to": "examine"}}]},
    {"key": "examine", "words": {"en": "the examination"}, "actor": "requested",
     "limit": "30 days, at most 60 days", "starts": "received",
     "silence": {"deemed_agreed": "accepted"},
     "outcomes": [{"key": "accepted", "words": {"en": "accepted"}, "gives": "obtained",
                   "leads": {"to": "issue"}},
                  {"key": "refused", "words": {"en": "refused"}, "gives": "refused", "leads": "end"},
                  {"key": "more", "words": {"en": "papers are missing"}, "gives": "other",
                   "leads": {"back_to": "request"}}]},
    {"key": "issue", "words": {"en": "the issue"}, "actor": "requested",
     "limit": "3 working days, calendar of requested", "starts": "reached", "silence": "nothing",
     "outputs": [{"key": "pass", "words": {"en": "a pass"}}],
     "outcomes": [{"key": "issued", "words": {"en": "issued"}, "gives": "obtained",
                   "leads": "end"}]}]}"#;

const LINES: [&str; 52] = [
    "--as FR framework found framework.json --consenting FR,MA --on 2024-01-01",
    "--as FR procedure propose pact unknown.json --on 2024-01-02",
    "--as FR procedure propose pact lost.json --on 2024-01-02",
    "--as FR procedure propose pact steps.json --version 1.0.0 --on 2024-01-02",
    "--as FR procedure propose pact steps.json --on 2024-01-02 --handle passes",
    "procedure show passes",
    "--as MA procedure revise passes titled.json --version 1.0.0-draft --base 1.0.0-draft --on 2024-01-03",
    "--as MA procedure revise passes titled.json --version 1.0.0-draft.2 --base 1.0.0-draft --on 2024-01-03",
    "--as FR procedure adopt passes --version 1.0.0 --draft 1.0.0-draft --from 2024-02-01 --consenting FR,MA --on 2024-01-04",
    "--as FR procedure adopt passes --version 1.0.0 --draft 1.0.0-draft.2 --from 2024-02-01 --consenting FR --on 2024-01-04",
    "--as FR procedure adopt passes --version 1.0.0 --draft 1.0.0-draft.2 --from 2024-02-01 --consenting FR,MA --on 2024-01-04",
    "--as FR procedure case open passes --case FR-2024-1 --version 1.0.0 --ask MA --on 2024-01-31",
    "--as FR procedure case open passes --case FR-2024-1 --version 1.0.0 --ask MA --on 2024-02-01",
    "--as MA procedure calendar passes --zone Rabat --on 2024-01-05",
    "--as MA procedure calendar passes --zone Africa/Casablanca --holidays 2024-04-10,2024-04-11 --on 2024-01-05",
    "--as FR procedure calendar passes --zone Europe/Paris --on 2024-01-05",
    "--as FR procedure case open passes --case Mohammed --version 1.0.0 --ask MA --on 2024-03-01",
    "--as FR procedure case open passes --case FR-2024-1 --version 1.0.0 --ask MA --on 2024-03-01",
    "--as FR procedure case open passes --case FR-2024-2 --version 1.0.0 --ask MA --at 2024-03-01T10:00:00+01:00 --on 2024-03-01",
    "--as FR procedure case step passes --case FR-2024-1 --step request --outcome sent --on 2024-03-01",
    "--as FR procedure case step passes --case FR-2024-2 --step request --outcome sent --on 2024-03-01",
    "--as MA procedure case receive passes --case FR-2024-1 --step examine --on 2024-03-04",
    "--as MA procedure case receive passes --case FR-2024-2 --step examine --on 2024-03-04",
    "--as FR procedure case step passes --case FR-2024-1 --step examine --outcome accepted --on 2024-03-05",
    "--as MA procedure case step passes --case FR-2024-1 --step issue --outcome issued --on 2024-03-05",
    "--as MA procedure case extend passes --case FR-2024-2 --step examine --ground archives --on 2024-03-20",
    "--as MA procedure case extend passes --case FR-2024-2 --step examine --ground archives --on 2024-03-20",
    "procedure case list passes --as-of 2024-04-03",
    "procedure case list passes --as-of 2024-04-04",
    "procedure case show passes --case FR-2024-1 --as-of 2024-04-03",
    "procedure case show passes --case FR-2024-1 --as-of 2024-04-04",
    "procedure case show passes --case FR-2024-1 --at 2024-04-03T23:59:59Z",
    "procedure case show passes --case FR-2024-9",
    "--as MA procedure case step passes --case FR-2024-1 --step examine --outcome refused --on 2024-04-04",
    "--as MA procedure case step passes --case FR-2024-1 --step issue --outcome issued --on 2024-04-15",
    "--as MA procedure revise passes faster.json --version 1.1.0-draft --base 1.0.0 --on 2024-03-25",
    "--as MA procedure revise passes faster.json --version 2.0.0-draft --base 1.0.0 --on 2024-03-25",
    "--as MA procedure adopt passes --version 2.0.0 --draft 2.0.0-draft --from 2024-04-01 --consenting FR,MA --on 2024-03-26",
    "procedure list --as-of 2024-04-02",
    "procedure show passes --as-of 2024-04-02",
    "procedure show passes --version 3.0.0",
    "--as MA procedure case migrate passes --case FR-2024-2 --to 2.0.0 --step examine --consenting MA --on 2024-04-02",
    "--as MA procedure case migrate passes --case FR-2024-2 --to 2.0.0 --step examine --consenting FR,MA --on 2024-04-02",
    "procedure case show passes --case FR-2024-2 --as-of 2024-04-02",
    "--as FR procedure case close passes --case FR-2024-2 --ground left-the-country --on 2024-04-05",
    "procedure count passes --from 2024-01-01 --to 2024-12-31 --as-of 2024-04-30",
    "procedure count passes --from 2024-01-01 --to 2024-12-31 --as-of 2024-04-30 --format json",
    "procedure case list passes --open --as-of 2024-04-30",
    "--as FR procedure supersede passes --from 2024-06-01 --reason 'one for all' --consenting FR,MA --on 2024-05-01",
    "procedure show passes --as-of 2024-06-01",
    "framework history pact",
    "audit",
];

#[test]
fn a_procedure_is_agreed_followed_changed_and_counted() {
    let home = Home::new();
    let faster = STEPS.replace("30 days, at most 60 days", "10 days");
    for (name, text) in [
        ("framework.json", PARTNERSHIP),
        ("steps.json", STEPS),
        (
            "unknown.json",
            &STEPS.replace("\"silence\": \"nothing\"", "\"deadline\": \"soon\""),
        ),
        (
            "lost.json",
            &STEPS.replace("{\"back_to\": \"request\"}", "{\"to\": \"request\"}"),
        ),
        ("titled.json", &STEPS.replace("Consular passes", "Passes")),
        ("faster.json", &faster.replace("Consular passes", "Passes")),
    ] {
        home.write(name, text);
    }
    let lines = LINES.iter().map(|line| home.run(&words(line)));
    check("procedures", &lines.collect::<Vec<_>>());
}
