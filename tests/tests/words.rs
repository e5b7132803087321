//! What people read is words: no debug form in a string of ours.

use std::path::{Path, PathBuf};

/// Where a debug form may stand outside tests, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "travaux-store/src/conformance/",
        "a suite of tests that every store runs",
    ),
    ("travaux-testkit/src/", "what tests say when they fail"),
];

/// The source files of all crates.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The lines of a file, numbered, that format something for debugging; not those of its tests, which stand at its end, and no comments.
fn debug_forms(source: &str) -> Vec<(usize, &str)> {
    let code = source
        .lines()
        .take_while(|line| line.trim() != "#[cfg(test)]");
    let shows = |line: &str| [":?}", ":#?}"].iter().any(|form| line.contains(form));
    code.enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//") && shows(line))
        .map(|(at, line)| (at + 1, line.trim()))
        .collect()
}

#[test]
fn debug_forms_are_found_wherever_they_stand() {
    let found = |source| debug_forms(source).len();
    assert_eq!(found("let x = format!(\"{x:?}\");"), 1);
    assert_eq!(found("write!(f, \"{:#?}\", x)"), 1);
    assert_eq!(found("#[error(\"{found:?} found\")]"), 1);
    assert_eq!(found("panic!(\n    \"{name}: {:?}\",\n    x\n)"), 1);
    assert_eq!(found("// {x:?} would be wrong"), 0);
    assert_eq!(
        found("let a = b.map(|c| c)?;\n#[cfg(test)]\nmod tests { \"{x:?}\" }"),
        0
    );
}

#[test]
fn nothing_that_people_read_is_a_debug_form() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&crates).expect("the crates") {
        let source = entry.expect("an entry").path().join("src");
        if source.is_dir() {
            sources(&source, &mut files);
        }
    }
    assert!(files.len() > 100, "the crates are there: {}", files.len());
    let mut wrong = Vec::new();
    let mut excepted = vec![0; EXCEPTIONS.len()];
    for file in files {
        let name = file
            .strip_prefix(&crates)
            .expect("below")
            .display()
            .to_string();
        let forms = debug_forms(&std::fs::read_to_string(&file).expect("a source file"))
            .into_iter()
            .map(|(line, code)| format!("crates/{name}:{line}: {code}"))
            .collect::<Vec<_>>();
        if name.ends_with("tests.rs") {
            continue;
        }
        match EXCEPTIONS
            .iter()
            .position(|(place, _)| name.starts_with(place))
        {
            Some(at) => excepted[at] += forms.len(),
            None => wrong.extend(forms),
        }
    }
    assert!(
        wrong.is_empty(),
        "write words instead (a `Display`, or a `name()`):\n{}",
        wrong.join("\n")
    );
    for ((place, why), count) in EXCEPTIONS.iter().zip(excepted) {
        assert!(count > 0, "{place} ({why}) needs no exception any more");
    }
}
