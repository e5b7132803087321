//! `travaux init`, `seal`, `prove`, `publish`

use std::path::{Path, PathBuf};

use serde_json::json;
use travaux_store_sled::SledStore;

use crate::{args::Args, error::CliError, output::Output, session::store};

pub(crate) fn init(args: &Args, origin: &str, keep_in: Option<&Path>) -> Result<(), CliError> {
    let output = Output {
        format: args.format,
    };
    let key = SledStore::create(&args.store, origin, keep_in)?.verifying_key()?;
    if output.is_json() {
        return output
            .document(&json!({ "store": args.store, "origin": origin, "key": key.to_string() }));
    }
    let mut out = format!("a store for the log {origin} in {}\n", args.store.display());
    if let Some(place) = keep_in {
        out += &format!("the last checkpoint is also kept in {}\n", place.display());
    }
    out += &format!("its checkpoints are verified with the key\n{key}\n");
    output.text(&out)
}

pub(crate) fn seal(args: &Args) -> Result<(), CliError> {
    let output = Output {
        format: args.format,
    };
    let (checkpoint, note) = store(&args.store)?.seal()?;
    if output.is_json() {
        let root = checkpoint.root.to_string();
        return output.document(&json!({ "origin": checkpoint.origin, "size": checkpoint.size, "root": root, "note": note }));
    }
    output.text(&note)
}

pub(crate) fn prove(args: &Args, position: u64, out: Option<&Path>) -> Result<(), CliError> {
    let output = Output {
        format: args.format,
    };
    let store = store(&args.store)?;
    if position == 0 || position > travaux_store::EventStore::head(&store) {
        let head = travaux_store::EventStore::head(&store);
        return Err(CliError::Usage(format!(
            "there is no position {position}: the log has {head} records, from position 1 on"
        )));
    }
    let proof = store.prove(position)?;
    let file = out.map_or_else(
        || PathBuf::from(format!("{position}.tlog-proof")),
        Path::to_owned,
    );
    std::fs::write(&file, proof.to_string())
        .map_err(CliError::io(format!("write {}", file.display())))?;
    let key = store.verifying_key()?.to_string();
    if output.is_json() {
        return output.document(&json!({ "position": position, "file": file, "hashes": proof.hashes.len(), "key": key }));
    }
    output.text(&format!(
        "the proof of position {position} is in {}; it is verified with the key\n{key}\n",
        file.display()
    ))
}

pub(crate) fn publish(args: &Args, to: &Path) -> Result<(), CliError> {
    let output = Output {
        format: args.format,
    };
    let published = store(&args.store)?.publish(to)?;
    let (size, before, files) = (published.checkpoint.size, published.before, published.files);
    if output.is_json() {
        let root = published.checkpoint.root.to_string();
        return output.document(
            &json!({ "size": size, "before": before, "files": files, "root": root, "folder": to }),
        );
    }
    output.text(&format!(
        "{size} records published in {}: {} new, {files} files written\n",
        to.display(),
        size - before
    ))
}
