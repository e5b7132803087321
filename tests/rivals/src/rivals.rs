//! The others, each as its documentation says that it is to be used.

use std::{collections::HashMap, fs::File, io::Write as _, path::Path};

use crate::{Rec, Rival};

/// What the disk can do: one file, one write and one sync a commit or a group.
pub struct Plain(File);

impl Plain {
    pub fn open(folder: &Path) -> Self {
        Self(
            File::options()
                .create(true)
                .append(true)
                .read(true)
                .open(folder.join("plain"))
                .expect("it opens"),
        )
    }
}

impl Rival for Plain {
    fn commit(&mut self, commits: &[Vec<Rec>]) {
        let bytes: Vec<u8> = commits
            .iter()
            .flatten()
            .flat_map(|r| r.bytes.iter().copied().chain([b'\n']))
            .collect();
        self.0
            .write_all(&bytes)
            .and_then(|()| self.0.sync_data())
            .expect("it is written");
    }

    fn scan(&mut self) -> u64 {
        0
    }

    fn stream(&mut self, _: &str) -> Option<usize> {
        None
    }
}

pub struct Sqlite(rusqlite::Connection);

impl Sqlite {
    pub fn open(folder: &Path) -> Self {
        let db = rusqlite::Connection::open(folder.join("sqlite")).expect("it opens");
        db.execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
             CREATE TABLE IF NOT EXISTS records (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, bytes BLOB NOT NULL);
             CREATE UNIQUE INDEX IF NOT EXISTS streams ON records (stream, version);",
        )
        .expect("it is made");
        Self(db)
    }
}

impl Rival for Sqlite {
    fn commit(&mut self, commits: &[Vec<Rec>]) {
        let tx = self.0.transaction().expect("it begins");
        {
            let mut version = tx
                .prepare_cached("SELECT coalesce(max(version), 0) FROM records WHERE stream = ?1")
                .expect("sql");
            let mut insert = tx
                .prepare_cached("INSERT INTO records (stream, version, bytes) VALUES (?1, ?2, ?3)")
                .expect("sql");
            for commit in commits {
                let mut known: HashMap<&str, i64> = HashMap::new();
                for rec in commit {
                    let next = match known.get(rec.stream.as_str()) {
                        Some(version) => version + 1,
                        None => {
                            version
                                .query_row([&rec.stream], |row| row.get::<_, i64>(0))
                                .expect("a version")
                                + 1
                        }
                    };
                    known.insert(&rec.stream, next);
                    insert
                        .execute((&rec.stream, next, &rec.bytes))
                        .expect("it is inserted");
                }
            }
        }
        tx.commit().expect("it is durable");
    }

    fn scan(&mut self) -> u64 {
        let mut all = self
            .0
            .prepare("SELECT bytes FROM records ORDER BY position")
            .expect("sql");
        let mut rows = all.query([]).expect("rows");
        let mut bytes = 0;
        while let Some(row) = rows.next().expect("a row") {
            bytes += row
                .get_ref(0)
                .expect("bytes")
                .as_blob()
                .expect("bytes")
                .len() as u64;
        }
        bytes
    }

    fn stream(&mut self, name: &str) -> Option<usize> {
        let mut all = self
            .0
            .prepare_cached("SELECT bytes FROM records WHERE stream = ?1 ORDER BY version")
            .expect("sql");
        let rows = all
            .query_map([name], |row| Ok(row.get_ref(0)?.as_blob()?.len()))
            .expect("rows");
        Some(rows.filter(|r| r.as_ref().is_ok_and(|n| *n > 0)).count())
    }
}

const RECORDS: redb::TableDefinition<'_, u64, &[u8]> = redb::TableDefinition::new("records");
const STREAMS: redb::TableDefinition<'_, (&str, u64), u64> = redb::TableDefinition::new("streams");

pub struct Redb {
    db: redb::Database,
    head: u64,
    versions: HashMap<String, u64>,
}

impl Redb {
    pub fn open(folder: &Path) -> Self {
        Self {
            db: redb::Database::create(folder.join("redb")).expect("it opens"),
            head: 0,
            versions: HashMap::new(),
        }
    }
}

impl Rival for Redb {
    fn commit(&mut self, commits: &[Vec<Rec>]) {
        let tx = self.db.begin_write().expect("it begins");
        {
            let mut records = tx.open_table(RECORDS).expect("a table");
            let mut streams = tx.open_table(STREAMS).expect("a table");
            for rec in commits.iter().flatten() {
                self.head += 1;
                let version = self.versions.entry(rec.stream.clone()).or_default();
                *version += 1;
                records
                    .insert(self.head, rec.bytes.as_slice())
                    .expect("it is inserted");
                streams
                    .insert((rec.stream.as_str(), *version), self.head)
                    .expect("it is inserted");
            }
        }
        tx.commit().expect("it is durable");
    }

    fn scan(&mut self) -> u64 {
        use redb::{ReadableDatabase as _, ReadableTable as _};
        let tx = self.db.begin_read().expect("it begins");
        let records = tx.open_table(RECORDS).expect("a table");
        records
            .iter()
            .expect("an iterator")
            .map(|r| r.expect("a record").1.value().len() as u64)
            .sum()
    }

