//! Where an agreement stands on a date, as known at a time: the one answer, which every view gives.
//!
//! No agreement has one status: its text and its force move apart. The answer has both, in this order, with the dates that they
//! rest on, and what remains to be done.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Agreement, TextState, consent::Consents, ending::End, force::Provisional};
use crate::{PartyId, Rule, clause::Term, effect::Evaluation};

/// Where an agreement stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The date that is asked about.
    pub on: NaiveDate,
    /// The time whose knowledge counts; all that is on record, if none.
    pub known_at: Option<DateTime<Utc>>,
    /// Its text.
    pub text: TextStatus,
    /// Its force, between whichever parties it has; [`Agreement::between`] answers for two of them.
    pub force: ForceStatus,
    /// What entry into force, or before it the text, still waits for.
    pub remains: Vec<String>,
}

/// Where the text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextStatus {
    /// Its state.
    pub state: TextState,
    /// Since when.
    pub since: Option<NaiveDate>,
}

/// Where force stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForceStatus {
    /// On the date that is asked about.
    #[serde(flatten)]
    pub state: ForceState,
    /// The end that is on record or follows, and comes later.
    pub ends_on: Option<NaiveDate>,
}

/// Whether an agreement is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ForceState {
    /// It is not, and nothing on record says when it will be.
    NotInForce,
    /// Its profile has no entry into force: a declaration of intent binds nobody.
    NotForeseen,
    /// It will be.
    ToBeInForce {
        /// From when.
        from: NaiveDate,
    },
    /// It is applied provisionally.
    Provisional {
        /// Since when.
        since: NaiveDate,
        /// From when it will be in force, where that is settled.
        in_force_from: Option<NaiveDate>,
    },
    /// It is.
    InForce {
        /// Since when.
        since: NaiveDate,
    },
    /// It is, and its operation is suspended as a whole, for all.
    Suspended {
        /// Since when it is in force.
        in_force_since: NaiveDate,
        /// Since when it is suspended.
        since: NaiveDate,
    },
    /// It is void, and was so from the beginning.
    Void {
        /// When that was stated.
        stated_on: NaiveDate,
    },
    /// It has ended.
    Ended {
        /// When.
        on: NaiveDate,
        /// The row that the end rests on.
        rule: Rule,
    },
    /// It was given up before it was in force.
    Never,
}

impl Agreement {
    /// Where the agreement stands on a date, as known at a time; as known now, if none.
    pub fn status(&self, on: NaiveDate, known_at: Option<DateTime<Utc>>) -> Status {
        match known_at {
            Some(at) if !self.all_known_at(at) => self.known_at(at).conclude(on, known_at),
            _ => self.conclude(on, known_at),
        }
    }

    pub(super) fn conclude(&self, on: NaiveDate, known_at: Option<DateTime<Utc>>) -> Status {
        let force = ForceStatus {
            state: self.force_state(on),
            ends_on: self.next_end(on),
        };
        Status {
            on,
            known_at,
            text: self.text_status(on, force.state),
            force,
            remains: self.remains(force.state, on),
        }
    }

    /// Acts on the text may have been recorded later than they were done, and do not say when that was: what binds was adopted
    /// before, on a day that is not on record.
    fn text_status(&self, on: NaiveDate, force: ForceState) -> TextStatus {
        let (state, fact) = self.text.on(on);
        let since = fact.map(|f| f.on);
        if force.has_bound() && !state.is_adopted() && self.text.state().is_adopted() {
            let (state, since) = (self.text.state(), None);
            return TextStatus { state, since };
        }
        TextStatus { state, since }
    }

    fn force_state(&self, on: NaiveDate) -> ForceState {
        if let Some(stated_on) = self.void_from_the_beginning() {
            return ForceState::Void { stated_on };
        }
        if let Some((on, rule)) = self.end_on(on) {
            return ForceState::Ended { on, rule };
        }
        let since = self.in_force_since().map(|since| self.with_effect(since));
        if let Some(in_force_since) = since.filter(|since| *since <= on) {
            return match self.suspended_for_all(on) {
                Some(since) => ForceState::Suspended {
                    in_force_since,
                    since,
                },
                None => ForceState::InForce {
                    since: in_force_since,
                },
            };
        }
        let provisional = &self.machines.force.provisional;
        let consents = &self.machines.consents;
        match (provisional.iter().find(|p| p.stands(on, consents)), since) {
            (Some(p), in_force_from) => ForceState::Provisional {
                since: p.on,
                in_force_from,
            },
            (None, Some(from)) => ForceState::ToBeInForce { from },
            (None, None) if self.text.on(on).0 == TextState::Abandoned => ForceState::Never,
            (None, None) if self.foresees_force() => ForceState::NotInForce,
            (None, None) => ForceState::NotForeseen,
        }
    }

