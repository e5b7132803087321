//! End and suspension.

use super::{
    ALL_CONSENTING, BETWEEN, CONSENTING, NUMBER, OFFICE, ON, POWERS, PROVISIONS, SIGNER,
    THE_PROVISIONS, TOLD, field,
};
use crate::commands::verbs::{
    ArgKind::{Agreement, Choice, Date, Flag, Provisions, Text},
    Presence::{Default, Optional, Required},
    Verb,
};

const GROUNDS: &[&str] = &[
    "defect-of-consent",
    "peremptory-norm",
    "material-breach",
    "impossibility",
    "change-of-circumstances",
    "severance-of-relations",
    "other",
];

pub(super) const VERBS: &[Verb] = &[
    verb!(
        "end",
        "End the agreement by consent of all",
        "AgreementEnded",
        [
            ON,
            field(
                "ground",
                "ground",
                Text,
                Default("by consent"),
                "On what ground"
            ),
            ALL_CONSENTING,
        ],
        "--as FR end 0199 --on 2027-01-01 --consenting FR,MA"
    ),
    verb!(
        "terminate",
        "Record that it ended as its clause says",
        "Terminated",
        [ON],
        "--as FR terminate 0199 --on 2030-01-01"
    ),
    verb!(
        "supersede",
        "Record that a later treaty of all parties takes its place",
        "Superseded",
        [
            ON,
            field("with", "by", Agreement, Required, "The later agreement"),
            ALL_CONSENTING,
            field(
                "suspended-only",
                "suspended_only",
                Flag,
                Optional,
                "It is only suspended"
            ),
        ],
        "--as FR supersede 0199 --with 01a0 --on 2027-01-01 --consenting FR,MA"
    ),
    verb!(
        "suspend",
        "Suspend the agreement, or provisions of it, for all",
        "Suspended",
        [ON, PROVISIONS, CONSENTING],
        "--as FR suspend 0199 --on 2026-01-01 --consenting FR,MA"
    ),
    verb!(
        "suspend-inter-se",
        "Suspend provisions among some for a time",
        "SuspendedInterSe",
        [
            ON,
            field("until", "until", Date, Required, "Until when"),
            BETWEEN,
            THE_PROVISIONS,
            TOLD,
        ],
        "--as A suspend-inter-se 0199 --on 2026-01-01 --until 2027-01-01 --between A,B --provisions 1.2 --notified C"
    ),
    verb!(
        "resume",
        "Resume an operation that was suspended",
        "OperationResumed",
        [ON, NUMBER],
        "--as FR resume 0199 --number 1 --on 2026-06-01"
    ),
    verb!(
        "claim",
        "Notify a claim that the agreement is void, ends or is suspended",
        "ClaimNotified",
        [
            ON,
            field(
                "ground",
                "claim.ground",
                Choice(GROUNDS),
                Required,
                "The ground"
            ),
            field(
                "measure",
                "claim.measure",
                Choice(&["terminate", "suspend", "withdraw", "invalidate"]),
                Required,
                "What is claimed"
            ),
            field("reasons", "claim.reasons", Text, Required, "The reasons"),
            field(
                "against",
                "claim.against",
                Text,
                Optional,
                "Who broke the agreement"
            ),
            field(
                "provisions",
                "claim.provisions",
                Provisions,
                Optional,
                "The provisions, by label or id; all, if none is named"
            ),
            field(
                "self-caused",
                "claim.self_caused",
                Flag,
                Optional,
                "The claimant brought it about"
            ),
            field(
                "boundary",
                "claim.boundary",
                Flag,
                Optional,
                "It concerns a boundary"
            ),
            field(
                "humanitarian",
                "claim.humanitarian",
                Flag,
                Optional,
                "The provisions protect persons"
            ),
            field(
                "temporary",
                "claim.temporary",
                Flag,
                Optional,
                "The impossibility is temporary"
            ),
            field(
                "indispensable",
                "claim.indispensable",
                Flag,
                Optional,
                "Diplomatic relations are indispensable to it"
            ),
        ],
        "--as A claim 0199 --on 2026-01-01 --ground material-breach --measure terminate --against B --reasons 'Article 4 was broken'"
    ),
    verb!(
        "receive-claim",
        "Receive a claim",
        "ClaimReceived",
        [ON, NUMBER],
        "--as B receive-claim 0199 --number 1 --on 2026-01-10"
    ),
    verb!(
        "dispute-claim",
        "Object to a claim",
        "ClaimDisputed",
        [ON, NUMBER],
        "--as B dispute-claim 0199 --number 1 --on 2026-02-10"
    ),
    verb!(
        "acquiesce",
        "Acquiesce in what would be a ground",
        "Acquiesced",
        [
            ON,
            field("ground", "ground", Choice(GROUNDS), Required, "The ground"),
        ],
        "--as A acquiesce 0199 --on 2026-01-01 --ground material-breach"
    ),
    verb!(
        "carry-out",
        "Carry out a claimed measure",
        "MeasureCarriedOut",
        [ON, NUMBER, SIGNER, OFFICE, POWERS],
        "--as A carry-out 0199 --number 1 --on 2026-05-01 --by 'A. Minister' --office foreign-minister"
    ),
    verb!(
        "revoke-claim",
        "Take a claim back",
        "ClaimRevoked",
        [ON, NUMBER],
        "--as A revoke-claim 0199 --number 1 --on 2026-02-01"
    ),
];
