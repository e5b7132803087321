//! What `list` says of an agreement.

use chrono::{DateTime, Utc};
use travaux::{
    domain::{
        AgreementId, FrameworkId, Handle, Rule,
        agreement::{ForceState, ForceStatus, Status, TextState, TextStatus},
    },
    projections::RegisterEntry,
};
use travaux_text::Lang;

use super::wire::{described, documents, states, words};

words! {
    TextState { Absent, Draft, Negotiating, Adopted, Authenticated, Abandoned }
}

states! {
    /// Whether an agreement is in force.
    ForceState by "state" {
        /// Nothing on record says when it will be in force.
        NotInForce = "not_in_force" {}
        /// Its profile has no entry into force.
        NotForeseen = "not_foreseen" {}
        /// It will be in force.
        ToBeInForce = "to_be_in_force" {
            /// From when it will be in force.
            from: chrono::NaiveDate,
        }
        /// It is applied provisionally.
        Provisional = "provisional" {
            /// Since when that is so.
            since: chrono::NaiveDate,
            /// From when it will be in force, where that is settled.
            in_force_from: Option<chrono::NaiveDate>,
        }
        /// It is in force.
        InForce = "in_force" {
            /// Since when that is so.
            since: chrono::NaiveDate,
        }
        /// It is in force, and its operation is suspended for all.
        Suspended = "suspended" {
            /// Since when that is so.
            since: chrono::NaiveDate,
            /// Since when it is in force.
            in_force_since: chrono::NaiveDate,
        }
        /// It is void, and was so from the beginning.
        Void = "void" {
            /// When that was stated.
            stated_on: chrono::NaiveDate,
        }
        /// It has ended.
        Ended = "ended" {
            /// When it ended.
            on: chrono::NaiveDate,
            /// The row that the end rests on.
            rule: Rule,
        }
        /// It was given up before it was in force.
        Never = "never" {}
    }
}

described! {
    /// Where the force of an agreement stands, between whichever parties it has.
    ForceStatus = ForceStatus {
        /// On the date that is asked about.
        #[serde(flatten)]
        state: ForceState,
        /// The end that is on record and comes later.
        ends_on: Option<chrono::NaiveDate>,
    }

    /// Where the text of an agreement stands.
    TextStatus = TextStatus {
        /// Its state.
        state: TextState,
        /// Since when.
        since: Option<chrono::NaiveDate>,
    }

    /// Where an agreement stands on a date, as known at a time: the same in every answer.
    Status = Status {
        /// The date.
        on: chrono::NaiveDate,
        /// As known at this time; as known now if null.
        known_at: Option<DateTime<Utc>>,
        /// Its text.
        text: TextStatus,
        /// Its force, between whichever parties it has.
        force: ForceStatus,
        /// What entry into force, or before it the text, still waits for.
        remains: Vec<String>,
    }
}

documents! {
    /// An agreement in the list.
    pub(crate) struct ListedAgreement<'a> {
        /// Its id.
        id: AgreementId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// Its title.
        title: &'a str,
        /// Its name in the field.
        kind: &'a str,
        /// The rules that apply to it.
        profile: &'a str,
        /// Its parties' short names.
        parties: &'a [String],
        /// The languages in which it is to be authentic.
        languages: &'a [Lang],
        /// The framework under which it stands.
        framework: Option<FrameworkId>,
        /// Its document's path, if it was imported.
        path: Option<&'a str>,
        /// Earlier paths.
        earlier_paths: &'a [String],
        /// How many revisions were proposed.
        revisions: u32,
        /// How many were adopted.
        adopted: u32,
        /// The state of its text, as `status` says.
        text: TextState,
        /// Whether it is in force, as `status` says.
        in_force: bool,
        /// Whether it has ended, as `status` says.
        ended: bool,
        /// The version of its stream.
        version: u64,
        /// When the log last learnt something of it.
        recorded_at: DateTime<Utc>,
        /// Where it stands.
        status: Status,
    }
}

/// A handle in a table; what has none has a hyphen there.
pub(crate) fn called(handle: Option<&Handle>) -> String {
    handle.map_or("-".to_owned(), ToString::to_string)
}

/// A handle behind what it names.
pub(crate) fn in_brackets(handle: Option<&Handle>) -> String {
    handle.map_or(String::new(), |handle| format!(" ({handle})"))
}

documents! {
    /// A handle, and what it names, for good.
    pub(crate) struct ListedHandle {
        /// The handle.
        handle: Handle,
        /// What it names: `agreement`, `framework` or `package`.
        kind: &'static str,
        /// The id of that.
        id: String,
        /// Its title.
        title: String,
    }
}

impl<'a> ListedAgreement<'a> {
    /// What was known of it at the time that the status speaks of; `None` where nobody knew of it.
    pub(crate) fn new(id: AgreementId, entry: &'a RegisterEntry, status: Status) -> Option<Self> {
        let known = entry.known(status.known_at)?;
        Some(Self {
            id,
            handle: entry.handle.as_ref(),
            title: &entry.title,
            kind: &entry.kind,
            profile: &entry.profile,
            parties: &entry.parties,
            languages: &entry.languages,
            framework: entry.frameworks(status.known_at).next(),
            path: entry.path.as_deref(),
            earlier_paths: &entry.earlier_paths,
            revisions: known.revisions,
            adopted: known.adopted,
            text: status.text.state,
            in_force: status.force.state.is_in_force(),
            ended: status.force.state.has_ended(),
            version: known.version,
            recorded_at: known.recorded_at,
            status,
        })
    }

    /// Its place in the list: by path, then by title.
    pub(crate) fn place(&self) -> (Option<&str>, &str, AgreementId) {
        (self.path, self.title, self.id)
    }

    /// Its row of the table.
    pub(crate) fn row(&self) -> Vec<String> {
        let title = match self.path {
            Some(path) => format!("{path} — {}", self.title),
            None => self.title.to_owned(),
        };
        vec![
            self.id.to_string(),
            called(self.handle),
            self.revisions.to_string(),
            self.status.text.to_string(),
            self.status.force.to_string(),
            title,
        ]
    }
}

/// The words for the states of a text and of its force.
#[cfg(test)]
pub(crate) fn states_of_agreements() -> std::collections::BTreeSet<String> {
    use super::wire::Wire as _;
    let forms = [TextState::form(), ForceState::fields()[0].form.clone()];
    let words = forms
        .iter()
        .flat_map(|form| form.split('`').skip(1).step_by(2));
    words.map(str::to_owned).collect()
}
