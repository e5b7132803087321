//! What the tests of faults share: commits that are known by their number alone, the log that a writer leaves of what it was told, and
//! the check of a store against that log.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use travaux_store::{
    Commit, CommitId, EnvelopeActor, EventStore, NewEvent, Nonce, Read, StoreError, read_all,
};
use travaux_store_sled::{Options, SledStore};
use uuid::Uuid;

/// Options under which everything that the background does happens soon.
pub const EAGER: Options = Options {
    archive_at: 64 << 10,
    full_at: 64 << 20,
};

/// The commit under a number: one to four events, over two streams, all of it following from the number.
pub fn commit_of(number: u128) -> Commit {
    let event = |n: u128| NewEvent {
        stream: format!("writer-{}.{}", number >> 40, n % 2),
        id: Uuid::from_u128(number << 3 | n),
        nonce: Nonce((number << 3 | n).to_be_bytes()),
        kind: "Noted".into(),
        schema: 1,
        payload: format!(
            "{{\"of\":{number},\"n\":{n},\"text\":\"{}\"}}",
            "words ".repeat((number % 60) as usize)
        ),
        attachments: Vec::new(),
    };
    Commit {
        id: CommitId(Uuid::from_u128(number)),
        recorded_at: chrono::DateTime::UNIX_EPOCH,
        actor: EnvelopeActor {
            party: "FR".into(),
            person: None,
        },
        correlation: Uuid::from_u128(number),
        causation: None,
        guards: Vec::new(),
        events: (0..1 + number % 4).map(event).collect(),
        attachments: Vec::new(),
    }
}

/// What a writer says that it tried, and what it was told.
#[derive(Debug, Default)]
pub struct Log {
    /// Commits that it tried.
    pub tried: BTreeSet<u128>,
    /// Commits that were acknowledged, with their first and last positions.
    pub acknowledged: BTreeMap<u128, (u64, u64)>,
    /// How many acknowledgements came after the first failure.
    pub after_failure: usize,
    /// The first failure.
    pub failure: Option<String>,
}

impl Log {
    /// Reads lines `try N`, `ack N FIRST LAST` and `err N WHY`; a last line that is cut off is not counted.
    pub fn read(text: &str) -> Self {
        let mut log = Self::default();
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        for line in whole.lines() {
            let words: Vec<&str> = line.splitn(4, ' ').collect();
            let number = |at: usize| {
                words
                    .get(at)
                    .and_then(|word| word.parse::<u128>().ok())
                    .unwrap_or_default()
            };
            match words.first() {
                Some(&"try") => drop(log.tried.insert(number(1))),
                Some(&"ack") => {
                    log.acknowledged
                        .insert(number(1), (number(2) as u64, number(3) as u64));
                    log.after_failure += usize::from(log.failure.is_some());
                }
                Some(&"err") => drop(log.failure.get_or_insert_with(|| line.to_owned())),
                _ => {}
            }
        }
        log
    }

    /// Takes in what another writer said of the same store.
    pub fn add(&mut self, other: Self) {
        self.tried.extend(other.tried);
        self.acknowledged.extend(other.acknowledged);
    }
}

/// What is wrong with the store in `path` if a writer left this log: every acknowledged commit has to be there, whole and where it
/// was said to be, nothing in part, nothing twice, positions and versions without gaps, the tree as it was. Commits that were tried
/// and not acknowledged are then tried again, and have to be there once.
pub fn problems(path: &Path, log: &Log) -> Vec<String> {
    let store = match opened(path) {
        Ok(store) => store,
        Err(error) => return vec![format!("it does not open: {error}")],
    };
    let mut wrong: Vec<String> = store
        .damage()
        .into_iter()
        .map(|damage| damage.to_string())
        .collect();
    wrong.extend(compare(&store, log));
    for number in log
        .tried
        .iter()
        .filter(|number| !log.acknowledged.contains_key(number))
    {
        let there = store
            .find_commit(CommitId(Uuid::from_u128(*number)))
            .ok()
            .flatten();
        match (store.append(commit_of(*number)), there) {
            (Ok(appended), Some(there)) if appended == there => {}
            (Ok(appended), None) if !appended.repeated => {}
            (answer, there) => wrong.push(format!(
                "commit {number} in doubt: {answer:?}, and it stood at {there:?}"
            )),
        }
    }
    wrong.extend(compare(&store, log));
    match store.verify() {
        Ok(verified) => wrong.extend(verified.damage.iter().map(ToString::to_string)),
        Err(error) => wrong.push(error.to_string()),
    }
    wrong
}

/// Opens the store. Where another test of this process starts a program at that moment, the child has all
/// our files, and with them the lock of a store that we closed, until it becomes that program.
fn opened(path: &Path) -> Result<SledStore, StoreError> {
    let patience = Instant::now() + Duration::from_secs(10);
    loop {
        match SledStore::open_with(path, EAGER) {
            Err(StoreError::Locked { .. }) if Instant::now() < patience => thread::yield_now(),
            answer => return answer,
        }
    }
}

fn compare(store: &SledStore, log: &Log) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut stands: BTreeMap<u128, (u64, u64)> = BTreeMap::new();
    let mut versions: BTreeMap<String, u64> = BTreeMap::new();
    let mut expected = 1;
    for record in read_all(store, Read::log(1)) {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                wrong.push(error.to_string());
                break;
            }
        };
        let Ok(envelope) = record.envelope() else {
            wrong.push(format!("position {} is no envelope", record.position));
            break;
        };
        if record.position != expected {
            wrong.push(format!(
                "position {} follows {}",
                record.position,
                expected - 1
            ));
        }
        expected = record.position + 1;
        let version = versions.entry(envelope.stream.to_owned()).or_default();
        *version += 1;
        if envelope.version != *version {
            wrong.push(format!(
                "version {} of {} follows {}",
                envelope.version,
                envelope.stream,
                *version - 1
            ));
        }
        let number = envelope.commit.0.as_u128();
        match stands.get_mut(&number) {
            Some((_, last)) if *last + 1 == record.position => *last += 1,
            Some(_) => wrong.push(format!("commit {number} stands twice")),
            None => drop(stands.insert(number, (record.position, record.position))),
        }
    }
    for (number, (first, last)) in &stands {
        if last - first + 1 != commit_of(*number).events.len() as u64 {
            wrong.push(format!(
                "of commit {number}, only {first} to {last} is there"
            ));
        }
    }
    for (number, acknowledged) in &log.acknowledged {
        if stands.get(number) != Some(acknowledged) {
            wrong.push(format!(
                "commit {number} was acknowledged at {acknowledged:?} and stands at {:?}",
                stands.get(number)
            ));
        }
    }
    wrong
}
