//! Figures and discrepancies: what is done to those of an indicator.

use super::{ALL_CONSENTING, ON, field};
use crate::commands::verbs::{
    ArgKind::{Adjustments, Choice, Date, Figures, List, Number, Pairs, Text},
    Field,
    Presence::{Default, OneOf, Optional, Required},
    Verb,
};

const FIGURE: Field = field(
    "figure",
    "figure",
    Number,
    Required,
    "The figure, by its number: `travaux figure list`",
);
const DISCREPANCY: Field = field(
    "discrepancy",
    "discrepancy",
    Number,
    Required,
    "The discrepancy, by its number: `travaux discrepancy list`",
);
const BY_VERSION: Field = field(
    "by",
    "version",
    Text,
    Required,
    "The exact version of the definition, such as 1.0.0",
);
const VALUE: Field = field(
    "value",
    "observation.value",
    Text,
    Optional,
    "The value, such as 1680 or -3.5; left out where it is missing",
);
const STATUS: Field = field(
    "status",
    "observation.status.codes",
    List,
    Default("A"),
    "Its status: codes of CL_OBS_STATUS; H, K, L, M, O, Q say why it is missing",
);
const STATUS_LIST: Field = field(
    "status-list",
    "observation.status.list",
    Choice(&["1.0", "2.0", "2.2"]),
    Default("2.0"),
    "The version of the list of the codes",
);
const SECRECY: Field = field(
    "confidentiality",
    "observation.confidentiality.status",
    Choice(&["F", "N", "C", "D", "S", "E"]),
    Default("F"),
    "Who may see it: all (F), nobody else (N, C, D, S), all after an embargo (E)",
);
/// A revision shows no figure to more than saw it, unless it says so.
const SECRECY_AS_BEFORE: Field = Field {
    need: Optional,
    help: "Who may see it: all (F), nobody else (N, C, D, S), all after an embargo (E); as before, \
           if left out",
    ..SECRECY
};
const UNTIL: Field = field(
    "until",
    "observation.confidentiality.until",
    Text,
    Optional,
    "The end of an embargo, such as 2025-12-19T14:30:00+01:00",
);
const ALSO_TO: Field = field(
    "also-to",
    "observation.confidentiality.also_to",
    List,
    Optional,
    "Who else may see it meanwhile",
);
const SOURCE: Field = field(
    "source",
    "observation.source",
    Text,
    Required,
    "Where it comes from",
);
const AS_OF: Field = field(
    "data-of",
    "observation.as_of",
    Date,
    Required,
    "The day of the data that it was taken from",
);
const ATTRIBUTE: Field = field(
    "attribute",
    "observation.attributes",
    Pairs,
    Optional,
    "What else is told of it, by the keys of the definition",
);
const INCLUDES: Field = field(
    "includes",
    "observation.includes",
    List,
    Optional,
    "The categories or areas that it includes (status W)",
);
const INCLUDED_IN: Field = field(
    "included-in",
    "observation.included_in",
    Text,
    Optional,
    "The category or area in which it is included (status K)",
);