    fn foresees_force(&self) -> bool {
        self.identity
            .as_ref()
            .is_none_or(|i| i.profile.applies(Rule::F1))
    }

    /// When it was stated that it is void from the beginning, if it is.
    pub(super) fn void_from_the_beginning(&self) -> Option<NaiveDate> {
        let void = self
            .machines
            .ending
            .void
            .filter(|void| void.from.is_none())?;
        Some(void.stated_on)
    }

    /// The end of the whole that holds on a date, and the row that it rests on: the first of those that
    /// are recorded and of those that follow.
    pub(super) fn end_on(&self, on: NaiveDate) -> Option<(NaiveDate, Rule)> {
        let ending = &self.machines.ending;
        let void = ending
            .void
            .map(|void| (void.from.unwrap_or(NaiveDate::MIN), Rule::E21));
        let recorded = self.stated_ends().filter(|end| end.holds(on));
        let recorded = recorded.map(|end| (end.on, end.rule)).min();
        let follows = self.machines.force.concluded.end;
        let ends = [void, recorded, follows].into_iter().flatten();
        ends.filter(|(end, _)| *end <= on)
            .min_by_key(|(end, _)| *end)
    }

    /// The ends that hold as they were recorded: not those that follow from clauses and from what the
    /// parties did, where force does (E1).
    fn stated_ends(&self) -> impl Iterator<Item = &End> {
        let ending = &self.machines.ending;
        let evidence = ending.terminated.filter(|_| self.asks_for_force());
        let stated = move |end: &&End| evidence.is_none_or(|(_, event)| event != end.event);
        ending.ends.iter().filter(stated)
    }

    /// The first end of the whole that is on record or follows, and comes after a date, unless one holds
    /// on it already.
    fn next_end(&self, on: NaiveDate) -> Option<NaiveDate> {
        if self.end_on(on).is_some() {
            return None;
        }
        let ending = &self.machines.ending;
        let ends = self.stated_ends().map(|end| end.on);
        let follows = self.machines.force.concluded.end.map(|(end, _)| end);
        ends.chain(ending.void.and_then(|void| void.from))
            .chain(follows)
            .filter(|end| *end > on)
            .min()
    }

    /// Since when its operation is suspended as a whole and among all that are bound.
    fn suspended_for_all(&self, on: NaiveDate) -> Option<NaiveDate> {
        let bound: Vec<&PartyId> = self.machines.consents.contracting(on).collect();
        let suspensions = self.machines.ending.suspensions.iter();
        suspensions
            .filter(|s| s.provisions.is_empty() && s.holds(on))
            .filter(|s| s.scope.is_all(&bound))
            .map(|s| s.on)
            .min()
    }

    fn remains(&self, force: ForceState, on: NaiveDate) -> Vec<String> {
        let adoption = || vec!["the adoption of the text".to_owned()];
        let asks = self.identity.as_ref().is_some_and(|i| {
            i.profile.asks_for_consent()
                || self
                    .machines
                    .clauses
                    .find(|t| matches!(t, Term::EntryIntoForce(_)).then_some(()))
                    .is_some()
        });
        if let Some(lapsed) = self.machines.force.concluded.lapsed {
            return vec![format!(
                "nothing: its term ran out on {lapsed}, before it entered into force"
            )];
        }
        match force {
            ForceState::NotInForce
            | ForceState::Provisional {
                in_force_from: None,
                ..
            } if asks => {
                let mut missing = match self.entry_into_force() {
                    Evaluation::Pending { missing } => missing,
                    // Nothing is in force between fewer than two.
                    Evaluation::Date { .. } => {
                        vec!["the consent of two parties or more".to_owned()]
                    }
                };
                for party in self.machines.consents.0.keys() {
                    if let Some((_, waits)) = self.consent_waits_for(party, on) {
                        // What it gave is there: it waits for others.
                        let own =
                            ["consent", "instrument"].map(|of| format!("the {of} of {party}"));
                        missing.retain(|what| !own.contains(what));
                        missing.push(waits);
                    }
                }
                missing
            }
            ForceState::NotInForce | ForceState::NotForeseen if self.text.adopted.is_none() => {
                adoption()
            }
            ForceState::NotInForce
            | ForceState::NotForeseen
            | ForceState::ToBeInForce { .. }
            | ForceState::Provisional { .. }
            | ForceState::InForce { .. }
            | ForceState::Suspended { .. }
            | ForceState::Void { .. }
            | ForceState::Ended { .. }
            | ForceState::Never => Vec::new(),
        }
    }
}

