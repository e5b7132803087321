//! Exchange of information on the command line: a request from sending to answer, for each reader,
//! and what is refused.

mod home;
#[expect(dead_code, reason = "its framework has two parties")]
mod partnership;

use home::{Home, check};
use partnership::words;
use travaux_testkit::random::Rng;

const PARTNERSHIP: &str = r#"{"title": "Partnership", "handle": "pact",
    "declaration": {"title": "joint declaration", "made": "2023-10", "by": []},
    "parties": [{"id": "FR", "name": "FR"}, {"id": "MA", "name": "MA"}, {"id": "ES", "name": "ES"}],
    "areas": [{"key": "migration", "title": "Migration"}]}"#;

const TERMS: &str = r#"{"title": "Data", "instrument": "Directive (EU) 2023/977",
    "contacts": {"ES": "spoc-es", "FR": "spoc-fr", "MA": "spoc-ma"},
    "languages": ["fr"],
    "limits": [
        {"key": "urgent-direct", "urgent": true, "direct": true, "period": "8 hours"},
        {"key": "urgent-indirect", "urgent": true, "direct": false, "period": "P3D"},
        {"key": "other", "period": "7 days"}],
    "counting": {"whole_hours": true, "rolls_over": true, "two_working_days": true},
    "refusal_grounds": ["investigation"], "deviation_grounds": ["judicial-authorisation"],
    "erasure_grounds": ["wrong-person"],
    "unmarked": "fr:tres-secret h1 h2 tlp:red",
    "publishing": {"rows": "area", "columns": "quarter", "minimum": 2}}"#;

const QUESTION: &str = r#"{"purpose": "prevention", "objective": "to find a forger",
    "link": "he sells passports", "urgency_reasons": "he leaves tomorrow", "text": "Who is A. B.?"}"#;

fn home() -> Home {
    let home = Home::new();
    for (name, text) in [
        ("framework.json", PARTNERSHIP),
        ("terms.json", TERMS),
        ("question.json", QUESTION),
        ("a1.txt", "A. B. lives in Fez.\nHe has two passports."),
        ("q1.txt", "Which A. B.?"),
        ("c1.txt", "The one of Fez."),
        ("warning.txt", "A. B. travels."),
    ] {
        home.write(name, text);
    }
    home
}

const BEGUN: [&str; 4] = [
    "--as FR framework found framework.json --consenting ES,FR,MA --on 2024-01-01",
    "--as FR terms agree pact terms.json --consenting ES,FR,MA --on 2024-01-02 --handle data",
    "--as MA terms calendar data --zone Africa/Casablanca --holidays 2024-04-10 --on 2024-01-02",
    "--as FR request send data question.json --reference FR-2024-0017 --urgent --from spoc-fr --to MA --at-contact spoc-ma --area migration --clause 'Article 4' --parts identity,travel --lang fr --key question --marking 'fr:secret to:FR,MA h1 tlp:amber' --on 2024-03-28",
];

