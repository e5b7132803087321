//! `travaux export`

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use clap::Subcommand;
use serde_json::{Value, json};
use travaux_import::export_git;
use travaux_store::{Read, read_all};

use super::store::outside;
use crate::{
    args::GlobalArgs,
    error::CliError,
    session::Session,
    view::{Exported, counted},
};

/// Write the log, or the agreements' histories, for others.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Export {
    /// The log, record by record, as stored.
    #[command(after_help = "Example: travaux export jsonl log.jsonl")]
    Jsonl {
        /// Where to.
        file: PathBuf,
    },
    /// The log as CloudEvents 1.0.
    #[command(after_help = "Example: travaux export cloudevents events.jsonl")]
    Cloudevents {
        /// Where to.
        file: PathBuf,
    },
    /// The agreements' histories as a git repository, commit for commit.
    #[command(after_help = "Example: travaux export git histories.git")]
    Git {
        /// A new folder.
        repo: PathBuf,
    },
}

impl Export {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (Self::Jsonl { file: to } | Self::Cloudevents { file: to } | Self::Git { repo: to }) =
            &self;
        outside(&globals.store, to)?;
        match self {
            Self::Jsonl { file } => records(&session, &file, |bytes| Ok(bytes.to_vec())),
            Self::Cloudevents { file } => records(&session, &file, cloud_event),
            Self::Git { repo } => git(&session, &repo),
        }
    }
}

fn git(session: &Session, repo: &Path) -> Result<(), CliError> {
    let report = export_git(&session.engine, repo)?;
    if session.output.is_json() {
        return session.output.document(&report);
    }
    let mut out = format!(
        "{} written to {}",
        counted(report.commits, "commit"),
        repo.display()
    );
    if report.same_trees > 0 {
        out += &format!("; {} have the tree of their source", report.same_trees);
    }
    out.push('\n');
    if let Some(first) = report.other_trees.first() {
        out += &format!(
            "{} have another tree than their source, {first} first\n",
            report.other_trees.len()
        );
    }
    session.output.text(&out)
}

fn records(
    session: &Session,
    path: &Path,
    encode: impl Fn(&[u8]) -> Result<Vec<u8>, CliError>,
) -> Result<(), CliError> {
    let failed = || CliError::io(format!("write {}", path.display()));
    let mut out = BufWriter::new(File::create(path).map_err(failed())?);
    let mut count = 0u64;
    for record in read_all(&**session.engine.store(), Read::log(1)) {
        let mut line = encode(record?.bytes())?;
        line.push(b'\n');
        out.write_all(&line).map_err(failed())?;
        count += 1;
    }
    out.into_inner()
        .map_err(|e| failed()(e.into_error()))?
        .sync_all()
        .map_err(failed())?;
    if session.output.is_json() {
        return session.output.document(&Exported {
            records: count,
            file: path.to_owned(),
        });
    }
    session.output.text(&format!(
        "{} written to {}\n",
        counted(count, "record"),
        path.display()
    ))
}

/// A record as a CloudEvent (version 1.0, structured JSON).
fn cloud_event(bytes: &[u8]) -> Result<Vec<u8>, CliError> {
    let record: Value =
        serde_json::from_slice(bytes).map_err(|e| CliError::Usage(e.to_string()))?;
    let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default();
    let stream = text("stream");
    let (family, id) = stream.split_once('-').unwrap_or((stream, ""));
    let event = json!({
        "specversion": "1.0",
        "id": text("id"),
        "source": format!("/{family}s/{id}"),
        "type": format!("org.travaux.{}.v{}", text("type"), record.get("schema").and_then(Value::as_u64).unwrap_or(1)),
        "subject": stream,
        "time": text("recorded_at"),
        "datacontenttype": "application/json",
        "sequence": format!("{:020}", record.get("position").and_then(Value::as_u64).unwrap_or(0)),
        "streamversion": record.get("version").and_then(Value::as_u64).unwrap_or(0).to_string(),
        "correlationid": text("correlation"),
        "party": record.pointer("/actor/party").and_then(Value::as_str).unwrap_or_default(),
        "data": record.get("payload").cloned().unwrap_or(Value::Null),
    });
    serde_json::to_vec(&event).map_err(|e| CliError::Usage(e.to_string()))
}
