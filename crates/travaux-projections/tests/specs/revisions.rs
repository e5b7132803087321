//! What became of each revision, and what cannot be shown of one.

use std::sync::Arc;

use travaux_domain::{
    Actor, Profile, Provenance, Revision,
    agreement::{
        Agreement, AgreementCommand as C, Nature, Outcome, Proposal, RevisionDraft,
        RevisionOutcome as R, amendment::AmendmentAct,
    },
};
use travaux_projections::{AgreementRecord, RevisionError};
use travaux_testkit::{
    acts,
    agreement::{accept, adopt, date, ids, lang, proposal, signed, words},
    history::History,
    random::seed,
};

use crate::common::{adopted, amend, arrangement, propose, record, revised, saying};

fn draft(base: u32, with: &str) -> C {
    let operations = vec![words(2, "coopèrent", with)];
    C::ProposeRevision(Box::new(RevisionDraft::new(Revision(base), operations)))
}

fn reject(revision: u32) -> C {
    C::RejectRevision {
        revision: Revision(revision),
        reason: Some("too soon".into()),
    }
}

fn withdraw(revision: u32) -> C {
    C::WithdrawRevision {
        revision: Revision(revision),
        reason: None,
    }
}

/// Proposed by FR; MA proposes a revision of it; then this.
fn negotiated(acts: &[(&str, C)]) -> AgreementRecord {
    let mut history = History::new();
    history
        .agreement(1, "FR", propose(arrangement()))
        .agreement(1, "MA", draft(1, "se concertent"));
    for (party, act) in acts {
        history.agreement(1, party, act.clone());
    }
    record(&history)
}

fn outcomes(record: &AgreementRecord) -> Vec<R> {
    record.revisions().iter().map(|line| line.outcome).collect()
}

#[test]
fn a_revision_is_open_until_something_becomes_of_it() {
    for (acts, expected) in [
        (&[][..], R::Open),
        (&[("FR", accept(2))], R::Open),
        (&[("FR", reject(2))], R::Rejected),
        (&[("FR", reject(2)), ("FR", accept(2))], R::Open),
        (&[("MA", withdraw(2))], R::Withdrawn),
        (&[("FR", reject(2)), ("MA", withdraw(2))], R::Withdrawn),
        (&[("FR", accept(2)), ("FR", adopt(2))], R::Adopted),
    ] {
        assert_eq!(outcomes(&negotiated(acts))[1], expected, "{acts:?}");
    }
    for (outcome, words) in [
        (R::Open, "open"),
        (R::Withdrawn, "withdrawn"),
        (R::Rejected, "rejected"),
        (R::Adopted, "adopted"),
        (R::InForce, "in force"),
        (R::NotAdopted, "not adopted"),
    ] {
        assert_eq!(
            (outcome.as_str(), outcome.to_string()),
            (words, words.to_owned())
        );
        let json = serde_json::to_value(outcome).expect("it serialises");
        assert_eq!(json, words, "it is written as it is said");
    }
}

#[test]
fn a_draft_that_a_settled_text_leaves_behind_is_not_adopted_any_more() {
    let over = || C::AbandonNegotiation { reason: None };
    for (acts, expected) in [
        (&[("MA", accept(1)), ("MA", adopt(1))][..], R::NotAdopted),
        (
            &[("FR", reject(2)), ("MA", accept(1)), ("MA", adopt(1))],
            R::Rejected,
        ),
        (&[("MA", over())], R::NotAdopted),
    ] {
        let record = negotiated(acts);
        assert_eq!(outcomes(&record)[1], expected, "{acts:?}");
    }
}

/// What a view says of a revision is what the law does with it, at each moment of any life of an agreement.
#[test]
fn what_is_said_to_be_over_is_never_adopted_and_what_is_adopted_was_open() {
    let seed = seed("what_is_said_to_be_over_is_never_adopted");
    let (mut over, mut taken) = (0, 0);
    for life in 0..40 {
        let mut agreement = Agreement::default();
        for done in acts::history(seed.wrapping_add(life), 150) {
            let record = AgreementRecord::new(Arc::new(agreement.clone()), 0);
            for line in record.revisions() {
                let n = line.revision.0;
                if let C::AdoptText { revision, .. } = &done.command
                    && *revision == line.revision
                {
                    taken += 1;
                    let open = [R::Open, R::Rejected].contains(&line.outcome);
                    assert!(open, "revision {n} was {} and is adopted", line.outcome);
                }
                if ![R::Open, R::Rejected].contains(&line.outcome) {
                    over += 1;
                    let adopted = agreement.decide(adopt(n), &done.context());
                    assert!(adopted.is_err(), "revision {n} is {}", line.outcome);
                }
            }
            agreement.evolve(&done.decided.event, &done.context());
        }
    }
    assert!(over > 1_000 && taken > 10, "{over} over, {taken} adopted");
}

