//! `travaux roadmap show`

use clap::Args;

use super::of_the_day;
use crate::{
    args::{AsOf, GlobalArgs, language},
    commands::action::rows,
    error::CliError,
    names,
    screen::table_at,
    session::Session,
    view::{ListedRoadmap, ShownRoadmap, in_brackets},
};

/// Show a roadmap as it stood on a date: its versions, its actions, and how they stand.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux roadmap show plan --as-of 2025-07-15")]
pub(crate) struct Show {
    /// A handle, an id, or the beginning or end of one.
    roadmap: String,
    /// The language of what is shown; the first one on record, where there is no such.
    #[arg(long, default_value = "en")]
    lang: String,
    /// The date, and the knowledge of the roadmap.
    #[command(flatten)]
    asked: AsOf,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::roadmap(&session.engine, &self.roadmap)?;
        let lang = language(&self.lang)?;
        of_the_day(&session, id, &self.asked, |view, asked| {
            let Some(on) = asked.on else { return Ok(()) };
            let Some(shown) = ShownRoadmap::new(id, view, on) else {
                return Ok(());
            };
            if session.output.is_json() {
                return session.output.document(&shown);
            }
            let ShownRoadmap {
                roadmap: listed, ..
            } = &shown;
            let ListedRoadmap { id, title, .. } = listed;
            let mut out = format!("roadmap {id}{}: {title}\n", in_brackets(listed.handle));
            out += &format!("  on {on} in {}: {}\n", listed.zone, listed.standing());
            for version in &shown.versions {
                let count = crate::view::counted(version.actions.len(), "action");
                out += &format!(
                    "  version {} adopted on {}: {count}\n",
                    version.version, version.on
                );
            }
            out += &table_at(2, &rows(&shown.actions, lang));
            for held in &shown.dependencies {
                out += &format!("  {held}\n");
            }
            session.output.text(&out)
        })
    }
}