#[test]
fn a_request_is_sent_clarified_answered_and_shown_to_each_reader() {
    let home = home();
    home.write("bad.json", &TERMS.replace("languages", "langages"));
    home.write("silent.json", &QUESTION.replace("prevention", " "));
    let mut transcript = Vec::new();
    let lines = [
        "--as FR terms agree pact bad.json --consenting ES,FR,MA --on 2024-01-02",
        "--as FR request send data silent.json --reference FR-1 --from spoc-fr --to MA --at-contact spoc-ma --area migration --clause 'Article 4' --parts identity --lang fr --key question --on 2024-03-28",
        "--as FR request send data question.json --reference FR-1 --from spoc-fr --to MA --at-contact spoc-ma --area migration --clause 'Article 4' --parts identity --lang fr --key question --marking 'fr:secret-defense tlp:red' --on 2024-03-28",
        "terms list",
        "terms show data",
        "request list",
        "request list --overdue",
        "--as MA request receive fr-2024-0017 --direct --on 2024-03-28",
        "--as MA request receive fr-2024-0017 --direct --at 2024-03-28T23:30:00+00:00 --on 2024-03-28",
        "request list --overdue --at 2024-03-29T08:00:00Z",
        "request list --overdue --at 2024-03-29T08:00:01Z",
        "--as MA request clarify fr-2024-0017 q1.txt --key q1 --marking 'to:FR tlp:amber' --at 2024-03-29T02:00:00+00:00 --on 2024-03-29",
        "--as FR request answer fr-2024-0017 c1.txt --key c1 --marking 'to:MA tlp:amber' --at 2024-03-29T12:00:00+01:00 --on 2024-03-29",
        "--as MA request postpone fr-2024-0017 --ground holidays --expected 2024-04-02 --at 2024-03-29T14:00:00+00:00 --on 2024-03-29",
        "--as MA request postpone fr-2024-0017 --ground judicial-authorisation --expected 2024-04-02 --at 2024-03-29T14:00:00+00:00 --on 2024-03-29",
        "--as MA request provide fr-2024-0017 a1.txt --parts identity --key a1 --at 2024-03-30T10:00:00+00:00 --on 2024-03-30",
        "--as MA request refuse fr-2024-0017 --ground investigation --parts travel --at 2024-03-30T10:00:00+00:00 --on 2024-03-30",
        "request show fr-2024-0017",
        "request show fr-2024-0017 --as-reader MA",
        "request show fr-2024-0017 --as-reader MA --cleared fr:secret",
        "request show fr-2024-0017 --as-reader FR --cleared fr:tres-secret",
        "request show fr-2024-0017 --as-reader ES --cleared fr:tres-secret",
        "request show fr-2024-0017 --at 2024-03-29T10:00:00Z",
        "--as FR request forward fr-2024-0017 --key a1 --to ES --on 2024-04-01",
        "--as MA request consent fr-2024-0017 --key a1 --use onward:ES --use evidence:FR --on 2024-04-01",
        "--as FR request forward fr-2024-0017 --key a1 --to ES --on 2024-04-02",
        "request show fr-2024-0017 --as-reader ES --cleared fr:tres-secret",
        "--as FR request mark fr-2024-0017 --key a1 --marking tlp:green --on 2024-04-02",
        "--as MA request mark fr-2024-0017 --key a1 --marking 'to:ES,FR,MA tlp:green' --on 2024-04-02",
        "--as ES request acknowledge fr-2024-0017 --key a1 --on 2024-04-03",
        "request show fr-2024-0017 --as-reader ES",
        "--as MA request offer data warning.txt --reference MA-2024-3 --to FR --area migration --clause 'Article 7' --key warning --marking 'to:FR tlp:amber' --on 2024-04-03",
        "request show ma-2024-3 --as-reader FR",
        "--as FR request result data --key r1 --kind arrest --count 3 --date 2024-04-04 --requests fr-2024-0017 --sources communique --claimed-by FR --on 2024-04-05",
        "--as MA request result data --key r1 --kind arrest --count 3 --date 2024-04-04 --sources communique --claimed-by MA --on 2024-04-05",
        "--as MA request claim data --key r1 --source 'communique of MA' --on 2024-04-05",
        "--as FR request recount data --key r1 --was 3 --is 2 --ground 'counted twice' --on 2024-04-06",
        "terms show data",
        "request publish data",
        "--as MA request erase fr-2024-0017 --key a1 --ground wrong-person --on 2024-04-07",
        "request show fr-2024-0017 --as-reader FR --cleared fr:tres-secret",
        "request list --format json",
        "request list",
        "framework history pact",
        "framework history pact --reader ES",
        "framework history pact --reader es",
        "framework state pact --reader es",
        "framework diff pact 2024-01-01 2025-01-01 --reader es",
        "history pact --reader ES --format json",
        "history fr-2024-0017 --reader ES",
        "history data",
        "audit",
    ];
    for line in BEGUN.into_iter().chain(lines) {
        transcript.push(home.run(&words(line)));
    }
    check("requests", &transcript);
}

/// INV17: who may not see a content cannot tell it from another, whatever its length; neither can who
/// is a party to something else.
#[test]
fn what_a_reader_may_not_see_changes_nothing_of_what_is_shown() {
    let mut secrets = vec![
        "no".to_owned(),
        "yes, and this at much greater length: A. B. lives in Fez".to_owned(),
        "\u{62f}".to_owned(),
    ];
    // Any others: of all lengths, in letters of one to four bytes.
    let letters: Vec<char> = "aé€د𐄂 7.,;:<>&'-".chars().collect();
    let mut rng = Rng::of("inv17");
    for most in [3, 40, 5000] {
        let length = 1 + rng.below(most);
        let letters = (0..length).map(|_| rng.pick(&letters));
        // Words do not begin or end with a space.
        secrets.push(format!("({})", letters.collect::<String>()));
    }
    let shown = |secret: &str| -> Vec<Vec<u8>> {
        let home = home();
        let question = QUESTION.replace("Who is A. B.?", secret);
        home.write("question.json", &question);
        home.write("a1.txt", secret);
        let lines = [
            "--as MA request receive fr-2024-0017 --direct --at 2024-03-28T23:30:00+00:00 --on 2024-03-28",
            "--as MA request provide fr-2024-0017 a1.txt --parts identity --key a1 --at 2024-03-29T04:00:00+00:00 --on 2024-03-29",
        ];
        for line in BEGUN.into_iter().chain(lines) {
            let output = home.output(&words(line));
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{line}: {said}");
        }
        let mut all = Vec::new();
        for question in [
            "request show fr-2024-0017 --as-reader MA",
            "request show fr-2024-0017 --as-reader FR --cleared fr:diffusion-restreinte",
            "request show fr-2024-0017 --as-reader ES --cleared fr:tres-secret",
            "request list --as-reader MA",
            "request list --as-reader ES",
            "request publish data",
            "terms show data",
        ] {
            for format in ["text", "json"] {
                let mut args = words(question);
                args.extend(["--format", format]);
                let output = home.output(&args);
                let text = String::from_utf8(output.stdout).expect("text");
                let errors = String::from_utf8(output.stderr).expect("text");
                all.push(without_ids(&(text + &errors)).into_bytes());
            }
        }
        // And who may see it does.
        let read = home.output(&words(
            "request show fr-2024-0017 --as-reader FR --cleared fr:tres-secret --format json",
        ));
        let read: serde_json::Value = serde_json::from_slice(&read.stdout).expect("a document");
        let words: Vec<_> = (0..2)
            .map(|at| read["contents"][at]["words"].clone())
            .collect();
        assert_eq!(
            words,
            [serde_json::json!(secret), serde_json::json!(question)]
        );
        all
    };
    let first = shown(&secrets[0]);
    for secret in &secrets[1..] {
        assert_eq!(shown(secret), first, "{secret}");
    }
}

