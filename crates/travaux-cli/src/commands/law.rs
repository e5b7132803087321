//! `travaux law`

use std::path::Path;

use clap::Args;
use travaux::domain::{Profile, Rule};
use travaux_import::scenario::read_profile;

use crate::{args::GlobalArgs, error::CliError, input::read_text, screen::table, view::LawRow};

/// Show the rules that decisions rest on: all, or one row such as C8.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux law E13")]
pub(crate) struct Law {
    /// The row.
    row: Option<String>,
    /// Only the rows of a profile: a built-in one, or a file (*.json).
    #[arg(long)]
    profile: Option<String>,
}

impl Law {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let output = globals.output();
        let profile = self.profile.as_deref().map(find).transpose()?;
        let rows: Vec<Rule> = match &self.row {
            Some(row) => vec![
                row.parse()
                    .map_err(|e: travaux::domain::UnknownRule| CliError::Usage(e.to_string()))?,
            ],
            None => Rule::all().collect(),
        };
        let kind = |rule: Rule| profile.as_ref().map_or(Some(rule.kind()), |p| p.kind(rule));
        let lines: Vec<LawRow> = rows
            .into_iter()
            .filter_map(|rule| {
                Some(LawRow {
                    row: rule.name(),
                    law: rule.law(),
                    kind: kind(rule)?,
                    arrangement: rule.in_arrangements(),
                    says: rule.says(),
                    left_out: rule.left_out(),
                })
            })
            .collect();
        if let (Some(row), Some(profile), true) = (&self.row, &profile, lines.is_empty()) {
            return Err(CliError::Usage(format!(
                "profile `{}` leaves {row} out",
                profile.name
            )));
        }
        if output.is_json() {
            return output.lines(lines);
        }
        let row = |l: &LawRow| {
            vec![
                l.row.to_owned(),
                l.kind.to_string(),
                l.law.to_owned(),
                l.says.to_owned(),
            ]
        };
        let head = ["ROW", "KIND", "LAW", "RULE"].map(str::to_owned).to_vec();
        output.text(&table(
            &[vec![head], lines.iter().map(row).collect()].concat(),
        ))
    }
}

fn find(name: &str) -> Result<Profile, CliError> {
    if name.ends_with(".json") {
        return Ok(read_profile(name, &read_text(Path::new(name))?)?);
    }
    Profile::named(name).ok_or_else(|| {
        let known: Vec<_> = Profile::all().into_iter().map(|p| p.name).collect();
        CliError::Usage(format!(
            "there is no rule profile `{name}`: expected one of {}, or a file",
            known.join(", ")
        ))
    })
}
