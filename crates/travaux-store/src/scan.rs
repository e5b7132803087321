//! Envelopes as the store writes them, read straight through: fields in their order, nothing between them, no escapes. Whatever is
//! not so is left to serde. A replay reads millions; this way costs a fifth.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{CommitId, Digest, EncodedEvent, Envelope, EnvelopeActor, Nonce};

/// Where the first quotation mark, backslash or control character stands; eight bytes at a time.
///
/// Among the bytes of a word the lowest that a mask marks is one of them: only above it may a borrow
/// mark others (Warren, Hacker's Delight, 6-1).
pub(crate) fn end_of_plain(bytes: &[u8]) -> Option<usize> {
    const EACH: u64 = u64::MAX / 0xff;
    const TOP: u64 = EACH << 7;
    let words = bytes.chunks_exact(8);
    let rest = words.remainder();
    for (at, word) in words.enumerate() {
        let word = u64::from_le_bytes(word.try_into().ok()?);
        let below = |word: u64, bound: u8| word.wrapping_sub(EACH * u64::from(bound)) & !word;
        let is = |byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
        let marked = (is(b'"') | is(b'\\') | below(word, b' ')) & TOP;
        if marked != 0 {
            return Some(at * 8 + marked.trailing_zeros() as usize / 8);
        }
    }
    let within = rest
        .iter()
        .position(|b| matches!(b, b'"' | b'\\' | ..b' '))?;
    Some(bytes.len() - rest.len() + within)
}

/// What has not been read yet.
struct Scan<'a>(&'a str);

impl<'a> Scan<'a> {
    /// Goes on behind `text`, if it stands here.
    #[inline]
    fn skip(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    #[inline]
    fn take(&mut self, length: usize) -> Option<&'a str> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number as JSON writes it: no zeros in front.
    fn number(&mut self) -> Option<u64> {
        let (mut number, mut length) = (0_u64, 0);
        for digit in self.0.bytes().take_while(u8::is_ascii_digit) {
            number = number
                .checked_mul(10)?
                .checked_add(u64::from(digit - b'0'))?;
            length += 1;
        }
        let digits = self.take(length)?;
        let plain = length == 1 || length > 1 && !digits.starts_with('0');
        plain.then_some(number)
    }

    /// What stands before the next quotation mark, which is passed over.
    fn string(&mut self) -> Option<&'a str> {
        let string = self.take(end_of_plain(self.0.as_bytes())?)?;
        self.skip("\"").map(|()| string)
    }

    /// The attachments, where there are any.
    fn attachments(&mut self) -> Option<Vec<Digest>> {
        let mut attachments = Vec::new();
        if self.skip(",\"attachments\":[\"").is_some() {
            loop {
                attachments.push(self.string()?.parse().ok()?);
                if self.skip(",\"").is_none() {
                    break;
                }
            }
            self.skip("]")?;
        }
        Some(attachments)
    }

    /// A time as chrono writes it: UTC, with no fraction or one of three, six or nine digits.
    fn time(&mut self) -> Option<DateTime<Utc>> {
        let text = self.string()?.strip_suffix('Z')?.as_bytes();
        let number = |at: usize, length: usize| -> Option<u32> {
            let digits = text.get(at..at + length)?;
            digits.iter().try_fold(0, |n: u32, digit| {
                digit
                    .is_ascii_digit()
                    .then(|| n * 10 + u32::from(digit - b'0'))
            })
        };
        let separated = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
        if !separated
            .iter()
            .all(|(at, byte)| text.get(*at) == Some(byte))
        {
            return None;
        }
        let nanoseconds = match text.get(19..)? {
            [] => 0,
            [b'.', fraction @ ..] => match fraction.len() {
                3 => number(20, 3)? * 1_000_000,
                6 => number(20, 6)? * 1_000,
                9 => number(20, 9)?,
                _ => return None,
            },
            _ => return None,
        };
        let date = NaiveDate::from_ymd_opt(
            i32::try_from(number(0, 4)?).ok()?,
            number(5, 2)?,
            number(8, 2)?,
        )?;
        Some(
            date.and_time(NaiveTime::from_hms_nano_opt(
                number(11, 2)?,
                number(14, 2)?,
                number(17, 2)?,
                nanoseconds,
            )?)
            .and_utc(),
        )
    }

