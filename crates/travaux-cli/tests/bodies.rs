//! Joint bodies on the command line: what each verb does, what refuses it, and the annexes that a body
//! amends in the commit of its decision.

mod home;
mod partnership;

use home::{Home, check};
use partnership::{PARTNERSHIP, words};

/// A body by a declaration, which goes up to another one.
fn body(key: &str, above: &str) -> String {
    format!(
        r#"{{"key": "{key}", "title": "Joint {key}", "basis": {{"declaration": {{"title": "joint declaration"}}}},
        "competences": [{{"key": "refer", "verb": "reference_mechanism"}},
            {{"key": "rules", "verb": "adopt_own_rules"}},
            {{"key": "groups", "verb": "set_up_sub_bodies"}}],
        "chair": {{"by_session": {{"from": 1, "order": ["MA", "FR"]}}}}, "seat": "Rabat", "areas": ["events"]{above}}}"#
    )
}

fn play(name: &str, home: &Home, lines: &[&str]) {
    let transcript: Vec<_> = lines.iter().map(|line| home.run(&words(line))).collect();
    check(name, &transcript);
}

/// Two bodies by a declaration: `group`, and `council` above it.
fn two_bodies() -> Home {
    let home = Home::new();
    home.write("framework.json", PARTNERSHIP);
    home.write("group.json", &body("group", r#", "above": "council""#));
    home.write("council.json", &body("council", ""));
    home
}

const BEGIN: [&str; 3] = [
    "--as FR framework found framework.json --consenting FR,MA --on 2024-01-10",
    "--as MA body establish pact council.json --consenting FR,MA --on 2024-01-11 --handle council",
    "--as MA body establish pact group.json --consenting FR,MA --on 2024-01-11 --handle group",
];

#[test]
fn each_act_on_a_body_is_let_through_or_refused_by_its_row() {
    let home = two_bodies();
    let binds = body("binding", "").replace("reference_mechanism", "settle");
    home.write("binding.json", &binds);
    home.write("odd.json", &body("odd", r#", "seats": 2"#));
    let mut lines = BEGIN[..1].to_vec();
    lines.extend([
        "--as MA body establish pact group.json --consenting MA --on 2024-01-11",
        // A declaration binds nobody, so no body by one settles anything.
        "--as MA body establish pact binding.json --consenting FR,MA --on 2024-01-11",
        "--as MA body establish pact odd.json --consenting FR,MA --on 2024-01-11",
    ]);
    lines.extend(&BEGIN[1..]);
    lines.extend([
        "--as MA body establish pact group.json --consenting FR,MA --on 2024-01-12",
        r#"--as MA body rules group --rules '{"version": 2}' --consenting FR,MA --on 2024-01-12"#,
        r#"--as MA body rules group --rules '{"version": 1, "written": {"days": 21}, "referral_days": 30, "open": {"decisions": true}}' --consenting FR,MA --on 2024-01-12"#,
        "--as MA body chair group --who 'FR:Director of Security' --on 2024-01-12",
        "--as MA body chair group --who 'MA:Director of Security:A. Amrani' --on 2024-01-12",
        r#"--as MA body give-competence group --competence '{"key": "watch", "verb": "decide", "subjects": ["stewards"]}' --consenting FR,MA --on 2024-01-13"#,
        r#"--as MA body give-competence group --competence '{"key": "watch", "verb": "monitor", "until": "2024-06-30"}' --consenting FR,MA --on 2024-01-13"#,
        "--as MA body end-competence group --competence settle --ground none --consenting FR,MA --on 2024-01-14",
        "body competence group --verb monitor --as-of 2024-06-30",
        "body competence group --verb monitor --as-of 2024-07-01",
        "body competence group --verb recommend --subject stewards --as-of 2024-02-01",
        "body competence group --verb decide --subject stewards --as-of 2024-02-01",
        "body competence group --verb judge --as-of 2024-02-01",
        // Sessions: numbers without gaps, the chair in turn, one call for two streams.
        "--as MA body session group --number 1 --title 'First session' --start 2024-02-20 --time 10:00:00 --zone Africa/Casablanca --place Rabat --chair MA:Director --on 2024-02-01 --handle first",
        "--as MA body session group --number 3 --title 'Third session' --start 2024-03-20 --place Paris --chair FR:Director --on 2024-02-21",
        "--as MA body session group --number 2 --title 'Second session' --start 2024-03-20 --place Paris --chair MA:Director --on 2024-02-21",
        "--as FR meeting convene pact --kind session --body group --number 2 --title 'Second session' --start 2024-03-20 --place Paris --chair FR:Director --on 2024-02-21 --handle second",
        "--as FR body session group --title 'Urgent session' --start 2024-03-25 --place Rabat --chair MA:Director --on 2024-03-24",
        "--as FR meeting convene pact --kind session --body none --number 1 --title x --start 2024-03-25 --place Rabat --chair MA:Director --on 2024-03-24",
        // Decisions and recommendations.
        "--as MA body draft group --key order --verb decide --subject stewards --words 'en=Stewards are trained.' --on 2024-02-02",
        "--as MA body decide group --decision order --consenting FR,MA --on 2024-02-20",
        "--as FR body refuse group --decision order --reason 'it binds nobody' --on 2024-02-20",
        "--as MA body draft group --key advice --verb recommend --subject stewards --words 'en=Train stewards within 21 days.' --on 2024-02-02",
        "--as MA body decide group --decision advice --number 1/2024 --session first --consenting MA --on 2024-02-20",
        "--as MA body decide group --decision nothing --consenting FR,MA --on 2024-02-20",
        "--as MA body decide group --decision advice --number 1/2024 --session first --consenting FR,MA --on 2024-02-20",
        "--as FR body publish group --decision order --source 'Gazette 12' --on 2024-02-28",
        "--as FR body publish group --decision advice --source 'Gazette 12' --on 2024-02-28",
        "--as MA body correct group --decision advice --lang en --was 'Train stewards within 20 days.' --is x --ground 'a slip' --consenting FR,MA --on 2024-03-01",
        "--as MA body correct group --decision advice --lang en --was 'Train stewards within 21 days.' --is 'Train stewards within 20 days.' --ground 'a slip' --consenting FR,MA --on 2024-03-01",
        // In writing.
        "--as MA body draft group --key posts --verb recommend --subject posts --words 'en=Open joint posts.' --on 2024-03-02",
        "--as MA body written group --decision posts --until 2024-03-10 --on 2024-03-02",
        "--as MA body written group --decision posts --until 2024-03-31 --on 2024-03-02",
        "--as MA body answer group --decision posts --consents true --on 2024-03-05",
        "--as MA body close-written group --decision posts --on 2024-03-06",
        "--as FR body answer group --decision posts --consents false --on 2024-03-07",
        "--as MA body decide group --decision posts --in-writing --on 2024-03-07",
        "--as MA body close-written group --decision posts --on 2024-03-07",
        "body show group --as-of 2024-03-31",
    ]);
    play("bodies_decide", &home, &lines);
}

#[test]
fn what_is_referred_to_a_body_goes_on_until_it_has_an_end() {
    let home = two_bodies();
    let mut lines = BEGIN.to_vec();
    lines.extend([
        "--as MA body refer group --key late --area sport --subject passes --facts 'en=Passes come late.' --on 2024-02-01",
        "--as MA body refer group --key late --area events --subject passes --facts 'en=Passes come late.' --marking TLP:AMBER --on 2024-02-01",
        "--as MA body refer group --key seals --area events --subject passes --facts 'en=A seal is missing.' --on 2024-02-01",
        "--as FR body refer group --key forms --area events --subject passes --facts 'en=Forms differ.' --on 2024-02-01",
        "--as MA body refer group --key posts --area events --subject posts --facts 'en=Posts are closed.' --on 2024-02-01",
        "--as MA body allocate group --referral late --to-sub-body visit --on 2024-02-02",
        r#"--as MA body mission group --key visit --title 'Joint mission' --mandate '[{"key": "look", "verb": "decide", "subjects": ["passes"]}]' --consenting FR,MA --on 2024-02-02"#,
        r#"--as MA body mission group --key visit --title 'Joint mission' --mandate '[{"key": "look", "verb": "examine", "subjects": ["passes"]}]' --until 2024-06-25 --consenting FR,MA --on 2024-02-02"#,
        r#"--as MA body sub-body group --key experts --title 'Group of experts' --mandate '[{"key": "look", "verb": "examine"}]' --consenting MA --on 2024-02-02"#,
        r#"--as MA body sub-body group --key experts --title 'Group of experts' --mandate '[{"key": "look", "verb": "examine"}]' --consenting FR,MA --on 2024-02-02"#,
        "--as MA body allocate group --referral late --to-sub-body visit --due 2024-03-01 --on 2024-02-03",
        "--as MA body allocate group --referral late --to-party FR --to-sub-body visit --on 2024-02-03",
        "--as FR body session group --number 1 --title 'First session' --start 2024-02-20 --place Rabat --chair MA:Director --on 2024-02-04 --handle first",
        "--as MA body allocate group --referral seals --to-session first --on 2024-02-05",
        "--as MA meeting hold first --participant MA:head:Director --participant FR:head:Director --on 2024-02-20",
        "--as MA meeting item first --key seals --agreed-by FR,MA --words 'en=the group looks at seals' --on 2024-02-20",
        "--as FR meeting follow-up first seals --by group --on 2024-02-21",
        "trace first/seals --as-of 2024-02-22",
        "trace group --as-of 2024-02-22",
        "--as MA body report group --key first --of nobody --words 'en=One seal is enough.' --on 2024-02-25",
        r#"--as MA body report group --key first --of visit --words 'en=One seal is enough.' --recommendations '{"seal": {"en": "Use one seal."}}' --on 2024-02-25"#,
        "body show group --as-of 2024-03-02",
        "--as MA body return group --referral forms --wanting recommend --reason x --on 2024-03-02",
        "--as MA body return group --referral forms --wanting decide --reason 'it only recommends' --on 2024-03-02",
        "--as FR body take-back group --referral posts --on 2024-03-03",
        "--as MA body take-back group --referral posts --on 2024-03-03",
        "--as MA body resolve group --referral seals --decision nothing --on 2024-03-04",
        "--as MA body resolve group --referral seals --explanation 'en=They wait for a stamp.' --consenting FR,MA --on 2024-03-04",
        "--as MA body escalate group --referral none --to council --on 2024-03-05",
        "--as MA body escalate council --referral late --to group --on 2024-03-05",
        "--as MA body escalate group --referral late --to council --on 2024-03-05",
        "--as MA body escalate council --referral late --to group --on 2024-03-06",
        // A recommendation that acts on the report; with requirements of a party's own.
        "--as FR body draft group --key seal --verb recommend --subject passes --words 'en=Use one seal.' --report first --on 2024-03-06",
        "--as FR body reserve group --decision seal --on 2024-03-07",
        "--as FR body reserve group --decision seal --on 2024-03-07",
        "--as FR body decide group --decision seal --consenting FR,MA --on 2024-03-08",
        "--as MA body notify group --decision seal --on 2024-03-09",
        "--as MA body decline group --decision seal --on 2024-03-09",
        "--as MA body fail group --decision seal --on 2024-03-09",
        "body show group --as-of 2024-03-08",
        "--as FR body notify group --decision seal --on 2024-03-10",
        "--as FR body fail group --decision seal --reason late --on 2024-03-11",
        "body show group --as-of 2024-03-11",
        "body show council --as-of 2024-03-11",
        // What is open goes to another body in the commit of the end.
        "--as MA framework area close pact --area events --reason 'it is done' --consenting FR,MA --on 2024-04-01",
        "--as MA body dissolve council --ground 'en=its work is done' --consenting FR,MA --on 2024-04-01",
        "--as MA body dissolve council --ground 'en=its work is done' --move-to group --consenting FR,MA --on 2024-04-01",
        "--as MA body refer council --key more --area events --subject passes --facts en=More. --on 2024-04-02",
        "body list --as-of 2024-04-02",
        "body show group --as-of 2024-04-02",
        "body list --framework pact --as-of 2024-03-31 --format json",
        "body show council --as-of 2024-04-02",
        "body show council --as-of 2024-01-01",
        "body show group --as-of 2024-04-02 --format json",
        "body competence council --verb examine --as-of 2024-04-02 --format json",
        "framework state pact --as-of 2024-04-02",
        "framework history pact",
        "history council",
        "body show nothing",
        "show group",
        "audit",
    ]);
    play("bodies_refer", &home, &lines);
}

const TREATY: &str = r###"{"title": "Treaty", "handle": "treaty", "kind": "treaty", "profile": "treaty/vclt",
    "parties": [{"id": "FR", "name": "State FR"}, {"id": "MA", "name": "State MA"}],
    "languages": ["en"], "texts": {"en": "en.md"}, "final_clauses": [{"label": "Article 4",
        "provides": {"amending_body": {"body": "jc", "provisions": ["1.5"]}}}]}"###;

const TEXT: &str = "## Article 1\n\nA joint committee is set up.\n\n\
    ## Article 2\n\nAnnex I: the list of 2002.\n\n## Article 3\n\nAnnex II: the list of 2002.\n";

const COMMITTEE: &str = r#"{"key": "jc", "title": "Joint committee",
    "basis": {"clause": {"agreement": "treaty", "provision": "1.1", "label": "Article 1"}},
    "competences": [{"key": "rules", "verb": "adopt_own_rules"},
        {"key": "annex", "verb": "amend_annexes",
         "annexes": [{"agreement": "treaty", "provisions": ["1.5"]}]}],
    "chair": "co_chairs", "internal": {"month": 2, "provisional_after": 6, "suspended_after": 1}}"#;

/// A treaty of FR and MA under the framework, in force, with two revisions of its annexes on offer: 2
/// of the one that a body may amend, 3 of the other one.
fn treaty() -> (Home, String) {
    let home = Home::new();
    home.write("framework.json", PARTNERSHIP);
    home.write("treaty.json", TREATY);
    home.write("en.md", TEXT);
    home.write("jc.json", COMMITTEE);
    let of_2003 = |annex: &str| {
        let (was, is) = (
            format!("{annex}: the list of 2002"),
            format!("{annex}: the list of 2003"),
        );
        TEXT.replace(&was, &is)
    };
    home.write("own.md", &of_2003("Annex II"));
    home.write("other.md", &of_2003("Annex I"));
    for line in [
        "--as FR framework found framework.json --consenting FR,MA --on 2024-01-10",
        "--as FR propose treaty.json",
        "--as MA accept treaty --revision 1",
        "--as FR adopt treaty --revision 1",
        "--as FR authenticate treaty",
        "--as FR sign treaty --on 2024-01-12 --by m --full-powers",
        "--as MA sign treaty --on 2024-01-12 --by m --full-powers",
        "--as FR framework include pact --agreement treaty --area events --on 2024-01-13",
        "--as FR amend treaty own.md --base 1",
        "--as MA accept treaty --revision 2",
        "--as FR amend treaty other.md --base 1",
        "--as MA accept treaty --revision 3",
    ] {
        let output = home.output_on("2024-01-15", &words(line));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {said}");
    }
    let id = home.only();
    (home, id)
}

#[test]
fn an_annex_is_amended_in_the_commit_of_the_decision_or_of_the_last_notice() {
    let (home, id) = treaty();
    let draft = |key: &str, revision: u32, from: &str| {
        let annexes =
            format!(r#"[{{"agreement": "{id}", "revision": {revision}, "from": "{from}"}}]"#);
        format!(
            "--as MA body draft jc --key {key} --verb amend-annexes --subject lists \
             --words 'en=The list is another one.' --annexes '{annexes}' --on 2024-03-01"
        )
    };
    let (own, other) = (draft("d1", 2, "2024-02-01"), draft("d2", 3, "2024-02-01"));
    let lines = [
        "--as MA body establish pact jc.json --on 2024-01-20 --handle jc",
        "body competence jc --verb amend-annexes --as-of 2024-01-20",
        "body competence jc --verb amend-annexes --as-of 2024-01-19",
        // On that day nothing of it was on record yet.
        "body competence jc --verb amend-annexes --as-of 2024-01-20 --known-at 2024-01-21",
        &own,
        &other,
        // An annex that is not the body's.
        "--as MA body decide jc --decision d2 --consenting FR,MA --on 2024-03-10",
        "--as FR body reserve jc --decision d1 --on 2024-03-02",
        "--as MA body decide jc --decision d1 --number 1/2024 --consenting FR,MA --on 2024-03-10",
        "in-force treaty --between FR,MA --as-of 2024-11-30",
        "body show jc --as-of 2024-03-31",
        "body show jc --as-of 2024-10-01",
        "--as FR body notify jc --decision d1 --on 2024-10-15",
        "body show jc --as-of 2024-12-01",
        "in-force treaty --between FR,MA --as-of 2024-11-30",
        "in-force treaty --between FR,MA --as-of 2024-12-01",
        "history jc",
        "audit",
    ];
    let transcript: Vec<_> = lines.iter().map(|line| home.run(&words(line))).collect();
    check("bodies_annexes", &transcript);
}
