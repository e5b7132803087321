//! The machines of an agreement beside its text. Each moves on its own: a state that only its
//! `evolve` changes, from acts that only its `decide` lets through. Who asks for an act words it
//! like the event that it becomes; what the decision finds out (a number, a date) it fills in.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    amendment::{AmendmentAct, Amendments},
    consent::{ConsentAct, Consents, Withdrawal},
    correction::{CorrectionAct, Corrections},
    declaration::{DeclarationAct, Declarations},
    depositary::{Depositary, DepositaryAct},
    ending::{Ending, EndingAct, Measure, MeasureTaken, PartEnd, Scope},
    force::{Force, ForceAct},
    language::{LanguageAct, Languages},
    mandate::{MandateAct, Mandates},
    meta::EventMeta,
    relation::{RelationAct, Relations},
    reservation::{ReservationAct, Reservations},
};
use crate::{
    AgreementId, Rule,
    clause::{Clauses, FinalClause, Term},
    words::Summary,
};

macro_rules! machines {
    ($($(#[$doc:meta])* $machine:ident($act:ident) { $($variant:ident = $words:literal),* $(,)? })*) => {
        /// An act on one of the machines: what is asked, and what is recorded.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum MachineEvent {
            $($(#[$doc])* $machine($act),)*
        }

        $(impl From<$act> for MachineEvent {
            fn from(act: $act) -> Self {
                Self::$machine(act)
            }
        })*

        impl MachineEvent {
            /// The names of all types of acts: the types of their events.
            pub const TYPES: &[&str] = &[$($(stringify!($variant)),*),*];

            /// The name of its type.
            pub fn type_name(&self) -> &'static str {
                match self {
                    $($(Self::$machine($act::$variant { .. }) => stringify!($variant),)*)*
                }
            }

            /// What is asked for, in words.
            pub fn words(&self) -> &'static str {
                match self {
                    $($(Self::$machine($act::$variant { .. }) => $words,)*)*
                }
            }

            /// What it did, in words.
            pub fn describe(&self) -> Summary {
                let said = match self { $(Self::$machine(act) => act.describe(),)* };
                Summary { done_on: self.on(), ..said }
            }

            /// The date of the act, where it has one.
            pub fn on(&self) -> Option<NaiveDate> {
                match self { $(Self::$machine(act) => act.on(),)* }
            }

            /// Its serde form under the name of its type alone.
            pub(crate) fn serialize_flat<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                match self { $(Self::$machine(act) => act.serialize(s),)* }
            }

            /// The act whose type has that name, read from `d`; `None` if no act has.
            pub(crate) fn deserialize_flat<'de, D: Deserializer<'de>>(name: &str, d: D) -> Option<Result<Self, D::Error>> {
                $(if [$(stringify!($variant)),*].contains(&name) {
                    return Some($act::deserialize(d).map(Self::$machine));
                })*
                None
            }
        }
    };
}

