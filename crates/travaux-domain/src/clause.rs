//! Final clauses as data: what an agreement itself provides about its conclusion, force, change and
//! end.
//!
//! A clause either fills in a row of the table that leaves the matter to the agreement (F1: "in
//! such manner and upon such date as it may provide") or takes the place of a residual one. On a
//! mandatory row it is refused.

use serde::{Deserialize, Serialize};
use travaux_text::{Lang, ProvisionId};

use crate::{
    PartyId, Profile, Reason, Refusal, Rule, RuleKind,
    effect::{Effect, Period},
};

/// How consent to be bound can be expressed (VCLT 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// Signature (VCLT 12).
    Signature,
    /// Exchange of instruments (VCLT 13).
    Exchange,
    /// Ratification (VCLT 14(1)).
    Ratification,
    /// Acceptance (VCLT 14(2)).
    Acceptance,
    /// Approval (VCLT 14(2)).
    Approval,
    /// Accession (VCLT 15).
    Accession,
}

impl Means {
    /// The name in the field.
    pub fn name(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Exchange => "exchange of instruments",
            Self::Ratification => "ratification",
            Self::Acceptance => "acceptance",
            Self::Approval => "approval",
            Self::Accession => "accession",
        }
    }
}

/// Which reservations the agreement lets be made (VCLT 19(a), (b)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReservationsAllowed {
    /// None.
    None,
    /// Only to these provisions.
    Only(Vec<ProvisionId>),
    /// To all but these.
    AllBut(Vec<ProvisionId>),
}

/// What a clause provides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// A conference adopts by this share of those present and voting (T5).
    AdoptionMajority {
        /// So many.
        of: u32,
        /// Of so many.
        out_of: u32,
    },
    /// How the text is authenticated (T6).
    Authentication(String),
    /// Concordance need not be certified before adoption, though languages differ (L2).
    WithoutConcordance,
    /// A further version is authentic (L4).
    AlsoAuthentic(Lang),
    /// This version prevails (L5).
    Prevailing(Lang),
    /// The means by which consent can be expressed (C6 to C8).
    Consent(Vec<Means>),
    /// Who may accede; anyone, if nobody is named (C9).
    Accession(Vec<PartyId>),
    /// Consent may be to a part (C10).
    PartialConsent,
    /// When the agreement enters into force (F1).
    EntryIntoForce(Effect),
    /// When it enters into force for one that consents later (F3).
    LateConsent(Effect),
    /// It may be applied before it is in force: these provisions, or all (F4).
    ProvisionalApplication(Vec<ProvisionId>),
    /// It binds acts and facts from this date on (F7).
    Retroactive(chrono::NaiveDate),
    /// Where it applies for a party (F8).
    Territory {
        /// The party.
        party: PartyId,
        /// Where.
        extent: String,
    },
    /// An amendment that this share of the parties accept binds all (A4).
    AmendmentBindsAll {
        /// So many.
        of: u32,
        /// Of so many.
        out_of: u32,
    },
    /// Whether some parties may modify it among themselves (A8).
    InterSe(bool),
    /// A body that may amend these provisions (A11).
    AmendingBody {
        /// The body.
        body: String,
        /// The provisions, each with all that it contains.
        provisions: Vec<ProvisionId>,
    },
    /// Which reservations may be made (R1).
    Reservations(ReservationsAllowed),
    /// Months after which silence is acceptance (R4).
    TacitAcceptance(u32),
    /// A reservation needs the acceptance of all (R7).
    AllAcceptReservations,
    /// A party may leave, or end a bilateral agreement, with this notice (E1, C14).
    Denunciation(Period),
    /// When it ends by itself (E1).
    Expiry(Effect),
    /// It ends when fewer parties are left (E3).
    MinimumParties(u32),
    /// Its operation may be suspended, by this notice (E5).
    Suspension(Period),
    /// These provisions can be ended apart (E17).
    Separable(Vec<ProvisionId>),
    /// A claim to end it may be carried out after so many months (E13).
    ClaimMonths(u32),
    /// It also ends in this way (E20).
    EndedBy(String),
    /// A correction counts from now on (X7).
    CorrectionFromNow,
    /// Who keeps it (D1).
    Depositary(String),
    /// A notification counts from its dispatch (D5).
    OnDispatch,
    /// It gives way to another agreement (K1).
    SubjectTo(String),
}

