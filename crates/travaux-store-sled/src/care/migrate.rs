//! Migration: a store of the previous format becomes one of the present format.

use std::{
    fs,
    path::{Path, PathBuf},
};

use travaux_store::StoreError;

use super::{rebuild::Rebuild, v1};
use crate::files::{self, Files, sync_folder};

/// What a migration did.
#[derive(Clone, Debug)]
pub struct Migrated {
    /// How many records there are.
    pub records: u64,
    /// Where the store stands as it was.
    pub before: PathBuf,
}

/// Brings the store in `path` from the previous format to the present one, record by record, each to the byte. The store as it was
/// is kept beside it. Until everything is written nothing has changed, so that it can be begun again.
///
/// # Errors
/// [`StoreError::Unusable`] where there is nothing to migrate, [`StoreError::Format`] for a format that is not known,
/// [`StoreError::Damaged`] where a record cannot be read.
pub fn migrate(path: &Path) -> Result<Migrated, StoreError> {
    let io = |act: String| move |e| StoreError::io(act, e);
    let old = Files::of_store(path, "migrate")?;
    // Such as `.`: what has no name cannot be renamed.
    let whole = match path.file_name() {
        Some(_) => path.to_owned(),
        None => fs::canonicalize(path).map_err(io(format!("find {}", path.display())))?,
    };
    let path = whole.as_path();
    let format = path.join("FORMAT");
    let found = fs::read_to_string(&format).map_err(io(format!("read {}", format.display())))?;
    if found == files::FORMAT {
        return Err(StoreError::unusable(
            format!("migrate {}", path.display()),
            "it has the present format already",
        ));
    }
    if found != v1::FORMAT {
        let (found, expected) = (
            format!("`{}`", files::begun(&found)),
            format!("`{}`", v1::FORMAT.trim()),
        );
        return Err(StoreError::Format {
            path: path.to_owned(),
            found,
            expected,
        });
    }
    let beside = |end: &str| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.with_file_name(format!("{name}.{end}"))
    };
    let (new, before) = (beside("migrating"), beside("format-1"));
    if before.exists() {
        return Err(StoreError::unusable(
            format!("keep the old store as {}", before.display()),
            "it is there already: move it elsewhere",
        ));
    }
    if new.exists() {
        fs::remove_dir_all(&new).map_err(io(format!(
            "delete what an earlier try left in {}",
            new.display()
        )))?;
    }
    let mut rebuild = Rebuild::start(&new)?;
    rebuild.copy_pack(&old.pack())?;
    v1::records(&path.join("log"), |_, bytes| rebuild.push(bytes))?;
    let (records, _) = rebuild.finish()?;
    // Its mark of a clean shut-down said where it ended: `head=N …`.
    let mark = fs::read_to_string(path.join("CLEAN")).ok();
    let marked: Option<u64> = mark
        .as_deref()
        .and_then(|mark| mark.strip_prefix("head=")?.split(' ').next()?.parse().ok());
    if let Some(marked) = marked.filter(|marked| *marked > records) {
        let what =
            format!("the log ends at position {records}, and ended at {marked} when it was closed");
        return Err(StoreError::Damaged {
            position: Some(records + 1),
            what,
        });
    }
    drop(old);
    fs::rename(path, &before).map_err(io(format!("rename {}", path.display())))?;
    fs::rename(&new, path).map_err(io(format!("rename {}", new.display())))?;
    path.parent()
        .filter(|p| !p.as_os_str().is_empty())
        .map_or(Ok(()), sync_folder)?;
    Ok(Migrated { records, before })
}
