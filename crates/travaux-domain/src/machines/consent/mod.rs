//! Machine C: each party's consent to be bound.
//!
//! A party is who has consented and for whom the agreement is in force (C13): that is never recorded, it follows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use super::Stamp;
use crate::{
    Decided, PartyId, Refusal, Rule,
    agreement::{Desk, names},
    clause::{Means, Term},
    effect::Period,
};

/// What a signature is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// It binds (VCLT 12).
    Definitive,
    /// It binds once it is ratified, accepted or approved (VCLT 14).
    SubjectToRatification,
    /// It binds once its State confirms it (VCLT 12(2)(b)).
    AdReferendum,
}

/// An office that represents its State without full powers (VCLT 7(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// Head of State.
    HeadOfState,
    /// Head of Government.
    HeadOfGovernment,
    /// Minister for foreign affairs.
    ForeignMinister,
    /// Head of a diplomatic mission: for adopting a text only.
    HeadOfMission,
    /// Another minister.
    Minister,
    /// Anyone else.
    Other,
}

/// Who acts for a State, and by what authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    /// Their name, or that of the office.
    pub name: String,
    /// Their office.
    pub office: Office,
    /// Whether they produced full powers.
    #[serde(default)]
    pub full_powers: bool,
}

impl Representative {
    /// Whether they may express their State's consent (VCLT 7(1), (2)(a)).
    pub fn has_authority(&self) -> bool {
        self.full_powers || matches!(self.office, Office::HeadOfState | Office::HeadOfGovernment | Office::ForeignMinister)
    }
}

/// How an instrument became established between the States (VCLT 16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Establishment {
    /// It was exchanged.
    Exchange,
    /// It was deposited.
    Deposit,
    /// It was notified.
    Notification,
}

/// An act of consent: what is asked, and what is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ConsentAct {
    /// The party signed (C3, C4, C6).
    Signed {
        /// When.
        on: NaiveDate,
        /// What the signature is worth.
        manner: Manner,
        /// Who signed.
        by: Representative,
    },
    /// Someone signed for the party without authority (C1); asked for as a signature.
    UnauthorisedActRecorded {
        /// When.
        on: NaiveDate,
        /// What the signature would be worth.
        manner: Manner,
        /// Who signed.
        by: Representative,
    },
    /// The party confirmed what was done without authority (C2).
    ActConfirmed {
        /// When.
        on: NaiveDate,
    },
    /// The party confirmed a signature ad referendum (C5).
    SignatureConfirmed {
        /// When.
        on: NaiveDate,
    },
    /// Instruments that constitute the agreement were exchanged (C7): consent of all.
    InstrumentsExchanged {
        /// When.
        on: NaiveDate,
        /// Each party's instrument.
        instruments: BTreeMap<PartyId, String>,
    },
    /// The party made its instrument (C8). That binds nobody yet.
    InstrumentMade {
        /// When.
        on: NaiveDate,
        /// What it is.
        means: Means,
    },
    /// The party's instrument was exchanged, deposited or notified (C8, C9, C10): consent.
    InstrumentEstablished {
        /// When.
        on: NaiveDate,
        /// What it is.
        means: Means,
        /// How.
        how: Establishment,
        /// The provisions that were chosen, if consent is to a part (C10).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        chosen: Vec<ProvisionId>,
    },
    /// The party made clear that it will not become one (C12).
    DeclinedToBecomeParty {
        /// When.
        on: NaiveDate,
    },
    /// The party gave notice that it leaves (C14).
    WithdrawalNotified {
        /// When the notice was received (D5).
        received_on: NaiveDate,
        /// Where no clause speaks of it: why the parties' intention or the nature of the agreement admits it (E4).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        admitted: Option<String>,
        /// The provisions that it concerns; all, if none is named (E17).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        provisions: Vec<ProvisionId>,
        /// When it takes effect; found by the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effective_on: Option<NaiveDate>,
    },
    /// The party took its notice back (C15).
    NotificationRevoked {
        /// When.
        on: NaiveDate,
    },
}

