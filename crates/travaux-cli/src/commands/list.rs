//! `travaux list`

use clap::Args;

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
    /// Only those whose text or force stands so, such as 'draft' or 'in force'.
    #[arg(long, value_name = "WORDS")]
    status: Option<String>,
    /// At most so many.
    #[arg(long, value_name = "N", value_parser = crate::args::number::<usize>)]
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
        let lines = self.page(&session, lines)?;
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
        session.output.text(&table(&rows))
    }

    /// Those that were asked for, of all in their order.
    fn page<'a>(
        &self,
        session: &Session,
        mut lines: Vec<ListedAgreement<'a>>,
    ) -> Result<Vec<ListedAgreement<'a>>, CliError> {
        if let Some(name) = &self.after {
            let id = names::agreement(&session.engine, name)?;
            let at = lines.iter().position(|line| line.id == id);
            lines.drain(..at.map_or(0, |at| at + 1));
        }
        let has = |text: &str, words: &str| text.to_lowercase().contains(&words.to_lowercase());
        lines.retain(|line| {
            let path = line.path.unwrap_or_default();
            let stands = [line.status.text.to_string(), line.status.force.to_string()];
            self.text
                .as_ref()
                .is_none_or(|w| has(line.title, w) || has(path, w))
                && self.party.as_ref().is_none_or(|p| line.parties.contains(p))
                && self.profile.as_ref().is_none_or(|p| line.profile == p)
                && self
                    .status
                    .as_ref()
                    .is_none_or(|w| stands.iter().any(|s| has(s, w)))
        });
        lines.truncate(self.limit.unwrap_or(usize::MAX));
        Ok(lines)
    }
}
