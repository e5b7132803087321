use travaux_domain::{
    Revision, Rule,
    agreement::{AgreementCommand as C, Nature, amendment::AmendmentAct},
    agreement::{correction::CorrectionAct as MachineEvent, depositary::DepositaryAct},
    clause::Term,
};
use travaux_text::{Localized, Operation};

use travaux_testkit::agreement::*;

fn correct() -> C {
    revise(
        Nature::Correction,
        vec![words(4, "échangent", "s'échangent")],
    )
}

#[test]
fn x1_a_correction_is_of_wording_in_an_authenticated_text() {
    let early = adopted(proposal(
        travaux_domain::Profile::treaty(),
        &["A", "B"],
        vec![],
    ));
    early.refuses("A", correct(), Rule::X1, "not yet authenticated");
    let repeal = Operation::repeal(p(2), Localized::from([(lang("fr"), "(abrogé)".into())]));
    treaty(vec![]).refuses(
        "A",
        revise(Nature::Correction, vec![repeal]),
        Rule::X1,
        "an error of wording (48(3))",
    );
    assert_eq!(treaty(vec![]).does("A", correct()), Rule::X1);
}

#[test]
fn x2_and_x7_without_a_depositary_all_agree_and_it_counts_from_the_beginning() {
    let mut case = treaty(vec![]);
    case.does("A", correct());
    case.does("B", accept(2));
    case.refuses("A", adopt(2), Rule::X2, "missing: C");
    case.does("C", accept(2));
    assert_eq!(case.does("A", adopt(2)), Rule::X2);
    assert!(case.text().contains("s'échangent"));
    case.refuses(
        "A",
        MachineEvent::Rectified {
            on: date("2021-01-01"),
            revision: Revision(2),
        },
        Rule::X4,
        "adopted already",
    );
}

/// With a depositary, and a correction proposed.
fn kept() -> Case {
    let mut case = treaty(vec![clause("Article 21", Term::Depositary("UN".into()))]);
    case.does("A", correct());
    for party in ["B", "C"] {
        case.does(party, accept(2));
    }
    case
}

fn notified(days: u32) -> MachineEvent {
    MachineEvent::CorrectionNotified {
        on: date("2021-01-01"),
        revision: Revision(2),
        days,
    }
}

fn object(on: &str) -> MachineEvent {
    MachineEvent::CorrectionObjected {
        on: date(on),
        revision: Revision(2),
        reason: "it is no error".into(),
    }
}

fn rectify(on: &str) -> MachineEvent {
    MachineEvent::Rectified {
        on: date(on),
        revision: Revision(2),
    }
}

#[test]
fn x3_and_x4_a_depositary_notifies_and_rectifies_when_the_limit_has_passed() {
    let mut case = kept();
    case.refuses(
        "A",
        adopt(2),
        Rule::X3,
        "a notification by the depositary (UN)",
    );
    case.refuses("A", notified(90), Rule::X3, "an act of the depositary (UN)");
    case.refuses("UN", notified(0), Rule::X3, "a time limit");
    case.refuses(
        "UN",
        rectify("2021-06-01"),
        Rule::X3,
        "a correction that was notified",
    );
    assert_eq!(case.does("UN", notified(90)), Rule::X3);
    case.refuses("UN", notified(90), Rule::X3, "that of 2021-01-01");
    case.refuses(
        "UN",
        rectify("2021-04-01"),
        Rule::X4,
        "a date after 2021-04-01",
    );
    assert_eq!(case.does("UN", rectify("2021-04-02")), Rule::X4);
    assert!(case.text().contains("s'échangent"));
    let mut none = treaty(vec![]);
    none.does("A", correct());
    none.refuses("A", notified(90), Rule::X2, "there is no depositary");
}

#[test]
fn x5_an_objection_leaves_the_text_as_it_is() {
    let mut case = kept();
    case.refuses(
        "B",
        object("2021-02-01"),
        Rule::X5,
        "a correction that was notified",
    );
    case.does("UN", notified(90));
    case.refuses(
        "B",
        object("2021-04-02"),
        Rule::X5,
        "an objection by 2021-04-01",
    );
    assert_eq!(case.does("B", object("2021-02-01")), Rule::X5);
    case.refuses("UN", rectify("2021-06-01"), Rule::X5, "that of B");
    assert_eq!(case.text(), TEXT);
}

