//! Why an act is refused, as a program reads it: at least one refusal for each reason, given / when / then.

use std::collections::BTreeSet;

use travaux_domain::{
    Profile, Reason, Refusal, Revision, Rule,
    agreement::{
        AgreementCommand as C, Nature, Proposal, Votes,
        consent::{ConsentAct, Manner},
        depositary::DepositaryAct,
        ending::{Affected, ClaimNotice, EndingAct, Invoked, Measure},
        force::ForceAct,
        reservation::ReservationAct,
    },
    clause::{Means, ReservationsAllowed, Term},
};
use travaux_testkit::agreement::*;
use travaux_text::Lang;

/// What was done before, who does what then, and why it is refused.
type Row = (&'static str, Case, &'static str, C, Reason, Rule);

fn refusal(given: &Case, party: &str, when: C) -> Refusal {
    *given.decided(party, when, None).expect_err("it is refused")
}

/// A draft of A, B and C.
fn draft() -> Case {
    given([propose(
        "A",
        proposal(Profile::treaty(), &["A", "B", "C"], vec![]),
    )])
}

/// A draft, and what A proposes to change in it.
fn revised() -> Case {
    let mut case = draft();
    case.does("A", revise(Nature::Draft, vec![words(2, "Les", "Ces")]));
    case
}

fn did(mut case: Case, party: &str, act: impl Into<C>) -> Case {
    case.does(party, act);
    case
}

fn propose_text(change: impl FnOnce(&mut Proposal)) -> C {
    let mut proposal = proposal(Profile::treaty(), &["A", "B"], vec![]);
    change(&mut proposal);
    C::Propose(Box::new(proposal))
}

fn reserve(on: &str, provision: u32) -> C {
    let act = ReservationAct::ReservationFormulated {
        on: date(on),
        provisions: vec![p(provision)],
        words: "except in winter".into(),
        late: false,
        number: None,
    };
    act.into()
}

fn tell(on: &str, to: &[&str]) -> C {
    let act = ReservationAct::ReservationNotified {
        on: date(on),
        number: 1,
        to: ids(to),
    };
    act.into()
}

fn register(on: &str, languages: Vec<Lang>) -> C {
    let act = DepositaryAct::Registered {
        on: date(on),
        number: "I-1".into(),
        ex_officio: true,
        languages,
    };
    act.into()
}

fn enter_into_force() -> C {
    let act = ForceAct::EnteredIntoForce {
        on: None,
        basis: "24(2)".into(),
        trace: vec![],
        consenting: vec![],
    };
    act.into()
}

/// A claim of A that B broke an agreement in force.
fn claimed() -> Case {
    let claim = ClaimNotice {
        reasons: "it let none in".into(),
        affected: Some(Affected::Specially),
        ..claim(Invoked::MaterialBreach, Measure::Suspend)
    };
    let act = EndingAct::ClaimNotified {
        on: date("2020-03-01"),
        claim,
        number: None,
    };
    did(in_force(vec![]), "A", act)
}

fn claim_received(on: &str) -> C {
    let (on, number) = (date(on), 1);
    EndingAct::ClaimReceived { on, number }.into()
}

fn claim_disputed() -> C {
    let (on, number) = (date("2020-03-02"), 1);
    EndingAct::ClaimDisputed { on, number }.into()
}

fn give_notice(on: &str) -> C {
    let act = ConsentAct::WithdrawalNotified {
        received_on: date(on),
        admitted: Some("its nature".into()),
        provisions: vec![],
        effective_on: None,
    };
    act.into()
}

fn act(act: impl Into<C>) -> C {
    act.into()
}

