//! Every verb of the machines beside the text, once done and once refused, as snapshots.

mod home;

use home::{Home, check};

/// Words as a shell splits them: single quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, part) in line.split('\'').enumerate() {
        match at % 2 {
            0 => out.extend(part.split_whitespace().map(str::to_owned)),
            _ => out.push(part.to_owned()),
        }
    }
    out
}

/// A store with one agreement, proposed by A, adopted by all and authenticated.
fn with(manifest: &str) -> (Home, String) {
    let home = Home::new();
    home.write("fr.md", "## Article 1\n\nLes Parties coopèrent.\n\n## Article 2\n\nElles échangent des informations.\n");
    home.write(
        "ar.md",
        "## المادة 1\n\nيتعاون الطرفان.\n\n## المادة 2\n\nيتبادلان المعلومات.\n",
    );
    home.write("manifest.json", manifest);
    home.write(
        "amend.json",
        r#"[{"substitute_words":{"provision":"1.2","lang":"fr","find":"coopèrent","with":"se concertent","count":1}}]"#,
    );
    home.write(
        "correct.json",
        r#"[{"substitute_words":{"provision":"1.4","lang":"fr","find":"informations","with":"renseignements","count":1}}]"#,
    );
    home.write(
        "english.json",
        r###"[{"replace":{"provision":"1.1","bodies":{"en":{"before":"## ","label":"Article 1","between":"","heading":"","text":"\n\n"}}}},
            {"replace":{"provision":"1.2","bodies":{"en":{"before":"","label":"","between":"","heading":"","text":"The Parties cooperate.\n\n"}}}},
            {"replace":{"provision":"1.3","bodies":{"en":{"before":"## ","label":"Article 2","between":"","heading":"","text":"\n\n"}}}},
            {"replace":{"provision":"1.4","bodies":{"en":{"before":"","label":"","between":"","heading":"","text":"They exchange information.\n"}}}}]"###,
    );
    home.write(
        "given.json",
        r#"{"InstrumentEstablished":{"on":"2020-05-01","means":"ratification","how":"notification"}}"#,
    );
    home.write(
        "typo.json",
        r#"{"InstrumentEstablished":{"on":"2020-05-01","mean":"ratification","how":"notification"}}"#,
    );
    home.run(&["--as", "A", "propose", "manifest.json"]);
    let id = home.only();
    for party in ["B", "C"] {
        home.run(&["--as", party, "accept", &id, "--revision", "1"]);
    }
    home.run(&["--as", "A", "adopt", &id, "--revision", "1"]);
    home.run(&["--as", "A", "authenticate", &id]);
    (home, id)
}

/// Runs each line, `PARTY: verb …`, on the agreement.
fn play(name: &str, (home, id): &(Home, String), lines: &str) {
    let mut seen = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (party, command) = line.split_once(": ").expect("a party");
        let mut args = vec!["--as".to_owned(), party.to_owned()];
        let mut command: Vec<_> = words(command)
            .into_iter()
            .map(|word| if word == "ID" { id.clone() } else { word })
            .collect();
        command.insert(1, id.clone());
        args.extend(command);
        let args: Vec<_> = args.iter().map(String::as_str).collect();
        seen.push(home.run(&args).replace(id.as_str(), "ID"));
    }
    seen.push(home.run(&["audit"]));
    check(name, &seen);
}

fn manifest(parties: &[&str], clauses: &str) -> String {
    let parties: Vec<_> = parties
        .iter()
        .map(|p| format!(r#"{{"id":"{p}","name":"State {p}"}}"#))
        .collect();
    format!(
        r#"{{"title":"Treaty","kind":"treaty","profile":"treaty/vclt","parties":[{}],"languages":["fr"],
            "texts":{{"fr":"fr.md"}},"final_clauses":[{clauses}]}}"#,
        parties.join(",")
    )
}

const THREE: [&str; 3] = ["A", "B", "C"];

