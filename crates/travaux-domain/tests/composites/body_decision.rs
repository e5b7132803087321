//! What a body decides: together or in writing, within its competence, and what it publishes and
//! repairs; annexes that it amends.

use travaux_domain::{
    Event, Rule, StreamCommand, StreamId,
    body::{BodyCommand as B, Draft, EffectPart, How, Openness, Procedure, Standing, Verb},
    meeting::{Convocation, MeetingKind},
    partnership::check_links,
};
use travaux_testkit::{
    agreement::{accept, date, lang, words as substitute},
    body::*,
    history::{History, agreement_id, meeting_id},
    meeting::{convene, held, ministers, on_day, parties},
};

use crate::body::refused;

fn passes() -> Draft {
    draft("passes-1", Verb::Decide, "passes")
}

pub(crate) fn standing(history: &History, key: &str, on: &str) -> Standing {
    let own = state(history, "jc");
    own.standing(&own.decisions[key], date(on))
}

fn drafted_passes() -> History {
    let mut history = at_work();
    history.does("FR", body("jc", drafted("2021-02-01", passes())));
    history
}

#[test]
fn bd6_a_draft_says_what_the_body_would_do() {
    let mut history = at_work();
    let with = |change: fn(&mut Draft)| {
        let mut draft = passes();
        change(&mut draft);
        drafted("2021-02-01", draft)
    };
    refused(
        &mut history,
        vec![
            ("ES", with(|_| {}), Rule::P0, "`ES`"),
            (
                "FR",
                with(|d| d.verb = Verb::Monitor),
                Rule::BD6,
                "found monitor",
            ),
            ("FR", with(|d| d.text.clear()), Rule::RC5, "words"),
            ("FR", with(|d| d.key = "".into()), Rule::RC5, "a key"),
            (
                "FR",
                with(|d| d.annexes = vec![change(2, "2021-03-01")]),
                Rule::BD6,
                "only with it",
            ),
            (
                "FR",
                with(|d| d.verb = Verb::AmendAnnexes),
                Rule::BD6,
                "0 with amend_annexes",
            ),
            (
                "FR",
                with(|d| d.report = Some("none".into())),
                Rule::BD6,
                "a report to the body",
            ),
            (
                "FR",
                drafted(
                    "2021-02-01",
                    annex_draft("x", &[(2, "2021-03-01"), (2, "2021-04-01")]),
                ),
                Rule::BD6,
                "each revision once",
            ),
            (
                "FR",
                drafted("2021-01-01", passes()),
                Rule::RC3,
                "the body was established",
            ),
        ],
    );
    history.does("FR", body("jc", with(|_| {})));
    refused(
        &mut history,
        vec![("MA", with(|_| {}), Rule::BD6, "a new key")],
    );
    assert_eq!(
        standing(&history, "passes-1", "2021-02-01"),
        Standing::Drafted
    );
}

#[test]
fn bd6_a_decision_wants_all_parties_each_with_one_voice() {
    let mut history = drafted_passes();
    let by = |names: &[&str]| {
        let consenting = parties(names);
        let session = None;
        let how = How::Together {
            session,
            consenting,
        };
        decide_by("2021-02-10", &passes(), "passes", how)
    };
    refused(
        &mut history,
        vec![
            ("FR", by(&["FR"]), Rule::BD6, "missing: MA"),
            ("FR", by(&[]), Rule::BD6, "missing: FR, MA"),
            (
                "FR",
                by(&["FR", "MA", "MA"]),
                Rule::BD6,
                "one voice a party",
            ),
            ("FR", by(&["FR", "MA", "ES"]), Rule::P0, "`ES`"),
            ("ES", by(&["FR", "MA"]), Rule::P0, "`ES`"),
            (
                "FR",
                decide("2021-01-31", &passes(), "passes"),
                Rule::RC3,
                "it was drafted",
            ),
            (
                "FR",
                decide(
                    "2021-02-10",
                    &draft("none", Verb::Decide, "passes"),
                    "passes",
                ),
                Rule::BD6,
                "a decision of the body",
            ),
        ],
    );
    history.does("MA", body("jc", by(&["MA", "FR"])));
    refused(
        &mut history,
        vec![(
            "FR",
            by(&["FR", "MA"]),
            Rule::BD6,
            "one that was adopted on 2021-02-10",
        )],
    );
    let since = date("2021-02-10");
    assert_eq!(
        standing(&history, "passes-1", "2021-02-10"),
        Standing::InEffect { since }
    );
    assert_eq!(
        standing(&history, "passes-1", "2021-02-09"),
        Standing::Drafted
    );
}

