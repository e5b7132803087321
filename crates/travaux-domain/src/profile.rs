//! Rule profiles: which rules apply to an agreement, as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{PartyId, Practice, Rule, RuleKind};

/// Whose consent adopts a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdoptionRule {
    /// All parties that take part (VCLT 9(1)).
    AllParties,
    /// Whoever adopts: a record made elsewhere says that it was adopted, and this one repeats it.
    AsRecorded,
}

/// What becomes of an adoption while the languages do not say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapPolicy {
    /// It is adopted all the same, and nothing is said of it.
    #[default]
    Ignored,
    /// It is refused.
    Refused,
    /// It is adopted, and the gaps are on record with the adoption.
    Recorded,
}

/// The rules that apply to an agreement. Recorded with its proposal, so that a later change of a
/// profile changes no past decision.
///
/// ```
/// use travaux_domain::{Profile, ProfileFile, Rule, RuleKind};
///
/// let treaty = Profile::treaty();
/// assert_eq!(treaty.kind(Rule::F1), Some(RuleKind::Mandatory));
///
/// // One's own is data: a built-in profile, and how it departs from it.
/// let file: ProfileFile = serde_json::from_str(
///     r#"{ "name": "arrangement/strict", "based_on": "arrangement", "gaps": "refused" }"#,
/// )?;
/// let strict = Profile::from_file(&file)?;
/// assert_eq!(strict.rows, Profile::arrangement().rows);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Whose consent adopts a text.
    pub adoption: AdoptionRule,
    /// Whether an adopted text may go on being revised, as the texts of policies and codes do.
    pub living_text: bool,
    /// Whether drafted text is held to the rules for characters; imported text is kept as it is.
    pub drafting_rules: bool,
    /// Whether every language must say something wherever one does.
    pub equal_authenticity: bool,
    /// What becomes of an adoption while the languages do not say the same.
    #[serde(default, skip_serializing_if = "is_default")]
    pub gaps: GapPolicy,
    /// The rows that apply, and whether the parties may depart from each. Empty for histories that
    /// were made elsewhere, and for agreements proposed before rows were recorded: the table holds
    /// as it stands then, and no consent is asked for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<Rule, RuleKind>,
    /// Whether the rows bind as custom that the Convention codifies, and not as the Convention
    /// itself (VCLT 4, 38).
    #[serde(default, skip_serializing_if = "is_default")]
    pub customary: bool,
    /// Whose internal mandate is under which practice; French practice for a party that is not
    /// named.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub practices: BTreeMap<PartyId, Practice>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A profile as its author writes it: the difference to a built-in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileFile {
    /// Its name; none of a built-in profile.
    pub name: String,
    /// The built-in profile that it departs from.
    pub based_on: String,
    /// Rows that it adds from the table.
    #[serde(default)]
    pub with: Vec<String>,
    /// Rows that it leaves out.
    #[serde(default)]
    pub without: Vec<String>,
    /// Rows from which the parties may depart.
    #[serde(default)]
    pub residual: Vec<String>,
    /// Rows from which they may not.
    #[serde(default)]
    pub mandatory: Vec<String>,
    /// What becomes of an adoption while the languages do not say the same.
    #[serde(default)]
    pub gaps: Option<GapPolicy>,
    /// Whether every language must say something wherever one does.
    #[serde(default)]
    pub equal_authenticity: Option<bool>,
    /// The parties' own practices; French practice for a party that is not named.
    #[serde(default)]
    pub practices: BTreeMap<PartyId, Practice>,
}

/// A profile that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("profile `{name}`: {}", .problems.join("; "))]
pub struct InvalidProfile {
    /// Its name.
    pub name: String,
    /// What is wrong, all of it.
    pub problems: Vec<String>,
}

/// What a contract has beside the rules of its text and of the record.
const OF_A_CONTRACT: [Rule; 18] = [
    Rule::C6,
    Rule::C13,
    Rule::C15,
    Rule::F1,
    Rule::F2,
    Rule::F7,
    Rule::A1,
    Rule::A3,
    Rule::A4,
    Rule::A9,
    Rule::A10,
    Rule::D4,
    Rule::D5,
    Rule::E1,
    Rule::E2,
    Rule::E5,
    Rule::E18,
    Rule::E19,
];