#[test]
fn consent_and_force() {
    let clauses = r#"{"label":"Article 8","provides":{"entry_into_force":"2nd consent"}},
        {"label":"Article 9","provides":{"accession":[]}},{"label":"Article 10","provides":{"denunciation":{"months":6}}}"#;
    play(
        "verbs_consent",
        &with(&manifest(&THREE, clauses)),
        "A: confirm-act --on 2020-02-01
         A: sign --on 2020-02-01 --by 'the minister'
         A: confirm-act --on 2020-02-02
         A: sign --on 2020-02-03 --by 'the minister' --full-powers
         B: confirm-signature --on 2020-02-10
         B: sign --on 2020-02-01 --by 'the minister' --full-powers --manner ad-referendum
         A: apply-provisionally --on 2020-02-05 --parties A,C --consenting A,B
         A: apply-provisionally --on 2020-02-05 --parties A,C --consenting A,B,C
         B: end-provisional --on 2020-02-06
         C: end-provisional --on 2020-02-06
         A: enter-into-force --basis 'Article 8'
         B: confirm-signature --on 2020-02-10
         A: enter-into-force --on 2020-03-01 --basis 'Article 8'
         A: enter-into-force --basis 'Article 8'
         C: establish --on 2020-05-01
         C: sign --on 2020-04-01 --by 'the minister' --full-powers --manner subject-to-ratification
         C: decline --on 2020-04-02 --format json
         C: ratify --on 2020-04-15
         N: accede --on 2020-06-01
         N: enter-into-force-for
         C: enter-into-force-for
         A: denounce --received-on 2020-01-01
         A: denounce --received-on 2021-01-31
         A: revoke-notice --on 2021-07-31
         A: revoke-notice --on 2021-07-30
         A: exchange --on 2021-08-01 --instrument A=letter
         A: in-force --between A,B --as-of 2020-02-15 --why
         A: in-force --between A,C --as-of 2020-02-15 --why
         A: in-force --between A,B --as-of 2020-02-15 --known-at 2019-01-01
         A: in-force --between A,N --as-of 2020-06-01 --why --format json
         A: in-force --between A
         A: in-force --between A,Z
         A: in-force --between A,A",
    );
    let (home, id) = with(&manifest(&["A", "B"], ""));
    let seen: Vec<_> = [
        &["--instrument", "A=letter", "--instrument", "B=reply"][..],
        &["--instrument", "letter"],
    ]
    .iter()
    .map(|more| {
        home.run(&[&["--as", "A", "exchange", &id, "--on", "2020-02-01"], *more].concat())
            .replace(&id, "ID")
    })
    .collect();
    check("verbs_exchange", &seen);
}

#[test]
fn what_follows_from_clauses_and_consents() {
    let clauses = r#"{"label":"Article 8","provides":{"entry_into_force":"60 days after 2nd instrument"}},
        {"label":"Article 9","provides":{"late_consent":"60 days after own instrument"}},
        {"label":"Article 10","provides":{"expiry":"5 years after entry into force"}},
        {"label":"Article 11","provides":{"renewal":{"every":{"years":5},"notice":{"months":6}}}},
        {"label":"Article 12","provides":{"accession":[]}}"#;
    play(
        "verbs_follows",
        &with(&manifest(&THREE, clauses)),
        "A: sign --on 2012-01-01 --by 'the minister' --full-powers --manner subject-to-ratification
         B: sign --on 2012-01-01 --by 'the minister' --full-powers --manner subject-to-ratification
         C: sign --on 2012-01-01 --by 'the minister' --full-powers --manner subject-to-ratification
         A: ratify --on 2012-02-01
         A: establish --on 2012-02-01
         C: decline --on 2011-12-31
         C: decline --on 2012-02-02
         B: ratify --on 2012-03-01
         B: establish --on 2012-03-01
         A: enter-into-force --on 2012-03-15 --basis 'as A decided'
         A: enter-into-force --on 2012-03-15 --basis 'exchange of letters' --consenting A
         A: enter-into-force --on 2012-02-15 --basis 'exchange of letters' --consenting A,B
         A: enter-into-force --basis 'Article 8'
         C: ratify --on 2012-04-01
         C: establish --on 2012-04-01
         C: in-force --between A,C --as-of 2012-05-30 --why
         C: in-force --between A,C --as-of 2012-05-31 --why
         C: denounce --received-on 2016-10-31
         C: in-force --between A,C --as-of 2021-01-01 --why
         C: accede --on 2017-01-01
         C: accede --on 2022-06-01
         C: in-force --between A,C --as-of 2022-07-30 --why
         C: in-force --between A,C --as-of 2022-07-31 --why --format json
         A: agree-clause --on 2023-01-01 --label letters --provides '{\"entry_into_force\":\"own instrument\"}' --consenting A,B,C
         A: agree-clause --on 2023-01-01 --label letters --provides '{\"expiry\":\"2024-01-01\"}' --consenting A,B,C
         A: suspend --on 2024-01-01 --consenting A,B,C
         A: terminate --on 2024-02-01
         A: terminate --on 2024-01-01
         A: show
         A: check
         B: decline --on 2012-03-02
         A: check
         A: check --format json",
    );
}