impl Term {
    /// The row that it is about.
    pub fn row(&self) -> Rule {
        match self {
            Self::AdoptionMajority { .. } => Rule::T5,
            Self::Authentication(_) => Rule::T6,
            Self::WithoutConcordance => Rule::L2,
            Self::AlsoAuthentic(_) => Rule::L4,
            Self::Prevailing(_) => Rule::L5,
            Self::Consent(means) if means.contains(&Means::Signature) => Rule::C6,
            Self::Consent(means) if means.contains(&Means::Exchange) => Rule::C7,
            Self::Consent(_) => Rule::C8,
            Self::Accession(_) => Rule::C9,
            Self::PartialConsent => Rule::C10,
            Self::EntryIntoForce(_) => Rule::F1,
            Self::LateConsent(_) => Rule::F3,
            Self::ProvisionalApplication(_) => Rule::F4,
            Self::Retroactive(_) => Rule::F7,
            Self::Territory { .. } => Rule::F8,
            Self::AmendmentBindsAll { .. } => Rule::A4,
            Self::InterSe(_) => Rule::A8,
            Self::AmendingBody { .. } => Rule::A11,
            Self::Reservations(_) => Rule::R1,
            Self::TacitAcceptance(_) => Rule::R4,
            Self::AllAcceptReservations => Rule::R7,
            Self::Denunciation(_) | Self::Expiry(_) => Rule::E1,
            Self::MinimumParties(_) => Rule::E3,
            Self::Suspension(_) => Rule::E5,
            Self::Separable(_) => Rule::E17,
            Self::ClaimMonths(_) => Rule::E13,
            Self::EndedBy(_) => Rule::E20,
            Self::CorrectionFromNow => Rule::X7,
            Self::Depositary(_) => Rule::D1,
            Self::OnDispatch => Rule::D5,
            Self::SubjectTo(_) => Rule::K1,
        }
    }

    /// Whether the row leaves the matter to the agreement, so that the clause fills it in instead
    /// of taking its place.
    pub fn fills_in(&self) -> bool {
        FILLED_IN.contains(&self.row())
    }
}

/// Rows that leave their matter to the agreement.
const FILLED_IN: [Rule; 17] = [
    Rule::L4,
    Rule::C6,
    Rule::C7,
    Rule::C8,
    Rule::C9,
    Rule::C10,
    Rule::F1,
    Rule::F4,
    Rule::A8,
    Rule::A11,
    Rule::R1,
    Rule::R7,
    Rule::E1,
    Rule::E5,
    Rule::E17,
    Rule::D1,
    Rule::K1,
];

/// A final clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinalClause {
    /// Where it stands: `Article 14`, or the exchange of notes by which it was agreed.
    pub label: String,
    /// What it provides.
    pub provides: Term,
}

impl FinalClause {
    /// That it may stand under a profile: it fills in a row, or takes the place of a residual one.
    ///
    /// # Errors
    /// A refusal of `act` under the row that it may not touch.
    pub(crate) fn may_stand(&self, profile: &Profile, act: &str) -> Result<(), Refusal> {
        let rule = self.provides.row();
        let refuse = |reason, expected: &str, found: String| {
            Err(Refusal::new(reason, rule, act, expected, found).by(&self.label))
        };
        if self.label.trim().is_empty() {
            return refuse(
                Reason::Malformed,
                "a clause with a label, such as `Article 14`",
                "none".to_owned(),
            );
        }
        match profile.kind(rule) {
            None => refuse(
                Reason::RuleLeftOut,
                "a clause on a rule that applies",
                format!(
                    "one on {}, which `{}` leaves out",
                    rule.name(),
                    profile.name
                ),
            ),
            Some(kind) if !self.provides.fills_in() && kind != RuleKind::Residual => {
                let found = format!("a clause that departs from a {kind} one");
                refuse(
                    Reason::Forbidden,
                    "a clause on a rule from which the parties may depart",
                    found,
                )
                .map_err(|r| Refusal { kind, ..r })
            }
            Some(_) => Ok(()),
        }
    }
}

/// The clauses of an agreement, in the order in which they were agreed; a later one takes the place
/// of an earlier one on the same matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clauses(pub Vec<FinalClause>);

impl Clauses {
    /// Takes in a clause.
    pub fn agree(&mut self, clause: FinalClause) {
        let same = |c: &FinalClause| {
            std::mem::discriminant(&c.provides) == std::mem::discriminant(&clause.provides)
        };
        // Who may do what where is a list; of everything else there is one.
        if !matches!(
            clause.provides,
            Term::Territory { .. } | Term::AmendingBody { .. } | Term::AlsoAuthentic(_)
        ) {
            self.0.retain(|c| !same(c));
        }
        self.0.push(clause);
    }

    /// The first clause whose term `find` knows, with what it makes of it.
    pub fn find<'a, T>(&'a self, find: impl Fn(&'a Term) -> Option<T>) -> Option<(T, &'a str)> {
        self.0
            .iter()
            .find_map(|clause| find(&clause.provides).map(|found| (found, clause.label.as_str())))
    }
}
