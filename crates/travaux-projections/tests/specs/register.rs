//! The register: an agreement a line.

use travaux_domain::{
    Actor, Party, Profile, Provenance, Revision,
    agreement::{
        AgreementCommand as C, Proposal, RevisionDraft,
        relation::{Relation, RelationAct},
    },
    framework::{Area, Declaration, Foundation, FrameworkCommand},
};
use travaux_projections::{Frameworks, Register, RegisterEntry};
use travaux_testkit::{
    agreement::{accept, adopt, proposal, words},
    history::{History, agreement_id, framework_id},
};

use crate::common::{adopted, amended, arrangement, propose, saying, view};

fn entry(history: &History, number: u128) -> RegisterEntry {
    let register: Register = view(history);
    register.agreements[&agreement_id(number)].clone()
}

#[test]
fn related_agreements_are_found_from_either_of_the_two() {
    let mut history = adopted(arrangement());
    let relate = RelationAct::RelationRecorded {
        on: "2025-01-10".parse().expect("a date"),
        to: agreement_id(1),
        relation: Relation::LaterThan,
    };
    history
        .agreement(2, "FR", propose(arrangement()))
        .agreement(3, "FR", propose(arrangement()))
        .agreement(2, "FR", relate);
    let register: Register = view(&history);
    let related = |number| register.related(agreement_id(number)).collect::<Vec<_>>();
    assert_eq!(related(1), [agreement_id(2)]);
    assert_eq!(related(2), [agreement_id(1)]);
    assert_eq!(related(3), []);
}

#[test]
fn an_agreement_is_entered_as_it_was_proposed() {
    let mut history = History::new();
    let proposed = Proposal {
        title: "Mobilité".into(),
        kind: "exchange of notes".into(),
        framework: Some(framework_id(7)),
        ..arrangement()
    };
    history
        .at("2025-01-09")
        .framework(7, "FR", foundation("Partnership"))
        .at("2025-01-10")
        .agreement(1, "FR", propose(proposed));
    let entry = entry(&history, 1);
    assert_eq!(
        (&*entry.title, &*entry.kind, entry.framework),
        ("Mobilité", "exchange of notes", Some(framework_id(7)))
    );
    assert_eq!(entry.profile, Profile::arrangement().name);
    assert_eq!(entry.parties, ["FR", "MA"]);
    assert_eq!(
        entry
            .languages
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["fr"]
    );
    assert_eq!((entry.revisions, entry.adopted, entry.version), (1, 0, 1));
    assert_eq!((entry.path, entry.earlier_paths), (None, vec![]));
}

#[test]
fn proposals_and_adoptions_are_counted_and_dated() {
    let entry = entry(&amended(), 1);
    assert_eq!((entry.revisions, entry.adopted), (4, 4));
    assert_eq!(entry.version, 16, "each event of its stream counts");
    assert_eq!(
        entry.recorded_at.to_rfc3339(),
        "2025-09-01T12:02:00+00:00",
        "when the log last learnt something of it"
    );
}

#[test]
fn each_agreement_has_a_line_of_its_own() {
    let mut history = adopted(arrangement());
    history
        .at("2025-06-01")
        .agreement(2, "MA", propose(saying("Une autre.\n")));
    let register: Register = view(&history);
    assert_eq!(register.agreements.len(), 2);
    let counts = |number: u128| {
        let entry = &register.agreements[&agreement_id(number)];
        (entry.revisions, entry.adopted, entry.version)
    };
    assert_eq!((counts(1), counts(2)), ((1, 1, 3), (1, 0, 1)));
}

fn imported(path: &str) -> Option<Provenance> {
    Some(Provenance {
        source: "c0ffee".into(),
        path: path.into(),
        mode: None,
        by: Actor::party("git"),
        at: chrono::DateTime::UNIX_EPOCH,
    })
}

