//! A provision: its identity, its kind, its rank, and its wording per language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Body, Lang, Localized, ProvisionId};

/// What a provision is. The closed list of the text model; parsers use what they can recognise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// A line about the document rather than of it (front matter).
    Metadata,
    /// The title of the instrument.
    Title,
    /// The opening words before the first article.
    Preamble,
    /// One recital.
    Recital,
    /// A part or book.
    Part,
    /// A chapter, or a title in the French sense.
    Chapter,
    /// A section.
    Section,
    /// An article.
    Article,
    /// A heading of another kind.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A point of a list.
    Point,
    /// A definition.
    Definition,
    /// A row of a table.
    Row,
    /// An annex.
    Annex,
    /// The testimonium ("Done at …, in two originals …").
    Testimonium,
    /// A signature block.
    SignatureBlock,
}

impl Kind {
    /// Its name, in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Title => "title",
            Self::Preamble => "preamble",
            Self::Recital => "recital",
            Self::Part => "part",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Article => "article",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Point => "point",
            Self::Definition => "definition",
            Self::Row => "row",
            Self::Annex => "annex",
            Self::Testimonium => "testimonium",
            Self::SignatureBlock => "signature block",
        }
    }

    /// The rank that a provision of this kind has by default; a provision contains what follows it at higher ranks.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Metadata | Self::Title => 1,
            Self::Annex | Self::Part => 2,
            Self::Chapter => 4,
            Self::Section => 6,
            Self::Preamble | Self::Heading | Self::Testimonium | Self::SignatureBlock => 7,
            Self::Article => 8,
            Self::Recital | Self::Paragraph | Self::Definition | Self::Row => 9,
            Self::Point => 10,
        }
    }
}

/// A provision as it stands in a [`crate::Text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its identity.
    pub id: ProvisionId,
    /// What it is.
    pub kind: Kind,
    /// How deep it stands: it contains the provisions that follow it, up to the next of the same or a lower rank.
    pub rank: u8,
    /// Whether it is a tombstone: repealed, but still shown with its label.
    pub repealed: bool,
    /// Its wording in each language, in the order of the tags.
    pub bodies: Vec<(Lang, Body)>,
}

impl Node {
    /// Its wording in `lang`.
    pub fn body(&self, lang: Lang) -> Option<&Body> {
        self.bodies
            .iter()
            .find(|(l, _)| *l == lang)
            .map(|(_, body)| body)
    }

    pub(crate) fn body_mut(&mut self, lang: Lang) -> Option<&mut Body> {
        self.bodies
            .iter_mut()
            .find(|(l, _)| *l == lang)
            .map(|(_, body)| body)
    }

    /// Its wording in `lang` from now on, which it may not have had yet.
    pub(crate) fn set_body(&mut self, lang: Lang, body: Body) {
        match self.bodies.binary_search_by_key(&lang, |(l, _)| *l) {
            Ok(at) => self.bodies[at].1 = body,
            Err(at) => self.bodies.insert(at, (lang, body)),
        }
    }
}

/// A provision to be inserted: all of a [`Node`] but the identity, which its revision gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewProvision {
    /// What it is.
    pub kind: Kind,
    /// How deep it stands; see [`Node::rank`].
    pub rank: u8,
    /// Its wording in each language.
    pub bodies: Localized<Body>,
}

impl NewProvision {
    /// A provision of the rank that is usual for its kind, in one language.
    pub fn new(kind: Kind, lang: Lang, body: Body) -> Self {
        Self {
            kind,
            rank: kind.rank(),
            bodies: BTreeMap::from([(lang, body)]),
        }
    }

    pub(crate) fn into_node(self, id: ProvisionId) -> Node {
        Node {
            id,
            kind: self.kind,
            rank: self.rank,
            repealed: false,
            bodies: self.bodies.into_iter().collect(),
        }
    }
}
