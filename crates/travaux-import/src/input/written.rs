//! A file that somebody wrote, with the place of all that stands in it.

use serde::de::DeserializeOwned;

use super::{
    Malformed, Problem,
    cited::Cite,
    reader::Findings,
    tree::{self, Node},
};

/// More problems than anybody mends at once.
const ENOUGH: usize = 50;

/// A file of JSON that somebody wrote. It may be read more than once, and what is wrong with what it
/// means can be told by its line too.
#[derive(Debug)]
pub struct Written {
    file: String,
    tree: Node,
}

impl Written {
    /// Takes the words `json` of the file `name`.
    ///
    /// # Errors
    /// [`Malformed`] if it is no JSON.
    pub fn parse(name: &str, json: &str) -> Result<Self, Malformed> {
        let file = name.to_owned();
        match tree::parse(json) {
            Ok(tree) => Ok(Self { file, tree }),
            Err(problem) => Err(Malformed {
                file,
                problems: vec![problem],
            }),
        }
    }

    /// What it says, provisions by their ids.
    ///
    /// # Errors
    /// [`Malformed`] with all that is wrong with it.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Malformed> {
        self.read_by(None)
    }

    /// What it says; `cite` says which provision a name means at a field.
    ///
    /// # Errors
    /// [`Malformed`] with all that is wrong with it, what `cite` does not know among it.
    pub fn read_citing<T: DeserializeOwned>(&self, cite: Cite<'_>) -> Result<T, Malformed> {
        self.read_by(Some(cite))
    }

    fn read_by<T: DeserializeOwned>(&self, cite: Option<Cite<'_>>) -> Result<T, Malformed> {
        let findings = Findings::new(cite);
        // A type stops at the first field that is wrong or missing. It is read again with something
        // in that field's place, until nothing new is found.
        for _ in 0..ENOUGH {
            let before = findings.count();
            let read = T::deserialize(findings.reader(&self.tree));
            match read {
                Ok(value) if findings.count() == 0 => return Ok(value),
                Err(error) => findings.take(&self.tree, error),
                Ok(_) => {}
            }
            if findings.count() == before {
                break;
            }
        }
        Err(self.malformed(findings.problems()))
    }

    /// Something that is wrong with what stands at a field, such as `revisions[0].agreement`.
    pub fn problem(&self, field: &str, what: String) -> Problem {
        let place = self.tree.at(field).unwrap_or(&self.tree).place;
        Problem {
            line: place.line,
            column: place.column,
            field: field.to_owned(),
            what,
        }
    }

    /// That all this is wrong with it.
    pub fn malformed(&self, mut problems: Vec<Problem>) -> Malformed {
        problems.sort();
        Malformed {
            file: self.file.clone(),
            problems,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_meaning_is_told_by_its_place() {
        let json = "{\"framework\": \"x\",\n \"revisions\": [{}, {\"agreement\": \"y\"}]}";
        let written = Written::parse("package.json", json).expect("JSON");
        let problems = ["revisions[1].agreement", "framework", "revisions[7]"]
            .map(|field| written.problem(field, "is unknown".to_owned()));
        assert_eq!(
            written.malformed(problems.into()).to_string(),
            "package.json: 3 problems
  line 1, revisions[7]: is unknown
  line 1, framework: is unknown
  line 2, revisions[1].agreement: is unknown"
        );
    }
}
