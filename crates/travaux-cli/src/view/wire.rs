//! What is written as JSON, described by the types that write it.
//!
//! A type that is written says its form and, if it is a document, its fields: [`documents!`] defines such types with their
//! descriptions, [`described!`] describes a type of another crate and does not compile when it leaves a field out. The table of
//! the contract is made of these (`travaux topic json`), so it cannot say what the command does not write.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDate, Utc};
use travaux::domain::{
    AgreementId, FrameworkId, PackageId, PartyId, Reason, Revision, Rule, RuleKind,
    agreement::Nature,
};
use travaux_text::{Digest, Lang, ProvisionId};

/// A field of a document.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) form: String,
    /// Whether it is left out where there is nothing to say.
    pub(crate) left_out: bool,
    pub(crate) meaning: String,
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

    /// Adds the documents that it consists of.
    fn collect(_documents: &mut Documents) {}
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
    "text": String, str, Path, PathBuf, PartyId;
    "number": u8, u32, u64, usize, f64, Revision;
    "true or false": bool;
    "id": AgreementId, FrameworkId, PackageId;
    "date": NaiveDate;
    "time": DateTime<Utc>;
    "language": Lang;
    "provision": ProvisionId;
    "digest": Digest;
    "row": Rule;
    "one of `mandatory`, `residual`, `record`": RuleKind;
    "one of `draft`, `amendment`, `correction`": Nature;
    "anything": serde_json::Value;
}

impl Wire for Reason {
    fn form() -> String {
        let names: Vec<_> = Self::ALL.iter().map(|r| format!("`{r}`")).collect();
        format!("one of {}", names.join(", "))
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

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn form() -> String {
        format!("object: {} by name", T::form())
    }

    fn collect(documents: &mut Documents) {
        T::collect(documents);
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
        return fields.extend(T::fields());
    }
    fields.push(Field {
        name,
        form: T::form(),
        left_out: attributes.contains("skip_serializing_if"),
        meaning: meaning.trim().to_owned(),
    });
}

/// Adds a document, and those that `nested` adds.
pub(super) fn add(
    documents: &mut Documents,
    name: &'static str,
    meaning: &str,
    fields: Vec<Field>,
    nested: impl FnOnce(&mut Documents),
) {
    let meaning = meaning.trim().to_owned();
    if documents
        .insert(name, Document { meaning, fields })
        .is_none()
    {
        nested(documents);
    }
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

        impl $(<$life>)? $crate::view::wire::Wire for $name $(<$life>)? {
            fn form() -> String {
                concat!("`", stringify!($name), "`").to_owned()
            }

            fn fields() -> Vec<$crate::view::wire::Field> {
                let mut fields = Vec::new();
                $( $crate::view::wire::field::<$ty>(
                    stringify!($field), concat!("", $(stringify!($($serde)*))?), concat!($($doc),+), &mut fields,
                ); )*
                fields
            }

            fn collect(documents: &mut $crate::view::wire::Documents) {
                $crate::view::wire::add(
                    documents, concat!("`", stringify!($name), "`"), concat!($($about),+),
                    <Self as $crate::view::wire::Wire>::fields(),
                    |documents| {
                        $( $crate::view::wire::nested::<$ty>(concat!("", $(stringify!($($serde)*))?), documents); )*
                        let _ = documents;
                    },
                );
            }
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

        impl $crate::view::wire::Wire for $($path)::+ $(<$life>)? {
            fn form() -> String {
                concat!("`", stringify!($name), "`").to_owned()
            }

            fn fields() -> Vec<$crate::view::wire::Field> {
                let mut fields = Vec::new();
                $( $crate::view::wire::field::<$ty>(
                    stringify!($field), concat!("", $(stringify!($($serde)*))?), concat!($($doc),+), &mut fields,
                ); )*
                fields
            }

            fn collect(documents: &mut $crate::view::wire::Documents) {
                $crate::view::wire::add(
                    documents, concat!("`", stringify!($name), "`"), concat!($($about),+),
                    <Self as $crate::view::wire::Wire>::fields(),
                    |documents| {
                        $( $crate::view::wire::nested::<$ty>(concat!("", $(stringify!($($serde)*))?), documents); )*
                        let _ = documents;
                    },
                );
            }
        }
    )+};
}

pub(super) use {described, documents, form};
