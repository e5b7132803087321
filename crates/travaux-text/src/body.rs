//! What one provision says in one language, byte for byte.

use std::{fmt, ops::Range, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The wording of a provision in one language, divided so that numbers live in one place and nothing is lost.
///
/// Five parts printed one after the other give the exact bytes: markup *before* the label, the *label* ("Article 4"),
/// what stands *between*, the *heading*, and the *text* with its closing line breaks. Any of them may be empty.
#[derive(Clone)]
pub struct Body {
    raw: Arc<str>,
    /// Ends of the first four parts.
    ends: [u32; 4],
    /// Where a [`crate::History`] keeps these bytes, if they came from one.
    pub(crate) stored: Option<u32>,
}

impl Body {
    /// A body of text only: no label, no heading.
    pub fn text_only(text: &str) -> Self {
        Self {
            raw: text.into(),
            ends: [0; 4],
            stored: None,
        }
    }

    /// A body from its five parts.
    pub fn from_parts(before: &str, label: &str, between: &str, heading: &str, text: &str) -> Self {
        let mut raw = String::with_capacity(
            before.len() + label.len() + between.len() + heading.len() + text.len(),
        );
        let mut ends = [0; 4];
        for (end, part) in ends.iter_mut().zip([before, label, between, heading]) {
            raw.push_str(part);
            *end = offset(raw.len());
        }
        raw.push_str(text);
        Self {
            raw: raw.into(),
            ends,
            stored: None,
        }
    }

    /// A body from its bytes and the byte ranges of its label and heading, which must lie in it in that order.
    pub(crate) fn from_ranges(raw: &str, label: Range<usize>, heading: Range<usize>) -> Self {
        let ends = [label.start, label.end, heading.start, heading.end].map(offset);
        Self {
            raw: raw.into(),
            ends,
            stored: None,
        }
    }

    pub(crate) fn from_stored(raw: &str, ends: [u32; 4], stored: u32) -> Self {
        Self {
            raw: raw.into(),
            ends,
            stored: Some(stored),
        }
    }

    pub(crate) fn ends(&self) -> [u32; 4] {
        self.ends
    }

    fn part(&self, index: usize) -> &str {
        let start = if index == 0 {
            0
        } else {
            self.ends[index - 1] as usize
        };
        let end = self
            .ends
            .get(index)
            .map_or(self.raw.len(), |end| *end as usize);
        self.raw.get(start..end).unwrap_or_default()
    }

    /// The exact bytes.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Markup in front of the label, such as `## `.
    pub fn before(&self) -> &str {
        self.part(0)
    }

    /// The number or name by which the provision is cited, such as `Article 3 bis`; a label, never an identity.
    pub fn label(&self) -> &str {
        self.part(1)
    }

    /// What stands between label and heading, such as ` — `.
    pub fn between(&self) -> &str {
        self.part(2)
    }

    /// The heading.
    pub fn heading(&self) -> &str {
        self.part(3)
    }

    /// The text after the heading, to the end.
    pub fn text(&self) -> &str {
        self.part(4)
    }

    /// Where the text starts, in bytes.
    pub fn text_start(&self) -> usize {
        self.ends[3] as usize
    }

    /// The same body under another label.
    pub fn with_label(&self, label: &str) -> Self {
        Self::from_parts(
            self.before(),
            label,
            self.between(),
            self.heading(),
            self.text(),
        )
    }

    /// The same body under another heading.
    pub fn with_heading(&self, heading: &str) -> Self {
        Self::from_parts(
            self.before(),
            self.label(),
            self.between(),
            heading,
            self.text(),
        )
    }

    /// The same body with other markup around its label.
    pub fn with_layout(&self, before: &str, between: &str) -> Self {
        Self::from_parts(before, self.label(), between, self.heading(), self.text())
    }

    /// The same body with another text.
    pub fn with_text(&self, text: &str) -> Self {
        Self::from_parts(
            self.before(),
            self.label(),
            self.between(),
            self.heading(),
            text,
        )
    }
}

/// Offsets within a body fit 32 bits: texts are limited to 4 GiB long before.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        self.ends == other.ends && self.raw == other.raw
    }
}

impl Eq for Body {}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            self.before(),
            self.label(),
            self.between(),
            self.heading(),
            self.text(),
        ];
        f.debug_list().entries(parts).finish()
    }
}

/// The form in JSON: only the parts that are not empty.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts<'a> {
    #[serde(default, skip_serializing_if = "str::is_empty", borrow)]
    before: std::borrow::Cow<'a, str>,
    #[serde(default, skip_serializing_if = "str::is_empty", borrow)]
    label: std::borrow::Cow<'a, str>,
    #[serde(default, skip_serializing_if = "str::is_empty", borrow)]
    between: std::borrow::Cow<'a, str>,
    #[serde(default, skip_serializing_if = "str::is_empty", borrow)]
    heading: std::borrow::Cow<'a, str>,
    #[serde(default, skip_serializing_if = "str::is_empty", borrow)]
    text: std::borrow::Cow<'a, str>,
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            Parts {
                before: self.before().into(),
                label: self.label().into(),
                between: self.between().into(),
                heading: self.heading().into(),
                text: self.text().into(),
            }
            .serialize(s)
        } else {
            (self.raw(), self.ends).serialize(s)
        }
    }
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            let parts = Parts::deserialize(d)?;
            Ok(Self::from_parts(
                &parts.before,
                &parts.label,
                &parts.between,
                &parts.heading,
                &parts.text,
            ))
        } else {
            let (raw, ends) = <(String, [u32; 4])>::deserialize(d)?;
            let sound =
                ends.is_sorted() && ends.iter().all(|end| raw.is_char_boundary(*end as usize));
            if !sound {
                return Err(D::Error::custom(
                    "the parts of a body do not lie in its text",
                ));
            }
            Ok(Self {
                raw: raw.into(),
                ends,
                stored: None,
            })
        }
    }
}
