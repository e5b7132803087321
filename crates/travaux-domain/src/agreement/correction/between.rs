//! A correction and what some parties have amended for themselves.

use travaux_text::{Collision, Collisions, Operation, ProvisionId, Text};

use crate::{
    Revision, Rule,
    agreement::{
        between::Reason,
        state::{Agreement, RevisionRecord},
    },
    words::names,
};

impl Agreement {
    /// The provisions that revisions touch.
    fn touched_by(&self, revisions: &[Revision]) -> Vec<ProvisionId> {
        let records = revisions
            .iter()
            .filter_map(|revision| self.revision(*revision));
        let operations = records.flat_map(|record| &record.draft.operations);
        operations.flat_map(Operation::provisions).collect()
    }

    /// Whether a correction touches what some had amended for themselves by an earlier revision.
    pub fn meets_their_words(&self, correction: Revision, own: &[Revision]) -> bool {
        let earlier: Vec<Revision> = own
            .iter()
            .copied()
            .filter(|own| *own < correction)
            .collect();
        if earlier.is_empty() {
            return false;
        }
        let corrected = self.touched_by(&[correction]);
        self.some_within(&corrected, &self.touched_by(&earlier))
    }

    /// Corrects the text between parties that have amended it for themselves by revisions of their own:
    /// the provisions that they amended, with all that these contain, stand as they are (X10). That they do,
    /// where the correction left something.
    ///
    /// # Errors
    /// The operations that do not fit for another reason.
    pub fn correct_between(
        &self,
        text: &mut Text,
        (correction, event): (&RevisionRecord, u64),
        own: &[Revision],
    ) -> Result<Option<Reason>, Collisions> {
        let own = self.touched_by(own);
        let mut left: Vec<ProvisionId> = Vec::new();
        let mut collisions: Vec<Collision> = Vec::new();
        for operation in &correction.draft.operations {
            let of_them = operation.provisions();
            // Words beside theirs are not told apart from theirs: the provision stands as they amended it.
            if !of_them.is_empty() && self.all_within(&of_them, &own) {
                left.extend(of_them);
                continue;
            }
            let one = std::slice::from_ref(operation);
            if let Err(found) = text.apply(one, correction.revision.0) {
                collisions.extend(found.0);
            }
        }
        left.sort_unstable();
        left.dedup();
        if !collisions.is_empty() {
            return Err(Collisions(collisions));
        }
        let revision = correction.revision;
        Ok((!left.is_empty()).then(|| Reason {
            what: format!(
                "correction {revision} leaves {} as the two amended it",
                names(&left)
            ),
            rule: Rule::X10,
            event: Some(event),
        }))
    }
}
