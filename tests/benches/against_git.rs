//! Ratios against `git` on the same document in the same run: Code civil, 423 revisions, from the corpus.
//!
//! Each figure is the median of interleaved rounds. Needs `git` on the PATH and `TRAVAUX_CORPUS`; says so and stops elsewhere.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use travaux::domain::Revision;
use travaux_import::GitOptions;
use travaux_testkit::needs;
use travaux_tests::Store;

const DOCUMENT: &str = "fr/LEGITEXT000006070721.md";
const ROUNDS: usize = 9;

fn main() {
    let needs = needs::program("git").and_then(|()| needs::corpus("fr-codes.bundle"));
    let bundle = match needs {
        Ok(bundle) => bundle,
        Err(why) => return println!("against_git: left out, as {why}"),
    };
    let folder = tempfile::tempdir().expect("a folder");
    let repository = folder.path().join("source.git");
    run(Command::new("git")
        .args(["clone", "-q", "--mirror"])
        .arg(&bundle)
        .arg(&repository))
    .expect("it is cloned");

    let store = Store::fresh();
    let start = Instant::now();
    let (history, report) = store.import_git(&bundle, &GitOptions::default());
    println!(
        "import of fr-codes: {:.1} s for {} revisions (to reach: 60 s)",
        start.elapsed().as_secs_f64(),
        report.revisions
    );

    let register = store.engine.register().expect("the register");
    let (id, _) = register
        .agreements
        .iter()
        .find(|(_, e)| e.path.as_deref() == Some(DOCUMENT))
        .expect("Code civil");
    let record = store.engine.record_with_custody(*id).expect("the record");
    let last = record.agreement.current();
    let middle = Revision(last.0 / 2);
    let commit = record
        .line(middle)
        .and_then(|l| l.source)
        .expect("a commit");
    let head = history.commits.last().expect("a commit").id.clone();
    let lang = record.default_language();

    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(&repository).args(args);
        timed(|| run(&mut command))
    };
    let object = format!("{commit}:{DOCUMENT}");
    let (mut show, mut git_show, mut blame, mut git_blame) = (vec![], vec![], vec![], vec![]);
    for round in 0..ROUNDS {
        show.push(timed(|| record.print(middle, lang)));
        git_show.push(git(&["show", &object]));
        blame.push(timed(|| record.blame(last, lang)));
        if round < 3 {
            git_blame.push(git(&["blame", &head, "--", DOCUMENT]));
        }
    }
    ratio(
        "show a middle revision, engine running",
        &git_show,
        &show,
        20.0,
    );
    ratio(
        "blame of the whole text, engine running",
        &git_blame,
        &blame,
        100.0,
    );
    store.engine.save().expect("it is saved");
    let path = store.path();
    let Store { engine, folder } = store;
    // An open store has room ahead of its journal.
    drop((record, engine));
    sizes(&path, &bundle, report.revisions);
    cold(&path, middle, &git_show, &git_blame);
    drop(folder);
}

/// The command from a cold process, on the store that was just made.
fn cold(path: &Path, middle: Revision, git_show: &[Duration], git_blame: &[Duration]) {
    let built =
        run(Command::new(env!("CARGO")).args(["build", "-q", "--release", "-p", "travaux-cli"]));
    let binary = std::env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.parent()?.parent()?.join("travaux")));
    let Some(binary) = binary.filter(|b| built.is_some() && b.exists()) else {
        println!("cold process: left out, as the command was not built");
        return;
    };
    let travaux =
        |args: &[&str]| timed(|| run(Command::new(&binary).arg("--store").arg(path).args(args)));
    let (mut show, mut blame) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        show.push(travaux(&[
            "show",
            DOCUMENT,
            "--revision",
            &middle.to_string(),
            "--raw",
        ]));
        blame.push(travaux(&["blame", DOCUMENT, "--format", "json"]));
    }
    ratio("show a middle revision, cold process", git_show, &show, 1.0);
    ratio(
        "blame of the whole text, cold process",
        git_blame,
        &blame,
        1.0,
    );
}

fn timed<T>(act: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let answer = act();
    let taken = start.elapsed();
    drop(answer);
    taken
}

fn run(command: &mut Command) -> Option<()> {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .ok()?;
    status.success().then_some(())
}

fn median(times: &[Duration]) -> f64 {
    let mut times: Vec<_> = times.iter().map(Duration::as_secs_f64).collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

fn ratio(what: &str, git: &[Duration], ours: &[Duration], goal: f64) {
    let (git, ours) = (median(git), median(ours));
    println!(
        "{what}: {:.2} ms, git {:.2} ms: {:.1} times as fast (to reach: {goal})",
        ours * 1e3,
        git * 1e3,
        git / ours
    );
}

/// Bytes a revision: the log with its attachments, the projections apart, against the bundle.
fn sizes(store: &Path, bundle: &Path, revisions: u64) {
    let size = |path: &Path| -> u64 {
        files(path)
            .iter()
            .filter_map(|f| f.metadata().ok())
            .map(|m| m.len())
            .sum()
    };
    let bundle = bundle.metadata().map_or(1, |m| m.len());
    let log: u64 = ["journal", "records.blocks", "catalogue", "attachments.pack"]
        .iter()
        .map(|part| size(&store.join(part)))
        .sum();
    let views = size(&store.join("projections"));
    let per = |bytes: u64| bytes as f64 / revisions.max(1) as f64;
    println!(
        "bytes a revision: log and attachments {:.0}, projections {:.0}, bundle {:.0}: {:.2} times the bundle, {:.2} with projections (to reach: 1.5)",
        per(log),
        per(views),
        per(bundle),
        log as f64 / bundle as f64,
        (log + views) as f64 / bundle as f64
    );
}

fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    path.read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .flat_map(|entry| files(&entry.path()))
        .collect()
}
