//! A filter (Bloom 1970) that says of most keys that they are not in a run, so that an append asks no run for its commit id.

/// Bits for each key, and how many of them a key sets: one in a hundred strangers passes.
const BITS: u64 = 10;
const PROBES: u64 = 7;

/// Which 64-bit keys may be in a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter(Vec<u64>);

impl Filter {
    /// A filter for about `keys` keys.
    pub(crate) fn with_room_for(keys: u64) -> Self {
        Self(vec![0; (keys * BITS).div_ceil(64).max(1) as usize])
    }

    pub(crate) fn insert(&mut self, key: u64) {
        for bit in self.bits(key) {
            self.0[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// Whether `key` may be in the set; never `false` for one that is.
    pub(crate) fn may_have(&self, key: u64) -> bool {
        self.bits(key)
            .all(|bit| self.0[bit / 64] & (1 << (bit % 64)) != 0)
    }

    /// The bits of a key: two halves of its product with an odd constant, stepped through (Kirsch and Mitzenmacher 2006).
    fn bits(&self, key: u64) -> impl Iterator<Item = usize> + use<> {
        let bits = self.0.len() as u64 * 64;
        let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let (start, step) = (mixed ^ (mixed >> 32), (mixed >> 17) | 1);
        // The high half of a product spreads over the bits as a remainder would, without dividing.
        let at = move |n: u64| {
            start
                .wrapping_add(step.wrapping_mul(n))
                .wrapping_mul(0xd6e8_feb8_6659_fd93)
        };
        (0..PROBES).map(move |n| ((u128::from(at(n)) * u128::from(bits)) >> 64) as usize)
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (words, rest) = bytes.as_chunks::<8>();
        (rest.is_empty() && !words.is_empty())
            .then(|| Self(words.iter().map(|word| u64::from_le_bytes(*word)).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_passes_and_few_others_do() {
        for spread in [1, 0x1_0000_0001, 0x9e37_79b9_7f4a_7c15_u64] {
            let mut filter = Filter::with_room_for(10_000);
            (0..10_000_u64).for_each(|n| filter.insert(n.wrapping_mul(spread)));
            assert!((0..10_000_u64).all(|n| filter.may_have(n.wrapping_mul(spread))));
            let strangers = (10_000..110_000_u64)
                .filter(|n| filter.may_have(n.wrapping_mul(spread)))
                .count();
            assert!(strangers < 3_000, "{strangers} of 100,000 pass");
            assert_eq!(Filter::from_bytes(&filter.to_bytes()), Some(filter));
        }
        assert!(!Filter::with_room_for(0).may_have(1));
        assert_eq!(Filter::from_bytes(&[1, 2, 3]), None);
        assert_eq!(Filter::from_bytes(&[]), None);
    }

    /// Filters are on disks: which bits a key sets must not change. Computed from the formula in another language.
    #[test]
    fn the_bits_of_a_key_stay_the_same() {
        for (key, bits) in [
            (0x1_u64, [95, 338, 580, 823, 41, 283, 526]),
            (0xdeadbeef_u64, [215, 357, 498, 640, 782, 923, 41]),
            (0xffffffffffffffff_u64, [126, 903, 655, 408, 161, 938, 691]),
        ] {
            let mut filter = Filter::with_room_for(100);
            assert_eq!(filter.bits(key).collect::<Vec<_>>(), bits, "{key:#x}");
            filter.insert(key);
            let set = |bit: &usize| filter.to_bytes()[bit / 8] >> (bit % 8) & 1 == 1;
            assert_eq!((0..1_024).filter(set).count(), 7);
            assert!(bits.iter().all(set));
        }
    }
}
