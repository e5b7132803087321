//! What is kept in memory, under a budget of bytes: what was used least recently goes first.

use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

/// Values with their weights. Their sum never stays above the budget, whatever one alone weighs, nor
/// above what others beside them leave of it.
#[derive(Debug)]
pub(crate) struct Lru<K, V> {
    budget: usize,
    beside: usize,
    held: usize,
    uses: u64,
    entries: HashMap<K, Entry<V>>,
    /// Keys by when they were last used.
    order: BTreeMap<u64, K>,
}

#[derive(Debug)]
struct Entry<V> {
    value: V,
    bytes: usize,
    used: u64,
}

impl<K: Copy + Eq + Hash, V: Clone + Default> Lru<K, V> {
    pub(crate) fn new(budget: usize) -> Self {
        Self {
            budget,
            beside: 0,
            held: 0,
            uses: 0,
            entries: HashMap::new(),
            order: BTreeMap::new(),
        }
    }

    /// The bytes of all values.
    pub(crate) fn held(&self) -> usize {
        self.held
    }

    /// The value of `key`, a new one if there is none; it is the last one used now.
    pub(crate) fn entry(&mut self, key: K) -> V {
        self.uses += 1;
        let entry = self.entries.entry(key).or_insert_with(|| Entry {
            value: V::default(),
            bytes: 0,
            used: self.uses,
        });
        self.order.remove(&entry.used);
        self.order.insert(self.uses, key);
        entry.used = self.uses;
        entry.value.clone()
    }

    /// Says what the value of `key` weighs, if that is still the one that is meant; gives what has to go.
    pub(crate) fn weigh(
        &mut self,
        key: K,
        bytes: usize,
        is_meant: impl FnOnce(&V) -> bool,
    ) -> Vec<(K, V)> {
        if let Some(entry) = self.entries.get_mut(&key).filter(|e| is_meant(&e.value)) {
            self.held = self.held - entry.bytes + bytes;
            entry.bytes = bytes;
        }
        self.shrink()
    }

    /// Sets the budget; gives what has to go.
    pub(crate) fn set_budget(&mut self, budget: usize) -> Vec<(K, V)> {
        self.budget = budget;
        self.shrink()
    }

    /// Says how much of the budget others take, for when something is weighed next.
    pub(crate) fn set_beside(&mut self, bytes: usize) {
        self.beside = bytes;
    }

    fn shrink(&mut self) -> Vec<(K, V)> {
        let mut gone = Vec::new();
        while self.held > self.budget.saturating_sub(self.beside) {
            let Some((_, key)) = self.order.pop_first() else {
                break;
            };
            if let Some(entry) = self.entries.remove(&key) {
                self.held -= entry.bytes;
                gone.push((key, entry.value));
            }
        }
        gone
    }

    /// Drops the value of `key`.
    pub(crate) fn remove(&mut self, key: K) {
        if let Some(entry) = self.entries.remove(&key) {
            self.order.remove(&entry.used);
            self.held -= entry.bytes;
        }
    }

    /// Drops all.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.order.clear();
        self.held = 0;
    }

    /// All values.
    pub(crate) fn all(&self) -> Vec<(K, V)> {
        let pair = |(key, entry): (&K, &Entry<V>)| (*key, entry.value.clone());
        self.entries.iter().map(pair).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Lru;

    /// Uses keys with their weights in turn; gives what went, in order, and what is held.
    fn check(budget: usize, uses: &[(char, usize)], gone: &str, held: usize) {
        let mut lru: Lru<char, ()> = Lru::new(budget);
        let mut went = String::new();
        for (key, bytes) in uses {
            lru.entry(*key);
            let more = lru.weigh(*key, *bytes, |()| true);
            went.extend(more.into_iter().map(|(key, ())| key));
            assert!(lru.held() <= budget, "{uses:?}");
        }
        assert_eq!((went.as_str(), lru.held()), (gone, held), "{uses:?}");
        let weights: usize = lru.entries.values().map(|e| e.bytes).sum();
        assert_eq!((weights, lru.order.len()), (held, lru.entries.len()));
    }

    #[test]
    fn what_was_used_least_recently_goes_first() {
        check(10, &[('a', 4), ('b', 4), ('c', 2)], "", 10);
        check(10, &[('a', 4), ('b', 4), ('c', 4)], "a", 8);
        check(10, &[('a', 4), ('b', 4), ('a', 4), ('c', 4)], "b", 8);
        check(10, &[('a', 4), ('b', 4), ('c', 10)], "ab", 10);
    }

    #[test]
    fn a_value_may_grow_and_shrink_and_one_that_is_too_large_is_not_kept() {
        check(10, &[('a', 4), ('a', 8), ('b', 2)], "", 10);
        check(10, &[('a', 8), ('a', 2), ('b', 8)], "", 10);
        check(10, &[('a', 4), ('b', 11), ('c', 1)], "ab", 1);
        check(0, &[('a', 1), ('b', 1)], "ab", 0);
    }

    #[test]
    fn what_others_take_of_the_budget_is_not_there() {
        let mut lru: Lru<char, ()> = Lru::new(10);
        for key in ['a', 'b', 'c'] {
            lru.entry(key);
            assert!(lru.weigh(key, 3, |()| true).is_empty());
        }
        lru.set_beside(5);
        let gone = lru.weigh('c', 3, |()| true);
        assert_eq!((gone, lru.held()), (vec![('a', ()), ('b', ())], 3));
        lru.set_beside(11);
        lru.weigh('c', 3, |()| true);
        assert_eq!(lru.held(), 0);
    }

    #[test]
    fn another_value_under_the_same_key_is_not_weighed() {
        let mut lru: Lru<char, u8> = Lru::new(10);
        lru.entry('a');
        assert!(lru.weigh('a', 20, |value| *value == 1).is_empty());
        assert_eq!(lru.held(), 0);
        lru.weigh('a', 5, |value| *value == 0);
        lru.remove('a');
        assert_eq!((lru.held(), lru.order.len()), (0, 0));
    }
}