#[test]
fn what_a_text_rests_on_is_adopted_with_it() {
    let record = negotiated(&[
        (
            "FR",
            C::ProposeRevision(Box::new(RevisionDraft::new(
                Revision(2),
                vec![words(2, "concertent", "réunissent")],
            ))),
        ),
        ("MA", accept(3)),
        ("MA", adopt(3)),
    ]);
    assert_eq!(outcomes(&record), [R::Adopted, R::Adopted, R::Adopted]);
    let line = record.line(Revision(2)).expect("it is there");
    assert_eq!(
        (line.proposer.as_str(), line.adopter.as_deref()),
        ("MA", Some("MA"))
    );
}

#[test]
fn an_imported_proposal_is_what_its_source_says_became_of_it() {
    let imported = |outcome: Option<Outcome>| {
        let source = |name: &str| Provenance {
            source: name.into(),
            path: "a.md".into(),
            mode: None,
            by: Actor::party("git"),
            at: chrono::DateTime::UNIX_EPOCH,
        };
        let first = Proposal {
            provenance: Some(source("1")),
            ..proposal(Profile::imported(), &[], vec![])
        };
        let operations = vec![words(2, "coopèrent", "se concertent")];
        let revision = |name: &str| {
            C::ProposeRevision(Box::new(RevisionDraft {
                provenance: Some(source(name)),
                ..RevisionDraft::new(Revision(1), operations.clone())
            }))
        };
        let mut history = History::new();
        history
            .agreement(1, "git", propose(first))
            .agreement(1, "git", adopt(1))
            .agreement(1, "git", revision("2"))
            .agreement(1, "git", revision("3"))
            .agreement(1, "git", adopt(3));
        if let Some(outcome) = outcome {
            let revision = Revision(2);
            history.agreement(1, "git", C::ConcludeRevision { revision, outcome });
        }
        let line = record(&history).line(Revision(2)).expect("it is there");
        assert_eq!(
            (line.source.as_deref(), line.path.as_deref()),
            (Some("2"), Some("a.md"))
        );
        (line.outcome, line.adopted_as, line.adopter)
    };
    assert_eq!(imported(None), (R::NotAdopted, None, None));
    assert_eq!(
        imported(Some(Outcome::NotAdopted)),
        (R::NotAdopted, None, None)
    );
    let as_third = Outcome::AdoptedAs {
        revision: Revision(3),
        how: "squashed".into(),
    };
    let git = Some("git".to_owned());
    assert_eq!(
        imported(Some(as_third)),
        (R::Adopted, Some(Revision(3)), git)
    );
}

#[test]
fn an_amendment_that_an_act_brought_into_force_is_in_force() {
    let mut history = History::new();
    history.at("2020-01-01").agreement(
        1,
        "A",
        propose(proposal(Profile::treaty(), &["A", "B"], vec![])),
    );
    history
        .agreement(1, "B", accept(1))
        .agreement(1, "B", adopt(1));
    let authenticate = C::AuthenticateText {
        method: "initialling".into(),
        parties: ids(&["A", "B"]),
    };
    history
        .agreement(1, "A", authenticate)
        .at("2020-02-01")
        .agreement(1, "A", signed("2020-02-01"))
        .agreement(1, "B", signed("2020-02-01"))
        .at("2021-01-01")
        .agreement(
            1,
            "A",
            amend(1, None, vec![words(2, "coopèrent", "se concertent")]),
        )
        .agreement(1, "B", accept(2))
        .agreement(
            1,
            "A",
            AmendmentAct::AmendmentEnteredIntoForce {
                on: Some(date("2021-06-01")),
                revision: Revision(2),
                instrument: None,
                between: vec![],
                later: Default::default(),
            },
        );
    assert_eq!(outcomes(&record(&history)), [R::Adopted, R::InForce]);
}

