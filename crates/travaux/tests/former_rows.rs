//! Records from before a rule was split cite the row of then: an audit takes those, and no others.

use chrono::DateTime;
use travaux::{
    AuditReport, Beside, audit,
    domain::{
        AgreementId, FrameworkId, LegalBasis, PackageId, Party, Profile, Recorded, Revision, Rule,
        StreamCommand,
        agreement::AgreementCommand,
        framework::{
            Area, AreaOpening, Body, Declaration, Foundation, FrameworkEvent as F, Roadmap,
            RoadmapStep,
        },
        package::{Item, PackageCommand as P, PackageProposal},
    },
    encode,
};
use travaux_store::{
    Commit, CommitId, EnvelopeActor, EventStore, MemorySnapshots, MemoryStore, Nonce,
};
use travaux_testkit::history::History;
use uuid::Uuid;

const FRAMEWORK: FrameworkId = FrameworkId(Uuid::from_u128(1));
const PACKAGE: PackageId = PackageId(Uuid::from_u128(2));
const AGREEMENT: AgreementId = AgreementId(Uuid::from_u128(3));

/// A life of a framework and of a package, on the rows of today.
fn today() -> Vec<Recorded> {
    let party = |id: &str| Party {
        id: id.into(),
        name: id.to_owned(),
    };
    let area = |key: &str| Area {
        key: key.into(),
        title: key.to_owned(),
    };
    let foundation = Foundation {
        title: "Framework".into(),
        declaration: Declaration {
            title: "Declaration".into(),
            made: "2024-10".into(),
            by: Vec::new(),
        },
        parties: vec![party("FR"), party("MA")],
        areas: vec![area("migration")],
    };
    let body = Body {
        key: "group".into(),
        title: "Group".into(),
        area: "migration".into(),
        mandate: String::new(),
        consenting: None,
    };
    let roadmap = Roadmap {
        title: "Roadmap".into(),
        adopted_on: DateTime::UNIX_EPOCH.date_naive(),
        steps: vec![RoadmapStep {
            area: "migration".into(),
            title: "report".into(),
            due: None,
        }],
        consenting: None,
    };
    let proposal = PackageProposal {
        title: "Package".into(),
        framework: None,
        parties: vec!["FR".into(), "MA".into()],
        items: vec![Item {
            agreement: AGREEMENT,
            revision: Revision(2),
        }],
    };
    let on_framework = |event| ("FR", StreamCommand::Framework(FRAMEWORK, event));
    let on_package = |party, command| (party, StreamCommand::Package(PACKAGE, command));
    let text = travaux::proposal("Agreement", Profile::arrangement())
        .party("FR", "FR")
        .party("MA", "MA")
        .text("fr", "## Article 1\n")
        .expect("a text")
        .build();
    let text = AgreementCommand::Propose(Box::new(text));
    let acts = [
        ("FR", StreamCommand::Agreement(AGREEMENT, text)),
        on_framework(F::FrameworkFounded(foundation.into())),
        on_framework(F::AreaOpened(AreaOpening::from(area("sport")).into())),
        on_framework(F::BodyEstablished(body.into())),
        on_framework(F::RoadmapAdopted(roadmap.into())),
        on_package("FR", P::Propose(proposal)),
        on_package("MA", P::Accept),
        on_package("MA", P::Reject { reason: None }),
    ];
    let mut history = History::new();
    for (party, act) in acts {
        history.does(party, act);
    }
    history.log().to_vec()
}

/// What an audit says of a store with these events, each recorded under the rule that `cites` says.
fn audited(events: &[Recorded], cites: impl Fn(&Recorded, Rule) -> Rule) -> AuditReport {
    let store = MemoryStore::default();
    for recorded in events {
        let cited = cites(recorded, rule(recorded));
        let beside = Beside {
            legal_basis: Some(LegalBasis::of(cited)),
            ..Beside::default()
        };
        let id = (recorded.id.0, Nonce([0; 16]));
        let (new, attachments) =
            encode(recorded.stream, id, &recorded.event, &beside).expect("it is encoded");
        let commit = Commit {
            id: CommitId(recorded.id.0),
            recorded_at: recorded.recorded_at,
            actor: EnvelopeActor {
                party: recorded.actor.party.to_string(),
                person: None,
            },
            correlation: recorded.id.0,
            causation: None,
            guards: Vec::new(),
            events: vec![new],
            attachments,
        };
        store.append(commit).expect("it fits");
    }
    audit(&store, &MemorySnapshots::default(), |_| {}).expect("it is read")
}

fn rule(recorded: &Recorded) -> Rule {
    recorded.legal_basis.as_ref().expect("it says which").rule
}

/// The row that stood for all guards of a framework, or of a package.
fn former(rule: Rule) -> Rule {
    let former = match rule.name() {
        // The agreement that the package is of was proposed under the row of today.
        "T1" => return rule,
        name if name.starts_with("FW") => Rule::FW1,
        _ => Rule::PK1,
    };
    assert_ne!(rule, former, "each is decided by a row that was split off");
    former
}

#[test]
fn an_audit_takes_the_rows_of_before_they_were_split() {
    let events = today();
    let report = audited(&events, |_, rule| former(rule));
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    assert_eq!((report.events, report.decided), (8, 8));
}

#[test]
fn an_audit_finds_each_record_that_cites_another_row() {
    let events = today();
    // Neither the row of the other kind of stream, nor another that was split off at the same time.
    let others: [fn(Rule) -> Rule; 2] = [
        |rule| [Rule::FW1, Rule::PK1][usize::from(former(rule) == Rule::FW1)],
        |rule| match rule.name() {
            "FW4" => Rule::FW3,
            "PK4" => Rule::PK2,
            name if name.starts_with("FW") => Rule::FW4,
            _ => Rule::PK4,
        },
    ];
    for other in others {
        for wrong in events.iter().filter(|e| rule(e) != Rule::T1) {
            let report = audited(&events, |recorded, rule| {
                if recorded.position == wrong.position {
                    other(rule)
                } else {
                    former(rule)
                }
            });
            let says = format!(
                "it rests on another rule than it says: {}",
                LegalBasis::of(rule(wrong))
            );
            let found: Vec<_> = report
                .findings
                .iter()
                .map(|f| (f.position, f.what.to_string()))
                .collect();
            assert_eq!(found, [(Some(wrong.position), says)]);
        }
    }
}

#[test]
fn an_audit_takes_the_row_of_before_areas_were_opened_by_all() {
    let report = audited(&today(), |_, rule| match rule.name() {
        "FW15" => Rule::FW3,
        _ => rule,
    });
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}
