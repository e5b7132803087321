//! A payload, read in one pass: the fields of its event, and the rule that stands beside them.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, Error as _, IntoDeserializer as _, MapAccess, SeqAccess, Visitor,
        value::{BorrowedStrDeserializer, CowStrDeserializer, MapAccessDeserializer},
    },
    forward_to_deserialize_any,
};
use travaux_domain::{Event, LegalBasis, StreamId};
use travaux_store::CompactJson;

/// The field in which the rule stands.
pub(crate) const RULE: &str = "rests_on";

/// Reads the event of type `kind` on `stream` in its payload, and the rule that it rests on.
///
/// # Errors
/// Those of the JSON, of the event and of the rule.
pub(crate) fn read(
    stream: StreamId,
    kind: &str,
    payload: &str,
) -> Result<(Event, Option<LegalBasis>), serde_json::Error> {
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
) -> Result<(Event, Option<LegalBasis>), D::Error> {
    let mut rule = Rule::default();
    // The envelope's type is the tag of the event's serde form.
    let event = stream.read_event(MapAccessDeserializer::new(Tagged {
        kind: Some(kind),
        payload: Some(payload),
        rule: &mut rule,
    }))?;
    Ok((event, rule.basis))
}

#[derive(Default)]
struct Rule {
    seen: bool,
    basis: Option<LegalBasis>,
}

/// An event's type and its payload as the map of one entry that they are in its serde form, without writing it down.
struct Tagged<'de, 'r, D> {
    kind: Option<&'de str>,
    payload: Option<D>,
    rule: &'r mut Rule,
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
        let rule = &mut *self.rule;
        seed.deserialize(Fields { from, rule })
    }
}

/// What reads the fields of an event: the rule that stands beside them is set apart.
struct Fields<'r, D> {
    from: D,
    rule: &'r mut Rule,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Fields<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let rule = self.rule;
        self.from.deserialize_any(WithRule { visitor, rule })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let rule = self.rule;
        self.from.deserialize_map(WithRule { visitor, rule })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let rule = self.rule;
        self.from
            .deserialize_struct(name, fields, WithRule { visitor, rule })
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

/// What takes the fields of an event, but not its rule. A payload that is no map is refused in its own words.
struct WithRule<'r, V> {
    visitor: V,
    rule: &'r mut Rule,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for WithRule<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let rule = self.rule;
        self.visitor.visit_map(Beside { map, rule })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_seq(seq)
    }
}

/// The entries of a map but for the rule.
struct Beside<'r, A> {
    map: A,
    rule: &'r mut Rule,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Beside<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let Some(Key(key)) = self.map.next_key()? {
            if key != RULE {
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
            if self.rule.seen {
                return Err(A::Error::duplicate_field(RULE));
            }
            self.rule.seen = true;
            self.rule.basis = self.map.next_value()?;
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

    fn on_package(kind: &str, payload: &str) -> Result<(Event, Option<LegalBasis>), String> {
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
            let (event, basis) = on_package("PackageAccepted", &payload).expect("it is read");
            assert_eq!(event, accepted(), "{payload}");
            assert_eq!(basis.map(|basis| basis.rule), rule, "{payload}");
        }
        let (event, basis) =
            on_package("PackageAdopted", &format!("{{{RULE_PK3}}}")).expect("it is read");
        assert_eq!(event, Event::Package(PackageEvent::PackageAdopted {}));
        assert!(basis.is_some());
    }

    #[test]
    fn what_is_shared_has_a_rule_beside_it_too() {
        let payload = format!(r#"{{"title":"T",{RULE_PK3},"parties":["FR"],"items":[]}}"#);
        let (event, basis) = on_package("PackageProposed", &payload).expect("it is read");
        let Event::Package(PackageEvent::PackageProposed(proposal)) = event else {
            panic!("{event:?}")
        };
        assert_eq!((&*proposal.title, proposal.framework), ("T", None));
        assert_eq!(basis.map(|basis| basis.rule), Some(Row::PK3));
    }

    #[test]
    fn a_field_of_that_name_deeper_down_is_none() {
        let payload =
            r#"{"party":"FR","reason":"x","more":{"rests_on":{"rule":"PK3","kind":"mandatory"}}}"#;
        let (_, basis) = on_package("PackageRejected", payload).expect("it is read");
        assert_eq!(basis, None);
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
