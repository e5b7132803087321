//! The commands that look after a store and its ledger. They need no engine.

use std::{path::PathBuf, process::ExitCode};

use clap::Subcommand;

use super::{keeping, ledger, verify};
use crate::{args::Args, error::CliError};

#[derive(Debug, Subcommand)]
pub(crate) enum StoreCommand {
    /// Make a store under a name of its own; other commands make one under a name that is drawn.
    #[command(
        after_help = "Example: travaux init --origin treaties.example.org/log --keep-in /mnt/other-disk/checkpoints"
    )]
    Init {
        /// The log's name in its checkpoints: one that nobody else uses, without a scheme. It never changes.
        #[arg(long)]
        origin: String,
        /// A folder outside of the store where the last checkpoint is kept too, so that an older copy of the store is told.
        #[arg(long, value_name = "DIR")]
        keep_in: Option<PathBuf>,
    },
    /// Sign the tree of everything that is recorded, and print the checkpoint.
    #[command(after_help = "Example: travaux seal > checkpoint.txt")]
    Seal,
    /// Write the proof that a record is in the log, with the record in it: a file that is verified without the store.
    #[command(after_help = "Example: travaux prove 17 --out 17.tlog-proof")]
    Prove {
        /// The position.
        position: u64,
        /// The file; POSITION.tlog-proof if none.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Verify a proof, a checkpoint, a published log, or a store.
    #[command(
        after_help = "Example: travaux verify 17.tlog-proof --key 'treaties.example.org/log+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'"
    )]
    Verify {
        /// A .tlog-proof file, a checkpoint, the folder of a published log, or that of a store.
        what: PathBuf,
        /// The log's key, NAME+ID+BASE64, or a file that holds it; that of the store which --store names if none.
        #[arg(long)]
        key: Option<String>,
        /// A checkpoint that a store has to agree with.
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
    },
    /// Write the log as static files (checkpoint, tiles, records) that any web server can serve; what is there already stays.
    #[command(after_help = "Example: travaux publish /srv/www/log")]
    Publish {
        /// The folder.
        to: PathBuf,
    },
    /// Copy the store while it is in use: everything, or what is new since the last time.
    #[command(after_help = "Example: travaux backup /mnt/backup/travaux-store")]
    Backup {
        /// The folder of the copy, which is a store itself.
        to: PathBuf,
    },
    /// Put a backup back as the store that --store names, after all of it was read and verified.
    #[command(
        after_help = "Example: travaux --store new-store restore /mnt/backup/travaux-store --checkpoint checkpoint.txt"
    )]
    Restore {
        /// The backup.
        from: PathBuf,
        /// A checkpoint that it has to agree with.
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
        /// The log's key, NAME+ID+BASE64, or a file that holds it; the one in the backup if none.
        #[arg(long)]
        key: Option<String>,
    },
    /// Bring everything that can still be read and proved into a new store, and name what cannot.
    #[command(after_help = "Example: travaux --store damaged-store repair --to new-store")]
    Repair {
        /// The new store.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// Bring a store of an earlier version to the present format; the old one is kept beside it.
    #[command(after_help = "Example: travaux --store travaux-store migrate")]
    Migrate,
}

impl StoreCommand {
    pub(crate) fn run(&self, args: &Args) -> Result<ExitCode, CliError> {
        match self {
            Self::Init { origin, keep_in } => ledger::init(args, origin, keep_in.as_deref()),
            Self::Seal => ledger::seal(args),
            Self::Prove { position, out } => ledger::prove(args, *position, out.as_deref()),
            Self::Verify {
                what,
                key,
                checkpoint,
            } => return verify::run(args, what, key.as_deref(), checkpoint.as_deref()),
            Self::Publish { to } => ledger::publish(args, to),
            Self::Backup { to } => keeping::backup(args, to),
            Self::Restore {
                from,
                checkpoint,
                key,
            } => keeping::restore(args, from, checkpoint.as_deref(), key.as_deref()),
            Self::Repair { to } => return keeping::repair(args, to),
            Self::Migrate => keeping::migrate(args),
        }
        .map(|()| ExitCode::SUCCESS)
    }
}
