//! Tests that need what a machine may lack: a folder of real histories, a program, a mount.
//!
//! The built-in harness captures what a passing test prints, so a test that returns early looks like one that ran. These run
//! under a harness of their own (`harness = false`): one that cannot run is reported as ignored, with the reason, and
//! the last line of the harness counts them. `.ci/run` fails on any that it does not expect.
//!
//! ```no_run
//! use std::process::ExitCode;
//! use travaux_testkit::{needs::{self, Run}, tests};
//!
//! fn the_whole_code_comes_back() -> Run {
//!     let bundle = needs::corpus("fr-codes.bundle")?;
//!     assert!(bundle.is_file());
//!     Ok(())
//! }
//!
//! fn main() -> ExitCode {
//!     needs::main(tests![the_whole_code_comes_back])
//! }
//! ```

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    process::{Command, ExitCode, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
};

use libtest_mimic::{Arguments, Completion, Trial};

/// What a test gives that may lack what it needs: it ran, or it was left out.
pub type Run = Result<(), LeftOut>;

/// A test that was left out, and what it lacks, as the end of a sentence: "TRAVAUX_CORPUS is not set".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut(pub String);

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The file or folder `name` of the folder of real histories.
///
/// # Errors
/// Where `TRAVAUX_CORPUS` is not set.
///
/// # Panics
/// Where it is set to a folder that lacks this: whoever names a corpus means it to be read.
pub fn corpus(name: &str) -> Result<PathBuf, LeftOut> {
    let folder = std::env::var_os("TRAVAUX_CORPUS")
        .ok_or_else(|| LeftOut("TRAVAUX_CORPUS is not set".into()))?;
    let path = Path::new(&folder).join(name);
    assert!(
        path.exists(),
        "TRAVAUX_CORPUS names a folder without {name}: {} is not there",
        path.display()
    );
    Ok(path)
}

/// Asks for a program on the `PATH`.
///
/// # Errors
/// Where there is none.
pub fn program(name: &str) -> Run {
    quiet(Command::new(name).arg("--version"))
        .map(drop)
        .map_err(|_| LeftOut(format!("there is no {name} on the PATH")))
}

/// Runs a command that a machine may not allow, without a word of its own.
///
/// # Errors
/// Where it cannot be run or fails: `lacks` is what is missing then.
pub fn done(command: &mut Command, lacks: &str) -> Run {
    match quiet(command) {
        Ok(status) if status.success() => Ok(()),
        _ => Err(LeftOut(format!("{lacks} here"))),
    }
}

fn quiet(command: &mut Command) -> std::io::Result<ExitStatus> {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null());
    command.stderr(Stdio::null()).status()
}

/// What a test function may give: nothing, or a [`Run`].
pub trait Ran {
    /// As a run.
    fn run(self) -> Run;
}

impl Ran for () {
    fn run(self) -> Run {
        Ok(())
    }
}

impl Ran for Run {
    fn run(self) -> Run {
        self
    }
}

/// A test under the name that the harness prints.
pub struct Test {
    name: &'static str,
    run: Box<dyn FnOnce() -> Run + Send>,
}

impl Test {
    /// A test, which may be left out.
    pub fn new<R: Ran + 'static>(name: &'static str, test: fn() -> R) -> Self {
        let run = Box::new(move || test().run());
        Self { name, run }
    }
}

impl fmt::Debug for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Test").field(&self.name).finish()
    }
}

/// The tests of these names, for [`needs::main`](crate::needs::main). One that is in no list is dead code, and clippy says so.
#[macro_export]
macro_rules! tests {
    ($($name:path),* $(,)?) => {
        [$($crate::needs::Test::new(stringify!($name), $name)),*]
    };
}

/// Runs them as `cargo test` asks; ends with how many were left out, and why.
pub fn main(tests: impl IntoIterator<Item = Test>) -> ExitCode {
    let left_out = Arc::default();
    let trials = tests.into_iter().map(|test| trial(test, &left_out));
    let conclusion = libtest_mimic::run(&Arguments::from_args(), trials.collect());
    say(&left_out.lock().unwrap_or_else(PoisonError::into_inner));
    conclusion.exit_code()
}

/// How many tests lacked what.
type Lacking = Mutex<BTreeMap<LeftOut, usize>>;

fn trial(test: Test, left_out: &Arc<Lacking>) -> Trial {
    let left_out = Arc::clone(left_out);
    Trial::ignorable_test(test.name, move || match (test.run)() {
        Ok(()) => Ok(Completion::Completed),
        Err(why) => {
            let mut lacking = left_out.lock().unwrap_or_else(PoisonError::into_inner);
            *lacking.entry(why.clone()).or_default() += 1;
            Ok(Completion::ignored_with(why))
        }
    })
}

#[expect(clippy::print_stdout, reason = "a harness prints")]
fn say(left_out: &BTreeMap<LeftOut, usize>) {
    for (why, count) in left_out {
        let tests = if *count == 1 { "test" } else { "tests" };
        println!("{count} {tests} left out: {why}\n");
    }
}
