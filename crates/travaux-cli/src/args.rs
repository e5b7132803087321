//! The command line.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use travaux_text::{Lang, ProvisionId};

use crate::{commands::StoreCommand, verbs::ParsedVerb};

/// Replays how agreements came to say what they say: who proposed each word, who adopted it, and from when it applies.
#[derive(Debug, Parser)]
#[command(
    name = "travaux",
    version,
    max_term_width = 100,
    after_help = "Exit status: 0 done, 1 refused by a rule, 2 usage, 3 damaged or failing store."
)]
pub(crate) struct Args {
    /// Where the store is.
    #[arg(
        long,
        global = true,
        env = "TRAVAUX_STORE",
        default_value = "./travaux-store",
        value_name = "DIR"
    )]
    pub(crate) store: PathBuf,
    /// How answers are written: text for people; one JSON document, or JSON Lines for lists, for programs.
    #[arg(long, global = true, value_enum, default_value = "text")]
    pub(crate) format: OutputFormat,
    /// The party for which acts are done.
    #[arg(
        long = "as",
        global = true,
        env = "TRAVAUX_PARTY",
        value_name = "PARTY"
    )]
    pub(crate) party: Option<String>,
    /// The person or office that acts.
    #[arg(long, global = true, value_name = "OFFICE")]
    pub(crate) person: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Play the founding scenario into a fresh store and audit it.
    Demo {
        /// Keep the store here instead of in a temporary folder.
        #[arg(long, value_name = "DIR")]
        keep: Option<PathBuf>,
    },
    /// Bring in the histories of other people's documents.
    #[command(subcommand)]
    Import(Import),
    /// List the agreements.
    List,
    /// List the revisions of an agreement.
    Log {
        /// An id, the beginning of one, or an imported path.
        agreement: String,
    },
    /// Show the text of an agreement: now, at a revision, or on a date as known at a time.
    #[command(
        after_help = "Example: travaux show terms.md --as-of 2020-01-01 --known-at 2021-06-30T12:00:00Z"
    )]
    Show {
        /// An id, the beginning of one, or an imported path.
        agreement: String,
        /// The revision whose text is wanted.
        #[arg(long, conflicts_with = "as_of")]
        revision: Option<u32>,
        /// The date for which the text is wanted.
        #[arg(long, value_name = "DATE")]
        as_of: Option<NaiveDate>,
        /// Only what was known at this time (RFC 3339, or a date: its end).
        #[arg(long, value_name = "TIME", value_parser = time, requires = "as_of")]
        known_at: Option<DateTime<Utc>>,
        /// The language.
        #[arg(long)]
        lang: Option<Lang>,
        /// Print exactly the bytes of the text, and nothing else.
        #[arg(long)]
        raw: bool,
    },
    /// Show what changed between two revisions, or between two dates.
    Diff {
        /// An id, the beginning of one, or an imported path.
        agreement: String,
        /// A revision number, or a date.
        from: String,
        /// A revision number, or a date.
        to: String,
        /// The language.
        #[arg(long)]
        lang: Option<Lang>,
        /// Write the redline as a page.
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
    },
    /// Show who stands behind each line: which revision, who proposed it, who adopted it, from when it applies.
    Blame {
        /// An id, the beginning of one, or an imported path.
        agreement: String,
        /// The revision; the adopted text of the day if none.
        #[arg(long)]
        revision: Option<u32>,
        /// Only this provision, word by word.
        #[arg(long, value_name = "ID")]
        provision: Option<ProvisionId>,
        /// The language.
        #[arg(long)]
        lang: Option<Lang>,
    },
    /// Show what happened, in order.
    History {
        /// A framework or an agreement.
        name: String,
    },
    /// Propose an agreement.
    Propose {
        /// A manifest: title, kind, profile, parties, languages, and a text file for each (see examples/founding).
        file: PathBuf,
    },
    /// Propose a revision.
    Revise(Revise),
    /// Propose an amendment: a change of an adopted text from its effect on.
    Amend(Revise),
    /// Propose the correction of an error of wording: it counts from the beginning.
    Correct(Revise),
    /// Withdraw a revision of one's own.
    Withdraw(Answer),
    /// Accept a revision.
    Accept(Answer),
    /// Reject a revision.
    Reject(Answer),
    /// Adopt a revision that all parties have accepted.
    Adopt {
        /// An id, the beginning of one, or an imported path.
        agreement: String,
        /// The revision.
        #[arg(long)]
        revision: u32,
        /// From when it applies.
        #[arg(long, value_name = "DATE")]
        effective_from: Option<NaiveDate>,
        /// The votes for and against, if a conference adopts it.
        #[arg(long, value_name = "FOR,AGAINST", value_delimiter = ',', num_args = 1..)]
        votes: Vec<u32>,
    },
    /// Give up a negotiation whose text is not yet definitive.
    #[command(
        after_help = "Example: travaux --as FR abandon 0199 --reason 'no agreement on Article 4'"
    )]
    Abandon {
        /// An id, or the beginning of one.
        agreement: String,
        /// Why.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Authenticate an adopted text as definitive.
    Authenticate {
        /// An id, or the beginning of one.
        agreement: String,
        /// How: signature, initialling, or a procedure that the text names.
        #[arg(long, default_value = "signature")]
        method: String,
    },
    /// Show what is in force between two parties on a date, as known at a time, and why.
    #[command(
        after_help = "Example: travaux in-force 0199 --between FR,MA --as-of 2001-05-01 --known-at 2001-04-01 --lang fr --why"
    )]
    InForce(InForce),
    /// Check whether the languages of a revision say the same.
    #[command(after_help = "Example: travaux align 0199 --revision 2")]
    Align {
        /// An id, or the beginning of one.
        agreement: String,
        /// The revision; the text of the day if none.
        #[arg(long)]
        revision: Option<u32>,
        /// A table of terms: a JSON list of objects, a term in each language. Paragraphs are paired by it too.
        #[arg(long, value_name = "FILE")]
        terms: Option<PathBuf>,
    },
    /// Word a revision as the sentences of an amending instrument.
    #[command(after_help = "Example: travaux instrument 0199 --revision 4 --lang fr")]
    Instrument {
        /// An id, or the beginning of one.
        agreement: String,
        /// The revision.
        #[arg(long)]
        revision: u32,
        /// The language.
        #[arg(long)]
        lang: Option<Lang>,
    },
    /// Look for changes without an instrument, instruments without effect, dangling references, changed definitions.
    #[command(after_help = "Example: travaux check 0199 --lang fr")]
    Check {
        /// An id, the beginning of one, or an imported path.
        agreement: String,
        /// The language.
        #[arg(long)]
        lang: Option<Lang>,
    },
    /// Show the rules that decisions rest on: all, or one row such as C8.
    #[command(after_help = "Example: travaux law E13")]
    Law {
        /// The row.
        row: Option<String>,
        /// Only the rows of a profile: a built-in one, or a file (*.json).
        #[arg(long)]
        profile: Option<String>,
    },
    /// An act on one of the machines beside the text.
    #[command(flatten)]
    Verb(ParsedVerb),
    /// Revisions of several agreements that are adopted together or not at all.
    #[command(subcommand)]
    Package(Package),
    /// Frameworks: their state and their history.
    #[command(subcommand)]
    Framework(Framework),
    /// Read the whole log again as a stranger would; the status is 0 only if it is clean.
    Audit,
    /// Rebuild all projections from the log.
    Replay,
    /// The ledger's commands, and the operator's.
    #[command(flatten)]
    StoreCommand(StoreCommand),
    /// Write the log, or the agreements' histories, for others.
    #[command(subcommand)]
    Export(Export),
    /// Write completions for a shell.
    Completions {
        /// Which.
        shell: Shell,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// From git: a repository, a bare one, or a bundle.
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
    Jsonl {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct InForce {
    /// An id, or the beginning of one.
    pub(crate) agreement: String,
    /// The two parties.
    #[arg(long, value_name = "A,B", value_delimiter = ',', num_args = 1.., required = true)]
    pub(crate) between: Vec<String>,
    /// The date; today if none.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<NaiveDate>,
    /// Only what was known at this time (RFC 3339, or a date: its end).
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) known_at: Option<DateTime<Utc>>,
    /// The language.
    #[arg(long)]
    pub(crate) lang: Option<Lang>,
    /// Say why, with the events that decided it.
    #[arg(long)]
    pub(crate) why: bool,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example: travaux --as MA revise 0199 terms.md --title 'A time limit for answers'"
)]
pub(crate) struct Revise {
    /// An id, the beginning of one, or an imported path.
    pub(crate) agreement: String,
    /// The new text; for several languages, a JSON object of a text file for each.
    #[arg(required_unless_present_any = ["ops", "sentences"], conflicts_with_all = ["ops", "sentences"])]
    pub(crate) file: Option<PathBuf>,
    /// The sentences of an amending instrument: a JSON object, a list of sentences for each language.
    #[arg(long, value_name = "FILE", conflicts_with = "ops")]
    pub(crate) sentences: Option<PathBuf>,
    /// Operations, as JSON.
    #[arg(long, value_name = "OPS.json")]
    pub(crate) ops: Option<PathBuf>,
    /// What the revision is.
    #[arg(long, value_enum, default_value = "draft")]
    pub(crate) nature: NatureArg,
    /// The revision against which it is drawn up; the text of the day if none.
    #[arg(long)]
    pub(crate) base: Option<u32>,
    /// The revision to which it is the counter-proposal.
    #[arg(long)]
    pub(crate) counters: Option<u32>,
    /// The agreement by which it is made, if it is an amendment by an agreement of its own.
    #[arg(long, value_name = "AGREEMENT")]
    pub(crate) instrument: Option<String>,
    /// What it is called.
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// From when it is to apply.
    #[arg(long, value_name = "DATE")]
    pub(crate) effective_from: Option<NaiveDate>,
}

