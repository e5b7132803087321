//! Where an import reads the texts of a source.

#[cfg(feature = "git")]
use crate::git::Objects;
use crate::{Content, ImportError, ObjectName, SourceHistory};

/// The texts of a source, for one worker.
pub(crate) struct Texts {
    #[cfg(feature = "git")]
    objects: Option<Objects>,
}

impl Texts {
    #[cfg(feature = "git")]
    pub(crate) fn of(source: &SourceHistory) -> Result<Self, ImportError> {
        let objects = source.objects.as_deref().map(Objects::open).transpose()?;
        Ok(Self { objects })
    }

    #[cfg(not(feature = "git"))]
    pub(crate) fn of(_: &SourceHistory) -> Result<Self, ImportError> {
        Ok(Self {})
    }

    /// The bytes of a text; else why there are none.
    pub(crate) fn read(&self, content: &Content) -> Result<Vec<u8>, String> {
        match content {
            Content::Here(text) => Ok(text.as_bytes().to_vec()),
            Content::Object(name) => self.object(*name),
            Content::Refused(why) => Err(why.to_string()),
            Content::None => Err("it has no text".to_owned()),
        }
    }

    fn object(&self, name: ObjectName) -> Result<Vec<u8>, String> {
        #[cfg(feature = "git")]
        if let Some(objects) = &self.objects {
            return objects.read(name);
        }
        Err(format!("the object {name} is in no database"))
    }
}