pub(in crate::commands::verbs) const VERBS: &[Verb] = &[
    verb!(
        "report",
        "Report a figure",
        "FigureReported",
        [
            ON,
            BY_VERSION,
            field(
                "period",
                "key.period",
                Text,
                Required,
                "The period, such as 2023, 2023-Q1, 2023-01, 2023-W01"
            ),
            field(
                "counterpart",
                "key.counterpart",
                Text,
                Optional,
                "With whom: a party, or an area by its ISO 3166-1 or M49 code; all, if left out"
            ),
            field(
                "direction",
                "key.direction",
                Choice(&["out", "in"]),
                Optional,
                "Out of the reporter, or into it"
            ),
            field("category", "key.category", Text, Optional, "The category"),
            VALUE,
            STATUS,
            STATUS_LIST,
            SECRECY,
            UNTIL,
            ALSO_TO,
            SOURCE,
            AS_OF,
            ATTRIBUTE,
            INCLUDES,
            INCLUDED_IN,
        ],
        "--as FR figure report passes --by 1.0.0 --period 2023 --counterpart MA --value 725 --source ministry --data-of 2024-01-31 --on 2024-10-02"
    ),
    verb!(
        "revise",
        "Revise a figure: all that is said of it is said again, and what was said before is kept",
        "FigureRevised",
        [
            ON,
            FIGURE,
            field(
                "kind",
                "kind",
                Choice(&["late-data", "correction", "new-method"]),
                Required,
                "Why"
            ),
            BY_VERSION,
            VALUE,
            STATUS,
            STATUS_LIST,
            SECRECY_AS_BEFORE,
            UNTIL,
            ALSO_TO,
            SOURCE,
            AS_OF,
            ATTRIBUTE,
            INCLUDES,
            INCLUDED_IN,
        ],
        "--as FR figure revise passes --figure 2 --kind late-data --by 1.0.0 --value 731 --source ministry --data-of 2024-03-31 --on 2024-10-03"
    ),
    verb!(
        "withdraw",
        "Take a figure back",
        "FigureWithdrawn",
        [ON, FIGURE, field("reason", "reason", Text, Required, "Why"),],
        "--as FR figure withdraw passes --figure 2 --reason 'counted twice' --on 2024-10-03"
    ),
];

pub(in crate::commands::verbs) const DISCREPANCY_VERBS: &[Verb] = &[
    verb!(
        "open",
        "Open a discrepancy between two figures that mirror each other",
        "DiscrepancyOpened",
        [
            ON,
            field(
                "figures",
                "figures",
                Figures,
                Required,
                "The two figures, each at its last revision: 2@1,3@1"
            ),
            field(
                "due",
                "due",
                Date,
                Optional,
                "Until when both reporters are to answer"
            ),
        ],
        "--as FR discrepancy open passes --figures 2@1,3@1 --on 2024-10-30"
    ),
    verb!(
        "answer",
        "Answer a discrepancy, as one of the two reporters",
        "DiscrepancyAnswered",
        [
            ON,
            DISCREPANCY,
            field(
                "cause",
                "answer.adjustments",
                Adjustments,
                Required,
                "A cause, its nature, and how much of the gap it makes up: coverage:known:-900 \
                 or error-of=FR:irregular:-55:NOTE"
            ),
            field(
                "residual",
                "answer.residual",
                Text,
                Default("0"),
                "What is left: with the amounts, it is the gap"
            ),
        ],
        "--as FR discrepancy answer passes --discrepancy 4 --cause coverage:known:-900 --residual=-55 --on 2024-10-31"
    ),
    verb!(
        "reconcile",
        "Reconcile a discrepancy that both have answered",
        "DiscrepancyReconciled",
        [
            ON,
            DISCREPANCY,
            field(
                "outcome",
                "outcome",
                Choice(&["corrected"]),
                OneOf("the outcome"),
                "The figures were corrected"
            ),
            field(
                "explained-by",
                "outcome.explained.adjustments",
                Adjustments,
                OneOf("the outcome"),
                "All agree on what makes up the gap: causes with amounts"
            ),
            field(
                "agreed-value",
                "outcome.agreed.value",
                Text,
                OneOf("the outcome"),
                "A third figure was agreed on; it replaces neither"
            ),
            field(
                "irreducible",
                "outcome.irreducible.reason",
                Text,
                OneOf("the outcome"),
                "It cannot be resolved: why"
            ),
            field(
                "residual",
                "outcome.explained.residual",
                Text,
                Optional,
                "What is left, within the tolerance, where it is explained"
            ),
            field(
                "ground",
                "outcome.agreed.ground",
                Text,
                Optional,
                "On what an agreed figure rests"
            ),
            ALL_CONSENTING,
        ],
        "--as FR discrepancy reconcile passes --discrepancy 4 --irreducible 'files are lost' --consenting FR,MA --on 2024-11-30"
    ),
];