#[test]
fn notifications_and_registration() {
    let clauses =
        r#"{"label":"Article 8","provides":{"entry_into_force":"undetermined \"Article 8\""}}"#;
    play(
        "verbs_depositary",
        &with(&manifest(&THREE, clauses)),
        "A: agree-clause --on 2020-03-01 --label notes --provides '{\"entry_into_force\":\"last notification\"}' --consenting A
         A: agree-clause --on 2020-03-01 --label notes --provides '{\"claim_months\":1}' --consenting A,B,C
         A: agree-clause --on 2020-03-01 --label notes --provides '{\"entry_into_force\":\"last notification\"}' --consenting A,B,C
         A: agree-clause --on 2020-03-01 --label notes --provides '{\"entry_into_force\":\"some day\"}' --consenting A,B,C
         A: agree-clause --on 2020-03-01 --label notes --provides nonsense --consenting A,B,C
         A: designate-depositary --on 2020-03-01 --keeper UN --consenting A
         A: designate-depositary --on 2020-03-01 --keeper UN --consenting A,B,C
         A: sign --on 2020-02-01 --by 'the minister' --full-powers
         B: sign --on 2020-02-01 --by 'the minister' --full-powers
         C: sign --on 2020-02-01 --by 'the minister' --full-powers
         A: notify --on 2020-03-01
         A: notify --on 2020-03-02
         B: notify --on 2020-03-01
         C: notify --on 2020-03-01
         C: notify --on 2020-03-05 --subject 'a change of address'
         B: receive --number 1 --on 2020-03-04
         UN: inform --number 1 --party B --on 2020-03-10
         UN: receive --number 1 --on 2020-03-05
         UN: receive --number 2 --on 2020-03-05
         A: enter-into-force --basis notes
         A: register --on 2020-05-01 --number I-1 --languages fr
         UN: receive --number 3 --on 2020-03-20
         UN: inform --number 1 --party B --on 2020-03-10
         B: examine --number 1 --on 2020-03-11
         UN: examine --number 1 --on 2020-03-11 --defect 'no seal'
         B: bring-difference --on 2020-03-12 --about 'the seal'
         UN: bring-difference --on 2020-03-12 --about 'the seal'
         A: enter-into-force --basis notes
         A: certify-statement --on 2020-06-01 --about accession
         A: register --on 2020-05-01 --number I-1 --languages fr
         A: certify-statement --on 2020-06-01 --about accession
         B: register --on 2020-05-02 --number I-2 --languages fr",
    );
}

#[test]
fn reservations() {
    play(
        "verbs_reservations",
        &with(&manifest(
            &THREE,
            r#"{"label":"Article 22","provides":{"entry_into_force":"2020-05-02"}}"#,
        )),
        "A: reserve --on 2020-02-01 --provisions 1.9 --words 'except in winter'
         A: reserve --on 2020-02-01 --provisions 1.2 --words 'except in winter'
         A: sign --on 2020-02-01 --by 'the minister' --full-powers --manner subject-to-ratification
         A: ratify --on 2020-03-01
         B: confirm-reservation --number 1 --on 2020-03-02
         A: confirm-reservation --number 1 --on 2020-03-02
         A: establish --on 2020-03-02
         B: sign --on 2020-02-01 --by 'the minister' --full-powers
         C: sign --on 2020-02-01 --by 'the minister' --full-powers
         A: notify-reservation --number 1 --to A --on 2020-03-05
         A: notify-reservation --number 1 --to B,C --on 2020-03-05
         A: accept-reservation --number 1 --on 2020-04-01
         B: accept-reservation --number 1 --on 2020-04-01
         B: object --number 1 --on 2020-05-01
         C: object --number 1 --on 2020-05-02 --opposes-force
         C: object --number 1 --on 2020-05-01 --opposes-force
         A: in-force --between A,B --as-of 2020-06-01 --why
         A: in-force --between A,C --as-of 2020-06-01 --why
         A: in-force --between B,C --as-of 2020-06-01 --why
         B: withdraw-objection --number 1 --received-on 2020-06-02
         C: withdraw-objection --number 1 --received-on 2020-06-02
         A: in-force --between A,C --as-of 2020-06-02 --why
         B: receive-withdrawal --number 1 --on 2021-01-01
         B: withdraw-reservation --number 1 --on 2021-01-01
         A: withdraw-reservation --number 1 --on 2021-01-01
         B: receive-withdrawal --number 1 --on 2021-01-02",
    );
}

#[test]
fn reservations_withdrawn_in_part() {
    play(
        "verbs_narrowed",
        &with(&manifest(&THREE, "")),
        "A: reserve --on 2020-02-01 --provisions 1.1,1.4 --words 'except in winter'
         A: sign --on 2020-02-01 --by 'the minister' --full-powers
         B: sign --on 2020-02-01 --by 'the minister' --full-powers
         C: sign --on 2020-02-01 --by 'the minister' --full-powers
         A: notify-reservation --number 1 --to B,C --on 2020-03-05
         B: accept-reservation --number 1 --on 2020-04-01
         C: narrow-reservation --number 1 --provisions 1.2 --words 'except in January' --on 2021-01-01
         A: narrow-reservation --number 1 --provisions 1.3 --words 'except in January' --on 2021-01-01
         A: narrow-reservation --number 1 --provisions 1.2 --words 'except in January' --on 2021-01-01
         B: in-force --between A,B --as-of 2021-01-15 --why
         B: receive-withdrawal --number 1 --narrowing 2 --on 2021-02-01
         B: receive-withdrawal --number 1 --narrowing 1 --on 2021-02-01
         B: in-force --between A,B --as-of 2021-02-01 --why
         C: in-force --between A,C --as-of 2021-04-01 --why --format json
         A: history",
    );
}

