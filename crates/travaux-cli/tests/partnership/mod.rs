//! A partnership on the command line: its framework, and lines as they are typed.

/// Words as a shell splits them, at blanks outside single quotes.
pub(crate) fn words(line: &str) -> Vec<&str> {
    let parts = line.split('\'').enumerate();
    parts
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        })
        .collect()
}

/// A framework of FR and MA with one area, called `pact`.
pub(crate) const PARTNERSHIP: &str = r#"{"title": "Partnership", "handle": "pact",
    "declaration": {"title": "joint declaration", "made": "2024-10", "by": []},
    "parties": [{"id": "FR", "name": "State FR"}, {"id": "MA", "name": "State MA"}],
    "areas": [{"key": "events", "title": "Major events"}]}"#;