/// What a revision is.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum NatureArg {
    /// A change to a text under negotiation.
    Draft,
    /// A change to an adopted text, from its effect date on.
    Amendment,
    /// A correction of wording, from the beginning.
    Correction,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Answer {
    /// An id, the beginning of one, or an imported path.
    pub(crate) agreement: String,
    /// The revision.
    #[arg(long)]
    pub(crate) revision: u32,
    /// The reason.
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Package {
    /// Propose a package.
    Propose {
        /// A JSON document: title, framework, and revisions with agreement, operations, nature, title, effective_from.
        file: PathBuf,
    },
    /// Accept a package.
    Accept {
        /// An id, or the beginning of one.
        package: String,
    },
    /// Reject a package.
    Reject {
        /// An id, or the beginning of one.
        package: String,
        /// Why.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Adopt a package that all parties have accepted.
    Adopt {
        /// An id, or the beginning of one.
        package: String,
        /// From when its revisions apply.
        #[arg(long, value_name = "DATE")]
        effective_from: Option<NaiveDate>,
    },
    /// Show a package.
    Show {
        /// An id, or the beginning of one.
        package: String,
    },
    /// List the packages.
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Framework {
    /// Found a framework.
    Found {
        /// A JSON document: title, declaration, parties, areas.
        file: PathBuf,
    },
    /// Bring an agreement under a framework.
    Join {
        /// An id, or the beginning of one.
        framework: String,
        /// The agreement.
        agreement: String,
        /// The area, by key.
        #[arg(long)]
        area: String,
    },
    /// Adopt a roadmap.
    Roadmap {
        /// An id, or the beginning of one.
        framework: String,
        /// A JSON document: title, adopted_on, steps.
        file: PathBuf,
    },
    /// Show a framework as it stands.
    State {
        /// An id, or the beginning of one.
        framework: String,
    },
    /// Show what happened under a framework.
    History {
        /// An id, or the beginning of one.
        framework: String,
    },
    /// List the frameworks.
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// The log, record by record, as stored.
    Jsonl {
        /// Where to.
        file: PathBuf,
    },
    /// The log as CloudEvents 1.0.
    Cloudevents {
        /// Where to.
        file: PathBuf,
    },
    /// The agreements' histories as a git repository, commit for commit.
    Git {
        /// A new folder.
        repo: PathBuf,
    },
}

/// A time, or a date: its end.
fn time(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(date) = text.parse::<NaiveDate>() {
        return date
            .and_hms_opt(23, 59, 59)
            .map(|t| t.and_utc())
            .ok_or_else(|| "not a date".to_owned());
    }
    text.parse::<DateTime<Utc>>()
        .map_err(|e| format!("{e}: expected 2024-10-30 or 2024-10-30T12:00:00Z"))
}
