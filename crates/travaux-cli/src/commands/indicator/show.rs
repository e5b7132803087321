//! `travaux indicator show`

use std::fmt::Write as _;

use clap::Args;
use travaux::domain::{
    indicator::{Definition, Indicator},
    partnership::{Words, in_language},
};
use travaux_text::Lang;

use crate::{
    args::{AsOf, GlobalArgs, language},
    commands::{meeting, stood::not_there},
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{self, ShownIndicator, in_brackets},
};

/// Show an indicator as it stood on a date: all versions of its definition.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux indicator show passes --as-of 2024-12-31")]
pub(crate) struct Show {
    /// A handle, an id, or the beginning or end of one.
    indicator: String,
    /// The language of what is shown; the first one on record, where there is no such.
    #[arg(long, default_value = "en")]
    lang: String,
    /// The date, and the knowledge of the indicator.
    #[command(flatten)]
    asked: AsOf,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::indicator(&session.engine, &self.indicator)?;
        let lang = language(&self.lang)?;
        let (_, asked) = self.asked.asked(session.today());
        let dossiers = session.engine.dossiers()?;
        let view = dossiers.indicators.get(&id);
        let then = view.and_then(|view| Some((view, view.as_of(asked)?)));
        let (view, then) = then.ok_or_else(|| not_there(&session, "indicator", asked))?;
        let Some(shown) = ShownIndicator::new(id, view, &then) else {
            return Ok(());
        };
        if session.output.is_json() {
            return session.output.document(&shown);
        }
        let line = &shown.indicator;
        let called = in_brackets(line.handle.as_ref());
        let mut out = format!("{}{called}\n", one_line(&line.name));
        let handles = names::by_stream(&session.engine)?;
        out += &view::in_words(&told(&then.state, lang), &handles);
        let items: Vec<_> = shown.follows.iter().collect();
        out += &meeting::follows(&handles, "  ", &items);
        session.output.text(&out)
    }
}

/// All versions, what each changes, and what the last one says.
fn told(indicator: &Indicator, lang: Lang) -> String {
    let mut out = String::new();
    let mut before: Option<&Definition> = None;
    for (version, adopted) in &indicator.adopted {
        let (from, on) = (adopted.from, adopted.at.on);
        let _ = writeln!(out, "  {version}: adopted {on}, for periods from {from} on");
        for change in before
            .map(|before| before.changes(&adopted.definition))
            .unwrap_or_default()
        {
            let _ = writeln!(out, "    {change}");
        }
        before = Some(&adopted.definition);
    }
    for (version, draft) in &indicator.drafts {
        let (by, on) = (&draft.by, draft.at.on);
        let _ = writeln!(out, "  {version}: drafted by {by} on {on}");
    }
    let Some((version, definition)) = indicator.definition() else {
        return out;
    };
    let words = |words: &Words| one_line(in_language(words, lang)).into_owned();
    let concept = |concept: &travaux::domain::indicator::Concept| {
        format!("{} ({})", words(&concept.words), concept.key)
    };
    let _ = writeln!(out, "  as {version} has it");
    let power = match definition.multiplier {
        0 => String::new(),
        power => format!(", times 10^{power}"),
    };
    let year = definition
        .year_start
        .map(|start| format!(", years from {start} on"));
    let names = |names: Vec<String>| names.join(", ");
    let mut rows = vec![
        ("unit", format!("{}{power}", concept(&definition.unit))),
        (
            "how often",
            format!("{}{}", definition.frequency, year.unwrap_or_default()),
        ),
        ("of whom", concept(&definition.population)),
        ("by which date", concept(&definition.reference_event)),
        ("method", concept(&definition.method)),
        (
            "reported by",
            names(
                definition
                    .reporters
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
            ),
        ),
        ("told", definition.course.to_string()),
        (
            "tolerance",
            format!(
                "{} and {} of the larger",
                definition.tolerance.absolute, definition.tolerance.relative
            ),
        ),
    ];
    if let Some(ratio) = &definition.ratio {
        let of =
            |r: &travaux::domain::indicator::IndicatorRef| format!("{}@{}", r.indicator, r.version);
        rows.push((
            "share",
            format!("{} of {}", of(&ratio.numerator), of(&ratio.denominator)),
        ));
    }
    let categories = definition
        .categories
        .iter()
        .map(|category| category.key.to_string());
    let attributes = definition
        .attributes
        .iter()
        .map(|attribute| attribute.key.to_string());
    for (what, keys) in [
        ("categories", names(categories.collect())),
        ("attributes", names(attributes.collect())),
    ] {
        if !keys.is_empty() {
            rows.push((what, keys));
        }
    }
    if !definition.clauses.is_empty() {
        let clauses = definition.clauses.iter();
        let clauses = clauses.map(|clause| one_line(&clause.to_string()).into_owned());
        rows.push(("tells of", clauses.collect::<Vec<_>>().join("; ")));
    }
    for (what, is) in rows {
        let _ = writeln!(out, "    {what}: {is}");
    }
    out
}
