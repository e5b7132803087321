//! `travaux body competence`

use clap::Args;
use travaux::{
    domain::{
        Name,
        body::{Matter, Verb},
    },
    projections::Asked,
};

use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    names,
    session::Session,
    view::ShownCompetent,
};

/// Ask whether a body may do something on a date, as known at a time: yes or no, with the clause.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux body competence group --verb recommend --subject passes --as-of 2025-02-01"
)]
pub(crate) struct Competence {
    /// The body: a handle, an id, or the beginning or end of one.
    body: String,
    /// What it would do: monitor, exchange-information, examine, recommend, decide, amend-annexes,
    /// adopt-own-rules, set-up-sub-bodies, settle, reference-mechanism.
    #[arg(long, value_parser = verb)]
    verb: Verb,
    /// About what, by its key.
    #[arg(long)]
    subject: Option<Name>,
    /// The date, and the knowledge of the body and of its agreements.
    #[command(flatten)]
    asked: AsOf,
}

/// A verb of the closed list.
fn verb(word: &str) -> Result<Verb, String> {
    let wanted = word.replace('-', "_");
    let found = Verb::ALL.into_iter().find(|verb| verb.name() == wanted);
    found.ok_or_else(|| {
        let all: Vec<_> = Verb::ALL
            .iter()
            .map(|verb| verb.name().replace('_', "-"))
            .collect();
        format!("expected one of {}", all.join(", "))
    })
}

impl Competence {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::body(engine, &self.body)?;
        let (on, asked) = self.asked.asked(session.today());
        let known_at = asked.known_at;
        let dossiers = engine.dossiers()?;
        // Before it was established, what is known of it says so.
        let whenever = Asked { on: None, known_at };
        let view = dossiers.bodies.get(&id);
        let view = view.and_then(|view| view.as_of(asked).or_else(|| view.as_of(whenever)));
        let state = view.map(|view| view.state.clone()).unwrap_or_default();
        let mut agreements = Vec::new();
        for agreement in state.rests_on() {
            agreements.push((agreement, engine.record(agreement)?));
        }
        let matter = Matter {
            verb: self.verb,
            subject: self.subject.as_ref(),
            annexes: &[],
            by: None,
            on,
            known_at,
        };
        let answer = state.competent(&matter, |wanted| {
            let known = agreements.iter().find(|(id, _)| *id == wanted);
            known.map(|(_, record)| &*record.agreement)
        });
        let shown = ShownCompetent {
            body: id,
            on,
            known_at,
            verb: self.verb,
            subject: self.subject.as_ref(),
            yes: answer.yes,
            competence: answer.competence,
            clause: answer.clause,
            why: answer.why,
        };
        if session.output.is_json() {
            return session.output.document(&shown);
        }
        let word = if shown.yes { "yes" } else { "no" };
        session.output.text(&format!("{word}: {}\n", shown.why))
    }
}
