//! Final clauses as data: what an agreement itself provides about its conclusion, force, change and
//! end.
//!
//! A clause either fills in a row of the table that leaves the matter to the agreement (F1: "in
//! such manner and upon such date as it may provide") or takes the place of a residual one. On a
//! mandatory row it is refused.

mod groups;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::{Lang, ProvisionId};

pub(crate) use self::groups::groups_stand;
use crate::{
    PartyId, Profile, Reason, Refusal, Rule, RuleKind,
    effect::{Effect, FactKind, Period, Which},
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
    /// The notification that a party's procedures are complete (VCLT 11, 16(c)).
    Notification,
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
            Self::Notification => "notification",
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

/// A share of the parties, such as a third.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// So many.
    pub of: u32,
    /// Of so many.
    pub out_of: u32,
}

impl Share {
    /// Whether so many of all are more than it.
    pub(crate) fn is_exceeded_by(self, count: usize, all: usize) -> bool {
        let wide = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let (count, all) = (wide(count), wide(all));
        count.saturating_mul(self.out_of.into()) > all.saturating_mul(self.of.into())
    }
}

/// How silence accepts an amendment (A12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TacitAmendment {
    /// The provisions that are amended so, each with all that it contains; any, if none is named.
    pub provisions: Vec<ProvisionId>,
    /// How long after its notification a party may object.
    pub within: Period,
    /// How long after the end of that it enters into force; at its end, if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Period>,
    /// It binds nobody where more parties object; otherwise all but those that do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_by_more_than: Option<Share>,
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
    /// When it enters into force for one that consents after the act on which entry into force waits:
    /// the n-th instrument, the last notification (F3). It is never earlier than for the others.
    LateConsent(Effect),
    /// The same, for one that consents after entry into force only: who consents before it gets the
    /// date of all (F3).
    LateConsentAfterForce(Effect),
    /// It may be applied before it is in force: these provisions, or all (F4).
    ProvisionalApplication(Vec<ProvisionId>),
    /// It applies to acts and facts from this date on, though it is in force from its entry only (F7).
    Retroactive(NaiveDate),
    /// It enters into force with effect from this date, which lies before (F11).
    RetroactiveForce(NaiveDate),
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
    /// Silence accepts an amendment: it binds all that do not object in time (A12).
    TacitAmendment(TacitAmendment),
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
    /// A party may say to which territories it applies (C19).
    Territories {
        /// Whether it may leave some of its own out, with its consent.
        #[serde(default)]
        leave_out: bool,
        /// From when a later declaration has effect, counted from `own notice`, which is its receipt; from
        /// that day, if nothing is said.
        #[serde(default)]
        from: Option<Effect>,
    },
    /// A consent with a reservation counts once another contracting State has accepted that (R13).
    CountsOnceAccepted,
    /// A party may leave, or end a bilateral agreement, with this notice (E1, C14).
    Denunciation(Period),
    /// When such a notice takes effect, where that is more than a time after its receipt (E1).
    DenunciationEffect(Effect),
    /// From when on such a notice can be given (E1).
    NoticeFrom(Effect),
    /// When it ends by itself (E1).
    Expiry(Effect),
    /// Instead of that it is renewed, for periods one after another, unless notice is received in time:
    /// such a notice takes effect at the end of the period that runs (E1).
    Renewal {
        /// How long each period after the first is.
        every: Period,
        /// How long before the end of a period notice is received at the latest.
        notice: Period,
    },
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
    /// Who is meant by the name of a group in a threshold (F1).
    Group {
        /// The name: `Council of Europe`.
        name: String,
        /// Its members.
        members: Vec<PartyId>,
    },
    /// The same, with what each member weighs, for shares of more than heads: emissions, tonnage (F1).
    /// The whole is the sum of the weights: what those have who are not named wants a name too.
    Weights {
        /// The name: `Annex I`.
        name: String,
        /// What the weights are: `Gg of CO2 in 1990`, `gross tons`.
        unit: String,
        /// What each member weighs, in whole numbers.
        weights: BTreeMap<PartyId, u64>,
    },
    /// An organisation whose instrument is not counted as additional to those of its members; not at
    /// all, if none is named (F1).
    Organisation {
        /// The organisation.
        party: PartyId,
        /// Its members.
        members: Vec<PartyId>,
    },
    /// The days on which it can be signed, the first and the last among them (C20).
    OpenForSignature {
        /// The first day, if it is named.
        #[serde(default)]
        from: Option<NaiveDate>,
        /// The last day, if it is named.
        #[serde(default)]
        until: Option<NaiveDate>,
    },
}

