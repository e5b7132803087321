//! Random acts, such as offices might try, and the histories that come of those that are accepted.
//!
//! The acts are not random bytes: what has to come first comes first most of the time, dates lie near the day of the act, numbers
//! are small. So a few hundred tries reach every machine of an agreement.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use travaux_domain::{
    Actor, Aggregate as _, Context, Decided, PartyId, Profile, Revision,
    agreement::{
        Agreement, AgreementCommand as C, AgreementEvent, Ended, MachineEvent, Nature, Proposal,
        RevisionDraft, TextState,
    },
    agreement::{
        amendment::AmendmentAct,
        consent::{ConsentAct, Establishment, Manner, Office, Representative},
        correction::CorrectionAct,
        depositary::{DepositaryAct, Subject},
        ending::{Affected, ClaimNotice, EndingAct, Invoked, Measure},
        force::ForceAct,
        language::LanguageAct,
        reservation::ReservationAct,
    },
    clause::{Means, Term},
    effect::Period,
};
use travaux_text::{Operation, ProvisionId};

use crate::{
    agreement::{claim, clause, lang, proposal},
    random::Rng,
};

/// An act that was accepted.
#[derive(Clone, Debug)]
pub struct Done {
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// On which day it was done, where that was said.
    pub on: Option<NaiveDate>,
    /// Who acted.
    pub party: String,
    /// What was asked for.
    pub command: C,
    /// What was decided.
    pub decided: Decided<AgreementEvent>,
}

impl Done {
    /// In what context it was decided, and is decided again.
    pub fn context(&self) -> Context {
        Context::new(Actor::party(self.party.as_str()), self.at).done_on(self.on)
    }
}

/// What comes of so many tries of random acts on one agreement: a history that the law accepts, the same for the same seed.
pub fn history(seed: u64, tries: usize) -> Vec<Done> {
    let (mut rng, mut agreement) = (Rng::new(seed), Agreement::default());
    let mut at: DateTime<Utc> = "2020-01-01T00:00:00Z".parse().expect("a time");
    let mut history = Vec::new();
    for _ in 0..tries {
        at += some_days(&mut rng);
        let (party, command) = act(&mut rng, &agreement, at.date_naive());
        let on = some_day(&mut rng, &command, at);
        let context = Context::new(Actor::party(party.as_str()), at).done_on(on);
        if let Ok(decided) = agreement.decide(command.clone(), &context) {
            agreement.evolve(&decided.event, &context);
            history.push(Done {
                at,
                on,
                party,
                command,
                decided,
            });
        }
    }
    history
}

/// The time between two acts: an hour to twenty days.
pub fn some_days(rng: &mut Rng) -> TimeDelta {
    TimeDelta::hours(i64::try_from(rng.below(24 * 20)).unwrap_or(1) + 1)
}

/// The day that is said of every third act that takes one: that of its recording, or one of the month
/// before.
pub fn some_day(rng: &mut Rng, command: &C, at: DateTime<Utc>) -> Option<NaiveDate> {
    let ago = TimeDelta::days(i64::try_from(rng.below(30)).unwrap_or(0));
    (rng.chance(33) && Agreement::takes_day(command)).then(|| (at - ago).date_naive())
}

fn small(rng: &mut Rng) -> u32 {
    u32::try_from(rng.below(3)).unwrap_or(0) + 1
}