#[test]
fn bd2_and_bd6_a_decision_beyond_the_competence_is_refused() {
    let mut history = drafted_passes();
    let figures = draft("figures-1", Verb::Decide, "figures");
    let settle = draft("settle-1", Verb::Settle, "passes");
    history
        .does("FR", body("jc", drafted("2021-02-01", figures.clone())))
        .does("FR", body("jc", drafted("2021-02-01", settle.clone())));
    let no = "a competence to decide on figures on 2021-02-10";
    refused(
        &mut history,
        vec![
            (
                "FR",
                decide("2021-02-10", &figures, "passes"),
                Rule::BD2,
                no,
            ),
            (
                "FR",
                decide("2021-02-10", &settle, "refer"),
                Rule::BD2,
                "a competence to settle on passes",
            ),
            (
                "FR",
                decide("2021-02-10", &passes(), "rules"),
                Rule::BD2,
                "a competence to decide on passes",
            ),
            (
                "FR",
                decide("2021-02-10", &passes(), "none"),
                Rule::BD2,
                "a competence of the body",
            ),
        ],
    );
}

/// INV4: what counts is the competence of the date, as known when it is recorded.
#[test]
fn bd6_a_decision_is_within_the_competence_of_its_date_and_a_later_loss_undoes_none() {
    let mut history = drafted_passes();
    let second = draft("passes-2", Verb::Decide, "passes");
    history
        .does("FR", body("jc", drafted("2021-02-01", second.clone())))
        .does("FR", body("jc", decide("2021-03-10", &passes(), "passes")))
        // It ends from before the decision on: that is recorded later, and undoes nothing.
        .does(
            "MA",
            body(
                "jc",
                B::CompetenceEnded {
                    on: date("2021-03-01"),
                    competence: "passes".into(),
                    ground: "as agreed".into(),
                    consenting: parties(&["FR", "MA"]),
                },
            ),
        );
    let since = date("2021-03-10");
    assert_eq!(
        standing(&history, "passes-1", "2021-04-01"),
        Standing::InEffect { since }
    );
    refused(
        &mut history,
        vec![(
            "FR",
            decide("2021-03-01", &second, "passes"),
            Rule::BD2,
            "competence passes is ended on 2021-03-01",
        )],
    );
    // Of the day before, it is still decided, and recorded late.
    history.does("FR", body("jc", decide("2021-02-28", &second, "passes")));
}

#[test]
fn bd6_numbers_are_of_the_year_and_taken_once() {
    let mut history = drafted_passes();
    let second = draft("passes-2", Verb::Decide, "passes");
    history.does("FR", body("jc", drafted("2021-02-01", second.clone())));
    let numbered = |draft: &Draft, n: &str| match decide("2021-02-10", draft, "passes") {
        B::DecisionAdopted {
            on,
            decision,
            competence,
            how,
            effects,
            pending,
            amends,
            ..
        } => B::DecisionAdopted {
            number: Some(n.into()),
            on,
            decision,
            competence,
            how,
            effects,
            pending,
            amends,
        },
        other => other,
    };
    for wrong in ["1", "1/2020", "0/2021", "x/2021", "1/021", "-1/2021", ""] {
        let adopted = numbered(&passes(), wrong);
        refused(
            &mut history,
            vec![("FR", adopted, Rule::BD6, "such as 1/2021")],
        );
    }
    history.does("FR", body("jc", numbered(&passes(), "1/2021")));
    refused(
        &mut history,
        vec![(
            "FR",
            numbered(&second, "1/2021"),
            Rule::BD6,
            "`1/2021`, that of passes-1",
        )],
    );
    history.does("FR", body("jc", numbered(&second, "2/21")));
}

#[test]
fn bd6_a_refusal_of_one_party_ends_a_draft() {
    let mut history = drafted_passes();
    let no = |reason: &str| B::DecisionRefused {
        on: date("2021-02-05"),
        decision: "passes-1".into(),
        reason: reason.into(),
    };
    refused(
        &mut history,
        vec![
            ("MA", no(" "), Rule::RC5, "a reason"),
            ("ES", no("x"), Rule::P0, "`ES`"),
        ],
    );
    history.does("MA", body("jc", no("too early")));
    refused(
        &mut history,
        vec![
            (
                "FR",
                no("again"),
                Rule::BD6,
                "one that was refused on 2021-02-05",
            ),
            (
                "FR",
                decide("2021-02-10", &passes(), "passes"),
                Rule::BD6,
                "one that was refused on 2021-02-05",
            ),
        ],
    );
    let by = "MA".into();
    assert_eq!(
        standing(&history, "passes-1", "2021-02-05"),
        Standing::Refused { by }
    );
    assert_eq!(
        standing(&history, "passes-1", "2021-02-04"),
        Standing::Drafted
    );
}

