//! Every type of event: a case that asks for it, a rule that it rests on, and words for it.

#![allow(
    clippy::disallowed_methods,
    reason = "it reads the sources of the tests"
)]

use std::{fs, path::Path};

use travaux_domain::{
    Event, Rule,
    agreement::{
        AgreementCommand as C, AgreementEvent, Nature, Outcome,
        consent::{ConsentAct, Establishment, Manner},
        declaration::{DeclarationAct, Declares, Intent, View},
        ending::{Affected, ClaimNotice, EndingAct, Invoked, Measure},
        relation::Relation,
        reservation::ReservationAct,
    },
    clause::{Means, Term},
};
use travaux_testkit::agreement::*;

use crate::page::files;

/// What asks for an event, where it does not bear the event's name.
const ASKED_AS: [(&str, &str); 26] = [
    ("AgreementProposed", "C::Propose("),
    ("RevisionProposed", "C::ProposeRevision("),
    ("RevisionWithdrawn", "C::WithdrawRevision"),
    ("RevisionAccepted", "C::AcceptRevision"),
    ("RevisionRejected", "C::RejectRevision"),
    ("RevisionConcluded", "C::ConcludeRevision"),
    ("TextAuthenticated", "C::AuthenticateText"),
    ("NegotiationAbandoned", "C::AbandonNegotiation"),
    ("UnauthorisedActRecorded", "fn c1_and_c2_"),
    ("PackageProposed", "P::Propose("),
    ("PackageAccepted", "P::Accept"),
    ("PackageRejected", "P::Reject"),
    ("PackageAdopted", "P::Adopt"),
    ("PackageWithdrawn", "P::Withdraw"),
    ("RevisionRepackaged", "C::RepackageRevision"),
    ("RoundOpened", "RoundCommand::Open("),
    ("MemberNegotiated", "RoundCommand::Negotiate "),
    ("MemberAgreed", "RoundCommand::Agree "),
    ("MemberReadied", "RoundCommand::BeReady "),
    ("MemberHeld", "RoundCommand::Hold "),
    ("MemberReleased", "RoundCommand::Release "),
    ("RoundSplit", "RoundCommand::Split "),
    ("ProcedureFollowsItem", "\"ProcedureFollowsItem\""),
    ("RoundFollowsItem", "\"RoundFollowsItem\""),
    ("AgreementFollowsItem", "\"AgreementFollowsItem\""),
    ("IndicatorFollowsItem", "\"IndicatorFollowsItem\""),
];

#[test]
fn every_event_is_asked_for_in_a_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    files(&root.join("tests"), &mut sources);
    for kit in [
        "agreement.rs",
        "body.rs",
        "exchange.rs",
        "framework.rs",
        "indicator.rs",
        "meeting.rs",
        "procedure.rs",
        "roadmap.rs",
        "round.rs",
    ] {
        let source = root.join("../travaux-testkit/src").join(kit);
        let source = fs::read_to_string(source).expect("the testkit");
        sources.push((kit.to_owned(), source));
    }
    sources.retain(|(name, _)| !name.ends_with("law/events.rs"));
    let lines: Vec<&str> = sources
        .iter()
        .flat_map(|(_, source)| source.lines())
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let lacking: Vec<_> = Event::types()
        .filter(|kind| {
            let own = format!("::{kind}");
            let asked = ASKED_AS.iter().find(|(event, _)| event == kind);
            let needle = asked.map_or(own.as_str(), |(_, command)| command);
            !lines.iter().any(|line| line.contains(needle))
        })
        .collect();
    assert!(
        lacking.is_empty(),
        "events without a given / when / then case: {lacking:?}"
    );
    let gone: Vec<_> = ASKED_AS
        .iter()
        .filter(|(event, _)| !Event::types().any(|kind| kind == *event))
        .collect();
    assert!(gone.is_empty(), "there are no such events: {gone:?}");
}