fn propose(rng: &mut Rng) -> C {
    let third = rng.chance(75);
    let parties: &[&str] = if third { &["A", "B", "C"] } else { &["A", "B"] };
    let mut provided = Vec::new();
    let clauses = [
        Term::EntryIntoForce(
            rng.pick(&[
                "last notification",
                "2nd consent",
                "30 days after last instrument",
                "first day of the 2nd month after 2nd notification",
            ])
            .parse()
            .expect("an effect"),
        ),
        Term::Accession(vec![]),
        Term::Denunciation(Period::Months(6)),
        Term::Depositary("UN".into()),
        Term::LateConsent("30 days after own consent".parse().expect("an effect")),
        Term::InterSe(true),
        Term::ProvisionalApplication(vec![]),
    ];
    for (at, term) in clauses.into_iter().enumerate() {
        if rng.chance(35) {
            provided.push(clause(&format!("Article {at}"), term));
        }
    }
    if rng.chance(10) {
        let from = NaiveDate::default() + TimeDelta::days(365 * 50);
        provided.push(clause("Article 8", Term::Retroactive(from)));
    }
    let text = "## Article 1\n\nLes Parties coopèrent w0.\n\n## Article 2\n\nElles échangent v0.\n";
    // Two languages that say the same, so that concordance can be certified.
    let (languages, texts) = [lang("fr"), lang("en")]
        .map(|lang| (lang, (lang, text.to_owned())))
        .into_iter()
        .unzip();
    let proposal = Proposal {
        languages,
        texts,
        ..proposal(Profile::treaty(), parties, provided)
    };
    C::Propose(Box::new(proposal))
}

/// A date near the day on which an act is recorded.
fn near(rng: &mut Rng, today: NaiveDate) -> NaiveDate {
    today - TimeDelta::days(i64::try_from(rng.below(60)).unwrap_or(0))
}

fn revise(rng: &mut Rng, agreement: &Agreement, nature: Nature) -> C {
    let base = agreement.current();
    let text = agreement
        .text_of(base)
        .map_or_else(|_| String::new(), |text| text.print(lang("fr")));
    let place = rng.pick(&[2, 4]);
    let stem = if place == 2 { 'w' } else { 'v' };
    // The word of the day, for a new one that nothing else brings in.
    let found = text
        .split(|c: char| !c.is_alphanumeric())
        .find(|w| w.starts_with(stem) && w[1..].parse::<u32>().is_ok());
    let found = found.unwrap_or("w0").to_owned();
    let new = format!("{stem}{}", 1000 + agreement.revisions.len());
    let op = |lang| Operation::substitute(ProvisionId::new(1, place), lang, &found, &new, 1);
    let both = vec![op(lang("fr")), op(lang("en"))];
    C::ProposeRevision(Box::new(RevisionDraft {
        nature,
        ..RevisionDraft::new(base, both)
    }))
}

/// Who acts, and what is tried.
pub fn act(rng: &mut Rng, agreement: &Agreement, today: NaiveDate) -> (String, C) {
    let names: Vec<String> = agreement
        .all_parties()
        .iter()
        .map(ToString::to_string)
        .collect();
    if names.is_empty() {
        return ("A".into(), propose(rng));
    }
    let party = rng.pick(&names);
    let last = Revision(u32::try_from(agreement.revisions.len()).unwrap_or(1));
    let all: Vec<PartyId> = agreement.all_parties();
    // What has to come first comes first, most of the time.
    if rng.chance(70) {
        match agreement.text.state() {
            TextState::Draft | TextState::Negotiating => {
                let open = agreement.revision(last).map(|r| r.answers.count());
                return match open {
                    Some(n) if n >= names.len() => (
                        party,
                        C::AdoptText {
                            revision: last,
                            effective_from: None,
                            package: None,
                            elsewhere: None,
                        },
                    ),
                    _ if rng.chance(20) => (party, revise(rng, agreement, Nature::Draft)),
                    _ => (party, C::AcceptRevision { revision: last }),
                };
            }
            TextState::Adopted => {
                return (
                    party,
                    C::AuthenticateText {
                        method: "initialling".into(),
                        parties: all,
                    },
                );
            }
            _ => {}
        }
    }
    if rng.chance(50) {
        let command = concluding(rng, agreement, today, &all);
        // Who accedes or keeps the agreement is no negotiating party.
        let actor = match &command {
            C::Machine(MachineEvent::Consent(
                ConsentAct::InstrumentMade {
                    means: Means::Accession,
                    ..
                }
                | ConsentAct::InstrumentEstablished {
                    means: Means::Accession,
                    ..
                },
            )) => "Z".to_owned(),
            C::Machine(MachineEvent::Depositary(
                DepositaryAct::NotificationReceived { .. } | DepositaryAct::PartyInformed { .. },
            )) if agreement.machines.depositary.keeper.is_some() => "UN".to_owned(),
            _ => party,
        };
        return (actor, command);
    }
    let command = living(rng, agreement, today, last, &all);
    let by_keeper = matches!(
        &command,
        C::Machine(MachineEvent::Correction(
            CorrectionAct::CorrectionNotified { .. } | CorrectionAct::Rectified { .. }
        ))
    );
    (if by_keeper { "UN".to_owned() } else { party }, command)
}

