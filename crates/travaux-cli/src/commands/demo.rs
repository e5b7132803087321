//! `travaux demo`: the founding scenario, played into a fresh store, and its audit.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate};
use clap::Args;
use travaux::{
    FixedClock, Ports, RandomIds,
    blocking::Engine,
    domain::{Revision, StreamId},
    projections::{AgreementRecord, Moment, TextQuestion},
};
use travaux_import::{
    InputError,
    scenario::{Cast, Scenario},
};
use travaux_text::{Lang, PlainRenderer, Renderer as _};

use crate::{
    args::GlobalArgs,
    commands::framework,
    error::CliError,
    names, session,
    view::{self, Audited},
};

/// The files of the scenario, as they stand in `examples/founding/`.
const FILES: &[(&str, &str)] = &[
    (
        "civil-protection/2-forest-fires.json",
        include_str!("../../../../examples/founding/civil-protection/2-forest-fires.json"),
    ),
    (
        "civil-protection/ar.md",
        include_str!("../../../../examples/founding/civil-protection/ar.md"),
    ),
    (
        "civil-protection/en.md",
        include_str!("../../../../examples/founding/civil-protection/en.md"),
    ),
    (
        "civil-protection/fr.md",
        include_str!("../../../../examples/founding/civil-protection/fr.md"),
    ),
    (
        "civil-protection/manifest.json",
        include_str!("../../../../examples/founding/civil-protection/manifest.json"),
    ),
    (
        "migration/2-reference-framework.json",
        include_str!("../../../../examples/founding/migration/2-reference-framework.json"),
    ),
    (
        "migration/ar.md",
        include_str!("../../../../examples/founding/migration/ar.md"),
    ),
    (
        "migration/en.md",
        include_str!("../../../../examples/founding/migration/en.md"),
    ),
    (
        "migration/fr.md",
        include_str!("../../../../examples/founding/migration/fr.md"),
    ),
    (
        "migration/manifest.json",
        include_str!("../../../../examples/founding/migration/manifest.json"),
    ),
    (
        "security/2-time-limit.json",
        include_str!("../../../../examples/founding/security/2-time-limit.json"),
    ),
    (
        "security/3-urgent.json",
        include_str!("../../../../examples/founding/security/3-urgent.json"),
    ),
    (
        "security/4-major-events.json",
        include_str!("../../../../examples/founding/security/4-major-events.json"),
    ),
    (
        "security/5-correction.json",
        include_str!("../../../../examples/founding/security/5-correction.json"),
    ),
    (
        "security/ar.md",
        include_str!("../../../../examples/founding/security/ar.md"),
    ),
    (
        "security/en.md",
        include_str!("../../../../examples/founding/security/en.md"),
    ),
    (
        "security/fr.md",
        include_str!("../../../../examples/founding/security/fr.md"),
    ),
    (
        "security/manifest.json",
        include_str!("../../../../examples/founding/security/manifest.json"),
    ),
];

const SCENARIO: &str = include_str!("../../../../examples/founding/scenario.json");

fn read(name: &str) -> Result<String, InputError> {
    let found = FILES.iter().find(|(file, _)| *file == name);
    found
        .map(|(_, text)| (*text).to_owned())
        .ok_or_else(|| InputError::Missing {
            name: name.to_owned(),
            beside: None,
        })
}

/// Play the founding scenario into a fresh store and audit it.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux demo --keep demo-store")]
pub(crate) struct Demo {
    /// Keep the store here instead of in a temporary folder.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

impl Demo {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let output = globals.output();
        let keep = self.keep.as_deref();
        let temporary = std::env::temp_dir().join(format!("travaux-demo-{}", uuid::Uuid::new_v4()));
        let path = keep.unwrap_or(&temporary);
        if path.join("FORMAT").exists() {
            return Err(CliError::Usage(format!(
                "{} holds a store already: the demo wants a fresh one",
                path.display()
            )));
        }
        let told = play(path);
        if keep.is_none() {
            // The store is closed by now; what could not be deleted stays in the system's temporary folder.
            let _ = std::fs::remove_dir_all(&temporary);
        }
        output.text(&told?)?;
        if let Some(keep) = keep {
            output.text(&format!(
                "\nThe store is kept: travaux --store {} list\n",
                keep.display()
            ))?;
        }
        Ok(())
    }
}

