//! Reads a tree into a type, and finds everything that is wrong with it on the way.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{
    Deserialize,
    de::{
        DeserializeSeed, EnumAccess, Error as _, Expected, IntoDeserializer as _, MapAccess,
        SeqAccess, VariantAccess, Visitor,
    },
    forward_to_deserialize_any,
};

use super::{
    absent::Absent,
    problem::{Problem, instead, one_of},
    tree::{Kind, Node},
};

/// Why a value could not be read.
#[derive(Debug)]
pub(super) enum Fault {
    /// What is wrong was found, and is kept.
    Found,
    /// A field is not there.
    Missing(&'static str),
    /// Words of the type that was read.
    Said(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found => f.write_str("it was found"),
            Self::Missing(field) => write!(f, "`{field}` is missing"),
            Self::Said(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self::Said(what.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::Said(format!(
            "there is no `{variant}`; {}",
            instead(variant, expected)
        ))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::Said(format!(
            "there is no field `{field}`; {}",
            instead(field, expected)
        ))
    }
}

/// What a visitor expects, in its own words.
pub(super) struct Expecting<'a>(pub(super) &'a dyn Expected);

impl fmt::Display for Expecting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What to write where a visitor expects something, in a reader's words.
fn wanted(expecting: &str) -> String {
    if expecting.contains("date and time") {
        "a time such as `2024-10-30T12:00:00Z`".to_owned()
    } else if expecting.contains("date") {
        "a date such as `2024-10-30`".to_owned()
    } else if expecting.contains("UUID") {
        "an id such as `01a2241c-4a5b-7c6d-8e9f-0123456789ab`".to_owned()
    } else if expecting == "a string" || expecting == "str" {
        "text".to_owned()
    } else if matches!(expecting, "u8" | "u32" | "u64" | "usize") {
        "a whole number".to_owned()
    } else if expecting.starts_with("struct ") || expecting.starts_with("enum ") {
        "another value".to_owned()
    } else {
        expecting.to_owned()
    }
}

/// What was found in a tree, and what it was found at.
#[derive(Default)]
pub(super) struct Findings {
    problems: RefCell<BTreeSet<Problem>>,
    /// Fields that are wrong.
    wrong: RefCell<BTreeSet<String>>,
    /// Fields that are missing, by their objects.
    missing: RefCell<BTreeMap<String, BTreeSet<&'static str>>>,
}

impl Findings {
    pub(super) fn reader<'a>(&'a self, node: &'a Node) -> Reader<'a> {
        Reader {
            node,
            path: String::new(),
            findings: self,
        }
    }

    /// How much is known to be wrong.
    pub(super) fn count(&self) -> usize {
        self.problems.borrow().len()
    }

    pub(super) fn problems(self) -> Vec<Problem> {
        self.problems.into_inner().into_iter().collect()
    }

    /// Keeps what the whole is said to be wrong with.
    pub(super) fn take(&self, node: &Node, fault: Fault) {
        self.keep(node, "", fault);
    }

    fn problem(&self, line: usize, field: &str, what: String) {
        self.problems.borrow_mut().insert(Problem {
            line,
            field: field.to_owned(),
            what,
        });
    }

    fn keep(&self, node: &Node, path: &str, fault: Fault) {
        match fault {
            Fault::Found => {}
            Fault::Missing(field) => {
                let mut missing = self.missing.borrow_mut();
                if missing.entry(path.to_owned()).or_default().insert(field) {
                    self.problem(node.line, &join(path, field), "is missing".to_owned());
                }
            }
            Fault::Said(what) => {
                self.wrong.borrow_mut().insert(path.to_owned());
                self.problem(node.line, path, what);
            }
        }
    }
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() {
        field.to_owned()
    } else {
        format!("{path}.{field}")
    }
}

/// A value, its place, and where to tell what is wrong with it.
pub(super) struct Reader<'a> {
    node: &'a Node,
    path: String,
    findings: &'a Findings,
}

impl<'a> Reader<'a> {
    /// Reads a value within this one; what is wrong with it is kept, once.
    fn inner<S: DeserializeSeed<'a>>(
        findings: &'a Findings,
        node: &'a Node,
        path: String,
        seed: S,
    ) -> Result<S::Value, Fault> {
        if findings.wrong.borrow().contains(&path) {
            return seed.deserialize(Absent).map_err(|_| Fault::Found);
        }
        let reader = Reader {
            node,
            path: path.clone(),
            findings,
        };
        seed.deserialize(reader).map_err(|fault| {
            findings.keep(node, &path, fault);
            Fault::Found
        })
    }

