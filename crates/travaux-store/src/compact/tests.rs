//! Compact JSON beside serde_json.

use std::{collections::BTreeMap, fmt::Debug};

use proptest::prelude::*;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::*;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Name(String);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
enum Kind {
    Plain,
    Named(Name),
    Pair(u8, i8),
    Whole { from: i64, to: Option<u64> },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Nothing;

#[derive(Debug, PartialEq, Deserialize)]
struct All {
    kind: Kind,
    by_name: BTreeMap<Name, Vec<Kind>>,
    #[serde(default)]
    by_number: BTreeMap<u8, ()>,
    by_kind: BTreeMap<Kind, Nothing>,
    open: bool,
    letter: char,
    share: Option<f64>,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

fn compact<T: DeserializeOwned>(text: &str) -> Result<T, NotCompact> {
    let mut from = CompactJson::new(text);
    let value = T::deserialize(&mut from)?;
    from.end().map(|()| value)
}

/// What is read straight through is what serde_json reads.
fn check<T: DeserializeOwned + PartialEq + Debug>(text: &str, straight: bool) {
    let (read, json) = (compact::<T>(text), serde_json::from_str::<T>(text));
    assert_eq!(read.is_ok(), straight, "{text}: {json:?}");
    if let Ok(read) = read {
        assert_eq!(Some(read), json.ok(), "{text}");
    }
}

#[test]
fn each_kind_of_value_is_read_as_serde_json_reads_it() {
    for text in [
        r#""Plain""#,
        r#"{"Plain":null}"#,
        r#"{"Named":"FR"}"#,
        r#"{"Pair":[255,-128]}"#,
        r#"{"Whole":{"from":-9223372036854775808,"to":18446744073709551615}}"#,
        r#"{"Whole":{"to":null,"from":0}}"#,
        r#"{"Whole":[1,2]}"#,
    ] {
        check::<Kind>(text, true);
        check::<Vec<Kind>>(&format!("[{text},{text}]"), true);
        check::<Option<Kind>>(text, true);
        check::<(Kind, bool)>(&format!("[{text},true]"), true);
        check::<Value>(text, true);
    }
    check::<Option<Kind>>("null", true);
    check::<BTreeMap<Kind, Option<bool>>>(r#"{"Plain":false}"#, true);
    check::<BTreeMap<Option<Name>, char>>(r#"{"FR":"é"}"#, true);
    check::<Nothing>("null", true);
    check::<BTreeMap<Name, Vec<()>>>(r#"{"a":[],"b":[null]}"#, true);
    check::<Value>("{}", true);
}

#[test]
fn what_is_not_compact_or_not_such_a_value_is_left_to_serde_json() {
    for text in [
        "",
        " 1",
        "1 ",
        "01",
        "-0",
        "-",
        "+1",
        "1.5",
        "1e3",
        "18446744073709551616",
        "-9223372036854775809",
        "[1, 2]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        r#"{"a" :1}"#,
        r#"{"a":1,}"#,
        r#"{"a"}"#,
        "{a:1}",
        r#""a\u0062""#,
        "\"a\nb\"",
        "\"a",
        "nul",
        "truefalse",
        "1]",
    ] {
        check::<Value>(text, false);
    }
    check::<BTreeMap<u8, bool>>(r#"{"1":true}"#, false);
    check::<Option<f64>>("1", false);
    check::<u128>("1", false);
    check::<u8>("256", false);
    check::<Kind>(r#"{"Other":1}"#, false);
    check::<Kind>(r#"{"Plain":null,"Named":"FR"}"#, false);
    check::<Nothing>("{}", false);
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    check::<Value>(&nested(usize::from(DEEPEST)), true);
    check::<Value>(&nested(usize::from(DEEPEST) + 1), false);
    check::<Value>(&nested(100_000), false);
}

/// Values of every kind.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-zé\"\\\\\u{1} -]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{0,3}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn all() -> impl Strategy<Value = String> {
    let kind = || {
        prop_oneof![
            Just(r#""Plain""#.to_owned()),
            "[a-z]{0,3}".prop_map(|name| format!(r#"{{"Named":"{name}"}}"#)),
            any::<(u8, i8)>().prop_map(|(a, b)| format!(r#"{{"Pair":[{a},{b}]}}"#)),
        ]
    };
    let list = proptest::collection::vec(kind(), 0..3);
    let parts = (kind(), list, any::<bool>(), value(), "[a-z]");
    parts.prop_map(|(kind, list, open, value, letter)| {
        let list = list.join(",");
        format!(
            r#"{{"kind":{kind},"by_name":{{"x":[{list}]}},"by_kind":{{"Plain":null}},"open":{open},"letter":"{letter}","share":null,"more":{value}}}"#
        )
    })
}

proptest! {
    #[test]
    fn values_are_read_as_serde_json_reads_them(value in value()) {
        let text = value.to_string();
        match compact::<Value>(&text) {
            Ok(read) => prop_assert_eq!(read, value),
            Err(NotCompact) => prop_assert!(text.contains('\\'), "{text}"),
        }
    }

    /// Bytes that were changed are not read, or as serde_json reads them.
    #[test]
    fn nothing_is_read_that_serde_json_does_not_read(
        text in all(),
        changes in proptest::collection::vec(
            (any::<prop::sample::Index>(), prop::sample::select(b"\",:[]{}0-.e\\ntx ".to_vec())),
            0..3,
        ),
    ) {
        let mut bytes = text.into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
        if let Ok(read) = compact::<All>(&text) {
            prop_assert_eq!(Some(read), serde_json::from_str(&text).ok(), "{}", text);
        }
        if let Ok(read) = compact::<Value>(&text) {
            prop_assert_eq!(Some(read), serde_json::from_str(&text).ok(), "{}", text);
        }
    }
}

/// A number, or a text that is one: what is asked for is a number, and serde_json gives no other.
#[derive(Debug, PartialEq)]
struct Count(u64);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;

        impl Visitor<'_> for Either {
            type Value = Count;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_u64<E>(self, number: u64) -> Result<Count, E> {
                Ok(Count(number))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Count, E> {
                text.parse().map(Count).map_err(E::custom)
            }
        }

        from.deserialize_u64(Either)
    }
}

#[test]
fn only_what_is_asked_for_is_given() {
    check::<Count>("5", true);
    check::<Count>("\"5\"", false);
    assert!(serde_json::from_str::<Count>("\"5\"").is_err());
}
