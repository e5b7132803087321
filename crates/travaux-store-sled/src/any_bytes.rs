//! Whatever bytes stand on the disk, reading them ends, in an answer or in an error. Not for use: for tests and fuzzing.

use travaux_ledger::Frontier;

use crate::{
    archive::block::{self, Block, HEADER, Header, WIDTH, check},
    journal::frame,
};

/// The bytes with the check that their header ought to have, so that what is behind the check is reached.
pub(crate) fn checked(bytes: &[u8], magic: [u8; 4]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if bytes.len() >= HEADER {
        bytes[..4].copy_from_slice(&magic);
        let check = check(&bytes[..HEADER - 8]);
        bytes[HEADER - 8..HEADER].copy_from_slice(&check);
    }
    bytes
}

/// Reads bytes as frames of the journal; the first two are how far into a file they stand.
///
/// # Panics
/// If a frame is longer than the bytes.
pub fn frame(bytes: &[u8]) {
    let Some((offset, bytes)) = bytes.split_first_chunk::<2>() else {
        return;
    };
    for bytes in [bytes.to_vec(), checked(bytes, *frame::MAGIC)] {
        drop(frame::read(
            &bytes,
            u16::from_be_bytes(*offset).into(),
            &mut Frontier::default(),
        ));
        if let Some((length, _, last)) = frame::extent(&bytes) {
            assert!(length <= bytes.len() && last < 1 << 49);
            drop(frame::unproved(&bytes[..length]));
        }
    }
}

/// Reads bytes as a block of the archive, as one whose header fits, and as what stands in one.
///
/// # Panics
/// If there is no compressor to be had, or a block has other records than its bytes.
pub fn block(bytes: &[u8]) {
    let body = block::compressor(1).and_then(|mut c| {
        c.compress(bytes)
            .map_err(|e| travaux_store::StoreError::io("compress", e))
    });
    let body = body.expect("it starts");
    let numbers = [body.len() as u32, 0, 1, WIDTH as u32, bytes.len() as u32]
        .map(u32::to_be_bytes)
        .concat();
    let around = checked(
        &[&block::MAGIC[..], &numbers, &[0; 40], &body].concat(),
        *block::MAGIC,
    );
    if let Ok(block) = Block::decode(1, &around, &mut block::decompressor().expect("it starts")) {
        let bundle: Vec<u8> = block
            .records()
            .flat_map(|r| [&(r.bytes().len() as u16).to_be_bytes()[..], r.bytes()].concat())
            .collect();
        assert_eq!(bundle, bytes);
    }
    for bytes in [bytes.to_vec(), checked(bytes, *block::MAGIC)] {
        if let Some(header) = Header::read(&bytes) {
            drop(Block::decode(
                header.first,
                &bytes,
                &mut block::decompressor().expect("it starts"),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{block, check, frame};
    use crate::{
        archive::pack::{Pack, Place},
        catalogue::{
            filter::Filter,
            run::{commit_entries, stream_entries},
        },
    };

    /// Bytes with a header in front whose check fits, so that what is behind the check is reached.
    fn headed(magic: &'static [u8; 4]) -> impl Strategy<Value = Vec<u8>> {
        (
            proptest::collection::vec(any::<u8>(), 52),
            proptest::collection::vec(any::<u8>(), 0..600),
            any::<bool>(),
        )
            .prop_map(move |(mut fields, body, small)| {
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
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn frames(bytes in prop_oneof![headed(b"TXJ2"), proptest::collection::vec(any::<u8>(), 0..300)], offset in 0..5_000_u16) {
            frame(&[&offset.to_be_bytes()[..], &bytes].concat());
        }

        #[test]
        fn blocks(bytes in prop_oneof![headed(b"TXB2"), proptest::collection::vec(any::<u8>(), 0..300)]) {
            block(&bytes);
        }

        #[test]
        fn values_of_the_catalogue(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            for entry in stream_entries(&bytes).into_iter().flatten() {
                drop(entry.positions());
            }
            if let Some(entries) = commit_entries(&bytes) {
                prop_assert_eq!(entries.count() * crate::catalogue::run::COMMIT, bytes.len());
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
}
