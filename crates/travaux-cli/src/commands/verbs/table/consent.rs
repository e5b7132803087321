//! Consent to be bound.

use super::{OFFICE, ON, POWERS, PROVISIONS, SIGNER, field};
use crate::commands::verbs::{
    Act,
    ArgKind::{Choice, Date, Pairs, Provisions, Text},
    Field,
    Presence::{Default, Optional, Required},
    Verb,
};

const MEANS: &[&str] = &["ratification", "acceptance", "approval", "accession"];
const HOW: &[&str] = &["exchange", "deposit", "notification"];
const MEANS_FIELD: Field = field(
    "means",
    "means",
    Choice(MEANS),
    Default("ratification"),
    "What the instrument is",
);
const HOW_FIELD: Field = field(
    "how",
    "how",
    Choice(HOW),
    Default("notification"),
    "How it became established",
);
const CHOSEN: Field = field(
    "chosen",
    "chosen",
    Provisions,
    Optional,
    "The provisions chosen, by label or id, if consent is to a part",
);

pub(super) const VERBS: &[Verb] = &[
    verb!(
        "sign",
        "Sign an adopted text",
        "Signed",
        [
            ON,
            SIGNER,
            OFFICE,
            POWERS,
            field(
                "manner",
                "manner",
                Choice(&["definitive", "subject-to-ratification", "ad-referendum"]),
                Default("definitive"),
                "What the signature is worth"
            ),
        ],
        "--as FR sign 0199 --on 2025-01-20 --by 'A. Minister' --full-powers"
    ),
    verb!(
        "confirm-act",
        "Confirm what was done without authority",
        "ActConfirmed",
        [ON],
        "--as FR confirm-act 0199 --on 2025-02-01"
    ),
    verb!(
        "confirm-signature",
        "Confirm a signature ad referendum",
        "SignatureConfirmed",
        [ON],
        "--as FR confirm-signature 0199 --on 2025-02-01"
    ),
    verb!(
        "exchange",
        "Exchange instruments that constitute the agreement",
        "InstrumentsExchanged",
        [
            ON,
            field(
                "instrument",
                "instruments",
                Pairs,
                Required,
                "Each party's instrument"
            ),
        ],
        "--as FR exchange 0199 --on 1983-11-10 --instrument FR=letter --instrument MA=reply"
    ),
    verb!(
        "ratify",
        "Make an instrument of ratification, acceptance or approval",
        "InstrumentMade",
        [ON, MEANS_FIELD],
        "--as FR ratify 0199 --on 2025-03-01"
    ),
    verb!(
        "establish",
        "Exchange, deposit or notify the instrument that was made: consent to be bound",
        "InstrumentEstablished",
        [ON, MEANS_FIELD, HOW_FIELD, CHOSEN],
        "--as FR establish 0199 --on 2025-03-10 --how deposit"
    ),
    verb!(
        "accede",
        "Accede to an agreement that is open",
        [
            Act {
                kind: "InstrumentMade",
                fixed: r#"{"means":"accession"}"#,
                without: &["how", "chosen"],
            },
            Act {
                kind: "InstrumentEstablished",
                fixed: r#"{"means":"accession"}"#,
                without: &[],
            }
        ],
        [ON, HOW_FIELD, CHOSEN],
        "--as NL accede 0199 --on 2025-03-10"
    ),
    verb!(
        "decline",
        "Declare that one will not become a party",
        "DeclinedToBecomeParty",
        [ON],
        "--as FR decline 0199 --on 2025-03-10"
    ),
    verb!(
        "denounce",
        "Give notice of withdrawal or denunciation",
        "WithdrawalNotified",
        [
            field(
                "received-on",
                "received_on",
                Date,
                Required,
                "When the others received it"
            ),
            field(
                "admitted",
                "admitted",
                Text,
                Optional,
                "Without a clause: why intention or nature of the agreement admits it"
            ),
            PROVISIONS,
        ],
        "--as FR denounce 0199 --received-on 2026-01-15"
    ),
    verb!(
        "revoke-notice",
        "Take back a notice that has not taken effect",
        "NotificationRevoked",
        [ON],
        "--as FR revoke-notice 0199 --on 2026-02-01"
    ),
];
