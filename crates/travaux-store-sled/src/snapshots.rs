//! Snapshots as files: one each, in pieces with zstd's checksum (XXH64), replaced by renaming. They may be deleted at any time.

use std::{fs, io, ops::ControlFlow, path::PathBuf, sync::Mutex};

use travaux_store::{LogPosition, Snapshot, SnapshotStore, StoreError, parallel_ordered};

const MAGIC: &[u8; 8] = b"TXSNAP4\n";
/// Magic, version of the fold, checkpoint, position and root of the log (zeros if it has none), length of the state.
const HEADER: usize = 8 + 4 + 8 + 8 + 32 + 8;

/// zstd's level: the higher ones take three times as long, and save a tenth.
const LEVEL: i32 = 3;
/// The state is compressed in pieces of so many bytes, each behind its compressed length (4 bytes), so that all cores read it: a
/// command that shows one text waits for little else.
const PIECE: usize = 4 << 20;

/// Snapshots in a folder.
#[derive(Debug)]
pub struct FileSnapshots {
    folder: PathBuf,
}

impl FileSnapshots {
    /// Snapshots in `folder`, which is made when it is needed.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.snap"))
    }
}

impl SnapshotStore for FileSnapshots {
    fn load(&self, name: &str) -> Result<Option<Snapshot>, StoreError> {
        let path = self.path(name);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(StoreError::io(format!("read {}", path.display()), e)),
        };
        Ok(decode(&bytes))
    }

    fn save(&self, name: &str, snapshot: &Snapshot) -> Result<(), StoreError> {
        let path = self.path(name);
        let failed = |e| StoreError::io(format!("write {}", path.display()), e);
        fs::create_dir_all(&self.folder).map_err(failed)?;
        let mut compressor = zstd::bulk::Compressor::new(LEVEL).map_err(failed)?;
        compressor.include_checksum(true).map_err(failed)?;
        let mut bytes = Vec::new();
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&snapshot.version.to_be_bytes());
        bytes.extend_from_slice(&snapshot.checkpoint.to_be_bytes());
        bytes.extend_from_slice(&snapshot.log.position.to_be_bytes());
        bytes.extend_from_slice(&snapshot.log.root.unwrap_or_default());
        bytes.extend_from_slice(&(snapshot.state.len() as u64).to_be_bytes());
        for piece in snapshot.state.chunks(PIECE) {
            let compressed = compressor.compress(piece).map_err(failed)?;
            // A piece is never longer than zstd makes of 4 MiB.
            bytes.extend_from_slice(&(compressed.len() as u32).to_be_bytes());
            bytes.extend_from_slice(&compressed);
        }
        // Not synced: a snapshot that a power cut tears fails its checksum, and is made again.
        let beside = path.with_extension("new");
        fs::write(&beside, bytes)
            .and_then(|()| fs::rename(&beside, &path))
            .map_err(failed)
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        let path = self.path(name);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                Err(StoreError::io(format!("delete {}", path.display()), e))
            }
            _ => Ok(()),
        }
    }

    fn clear(&self) -> Result<(), StoreError> {
        match fs::remove_dir_all(&self.folder) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::io(
                format!("delete {}", self.folder.display()),
                e,
            )),
            _ => Ok(()),
        }
    }
}

fn decode(bytes: &[u8]) -> Option<Snapshot> {
    let (header, mut rest) = bytes.split_at_checked(HEADER)?;
    if !header.starts_with(MAGIC) {
        return None;
    }
    let number = |at: usize| Some(u64::from_be_bytes(header.get(at..at + 8)?.try_into().ok()?));
    let root: [u8; 32] = header.get(28..60)?.try_into().ok()?;
    let mut pieces = Vec::new();
    while let Some((length, behind)) = rest.split_first_chunk() {
        let (piece, behind) = behind.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        pieces.push(piece);
        rest = behind;
    }
    let length = usize::try_from(number(60)?).ok()?;
    // Before anything is allocated: a damaged length may be any number.
    if !rest.is_empty() || length.div_ceil(PIECE) != pieces.len() {
        return None;
    }
    let mut state = vec![0; length];
    decompress(&pieces, &mut state)?;
    Some(Snapshot {
        version: u32::from_be_bytes(header.get(8..12)?.try_into().ok()?),
        checkpoint: number(12)?,
        log: LogPosition {
            position: number(20)?,
            root: (root != [0; 32]).then_some(root),
        },
        state,
    })
}