#[test]
fn a_line_says_who_when_and_what() {
    let mut history = adopted(arrangement());
    history.at("2025-03-01");
    let meet = vec![
        words(2, "coopèrent", "se concertent"),
        words(4, "Elles", "Celles-ci"),
    ];
    revised(&mut history, 2, amend(1, Some("2026-01-01"), meet));
    history.at("2025-04-01").agreement(
        1,
        "MA",
        amend(
            2,
            Some("2027-01-01"),
            vec![words(2, "se concertent", "se réunissent")],
        ),
    );
    let record = record(&history);
    let lines = record.revisions();
    let numbers: Vec<_> = lines
        .iter()
        .map(|l| (l.revision.0, l.base.0, l.nature))
        .collect();
    let amendment = Nature::Amendment;
    assert_eq!(
        numbers,
        [(1, 1, Nature::Draft), (2, 1, amendment), (3, 2, amendment)]
    );
    let [_, second, third] = &lines[..] else {
        panic!("three revisions")
    };
    assert_eq!(
        (
            second.proposer.as_str(),
            second.adopter.as_deref(),
            second.operations
        ),
        ("FR", Some("MA"), 2)
    );
    assert_eq!(second.effective_from, Some(date("2026-01-01")));
    assert_eq!(
        second.adopted_at.map(|at| at.to_rfc3339()).as_deref(),
        Some("2025-03-01T12:02:00+00:00")
    );
    assert_eq!(second.recorded_at.to_rfc3339(), "2025-03-01T12:00:00+00:00");
    assert_eq!((third.adopter.as_deref(), third.adopted_at), (None, None));
    assert_eq!(
        third.effective_from,
        Some(date("2027-01-01")),
        "as it was proposed"
    );
    assert_eq!(record.line(Revision(4)), None);
    assert_eq!(record.line(Revision(0)), None);
}

#[test]
fn what_there_is_not_has_no_text_no_redline_and_no_line() {
    let record = negotiated(&[]);
    let fr = lang("fr");
    for none in [0, 3, u32::MAX].map(Revision) {
        let error = RevisionError::NotFound {
            revision: none,
            revisions: 2,
        };
        assert_eq!(record.print(none, fr), Err(error.clone()));
        assert_eq!(record.text_of(none).err(), Some(error.clone()));
        assert_eq!(
            record.redline(Revision(1), none, fr).err(),
            Some(error.clone())
        );
        assert_eq!(
            record.redline(none, Revision(1), fr).err(),
            Some(error.clone())
        );
        let says = format!("there is no revision {none}: they run from 1 to 2");
        assert_eq!(error.to_string(), says);
    }
}

#[test]
fn a_revision_has_its_text_whether_it_is_adopted_or_open() {
    let open = negotiated(&[]);
    let closed = negotiated(&[("FR", accept(2)), ("FR", adopt(2))]);
    for record in [&open, &closed] {
        let print = |n: u32| record.print(Revision(n), lang("fr")).expect("its text");
        assert!(print(1).contains("Les Parties coopèrent."));
        assert!(print(2).contains("Les Parties se concertent."));
        let text = record.text_of(Revision(2)).expect("its text");
        assert_eq!(text.print(lang("fr")), print(2));
        assert_eq!(record.print(Revision(1), lang("ar")), Ok(String::new()));
        let redline = |from: u32, to: u32| {
            let redline = record.redline(Revision(from), Revision(to), lang("fr"));
            redline.expect("two texts").changes().len()
        };
        assert_eq!(redline(2, 2), 0, "nothing changes");
        assert!(redline(1, 2) > 0 && redline(1, 2) == redline(2, 1));
    }
}

#[test]
fn the_first_authentic_language_is_shown_where_none_is_asked_for() {
    assert_eq!(
        record(&adopted(saying("Un.\n"))).default_language(),
        lang("fr")
    );
    let none = AgreementRecord::default();
    assert_eq!(none.default_language(), travaux_text::Lang::UNDETERMINED);
    assert_eq!(none.revisions(), []);
}