#[test]
fn an_imported_document_is_followed_through_its_paths() {
    let mut history = History::new();
    let first = Proposal {
        provenance: imported("a.md"),
        ..proposal(Profile::imported(), &[], vec![])
    };
    history
        .agreement(1, "git", propose(first))
        .agreement(1, "git", adopt(1));
    let moves = [
        ("a.md", "coopèrent", "se concertent"),
        ("b.md", "se concertent", "se réunissent"),
        ("c/b.md", "se réunissent", "coopèrent"),
    ];
    for ((revision, before), (path, find, with)) in (2..).zip(1..).zip(moves) {
        let revised = RevisionDraft {
            provenance: imported(path),
            ..RevisionDraft::new(Revision(before), vec![words(2, find, with)])
        };
        history
            .agreement(1, "git", C::ProposeRevision(Box::new(revised)))
            .agreement(1, "git", adopt(revision));
    }
    let entry = entry(&history, 1);
    assert_eq!(entry.path.as_deref(), Some("c/b.md"));
    assert_eq!(entry.earlier_paths, ["a.md", "b.md"], "each once, in order");
}

#[test]
fn what_is_refused_or_answered_changes_no_count() {
    let mut history = History::new();
    history
        .agreement(1, "FR", propose(arrangement()))
        .agreement(1, "MA", accept(1));
    let entry = entry(&history, 1);
    assert_eq!((entry.revisions, entry.adopted, entry.version), (1, 0, 2));
}

#[test]
fn what_was_known_at_a_time_is_counted_as_it_was_then() {
    let entry = entry(&amended(), 1);
    let known = |day: &str| {
        let end = format!("{day}T23:59:59Z").parse().expect("a time");
        let count = entry.known(Some(end))?;
        Some((count.revisions, count.adopted, count.version))
    };
    assert_eq!(known("2024-12-31"), None, "nobody knew of it");
    let last = entry.known(None).expect("it is known");
    assert_eq!(
        (last.revisions, last.adopted, last.version, last.recorded_at),
        (
            entry.revisions,
            entry.adopted,
            entry.version,
            entry.recorded_at
        )
    );
    let days = ["2025-01-31", "2025-06-30", "2025-09-01"].map(known);
    assert!(
        days.iter().all(Option::is_some) && days.is_sorted(),
        "{days:?}"
    );
    assert_ne!(days[0], days[2], "less was known before");
}

#[test]
fn an_agreement_stands_under_each_framework_that_it_joined_once_and_from_then_on() {
    let mut history = adopted(arrangement());
    let joined = |number: u128| FrameworkCommand::AgreementJoined {
        agreement: agreement_id(number),
        area: "migration".into(),
    };
    history
        .at("2025-07-01")
        .framework(7, "FR", foundation("Partnership"))
        .framework(7, "FR", joined(1))
        .at("2025-08-01")
        .framework(8, "FR", foundation("Another"))
        .framework(8, "MA", joined(1));
    let entry = entry(&history, 1);
    let known = |day: &str| -> Vec<_> {
        let end = format!("{day}T23:59:59Z").parse().expect("a time");
        entry.frameworks(Some(end)).collect()
    };
    assert_eq!(known("2025-06-30"), []);
    assert_eq!(known("2025-07-01"), [framework_id(7)]);
    assert_eq!(known("2025-08-01"), [framework_id(7), framework_id(8)]);
    assert_eq!(entry.framework, Some(framework_id(7)));

    let frameworks: Frameworks = view(&history);
    let at = |day: &str| Some(format!("{day}T23:59:59Z").parse().expect("a time"));
    let agreements = |number, known_at| {
        let view = frameworks.framework(framework_id(number), known_at);
        view.map(|view| view.state.agreements.len())
    };
    assert_eq!(agreements(8, at("2025-07-31")), None, "nobody knew of it");
    assert_eq!(agreements(7, at("2025-06-30")), None);
    assert_eq!(agreements(7, at("2025-07-01")), Some(1));
    assert_eq!(agreements(7, None), Some(1));
}

fn foundation(title: &str) -> FrameworkCommand {
    let party = |id: &str| Party {
        id: id.into(),
        name: id.to_owned(),
    };
    FrameworkCommand::FrameworkFounded(
        Foundation {
            title: title.into(),
            declaration: Declaration {
                title: "declaration".into(),
                made: "2024-10".into(),
                by: vec![],
            },
            parties: vec![party("FR"), party("MA")],
            areas: vec![Area {
                key: "migration".into(),
                title: "Migration".into(),
            }],
        }
        .into(),
    )
}