/// Without these no record of an agreement is possible.
const INDISPENSABLE: [Rule; 5] = [Rule::T1, Rule::T2, Rule::P0, Rule::RC1, Rule::E18];

impl Profile {
    /// A treaty between States under the Vienna Convention.
    pub fn treaty() -> Self {
        Self::drafted("treaty/vclt", |_| true)
    }

    /// A treaty to which the Convention does not apply as such: the same rules, as custom.
    pub fn custom() -> Self {
        Self {
            customary: true,
            ..Self::drafted("treaty/custom", |_| true)
        }
    }

    /// An arrangement between ministries.
    pub fn arrangement() -> Self {
        Self::drafted("arrangement", Rule::in_arrangements)
    }

    /// A declaration of intent, a roadmap, a joint communiqué: a text, its adoption and where it
    /// comes from, and no consent to be bound.
    pub fn declaration() -> Self {
        use crate::Machine::{Correction, Language, Mandate, Record, Text};
        Self::drafted("declaration", |rule| {
            rule.in_arrangements()
                && (matches!(
                    rule.machine(),
                    Text | Language | Record | Mandate | Correction
                ) || [Rule::A1, Rule::E2, Rule::E18, Rule::K4].contains(&rule))
        })
    }

    /// A contract: its text, consent by signature, amendment by all parties, correction by
    /// agreement.
    pub fn contract() -> Self {
        use crate::Machine::{Correction, Language, Record, Text};
        Self::drafted("contract", |rule| {
            rule.in_arrangements()
                && (matches!(rule.machine(), Text | Language | Record | Correction)
                    || OF_A_CONTRACT.contains(&rule))
        })
    }

    fn drafted(name: &str, applies: impl Fn(Rule) -> bool) -> Self {
        Self {
            name: name.to_owned(),
            adoption: AdoptionRule::AllParties,
            living_text: false,
            drafting_rules: true,
            equal_authenticity: true,
            gaps: GapPolicy::Refused,
            rows: Rule::all()
                .filter(|rule| rule.machine().is_of_an_agreement() && applies(*rule))
                .map(|rule| (rule, rule.kind()))
                .collect(),
            customary: false,
            practices: BTreeMap::new(),
        }
    }

    /// A history imported from elsewhere.
    pub fn imported() -> Self {
        Self {
            name: "imported".to_owned(),
            adoption: AdoptionRule::AsRecorded,
            living_text: true,
            drafting_rules: false,
            equal_authenticity: false,
            gaps: GapPolicy::Ignored,
            rows: BTreeMap::new(),
            customary: false,
            practices: BTreeMap::new(),
        }
    }

