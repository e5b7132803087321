//! A payload, read in one pass: the fields of its event, and what stands beside them.

use std::{borrow::Cow, fmt};

use chrono::NaiveDate;
use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, Error as _, IntoDeserializer as _, MapAccess, SeqAccess, Visitor,
        value::{BorrowedStrDeserializer, CowStrDeserializer, MapAccessDeserializer},
    },
    forward_to_deserialize_any,
};
use travaux_domain::{Event, LegalBasis, Recorded, StreamId};
use travaux_store::CompactJson;

/// The field in which the rule stands.
pub(crate) const RULE: &str = "rests_on";

/// The field in which the day stands.
pub(crate) const DAY: &str = "done_on";

/// What stands beside the fields of an event in its payload. No event has fields of these names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The rule on which the event rests; absent in records from before rules were recorded.
    pub legal_basis: Option<LegalBasis>,
    /// On which day it was done, where that was said and it has no date of its own.
    pub done_on: Option<NaiveDate>,
}

impl From<&Recorded> for Beside {
    fn from(recorded: &Recorded) -> Self {
        Self {
            legal_basis: recorded.legal_basis.clone(),
            done_on: recorded.done_on,
        }
    }
}

/// Reads the event of type `kind` on `stream` in its payload, and what stands beside it.
///
/// # Errors
/// Those of the JSON, of the event, of the rule and of the day.
pub(crate) fn read(
    stream: StreamId,
    kind: &str,
    payload: &str,
) -> Result<(Event, Beside), serde_json::Error> {
    // What cannot be read straight through, if only because it is wrong, is read the long way.
    let mut compact = CompactJson::new(payload);
    if let Ok(read) = read_from(stream, kind, &mut compact)
        && compact.end().is_ok()
    {
        return Ok(read);
    }
    let mut json = serde_json::Deserializer::from_str(payload);
    let read = read_from(stream, kind, &mut json)?;
    json.end().map(|()| read)
}

fn read_from<'de, D: Deserializer<'de>>(
    stream: StreamId,
    kind: &'de str,
    payload: D,
) -> Result<(Event, Beside), D::Error> {
    let mut beside = Seen::default();
    // The envelope's type is the tag of the event's serde form.
    let event = stream.read_event(MapAccessDeserializer::new(Tagged {
        kind: Some(kind),
        payload: Some(payload),
        beside: &mut beside,
    }))?;
    let (legal_basis, done_on) = (beside.rule.flatten(), beside.day.flatten());
    let beside = Beside {
        legal_basis,
        done_on,
    };
    Ok((event, beside))
}

/// What was seen beside the fields; `null` is seen too.
#[derive(Default)]
struct Seen {
    rule: Option<Option<LegalBasis>>,
    day: Option<Option<NaiveDate>>,
}

/// An event's type and its payload as the map of one entry that they are in its serde form, without writing it down.
struct Tagged<'de, 'r, D> {
    kind: Option<&'de str>,
    payload: Option<D>,
    beside: &'r mut Seen,
}

impl<'de, D: Deserializer<'de>> MapAccess<'de> for Tagged<'de, '_, D> {
    type Error = D::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        self.kind
            .take()
            .map(|kind| seed.deserialize(BorrowedStrDeserializer::new(kind)))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Self::Error> {
        let Some(from) = self.payload.take() else {
            return Err(D::Error::custom("a payload is read once"));
        };
        let beside = &mut *self.beside;
        seed.deserialize(Fields { from, beside })
    }
}

/// What reads the fields of an event: what stands beside them is set apart.
struct Fields<'r, D> {
    from: D,
    beside: &'r mut Seen,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Fields<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let beside = self.beside;
        self.from.deserialize_any(Apart { visitor, beside })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let beside = self.beside;
        self.from.deserialize_map(Apart { visitor, beside })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let beside = self.beside;
        self.from
            .deserialize_struct(name, fields, Apart { visitor, beside })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.from.deserialize_option(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.from.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct identifier ignored_any
    }
}

/// What takes the fields of an event, but not what stands beside them. A payload that is no map is refused in its own words.
struct Apart<'r, V> {
    visitor: V,
    beside: &'r mut Seen,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Apart<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let beside = self.beside;
        self.visitor.visit_map(Entries { map, beside })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_seq(seq)
    }
}

/// The entries of a map but for those beside the fields.
struct Entries<'r, A> {
    map: A,
    beside: &'r mut Seen,
}

