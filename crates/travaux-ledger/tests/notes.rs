//! Notes, keys and checkpoints: what is signed is read back, and what was changed is not believed.

use travaux_ledger::{
    Bundle, Checkpoint, CheckpointError, Hash, KeyError, Note, NoteError, SigningKey, VerifyingKey,
    leaf_hash,
};

fn key(name: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(name, &[seed; 32]).expect("a key")
}

fn head() -> Checkpoint {
    Checkpoint {
        origin: "treaties.example.org/log".into(),
        size: 7,
        root: leaf_hash(b"root"),
    }
}

fn form(e: &impl ToString) -> String {
    e.to_string()
}

#[test]
fn keys_read_back_as_they_are_written() {
    let signing = key("treaties.example.org/log", 1);
    let verifying = signing.verifying_key();
    assert_eq!(verifying.to_string().parse(), Ok(verifying.clone()));
    let again: SigningKey = signing.to_secret_text().parse().expect("it reads back");
    assert_eq!(again.verifying_key(), verifying);
    assert_eq!(
        format!("{signing:?}"),
        "SigningKey(treaties.example.org/log)",
        "a secret is not shown"
    );
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\tb"] {
        assert_eq!(
            SigningKey::from_seed(name, &[0; 32]).expect_err("no name"),
            KeyError::Name(name.to_owned())
        );
    }
    let text = verifying.to_string();
    let renamed = text.replacen("treaties", "trieaties", 1);
    assert!(matches!(
        renamed.parse::<VerifyingKey>(),
        Err(KeyError::Id { .. })
    ));
    for wrong in [
        "",
        "a",
        "a+00000000",
        "a+00000000+AQ==",
        &text.replacen('+', "-", 1),
        &signing.to_secret_text(),
    ] {
        assert!(wrong.parse::<VerifyingKey>().is_err(), "{wrong}");
    }
    assert!(text.parse::<SigningKey>().is_err());
    let secret = signing
        .to_secret_text()
        .replacen("treaties", "trieaties", 1);
    assert!(matches!(
        secret.parse::<SigningKey>(),
        Err(KeyError::Id { .. })
    ));
}

