//! RC3: every act has a day, which has come, and is not before what it rests on.

use travaux_domain::{
    Profile, Revision, Rule,
    agreement::{
        AgreementCommand as C, Nature, TextState, Votes, consent::Manner, correction::CorrectionAct,
    },
    clause::Means,
};
use travaux_testkit::agreement::*;

/// Three States, and a proposal of A on 10 May 2025; it is recorded in December.
fn proposed() -> Case {
    let mut case = Case::new();
    case.at("2025-12-01");
    let proposal = proposal(Profile::treaty(), &["A", "B", "C"], vec![]);
    case.does_on("A", "2025-05-10", C::Propose(Box::new(proposal)));
    case
}

/// The same, accepted on 20 and 25 May and adopted on 1 June.
fn adopted_then() -> Case {
    let mut case = proposed();
    case.does_on("B", "2025-05-20", accept(1));
    case.does_on("C", "2025-05-25", accept(1));
    case.does_on("A", "2025-06-01", adopt(1));
    case
}

fn authenticate() -> C {
    C::AuthenticateText {
        method: "initialling".into(),
        parties: ids(&["A", "B", "C"]),
    }
}

fn reject(revision: u32) -> C {
    let (revision, reason) = (Revision(revision), None);
    C::RejectRevision { revision, reason }
}

fn withdraw(revision: u32) -> C {
    let (revision, reason) = (Revision(revision), None);
    C::WithdrawRevision { revision, reason }
}

fn abandon() -> C {
    C::AbandonNegotiation { reason: None }
}

fn change(nature: Nature) -> C {
    revise(nature, vec![words(2, "coopèrent", "collaborent")])
}

#[test]
fn rc3_the_text_is_where_its_acts_brought_it_on_their_days() {
    let mut case = adopted_then();
    case.does_on("A", "2025-06-05", authenticate());
    for (day, state) in [
        ("2025-05-09", TextState::Absent),
        ("2025-05-10", TextState::Draft),
        ("2025-05-31", TextState::Draft),
        ("2025-06-01", TextState::Adopted),
        ("2025-06-05", TextState::Authenticated),
    ] {
        assert_eq!(case.0.text.on(date(day)).0, state, "{day}");
    }
    let revision = case.0.revision(Revision(1)).expect("the first");
    assert_eq!(revision.proposed_at.date_naive(), date("2025-05-10"));
    let adoption = case.0.adoption_of(Revision(1)).expect("it was adopted");
    assert_eq!(adoption.adopted_at.date_naive(), date("2025-06-01"));
    assert_eq!(adoption.recorded_at.date_naive(), date("2025-12-01"));
}

#[test]
fn rc3_what_nobody_dates_is_done_when_it_is_recorded() {
    let mut case = Case::new();
    case.at("2025-12-01");
    let proposal = proposal(Profile::treaty(), &["A", "B"], vec![]);
    case.does("A", C::Propose(Box::new(proposal)));
    assert_eq!(case.0.text.on(date("2025-11-30")).0, TextState::Absent);
    assert_eq!(case.0.text.on(date("2025-12-01")).0, TextState::Draft);
    // It may have been before: only a day that was said binds.
    case.does_on("B", "2025-11-15", accept(1));
    case.does_on("A", "2025-11-20", adopt(1));
    assert_eq!(case.0.text.on(date("2025-11-20")).0, TextState::Adopted);
}

#[test]
fn rc3_no_act_is_on_a_day_to_come() {
    let case = adopted_then();
    let says = "a day that has come, 2025-12-02 at the latest, found 2025-12-03";
    // Recorded at noon in UTC: the day after has begun where clocks are fourteen hours ahead.
    case.clone().does_on("A", "2025-12-02", authenticate());
    for command in [authenticate(), change(Nature::Amendment), abandon()] {
        case.refuses_on("A", "2025-12-03", command, Rule::RC3, says);
    }
    let sign = sign("2025-12-03", Manner::SubjectToRatification);
    case.refuses_now("A", sign, Rule::RC3, says);
    case.refuses_now(
        "A",
        made("2025-12-03", Means::Ratification),
        Rule::RC3,
        says,
    );
    // An end may be agreed for a day to come: its date is that of its effect.
    let mut living = treaty(vec![]);
    for party in ["A", "B", "C"] {
        living.does(party, signed("2024-01-05"));
    }
    living.at("2025-12-01");
    let end = C::from(
        travaux_domain::agreement::ending::EndingAct::AgreementEnded(
            travaux_domain::agreement::Ended {
                on: date("2035-01-01"),
                ground: "agreed".into(),
                consenting: ids(&["A", "B", "C"]),
                elsewhere: None,
            },
        ),
    );
    living.does("A", end);
}

