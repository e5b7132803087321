//! Proofs as files: what is written verifies, and whatever is changed in it does not.

use std::convert::Infallible;

use travaux_ledger::{
    Checkpoint, CheckpointError, Frontier, Hash, LogProof, LogProofError, Nodes, SigningKey,
    inclusion_proof, leaf_hash, node_hash,
};

struct Memory(Vec<Hash>);

impl Nodes for Memory {
    type Error = Infallible;
    fn node(&self, level: u32, index: u64) -> Result<Hash, Infallible> {
        match level {
            0 => Ok(self.0[index as usize]),
            _ => Ok(node_hash(
                &self.node(level - 1, index * 2)?,
                &self.node(level - 1, index * 2 + 1)?,
            )),
        }
    }
}

fn record(n: u64) -> Vec<u8> {
    format!("record {n}").into_bytes()
}

fn key() -> SigningKey {
    SigningKey::from_seed("treaties.example.org/log", &[7; 32]).expect("a key")
}

/// The proof of record `index` in a log of 11.
fn proof(index: u64) -> LogProof {
    let leaves: Vec<Hash> = (0..11).map(|n| leaf_hash(&record(n))).collect();
    let mut frontier = Frontier::default();
    for leaf in &leaves {
        frontier.push(*leaf, |_, _, _| ());
    }
    let head = Checkpoint {
        origin: "treaties.example.org/log".into(),
        size: 11,
        root: frontier.root(),
    };
    let checkpoint = head.sign(&key()).expect("it is signed").to_string();
    let hashes = inclusion_proof(&Memory(leaves), index, 11)
        .expect("no error")
        .expect("it is in the log");
    LogProof {
        index,
        hashes,
        checkpoint,
        extra: None,
    }
}

#[test]
fn a_proof_is_a_text_that_reads_back_and_verifies_offline() {
    for index in 0..11 {
        let proof = proof(index);
        let text = proof.to_string();
        assert_eq!(text.parse(), Ok(proof.clone()));
        let head = proof
            .verify(&record(index), &key().verifying_key())
            .expect("it verifies");
        assert_eq!(
            (head.size, head.origin.as_str()),
            (11, "treaties.example.org/log")
        );
    }
    let text = proof(8).to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[..2], ["c2sp.org/tlog-proof@v1", "index 8"]);
    assert_eq!(
        (lines[5], lines[6], lines[7]),
        ("", "treaties.example.org/log", "11")
    );
    let with = LogProof {
        extra: Some(b"article 4".to_vec()),
        ..proof(8)
    };
    assert!(with.to_string().contains("\nextra YXJ0aWNsZSA0\nindex 8\n"));
    assert_eq!(with.to_string().parse(), Ok(with));
}

#[test]
fn what_is_changed_shows_nothing() {
    let key = key().verifying_key();
    let good = proof(4).to_string();
    let mut read = 0;
    for at in 0..good.len() {
        for bit in 0..7 {
            let mut changed = good.clone().into_bytes();
            changed[at] ^= 1 << bit;
            let Ok(changed) = String::from_utf8(changed) else {
                continue;
            };
            if let Ok(changed) = changed.parse::<LogProof>() {
                assert!(
                    changed.verify(&record(4), &key).is_err(),
                    "bit {bit} of byte {at} changed: {changed}"
                );
                read += 1;
            }
        }
    }
    assert!(read > 1_000, "{read}");
    assert!(matches!(
        proof(4).verify(&record(5), &key),
        Err(LogProofError::Inclusion(_))
    ));
    let other = SigningKey::from_seed("treaties.example.org/log", &[8; 32])
        .expect("a key")
        .verifying_key();
    assert!(matches!(
        proof(4).verify(&record(4), &other),
        Err(LogProofError::Checkpoint(CheckpointError::Note(_)))
    ));
}

#[test]
fn what_is_no_proof_is_refused() {
    let good = proof(4).to_string();
    let hash = leaf_hash(b"");
    for (wrong, says) in [
        (String::new(), "no blank line"),
        (good.replace("@v1", "@v2"), "its first line"),
        (good.replace("index 4", "extra !\nindex 4"), "not base64"),
        (good.replace("index 4", "inde 4"), "no line `index N`"),
        (good.replace("index 4", "index 04"), "without leading zeros"),
        (good.replace("index 4", "index -4"), "without leading zeros"),
        (good.replace("index 4", "index 4\nAAAA"), "no hash"),
        (
            good.replace(
                "index 4",
                &format!("index 4{}", format!("\n{hash}").repeat(65)),
            ),
            "more than 64",
        ),
    ] {
        let error = wrong.parse::<LogProof>().expect_err(says).to_string();
        assert!(error.contains(says), "{error}");
    }
}

/// No tree has more than 64 levels.
#[test]
fn a_proof_has_64_hashes_at_most() {
    let with = |count: usize| {
        LogProof {
            hashes: vec![leaf_hash(b"x"); count],
            ..proof(3)
        }
        .to_string()
        .parse::<LogProof>()
    };
    assert_eq!(with(64).map(|proof| proof.hashes.len()), Ok(64));
    assert_eq!(
        with(65).map_err(|e| e.to_string()),
        Err(LogProofError::Form("it has more than 64 hashes").to_string())
    );
}