#[test]
fn bd6_a_decision_of_a_session_is_taken_on_its_days() {
    let mut history = drafted_passes();
    let call = Convocation {
        kind: MeetingKind::Session,
        body: Some("jc".into()),
        number: Some(1),
        start: on_day("2021-03-01"),
        chair: vec![
            travaux_testkit::meeting::holder("MA", "Director", ""),
            travaux_testkit::meeting::holder("FR", "Director", ""),
        ],
        ..ministers()
    };
    let called = B::SessionCalled {
        on: date("2021-02-01"),
        meeting: meeting_id(1),
        number: Some(1),
    };
    history
        .does("FR", body("jc", called))
        .meeting(1, "FR", convene("2021-02-01", call))
        .meeting(1, "FR", held("2021-03-02"));
    let at = |on: &str, meeting| {
        let how = How::Together {
            session: Some(meeting_id(meeting)),
            consenting: parties(&["FR", "MA"]),
        };
        decide_by(on, &passes(), "passes", how)
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                at("2021-02-28", 1),
                Rule::RC3,
                "the session (2021-03-01)",
            ),
            (
                "FR",
                at("2021-03-03", 1),
                Rule::BD6,
                "which ended on 2021-03-02",
            ),
            (
                "FR",
                at("2021-03-01", 2),
                Rule::BD6,
                "a session of the body",
            ),
        ],
    );
    history.does("FR", body("jc", at("2021-03-02", 1)));
}

fn in_writing(silence: bool) -> History {
    let mut history = established();
    history
        .does("FR", body("jc", rules("2021-01-03", procedure(1, silence))))
        .does("FR", body("jc", drafted("2021-02-01", passes())))
        .does("FR", body("jc", opened("2021-02-01", "2021-02-22")));
    history
}

fn opened(on: &str, until: &str) -> B {
    B::WrittenProcedureOpened {
        on: date(on),
        decision: "passes-1".into(),
        until: date(until),
    }
}

fn voice(on: &str, consents: bool) -> B {
    B::WrittenVoiceGiven {
        on: date(on),
        decision: "passes-1".into(),
        consents,
    }
}

fn failed(on: &str) -> B {
    B::WrittenProcedureFailed {
        on: date(on),
        decision: "passes-1".into(),
    }
}

fn by_letter(on: &str) -> B {
    decide_by(on, &passes(), "passes", How::InWriting)
}

#[test]
fn bd7_a_written_procedure_wants_rules_that_foresee_it_and_time_for_answers() {
    let mut history = established();
    history.does("FR", body("jc", drafted("2021-02-01", passes())));
    refused(
        &mut history,
        vec![
            (
                "FR",
                opened("2021-02-01", "2021-03-01"),
                Rule::BD7,
                "rules of procedure by which decisions are taken in writing",
            ),
            (
                "FR",
                voice("2021-02-01", true),
                Rule::BD7,
                "a written procedure that runs",
            ),
            (
                "FR",
                failed("2021-02-01"),
                Rule::BD7,
                "a written procedure that runs",
            ),
            (
                "FR",
                by_letter("2021-02-01"),
                Rule::BD7,
                "a written procedure that runs",
            ),
        ],
    );
    history.does("FR", body("jc", rules("2021-02-02", procedure(1, false))));
    refused(
        &mut history,
        vec![
            (
                "FR",
                opened("2021-02-01", "2021-03-01"),
                Rule::BD7,
                "taken in writing",
            ),
            (
                "FR",
                opened("2021-02-02", "2021-02-22"),
                Rule::BD7,
                "21 days for answers, until 2021-02-23",
            ),
        ],
    );
    history.does("FR", body("jc", opened("2021-02-02", "2021-02-23")));
    refused(
        &mut history,
        vec![
            (
                "FR",
                opened("2021-02-02", "2021-02-23"),
                Rule::BD7,
                "asked in writing until",
            ),
            (
                "FR",
                decide("2021-02-10", &passes(), "passes"),
                Rule::BD7,
                "asked in writing until 2021-02-23",
            ),
        ],
    );
}