#[test]
fn declarations() {
    let clauses = r#"{"label":"Article 28","provides":{"territories":{"leave_out":true,"from":"first day of the 1st month after 3 months after own notice"}}}"#;
    play(
        "verbs_declarations",
        &with(&manifest(&THREE, clauses)),
        "A: leave-territories-out --on 2020-02-01 --territories 'Faroe Islands,Greenland'
         A: sign --on 2020-02-01 --by 'the minister' --full-powers
         B: sign --on 2020-02-01 --by 'the minister' --full-powers
         C: sign --on 2020-02-01 --by 'the minister' --full-powers
         A: declare --on 2020-02-01 --words 'It does not apply to us.' --intent modify
         A: declare --on 2020-02-01 --words 'It recognises nobody by this.'
         B: declare-interpretation --on 2020-02-01 --provisions 1.1 --words 'A month is a calendar month.'
         A: answer-declaration --number 3 --view opposes --on 2020-03-01
         B: notify-declaration --number 3 --to A,C --on 2020-02-20
         A: extend-to --on 2021-01-10 --territories Greenland
         A: designate-authority --on 2020-02-01 --purpose requests --name 'the Ministry of Justice'
         A: designate-authority --on 2021-01-01 --purpose requests --name 'the Ministry of the Interior'
         A: declarations --as-of 2021-02-01
         A: declarations --as-of 2021-05-01 --party A
         A: declarations --as-of 2021-05-01 --party B --format json
         A: declarations --party Z
         A: in-force --between A,B --as-of 2021-05-01 --why
         C: in-force --between B,C --as-of 2021-05-01 --format json
         A: withdraw-declaration --number 1 --territories Nuuk --on 2022-01-01
         B: withdraw-declaration --number 1 --on 2022-01-01
         A: withdraw-declaration --number 1 --on 2022-01-01
         A: declarations --as-of 2022-05-01
         A: history",
    );
}

#[test]
fn instruments_that_are_exchanged() {
    let clauses = r#"{"label":"Article 9","provides":{"entry_into_force":"2nd instrument"}}"#;
    play(
        "verbs_halves",
        &with(&manifest(&["A", "B"], clauses)),
        "A: sign --on 2020-02-01 --by 'the minister' --full-powers --manner subject-to-ratification
         B: sign --on 2020-02-01 --by 'the minister' --full-powers --manner subject-to-ratification
         A: ratify --on 2020-02-10
         A: establish --on 2020-03-01 --how exchange
         A: establish --on 2020-03-02 --how exchange
         A: show --as-of 2020-03-15
         A: in-force --between A,B --as-of 2020-03-15 --why
         B: ratify --on 2020-02-10
         B: establish --on 2020-04-01 --how exchange
         A: in-force --between A,B --as-of 2020-03-31 --why
         A: in-force --between A,B --as-of 2020-04-01 --why
         A: history",
    );
}

#[test]
fn reservations_that_a_consent_waits_for() {
    let clauses = r#"{"label":"Article 9","provides":{"entry_into_force":"3rd instrument"}},
        {"label":"Article 10","provides":"counts_once_accepted"}"#;
    let ratified = ["A", "B", "C"].map(|party| {
        format!(
            "{party}: sign --on 2020-02-01 --by 'the minister' --full-powers --manner subject-to-ratification
         {party}: ratify --on 2020-02-10
         {party}: establish --on 2020-03-01 --how notification"
        )
    });
    let ratified = ratified.join("\n         ");
    play(
        "verbs_counts",
        &with(&manifest(&THREE, clauses)),
        &format!(
            "A: reserve --on 2020-02-01 --provisions 1.1 --words 'except in winter'
         {ratified}
         A: confirm-reservation --number 1 --on 2020-03-01
         A: notify-reservation --number 1 --to B,C --on 2020-03-05
         A: in-force --between A,B --as-of 2020-04-01 --why
         B: accept-reservation --number 1 --on 2020-04-10
         A: in-force --between A,B --as-of 2020-04-09
         A: in-force --between A,B --as-of 2020-04-10 --why
         A: in-force --between B,C --as-of 2020-04-10 --why"
        ),
    );
}

#[test]
fn acts_that_were_recorded_wrongly() {
    let clauses = r#"{"label":"Article 9","provides":{"entry_into_force":"2nd instrument"}}"#;
    play(
        "verbs_restated",
        &with(&manifest(&["A", "B"], clauses)),
        "A: sign --on 2020-02-01 --by 'the minister' --full-powers --manner subject-to-ratification
         B: sign --on 2020-02-01 --by 'the minister' --full-powers --manner subject-to-ratification
         A: ratify --on 2020-02-10
         A: establish --on 2020-03-01 --how notification
         B: ratify --on 2020-02-10
         B: establish --on 2020-03-10 --how notification
         B: restate --event 9 --on 2020-04-15 --reason 'a slip'
         A: restate --event 4 --on 2020-04-15 --reason 'a slip'
         A: restate --event 9 --on 2020-02-09 --reason 'a slip'
         A: restate --event 9 --reason 'a slip'
         A: restate --event 9 --on 2020-04-15 --reason 'a slip: it came on the 15th'
         A: restate --event 9 --on 2020-04-16 --reason 'a slip'
         A: in-force --between A,B --as-of 2020-04-14
         A: in-force --between A,B --as-of 2020-04-15 --why
         A: restate --event 12 --not-done --reason 'it never came' --format json
         A: in-force --between A,B --as-of 2020-04-15 --why
         A: restate --event 13 --with given.json --reason 'found again'
         A: in-force --between A,B --as-of 2020-05-01
         A: restate --event 14 --with typo.json --reason 'a slip'
         B: check
         A: history",
    );
}