fn representative(rng: &mut Rng) -> Representative {
    Representative {
        name: "x".into(),
        office: Office::ForeignMinister,
        full_powers: rng.chance(50),
    }
}

/// Acts by which an agreement comes to bind.
fn concluding(rng: &mut Rng, agreement: &Agreement, today: NaiveDate, all: &[PartyId]) -> C {
    let on = near(rng, today);
    let number = small(rng);
    let means = rng.pick(&[
        Means::Ratification,
        Means::Ratification,
        Means::Approval,
        Means::Accession,
    ]);
    let how = match agreement.machines.depositary.keeper {
        Some(_) => Establishment::Deposit,
        None => Establishment::Notification,
    };
    let manner = rng.pick(&[
        Manner::Definitive,
        Manner::Definitive,
        Manner::SubjectToRatification,
        Manner::AdReferendum,
    ]);
    match rng.below(14) {
        0..=2 => ConsentAct::Signed {
            on,
            manner,
            by: representative(rng),
        }
        .into(),
        3 => {
            let by = Representative {
                name: "x".into(),
                office: Office::Minister,
                full_powers: false,
            };
            ConsentAct::Signed { on, manner, by }.into()
        }
        4 => ConsentAct::ActConfirmed { on: today }.into(),
        5 => ConsentAct::SignatureConfirmed { on: today }.into(),
        6 => ConsentAct::InstrumentMade { on, means }.into(),
        7 => ConsentAct::InstrumentEstablished {
            on: today,
            means,
            how,
            chosen: vec![],
            waits: false,
        }
        .into(),
        8 if rng.chance(10) => ConsentAct::DeclinedToBecomeParty { on: today }.into(),
        8 => ForceAct::EnteredIntoForce {
            on: None,
            basis: "the clause".into(),
            consenting: vec![],
            trace: vec![],
        }
        .into(),
        9 => {
            let (parties, consenting) = (all.to_vec(), all.to_vec());
            ForceAct::ProvisionalApplicationBegan {
                on,
                parties,
                provisions: vec![],
                consenting,
            }
            .into()
        }
        10 => DepositaryAct::NotificationSent {
            on,
            subject: Subject::ProceduresComplete,
            number: None,
        }
        .into(),
        11 => DepositaryAct::NotificationReceived { on: today, number }.into(),
        12 => DepositaryAct::PartyInformed {
            on: today,
            number,
            party: rng.pick(all),
        }
        .into(),
        _ => {
            let (words, provisions) = ("x".to_owned(), vec![ProvisionId::new(1, 2)]);
            ReservationAct::ReservationFormulated {
                on,
                provisions,
                words,
                late: rng.chance(20),
                number: None,
            }
            .into()
        }
    }
}