    fn stream(&mut self, name: &str) -> Option<usize> {
        use redb::ReadableDatabase as _;
        let tx = self.db.begin_read().expect("it begins");
        let (records, streams) = (
            tx.open_table(RECORDS).expect("a table"),
            tx.open_table(STREAMS).expect("a table"),
        );
        let positions = streams
            .range((name, 0)..=(name, u64::MAX))
            .expect("a range");
        Some(
            positions
                .filter(|p| {
                    records
                        .get(p.as_ref().expect("a position").1.value())
                        .expect("it reads")
                        .is_some()
                })
                .count(),
        )
    }
}

pub struct Fjall {
    db: fjall::Database,
    records: fjall::Keyspace,
    streams: fjall::Keyspace,
    head: u64,
    versions: HashMap<String, u64>,
}

impl Fjall {
    pub fn open(folder: &Path) -> Self {
        let db = fjall::Database::builder(folder.join("fjall"))
            .open()
            .expect("it opens");
        let records = db
            .keyspace("records", fjall::KeyspaceCreateOptions::default)
            .expect("a keyspace");
        let streams = db
            .keyspace("streams", fjall::KeyspaceCreateOptions::default)
            .expect("a keyspace");
        Self {
            db,
            records,
            streams,
            head: 0,
            versions: HashMap::new(),
        }
    }
}

impl Rival for Fjall {
    fn commit(&mut self, commits: &[Vec<Rec>]) {
        let mut batch = self
            .db
            .batch()
            .durability(Some(fjall::PersistMode::SyncData));
        for rec in commits.iter().flatten() {
            self.head += 1;
            let version = self.versions.entry(rec.stream.clone()).or_default();
            *version += 1;
            batch.insert(&self.records, self.head.to_be_bytes(), rec.bytes.as_slice());
            let key = [rec.stream.as_bytes(), &[0], &version.to_be_bytes()].concat();
            batch.insert(&self.streams, key, self.head.to_be_bytes());
        }
        batch.commit().expect("it is durable");
    }

    fn scan(&mut self) -> u64 {
        self.records
            .iter()
            .map(|kv| kv.into_inner().expect("a record").1.len() as u64)
            .sum()
    }

    fn stream(&mut self, name: &str) -> Option<usize> {
        let found = self.streams.prefix([name.as_bytes(), &[0]].concat());
        Some(
            found
                .filter_map(|kv| {
                    self.records
                        .get(kv.into_inner().expect("a position").1)
                        .expect("it reads")
                })
                .count(),
        )
    }
}

pub struct Uma(umadb_core::db::UmaDb);

impl Uma {
    pub fn open(folder: &Path) -> Self {
        std::fs::create_dir_all(folder.join("umadb")).expect("a folder");
        Self(umadb_core::db::UmaDb::new(folder.join("umadb")).expect("it opens"))
    }
}

impl Rival for Uma {
    fn commit(&mut self, commits: &[Vec<Rec>]) {
        let event = |rec: &Rec| umadb_dcb::DcbEvent {
            event_type: "RevisionAccepted".into(),
            tags: vec![rec.stream.clone()],
            data: rec.bytes.clone(),
            uuid: None,
            metadata: Vec::new(),
        };
        let items = commits
            .iter()
            .map(|commit| (commit.iter().map(event).collect(), None, None))
            .collect();
        for answer in self.0.append_batch(items).expect("it is durable") {
            answer.expect("it is appended");
        }
    }

    fn scan(&mut self) -> u64 {
        use umadb_dcb::DcbEventStoreSync as _;
        let all = self.0.read(None, None, false, None).expect("it reads");
        all.map(|e| e.expect("an event").event.data.len() as u64)
            .sum()
    }

    fn stream(&mut self, _: &str) -> Option<usize> {
        None
    }
}

pub struct Salamander {
    db: salamander::Salamander<Vec<u8>>,
}

impl Salamander {
    pub fn open(folder: &Path) -> Self {
        Self {
            db: salamander::Salamander::open(folder.join("salamander")).expect("it opens"),
        }
    }
}

impl Rival for Salamander {
    fn commit(&mut self, commits: &[Vec<Rec>]) {
        for rec in commits.iter().flatten() {
            self.db
                .append(&rec.stream, rec.bytes.clone())
                .expect("it is appended");
        }
        self.db.commit().expect("it is durable");
    }

    fn scan(&mut self) -> u64 {
        #[derive(Default)]
        struct Bytes(u64, u64);
        impl salamander::Projection for Bytes {
            type Body = Vec<u8>;
            type State = u64;
            fn apply(&mut self, event: &salamander::Event<Vec<u8>>) {
                self.0 += event.body.len() as u64;
                self.1 = event.offset + 1;
            }
            fn cursor(&self) -> u64 {
                self.1
            }
            fn state(&self) -> &u64 {
                &self.0
            }
        }
        self.db.projection::<Bytes>().expect("it replays").0
    }

    fn stream(&mut self, _: &str) -> Option<usize> {
        None
    }
}