    /// The profile of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|profile| profile.name == name)
    }

    /// All built-in profiles.
    pub fn all() -> [Self; 6] {
        [
            Self::treaty(),
            Self::custom(),
            Self::arrangement(),
            Self::declaration(),
            Self::contract(),
            Self::imported(),
        ]
    }

    /// Whether a row applies, and whether the parties may depart from it.
    pub fn kind(&self, rule: Rule) -> Option<RuleKind> {
        if self.rows.is_empty() {
            Some(rule.kind())
        } else {
            self.rows.get(&rule).copied()
        }
    }

    /// The practice that a party's internal mandate is under.
    pub fn practice(&self, party: &PartyId) -> &Practice {
        self.practices.get(party).unwrap_or(Practice::french())
    }

    /// Whether a row applies.
    pub fn applies(&self, rule: Rule) -> bool {
        self.kind(rule).is_some()
    }

    /// Whether agreements under it bind by the parties' consent, so that force needs it.
    pub fn asks_for_consent(&self) -> bool {
        [Rule::C6, Rule::C7, Rule::C8, Rule::C9]
            .iter()
            .any(|rule| self.rows.contains_key(rule))
    }

    /// The same name and nature, and of the rows those alone that an agreement's status asks for.
    pub(crate) fn for_status(mut self) -> Self {
        // A profile with rows keeps one: one without any is another.
        let asked = [
            Rule::T1,
            Rule::T6,
            Rule::F1,
            Rule::C6,
            Rule::C7,
            Rule::C8,
            Rule::C9,
        ];
        self.rows.retain(|rule, _| asked.contains(rule));
        self.practices.clear();
        self
    }

    /// The profile that `file` describes.
    ///
    /// # Errors
    /// [`InvalidProfile`] with everything that is wrong: an unknown row or base, a row that the
    /// record cannot do without, a rule of treaty law made optional, no way left to adopt a text or
    /// to be bound.
    pub fn from_file(file: &ProfileFile) -> Result<Self, InvalidProfile> {
        let mut problems = Vec::new();
        if file.name.trim().is_empty() {
            problems.push("it needs a name".to_owned());
        }
        if Self::named(&file.name).is_some() {
            problems.push("a built-in profile has that name".to_owned());
        }
        let mut read = |names: &[String]| -> Vec<Rule> {
            let parsed = names.iter().map(|name| name.parse::<Rule>());
            parsed
                .filter_map(|rule| rule.map_err(|e| problems.push(e.to_string())).ok())
                .collect()
        };
        let (with, without) = (read(&file.with), read(&file.without));
        let (residual, mandatory) = (read(&file.residual), read(&file.mandatory));
        let Some(base) = Self::named(&file.based_on).filter(|p| !p.rows.is_empty()) else {
            let names: Vec<_> = Self::all()
                .iter()
                .filter(|p| !p.rows.is_empty())
                .map(|p| p.name.clone())
                .collect();
            problems.push(format!(
                "`based_on` is `{}`; expected one of {}",
                file.based_on,
                names.join(", ")
            ));
            return Err(InvalidProfile {
                name: file.name.clone(),
                problems,
            });
        };
        let mut rows = base.rows.clone();
        rows.extend(with.iter().map(|r| (*r, r.kind())));
        for rule in &without {
            if INDISPENSABLE.contains(rule) {
                problems.push(format!(
                    "{} cannot be left out: {}",
                    rule.name(),
                    rule.says()
                ));
            } else if rows.remove(rule).is_none() {
                problems.push(format!(
                    "{} is left out, but is not in `{}`",
                    rule.name(),
                    base.name
                ));
            }
        }
        for (rules, kind) in [
            (&residual, RuleKind::Residual),
            (&mandatory, RuleKind::Mandatory),
        ] {
            for rule in rules {
                let treaty = base.name.starts_with("treaty/");
                match rows.get_mut(rule) {
                    None => problems.push(format!(
                        "{} is made {kind}, but does not apply",
                        rule.name()
                    )),
                    Some(_)
                        if kind == RuleKind::Residual
                            && rule.kind() != RuleKind::Residual
                            && treaty =>
                    {
                        problems.push(format!(
                            "{} is mandatory law for a treaty ({}), and cannot be made residual",
                            rule.name(),
                            rule.law()
                        ))
                    }
                    Some(entry) => *entry = kind,
                }
            }
        }
        if let Some(rule) = residual.iter().find(|r| mandatory.contains(r)) {
            problems.push(format!("{} is made residual and mandatory", rule.name()));
        }
        let has = |rule: &Rule| rows.contains_key(rule);
        if ![Rule::T4, Rule::T5].iter().any(has) {
            problems.push("it leaves no way to adopt a text (T4 or T5)".to_owned());
        }
        if has(&Rule::F1) && ![Rule::C6, Rule::C7, Rule::C8, Rule::C9].iter().any(has) {
            problems.push(
                "it leaves no way to be bound (C6, C7, C8 or C9), yet has entry into force (F1)"
                    .to_owned(),
            );
        }
        for (party, practice) in &file.practices {
            let wrong = practice.problems().into_iter();
            problems.extend(wrong.map(|p| format!("practice `{}` of {party}: {p}", practice.name)));
        }
        if !problems.is_empty() {
            return Err(InvalidProfile {
                name: file.name.clone(),
                problems,
            });
        }
        Ok(Self {
            name: file.name.clone(),
            gaps: file.gaps.unwrap_or(base.gaps),
            equal_authenticity: file.equal_authenticity.unwrap_or(base.equal_authenticity),
            rows,
            practices: file.practices.clone(),
            ..base
        })
    }
}