#[test]
fn amendments_that_silence_accepts() {
    let clauses = r#"{"label":"Article XV","provides":{"tacit_amendment":{"provisions":[],"within":{"days":90},"blocked_by_more_than":{"of":1,"out_of":3}}}}"#;
    play(
        "verbs_silence",
        &with(&manifest(&THREE, clauses)),
        "A: sign --on 2020-02-01 --by 'the minister' --full-powers
         B: sign --on 2020-02-01 --by 'the minister' --full-powers
         C: sign --on 2020-02-01 --by 'the minister' --full-powers
         A: amend --ops amend.json --title 'Consultation' --on 2021-01-01
         C: object-to-amendment --revision 2 --on 2021-02-01
         A: notify-amendment --revision 2 --to B,C --on 2021-01-01
         A: notify-amendment --revision 2 --to B,C --on 2021-01-02
         C: object-to-amendment --revision 2 --on 2021-02-01
         C: object-to-amendment --revision 2 --on 2021-04-02 --format json
         A: log
         A: in-force --between A,B --as-of 2021-04-01 --why
         C: in-force --between A,C --as-of 2021-04-01 --why
         C: withdraw-objection-to-amendment --revision 2 --on 2022-01-01
         C: in-force --between A,C --as-of 2022-01-01 --why
         B: object-to-amendment --revision 2 --on 2021-03-01
         A: in-force --between A,C --as-of 2022-01-01 --why
         A: history",
    );
}

#[test]
fn amendments_and_corrections() {
    let clauses = r#"{"label":"Article 9","provides":{"accession":[]}},
        {"label":"Article 26","provides":{"amending_body":{"body":"committee","provisions":["1.1"]}}}"#;
    play(
        "verbs_amendments",
        &with(&manifest(&THREE, clauses)),
        "A: sign --on 2020-02-01 --by 'the minister' --full-powers
         B: sign --on 2020-02-01 --by 'the minister' --full-powers
         C: sign --on 2020-02-01 --by 'the minister' --full-powers
         A: amend --ops amend.json --title 'Consultation'
         A: notify-amendment --revision 2 --to B --on 2021-01-01
         A: notify-amendment --revision 2 --to B,C --on 2021-01-01
         A: amendment-in-force --revision 2 --on 2021-06-01
         A: modify-inter-se --revision 2 --on 2021-06-01 --between A,B --notified C --harmless
         B: accept --revision 2
         A: amendment-in-force --revision 2 --on 2021-06-01
         B: join-amendment --revision 2 --on 2021-07-01
         C: in-force --between A,C --as-of 2021-07-01 --why
         C: join-amendment --revision 2 --on 2021-07-01
         C: in-force --between A,C --as-of 2021-07-01 --why
         C: stay-out --revision 2 --on 2021-08-01
         N: accede --on 2021-09-01
         N: stay-out --revision 2 --on 2021-09-02
         A: amend --ops amend.json
         B: accept --revision 3
         A: modify-inter-se --revision 3 --on 2022-01-01 --between A,B --harmless
         A: modify-inter-se --revision 3 --on 2022-01-01 --between A,B --notified C --harmless
         A: amend --ops amend.json
         A: amend-annex --revision 4 --on 2022-01-01 --body secretariat
         A: amend-annex --revision 4 --on 2022-01-01 --body committee
         A: interpret --on 2022-01-01 --provisions 1.2 --note 'fr=au moins une fois par an' --consenting A
         A: interpret --on 2022-01-01 --provisions 1.2 --note 'fr=au moins une fois par an' --consenting A,B,C
         A: correct --ops correct.json
         UN: notify-correction --revision 5 --on 2022-02-01
         A: designate-depositary --on 2022-02-01 --keeper UN --consenting A,B,C
         A: adopt --revision 5
         UN: notify-correction --revision 5 --on 2022-02-01
         B: object-correction --revision 1 --on 2022-02-02 --reason 'it is no error'
         UN: rectify --revision 5 --on 2022-03-01
         UN: rectify --revision 5 --on 2022-06-01
         A: correction-to-un --revision 5 --on 2022-06-02
         A: register --on 2022-06-01 --number I-1 --languages fr
         A: correction-to-un --revision 5 --on 2022-06-02
         A: correct --ops amend.json
         UN: notify-correction --revision 6 --on 2022-02-01 --days 30
         B: object-correction --revision 6 --on 2022-02-02 --reason 'it is no error'
         UN: rectify --revision 6 --on 2022-06-01
         A: rectify-copy --lang ar --on 2022-06-01 --note 'page 3 is missing'
         A: rectify-copy --lang fr --on 2022-06-01 --note 'page 3 is missing'",
    );
}

