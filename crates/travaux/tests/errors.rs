//! Failures are data: what was not there, what of a record cannot be read, in a type that a caller can match on.

use std::sync::Arc;

use chrono::DateTime;
use travaux::{
    CodecError, Error, NotFound, Ports, UnreadableRecord,
    blocking::Engine,
    decode,
    domain::{
        Actor, AgreementId, FrameworkId, PackageId, Profile, Recorded, Revision,
        agreement::AgreementCommand,
    },
    projections::{Projection, RevisionError},
};
use travaux_store::{Digest, Envelope, MemorySnapshots, MemoryStore, StoreError};
use uuid::Uuid;

fn engine() -> Engine {
    Engine::open(
        Arc::new(MemoryStore::new()),
        Arc::new(MemorySnapshots::default()),
        Ports::fixed(DateTime::UNIX_EPOCH),
    )
    .expect("an engine")
}

fn proposed(engine: &Engine) -> AgreementId {
    let id = engine.new_agreement_id();
    let proposal = travaux::proposal("Accord", Profile::arrangement())
        .party("FR", "France")
        .party("MA", "Maroc")
        .text("fr", "## Article 1\n")
        .expect("a text")
        .build();
    let propose = AgreementCommand::Propose(Box::new(proposal));
    engine
        .act(id, &Actor::party("FR"), [propose])
        .expect("it is proposed");
    id
}

#[test]
fn what_is_not_there_is_named_with_its_kind_and_id() {
    let (engine, id) = (engine(), Uuid::from_u128(7));
    let check = |answer: Result<(), Error>, expected: NotFound, words: &str| match answer {
        Err(Error::NotFound(found)) => {
            assert_eq!((found.to_string(), found), (words.to_owned(), expected));
        }
        other => panic!("expected {expected:?}, got {other:?}"),
    };
    let (fr, package) = (Actor::party("FR"), PackageId(id));
    let agreement = AgreementId(id);
    check(
        engine.record(agreement).map(drop),
        NotFound::Agreement(agreement),
        "there is no agreement 00000000-0000-0000-0000-000000000007",
    );
    check(
        engine.record_with_custody(agreement).map(drop),
        NotFound::Agreement(agreement),
        "there is no agreement 00000000-0000-0000-0000-000000000007",
    );
    let framework = FrameworkId(id);
    check(
        engine.framework(framework).map(drop),
        NotFound::Framework(framework),
        "there is no framework 00000000-0000-0000-0000-000000000007",
    );
    let answers = [
        engine.package(package).map(drop),
        engine.accept_package(package, &fr).map(drop),
        engine.reject_package(package, &fr, None).map(drop),
        engine.adopt_package(package, &fr, None).map(drop),
    ];
    for answer in answers {
        check(
            answer,
            NotFound::Package(package),
            "there is no package 00000000-0000-0000-0000-000000000007",
        );
    }
    check(
        engine.source(id).map(drop),
        NotFound::Source(id),
        "there is no source 00000000-0000-0000-0000-000000000007",
    );
    check(
        engine.view::<Foreign>().map(drop),
        NotFound::View("foreign"),
        "the engine keeps no view `foreign`",
    );
}

/// A projection that no engine was given.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
struct Foreign;

impl Projection for Foreign {
    const NAME: &'static str = "foreign";
    const VERSION: u32 = 1;

    fn apply(&mut self, _: &Recorded) {}
}

#[test]
fn what_a_record_cannot_answer_names_the_revision() {
    let engine = engine();
    let record = engine.record(proposed(&engine)).expect("the record");
    let lang = record.default_language();
    assert_eq!(
        record.print(Revision(2), lang),
        Err(RevisionError::NotFound {
            revision: Revision(2),
            revisions: 1
        })
    );
    assert_eq!(
        record.blame(Revision(2), lang),
        Err(RevisionError::NotAdopted {
            revision: Revision(2),
            last: record.agreement.current()
        })
    );
}

