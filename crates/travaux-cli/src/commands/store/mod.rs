//! The commands that look after a store and its ledger. They need no engine.

mod backup;
mod checkpoint;
mod init;
mod migrate;
mod place;
mod prove;
mod publish;
mod repair;
mod restore;
mod seal;
mod verify;

pub(in crate::commands) use place::outside;

use std::process::ExitCode;

use clap::Subcommand;

use crate::{args::GlobalArgs, error::CliError};

#[derive(Debug, Subcommand)]
pub(crate) enum StoreCommand {
    Init(init::Init),
    Seal(seal::Seal),
    Prove(prove::Prove),
    Verify(verify::Verify),
    Publish(publish::Publish),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Repair(repair::Repair),
    Migrate(migrate::Migrate),
}

impl StoreCommand {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<ExitCode, CliError> {
        match self {
            Self::Verify(command) => return command.run(globals),
            Self::Repair(command) => return command.run(globals),
            Self::Init(command) => command.run(globals),
            Self::Seal(command) => command.run(globals),
            Self::Prove(command) => command.run(globals),
            Self::Publish(command) => command.run(globals),
            Self::Backup(command) => command.run(globals),
            Self::Restore(command) => command.run(globals),
            Self::Migrate(command) => command.run(globals),
        }
        .map(|()| ExitCode::SUCCESS)
    }
}
