//! Provisions by what people call them: `art. 3`, `Article 3(2)`, `3.2`, `annex A`, `المادة 4`.
//!
//! A label belongs to a text at one moment, an identity to its agreement for good: so a citation is
//! looked up in the text of the version in question. Where it fits several provisions none is
//! chosen.

use crate::{Body, Kind, Lang, Node, ProvisionId, Text, concord::latin_digit};

mod words;

use words::Cited;

/// A citation means no provision, or more than one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CitationError {
    /// It means several.
    #[error("`{cited}` may mean {}", candidates.len())]
    Several {
        /// The citation.
        cited: String,
        /// What it may mean, in reading order.
        candidates: Vec<ProvisionId>,
    },
    /// It means none.
    #[error("there is no provision `{cited}`")]
    Unknown {
        /// The citation.
        cited: String,
        /// What comes nearest, the nearest first.
        nearest: Vec<ProvisionId>,
    },
}

/// How many near provisions are named.
const NEAREST: usize = 3;

impl Text {
    /// The provision that `cited` means in this text.
    ///
    /// An id (`1.4`) of a provision that stands is that provision. Else a label in any language:
    /// the word that says what it is may be cut short (`art.`, `ann`, `rec.`) or left out; what
    /// stands in brackets, behind a point or behind `par.` is a part of what stands before it, by
    /// its label, its marker or its place. A number alone is an article's before it is another's.
    ///
    /// ```
    /// # use travaux_text::{Format, Lang, Text};
    /// let fr = Lang::parse("fr")?;
    /// let text = "## Article 1 — Objet\n\nUn.\n\n## Article 3 — Demandes\n\nUn.\n\nDeux.\n";
    /// let text = Text::parse(Format::Markdown, fr, text, 1);
    /// let second = text.cited("art. 3(2)").expect("it stands");
    /// assert_eq!(second.to_string(), "1.5");
    /// assert_eq!(text.cite(second, fr), "Article 3(2)");
    /// # Ok::<(), travaux_text::ParseIdError>(())
    /// ```
    ///
    /// # Errors
    /// [`CitationError`] where it means several provisions, or none.
    pub fn cited(&self, cited: &str) -> Result<ProvisionId, CitationError> {
        if let Ok(id) = cited.trim().parse::<ProvisionId>()
            && self.get(id).is_some()
        {
            return Ok(id);
        }
        let parsed = Cited::parse(cited);
        let found = self.meant(&parsed);
        match &found[..] {
            [id] => Ok(*id),
            [] => Err(CitationError::Unknown {
                cited: cited.to_owned(),
                nearest: self.nearest(&parsed),
            }),
            _ => Err(CitationError::Several {
                cited: cited.to_owned(),
                candidates: found,
            }),
        }
    }

    /// How a provision that stands is cited: its label in `lang`, else in another; a part without a
    /// label by its marker or its place in what bears one (`Article 3(2)`); else by its id.
    pub fn cite(&self, id: ProvisionId, lang: Lang) -> String {
        let Some(node) = self.get(id) else {
            return id.to_string();
        };
        if let Some(label) = label(node, lang) {
            return label.to_owned();
        }
        let ancestors = std::iter::successors(self.parent(id), |above| self.parent(*above));
        let labelled = |above| Some((above, label(self.get(above)?, lang)?));
        let Some((above, label)) = ancestors.into_iter().find_map(labelled) else {
            return id.to_string();
        };
        let place = self.parts(above).iter().position(|part| *part == id);
        let place = place.map(|at| (at + 1).to_string());
        let called = marker(node).or(place);
        called
            .filter(|called| self.part(above, called) == [id])
            .map_or_else(|| id.to_string(), |called| format!("{label}({called})"))
    }

    /// What it may mean: the whole as one label before a label and its parts, articles before
    /// others.
    fn meant(&self, cited: &Cited) -> Vec<ProvisionId> {
        let whole = self.labelled(cited.kind, &cited.whole);
        if !whole.is_empty() || cited.parts.is_empty() {
            return whole;
        }
        let mut found = self.labelled(cited.kind, &cited.first);
        for part in &cited.parts {
            found = found
                .into_iter()
                .flat_map(|above| self.part(above, part))
                .collect();
        }
        found
    }

    /// The provisions of a kind, if one is named, that are numbered so.
    fn labelled(&self, kind: Option<Kind>, number: &str) -> Vec<ProvisionId> {
        if number.is_empty() {
            return Vec::new();
        }
        let of_kind = |node: &&Node| kind.is_none_or(|kind| node.kind == kind);
        let numbered: Vec<&Node> = self
            .nodes()
            .filter(of_kind)
            .filter(|node| numbers(node).any(|n| n == number))
            .collect();
        let articles: Vec<_> = numbered
            .iter()
            .filter(|node| node.kind == Kind::Article)
            .map(|node| node.id)
            .collect();
        if !articles.is_empty() {
            return articles;
        }
        // Recitals are cited by their place where they bear no numbers.
        let unnumbered = numbered.is_empty() && kind == Some(Kind::Recital);
        if let Some(at) = unnumbered.then(|| number.parse::<usize>().ok()).flatten() {
            let recital = self.nodes().filter(of_kind).nth(at.wrapping_sub(1));
            return recital.map(|node| node.id).into_iter().collect();
        }
        let rank = numbered.iter().map(|node| node.rank).min();
        numbered
            .into_iter()
            .filter(|node| Some(node.rank) == rank)
            .map(|node| node.id)
            .collect()
    }