/// What a history says of the event that `command` gives, and from when it has effect.
#[track_caller]
fn says(case: &mut Case, party: &str, command: impl Into<C>, what: &str, from: Option<&str>) {
    let command = command.into();
    let decided = case
        .decided(party, command.clone(), None)
        .expect("it is decided");
    let summary = decided.event.describe();
    assert_eq!(
        (summary.what.as_str(), summary.effective_from),
        (what, from.map(date))
    );
    assert_eq!(
        (summary.actor, summary.done_at),
        (None, None),
        "the log knows who and when"
    );
    case.does(party, command);
}

#[test]
fn an_event_says_what_happened_in_words() {
    let mut case = treaty(vec![]);
    let sign = |on: &str| sign(on, Manner::SubjectToRatification);
    let signature = "signed on 2020-02-01 by the minister (subject to ratification)";
    says(&mut case, "A", sign("2020-02-01"), signature, None);
    let instrument = made("2020-03-01", Means::Ratification);
    says(
        &mut case,
        "A",
        instrument,
        "instrument of ratification made on 2020-03-01",
        None,
    );
    let given = established("2020-04-01", Means::Ratification, Establishment::Exchange);
    let words = "instrument of ratification given on 2020-04-01, in exchange for that of another";
    says(&mut case, "A", given, words, None);

    let mut case = in_force(vec![]);
    let amendment = revise(
        Nature::Amendment,
        vec![words_of_article("coopèrent", "agissent")],
    );
    says(
        &mut case,
        "A",
        amendment,
        "amendment 2 proposed on 1 (1 operation)",
        None,
    );
    let claim = EndingAct::ClaimNotified {
        on: date("2021-01-01"),
        claim: ClaimNotice {
            reasons: "no report came".into(),
            affected: Some(Affected::Specially),
            ..claim(Invoked::MaterialBreach, Measure::Suspend)
        },
        number: None,
    };
    let words = "claim 1 notified: suspend for material breach: no report came";
    says(&mut case, "A", claim, words, None);
    let notice = ConsentAct::WithdrawalNotified {
        received_on: date("2021-02-01"),
        admitted: Some("its nature".into()),
        provisions: vec![],
        effective_on: None,
    };
    let words = "notice of withdrawal received on 2021-02-01";
    says(&mut case, "C", notice, words, Some("2022-02-01"));
}

#[test]
fn a_narrowed_reservation_says_to_what_and_its_receipt_which_one() {
    let mut case = treaty(vec![]);
    let reservation = ReservationAct::ReservationFormulated {
        on: date("2020-02-01"),
        provisions: vec![p(1)],
        words: "except in winter".into(),
        late: false,
        number: None,
    };
    case.does("A", reservation);
    declarations_say();
    let narrowed = ReservationAct::ReservationNarrowed {
        on: date("2021-02-01"),
        number: 1,
        provisions: vec![p(2)],
        words: "except in January".into(),
        narrowing: None,
    };
    let words = "reservation 1 narrowed to 1.2: except in January";
    says(&mut case, "A", narrowed, words, None);
    let received = ReservationAct::WithdrawalReceived {
        on: date("2021-02-05"),
        number: 1,
        narrowing: Some(1),
    };
    let words = "notice of narrowing 1 of reservation 1 received";
    says(&mut case, "B", received, words, None);
}

fn words_of_article(find: &str, with: &str) -> travaux_text::Operation {
    words(2, find, with)
}

#[test]
fn what_was_done_elsewhere_says_who_did_it_there() {
    let json = r#"{"TextAdopted":{"revision":2,"digests":{},"rule":"T4","effective_from":"2020-05-01",
        "elsewhere":{"source":"abc","by":{"party":"EU","person":"the rapporteur"},"at":"2019-05-01T10:00:00Z"}}}"#;
    let event: AgreementEvent = serde_json::from_str(json).expect("an event");
    let summary = event.describe();
    assert_eq!(summary.what, "revision 2 adopted [T4 (VCLT 9(1))]");
    assert_eq!(summary.actor.as_deref(), Some("EU (the rapporteur)"));
    let at = summary.done_at.expect("the source says when");
    assert_eq!(at.to_rfc3339(), "2019-05-01T10:00:00+00:00");
    assert_eq!(summary.effective_from, Some(date("2020-05-01")));

    let (revision, how) = (travaux_domain::Revision(3), "squashed".to_owned());
    for (outcome, what) in [
        (
            Outcome::AdoptedAs { revision, how },
            "proposal 2 was adopted as revision 3 (squashed)",
        ),
        (Outcome::NotAdopted, "proposal 2 was not adopted"),
    ] {
        let revision = travaux_domain::Revision(2);
        let event = AgreementEvent::RevisionConcluded { revision, outcome };
        assert_eq!(event.describe().what, what);
    }
}