/// A key, and a note that it signed, as the format's specification and its first implementation (Go's sumdb/note) have them.
#[test]
fn the_note_of_the_specification() {
    let key: VerifyingKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        .parse()
        .expect("a key");
    let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    let note = format!(
        "{text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    );
    let read: Note = note.parse().expect("a note");
    assert_eq!((read.text(), read.to_string()), (text, note.clone()));
    assert_eq!(
        read.verify(std::slice::from_ref(&key))
            .expect("it is signed"),
        [&key]
    );
    let changed: Note = note
        .replacen("answer", "answar", 1)
        .parse()
        .expect("a note");
    assert_eq!(
        changed.verify(&[key]),
        Err(NoteError::Signature("PeterNeumann".into()))
    );
}

#[test]
fn a_note_is_believed_if_a_known_key_signed_it_and_no_known_key_did_it_wrong() {
    let (log, witness, other) = (key("log", 1), key("witness", 2), key("witness", 3));
    let note = Note::new("text\n\nmore\n")
        .expect("a text")
        .signed(&log)
        .signed(&witness);
    assert_eq!(
        note.to_string().parse(),
        Ok(note.clone()),
        "a blank line is part of the text"
    );
    let keys = [witness.verifying_key(), log.verifying_key()];
    assert_eq!(
        note.verify(&keys)
            .expect("both")
            .iter()
            .map(|k| k.name())
            .collect::<Vec<_>>(),
        ["log", "witness"]
    );
    assert_eq!(
        note.clone().signed(&log).verify(&keys).expect("both").len(),
        2,
        "a second signature counts once"
    );
    // The same name with another key is another signer.
    assert_eq!(
        note.verify(&[log.verifying_key(), other.verifying_key()])
            .expect("one")
            .len(),
        1
    );
    let unknown = note.verify(&[other.verifying_key()]).expect_err("nobody");
    assert!(
        form(&unknown).contains("no signature of witness (")
            && form(&unknown).contains("signed by log ("),
        "{unknown}"
    );
    let unsigned = Note::new("text\n").expect("a text");
    assert!(form(&unsigned.verify(&keys).expect_err("nobody")).ends_with("signed by nobody"));
    assert!(form(&note.verify(&[]).expect_err("nobody")).starts_with("no signature of nobody"));
}

#[test]
fn what_is_no_note_is_refused() {
    let good = Note::new("text\n")
        .expect("a text")
        .signed(&key("log", 1))
        .to_string();
    for (wrong, says) in [
        (good.replace("\n\n", "\n"), "no blank line"),
        (
            good.trim_end().to_owned(),
            "does not end in a signature line",
        ),
        ("text\n\n".to_owned(), "does not end in a signature line"),
        (good.replace('—', "-"), "is not `— NAME BASE64`"),
        (good.replace("log", "l+g"), "is not `— NAME BASE64`"),
        (good.replace("— log ", "— log"), "is not `— NAME BASE64`"),
        (
            "text\n\n— log AAAAAA==\n".to_owned(),
            "is not `— NAME BASE64`",
        ),
        (good.replace("text", "te\u{7}xt"), "control characters"),
        (good.replace("text", &"x".repeat(1_000_000)), "longer than"),
        (
            format!("{good}{}", "— log AAAAAAA=\n".repeat(100)),
            "more than 100 signatures",
        ),
    ] {
        let error = wrong.parse::<Note>().expect_err(says);
        assert!(form(&error).contains(says), "{error}");
    }
    assert!(Note::new("text").is_err() && Note::new("").is_err());
}

#[test]
fn a_checkpoint_is_three_lines_signed_by_its_log() {
    let log = key("treaties.example.org/log", 1);
    let note = head().sign(&log).expect("it is signed").to_string();
    assert!(note.starts_with(&format!(
        "treaties.example.org/log\n7\n{}\n\n— treaties.example.org/log ",
        head().root
    )));
    assert_eq!(Checkpoint::open(&note, &log.verifying_key()), Ok(head()));
    assert!(matches!(
        head().sign(&key("other", 1)),
        Err(CheckpointError::Origin { .. })
    ));
    let other = key("treaties.example.org/log", 2).verifying_key();
    assert!(matches!(
        Checkpoint::open(&note, &other),
        Err(CheckpointError::Note(NoteError::Unknown { .. }))
    ));
    // A key that signs what is no checkpoint of its own log.
    let foreign = Note::new(
        Checkpoint {
            origin: "other".into(),
            ..head()
        }
        .to_string(),
    )
    .expect("a text")
    .signed(&log);
    assert!(matches!(
        Checkpoint::open(&foreign.to_string(), &log.verifying_key()),
        Err(CheckpointError::Origin { .. })
    ));
    for at in 0..note.len() {
        let mut changed = note.clone().into_bytes();
        changed[at] ^= 1;
        let Ok(changed) = String::from_utf8(changed) else {
            continue;
        };
        assert!(
            Checkpoint::open(&changed, &log.verifying_key()).is_err(),
            "byte {at} changed: {changed}"
        );
    }
}

#[test]
fn what_is_no_checkpoint_is_refused() {
    let root = head().root;
    for (wrong, says) in [
        (format!("log\n7\n{root}"), "does not end in a newline"),
        (format!("\n7\n{root}\n"), "the origin, is empty"),
        ("log\n".to_owned(), "no second line"),
        (format!("log\n07\n{root}\n"), "no size"),
        (format!("log\n+7\n{root}\n"), "no size"),
        (format!("log\n18446744073709551616\n{root}\n"), "no size"),
        ("log\n7\n".to_owned(), "no third line"),
        ("log\n7\nAAAA\n".to_owned(), "no root"),
        (format!("log\n7\n{root}\n\nx\n"), "an empty line"),
        (format!("log\n0\n{root}\n"), "without leaves"),
    ] {
        let error = wrong.parse::<Checkpoint>().expect_err(says);
        assert!(form(&error).contains(says), "{error}");
    }
    let extended: Checkpoint = format!("log\n7\n{root}\nextension\n")
        .parse()
        .expect("extensions are passed over");
    assert_eq!(extended.size, 7);
    assert_eq!(
        format!("log\n0\n{}\n", Hash::of_empty_tree())
            .parse::<Checkpoint>()
            .map(|c| c.size),
        Ok(0)
    );
    assert!(form(&"x".parse::<Hash>().expect_err("none")).contains("expected 32 bytes in base64"));
}

#[test]
fn a_bundle_has_each_record_with_its_length() {
    let mut bundle = Bundle::default();
    let longest = vec![7; 65_535];
    assert!(bundle.push(b"one") && bundle.push(b"") && bundle.push(&longest));
    assert!(!bundle.push(&[0; 65_536]), "too long: nothing is written");
    assert_eq!(
        Bundle::read(bundle.as_bytes()),
        Ok(vec![&b"one"[..], b"", &longest])
    );
    assert_eq!(&bundle.as_bytes()[..5], [0, 3, b'o', b'n', b'e']);
    for cut in [1, 2, 4, 6, 100] {
        let entry = if cut < 5 {
            0
        } else if cut < 7 {
            1
        } else {
            2
        };
        assert_eq!(
            Bundle::read(&bundle.as_bytes()[..cut])
                .expect_err("cut off")
                .entry,
            entry,
            "{cut}"
        );
    }
}

/// Where the limits are, to the byte.
#[test]
fn limits_are_where_they_are_said_to_be() {
    let signed = |text: &str| format!("{text}\n— a AAAAAAAA\n");
    let longest = "x".repeat(1_000_000 - signed("\n").len());
    assert!(signed(&format!("{longest}\n")).parse::<Note>().is_ok());
    let error = signed(&format!("{longest}x\n"))
        .parse::<Note>()
        .expect_err("it is too long");
    assert_eq!(
        form(&error),
        "this is no signed note: it is longer than 1,000,000 bytes"
    );

    let with = |count: usize| format!("text\n\n{}", "— a AAAAAAAA\n".repeat(count)).parse::<Note>();
    assert_eq!(with(100).expect("a note").signatures().len(), 100);
    assert!(with(101).is_err());
}

#[test]
fn a_signature_says_whose_it_is() {
    let signing = key("treaties.example.org/log", 1);
    let note = Note::new("text\n").expect("a note").signed(&signing);
    let [signature] = note.signatures() else {
        panic!("one signature")
    };
    assert_eq!(
        (signature.name.as_str(), signature.id),
        ("treaties.example.org/log", signing.verifying_key().id())
    );
    assert_eq!(signature.bytes.len(), 64);
    for name in ["", "a+b", "a\u{7}b", "a\u{a0}b"] {
        let text = format!("text\n\n— {name} AAAAAAAA\n");
        assert!(text.parse::<Note>().is_err(), "{name:?} is no name");
    }
}