/// Acts on an agreement that lives.
fn living(
    rng: &mut Rng,
    agreement: &Agreement,
    today: NaiveDate,
    last: Revision,
    all: &[PartyId],
) -> C {
    let (on, number) = (near(rng, today), small(rng));
    let revision = Revision(u32::try_from(rng.below(u64::from(last.0))).unwrap_or(0) + 1);
    let revision = if rng.chance(80) { last } else { revision };
    let some: Vec<PartyId> = all.iter().take(2).cloned().collect();
    let others: Vec<PartyId> = all.iter().skip(2).cloned().collect();
    let to: Vec<PartyId> = all.iter().filter(|_| rng.chance(60)).cloned().collect();
    match rng.below(26) {
        0 => ReservationAct::ReservationNotified { on, number, to }.into(),
        1 => ReservationAct::ReservationAccepted { on, number }.into(),
        2 => ReservationAct::ObjectionMade {
            on,
            number,
            opposes_force: rng.chance(40),
        }
        .into(),
        3 => ReservationAct::ReservationWithdrawn { on: today, number }.into(),
        4 => ReservationAct::WithdrawalReceived {
            on: today,
            number,
            narrowing: None,
        }
        .into(),
        5 => ReservationAct::ReservationConfirmed { on, number }.into(),
        6 => ReservationAct::ObjectionWithdrawn {
            received_on: today,
            number,
        }
        .into(),
        7 => {
            let admitted = rng.chance(60).then(|| "its nature".to_owned());
            ConsentAct::WithdrawalNotified {
                received_on: on,
                admitted,
                provisions: vec![],
                effective_on: None,
            }
            .into()
        }
        8 => ConsentAct::NotificationRevoked {
            on: on - TimeDelta::days(60),
        }
        .into(),
        9 | 10 => revise(rng, agreement, Nature::Amendment),
        11 | 12 => revise(rng, agreement, Nature::Correction),
        13..=16
            if agreement
                .revision(revision)
                .is_none_or(|r| r.answers.count() < all.len())
                || rng.chance(20) =>
        {
            C::AcceptRevision { revision }
        }
        13..=16 => C::AdoptText {
            revision,
            effective_from: Some(on),
            package: None,
            elsewhere: None,
        },
        17 => AmendmentAct::AmendmentEnteredIntoForce {
            on: Some(on),
            revision,
            instrument: None,
            between: vec![],
            later: Default::default(),
        }
        .into(),
        18 => AmendmentAct::InterSeModified {
            on: today,
            revision,
            between: some,
            harmless: true,
            notified: others,
        }
        .into(),
        19 if rng.chance(50) => AmendmentAct::AmendmentJoined {
            on: today,
            revision,
        }
        .into(),
        19 => AmendmentAct::AmendmentDisclaimed {
            on: today,
            revision,
        }
        .into(),
        20 if rng.chance(50) => CorrectionAct::CorrectionNotified {
            on,
            revision,
            days: 10,
        }
        .into(),
        20 => CorrectionAct::Rectified {
            on: today,
            revision,
        }
        .into(),
        21 => EndingAct::Suspended {
            on,
            until: None,
            notified_on: None,
            consenting: all.to_vec(),
            provisions: vec![],
        }
        .into(),
        22 => {
            let ground = rng.pick(&[
                Invoked::MaterialBreach,
                Invoked::ChangeOfCircumstances,
                Invoked::Other,
            ]);
            let measure = rng.pick(&[Measure::Terminate, Measure::Suspend, Measure::Withdraw]);
            let consenting = if rng.chance(50) { all.to_vec() } else { vec![] };
            let claim = ClaimNotice {
                reasons: "x".into(),
                against: Some(rng.pick(all)),
                affected: rng.pick(&[None, Some(Affected::Specially), Some(Affected::Radically)]),
                among_all: !consenting.is_empty() && rng.chance(50),
                consenting,
                ..claim(ground, measure)
            };
            EndingAct::ClaimNotified {
                on,
                claim,
                number: None,
            }
            .into()
        }
        23 => EndingAct::ClaimReceived {
            on: today,
            number: 1,
        }
        .into(),
        24 => EndingAct::MeasureCarriedOut {
            on: today,
            number: 1,
            by: representative(rng),
            scope: None,
        }
        .into(),
        _ if rng.chance(5) => EndingAct::AgreementEnded(Ended {
            on,
            ground: "x".into(),
            consenting: all.to_vec(),
            elsewhere: None,
        })
        .into(),
        _ if rng.chance(50) => {
            let digests = Default::default();
            LanguageAct::ConcordanceCertified {
                on,
                by: "x".into(),
                revision,
                digests,
                settled: vec![],
            }
            .into()
        }
        _ => EndingAct::OperationResumed {
            on: today,
            number: 1,
            consenting: all.to_vec(),
        }
        .into(),
    }
}
