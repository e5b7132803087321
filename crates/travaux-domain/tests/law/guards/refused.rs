//! Acts that nothing gave rise to, of the wrong party, or at the wrong time.

use travaux_domain::{
    Revision, Rule,
    agreement::{
        AgreementCommand as C,
        amendment::AmendmentAct,
        consent::ConsentAct,
        correction::CorrectionAct,
        depositary::DepositaryAct,
        ending::EndingAct,
        force::ForceAct,
        language::{LanguageAct, Resolution},
        reservation::ReservationAct,
    },
};
use travaux_testkit::agreement::*;

use super::{DAY, after, c, claimed, denounceable, leave, prevail, register, reserved};

fn provisionally() -> C {
    ForceAct::ProvisionalApplicationBegan {
        on: date(DAY),
        parties: ids(&["A", "B", "C"]),
        provisions: vec![],
        consenting: ids(&["A", "B", "C"]),
    }
    .into()
}

fn diverge(says: &[(&str, &str)]) -> C {
    LanguageAct::DivergenceRecorded {
        on: date(DAY),
        says: says
            .iter()
            .map(|(tag, words)| (lang(tag), (*words).to_owned()))
            .collect(),
        provisions: vec![p(2)],
        note: "two meanings".into(),
        number: None,
    }
    .into()
}

/// On what, by whom, what; under which row it is refused, and in which words.
type Refused = (Case, &'static str, C, Rule, &'static str);

