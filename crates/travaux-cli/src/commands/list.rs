//! `travaux list`

use clap::Args;
use serde::Serialize;
use travaux::{domain::AgreementId, projections::RegisterEntry};

use crate::{args::GlobalArgs, error::CliError, output::table, session::Session};

#[derive(Serialize)]
struct Line<'a> {
    id: AgreementId,
    #[serde(flatten)]
    entry: &'a RegisterEntry,
}

/// List the agreements.
#[derive(Debug, Args)]
pub(crate) struct List;

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let register = session.engine.register()?;
        let mut entries: Vec<_> = register.agreements.iter().collect();
        entries.sort_by(|a, b| (&a.1.path, &a.1.title, a.0).cmp(&(&b.1.path, &b.1.title, b.0)));
        if session.output.is_json() {
            return session
                .output
                .lines(entries.iter().map(|(id, entry)| Line { id: **id, entry }));
        }
        let mut rows = vec![
            ["ID", "REVISIONS", "TEXT", "TITLE"]
                .map(str::to_owned)
                .to_vec(),
        ];
        for (id, e) in entries {
            let state = if e.ended {
                "ended".to_owned()
            } else if e.in_force {
                "in force".to_owned()
            } else {
                e.text.clone()
            };
            let title = e
                .path
                .clone()
                .map_or(e.title.clone(), |path| format!("{path} — {}", e.title));
            rows.push(vec![id.to_string(), e.revisions.to_string(), state, title]);
        }
        if rows.len() == 1 {
            return session.output.text(
                "no agreements yet: `travaux import git SOURCE` or `travaux propose FILE`\n",
            );
        }
        session.output.text(&table(&rows))
    }
}
