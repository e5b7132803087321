//! Closing: what makes the next opening quick.

use super::Log;
use crate::log::clean::CleanMark;

impl Log {
    /// Whether anything was written since the store was opened.
    pub(crate) fn has_written(&self) -> bool {
        self.writer().begun
    }

    /// Gives back the space that the journal took in advance, and leaves the mark of a clean shut-down: not where the end is in doubt, nor
    /// where the mark that is there says the same.
    pub(crate) fn close(&self) {
        let mut writer = self.writer();
        let catalogued = self
            .catalogue
            .get()
            .is_none_or(|catalogue| catalogue.sync().is_ok());
        if writer.poisoned.is_some() || !(writer.begun || writer.verified) || !catalogued {
            return;
        }
        let frames = self.recent().frames_up_to(u64::MAX);
        if let Some(journal) = &mut writer.journal {
            journal.trim();
            // A journal that is longer than it need be is read all the same.
            drop(journal.compact(&frames));
        }
        CleanMark::write(&self.files, self.head(), writer.frontier.root());
    }
}
