//! `travaux meeting show`

use clap::Args;
use travaux::{
    domain::{meeting::Meeting, partnership::in_language},
    projections::Asked,
};

use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{self, ShownMeeting, in_brackets},
};

/// Show a meeting as it stood on a date: agenda, participants, what was agreed, what became of it.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux meeting show rabat --as-of 2025-06-01")]
pub(crate) struct Show {
    /// A handle, an id, or the beginning or end of one.
    meeting: String,
    /// The language of what is shown; the first one on record, where there is no such.
    #[arg(long, default_value = "en")]
    lang: String,
    /// The date, and the knowledge of the meeting.
    #[command(flatten)]
    asked: AsOf,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::meeting(engine, &self.meeting)?;
        let lang = travaux_text::Lang::parse(&self.lang)
            .map_err(|e| CliError::Usage(format!("--lang: {e}")))?;
        let on = self.asked.on(session.today());
        let asked = Asked {
            on: Some(on),
            known_at: self.asked.known_at,
        };
        let dossiers = engine.dossiers()?;
        let view = dossiers.meetings.get(&id);
        let Some(view) = view.and_then(|view| view.as_of(asked)) else {
            let at = asked.known_at.unwrap_or_else(|| engine.now());
            let at = view::instant(at);
            let text = format!("on {on}, as known at {at}, there is no such meeting");
            return Err(CliError::Usage(text));
        };
        let Some(shown) = ShownMeeting::new(id, &view, &dossiers, asked) else {
            return Ok(());
        };
        if session.output.is_json() {
            return session.output.document(&shown);
        }
        let called = in_brackets(view.handle.as_ref());
        session
            .output
            .text(&render(&shown, &view.state, &called, lang))
    }
}

/// A meeting for people.
fn render(
    shown: &ShownMeeting<'_>,
    state: &Meeting,
    called: &str,
    lang: travaux_text::Lang,
) -> String {
    let words = |words| one_line(in_language(words, lang)).into_owned();
    let line = &shown.meeting;
    let mut out = format!("{}{called}\n", one_line(line.title));
    out += &format!("  {}: {}\n", line.kind, line.status);
    out += &format!("  when:  {}\n", line.start);
    out += &format!("  where: {}\n", one_line(line.place));
    for holder in line.chair {
        out += &format!("  chair: {}, {}\n", holder.party, one_line(&holder.office));
    }
    for entry in &shown.agenda {
        let outcome = entry.outcome.as_ref();
        let outcome = outcome.map_or("open".to_owned(), ToString::to_string);
        let title = words(entry.title);
        out += &format!(
            "  agenda: {} ({title}): {}\n",
            entry.key,
            one_line(&outcome)
        );
    }
    for participant in shown.participants {
        let who = &participant.who;
        let name = who
            .name
            .as_ref()
            .map_or(String::new(), |n| format!(", {n}"));
        let office = one_line(&who.office);
        out += &format!(
            "  present: {}, {office}{name} ({})\n",
            who.party, participant.capacity
        );
    }
    for (source, announced) in shown.announced.iter().map(|a| (a.source, a.words)) {
        out += &format!("  announced: {} ({})\n", words(announced), one_line(source));
    }
    for item in &shown.items {
        out += &format!("  item {}: {}\n", item.key, words(item.words));
        let provisional = if shown.provisional {
            ", provisional"
        } else {
            ""
        };
        out += &format!(
            "    {}, {}{provisional}; {}\n",
            item.mode, item.evidence, item.status
        );
        for by in &item.followed_up {
            out += &format!("    followed up by {by}\n");
        }
        for meeting in &item.restated_at {
            out += &format!("    repeated at meeting {meeting}\n");
        }
    }
    for of in &shown.follows {
        out += &format!("  follows up {of}\n");
    }
    for of in &shown.restated {
        out += &format!("  repeated {of}\n");
    }
    for (statement, at) in &state.statements {
        let issuers: Vec<_> = statement.issuers.iter().map(ToString::to_string).collect();
        let whose = match &issuers[..] {
            [only] => format!("of {only} alone"),
            several => format!("joint, of {}", several.join(", ")),
        };
        let text = words(&statement.words);
        out += &format!(
            "  statement {} ({whose}, {}): {text}\n",
            statement.key, at.on
        );
    }
    for correction in shown.corrections {
        let (was, is) = (one_line(&correction.was), one_line(&correction.is));
        let (ground, on) = (one_line(&correction.ground), correction.at.on);
        out += &format!("  corrected on {on}: \"{was}\" reads \"{is}\" ({ground})\n");
    }
    out
}