fn rows() -> Vec<Row> {
    let no_reservations = || {
        treaty(vec![clause(
            "Article 19",
            Term::Reservations(ReservationsAllowed::None),
        )])
    };
    let reserved = || did(treaty(vec![]), "A", reserve("2020-02-01", 2));
    vec![
        (
            "no such revision",
            draft(),
            "A",
            accept(7),
            Reason::Unknown,
            Rule::T4a,
        ),
        (
            "no such agreement",
            Case::new(),
            "A",
            accept(1),
            Reason::Unknown,
            Rule::RC1,
        ),
        (
            "no such provision",
            treaty(vec![]),
            "A",
            reserve("2020-02-01", 99),
            Reason::Unknown,
            Rule::R1,
        ),
        (
            "an id that is taken",
            draft(),
            "A",
            propose_text(|_| ()),
            Reason::Already,
            Rule::RC1,
        ),
        (
            "an answer given twice",
            did(draft(), "B", accept(1)),
            "B",
            accept(1),
            Reason::Already,
            Rule::T4a,
        ),
        (
            "a second signature",
            did(
                treaty(vec![]),
                "A",
                sign("2020-02-01", Manner::AdReferendum),
            ),
            "A",
            act(signed("2020-02-02")),
            Reason::Already,
            Rule::C6,
        ),
        (
            "an act of a stranger",
            draft(),
            "X",
            accept(1),
            Reason::NotAParty,
            Rule::P0,
        ),
        (
            "a proposal by a stranger",
            Case::new(),
            "X",
            propose_text(|_| ()),
            Reason::NotAParty,
            Rule::T1,
        ),
        (
            "a withdrawal of what another proposed",
            revised(),
            "B",
            C::WithdrawRevision {
                revision: Revision(2),
                reason: None,
            },
            Reason::NotEntitled,
            Rule::T3,
        ),
        (
            "a receipt by its sender",
            did(treaty(vec![]), "A", notify("2020-02-01")),
            "A",
            act(received(1, "2020-02-02")),
            Reason::NotEntitled,
            Rule::D5,
        ),
        (
            "a signature of a draft",
            draft(),
            "A",
            act(signed("2020-02-01")),
            Reason::WrongState,
            Rule::C6,
        ),
        (
            "an act after the negotiation was given up",
            did(draft(), "A", C::AbandonNegotiation { reason: None }),
            "A",
            accept(1),
            Reason::WrongState,
            Rule::T9,
        ),
        (
            "an adoption without all",
            draft(),
            "A",
            adopt(1),
            Reason::ConsentMissing,
            Rule::T4,
        ),
        (
            "an entry into force before its condition",
            treaty(vec![]),
            "A",
            enter_into_force(),
            Reason::ConditionUnmet,
            Rule::F2,
        ),
        (
            "a registration ex officio on another day",
            in_force(vec![]),
            "A",
            register("2020-02-02", vec![lang("fr")]),
            Reason::WrongDate,
            Rule::D11,
        ),
        (
            "a receipt before the dispatch",
            did(treaty(vec![]), "A", notify("2020-02-01")),
            "B",
            act(received(1, "2020-01-31")),
            Reason::TooEarly,
            Rule::D5,
        ),
        (
            "a notice before the reservation",
            reserved(),
            "A",
            tell("2020-01-31", &["B"]),
            Reason::TooEarly,
            Rule::R4,
        ),
        (
            "a reservation after the consent",
            in_force(vec![]),
            "A",
            reserve("2020-03-01", 2),
            Reason::TooLate,
            Rule::R1,
        ),
        (
            "a rule that the profile leaves out",
            given([propose(
                "A",
                proposal(Profile::arrangement(), &["A", "B"], vec![]),
            )]),
            "A",
            C::AdoptByVote {
                revision: Revision(1),
                votes: Votes {
                    for_it: 2,
                    against: 0,
                },
                effective_from: None,
            },
            Reason::RuleLeftOut,
            Rule::T5,
        ),
        (
            "a reservation that a clause bars",
            no_reservations(),
            "A",
            reserve("2020-02-01", 2),
            Reason::Forbidden,
            Rule::R1,
        ),
        (
            "an accession that no clause opens",
            treaty(vec![]),
            "X",
            act(made("2020-02-01", Means::Accession)),
            Reason::Forbidden,
            Rule::C9,
        ),
        (
            "words that are not there",
            draft(),
            "A",
            revise(Nature::Draft, vec![words(2, "Nulle part", "x")]),
            Reason::Collision,
            Rule::T2,
        ),
        (
            "a copy in too few languages",
            in_force(vec![]),
            "A",
            register("2020-02-01", vec![]),
            Reason::LanguageGap,
            Rule::D10,
        ),
        (
            "no text for a language",
            Case::new(),
            "A",
            propose_text(|p| p.languages.push(lang("ar"))),
            Reason::LanguageGap,
            Rule::L1,
        ),
        (
            "an invisible character",
            Case::new(),
            "A",
            propose_text(|p| {
                p.texts
                    .insert(lang("fr"), "## Article 1\n\nLes\u{200b} Parties.\n".into());
            }),
            Reason::Drafting,
            Rule::DR1,
        ),
        (
            "a receipt of a claim by who made it",
            claimed(),
            "A",
            claim_received("2020-03-02"),
            Reason::NotEntitled,
            Rule::D5,
        ),
        (
            "a second receipt of a claim",
            did(claimed(), "B", claim_received("2020-03-02")),
            "B",
            claim_received("2020-03-03"),
            Reason::Already,
            Rule::D5,
        ),
        (
            "a receipt of a claim before it was made",
            claimed(),
            "B",
            claim_received("2020-02-28"),
            Reason::TooEarly,
            Rule::D5,
        ),
        (
            "an objection to a claim by who made it",
            claimed(),
            "A",
            claim_disputed(),
            Reason::NotEntitled,
            Rule::E14,
        ),
        (
            "a second objection to a claim",
            did(claimed(), "B", claim_disputed()),
            "B",
            claim_disputed(),
            Reason::Already,
            Rule::E14,
        ),
        (
            "a notice by who is not bound",
            treaty(vec![]),
            "A",
            give_notice("2020-03-01"),
            Reason::WrongState,
            Rule::C14,
        ),
        (
            "a notice before the party is bound",
            in_force(vec![]),
            "A",
            give_notice("2020-01-31"),
            Reason::TooEarly,
            Rule::C14,
        ),
        (
            "no title",
            Case::new(),
            "A",
            propose_text(|p| p.title.clear()),
            Reason::Malformed,
            Rule::T1,
        ),
        (
            "a notice to nobody",
            reserved(),
            "A",
            tell("2020-02-02", &[]),
            Reason::Malformed,
            Rule::R4,
        ),
    ]
}

