//! Where the languages of a text do not say the same.

use std::collections::BTreeSet;

use travaux_text::{Digest, Gap, Lang, Text, gaps};

use crate::agreement::state::Agreement;

impl Agreement {
    /// The languages whose words have to agree: those of the proposal, those opened since, and any other
    /// in which the text has words, but for translations.
    pub(crate) fn compared_languages(&self, text: &Text) -> Vec<Lang> {
        let Some(identity) = &self.identity else {
            return Vec::new();
        };
        let mut languages: Vec<Lang> = identity.languages.clone();
        let words = text.nodes().flat_map(|node| &node.bodies);
        let words: BTreeSet<Lang> = words.map(|(lang, _)| *lang).collect();
        let words = words
            .into_iter()
            .filter(|lang| !identity.translations.contains(lang));
        let opened = self.machines.languages.opened.iter().copied();
        for lang in opened.chain(words) {
            if !languages.contains(&lang) {
                languages.push(lang);
            }
        }
        languages
    }

    /// Where the languages of a revision's text do not say the same, less what a certificate for
    /// that very text has settled.
    pub fn open_gaps(&self, text: &Text) -> Vec<Gap> {
        self.gaps_between(text, &self.compared_languages(text))
    }

    /// The same, between some languages.
    pub(crate) fn gaps_between(&self, text: &Text, languages: &[Lang]) -> Vec<Gap> {
        let mut found = gaps(text, languages);
        if let Some(certificate) = self.machines.languages.certificate() {
            let same = |l: &Lang| {
                certificate.digests.get(l) == Some(&Digest::of(text.print(*l).as_bytes()))
            };
            if languages.iter().all(same) {
                found.retain(|gap| !certificate.settled.contains(&gap.key()));
            }
        }
        found
    }
}
