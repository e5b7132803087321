//! Provisions by what people call them: an id, or a label of the text in question.

use std::cell::Cell;

use travaux::domain::Handle;
use travaux_text::{Body, CitationError, Lang, Operation, ProvisionId, Text};

use super::{Malformed, Written};

/// The provision that a name means at a field.
pub(super) type Cite<'a> = &'a dyn Fn(&str, &str) -> Result<ProvisionId, NoProvision>;

/// How many words of a provision without a heading are shown.
const WORDS: usize = 8;

/// The text whose provisions are named.
#[derive(Clone, Debug)]
pub struct Provisions {
    /// The text, of the version in question.
    pub text: Text,
    /// The language of whoever reads what is said of it.
    pub lang: Lang,
    /// The handle of its agreement, which may stand before a name: `sec/art3`.
    pub handle: Option<Handle>,
}

/// A name means no provision of a text, or more than one. Provisions are told in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoProvision {
    /// It may mean several, and none is chosen.
    #[error(
        "`{name}` may mean {} provisions; name one by its id:{}",
        candidates.len(), lines(candidates)
    )]
    Several {
        /// The name.
        name: String,
        /// What it may mean, in reading order.
        candidates: Vec<String>,
    },
    /// It means none.
    #[error("there is no provision `{name}` in this text{}", near(nearest))]
    Unknown {
        /// The name.
        name: String,
        /// What comes nearest, the nearest first.
        nearest: Vec<String>,
    },
}

fn lines(of: &[String]) -> String {
    of.iter().map(|line| format!("\n  {line}")).collect()
}

fn near(nearest: &[String]) -> String {
    match nearest {
        [] => ", and none has a label: name one by its id, such as `1.4`".to_owned(),
        _ => format!("; the nearest are{}", lines(nearest)),
    }
}

impl Provisions {
    /// The provision that `name` means: an id of one that stands, or a label in any language.
    ///
    /// # Errors
    /// [`NoProvision`] where it means none, with what is near, or several, with all of them.
    pub fn find(&self, name: &str) -> Result<ProvisionId, NoProvision> {
        let handle = self.handle.as_ref().map(Handle::as_str);
        let own = handle.and_then(|handle| name.strip_prefix(handle)?.strip_prefix('/'));
        let name = own.unwrap_or(name).to_owned();
        let told = |ids: &[ProvisionId]| ids.iter().map(|id| self.words(*id)).collect();
        self.text.cited(&name).map_err(|error| match error {
            CitationError::Several { candidates, .. } => NoProvision::Several {
                candidates: told(&candidates),
                name,
            },
            CitationError::Unknown { nearest, .. } => NoProvision::Unknown {
                nearest: told(&nearest),
                name,
            },
            // What a later version of the text's crate may refuse it for.
            _ => NoProvision::Unknown {
                nearest: Vec::new(),
                name,
            },
        })
    }

    /// The provision that `name` means in operations on the text: what has the form of an id is one,
    /// whether it stands or not, as operations may name what others before them bring in.
    ///
    /// # Errors
    /// As [`Self::find`].
    pub fn find_for_operation(&self, name: &str) -> Result<ProvisionId, NoProvision> {
        name.parse().or_else(|_| self.find(name))
    }

    /// A provision for people: its label and its id, its heading or its first words, and where it
    /// stands.
    pub fn words(&self, id: ProvisionId) -> String {
        let (text, lang) = (&self.text, self.lang);
        let Some(node) = text.get(id) else {
            return id.to_string();
        };
        let (cited, id) = (text.cite(id, lang), id.to_string());
        let mut out = match cited == id {
            true => id,
            false => format!("{cited} ({id})"),
        };
        let first = node.bodies.first().map(|(_, body)| body);
        let words = node.body(lang).or(first).map_or(String::new(), begun);
        if !words.is_empty() {
            out += &format!(" {words}");
        }
        let labelled = |(_, body): &(_, Body)| !body.label().trim().is_empty();
        let above = text.parent(node.id).and_then(|above| text.get(above));
        if let Some(above) = above.filter(|above| above.bodies.iter().any(labelled)) {
            out += &format!(", in {}", text.cite(above.id, lang));
        }
        out
    }
}

/// Its heading, or its first words.
fn begun(body: &Body) -> String {
    let heading = body.heading().trim();
    if !heading.is_empty() {
        return heading.to_owned();
    }
    let words: Vec<_> = body.text().split_whitespace().collect();
    let more = words.get(WORDS).map_or("", |_| " …");
    format!("{}{more}", words[..words.len().min(WORDS)].join(" "))
}

/// Reads the operations in the file `name`: their provisions go by ids, or by labels in the text
/// that they apply to, which `provisions` gives; it is asked only if a label stands there.
///
/// # Errors
/// [`Malformed`] with all that is wrong with it, or the error of `provisions`.
pub fn read_operations<E: From<Malformed>>(
    name: &str,
    json: &str,
    provisions: impl FnOnce() -> Result<Provisions, E>,
) -> Result<Vec<Operation>, E> {
    let written = Written::parse(name, json)?;
    let by_label = Cell::new(false);
    let read = written.read_citing(&|_, name| Ok(id_or_label(name, &by_label)));
    if !by_label.get() {
        return Ok(read?);
    }
    match (provisions(), read) {
        (Ok(provisions), _) => {
            Ok(written.read_citing(&|_, name| provisions.find_for_operation(name))?)
        }
        (Err(_), Err(malformed)) => Err(malformed.into()),
        (Err(error), Ok(_)) => Err(error),
    }
}

/// The id that a name is; any, where it is a label, which is then known to stand in the file.
pub fn id_or_label(name: &str, is_label: &Cell<bool>) -> ProvisionId {
    name.parse().unwrap_or_else(|_| {
        is_label.set(true);
        ProvisionId::new(1, 1)
    })
}

#[cfg(test)]
mod tests;