#[test]
fn a_refusal_says_why_for_a_program_to_act_on() {
    for (what, given, party, when, reason, rule) in rows() {
        let refusal = refusal(&given, party, when);
        assert_eq!(
            (refusal.reason, refusal.rule),
            (reason, rule),
            "{what}: {refusal}"
        );
    }
}

#[test]
fn every_reason_has_a_refusal_that_shows_it() {
    let shown: BTreeSet<Reason> = rows().into_iter().map(|row| row.4).collect();
    assert_eq!(shown, BTreeSet::from(Reason::ALL));
}

#[test]
fn a_reason_is_written_and_read_by_its_name() {
    for reason in Reason::ALL {
        let json = serde_json::to_value(reason).expect("it serialises");
        assert_eq!(json, reason.name());
        assert_eq!(reason.to_string(), reason.name());
        let again: Reason = serde_json::from_value(json).expect("it reads back");
        assert_eq!(again, reason);
    }
}

#[test]
fn the_words_of_a_refusal_are_those_that_they_were_and_its_data_has_the_reason_beside() {
    let refusal = refusal(&draft(), "A", adopt(1));
    assert_eq!(
        refusal.to_string(),
        "cannot adopt a text: expected the consent of all parties, found 1 of 3 [rule T4 (VCLT 9(1)), mandatory]; \
         missing: B, C"
    );
    let json = serde_json::to_value(&refusal).expect("it serialises");
    assert_eq!(json["reason"], "consent_missing");
    assert_eq!(json["missing"], serde_json::json!(["B", "C"]));
}