    fn expected(&self, what: &str) -> Fault {
        Fault::Said(format!("expected {what}, found {}", self.node.what()))
    }

    /// The fields of an object, those that nobody knows told.
    fn fields(
        &self,
        fields: &'a [(String, usize, Node)],
        known: Option<&'static [&'static str]>,
    ) -> Entries<'a> {
        let mut seen = BTreeSet::new();
        let mut entries = Vec::new();
        for (name, line, value) in fields {
            let path = join(&self.path, name);
            if !seen.insert(name.as_str()) {
                let what = "stands here twice; keep one".to_owned();
                self.findings.problem(*line, &path, what);
            } else if known.is_some_and(|known| !known.contains(&name.as_str())) {
                let known = known.unwrap_or_default();
                let what = format!("there is no such field; {}", instead(name, known));
                self.findings.problem(*line, &path, what);
            } else {
                entries.push((name.as_str(), path, Some(value)));
            }
        }
        let missing = self.findings.missing.borrow();
        for name in missing.get(&self.path).into_iter().flatten() {
            entries.push((name, join(&self.path, name), None));
        }
        Entries {
            entries: entries.into_iter(),
            value: None,
            findings: self.findings,
        }
    }

    fn object<V: Visitor<'a>>(
        self,
        known: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match (&self.node.kind, known) {
            (Kind::Object(fields), _) => visitor.visit_map(self.fields(fields, known)),
            (_, Some(known)) => Err(self.expected(&format!("an object with {}", all_of(known)))),
            (_, None) => Err(self.expected("an object")),
        }
    }
}

/// `a`, `b` and `c`
fn all_of(names: &[&str]) -> String {
    one_of(names).replace(" or ", " and ")
}

macro_rules! scalars {
    ($($method:ident)+) => {$(
        fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.scalar(visitor)
        }
    )+};
}

impl<'a> Reader<'a> {
    /// A value without parts, as the visitor takes it; where it does not, what it wants.
    fn scalar<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        let expecting = Expecting(&visitor).to_string();
        let read = match &self.node.kind {
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Text(text) => visitor.visit_borrowed_str::<Fault>(text),
            Kind::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), ..) => visitor.visit_u64(value),
                (None, Some(value), _) => visitor.visit_i64(value),
                (.., Some(value)) => visitor.visit_f64(value),
                _ => visitor.visit_unit(),
            },
            Kind::Null => visitor.visit_unit(),
            Kind::List(_) | Kind::Object(_) => Err(Fault::custom("")),
        };
        let wanted = wanted(&expecting);
        read.map_err(|fault| match (&self.node.kind, fault) {
            // Words of a type of ours say more than what serde expects.
            (Kind::Text(_), Fault::Said(said))
                if wanted == "text" && !said.starts_with("invalid type") =>
            {
                Fault::Said(said)
            }
            _ => self.expected(&wanted),
        })
    }
}

