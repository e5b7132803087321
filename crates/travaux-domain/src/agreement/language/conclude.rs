//! Where the languages of a text do not say the same.

use travaux_text::{Digest, Gap, Lang, gaps};

use crate::agreement::state::Agreement;

impl Agreement {
    /// Where the languages of a revision's text do not say the same, less what a certificate for
    /// that very text has settled.
    pub fn open_gaps(&self, text: &travaux_text::Text) -> Vec<Gap> {
        let Some(identity) = &self.identity else {
            return Vec::new();
        };
        let languages: Vec<Lang> = identity
            .languages
            .iter()
            .chain(&self.machines.languages.opened)
            .copied()
            .collect();
        let mut found = gaps(text, &languages);
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