machines! {
    /// Machine L.
    Language(LanguageAct) {
        LanguageVersionOpened = "open a language version",
        ConcordanceCertified = "certify concordance",
        DeclaredAuthentic = "declare a version authentic",
        PrevailingDesignated = "designate a prevailing version",
        TranslationAdded = "add a translation",
        DivergenceRecorded = "record a divergence",
        DivergenceResolved = "resolve a divergence",
    }
    /// Machine C.
    Consent(ConsentAct) {
        Signed = "sign",
        UnauthorisedActRecorded = "sign",
        ActConfirmed = "confirm an act done without authority",
        SignatureConfirmed = "confirm a signature",
        InstrumentsExchanged = "exchange instruments",
        InstrumentMade = "make an instrument",
        InstrumentEstablished = "establish an instrument",
        DeclinedToBecomeParty = "decline to become a party",
        WithdrawalNotified = "give notice of withdrawal",
        NotificationRevoked = "revoke a notice",
    }
    /// Machine F.
    Force(ForceAct) {
        EnteredIntoForce = "enter into force",
        EnteredIntoForceFor = "enter into force for a party",
        ProvisionalApplicationBegan = "apply provisionally",
        ProvisionalApplicationEnded = "end provisional application",
        ClauseAgreed = "agree on a clause",
    }
    /// Machine A.
    Amendment(AmendmentAct) {
        AmendmentNotified = "notify an amendment",
        AmendmentObjected = "object to an amendment",
        AmendmentObjectionWithdrawn = "withdraw an objection to an amendment",
        AmendmentEnteredIntoForce = "bring an amendment into force",
        AmendmentDisclaimed = "stay out of an amendment",
        AmendmentJoined = "become bound by an amendment",
        InterSeModified = "modify among some",
        InterpretationAgreed = "agree on an interpretation",
        AnnexAmended = "amend an annex",
    }
    /// Machine R.
    Reservation(ReservationAct) {
        ReservationFormulated = "make a reservation",
        ReservationConfirmed = "confirm a reservation",
        ReservationNotified = "notify a reservation",
        ReservationAccepted = "accept a reservation",
        ObjectionMade = "object to a reservation",
        ReservationWithdrawn = "withdraw a reservation",
        ReservationNarrowed = "narrow a reservation",
        WithdrawalReceived = "receive the withdrawal of a reservation",
        ObjectionWithdrawn = "withdraw an objection",
    }
    /// The declarations of parties.
    Declaration(DeclarationAct) {
        DeclarationMade = "make a declaration",
        DeclarationNotified = "notify a declaration",
        DeclarationAnswered = "answer a declaration",
        DeclarationWithdrawn = "withdraw a declaration",
    }
    /// Machine E.
    Ending(EndingAct) {
        AgreementEnded = "end the agreement",
        AgreementResumed = "resume the agreement",
        Terminated = "terminate under a clause",
        Superseded = "supersede the agreement",
        Suspended = "suspend operation",
        SuspendedInterSe = "suspend among some",
        OperationResumed = "resume operation",
        ClaimNotified = "notify a claim",
        ClaimReceived = "receive a claim",
        ClaimDisputed = "object to a claim",
        Acquiesced = "acquiesce",
        MeasureCarriedOut = "carry out a measure",
        ClaimRevoked = "revoke a claim",
        ClaimAccepted = "take an objection to a claim back",
        ClaimSettled = "settle the dispute about a claim",
    }
    /// Machine X.
    Correction(CorrectionAct) {
        CorrectionNotified = "notify a correction",
        CorrectionObjected = "object to a correction",
        Rectified = "rectify the text",
        CorrectionNotifiedToUn = "notify a correction to the United Nations",
        CopyRectified = "rectify a copy",
    }
    /// Machine D.
    Depositary(DepositaryAct) {
        DepositaryDesignated = "designate a depositary",
        NotificationSent = "send a notification",
        NotificationReceived = "receive a notification",
        PartyInformed = "inform a party",
        FormExamined = "examine the form of a notification",
        DifferenceBrought = "bring a difference to the States concerned",
        Registered = "register the agreement",
        StatementCertified = "certify a later action",
    }
    /// The relations to other agreements.
    Relation(RelationAct) {
        RelationRecorded = "relate two agreements",
        AgreementFollowsItem = "follow an item up",
    }
    /// The internal mandate of a party.
    Mandate(MandateAct) {
        MandateRequested = "ask for a mandate",
        MinistersConsulted = "consult the ministers",
        Arbitrated = "arbitrate between ministers",
        AuthorisationAssessed = "decide whether parliament must authorise",
        MandateGiven = "give a mandate",
        PowersIssued = "issue powers",
    }
}

impl MachineEvent {
    /// The day on which it was done, where it says that; not that from which it has effect, which may
    /// be to come.
    pub fn own_day(&self) -> Option<NaiveDate> {
        match self {
            Self::Force(act) => act.own_day(),
            Self::Amendment(act) => act.own_day(),
            Self::Ending(act) => act.own_day(),
            Self::Language(_)
            | Self::Consent(_)
            | Self::Reservation(_)
            | Self::Declaration(_)
            | Self::Correction(_)
            | Self::Depositary(_)
            | Self::Relation(_)
            | Self::Mandate(_) => self.on(),
        }
    }

    /// The other agreement that has to be known to decide the act.
    pub fn reads(&self) -> Option<AgreementId> {
        match self {
            Self::Amendment(act) => act.reads(),
            Self::Relation(RelationAct::RelationRecorded { to, .. }) => Some(*to),
            Self::Ending(act) => act.reads(),
            Self::Relation(RelationAct::AgreementFollowsItem { .. })
            | Self::Language(_)
            | Self::Consent(_)
            | Self::Force(_)
            | Self::Reservation(_)
            | Self::Declaration(_)
            | Self::Correction(_)
            | Self::Depositary(_)
            | Self::Mandate(_) => None,
        }
    }
}

