//! Acts on the machines beside the text, in words.

use std::fmt;

use chrono::NaiveDate;
use travaux_domain::machines::{
    MachineEvent, amendment::AmendmentAct, consent::ConsentAct, correction::CorrectionAct,
    depositary::DepositaryAct, ending::EndingAct, force::ForceAct, language::LanguageAct,
    mandate::MandateAct, relation::RelationAct, reservation::ReservationAct,
};

use crate::timeline::{Summary, summary};

fn names<T: ToString>(names: impl IntoIterator<Item = T>) -> String {
    names
        .into_iter()
        .map(|n| n.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The name of a variant, in words.
fn plain(value: impl fmt::Debug) -> String {
    let mut out = String::new();
    for c in format!("{value:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn from(on: NaiveDate, what: impl Into<String>) -> Summary {
    Summary {
        effective_from: Some(on),
        ..summary(what.into())
    }
}

/// What an act did.
pub(crate) fn describe(act: &MachineEvent) -> Summary {
    match act {
        MachineEvent::Language(act) => summary(language(act)),
        MachineEvent::Consent(act) => consent(act),
        MachineEvent::Force(act) => force(act),
        MachineEvent::Amendment(act) => amendment(act),
        MachineEvent::Reservation(act) => summary(reservation(act)),
        MachineEvent::Ending(act) => ending(act),
        MachineEvent::Correction(act) => summary(correction(act)),
        MachineEvent::Depositary(act) => summary(depositary(act)),
        MachineEvent::Relation(RelationAct::RelationRecorded { to, relation, .. }) => {
            summary(format!("related to {to}: {}", plain(relation)))
        }
        MachineEvent::Mandate(act) => summary(mandate(act)),
        _ => summary(act.type_name().to_owned()),
    }
}

fn language(act: &LanguageAct) -> String {
    match act {
        LanguageAct::LanguageVersionOpened { lang, .. } => format!("{lang} version opened"),
        LanguageAct::ConcordanceCertified {
            by,
            revision,
            settled,
            ..
        } => {
            let settled = if settled.is_empty() {
                String::new()
            } else {
                format!(" ({} differences settled)", settled.len())
            };
            format!("concordance of revision {revision} certified by {by}{settled}")
        }
        LanguageAct::DeclaredAuthentic { lang, .. } => format!("{lang} version declared authentic"),
        LanguageAct::PrevailingDesignated { lang, .. } => format!("{lang} version prevails"),
        LanguageAct::TranslationAdded { lang, by, .. } => {
            format!("{lang} translation by {by} added")
        }
        LanguageAct::DivergenceRecorded {
            says, note, number, ..
        } => {
            format!(
                "divergence {} between {} recorded: {note}",
                number.unwrap_or(0),
                names(says.keys())
            )
        }
        LanguageAct::DivergenceResolved { number, .. } => format!("divergence {number} resolved"),
        _ => "an act about language versions".to_owned(),
    }
}

fn consent(act: &ConsentAct) -> Summary {
    match act {
        ConsentAct::Signed { on, manner, by } => {
            summary(format!("signed on {on} by {} ({})", by.name, plain(manner)))
        }
        ConsentAct::UnauthorisedActRecorded { on, by, .. } => summary(format!(
            "signed on {on} by {}, without authority: no effect until it is confirmed",
            by.name
        )),
        ConsentAct::ActConfirmed { on } => {
            summary(format!("act without authority confirmed on {on}"))
        }
        ConsentAct::SignatureConfirmed { on } => summary(format!("signature confirmed on {on}")),
        ConsentAct::InstrumentsExchanged { on, instruments } => summary(format!(
            "instruments of {} exchanged on {on}",
            names(instruments.keys())
        )),
        ConsentAct::InstrumentMade { on, means } => {
            summary(format!("instrument of {} made on {on}", means.name()))
        }
        ConsentAct::InstrumentEstablished { on, means, how, .. } => summary(format!(
            "instrument of {} established on {on} ({})",
            means.name(),
            plain(how)
        )),
        ConsentAct::DeclinedToBecomeParty { on } => {
            summary(format!("declined to become a party on {on}"))
        }
        ConsentAct::WithdrawalNotified {
            received_on,
            effective_on,
            ..
        } => Summary {
            effective_from: *effective_on,
            ..summary(format!("notice of withdrawal received on {received_on}"))
        },
        ConsentAct::NotificationRevoked { on } => {
            summary(format!("notice of withdrawal revoked on {on}"))
        }
        _ => summary("an act of consent".to_owned()),
    }
}

fn force(act: &ForceAct) -> Summary {
    match act {
        ForceAct::EnteredIntoForce { on, basis, .. } => Summary {
            effective_from: *on,
            ..summary(format!("entered into force: {basis}"))
        },
        ForceAct::EnteredIntoForceFor { on } => Summary {
            effective_from: *on,
            ..summary("entered into force for the party".to_owned())
        },
        ForceAct::ProvisionalApplicationBegan { on, parties, .. } => from(
            *on,
            format!("applied provisionally between {}", names(parties)),
        ),
        ForceAct::ProvisionalApplicationEnded { on } => {
            from(*on, "provisional application ended for the party")
        }
        ForceAct::ClauseAgreed { clause, .. } => {
            summary(format!("clause agreed: {}", clause.label))
        }
        _ => summary("an act about force".to_owned()),
    }
}

fn amendment(act: &AmendmentAct) -> Summary {
    match act {
        AmendmentAct::AmendmentNotified { revision, to, .. } => {
            summary(format!("amendment {revision} notified to {}", names(to)))
        }
        AmendmentAct::AmendmentEnteredIntoForce {
            on,
            revision,
            between,
            ..
        } => Summary {
            effective_from: *on,
            ..summary(format!(
                "amendment {revision} in force between {}",
                names(between)
            ))
        },
        AmendmentAct::AmendmentDisclaimed { revision, .. } => {
            summary(format!("stays out of amendment {revision}"))
        }
        AmendmentAct::AmendmentJoined { on, revision } => {
            from(*on, format!("bound by amendment {revision}"))
        }
        AmendmentAct::InterSeModified {
            on,
            revision,
            between,
            ..
        } => from(
            *on,
            format!("modified among {} by revision {revision}", names(between)),
        ),
        AmendmentAct::InterpretationAgreed { provisions, .. } => {
            summary(format!("interpretation of {} agreed", names(provisions)))
        }
        AmendmentAct::AnnexAmended { on, revision, body } => {
            from(*on, format!("revision {revision} made by {body}"))
        }
        _ => summary("an act of amendment".to_owned()),
    }
}

fn reservation(act: &ReservationAct) -> String {
    match act {
        ReservationAct::ReservationFormulated {
            provisions,
            number,
            words,
            ..
        } => {
            format!(
                "reservation {} to {}: {words}",
                number.unwrap_or(0),
                names(provisions)
            )
        }
        ReservationAct::ReservationConfirmed { number, .. } => {
            format!("reservation {number} confirmed")
        }
        ReservationAct::ReservationNotified { number, to, .. } => {
            format!("reservation {number} notified to {}", names(to))
        }
        ReservationAct::ReservationAccepted { number, .. } => {
            format!("reservation {number} accepted")
        }
        ReservationAct::ObjectionMade {
            number,
            opposes_force: false,
            ..
        } => format!("objected to reservation {number}"),
        ReservationAct::ObjectionMade { number, .. } => {
            format!(
                "objected to reservation {number} and to the treaty being in force between the two"
            )
        }
        ReservationAct::ReservationWithdrawn { number, .. } => {
            format!("reservation {number} withdrawn")
        }
        ReservationAct::WithdrawalReceived { number, .. } => {
            format!("notice of the withdrawal of reservation {number} received")
        }
        ReservationAct::ObjectionWithdrawn { number, .. } => {
            format!("objection to reservation {number} withdrawn")
        }
        _ => "an act about a reservation".to_owned(),
    }
}

fn ending(act: &EndingAct) -> Summary {
    match act {
        EndingAct::AgreementEnded(e) => Summary {
            actor: e.elsewhere.as_ref().map(|e| e.by.to_string()),
            done_at: e.elsewhere.as_ref().map(|e| e.at),
            effective_from: Some(e.on),
            ..summary(format!("ended: {}", e.ground))
        },
        EndingAct::AgreementResumed { on, .. } => from(*on, "goes on"),
        EndingAct::Terminated { on } => from(*on, "terminated under its clause"),
        EndingAct::Superseded {
            on,
            by,
            suspended_only,
            ..
        } => from(
            *on,
            format!(
                "{} by agreement {by}",
                if *suspended_only {
                    "suspended"
                } else {
                    "superseded"
                }
            ),
        ),
        EndingAct::Suspended { on, .. } => from(*on, "operation suspended"),
        EndingAct::SuspendedInterSe {
            on, until, between, ..
        } => from(
            *on,
            format!("operation suspended among {} until {until}", names(between)),
        ),
        EndingAct::OperationResumed { on, number } => {
            from(*on, format!("operation resumed (suspension {number})"))
        }
        EndingAct::ClaimNotified { claim, number, .. } => {
            let (measure, ground) = (plain(claim.measure), plain(claim.ground));
            summary(format!(
                "claim {} notified: {measure} for {ground}: {}",
                number.unwrap_or(0),
                claim.reasons
            ))
        }
        EndingAct::ClaimReceived { number, .. } => summary(format!("claim {number} received")),
        EndingAct::ClaimDisputed { number, .. } => summary(format!("objected to claim {number}")),
        EndingAct::Acquiesced { ground, .. } => summary(format!(
            "acquiesced in what would be a ground: {}",
            plain(ground)
        )),
        EndingAct::MeasureCarriedOut { on, number, .. } => {
            from(*on, format!("measure of claim {number} carried out"))
        }
        EndingAct::ClaimRevoked { number, .. } => summary(format!("claim {number} revoked")),
        _ => summary("an act about the end".to_owned()),
    }
}

fn correction(act: &CorrectionAct) -> String {
    match act {
        CorrectionAct::CorrectionNotified { revision, days, .. } => {
            format!("correction {revision} notified: {days} days to object")
        }
        CorrectionAct::CorrectionObjected {
            revision, reason, ..
        } => format!("objected to correction {revision}: {reason}"),
        CorrectionAct::Rectified { revision, .. } => {
            format!("correction {revision} made by a proces-verbal")
        }
        CorrectionAct::CorrectionNotifiedToUn { revision, .. } => {
            format!("correction {revision} notified to the United Nations")
        }
        CorrectionAct::CopyRectified { lang, note, .. } => {
            format!("{lang} certified copy rectified: {note}")
        }
        _ => "an act of correction".to_owned(),
    }
}

fn depositary(act: &DepositaryAct) -> String {
    match act {
        DepositaryAct::DepositaryDesignated { keeper, .. } => {
            format!("depositary designated: {keeper}")
        }
        DepositaryAct::NotificationSent {
            number, subject, ..
        } => {
            let subject = match subject {
                travaux_domain::machines::depositary::Subject::ProceduresComplete => {
                    "procedures complete"
                }
                travaux_domain::machines::depositary::Subject::Other(words) => words,
            };
            format!("notification {} sent: {subject}", number.unwrap_or(0))
        }
        DepositaryAct::NotificationReceived { number, on } => {
            format!("notification {number} received on {on}")
        }
        DepositaryAct::PartyInformed { number, party, .. } => {
            format!("{party} informed of notification {number}")
        }
        DepositaryAct::FormExamined {
            number,
            defect: None,
            ..
        } => format!("notification {number} found in due form"),
        DepositaryAct::FormExamined {
            number,
            defect: Some(defect),
            ..
        } => format!("notification {number} defective: {defect}"),
        DepositaryAct::DifferenceBrought { about, .. } => {
            format!("difference brought to the States concerned: {about}")
        }
        DepositaryAct::Registered { number, on, .. } => format!("registered as {number} on {on}"),
        DepositaryAct::StatementCertified { about, .. } => {
            format!("certified to the register: {about}")
        }
        _ => "an act of the depositary".to_owned(),
    }
}

fn mandate(act: &MandateAct) -> String {
    match act {
        MandateAct::MandateRequested { by, need, .. } => {
            format!("mandate asked for by {by}: {need}")
        }
        MandateAct::MinistersConsulted {
            ministers, against, ..
        } if against.is_empty() => {
            format!("ministers consulted: {}", names(ministers))
        }
        MandateAct::MinistersConsulted { against, .. } => {
            format!("ministers consulted; {} disagree", names(against))
        }
        MandateAct::Arbitrated { go_on, .. } => format!(
            "arbitrated: {}",
            if *go_on {
                "negotiate"
            } else {
                "do not negotiate"
            }
        ),
        MandateAct::AuthorisationAssessed { needed, .. } => {
            format!(
                "authorisation by parliament {}",
                if *needed { "needed" } else { "not needed" }
            )
        }
        MandateAct::MandateGiven { to, .. } => format!("mandate given to {to}"),
        MandateAct::PowersIssued { to, .. } => format!("powers issued to {}", to.name),
        _ => "an act about a mandate".to_owned(),
    }
}