    /// The parts of `above` that are called so: by label or marker, else by place.
    fn part(&self, above: ProvisionId, called: &str) -> Vec<ProvisionId> {
        let within = self.contained(above);
        let marked: Vec<&Node> = within
            .iter()
            .filter_map(|id| self.get(*id))
            .filter(|node| numbers(node).chain(marker(node)).any(|n| n == called))
            .collect();
        let rank = marked.iter().map(|node| node.rank).min();
        if rank.is_some() {
            return marked
                .into_iter()
                .filter(|node| Some(node.rank) == rank)
                .map(|node| node.id)
                .collect();
        }
        let place = called.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let parts = self.parts(above);
        let bears_marks = parts.iter().filter_map(|id| self.get(*id));
        if bears_marks.into_iter().any(|node| marker(node).is_some()) {
            return Vec::new();
        }
        place
            .and_then(|at| parts.get(at).copied())
            .into_iter()
            .collect()
    }

    /// What `above` contains directly, without white space that stands alone.
    fn parts(&self, above: ProvisionId) -> Vec<ProvisionId> {
        let speaks = |node: &Node| node.bodies.iter().any(|(_, b)| !b.raw().trim().is_empty());
        let mut parts: Vec<(u8, ProvisionId)> = Vec::new();
        let mut under = u8::MAX;
        for node in self.contained(above).iter().filter_map(|id| self.get(*id)) {
            // What stands higher than all before it is contained directly, and so is its like.
            under = under.min(node.rank);
            if node.rank <= under && speaks(node) {
                parts.push((node.rank, node.id));
            }
        }
        parts.into_iter().map(|(_, id)| id).collect()
    }

    /// The labelled provisions that come nearest: headed so, of the kind that was named, near in
    /// number, alike.
    fn nearest(&self, cited: &Cited) -> Vec<ProvisionId> {
        let apart = |own: &str| match (leading(own), leading(&cited.first)) {
            (Some(own), Some(other)) => own.abs_diff(other),
            (None, None) => 0,
            _ => u64::MAX,
        };
        let kind = cited.kind.unwrap_or(Kind::Article);
        let mut near: Vec<_> = self
            .nodes()
            .filter(|node| numbers(node).next().is_some())
            .map(|node| {
                let own = numbers(node).next().unwrap_or_default();
                let alike = own
                    .chars()
                    .zip(cited.first.chars())
                    .take_while(|(a, b)| a == b)
                    .count();
                let headings = node.bodies.iter().map(|(_, body)| body.heading());
                let headed = headings.into_iter().any(|h| says(h, &cited.whole));
                let near = (apart(&own), std::cmp::Reverse(alike));
                let distance = (!headed, node.kind != kind, near);
                (distance, node.id)
            })
            .collect();
        near.sort_by_key(|(distance, _)| *distance);
        near.into_iter().take(NEAREST).map(|(_, id)| id).collect()
    }
}

/// Its label in a language, else in the first one that has one.
fn label(node: &Node, lang: Lang) -> Option<&str> {
    let first = node.body(lang).into_iter();
    let others = node.bodies.iter().map(|(_, body)| body);
    let mut labels = first.chain(others).map(Body::label);
    labels.find(|label| !label.trim().is_empty())
}

/// What its labels number it, in each language.
fn numbers(node: &Node) -> impl Iterator<Item = String> + '_ {
    let labels = node.bodies.iter().map(|(_, body)| body.label());
    labels
        .filter(|label| !label.trim().is_empty())
        .map(|label| Cited::parse(label).whole)
}

/// The marker with which its text begins, such as `1.`, `(a)` or `b)`.
fn marker(node: &Node) -> Option<String> {
    node.bodies.iter().find_map(|(_, body)| {
        let first = body.text().split_whitespace().next()?;
        let bare = first
            .trim_start_matches('(')
            .trim_end_matches(['.', ')', '°']);
        let is_number = bare.chars().all(|c| latin_digit(c).is_ascii_digit())
            || (bare.chars().count() == 1 && bare.chars().all(char::is_alphabetic))
            || bare.chars().all(|c| "ivxIVX".contains(c));
        let is_marker = bare.len() < first.len() && bare.chars().count() <= 4 && is_number;
        (is_marker && !bare.is_empty()).then(|| words::folded(bare))
    })
}

/// Whether a heading has these words, which are more than a number.
fn says(heading: &str, words: &str) -> bool {
    let is_word = words.chars().filter(|c| c.is_alphabetic()).count() > 3;
    is_word && heading.to_lowercase().contains(words)
}

/// The number with which a text begins.
fn leading(text: &str) -> Option<u64> {
    let digits: String = text
        .chars()
        .map(latin_digit)
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests;
