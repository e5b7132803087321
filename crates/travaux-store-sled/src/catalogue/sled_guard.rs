//! sled, kept where it belongs: its failures and its panics come out as failures of the store.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use travaux_store::StoreError;

/// How long sled may take to let go of a folder that this process has just closed.
const LETTING_GO: Duration = Duration::from_secs(10);

/// sled's failures, in our words.
pub(crate) fn failed(act: &str) -> impl Fn(sled::Error) -> StoreError {
    let act = act.to_owned();
    move |e| match e {
        sled::Error::Corruption { .. } => StoreError::Damaged {
            position: None,
            what: format!("sled cannot {act}: {e}"),
        },
        e => StoreError::io(act.clone(), e),
    }
}

/// Does something with sled, which panics where it finds what it did not expect.
pub(crate) fn guarded<T>(
    act: &str,
    work: impl FnOnce() -> sled::Result<T>,
) -> Result<T, StoreError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(failed(act)),
        Err(_) => Err(StoreError::Damaged {
            position: None,
            what: format!("sled gave up when it should {act}"),
        }),
    }
}

/// Opens sled. Threads of sled's own keep its lock for a moment after the last handle was dropped; other processes are kept out by
/// our own lock, which is held by now, so that a lock which is still there is one that is about to go.
pub(crate) fn open(config: &sled::Config) -> Result<sled::Db, StoreError> {
    let began = Instant::now();
    loop {
        match guarded("open the catalogue", || match config.open() {
            Err(sled::Error::Io(e))
                if e.to_string().contains("could not acquire lock")
                    && began.elapsed() < LETTING_GO =>
            {
                Ok(None)
            }
            opened => opened.map(Some),
        })? {
            Some(db) => return Ok(db),
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_failure() {
        let failed = guarded("do this", || -> sled::Result<()> { panic!("unexpected") })
            .expect_err("it panics");
        assert_eq!(
            failed.to_string(),
            "damage: sled gave up when it should do this"
        );
    }
}