/// A party's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// When.
    pub on: NaiveDate,
    /// What it is worth.
    pub manner: Manner,
    /// Who signed.
    pub by: Representative,
    /// When it was confirmed, if it was ad referendum.
    pub confirmed_on: Option<NaiveDate>,
    /// The event, by its version in the stream.
    pub event: u64,
}

/// A consent to be bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expressed {
    /// When it was established.
    pub on: NaiveDate,
    /// By which means.
    pub means: Means,
    /// The provisions that were chosen, if it is to a part.
    pub chosen: Vec<ProvisionId>,
    /// The event.
    pub event: u64,
}

/// A notice of withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When it was received.
    pub received_on: NaiveDate,
    /// When it takes effect.
    pub effective_on: NaiveDate,
    /// The event.
    pub event: u64,
}

/// One party's consent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyConsent {
    /// Its signature.
    pub signed: Option<Signature>,
    /// A signature without authority that waits for confirmation.
    pub unauthorised: Option<Signature>,
    /// Its instrument, made and not yet established.
    pub made: Option<(Means, NaiveDate)>,
    /// Its consent.
    pub expressed: Option<Expressed>,
    /// When it declined.
    pub declined_on: Option<NaiveDate>,
    /// Its notice.
    pub withdrawal: Option<Withdrawal>,
}

/// Where a party stands on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It has done nothing that counts.
    None,
    /// It has signed, subject to ratification.
    SignedSimple,
    /// It has signed ad referendum.
    SignedAdReferendum,
    /// It is a contracting State (VCLT 2(1)(f)).
    ConsentExpressed,
    /// It is a party (VCLT 2(1)(g)).
    Party,
    /// It will not become a party.
    Declined,
    /// It is a party that has given notice.
    Withdrawing,
    /// It has left.
    Withdrawn,
}

impl PartyConsent {
    /// Where the party stands on a date, the agreement being in force for it since `force`, if it is: a party is who has consented
    /// and for whom it is in force (C13).
    pub fn stage(&self, on: NaiveDate, force: Option<NaiveDate>) -> Stage {
        if let Some(withdrawal) = self.withdrawal.filter(|w| w.received_on <= on) {
            return if withdrawal.effective_on <= on { Stage::Withdrawn } else { Stage::Withdrawing };
        }
        if self.declined_on.is_some_and(|d| d <= on) {
            return Stage::Declined;
        }
        if self.expressed.as_ref().is_some_and(|e| e.on <= on) {
            return if force.is_some_and(|since| since <= on) { Stage::Party } else { Stage::ConsentExpressed };
        }
        match &self.signed {
            // One that was confirmed is consent, and since it was signed (VCLT 12(2)(b)): it was found above.
            Some(s) if s.on <= on && s.manner == Manner::AdReferendum => Stage::SignedAdReferendum,
            Some(s) if s.on <= on => Stage::SignedSimple,
            _ => Stage::None,
        }
    }

    /// Whether the party is bound not to defeat object and purpose before entry into force (C11, VCLT 18).
    pub fn owes_good_faith(&self, on: NaiveDate, force: Option<NaiveDate>) -> bool {
        matches!(self.stage(on, force), Stage::SignedSimple | Stage::SignedAdReferendum | Stage::ConsentExpressed)
    }
}

/// All parties' consent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consents(pub BTreeMap<PartyId, PartyConsent>);

impl Consents {
    /// A party's consent.
    pub fn of(&self, party: &PartyId) -> Option<&PartyConsent> {
        self.0.get(party)
    }

    /// When a party's consent was established.
    pub fn expressed_on(&self, party: &PartyId) -> Option<NaiveDate> {
        self.of(party)?.expressed.as_ref().map(|e| e.on)
    }

