//! What the fuzzer found worth keeping, and what it once failed on, run again: a bundle of inputs a target (C2SP entry bundles, as
//! they are small and many). `fuzz/src/lib.rs` has what must hold.

#[path = "../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "the library of the fuzzer's workspace")]
mod fuzz;

use std::{fs, path::Path};

use travaux_ledger::Bundle;

/// The kept inputs of a target. With `TRAVAUX_FUZZ_CORPUS` they are made anew of the files in that folder, as `cargo fuzz cmin` leaves
/// them.
fn inputs(target: &str) -> Vec<Vec<u8>> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(format!("{target}.bundle"));
    if let Some(corpus) = std::env::var_os("TRAVAUX_FUZZ_CORPUS") {
        let mut files: Vec<_> = fs::read_dir(Path::new(&corpus).join(target))
            .expect("a folder a target")
            .flatten()
            .collect();
        files.sort_by_key(fs::DirEntry::file_name);
        let mut bundle = Bundle::default();
        for file in files {
            assert!(
                bundle.push(&fs::read(file.path()).expect("it is read")),
                "it is not longer than 65,535 bytes"
            );
        }
        fs::write(&kept, bundle.as_bytes()).expect("it is written");
    }
    let bundle = fs::read(&kept).unwrap_or_else(|e| panic!("{}: {e}", kept.display()));
    Bundle::read(&bundle)
        .expect("a bundle")
        .into_iter()
        .map(<[u8]>::to_vec)
        .collect()
}

#[test]
fn nothing_fails_on_what_the_fuzzer_kept() {
    for (target, _) in fuzz::TARGETS {
        let inputs = inputs(target);
        assert!(inputs.len() > 10, "{target} has a corpus");
        inputs.iter().for_each(|input| fuzz::run(target, input));
    }
}
