//! Processes that are killed: at any moment under sixteen writers, and at every call that writes.

use std::{collections::BTreeMap, fs, path::Path};

use travaux_testkit::{
    needs::{self, Run},
    random::Rng,
};
use travaux_tests::faults::{Log, problems};

use crate::tools::{Writer, longer};

/// Calls at which a process is killed.
const CALLS: [&str; 6] = [
    "pwrite64",
    "fdatasync",
    "fsync",
    "rename",
    "unlink",
    "ftruncate",
];

pub(crate) fn nothing_that_was_acknowledged_is_lost_when_the_process_is_killed() {
    let mut random = Rng::of("kill");
    let mut folder = tempfile::tempdir().expect("a folder");
    let (mut log, mut acknowledged, mut in_doubt) = (Log::default(), 0, 0);
    for round in 0..longer(200) {
        // A store that has seen many kills, and then a new one.
        if round % 20 == 0 {
            folder = tempfile::tempdir().expect("a folder");
            log = Log::default();
        }
        let mut writer = Writer::start(&[], "store", folder.path(), 16, 0, round + 1);
        writer.wait_for(1 + random.below(60_000));
        let said = writer.kill();
        acknowledged += said.acknowledged.len();
        in_doubt += said.tried.len() - said.acknowledged.len();
        let tried = said.tried.clone();
        log.add(said);
        assert_eq!(
            problems(folder.path(), &log),
            Vec::<String>::new(),
            "round {round}"
        );
        // What was in doubt was brought to an end by the check.
        log.tried.retain(|number| !tried.contains(number));
    }
    eprintln!(
        "kill: {acknowledged} commits acknowledged, {in_doubt} in doubt, none lost, none twice"
    );
    assert!(acknowledged > 0 && in_doubt > 0);
}

pub(crate) fn a_store_that_acknowledges_too_early_is_caught() {
    let mut random = Rng::of("liar");
    for round in 0..50 {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = Writer::start(&[], "liar", folder.path(), 16, 0, round + 1);
        writer.wait_for(1 + random.below(60_000));
        let said = writer.kill();
        if !problems(folder.path(), &said).is_empty() {
            return;
        }
    }
    panic!("the check does not see what it is there for")
}

/// How often a script of commits makes each call.
fn calls(folder: &Path) -> BTreeMap<&'static str, usize> {
    let trace = folder.join("trace");
    let name = trace.to_string_lossy().into_owned();
    let filter = format!("trace={}", CALLS.join(","));
    let log = Writer::start(
        &["strace", "-f", "-o", &name, "-e", &filter],
        "store",
        &folder.join("counted"),
        1,
        200,
        1,
    )
    .end();
    assert_eq!((log.acknowledged.len(), &log.failure), (200, &None));
    let trace = fs::read_to_string(trace).expect("the trace");
    CALLS
        .iter()
        .map(|call| {
            (
                *call,
                trace
                    .lines()
                    .filter(|line| line.contains(&format!(" {call}(")))
                    .count(),
            )
        })
        .collect()
}

pub(crate) fn nothing_is_lost_when_the_process_is_killed_at_a_call_that_writes() -> Run {
    needs::program("strace")?;
    let folder = tempfile::tempdir().expect("a folder");
    let counts = calls(folder.path());
    // Every one of them with TRAVAUX_FAULTS=12 or more; usually every twelfth, and the first and last few.
    let step = (12 / longer(1)).max(1);
    let (mut points, mut killed) = (0, 0);
    for (call, count) in counts {
        assert!(count > 0 || call == "ftruncate", "{call} is never made");
        for when in (1..=count).filter(|n| n % step == 0 || *n < 4 || *n + 3 > count) {
            let store = folder.path().join(format!("{call}-{when}"));
            let inject = format!("inject={call}:signal=KILL:when={when}");
            let trace = format!("trace={call}");
            let under = [
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                &trace,
                "-e",
                &inject,
            ];
            let log = Writer::start(&under, "store", &store, 1, 200, 1).end();
            killed += usize::from(log.acknowledged.len() < 200);
            assert_eq!(
                problems(&store, &log),
                Vec::<String>::new(),
                "killed at {call} {when}"
            );
            fs::remove_dir_all(&store).expect("it is deleted");
            points += 1;
        }
    }
    eprintln!("kill at calls: {points} points, {killed} of them before the end, nothing lost");
    assert!(killed * 2 > points);
    Ok(())
}
