//! The contract with programs: what each command writes with `--format json`.

use travaux::projections::{BlameLine, CheckFinding, RevisionLine};
use travaux_import::{ExportReport, ImportReport};

use super::{
    audit::Audited,
    bodies::{ListedBody, ShownBody, ShownCompetent},
    committed::Done,
    composites::*,
    declarations::ShownDeclaration,
    discrepancies::ListedDiscrepancy,
    exchanges::{ListedExchange, ShownExchange},
    failure::Failure,
    figures::{ComparedFigures, ListedFigure, MessageWritten, ShownFigure},
    frameworks::{ListedCitation, ListedOrgan},
    indicators::{ListedIndicator, ShownIndicator},
    listed::{ListedAgreement, ListedHandle},
    meetings::{ListedMeeting, ShownMeeting, Traced},
    procedures::{ListedCase, ListedProcedure, ShownCase, ShownCounts, ShownProcedure},
    requests::{ListedRequest, PublishedRequests, ShownRequest},
    roadmaps::{ListedAction, ListedRoadmap, ShownAction, ShownRoadmap},
    state::ShownDiff,
    store::*,
    text::*,
    timeline::Happened,
    wire::{Documents, Wire, one_of},
};
use crate::{error::FailureKind, screen::wrapped};

/// What a command writes.
pub(crate) struct Answer {
    /// The command, without `travaux`.
    pub(crate) command: &'static str,
    /// What more there is to say of when.
    when: &'static str,
    lines: bool,
    form: fn() -> String,
    collect: fn(&mut Documents),
}

const fn document<T: Wire>(command: &'static str) -> Answer {
    Answer {
        command,
        when: "",
        lines: false,
        form: T::form,
        collect: T::collect,
    }
}

const fn lines<T: Wire>(command: &'static str) -> Answer {
    Answer {
        lines: true,
        ..document::<T>(command)
    }
}

const fn when(when: &'static str, answer: Answer) -> Answer {
    Answer { when, ..answer }
}