#[test]
fn rc3_no_act_is_before_what_it_rests_on_where_the_day_of_that_was_said() {
    let open = proposed();
    let before = |case: &Case, party: &str, day: &str, command: C, says: &str| {
        case.refuses_on(party, day, command, Rule::RC3, says);
    };
    for (party, command) in [("B", accept(1)), ("B", reject(1)), ("A", withdraw(1))] {
        let says = "a date from 2025-05-10 on, when the agreement was proposed, found 2025-05-09";
        before(&open, party, "2025-05-09", command.clone(), says);
        open.clone().does_on(party, "2025-05-10", command);
    }
    let vote = C::AdoptByVote {
        revision: Revision(1),
        votes: Votes {
            for_it: 3,
            against: 0,
        },
        effective_from: None,
    };
    before(
        &open,
        "A",
        "2025-05-09",
        vote,
        "when the agreement was proposed",
    );

    let mut accepted = open.clone();
    accepted.does_on("C", "2025-05-25", accept(1));
    accepted.does_on("B", "2025-05-20", accept(1));
    let says = "a date from 2025-05-25 on, when it was last accepted, found 2025-05-24";
    before(&accepted, "A", "2025-05-24", adopt(1), says);
    accepted.does_on("A", "2025-05-25", adopt(1));

    let adopted = adopted_then();
    let says = "a date from 2025-06-01 on, when the text was adopted, found 2025-05-31";
    for command in [authenticate(), abandon(), change(Nature::Amendment)] {
        before(&adopted, "A", "2025-05-31", command.clone(), says);
        adopted.clone().does_on("A", "2025-06-01", command);
    }

    adopted.refuses(
        "A",
        made("2025-05-31", Means::Ratification),
        Rule::RC3,
        says,
    );
    adopted
        .clone()
        .does("A", made("2025-06-01", Means::Ratification));

    let mut authentic = adopted.clone();
    authentic.does_on("A", "2025-06-05", authenticate());
    let rectify = |on: &str| CorrectionAct::CopyRectified {
        on: date(on),
        lang: lang("fr"),
        note: "a misprint".into(),
    };
    let says = "a date from 2025-06-05 on, when the text was authenticated, found 2025-06-04";
    authentic.refuses("A", rectify("2025-06-04"), Rule::RC3, says);
    authentic.does("A", rectify("2025-06-05"));
}

#[test]
fn rc3_an_act_on_a_revision_is_not_before_its_proposal() {
    let mut case = adopted_then();
    case.does_on("A", "2025-08-01", change(Nature::Amendment));
    let says = "a date from 2025-08-01 on, when the revision was proposed, found 2025-07-31";
    case.refuses_on("B", "2025-07-31", accept(2), Rule::RC3, says);
    let on_it = C::ProposeRevision(Box::new(travaux_domain::agreement::RevisionDraft {
        nature: Nature::Amendment,
        ..travaux_domain::agreement::RevisionDraft::new(
            Revision(2),
            vec![words(4, "informations", "renseignements")],
        )
    }));
    let says = "a date from 2025-08-01 on, when its base was proposed, found 2025-07-31";
    case.refuses_on("B", "2025-07-31", on_it, Rule::RC3, says);
    case.does_on("B", "2025-08-01", accept(2));
}

#[test]
fn rc3_a_party_answers_in_the_order_of_its_days() {
    let mut case = proposed();
    case.does_on("B", "2025-05-25", reject(1));
    let says = "a date from 2025-05-25 on, when it last answered, found 2025-05-20";
    case.refuses_on("B", "2025-05-20", accept(1), Rule::RC3, says);
    case.does_on("C", "2025-05-12", accept(1));
    case.does_on("B", "2025-05-26", accept(1));
    // What was taken back holds up nothing.
    case.does_on("C", "2025-11-20", reject(1));
    case.does_on("C", "2025-11-21", accept(1));
    case.does_on("A", "2025-11-21", adopt(1));
}

#[test]
fn rc3_a_day_that_nobody_said_is_held_to_none() {
    // Recorded at noon in UTC, for somebody in whose zone the next day has begun.
    let mut case = Case::new();
    case.at("2025-12-01");
    let proposal = proposal(Profile::treaty(), &["A", "B"], vec![]);
    case.does_on("A", "2025-12-02", C::Propose(Box::new(proposal)));
    case.does("B", accept(1));
    case.does("A", adopt(1));
}

#[test]
fn rc3_an_effect_may_come_before_the_adoption() {
    use travaux_domain::agreement::force::ForceAct;
    let mut case = adopted_then();
    case.does_on("A", "2025-06-05", authenticate());
    let apply = ForceAct::ProvisionalApplicationBegan {
        on: date("2025-01-01"),
        parties: ids(&["A", "B"]),
        provisions: vec![],
        consenting: ids(&["A", "B", "C"]),
    };
    case.does("A", apply);
}

#[test]
fn rc3_an_audit_takes_what_was_recorded_before_days_were_asked_for() {
    use travaux_domain::agreement::Beside;
    let case = adopted_then();
    let again = Beside {
        again: true,
        ..Beside::default()
    };
    let sign = sign("2031-01-01", Manner::SubjectToRatification);
    let taken = case.decided("A", sign.clone(), again);
    assert!(taken.is_ok(), "{taken:?}");
    case.refuses_now("A", sign, Rule::RC3, "a day that has come");
}
