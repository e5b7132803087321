//! Meetings: what is done to one that was convened.

use super::{ALL_CONSENTING, ON, field};
use crate::commands::verbs::{
    ArgKind::{
        Choice, Clock, Date, Holders, Item, Json, List, Number, Pairs, Participants, Text, WordsOf,
    },
    Field,
    Presence::{OneOf, Optional, Required},
    Verb,
};

const CONSENTING: Field = field(
    "consenting",
    "consenting",
    List,
    Optional,
    "All parties to the meeting, where it takes their consent",
);
const REASON: Field = field("reason", "reason", Text, Optional, "Why");
const ITEM: Field = field("item", "item", Text, Required, "The item, by its key");
const WORDS: Field = field("words", "words", Pairs, Required, "The words, by language");
const KEY: &str = "Its key, which names it for good";
const PARTY: &str = "The party whose it is";

pub(in crate::commands::verbs) const VERBS: &[Verb] = &[
    verb!(
        "confirm",
        "Confirm the date of a meeting",
        "MeetingConfirmed",
        [ON],
        "--as FR meeting confirm experts --on 2025-09-01"
    ),
    verb!(
        "postpone",
        "Put a meeting off",
        "MeetingPostponed",
        [
            ON,
            field(
                "to",
                "to.date",
                Date,
                Required,
                "The day on which it is to begin"
            ),
            field(
                "time",
                "to.time",
                Clock,
                Optional,
                "The time, such as 10:00:00"
            ),
            field(
                "zone",
                "to.zone",
                Text,
                Optional,
                "Its zone, such as Europe/Paris"
            ),
            REASON,
        ],
        "--as FR meeting postpone experts --on 2025-09-01 --to 2025-10-20"
    ),
    verb!(
        "cancel",
        "Cancel a meeting",
        "MeetingCancelled",
        [ON, REASON],
        "--as FR meeting cancel experts --on 2025-09-01 --reason 'no figures yet'"
    ),
    verb!(
        "ask",
        "Ask for an item of the agenda",
        "AgendaItemRequested",
        [
            ON,
            field("key", "item.key", Text, Required, KEY),
            field("number", "item.number", Text, Optional, "The number shown"),
            field(
                "title",
                "item.title",
                Pairs,
                Required,
                "The title, by language"
            ),
            CONSENTING,
        ],
        "--as FR meeting ask experts --key figures --title 'en=Figures of 2024' --on 2025-09-01"
    ),
    verb!(
        "circulate",
        "Send the provisional agenda out",
        "AgendaCirculated",
        [ON, CONSENTING],
        "--as MA meeting circulate experts --on 2025-09-02"
    ),
    verb!(
        "paper",
        "Send a paper on an item of the agenda out",
        "PaperSent",
        [
            ON,
            ITEM,
            field("title", "title", Text, Required, "What it is called"),
            CONSENTING,
        ],
        "--as MA meeting paper experts --item figures --title 'A first table' --on 2025-09-02"
    ),
    verb!(
        "delegation",
        "Name who belongs to one's delegation",
        "DelegationNotified",
        [
            ON,
            field(
                "member",
                "members",
                Holders,
                Required,
                "A member, by office"
            ),
        ],
        "--as FR meeting delegation experts --member FR:Statistician --on 2025-09-02"
    ),
    verb!(
        "agenda",
        "Adopt the agenda at the opening",
        "AgendaAdopted",
        [
            ON,
            field(
                "items",
                "items",
                Json,
                Required,
                "Its items in order: key, title, and those that each was made `of`"
            ),
            ALL_CONSENTING,
        ],
        r#"--as MA meeting agenda rabat --items '[{"key": "areas", "title": {"en": "New areas"}}]' --consenting FR,MA --on 2025-04-14"#
    ),
    verb!(
        "hold",
        "Say that a meeting was held, and who took part",
        "MeetingHeld",
        [
            ON,
            field(
                "participant",
                "participants",
                Participants,
                Required,
                "A participant: head, co-chair, member or expert of a party, by office"
            ),
            CONSENTING,
        ],
        "--as MA meeting hold rabat --participant 'MA:head:Minister of the Interior' --participant 'FR:head:Minister of the Interior' --on 2025-04-14"
    ),
    verb!(
        "dispose",
        "Dispose of an item of the agenda",
        "ItemDisposed",
        [
            ON,
            ITEM,
            field(
                "outcome",
                "outcome",
                Choice(&["noted", "not-agreed", "withdrawn"]),
                OneOf("what became of it"),
                "What became of it"
            ),
            field(
                "agreed-by",
                "outcome.agreed.consenting",
                List,
                OneOf("what became of it"),
                "All parties agreed: they, by name"
            ),
            field(
                "referred-to",
                "outcome.referred.to",
                Text,
                OneOf("what became of it"),
                "It was referred to somebody"
            ),
            field(
                "deferred-to",
                "outcome.deferred.to",
                Text,
                OneOf("what became of it"),
                "It was put off to a time or a meeting"
            ),
        ],
        "--as MA meeting dispose rabat --item areas --referred-to 'the experts' --on 2025-04-14"
    ),
    verb!(
        "item",
        "Record what was agreed, proposed or undertaken",
        "AgreedItemRecorded",
        [
            ON,
            field("key", "item.key", Text, Required, KEY),
            field(
                "agreed-by",
                "item.mode.agreed.consenting",
                List,
                OneOf("its mode"),
                "All parties agreed: they, by name"
            ),
            field(
                "proposed-by",
                "item.mode.proposed.by",
                Text,
                OneOf("its mode"),
                PARTY
            ),
            field(
                "undertaken-by",
                "item.mode.undertaking.by",
                Text,
                OneOf("its mode"),
                PARTY
            ),
            field(
                "mode",
                "item.mode",
                Choice(&["agreed-in-principle", "noted", "welcomed", "recalled"]),
                OneOf("its mode"),
                "What its words bear, where no party says more"
            ),
            field(
                "words",
                "item.words",
                Pairs,
                Required,
                "The words, by language"
            ),
            field("area", "item.area", Text, Optional, "The area, by its key"),
            field(
                "agenda",
                "item.agenda",
                Text,
                Optional,
                "The item of the agenda, by its key"
            ),
            field(
                "statement",
                "item.statement",
                Text,
                Optional,
                "The statement that tells of it"
            ),
        ],
        "--as MA meeting item rabat --key framework --proposed-by MA --words 'en=a new framework' --on 2025-04-14"
    ),
    verb!(
        "statement",
        "Issue a statement on a meeting",
        "StatementIssued",
        [
            ON,
            field("key", "statement.key", Text, Required, KEY),
            field(
                "issuers",
                "statement.issuers",
                List,
                Required,
                "Whose it is: one party, or those that issued it jointly"
            ),
            field(
                "words",
                "statement.words",
                Pairs,
                Required,
                "Its words, by language"
            ),
            field(
                "published",
                "statement.published",
                Date,
                Optional,
                "When it was published"
            ),
            field(
                "source",
                "statement.source",
                Text,
                Optional,
                "Where it is to be found"
            ),
        ],
        "--as MA meeting statement rabat --key press --issuers MA --words 'en=The ministers met.' --on 2025-04-14"
    ),
    verb!(
        "draft-minutes",
        "Draft the minutes, as the chair",
        "MinutesDrafted",
        [
            ON,
            field(
                "source",
                "source",
                Text,
                Optional,
                "Where they are to be found"
            ),
        ],
        "--as MA meeting draft-minutes rabat --on 2025-04-20"
    ),
    verb!(
        "approve-minutes",
        "Approve the minutes",
        "MinutesApproved",
        [ON],
        "--as FR meeting approve-minutes rabat --on 2025-04-30"
    ),
    verb!(
        "end",
        "End an item that was agreed",
        "ItemEnded",
        [
            ON,
            ITEM,
            field(
                "how",
                "how",
                Choice(&["fulfilled"]),
                OneOf("its end"),
                "It was done"
            ),
            field(
                "lapsed",
                "how.lapsed.reason",
                Text,
                OneOf("its end"),
                "It was dropped: why"
            ),
            field(
                "superseded-by",
                "how.superseded.by",
                Item,
                OneOf("its end"),
                "An item of another meeting took its place"
            ),
            field(
                "consenting",
                "consenting",
                List,
                Optional,
                "Who consents, unless it was carried out: all parties, where it was agreed or undertaken"
            ),
        ],
        "--as FR meeting end rabat --item areas --how fulfilled --on 2025-05-01"
    ),
    verb!(
        "restate",
        "Record that an item of an earlier meeting was repeated",
        "ItemRestated",
        [
            ON,
            field("of", "of", Item, Required, "The item"),
            field(
                "words",
                "words",
                Pairs,
                Optional,
                "In which words, by language"
            ),
        ],
        "--as FR meeting restate paris --of rabat/areas --on 2025-06-25"
    ),
    verb!(
        "correct",
        "Correct an error of the record",
        "RecordCorrected",
        [
            ON,
            field(
                "field",
                "field",
                Choice(&["title", "place"]),
                OneOf("the field"),
                "The field that is wrong"
            ),
            field(
                "participant",
                "field.participant_name",
                Number,
                OneOf("the field"),
                "The name of the participant of this number"
            ),
            field(
                "chair",
                "field.chair_name",
                Number,
                OneOf("the field"),
                "The name of this one in the chair"
            ),
            field(
                "item-words",
                "field.item_words",
                WordsOf("item"),
                OneOf("the field"),
                "The words of an item"
            ),
            field(
                "statement-words",
                "field.statement_words",
                WordsOf("statement"),
                OneOf("the field"),
                "The words of a statement"
            ),
            field("was", "was", Text, Required, "What the record says"),
            field("is", "is", Text, Required, "What it is to say"),
            field("ground", "ground", Text, Required, "On what ground"),
            field(
                "consenting",
                "consenting",
                List,
                Optional,
                "Those who approved the minutes"
            ),
        ],
        "--as MA meeting correct rabat --field place --was Rabat --is 'Rabat, ministry of the interior' --ground 'the communique' --on 2025-05-01"
    ),
    verb!(
        "announce",
        "Record an outcome that was announced before the meeting",
        "OutcomeAnnounced",
        [
            ON,
            WORDS,
            field("source", "source", Text, Required, "Who said so, or where"),
        ],
        "--as MA meeting announce experts --words 'en=A table will be agreed.' --source press --on 2025-09-02"
    ),
];
