//! `travaux request show`

use clap::Args;

use super::{content::vault, reader::ReaderArgs};
use crate::{
    args::GlobalArgs,
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{self, ShownRequest, in_brackets},
};

/// Show a request, or an offer, as it stood at an instant: its clock, its parts, its contents.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux request show fr-2025-0017 --as-reader MA --cleared fr:secret"
)]
pub(crate) struct Show {
    /// A handle, an id, or the beginning or end of one.
    request: String,
    #[command(flatten)]
    reader: ReaderArgs,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::request(engine, &self.request)?;
        let (asked, instant) = (
            self.reader.when.asked(&session),
            self.reader.when.instant(&session),
        );
        let (reader, vault) = (self.reader.reader()?, vault(globals));
        let dossiers = engine.dossiers()?;
        let view = dossiers
            .requests
            .get(&id)
            .and_then(|view| view.as_of(asked));
        let known = view.filter(|view| {
            let known = |party| view.state.is_known_to(party);
            reader.as_ref().is_none_or(|reader| known(&reader.party))
        });
        // Who has nothing to do with it gets the answer of one that is not there.
        let Some(view) = known else {
            let at = view::instant(instant);
            let text = format!("at {at} there is no such request; ask for a later time");
            return Err(CliError::Usage(text));
        };
        let open = |digest| match &reader {
            Some(reader) => vault.open(digest, &reader.party.0),
            None => Ok(None),
        };
        let shown = ShownRequest::new((id, &view), &dossiers, (instant, reader.as_ref()), &open)?;
        let Some(shown) = shown else {
            return Ok(());
        };
        if session.output.is_json() {
            return session.output.document(&shown);
        }
        session.output.text(&told(&shown))
    }
}

fn told(shown: &ShownRequest<'_>) -> String {
    let line = &shown.request;
    let to: Vec<_> = line.to.iter().map(ToString::to_string).collect();
    let late = if line.overdue { ", late" } else { "" };
    let mut out = format!(
        "{}{}: {} to {}\n",
        line.reference,
        in_brackets(line.handle),
        line.by,
        to.join(", ")
    );
    out += &format!("  {}{late}\n", line.status);
    if let Some(due) = line.due {
        let limit = shown.limit.as_deref().unwrap_or_default();
        out += &format!("  due:   {} ({limit})\n", view::instant(due));
    }
    for because in &shown.because {
        out += &format!("         {because}\n");
    }
    if let (Some(used), Some(stopped)) = (shown.used_minutes, shown.stopped_minutes) {
        out += &format!("  clock: {used} minutes used, {stopped} standing still\n");
    }
    for deviation in &shown.deviations {
        let (on, ground, expected) = (deviation.on, deviation.ground, deviation.expected);
        out += &format!("  put off on {on} ({ground}): expected by {expected}\n");
    }
    for part in &shown.parts {
        out += &format!("  part {}: {}\n", part.key, one_line(&part.outcome));
    }
    for content in &shown.contents {
        let (key, by, marking) = (content.key, content.by, &content.marking);
        out += &format!("  content {key} of {by}: {marking}\n");
        match (&content.words, &content.erased, content.withheld) {
            (Some(words), ..) => {
                for line in words.lines() {
                    out += &format!("    | {}\n", one_line(line));
                }
            }
            (None, Some(erased), _) => {
                let (by, on, ground) = (erased.by, erased.on, erased.ground);
                out += &format!("    erased by {by} on {on} ({ground})\n");
            }
            (None, None, true) => out += "    withheld\n",
            (None, None, false) => {}
        }
    }
    out
}
