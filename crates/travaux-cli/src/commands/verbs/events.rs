//! Every type of event: the command line that causes it, or why there is none.
//!
//! An act that the table of verbs names has its line there. The others stand here, one a line.

use std::collections::BTreeSet;

use clap::Parser as _;
use travaux::domain::Event;

use super::table;
use crate::cli::Cli;

/// What causes an event that no verb names.
enum Cause {
    /// A command line, after `travaux`.
    Line(&'static str),
    /// No command, for this reason.
    Nothing(&'static str),
}
use Cause::{Line, Nothing};

const ANY_IMPORT: Cause = Line("import git texts.git --proposals refs/pull/*/head");

/// Both ends of a link.
const FOLLOW_UP: Cause = Line("--as MA meeting follow-up rabat areas --by paris --on 2025-06-25");

const SPLIT: Cause = Line(
    "--as FR round split spring --part A=sec --part B=visa --consenting FR,MA --on 2025-03-05",
);

const CAUSES: &[(&str, Cause)] = &[
    ("AgreementProposed", Line("--as FR propose manifest.json")),
    ("RevisionProposed", Line("--as MA revise 0199 terms.md")),
    (
        "RevisionWithdrawn",
        Line("--as MA withdraw 0199 --revision 2"),
    ),
    ("RevisionAccepted", Line("--as FR accept 0199 --revision 2")),
    ("RevisionRejected", Line("--as FR reject 0199 --revision 2")),
    // The outcome of a proposal that was made elsewhere.
    ("RevisionConcluded", ANY_IMPORT),
    ("TextAdopted", Line("--as FR adopt 0199 --revision 2")),
    ("TextAuthenticated", Line("--as FR authenticate 0199")),
    (
        "NegotiationAbandoned",
        Line("--as FR abandon 0199 --reason none"),
    ),
    (
        "ActRestated",
        Line("--as FR restate 0199 --event 9 --on 2025-01-20 --reason slip"),
    ),
    // What a signature is recorded as, where the signer shows no authority.
    (
        "UnauthorisedActRecorded",
        Line("--as FR sign 0199 --on 2025-01-20 --by Someone --office other"),
    ),
    // A document that had gone comes back.
    ("AgreementResumed", ANY_IMPORT),
    (
        "FrameworkFounded",
        Nothing("nobody any more: records of before have it"),
    ),
    (
        "FrameworkProposed",
        Line("--as FR framework propose framework.json --on 2025-05-01"),
    ),
    (
        "AgreementJoined",
        Line("--as FR framework join 0198 0199 --area migration"),
    ),
    (
        "RoadmapAdopted",
        Line("--as FR framework roadmap 0198 roadmap.json --consenting FR,MA"),
    ),
    (
        "BodyEstablished",
        Nothing("scenarios, and programs that embed the engine"),
    ),
    ("PackageProposed", Line("--as MA package propose file.json")),
    ("PackageAccepted", Line("--as FR package accept 0197")),
    ("PackageRejected", Line("--as FR package reject 0197")),
    ("PackageAdopted", Line("--as FR package adopt 0197")),
    ("PackageWithdrawn", Line("--as FR package withdraw 0197")),
    (
        "RoundOpened",
        Line("--as FR round open pact sec --title Spring --mandate en=renew --on 2025-02-01"),
    ),
    (
        "MemberNegotiated",
        Line("--as FR round revise spring sec terms.md --on 2025-03-01"),
    ),
    (
        "MemberAgreed",
        Line("--as FR round agree spring sec --on 2025-03-02"),
    ),
    (
        "MemberReadied",
        Line("--as FR round ready spring sec --on 2025-03-03"),
    ),
    (
        "MemberHeld",
        Line("--as MA round hold spring sec --reason late --on 2025-03-03"),
    ),
    (
        "MemberReleased",
        Line("--as MA round release spring sec --on 2025-03-04"),
    ),
    ("RoundSplit", SPLIT),
    ("RevisionRepackaged", SPLIT),
    (
        "MeetingConvened",
        Line(
            "--as MA meeting convene pact --title Rabat --kind ministers --start 2025-04-14 \
             --place Rabat --chair MA:minister --on 2025-04-01",
        ),
    ),
    (
        "RoadmapProposed",
        Line("--as FR roadmap propose pact --title Plan --zone Europe/Paris --on 2025-01-10"),
    ),
    (
        "RoadmapVersionAdopted",
        Line("--as FR roadmap adopt plan --consenting FR,MA --on 2025-02-01"),
    ),
    (
        "ActionProposed",
        Line(
            "--as FR action propose plan/forms --title en=Forms --area migration \
             --lead FR:Prefecture --on 2025-01-20",
        ),
    ),
    (
        "ActionRevised",
        Line("--as FR action revise plan/forms --due 2025-06-30 --on 2025-01-21"),
    ),
    (
        "ActionFollowsItem",
        Line("--as MA meeting follow-up rabat areas --by plan --action forms --on 2025-06-25"),
    ),
    ("ItemFollowedUp", FOLLOW_UP),
    ("MeetingFollowsItem", FOLLOW_UP),
    ("AgreementFollowsItem", FOLLOW_UP),
    ("RoundFollowsItem", FOLLOW_UP),
    ("AreaFollowsItem", FOLLOW_UP),
    ("BodyFollowsItem", FOLLOW_UP),
    (
        "JointBodyEstablished",
        Line("--as MA body establish pact body.json --on 2025-01-10"),
    ),
    (
        "SessionCalled",
        Line(
            "--as MA body session group --title First --start 2025-06-25 --place Paris \
             --chair MA:Director --on 2025-06-01",
        ),
    ),
    (
        "DecisionAdopted",
        Line("--as MA body decide group --decision advice --consenting FR,MA --on 2025-02-10"),
    ),
    (
        "RequirementsMet",
        Line("--as MA body notify group --decision advice --on 2025-03-01"),
    ),
    (
        "ReferralEscalated",
        Line("--as MA body escalate group --referral late --to council --on 2025-02-10"),
    ),
    (
        "BodyDissolved",
        Line("--as MA body dissolve group --ground en=done --consenting FR,MA --on 2025-03-01"),
    ),
    (
        "ProcedureProposed",
        Line("--as FR procedure propose pact steps.json --on 2025-01-10"),
    ),
    (
        "ProcedureRevised",
        Line(
            "--as MA procedure revise passes steps.json --version 1.1.0-draft --base 1.0.0 \
             --on 2025-05-01",
        ),
    ),
    ("ProcedureFollowsItem", FOLLOW_UP),
    ("IndicatorFollowsItem", FOLLOW_UP),
    (
        "IndicatorDrafted",
        Line("--as FR indicator adopt pact passes.json --version 1.0.0-draft --on 2024-10-01"),
    ),
    (
        "IndicatorAdopted",
        Line(
            "--as FR indicator adopt pact passes.json --version 1.0.0 --consenting FR,MA \
             --on 2024-10-01",
        ),
    ),
    (
        "HandleGiven",
        Line("--as FR propose manifest.json --handle sec"),
    ),
    (
        "TermsAgreed",
        Line("--as FR terms agree pact terms.json --consenting FR,MA --on 2025-01-02"),
    ),
    (
        "RequestSent",
        Line(
            "--as FR request send data question.json --reference FR-2025-0017 --from spoc-fr --to MA --at-contact spoc-ma --area migration --clause Article-4 --parts identity --lang fr --key question --on 2025-03-28",
        ),
    ),
    (
        "InformationOffered",
        Line(
            "--as MA request offer data warning.txt --reference MA-2025-3 --to FR --area migration --clause Article-7 --key warning --on 2025-03-28",
        ),
    ),
    (
        "ClarificationAsked",
        Line("--as MA request clarify fr-2025-0017 q1.txt --key q1 --on 2025-03-29"),
    ),
    (
        "ClarificationGiven",
        Line("--as FR request answer fr-2025-0017 c1.txt --key c1 --on 2025-03-30"),
    ),
    (
        "ReplyProvided",
        Line(
            "--as MA request provide fr-2025-0017 a1.txt --parts identity --key a1 --on 2025-03-30",
        ),
    ),
    (
        "MarkingChanged",
        Line("--as MA request mark fr-2025-0017 --key a1 --marking tlp:green --on 2025-04-02"),
    ),
    (
        "OnwardTransmitted",
        Line("--as FR request forward fr-2025-0017 --key question --to ES --on 2025-04-01"),
    ),
    (
        "ContentErased",
        Line("--as MA request erase fr-2025-0017 --key a1 --ground wrong-person --on 2025-04-05"),
    ),
    ("SourceOpened", ANY_IMPORT),
    ("CommitsRead", ANY_IMPORT),
];

/// The acts that verbs become.
fn acts() -> BTreeSet<&'static str> {
    table::verbs()
        .chain(table::meeting::VERBS)
        .chain(table::body::VERBS)
        .chain(table::exchange::VERBS)
        .chain(table::procedure::VERBS)
        .chain(table::procedure::CASES)
        .chain(table::request::VERBS)
        .chain(table::request::RESULTS)
        .chain(table::action::VERBS)
        .chain(table::framework::VERBS)
        .chain(table::framework::AREA_VERBS)
        .chain(table::framework::ORGAN_VERBS)
        .chain(table::figure::VERBS)
        .chain(table::figure::DISCREPANCY_VERBS)
        .flat_map(|verb| verb.acts.iter().map(|act| act.kind))
        .collect()
}

#[test]
fn every_event_is_caused_by_one_table_or_the_other() {
    let acts = acts();
    for kind in Event::types() {
        let causes = CAUSES.iter().filter(|(event, _)| *event == kind).count();
        let tables = causes + usize::from(acts.contains(kind));
        assert_eq!(
            tables,
            1,
            "{kind} has to stand in one place: a verb's acts (table/), or CAUSES in {}",
            file!()
        );
    }
}

#[test]
fn the_tables_name_events_and_no_others() {
    let known: BTreeSet<_> = Event::types().collect();
    let named = acts()
        .into_iter()
        .chain(CAUSES.iter().map(|(event, _)| *event));
    let gone: Vec<_> = named.filter(|event| !known.contains(event)).collect();
    assert_eq!(gone, Vec::<&str>::new(), "there are no such events");
}

#[test]
fn a_cause_is_a_command_line_or_a_reason() {
    for (event, cause) in CAUSES {
        match cause {
            Line(line) => {
                let words = ["travaux"].into_iter().chain(line.split_whitespace());
                let refused = Cli::try_parse_from(words).err().map(|e| e.to_string());
                assert_eq!(refused, None, "{event}: travaux {line}");
            }
            Nothing(who) => assert!(!who.is_empty(), "{event}: who records it?"),
        }
    }
}