impl<'de, A: MapAccess<'de>> Entries<'_, A> {
    /// Takes in a value that stands beside the fields, once.
    fn take<T: Deserialize<'de>>(
        &mut self,
        name: &'static str,
        place: impl FnOnce(&mut Seen) -> &mut Option<T>,
    ) -> Result<(), A::Error> {
        let place = place(self.beside);
        if place.is_some() {
            return Err(A::Error::duplicate_field(name));
        }
        *place = Some(self.map.next_value()?);
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let Some(Key(key)) = self.map.next_key()? {
            match &*key {
                RULE => self.take(RULE, |seen| &mut seen.rule)?,
                DAY => self.take(DAY, |seen| &mut seen.day)?,
                _ => {
                    let value = match key {
                        Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
                        Cow::Owned(key) => {
                            let key: CowStrDeserializer<'_, _> =
                                Cow::<str>::Owned(key).into_deserializer();
                            seed.deserialize(key)
                        }
                    };
                    return value.map(Some);
                }
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// A key, borrowed where nothing in it is escaped.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }

        from.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use travaux_domain::{PackageId, Rule as Row, package::PackageEvent};

    use super::*;

    const RULE_PK3: &str = r#""rests_on":{"rule":"PK3","kind":"mandatory"}"#;

    fn on_package(kind: &str, payload: &str) -> Result<(Event, Beside), String> {
        let stream = StreamId::Package(PackageId(uuid::Uuid::nil()));
        read(stream, kind, payload).map_err(|e| e.to_string())
    }

    fn accepted() -> Event {
        let party = "FR".into();
        Event::Package(PackageEvent::PackageAccepted { party })
    }

    #[test]
    fn the_rule_is_set_apart_wherever_it_stands() {
        for (payload, rule) in [
            (r#"{"party":"FR"}"#.to_owned(), None),
            (r#"{"party":"FR","rests_on":null}"#.to_owned(), None),
            (format!(r#"{{"party":"FR",{RULE_PK3}}}"#), Some(Row::PK3)),
            (format!(r#"{{{RULE_PK3},"party":"FR"}}"#), Some(Row::PK3)),
            // As nobody writes it, but it may be read.
            (
                format!(r#" {{ {RULE_PK3} , "party" : "\u0046R" }} "#),
                Some(Row::PK3),
            ),
            (
                r#"{"rests\u005fon":{"rule":"PK3","kind":"mandatory"},"p\u0061rty":"FR"}"#
                    .to_owned(),
                Some(Row::PK3),
            ),
        ] {
            let (event, beside) = on_package("PackageAccepted", &payload).expect("it is read");
            assert_eq!(event, accepted(), "{payload}");
            assert_eq!(
                beside.legal_basis.map(|basis| basis.rule),
                rule,
                "{payload}"
            );
        }
        let (event, beside) =
            on_package("PackageAdopted", &format!("{{{RULE_PK3}}}")).expect("it is read");
        assert_eq!(event, Event::Package(PackageEvent::PackageAdopted {}));
        assert!(beside.legal_basis.is_some());
    }

    #[test]
    fn the_day_is_set_apart_from_the_rule() {
        let day: NaiveDate = "2026-02-28".parse().expect("a day");
        for (payload, rule, done_on) in [
            (
                r#"{"done_on":"2026-02-28","party":"FR"}"#.to_owned(),
                None,
                Some(day),
            ),
            (r#"{"party":"FR","done_on":null}"#.to_owned(), None, None),
            (
                format!(r#"{{"done_on":"2026-02-28","party":"FR",{RULE_PK3}}}"#),
                Some(Row::PK3),
                Some(day),
            ),
        ] {
            let (event, beside) = on_package("PackageAccepted", &payload).expect("it is read");
            assert_eq!(event, accepted(), "{payload}");
            assert_eq!(
                beside.legal_basis.map(|basis| basis.rule),
                rule,
                "{payload}"
            );
            assert_eq!(beside.done_on, done_on, "{payload}");
        }
    }

    #[test]
    fn what_is_shared_has_a_rule_beside_it_too() {
        let payload = format!(r#"{{"title":"T",{RULE_PK3},"parties":["FR"],"items":[]}}"#);
        let (event, beside) = on_package("PackageProposed", &payload).expect("it is read");
        let Event::Package(PackageEvent::PackageProposed(proposal)) = event else {
            panic!("{event:?}")
        };
        assert_eq!((&*proposal.title, proposal.framework), ("T", None));
        assert_eq!(beside.legal_basis.map(|basis| basis.rule), Some(Row::PK3));
    }

    #[test]
    fn a_field_of_that_name_deeper_down_is_none() {
        let payload =
            r#"{"party":"FR","reason":"x","more":{"rests_on":{"rule":"PK3","kind":"mandatory"}}}"#;
        let (_, beside) = on_package("PackageRejected", payload).expect("it is read");
        assert_eq!(beside, Beside::default());
    }

    #[test]
    fn what_is_wrong_is_said_in_the_words_of_serde_json() {
        let twice = format!(r#"{{"party":"FR",{RULE_PK3},{RULE_PK3}}}"#);
        for (kind, payload, said) in [
            (
                "PackageAccepted",
                twice.as_str(),
                "duplicate field `rests_on`",
            ),
            (
                "PackageAccepted",
                r#"{"done_on":null,"done_on":"2026-02-28","party":"FR"}"#,
                "duplicate field `done_on`",
            ),
            (
                "PackageAccepted",
                r#"{"party":"FR","done_on":"2026-02-30"}"#,
                "input is out of range",
            ),
            ("PackageAccepted", "{}", "missing field `party`"),
            (
                "PackageAccepted",
                r#"{"party":1}"#,
                "invalid type: integer `1`",
            ),
            (
                "PackageAccepted",
                r#"{"party":"FR"} 1"#,
                "trailing characters",
            ),
            ("PackageAccepted", r#"{"party":"FR""#, "EOF while parsing"),
            ("PackageAccepted", "1", "invalid type: integer `1`"),
            (
                "PackageAccepted",
                r#"{"party":"FR","rests_on":1}"#,
                "invalid type: integer `1`",
            ),
            (
                "PackageForgotten",
                "{}",
                "unknown variant `PackageForgotten`",
            ),
        ] {
            let error = on_package(kind, payload).expect_err(payload);
            assert!(error.contains(said), "{payload}: {error}");
        }
    }
}
