//! Logs that several views are asked about.

use travaux_domain::{
    Profile, Revision,
    agreement::{AgreementCommand as C, Nature, Proposal, RevisionDraft, force::ForceAct},
};
use travaux_projections::{AgreementRecord, Projection};
use travaux_testkit::{
    agreement::{accept, adopt, date, ids, lang, proposal, signed, words},
    history::History,
};
use travaux_text::{Localized, Operation};

/// A view of everything that was recorded.
pub(crate) fn view<P: Projection>(history: &History) -> P {
    let mut view = P::default();
    for recorded in history.log() {
        view.apply(recorded);
    }
    view
}

/// The record of the first agreement, its custody followed.
pub(crate) fn record(history: &History) -> AgreementRecord {
    let mut record = AgreementRecord::default();
    for recorded in history.of_agreement(1) {
        record.apply(recorded);
    }
    record.follow();
    record
}

pub(crate) fn arrangement() -> Proposal {
    proposal(Profile::arrangement(), &["FR", "MA"], vec![])
}

/// An arrangement whose French text it is.
pub(crate) fn saying(text: &str) -> Proposal {
    Proposal {
        texts: Localized::from([(lang("fr"), text.to_owned())]),
        ..arrangement()
    }
}

pub(crate) fn propose(proposal: Proposal) -> C {
    C::Propose(Box::new(proposal))
}

/// An amendment of a revision, from a day on.
pub(crate) fn amend(base: u32, from: Option<&str>, operations: Vec<Operation>) -> C {
    C::ProposeRevision(Box::new(RevisionDraft {
        nature: Nature::Amendment,
        effective_from: from.map(date),
        ..RevisionDraft::new(Revision(base), operations)
    }))
}

pub(crate) fn correct(base: u32, operations: Vec<Operation>) -> C {
    C::ProposeRevision(Box::new(RevisionDraft {
        nature: Nature::Correction,
        ..RevisionDraft::new(Revision(base), operations)
    }))
}

/// Proposed by FR and adopted by both, on 10 January 2025.
pub(crate) fn adopted(proposal: Proposal) -> History {
    let mut history = History::new();
    history
        .at("2025-01-10")
        .agreement(1, "FR", propose(proposal))
        .agreement(1, "MA", accept(1))
        .agreement(1, "MA", adopt(1));
    history
}

/// A revision that FR proposes and both adopt.
pub(crate) fn revised(history: &mut History, number: u32, command: C) {
    history
        .agreement(1, "FR", command)
        .agreement(1, "MA", accept(number))
        .agreement(1, "MA", adopt(number));
}

/// Adopted on 10 January 2025, signed on the 20th, in force from 1 March, which was recorded on 1 February. Revision 2, recorded in
/// April, applies from 2026 on; revision 3, recorded in May, from June 2025 on; revision 4, of September, corrects the text.
pub(crate) fn amended() -> History {
    amended_from(arrangement())
}

/// The same on another proposal of that text.
pub(crate) fn amended_from(proposal: Proposal) -> History {
    let mut history = adopted(proposal);
    let authenticate = C::AuthenticateText {
        method: "initialling".into(),
        parties: ids(&["FR", "MA"]),
    };
    let force = ForceAct::EnteredIntoForce {
        on: Some(date("2025-03-01")),
        basis: "Article 3".into(),
        trace: vec![],
        consenting: vec![],
    };
    history
        .agreement(1, "FR", authenticate)
        .at("2025-02-01")
        .agreement(1, "FR", signed("2025-01-20"))
        .agreement(1, "MA", signed("2025-01-20"))
        .agreement(1, "FR", force)
        .at("2025-04-01");
    let both = words(2, "Les Parties", "Les deux Parties");
    revised(&mut history, 2, amend(1, Some("2026-01-01"), vec![both]));
    history.at("2025-05-01");
    let meet = words(2, "coopèrent", "se concertent");
    revised(&mut history, 3, amend(1, Some("2025-06-01"), vec![meet]));
    history.at("2025-09-01");
    let facts = words(4, "informations", "renseignements");
    revised(&mut history, 4, correct(3, vec![facts]));
    history
}

/// A policy, a consolidated code: whole texts with dates of their own, recorded in any order.
pub(crate) fn living() -> History {
    let mut history = History::new();
    let text = Proposal {
        parties: vec![],
        ..proposal(Profile::imported(), &[], vec![])
    };
    let adopt = |revision: u32, from: &str| C::AdoptText {
        revision: Revision(revision),
        effective_from: Some(date(from)),
        package: None,
        elsewhere: None,
    };
    let replace = |base: u32, find: &str, with: &str| {
        let operations = vec![words(2, find, with)];
        C::ProposeRevision(Box::new(RevisionDraft::new(Revision(base), operations)))
    };
    history
        .at("2025-01-01")
        .agreement(1, "git", propose(text))
        .agreement(1, "git", adopt(1, "1900-01-01"))
        .at("2025-02-01")
        .agreement(1, "git", replace(1, "coopèrent", "se concertent"))
        .agreement(1, "git", adopt(2, "2030-01-01"))
        .at("2025-03-01")
        .agreement(1, "git", replace(2, "se concertent", "se réunissent"))
        .agreement(1, "git", adopt(3, "1950-01-01"));
    history
}
