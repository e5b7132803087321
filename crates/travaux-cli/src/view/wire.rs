//! What is written as JSON, described by the types that write it.
//!
//! A type that is written says its form and, if it is a document, its fields: [`documents!`] defines such types with their
//! descriptions, [`described!`] describes a type of another crate and does not compile when it leaves a field out. The table of
//! the contract is made of these (`travaux topic json`), so it cannot say what the command does not write.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDate, Utc};
use travaux::domain::{
    AgreementId, BodyId, ExchangeId, FrameworkId, IndicatorId, MeetingId, Name, PackageId, PartyId,
    ProcedureId, Reason, RequestId, Revision, RoadmapId, Rule, RuleKind, agreement::Nature,
};
use travaux::projections::{FieldValue, Fields};
use travaux_text::{Digest, Lang, ProvisionId};

/// A field of a document.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) form: String,
    /// Whether it is left out where there is nothing to say.
    pub(crate) left_out: bool,
    /// The states in which it is there; all, if none is named.
    pub(crate) states: States,
    pub(crate) meaning: String,
}

/// Values of the field that says which state an object is in.
#[derive(Debug, Default)]
pub(crate) struct States {
    pub(crate) tag: &'static str,
    pub(crate) words: Vec<&'static str>,
}

impl fmt::Display for Field {
    /// The form, and when the field is there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.form)?;
        if self.left_out {
            f.write_str(", left out if empty")?;
        }
        let States { tag, words } = &self.states;
        if !words.is_empty() {
            write!(f, ", where `{tag}` is {}", quoted(words))?;
        }
        Ok(())
    }
}

/// The words as a page quotes them, separated by commas.
pub(super) fn quoted(words: &[impl fmt::Display]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// The words that values are written as: the form of a type that has no others.
pub(super) fn one_of<T: serde::Serialize>(values: &[T]) -> String {
    let word = |value: &T| match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(other) => panic!("BUG: a value that is written as no word: {other}"),
        Err(error) => panic!("BUG: a value that cannot be written: {error}"),
    };
    format!(
        "one of {}",
        quoted(&values.iter().map(word).collect::<Vec<_>>())
    )
}

/// A document: a JSON object with fields.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) meaning: String,
    pub(crate) fields: Vec<Field>,
}

/// Documents by name.
pub(crate) type Documents = BTreeMap<&'static str, Document>;

/// A type that is written as JSON.
pub(crate) trait Wire {
    /// What it is written as: `text`, `number`, `list of …`, or the name of a document.
    fn form() -> String;

    /// Its fields, if it is a document.
    fn fields() -> Vec<Field> {
        Vec::new()
    }

    /// Whether it may be nothing.
    fn optional() -> bool {
        false
    }

    /// Adds the documents that it consists of.
    fn collect(_documents: &mut Documents) {}
}

/// Describes types that are written as one word each, by all their values. A value that is left out does not compile; the words
/// are those that are written.
macro_rules! words {
    ($($path:ident { $($value:ident),+ $(,)? })+) => {$(
        const _: fn(&$path) = |value| match value {
            $($path::$value)|+ => {}
        };

        impl $crate::view::wire::Wire for $path {
            fn form() -> String {
                $crate::view::wire::one_of(&[$($path::$value),+])
            }
        }
    )+};
}

/// The same of types that may get further values, which their crates do not promise to list.
macro_rules! open_words {
    ($($path:ident { $($value:ident),+ $(,)? })+) => {$(
        impl $crate::view::wire::Wire for $path {
            fn form() -> String {
                $crate::view::wire::one_of(&[$($path::$value),+])
            }
        }
    )+};
}

macro_rules! form {
    ($($form:literal: $($ty:ty),+;)+) => {$($(
        impl $crate::view::wire::Wire for $ty {
            fn form() -> String {
                $form.to_owned()
            }
        }
    )+)+};
}

form! {
    "text": String, str, Cow<'_, str>, Path, PathBuf, Name, PartyId;
    "number": u8, u32, u64, usize, f64, Revision;
    "true or false": bool;
    "id": AgreementId, FrameworkId, PackageId, MeetingId, ExchangeId, RequestId, BodyId,
        ProcedureId, RoadmapId, IndicatorId;
    "date": NaiveDate;
    "time": DateTime<Utc>;
    "language": Lang;
    "provision": ProvisionId;
    "digest": Digest;
    "row": Rule;
    "anything": serde_json::Value;
}

words! {
    RuleKind { Mandatory, Residual, Record, Internal }
    Nature { Draft, Amendment, Correction }
}

impl Wire for Reason {
    fn form() -> String {
        one_of(&Self::ALL)
    }
}

impl<T: Wire + ?Sized> Wire for &T {
    fn form() -> String {
        T::form()
    }

    fn fields() -> Vec<Field> {
        T::fields()
    }

    fn collect(documents: &mut Documents) {
        T::collect(documents);
    }
}

