//! Blocks that were read last, under a limit of bytes.

use std::collections::VecDeque;

use super::block::Block;

/// The most bytes that are kept, whatever the limit.
const MOST: usize = 16 << 20;

/// Blocks, the one that was asked for last first. That one stays however large it is: who reads record
/// by record would decompress it for each.
#[derive(Debug)]
pub(crate) struct KeptBlocks {
    blocks: VecDeque<Block>,
    bytes: usize,
    limit: usize,
}

impl Default for KeptBlocks {
    fn default() -> Self {
        Self {
            blocks: VecDeque::new(),
            bytes: 0,
            limit: MOST,
        }
    }
}

impl KeptBlocks {
    /// The block that begins at `first`, if it is kept.
    pub(crate) fn get(&mut self, first: u64) -> Option<Block> {
        let at = self.blocks.iter().position(|kept| kept.first() == first)?;
        let found = self.blocks.remove(at)?;
        self.blocks.push_front(found.clone());
        Some(found)
    }

    /// Keeps a block; those that were asked for least recently go.
    pub(crate) fn insert(&mut self, block: Block) {
        if self.get(block.first()).is_none() {
            self.bytes += block.heap_size();
            self.blocks.push_front(block);
        }
        self.shrink();
    }

    fn shrink(&mut self) {
        while self.bytes > self.limit && self.blocks.len() > 1 {
            self.bytes -= self.blocks.pop_back().map_or(0, |gone| gone.heap_size());
        }
    }

    /// How many bytes they take.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Sets how many they may take.
    pub(crate) fn set_limit(&mut self, bytes: usize) {
        self.limit = bytes.min(MOST);
        self.shrink();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::block;

    fn block(number: u64) -> Block {
        let first = number * block::WIDTH + 1;
        let records: Vec<_> = (first..first + block::WIDTH)
            .map(|n| travaux_store::Record::new(n, vec![b'x'; 8].into(), 0..8))
            .collect();
        let leaves = vec![travaux_ledger::leaf_hash(b"xxxxxxxx"); records.len()];
        let mut compressor = block::compressor(3).expect("it starts");
        let (bytes, _) =
            block::encode(first, &records, &leaves, &mut compressor).expect("it is encoded");
        let mut decompressor = block::decompressor().expect("it starts");
        Block::decode(first, &bytes, &mut decompressor).expect("it is read")
    }

    #[test]
    fn what_was_asked_for_least_recently_goes_first_and_the_last_one_stays() {
        let first = |number: u64| number * block::WIDTH + 1;
        let one = block(0).heap_size();
        let mut kept = KeptBlocks::default();
        kept.set_limit(2 * one);
        for number in [0, 1, 0, 2, 2] {
            kept.insert(block(number));
            assert!(kept.bytes() <= 2 * one);
        }
        let found = [0, 1, 2].map(|number| kept.get(first(number)).is_some());
        assert_eq!((found, kept.bytes()), ([true, false, true], 2 * one));
        kept.set_limit(0);
        assert_eq!(kept.bytes(), one);
        assert!(kept.get(first(2)).is_some() && kept.get(first(0)).is_none());
    }
}