impl ForceState {
    /// Whether it binds or has bound somebody.
    fn has_bound(&self) -> bool {
        match self {
            Self::Provisional { .. }
            | Self::InForce { .. }
            | Self::Suspended { .. }
            | Self::Ended { .. } => true,
            Self::NotInForce
            | Self::NotForeseen
            | Self::ToBeInForce { .. }
            | Self::Void { .. }
            | Self::Never => false,
        }
    }

    /// Whether it is in force, suspended or not.
    pub fn is_in_force(&self) -> bool {
        matches!(self, Self::InForce { .. } | Self::Suspended { .. })
    }

    /// Whether it has ended, or is void.
    pub fn has_ended(&self) -> bool {
        matches!(self, Self::Void { .. } | Self::Ended { .. })
    }
}

impl Provisional {
    /// Whether two parties or more apply it on a date: they have not ended it for themselves, and have not left.
    pub(super) fn stands(&self, on: NaiveDate, consents: &Consents) -> bool {
        let left = |party: &PartyId| {
            let life = consents.of(party).and_then(|consent| consent.life(on));
            let withdrawal = life.and_then(|life| life.withdrawal);
            withdrawal.is_some_and(|w| w.effective_on <= on)
        };
        let applies = |(party, until): &(&PartyId, &Option<NaiveDate>)| {
            until.is_none_or(|until| on < until) && !left(party)
        };
        self.on <= on && self.parties.iter().filter(applies).count() >= 2
    }
}

impl TextState {
    /// Whether it was adopted, and not given up.
    pub fn is_adopted(self) -> bool {
        matches!(self, Self::Adopted | Self::Authenticated)
    }

    /// Its name, with the day since when.
    fn since(self, since: Option<NaiveDate>) -> String {
        let word = match self {
            Self::Absent | Self::Draft | Self::Negotiating => "since",
            Self::Adopted | Self::Authenticated | Self::Abandoned => "on",
        };
        since.map_or(self.name().to_owned(), |on| {
            format!("{} {word} {on}", self.name())
        })
    }
}

impl fmt::Display for TextStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.state.since(self.since))
    }
}

impl fmt::Display for ForceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInForce => write!(f, "not in force"),
            Self::NotForeseen => write!(f, "no entry into force foreseen"),
            Self::ToBeInForce { from } => write!(f, "to be in force from {from}"),
            Self::Provisional {
                since,
                in_force_from: None,
            } => write!(f, "applied provisionally since {since}"),
            Self::Provisional {
                since,
                in_force_from: Some(from),
            } => write!(
                f,
                "applied provisionally since {since}, to be in force from {from}"
            ),
            Self::InForce { since } => write!(f, "in force since {since}"),
            Self::Suspended {
                in_force_since,
                since,
            } => write!(
                f,
                "in force since {in_force_since}, suspended since {since}"
            ),
            Self::Void { stated_on } => {
                write!(f, "void from the beginning, as stated on {stated_on}")
            }
            Self::Ended { on, .. } => write!(f, "ended on {on}"),
            Self::Never => write!(f, "never in force"),
        }
    }
}

impl fmt::Display for ForceStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.state)?;
        match self.ends_on {
            Some(on) => write!(f, ", ends on {on}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.text, self.force)?;
        match &self.remains[..] {
            [] => Ok(()),
            remains => write!(f, "; waiting for {}", remains.join(", ")),
        }
    }
}