/// Decompresses each piece into its place, on as many threads as there are cores.
fn decompress(pieces: &[&[u8]], state: &mut [u8]) -> Option<()> {
    let todo: Vec<_> = pieces
        .iter()
        .zip(state.chunks_mut(PIECE))
        .map(Mutex::new)
        .collect();
    let read = |at: u64| {
        let mut one = todo.get(usize::try_from(at).ok()?)?.lock().ok()?;
        let (piece, place) = &mut *one;
        zstd::bulk::decompress_to_buffer(piece, place)
            .ok()
            .filter(|length| *length == place.len())
            .map(drop)
    };
    let mut sound = Some(());
    parallel_ordered(0..todo.len() as u64, read, |read| {
        sound = read;
        if read.is_some() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    sound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshots_round_trip_and_damage_is_as_good_as_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let snapshots = FileSnapshots::new(folder.path().join("projections"));
        assert_eq!(snapshots.load("a").expect("it is looked up"), None);
        let log = LogPosition {
            position: 12,
            root: Some([7; 32]),
        };
        let snapshot = Snapshot {
            version: 3,
            checkpoint: 9,
            log,
            state: b"state".repeat(100),
        };
        let without = Snapshot {
            log: LogPosition { root: None, ..log },
            ..snapshot.clone()
        };
        for snapshot in [&without, &snapshot] {
            snapshots.save("a", snapshot).expect("it is saved");
            assert_eq!(
                snapshots.load("a").expect("it is read").as_ref(),
                Some(snapshot)
            );
        }
        let path = snapshots.path("a");
        let mut bytes = fs::read(&path).expect("it is read");
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, bytes).expect("it is damaged");
        assert_eq!(snapshots.load("a").expect("it is looked up"), None);
        snapshots.save("a", &snapshot).expect("it is saved");
        // Of several pieces, of exactly one, of none; whatever is changed or cut off, nothing wrong is read.
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7] {
            let state: Vec<u8> = (0..length)
                .map(|at| (at / 1_000 + at * at % 7) as u8)
                .collect();
            let snapshot = Snapshot {
                state,
                ..snapshot.clone()
            };
            snapshots.save("a", &snapshot).expect("it is saved");
            assert!(
                snapshots.load("a").expect("it is read") == Some(snapshot.clone()),
                "{length} bytes"
            );
            let bytes = fs::read(&path).expect("it is read");
            for at in (HEADER - 8..bytes.len()).step_by(bytes.len() / 40 + 1) {
                let mut changed = bytes.clone();
                changed[at] ^= 4;
                // zstd passes over a bit of its header.
                let read = decode(&changed);
                assert!(
                    read.is_none_or(|read| read == snapshot),
                    "byte {at} of {length}"
                );
                assert!(decode(&bytes[..at]).is_none(), "{at} bytes of {length}");
            }
        }
        snapshots.remove("a").expect("it is removed");
        snapshots.remove("a").expect("there is none to remove");
        fs::create_dir(&path).expect("a folder");
        for error in [snapshots.load("a").map(drop), snapshots.remove("a")] {
            assert!(
                error.is_err_and(|error| error.to_string().contains("a.snap")),
                "what cannot be read or removed is said"
            );
        }
        snapshots.clear().expect("it is cleared");
        assert_eq!(snapshots.load("a").expect("it is looked up"), None);
        snapshots.clear().expect("nothing is left to clear");
        snapshots.save("a", &snapshot).expect("it is saved");
        snapshots.save("b", &snapshot).expect("it is saved");
        snapshots.remove("a").expect("it is removed");
        snapshots.remove("a").expect("nothing is left to remove");
        assert_eq!(snapshots.load("a").expect("it is looked up"), None);
        assert_eq!(snapshots.load("b").expect("it is read"), Some(snapshot));
    }
}
