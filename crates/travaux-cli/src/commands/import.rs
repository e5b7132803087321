//! `travaux import`

use std::{io::IsTerminal as _, path::PathBuf, time::Instant};

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use travaux_import::{GitOptions, ImportReport, Progress, import, read_git, read_jsonl};

use crate::{args::GlobalArgs, error::CliError, session::Session, view::counted};

/// A bar with rate and time left; nothing where nobody looks.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let style =
            ProgressStyle::with_template("{bar:30} {pos}/{len} revisions  {per_sec}  {eta} left");
        Self(ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }
}

impl Progress for Bar {
    fn total(&self, revisions: u64) {
        self.0.set_length(revisions);
    }

    fn done(&self, revisions: u64) {
        self.0.inc(revisions);
    }
}

/// Bring in the histories of other people's documents.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Import {
    /// From git: a repository, a bare one, or a bundle.
    #[command(after_help = "Example: travaux import git . --path laws/")]
    Git {
        /// The repository's folder, or the bundle.
        source: PathBuf,
        /// The revision whose first-parent line is read.
        #[arg(long)]
        rev: Option<String>,
        /// Only documents whose path begins so.
        #[arg(long, value_name = "PREFIX")]
        path: Option<String>,
        /// References that are proposals, such as 'refs/pull/*/head'.
        #[arg(long, value_name = "REF_GLOB")]
        proposals: Option<String>,
    },
    /// From JSON Lines: one line a document revision, plain or compressed by zstd.
    #[command(after_help = "Example: travaux import jsonl history.jsonl.zst")]
    Jsonl {
        /// The file.
        file: PathBuf,
    },
}

impl Import {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let start = Instant::now();
        // Read first: what cannot be read makes no store.
        let source = match self {
            Self::Git {
                source,
                rev,
                path,
                proposals,
            } => read_git(
                &source,
                &GitOptions {
                    rev,
                    path,
                    proposals,
                },
            )?,
            Self::Jsonl { file } => read_jsonl(&file)?,
        };
        let session = Session::open_or_make(globals)?;
        let bar = Bar::new();
        let report = import(&session.engine, &source, &bar)?;
        bar.0.finish_and_clear();
        let written = if session.output.is_json() {
            session.output.document(&report)
        } else {
            let text = render(&report, start.elapsed().as_secs_f64());
            session.output.text(&text)
        };
        written.map_err(|source| CliError::Unwritten {
            place: format!("up to position {}", session.engine.store().head()),
            source: Box::new(source),
        })
    }
}

fn render(report: &ImportReport, seconds: f64) -> String {
    let mut out = format!(
        "{} ({} new): {} added, {} known already, {} ({} adopted), in {seconds:.1} s\n",
        counted(report.documents, "document"),
        report.new_documents,
        counted(report.revisions, "revision"),
        report.known,
        counted(report.proposals, "proposal"),
        report.proposals_adopted
    );
    for flagged in &report.flagged {
        let what: Vec<_> = flagged
            .findings
            .iter()
            .map(|f| format!("{} ({}x, first at byte {})", f.anomaly, f.count, f.at))
            .collect();
        out += &format!("kept as it is: {} has {}\n", flagged.path, what.join("; "));
    }
    for refused in &report.refused {
        let at = refused
            .offset
            .map(|o| format!(" at byte {o}"))
            .unwrap_or_default();
        out += &format!(
            "refused: {} at {}{at}: {}\n",
            refused.path, refused.revision, refused.reason
        );
    }
    out
}
