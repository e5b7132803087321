//! How readers cite the provisions of a text: by the number of the article, and their place in it.

use std::collections::HashMap;

use super::tradition::Tradition;
use crate::{Kind, Lang, ProvisionId, Text};

/// The citations of a text in one language.
pub(super) struct Citations {
    by_id: HashMap<ProvisionId, String>,
    by_words: HashMap<String, ProvisionId>,
}

impl Citations {
    pub(super) fn of(text: &Text, lang: Lang, tradition: &Tradition) -> Self {
        let (mut by_id, mut by_words) = (HashMap::new(), HashMap::new());
        let mut article: Option<String> = None;
        let mut number = 0;
        for node in text.nodes() {
            let label = node.body(lang).map_or("", |body| body.label());
            let cited =
                if !label.is_empty() && node.kind != Kind::Paragraph && node.kind != Kind::Point {
                    number = 0;
                    let cited = (tradition.article)(label);
                    article = (node.kind == Kind::Article).then(|| cited.clone());
                    cited
                } else {
                    number += 1;
                    let template = if article.is_some() {
                        tradition.paragraph
                    } else {
                        tradition.preamble
                    };
                    template
                        .replace("{0}", article.as_deref().unwrap_or_default())
                        .replace("{1}", &number.to_string())
                };
            // A citation that means two provisions means none.
            by_id.insert(node.id, cited.clone());
            by_words
                .entry(fold(&cited))
                .and_modify(|id: &mut Option<ProvisionId>| *id = None)
                .or_insert(Some(node.id));
        }
        by_id.retain(|_, cited| by_words.get(&fold(cited)).is_some_and(Option::is_some));
        let by_words = by_words
            .into_iter()
            .filter_map(|(words, id)| Some((words, id?)))
            .collect();
        Self { by_id, by_words }
    }

    pub(super) fn cite(&self, id: ProvisionId) -> Option<String> {
        self.by_id.get(&id).cloned()
    }

    pub(super) fn find(&self, cited: &str) -> Option<ProvisionId> {
        self.by_words.get(&fold(cited)).copied()
    }
}

/// A citation may begin a sentence.
fn fold(cited: &str) -> String {
    cited.to_lowercase()
}
