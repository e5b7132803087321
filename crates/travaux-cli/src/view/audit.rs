//! What an audit found.

use std::time::Instant;

use travaux::{AuditReport, LeftOut, Verdict};

use super::{counted, wire::documents};
use crate::error::CliError;

documents! {
    /// The report of an audit, and how long it took.
    pub(crate) struct Audited {
        /// The report.
        #[serde(flatten)]
        report: AuditReport,
        /// How long it took.
        seconds: f64,
        /// How many events a second.
        events_per_second: u64,
    }
}

impl Audited {
    /// Takes the time of an audit.
    pub(crate) fn timed<E>(audit: impl FnOnce() -> Result<AuditReport, E>) -> Result<Self, CliError>
    where
        CliError: From<E>,
    {
        let start = Instant::now();
        let report = audit()?;
        let seconds = start.elapsed().as_secs_f64();
        // A rate for people: whole events, and no division by nothing.
        let events_per_second = (report.events as f64 / seconds.max(0.001)) as u64;
        Ok(Self {
            report,
            seconds,
            events_per_second,
        })
    }

    /// The report for people.
    pub(crate) fn text(&self) -> String {
        let report = &self.report;
        let mut out = String::new();
        for finding in &report.findings {
            let position = finding.position.map_or("-".to_owned(), |p| p.to_string());
            out += &format!("position {position}: {}\n", finding.what);
        }
        out += &format!(
            "{} in {}; {} decided again with the same outcome; {} hashed; {} and {} checked\n",
            counted(report.events, "event"),
            counted(report.streams, "stream"),
            report.decided,
            counted(report.texts, "text"),
            counted(report.attachments, "attachment"),
            counted(report.projections, "projection")
        );
        out += &left_out(&report.left_out);
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
        out += &format!("verdict: {verdict} ({} events/s)\n", self.events_per_second);
        out
    }
}

/// What was not judged, by name; nothing if all was.
fn left_out(snapshots: &[LeftOut]) -> String {
    let names: Vec<_> = snapshots
        .iter()
        .map(|s| format!("{} {} (known: {})", s.name, s.version, s.known))
        .collect();
    let (count, plural) = (names.len(), if names.len() == 1 { "" } else { "s" });
    match count {
        0 => String::new(),
        _ => format!(
            "{count} snapshot{plural} of another version left out: {}\n",
            names.join(", ")
        ),
    }
}