    /// The fields up to the schema.
    fn head(&mut self) -> Option<Head<'a>> {
        self.skip("{\"envelope\":")?;
        let envelope = u16::try_from(self.number()?).ok()?;
        self.skip(",\"position\":")?;
        let position = self.number()?;
        self.skip(",\"stream\":\"")?;
        let stream = self.string()?;
        self.skip(",\"version\":")?;
        let version = self.number()?;
        self.skip(",\"id\":\"")?;
        let id = self.take(36)?;
        self.skip("\"")?;
        let nonce = match self.skip(",\"nonce\":\"") {
            Some(()) => {
                let nonce = self.take(32)?;
                self.skip("\"")?;
                Some(nonce)
            }
            None => None,
        };
        self.skip(",\"type\":\"")?;
        let kind = self.string()?;
        self.skip(",\"schema\":")?;
        let schema = u16::try_from(self.number()?).ok()?;
        Some(Head {
            envelope,
            position,
            stream,
            version,
            id,
            nonce,
            kind,
            schema,
        })
    }

    /// The fields from the time to the correlation, which a commit says of all its records alike.
    fn shared(&mut self) -> Option<Shared<'a>> {
        let begin = self.0;
        self.skip(",\"recorded_at\":\"")?;
        let recorded_at = self.time()?;
        self.skip(",\"actor\":{\"party\":\"")?;
        let party = self.string()?;
        let person = match self.skip(",\"person\":\"") {
            Some(()) => Some(self.string()?),
            None => None,
        };
        self.skip("},\"commit\":\"")?;
        let commit = self.take(36)?;
        self.skip("\",\"correlation\":\"")?;
        let correlation = self.take(36)?;
        self.skip("\"")?;
        Some(Shared {
            bytes: begin.get(..begin.len() - self.0.len())?,
            recorded_at,
            party,
            person,
            commit,
            correlation,
        })
    }

    /// What follows the head. What it shares with the record `before`, in the same bytes, is not read again.
    fn parts(mut self, head: Head<'a>, before: Option<Shared<'a>>) -> Option<Parts<'a>> {
        let again = before.filter(|before| self.skip(before.bytes).is_some());
        let shared = match again {
            Some(before) => before,
            None => self.shared()?,
        };
        let causation = match self.skip(",\"causation\":\"") {
            Some(()) => {
                let causation = self.take(36)?;
                self.skip("\"")?;
                Some(causation)
            }
            None => None,
        };
        let attachments = self.attachments()?;
        self.skip(",\"payload\":")?;
        Some(Parts {
            head,
            shared,
            causation,
            attachments,
            payload: self.0.strip_suffix('}')?,
        })
    }
}

struct Head<'a> {
    envelope: u16,
    position: u64,
    stream: &'a str,
    version: u64,
    id: &'a str,
    nonce: Option<&'a str>,
    kind: &'a str,
    schema: u16,
}

/// What a commit says of all its records alike, in the same bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shared<'a> {
    bytes: &'a str,
    recorded_at: DateTime<Utc>,
    party: &'a str,
    person: Option<&'a str>,
    commit: &'a str,
    correlation: &'a str,
}

fn behind_number(bytes: &[u8]) -> Option<&[u8]> {
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    bytes.get(digits..).filter(|_| digits > 0)
}

