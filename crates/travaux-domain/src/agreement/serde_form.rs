//! The serde form of an agreement's events: one map from the name of the type to its payload, whichever machine the event is of.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        DeserializeSeed, EnumAccess, Error as _, IntoDeserializer as _, MapAccess, VariantAccess,
        Visitor,
    },
    forward_to_deserialize_any,
};

use super::{AgreementEvent, MachineEvent};

impl Serialize for AgreementEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Self::Machine(act) = self {
            act.serialize_flat(serializer)
        } else {
            Self::serialize(self, serializer)
        }
    }
}

impl<'de> Deserialize<'de> for AgreementEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Tag)
    }
}

/// Reads the name of the type, and then the payload as what that name says.
struct Tag;

impl<'de> Visitor<'de> for Tag {
    type Value = AgreementEvent;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event by the name of its type")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AgreementEvent, A::Error> {
        let Some(name) = map.next_key::<String>()? else {
            return Err(A::Error::custom("an event without a type"));
        };
        if MachineEvent::TYPES.contains(&name.as_str()) {
            let payload = Payload {
                name: &name,
                map: &mut map,
            };
            if let Some(act) = MachineEvent::deserialize_flat(&name, payload) {
                return act.map(AgreementEvent::Machine);
            }
        }
        AgreementEvent::deserialize(Payload {
            name: &name,
            map: &mut map,
        })
    }
}

/// A name that was read from a map, and the value behind it, as the enum that they are.
struct Payload<'a, A> {
    name: &'a str,
    map: &'a mut A,
}

impl<'de, A: MapAccess<'de>> Deserializer<'de> for Payload<'_, A> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, A: MapAccess<'de>> EnumAccess<'de> for Payload<'_, A> {
    type Error = A::Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), A::Error> {
        let name: serde::de::value::StrDeserializer<'_, A::Error> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de, A: MapAccess<'de>> VariantAccess<'de> for Payload<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.map.next_value()
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, A::Error> {
        self.map.next_value_seed(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(Visit(visitor, None))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(Visit(visitor, Some(fields)))
    }
}

/// A value as a visitor takes it: an object with these fields, or a sequence.
struct Visit<V>(V, Option<&'static [&'static str]>);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Visit<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        match self.1 {
            Some(fields) => deserializer.deserialize_struct("", fields, self.0),
            None => deserializer.deserialize_seq(self.0),
        }
    }
}
