//! Reads a tree into a type, and finds everything that is wrong with it on the way.

mod fault;
mod findings;
mod parts;

use std::collections::BTreeSet;

use serde::{
    de::{DeserializeSeed, Error as _, Visitor},
    forward_to_deserialize_any,
};

use super::{
    absent::Absent,
    alike::{alike, reads},
    problem::{instead, one_of},
    tree::{Kind, Node, Place},
};

use self::{
    fault::{language, of_others},
    findings::join,
    parts::{Choice, Elements, Entries},
};

pub(super) use self::{
    fault::{Expecting, Fault, wanted},
    findings::Findings,
};

/// A value, its place, and where to tell what is wrong with it.
pub(super) struct Reader<'a> {
    node: &'a Node,
    path: String,
    findings: &'a Findings<'a>,
}

impl<'a> Reader<'a> {
    /// Reads a value within this one; what is wrong with it is kept, once.
    fn inner<S: DeserializeSeed<'a>>(
        findings: &'a Findings<'a>,
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
        fields: &'a [(String, Place, Node)],
        known: Option<&'static [&'static str]>,
    ) -> Entries<'a> {
        let mut seen = BTreeSet::new();
        let mut entries = Vec::new();
        for (name, place, value) in fields {
            let path = join(&self.path, name);
            if !seen.insert(name.as_str()) {
                let what = "stands here twice; keep one".to_owned();
                self.findings.problem(*place, &path, what);
            } else if known.is_some_and(|known| !known.contains(&name.as_str())) {
                let known = known.unwrap_or_default();
                let what = format!("there is no such field; {}", instead(name, known));
                self.findings.problem(*place, &path, what);
            } else if !self.findings.names.borrow().contains(&path) {
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
            (Kind::Object(fields), _) => {
                let mut entries = self.fields(fields, known);
                let read = visitor.visit_map(&mut entries);
                if read.is_ok() {
                    // Who reads a map by its first name leaves what stands behind it.
                    for (_, path, node) in entries.entries {
                        let place = node.map_or(self.node.place, |node| node.place);
                        let what = "there is no such field; only one is expected".to_owned();
                        self.findings.problem(place, &path, what);
                    }
                }
                read
            }
            (_, Some(known)) => Err(self.expected(&format!("an object with {}", all_of(known)))),
            (_, None) => Err(self.expected("an object")),
        }
    }
}

/// `a`, `b` and `c`
fn all_of(names: &[&str]) -> String {
    one_of(names).replace(" or ", " and ")
}

impl<'a> Reader<'a> {
    /// A value without parts, as the visitor takes it; where it does not, what it wants.
    fn scalar<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        let expecting = Expecting(&visitor).to_string();
        if let Kind::Text(text) = &self.node.kind {
            language(&expecting, text)?;
            if let Some(id) = self.findings.cited(&expecting, &self.path, text)? {
                return visitor.visit_str(&id.to_string());
            }
        }
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
        read.map_err(|fault| match (&self.node.kind, fault) {
            // Words of a type of ours say more than what serde expects.
            (Kind::Text(_), Fault::Said(said))
                if !of_others(&expecting) && !said.starts_with("invalid ") =>
            {
                Fault::Said(said)
            }
            _ => self.expected(&wanted(&expecting)),
        })
    }
}

impl<'a> serde::Deserializer<'a> for Reader<'a> {
    type Error = Fault;

    reads! { 'a, self, visitor:
        deserialize_any => match &self.node.kind {
            Kind::List(_) => self.deserialize_seq(visitor),
            Kind::Object(_) => self.object(None, visitor),
            _ => self.scalar(visitor),
        };
        deserialize_bool deserialize_char deserialize_str deserialize_string
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_f32 deserialize_f64 => self.scalar(visitor);
        deserialize_option => match self.node.kind {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        };
        deserialize_seq => match &self.node.kind {
            Kind::List(values) => visitor.visit_seq(Elements {
                values: values.iter().enumerate(),
                path: &self.path,
                findings: self.findings,
            }),
            _ => Err(self.expected("a list")),
        };
        deserialize_map => self.object(None, visitor);
        deserialize_ignored_any => visitor.visit_unit();
    }

    alike! { 'a: newtypes tuples }

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
        let (name, place, value) = match &self.node.kind {
            Kind::Text(name) => (name, self.node.place, None),
            Kind::Object(fields) => match &fields[..] {
                [(name, place, value)] => (name, *place, Some(value)),
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
            self.findings.problem(place, &self.path, what);
            return Err(Fault::Found);
        }
        visitor.visit_enum(Choice {
            name,
            value,
            reader: self,
        })
    }

    forward_to_deserialize_any! { <V: Visitor<'a>> bytes byte_buf unit unit_struct identifier }
}
