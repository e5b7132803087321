//! The table of verbs.

use super::{
    Field,
    Need::{Default, Optional, Required},
    Takes::{Agreement, Choice, Date, Flag, Json, List, Number, Pairs, Text, WordsOr},
    Verb,
};

const fn field(option: &'static str, path: &'static str, takes: super::Takes, need: super::Need, help: &'static str) -> Field {
    Field { option, path, takes, need, help }
}

const ON: Field = field("on", "on", Date, Required, "When it is done");
const NUMBER: Field = field("number", "number", Number, Required, "Its number");
const REVISION: Field = field("revision", "revision", Number, Required, "The revision");
const CONSENTING: Field = field("consenting", "consenting", List, Optional, "The parties that agree");
const ALL_CONSENTING: Field = field("consenting", "consenting", List, Required, "The parties that agree");
const PROVISIONS: Field = field("provisions", "provisions", List, Optional, "The provisions, by id; all, if none is named");
const THE_PROVISIONS: Field = field("provisions", "provisions", List, Required, "The provisions, by id");
const BETWEEN: Field = field("between", "between", List, Required, "The parties concerned");
const TOLD: Field = field("notified", "notified", List, Optional, "The others who were told");
const LANG: Field = field("lang", "lang", Text, Required, "The language");
const BY: Field = field("by", "by", Text, Required, "By whom");

const OFFICES: &[&str] = &["head-of-state", "head-of-government", "foreign-minister", "head-of-mission", "minister", "other"];
const MEANS: &[&str] = &["ratification", "acceptance", "approval", "accession"];
const HOW: &[&str] = &["exchange", "deposit", "notification"];
const GROUNDS: &[&str] = &[
    "defect-of-consent",
    "peremptory-norm",
    "material-breach",
    "impossibility",
    "change-of-circumstances",
    "severance-of-relations",
    "other",
];

const SIGNER: Field = field("by", "by.name", Text, Required, "Who signs");
const OFFICE: Field = field("office", "by.office", Choice(OFFICES), Default("minister"), "Their office");
const POWERS: Field = field("full-powers", "by.full_powers", Flag, Optional, "They produced full powers");
const MEANS_FIELD: Field = field("means", "means", Choice(MEANS), Default("ratification"), "What the instrument is");
const HOW_FIELD: Field = field("how", "how", Choice(HOW), Default("notification"), "How it became established");
const CHOSEN: Field = field("chosen", "chosen", List, Optional, "The provisions chosen, if consent is to a part");

macro_rules! verb {
    ($name:literal, $about:literal, $act:literal, [$($field:expr),* $(,)?], $example:literal) => {
        verb!($name, $about, [($act, "{}")], [$($field),*], $example)
    };
    ($name:literal, $about:literal, [$($act:expr),*], [$($field:expr),* $(,)?], $example:literal) => {
        Verb { name: $name, about: $about, example: $example, acts: &[$($act),*], fields: &[$($field),*] }
    };
}

