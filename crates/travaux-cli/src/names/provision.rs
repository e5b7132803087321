//! Provisions by id, or by label in the version in question.

use travaux::{
    blocking::Engine,
    domain::{AgreementId, Revision, StreamId},
    projections::AgreementRecord,
};
use travaux_import::input::{NoProvision, Provisions};
use travaux_text::Lang;

use super::handle_of;
use crate::error::CliError;

/// What provisions of a revision are named by, and told to a reader of `lang`.
pub(crate) fn provisions(
    engine: &Engine,
    (id, record): (AgreementId, &AgreementRecord),
    revision: Revision,
    lang: Lang,
) -> Result<Provisions, CliError> {
    Ok(Provisions {
        text: record.text_of(revision)?,
        lang,
        handle: handle_of(engine, StreamId::Agreement(id))?,
    })
}

impl From<NoProvision> for CliError {
    fn from(error: NoProvision) -> Self {
        Self::Usage(error.to_string())
    }
}