    /// Contracting States and parties that have not left by `on`.
    pub fn contracting(&self, on: NaiveDate) -> impl Iterator<Item = &PartyId> {
        self.0.iter().filter_map(move |(party, c)| {
            let bound = c.expressed.as_ref().is_some_and(|e| e.on <= on) && c.declined_on.is_none_or(|d| on < d);
            (bound && c.withdrawal.is_none_or(|w| on < w.effective_on)).then_some(party)
        })
    }

    pub(crate) fn decide(desk: &Desk<'_>, act: ConsentAct) -> Result<Decided<ConsentAct>, Refusal> {
        match act {
            ConsentAct::Signed { on, manner, by } | ConsentAct::UnauthorisedActRecorded { on, manner, by } => {
                sign(desk, on, manner, by)
            }
            ConsentAct::ActConfirmed { on } => {
                desk.standing()?;
                match own(desk).and_then(|c| c.unauthorised.as_ref()) {
                    Some(s) if s.on <= on => desk.on(Rule::C2, ConsentAct::ActConfirmed { on }),
                    Some(s) => Err(desk.refuse(Rule::C2, format!("a date from {} on", s.on), on.to_string())),
                    None => Err(desk.refuse(Rule::C2, "an act that was done without authority", "none on record")),
                }
            }
            ConsentAct::SignatureConfirmed { on } => {
                desk.standing()?;
                match own(desk).and_then(|c| c.signed.as_ref()).filter(|s| s.manner == Manner::AdReferendum) {
                    Some(s) if s.confirmed_on.is_some() => {
                        Err(desk.refuse(Rule::C5, "a signature that waits for confirmation", "one that was confirmed"))
                    }
                    Some(s) if s.on <= on => desk.on(Rule::C5, ConsentAct::SignatureConfirmed { on }),
                    Some(s) => Err(desk.refuse(Rule::C5, format!("a date from {} on", s.on), on.to_string())),
                    None => Err(desk.refuse(Rule::C5, "a signature ad referendum", format!("none of {}", desk.party()))),
                }
            }
            ConsentAct::InstrumentsExchanged { on, instruments } => exchange(desk, on, instruments),
            ConsentAct::InstrumentMade { on, means } => made(desk, on, means),
            ConsentAct::InstrumentEstablished { on, means, how, chosen } => established(desk, on, means, how, chosen),
            ConsentAct::DeclinedToBecomeParty { on } => decline(desk, on),
            ConsentAct::WithdrawalNotified { received_on, admitted, provisions, .. } => {
                withdraw(desk, received_on, admitted, provisions)
            }
            ConsentAct::NotificationRevoked { on } => {
                desk.standing()?;
                match own(desk).and_then(|c| c.withdrawal) {
                    Some(w) if on < w.effective_on => desk.on(Rule::C15, ConsentAct::NotificationRevoked { on }),
                    Some(w) => Err(desk.refuse(
                        Rule::C15,
                        format!("a date before {}, when it takes effect", w.effective_on),
                        on.to_string(),
                    )),
                    None => {
                        Err(desk.refuse(Rule::C15, "a notice that has not taken effect", format!("none of {}", desk.party())))
                    }
                }
            }
        }
    }

