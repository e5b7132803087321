//! `travaux in-force`

use clap::Args;
use travaux::{
    domain::{
        StreamId,
        agreement::{Between, declaration::Declared},
    },
    projections::InForceQuestion,
};
use travaux_text::{Digest, ProvisionId};

use super::beside::{self, Other};
use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    names::{self, language},
    output::one_line,
    session::Session,
    view::{self, ShownDeclaration, ShownInForce, in_brackets},
};

/// Show what is in force between two parties on a date, as known at a time, and why.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux in-force 0199 --between FR,MA --as-of 2001-05-01 --known-at 2001-04-01 --lang fr --why"
)]
pub(crate) struct InForce {
    /// A handle, an id, or the beginning or end of one.
    agreement: String,
    /// The two parties.
    #[arg(long, value_name = "A,B", value_delimiter = ',', required = true)]
    between: Vec<String>,
    #[command(flatten)]
    asked: AsOf,
    /// The language.
    #[arg(long)]
    lang: Option<String>,
    /// Say why, with the events that decided it.
    #[arg(long)]
    why: bool,
}

impl InForce {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (id, record) = names::record(&session.engine, &self.agreement)?;
        names::was_known(&record, self.asked.known_at)?;
        let known = self.asked.known_at.map(|at| record.agreement.known_at(at));
        let then = known.as_ref().unwrap_or(&record.agreement);
        let parties = then.all_parties();
        let [a, b] = &self.between[..] else {
            return Err(CliError::Usage(format!(
                "--between: expected two parties, found {}",
                self.between.len()
            )));
        };
        for party in [a, b] {
            if !parties
                .iter()
                .any(|known| known.0.as_str() == party.as_str())
            {
                let names: Vec<_> = parties.iter().map(ToString::to_string).collect();
                return Err(CliError::Usage(format!(
                    "there is no party `{party}`: the parties are {}",
                    names.join(", ")
                )));
            }
        }
        if a == b {
            return Err(CliError::Usage(format!(
                "--between: expected two parties, found `{a}` twice"
            )));
        }
        let lang = language(&record, self.lang.as_deref())?;
        let on = self.asked.on(session.today());
        let between = (a.as_str().into(), b.as_str().into());
        let mut answer = record.in_force_between(InForceQuestion {
            on,
            known_at: self.asked.known_at,
            between,
        });
        let text = record.print_in_force(&answer, lang);
        let handle = names::handle_of(&session.engine, StreamId::Agreement(id))?;
        let Between {
            inoperative, only, ..
        } = &answer.between;
        let parts: Vec<String> = match inoperative.is_empty() && only.is_empty() {
            true => Vec::new(),
            false => {
                let current = record.agreement.current();
                let known = names::provisions(&session.engine, (id, &record), current, lang)?;
                let says = |what: &'static str| {
                    let known = &known;
                    move |id: &ProvisionId| format!("{what}: {}\n", known.words(*id))
                };
                let inoperative = inoperative.iter();
                let inoperative = inoperative.map(says("does not operate between the two"));
                inoperative
                    .chain(only.iter().map(says("operates alone between the two")))
                    .collect()
            }
        };
        let (party, other) = (a.as_str().into(), b.as_str().into());
        let known_at = answer.question.known_at;
        let beside = beside::governs(&session, (then, id), (&party, &other), (on, known_at))?;
        let title = record
            .agreement
            .identity
            .as_ref()
            .map(|i| i.title.clone())
            .unwrap_or_default();
        drop(record);
        let declared = &answer.between.declarations;
        let declared: String = declared.iter().map(declared_by).collect();
        let mut declarations = Vec::new();
        // Where its events stand in the log is asked of the log only where they are told.
        if self.why || session.output.is_json() {
            let positions = names::positions(&session.engine, StreamId::Agreement(id))?;
            for reason in &mut answer.between.reasons {
                reason.event = reason.event.and_then(|event| positions.of(event));
            }
            for own in std::mem::take(&mut answer.between.declarations) {
                let event = positions.of(own.event);
                declarations.push(ShownDeclaration::new(own, event));
            }
            let events = answer.events.iter();
            answer.events = events.filter_map(|event| positions.of(*event)).collect();
        }
        if session.output.is_json() {
            let sha256 = text.as_ref().map(|t| Digest::of(t.as_bytes()));
            let between = answer.between;
            return session.output.document(&ShownInForce {
                id,
                handle,
                lang,
                question: answer.question,
                status: answer.status,
                force: between.force.into(),
                changes: between.changes,
                others_only: between.others_only,
                reservations: between.reservations,
                declarations,
                inoperative: between.inoperative,
                only: between.only,
                beside: beside.into_iter().map(Other::shown).collect(),
                reasons: between.reasons,
                applied: answer.applied,
                events: answer.events,
                sha256,
                text,
            });
        }
        let known = answer
            .question
            .known_at
            .map(|t| format!(", as known at {}", view::instant(t)))
            .unwrap_or_default();
        let title = one_line(&title);
        let mut out = format!(
            "{title}{} [{lang}]\non {on}{known}: {}\nbetween {a} and {b}: {}\n",
            in_brackets(handle.as_ref()),
            answer.status,
            answer.between.force
        );
        out += &parts.concat();
        out += &declared;
        out += &beside.iter().map(Other::words).collect::<String>();
        if self.why {
            out += "why:\n";
            for reason in &answer.between.reasons {
                let event = reason
                    .event
                    .map(|event| format!(", event {event}"))
                    .unwrap_or_default();
                let what = one_line(&reason.what);
                out += &format!("  {what} [{}{event}]\n", reason.rule);
            }
        }
        out += "\n";
        out += &text.unwrap_or_else(|| "(no text is in force between the two)\n".to_owned());
        session.output.text(&out)
    }
}

/// A declaration of one of the two, in a line.
fn declared_by(own: &Declared) -> String {
    let what = own.declares.describe(&own.words);
    format!("{} declares: {}\n", own.by, one_line(&what))
}
