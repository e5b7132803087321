//! Reading records out of blocks.

use travaux_store::{Direction, Page, Read, Record, Scope, StoreError};

use crate::{
    block::{Block, take},
    keys,
};

/// sled's failures, in our words.
pub(crate) fn failed(act: &str) -> impl Fn(sled::Error) -> StoreError {
    let act = act.to_owned();
    move |e| match e {
        sled::Error::Corruption { .. } => StoreError::Damaged { position: None, what: format!("sled cannot {act}: {e}") },
        e => StoreError::io(act.clone(), e),
    }
}

/// Reads from the tree, keeping the block that it read last.
pub(crate) struct Reader<'a> {
    tree: &'a sled::Tree,
    head: u64,
    block: Option<Block>,
}

impl<'a> Reader<'a> {
    /// A reader of the positions up to `head`.
    pub(crate) fn new(tree: &'a sled::Tree, head: u64) -> Self {
        Self { tree, head, block: None }
    }

    pub(crate) fn record(&mut self, position: u64) -> Result<Record, StoreError> {
        let in_block = |b: &Block| (b.first..b.first + b.len()).contains(&position);
        if !self.block.as_ref().is_some_and(in_block) {
            self.block = self.load(position)?;
        }
        let found = self.block.as_ref().and_then(|block| block.record(position));
        let (page, range) =
            found.ok_or_else(|| StoreError::Damaged { position: Some(position), what: "no block holds this position".into() })?;
        Ok(Record::new(position, page, range))
    }

    fn load(&self, position: u64) -> Result<Option<Block>, StoreError> {
        let range = keys::block(0)..=keys::block(position);
        let Some(entry) = self.tree.range(range).next_back() else { return Ok(None) };
        let (key, value) = entry.map_err(failed("read a block"))?;
        let Some(first) = keys::position(&key) else { return Ok(None) };
        Block::decode(first, &value).map(Some)
    }

    /// One page of the log or of a stream.
    pub(crate) fn page(&mut self, read: &Read) -> Result<Page, StoreError> {
        match &read.scope {
            Scope::Log => self.log_page(read),
            Scope::Stream(name) => self.stream_page(read, name),
        }
    }

    fn log_page(&mut self, read: &Read) -> Result<Page, StoreError> {
        let mut page = Page::default();
        let mut at = match read.direction {
            Direction::Forward => read.from.max(1),
            Direction::Backward => read.from.min(self.head),
        };
        for _ in 0..read.limit {
            if at == 0 || at > self.head {
                break;
            }
            self.push(&mut page, read, at)?;
            at = if read.direction == Direction::Forward { at + 1 } else { at - 1 };
        }
        page.next = (1..=self.head).contains(&at).then_some(at);
        Ok(page)
    }

    fn push(&mut self, page: &mut Page, read: &Read, position: u64) -> Result<(), StoreError> {
        let record = self.record(position)?;
        if read.kinds.is_empty() || read.wants(record.envelope()?.kind) {
            page.records.push(record);
        }
        Ok(())
    }

    fn stream_page(&mut self, read: &Read, name: &str) -> Result<Page, StoreError> {
        let mut page = Page::default();
        let mut looked = 0;
        let from = if read.direction == Direction::Forward { read.from.max(1) } else { read.from };
        let (low, high) = (keys::stream_entry(name, 0), keys::stream_entry(name, u64::MAX));
        // Forward, the entry that `from` lies in may begin before it.
        let start = self.tree.range(low.clone()..=keys::stream_entry(name, from)).next_back().transpose();
        let start = start.map_err(failed("read the stream index"))?.map(|(key, _)| key);
        let entries: Box<dyn Iterator<Item = sled::Result<(sled::IVec, sled::IVec)>>> = match (read.direction, start) {
            (Direction::Forward, Some(start)) => Box::new(self.tree.range(start.to_vec()..=high)),
            (Direction::Forward, None) => Box::new(self.tree.range(low..=high)),
            (Direction::Backward, _) => Box::new(self.tree.range(low..=keys::stream_entry(name, from)).rev()),
        };
        for entry in entries {
            let (key, value) = entry.map_err(failed("read the stream index"))?;
            let damaged = || StoreError::Damaged { position: None, what: format!("the index of stream {name}") };
            let first = keys::version(&key).ok_or_else(damaged)?;
            let mut listed: Vec<(u64, u64)> = (first..).zip(positions(&value).ok_or_else(damaged)?).collect();
            if read.direction == Direction::Backward {
                listed.reverse();
            }
            for (version, position) in listed {
                let before = match read.direction {
                    Direction::Forward => version < from,
                    Direction::Backward => version > from,
                };
                // What lies behind the head was appended after this read began.
                if before || position > self.head {
                    continue;
                }
                if looked == read.limit {
                    page.next = Some(version);
                    return Ok(page);
                }
                looked += 1;
                self.push(&mut page, read, position)?;
            }
        }
        Ok(page)
    }
}

/// The positions that a stream entry lists.
pub(crate) fn positions(value: &[u8]) -> Option<Vec<u64>> {
    let mut rest = value;
    let mut out: Vec<u64> = Vec::new();
    while !rest.is_empty() {
        let step = take(&mut rest)?;
        out.push(out.last().copied().unwrap_or(0).checked_add(step)?);
    }
    Some(out)
}