#[test]
fn bd7_a_decision_in_writing_is_of_the_day_of_the_last_answer() {
    let mut history = in_writing(false);
    refused(
        &mut history,
        vec![("FR", voice("2021-01-31", true), Rule::RC3, "it was drafted")],
    );
    history.does("FR", body("jc", voice("2021-02-03", true)));
    refused(
        &mut history,
        vec![
            (
                "FR",
                voice("2021-02-04", false),
                Rule::BD7,
                "that of 2021-02-03",
            ),
            (
                "MA",
                voice("2021-02-23", true),
                Rule::BD7,
                "an answer by 2021-02-22",
            ),
            ("FR", by_letter("2021-02-22"), Rule::BD7, "missing: MA"),
        ],
    );
    history.does("MA", body("jc", voice("2021-02-22", true)));
    refused(
        &mut history,
        vec![
            (
                "FR",
                by_letter("2021-02-03"),
                Rule::BD7,
                "the last consent was given, 2021-02-22",
            ),
            ("FR", by_letter("2021-02-23"), Rule::BD7, "2021-02-22"),
            ("FR", failed("2021-02-23"), Rule::BD7, "the consent of all"),
        ],
    );
    history.does("FR", body("jc", by_letter("2021-02-22")));
}

#[test]
fn bd7_silence_is_consent_only_where_the_rules_say_so_and_when_time_has_passed() {
    let mut silent = in_writing(false);
    silent.does("FR", body("jc", voice("2021-02-03", true)));
    refused(
        &mut silent,
        vec![
            (
                "FR",
                by_letter("2021-02-22"),
                Rule::BD7,
                "silence is no consent",
            ),
            (
                "FR",
                failed("2021-02-22"),
                Rule::BD7,
                "MA silent, with time until 2021-02-22",
            ),
        ],
    );
    silent.does("FR", body("jc", failed("2021-02-23")));
    // It may be put to them again, and may be adopted at a session.
    silent
        .does("FR", body("jc", opened("2021-03-01", "2021-03-22")))
        .does("MA", body("jc", voice("2021-03-01", false)))
        .does("MA", body("jc", failed("2021-03-01")))
        .does("MA", body("jc", decide("2021-03-02", &passes(), "passes")));

    let mut consents = in_writing(true);
    consents.does("FR", body("jc", voice("2021-02-03", true)));
    refused(
        &mut consents,
        vec![
            (
                "FR",
                by_letter("2021-02-21"),
                Rule::BD7,
                "given, 2021-02-22",
            ),
            (
                "FR",
                failed("2021-02-23"),
                Rule::BD7,
                "an answer that says no",
            ),
        ],
    );
    consents.does("FR", body("jc", by_letter("2021-02-22")));
    // While time runs, silence is none.
    let mut early = in_writing(true);
    early.at("2021-02-20");
    refused(
        &mut early,
        vec![("FR", by_letter("2021-02-22"), Rule::RC3, "has come")],
    );
}

#[test]
fn bd7_one_that_says_no_in_writing_is_no_consent() {
    let mut history = in_writing(true);
    history.does("MA", body("jc", voice("2021-02-03", false)));
    refused(
        &mut history,
        vec![
            (
                "FR",
                by_letter("2021-02-22"),
                Rule::BD7,
                "`MA` said no on 2021-02-03",
            ),
            ("FR", failed("2021-02-02"), Rule::RC3, "a party said no"),
        ],
    );
    assert_eq!(
        standing(&history, "passes-1", "2021-02-05"),
        Standing::InWriting {
            until: date("2021-02-22")
        }
    );
    history.does("FR", body("jc", failed("2021-02-03")));
    assert_eq!(
        standing(&history, "passes-1", "2021-02-05"),
        Standing::Drafted
    );
}

/// The committee has drafted a new list for the second annex.
fn with_annex(from: &str) -> (History, Draft) {
    let mut history = at_work();
    history
        .agreement(1, "FR", list("2002", "2021", 1))
        .agreement(1, "MA", accept(2));
    let draft = annex_draft("list-1", &[(2, from)]);
    history.does("FR", body("jc", drafted("2021-02-01", draft.clone())));
    (history, draft)
}

/// The revisions that bind FR and MA on a day.
fn changes(history: &History, on: &str) -> Vec<u32> {
    let stream = StreamId::Agreement(agreement_id(1));
    let treaty: travaux_domain::agreement::Agreement = history.state(stream);
    let between = treaty.between(&"FR".into(), &"MA".into(), date(on));
    between
        .changes
        .iter()
        .map(|(revision, _)| revision.0)
        .collect()
}

