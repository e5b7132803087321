//! The page of the events that the contract with programs rests on: `EVENTS.md`, made of the types and their stored records.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use travaux::{
    decode,
    domain::{Event, StreamId},
};
use travaux_store::Envelope;

const HEAD: &str = "# The events

Made of the stored records in `../travaux/tests/fixtures`, one line a type: run
`TRAVAUX_WRITE=1 cargo test -p travaux-cli --test events`. Do not edit it by hand.

`export jsonl` writes the records: their `type` and the fields of their `payload` stand here, and
their `stream` begins with the name of the section. `export cloudevents` writes the type as
`org.travaux.TYPE.vSCHEMA`, and the payload as `data`. A field that only some records of a type
have is marked `?`.
";

/// What the records of a type show.
struct Shown {
    stream: String,
    what: String,
    payloads: Vec<Value>,
}

impl Shown {
    fn fields(&self) -> String {
        let keys = |payload: &Value| -> BTreeSet<String> {
            let fields = payload.as_object().into_iter().flatten();
            fields.map(|(key, _)| key.clone()).collect()
        };
        let each: Vec<_> = self.payloads.iter().map(keys).collect();
        let all: BTreeSet<_> = each.iter().flatten().collect();
        let marked = all.into_iter().map(|key| {
            let always = each.iter().all(|keys| keys.contains(key));
            format!("`{key}`{}", if always { "" } else { "?" })
        });
        marked.collect::<Vec<_>>().join(", ")
    }
}

/// What the stored records show of each type.
fn shown() -> BTreeMap<String, Shown> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../travaux/tests/fixtures");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of records")
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    let mut types: BTreeMap<String, Shown> = BTreeMap::new();
    for file in files {
        let bytes = fs::read_to_string(&file).expect("a record");
        let envelope: Envelope<'_> = serde_json::from_str(&bytes).expect("an envelope");
        let payload = serde_json::from_str(envelope.payload.get()).expect("JSON");
        let recorded = decode(envelope, |_| Ok(None)).expect("an event");
        let stream = recorded.stream.to_string();
        let entry = types
            .entry(recorded.event.type_name().to_owned())
            .or_insert_with(|| Shown {
                stream: stream.split('-').next().unwrap_or_default().to_owned(),
                what: recorded.event.describe().what,
                payloads: Vec::new(),
            });
        entry.payloads.push(payload);
    }
    types
}

fn page() -> String {
    let shown = shown();
    let mut out = HEAD.to_owned();
    for prefix in StreamId::PREFIXES {
        out += &format!("\n## {prefix}\n\n| type | fields | a history says, for example |\n");
        out += "|---|---|---|\n";
        for kind in Event::types() {
            let of = shown
                .get(kind)
                .unwrap_or_else(|| panic!("{kind} has no stored record in travaux/tests/fixtures"));
            if of.stream == *prefix {
                let what = of.what.replace('|', "\\|").replace('\n', " ");
                out += &format!("| `{kind}` | {} | {what} |\n", of.fields());
            }
        }
    }
    out
}

#[test]
fn the_page_of_events_is_as_the_types_and_their_records_are() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("EVENTS.md");
    let page = page();
    if std::env::var_os("TRAVAUX_WRITE").is_some() {
        fs::write(&file, &page).expect("it is written");
    }
    let kept = fs::read_to_string(&file).expect("the page");
    assert!(
        kept == page,
        "EVENTS.md is stale: run it again with TRAVAUX_WRITE=1"
    );
}

#[test]
fn the_page_has_one_line_for_each_type() {
    let page = page();
    for kind in Event::types() {
        let begins = format!("| `{kind}` | ");
        let lines = page.lines().filter(|line| line.starts_with(&begins));
        assert_eq!(lines.count(), 1, "{kind}");
    }
}
