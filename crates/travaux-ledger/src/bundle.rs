//! Bundles: the records of a tile as one static file (C2SP tlog-tiles, "Log Entries").

/// The most bytes that a record may have: its length is written in two.
pub const ENTRY_LIMIT: usize = 65_535;

/// Bytes that are no bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bundle is cut off in entry {entry}")]
pub struct Malformed {
    /// Which entry, from 0.
    pub entry: usize,
}

/// Records one behind the other, each with its length in two bytes before it, the most significant first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle(Vec<u8>);

impl Bundle {
    /// Appends a record; `false`, and nothing is appended, if it is too long.
    #[must_use]
    pub fn push(&mut self, record: &[u8]) -> bool {
        let Ok(length) = u16::try_from(record.len()) else {
            return false;
        };
        self.0.extend(length.to_be_bytes());
        self.0.extend(record);
        true
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The records of a bundle.
    ///
    /// # Errors
    /// [`Malformed`] if its last record is cut off.
    pub fn read(bytes: &[u8]) -> Result<Vec<&[u8]>, Malformed> {
        let mut records = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let cut = Malformed {
                entry: records.len(),
            };
            let (length, behind) = rest.split_first_chunk::<2>().ok_or(cut)?;
            let (record, behind) = behind
                .split_at_checked(u16::from_be_bytes(*length).into())
                .ok_or(cut)?;
            records.push(record);
            rest = behind;
        }
        Ok(records)
    }
}
