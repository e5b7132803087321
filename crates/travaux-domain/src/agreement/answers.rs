//! What the parties answered.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{PartyId, words::because};

/// A party's answer to a revision or a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It accepts.
    Accepted,
    /// It rejects.
    Rejected {
        /// Why.
        reason: Option<String>,
    },
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted => f.write_str("accepted"),
            Self::Rejected { reason } => write!(f, "rejected{}", because(reason.as_ref())),
        }
    }
}

/// The parties' answers: one each, by party. Its serde form is that of a map.
///
/// Parties are few, and logs have many of these: a list takes a tenth of the memory of a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(Vec<(PartyId, Answer)>);

impl Answers {
    /// The answer of `party`, if it gave one.
    pub fn get(&self, party: &PartyId) -> Option<&Answer> {
        self.place(party).ok().map(|at| &self.0[at].1)
    }

    /// Whether `party` gave an answer.
    pub fn has(&self, party: &PartyId) -> bool {
        self.place(party).is_ok()
    }

    /// Takes the answer of `party` in; it takes the place of the one before.
    pub fn insert(&mut self, party: PartyId, answer: Answer) {
        match self.place(&party) {
            Ok(at) => self.0[at].1 = answer,
            Err(at) => {
                if self.0.is_empty() {
                    // Nearly always there are two parties.
                    self.0.reserve_exact(2);
                }
                self.0.insert(at, (party, answer));
            }
        }
    }

    /// All answers, in the order of the parties' names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&PartyId, &Answer)> {
        self.0.iter().map(|(party, answer)| (party, answer))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    fn place(&self, party: &PartyId) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(party))
    }
}

impl FromIterator<(PartyId, Answer)> for Answers {
    /// The last answer of a party is the one that counts.
    fn from_iter<I: IntoIterator<Item = (PartyId, Answer)>>(answers: I) -> Self {
        let mut all = Self::default();
        answers
            .into_iter()
            .for_each(|(party, answer)| all.insert(party, answer));
        all
    }
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(from).map(|map| Self(map.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_written_and_read_as_the_map_that_they_are() {
        let rejected = Answer::Rejected {
            reason: Some("too long".into()),
        };
        let given = [
            ("MA", Answer::Accepted),
            ("FR", Answer::Accepted),
            ("ES", rejected.clone()),
            ("MA", rejected),
        ];
        let given = given.map(|(party, answer)| (PartyId::from(party), answer));
        let map: BTreeMap<PartyId, Answer> = given.iter().cloned().collect();
        let answers: Answers = given.into_iter().collect();
        assert!(answers.iter().eq(&map));
        assert_eq!(answers.count(), 3);
        for (party, answer) in &map {
            assert_eq!(answers.get(party), Some(answer));
        }
        assert!(answers.has(&"FR".into()) && !answers.has(&"PT".into()));
        let json = serde_json::to_string(&answers).expect("it serialises");
        assert_eq!(serde_json::to_string(&map).ok(), Some(json.clone()));
        assert_eq!(serde_json::from_str(&json).ok(), Some(answers.clone()));
        let bytes = postcard::to_stdvec(&answers).expect("it serialises");
        assert_eq!(postcard::to_stdvec(&map), Ok(bytes.clone()));
        assert_eq!(postcard::from_bytes(&bytes), Ok(answers));
    }
}
