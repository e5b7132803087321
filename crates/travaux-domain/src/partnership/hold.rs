//! What keeps an area open and an agreement under its framework: things that are open in it, in
//! streams of their own. A commit that closes or releases is judged once all of its acts are done
//! (INV34), so that what is closed or moved in the same commit counts.

use std::fmt;

use crate::{AgreementId, Event, FrameworkId, Name, Reason, Refusal, Rule, StreamId};

/// What is held by what is open in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// An area of a framework: it is not closed meanwhile (FW16).
    Area {
        /// The framework.
        framework: FrameworkId,
        /// The area, by key.
        area: Name,
    },
    /// An agreement: it is not released meanwhile (FW7).
    Agreement(AgreementId),
}

impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area { area, .. } => write!(f, "area {area}"),
            Self::Agreement(id) => write!(f, "agreement {id}"),
        }
    }
}

/// What holds something, and in which words it says so: `item areas of meeting 0199…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What is held.
    pub hold: Hold,
    /// By what.
    pub by: String,
}

/// What the events of a commit let go: areas that are closed, agreements that are released.
pub fn lets_go<'a>(commit: impl IntoIterator<Item = (StreamId, &'a Event)>) -> Vec<Hold> {
    let events = commit.into_iter();
    let mut going: Vec<_> = events
        .filter_map(|(stream, event)| event.lets_go(stream))
        .collect();
    going.sort();
    going.dedup();
    going
}

/// That nothing holds what goes. `held` is what holds anything after the commit: of all streams that
/// are open then.
///
/// # Errors
/// FW16 for an area, FW7 for an agreement, naming each thing that is still open in it.
pub fn check_holds(going: &[Hold], held: impl IntoIterator<Item = Held>) -> Result<(), Refusal> {
    let held: Vec<_> = held.into_iter().collect();
    for hold in going {
        let still = held.iter().filter(|held| held.hold == *hold);
        let still: Vec<_> = still.map(|held| held.by.clone()).collect();
        if still.is_empty() {
            continue;
        }
        let (rule, act, expected) = match hold {
            Hold::Area { .. } => (
                Rule::FW16,
                "close an area",
                "everything that is open in it closed or moved first, or in the same commit",
            ),
            Hold::Agreement(_) => (
                Rule::FW7,
                "release an agreement",
                "no open package with a revision of it: let it be adopted, rejected or withdrawn",
            ),
        };
        let found = format!("{hold}, held by {}", still.len());
        return Err(
            Refusal::new(Reason::ConditionUnmet, rule, act, expected, found).missing(still),
        );
    }
    Ok(())
}