fn refused() -> Vec<Refused> {
    let on = date(DAY);
    let first = Revision(1);
    vec![
        // Consent that nothing gave rise to.
        (
            treaty(vec![]),
            "A",
            c(ConsentAct::ActConfirmed { on }),
            Rule::C2,
            "an act that was done without authority, found none on record",
        ),
        (
            treaty(vec![]),
            "A",
            c(ConsentAct::SignatureConfirmed { on }),
            Rule::C5,
            "a signature ad referendum, found none of A",
        ),
        (
            treaty(vec![]),
            "A",
            c(ConsentAct::DeclinedToBecomeParty { on }),
            Rule::C12,
            "a party that has signed or consented, found A, which has not",
        ),
        (
            in_force(vec![]),
            "A",
            c(ConsentAct::DeclinedToBecomeParty { on }),
            Rule::C12,
            "an agreement that is not yet in force for the party, found an agreement in force for it: give notice of withdrawal instead",
        ),
        (
            treaty(vec![]),
            "A",
            leave(vec![]),
            Rule::C14,
            "a party for which the agreement is in force, found A",
        ),
        (
            denounceable(),
            "A",
            leave(vec![p(2)]),
            Rule::E17,
            "a notice for the whole agreement, found a notice for 1.2",
        ),
        (
            denounceable(),
            "A",
            c(ConsentAct::NotificationRevoked { on }),
            Rule::C15,
            "a notice that has not taken effect, found none of A",
        ),
        // Force and provisional application.
        (
            in_force(vec![]),
            "A",
            provisionally(),
            Rule::F6,
            "an agreement not yet in force, found one in force since 2020-02-01",
        ),
        (
            treaty(vec![]),
            "A",
            c(ForceAct::ProvisionalApplicationEnded { on }),
            Rule::F5,
            "a party that applies the agreement provisionally, found A",
        ),
        // Reservations.
        (
            reserved(),
            "B",
            c(ReservationAct::ReservationAccepted { on, number: 2 }),
            Rule::R3,
            "a reservation from 1 to 1, found reservation 2",
        ),
        (
            reserved(),
            "A",
            c(ReservationAct::ReservationAccepted { on, number: 1 }),
            Rule::R3,
            "the reservation of another party, found its own, 1",
        ),
        (
            reserved(),
            "A",
            c(ReservationAct::ObjectionMade {
                on,
                number: 1,
                opposes_force: false,
            }),
            Rule::R5,
            "the reservation of another party, found its own, 1",
        ),
        (
            reserved(),
            "B",
            c(ReservationAct::WithdrawalReceived {
                on,
                number: 1,
                narrowing: None,
            }),
            Rule::R9,
            "a reservation that was withdrawn, found one that stands",
        ),
        // The depositary and notifications.
        (
            treaty(vec![]),
            "B",
            c(received(1, DAY)),
            Rule::D5,
            "a notification on record, found notification 1",
        ),
        (
            after(treaty(vec![]), [("A", c(notify(DAY)))]),
            "A",
            c(received(1, DAY)),
            Rule::D5,
            "receipt by another, found that of its sender, A",
        ),
        (
            treaty(vec![]),
            "A",
            register(&["fr"]),
            Rule::D7,
            "an agreement in force, or applied provisionally, found one that was not on 2020-03-01",
        ),
        (
            in_force(vec![]),
            "A",
            register(&[]),
            Rule::D10,
            "a copy in every authentic language, found ",
        ),
        (
            in_force(vec![]),
            "A",
            c(DepositaryAct::StatementCertified {
                on,
                about: "an objection".into(),
            }),
            Rule::D8,
            "a registered agreement, found one that is not registered",
        ),
        // Languages.
        (
            treaty(vec![]),
            "A",
            c(LanguageAct::LanguageVersionOpened {
                on,
                lang: lang("en"),
            }),
            Rule::L1,
            "a text under negotiation, found one that is authenticated",
        ),
        (
            treaty(vec![]),
            "A",
            prevail("en"),
            Rule::L5,
            "an authentic version (fr), found en",
        ),
        (
            treaty(vec![]),
            "A",
            diverge(&[("fr", "tous")]),
            Rule::L7,
            "the words of two authentic versions or more (fr), found fr",
        ),
        (
            treaty(vec![]),
            "A",
            diverge(&[("fr", "tous"), ("en", "some")]),
            Rule::L7,
            "the words of two authentic versions or more (fr), found en, fr",
        ),
        (
            treaty(vec![]),
            "A",
            c(LanguageAct::DivergenceResolved {
                on,
                number: 1,
                ground: Resolution::PrevailingText,
            }),
            Rule::L8,
            "a divergence on record, found divergence 1",
        ),
        // Amendment, correction and end.
        (
            in_force(vec![]),
            "A",
            c(AmendmentAct::AmendmentJoined {
                on,
                revision: first,
            }),
            Rule::A7,
            "an amendment in force, found revision 1, which is none",
        ),
        (
            in_force(vec![]),
            "A",
            c(AmendmentAct::AmendmentDisclaimed {
                on,
                revision: first,
            }),
            Rule::A6,
            "an amendment in force, found revision 1, which is none",
        ),
        (
            in_force(vec![]),
            "A",
            c(CorrectionAct::CorrectionNotifiedToUn {
                on,
                revision: first,
            }),
            Rule::X8,
            "a correction that was made to a registered text, found revision 1, which is no such correction",
        ),
        (
            in_force(vec![]),
            "A",
            c(EndingAct::OperationResumed {
                on,
                number: 1,
                consenting: vec![],
            }),
            Rule::E19,
            "a suspension on record, found suspension 1",
        ),
        (
            in_force(vec![]),
            "B",
            c(EndingAct::ClaimReceived { on, number: 1 }),
            Rule::D5,
            "a claim on record, found claim 1",
        ),
        (
            claimed(),
            "A",
            c(EndingAct::ClaimReceived { on, number: 1 }),
            Rule::D5,
            "a first receipt by another, from 2020-03-01 on, found one by A on 2020-03-01",
        ),
        (
            claimed(),
            "B",
            c(EndingAct::ClaimReceived {
                on: date("2020-02-29"),
                number: 1,
            }),
            Rule::D5,
            "a first receipt by another, from 2020-03-01 on, found one by B on 2020-02-29",
        ),
        (
            claimed(),
            "A",
            c(EndingAct::ClaimDisputed { on, number: 1 }),
            Rule::E14,
            "a first objection by another, found one by A",
        ),
    ]
}

#[test]
fn what_is_asked_for_and_what_is_found_are_said() {
    for (case, party, act, rule, says) in refused() {
        case.refuses(party, act, rule, &format!("expected {says}"));
    }
}
