//! Random acts, such as offices might try.

use chrono::{NaiveDate, TimeDelta};
use travaux::{
    domain::{
        PartyId, Profile, Revision,
        agreement::{AgreementCommand as C, Ended, Nature, RevisionDraft, TextState},
        agreement::{
            amendment::AmendmentAct,
            consent::{ConsentAct, Establishment, Manner, Office, Representative},
            correction::CorrectionAct,
            depositary::{DepositaryAct, Subject},
            ending::{ClaimNotice, EndingAct, Invoked, Measure},
            force::ForceAct,
            language::LanguageAct,
            reservation::ReservationAct,
        },
        clause::{Means, Term},
        effect::Period,
    },
    projections::AgreementRecord,
    text::{Lang, Operation, ProvisionId},
};

use super::lang;

/// SplitMix64 (Steele, Lea and Flood, 2014): a good enough source, the same on every machine.
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        let at = usize::try_from(self.below(all.len() as u64)).unwrap_or(0);
        all[at].clone()
    }

    fn small(&mut self) -> u32 {
        u32::try_from(self.below(3)).unwrap_or(0) + 1
    }
}

/// Acts that a run of 10,000 sequences must have accepted, for the properties to say something about them.
pub(crate) const REACHED: &[&str] = &[
    "RevisionProposed",
    "TextAdopted",
    "TextAuthenticated",
    "Signed",
    "UnauthorisedActRecorded",
    "ActConfirmed",
    "SignatureConfirmed",
    "InstrumentMade",
    "InstrumentEstablished",
    "DeclinedToBecomeParty",
    "WithdrawalNotified",
    "NotificationRevoked",
    "EnteredIntoForce",
    "ProvisionalApplicationBegan",
    "ReservationFormulated",
    "ReservationNotified",
    "ReservationAccepted",
    "ObjectionMade",
    "ReservationWithdrawn",
    "AmendmentEnteredIntoForce",
    "InterSeModified",
    "NotificationSent",
    "NotificationReceived",
    "PartyInformed",
    "Suspended",
    "ClaimNotified",
    "ClaimReceived",
    "AgreementEnded",
    "CorrectionNotified",
    "Rectified",
    "ConcordanceCertified",
];

/// The word that a revision brings in; no other revision has it.
pub(crate) fn new_word(operations: &[Operation]) -> Option<String> {
    operations.iter().find_map(|op| match op {
        Operation::SubstituteWords { with, .. } => Some(with.clone()),
        _ => None,
    })
}

fn propose(rng: &mut Rng) -> C {
    let mut builder = travaux::proposal("Treaty", Profile::treaty())
        .party("A", "A")
        .party("B", "B");
    if rng.chance(75) {
        builder = builder.party("C", "C");
    }
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
            builder = builder.clause(format!("Article {at}"), term);
        }
    }
    if rng.chance(10) {
        let from = NaiveDate::default() + TimeDelta::days(365 * 50);
        builder = builder.clause("Article 8", Term::Retroactive(from));
    }
    let text = "## Article 1\n\nLes Parties coopèrent w0.\n\n## Article 2\n\nElles échangent v0.\n";
    // Two languages that say the same, so that concordance can be certified.
    let builder = builder
        .text("fr", text)
        .and_then(|b| b.text("en", text))
        .expect("the texts");
    C::Propose(Box::new(builder.build()))
}

/// A date near the day on which an act is recorded.
fn near(rng: &mut Rng, today: NaiveDate) -> NaiveDate {
    today - TimeDelta::days(i64::try_from(rng.below(60)).unwrap_or(0))
}