/// The type of the event. No more than that is looked at, or checked: a replay passes most records over.
pub(crate) fn kind(record: &[u8]) -> Option<&str> {
    let rest = behind_number(record.strip_prefix(b"{\"envelope\":")?)?;
    let rest = behind_number(rest.strip_prefix(b",\"position\":")?)?;
    let stream = rest.strip_prefix(b",\"stream\":\"")?;
    let rest = stream.get(end_of_plain(stream)?..)?;
    let rest = behind_number(rest.strip_prefix(b"\",\"version\":")?)?;
    let rest = rest.strip_prefix(b",\"id\":\"")?.get(36..)?;
    let rest = match rest.strip_prefix(b"\",\"nonce\":\"") {
        Some(nonce) => nonce.get(32..)?,
        None => rest,
    };
    let kind = rest.strip_prefix(b"\",\"type\":\"")?;
    let (kind, rest) = kind.split_at_checked(end_of_plain(kind)?)?;
    rest.starts_with(b"\"").then_some(())?;
    std::str::from_utf8(kind).ok()
}

/// An envelope whose identities and payload have not been looked at.
struct Parts<'a> {
    head: Head<'a>,
    shared: Shared<'a>,
    causation: Option<&'a str>,
    attachments: Vec<Digest>,
    payload: &'a str,
}

fn uuid(digits: &str) -> Option<Uuid> {
    Uuid::try_parse(digits).ok()
}

/// The envelope.
pub(crate) fn envelope(record: &[u8]) -> Option<Envelope<'_>> {
    let mut scan = Scan(std::str::from_utf8(record).ok()?);
    let head = scan.head()?;
    let Parts {
        head,
        shared,
        causation,
        attachments,
        payload,
    } = scan.parts(head, None)?;
    let payload: &RawValue = serde_json::from_str(payload).ok()?;
    let nonce = match head.nonce {
        Some(nonce) => Some(Nonce(uuid(nonce)?.into_bytes())),
        None => None,
    };
    let causation = match causation {
        Some(causation) => Some(uuid(causation)?),
        None => None,
    };
    Some(Envelope {
        envelope: head.envelope,
        position: head.position,
        stream: head.stream,
        version: head.version,
        id: uuid(head.id)?,
        nonce,
        kind: head.kind,
        schema: head.schema,
        recorded_at: shared.recorded_at,
        actor: EnvelopeActor {
            party: shared.party.to_owned(),
            person: shared.person.map(str::to_owned),
        },
        commit: CommitId(uuid(shared.commit)?),
        correlation: uuid(shared.correlation)?,
        causation,
        attachments,
        payload,
    })
}