    pub(crate) fn evolve(&mut self, act: &ConsentAct, stamp: &Stamp) {
        let event = stamp.event;
        if let ConsentAct::InstrumentsExchanged { on, instruments } = act {
            for party in instruments.keys() {
                let expressed = Expressed { on: *on, means: Means::Exchange, chosen: Vec::new(), event };
                self.0.entry(party.clone()).or_default().expressed = Some(expressed);
            }
            return;
        }
        let own = self.0.entry(stamp.party.clone()).or_default();
        match act {
            ConsentAct::Signed { on, manner, by } => {
                own.sign(Signature { on: *on, manner: *manner, by: by.clone(), confirmed_on: None, event });
            }
            ConsentAct::UnauthorisedActRecorded { on, manner, by } => {
                own.unauthorised = Some(Signature { on: *on, manner: *manner, by: by.clone(), confirmed_on: None, event });
            }
            // As if it had been authorised when it was done.
            ConsentAct::ActConfirmed { .. } => {
                if let Some(signature) = own.unauthorised.take() {
                    own.sign(signature);
                }
            }
            ConsentAct::SignatureConfirmed { on } => {
                if let Some(signature) = &mut own.signed {
                    signature.confirmed_on = Some(*on);
                    let (on, event) = (signature.on, event);
                    own.expressed = Some(Expressed { on, means: Means::Signature, chosen: Vec::new(), event });
                }
            }
            ConsentAct::InstrumentMade { on, means } => own.made = Some((*means, *on)),
            ConsentAct::InstrumentEstablished { on, means, chosen, .. } => {
                own.made = None;
                own.expressed = Some(Expressed { on: *on, means: *means, chosen: chosen.clone(), event });
            }
            ConsentAct::DeclinedToBecomeParty { on } => own.declined_on = Some(*on),
            ConsentAct::WithdrawalNotified { received_on, effective_on, .. } => {
                let effective_on = effective_on.unwrap_or(*received_on);
                own.withdrawal = Some(Withdrawal { received_on: *received_on, effective_on, event });
            }
            ConsentAct::NotificationRevoked { .. } => own.withdrawal = None,
            ConsentAct::InstrumentsExchanged { .. } => {}
        }
    }
}

impl PartyConsent {
    fn sign(&mut self, signature: Signature) {
        if signature.manner == Manner::Definitive {
            let (on, event) = (signature.on, signature.event);
            self.expressed = Some(Expressed { on, means: Means::Signature, chosen: Vec::new(), event });
        }
        self.signed = Some(signature);
    }
}

fn own<'a>(desk: &Desk<'a>) -> Option<&'a PartyConsent> {
    desk.agreement.machines.consents.of(desk.party())
}

/// That the agreement lets consent be expressed by `means`; the clause that says so, if one does.
fn allowed<'a>(desk: &Desk<'a>, rule: Rule, means: Means) -> Result<Option<&'a str>, Refusal> {
    match desk.clause(|t| if let Term::Consent(means) = t { Some(means) } else { None }) {
        Some((all, label)) if !all.contains(&means) => {
            let expected = format!("consent by {}", names(all.iter().map(|m| m.name())));
            Err(desk.refuse(rule, expected, means.name()).by(label))
        }
        Some((_, label)) => Ok(Some(label)),
        None => Ok(None),
    }
}

fn not_bound_yet(desk: &Desk<'_>, rule: Rule) -> Result<(), Refusal> {
    match own(desk) {
        Some(c) if c.expressed.is_some() => {
            let found = format!("the consent that {} expressed already", desk.party());
            Err(desk.refuse(rule, "a party that is not bound yet", found))
        }
        Some(PartyConsent { declined_on: Some(on), .. }) => {
            Err(desk.refuse(rule, "a party that has not declined", format!("one that declined on {on}")))
        }
        _ => Ok(()),
    }
}

fn grounded(desk: &Desk<'_>, rule: Rule, clause: Option<&str>, act: ConsentAct) -> Result<Decided<ConsentAct>, Refusal> {
    match clause {
        Some(label) => desk.by(rule, label, act),
        None => desk.on(rule, act),
    }
}

fn sign(desk: &Desk<'_>, on: NaiveDate, manner: Manner, by: Representative) -> Result<Decided<ConsentAct>, Refusal> {
    let identity = desk.standing()?;
    let rule = match manner {
        Manner::Definitive => Rule::C6,
        Manner::SubjectToRatification => Rule::C3,
        Manner::AdReferendum => Rule::C4,
    };
    desk.ground(rule)?;
    desk.adopted(rule)?;
    not_bound_yet(desk, rule)?;
    if let Some(signed) = own(desk).and_then(|c| c.signed.as_ref()) {
        return Err(desk.refuse(rule, "a first signature", format!("one of {}", signed.on)));
    }
    let clause = if manner == Manner::Definitive { allowed(desk, rule, Means::Signature)? } else { None };
    if identity.profile.applies(Rule::C1) && !by.has_authority() {
        return desk.on(Rule::C1, ConsentAct::UnauthorisedActRecorded { on, manner, by });
    }
    grounded(desk, rule, clause, ConsentAct::Signed { on, manner, by })
}