#[test]
fn end_and_suspension() {
    let clauses = r#"{"label":"Article 17","provides":{"expiry":"2030-01-01"}}"#;
    play(
        "verbs_endings",
        &with(&manifest(&THREE, clauses)),
        "A: suspend --on 2020-02-01 --consenting A,B,C
         A: sign --on 2020-02-01 --by 'the minister' --full-powers
         B: sign --on 2020-02-01 --by 'the minister' --full-powers
         C: sign --on 2020-02-01 --by 'the minister' --full-powers
         A: suspend --on 2021-01-01 --consenting A,B,C
         A: resume --number 2 --on 2021-02-01
         A: resume --number 1 --on 2021-02-01
         A: resume --number 1 --on 2021-02-01 --consenting B,C
         A: suspend-inter-se --on 2021-03-01 --until 2021-04-01 --between A,B --provisions 1.2
         A: suspend-inter-se --on 2021-03-01 --until 2021-04-01 --between A,B --provisions 1.2 --notified C
         A: in-force --between A,B --as-of 2021-03-15 --why
         A: claim --on 2022-01-01 --ground other --measure terminate --reasons 'it is old'
         A: claim --on 2022-01-01 --ground material-breach --measure terminate --against B --reasons 'Article 2 was broken'
         A: claim --on 2022-01-01 --ground material-breach --measure terminate --against B --consenting C --reasons 'Article 2 was broken'
         A: receive-claim --number 1 --on 2022-01-10
         B: receive-claim --number 1 --on 2022-01-10
         C: receive-claim --number 1 --on 2022-01-10
         A: carry-out --number 1 --on 2022-02-01 --by 'the minister' --office foreign-minister
         A: dispute-claim --number 1 --on 2022-02-01
         B: revoke-claim --number 1 --on 2022-02-01
         A: revoke-claim --number 1 --on 2022-02-01
         A: acquiesce --on 2022-03-01 --ground material-breach
         Z: acquiesce --on 2022-03-01 --ground material-breach
         A: claim --on 2022-04-01 --ground material-breach --measure terminate --against B --reasons 'Article 2 was broken'
         C: claim --on 2022-04-01 --ground change-of-circumstances --measure withdraw --reasons 'it is not what it was'
         A: receive-claim --number 2 --on 2022-04-10
         B: receive-claim --number 2 --on 2022-04-10
         C: carry-out --number 2 --on 2022-07-10 --by 'the minister' --office foreign-minister
         C: carry-out --number 2 --on 2022-07-11 --by 'the minister' --office foreign-minister
         A: in-force --between A,C --as-of 2022-07-11 --why
         A: claim --on 2022-08-01 --ground impossibility --measure suspend --reasons 'the dam is gone'
         B: dispute-claim --number 3 --on 2022-09-01
         A: accept-claim --number 3 --on 2022-10-01
         B: accept-claim --number 3 --on 2022-10-01
         B: settle-claim --number 3 --on 2022-11-01 --by 'exchange of letters' --measure suspend --consenting A,B
         A: claim --on 2022-12-01 --ground impossibility --measure suspend --reasons 'the dam is gone'
         B: dispute-claim --number 4 --on 2022-12-02
         B: settle-claim --number 4 --on 2022-12-15 --by 'exchange of letters' --measure suspend --consenting B
         B: settle-claim --number 4 --on 2022-12-15 --by 'exchange of letters' --measure suspend --consenting A,B
         A: in-force --between A,B --as-of 2022-12-15 --why
         A: resume --number 3 --on 2022-12-20
         A: supersede --with ID --on 2023-01-01 --consenting A
         A: terminate --on 2029-01-01
         A: end --on 2023-01-01 --consenting A
         A: terminate --on 2030-01-01
         A: end --on 2031-01-01 --consenting A,B",
    );
    let (home, id) = with(&manifest(&["A", "B"], ""));
    let list = ["list", "--format", "json"];
    let before = String::from_utf8(home.output(&list).stdout).expect("text");
    home.run(&["--as", "A", "propose", "manifest.json"]);
    let after = String::from_utf8(home.output(&list).stdout).expect("text");
    let line = after.lines().find(|line| !before.contains(line));
    let line: serde_json::Value = serde_json::from_str(line.expect("a second")).expect("JSON");
    let later = line["id"].as_str().expect("an id").to_owned();
    let handle = line["handle"].as_str().expect("a handle").to_owned();
    let mut seen = Vec::new();
    let supersede = [
        "--as",
        "A",
        "supersede",
        &id,
        "--with",
        &later,
        "--on",
        "2023-01-01",
        "--consenting",
        "A,B",
    ];
    for args in [
        &[
            "--as",
            "A",
            "sign",
            &id,
            "--on",
            "2020-02-01",
            "--by",
            "x",
            "--full-powers",
        ][..],
        &[
            "--as",
            "B",
            "sign",
            &id,
            "--on",
            "2020-02-01",
            "--by",
            "x",
            "--full-powers",
        ],
        &supersede,
        &["--as", "B", "accept", &later, "--revision", "1"],
        &["--as", "A", "adopt", &later, "--revision", "1"],
        &[
            "--as",
            "A",
            "sign",
            &later,
            "--on",
            "2022-12-01",
            "--by",
            "x",
            "--full-powers",
        ],
        &[
            "--as",
            "B",
            "sign",
            &later,
            "--on",
            "2022-12-01",
            "--by",
            "x",
            "--full-powers",
        ],
        &[
            "--as",
            "A",
            "relate",
            &later,
            "--to",
            &later,
            "--relation",
            "later-than",
            "--on",
            "2022-12-01",
        ],
        &[
            "--as",
            "A",
            "relate",
            &later,
            "--to",
            &id,
            "--relation",
            "later-than",
            "--on",
            "2022-12-01",
        ],
        &[
            "--as",
            "A",
            "relate",
            &id,
            "--to",
            &later,
            "--relation",
            "later-than",
            "--on",
            "2022-12-01",
        ],
        &[
            "in-force",
            &id,
            "--between",
            "A,B",
            "--as-of",
            "2022-12-31",
            "--why",
        ],
        &[
            "in-force",
            &later,
            "--between",
            "A,B",
            "--as-of",
            "2022-12-31",
        ],
        &["in-force", &id, "--between", "A,B", "--as-of", "2022-11-30"],
        &[
            "--as",
            "A",
            "supersede",
            &id,
            "--with",
            &later,
            "--on",
            "2023-01-01",
            "--consenting",
            "A,B",
        ],
        &[
            "--as",
            "A",
            "end",
            &id,
            "--on",
            "2023-01-01",
            "--consenting",
            "A,B",
        ],
        &[
            "in-force",
            &id,
            "--between",
            "A,B",
            "--as-of",
            "2023-01-01",
            "--why",
        ],
    ] {
        let run = home.run(args).replace(&id, "ID").replace(&later, "LATER");
        seen.push(run.replace(&handle, "treaty-2"));
    }
    check("verbs_ends", &seen);
}

