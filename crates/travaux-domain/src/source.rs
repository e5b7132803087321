//! A source from which histories were imported: what it was, and the commits that were read.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::{Aggregate, Context, Decided, Others, Reason, Refusal, Rule, words::Summary};

/// Who signed a commit, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// When, with the offset of the place.
    pub at: DateTime<FixedOffset>,
}

/// A commit that was read, in the order of the line that was followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCommit {
    /// Its name.
    pub id: String,
    /// The names of its parents.
    pub parents: Vec<String>,
    /// The name of its tree, where it is known.
    #[serde(default)]
    pub tree: Option<String>,
    /// Its author.
    pub author: Signature,
    /// Its committer.
    pub committer: Signature,
    /// Its message.
    pub message: String,
}

/// An event of a source's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceEvent {
    /// The source was first read.
    SourceOpened {
        /// What it is: `git` or `jsonl`.
        kind: String,
        /// What identifies it: the first commit of the line.
        root: String,
        /// Where it was found.
        location: String,
    },
    /// Commits were read, in this order, behind those that were read before.
    CommitsRead {
        /// Which.
        commits: Vec<SourceCommit>,
    },
}

impl SourceEvent {
    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        Summary::new(match self {
            Self::SourceOpened { kind, location, .. } => {
                format!("{kind} source opened: {location}")
            }
            Self::CommitsRead { commits } => format!("{} commits read", commits.len()),
        })
    }
}

/// A source, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What identifies it; absent before it was opened.
    pub root: Option<String>,
    /// How many commits were read.
    pub commits: u64,
    /// The last of them.
    pub last: Option<String>,
}

impl Source {
    /// Decides `event` on this state.
    ///
    /// # Errors
    /// A [`Refusal`] where the source is not open, or opened twice.
    pub fn decide(&self, event: SourceEvent) -> Result<Decided<SourceEvent>, Refusal> {
        self.check(event).map(|event| Decided::on(Rule::RC1, event))
    }

    fn check(&self, event: SourceEvent) -> Result<SourceEvent, Refusal> {
        let refuse = |reason, expected: &str, found: &str| {
            Err(Refusal::new(
                reason,
                Rule::RC1,
                "read a source",
                expected,
                found,
            ))
        };
        match (&event, &self.root) {
            (SourceEvent::SourceOpened { .. }, Some(root)) => {
                refuse(Reason::Already, "a new source", root)
            }
            (SourceEvent::CommitsRead { .. }, None) => {
                refuse(Reason::Unknown, "a source that was opened", "none")
            }
            (SourceEvent::CommitsRead { commits }, _) if commits.is_empty() => {
                refuse(Reason::Malformed, "one commit or more", "none")
            }
            (SourceEvent::SourceOpened { .. }, None)
            | (SourceEvent::CommitsRead { .. }, Some(_)) => Ok(event),
        }
    }

    /// Takes `event` in.
    pub fn evolve(&mut self, event: &SourceEvent) {
        match event {
            SourceEvent::SourceOpened { root, .. } => self.root = Some(root.clone()),
            SourceEvent::CommitsRead { commits } => {
                self.commits += commits.len() as u64;
                self.last = commits.last().map(|c| c.id.clone()).or(self.last.take());
            }
        }
    }
}

crate::event::named!(SourceEvent {
    SourceOpened,
    CommitsRead
});

impl Aggregate for Source {
    type Command = SourceEvent;
    type Event = SourceEvent;

    const PREFIX: &'static str = "source";
    const VERSION: u32 = 1;
    const TYPES: &'static [&'static [&'static str]] = &[SourceEvent::TYPES];

    fn decide(
        &self,
        command: SourceEvent,
        _: &Context,
        _: &Others,
    ) -> Result<Decided<SourceEvent>, Refusal> {
        self.decide(command)
    }

    fn evolve(&mut self, event: &SourceEvent, _: &Context) {
        self.evolve(event);
    }

    fn behind(event: &SourceEvent) -> SourceEvent {
        event.clone()
    }

    fn type_name(event: &SourceEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &SourceEvent) -> Summary {
        event.describe()
    }
}
