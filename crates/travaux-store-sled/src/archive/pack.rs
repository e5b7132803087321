//! The pack: attachments, compressed, one behind the other in one file.
//!
//! An entry is `TXAT`, the digest (32 bytes), the length before and after compression (8 bytes each, big-endian), and the
//! bytes, compressed by zstd. Where an entry stands is in the index; bytes behind the last indexed entry, left by a crash, mean
//! nothing.

use std::{
    collections::BTreeSet,
    fs::{File, OpenOptions},
    os::unix::fs::FileExt as _,
    path::PathBuf,
};

use travaux_store::{Attachment, Digest, StoreError};

const MAGIC: &[u8; 4] = b"TXAT";
const HEADER: usize = 4 + 32 + 8 + 8;

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) offset: u64,
    pub(crate) stored: u64,
}

impl Place {
    pub(crate) fn encode(self) -> [u8; 16] {
        let mut out = [0; 16];
        out[..8].copy_from_slice(&self.offset.to_be_bytes());
        out[8..].copy_from_slice(&self.stored.to_be_bytes());
        out
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let (offset, stored) = bytes.split_at_checked(8)?;
        Some(Self {
            offset: u64::from_be_bytes(offset.try_into().ok()?),
            stored: u64::from_be_bytes(stored.try_into().ok()?),
        })
    }
}

#[derive(Debug)]
pub(crate) struct Pack {
    path: PathBuf,
    file: File,
    end: u64,
}

impl Pack {
    pub(crate) fn open(path: PathBuf) -> Result<Self, StoreError> {
        let io = |e| StoreError::io(format!("open {}", path.display()), e);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(io)?;
        let end = file.metadata().map_err(io)?.len();
        Ok(Self { path, file, end })
    }

    /// Opens the pack in `path` for reading alone, if there is one.
    pub(crate) fn open_to_read(path: PathBuf) -> Result<Option<Self>, StoreError> {
        match File::open(&path).and_then(|file| Ok((file.metadata()?, file))) {
            Ok((metadata, file)) if metadata.is_file() => Ok(Some(Self {
                path,
                file,
                end: metadata.len(),
            })),
            Ok(_) => Err(StoreError::io(
                format!("open {}", path.display()),
                std::io::Error::other("it is no file"),
            )),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(StoreError::io(format!("open {}", path.display()), e)),
        }
    }

    fn io(&self, act: &str) -> impl Fn(std::io::Error) -> StoreError {
        let act = format!("{act} {}", self.path.display());
        move |e| StoreError::io(act.clone(), e)
    }

    /// Writes attachments; they are durable after [`Self::sync`].
    pub(crate) fn write(
        &mut self,
        attachment: &Attachment,
        level: i32,
    ) -> Result<Place, StoreError> {
        let compressed =
            zstd::bulk::compress(&attachment.bytes, level).map_err(self.io("compress for"))?;
        let mut entry = Vec::with_capacity(HEADER + compressed.len());
        entry.extend_from_slice(MAGIC);
        entry.extend_from_slice(&attachment.id.0);
        entry.extend_from_slice(&(attachment.bytes.len() as u64).to_be_bytes());
        entry.extend_from_slice(&(compressed.len() as u64).to_be_bytes());
        entry.extend_from_slice(&compressed);
        self.append(&entry)
    }

    fn append(&mut self, entry: &[u8]) -> Result<Place, StoreError> {
        self.file
            .write_all_at(entry, self.end)
            .map_err(self.io("write to"))?;
        let place = Place {
            offset: self.end,
            stored: entry.len() as u64,
        };
        self.end += place.stored;
        Ok(place)
    }

    /// How long it is.
    pub(crate) fn end(&self) -> u64 {
        self.end
    }

    pub(crate) fn sync(&self) -> Result<(), StoreError> {
        self.file.sync_data().map_err(self.io("sync"))
    }

