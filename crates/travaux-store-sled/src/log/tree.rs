//! The tree over the log: roots, and what differs from one that somebody knows.

use travaux_ledger::{Hash, Nodes, leaf_hash, node_hash};
use travaux_store::StoreError;

use super::Log;
use crate::archive::block;

impl Log {
    /// The root of the tree of the first `size` records; `None` if there are not as many.
    pub(crate) fn root_at(&self, size: u64) -> Result<Option<Hash>, StoreError> {
        {
            // Size and root of one moment: others append meanwhile.
            let frontier = &self.writer().frontier;
            if size >= frontier.size() {
                return Ok((size == frontier.size()).then(|| frontier.root()));
            }
        }
        travaux_ledger::root(self, size).map(Some)
    }

    /// What is wrong if the log does not have this root at this size.
    pub(crate) fn differs(&self, size: u64, root: Hash, when: &str) -> Option<StoreError> {
        let (position, what) = match self.root_at(size) {
            Err(error) => return Some(error),
            Ok(Some(found)) if found == root => return None,
            Ok(Some(_)) => (
                None,
                format!(
                    "the first {size} records have another root than {when}: something was changed, or put back from a copy"
                ),
            ),
            Ok(None) => {
                let head = self.head();
                (
                    Some(head + 1),
                    format!("the log ends at position {head}, and ended at {size} {when}"),
                )
            }
        };
        let what = format!("{what} ({})", self.files.path.display());
        Some(StoreError::Damaged { position, what })
    }
}

/// The tree: above blocks out of their roots, below out of their records.
impl Nodes for Log {
    type Error = StoreError;

    fn node(&self, level: u32, index: u64) -> Result<Hash, StoreError> {
        let (first, count) = ((index << level) + 1, 1_u64 << level);
        let archived = self.blocks.table().last();
        if first + count - 1 <= archived {
            if level >= 8 {
                let none = || StoreError::Damaged {
                    position: Some(first),
                    what: "the tree has no such node".into(),
                };
                return self.blocks.table().node(level, index).ok_or_else(none);
            }
            let block = self.blocks.holding(first)?;
            let hashes = (first..first + count)
                .filter_map(|position| block.record(position))
                .map(|r| leaf_hash(r.bytes()));
            let none = || StoreError::Damaged {
                position: Some(first),
                what: "the block does not hold this position".into(),
            };
            return block::subtree_root(&hashes.collect::<Vec<_>>()).ok_or_else(none);
        }
        if level == 0 {
            if let Some(leaf) = self.recent().leaf(first) {
                return Ok(leaf);
            }
            return self.record(first).map(|record| leaf_hash(record.bytes()));
        }
        Ok(node_hash(
            &self.node(level - 1, 2 * index)?,
            &self.node(level - 1, 2 * index + 1)?,
        ))
    }
}