#[test]
fn bd8_an_annex_is_amended_by_a_decision_and_only_so() {
    let (mut history, draft) = with_annex("2021-01-15");
    let carry = |change| StreamCommand::Agreement(agreement_id(1), amended("jc", change).into());
    let change = &draft.annexes[0];
    history.refuses(
        "FR",
        carry(change),
        Rule::BD8,
        "a decision of the body that makes revision 2",
    );
    let mut less = decide("2021-02-10", &draft, "annex-2");
    if let B::DecisionAdopted { amends, .. } = &mut less {
        amends.clear();
    }
    refused(
        &mut history,
        vec![(
            "FR",
            less,
            Rule::BD8,
            "amendments of annexes in the same commit",
        )],
    );
    // The effect lies before the decision, as it says.
    history.does("FR", body("jc", decide("2021-02-10", &draft, "annex-2")));
    let mut later = change.clone();
    later.from = date("2021-02-10");
    history.refuses(
        "FR",
        carry(&later),
        Rule::BD8,
        "and 2021-01-15 in the decision",
    );
    history.does("FR", carry(change));
    assert_eq!(changes(&history, "2021-01-14"), [0; 0]);
    assert_eq!(changes(&history, "2021-01-15"), [2]);
    let since = date("2021-01-15");
    for on in ["2021-01-15", "2021-02-09", "2021-02-10"] {
        assert_eq!(
            standing(&history, "list-1", on),
            Standing::InEffect { since }
        );
    }
    assert_eq!(
        standing(&history, "list-1", "2021-01-14"),
        Standing::Drafted
    );
}

/// INV5: the text changes only inside the annexes that are listed.
#[test]
fn bd8_a_revision_of_more_than_the_annex_is_refused() {
    let (mut history, _) = with_annex("2021-01-15");
    let more = travaux_testkit::agreement::revise(
        travaux_domain::agreement::Nature::Amendment,
        vec![substitute(4, "2002", "2021")],
    );
    history.agreement(1, "FR", more);
    let draft = annex_draft("list-2", &[(3, "2021-02-10")]);
    let none = annex_draft("list-3", &[(9, "2021-02-10")]);
    history
        .does("FR", body("jc", drafted("2021-02-01", draft.clone())))
        .does("FR", body("jc", drafted("2021-02-01", none.clone())));
    let mut elsewhere = annex_draft("list-4", &[(2, "2021-02-10")]);
    elsewhere.annexes[0].agreement = agreement_id(2);
    history.does("FR", body("jc", drafted("2021-02-01", elsewhere.clone())));
    refused(
        &mut history,
        vec![
            (
                "FR",
                decide("2021-02-10", &draft, "annex-2"),
                Rule::BD8,
                "one of provision 1.4",
            ),
            (
                "FR",
                decide("2021-02-10", &none, "annex-2"),
                Rule::BD8,
                "a revision of agreement",
            ),
            (
                "FR",
                decide("2021-02-10", &elsewhere, "annex-2"),
                Rule::BD2,
                "a competence to amend_annexes",
            ),
        ],
    );
}

#[test]
fn bd8_a_decision_and_the_amendment_of_its_annexes_are_one_commit() {
    let (mut history, draft) = with_annex("2021-01-15");
    history
        .does("FR", body("jc", decide("2021-02-10", &draft, "annex-2")))
        .does(
            "FR",
            StreamCommand::Agreement(agreement_id(1), amended("jc", &draft.annexes[0]).into()),
        );
    let log = history.log();
    let commit: Vec<(StreamId, &Event)> = log[log.len() - 2..]
        .iter()
        .map(|recorded| (recorded.stream, &recorded.event))
        .collect();
    assert_eq!(check_links(commit.clone()), Ok(()));
    let alone = check_links([commit[0]]).expect_err("it is refused");
    assert_eq!(alone.rule, Rule::BD8);
    assert!(
        alone
            .to_string()
            .contains("expected AnnexAmended of agreement-"),
        "{alone}"
    );
    // An old record of a body without a stream stands alone.
    assert_eq!(check_links([commit[1]]), Ok(()));
}

