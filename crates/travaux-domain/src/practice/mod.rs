//! A party's own practice, as data: how it comes to negotiate and to sign, and who signs for it.
//!
//! It is a house of its own: what was left out there undoes nothing between the parties (VCLT 27,
//! 46), and no other machine asks for it. A practice names the rows on which its steps rest. One
//! that has none of its own names the general row and the article of its own law.

mod french;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::LazyLock,
};

use serde::{Deserialize, Serialize};
use travaux_text::Lang;

pub(crate) use self::french::RULES;
use crate::{Machine, Rule, office::Office};

/// How an agreement is concluded, by its form in the party's own law. Both have the same force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Ratified, powers signed by the President (Constitution 52).
    Solemn,
    /// Approved, powers signed by the foreign minister.
    Simplified,
}

/// A step that a party takes at home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Somebody says that there is a need.
    Request,
    /// The ministers concerned are consulted.
    Consultation,
    /// A disagreement between them is settled.
    Arbitration,
    /// It is decided whether parliament must authorise.
    Authorisation,
    /// Mandate and delegation are given.
    Mandate,
    /// Powers are issued to who needs them.
    Powers,
    /// Powers are signed by the right office.
    SignatureOfPowers,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "a request",
            Self::Consultation => "a consultation",
            Self::Arbitration => "an arbitration",
            Self::Authorisation => "an authorisation",
            Self::Mandate => "a mandate",
            Self::Powers => "powers",
            Self::SignatureOfPowers => "a signature of powers",
        })
    }
}

/// The row on which a step rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cited {
    /// The row.
    pub row: Rule,
    /// The article of the party's own law, where the row does not name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

/// Who signs powers for a form of agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Powers {
    /// The form.
    pub form: Form,
    /// The office that signs them.
    pub signed_by: Office,
    /// What that office is called there.
    pub title: String,
    /// Whether it has to be decided before whether parliament must authorise.
    #[serde(default)]
    pub authorisation_first: bool,
}

/// What a practice says of drafts. Advice: nothing is refused by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drafting {
    /// The row on languages: those of the parties.
    pub languages: Cited,
    /// The row on form: title, preamble, tense.
    pub form: Cited,
    /// The word at which the preamble ends.
    pub article: String,
    /// How a preamble recalls what went before.
    pub recalls: Vec<String>,
    /// Words of the future tense, in lower case.
    pub future: Vec<String>,
}

/// A party's own practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// Its name.
    pub name: String,
    /// The steps that it has, and the rows on which they rest. One that it lacks is neither asked
    /// for nor taken.
    pub steps: BTreeMap<Step, Cited>,
    /// Who settles a disagreement between ministers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arbiter: Option<String>,
    /// The offices that sign an agreement without powers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs_no_powers: Vec<Office>,
    /// Who signs powers, by form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub powers: Vec<Powers>,
    /// What it says of drafts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafting: Option<Drafting>,
}

static FRENCH: LazyLock<Practice> = LazyLock::new(french::french);

impl Practice {
    /// French practice; that of a party whose profile names no other, as all acts at home were
    /// decided by it before profiles could.
    pub fn french() -> &'static Self {
        &FRENCH
    }

    /// Whether it has a step.
    pub fn has(&self, step: Step) -> bool {
        self.steps.contains_key(&step)
    }

    /// What is wrong with it, all of it.
    pub(crate) fn problems(&self) -> Vec<String> {
        let drafting = self.drafting.iter().flat_map(|d| [&d.languages, &d.form]);
        let astray = self
            .steps
            .values()
            .chain(drafting)
            .filter(|cited| cited.row.machine() != Machine::Mandate)
            .map(|cited| format!("{} is no row of a party's own house", cited.row.name()));
        let mut problems: Vec<_> = astray.collect();
        if self.has(Step::Arbitration) != self.arbiter.is_some() {
            problems.push("`arbiter` and the step `arbitration` go together".to_owned());
        }
        let forms: BTreeSet<_> = self.powers.iter().map(|p| p.form).collect();
        if forms.len() != self.powers.len() {
            problems.push("`powers` has a form twice".to_owned());
        }
        if self.has(Step::Powers) == self.powers.is_empty() {
            problems.push("`powers` and the step `powers` go together".to_owned());
        }
        if self.has(Step::Powers) != self.has(Step::SignatureOfPowers) {
            problems.push("`powers` need `signature_of_powers`, which needs them".to_owned());
        }
        if !self.has(Step::Authorisation) && self.powers.iter().any(|p| p.authorisation_first) {
            problems.push("`authorisation_first` needs the step `authorisation`".to_owned());
        }
        problems
    }

    /// What it says of a draft that the draft does not heed: its languages (`official` are those of
    /// the parties), its title, the preamble and the tense of its articles in `text`, which is in
    /// the language of the practice. Nothing is refused by it.
    pub fn drafting_notes(
        &self,
        title: &str,
        languages: &[Lang],
        official: &[Lang],
        parties: &[&str],
        text: &str,
    ) -> Vec<(Rule, String)> {
        let Some(drafting) = &self.drafting else {
            return Vec::new();
        };
        let foreign = languages.iter().filter(|l| !official.contains(l));
        let foreign = foreign.map(|l| format!("{l} is an official language of no party"));
        let mut notes: Vec<_> = foreign.map(|n| (drafting.languages.row, n)).collect();
        let named = |party: &&&str| title.to_lowercase().contains(&party.to_lowercase());
        let mut form: Vec<String> = parties
            .iter()
            .filter(|party| !named(party))
            .map(|party| format!("the title does not name {party}"))
            .collect();
        form.extend(drafting.notes_on_form(text));
        notes.extend(form.into_iter().map(|note| (drafting.form.row, note)));
        notes
    }
}

impl Drafting {
    fn notes_on_form(&self, text: &str) -> Vec<String> {
        let first = text.find(&self.article).unwrap_or(text.len());
        let (preamble, articles) = text.split_at(first);
        let mut notes = Vec::new();
        if !self.recalls.iter().any(|word| preamble.contains(word)) {
            notes.push("there is no preamble that recalls earlier agreements".to_owned());
        }
        let words = articles.split(|c: char| !c.is_alphabetic());
        let future = words.filter(|word| self.future.contains(&word.to_lowercase()));
        notes.extend(future.map(|word| format!("`{word}` is in the future tense")));
        notes
    }
}