fn exchange(desk: &Desk<'_>, on: NaiveDate, instruments: BTreeMap<PartyId, String>) -> Result<Decided<ConsentAct>, Refusal> {
    let identity = desk.standing()?;
    desk.ground(Rule::C7)?;
    desk.adopted(Rule::C7)?;
    not_bound_yet(desk, Rule::C7)?;
    let parties: Vec<_> = instruments.keys().cloned().collect();
    desk.all_are_parties(&parties)?;
    let missing: Vec<_> =
        identity.parties.iter().filter(|p| !instruments.contains_key(&p.id)).map(|p| p.id.to_string()).collect();
    if !missing.is_empty() {
        return Err(desk.refuse(Rule::C7, "an instrument of each party", names(parties)).missing(missing));
    }
    let clause = allowed(desk, Rule::C7, Means::Exchange)?;
    grounded(desk, Rule::C7, clause, ConsentAct::InstrumentsExchanged { on, instruments })
}

fn made(desk: &Desk<'_>, on: NaiveDate, means: Means) -> Result<Decided<ConsentAct>, Refusal> {
    if means == Means::Accession {
        may_accede(desk)?;
    } else {
        desk.standing()?;
    }
    desk.ground(Rule::C8)?;
    desk.adopted(Rule::C8)?;
    not_bound_yet(desk, Rule::C8)?;
    if matches!(means, Means::Signature | Means::Exchange) {
        return Err(desk.refuse(Rule::C8, "ratification, acceptance, approval or accession", means.name()));
    }
    let clause = if means == Means::Accession { None } else { allowed(desk, Rule::C8, means)? };
    grounded(desk, Rule::C8, clause, ConsentAct::InstrumentMade { on, means })
}

/// That the acting State may accede; the clause that says so.
fn may_accede<'a>(desk: &Desk<'a>) -> Result<Option<&'a str>, Refusal> {
    desk.going_on()?;
    desk.ground(Rule::C9)?;
    let open = desk.clause(|t| if let Term::Accession(to) = t { Some(to) } else { None });
    match open {
        Some((to, label)) if to.is_empty() || to.contains(desk.party()) => Ok(Some(label)),
        Some((to, label)) => Err(desk.refuse(Rule::C9, format!("one of {}", names(to)), desk.party().to_string()).by(label)),
        None => Err(desk.refuse(Rule::C9, "a clause that opens the agreement to accession", "none")),
    }
}

fn established(
    desk: &Desk<'_>,
    on: NaiveDate,
    means: Means,
    how: Establishment,
    chosen: Vec<ProvisionId>,
) -> Result<Decided<ConsentAct>, Refusal> {
    let acceding = means == Means::Accession;
    let rule = if acceding { Rule::C9 } else { Rule::C8 };
    let mut clause = None;
    if acceding {
        clause = may_accede(desk)?;
    } else {
        desk.standing()?;
        desk.ground(rule)?;
    }
    desk.adopted(rule)?;
    not_bound_yet(desk, rule)?;
    let own = own(desk);
    let signed = own.and_then(|c| c.signed.as_ref());
    if !acceding {
        clause = allowed(desk, rule, means)?;
        if signed.is_none() {
            return Err(desk.refuse(rule, "a signature to ratify", format!("none of {}", desk.party())));
        }
    }
    match own.and_then(|c| c.made) {
        Some((made, _)) if made != means => {
            return Err(desk.refuse(rule, format!("the instrument of {} that was made", made.name()), means.name()));
        }
        Some((_, at)) if on < at => {
            return Err(desk.refuse(rule, format!("a date from {at} on, when it was made"), on.to_string()));
        }
        Some(_) => {}
        None => return Err(desk.refuse(rule, "an instrument that was made", "none")),
    }
    let kept = desk.agreement.machines.depositary.keeper.as_deref();
    match (how, kept) {
        (Establishment::Deposit, None) => return Err(desk.refuse(Rule::D1, "a depositary", "none was designated")),
        (Establishment::Exchange | Establishment::Notification, Some(keeper)) => {
            return Err(desk.refuse(Rule::D4, format!("a deposit with {keeper}"), "another way"));
        }
        _ => {}
    }
    if !chosen.is_empty() {
        let Some((_, label)) = desk.clause(|t| matches!(t, Term::PartialConsent).then_some(())) else {
            return Err(desk.refuse(Rule::C10, "a clause that permits consent to a part", "none"));
        };
        let act = ConsentAct::InstrumentEstablished { on, means, how, chosen };
        return desk.by(Rule::C10, label, act);
    }
    grounded(desk, rule, clause, ConsentAct::InstrumentEstablished { on, means, how, chosen })
}

