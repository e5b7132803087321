//! The texts of a git history, in its object database.

use std::path::Path;

use git2::{Oid, Repository};

use crate::{ImportError, ObjectName};

/// The name of an object. A function, as an implementation of `From` would be public.
pub(super) fn name_of(id: Oid) -> ObjectName {
    let mut name = [0; 20];
    name.copy_from_slice(id.as_bytes());
    ObjectName(name)
}

/// An object database, opened by one worker for itself.
pub(crate) struct Objects(Repository);

impl Objects {
    pub(crate) fn open(path: &Path) -> Result<Self, ImportError> {
        let opened = Repository::open(path).map_err(ImportError::git("open the objects"))?;
        Ok(Self(opened))
    }

    /// The bytes of a file; else why there are none.
    pub(crate) fn read(&self, name: ObjectName) -> Result<Vec<u8>, String> {
        let blob = Oid::from_bytes(&name.0).and_then(|id| self.0.find_blob(id));
        blob.map(|blob| blob.content().to_vec())
            .map_err(|e| format!("it is no file: {}", e.message()))
    }
}
