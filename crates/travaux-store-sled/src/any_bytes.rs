//! Whatever bytes stand on the disk, reading them ends, in an answer or in an error.

use proptest::prelude::*;
use travaux_ledger::Frontier;

use crate::{
    block::{self, Block, Header, check},
    filter::Filter,
    frame,
    pack::{Pack, Place},
    run::{commit_entries, stream_entries},
};

/// Bytes with a header in front whose check fits, so that what is behind the check is reached.
fn headed(magic: &'static [u8; 4]) -> impl Strategy<Value = Vec<u8>> {
    (proptest::collection::vec(any::<u8>(), 52), proptest::collection::vec(any::<u8>(), 0..600), any::<bool>()).prop_map(
        move |(mut fields, body, small)| {
            if small {
                // Numbers that could be: lengths and counts below 512, a position below 65,536.
                for at in [0, 1, 4, 5, 6, 7, 8, 9, 12, 13, 16, 17] {
                    fields[at] = 0;
                }
                fields[2] %= 2;
            }
            let mut bytes = [&magic[..], &fields].concat();
            bytes.extend(check(&bytes));
            bytes.extend(body);
            bytes
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn frames(bytes in prop_oneof![headed(b"TXJ2"), proptest::collection::vec(any::<u8>(), 0..300)], offset in 0..5_000_usize) {
        drop(frame::read(&bytes, offset, &mut Frontier::default()));
        if let Some((length, last)) = frame::extent(&bytes) {
            prop_assert!(length <= bytes.len() && last < 1 << 49);
            drop(frame::unproved(&bytes[..length]));
        }
    }

    #[test]
    fn blocks(bytes in prop_oneof![headed(b"TXB2"), proptest::collection::vec(any::<u8>(), 0..300)]) {
        if let Some(header) = Header::read(&bytes) {
            drop(Block::decode(header.first, &bytes, &mut block::decompressor().expect("it starts")));
        }
    }

    #[test]
    fn values_of_the_catalogue(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for entry in stream_entries(&bytes).into_iter().flatten() {
            drop(entry.positions());
        }
        if let Some(entries) = commit_entries(&bytes) {
            prop_assert_eq!(entries.count() * crate::run::COMMIT, bytes.len());
        }
        if let Some(filter) = Filter::from_bytes(&bytes) {
            prop_assert_eq!(filter.to_bytes(), bytes.clone());
            filter.may_have(7);
        }
        let _ = Place::decode(&bytes);
    }

    #[test]
    fn packs(bytes in proptest::collection::vec(prop_oneof![Just(b'T'), Just(b'X'), Just(b'A'), Just(0_u8), any::<u8>()], 0..300)) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pack");
        std::fs::write(&path, [b"TXAT", &bytes[..]].concat()).expect("it is written");
        let pack = Pack::open(path).expect("it opens");
        for (id, place) in pack.entries().expect("it is read") {
            prop_assert!(pack.read(id, place).is_err(), "no digest fits by chance");
        }
    }
}