#[test]
fn bd6_a_draft_and_its_adoption_name_the_same_dates() {
    let mut history = at_work();
    let mut draft = passes();
    draft.effects = vec![
        EffectPart {
            part: Some("articles 1 to 3".into()),
            from: date("2021-01-10"),
        },
        EffectPart {
            part: None,
            from: date("2021-04-01"),
        },
    ];
    history.does("FR", body("jc", drafted("2021-02-01", draft.clone())));
    let none = decide("2021-02-10", &passes(), "passes");
    let mut waits = decide("2021-02-10", &draft, "passes");
    if let B::DecisionAdopted { pending, .. } = &mut waits {
        *pending = parties(&["FR"]);
    }
    refused(
        &mut history,
        vec![
            ("FR", none, Rule::BD6, "the dates of the draft"),
            (
                "FR",
                waits,
                Rule::BD6,
                "the parties with requirements to fulfil: none",
            ),
        ],
    );
    history.does("FR", body("jc", decide("2021-02-10", &draft, "passes")));
    let since = date("2021-01-10");
    assert_eq!(
        standing(&history, "passes-1", "2021-01-10"),
        Standing::InEffect { since }
    );
}

#[test]
fn bd14_what_the_rules_do_not_open_is_not_public() {
    let mut history = established();
    let open = |version, open| {
        rules(
            "2021-03-01",
            Procedure {
                open,
                ..procedure(version, false)
            },
        )
    };
    let publish = |on: &str| B::DecisionPublished {
        on: date(on),
        decision: "passes-1".into(),
        source: "Official Gazette 12".into(),
    };
    history
        .does("FR", body("jc", drafted("2021-02-01", passes())))
        .does("FR", body("jc", decide("2021-02-10", &passes(), "passes")));
    assert_eq!(
        state(&history, "jc").open_on(date("2021-02-28")),
        Openness::default()
    );
    refused(
        &mut history,
        vec![
            (
                "FR",
                publish("2021-02-28"),
                Rule::BD14,
                "rules of procedure by which decisions are published",
            ),
            ("FR", publish("2021-02-09"), Rule::RC3, "it was adopted"),
        ],
    );
    let decisions = Openness {
        decisions: true,
        ..Openness::default()
    };
    history
        .does("FR", body("jc", open(1, decisions)))
        .does("FR", body("jc", publish("2021-03-01")));
    let own = state(&history, "jc").open_on(date("2021-03-01"));
    assert!(own.decisions && !own.meetings && !own.minutes);
    refused(
        &mut history,
        vec![(
            "MA",
            publish("2021-03-02"),
            Rule::BD14,
            "published on 2021-03-01",
        )],
    );
}

#[test]
fn bd15_errors_are_repaired_by_all_until_the_day_that_the_instrument_sets() {
    let mut history = History::new();
    framework(&mut history, &["FR", "MA"], "2020-12-01");
    treaty(&mut history, 1, ["FR", "MA"], vec![], "2021-01-01");
    let mut own = committee("jc");
    own.repairs_until = Some(date("2021-03-01"));
    history
        .at("2021-06-01")
        .does("FR", body("jc", establish("2021-01-02", own)))
        .does("FR", body("jc", drafted("2021-02-01", passes())));
    let repair = |on: &str, was: &str, is: &str, names: &[&str]| B::DecisionCorrected {
        on: date(on),
        decision: "passes-1".into(),
        lang: lang("en"),
        was: was.into(),
        is: is.into(),
        ground: "a slip".into(),
        consenting: parties(names),
    };
    let (was, both) = ("what passes-1 says", ["FR", "MA"]);
    refused(
        &mut history,
        vec![(
            "FR",
            repair("2021-02-10", was, "x", &both),
            Rule::BD15,
            "a draft",
        )],
    );
    history.does("FR", body("jc", decide("2021-02-10", &passes(), "passes")));
    refused(
        &mut history,
        vec![
            (
                "FR",
                repair("2021-02-20", was, "x", &["FR"]),
                Rule::BD15,
                "missing: MA",
            ),
            (
                "FR",
                repair("2021-02-20", "other", "x", &both),
                Rule::BD15,
                "what it says",
            ),
            (
                "FR",
                repair("2021-02-20", was, was, &both),
                Rule::BD15,
                "other words",
            ),
            (
                "FR",
                repair("2021-02-09", was, "x", &both),
                Rule::RC3,
                "it was adopted",
            ),
            (
                "FR",
                repair("2021-03-02", was, "x", &both),
                Rule::BD15,
                "a day until 2021-03-01",
            ),
        ],
    );
    history.does("FR", body("jc", repair("2021-03-01", was, "x", &both)));
    let record = &state(&history, "jc").decisions["passes-1"];
    assert_eq!(record.draft.text[&lang("en")], "x");
    assert_eq!(record.repairs[0].was, was);
}
