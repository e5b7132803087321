//! `travaux action`

mod list;
mod parts;
mod propose;
mod revise;
mod show;

use clap::Subcommand;
use travaux::domain::partnership::in_language;
use travaux_text::Lang;

use super::verbs::ActionVerb;
use crate::{args::GlobalArgs, error::CliError, view::ListedAction};

/// Actions of a roadmap: who does what by when, and what others say of it.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Action {
    Propose(propose::Propose),
    Revise(revise::Revise),
    List(list::List),
    Show(show::Show),
    /// What is done to one that was proposed.
    #[command(flatten)]
    Verb(ActionVerb),
}

impl Action {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Propose(command) => command.run(globals),
            Self::Revise(command) => command.run(globals),
            Self::List(command) => command.run(globals),
            Self::Show(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
        }
    }
}

/// Actions as rows of a table.
pub(super) fn rows(actions: &[ListedAction<'_>], lang: Lang) -> Vec<Vec<String>> {
    let row = |action: &ListedAction<'_>| {
        let leads: Vec<_> = action.leads.iter().map(|l| l.party.to_string()).collect();
        vec![
            action.key.to_string(),
            leads.join(","),
            action.lifecycle.to_string(),
            action.progress(),
            due(action),
            action.timing_is().to_string(),
            in_language(action.title, lang).to_owned(),
        ]
    };
    actions.iter().map(row).collect()
}

/// When an action is due, and by how much it was moved.
pub(super) fn due(action: &ListedAction<'_>) -> String {
    let due = action.due.map_or("-".to_owned(), |due| due.to_string());
    match (action.slip_to_first, action.moves) {
        (_, 0) => due,
        (Some(days), moves) => {
            let moved = crate::view::counted(moves, "move");
            format!("{due} ({days:+} d, {moved})")
        }
        (None, moves) => format!("{due} ({})", crate::view::counted(moves, "move")),
    }
}
