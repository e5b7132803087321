//! Contents outside of the log: sealed under a key of their own, given, and erased.

use std::{fs, path::Path};

use travaux_store_sled::Vault;

/// Whether any file below a folder has these bytes.
fn anywhere(folder: &Path, bytes: &[u8]) -> bool {
    let each = fs::read_dir(folder).expect("a folder");
    each.map(|entry| entry.expect("an entry").path())
        .any(|path| {
            if path.is_dir() {
                anywhere(&path, bytes)
            } else {
                let found = fs::read(&path).expect("a file");
                found.windows(bytes.len()).any(|part| part == bytes)
            }
        })
}

#[test]
fn who_has_a_key_reads_and_nobody_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = Vault::new(folder.path().join("vault"));
    let words = "the passport of A. B. is forged".as_bytes();
    let digest = vault
        .seal(words, &["FR", "ministry/of, interior"])
        .expect("it is sealed");
    assert_eq!(
        vault.open(digest, "FR").expect("it is read").as_deref(),
        Some(words)
    );
    let odd = vault
        .open(digest, "ministry/of, interior")
        .expect("it is read");
    assert_eq!(odd.as_deref(), Some(words));
    assert_eq!(vault.open(digest, "MA").expect("no key"), None);
    assert!(!anywhere(folder.path(), b"passport"), "it is sealed");
    vault.give(digest, "MA", "ES").expect("nothing to give");
    assert_eq!(vault.open(digest, "ES").expect("no key"), None);
    vault.give(digest, "FR", "ES").expect("it is given");
    assert_eq!(
        vault.open(digest, "ES").expect("it is read").as_deref(),
        Some(words)
    );
}

/// The same words twice have two digests: nobody who guesses them can tell.
#[test]
fn a_digest_says_nothing_of_the_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = Vault::new(folder.path());
    let seal = || vault.seal(b"no", &["FR"]).expect("it is sealed");
    let (one, other) = (seal(), seal());
    assert_ne!(one, other);
    let plain = travaux_store::Digest::of(b"no");
    assert!(one != plain && other != plain);
}

#[test]
fn what_is_erased_is_gone_for_its_holder_or_for_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = Vault::new(folder.path());
    let digest = vault.seal(b"words", &["FR", "MA"]).expect("it is sealed");
    let other = vault.seal(b"other words", &["FR"]).expect("it is sealed");
    vault.erase(digest, "FR").expect("it is erased");
    vault.erase(digest, "FR").expect("it is gone already");
    assert_eq!(vault.open(digest, "FR").expect("no key"), None);
    assert!(vault.open(digest, "MA").expect("it is read").is_some());
    vault.erase_for_all(digest).expect("it is erased");
    assert_eq!(vault.open(digest, "MA").expect("no key"), None);
    let name = digest.to_string();
    let left = |folder: &Path| {
        let each = fs::read_dir(folder).expect("a folder");
        each.filter(|e| e.as_ref().expect("an entry").file_name() == *name)
            .count()
    };
    for of in ["words", "keys/FR", "keys/MA"] {
        assert_eq!(left(&folder.path().join(of)), 0, "{of}");
    }
    assert!(vault.open(other, "FR").expect("it is read").is_some());
    Vault::new(folder.path().join("none"))
        .erase_for_all(digest)
        .expect("there is none");
}

#[test]
fn a_changed_byte_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = Vault::new(folder.path());
    let digest = vault.seal(b"words", &["FR"]).expect("it is sealed");
    for file in ["words", "keys/FR"].map(|of| folder.path().join(of).join(digest.to_string())) {
        let sound = fs::read(&file).expect("a file");
        for at in 0..sound.len() {
            let mut changed = sound.clone();
            changed[at] ^= 1;
            fs::write(&file, &changed).expect("it is written");
            let error = vault.open(digest, "FR").expect_err("it is damaged");
            assert!(
                error.to_string().contains("the log has the digest of"),
                "{error}"
            );
        }
        for length in [0, 10, sound.len() - 1] {
            fs::write(&file, &sound[..length]).expect("it is written");
            assert!(vault.open(digest, "FR").is_err(), "{length}");
        }
        fs::write(&file, &sound).expect("it is written");
    }
    assert!(vault.open(digest, "FR").expect("it is read").is_some());
}
