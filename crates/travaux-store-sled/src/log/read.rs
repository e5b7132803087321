//! Reading: pages of the log and of streams, out of the archive and the recent end.

use std::ops::ControlFlow;

use travaux_store::{Direction, Page, Read, Record, Scope, StoreError};

use super::Log;
use crate::archive::block::{Block, WIDTH};

impl Log {
    /// The record at `position`.
    pub(crate) fn record(&self, position: u64) -> Result<Record, StoreError> {
        self.record_near(&mut None, position)
    }

    /// The record at `position`, and the block that it stands in, if it is in the archive: what is read often stands batch.
    fn record_near(&self, block: &mut Option<Block>, position: u64) -> Result<Record, StoreError> {
        if let Some(record) = block.as_ref().and_then(|block| block.record(position)) {
            return Ok(record);
        }
        let none = || StoreError::Damaged {
            position: Some(position),
            what: "nothing stands at this position".into(),
        };
        {
            let recent = self.recent();
            if position > recent.archived() {
                return recent.record(position).ok_or_else(none);
            }
        }
        block
            .insert(self.blocks.holding(position)?)
            .record(position)
            .ok_or_else(none)
    }

    /// One page of the log or of a stream.
    pub(crate) fn page(&self, read: &Read) -> Result<Page, StoreError> {
        match &read.scope {
            Scope::Log => self.log_page(read),
            Scope::Stream(name) => self.stream_page(read, name),
        }
    }

    fn log_page(&self, read: &Read) -> Result<Page, StoreError> {
        let head = self.head();
        let mut page = Page::default();
        let mut at = match read.direction {
            Direction::Forward => read.from.max(1),
            Direction::Backward => read.from.min(head),
        };
        let (mut looked, mut block) = (0, None);
        while looked < read.limit && (1..=head).contains(&at) {
            let record = self.record_near(&mut block, at)?;
            if read.wants_all() || wanted(read, &record)? {
                page.records.push(record);
            }
            looked += 1;
            at = if read.direction == Direction::Forward {
                at + 1
            } else {
                at - 1
            };
        }
        page.next = (1..=head).contains(&at).then_some(at);
        Ok(page)
    }

    fn stream_page(&self, read: &Read, name: &str) -> Result<Page, StoreError> {
        let from = if read.direction == Direction::Forward {
            read.from.max(1)
        } else {
            read.from
        };
        let inside = |version: u64| match read.direction {
            Direction::Forward => version >= from,
            Direction::Backward => version <= from,
        };
        // One more than a page has tells where the next one begins.
        let enough = read.limit.saturating_add(1);
        let head = self.head();
        let (archived, mut recent): (u64, Vec<(u64, u64)>) = {
            let recent = self.recent();
            let here = recent
                .positions(name)
                .filter(|(version, position)| inside(*version) && *position <= head);
            (recent.archived(), here.collect())
        };
        let mut listed = Vec::new();
        let older = |listed: &mut Vec<(u64, u64)>| -> Result<(), StoreError> {
            if archived > 0 {
                listed.extend(self.catalogue()?.positions(
                    name,
                    read.direction,
                    from,
                    enough - listed.len().min(enough),
                    archived,
                )?);
            }
            Ok(())
        };
        match read.direction {
            Direction::Forward => {
                older(&mut listed)?;
                listed.append(&mut recent);
            }
            Direction::Backward => {
                recent.reverse();
                listed.append(&mut recent);
                if listed.len() < enough {
                    older(&mut listed)?;
                }
            }
        }
        let mut page = Page {
            next: listed.get(read.limit).map(|(version, _)| *version),
            ..Page::default()
        };
        let mut block = None;
        for (version, position) in listed.into_iter().take(read.limit) {
            let record = self.record_near(&mut block, position)?;
            if !is_record_of(&record, name, version) {
                let what = format!(
                    "the index says that version {version} of {name} stands here, and it does not"
                );
                return Err(StoreError::Damaged {
                    position: Some(position),
                    what,
                });
            }
            if read.wants_all() || wanted(read, &record)? {
                page.records.push(record);
            }
        }
        Ok(page)
    }

    /// Gives everything from position `from` on to `each`, in order, a block at a time.
    pub(crate) fn scan(
        &self,
        from: u64,
        mut each: impl FnMut(Page) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut next = from.max(1);
        let mut enough = false;
        self.blocks.scan(next, |block| {
            let records: Vec<Record> = block
                .records()
                .filter(|record| record.position >= next)
                .collect();
            next = block.first() + WIDTH;
            let page = Page {
                records,
                next: Some(next),
            };
            enough = each(page).is_break();
            if enough {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        while !enough && next <= self.head() {
            let page = self.log_page(&Read::log(next))?;
            next = page.next.unwrap_or(self.head() + 1).max(next);
            enough = each(page).is_break();
        }
        Ok(())
    }
}

fn wanted(read: &Read, record: &Record) -> Result<bool, StoreError> {
    match record.kind() {
        Some(kind) => Ok(read.wants(kind)),
        None => Ok(read.wants(record.envelope()?.kind)),
    }
}

/// Whether the envelope begins as that of this version of this stream does.
fn is_record_of(record: &Record, stream: &str, version: u64) -> bool {
    let begins = || {
        let fields = record.bytes().strip_prefix(b"{\"envelope\":")?.get(1..)?;
        let fields = behind_number(fields.strip_prefix(b",\"position\":")?, record.position)?;
        let fields = fields
            .strip_prefix(b",\"stream\":\"")?
            .strip_prefix(stream.as_bytes())?;
        behind_number(fields.strip_prefix(b"\",\"version\":")?, version)?.first()
    };
    begins() == Some(&b',')
}

/// What stands behind this number.
fn behind_number(bytes: &[u8], number: u64) -> Option<&[u8]> {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let (digits, behind) = bytes.split_at(digits);
    let value = digits.iter().try_fold(0_u64, |n, digit| {
        n.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
    });
    (!digits.is_empty() && value == Some(number)).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_told_from_those_of_other_versions_and_streams() {
        let bytes = br#"{"envelope":2,"position":41,"stream":"a.b","version":7,"id":"x"}"#;
        let record =
            |position, bytes: &[u8]| Record::new(position, bytes.to_vec().into(), 0..bytes.len());
        let is =
            |position, stream, version| is_record_of(&record(position, bytes), stream, version);
        assert!(is(41, "a.b", 7));
        for (position, stream, version) in [
            (4, "a.b", 7),
            (411, "a.b", 7),
            (41, "a.", 7),
            (41, "a.b.c", 7),
            (41, "a.c", 7),
            (41, "a.b", 70),
            (41, "a.b", 0),
        ] {
            assert!(
                !is(position, stream, version),
                "{position}, {stream}, {version}"
            );
        }
        for cut in 0..bytes.len() - 10 {
            assert!(
                !is_record_of(&record(41, &bytes[..cut]), "a.b", 7),
                "{cut} bytes"
            );
        }
        for number in [
            "",
            "18446744073709551657",
            "99999999999999999999999999999999",
        ] {
            let other =
                format!("{{\"envelope\":2,\"position\":{number},\"stream\":\"a.b\",\"version\":7,");
            assert!(
                !is_record_of(&record(41, other.as_bytes()), "a.b", 7),
                "position {number}"
            );
        }
        for other in [&b"[]"[..], b"{\"envelope\":"] {
            assert!(!is_record_of(&record(41, other), "a.b", 7));
        }
    }
}
