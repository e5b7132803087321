//! `travaux audit`

use std::{process::ExitCode, time::Instant};

use serde::Serialize;
use travaux::{AuditReport, Verdict};

use crate::{args::Args, error::CliError, output::Output, session};

#[derive(Serialize)]
struct Timed<'a> {
    #[serde(flatten)]
    report: &'a AuditReport,
    seconds: f64,
    events_per_second: u64,
}

/// The report of an audit, and how many seconds it took.
pub(crate) fn timed<E>(
    audit: impl FnOnce() -> Result<AuditReport, E>,
) -> Result<(AuditReport, f64), CliError>
where
    CliError: From<E>,
{
    let start = Instant::now();
    let report = audit()?;
    Ok((report, start.elapsed().as_secs_f64()))
}

fn rate(report: &AuditReport, seconds: f64) -> u64 {
    // A rate for people: whole events, and no division by nothing.
    (report.events as f64 / seconds.max(0.001)) as u64
}

pub(crate) fn render(report: &AuditReport, seconds: f64) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let position = finding.position.map_or("-".to_owned(), |p| p.to_string());
        out += &format!("position {position}: {}\n", finding.what);
    }
    out += &format!(
        "{} events in {} streams; {} decided again with the same outcome; {} texts hashed; {} attachments and {} projections checked\n",
        report.events,
        report.streams,
        report.decided,
        report.texts,
        report.attachments,
        report.projections
    );
    if let Some(root) = &report.root {
        out += &format!("all records as stored: Merkle root {root}\n");
    }
    if let Some(chain) = &report.chain {
        out += &format!("all adopted texts: sha256 chain {chain}\n");
    }
    let verdict = match report.verdict {
        Verdict::Clean => "clean: nothing else happened",
        Verdict::Damaged => "damaged",
    };
    out += &format!("verdict: {verdict} ({} events/s)\n", rate(report, seconds));
    out
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let output = Output {
        format: args.format,
    };
    // No engine: it does not open where a record cannot be read, and that is what an audit is for.
    let (store, snapshots) = (
        session::store(&args.store)?,
        session::snapshots(&args.store),
    );
    let (report, seconds) = timed(|| travaux::audit(&store, &snapshots, |_| {}))?;
    if output.is_json() {
        let events_per_second = rate(&report, seconds);
        output.document(&Timed {
            report: &report,
            seconds,
            events_per_second,
        })?;
    } else {
        output.text(&render(&report, seconds))?;
    }
    Ok(if report.verdict == Verdict::Clean {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(3)
    })
}
