//! Acts that are done once: accepted under their row, and the same again is not.

use travaux_domain::{
    Profile, Rule,
    agreement::{
        AgreementCommand as C,
        consent::{ConsentAct, Manner},
        depositary::DepositaryAct,
        ending::EndingAct,
        force::ForceAct,
        language::LanguageAct,
        reservation::ReservationAct,
    },
};
use travaux_testkit::agreement::*;

use super::{DAY, after, c, claimed, denounceable, leave, prevail, register, reserved};

/// A draft of A, B and C in French.
fn draft() -> Case {
    let proposal = proposal(Profile::treaty(), &["A", "B", "C"], vec![]);
    given([propose("A", proposal)])
}

fn designate() -> C {
    DepositaryAct::DepositaryDesignated {
        on: date(DAY),
        keeper: "UN".into(),
        consenting: ids(&["A", "B", "C"]),
    }
    .into()
}

fn enter() -> C {
    ForceAct::EnteredIntoForce {
        on: None,
        basis: "VCLT 24(2)".into(),
        trace: vec![],
        consenting: vec![],
    }
    .into()
}

/// On what, by whom, what, under which row; under which row the same again is refused, and in which words.
type Once = (Case, &'static str, C, Rule, Rule, &'static str);

fn once() -> Vec<Once> {
    let on = date(DAY);
    let signed = |manner| after(treaty(vec![]), [("A", c(sign("2020-02-01", manner)))]);
    vec![
        (
            treaty(vec![]),
            "A",
            c(signed_on(DAY)),
            Rule::C6,
            Rule::C6,
            "a party that is not bound yet, found the consent that A expressed already",
        ),
        (
            treaty(vec![]),
            "A",
            c(sign(DAY, Manner::SubjectToRatification)),
            Rule::C3,
            Rule::C3,
            "a first signature, found one of 2020-03-01",
        ),
        (
            treaty(vec![]),
            "A",
            c(sign(DAY, Manner::AdReferendum)),
            Rule::C4,
            Rule::C4,
            "a first signature, found one of 2020-03-01",
        ),
        (
            signed(Manner::AdReferendum),
            "A",
            c(ConsentAct::SignatureConfirmed { on }),
            Rule::C5,
            Rule::C5,
            "a signature that waits for confirmation, found one that was confirmed",
        ),
        (
            signed(Manner::SubjectToRatification),
            "A",
            c(ConsentAct::DeclinedToBecomeParty { on }),
            Rule::C12,
            Rule::C12,
            "a party that has not declined, found one that declined on 2020-03-01",
        ),
        (
            denounceable(),
            "A",
            leave(vec![]),
            Rule::C14,
            Rule::C14,
            "a first notice, found that received on 2020-03-01",
        ),
        (
            in_force(vec![]),
            "A",
            enter(),
            Rule::F2,
            Rule::F1,
            "an agreement not yet in force, found one in force since 2020-02-01",
        ),
        (
            treaty(vec![]),
            "A",
            c(notify(DAY)),
            Rule::D4,
            Rule::D4,
            "a first notification, found that which A sent on 2020-03-01",
        ),
        (
            treaty(vec![]),
            "A",
            designate(),
            Rule::D1,
            Rule::D1,
            "an agreement without a depositary, found one that UN keeps",
        ),
        (
            in_force(vec![]),
            "A",
            register(&["fr"]),
            Rule::D7,
            Rule::D9,
            "an agreement that nobody has registered, found I-1, registered by A on 2020-03-01",
        ),
        (
            draft(),
            "A",
            c(LanguageAct::LanguageVersionOpened {
                on,
                lang: lang("en"),
            }),
            Rule::L1,
            Rule::L1,
            "a new language, found en, which is there",
        ),
        (
            treaty(vec![]),
            "A",
            prevail("fr"),
            Rule::L5,
            Rule::L5,
            "no version that prevails, found fr, which does",
        ),
        (
            reserved(),
            "B",
            c(ReservationAct::ReservationAccepted { on, number: 1 }),
            Rule::R3,
            Rule::R3,
            "a first acceptance, found that of 2020-03-01",
        ),
        (
            reserved(),
            "A",
            c(ReservationAct::ReservationWithdrawn { on, number: 1 }),
            Rule::R9,
            Rule::R9,
            "a reservation that stands, found one withdrawn on 2020-03-01",
        ),
        (
            claimed(),
            "B",
            c(EndingAct::ClaimReceived { on, number: 1 }),
            Rule::D5,
            Rule::D5,
            "a first receipt by another, from 2020-03-01 on, found one by B on 2020-03-01",
        ),
        (
            claimed(),
            "B",
            c(EndingAct::ClaimDisputed { on, number: 1 }),
            Rule::E14,
            Rule::E14,
            "a first objection by another, found one by B",
        ),
        (
            claimed(),
            "A",
            c(EndingAct::ClaimRevoked { on, number: 1 }),
            Rule::E15,
            Rule::E15,
            "a claim that waits, found one revoked on 2020-03-01",
        ),
    ]
}

fn signed_on(day: &str) -> ConsentAct {
    sign(day, Manner::Definitive)
}

#[test]
fn what_is_done_once_is_not_done_again() {
    for (mut case, party, act, rule, again, says) in once() {
        assert_eq!(case.does(party, act.clone()), rule, "{says}");
        case.refuses(party, act, again, &format!("expected {says} ["));
    }
}