/// The states of all machines beside the text. None is a field of another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machines {
    /// The final clauses, as proposed and as agreed later.
    pub clauses: Clauses,
    /// Machine L.
    pub languages: Languages,
    /// Machine C.
    pub consents: Consents,
    /// Machine F.
    pub force: Force,
    /// Machine A.
    pub amendments: Amendments,
    /// Machine R.
    pub reservations: Reservations,
    /// The declarations of parties.
    pub declarations: Declarations,
    /// Machine E.
    pub ending: Ending,
    /// Machine X.
    pub corrections: Corrections,
    /// Machine D.
    pub depositary: Depositary,
    /// Relations to other agreements.
    pub relations: Relations,
    /// The parties' internal mandates.
    pub mandates: Mandates,
}

impl Machines {
    /// Takes in the clauses of a proposal.
    pub(crate) fn propose(&mut self, clauses: &[FinalClause]) {
        for clause in clauses {
            self.agree(clause, None);
        }
    }

    /// Takes in a clause: of the text, or agreed on a day.
    fn agree(&mut self, clause: &FinalClause, from: Option<NaiveDate>) {
        self.depositary.by_clause(&clause.provides);
        if let Term::Prevailing(lang) = clause.provides {
            self.languages.prevailing = Some(lang);
        }
        self.clauses.agree(clause.clone(), from);
    }

    pub(crate) fn evolve(&mut self, act: &MachineEvent, meta: &EventMeta) {
        match act {
            MachineEvent::Language(act) => self.languages.evolve(act, meta),
            MachineEvent::Consent(act) => {
                self.consents.evolve(act, meta);
                // Who will not become a party applies nothing provisionally any more (VCLT 25(2)).
                if let ConsentAct::DeclinedToBecomeParty { on } = act {
                    self.force.end_provisional(&meta.party, *on);
                }
                self.leaves_a_part(act, meta);
            }
            MachineEvent::Force(act) => {
                self.force.evolve(act, meta);
                if let ForceAct::ClauseAgreed { clause, on, .. } = act {
                    self.agree(clause, Some(*on));
                }
            }
            MachineEvent::Amendment(act) => self.amendments.evolve(act, meta),
            MachineEvent::Reservation(act) => self.reservations.evolve(act, meta),
            MachineEvent::Declaration(act) => self.declarations.evolve(act, meta),
            MachineEvent::Ending(act) => {
                self.ending.evolve(act, meta);
                if let Some(measure) = self.ending.measure_of(act) {
                    self.measure(&measure, meta);
                }
            }
            MachineEvent::Correction(act) => self.corrections.evolve(act, meta),
            MachineEvent::Depositary(act) => self.depositary.evolve(act, meta),
            MachineEvent::Relation(act) => self.relations.evolve(act, meta),
            MachineEvent::Mandate(act) => self.mandates.evolve(act, meta),
        }
    }

    /// A notice for some provisions ends these alone, and may be taken back (VCLT 44). So it does where
    /// a record of before had it end the whole.
    fn leaves_a_part(&mut self, act: &ConsentAct, meta: &EventMeta) {
        if let ConsentAct::WithdrawalNotified {
            received_on,
            provisions,
            effective_on,
            ..
        } = act
            && !provisions.is_empty()
        {
            self.ending.parts.push(PartEnd {
                on: Some(effective_on.unwrap_or(*received_on)),
                stated_on: *received_on,
                scope: Scope::With(meta.party.clone()),
                provisions: provisions.clone(),
                rule: Rule::C14,
                event: meta.event,
            });
        }
        if let ConsentAct::NotificationRevoked { on } = act {
            self.ending.revoke_part(&meta.party, *on);
        }
    }

    /// What a measure does to the consent of one party: of who withdraws, of the one with which all others
    /// end the whole, of who was led to a consent that is void.
    fn measure(&mut self, taken: &MeasureTaken, meta: &EventMeta) {
        let claim = &taken.claim.notice;
        if !claim.provisions.is_empty() {
            return;
        }
        let withdrawal = Withdrawal {
            received_on: taken.on,
            effective_on: taken.on,
            rule: claim.ground.rule(),
            event: meta.event,
        };
        let consents = &mut self.consents.0;
        match (taken.measure, &taken.scope) {
            (Measure::Withdraw, _) => {
                let own = consents.entry(taken.claim.by.clone()).or_default();
                own.leaves(withdrawal);
            }
            (Measure::Terminate, Scope::With(party)) => {
                let own = consents.entry(party.clone()).or_default();
                own.leaves(withdrawal);
            }
            (Measure::Invalidate, Scope::With(party)) => {
                let own = consents.entry(party.clone()).or_default();
                own.is_void(taken.on, meta.event);
            }
            (Measure::Terminate | Measure::Suspend | Measure::Invalidate, _) => {}
        }
    }
}