#[test]
fn languages_relations_and_mandates() {
    let two = r#"{"title":"Treaty","kind":"treaty","profile":"treaty/vclt","parties":[{"id":"A","name":"A"},{"id":"B","name":"B"}],
        "languages":["fr","ar"],"texts":{"fr":"fr.md","ar":"ar.md"}}"#;
    let (home, id) = with(two);
    play(
        "verbs_languages",
        &(home, id),
        "A: open-language --lang en --on 2020-02-01
         A: align
         A: certify --revision 9 --on 2020-02-01 --by jurists
         A: certify --revision 1 --on 2020-02-01 --by jurists
         A: declare-authentic --lang en --on 2020-02-01 --consenting A,B
         A: correct --ops english.json
         B: accept --revision 2
         A: adopt --revision 2
         A: declare-authentic --lang en --on 2020-02-01 --consenting A
         A: declare-authentic --lang en --on 2020-02-01 --consenting A,B
         A: prevail --lang nl --on 2020-02-01 --consenting A,B
         A: prevail --lang fr --on 2020-02-01 --consenting A,B
         A: translate --lang fr --on 2020-02-01 --by us --text fr.md
         A: translate --lang nl --on 2020-02-01 --by us --text fr.md
         A: translate --lang nl --on 2020-02-01 --by us --text 'De Partijen'
         A: diverge --on 2020-03-01 --says 'fr=coopèrent' --provisions 1.2 --note 'how often'
         A: diverge --on 2020-03-01 --says 'fr=coopèrent' --says 'ar=يتعاون' --provisions 1.2 --note 'how often'
         A: resolve-divergence --number 2 --on 2020-04-01 --ground '\"prevailing_text\"'
         A: resolve-divergence --number 1 --on 2020-04-01 --ground '{\"best_reconciling\":{\"meaning\":\"often\"}}'
         A: resolve-divergence --number 1 --on 2020-04-01 --ground '\"prevailing_text\"'
         A: show --lang en
         A: relate --to nothing --relation later-than --on 2020-05-01
         A: mandate-consult --on 2019-02-01 --ministers Justice
         A: mandate-request --on 2019-01-01 --by Interior --need 'a treaty'
         A: mandate-request --on 2019-01-01 --by Interior --need 'a treaty'
         A: mandate-consult --on 2019-02-01 --ministers Justice,Budget --against Budget
         A: mandate-give --on 2019-02-02 --to 'the director'
         A: mandate-arbitrate --on 2019-02-03 --go-on
         A: mandate-arbitrate --on 2019-02-03
         A: mandate-assess --on 2019-02-04 --reason 'none of article 53'
         A: mandate-assess --on 2019-02-04 --reason 'none of article 53'
         A: mandate-give --on 2019-02-05 --to 'the director'
         A: mandate-powers --on 2019-02-06 --to 'the minister' --form solemn
         A: mandate-powers --on 2019-02-06 --to 'the minister'",
    );
    let home = Home::new();
    home.write(
        "own.json",
        r#"{"name":"own","based_on":"contract","with":["C3"],"without":["P0"]}"#,
    );
    let seen = [
        &["law", "E13"][..],
        &["law", "E99"],
        &["law", "C8", "--profile", "contract"],
        &["law", "--profile", "own.json"],
        &["law", "C8", "--format", "json"],
    ];
    check("law", &seen.map(|args| home.run(args)));
}

