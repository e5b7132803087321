//! Attachments: by digest, once.

use super::{Opened, commit, event};
use crate::{AppendError, Attachment, Digest};

/// What returns is not stored again, and comes back whole.
pub fn attachments_are_kept_once(opened: Opened) {
    let Opened { store, reopen } = opened;
    let large = Attachment::new(
        (0..300_000u32)
            .flat_map(|n| (n % 251).to_le_bytes())
            .collect(),
    );
    let with = |id, attach: Vec<Attachment>| {
        let mut commit = commit(id, vec![event("a", "x", "{}")]);
        commit.events[0].attachments.push(large.id);
        commit.attachments = attach;
        commit
    };
    store
        .append(with(1, vec![large.clone()]))
        .expect("it is appended");
    store
        .append(with(2, vec![large.clone()]))
        .expect("it is there already");
    store
        .append(with(3, vec![]))
        .expect("it need not be brought");
    assert_eq!(
        store.attachment(large.id).expect("it is read").as_deref(),
        Some(&large.bytes[..])
    );
    assert_eq!(
        store.attachment(Digest([7; 32])).expect("it is looked up"),
        None
    );
    if let Some(reopen) = reopen {
        let store = reopen(store);
        assert_eq!(
            store.attachment(large.id).expect("it is read").as_deref(),
            Some(&large.bytes[..])
        );
        store
            .append(with(4, vec![]))
            .expect("it need not be brought");
    }
}

/// A record must not name what is not there, nor bytes be named wrongly.
pub fn missing_attachments_are_refused(opened: Opened) {
    let store = opened.store;
    let mut missing = commit(1, vec![event("a", "x", "{}")]);
    missing.events[0].attachments.push(Digest([7; 32]));
    assert!(matches!(
        store.append(missing.clone()),
        Err(AppendError::MissingAttachment(_))
    ));
    missing.attachments.push(Attachment {
        id: Digest([7; 32]),
        bytes: b"other".to_vec(),
    });
    assert!(matches!(
        store.append(missing),
        Err(AppendError::Malformed(_))
    ));
    assert_eq!(store.head(), 0);
}
