//! Files that a command reads.

use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;
use travaux::domain::{
    Handle, Party, Revision,
    agreement::Nature,
    framework::{AreaTerms, Declaration, FoundingNature, Organ, Terms},
};
use travaux_import::{
    InputError,
    input::{Malformed, Problem, Written},
};

use travaux_text::Operation;

use crate::error::CliError;

/// The file of a framework.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FrameworkFile {
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) handle: Option<Handle>,
    #[serde(default)]
    pub(crate) nature: FoundingNature,
    #[serde(default)]
    pub(crate) instrument: Option<String>,
    pub(crate) declaration: Declaration,
    pub(crate) parties: Vec<Party>,
    pub(crate) areas: Vec<AreaTerms>,
    #[serde(default)]
    pub(crate) organs: Vec<Organ>,
}

impl FrameworkFile {
    /// The terms, but for the agreement that the file names.
    pub(crate) fn terms(&self) -> Terms {
        Terms {
            title: self.title.clone(),
            nature: self.nature,
            instrument: None,
            declaration: self.declaration.clone(),
            parties: self.parties.clone(),
            areas: self.areas.clone(),
            organs: self.organs.clone(),
        }
    }
}

/// The file of a package.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackageFile {
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) handle: Option<Handle>,
    #[serde(default)]
    pub(crate) framework: Option<String>,
    pub(crate) revisions: Vec<PackageItem>,
}

/// A revision in the file of a package.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackageItem {
    pub(crate) agreement: String,
    #[serde(default)]
    pub(crate) title: Option<String>,
    #[serde(default = "draft")]
    pub(crate) nature: Nature,
    #[serde(default)]
    pub(crate) base: Option<Revision>,
    #[serde(default)]
    pub(crate) effective_from: Option<NaiveDate>,
    pub(crate) operations: Vec<Operation>,
}

fn draft() -> Nature {
    Nature::Draft
}

/// Reads a file of text.
pub(crate) fn read_text(path: &Path) -> Result<String, CliError> {
    let bytes = std::fs::read(path).map_err(CliError::io(format!("read {}", path.display())))?;
    Ok(utf8(path, bytes)?)
}

/// The text that the bytes of a file are.
fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, InputError> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..good];
        let begun = before
            .rsplit(|byte| *byte == b'\n')
            .next()
            .unwrap_or_default();
        let problem = Problem {
            // Of each character one byte is no continuation (RFC 3629, 3).
            column: begun.iter().filter(|byte| **byte & 0xc0 != 0x80).count() + 1,
            line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
            field: String::new(),
            what: format!("this is not text in UTF-8, from byte {good} of the file on"),
        };
        InputError::Form(Malformed {
            file: path.display().to_string(),
            problems: vec![problem],
        })
    })
}

/// Reads a JSON file that somebody wrote: strictly, and everything that is wrong with it is said at once.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, CliError> {
    Ok(read_written(path)?.read()?)
}

/// Reads a JSON file that somebody wrote, whose meaning is still to be found out.
pub(crate) fn read_written(path: &Path) -> Result<Written, CliError> {
    Ok(Written::parse(
        &path.display().to_string(),
        &read_text(path)?,
    )?)
}

/// What was not found, as a problem of the field that names it.
///
/// # Errors
/// The failure, if it is of another kind.
pub(crate) fn problem_at(
    written: &Written,
    field: &str,
    error: CliError,
) -> Result<Problem, CliError> {
    match error {
        CliError::Usage(what) => Ok(written.problem(field, what)),
        CliError::Revision(error) => Ok(written.problem(field, error.to_string())),
        other => Err(other),
    }
}

/// Finds what a field of a file names.
pub(crate) fn find_at<T>(
    written: &Written,
    field: &str,
    found: Result<T, CliError>,
) -> Result<T, CliError> {
    match found {
        Ok(found) => Ok(found),
        Err(error) => {
            let problem = problem_at(written, field, error)?;
            Err(written.malformed(vec![problem]).into())
        }
    }
}

/// Reads files beside `path`, or in the folder above it: manifests of a scenario name theirs from its folder.
pub(crate) fn reader(path: &Path) -> impl Fn(&str) -> Result<String, InputError> + '_ {
    move |name| {
        let folders = path.ancestors().skip(1).take(2);
        let found = folders
            .map(|folder| folder.join(name))
            .find(|file| file.is_file());
        let file = found.ok_or_else(|| InputError::Missing {
            name: name.to_owned(),
            beside: Some(path.to_owned()),
        })?;
        match std::fs::read(&file) {
            Ok(bytes) => utf8(&file, bytes),
            Err(source) => Err(InputError::Io { path: file, source }),
        }
    }
}
