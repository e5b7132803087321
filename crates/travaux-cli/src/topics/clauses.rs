//! Final clauses: what manifests, scenarios and `agree-clause` take.

use travaux::domain::clause::FinalClause;
use travaux_import::input::shape_of;

use super::{About, Topic, choice, part};

pub(super) const TOPIC: Topic = Topic {
    name: "clauses",
    about: "what an agreement itself provides about its conclusion, force, change and end",
    intro: &[
        "A manifest has final clauses, each with its label and one term. A clause fills in a rule that leaves the matter to the agreement, or takes the place of one from which the parties may depart; the rule stands behind the term, and `travaux law F1` says what it says. One that departs from mandatory law is refused.",
        "`travaux agree-clause AGREEMENT --label 'exchange of notes' --provides TERM` agrees on one after the adoption; there provisions go by their labels in the text adopted last too, while a manifest takes their ids. Dates that depend on something are effects: `travaux topic effects`.",
    ],
    types: &[
        About {
            of: "FinalClause",
            title: "a final clause",
            parts: &[
                part(
                    "label",
                    "Where it stands: `Article 14`, or the exchange of notes by which it was agreed.",
                ),
                part("provides", "What it provides."),
            ],
        },
        About {
            of: "Term",
            title: "a term",
            parts: TERMS,
        },
        About {
            of: "Means",
            title: "a means of consent",
            parts: &[
                part("signature", "Signature."),
                part("exchange", "Exchange of instruments."),
                part("ratification", "Ratification."),
                part("acceptance", "Acceptance."),
                part("approval", "Approval."),
                part("accession", "Accession."),
                part(
                    "notification",
                    "The notification that a party's procedures are complete.",
                ),
            ],
        },
        About {
            of: "TacitAmendment",
            title: "how silence accepts an amendment",
            parts: &[
                part(
                    "provisions",
                    "The provisions that are amended so, each with all that it contains; any, if none is named.",
                ),
                part(
                    "within",
                    "How long after its notification a party may object.",
                ),
                part(
                    "after",
                    "How long after the end of that it enters into force; at its end, if nothing is said.",
                ),
                part(
                    "blocked_by_more_than",
                    "It binds nobody where more parties object; otherwise all but those that do.",
                ),
            ],
        },
        About {
            of: "Share",
            title: "a share of the parties",
            parts: &[part("of", "So many."), part("out_of", "Of so many.")],
        },
        About {
            of: "ReservationsAllowed",
            title: "reservations that may be made",
            parts: &[
                choice(
                    "none",
                    "None.",
                    &[],
                    r#"{"label": "Article 9", "provides": {"reservations": "none"}}"#,
                ),
                choice(
                    "only",
                    "Only to these provisions.",
                    &[],
                    r#"{"label": "Article 9", "provides": {"reservations": {"only": ["1.2"]}}}"#,
                ),
                choice(
                    "all_but",
                    "To all but these.",
                    &[],
                    r#"{"label": "Article 9", "provides": {"reservations": {"all_but": ["1.2"]}}}"#,
                ),
            ],
        },
        About {
            of: "Period",
            title: "a length of time",
            parts: &[
                choice(
                    "days",
                    "Days.",
                    &[],
                    r#"{"label": "Article 9", "provides": {"suspension": {"days": 30}}}"#,
                ),
                choice(
                    "months",
                    "Months; the last day where a month is too short.",
                    &[],
                    r#"{"label": "Article 9", "provides": {"denunciation": {"months": 6}}}"#,
                ),
                choice(
                    "years",
                    "Years.",
                    &[],
                    r#"{"label": "Article 9", "provides": {"denunciation": {"years": 1}}}"#,
                ),
            ],
        },
    ],
    shape: shape_of::<FinalClause>,
    #[cfg(test)]
    elsewhere: None,
};

