use travaux_domain::{
    InvalidProfile, Practice, Profile, ProfileFile, Rule,
    agreement::{
        consent::{Office, Representative},
        mandate::{Form, MandateAct as MachineEvent, Progress},
    },
};

use travaux_testkit::agreement::*;

fn request() -> MachineEvent {
    MachineEvent::MandateRequested {
        on: date("2019-01-01"),
        by: "Interior".into(),
        need: "a new arrangement".into(),
    }
}

fn consult(against: &[&str]) -> MachineEvent {
    let against = against.iter().map(|m| (*m).to_owned()).collect();
    MachineEvent::MinistersConsulted {
        on: date("2019-02-01"),
        ministers: vec!["Justice".into(), "Budget".into()],
        against,
    }
}

fn arbitrate(go_on: bool) -> MachineEvent {
    MachineEvent::Arbitrated {
        on: date("2019-03-01"),
        go_on,
    }
}

fn give() -> MachineEvent {
    MachineEvent::MandateGiven {
        on: date("2019-04-01"),
        to: "the ambassador".into(),
    }
}

fn assess() -> MachineEvent {
    MachineEvent::AuthorisationAssessed {
        on: date("2019-02-01"),
        needed: false,
        reason: "no matter of article 53".into(),
    }
}

fn powers(office: Office, form: Form, signed_by: Office) -> MachineEvent {
    let to = Representative {
        name: "the minister".into(),
        office,
        full_powers: false,
    };
    MachineEvent::PowersIssued {
        on: date("2019-05-01"),
        to,
        form,
        signed_by,
    }
}

fn progress(case: &Case) -> Progress {
    case.0
        .machines
        .mandates
        .0
        .get(&"A".into())
        .map(|m| m.progress)
        .unwrap_or_default()
}

#[test]
fn fr1_fr2_and_fr3_a_mandate_is_asked_for_consulted_on_and_given() {
    let mut case = treaty(vec![]);
    case.refuses("A", give(), Rule::FR3, "none that was asked for");
    case.refuses("A", consult(&[]), Rule::FR3, "a mandate that was asked for");
    assert_eq!(case.does("A", request()), Rule::FR1);
    case.refuses("A", request(), Rule::FR1, "a first request");
    case.refuses("A", arbitrate(true), Rule::FR2, "a disagreement");
    let nobody = MachineEvent::MinistersConsulted {
        on: date("2019-02-01"),
        ministers: vec![],
        against: vec![],
    };
    case.refuses("A", nobody, Rule::FR3, "the ministers concerned");
    let mut disputed = case.clone();
    assert_eq!(disputed.does("A", consult(&["Budget"])), Rule::FR3);
    disputed.refuses("A", give(), Rule::FR2, "arbitration");
    let mut refused = disputed.clone();
    refused.does("A", arbitrate(false));
    refused.refuses("A", give(), Rule::FR3, "one that was refused");
    assert_eq!(disputed.does("A", arbitrate(true)), Rule::FR2);
    disputed.does("A", give());
    case.does("A", consult(&[]));
    assert_eq!(
        (case.does("A", give()), progress(&case)),
        (Rule::FR3, Progress::Given)
    );
}

#[test]
fn fr4_fr7_and_fr8_powers_by_the_right_signature_once_authorisation_is_assessed() {
    let mut case = treaty(vec![]);
    case.refuses("A", assess(), Rule::FR4, "asked for");
    for act in [request(), consult(&[])] {
        case.does("A", act);
    }
    let right = || powers(Office::Minister, Form::Simplified, Office::ForeignMinister);
    case.refuses("A", right(), Rule::FR3, "a mandate that was given");
    case.does("A", give());
    case.refuses("A", right(), Rule::FR4, "whether parliament must authorise");
    assert_eq!(case.does("A", assess()), Rule::FR4);
    case.refuses("A", assess(), Rule::FR4, "one that is decided");
    case.refuses(
        "A",
        powers(Office::Minister, Form::Solemn, Office::ForeignMinister),
        Rule::FR8,
        "signed by the President",
    );
    case.refuses(
        "A",
        powers(Office::Minister, Form::Simplified, Office::HeadOfState),
        Rule::FR8,
        "the foreign minister",
    );
    case.refuses(
        "A",
        powers(
            Office::ForeignMinister,
            Form::Simplified,
            Office::ForeignMinister,
        ),
        Rule::FR7,
        "who needs none",
    );
    let mut again = case.clone();
    again.does(
        "A",
        powers(Office::Minister, Form::Solemn, Office::HeadOfState),
    );
    assert_eq!(case.does("A", right()), Rule::FR7);
    assert_eq!(progress(&case), Progress::PowersIssued);
}