/// What of the envelope a decoder needs. `before` is what the record before shared with others of its commit, and becomes what this
/// one does.
pub(crate) fn encoded_event<'a>(
    record: &'a [u8],
    before: &mut Option<Shared<'a>>,
) -> Option<EncodedEvent<'a>> {
    let mut scan = Scan(std::str::from_utf8(record).ok()?);
    let head = scan.head()?;
    let Parts {
        head,
        shared,
        attachments,
        payload,
        ..
    } = scan.parts(head, *before)?;
    *before = Some(shared);
    Some(EncodedEvent {
        position: head.position,
        stream: head.stream,
        version: head.version,
        id: uuid(head.id)?,
        kind: head.kind,
        schema: head.schema,
        recorded_at: shared.recorded_at,
        party: shared.party.into(),
        person: shared.person.map(Into::into),
        attachments,
        payload,
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    /// Envelopes of every shape: what may be absent absent or not, texts with and without what has to be escaped.
    fn record() -> impl Strategy<Value = String> {
        let text = || prop_oneof![Just("FR".to_owned()), "[a-zé \"\\\\\u{1}-]{0,6}"];
        let numbers = (
            any::<u64>(),
            any::<u64>(),
            any::<u16>(),
            -62_000_000_000_i64..253_000_000_000,
            0..4_u32,
            any::<u128>(),
        );
        let parts = (
            proptest::option::of(text()),
            any::<[bool; 2]>(),
            0..3_usize,
            "\\PC{0,8}",
        );
        (numbers, text(), parts).prop_map(
            |(
                (position, version, schema, at, digits, id),
                party,
                (person, optional, attached, value),
            )| {
                let payload =
                    serde_json::to_string(&serde_json::json!({ "a": value, "b": [1.5, null] }))
                        .expect("JSON");
                let nanoseconds = (id % 1_000_000_000) as u32 / 10_u32.pow(9 - 3 * digits.min(3))
                    * 10_u32.pow(9 - 3 * digits.min(3));
                let recorded_at =
                    DateTime::UNIX_EPOCH + TimeDelta::new(at, nanoseconds).expect("a time");
                let envelope = Envelope {
                    envelope: 2,
                    position,
                    stream: "agreement-1",
                    version,
                    id: Uuid::from_u128(id),
                    nonce: optional[0].then(|| Nonce(id.to_be_bytes())),
                    kind: "Überholt",
                    schema,
                    recorded_at,
                    actor: EnvelopeActor { party, person },
                    commit: CommitId(Uuid::from_u128(!id)),
                    correlation: Uuid::from_u128(id ^ 1),
                    causation: optional[1].then(|| Uuid::from_u128(id ^ 2)),
                    attachments: (0..attached).map(|n| Digest([n as u8; 32])).collect(),
                    payload: serde_json::from_str(&payload).expect("JSON"),
                };
                serde_json::to_string(&envelope).expect("it serialises")
            },
        )
    }

    proptest! {
        #[test]
        fn a_string_ends_where_the_first_byte_stands_that_is_not_plain(
            bytes in proptest::collection::vec(
                prop_oneof![8 => any::<u8>(), 1 => prop::sample::select(vec![b'"', b'\\', 0, 31, 32, 127, 128])],
                0..40,
            ),
        ) {
            let end = bytes.iter().position(|b| *b == b'"' || *b == b'\\' || *b < b' ');
            prop_assert_eq!(end_of_plain(&bytes), end);
        }
    }

    fn as_serde_reads_it(record: &[u8]) -> Option<String> {
        serde_json::from_slice::<Envelope<'_>>(record)
            .ok()
            .map(|envelope| format!("{envelope:?}"))
    }

    proptest! {
        #[test]
        fn what_the_store_writes_is_read_as_serde_reads_it(record in record()) {
            let scanned = envelope(record.as_bytes()).map(|envelope| format!("{envelope:?}"));
            prop_assert!(scanned.is_some() || record.contains('\\'), "{record}");
            if scanned.is_some() {
                prop_assert_eq!(scanned, as_serde_reads_it(record.as_bytes()));
            }
            prop_assert_eq!(kind(record.as_bytes()), Some("Überholt"));
            let decoded = encoded_event(record.as_bytes(), &mut None);
            let whole = envelope(record.as_bytes()).map(EncodedEvent::from);
            prop_assert_eq!(decoded, whole, "a decoder is told what the envelope says");
        }

        /// Whatever stood before, of the same commit or of another.
        #[test]
        fn one_record_after_another_is_read_as_each_alone(
            records in proptest::collection::vec(record(), 1..5),
            order in proptest::collection::vec(any::<prop::sample::Index>(), 1..9),
            cause in any::<bool>(),
        ) {
            let mut before = None;
            // The same commit with and without what a record may have behind the correlation.
            let caused = records[0].replace(",\"payload\":", ",\"causation\":\"00000000-0000-0000-0000-000000000002\",\"payload\":");
            let records: Vec<String> = records.into_iter().chain(cause.then_some(caused)).collect();
            for at in order {
                let record = at.get(&records).as_bytes();
                let alone = encoded_event(record, &mut None);
                prop_assert_eq!(encoded_event(record, &mut before), alone);
            }
        }

        /// Bytes that were changed are not read, or as serde reads them.
        #[test]
        fn nothing_is_read_that_serde_does_not_read(
            record in record(),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), prop_oneof![any::<u8>(), Just(b'"'), Just(b'0'), Just(b',')]), 1..3),
        ) {
            let mut bytes = record.into_bytes();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Some(scanned) = envelope(&bytes) {
                prop_assert_eq!(Some(format!("{scanned:?}")), as_serde_reads_it(&bytes));
            }
        }
    }
}