const TERMS: &[super::Part] = &[
    choice(
        "adoption_majority",
        "A conference adopts the text by this share of those present and voting (T5).",
        &[("of", "So many."), ("out_of", "Of so many.")],
        r#"{"label": "Article 9", "provides": {"adoption_majority": {"of": 2, "out_of": 3}}}"#,
    ),
    choice(
        "authentication",
        "How the text is authenticated (T6).",
        &[],
        r#"{"label": "Article 9", "provides": {"authentication": "initialling by the heads of delegation"}}"#,
    ),
    choice(
        "without_concordance",
        "Concordance need not be certified before adoption, though languages differ (L2).",
        &[],
        r#"{"label": "Article 9", "provides": "without_concordance"}"#,
    ),
    choice(
        "also_authentic",
        "A further version is authentic (L4).",
        &[],
        r#"{"label": "Article 9", "provides": {"also_authentic": "en"}}"#,
    ),
    choice(
        "prevailing",
        "This version prevails where the others differ (L5).",
        &[],
        r#"{"label": "Article 9", "provides": {"prevailing": "fr"}}"#,
    ),
    choice(
        "consent",
        "The means by which consent to be bound can be expressed (C6 to C8).",
        &[],
        r#"{"label": "Article 9", "provides": {"consent": ["ratification", "acceptance"]}}"#,
    ),
    choice(
        "accession",
        "Who may accede; anyone, if nobody is named (C9).",
        &[],
        r#"{"label": "Article 9", "provides": {"accession": ["NL", "BE"]}}"#,
    ),
    choice(
        "partial_consent",
        "Consent may be to a part (C10).",
        &[],
        r#"{"label": "Article 9", "provides": "partial_consent"}"#,
    ),
    choice(
        "entry_into_force",
        "When the agreement enters into force (F1).",
        &[],
        r#"{"label": "Article 9", "provides": {"entry_into_force": "first day of the 2nd month after last notification"}}"#,
    ),
    choice(
        "late_consent",
        "When it enters into force for one that consents after the act on which entry into force waits: the n-th instrument, the last notification (F3). It is never earlier than for the others.",
        &[],
        r#"{"label": "Article 9", "provides": {"late_consent": "30 days after own instrument"}}"#,
    ),
    choice(
        "late_consent_after_force",
        "The same, for one that consents after entry into force only: who consents before it gets the date of all (F3).",
        &[],
        r#"{"label": "Article 9", "provides": {"late_consent_after_force": "90 days after own instrument"}}"#,
    ),
    choice(
        "provisional_application",
        "It may be applied before it is in force: these provisions; all, if none is named (F4).",
        &[],
        r#"{"label": "Article 9", "provides": {"provisional_application": ["1.2"]}}"#,
    ),
    choice(
        "retroactive",
        "It applies to acts and facts from this date on, though it is in force from its entry only (F7).",
        &[],
        r#"{"label": "Article 9", "provides": {"retroactive": "2024-01-01"}}"#,
    ),
    choice(
        "retroactive_force",
        "It enters into force with effect from this date, which lies before (F11).",
        &[],
        r#"{"label": "Article 9", "provides": {"retroactive_force": "2024-01-01"}}"#,
    ),
    choice(
        "territory",
        "Where it applies for a party (F8).",
        &[("party", "The party."), ("extent", "Where.")],
        r#"{"label": "Article 9", "provides": {"territory": {"party": "FR", "extent": "the European territory of France"}}}"#,
    ),
    choice(
        "amendment_binds_all",
        "An amendment that this share of the parties accept binds all (A4).",
        &[("of", "So many."), ("out_of", "Of so many.")],
        r#"{"label": "Article 9", "provides": {"amendment_binds_all": {"of": 2, "out_of": 3}}}"#,
    ),
    choice(
        "tacit_amendment",
        "Silence accepts an amendment that was notified: it binds all that do not object in time (A12).",
        &[],
        r#"{"label": "Article 9", "provides": {"tacit_amendment": {"provisions": ["1.2"], "within": {"years": 2}, "after": {"months": 6}, "blocked_by_more_than": {"of": 1, "out_of": 3}}}}"#,
    ),
    choice(
        "inter_se",
        "Whether some parties may modify it among themselves (A8).",
        &[],
        r#"{"label": "Article 9", "provides": {"inter_se": false}}"#,
    ),
    choice(
        "amending_body",
        "A body that may amend provisions (A11).",
        &[
            ("body", "The body."),
            (
                "provisions",
                "The provisions, each with all that it contains.",
            ),
        ],
        r#"{"label": "Article 9", "provides": {"amending_body": {"body": "joint committee", "provisions": ["1.1"]}}}"#,
    ),
    choice(
        "reservations",
        "Which reservations may be made (R1).",
        &[],
        r#"{"label": "Article 9", "provides": {"reservations": {"all_but": ["1.2"]}}}"#,
    ),
    choice(
        "tacit_acceptance",
        "Months after which silence on a reservation is acceptance (R4).",
        &[],
        r#"{"label": "Article 9", "provides": {"tacit_acceptance": 6}}"#,
    ),
    choice(
        "all_accept_reservations",
        "A reservation needs the acceptance of all (R7).",
        &[],
        r#"{"label": "Article 9", "provides": "all_accept_reservations"}"#,
    ),
    choice(
        "territories",
        "A party may say to which territories it applies (C19).",
        &[
            (
                "leave_out",
                "Whether it may leave some of its own out, with its consent.",
            ),
            (
                "from",
                "From when a later declaration has effect, counted from `own notice`, which is its receipt; from that day, if nothing is said.",
            ),
        ],
        r#"{"label": "Article 9", "provides": {"territories": {"leave_out": true, "from": "first day of the 1st month after 3 months after own notice"}}}"#,
    ),
    choice(
        "counts_once_accepted",
        "A consent with a reservation counts once another contracting State has accepted that (R13).",
        &[],
        r#"{"label": "Article 9", "provides": "counts_once_accepted"}"#,
    ),
    choice(
        "denunciation",
        "A party may leave, or end a bilateral agreement, with this notice (E1, C14).",
        &[],
        r#"{"label": "Article 9", "provides": {"denunciation": {"months": 6}}}"#,
    ),
    choice(
        "denunciation_effect",
        "When such a notice takes effect, where that is more than a time after its receipt (E1).",
        &[],
        r#"{"label": "Article 9", "provides": {"denunciation_effect": "first day of the 1st year after 6 months after own notice"}}"#,
    ),
    choice(
        "notice_from",
        "From when on such a notice can be given (E1).",
        &[],
        r#"{"label": "Article 9", "provides": {"notice_from": "5 years after entry into force"}}"#,
    ),
    choice(
        "renewal",
        "At the end of its term, which `expiry` says, it is renewed, for periods one after another, unless notice is received in time: such a notice takes effect at the end of the period that runs (E1).",
        &[
            ("every", "How long each period after the first is."),
            (
                "notice",
                "How long before the end of a period notice is received at the latest.",
            ),
        ],
        r#"{"label": "Article 9", "provides": {"renewal": {"every": {"years": 5}, "notice": {"months": 6}}}}"#,
    ),
    choice(
        "expiry",
        "When it ends by itself: the first day on which it is not in force (E1).",
        &[],
        r#"{"label": "Article 9", "provides": {"expiry": "5 years after last notification"}}"#,
    ),
    choice(
        "minimum_parties",
        "It ends when fewer parties are left (E3).",
        &[],
        r#"{"label": "Article 9", "provides": {"minimum_parties": 3}}"#,
    ),
    choice(
        "suspension",
        "Its operation may be suspended, by this notice (E5).",
        &[],
        r#"{"label": "Article 9", "provides": {"suspension": {"days": 30}}}"#,
    ),
    choice(
        "separable",
        "These provisions can be ended apart (E17).",
        &[],
        r#"{"label": "Article 9", "provides": {"separable": ["1.2"]}}"#,
    ),
    choice(
        "claim_months",
        "A claim to end it may be carried out after so many months (E13): under a profile of one's own that makes the row residual.",
        &[],
        r#"{"label": "Article 9", "provides": {"claim_months": 4}}"#,
    ),
    choice(
        "ended_by",
        "It also ends in this way (E20): under a profile of one's own that makes the row residual.",
        &[],
        r#"{"label": "Article 9", "provides": {"ended_by": "the accession of both parties to a later convention"}}"#,
    ),
    choice(
        "correction_from_now",
        "A correction counts from now on, and not from the beginning (X7).",
        &[],
        r#"{"label": "Article 9", "provides": "correction_from_now"}"#,
    ),
    choice(
        "depositary",
        "Who keeps it (D1).",
        &[],
        r#"{"label": "Article 9", "provides": {"depositary": "the Government of the French Republic"}}"#,
    ),
    choice(
        "on_dispatch",
        "A notification counts from its dispatch, and not from its receipt (D5).",
        &[],
        r#"{"label": "Article 9", "provides": "on_dispatch"}"#,
    ),
    choice(
        "subject_to",
        "It gives way to another agreement (K1).",
        &[],
        r#"{"label": "Article 9", "provides": {"subject_to": "the Charter of the United Nations"}}"#,
    ),
    choice(
        "group",
        "Who is meant by the name of a group in a threshold (F1): `travaux topic effects` says what one is.",
        &[
            ("name", "The name by which effects call it."),
            ("members", "Its members."),
        ],
        r#"{"label": "Article 9", "provides": {"group": {"name": "Benelux", "members": ["BE", "NL", "LU"]}}}"#,
    ),
    choice(
        "weights",
        "The same, with what each member weighs, for shares of more than heads: emissions, tonnage (F1). The whole is the sum of the weights: what those have who are not named wants a name too.",
        &[
            ("name", "The name by which effects call it."),
            ("unit", "What the weights are."),
            (
                "weights",
                "What each member weighs, in whole numbers of that unit.",
            ),
        ],
        r#"{"label": "Article 9", "provides": {"weights": {"name": "tonnage", "unit": "gross tons", "weights": {"FR": 5100000, "GR": 25000000, "others": 900000000}}}}"#,
    ),
    choice(
        "organisation",
        "An organisation whose instrument is not counted as additional to those of its members; not at all, if none is named (F1).",
        &[("party", "The organisation."), ("members", "Its members.")],
        r#"{"label": "Article 9", "provides": {"organisation": {"party": "EU", "members": ["FR", "DE"]}}}"#,
    ),
    choice(
        "open_for_signature",
        "The days on which it can be signed, the first and the last among them (C20).",
        &[
            ("from", "The first day, if it is named."),
            ("until", "The last day, if it is named."),
        ],
        r#"{"label": "Article 9", "provides": {"open_for_signature": {"from": "2025-03-01", "until": "2025-12-31"}}}"#,
    ),
];
