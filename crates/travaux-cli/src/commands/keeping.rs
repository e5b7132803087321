//! `travaux backup`, `restore`, `repair`, `migrate`

use std::{path::Path, process::ExitCode};

use serde_json::json;
use travaux_store_sled as sled_store;

use crate::{
    args::Args,
    commands::verify::{key_of, read_checkpoint},
    error::CliError,
    output::Output,
    session::{store, there_is},
};

pub(crate) fn backup(args: &Args, to: &Path) -> Result<(), CliError> {
    let output = Output {
        format: args.format,
    };
    let copied = store(&args.store)?.backup(to)?;
    let (head, bytes, root) = (copied.head, copied.bytes, copied.root.to_string());
    if output.is_json() {
        return output
            .document(&json!({ "head": head, "root": root, "bytes": bytes, "folder": to }));
    }
    output.text(&format!(
        "{head} records are in {}, {bytes} bytes of them new; Merkle root {root}\n",
        to.display()
    ))
}

pub(crate) fn restore(
    args: &Args,
    from: &Path,
    checkpoint: Option<&Path>,
    key: Option<&str>,
) -> Result<(), CliError> {
    let output = Output {
        format: args.format,
    };
    there_is(from)?;
    let checkpoint = match checkpoint {
        Some(file) => Some(read_checkpoint(file, &key_of(key, &from.join("key.pub"))?)?),
        None => None,
    };
    let brought = sled_store::restore(from, &args.store, checkpoint.as_ref())?;
    let (head, root) = (brought.head, brought.root.to_string());
    if output.is_json() {
        return output.document(&json!({ "head": head, "root": root, "store": args.store }));
    }
    let agreed = if checkpoint.is_some() {
        ", as the checkpoint says"
    } else {
        ""
    };
    let (store, ledger) = (args.store.display(), args.store.join("ledger"));
    let ledger = ledger.display();
    output.text(&format!(
        "{head} records restored to {store}{agreed}; Merkle root {root}\nthe log's key is not in a backup: put the folder {ledger} back before the store is used, or the log goes on under a new key\n"
    ))
}

pub(crate) fn repair(args: &Args, to: &Path) -> Result<ExitCode, CliError> {
    let output = Output {
        format: args.format,
    };
    there_is(&args.store)?;
    let repaired = sled_store::repair(&args.store, to)?;
    if output.is_json() {
        output.document(&json!({
            "records": repaired.records, "salvaged": repaired.salvaged, "file": repaired.file, "lost": repaired.lost,
            "attachments": repaired.attachments, "damage": repaired.damage, "store": to,
        }))?;
    } else {
        let mut out = String::new();
        repaired
            .damage
            .iter()
            .for_each(|damage| out += &format!("{damage}\n"));
        for (first, last) in &repaired.lost {
            out += &format!("lost: positions {first} to {last}\n");
        }
        for (position, id) in &repaired.attachments {
            out +=
                &format!("lost: attachment {id}, which the record at position {position} names\n");
        }
        out += &format!(
            "{} records are in the new store {}\n",
            repaired.records,
            to.display()
        );
        if let Some(file) = &repaired.file {
            out += &format!(
                "{} sound records from behind the first loss are in {}, one a line\n",
                repaired.salvaged,
                file.display()
            );
        }
        output.text(&out)?;
    }
    Ok(
        if repaired.lost.is_empty() && repaired.attachments.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(3)
        },
    )
}

pub(crate) fn migrate(args: &Args) -> Result<(), CliError> {
    let output = Output {
        format: args.format,
    };
    there_is(&args.store)?;
    let migrated = sled_store::migrate(&args.store)?;
    if output.is_json() {
        return output.document(
            &json!({ "records": migrated.records, "before": migrated.before, "store": args.store }),
        );
    }
    let (store, before) = (args.store.display(), migrated.before.display());
    output.text(&format!(
        "{} records brought to the present format in {store}; the store as it was is kept in {before}\n",
        migrated.records
    ))
}