#[test]
fn x6_a_lack_of_concordance_is_corrected_in_the_language_that_lacks_it() {
    let mut proposal = proposal(travaux_domain::Profile::treaty(), &["A", "B"], vec![]);
    (proposal.languages, proposal.texts) = (
        vec![lang("fr"), lang("ar")],
        texts("Dans 30 jours.\n", "في أجل 30 يوم.\n"),
    );
    let mut case = authentic(proposal);
    let op = Operation::substitute(p(1), lang("ar"), "يوم", "يوما", 1);
    assert_eq!(
        case.does("A", revise(Nature::Correction, vec![op])),
        Rule::X6
    );
}

#[test]
fn x8_a_correction_of_a_registered_text_is_notified_to_the_united_nations() {
    let tell = || MachineEvent::CorrectionNotifiedToUn {
        on: date("2021-05-01"),
        revision: Revision(2),
    };
    let mut case = in_force(vec![]);
    case.does("A", correct());
    for party in ["B", "C"] {
        case.does(party, accept(2));
    }
    case.does("A", adopt(2));
    case.refuses("A", tell(), Rule::X8, "a text that is not registered");
    let number = "I-1".into();
    case.does(
        "A",
        DepositaryAct::Registered {
            on: date("2021-04-01"),
            number,
            ex_officio: false,
            languages: vec![lang("fr")],
        },
    );
    case.refuses(
        "A",
        MachineEvent::CorrectionNotifiedToUn {
            on: date("2021-05-01"),
            revision: Revision(1),
        },
        Rule::X8,
        "revision 1",
    );
    assert_eq!(case.does("A", tell()), Rule::X8);
}

#[test]
fn x9_a_wrong_copy_is_rectified_and_the_text_is_not_touched() {
    let copy = |tag: &str| MachineEvent::CopyRectified {
        on: date("2021-05-01"),
        lang: lang(tag),
        note: "page 3 is missing".into(),
    };
    let mut case = treaty(vec![]);
    case.refuses("A", copy("en"), Rule::X9, "(fr)");
    assert_eq!(case.does("A", copy("fr")), Rule::X9);
    assert_eq!(case.text(), TEXT);
}

#[test]
fn x10_a_correction_leaves_what_some_amended_for_themselves_and_fits_the_rest() {
    // A and B amended words of article 1 for themselves, and struck article 2 with all that it contains.
    let mut case = in_force(vec![clause("Article 25", Term::InterSe(true))]);
    let struck = Operation::Repeal {
        provisions: vec![p(3)],
        notice: Default::default(),
    };
    let ops = vec![words(2, "coopèrent", "agissent"), struck];
    case.does("A", revise(Nature::Amendment, ops));
    case.does("B", accept(2));
    case.does(
        "A",
        AmendmentAct::InterSeModified {
            on: date("2021-01-01"),
            revision: Revision(2),
            between: ids(&["A", "B"]),
            harmless: false,
            notified: ids(&["C"]),
        },
    );
    let ops = vec![
        words(2, "Les Parties", "Les parties"),
        words(4, "Elles", "Celles-ci"),
    ];
    case.does("A", revise(Nature::Correction, ops));
    for party in ["B", "C"] {
        case.does(party, accept(3));
    }
    assert_eq!(case.does("A", adopt(3)), Rule::X2);
    let between = |own: &[Revision]| {
        let mut text = case.0.text_of(Revision(2)).expect("it fits");
        let correction = case.0.revision(Revision(3)).expect("it is there");
        let left = case.0.correct_between(&mut text, (correction, 9), own);
        (left, text.print(lang("fr")))
    };
    let (left, said) = between(&[Revision(2)]);
    let left = left.expect("it fits").expect("something is left");
    assert_eq!(
        (left.rule, left.what.as_str()),
        (
            Rule::X10,
            "correction 3 leaves 1.2, 1.4 as the two amended it"
        )
    );
    // Not a word of what they agreed on is touched: there are no words that nobody agreed on.
    assert!(said.contains("Les Parties agissent"), "{said}");
    assert!(case.0.meets_their_words(Revision(3), &[Revision(2)]));
    assert!(!case.0.meets_their_words(Revision(1), &[Revision(2)]));
    // Who amended nothing has no words of its own that stand.
    let (collisions, _) = between(&[]);
    assert_eq!(collisions.expect_err("one does not fit").0.len(), 1);
}