fn play(path: &Path) -> Result<String, CliError> {
    let clock = Arc::new(FixedClock::starting(DateTime::UNIX_EPOCH));
    let ports = Ports {
        clock: Arc::<FixedClock>::clone(&clock),
        ids: Arc::new(RandomIds),
    };
    let engine = session::engine(path, ports)?;
    let scenario = Scenario::parse(SCENARIO)?;
    let cast = scenario.play(&engine, &clock, &read)?;
    engine.save()?;
    tell(&engine, &scenario, &cast)
}

fn section(title: &str) -> String {
    format!(
        "\n── {title} {}\n\n",
        "─".repeat(76usize.saturating_sub(title.chars().count()))
    )
}

fn tell(engine: &Engine, scenario: &Scenario, cast: &Cast) -> Result<String, CliError> {
    let mut out = format!("{}\n", scenario.title);
    let security = cast.agreements["security"];
    let framework_id = cast.frameworks["framework"];
    let fr = Lang::parse("fr").map_err(|e| CliError::Usage(e.to_string()))?;

    out += &section("What happened");
    let mut streams = vec![StreamId::Framework(framework_id)];
    streams.extend(cast.packages.values().map(|id| StreamId::Package(*id)));
    streams.extend(cast.others.values());
    streams.extend(cast.agreements.values().map(|id| StreamId::Agreement(*id)));
    out += &view::timeline_of_several(&engine.timeline(streams)?, &names::by_stream(engine)?);

    out += &section("The framework as it stands");
    if let Some(view) = engine.frameworks()?.framework(framework_id, None) {
        let (register, today) = (engine.register()?, engine.now().date_naive());
        let statuses = framework::statuses(&view, &register, today, None);
        out += &framework::render(&view, &register, &statuses, today, &|_| String::new());
        if let Some(state) = engine.framework_state(framework_id, &Moment::on(today))? {
            out += &framework::brief(&state, &names::by_stream(engine)?);
        }
    }

    let record = engine.record_with_custody(security)?;
    out += &section("Redline of the security arrangement: the package against the text before it");
    let redline = record.redline(Revision(3), Revision(4), fr)?;
    out += &PlainRenderer.render_changes(&redline);

    out += &section("Custody: who stands behind the words of Article 3");
    out += &custody(&record, fr)?;

    out += &section("What applied, as known when");
    for (on, known) in [
        ("2025-06-30", None),
        ("2026-01-15", None),
        ("2026-01-15", Some("2026-01-31T00:00:00Z")),
    ] {
        out += &as_of(&record, on, known, fr);
    }
    drop(record);

    out += &section("Audit: the whole log, decided again");
    out += &Audited::timed(|| engine.audit(|_| {}))?.text();
    Ok(out)
}

fn custody(record: &AgreementRecord, lang: Lang) -> Result<String, CliError> {
    let provision = travaux_text::ProvisionId::new(1, 8);
    let mut out = String::new();
    for run in record.words(Revision(5), provision, lang)? {
        let who = record.custodian(Revision(run.revision));
        let adopted = who
            .adopted_at
            .map(|d| d.date_naive().to_string())
            .unwrap_or_default();
        let adopter = who.adopter.unwrap_or("-");
        out += &format!(
            "  « {} »\n      revision {}: proposed by {}, adopted by {adopter} on {adopted}\n",
            run.text.trim(),
            run.revision,
            who.proposer
        );
    }
    Ok(out)
}

fn as_of(record: &AgreementRecord, on: &str, known: Option<&str>, lang: Lang) -> String {
    let on: NaiveDate = on.parse().unwrap_or_default();
    let answer = record.text_in_force(TextQuestion {
        on,
        known_at: known.and_then(|k| k.parse().ok()),
    });
    let text = record.print_answer(&answer, lang).unwrap_or_default();
    let line = |start: &str| {
        text.lines()
            .find(|l| l.starts_with(start))
            .unwrap_or_default()
            .to_owned()
    };
    let known = known
        .map(|k| format!(", as known on {}", k.get(..10).unwrap_or(k)))
        .unwrap_or_default();
    format!(
        "on {on}{known}: {}\n  {}\n  {}\n  {}\n",
        answer.status,
        answer.reason,
        line("La demande"),
        line("Les données")
    )
}