#[test]
fn what_is_no_language_is_an_error_of_the_caller() {
    let error = travaux::proposal("Accord", Profile::arrangement())
        .text("la langue", "")
        .expect_err("no tag");
    assert!(matches!(error, Error::Id(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "`la langue` is not a language tag such as `fr` or `ar` (BCP 47)"
    );
}

/// Reads a record of `kind` in `stream` with this schema version and payload. It names an attachment of the first bytes, if they are
/// given; the store answers with the second.
fn read(
    stream: &str,
    (kind, schema): (&str, u16),
    payload: &str,
    (named, kept): (Option<&[u8]>, Option<&[u8]>),
) -> CodecError {
    let attachments = match named {
        Some(bytes) => format!(r#""attachments":["{}"],"#, Digest::of(bytes)),
        None => String::new(),
    };
    let id = Uuid::nil();
    let record = format!(
        r#"{{"envelope":2,"position":9,"stream":"{stream}","version":1,"id":"{id}","type":"{kind}","schema":{schema},"recorded_at":"2025-01-01T00:00:00Z","actor":{{"party":"FR"}},"commit":"{id}","correlation":"{id}",{attachments}"payload":{payload}}}"#
    );
    let envelope: Envelope<'_> = serde_json::from_str(&record).expect("an envelope");
    let fetch = |_| Ok::<_, StoreError>(kept.map(<[u8]>::to_vec));
    decode(envelope, fetch).expect_err("it cannot be read")
}

#[test]
fn an_unreadable_record_says_where_what_and_why() {
    let stream = "agreement-00000000-0000-0000-0000-000000000007";
    let kind = ("TextAuthenticated", 1);
    let text = |bytes: &[u8]| format!(r#"{{"method":{{"$text":"{}"}}}}"#, Digest::of(bytes));
    let json = |bytes: &[u8]| format!(r#"{{"method":{{"$json":"{}"}}}}"#, Digest::of(bytes));
    type Is = fn(&UnreadableRecord) -> bool;
    let check = |error: CodecError, is: Is, words: &str| {
        let (position, said) = (error.position, error.to_string());
        assert!(is(&error.reason) && position == 9, "{error:?}");
        assert!(said.contains(words), "{said}");
    };
    check(
        read("treaty-7", kind, "{}", (None, None)),
        |r| matches!(r, UnreadableRecord::Stream(_)),
        "`treaty-7` names no stream",
    );
    check(
        read(stream, ("TextAuthenticated", 999), "{}", (None, None)),
        |r| matches!(r, UnreadableRecord::Newer { current: 2 }),
        "this program reads schemas up to 2; a newer program wrote it",
    );
    check(
        read(stream, kind, r#"{"method":1}"#, (None, None)),
        |r| matches!(r, UnreadableRecord::Payload(_)),
        "position 9: the event TextAuthenticated (schema 1) cannot be read: invalid type",
    );
    check(
        read(
            stream,
            kind,
            r#"{"method":{"$text":"zz"}}"#,
            (Some(b"x"), Some(b"x")),
        ),
        |r| matches!(r, UnreadableRecord::Reference(_)),
        "`zz` is not a SHA-256 digest",
    );
    check(
        read(stream, kind, &text(&[0xff]), (Some(&[0xff]), Some(&[0xff]))),
        |r| matches!(r, UnreadableRecord::AttachedText { .. }),
        "is no text",
    );
    check(
        read(stream, kind, &json(b"{"), (Some(b"{"), Some(b"{"))),
        |r| matches!(r, UnreadableRecord::AttachedJson { .. }),
        "is no JSON",
    );
    check(
        read(stream, kind, &text(b"x"), (Some(b"x"), None)),
        |r| matches!(r, UnreadableRecord::MissingAttachment(id) if *id == Digest::of(b"x")),
        "is missing",
    );
}
