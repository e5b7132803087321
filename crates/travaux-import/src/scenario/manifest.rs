//! A proposal as a file: what `travaux propose` reads, and what a scenario names.

use serde::Deserialize;
use travaux::domain::{
    AgreementId, FrameworkId, Handle, Party, Profile, ProfileFile, agreement::Proposal,
    clause::FinalClause,
};
use travaux_text::{Format, Lang, Localized};

use crate::{InputError, input::read_input};

use super::ReadFile;

/// A proposal as a file: what `travaux propose` reads.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Its title.
    pub title: String,
    /// What people are to call it; made from the title if nothing is said.
    #[serde(default)]
    pub handle: Option<Handle>,
    /// Its name in the field.
    pub kind: String,
    /// The name of its rule profile, or a file that describes one (`*.json`).
    pub profile: String,
    /// Its parties.
    pub parties: Vec<Party>,
    /// The authentic languages.
    pub languages: Vec<Lang>,
    /// Languages for reading only.
    #[serde(default)]
    pub translations: Vec<Lang>,
    /// The format of the texts.
    #[serde(default = "markdown")]
    pub format: Format,
    /// The text of each language, a file.
    pub texts: Localized<String>,
    /// What the text itself provides about its conclusion, force, change and end.
    #[serde(default)]
    pub final_clauses: Vec<FinalClause>,
    /// The agreement that it amends, by whatever names it.
    #[serde(default)]
    pub amends: Option<String>,
}

/// The profile that a file describes.
///
/// # Errors
/// [`InputError`] with what is wrong with it.
pub fn read_profile(name: &str, json: &str) -> Result<Profile, InputError> {
    let file: ProfileFile = read_input(name, json)?;
    Ok(Profile::from_file(&file)?)
}

fn markdown() -> Format {
    Format::Markdown
}

impl Manifest {
    /// The proposal, with its texts read; `amends` is the agreement that [`Self::amends`] means.
    ///
    /// # Errors
    /// [`InputError`] where the profile or a file is not there, or not of its form.
    pub fn proposal(
        &self,
        read: ReadFile<'_>,
        framework: Option<FrameworkId>,
        amends: Option<AgreementId>,
    ) -> Result<Proposal, InputError> {
        let profile = match self.profile.strip_suffix(".json") {
            Some(_) => read_profile(&self.profile, &read(&self.profile)?)?,
            None => Profile::named(&self.profile).ok_or_else(|| InputError::UnknownProfile {
                name: self.profile.clone(),
                known: Profile::all().into_iter().map(|p| p.name).collect(),
            })?,
        };
        let texts: Result<Localized<String>, InputError> = self
            .texts
            .iter()
            .map(|(lang, file)| Ok((*lang, read(file)?)))
            .collect();
        Ok(Proposal {
            title: self.title.clone(),
            kind: self.kind.clone(),
            profile,
            parties: self.parties.clone(),
            languages: self.languages.clone(),
            translations: self.translations.clone(),
            format: self.format,
            texts: texts?,
            final_clauses: self.final_clauses.clone(),
            amends,
            framework,
            provenance: None,
        })
    }
}
