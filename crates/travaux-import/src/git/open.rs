//! Opening: repositories as they are, bundles by way of a bare repository in a temporary folder.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    sync::Arc,
};

use git2::{Oid, Repository};

use crate::{ImportError, history::Keep};

pub(super) struct Opened {
    pub(super) repository: Repository,
    pub(super) keep: Option<Keep>,
}

pub(super) fn open(source: &Path) -> Result<Opened, ImportError> {
    if source.is_file() {
        return unbundle(source);
    }
    let repository = Repository::open(source).map_err(ImportError::git(format!(
        "open the repository {}",
        source.display()
    )))?;
    Ok(Opened {
        repository,
        keep: None,
    })
}

/// Reads a bundle (gitformat-bundle(5), versions 2 and 3): references and capabilities in lines, then a pack.
fn unbundle(source: &Path) -> Result<Opened, ImportError> {
    let failed = || ImportError::io(format!("read {}", source.display()));
    let wrong = |what: &str| ImportError::Format {
        path: source.to_owned(),
        line: None,
        what: what.to_owned(),
    };
    let mut file = BufReader::new(File::open(source).map_err(failed())?);
    let mut line = Vec::new();
    file.by_ref()
        .take(100)
        .read_until(b'\n', &mut line)
        .map_err(failed())?;
    if line != b"# v2 git bundle\n" && line != b"# v3 git bundle\n" {
        return Err(wrong(
            "neither a folder with a repository nor a git bundle (version 2 or 3)",
        ));
    }
    let folder = tempfile::tempdir().map_err(ImportError::io("make a temporary folder"))?;
    let repository = Repository::init_bare(folder.path())
        .map_err(ImportError::git("make a temporary repository"))?;
    let mut references = Vec::new();
    loop {
        line.clear();
        file.read_until(b'\n', &mut line).map_err(failed())?;
        let text = String::from_utf8_lossy(&line)
            .trim_end_matches('\n')
            .to_owned();
        match text.as_bytes() {
            [] => break,
            [b'-', ..] => {
                return Err(wrong(
                    "the bundle is incremental: it needs commits that it does not hold; bundle it whole",
                ));
            }
            [b'@', ..] if text == "@object-format=sha1" => {}
            [b'@', ..] => {
                return Err(wrong(&format!(
                    "the bundle needs `{}`, which is not supported",
                    &text[1..]
                )));
            }
            _ => {
                let (oid, name) = text
                    .split_once(' ')
                    .ok_or_else(|| wrong("a reference without a name"))?;
                let oid =
                    Oid::from_str(oid).map_err(|_| wrong("a reference without an object name"))?;
                references.push((name.to_owned(), oid));
            }
        }
    }
    let odb = repository
        .odb()
        .map_err(ImportError::git("open the temporary objects"))?;
    let mut pack = odb.packwriter().map_err(ImportError::git("begin a pack"))?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer).map_err(failed())?;
        if n == 0 {
            break;
        }
        pack.write_all(&buffer[..n]).map_err(failed())?;
    }
    pack.commit().map_err(ImportError::git(format!(
        "index the pack of {}",
        source.display()
    )))?;
    drop(pack);
    drop(odb);
    for (name, oid) in &references {
        if name == "HEAD" {
            continue;
        }
        repository
            .reference(name, *oid, true, "bundle")
            .map_err(ImportError::git(format!("set {name}")))?;
    }
    set_head(&repository, &references)?;
    Ok(Opened {
        repository,
        keep: Some(Arc::new(folder)),
    })
}

/// HEAD as the bundle has it; else `main` or `master`; else its only branch.
fn set_head(repository: &Repository, references: &[(String, Oid)]) -> Result<(), ImportError> {
    let branches = || {
        references
            .iter()
            .filter(|(name, _)| name.starts_with("refs/heads/"))
    };
    let named = |wanted: &str| branches().find(|(name, _)| name == wanted);
    let head = references.iter().find(|(name, _)| name == "HEAD");
    let same = head.and_then(|(_, oid)| branches().find(|(_, other)| other == oid));
    let branch = same
        .or_else(|| named("refs/heads/main"))
        .or_else(|| named("refs/heads/master"))
        .or_else(|| branches().next());
    match (branch, head) {
        (Some((name, _)), _) => repository.set_head(name),
        (None, Some((_, oid))) => repository.set_head_detached(*oid),
        (None, None) => Ok(()),
    }
    .map_err(ImportError::git("set HEAD"))
}

/// The commit that `rev` names, `HEAD` if none.
pub(super) fn resolve(repository: &Repository, rev: Option<&str>) -> Result<Oid, ImportError> {
    let rev = rev.unwrap_or("HEAD");
    let object = repository
        .revparse_single(rev)
        .map_err(ImportError::git(format!("find the revision `{rev}`")))?;
    let commit = object
        .peel_to_commit()
        .map_err(ImportError::git(format!("find a commit under `{rev}`")))?;
    Ok(commit.id())
}