    /// Where each entry stands, read off the file: for when the catalogue has to be made again. Entries that nobody was told of
    /// are among them; they have the bytes that their names say all the same.
    pub(crate) fn entries(&self) -> Result<Vec<(Digest, Place)>, StoreError> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some((id, place)) = self.next_entry(from)? {
            from = place.offset + place.stored;
            found.push((id, place));
        }
        Ok(found)
    }

    /// Copies the entries that are as they were written to the end of `to`, durably; which those are.
    pub(crate) fn copy_sound(&self, to: &mut Self) -> Result<BTreeSet<Digest>, StoreError> {
        let mut sound = BTreeSet::new();
        let mut from = 0;
        while let Some((id, place)) = self.next_entry(from)? {
            let entry = self.entry(place)?;
            match self.unpack(id, place, &entry) {
                Ok(_) => {
                    if sound.insert(id) {
                        to.append(&entry)?;
                    }
                    from = place.offset + place.stored;
                }
                // It may say that it is longer than it is, and hide what stands behind it.
                Err(StoreError::Damaged { .. }) => from = place.offset + 1,
                Err(error) => return Err(error),
            }
        }
        to.sync()?;
        Ok(sound)
    }

    /// What looks like an entry, at `offset` or behind it.
    fn next_entry(&self, mut offset: u64) -> Result<Option<(Digest, Place)>, StoreError> {
        let mut header = [0; HEADER];
        while offset + HEADER as u64 <= self.end {
            self.file
                .read_exact_at(&mut header, offset)
                .map_err(self.io("read"))?;
            let compressed = header
                .last_chunk::<8>()
                .map_or(0, |length| u64::from_be_bytes(*length));
            let stored = (HEADER as u64).saturating_add(compressed);
            // A write that was cut off left something that is no entry; the next one began behind it.
            let sound = header.starts_with(MAGIC)
                && offset
                    .checked_add(stored)
                    .is_some_and(|end| end <= self.end);
            if let Some(id) = header[4..36].first_chunk().filter(|_| sound) {
                return Ok(Some((Digest(*id), Place { offset, stored })));
            }
            offset += 1;
        }
        Ok(None)
    }

    fn entry(&self, place: Place) -> Result<Vec<u8>, StoreError> {
        let mut entry = vec![0; usize::try_from(place.stored).unwrap_or(usize::MAX)];
        self.file
            .read_exact_at(&mut entry, place.offset)
            .map_err(self.io("read"))?;
        Ok(entry)
    }

    /// The bytes at `place`, checked against their name.
    pub(crate) fn read(&self, id: Digest, place: Place) -> Result<Vec<u8>, StoreError> {
        let sound = place.stored >= HEADER as u64
            && place
                .offset
                .checked_add(place.stored)
                .is_some_and(|end| end <= self.end);
        if !sound {
            return Err(self.damaged(id, place, "stands outside of the pack"));
        }
        self.unpack(id, place, &self.entry(place)?)
    }

    fn damaged(&self, id: Digest, place: Place, what: &str) -> StoreError {
        let what = format!(
            "attachment {id} {what} (byte {} of {})",
            place.offset,
            self.path.display()
        );
        StoreError::Damaged {
            position: None,
            what,
        }
    }

    /// The bytes in the entry that was read at `place`, checked against their name.
    fn unpack(&self, id: Digest, place: Place, entry: &[u8]) -> Result<Vec<u8>, StoreError> {
        let damaged = |what: &str| self.damaged(id, place, what);
        let (header, compressed) = entry.split_at(HEADER);
        let length = header
            .get(36..44)
            .and_then(|b| b.try_into().ok())
            .map(u64::from_be_bytes);
        let length = length
            .and_then(|l| usize::try_from(l).ok())
            .filter(|l| *l <= 1 << 32);
        let (true, Some(length)) = (
            header.starts_with(MAGIC) && header.get(4..36) == Some(&id.0[..]),
            length,
        ) else {
            return Err(damaged("has another header"));
        };
        let bytes = zstd::bulk::decompress(compressed, length)
            .map_err(|e| damaged(&format!("does not decompress: {e}")))?;
        if Digest::of(&bytes) != id {
            return Err(damaged("has other bytes than its name says"));
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(n: u8) -> Attachment {
        Attachment::new(vec![n; 300])
    }

    /// Zeros, the beginning of an entry, and one that says it is longer than the file: what writes leave that were cut off.
    #[test]
    fn entries_are_found_between_what_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pack");
        let (mut bytes, mut expected) = (Vec::new(), Vec::new());
        let longer = [&MAGIC[..], &[7; 40], &u64::MAX.to_be_bytes()].concat();
        let (mut pack, place) = (
            Pack::open(path.clone()).expect("it opens"),
            Place {
                offset: 0,
                stored: 0,
            },
        );
        for (n, between) in [&[][..], &[0; HEADER + 9], &MAGIC[..], &longer, b"TXA"]
            .into_iter()
            .enumerate()
        {
            let entry = pack.write(&text(n as u8), 3).expect("it is written");
            let whole = std::fs::read(&path).expect("it is read");
            expected.push((
                text(n as u8).id,
                Place {
                    offset: bytes.len() as u64,
                    ..entry
                },
            ));
            bytes.extend_from_slice(
                &whole[entry.offset as usize..(entry.offset + entry.stored) as usize],
            );
            bytes.extend_from_slice(between);
        }
        assert_ne!(expected[0].1, place);
        std::fs::write(&path, &bytes).expect("it is written");
        let pack = Pack::open(path).expect("it opens");
        assert_eq!(pack.entries().expect("they are read"), expected);
        for (n, (id, place)) in expected.iter().enumerate() {
            assert_eq!(
                pack.read(*id, *place).expect("it is read"),
                text(n as u8).bytes
            );
            assert_eq!(Place::decode(&place.encode()), Some(*place));
        }
    }

    #[test]
    fn a_place_that_is_none_of_this_attachment_is_damage() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut pack = Pack::open(folder.path().join("pack")).expect("it opens");
        let (first, second) = (
            pack.write(&text(1), 3).expect("it is written"),
            pack.write(&text(2), 3).expect("it is written"),
        );
        let id = text(1).id;
        assert_eq!(pack.read(id, first).expect("it is read"), text(1).bytes);
        for (place, said) in [
            (
                Place {
                    offset: 0,
                    stored: 5,
                },
                "stands outside of the pack",
            ),
            (
                Place {
                    stored: pack.end() + 1,
                    ..first
                },
                "stands outside of the pack",
            ),
            (
                Place {
                    offset: u64::MAX,
                    stored: 100,
                },
                "stands outside of the pack",
            ),
            (second, "has another header"),
            (Place { offset: 1, ..first }, "has another header"),
            (
                Place {
                    stored: HEADER as u64 + 3,
                    ..first
                },
                "does not decompress",
            ),
        ] {
            match pack.read(id, place) {
                Err(StoreError::Damaged { what, .. }) => assert!(what.contains(said), "{what}"),
                other => panic!("{place:?}: {other:?}"),
            }
        }
    }
}