/// QY4: a handle is made from the reference, and may say what a request is about.
#[test]
fn what_is_withheld_of_a_reader_goes_by_no_handle() {
    let home = home();
    for line in BEGUN {
        let output = home.output(&words(line));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {said}");
    }
    let told = |question: &str| {
        let output = home.output(&words(question));
        String::from_utf8(output.stdout).expect("text")
    };
    for (reader, may) in [("", false), (" --reader ES", false), (" --reader MA", true)] {
        let differs = told(&format!(
            "framework diff pact 2024-01-03 2024-03-28{reader}"
        ));
        assert!(differs.contains("request"), "{differs}");
        assert_eq!(differs.contains("fr-2024-0017"), may, "{differs}");
    }
}

/// Ids are drawn anew for each store; they are of one length.
fn without_ids(text: &str) -> String {
    let is_hex = |part: &str| part.chars().all(|c| c.is_ascii_hexdigit());
    let is_id = |at: usize| {
        let Some(id) = text.get(at..at + 36) else {
            return false;
        };
        let lengths: Vec<_> = id.split('-').map(str::len).collect();
        lengths == [8, 4, 4, 4, 12] && id.split('-').all(is_hex)
    };
    let mut out = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if is_id(at) {
            out.push_str("[id]");
            at += 36;
        } else {
            out.push(c);
            at += c.len_utf8();
        }
    }
    out
}

/// What is erased is nowhere in the store: not in the log, not in the vault, not in a snapshot.
#[test]
fn what_is_erased_is_nowhere() {
    fn anywhere(folder: &std::path::Path, bytes: &[u8]) -> bool {
        let each = std::fs::read_dir(folder).expect("a folder");
        each.map(|entry| entry.expect("an entry").path())
            .any(|path| {
                if path.is_dir() {
                    return anywhere(&path, bytes);
                }
                let found = std::fs::read(&path).expect("a file");
                found.windows(bytes.len()).any(|part| part == bytes)
            })
    }
    let home = home();
    for line in BEGUN {
        assert!(home.output(&words(line)).status.success(), "{line}");
    }
    let store = home.0.path().join("travaux-store");
    assert!(!anywhere(&store, b"Who is A. B."), "it is sealed");
    // A copy of the log has neither words nor keys, and says so.
    let copied = home.output(&words("backup copy"));
    let said = String::from_utf8_lossy(&copied.stdout).into_owned();
    assert!(
        copied.status.success() && said.contains("travaux-store/vault"),
        "{said}"
    );
    assert!(!home.0.path().join("copy/vault").exists());
    let digest = || {
        let shown = home.output(&words("request show fr-2024-0017 --format json"));
        let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).expect("a document");
        shown["contents"][0]["digest"].clone()
    };
    let before = digest();
    let erased =
        "--as FR request erase fr-2024-0017 --key question --ground wrong-person --on 2024-04-01";
    assert!(home.output(&words(erased)).status.success());
    let left = |of: &str| {
        std::fs::read_dir(store.join("vault").join(of))
            .expect("a folder")
            .count()
    };
    assert_eq!((left("words"), left("keys/FR"), left("keys/MA")), (0, 0, 0));
    assert_eq!(digest(), before, "its digest stays on record");
    // INV20: the log verifies as before.
    let audit = home.run(&["audit"]);
    assert!(audit.contains("status 0"), "{audit}");
}