fn decline(desk: &Desk<'_>, on: NaiveDate) -> Result<Decided<ConsentAct>, Refusal> {
    desk.standing()?;
    if desk.agreement.force_for(desk.party()).is_some_and(|since| since <= on) {
        let found = "an agreement in force for it: give notice of withdrawal instead";
        return Err(desk.refuse(Rule::C12, "an agreement that is not yet in force for the party", found));
    }
    match own(desk) {
        Some(PartyConsent { declined_on: Some(on), .. }) => {
            Err(desk.refuse(Rule::C12, "a party that has not declined", format!("one that declined on {on}")))
        }
        Some(c) if c.signed.is_some() || c.expressed.is_some() => desk.on(Rule::C12, ConsentAct::DeclinedToBecomeParty { on }),
        _ => Err(desk.refuse(Rule::C12, "a party that has signed or consented", format!("{}, which has not", desk.party()))),
    }
}

/// What VCLT 56(2) asks for where no clause speaks.
const NOTICE_WITHOUT_CLAUSE: Period = Period::Months(12);

fn withdraw(
    desk: &Desk<'_>,
    received_on: NaiveDate,
    admitted: Option<String>,
    provisions: Vec<ProvisionId>,
) -> Result<Decided<ConsentAct>, Refusal> {
    desk.standing()?;
    let since = desk.agreement.force_for(desk.party());
    if since.is_none_or(|since| received_on < since) {
        return Err(desk.refuse(Rule::C14, "a party for which the agreement is in force", format!("{}", desk.party())));
    }
    if let Some(w) = own(desk).and_then(|c| c.withdrawal) {
        return Err(desk.refuse(Rule::C14, "a first notice", format!("that received on {}", w.received_on)));
    }
    if !provisions.is_empty() {
        let separable = desk.clause(|t| if let Term::Separable(p) = t { Some(p) } else { None });
        if !separable.is_some_and(|(p, _)| provisions.iter().all(|provision| p.contains(provision))) {
            let found = format!("a notice for {}", names(&provisions));
            return Err(desk.refuse(Rule::E17, "a notice for the whole agreement", found));
        }
    }
    let act = |notice: Period, admitted| {
        let effective_on = Some(notice.after(received_on));
        ConsentAct::WithdrawalNotified { received_on, admitted, provisions: provisions.clone(), effective_on }
    };
    match desk.clause(|t| if let Term::Denunciation(notice) = t { Some(*notice) } else { None }) {
        Some((notice, label)) => desk.by(Rule::C14, label, act(notice, admitted)),
        None if admitted.as_ref().is_none_or(|reason| reason.trim().is_empty()) => {
            let expected = "a clause on denunciation, or an intention or a nature of the agreement that admits it";
            Err(desk.refuse(Rule::E4, expected, "neither"))
        }
        None => desk.on(Rule::E4, act(NOTICE_WITHOUT_CLAUSE, admitted)),
    }
}