#[test]
fn names_of_kinds_are_words_and_no_identifiers() {
    for (name, words) in [
        (Manner::Definitive.to_string(), "definitive"),
        (Manner::AdReferendum.to_string(), "ad referendum"),
        (Establishment::Deposit.to_string(), "deposit"),
        (Establishment::Notification.to_string(), "notification"),
        (Invoked::DefectOfConsent.to_string(), "defect of consent"),
        (Invoked::PeremptoryNorm.to_string(), "peremptory norm"),
        (Invoked::Impossibility.to_string(), "impossibility"),
        (
            Invoked::ChangeOfCircumstances.to_string(),
            "change of circumstances",
        ),
        (
            Invoked::SeveranceOfRelations.to_string(),
            "severance of relations",
        ),
        (Invoked::Other.to_string(), "other"),
        (Measure::Terminate.to_string(), "terminate"),
        (Measure::Withdraw.to_string(), "withdraw"),
        (Measure::Invalidate.to_string(), "invalidate"),
        (Relation::SubjectTo.to_string(), "subject to"),
        (Relation::LaterThan.to_string(), "later than"),
        (Relation::Context.to_string(), "context"),
        (Relation::Completes.to_string(), "completes"),
        (Nature::Draft.to_string(), "revision"),
        (Nature::Correction.to_string(), "correction"),
    ] {
        assert_eq!(name, words);
    }
    assert_eq!(format!("{:?}", Rule::T4a), "T4a");
}

/// What declarations say of themselves, beside what they are about.
fn declarations_say() {
    let mut case = treaty(vec![clause(
        "Article 28",
        Term::Territories {
            leave_out: true,
            from: None,
        },
    )]);
    let on = date("2020-02-01");
    let make = |declares, words: &str| DeclarationAct::DeclarationMade {
        on,
        declares,
        words: words.into(),
        intent: Intent::Clarify,
        number: None,
    };
    let names = |all: &[&str]| all.iter().map(ToString::to_string).collect();
    let (purpose, name) = ("requests".to_owned(), "the Ministry".to_owned());
    let provisions = vec![];
    for (party, act, words) in [
        (
            "A",
            make(Declares::Other, "It recognises nobody."),
            "declaration 1: It recognises nobody.",
        ),
        (
            "A",
            make(Declares::Interpretation { provisions }, "In winter too."),
            "declaration 2: interpretation: In winter too.",
        ),
        (
            "A",
            make(Declares::Authority { purpose, name }, ""),
            "declaration 3: for requests: the Ministry",
        ),
        (
            "A",
            make(
                Declares::Exclusion {
                    territories: names(&["Faroe Islands", "Greenland"]),
                },
                "",
            ),
            "declaration 4: leaves out Faroe Islands, Greenland",
        ),
        (
            "A",
            DeclarationAct::DeclarationNotified {
                on,
                number: 2,
                to: ids(&["B", "C"]),
            },
            "declaration 2 notified to B, C on 2020-02-01",
        ),
        (
            "B",
            DeclarationAct::DeclarationAnswered {
                on,
                number: 2,
                view: View::Recharacterises,
            },
            "sees a reservation in declaration 2, on 2020-02-01",
        ),
        (
            "A",
            DeclarationAct::DeclarationWithdrawn {
                on,
                number: 4,
                territories: names(&["Greenland"]),
            },
            "declaration 4 withdrawn for Greenland on 2020-02-01",
        ),
        (
            "A",
            DeclarationAct::DeclarationWithdrawn {
                on,
                number: 1,
                territories: vec![],
            },
            "declaration 1 withdrawn on 2020-02-01",
        ),
    ] {
        says(&mut case, party, act, words, None);
    }
}
