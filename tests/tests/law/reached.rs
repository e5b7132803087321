//! What the random acts must have reached, and how a revision is known again.

use travaux::text::Operation;

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