impl<'a> serde::Deserializer<'a> for Reader<'a> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::List(_) => self.deserialize_seq(visitor),
            Kind::Object(_) => self.object(None, visitor),
            _ => self.scalar(visitor),
        }
    }

    scalars! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.kind {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::List(values) => visitor.visit_seq(Elements {
                values: values.iter().enumerate(),
                path: &self.path,
                findings: self.findings,
            }),
            _ => Err(self.expected("a list")),
        }
    }

    fn deserialize_tuple<V: Visitor<'a>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::List(values) if values.len() != length => Err(Fault::Said(format!(
                "expected {length} values, found {}",
                values.len()
            ))),
            Kind::List(_) => self.deserialize_seq(visitor),
            _ => Err(self.expected(&format!("a list of {length} values"))),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.object(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.object(Some(fields), visitor)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let (name, line, value) = match &self.node.kind {
            Kind::Text(name) => (name, self.node.line, None),
            Kind::Object(fields) => match &fields[..] {
                [(name, line, value)] => (name, *line, Some(value)),
                _ => {
                    let found = fields.len();
                    let what = format!(
                        "expected one key, found {found}; it is {}",
                        one_of(variants)
                    );
                    return Err(Fault::Said(what));
                }
            },
            _ => return Err(self.expected(&one_of(variants))),
        };
        if !variants.contains(&name.as_str()) {
            let what = format!("there is no `{name}`; {}", instead(name, variants));
            self.findings.wrong.borrow_mut().insert(self.path.clone());
            self.findings.problem(line, &self.path, what);
            return Err(Fault::Found);
        }
        visitor.visit_enum(Choice {
            name,
            value,
            reader: self,
        })
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { <V: Visitor<'a>> bytes byte_buf unit unit_struct identifier }
}

struct Elements<'a, 'p> {
    values: std::iter::Enumerate<std::slice::Iter<'a, Node>>,
    path: &'p str,
    findings: &'a Findings,
}

impl<'a> SeqAccess<'a> for Elements<'a, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Some((at, node)) = self.values.next() else {
            return Ok(None);
        };
        Reader::inner(self.findings, node, format!("{}[{at}]", self.path), seed).map(Some)
    }

    /// An element that cannot be read does not keep the next from being judged.
    fn next_element<T: Deserialize<'a>>(&mut self) -> Result<Option<T>, Fault> {
        let seed = std::marker::PhantomData::<T>;
        loop {
            match self.next_element_seed(seed) {
                Err(Fault::Found) => {}
                read => return read,
            }
        }
    }
}

struct Entries<'a> {
    entries: std::vec::IntoIter<(&'a str, String, Option<&'a Node>)>,
    value: Option<(String, Option<&'a Node>)>,
    findings: &'a Findings,
}

impl<'a> MapAccess<'a> for Entries<'a> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((name, path, node)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some((path.clone(), node));
        let key = serde::de::value::BorrowedStrDeserializer::<Fault>::new(name);
        seed.deserialize(key).map(Some).map_err(|fault| {
            let line = node.map_or(1, |node| node.line);
            self.findings.problem(line, &path, fault.to_string());
            Fault::Found
        })
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.value.take() {
            Some((path, Some(node))) => Reader::inner(self.findings, node, path, seed),
            _ => seed.deserialize(Absent).map_err(|_| Fault::Found),
        }
    }
}

struct Choice<'a> {
    name: &'a str,
    value: Option<&'a Node>,
    reader: Reader<'a>,
}

impl<'a> EnumAccess<'a> for Choice<'a> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let name: serde::de::value::StrDeserializer<'_, Fault> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'a> Choice<'a> {
    fn inner<S: DeserializeSeed<'a>>(self, seed: S) -> Result<S::Value, Fault> {
        let path = join(&self.reader.path, self.name);
        match self.value {
            Some(node) => Reader::inner(self.reader.findings, node, path, seed),
            None => Err(Fault::Said(format!(
                "`{0}` needs a value: {{\"{0}\": …}}",
                self.name
            ))),
        }
    }
}

impl<'a> VariantAccess<'a> for Choice<'a> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.value {
            None => Ok(()),
            Some(node) if matches!(node.kind, Kind::Null) => Ok(()),
            Some(_) => Err(Fault::Said(format!(
                "`{0}` takes no value: write \"{0}\"",
                self.name
            ))),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Fault> {
        self.inner(seed)
    }

    fn tuple_variant<V: Visitor<'a>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        self.inner(As(visitor, Parts::Tuple(length)))
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.inner(As(visitor, Parts::Fields(fields)))
    }
}

enum Parts {
    Tuple(usize),
    Fields(&'static [&'static str]),
}

/// What a variant holds, as its visitor takes it.
struct As<V>(V, Parts);

impl<'a, V: Visitor<'a>> DeserializeSeed<'a> for As<V> {
    type Value = V::Value;

    fn deserialize<D: serde::Deserializer<'a>>(self, from: D) -> Result<V::Value, D::Error> {
        match self.1 {
            Parts::Tuple(length) => from.deserialize_tuple(length, self.0),
            Parts::Fields(fields) => from.deserialize_struct("", fields, self.0),
        }
    }
}
