//! The life of a framework between FR, MA and others: its terms, areas and organs.

use std::sync::Arc;

use travaux_domain::{
    AgreementId, Party,
    framework::{
        AreaOpening, AreaTerms, Declaration, FoundingNature, FrameworkCommand, InclusionRelation,
        Organ, TermChanges, Terms,
    },
};

use crate::{
    agreement::date,
    history::History,
    meeting::{holder, parties, words},
};

/// A party.
pub fn party(name: &str) -> Party {
    Party {
        id: name.into(),
        name: format!("State {name}"),
    }
}

/// An area as it is proposed.
pub fn area(key: &str) -> AreaTerms {
    AreaTerms {
        key: key.into(),
        title: key.to_owned(),
        scope: words(&format!("what belongs to {key}")),
    }
}

/// Terms between these parties, with two areas, on a declaration.
pub fn terms(names: &[&str]) -> Terms {
    Terms {
        title: "Partnership".into(),
        nature: FoundingNature::Declaration,
        instrument: None,
        declaration: Declaration {
            title: "joint declaration".into(),
            made: "2024-10".into(),
            by: vec!["Heads of State".into()],
        },
        parties: names.iter().map(|name| party(name)).collect(),
        areas: vec![area("migration"), area("civil-protection")],
        organs: vec![organ(
            names[0],
            "secretariat",
            "Directorate for cooperation",
        )],
    }
}

/// An organ of a party.
pub fn organ(party: &str, role: &str, office: &str) -> Organ {
    Organ {
        role: role.into(),
        who: holder(party, office, ""),
        address: None,
    }
}

/// Proposes a framework.
pub fn propose(on: &str, terms: Terms) -> FrameworkCommand {
    let (on, terms) = (date(on), terms.into());
    FrameworkCommand::FrameworkProposed { on, terms }
}

/// Proposes a revision.
pub fn revise(on: &str, base: u32, changes: TermChanges) -> FrameworkCommand {
    let (on, changes) = (date(on), changes.into());
    FrameworkCommand::FrameworkRevised { on, base, changes }
}

/// Another title.
pub fn retitled(title: &str) -> TermChanges {
    TermChanges {
        title: Some(title.to_owned()),
        ..TermChanges::default()
    }
}

/// Accepts a revision.
pub fn accept(on: &str, revision: u32) -> FrameworkCommand {
    let on = date(on);
    FrameworkCommand::FrameworkAccepted { on, revision }
}

/// Adopts a revision, with the acceptance of these on the word of who says so.
pub fn adopt(on: &str, revision: u32, named: &[&str]) -> FrameworkCommand {
    FrameworkCommand::FrameworkAdopted {
        on: date(on),
        effect: None,
        revision,
        consenting: parties(named),
    }
}

/// Opens an area, by FR and MA.
pub fn open(on: &str, key: &str) -> FrameworkCommand {
    open_by(on, key, &["FR", "MA"])
}

/// Opens an area, by these.
pub fn open_by(on: &str, key: &str, by: &[&str]) -> FrameworkCommand {
    FrameworkCommand::AreaOpened(Arc::new(AreaOpening {
        key: key.into(),
        title: key.to_owned(),
        on: Some(date(on)),
        effect: None,
        scope: words(&format!("what belongs to {key}")),
        consenting: Some(parties(by)),
    }))
}

/// Expands an area, by these.
pub fn expand(on: &str, key: &str, scope: &str, by: &[&str]) -> FrameworkCommand {
    FrameworkCommand::AreaExpanded {
        on: date(on),
        effect: None,
        area: key.into(),
        scope: words(scope),
        consenting: parties(by),
    }
}

/// Closes an area, by FR and MA.
pub fn close(on: &str, key: &str) -> FrameworkCommand {
    FrameworkCommand::AreaClosed {
        on: date(on),
        effect: None,
        area: key.into(),
        reason: "it is done".into(),
        consenting: parties(&["FR", "MA"]),
    }
}

/// Includes an agreement in an area.
pub fn include(on: &str, agreement: AgreementId, area: &str) -> FrameworkCommand {
    FrameworkCommand::AgreementIncluded {
        on: date(on),
        agreement,
        area: area.into(),
        relation: InclusionRelation::Preceding,
    }
}

/// Releases an agreement, by consent of FR and MA.
pub fn release(on: &str, agreement: AgreementId) -> FrameworkCommand {
    FrameworkCommand::AgreementReleased {
        on: date(on),
        agreement,
        reason: "it stands alone".into(),
        consenting: Some(parties(&["FR", "MA"])),
    }
}

/// Names an organ.
pub fn name(on: &str, organ: Organ) -> FrameworkCommand {
    let (on, organ) = (date(on), organ.into());
    FrameworkCommand::OrganNamed {
        on,
        from: None,
        organ,
    }
}

/// Replaces an organ, from a day on.
pub fn replace(on: &str, from: &str, organ: Organ) -> FrameworkCommand {
    FrameworkCommand::OrganReplaced {
        on: date(on),
        from: Some(date(from)),
        organ: organ.into(),
    }
}

/// Suspends it, by FR and MA.
pub fn suspend(on: &str) -> FrameworkCommand {
    FrameworkCommand::FrameworkSuspended {
        on: date(on),
        effect: None,
        reason: "a dispute".into(),
        consenting: parties(&["FR", "MA"]),
    }
}

/// Takes it up again, by FR and MA.
pub fn resume(on: &str) -> FrameworkCommand {
    FrameworkCommand::FrameworkResumed {
        on: date(on),
        effect: None,
        consenting: parties(&["FR", "MA"]),
    }
}

/// Ends it, by FR and MA.
pub fn end(on: &str) -> FrameworkCommand {
    FrameworkCommand::FrameworkEnded {
        on: date(on),
        effect: None,
        reason: "another takes its place".into(),
        consenting: parties(&["FR", "MA"]),
    }
}

/// A log in which FR and MA have adopted the framework under the number 1, on 1 March 2025.
pub fn adopted() -> History {
    let mut history = History::new();
    history
        .at("2025-01-10")
        .framework(1, "FR", propose("2025-01-10", terms(&["FR", "MA"])))
        .at("2025-02-01")
        .framework(1, "MA", accept("2025-02-01", 1))
        .at("2025-03-01")
        .framework(1, "FR", adopt("2025-03-01", 1, &[]));
    history
}
