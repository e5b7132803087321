//! What is wrong with a file.

use std::fmt;

/// Something that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// Where in the line, in characters from 1.
    pub column: usize,
    /// The field, such as `parties[0].name`; empty if it is the whole.
    pub field: String,
    /// What is wrong with it, and what to write.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() {
            return write!(f, "line {}: {}", self.line, self.what);
        }
        write!(f, "line {}, {}: {}", self.line, self.field, self.what)
    }
}

/// A file that people wrote is not of the form that was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Malformed {
    /// The file.
    pub file: String,
    /// All that is wrong with it, in the order of its lines.
    pub problems: Vec<Problem>,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [problem] = &self.problems[..] {
            return write!(f, "{}, {problem}", self.file);
        }
        write!(f, "{}: {} problems", self.file, self.problems.len())?;
        self.problems
            .iter()
            // What is listed within a problem stands below it.
            .try_for_each(|problem| write!(f, "\n  {}", problem.to_string().replace('\n', "\n  ")))
    }
}

/// The names of `known`, and the nearest first where one is near: what to write instead of `name`.
pub(super) fn instead(name: &str, known: &[&str]) -> String {
    let near = known
        .iter()
        .map(|known| (strsim::jaro_winkler(name, known), known))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match (near, known) {
        (Some((_, near)), _) => format!("did you mean `{near}`?"),
        (None, []) => "none is expected".to_owned(),
        (None, _) => format!("expected {}", one_of(known)),
    }
}

/// `a`, `b` or `c`
pub(super) fn one_of(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match &quoted[..] {
        [] => "nothing".to_owned(),
        [name] => name.clone(),
        [names @ .., last] => format!("{} or {last}", names.join(", ")),
    }
}
