//! `travaux audit`

use std::{process::ExitCode, time::Instant};

use serde::Serialize;
use travaux::{AuditReport, Verdict, blocking::Engine};

use crate::{error::CliError, session::Session};

#[derive(Serialize)]
struct Timed<'a> {
    #[serde(flatten)]
    report: &'a AuditReport,
    seconds: f64,
    events_per_second: u64,
}

/// Audits, and says what was found for people.
pub(crate) fn audit(engine: &Engine) -> Result<(AuditReport, f64), CliError> {
    let start = Instant::now();
    let report = engine.audit(|_| {})?;
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
        let what = finding.what.strip_prefix(&format!("damage at position {position}: ")).unwrap_or(&finding.what);
        out += &format!("position {position}: {what}\n");
    }
    out += &format!(
        "{} events in {} streams; {} decided again with the same outcome; {} texts hashed; {} attachments and {} projections checked\n",
        report.events, report.streams, report.decided, report.texts, report.attachments, report.projections
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

pub(crate) fn run(session: &Session) -> Result<ExitCode, CliError> {
    let (report, seconds) = audit(&session.engine)?;
    if session.output.is_json() {
        let events_per_second = rate(&report, seconds);
        session.output.document(&Timed { report: &report, seconds, events_per_second })?;
    } else {
        session.output.text(&render(&report, seconds))?;
    }
    Ok(if report.verdict == Verdict::Clean { ExitCode::SUCCESS } else { ExitCode::from(3) })
}