impl<T: Wire> Wire for Option<T> {
    fn form() -> String {
        format!("{} or null", T::form())
    }

    fn optional() -> bool {
        true
    }

    fn fields() -> Vec<Field> {
        T::fields()
    }

    fn collect(documents: &mut Documents) {
        T::collect(documents);
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn form() -> String {
        format!("list of {}", T::form())
    }

    fn collect(documents: &mut Documents) {
        T::collect(documents);
    }
}

impl<T: Wire> Wire for [T] {
    fn form() -> String {
        Vec::<T>::form()
    }

    fn collect(documents: &mut Documents) {
        T::collect(documents);
    }
}

impl<K: Wire, T: Wire> Wire for BTreeMap<K, T> {
    fn form() -> String {
        format!("object: {} by {}", T::form(), K::form())
    }

    fn collect(documents: &mut Documents) {
        T::collect(documents);
    }
}

impl Wire for Fields {
    fn form() -> String {
        BTreeMap::<Name, FieldValue>::form()
    }

    fn collect(documents: &mut Documents) {
        FieldValue::collect(documents);
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn form() -> String {
        format!("pair of {} and {}", A::form(), B::form())
    }

    fn collect(documents: &mut Documents) {
        A::collect(documents);
        B::collect(documents);
    }
}

/// A field as its type and attributes describe it; a flattened one is its type's fields.
pub(super) fn field<T: Wire>(
    name: &'static str,
    attributes: &str,
    meaning: &str,
    fields: &mut Vec<Field>,
) {
    if attributes.contains("flatten") {
        // Of what may be nothing, no field is there then.
        return fields.extend(T::fields().into_iter().map(|field| Field {
            left_out: field.left_out || T::optional(),
            ..field
        }));
    }
    fields.push(Field {
        name,
        form: T::form(),
        left_out: attributes.contains("skip_serializing_if"),
        states: States::default(),
        meaning: meaning.trim().to_owned(),
    });
}

/// The field that says which state an object is in.
pub(super) fn tag(name: &'static str, words: &[&str], meaning: &str) -> Field {
    Field {
        name,
        form: format!("one of {}", quoted(words)),
        left_out: false,
        states: States::default(),
        meaning: meaning.trim().to_owned(),
    }
}

/// A field that is there in one state; states that have it alike share its row.
pub(super) fn in_state<T: Wire>(
    name: &'static str,
    (tag, word): (&'static str, &'static str),
    meaning: &str,
    fields: &mut Vec<Field>,
) {
    let (form, meaning) = (T::form(), meaning.trim());
    let same =
        |field: &&mut Field| field.name == name && field.form == form && field.meaning == meaning;
    match fields.iter_mut().find(same) {
        Some(field) => field.states.words.push(word),
        None => fields.push(Field {
            name,
            form,
            left_out: false,
            states: States {
                tag,
                words: vec![word],
            },
            meaning: meaning.to_owned(),
        }),
    }
}

/// Adds a document, and those that `nested` adds. Two types of one name would be one in the contract.
pub(super) fn add(
    documents: &mut Documents,
    name: &'static str,
    meaning: &str,
    fields: Vec<Field>,
    nested: impl FnOnce(&mut Documents),
) {
    let meaning = meaning.trim().to_owned();
    let names = |fields: &[Field]| fields.iter().map(|f| f.name).collect::<Vec<_>>();
    let (own, meant) = (names(&fields), meaning.clone());
    let Some(before) = documents.insert(name, Document { meaning, fields }) else {
        return nested(documents);
    };
    let same = before.meaning == meant && names(&before.fields) == own;
    assert!(same, "BUG: two documents are called {name}");
}

/// Adds what a field's type consists of; of a flattened one, only what its fields consist of.
pub(super) fn nested<T: Wire>(attributes: &str, documents: &mut Documents) {
    let name = T::form().trim_end_matches(" or null").to_owned();
    let known = documents.contains_key(name.as_str());
    T::collect(documents);
    if attributes.contains("flatten") && !known {
        documents.remove(name.as_str());
    }
}

/// Says of a type that it is written as a document: what it is called, what it is, and its fields.
macro_rules! document {
    (
        [$($life:lifetime)?] $type:ty, $name:ident, [$($about:literal)+],
        $( [$($doc:literal)+] [$($serde:tt)*] $field:ident : $ty:ty, )*
    ) => {
        impl $(<$life>)? $crate::view::wire::Wire for $type {
            fn form() -> String {
                concat!("`", stringify!($name), "`").to_owned()
            }

            fn fields() -> Vec<$crate::view::wire::Field> {
                let mut fields = Vec::new();
                $( $crate::view::wire::field::<$ty>(
                    stringify!($field), stringify!($($serde)*), concat!($($doc),+), &mut fields,
                ); )*
                fields
            }

            fn collect(documents: &mut $crate::view::wire::Documents) {
                $crate::view::wire::add(
                    documents, concat!("`", stringify!($name), "`"), concat!($($about),+),
                    <Self as $crate::view::wire::Wire>::fields(),
                    |documents| {
                        $( $crate::view::wire::nested::<$ty>(stringify!($($serde)*), documents); )*
                        let _ = documents;
                    },
                );
            }
        }
    };
}

/// Defines types that are written, with their descriptions.
macro_rules! documents {
    ($(
        $(#[doc = $about:literal])+
        $vis:vis struct $name:ident $(<$life:lifetime>)? {
            $( $(#[doc = $doc:literal])+ $(#[serde($($serde:tt)*)])? $field:ident : $ty:ty, )*
        }
    )+) => {$(
        $(#[doc = $about])+
        #[derive(Debug, serde::Serialize)]
        $vis struct $name $(<$life>)? {
            $( $(#[doc = $doc])+ $(#[serde($($serde)*)])? pub(crate) $field: $ty, )*
        }

        $crate::view::wire::document! {
            [$($life)?] $name $(<$life>)?, $name, [$($about)+],
            $( [$($doc)+] [$($($serde)*)?] $field: $ty, )*
        }
    )+};
}

/// Describes types of other crates. A field that is left out, or that has another type, does not compile; `[..]` says that a type
/// has private ones, which are not written.
macro_rules! described {
    ($(
        $(#[doc = $about:literal])+
        $name:ident = $($path:ident)::+ $(<$life:lifetime>)? $([$($private:tt)*])? {
            $( $(#[doc = $doc:literal])+ $(#[serde($($serde:tt)*)])? $field:ident : $ty:ty, )*
        }
    )+) => {$(
        const _: fn(&$($path)::+ $(<$life>)?) = |$($path)::+ { $($field,)* $($($private)*)? }| {
            $( let _: &$ty = $field; )*
        };

        $crate::view::wire::document! {
            [] $($path)::+ $(<$life>)?, $name, [$($about)+],
            $( [$($doc)+] [$($($serde)*)?] $field: $ty, )*
        }
    )+};
}

/// Describes enums that are written as objects with a field for the state and further ones in some states. A state or a field that
/// is left out, or a field of another type, does not compile.
macro_rules! states {
    ($(
        $(#[doc = $about:literal])+
        $path:ident by $tag:literal {
            $( $(#[doc = $when:literal])+ $state:ident = $word:literal {
                $( $(#[doc = $doc:literal])+ $field:ident : $ty:ty, )*
            } )+
        }
    )+) => {$(
        const _: fn(&$path) = |state| match state {
            $( $path::$state { $($field),* } => { $( let _: &$ty = $field; )* } )+
        };

        impl $crate::view::wire::Wire for $path {
            fn form() -> String {
                concat!("`", stringify!($path), "`").to_owned()
            }

            fn fields() -> Vec<$crate::view::wire::Field> {
                let words = [$($word),+];
                let meanings = [$(concat!($($when),+)),+];
                let meanings: Vec<_> = words
                    .iter()
                    .zip(meanings)
                    .map(|(word, meaning)| format!("`{word}`: {}", meaning.trim()))
                    .collect();
                let tag = $crate::view::wire::tag($tag, &words, &meanings.join(" "));
                let mut fields = vec![tag];
                $($( $crate::view::wire::in_state::<$ty>(
                    stringify!($field), ($tag, $word), concat!($($doc),+), &mut fields,
                ); )*)+
                fields
            }

            fn collect(documents: &mut $crate::view::wire::Documents) {
                $crate::view::wire::add(
                    documents, concat!("`", stringify!($path), "`"), concat!($($about),+),
                    <Self as $crate::view::wire::Wire>::fields(),
                    |documents| {
                        $($( <$ty as $crate::view::wire::Wire>::collect(documents); )*)+
                        let _ = documents;
                    },
                );
            }
        }
    )+};
}

/// Defines enums of that shape, and describes them: each state and field is named once.
macro_rules! tagged {
    ($(
        $(#[doc = $about:literal])+
        $name:ident by $tag:literal {
            $( $(#[doc = $when:literal])+ $state:ident = $word:literal {
                $( $(#[doc = $doc:literal])+ $field:ident : $ty:ty, )*
            } )+
        }
    )+) => {
        $(
            $(#[doc = $about])+
            #[derive(Clone, Debug, serde::Serialize)]
            #[serde(tag = $tag)]
            pub(crate) enum $name { $(
                $(#[doc = $when])+
                #[serde(rename = $word)]
                $state { $( $(#[doc = $doc])+ $field: $ty, )* },
            )+ }
        )+

        $crate::view::wire::states! { $(
            $(#[doc = $about])+
            $name by $tag {
                $( $(#[doc = $when])+ $state = $word {
                    $( $(#[doc = $doc])+ $field: $ty, )*
                } )+
            }
        )+ }
    };
}

pub(super) use {described, document, documents, form, open_words, states, tagged, words};
