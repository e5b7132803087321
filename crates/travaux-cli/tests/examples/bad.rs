//! Everything that the command takes, made wrong: each option, each word and each file of every
//! example. Whatever is said of it is said in the user's words, and never in those of a library.

use crate::{
    examples, help,
    stores::{Bound, words},
    table::TABLE,
};

/// Words of serde, clap, chrono, uuid and the standard library, and of panics.
const OTHERS: &[&str] = &[
    "struct ",
    "enum ",
    "variant",
    "missing field",
    "unknown field",
    "duplicate field",
    "invalid type",
    "invalid value",
    "invalid length",
    "expected value",
    "expected ident",
    " at line ",
    " column ",
    "invalid digit",
    "invalid character",
    "input contains",
    "trailing input",
    "premature end",
    "out of range",
    "target type",
    "did not contain valid",
    "utf-8 sequence",
    "os error",
    "subcommand",
    "unexpected argument",
    "unexpected value",
    "unrecognized",
    "positional",
    "class=",
    "panicked",
    "Err(",
    "Some(",
    "Error {",
];

/// Values that few options take.
const VALUES: &[&str] = &["", "not so", "99999999999999999999", "{\"a\": [1, }"];

/// What no file should hold.
const CONTENTS: &[&[u8]] = &[
    b"",
    b"{\"title\": \"T\",",
    b"[1, {\"odd\": null}, \"x\"]",
    b"{\"odd\": 1, \"title\": 2, \"languages\": [\"english\"], \"texts\": {\"Arabic\": 3}}",
    b"\xff\xfe\x00",
];

/// The options that `help` says take a value.
fn options(help: &str) -> Vec<String> {
    let line = |line: &str| {
        let (_, option) = line.split_once("--")?;
        let (name, rest) = option.split_once(' ')?;
        let is_option = line.trim_start().starts_with('-') && rest.starts_with('<');
        is_option.then(|| format!("--{name}"))
    };
    help.lines().filter_map(line).collect()
}

/// The words with what is behind `option` in place of its value, if it has one.
fn with(words: &[String], option: &str, value: &str) -> Vec<String> {
    let mut words = words.to_vec();
    match words.iter().position(|word| word == option) {
        Some(at) if at + 1 < words.len() => words[at + 1] = value.to_owned(),
        _ => words.extend([option.to_owned(), value.to_owned()]),
    }
    words
}

/// All that an example is made wrong by.
fn wrong(words: &[String], help: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for option in options(help) {
        // Where nothing is, nothing is found; a person may be called anything.
        if !["--store", "--person", "--format"].contains(&option.as_str()) {
            out.extend(VALUES.iter().map(|value| with(words, &option, value)));
        }
    }
    out.push(with(words, "--format", "xml"));
    out.push(with(words, "--store", "nowhere"));
    out.push([words, &["--no-such-option".to_owned()]].concat());
    out.push([words, &["more".to_owned(), "words".to_owned()]].concat());
    for at in 0..words.len() {
        let mut less = words.to_vec();
        less.remove(at);
        out.push(less);
        if !words[at].starts_with("--") {
            let mut other = words.to_vec();
            other[at] = "not so".to_owned();
            out.push(other);
        }
    }
    out
}

/// Runs what is wrong, and keeps what is said of it in words of others.
fn judge(bound: &Bound, words: &[String], of: &str, found: &mut Vec<String>) {
    let output = bound.run_words(words);
    let said = String::from_utf8_lossy(&output.stderr);
    let others = OTHERS.iter().filter(|other| said.contains(**other));
    found.extend(others.map(|other| format!("`{other}` of {of} {words:?}: {said}")));
    if output.status.code().is_none_or(|code| code > 3) {
        found.push(format!(
            "{of} {words:?} ends with {}: {said}",
            output.status
        ));
    }
}

#[test]
fn what_is_wrong_is_said_in_words_of_our_own() {
    let mut shelf = crate::Shelf::default();
    let mut known = std::collections::BTreeMap::new();
    examples(&[], &mut known);
    let (mut found, mut tried) = (Vec::new(), 0);
    for row in TABLE.iter().filter(|row| row.command != "demo") {
        let example = known[row.command]
            .strip_prefix("travaux ")
            .expect("an example");
        let example = example.split(" > ").next().unwrap_or_default();
        let path: Vec<String> = row.command.split(' ').map(str::to_owned).collect();
        let words = words(example);
        let mut bound = shelf.copy(row.store);
        crate::prepare(&mut bound, row.before).expect("what goes before it");
        for wrong in wrong(&words, &help(&path)) {
            judge(&bound, &wrong, "the words", &mut found);
            tried += 1;
        }
        for file in words.iter().filter(|word| bound.has(word)) {
            for content in CONTENTS {
                bound.put(file, content);
                let of = String::from_utf8_lossy(content);
                judge(&bound, &words, &of, &mut found);
                tried += 1;
            }
        }
    }
    assert!(tried > 1000, "{tried}");
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{}\n{}", found.len(), found.join("\n"));
}