/// All verbs.
pub(super) const VERBS: &[Verb] = &[
    // Consent.
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
        [ON, field("instrument", "instruments", Pairs, Required, "Each party's instrument"),],
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
        [("InstrumentMade", r#"{"means":"accession"}"#), ("InstrumentEstablished", r#"{"means":"accession"}"#)],
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
            field("received-on", "received_on", Date, Required, "When the others received it"),
            field("admitted", "admitted", Text, Optional, "Without a clause: why intention or nature of the agreement admits it"),
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
    // Force.
    verb!(
        "enter-into-force",
        "Record that an agreement entered into force",
        "EnteredIntoForce",
        [
            field("on", "on", Date, Optional, "From when; found by the clause, or the last consent, if none is given"),
            field("basis", "basis", Text, Required, "On what ground: the clause or the later understanding"),
        ],
        "--as FR enter-into-force 0199 --basis 'Article 5'"
    ),
    verb!(
        "enter-into-force-for",
        "Record that it entered into force for a party that consented later",
        "EnteredIntoForceFor",
        [field("on", "on", Date, Optional, "From when; found by the clause, or by its consent, if none is given"),],
        "--as NL enter-into-force-for 0199"
    ),
    verb!(
        "apply-provisionally",
        "Begin provisional application",
        "ProvisionalApplicationBegan",
        [ON, field("parties", "parties", List, Required, "For whom"), PROVISIONS, CONSENTING,],
        "--as NL apply-provisionally 0199 --on 2025-01-20 --parties NL,MA"
    ),
    verb!(
        "end-provisional",
        "End provisional application for oneself",
        "ProvisionalApplicationEnded",
        [ON],
        "--as NL end-provisional 0199 --on 2025-06-01"
    ),
    verb!(
        "agree-clause",
        "Agree on a final clause after the adoption, as by an exchange of notes",
        "ClauseAgreed",
        [
            ON,
            field("label", "clause.label", Text, Required, "The instrument, or the article"),
            field("provides", "clause.provides", Json, Required, "The term, as JSON"),
            ALL_CONSENTING,
        ],
        "--as FR agree-clause 0199 --on 2000-12-18 --label 'exchange of notes' --provides '{\"entry_into_force\":\"first day of the 2nd month after 2nd notification\"}' --consenting FR,MA"
    ),
    // Depositary, notification, registration.
    verb!(
        "notify",
        "Send a notification: that one's procedures are complete, or of something else",
        "NotificationSent",
        [
            ON,
            field(
                "subject",
                "subject",
                WordsOr("procedures_complete"),
                Optional,
                "What it says, if it is not that procedures are complete"
            ),
        ],
        "--as FR notify 0199 --on 2025-01-27"
    ),
    verb!(
        "receive",
        "Receive a notification",
        "NotificationReceived",
        [ON, NUMBER],
        "--as MA receive 0199 --number 1 --on 2025-01-30"
    ),
    verb!(
        "inform",
        "Inform a party of a notification, as depositary",
        "PartyInformed",
        [ON, NUMBER, field("party", "party", Text, Required, "The party"),],
        "--as UN inform 0199 --number 1 --party MA --on 2025-02-03"
    ),
    verb!(
        "examine",
        "Examine the form of a notification, as depositary",
        "FormExamined",
        [ON, NUMBER, field("defect", "defect", Text, Optional, "What is wrong with it"),],
        "--as UN examine 0199 --number 1 --on 2025-02-02"
    ),
    verb!(
        "bring-difference",
        "Bring a difference to the States concerned, as depositary",
        "DifferenceBrought",
        [ON, field("about", "about", Text, Required, "What it is about"),],
        "--as UN bring-difference 0199 --on 2025-02-02 --about 'the form of notification 1'"
    ),
    verb!(
        "designate-depositary",
        "Designate a depositary",
        "DepositaryDesignated",
        [ON, field("keeper", "keeper", Text, Required, "Who keeps the agreement"), ALL_CONSENTING,],
        "--as FR designate-depositary 0199 --on 2025-01-20 --keeper UN --consenting FR,MA"
    ),
    verb!(
        "register",
        "Register the agreement with the United Nations",
        "Registered",
        [
            ON,
            field("number", "number", Text, Required, "The number in the register"),
            field("languages", "languages", List, Required, "The languages of the certified copy"),
            field("ex-officio", "ex_officio", Flag, Optional, "The United Nations register it of their own"),
        ],
        "--as FR register 0199 --on 2025-06-01 --number I-1234 --languages fr,ar"
    ),
    verb!(
        "certify-statement",
        "Certify a later action to the register",
        "StatementCertified",
        [ON, field("about", "about", Text, Required, "The action"),],
        "--as FR certify-statement 0199 --on 2025-07-01 --about 'accession of NL'"
    ),
    // Reservations.
    verb!(
        "reserve",
        "Make a reservation",
        "ReservationFormulated",
        [
            ON,
            THE_PROVISIONS,
            field("words", "words", Text, Required, "What it says"),
            field("late", "late", Flag, Optional, "After the consent: it stands unless somebody objects"),
        ],
        "--as A reserve 0199 --on 2025-01-20 --provisions 1.4 --words 'except in winter'"
    ),
    verb!(
        "confirm-reservation",
        "Confirm, with the consent, a reservation made at signature",
        "ReservationConfirmed",
        [ON, NUMBER],
        "--as A confirm-reservation 0199 --number 1 --on 2025-03-10"
    ),
    verb!(
        "notify-reservation",
        "Record that a reservation was notified to others",
        "ReservationNotified",
        [ON, NUMBER, field("to", "to", List, Required, "To whom"),],
        "--as A notify-reservation 0199 --number 1 --to B,C --on 2025-02-01"
    ),
    verb!(
        "accept-reservation",
        "Accept a reservation in writing",
        "ReservationAccepted",
        [ON, NUMBER],
        "--as B accept-reservation 0199 --number 1 --on 2025-04-01"
    ),
    verb!(
        "object",
        "Object to a reservation",
        "ObjectionMade",
        [
            ON,
            NUMBER,
            field("opposes-force", "opposes_force", Flag, Optional, "The agreement is not to be in force between the two"),
        ],
        "--as B object 0199 --number 1 --on 2025-04-01"
    ),
    verb!(
        "withdraw-reservation",
        "Withdraw a reservation",
        "ReservationWithdrawn",
        [ON, NUMBER],
        "--as A withdraw-reservation 0199 --number 1 --on 2026-01-01"
    ),
    verb!(
        "receive-withdrawal",
        "Receive notice that a reservation was withdrawn",
        "WithdrawalReceived",
        [ON, NUMBER],
        "--as B receive-withdrawal 0199 --number 1 --on 2026-01-05"
    ),
    verb!(
        "withdraw-objection",
        "Withdraw an objection",
        "ObjectionWithdrawn",
        [NUMBER, field("received-on", "received_on", Date, Required, "When the reserving State received notice of it"),],
        "--as B withdraw-objection 0199 --number 1 --received-on 2026-01-05"
    ),
    // Amendments.
    verb!(
        "notify-amendment",
        "Notify an amendment to contracting States",
        "AmendmentNotified",
        [ON, REVISION, field("to", "to", List, Required, "To whom"),],
        "--as A notify-amendment 0199 --revision 2 --to B,C --on 2026-02-01"
    ),
    verb!(
        "amendment-in-force",
        "Bring an amendment into force between those that accepted it",
        "AmendmentEnteredIntoForce",
        [
            field("on", "on", Date, Optional, "From when; found by the amending agreement, if there is one"),
            REVISION,
            field("instrument", "instrument", Agreement, Optional, "The amending agreement"),
        ],
        "--as A amendment-in-force 0199 --revision 2 --on 2026-06-01"
    ),
    verb!(
        "stay-out",
        "Declare, as a later party, that one does not join the amended treaty",
        "AmendmentDisclaimed",
        [ON, REVISION],
        "--as D stay-out 0199 --revision 2 --on 2027-01-01"
    ),
    verb!(
        "join-amendment",
        "Become bound by an amendment in force",
        "AmendmentJoined",
        [ON, REVISION],
        "--as C join-amendment 0199 --revision 2 --on 2027-01-01"
    ),
    verb!(
        "modify-inter-se",
        "Modify the agreement among some",
        "InterSeModified",
        [
            ON,
            REVISION,
            BETWEEN,
            TOLD,
            field("harmless", "harmless", Flag, Optional, "It affects no rights of others and defeats no object"),
        ],
        "--as A modify-inter-se 0199 --revision 2 --on 2026-06-01 --between A,B --notified C --harmless"
    ),
    verb!(
        "interpret",
        "Agree on what provisions mean",
        "InterpretationAgreed",
        [ON, THE_PROVISIONS, field("note", "note", Pairs, Required, "What they mean, in each language"), ALL_CONSENTING,],
        "--as FR interpret 0199 --on 2026-01-01 --provisions 1.2 --note 'fr=au moins une fois par an' --consenting FR,MA"
    ),
    verb!(
        "amend-annex",
        "Record that a body amended what it has power over",
        "AnnexAmended",
        [ON, REVISION, field("body", "body", Text, Required, "The body"),],
        "--as A amend-annex 0199 --revision 2 --on 2026-06-01 --body committee"
    ),
    // Corrections.
    verb!(
        "notify-correction",
        "Notify a proposed correction, as depositary",
        "CorrectionNotified",
        [ON, REVISION, field("days", "days", Number, Default("90"), "How many days there are to object"),],
        "--as UN notify-correction 0199 --revision 3 --on 2026-03-01"
    ),
    verb!(
        "object-correction",
        "Object to a correction",
        "CorrectionObjected",
        [ON, REVISION, field("reason", "reason", Text, Required, "Why"),],
        "--as MA object-correction 0199 --revision 3 --on 2026-04-01 --reason 'it is no error'"
    ),
    verb!(
        "rectify",
        "Rectify the text by a proces-verbal, as depositary",
        "Rectified",
        [ON, REVISION],
        "--as UN rectify 0199 --revision 3 --on 2026-06-01"
    ),
    verb!(
        "correction-to-un",
        "Notify a correction to the United Nations",
        "CorrectionNotifiedToUn",
        [ON, REVISION],
        "--as FR correction-to-un 0199 --revision 3 --on 2026-06-02"
    ),
    verb!(
        "rectify-copy",
        "Rectify a wrong certified copy",
        "CopyRectified",
        [ON, LANG, field("note", "note", Text, Required, "What was wrong"),],
        "--as FR rectify-copy 0199 --lang fr --on 2026-06-02 --note 'page 3 is missing'"
    ),
    // End and suspension.
    verb!(
        "end",
        "End the agreement by consent of all",
        "AgreementEnded",
        [ON, field("ground", "ground", Text, Default("by consent"), "On what ground"), ALL_CONSENTING,],
        "--as FR end 0199 --on 2027-01-01 --consenting FR,MA"
    ),
    verb!("terminate", "Record that it ended as its clause says", "Terminated", [ON], "--as FR terminate 0199 --on 2030-01-01"),
    verb!(
        "supersede",
        "Record that a later treaty of all parties takes its place",
        "Superseded",
        [
            ON,
            field("with", "by", Agreement, Required, "The later agreement"),
            ALL_CONSENTING,
            field("suspended-only", "suspended_only", Flag, Optional, "It is only suspended"),
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
        [ON, field("until", "until", Date, Required, "Until when"), BETWEEN, THE_PROVISIONS, TOLD,],
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
            field("ground", "claim.ground", Choice(GROUNDS), Required, "The ground"),
            field(
                "measure",
                "claim.measure",
                Choice(&["terminate", "suspend", "withdraw", "invalidate"]),
                Required,
                "What is claimed"
            ),
            field("reasons", "claim.reasons", Text, Required, "The reasons"),
            field("against", "claim.against", Text, Optional, "Who broke the agreement"),
            field("provisions", "claim.provisions", List, Optional, "The provisions; all, if none is named"),
            field("self-caused", "claim.self_caused", Flag, Optional, "The claimant brought it about"),
            field("boundary", "claim.boundary", Flag, Optional, "It concerns a boundary"),
            field("humanitarian", "claim.humanitarian", Flag, Optional, "The provisions protect persons"),
            field("temporary", "claim.temporary", Flag, Optional, "The impossibility is temporary"),
            field("indispensable", "claim.indispensable", Flag, Optional, "Diplomatic relations are indispensable to it"),
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
        [ON, field("ground", "ground", Choice(GROUNDS), Required, "The ground"),],
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
    // Languages.
    verb!(
        "open-language",
        "Open a version in another language",
        "LanguageVersionOpened",
        [ON, LANG],
        "--as MA open-language 0199 --lang en --on 2025-01-02"
    ),
    verb!(
        "certify",
        "Certify that the versions of a revision say the same",
        "ConcordanceCertified",
        [ON, REVISION, BY, field("settled", "settled", List, Optional, "Differences found to be none of meaning, by their keys"),],
        "--as FR certify 0199 --revision 1 --on 2025-01-10 --by 'lawyer-linguists of both'"
    ),
    verb!(
        "declare-authentic",
        "Declare another version authentic",
        "DeclaredAuthentic",
        [ON, LANG, CONSENTING],
        "--as FR declare-authentic 0199 --lang en --on 2025-02-01 --consenting FR,MA"
    ),
    verb!(
        "prevail",
        "Designate the version that prevails",
        "PrevailingDesignated",
        [ON, LANG, CONSENTING],
        "--as FR prevail 0199 --lang fr --on 2025-02-01 --consenting FR,MA"
    ),
    verb!(
        "translate",
        "Add an official translation",
        "TranslationAdded",
        [ON, LANG, BY, field("text", "text", Text, Required, "Its text"),],
        "--as FR translate 0199 --lang en --on 2025-02-01 --by 'the ministry' --text 'The Parties cooperate.'"
    ),
    verb!(
        "diverge",
        "Record a divergence between authentic versions",
        "DivergenceRecorded",
        [
            ON,
            field("says", "says", Pairs, Required, "What each version says"),
            THE_PROVISIONS,
            field("note", "note", Text, Required, "What the difference is"),
        ],
        "--as FR diverge 0199 --on 2025-03-01 --says 'fr=jours ouvrables' --says 'ar=أيام' --provisions 1.2 --note 'days of work'"
    ),
    verb!(
        "resolve-divergence",
        "Resolve a divergence on one ground",
        "DivergenceResolved",
        [ON, NUMBER, field("ground", "ground", Json, Required, "The ground, as JSON"),],
        "--as FR resolve-divergence 0199 --number 1 --on 2025-04-01 --ground '{\"best_reconciling\":{\"meaning\":\"days of work\"}}'"
    ),
    // Other agreements, and a party's own house.
    verb!(
        "relate",
        "Put a relation to another agreement on record",
        "RelationRecorded",
        [
            ON,
            field("to", "to", Agreement, Required, "The other agreement"),
            field(
                "relation",
                "relation",
                Choice(&["subject-to", "later-than", "context", "completes"]),
                Required,
                "How this one stands to it"
            ),
        ],
        "--as FR relate 0199 --to 01a0 --relation later-than --on 2025-01-20"
    ),
    verb!(
        "mandate-request",
        "Ask for a mandate to negotiate",
        "MandateRequested",
        [ON, BY, field("need", "need", Text, Required, "The need"),],
        "--as FR mandate-request 0199 --on 2024-10-30 --by Interior --need 'a new arrangement'"
    ),
    verb!(
        "mandate-consult",
        "Record the consultation of ministers",
        "MinistersConsulted",
        [
            ON,
            field("ministers", "ministers", List, Required, "Who was consulted"),
            field("against", "against", List, Optional, "Who disagrees"),
        ],
        "--as FR mandate-consult 0199 --on 2024-11-04 --ministers Justice,Budget"
    ),
    verb!(
        "mandate-arbitrate",
        "Arbitrate between ministers",
        "Arbitrated",
        [ON, field("go-on", "go_on", Flag, Optional, "To negotiate; without it, not to"),],
        "--as FR mandate-arbitrate 0199 --on 2024-11-08 --go-on"
    ),
    verb!(
        "mandate-assess",
        "Decide whether parliament must authorise",
        "AuthorisationAssessed",
        [
            ON,
            field("needed", "needed", Flag, Optional, "It must; without it, it need not"),
            field("reason", "reason", Text, Required, "Why"),
        ],
        "--as FR mandate-assess 0199 --on 2024-11-08 --reason 'no matter of article 53'"
    ),
    verb!(
        "mandate-give",
        "Give mandate and delegation",
        "MandateGiven",
        [ON, field("to", "to", Text, Required, "The delegation's head"),],
        "--as FR mandate-give 0199 --on 2024-11-12 --to 'the director'"
    ),
    verb!(
        "mandate-powers",
        "Issue powers",
        "PowersIssued",
        [
            ON,
            field("to", "to.name", Text, Required, "For whom"),
            field("office", "to.office", Choice(OFFICES), Default("minister"), "Their office"),
            field("form", "form", Choice(&["solemn", "simplified"]), Default("simplified"), "The form of the agreement"),
            field("signed-by", "signed_by", Choice(OFFICES), Default("foreign-minister"), "Who signs the powers"),
        ],
        "--as FR mandate-powers 0199 --on 2025-01-10 --to 'A. Minister'"
    ),
];
