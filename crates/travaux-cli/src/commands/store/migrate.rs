//! `travaux migrate`

use clap::Args;
use travaux_store_sled as sled_store;

use crate::{
    args::GlobalArgs,
    error::CliError,
    session::there_is,
    view::{Migrated, counted},
};

/// Bring a store of an earlier version to the present format; the old one is kept beside it.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --store travaux-store migrate")]
pub(crate) struct Migrate;

impl Migrate {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let output = globals.output();
        there_is(&globals.store)?;
        let migrated = sled_store::migrate(&globals.store)?;
        if output.is_json() {
            return output.document(&Migrated {
                records: migrated.records,
                before: migrated.before.clone(),
                store: globals.store.clone(),
            });
        }
        let (store, before) = (globals.store.display(), migrated.before.display());
        output.text(&format!(
        "{} brought to the present format in {store}; the store as it was is kept in {before}\n",
        counted(migrated.records, "record")
    ))
    }
}