fn revise(rng: &mut Rng, record: &AgreementRecord, nature: Nature) -> C {
    let agreement = &record.agreement;
    let base = agreement.current();
    let text = record.print(base, lang()).unwrap_or_default();
    let place = rng.pick(&[2, 4]);
    let stem = if place == 2 { 'w' } else { 'v' };
    // The word of the day, for a new one that nothing else brings in.
    let found = text
        .split(|c: char| !c.is_alphanumeric())
        .find(|w| w.starts_with(stem) && w[1..].parse::<u32>().is_ok());
    let found = found.unwrap_or("w0").to_owned();
    let new = format!("{stem}{}", 1000 + agreement.revisions.len());
    let op = |lang| Operation::substitute(ProvisionId::new(1, place), lang, &found, &new, 1);
    let both = vec![op(lang()), op(Lang::parse("en").expect("a tag"))];
    C::ProposeRevision(Box::new(RevisionDraft {
        nature,
        ..RevisionDraft::new(base, both)
    }))
}

/// Who acts, and what is tried.
pub(crate) fn act(rng: &mut Rng, record: &AgreementRecord, today: NaiveDate) -> (String, C) {
    let agreement = &record.agreement;
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
                let open = agreement.revision(last).map(|r| r.answers.len());
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
                    _ if rng.chance(20) => (party, revise(rng, record, Nature::Draft)),
                    _ => (party, C::AcceptRevision { revision: last }),
                };
            }
            TextState::Adopted => {
                return (
                    party,
                    C::AuthenticateText {
                        method: "signature".into(),
                        parties: all,
                    },
                );
            }
            _ => {}
        }
    }
    if rng.chance(50) {
        let command = concluding(rng, record, today, &all);
        // Who accedes or keeps the agreement is no negotiating party.
        let actor = match &command {
            C::Machine(travaux::domain::agreement::MachineEvent::Consent(
                ConsentAct::InstrumentMade {
                    means: Means::Accession,
                    ..
                }
                | ConsentAct::InstrumentEstablished {
                    means: Means::Accession,
                    ..
                },
            )) => "Z".to_owned(),
            C::Machine(travaux::domain::agreement::MachineEvent::Depositary(
                DepositaryAct::NotificationReceived { .. } | DepositaryAct::PartyInformed { .. },
            )) if agreement.machines.depositary.keeper.is_some() => "UN".to_owned(),
            _ => party,
        };
        return (actor, command);
    }
    let command = living(rng, record, today, last, &all);
    let by_keeper = matches!(
        &command,
        C::Machine(travaux::domain::agreement::MachineEvent::Correction(
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
fn concluding(rng: &mut Rng, record: &AgreementRecord, today: NaiveDate, all: &[PartyId]) -> C {
    let on = near(rng, today);
    let number = rng.small();
    let means = rng.pick(&[
        Means::Ratification,
        Means::Ratification,
        Means::Approval,
        Means::Accession,
    ]);
    let how = match record.agreement.machines.depositary.keeper {
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
        }
        .into(),
        8 if rng.chance(10) => ConsentAct::DeclinedToBecomeParty { on: today }.into(),
        8 => ForceAct::EnteredIntoForce {
            on: None,
            basis: "the clause".into(),
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
    record: &AgreementRecord,
    today: NaiveDate,
    last: Revision,
    all: &[PartyId],
) -> C {
    let (on, number) = (near(rng, today), rng.small());
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
        4 => ReservationAct::WithdrawalReceived { on: today, number }.into(),
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
        9 | 10 => revise(rng, record, Nature::Amendment),
        11 | 12 => revise(rng, record, Nature::Correction),
        13..=16
            if record
                .agreement
                .revision(revision)
                .is_none_or(|r| r.answers.len() < all.len())
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
            consenting: all.to_vec(),
            provisions: vec![],
        }
        .into(),
        22 => {
            let claim = ClaimNotice {
                ground: rng.pick(&[
                    Invoked::MaterialBreach,
                    Invoked::ChangeOfCircumstances,
                    Invoked::Other,
                ]),
                measure: rng.pick(&[Measure::Terminate, Measure::Suspend, Measure::Withdraw]),
                reasons: "x".into(),
                against: Some(rng.pick(all)),
                self_caused: false,
                boundary: false,
                humanitarian: false,
                temporary: false,
                indispensable: false,
                provisions: vec![],
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
        }
        .into(),
    }
}
