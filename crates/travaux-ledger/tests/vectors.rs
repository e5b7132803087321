//! Published vectors, from the folder that `TRAVAUX_CORPUS` names.

#![allow(
    clippy::disallowed_methods,
    reason = "the vectors are files: the crate itself reads none"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use travaux_ledger::{
    Bundle, Checkpoint, Frontier, Hash, OutOfTree, Tile, TileNodes, VerifyingKey,
    consistency_proof, inclusion_proof, leaf_hash, root, verify_consistency, verify_inclusion,
};
use travaux_testkit::{
    needs::{self, LeftOut, Run},
    tests,
};

fn main() -> ExitCode {
    needs::main(tests![inclusion, consistency, a_whole_log, ed25519])
}

fn vectors(of: &str) -> Result<PathBuf, LeftOut> {
    needs::corpus(&format!("vectors/{of}"))
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder)
        .expect("a folder")
        .map(|e| e.expect("an entry").path())
    {
        if entry.is_dir() {
            files(&entry, out);
        } else {
            out.push(entry);
        }
    }
}

fn cases(folder: &Path) -> Vec<(PathBuf, Value)> {
    let mut found = Vec::new();
    files(folder, &mut found);
    found.sort();
    let read = |path: PathBuf| {
        (
            path.clone(),
            serde_json::from_slice(&fs::read(&path).expect("a file")).expect("JSON"),
        )
    };
    found.into_iter().map(read).collect()
}

/// `None` where it is no hash of 32 bytes: our code cannot take one.
fn hash(value: &Value) -> Option<Hash> {
    value.as_str().unwrap_or_default().parse().ok()
}

fn hashes(value: &Value) -> Option<Vec<Hash>> {
    value
        .as_array()
        .map_or(Some(vec![]), |all| all.iter().map(hash).collect())
}

fn inclusion() -> Run {
    let folder = vectors("transparency-dev+merkle/testdata/inclusion")?;
    let cases = cases(&folder);
    for (path, case) in &cases {
        let number = |name: &str| case[name].as_u64().expect("a number");
        let verdict = (|| {
            let (root, leaf, proof) = (
                hash(&case["root"])?,
                hash(&case["leafHash"])?,
                hashes(&case["proof"])?,
            );
            verify_inclusion(number("leafIdx"), number("treeSize"), &leaf, &proof, &root).ok()
        })();
        assert_eq!(
            verdict.is_none(),
            case["wantErr"].as_bool().expect("a verdict"),
            "{}",
            path.display()
        );
    }
    assert_eq!(cases.len(), 98);
    Ok(())
}

fn consistency() -> Run {
    let folder = vectors("transparency-dev+merkle/testdata/consistency")?;
    let cases = cases(&folder);
    let mut short = Vec::new();
    for (path, case) in &cases {
        let number = |name: &str| case[name].as_u64().expect("a number");
        let (Some(old), Some(new), Some(proof)) = (
            hash(&case["root1"]),
            hash(&case["root2"]),
            hashes(&case["proof"]),
        ) else {
            short.push((
                path.file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned(),
                case["wantErr"] == false,
            ));
            continue;
        };
        let verdict = verify_consistency(number("size1"), number("size2"), &old, &new, &proof);
        assert_eq!(
            verdict.is_err(),
            case["wantErr"].as_bool().expect("a verdict"),
            "{}: {verdict:?}",
            path.display()
        );
    }
    assert_eq!(cases.len(), 98);
    // One that others accept has a root of 12 bytes. A root has 32: ours cannot hold it, and rejects it.
    let accepted: Vec<_> = short
        .iter()
        .filter(|(_, accepted)| *accepted)
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(accepted, ["sizes-are-equal-one-and-proof-is-empty.json"]);
    Ok(())
}

/// Tessera's log: every checkpoint is signed, has the root of its tiles and entries, and follows from the one before.
fn a_whole_log() -> Run {
    let folder = vectors("transparency-dev+tessera/testdata/log")?;
    let key = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
    let key: VerifyingKey = key.parse().expect("the log's key");
    let mut before = Checkpoint {
        origin: key.name().to_owned(),
        size: 0,
        root: Hash::of_empty_tree(),
    };
    for size in 0..=15 {
        let note =
            fs::read_to_string(folder.join(format!("checkpoint.{size}"))).expect("a checkpoint");
        let checkpoint = Checkpoint::open(&note, &key).expect("it is signed by the log");
        assert_eq!(checkpoint.size, size);
        let read = |tile: Tile| -> Result<Vec<Hash>, OutOfTree> {
            let bytes = fs::read(folder.join(tile.to_string())).expect("a tile");
            Ok(bytes.as_chunks::<32>().0.iter().map(|h| Hash(*h)).collect())
        };
        let nodes = TileNodes::new(size, read);
        assert_eq!(root(&nodes, size), Ok(checkpoint.root));
        let mut frontier = Frontier::default();
        if let Some(tile) = Tile::holding(0, size.saturating_sub(1), size) {
            let bytes = fs::read(folder.join(tile.entries_path())).expect("entries");
            for (index, entry) in (0..).zip(Bundle::read(&bytes).expect("a bundle")) {
                let leaf = leaf_hash(entry);
                frontier.push(leaf, |_, _, _| ());
                let proof = inclusion_proof(&nodes, index, size)
                    .expect("it is read")
                    .expect("it is in the tree");
                verify_inclusion(index, size, &leaf, &proof, &checkpoint.root)
                    .expect("it is included");
            }
        }
        assert_eq!(
            (frontier.size(), frontier.root()),
            (size, checkpoint.root),
            "the entries give the root"
        );
        let proof = consistency_proof(&nodes, before.size, size)
            .expect("it is read")
            .expect("it is smaller");
        verify_consistency(before.size, size, &before.root, &checkpoint.root, &proof)
            .expect("nothing was rewritten");
        before = checkpoint;
    }
    Ok(())
}

/// Project Wycheproof: valid and invalid signatures, those that only lax verifiers take among them.
fn ed25519() -> Run {
    let file = vectors("wycheproof/testvectors_v1/ed25519_test.json")?;
    let all: Value = serde_json::from_slice(&fs::read(file).expect("a file")).expect("JSON");
    let bytes = |value: &Value| -> Vec<u8> {
        let digits = value.as_str().expect("hex");
        (0..digits.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hex"))
            .collect()
    };
    let mut tried = 0;
    for group in all["testGroups"].as_array().expect("groups") {
        let key: [u8; 32] = bytes(&group["publicKey"]["pk"])
            .try_into()
            .expect("32 bytes");
        let key = VerifyingKey::from_bytes("wycheproof", &key).expect("a key");
        for test in group["tests"].as_array().expect("tests") {
            let verifies = key.verifies(&bytes(&test["msg"]), &bytes(&test["sig"]));
            assert_eq!(
                verifies,
                test["result"] == "valid",
                "{}: {}",
                test["tcId"],
                test["comment"]
            );
            tried += 1;
        }
    }
    assert_eq!(tried, all["numberOfTests"].as_u64().expect("a number"));
    assert_eq!(
        STANDARD.encode(Hash::of_empty_tree().0),
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    );
    Ok(())
}
