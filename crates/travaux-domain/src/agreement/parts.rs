//! Provisions as clauses and acts name them: each stands for all that it contains.

use travaux_text::{ProvisionId, Text};

use super::Agreement;

/// Whether a provision is one of those named, or contained in one.
fn within(text: &Text, provision: ProvisionId, named: &[ProvisionId]) -> bool {
    let mut outer = Some(provision);
    while let Some(at) = outer {
        if named.contains(&at) {
            return true;
        }
        outer = text.parent(at);
    }
    false
}

impl Agreement {
    /// The text that says which provision contains which: the latest.
    fn latest(&self) -> Text {
        self.history.text_at(self.history.len())
    }

    /// Whether a provision is one of those named, or contained in one.
    pub(super) fn is_within(&self, provision: ProvisionId, named: &[ProvisionId]) -> bool {
        match named.is_empty() || named.contains(&provision) {
            true => !named.is_empty(),
            false => within(&self.latest(), provision, named),
        }
    }

    /// Whether a provision has a part in common with one of those named.
    pub(super) fn touches(&self, provision: ProvisionId, named: &[ProvisionId]) -> bool {
        let text = self.latest();
        let inner = |named: &ProvisionId| within(&text, *named, &[provision]);
        within(&text, provision, named) || named.iter().any(inner)
    }

    /// Whether all of some provisions are among those named, or contained in them.
    pub(super) fn all_within(&self, provisions: &[ProvisionId], named: &[ProvisionId]) -> bool {
        let text = self.latest();
        provisions.iter().all(|p| within(&text, *p, named))
    }

    /// Whether some of them are.
    pub(super) fn some_within(&self, provisions: &[ProvisionId], named: &[ProvisionId]) -> bool {
        let text = self.latest();
        provisions.iter().any(|p| within(&text, *p, named))
    }

    /// What two lists of provisions have in common, each with all that it contains.
    pub(super) fn common(&self, a: &[ProvisionId], b: &[ProvisionId]) -> Vec<ProvisionId> {
        let text = self.latest();
        let inner = a.iter().filter(|p| within(&text, **p, b));
        let outer = b.iter().filter(|p| within(&text, **p, a));
        let mut common: Vec<ProvisionId> = inner.chain(outer).copied().collect();
        common.sort_unstable();
        common.dedup();
        common
    }
}
