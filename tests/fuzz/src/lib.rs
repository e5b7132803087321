//! What is fuzzed: each reader of bytes that come from outside, and what has to hold whatever they are. `cargo fuzz` runs these with
//! bytes that it makes up (`fuzz_targets/`), an ordinary test with those that it found worth keeping (`../tests/fuzzed.rs`).

use std::path::Path;

use travaux::{
    decode,
    text::{Format, Lang, Redline, Text, infer, parse, read_instrument},
};
use travaux_import::{
    read_lines,
    scenario::{Scenario, read_profile},
};
use travaux_ledger::{Bundle, Checkpoint, LogProof, Note, SigningKey, Tile, VerifyingKey};
use travaux_store::{Envelope, Record};
use travaux_store_sled::any_bytes;

/// What runs a target on bytes; it panics where something does not hold.
pub type Run = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: [(&str, Run); 9] = [
    ("envelope", envelope),
    ("frame", any_bytes::frame),
    ("block", any_bytes::block),
    ("tile", tile),
    ("note", note),
    ("text", text),
    ("instrument", instrument),
    ("jsonl", jsonl),
    ("scenario", scenario),
];

/// A record: read fast or by serde, it says the same; the event in it is decoded or refused.
pub fn envelope(bytes: &[u8]) {
    let by_serde: Option<Envelope<'_>> = serde_json::from_slice(bytes).ok();
    let position = by_serde.as_ref().map_or(1, |envelope| envelope.position);
    let record = Record::new(position, bytes.to_vec().into(), 0..bytes.len());
    let read = record.envelope();
    assert_eq!(
        by_serde.map(|e| format!("{e:?}")),
        read.as_ref().ok().map(|e| format!("{e:?}")),
        "serde reads something else"
    );
    let Ok(envelope) = read else { return };
    if let Some(kind) = record.kind() {
        assert_eq!(kind, envelope.kind);
    }
    let header = record.header().expect("an envelope says it");
    assert_eq!(
        (header.stream, header.version, header.commit),
        (envelope.stream, envelope.version, envelope.commit)
    );
    drop(decode(envelope, |_| Ok(None)));
}

fn as_text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).expect("it is valid so far")
        }
    }
}

/// Paths of tiles, bundles of entries, proofs: what is read is written the same way again.
pub fn tile(bytes: &[u8]) {
    let text = as_text(bytes);
    if let Ok(tile) = text.parse::<Tile>() {
        assert_eq!(tile.to_string(), text);
    }
    if let Ok(records) = Bundle::read(bytes) {
        let mut bundle = Bundle::default();
        records
            .iter()
            .for_each(|record| assert!(bundle.push(record)));
        assert_eq!(bundle.as_bytes(), bytes);
    }
    if let Ok(proof) = text.parse::<LogProof>() {
        assert_eq!(
            proof.to_string().parse::<LogProof>().map(|p| p.to_string()),
            Ok(proof.to_string())
        );
    }
}

/// Signed notes, checkpoints and keys.
pub fn note(bytes: &[u8]) {
    let text = as_text(bytes);
    if let Ok(note) = text.parse::<Note>() {
        let written = note.to_string();
        assert_eq!(written.parse::<Note>().map(|n| n.to_string()), Ok(written));
    }
    if let Ok(checkpoint) = text.parse::<Checkpoint>() {
        assert_eq!(checkpoint.to_string().parse::<Checkpoint>(), Ok(checkpoint));
    }
    if let Ok(key) = text.parse::<VerifyingKey>() {
        assert_eq!(key.to_string(), text);
    }
    drop(text.parse::<SigningKey>());
}

const FORMATS: [Format; 4] = [Format::Markdown, Format::Plain, Format::Lines, Format::Xml];

/// A text in any format: its provisions give its bytes back; what is inferred from it to another one gives that one's.
pub fn text(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let format = FORMATS[usize::from(first % 4)];
    let whole = as_text(rest);
    // Two texts, where there are: an old one and a new one.
    let (old, new) = whole.split_once('\0').unwrap_or((whole, ""));
    for text in [old, new] {
        let printed: String = parse(format, text)
            .iter()
            .map(|parsed| parsed.body.raw())
            .collect();
        assert_eq!(printed, text, "{format:?}");
    }
    let lang = Lang::parse("fr").expect("a tag");
    let before = Text::parse(format, lang, old, 1);
    let operations = infer(&before, lang, &Text::provisions(format, lang, new), 2);
    let mut after = before.clone();
    after
        .apply(&operations, 2)
        .expect("what was inferred can be applied");
    assert_eq!(after.print(lang), new, "{format:?}");
    drop(Redline::between(&before, &after, lang));
}

/// Sentences of an amending instrument, on a text: read or refused.
pub fn instrument(bytes: &[u8]) {
    let sentences: Vec<String> = as_text(bytes)
        .split('\n')
        .take(8)
        .map(str::to_owned)
        .collect();
    for tag in ["fr", "en"] {
        let lang = Lang::parse(tag).expect("a tag");
        let text = Text::parse(
            Format::Markdown,
            lang,
            "# Accord\n\n## Article 1\n\nLes Parties.\n\n## Article 2\n\nThe Parties.\n",
            1,
        );
        if let Ok(operations) = read_instrument(&text, &sentences, 2, Format::Markdown, lang) {
            text.clone()
                .apply(&operations, 2)
                .expect("what was read can be applied");
        }
    }
}

/// A history as JSON Lines.
pub fn jsonl(bytes: &[u8]) {
    if let Ok(history) = read_lines(bytes, Path::new("history.jsonl")) {
        assert!(!history.commits.is_empty());
    }
}

/// A scenario, and a profile.
pub fn scenario(bytes: &[u8]) {
    let text = as_text(bytes);
    drop(Scenario::parse(text));
    drop(read_profile("profile.json", text));
}

/// Runs a target on bytes.
///
/// # Panics
/// Where something does not hold, or there is no such target.
pub fn run(target: &str, bytes: &[u8]) {
    let found = TARGETS.iter().find(|(name, _)| *name == target);
    found.expect("a target").1(bytes);
}
