//! `travaux framework found`

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{Handle, PartyId};

use super::propose::begin;
use crate::{
    args::{GlobalArgs, date},
    error::CliError,
};

/// Found a framework at once: propose and adopt it, all parties having accepted it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR framework found framework.json --consenting FR,MA --on 2024-10-28"
)]
pub(crate) struct Found {
    /// A JSON document: title, nature, declaration, parties, areas, organs; and a handle, if the
    /// title is not to give it: `travaux topic framework`.
    file: PathBuf,
    /// What people call it, such as `pact`: letters a-z, digits and hyphens; made from the title if
    /// nothing is said here or in the file. It never names anything else in this store.
    #[arg(long)]
    handle: Option<Handle>,
    /// The parties that accepted it: all of them, which the record names on the word of who acts.
    /// Where each is to accept it itself: `framework propose`, `accept` and `adopt`.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    consenting: Vec<String>,
    /// When; today if it is left out.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: Option<NaiveDate>,
}

impl Found {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let on = self.on;
        let named = self.consenting.into_iter();
        let named: Vec<_> = named.map(|party| PartyId(party.into())).collect();
        begin(globals, &self.file, self.handle, |terms, today| {
            terms.adopted_by(on.unwrap_or(today), named.clone()).into()
        })
    }
}
