//! Lines of a history, and the record that an import leaves.

use std::path::Path;

use serde_json::{Value, json};
use travaux::{
    domain::{AgreementId, StreamId},
    projections::AgreementRecord,
};
use travaux_import::{ImportReport, SourceHistory, import, read_lines};
use travaux_testkit::office::Office;

/// A commit on the day of its number in January 2025, and what it did to a document.
pub(crate) fn line(commit: u32, op: &str, path: &str, text: Option<&str>) -> Value {
    json!({
        "commit": format!("c{commit}"),
        "author_date": format!("2025-01-{commit:02}T08:00:00+01:00"),
        "commit_date": format!("2025-01-{commit:02}T09:00:00+01:00"),
        "author": "ann",
        "committer": "bob",
        "subject": format!("commit {commit}"),
        "path": path,
        "op": op,
        "text": text,
    })
}

/// A renaming.
pub(crate) fn renamed(commit: u32, from: &str, path: &str, text: &str) -> Value {
    let mut line = line(commit, "R", path, Some(text));
    line["from"] = from.into();
    line
}

/// As a file would have them.
pub(crate) fn joined(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

pub(crate) fn history(lines: &[Value]) -> SourceHistory {
    read_lines(joined(lines).as_bytes(), Path::new("history.jsonl")).expect("it is read")
}

pub(crate) fn brought_in(office: &Office, lines: &[Value]) -> ImportReport {
    import(&office.engine, &history(lines), &()).expect("it is imported")
}

/// The agreement whose document stands at a path.
pub(crate) fn at_path(office: &Office, path: &str) -> AgreementId {
    let register = office.engine.register().expect("the register");
    let found = register
        .agreements
        .iter()
        .find(|(_, entry)| entry.path.as_deref() == Some(path));
    *found
        .unwrap_or_else(|| panic!("nothing stands at {path}"))
        .0
}

/// Its record, folded from the log.
pub(crate) fn record(office: &Office, id: AgreementId) -> AgreementRecord {
    let mut record = AgreementRecord::default();
    for recorded in office.engine.events(1) {
        let recorded = recorded.expect("it is read");
        if recorded.stream == StreamId::Agreement(id) {
            record.apply(&recorded);
        }
    }
    record
}

/// The texts of all its revisions.
pub(crate) fn texts(record: &AgreementRecord) -> Vec<String> {
    let print = |line: travaux::projections::RevisionLine| {
        record
            .print(line.revision, record.default_language())
            .expect("it has a text")
    };
    record.revisions().into_iter().map(print).collect()
}