/// The commands that write something of their own; each verb on the machines of the law writes what `accept` does.
pub(crate) const ANSWERS: &[Answer] = &[
    lines::<ListedAgreement<'static>>("list"),
    lines::<RevisionLine>("log"),
    document::<Shown>("show"),
    document::<Comparison<'static>>("diff"),
    lines::<BlameLine<'static>>("blame"),
    when("with `--provision`", lines::<Words<'static>>("blame")),
    lines::<Happened<'static>>("history"),
    document::<Done>("propose"),
    document::<Done>("revise"),
    document::<Done>("amend"),
    document::<Done>("correct"),
    document::<Done>("withdraw"),
    document::<Done>("accept"),
    document::<Done>("reject"),
    document::<Done>("adopt"),
    document::<Done>("authenticate"),
    document::<Done>("abandon"),
    document::<Done>("restate"),
    document::<ShownInForce>("in-force"),
    lines::<ShownDeclaration>("declarations"),
    lines::<OpenGap>("align"),
    lines::<Sentence>("instrument"),
    lines::<CheckFinding>("check"),
    lines::<LawRow>("law"),
    document::<Done>("package propose"),
    document::<Done>("package accept"),
    document::<Done>("package reject"),
    document::<Done>("package withdraw"),
    document::<Done>("package adopt"),
    lines::<ListedPackage<'static>>("package list"),
    document::<ListedPackage<'static>>("package show"),
    document::<Done>("round open"),
    document::<Done>("round revise"),
    document::<Done>("round agree"),
    document::<Done>("round ready"),
    document::<Done>("round hold"),
    document::<Done>("round release"),
    document::<Done>("round split"),
    document::<Done>("round adopt"),
    document::<Done>("round withdraw"),
    lines::<ListedPackage<'static>>("round list"),
    document::<ListedPackage<'static>>("round show"),
    lines::<ListedCitation>("round impact"),
    document::<Done>("framework propose"),
    document::<Done>("framework found"),
    document::<Done>("framework revise"),
    document::<Done>("framework accept"),
    document::<Done>("framework adopt"),
    document::<Done>("framework include"),
    document::<Done>("framework release"),
    document::<Done>("framework suspend"),
    document::<Done>("framework resume"),
    document::<Done>("framework end"),
    document::<Done>("framework area propose"),
    document::<Done>("framework area open"),
    document::<Done>("framework area expand"),
    document::<Done>("framework area close"),
    document::<Done>("framework organ name"),
    document::<Done>("framework organ replace"),
    lines::<ListedOrgan<'static>>("framework organ list"),
    document::<Done>("framework join"),
    document::<Done>("framework roadmap"),
    lines::<Happened<'static>>("framework history"),
    lines::<ListedFramework<'static>>("framework list"),
    document::<ShownFramework<'static>>("framework state"),
    document::<ShownDiff<'static>>("framework diff"),
    document::<Done>("meeting convene"),
    document::<ShownMeeting<'static>>("meeting show"),
    lines::<ListedMeeting<'static>>("meeting list"),
    document::<Done>("meeting follow-up"),
    document::<Done>("meeting confirm"),
    document::<Done>("meeting postpone"),
    document::<Done>("meeting cancel"),
    document::<Done>("meeting ask"),
    document::<Done>("meeting circulate"),
    document::<Done>("meeting paper"),
    document::<Done>("meeting delegation"),
    document::<Done>("meeting agenda"),
    document::<Done>("meeting hold"),
    document::<Done>("meeting dispose"),
    document::<Done>("meeting item"),
    document::<Done>("meeting statement"),
    document::<Done>("meeting draft-minutes"),
    document::<Done>("meeting approve-minutes"),
    document::<Done>("meeting end"),
    document::<Done>("meeting restate"),
    document::<Done>("meeting correct"),
    document::<Done>("meeting announce"),
    document::<ShownBody<'static>>("body show"),
    lines::<ListedBody<'static>>("body list"),
    document::<ShownCompetent<'static>>("body competence"),
    document::<Done>("body establish"),
    document::<Done>("body session"),
    document::<Done>("body decide"),
    document::<Done>("body notify"),
    document::<Done>("body escalate"),
    document::<Done>("body dissolve"),
    document::<Done>("body rules"),
    document::<Done>("body chair"),
    document::<Done>("body give-competence"),
    document::<Done>("body end-competence"),
    document::<Done>("body draft"),
    document::<Done>("body refuse"),
    document::<Done>("body publish"),
    document::<Done>("body written"),
    document::<Done>("body answer"),
    document::<Done>("body close-written"),
    document::<Done>("body reserve"),
    document::<Done>("body decline"),
    document::<Done>("body fail"),
    document::<Done>("body refer"),
    document::<Done>("body allocate"),
    document::<Done>("body resolve"),
    document::<Done>("body return"),
    document::<Done>("body take-back"),
    document::<Done>("body sub-body"),
    document::<Done>("body mission"),
    document::<Done>("body report"),
    document::<Done>("body correct"),
    document::<Done>("terms agree"),
    document::<ShownExchange<'static>>("terms show"),
    lines::<ListedExchange<'static>>("terms list"),
    document::<Done>("terms calendar"),
    document::<Done>("terms equate"),
    document::<Done>("procedure propose"),
    document::<Done>("procedure revise"),
    document::<Done>("procedure adopt"),
    document::<Done>("procedure supersede"),
    document::<Done>("procedure calendar"),
    document::<ShownProcedure<'static>>("procedure show"),
    lines::<ListedProcedure<'static>>("procedure list"),
    lines::<ShownCounts>("procedure count"),
    document::<Done>("procedure case open"),
    document::<Done>("procedure case tell"),
    document::<Done>("procedure case receive"),
    document::<Done>("procedure case step"),
    document::<Done>("procedure case extend"),
    document::<Done>("procedure case migrate"),
    document::<Done>("procedure case close"),
    document::<ShownCase<'static>>("procedure case show"),
    lines::<ListedCase<'static>>("procedure case list"),
    document::<Done>("request send"),
    document::<Done>("request offer"),
    document::<Done>("request receive"),
    document::<Done>("request clarify"),
    document::<Done>("request answer"),
    document::<Done>("request provide"),
    document::<Done>("request refuse"),
    document::<Done>("request postpone"),
    document::<Done>("request withdraw"),
    document::<Done>("request mark"),
    document::<Done>("request acknowledge"),
    document::<Done>("request consent"),
    document::<Done>("request forward"),
    document::<Done>("request erase"),
    document::<ShownRequest<'static>>("request show"),
    lines::<ListedRequest<'static>>("request list"),
    document::<PublishedRequests<'static>>("request publish"),
    document::<Done>("request result"),
    document::<Done>("request claim"),
    document::<Done>("request recount"),
    document::<Done>("roadmap propose"),
    document::<Done>("roadmap adopt"),
    document::<ShownRoadmap<'static>>("roadmap show"),
    document::<ShownRoadmap<'static>>("roadmap gantt"),
    lines::<ListedRoadmap<'static>>("roadmap list"),
    document::<ShownAction<'static>>("action show"),
    lines::<ListedAction<'static>>("action list"),
    document::<Done>("action propose"),
    document::<Done>("action revise"),
    document::<Done>("action withdraw"),
    document::<Done>("action depend"),
    document::<Done>("action free"),
    document::<Done>("action milestone"),
    document::<Done>("action target"),
    document::<Done>("action start"),
    document::<Done>("action report"),
    document::<Done>("action assess"),
    document::<Done>("action move"),
    document::<Done>("action meet"),
    document::<Done>("action accept"),
    document::<Done>("action refuse"),
    document::<Done>("action waive"),
    document::<Done>("action complete"),
    document::<Done>("action reopen"),
    document::<Done>("action suspend"),
    document::<Done>("action resume"),
    document::<Done>("action cancel"),
    document::<Done>("action supersede"),
    document::<Done>("action split"),
    document::<Done>("action merge"),
    document::<Done>("indicator adopt"),
    document::<Done>("indicator revise"),
    lines::<ListedIndicator>("indicator list"),
    document::<ShownIndicator>("indicator show"),
    document::<Done>("figure report"),
    document::<Done>("figure revise"),
    document::<Done>("figure withdraw"),
    lines::<ListedFigure>("figure list"),
    document::<ShownFigure>("figure show"),
    lines::<ComparedFigures>("figure compare"),
    document::<Done>("figure import"),
    document::<MessageWritten>("figure export"),
    document::<Done>("discrepancy open"),
    document::<Done>("discrepancy answer"),
    document::<Done>("discrepancy reconcile"),
    lines::<ListedDiscrepancy>("discrepancy list"),
    document::<Traced<'static>>("trace"),
    document::<Done>("handle give"),
    lines::<ListedHandle>("handle list"),
    document::<ImportReport>("import git"),
    document::<ImportReport>("import jsonl"),
    document::<Exported>("export jsonl"),
    document::<Exported>("export cloudevents"),
    document::<ExportReport>("export git"),
    document::<Audited>("audit"),
    document::<Replayed>("replay"),
    document::<Initialised>("init"),
    document::<Sealed>("seal"),
    document::<Proved>("prove"),
    when("of a proof", document::<VerifiedProof>("verify")),
    when(
        "of a checkpoint or a published log",
        document::<VerifiedLog>("verify"),
    ),
    when("of a store", document::<VerifiedStore>("verify")),
    document::<Published>("publish"),
    document::<BackedUp>("backup"),
    document::<Restored>("restore"),
    document::<RepairedStore>("repair"),
    document::<Migrated>("migrate"),
];

/// Commands that write no JSON, and why.
pub(crate) const WITHOUT: &[(&str, &str)] = &[
    ("demo", "a tour for people"),
    ("completions", "a script for a shell"),
    ("topic", "help for people"),
];

const HEAD: &str = "# The JSON contract

Made of the types that are written: `travaux topic json`. Do not edit it by hand.

With `--format json` a command writes one document to standard output, or, where it says *lines*, a
document a line: none for an empty list. Fields are only ever added. A failure is a document too,
`Failure`, and its words for people stand on standard error. Where a field is *left out if empty*,
read its absence as null. A field *where* another one has some values is there then, and only then.
`show --raw` writes the text's bytes and nothing else.

A *date* is a day, such as 2024-10-30; a *time* has its zone (RFC 3339). A *language* is a tag (BCP
47), a *row* a rule that `travaux law` shows, a *provision* one of the text by its id, a *digest* a
SHA-256 in hexadecimal. A *pair* is a list of two. An *entry* of a state is named by its stream, or
as `STREAM/KIND/KEY`, an *event* as `STREAM@VERSION`; a *value* is what a field of an entry says: true
or false, a number, a text, a list of texts, or texts by language.

STATUSES

The events that exports carry, with their fields, are listed in `EVENTS.md`.

| command | form |
|---|---|
";

/// The exit statuses, and the kinds of failures that end with each.
fn statuses() -> String {
    let mut out = "| exit status | `error` | when |
|---|---|---|
| 0 | | It was done, or there was nothing to do. |
"
    .to_owned();
    for kind in FailureKind::ALL {
        let name = one_of(&[kind]).replace("one of ", "");
        out += &format!("| {} | {name} | {} |\n", kind.code(), kind.meaning());
    }
    out + "
An audit, a verification or a repair that finds damage writes its document and ends with 3."
}

/// The contract as a page of Markdown.
pub(crate) fn page() -> String {
    let mut documents = Documents::new();
    let mut out = HEAD.replace("STATUSES", &statuses());
    for answer in ANSWERS {
        (answer.collect)(&mut documents);
        let when = if answer.when.is_empty() {
            String::new()
        } else {
            format!(", {}", answer.when)
        };
        let lines = if answer.lines { "lines of " } else { "" };
        out += &format!(
            "| `{}`{when} | {lines}{} |\n",
            answer.command,
            (answer.form)()
        );
    }
    for (command, why) in WITHOUT {
        out += &format!("| `{command}` | text, with any format: {why} |\n");
    }
    out += &format!(
        "| every verb of the law (`sign`, `notify`, …) | {} |\n",
        Done::form()
    );
    out += &format!("| a failure of any command | {} |\n", Failure::form());
    Failure::collect(&mut documents);
    for (name, document) in documents {
        out += &format!(
            "\n## {name}\n\n{}\n\n| field | form | meaning |\n|---|---|---|\n",
            wrapped(&document.meaning, 100).join("\n")
        );
        for field in document.fields {
            out += &format!("| `{}` | {field} | {} |\n", field.name, field.meaning);
        }
    }
    out
}
