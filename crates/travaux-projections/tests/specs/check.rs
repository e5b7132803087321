//! The checker: what an attentive reader would ask.

use travaux_domain::{
    AdoptionRule, Profile, Revision,
    agreement::{AgreementCommand as C, Nature, Proposal, RevisionDraft},
};
use travaux_projections::CheckKind;
use travaux_testkit::{
    agreement::{lang, words},
    history::History,
};

use crate::common::{adopted, amend, arrangement, record, revised, saying};

/// Kind, revision, provision.
#[track_caller]
fn check(history: &History, expected: &[(CheckKind, Option<u32>, Option<&str>)]) {
    let found = record(history).check(lang("fr"));
    let found: Vec<_> = found
        .iter()
        .map(|f| {
            let provision = f.provision.map(|p| p.to_string());
            (f.kind, f.revision.map(|r| r.0), provision)
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(kind, revision, provision)| (*kind, *revision, provision.map(str::to_owned)))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_sound_text_and_a_sound_amendment_give_nothing() {
    let mut history = adopted(arrangement());
    let meet = words(2, "coopèrent", "se concertent");
    revised(&mut history, 2, amend(1, None, vec![meet]));
    check(&history, &[]);
}

#[test]
fn an_amendment_that_was_read_off_two_texts_has_nothing_that_orders_it() {
    let inferred = |nature| {
        let mut history = adopted(arrangement());
        let operations = vec![words(2, "coopèrent", "se concertent")];
        let proposal = RevisionDraft {
            nature,
            inferred: true,
            ..RevisionDraft::new(Revision(1), operations)
        };
        revised(&mut history, 2, C::ProposeRevision(Box::new(proposal)));
        history
    };
    check(
        &inferred(Nature::Amendment),
        &[(CheckKind::ChangeWithoutInstrument, Some(2), None)],
    );
}

#[test]
fn an_amendment_that_changes_no_word_has_no_effect() {
    let as_recorded = Profile {
        adoption: AdoptionRule::AsRecorded,
        ..Profile::arrangement()
    };
    let mut history = adopted(Proposal {
        profile: as_recorded,
        ..arrangement()
    });
    let there = words(2, "coopèrent", "se concertent");
    let back = words(2, "se concertent", "coopèrent");
    revised(&mut history, 2, amend(1, None, vec![there, back]));
    check(
        &history,
        &[(CheckKind::InstrumentWithoutEffect, Some(2), None)],
    );
}

const REFERRING: &str = "\
## Article 1

Sous réserve de l'article 2, les Parties coopèrent.

## Article 2

Les frais visés à l'article 3 sont partagés.
";

#[test]
fn an_article_that_is_referred_to_has_to_be_there() {
    check(
        &adopted(saying(REFERRING)),
        &[(CheckKind::DanglingReference, None, Some("1.4"))],
    );
    check(
        &adopted(saying("Les frais visés à l'article 3 sont partagés.\n")),
        &[],
    );
}

const DEFINING: &str = "\
## Article 1

« Données » désigne toute information.

## Article 2

Les Parties protègent les « Données ».

## Article 3

Elles coopèrent.
";

#[test]
fn a_changed_definition_names_the_provisions_that_use_its_term_unchanged() {
    let narrower = || words(2, "toute information", "toute information personnelle");
    let mut history = adopted(saying(DEFINING));
    revised(&mut history, 2, amend(1, None, vec![narrower()]));
    check(
        &history,
        &[(CheckKind::DefinitionChanged, Some(2), Some("1.2"))],
    );
    let what = &record(&history).check(lang("fr"))[0].what;
    assert!(what.contains("`Données`") && what.contains("1.4"), "{what}");

    // Who changes both has seen them.
    let mut history = adopted(saying(DEFINING));
    let seen = words(4, "protègent", "conservent");
    revised(&mut history, 2, amend(1, None, vec![narrower(), seen]));
    check(&history, &[]);

    // Another paragraph changes no definition.
    let mut history = adopted(saying(DEFINING));
    let other = words(6, "coopèrent", "se concertent");
    revised(&mut history, 2, amend(1, None, vec![other]));
    check(&history, &[]);
}
