//! Where documents can stand in git, and when commits can have been made: seen to before anything is
//! written.

use std::{collections::BTreeSet, fs, io, path::Path};

use super::{ExportPlan, Step};
use crate::ImportError;

/// The folders in which a path stands, the outermost first.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// What is wrong with a path, if git cannot have it (git-fsck(1)).
fn wrong(path: &str) -> Option<String> {
    if path.contains('\0') {
        return Some("it holds a NUL".to_owned());
    }
    path.split('/').find_map(|part| match part {
        "" if path.is_empty() => Some("it is empty".to_owned()),
        "" => Some("a part of it is empty".to_owned()),
        "." | ".." => Some(format!("`{part}` is no name of a file")),
        part if part.eq_ignore_ascii_case(".git") => Some(format!("`{part}` is git's own")),
        _ => None,
    })
}

/// Goes through all commits: every time is one that git can have, every path is one, and no file stands where a folder has to.
pub(super) fn check(plan: &ExportPlan) -> Result<(), ImportError> {
    let mut files: BTreeSet<&str> = BTreeSet::new();
    for commit in &plan.commits {
        for at in [commit.author.at, commit.committer.at] {
            if u32::try_from(at.timestamp()).is_err() {
                let commit = commit.id.clone();
                return Err(ImportError::Time { commit, at });
            }
        }
        let steps = plan.steps.get(&commit.id).map(Vec::as_slice);
        let steps = steps.unwrap_or_default();
        for step in steps {
            if let Step::Delete { path } = step {
                files.remove(path.as_str());
            }
        }
        let written = |step: &'_ Step| match step {
            Step::Write { path, .. } => Some(path.clone()),
            Step::Delete { .. } => None,
        };
        for step in steps {
            if let Step::Write { path, .. } = step {
                files.insert(path);
            }
        }
        for path in steps.iter().filter_map(written) {
            let below = format!("{path}/");
            let inside = files.range(below.as_str()..).next();
            let inside = inside.filter(|other| other.starts_with(&below));
            let above = folders(&path).find(|folder| files.contains(folder));
            let clash = above.map(|file| format!("`{file}` is a file there, and no folder"));
            let clash =
                clash.or(inside.map(|other| format!("it is the folder of `{other}` there")));
            if let Some(what) = wrong(&path).or(clash) {
                let commit = commit.id.clone();
                return Err(ImportError::Path { path, commit, what });
            }
        }
    }
    Ok(())
}

/// Takes away what was written: the folder, or what is in it where that was there before.
pub(super) fn clear(path: &Path, made: bool) -> io::Result<()> {
    if made {
        return fs::remove_dir_all(path);
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
