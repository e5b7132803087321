//! Frameworks: from their revision to their end, their areas and organs.

use super::{ALL_CONSENTING, ON, REVISION, field};
use crate::commands::verbs::{
    ArgKind::{Agreement, Choice, Date, Holder, Json, List, Number, Pairs, Text},
    Field,
    Presence::{Default, Optional, Required},
    Verb,
};

const EFFECT: Field = field(
    "effect",
    "effect",
    Date,
    Optional,
    "From when it applies, if not from then on",
);
const REASON: Field = field("reason", "reason", Text, Required, "Why");
const AREA: Field = field("area", "area", Text, Required, "The area, by its key");
const THE_AGREEMENT: Field = field(
    "agreement",
    "agreement",
    Agreement,
    Required,
    "The agreement",
);
const FROM: Field = field(
    "from",
    "from",
    Date,
    Optional,
    "From when it is that, if not from then on",
);
const ROLE: Field = field(
    "role",
    "organ.role",
    Text,
    Required,
    "What it is for, as a key: contact, secretariat",
);
const WHO: Field = field(
    "who",
    "organ.who",
    Holder,
    Required,
    "Whose it is, by office",
);
const ADDRESS: Field = field(
    "address",
    "organ.address",
    Text,
    Optional,
    "How it is reached",
);
const KEY: &str = "Its key, which names it for good";
const TITLE: &str = "What it is called";
const SCOPE: &str = "What belongs to it, by language";

/// What is done to a framework as a whole.
pub(in crate::commands::verbs) const VERBS: &[Verb] = &[
    verb!(
        "revise",
        "Propose a revision of its terms; what was accepted before counts no more",
        "FrameworkRevised",
        [
            ON,
            field(
                "base",
                "base",
                Number,
                Required,
                "The revision that it changes: the latest"
            ),
            field("title", "changes.title", Text, Optional, TITLE),
            field(
                "nature",
                "changes.nature",
                Choice(&["declaration", "arrangement", "treaty"]),
                Optional,
                "What the founding act is"
            ),
            field(
                "instrument",
                "changes.instrument",
                Agreement,
                Optional,
                "The founding act, where it is an agreement on record"
            ),
            field(
                "declaration",
                "changes.declaration",
                Json,
                Optional,
                "The founding act: title, made, by"
            ),
            field(
                "parties",
                "changes.parties",
                Json,
                Optional,
                "All its parties: id, name"
            ),
            field(
                "areas",
                "changes.areas",
                Json,
                Optional,
                "All its areas, until it is adopted: key, title, scope"
            ),
            field(
                "organs",
                "changes.organs",
                Json,
                Optional,
                "All organs, until it is adopted: role, who, address"
            ),
        ],
        "--as MA framework revise draft --base 1 --title 'Comprehensive pact' --on 2025-05-02"
    ),
    verb!(
        "accept",
        "Accept the latest revision",
        "FrameworkAccepted",
        [ON, REVISION],
        "--as MA framework accept draft --revision 1 --on 2025-05-03"
    ),
    verb!(
        "adopt",
        "Adopt the latest revision, once every party has accepted it",
        "FrameworkAdopted",
        [
            ON,
            EFFECT,
            REVISION,
            field(
                "consenting",
                "consenting",
                List,
                Optional,
                "Those whose acceptance this record names, beside those who accepted it themselves"
            ),
        ],
        "--as FR framework adopt draft --revision 1 --consenting MA --on 2025-05-10"
    ),
    verb!(
        "include",
        "Bring an agreement under it",
        "AgreementIncluded",
        [
            ON,
            THE_AGREEMENT,
            AREA,
            field(
                "relation",
                "relation",
                Choice(&["implementing", "preceding", "related"]),
                Default("implementing"),
                "How it stands to the framework"
            ),
        ],
        "--as FR framework include pact --agreement visas --area migration --relation preceding --on 2025-05-10"
    ),
    verb!(
        "release",
        "Release an agreement; its force is its own",
        "AgreementReleased",
        [ON, THE_AGREEMENT, REASON, ALL_CONSENTING],
        "--as FR framework release pact --agreement sec --reason 'it stands alone' --consenting FR,MA --on 2025-05-10"
    ),
    verb!(
        "suspend",
        "Suspend it: nothing comes under it meanwhile",
        "FrameworkSuspended",
        [ON, EFFECT, REASON, ALL_CONSENTING],
        "--as FR framework suspend pact --reason 'a dispute' --consenting FR,MA --on 2025-09-01"
    ),
    verb!(
        "resume",
        "Take it up again",
        "FrameworkResumed",
        [ON, EFFECT, ALL_CONSENTING],
        "--as FR framework resume pact --consenting FR,MA --on 2025-10-01"
    ),
    verb!(
        "end",
        "End it; what stands under it stays as it is",
        "FrameworkEnded",
        [ON, EFFECT, REASON, ALL_CONSENTING],
        "--as FR framework end pact --reason 'another takes its place' --consenting FR,MA --on 2025-10-01"
    ),
];

/// What is done to its areas.
pub(in crate::commands::verbs) const AREA_VERBS: &[Verb] = &[
    verb!(
        "propose",
        "Propose an area",
        "AreaProposed",
        [
            ON,
            field("key", "area.key", Text, Required, KEY),
            field("title", "area.title", Text, Required, TITLE),
            field("scope", "area.scope", Pairs, Optional, SCOPE),
        ],
        "--as MA framework area propose pact --key sport --title 'Major events' --on 2025-04-14"
    ),
    verb!(
        "open",
        "Open an area, all parties consenting",
        "AreaOpened",
        [
            ON,
            EFFECT,
            field("key", "key", Text, Required, KEY),
            field("title", "title", Text, Required, TITLE),
            field("scope", "scope", Pairs, Optional, SCOPE),
            ALL_CONSENTING,
        ],
        "--as MA framework area open pact --key sport --title 'Major events' --consenting FR,MA --on 2025-04-14"
    ),
    verb!(
        "expand",
        "Expand an area, all parties consenting",
        "AreaExpanded",
        [
            ON,
            EFFECT,
            AREA,
            field("scope", "scope", Pairs, Required, SCOPE),
            ALL_CONSENTING,
        ],
        "--as MA framework area expand pact --area migration --scope 'en=Consular passes' --consenting FR,MA --on 2025-04-14"
    ),
    verb!(
        "close",
        "Close an area in which nothing is open, all parties consenting",
        "AreaClosed",
        [ON, EFFECT, AREA, REASON, ALL_CONSENTING],
        "--as MA framework area close pact --area food --reason 'it is done' --consenting FR,MA --on 2025-09-01"
    ),
];

/// What is done to its organs.
pub(in crate::commands::verbs) const ORGAN_VERBS: &[Verb] = &[
    verb!(
        "name",
        "Name an organ or contact point of one's own",
        "OrganNamed",
        [ON, FROM, ROLE, WHO, ADDRESS],
        "--as MA framework organ name pact --role secretariat --who 'MA:Directorate for cooperation' --on 2025-03-01"
    ),
    verb!(
        "replace",
        "Name another in its place; who was it stays on record",
        "OrganReplaced",
        [ON, FROM, ROLE, WHO, ADDRESS],
        "--as FR framework organ replace pact --role contact --who 'FR:Directorate-general for foreigners' --on 2025-09-01 --from 2025-09-15"
    ),
];
