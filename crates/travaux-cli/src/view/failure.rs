//! What went wrong, for people on standard error and for programs on standard output.

use std::{io::Write as _, process::ExitCode};

use clap::error::ErrorKind;
use travaux::domain::{Reason, Refusal, Rule, RuleKind};

use travaux_import::{
    ImportError, InputError,
    input::{Malformed, Problem},
};

use super::{
    usage,
    wire::{documents, words},
};
use crate::{
    error::{CliError, FailureKind},
    output::{Output, visible},
    screen::{fitted, known_columns},
};

documents! {
    /// Why nothing was done. With `--format json` it is the document on standard output; the words
    /// for people stay on standard error.
    pub(crate) struct Failure {
        /// Always `false`; a document of success has no such field.
        ok: bool,
        /// The kind.
        error: FailureKind,
        /// What went wrong, in words.
        message: String,
        /// What to do about it, where that is known.
        hint: Option<&'static str>,
        /// The refusal, where a rule stands against it.
        #[serde(skip_serializing_if = "Option::is_none")]
        refusal: Option<Refused>,
        /// What is wrong with the files that were given: all of it, each with its place.
        problems: Vec<FileProblem>,
        /// Commands that may help.
        next: Vec<Next>,
        /// The exit status, as the table above says.
        exit: u8,
    }

    /// A rule that stands against an act.
    pub(crate) struct Refused {
        /// What kind of reason it is, for a program to act on.
        reason: Reason,
        /// The row: `travaux law ROW` says more.
        rule: Rule,
        /// The law that the row comes from.
        law: &'static str,
        /// Whether the parties may depart from it.
        kind: RuleKind,
        /// The final clause that fills the rule in, or took its place.
        clause: Option<String>,
        /// What was asked.
        act: String,
        /// What the rule expects.
        expected: String,
        /// What was found instead.
        found: String,
        /// Who or what is missing.
        missing: Vec<String>,
        /// The operations that do not fit the text, in words.
        collisions: Vec<String>,
    }

    /// Something that is wrong with a file.
    pub(crate) struct FileProblem {
        /// The file, as it was named.
        file: String,
        /// The line, from 1.
        line: Option<usize>,
        /// Where in the line, in characters from 1.
        column: Option<usize>,
        /// The field, such as `parties[0].name`; null if it is the whole.
        field: Option<String>,
        /// What is wrong, and what to write.
        message: String,
    }

    /// A command that may help.
    pub(crate) struct Next {
        /// The command line, with words in capitals to be filled in.
        command: String,
    }
}

words! {
    FailureKind { Refused, Usage, InputOutput, Busy, Conflict, Store, NotVerified, Unwritten }
}

/// What is wrong with the files behind a failure.
fn problems(error: &CliError) -> Vec<FileProblem> {
    match error {
        CliError::Input(InputError::Form(Malformed { file, problems })) => {
            let told = |problem: &Problem| FileProblem {
                file: file.clone(),
                line: Some(problem.line),
                column: Some(problem.column),
                field: Some(problem.field.clone()).filter(|field| !field.is_empty()),
                message: problem.what.clone(),
            };
            problems.iter().map(told).collect()
        }
        CliError::Import(ImportError::Format { path, line, what }) => vec![FileProblem {
            file: path.display().to_string(),
            line: *line,
            column: None,
            field: None,
            message: what.clone(),
        }],
        _ => Vec::new(),
    }
}

impl From<&Refusal> for Refused {
    fn from(refusal: &Refusal) -> Self {
        Self {
            reason: refusal.reason,
            rule: refusal.rule,
            law: refusal.rule.law(),
            kind: refusal.kind,
            clause: refusal.clause.clone(),
            act: refusal.act.clone(),
            expected: refusal.expected.clone(),
            found: refusal.found.clone(),
            missing: refusal.missing.clone(),
            collisions: refusal.collisions.iter().map(ToString::to_string).collect(),
        }
    }
}

impl Failure {
    fn new(error: &CliError) -> Self {
        let refusal = error.refusal().map(Refused::from);
        let next = error.next().into_iter().map(|command| Next { command });
        Self {
            ok: false,
            error: error.kind(),
            message: words(error),
            hint: error.hint(),
            refusal,
            problems: problems(error),
            next: next.collect(),
            exit: error.code(),
        }
    }
}

/// Writes the failure, and gives the exit status.
pub(crate) fn report(error: &CliError, output: Output) -> ExitCode {
    // Whoever read our output has read enough.
    if error.is_broken_pipe() {
        return ExitCode::SUCCESS;
    }
    said(&words(error));
    if let Some(hint) = error.hint() {
        let _ = anstream::stderr().write_all(fit("hint: ", hint).as_bytes());
    }
    document(output, &Failure::new(error));
    ExitCode::from(error.code())
}

/// Writes what the reader of command lines has to say: help and the version, or what is wrong.
pub(crate) fn report_usage(errors: &[clap::Error], output: Output) -> ExitCode {
    let Some(error) = errors.first() else {
        return ExitCode::SUCCESS;
    };
    let Ok(exit @ 1..) = u8::try_from(error.exit_code()) else {
        // A reader that has read enough of the help is no failure.
        let _ = output.help(error);
        return ExitCode::SUCCESS;
    };
    // A command line that ends too early is answered with help.
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !output.is_json() {
        let _ = error.print();
        return ExitCode::from(exit);
    }
    let failure = Failure {
        ok: false,
        error: FailureKind::Usage,
        message: usage::words(errors),
        hint: None,
        refusal: None,
        problems: Vec::new(),
        next: Vec::new(),
        exit,
    };
    said(&failure.message);
    document(output, &failure);
    ExitCode::from(exit)
}

/// What went wrong, without the system's numbers for it.
fn words(error: &CliError) -> String {
    let said = error.to_string();
    let mut parts = said.split(" (os error ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(')') {
            Some((number, rest)) if number.bytes().all(|b| b.is_ascii_digit()) => out += rest,
            _ => out += &format!(" (os error {part}"),
        }
    }
    out
}

/// Says on standard error what went wrong.
fn said(what: &str) {
    let (bold, reset) = (anstyle::AnsiColor::Red.on_default().bold(), anstyle::Reset);
    let text = fit("error: ", &visible(what));
    let text = text.trim_start_matches("error");
    let text = format!("{bold}error{reset}{text}");
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// What is said behind a word for what it is, in lines that fit.
fn fit(kind: &str, what: &str) -> String {
    let said = format!("{kind}{what}\n");
    match known_columns() {
        Some(columns) => fitted(&said, columns),
        None => said,
    }
}

fn document(output: Output, failure: &Failure) {
    if output.is_json() {
        // Nobody is left to tell if this cannot be written either.
        let _ = output.document(failure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_numbers_are_left_out_and_nothing_else() {
        for (said, shown) in [
            ("no such file (os error 2)", "no such file"),
            ("no such file (os error 2): x", "no such file: x"),
            ("a (os error 2), b (os error 13)", "a, b"),
            ("a (os error two)", "a (os error two)"),
            ("a (os error 2", "a (os error 2"),
            ("a (error 2)", "a (error 2)"),
        ] {
            assert_eq!(words(&CliError::Usage(said.to_owned())), shown);
        }
    }
}
