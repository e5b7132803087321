use travaux_domain::{
    Rule,
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
    use travaux_domain::agreement::mandate::drafting_notes;
    let official = [lang("fr"), lang("ar")];
    let notes = |title: &str, langs: &[&str], text: &str| {
        let langs: Vec<_> = langs.iter().map(|l| lang(l)).collect();
        let found = drafting_notes(title, &langs, &official, &["France", "Maroc"], text);
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