#[test]
fn what_a_party_left_out_at_home_undoes_nothing_between_the_parties() {
    let mut case = treaty(vec![]);
    case.does("A", signed("2020-02-01"));
    assert_eq!(
        (
            progress(&case),
            case.0.machines.consents.expressed_on(&"A".into())
        ),
        (Progress::None, Some(date("2020-02-01")))
    );
    case.refuses("Z", request(), Rule::P0, "`Z`");
}

#[test]
fn fr5_and_fr6_a_draft_is_read_for_its_languages_and_its_form() {
    let official = [lang("fr"), lang("ar")];
    let notes = |title: &str, langs: &[&str], text: &str| {
        let langs: Vec<_> = langs.iter().map(|l| lang(l)).collect();
        let found =
            Practice::french().drafting_notes(title, &langs, &official, &["France", "Maroc"], text);
        found
            .into_iter()
            .map(|(rule, what)| format!("{}: {what}", rule.name()))
            .collect::<Vec<_>>()
    };
    let good = "Rappelant l'accord du 30 mai 2000,\n\nArticle 1\n\nLes Parties coopèrent.\n";
    assert!(notes("Accord entre la France et le Maroc", &["fr", "ar"], good).is_empty());
    let found = notes(
        "Accord avec la France",
        &["fr", "en"],
        "Article 1\n\nLes Parties devront coopérer.\n",
    );
    assert_eq!(
        found,
        [
            "FR5: en is an official language of no party",
            "FR6: the title does not name Maroc",
            "FR6: there is no preamble that recalls earlier agreements",
            "FR6: `devront` is in the future tense",
        ]
    );
}

/// A practice of another State, as its author writes it: no minister is consulted, and one office
/// signs all powers.
const FEDERAL: &str = r#"{
    "name": "federal", "based_on": "treaty/vclt",
    "practices": { "B": {
        "name": "federal/1997",
        "steps": {
            "request": { "row": "IM1", "article": "Organisation Act 7a" },
            "authorisation": { "row": "IM1", "article": "Constitution 166" },
            "mandate": { "row": "IM1", "article": "Constitution 184" },
            "powers": { "row": "IM1", "article": "Instruction 12" },
            "signature_of_powers": { "row": "IM1", "article": "Instruction 13" }
        },
        "needs_no_powers": ["head_of_state", "foreign_minister"],
        "powers": [
            { "form": "solemn", "signed_by": "head_of_government", "title": "the Federal Council",
              "authorisation_first": true },
            { "form": "simplified", "signed_by": "head_of_government", "title": "the Federal Council" }
        ]
    } }
}"#;

fn profile(json: &str) -> Result<Profile, InvalidProfile> {
    let file: ProfileFile = serde_json::from_str(json).expect("a profile file");
    Profile::from_file(&file)
}