impl Term {
    /// When the agreement enters into force, if that is what it provides.
    pub(crate) fn entry_into_force(&self) -> Option<&Effect> {
        let Self::EntryIntoForce(effect) = self else {
            return None;
        };
        Some(effect)
    }

    /// When it ends by itself, if that is what it provides.
    pub(crate) fn expiry(&self) -> Option<&Effect> {
        let Self::Expiry(effect) = self else {
            return None;
        };
        Some(effect)
    }

    /// From when it enters into force with effect from before, if that is what it provides.
    pub(crate) fn retroactive_force(&self) -> Option<NaiveDate> {
        let Self::RetroactiveForce(from) = self else {
            return None;
        };
        Some(*from)
    }

    /// How many parties it asks for at least, if that is what it provides.
    pub(crate) fn minimum_parties(&self) -> Option<usize> {
        let Self::MinimumParties(n) = self else {
            return None;
        };
        Some(*n as usize)
    }

    /// Why it could never do anything: what is expected, and what was found. Records of before may hold
    /// such a clause.
    pub(crate) fn is_idle(&self) -> Option<(&'static str, String)> {
        let waits = |effect: &Effect, kinds: &[FactKind]| {
            let kind = kinds.iter().find(|kind| effect.waits_for(**kind))?;
            let found = format!("`{effect}`, which waits for its {kind}");
            Some(("an effect that can come", found))
        };
        if let Self::EntryIntoForce(effect) | Self::Expiry(effect) = self
            && effect.waits(&|which, _| which == Which::Own)
        {
            let found = format!("`{effect}`, which is of one party");
            return Some(("an effect that is of all", found));
        }
        if let Self::EntryIntoForce(effect) = self {
            return waits(effect, &[FactKind::Force, FactKind::Notice]);
        }
        if let Self::LateConsent(effect) | Self::LateConsentAfterForce(effect) = self {
            let own_force = |which, kind| which == Which::Own && kind == FactKind::Force;
            let never = match effect.waits(&own_force) {
                true => FactKind::Force,
                false => FactKind::Notice,
            };
            return waits(effect, &[never]);
        }
        if let Self::NoticeFrom(effect) | Self::Expiry(effect) = self {
            return waits(effect, &[FactKind::Notice]);
        }
        if let Self::DenunciationEffect(effect)
        | Self::Territories {
            from: Some(effect), ..
        } = self
            && !effect.waits_for(FactKind::Notice)
        {
            let found = format!("`{effect}`, which does not wait for its notice");
            return Some(("an effect that is counted from `own notice`", found));
        }
        if let Self::TacitAmendment(tacit) = self {
            if tacit.within.is_zero() {
                return Some(("a day or more to object in", tacit.within.to_string()));
            }
            let share = tacit.blocked_by_more_than;
            return share.filter(|share| share.of >= share.out_of).map(|share| {
                let found = format!("{} of {}, which nobody exceeds", share.of, share.out_of);
                ("a share of less than all", found)
            });
        }
        if let Self::Renewal { every, .. } = self
            && every.is_zero()
        {
            return Some(("periods of a day or more", every.to_string()));
        }
        self.names_nobody()
    }

