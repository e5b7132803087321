//! `travaux publish`

use std::path::PathBuf;

use clap::Args;

use super::place::{into, outside};
use crate::{
    args::GlobalArgs,
    error::CliError,
    session::store,
    view::{Published, counted},
};

/// Write the log as static files (checkpoint, tiles, records) that any web server can serve; what is there already stays.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux publish /srv/www/log")]
pub(crate) struct Publish {
    /// The folder.
    to: PathBuf,
}

impl Publish {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let output = globals.output();
        let to = self.to.as_path();
        let store = store(&globals.store)?;
        outside(&globals.store, to)?;
        let published = into(to, || Ok(store.publish(to)?))?;
        let (records, before, files) =
            (published.checkpoint.size, published.before, published.files);
        if output.is_json() {
            let root = published.checkpoint.root.to_string();
            return output.document(&Published {
                records,
                before,
                files,
                root,
                folder: to.to_owned(),
            });
        }
        output.text(&format!(
            "{} published in {}: {} new, {} written\n",
            counted(records, "record"),
            to.display(),
            records - before,
            counted(files, "file")
        ))
    }
}
