//! What is where: versions of streams, commits and attachments, in the recent end of the log or else in the catalogue.

use std::sync::PoisonError;

use travaux_store::{CommitId, Digest, StoreError};

use super::{Log, locked};
use crate::{
    archive::pack::Place,
    catalogue::{self, Catalogue},
};

impl Log {
    /// The catalogue; sled is opened by the first call.
    pub(crate) fn catalogue(&self) -> Result<&Catalogue, StoreError> {
        if let Some(catalogue) = self.catalogue.get() {
            return Ok(catalogue);
        }
        let _one_at_a_time = locked(&self.opening);
        if let Some(catalogue) = self.catalogue.get() {
            return Ok(catalogue);
        }
        let pack = self.pack.read().unwrap_or_else(PoisonError::into_inner);
        let catalogue = catalogue::derive::open(&self.files, &self.blocks, &pack)?;
        Ok(self.catalogue.get_or_init(|| catalogue))
    }

    /// Keeps versions of streams that are in the archive at hand.
    pub(super) fn remember<'a>(&self, versions: impl Iterator<Item = (&'a str, u64)>) {
        let mut known = locked(&self.versions);
        for (stream, version) in versions {
            known.insert(stream, version);
        }
    }

    /// The version of a stream; 0 where there is none.
    pub(crate) fn version_of(&self, stream: &str) -> Result<u64, StoreError> {
        {
            let recent = self.recent();
            if let Some(version) = recent.version(stream) {
                return Ok(version);
            }
            if recent.archived() == 0 {
                return Ok(0);
            }
        }
        if let Some(version) = locked(&self.versions).get(stream) {
            return Ok(version);
        }
        let version = self.catalogue()?.version(stream)?;
        self.remember(std::iter::once((stream, version)));
        Ok(version)
    }

    /// The first and the last position of a commit.
    pub(crate) fn extent_of(&self, id: CommitId) -> Result<Option<(u64, u64)>, StoreError> {
        {
            let recent = self.recent();
            if let Some((first, count)) = recent.commit(id) {
                return Ok(Some((first, first + count - 1)));
            }
            if recent.archived() == 0 {
                return Ok(None);
            }
        }
        for first in self.catalogue()?.commits(id)? {
            let mut last = first;
            while last <= self.head() && self.record(last)?.envelope()?.commit == id {
                last += 1;
            }
            if last > first {
                return Ok(Some((first, last - 1)));
            }
        }
        Ok(None)
    }

    pub(crate) fn has_attachment(&self, id: Digest) -> Result<bool, StoreError> {
        self.place(id).map(|place| place.is_some())
    }

    /// The bytes of an attachment.
    pub(crate) fn attachment(&self, id: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(place) = self.place(id)? else {
            return Ok(None);
        };
        self.pack
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .read(id, place)
            .map(Some)
    }

    fn place(&self, id: Digest) -> Result<Option<Place>, StoreError> {
        {
            let recent = self.recent();
            if let Some(place) = recent.attachment(id) {
                return Ok(Some(place));
            }
            if recent.archived() == 0 {
                return Ok(None);
            }
        }
        self.catalogue()?.attachment(id)
    }
}
