//! Sources.

use chrono::DateTime;
use travaux_domain::{
    Rule,
    source::{Signature, Source, SourceCommit, SourceEvent},
};

use crate::refused;

#[test]
fn a_source_is_opened_once_and_then_read() {
    let mut source = Source::default();
    refused(
        source.decide(SourceEvent::CommitsRead { commits: vec![] }),
        Rule::RC1,
        "a source that was opened",
    );
    let opened = SourceEvent::SourceOpened {
        kind: "git".into(),
        root: "abc".into(),
        location: "x".into(),
    };
    source.evolve(&source.decide(opened.clone()).expect("it opens").event);
    refused(source.decide(opened), Rule::RC1, "a new source");
    refused(
        source.decide(SourceEvent::CommitsRead { commits: vec![] }),
        Rule::RC1,
        "one commit or more",
    );
    let at = DateTime::UNIX_EPOCH.fixed_offset();
    let who = Signature {
        name: "A".into(),
        email: "a@example.org".into(),
        at,
    };
    let commit = |id: &str| SourceCommit {
        id: id.into(),
        parents: vec![],
        tree: None,
        author: who.clone(),
        committer: who.clone(),
        message: String::new(),
    };
    for (ids, read) in [(vec!["1", "2"], 2), (vec!["3", "4", "5"], 5)] {
        let event = SourceEvent::CommitsRead {
            commits: ids.iter().map(|id| commit(id)).collect(),
        };
        source.evolve(&source.decide(event).expect("it is read").event);
        assert_eq!(
            (source.commits, source.last.as_deref()),
            (read, ids.last().copied())
        );
    }
}
