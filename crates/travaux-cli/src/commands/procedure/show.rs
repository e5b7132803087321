//! `travaux procedure show`

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    domain::{
        ProcedureId, Version,
        partnership::in_language,
        procedure::{Procedure, ProcedureStep, StepTable},
    },
    projections::{Asked, DossierView},
};
use travaux_text::Lang;

use crate::{
    args::{AsOf, GlobalArgs, language},
    commands::{meeting, stood::not_there},
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{ShownProcedure, in_brackets},
};

/// Show a procedure as it stood on a date: its versions and drafts, and the steps of one of them.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux procedure show passes --as-of 2025-06-01")]
pub(crate) struct Show {
    /// A handle, an id, or the beginning or end of one.
    procedure: String,
    /// The version, or the draft, whose steps are shown; that in force, else the latest.
    #[arg(long)]
    version: Option<Version>,
    /// The language of what is shown; the first one on record, where there is no such.
    #[arg(long, default_value = "en")]
    lang: String,
    /// The date, and the knowledge of the procedure.
    #[command(flatten)]
    asked: AsOf,
}

/// The procedure as it stood on a day; what to ask instead, where it was not there.
pub(super) fn stood<'a>(
    session: &Session,
    dossiers: &'a travaux::projections::Dossiers,
    id: ProcedureId,
    asked: Asked,
) -> Result<std::borrow::Cow<'a, DossierView<Procedure>>, CliError> {
    let view = dossiers.procedures.get(&id);
    view.and_then(|view| view.as_of(asked))
        .ok_or_else(|| not_there(session, "procedure", asked))
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::procedure(engine, &self.procedure)?;
        let lang = language(&self.lang)?;
        let (on, asked) = self.asked.asked(session.today());
        let dossiers = engine.dossiers()?;
        let view = stood(&session, &dossiers, id, asked)?;
        let chosen = chosen(&view.state, self.version.as_ref(), on)?;
        let Some(shown) = ShownProcedure::new(id, &view, on, chosen) else {
            return Ok(());
        };
        if session.output.is_json() {
            return session.output.document(&shown);
        }
        let mut out = told(&shown, chosen.1, lang);
        out += &meeting::follows(&names::by_stream(engine)?, "  ", &shown.follows);
        session.output.text(&out)
    }
}

/// The steps of a version or a draft: of that in force, else of the latest, if none is named.
fn chosen<'a>(
    state: &'a Procedure,
    named: Option<&Version>,
    on: NaiveDate,
) -> Result<(Option<&'a Version>, &'a StepTable), CliError> {
    let adopted = state.adopted.iter().map(|(label, a)| (label, &a.table));
    let drafts = state.drafts.iter().map(|(label, d)| (label, &d.table));
    let mut all = adopted.chain(drafts);
    let wanted = named.or(state.in_force(on).map(|(label, _)| label));
    let wanted = wanted.or(state.adopted.keys().next_back());
    let wanted = wanted.or(state.latest_draft(None));
    let found = all.find(|(label, _)| Some(*label) == wanted);
    let found = found.map(|(label, table)| (Some(label), table));
    found.ok_or_else(|| {
        let labels = state.adopted.keys().chain(state.drafts.keys());
        let labels: Vec<_> = labels.map(ToString::to_string).collect();
        CliError::Usage(format!(
            "--version: expected one of {}, found `{}`",
            labels.join(", "),
            wanted.map_or_else(String::new, ToString::to_string)
        ))
    })
}

fn told(shown: &ShownProcedure<'_>, table: &StepTable, lang: Lang) -> String {
    let line = &shown.procedure;
    let title = one_line(in_language(&table.title, lang)).into_owned();
    let mut out = format!("{title}{}\n", in_brackets(line.handle));
    out += &format!(
        "  {}; {} of {} cases open\n",
        line.status, line.open, line.cases
    );
    for version in &shown.versions {
        out += &format!(
            "  version {}: {}, adopted on {}, from {} on\n",
            version.label, version.status, version.on, version.from
        );
    }
    for draft in &shown.drafts {
        let base = draft
            .base
            .map_or(String::new(), |base| format!(" on {base}"));
        out += &format!(
            "  draft {}{base}: by {}, {}\n",
            draft.label, draft.by, draft.on
        );
    }
    if let Some(from) = shown.superseded_from {
        out += &format!("  superseded from {from} on\n");
    }
    for (party, zone) in &shown.zones {
        out += &format!("  calendar of {party}: {zone}\n");
    }
    if let Some(version) = shown.shown {
        out += &format!("  steps of {version}\n");
    }
    for step in &table.steps {
        out += &told_step(step, lang);
    }
    out
}

fn told_step(step: &ProcedureStep, lang: Lang) -> String {
    let words = one_line(in_language(&step.words, lang)).into_owned();
    let optional = if step.optional { ", optional" } else { "" };
    let mut out = format!("    {} ({words}): {}{optional}\n", step.key, step.actor);
    match step.limit.within() {
        None => out += "      no limit\n",
        Some(_) => {
            out += &format!("      within {}, {}\n", step.limit, step.starts);
            out += &format!("      silence: {}\n", step.silence);
        }
    }
    for input in &step.inputs {
        let proofs: Vec<_> = input.accepts.iter().map(|proof| &*proof.key).collect();
        let proofs = match &proofs[..] {
            [] => String::new(),
            some => format!(": {}", some.join(", ")),
        };
        out += &format!("      needs {}{proofs}\n", input.key);
    }
    for output in &step.outputs {
        out += &format!("      gives {}\n", output.key);
    }
    for outcome in &step.outcomes {
        out += &format!(
            "      {} ({}): {}\n",
            outcome.key, outcome.gives, outcome.leads
        );
    }
    out
}
