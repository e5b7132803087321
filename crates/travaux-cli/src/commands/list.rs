//! `travaux list`

use std::collections::BTreeSet;

use clap::Args;
use serde::Serialize;
use serde_json::Value;
use travaux::{domain::Profile, projections::Register};

use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::ListedAgreement,
};

/// List the agreements, and where each stands.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux list --as-of 2020-01-01 --known-at 2021-06-30T12:00:00Z")]
pub(crate) struct List {
    #[command(flatten)]
    asked: AsOf,
    /// Only those whose title or path has this in it.
    text: Option<String>,
    /// Only those of this party, by its id.
    #[arg(long)]
    party: Option<String>,
    /// Only those under this rule profile.
    #[arg(long)]
    profile: Option<String>,
    /// Only those under this framework: its handle, its id, or the beginning or end of that.
    #[arg(long)]
    framework: Option<String>,
    /// Only those whose text or force stands so, such as 'draft' or 'in force': a state as it is shown, or as JSON has it.
    #[arg(long, value_name = "STATE", value_parser = state)]
    status: Option<&'static str>,
    /// At most so many.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = crate::args::number::<usize>)]
    limit: Option<usize>,
    /// Only those that are listed behind this one: its handle, or its id.
    #[arg(long, value_name = "NAME")]
    after: Option<String>,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let register = session.engine.register()?;
        let (on, known_at) = (self.asked.on(session.today()), self.asked.known_at);
        let framework = match &self.framework {
            Some(name) => Some(names::framework(&session.engine, name)?),
            None => None,
        };
        let mut lines: Vec<_> = register
            .agreements
            .iter()
            .filter(|(_, entry)| {
                framework.is_none_or(|id| entry.frameworks(known_at).any(|of| of == id))
            })
            .filter_map(|(id, entry)| ListedAgreement::new(*id, entry, entry.status(on, known_at)))
            .collect();
        lines.sort_by(|a, b| a.place().cmp(&b.place()));
        self.known(&register)?;
        let (lines, more) = self.page(&session, lines)?;
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        if register.agreements.is_empty() {
            return session.output.text(
                "no agreements yet: `travaux import git SOURCE` or `travaux propose FILE`\n",
            );
        }
        let head = ["ID", "HANDLE", "REVISIONS", "TEXT", "FORCE", "TITLE"].map(str::to_owned);
        let rows: Vec<_> = std::iter::once(head.to_vec())
            .chain(lines.iter().map(ListedAgreement::row))
            .collect();
        let mut out = table(&rows);
        if let (Some(last), 1..) = (lines.last(), more) {
            let last = last.handle.map_or(last.id.to_string(), ToString::to_string);
            out += &format!("{more} more: the same with `--after {last}`\n");
        }
        session.output.text(&out)
    }

    /// Refuses parties and profiles that no agreement has, with those that there are.
    fn known(&self, register: &Register) -> Result<(), CliError> {
        let entries = || register.agreements.values();
        let parties: BTreeSet<&str> = entries()
            .flat_map(|entry| entry.parties.iter().map(String::as_str))
            .collect();
        let built_in = Profile::all().into_iter().map(|profile| profile.name);
        let profiles: BTreeSet<String> = entries()
            .map(|entry| entry.profile.clone())
            .chain(built_in)
            .collect();
        let profiles = profiles.iter().map(String::as_str).collect();
        for (option, given, known) in [
            ("party", &self.party, parties),
            ("profile", &self.profile, profiles),
        ] {
            if let Some(given) = given
                && !known.is_empty()
                && !known.contains(given.as_str())
            {
                let known: Vec<_> = known.into_iter().collect();
                return Err(CliError::Usage(format!(
                    "--{option}: there is no `{given}`; expected one of {}",
                    known.join(", ")
                )));
            }
        }
        Ok(())
    }

    /// Those that were asked for, of all in their order, and how many more there are.
    fn page<'a>(
        &self,
        session: &Session,
        mut lines: Vec<ListedAgreement<'a>>,
    ) -> Result<(Vec<ListedAgreement<'a>>, usize), CliError> {
        if let Some(name) = &self.after {
            let id = names::agreement(&session.engine, name)?;
            let at = lines.iter().position(|line| line.id == id);
            let Some(at) = at else {
                return Err(CliError::Usage(format!(
                    "--after: `{name}` is not in this list, so that nothing stands behind it"
                )));
            };
            lines.drain(..=at);
        }
        let has = |text: &str, words: &str| text.to_lowercase().contains(&words.to_lowercase());
        lines.retain(|line| {
            let path = line.path.unwrap_or_default();
            let stands = [
                word(&line.status.text.state),
                word(&line.status.force.state),
            ];
            self.text
                .as_ref()
                .is_none_or(|w| has(line.title, w) || has(path, w))
                && self.party.as_ref().is_none_or(|p| line.parties.contains(p))
                && self.profile.as_ref().is_none_or(|p| line.profile == p)
                && self
                    .status
                    .is_none_or(|state| stands.iter().any(|stands| stands == state))
        });
        let all = lines.len();
        lines.truncate(self.limit.unwrap_or(usize::MAX));
        let more = all - lines.len();
        Ok((lines, more))
    }
}

/// The states of a text and of its force: as JSON has them, and as they are shown.
const STATES: &[(&str, &str)] = &[
    ("absent", "not there"),
    ("draft", "a draft"),
    ("negotiating", "under negotiation"),
    ("adopted", "adopted"),
    ("authenticated", "authenticated"),
    ("abandoned", "given up"),
    ("not_in_force", "not in force"),
    ("not_foreseen", "no entry into force foreseen"),
    ("to_be_in_force", "to be in force"),
    ("provisional", "applied provisionally"),
    ("in_force", "in force"),
    ("suspended", "suspended"),
    ("void", "void from the beginning"),
    ("ended", "ended"),
    ("never", "never in force"),
];

/// The state of these words, by its word in JSON.
fn state(words: &str) -> Result<&'static str, String> {
    let asked = words.trim().to_lowercase();
    let found = STATES
        .iter()
        .find(|(word, shown)| asked == *word || asked == *shown);
    found.map(|(word, _)| *word).ok_or_else(|| {
        let known: Vec<_> = STATES.iter().map(|(_, shown)| *shown).collect();
        format!("expected one of {}", known.join(", "))
    })
}

/// The word of a state in JSON: what it is written as, or what its field for the state holds.
fn word(state: &impl Serialize) -> String {
    match serde_json::to_value(state) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(fields)) => fields["state"].as_str().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::states_of_agreements;

    #[test]
    fn every_state_can_be_asked_for() {
        let known: BTreeSet<_> = STATES.iter().map(|(word, _)| (*word).to_owned()).collect();
        assert_eq!(known, states_of_agreements());
    }

    #[test]
    fn a_state_is_asked_for_as_it_is_shown_and_as_it_is_written() {
        assert_eq!(state("in force"), Ok("in_force"));
        assert_eq!(state("In_force"), Ok("in_force"));
        assert_eq!(state("given up"), Ok("abandoned"));
        assert_eq!(state("draft"), Ok("draft"));
        let refused = state("force").expect_err("no state");
        assert!(refused.contains("not in force, "), "{refused}");
    }
}
