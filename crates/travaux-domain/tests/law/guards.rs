//! What each act asks for, a line a case: who tries what on which agreement, what is expected of it and what is found.
//!
//! The first table is of acts that are done once: the act is accepted under its row, and the same act again is not. The second is of
//! acts that nothing gave rise to, of the wrong party, or at the wrong time.

use travaux_domain::{
    Profile, Revision, Rule,
    agreement::{
        AgreementCommand as C,
        amendment::AmendmentAct,
        consent::{ConsentAct, Manner},
        correction::CorrectionAct,
        depositary::DepositaryAct,
        ending::{ClaimNotice, EndingAct, Invoked, Measure},
        force::ForceAct,
        language::{LanguageAct, Resolution},
        reservation::ReservationAct,
    },
    clause::Term,
    effect::Period,
};
use travaux_testkit::agreement::*;
use travaux_text::ProvisionId;

const DAY: &str = "2020-03-01";

/// A draft of A, B and C in French.
fn draft() -> Case {
    let proposal = proposal(Profile::treaty(), &["A", "B", "C"], vec![]);
    given([propose("A", proposal)])
}

/// A treaty in force that may be denounced at six months' notice.
fn denounceable() -> Case {
    in_force(vec![clause(
        "Article 20",
        Term::Denunciation(Period::Months(6)),
    )])
}

fn after(mut case: Case, acts: impl IntoIterator<Item = (&'static str, C)>) -> Case {
    for (party, act) in acts {
        case.does(party, act);
    }
    case
}

/// A treaty that A has signed, subject to ratification, with a reservation to its first article.
fn reserved() -> Case {
    let signed = sign("2020-02-01", Manner::SubjectToRatification).into();
    let reservation = ReservationAct::ReservationFormulated {
        on: date("2020-02-01"),
        provisions: vec![p(2)],
        words: "except in winter".into(),
        late: false,
        number: None,
    };
    after(treaty(vec![]), [("A", signed), ("A", reservation.into())])
}

/// A treaty in force that A claims to terminate, as B broke it.
fn claimed() -> Case {
    after(in_force(vec![]), [("A", claims_breach())])
}

fn claims_breach() -> C {
    let claim = ClaimNotice {
        reasons: "the data were sold".into(),
        ..claim(Invoked::MaterialBreach, Measure::Terminate)
    };
    EndingAct::ClaimNotified {
        on: date(DAY),
        claim,
        number: None,
    }
    .into()
}

fn leave(provisions: Vec<ProvisionId>) -> C {
    ConsentAct::WithdrawalNotified {
        received_on: date(DAY),
        admitted: None,
        provisions,
        effective_on: None,
    }
    .into()
}

fn register(languages: &[&str]) -> C {
    DepositaryAct::Registered {
        on: date(DAY),
        number: "I-1".into(),
        ex_officio: false,
        languages: languages.iter().map(|tag| lang(tag)).collect(),
    }
    .into()
}

fn designate() -> C {
    DepositaryAct::DepositaryDesignated {
        on: date(DAY),
        keeper: "UN".into(),
        consenting: ids(&["A", "B", "C"]),
    }
    .into()
}

fn provisionally() -> C {
    ForceAct::ProvisionalApplicationBegan {
        on: date(DAY),
        parties: ids(&["A", "B", "C"]),
        provisions: vec![],
        consenting: ids(&["A", "B", "C"]),
    }
    .into()
}

fn enter() -> C {
    ForceAct::EnteredIntoForce {
        on: None,
        basis: "VCLT 24(2)".into(),
        trace: vec![],
    }
    .into()
}

fn prevail(tag: &str) -> C {
    LanguageAct::PrevailingDesignated {
        on: date(DAY),
        lang: lang(tag),
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

fn c(act: impl Into<C>) -> C {
    act.into()
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
            c(ReservationAct::WithdrawalReceived { on, number: 1 }),
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
            c(EndingAct::OperationResumed { on, number: 1 }),
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
