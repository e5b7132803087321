//! End and suspension.

use super::{
    ALL_CONSENTING, BETWEEN, CONSENTING, NUMBER, OFFICE, ON, POWERS, PROVISIONS, SIGNER,
    THE_PROVISIONS, TOLD, field,
};
use crate::commands::verbs::{
    ArgKind::{Agreement, Choice, Date, Flag, List, Provisions, Text},
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

const MEASURES: &[&str] = &["terminate", "suspend", "withdraw", "invalidate"];

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
        [
            ON,
            field(
                "until",
                "until",
                Date,
                Optional,
                "The day on which it operates again; without, until it is resumed"
            ),
            field(
                "notified",
                "notified_on",
                Date,
                Optional,
                "When notice was given, where a clause asks for it; today, if not said"
            ),
            PROVISIONS,
            CONSENTING,
        ],
        "--as FR suspend 0199 --on 2026-01-01 --until 2026-04-01 --consenting FR,MA"
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
        "Resume an operation, with all who suspended it",
        "OperationResumed",
        [ON, NUMBER, CONSENTING],
        "--as FR resume 0199 --number 1 --on 2026-06-01 --consenting FR,MA"
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
                Choice(MEASURES),
                Required,
                "What is claimed"
            ),
            field("reasons", "claim.reasons", Text, Required, "The reasons"),
            field(
                "against",
                "claim.against",
                Text,
                Optional,
                "Who broke the agreement, or with whom relations are severed"
            ),
            field(
                "affected",
                "claim.affected",
                Choice(&["specially", "radically"]),
                Optional,
                "How the breach affects the claimant, which then suspends alone"
            ),
            field(
                "consenting",
                "claim.consenting",
                List,
                Optional,
                "The other parties that agree, where all have to"
            ),
            field(
                "among-all",
                "claim.among_all",
                Flag,
                Optional,
                "They agree on a measure between all, not only with who broke it"
            ),
            field(
                "emerged",
                "claim.emerged_on",
                Date,
                Optional,
                "When the peremptory norm emerged, if after the agreement"
            ),
            field(
                "urgency",
                "claim.urgency",
                Text,
                Optional,
                "Why it cannot wait for three months"
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
        "--as A claim 0199 --on 2026-01-01 --ground material-breach --measure suspend --against B --affected specially --reasons 'Article 4 was broken'"
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
        "accept-claim",
        "Take an objection to a claim back",
        "ClaimAccepted",
        [ON, NUMBER],
        "--as B accept-claim 0199 --number 1 --on 2026-03-10"
    ),
    verb!(
        "settle-claim",
        "Record how the dispute about a claim was settled",
        "ClaimSettled",
        [
            ON,
            NUMBER,
            field(
                "by",
                "by",
                Text,
                Required,
                "The agreement, the award or the judgment"
            ),
            field(
                "measure",
                "measure",
                Choice(MEASURES),
                Optional,
                "What follows; without, the claim falls"
            ),
            CONSENTING,
            field(
                "decided",
                "decided",
                Flag,
                Optional,
                "A court or an arbitrator decided"
            ),
        ],
        "--as A settle-claim 0199 --number 1 --on 2026-09-01 --by 'exchange of letters' --measure suspend --consenting A,B"
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
