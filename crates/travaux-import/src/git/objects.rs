//! The texts of a git history, in its object database.

use std::path::Path;

use git2::{Oid, Repository};

use crate::{Content, ImportError, ObjectName};

/// The name of an object. A function, as an implementation of `From` would be public.
pub(super) fn name_of(id: Oid) -> ObjectName {
    let mut name = [0; 20];
    name.copy_from_slice(id.as_bytes());
    ObjectName(name)
}

/// A path, and the text that stands there. Paths of git are bytes; one that is no text is written with
/// what is none in it escaped, so that no two are one, and its text is refused.
pub(super) fn standing(path: Option<&[u8]>, id: Oid) -> (String, Content) {
    let bytes = path.unwrap_or_default();
    let content = match std::str::from_utf8(bytes) {
        Ok(_) => Content::Object(name_of(id)),
        Err(_) => Content::Refused("its path is not UTF-8 text: rename it".into()),
    };
    let mut path = String::new();
    for chunk in bytes.utf8_chunks() {
        path.push_str(chunk.valid());
        path.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
    (path, content)
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