#[test]
fn im1_another_practice_is_data_and_each_party_has_its_own() {
    let practised = profile(FEDERAL).expect("a profile");
    let mut case = authentic(proposal(practised, &["A", "B"], vec![]));
    case.refuses(
        "B",
        give(),
        Rule::IM1,
        "asked for, found none that was asked for",
    );
    case.does_by("B", request(), Rule::IM1, "Organisation Act 7a");
    let says = "expected a practice that has a consultation, found `federal/1997`, which has none";
    case.refuses("B", consult(&[]), Rule::IM1, says);
    case.refuses(
        "B",
        arbitrate(true),
        Rule::IM1,
        "a practice that has an arbitration",
    );
    case.does_by("B", give(), Rule::IM1, "Constitution 184");
    // Whoever holds an office here needs none of the powers that it needs there.
    let head = powers(
        Office::HeadOfGovernment,
        Form::Simplified,
        Office::HeadOfGovernment,
    );
    case.does_by("B", head, Rule::IM1, "Instruction 12");
    let by_minister = powers(Office::Minister, Form::Simplified, Office::ForeignMinister);
    let says = "powers signed by the Federal Council";
    case.refuses("B", by_minister.clone(), Rule::IM1, says);
    let solemn = || powers(Office::Minister, Form::Solemn, Office::HeadOfGovernment);
    case.refuses("B", solemn(), Rule::IM1, "by Constitution 166");
    case.does_by("B", assess(), Rule::IM1, "Constitution 166");
    case.does_by("B", solemn(), Rule::IM1, "Instruction 12");
    // The other party goes on as it does.
    case.does("A", request());
    case.refuses("A", give(), Rule::FR3, "the consultation of the ministers");
}

#[test]
fn a_practice_that_cannot_be_is_refused_with_all_that_is_wrong() {
    let (row, other) = (
        r#""row": "IM1", "article": "Organisation Act 7a""#,
        r#""row": "T4""#,
    );
    let wrong = FEDERAL
        .replace(row, other)
        .replace(r#""simplified""#, r#""solemn""#)
        .replace(r#""needs_no"#, r#""arbiter": "the court", "needs_no"#);
    let problems = profile(&wrong).expect_err("it is refused").problems;
    assert_eq!(
        problems,
        [
            "practice `federal/1997` of B: T4 is no row of a party's own house",
            "practice `federal/1997` of B: `arbiter` and the step `arbitration` go together",
            "practice `federal/1997` of B: `powers` has a form twice",
        ]
    );
    let unknown = FEDERAL.replace("IM1", "IM9");
    let error = serde_json::from_str::<ProfileFile>(&unknown).expect_err("no such row");
    assert!(
        error.to_string().contains("`IM9` is no row of the table"),
        "{error}"
    );
}

#[test]
fn steps_that_need_one_another_stand_together() {
    let together = "`powers` and the step `powers` go together";
    let signed = "`powers` need `signature_of_powers`, which needs them";
    let first = "`authorisation_first` needs the step `authorisation`";
    for (left_out, expected) in [
        (&["steps/powers"][..], &[together, signed][..]),
        (&["steps/signature_of_powers"], &[signed]),
        (&["steps/authorisation"], &[first]),
        (&["powers"], &[together]),
        (&["steps/powers", "steps/signature_of_powers"], &[together]),
        (
            &["steps/powers", "steps/signature_of_powers", "powers"],
            &[],
        ),
    ] {
        let mut file: serde_json::Value = serde_json::from_str(FEDERAL).expect("JSON");
        for path in left_out {
            let (within, key) = path.rsplit_once('/').unwrap_or(("", path));
            let within = format!("/practices/B/{within}");
            let fields = file
                .pointer_mut(within.trim_end_matches('/'))
                .expect("it is there");
            let fields = fields.as_object_mut().expect("fields");
            assert!(fields.remove(key).is_some(), "{path}");
        }
        let problems = profile(&file.to_string())
            .err()
            .map_or(vec![], |e| e.problems);
        let says = |problem: &&str| format!("practice `federal/1997` of B: {problem}");
        let expected: Vec<_> = expected.iter().map(says).collect();
        assert_eq!(problems, expected, "without {left_out:?}");
    }
}

#[test]
fn a_practice_is_recorded_with_the_profile_and_a_profile_without_one_is_as_before() {
    let practised = profile(FEDERAL).expect("a profile");
    let json = serde_json::to_string(&practised).expect("it serialises");
    assert_eq!(
        serde_json::from_str::<Profile>(&json).expect("it reads back"),
        practised
    );
    assert_eq!(practised.practice(&"B".into()).name, "federal/1997");
    assert_eq!(practised.practice(&"A".into()), Practice::french());
    let plain = serde_json::to_string(&Profile::treaty()).expect("it serialises");
    assert!(!plain.contains("practices"), "{plain}");
}
