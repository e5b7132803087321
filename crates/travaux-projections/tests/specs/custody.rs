//! Whose each line and each word is.

use travaux_domain::{
    Revision,
    agreement::{AgreementCommand as C, RevisionDraft},
};
use travaux_projections::AgreementRecord;
use travaux_testkit::{
    agreement::{accept, adopt, lang, p, words},
    history::History,
};

use crate::common::{adopted, amend, amended, arrangement, propose, record, revised};

/// Line, revision, proposer, adopter; the revision that brought words back, if one did.
type Line<'a> = (&'a str, u32, &'a str, Option<&'a str>, Option<u32>);

#[track_caller]
fn check(record: &AgreementRecord, revision: u32, expected: &[Line<'_>]) {
    let blame = record
        .blame(Revision(revision), lang("fr"))
        .expect("it is adopted");
    let found: Vec<Line<'_>> = blame
        .iter()
        .filter(|line| !line.text.is_empty())
        .map(|line| {
            let by = &line.custodian;
            (
                &*line.text,
                by.revision.0,
                by.proposer,
                by.adopter,
                line.returned,
            )
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_line_is_of_the_revision_that_last_changed_its_words() {
    let mut history = adopted(arrangement());
    history
        .agreement(
            1,
            "MA",
            amend(1, None, vec![words(2, "coopèrent", "se concertent")]),
        )
        .agreement(1, "FR", accept(2))
        .agreement(1, "FR", adopt(2));
    check(
        &record(&history),
        2,
        &[
            ("## Article 1", 1, "FR", Some("MA"), None),
            ("Les Parties se concertent.", 2, "MA", Some("FR"), None),
            ("## Article 2", 1, "FR", Some("MA"), None),
            (
                "Elles échangent des informations.",
                1,
                "FR",
                Some("MA"),
                None,
            ),
        ],
    );
}

#[test]
fn earlier_revisions_keep_the_custody_that_they_had() {
    let record = record(&amended());
    let of = |revision: u32| -> Vec<u32> {
        let blame = record.blame(Revision(revision), lang("fr"));
        let lines = blame.expect("it is adopted");
        let worded = lines.iter().filter(|l| !l.text.is_empty());
        worded.map(|l| l.custodian.revision.0).collect()
    };
    assert_eq!(of(1), [1, 1, 1, 1]);
    assert_eq!(of(2), [1, 2, 1, 1]);
    assert_eq!(of(3), [1, 3, 1, 1]);
    assert_eq!(of(4), [1, 3, 1, 4]);
}

#[test]
fn words_that_come_back_keep_their_origin_and_name_who_brought_them_back() {
    let mut history = adopted(arrangement());
    let long = "échangent des informations";
    revised(
        &mut history,
        2,
        amend(1, None, vec![words(4, long, "se taisent")]),
    );
    revised(
        &mut history,
        3,
        amend(2, None, vec![words(4, "se taisent", long)]),
    );
    let record = record(&history);
    let runs = record
        .words(Revision(3), p(4), lang("fr"))
        .expect("it stands");
    let found: Vec<_> = runs
        .iter()
        .map(|run| (run.text.trim(), run.revision, run.returned))
        .collect();
    assert_eq!(
        found,
        [
            ("Elles", 1, None),
            ("échangent des informations", 1, Some(3)),
            (".", 1, None)
        ]
    );
}

#[test]
fn words_of_one_paragraph_are_told_apart() {
    let record = record(&amended());
    let runs = record
        .words(Revision(4), p(2), lang("fr"))
        .expect("it stands");
    let found: Vec<_> = runs.iter().map(|run| (&*run.text, run.revision)).collect();
    assert_eq!(
        found,
        [
            ("Les ", 1),
            ("deux ", 2),
            ("Parties ", 1),
            ("se concertent", 3),
            (".\n\n", 1)
        ]
    );
    assert_eq!(
        found.iter().map(|(text, _)| *text).collect::<String>(),
        "Les deux Parties se concertent.\n\n",
        "joined, they are the paragraph"
    );
}

#[test]
fn what_is_not_part_of_the_text_has_no_custody() {
    let mut history = adopted(arrangement());
    history.agreement(
        1,
        "MA",
        amend(1, None, vec![words(2, "coopèrent", "se concertent")]),
    );
    let record = record(&history);
    let open = record
        .blame(Revision(2), lang("fr"))
        .expect_err("it is open");
    assert!(open.to_string().contains("revision 2"), "{open}");
    let gone = record
        .words(Revision(1), p(9), lang("fr"))
        .expect_err("there is none");
    assert!(gone.to_string().contains("1.9"), "{gone}");
}

#[test]
fn a_proposal_has_a_proposer_and_no_adopter() {
    let mut history = History::new();
    history
        .agreement(1, "FR", propose(arrangement()))
        .agreement(
            1,
            "MA",
            C::ProposeRevision(Box::new(RevisionDraft::new(
                Revision(1),
                vec![words(2, "coopèrent", "se concertent")],
            ))),
        );
    let record = record(&history);
    let custodian = record.custodian(Revision(2));
    assert_eq!(
        (custodian.proposer, custodian.adopter, custodian.adopted_at),
        ("MA", None, None)
    );
}