#[test]
fn a_conference_votes_and_a_negotiation_is_given_up() {
    let home = Home::new();
    home.write("fr.md", "## Article 1\n\nLes Parties coopèrent.\n");
    home.write("manifest.json", &manifest(&THREE, ""));
    home.run(&["--as", "A", "propose", "manifest.json"]);
    let id = home.only();
    let mut seen = Vec::new();
    for args in [
        &[
            "--as",
            "A",
            "adopt",
            &id,
            "--revision",
            "1",
            "--votes",
            "1,2",
        ][..],
        &["--as", "A", "adopt", &id, "--revision", "1", "--votes", "2"],
        &[
            "--as",
            "A",
            "adopt",
            &id,
            "--revision",
            "1",
            "--votes",
            "2,1",
            "--format",
            "json",
        ],
        &["--as", "Z", "abandon", &id],
        &["--as", "A", "abandon", &id, "--reason", "no need"],
    ] {
        seen.push(home.run(args).replace(&id, "ID"));
    }
    check("verbs_text", &seen);
}

#[test]
fn instruments_and_checks() {
    let home = Home::new();
    home.write(
        "fr.md",
        "## Article 1\n\n« Agent » désigne un agent public.\n\n## Article 2\n\nUn Agent agit selon l'article 1 et l'article 9.\n\nIl rend compte.\n",
    );
    home.write("ar.md", "## المادة 1\n\n«الموظف» يقصد به كل موظف عمومي.\n\n## المادة 2\n\nيعمل الموظف وفقا للمادة 1 والمادة 9.\n\nويقدم تقريرا.\n");
    home.write(
        "manifest.json",
        r#"{"title":"Accord","kind":"accord","profile":"arrangement","parties":[{"id":"A","name":"A"},{"id":"B","name":"B"}],
            "languages":["fr","ar"],"texts":{"fr":"fr.md","ar":"ar.md"}}"#,
    );
    home.write(
        "ops.json",
        r#"[{"substitute_words":{"provision":"1.2","lang":"fr","find":"agent public","with":"agent titulaire","count":1}},
            {"substitute_words":{"provision":"1.2","lang":"ar","find":"عمومي","with":"رسمي","count":1}},
            {"repeal":{"provisions":["1.5"],"notice":{"fr":"(abrogé)","ar":"(ملغى)"}}}]"#,
    );
    home.write(
        "sentences.json",
        r#"{"fr":["À l'article 2, alinéa 1, les mots « et l'article 9 » sont supprimés."],"ar":["في المادة 2، الفقرة 1، تحذف عبارة «والمادة 9»."]}"#,
    );
    home.write("wrong.json", r#"{"fr":["L'article 7 est supprimé."]}"#);
    home.write(
        "nothing.json",
        r#"[{"substitute_words":{"provision":"1.2","lang":"fr","find":"agent","with":"agent","count":1}},
            {"substitute_words":{"provision":"1.2","lang":"ar","find":"رسمي","with":"رسمي","count":1}}]"#,
    );
    home.write("new.json", r#"{"fr":"fr.md","ar":"ar.md"}"#);
    home.write(
        "terms.json",
        r#"[{"fr":"rend compte","ar":"الإخبار"},{"fr":"agit","ar":"يعمل"}]"#,
    );
    home.run(&["--as", "A", "propose", "manifest.json"]);
    let id = home.only();
    let mut seen = Vec::new();
    for args in [
        &["--as", "B", "accept", &id, "--revision", "1"][..],
        &["--as", "A", "adopt", &id, "--revision", "1"],
        &["align", &id, "--terms", "terms.json"],
        &["align", &id, "--terms", "terms.json", "--format", "json"],
        &["check", &id],
        &["--as", "A", "amend", &id, "--ops", "ops.json"],
        &["--as", "B", "accept", &id, "--revision", "2"],
        &["--as", "A", "adopt", &id, "--revision", "2"],
        &["instrument", &id, "--revision", "2"],
        &["instrument", &id, "--revision", "2", "--lang", "ar"],
        &[
            "instrument",
            &id,
            "--revision",
            "2",
            "--lang",
            "ar",
            "--format",
            "json",
        ],
        &["instrument", &id, "--revision", "9"],
        &["check", &id],
        &["check", &id, "--lang", "ar", "--format", "json"],
        &["check", &id, "--lang", "nl"],
        &["--as", "A", "amend", &id, "--sentences", "wrong.json"],
        &["--as", "A", "amend", &id, "--sentences", "sentences.json"],
        &["instrument", &id, "--revision", "3", "--lang", "ar"],
        &["--as", "A", "amend", &id, "--ops", "nothing.json"],
        &["--as", "A", "amend", &id, "new.json"],
        &["--as", "B", "accept", &id, "--revision", "4"],
        &["--as", "A", "adopt", &id, "--revision", "4"],
        &["check", &id],
        &["audit"],
    ] {
        seen.push(home.run(args).replace(&id, "ID"));
    }
    check("instruments", &seen);
}