    /// The first and the last day of signature, if that is what it provides.
    pub(crate) fn open_for_signature(&self) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
        let Self::OpenForSignature { from, until } = self else {
            return None;
        };
        Some((*from, *until))
    }

    /// Whether it provides for a notice by which a party leaves.
    pub(crate) fn is_of_notice(&self) -> bool {
        matches!(
            self,
            Self::Denunciation(_) | Self::DenunciationEffect(_) | Self::Renewal { .. }
        )
    }

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
            Self::OpenForSignature { .. } => Rule::C20,
            Self::EntryIntoForce(_)
            | Self::Group { .. }
            | Self::Weights { .. }
            | Self::Organisation { .. } => Rule::F1,
            Self::LateConsent(_) | Self::LateConsentAfterForce(_) => Rule::F3,
            Self::ProvisionalApplication(_) => Rule::F4,
            Self::Retroactive(_) => Rule::F7,
            Self::RetroactiveForce(_) => Rule::F11,
            Self::Territory { .. } => Rule::F8,
            Self::AmendmentBindsAll { .. } => Rule::A4,
            Self::TacitAmendment(_) => Rule::A12,
            Self::InterSe(_) => Rule::A8,
            Self::AmendingBody { .. } => Rule::A11,
            Self::Reservations(_) => Rule::R1,
            Self::TacitAcceptance(_) => Rule::R4,
            Self::AllAcceptReservations => Rule::R7,
            Self::CountsOnceAccepted => Rule::R13,
            Self::Territories { .. } => Rule::C19,
            Self::Denunciation(_)
            | Self::DenunciationEffect(_)
            | Self::NoticeFrom(_)
            | Self::Expiry(_)
            | Self::Renewal { .. } => Rule::E1,
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
const FILLED_IN: [Rule; 21] = [
    Rule::L4,
    Rule::C6,
    Rule::C7,
    Rule::C8,
    Rule::C9,
    Rule::C10,
    Rule::C19,
    Rule::C20,
    Rule::F1,
    Rule::F4,
    Rule::A8,
    Rule::A11,
    Rule::A12,
    Rule::R1,
    Rule::R7,
    Rule::R13,
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
    /// A refusal of `act` under the row that it may not touch, or by which it could do nothing: what a
    /// new one is held to.
    pub(crate) fn may_stand(
        &self,
        profile: &Profile,
        act: &str,
        is_new: bool,
    ) -> Result<(), Refusal> {
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
            Some(_) => match self.provides.is_idle().filter(|_| is_new) {
                Some((expected, found)) => refuse(Reason::Malformed, expected, found),
                None => Ok(()),
            },
        }
    }
}

/// A clause of an agreement, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedClause {
    /// The clause.
    pub clause: FinalClause,
    /// When it was agreed, if that was after the text: it changes nothing before (K5).
    pub from: Option<NaiveDate>,
}

/// The clauses of an agreement, in the order of the days from which they count. A later one takes the
/// place of an earlier one on the same matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clauses(pub Vec<AgreedClause>);

impl Clauses {
    /// Takes in a clause: of the text, or agreed on a day.
    pub fn agree(&mut self, clause: FinalClause, from: Option<NaiveDate>) {
        let at = self.0.partition_point(|own| own.from <= from);
        self.0.insert(at, AgreedClause { clause, from });
    }

    /// The clause whose term `find` knows, with what it makes of it and its label.
    pub fn find<'a, T>(&'a self, find: impl Fn(&'a Term) -> Option<T>) -> Option<(T, &'a str)> {
        self.find_on(NaiveDate::MAX, find)
    }

    /// The same, of those that count on a day.
    pub fn find_on<'a, T>(
        &'a self,
        on: NaiveDate,
        find: impl Fn(&'a Term) -> Option<T>,
    ) -> Option<(T, &'a str)> {
        self.each(find)
            .take_while(|(from, ..)| from.is_none_or(|from| from <= on))
            .map(|(_, found, label)| (found, label))
            .last()
    }

    /// Every clause whose term `find` knows, the replaced ones too, in the order of the days from which
    /// they count.
    pub fn each<'a, T>(
        &'a self,
        find: impl Fn(&'a Term) -> Option<T>,
    ) -> impl Iterator<Item = (Option<NaiveDate>, T, &'a str)> {
        self.0
            .iter()
            .filter_map(move |AgreedClause { clause, from }| {
                find(&clause.provides).map(|found| (*from, found, clause.label.as_str()))
            })
    }
}
