//! Roadmaps: proposed, their actions, versions and baselines, due dates, milestones and targets.

use travaux_domain::{
    Rule, StreamCommand, StreamId,
    partnership::{FollowUp, Link},
    roadmap::{Action, Roadmap, RoadmapCommand as R, RoadmapPlan, Target},
};
use travaux_testkit::{
    agreement::date,
    history::{History, framework_id, roadmap_id},
    meeting::{holder, parties},
    roadmap::{
        action, adopted, begun, both, completed, decision, due, milestone, moved, plan, proposed,
        running, set, started, target, with_session,
    },
};

/// A command to the roadmap under the number 1.
pub(crate) fn roadmap(command: R) -> StreamCommand {
    StreamCommand::Roadmap(roadmap_id(1), command)
}

/// The roadmap under the number 1, as it stands.
pub(crate) fn state(history: &History) -> Roadmap {
    history.state(StreamId::Roadmap(roadmap_id(1)))
}

/// Each of these is refused to a party, by its row and in words that hold these.
#[track_caller]
pub(crate) fn refused(history: &mut History, cases: Vec<(&str, R, Rule, &str)>) {
    for (party, command, rule, says) in cases {
        history.refuses(party, roadmap(command), rule, says);
    }
}

pub(crate) fn revised(on: &str, base: u32, action: Action, consenting: &[&str]) -> R {
    R::ActionRevised {
        on: date(on),
        base,
        action,
        consenting: parties(consenting),
    }
}

pub(crate) fn withdrawn(on: &str, action: &str) -> R {
    R::ActionWithdrawn {
        on: date(on),
        action: action.into(),
        reason: None,
    }
}

#[test]
fn rm2_a_roadmap_begins_with_its_parties_and_the_zone_of_its_days() {
    let mut history = begun();
    let call = |change: fn(&mut RoadmapPlan)| {
        let (on, mut plan) = (date("2025-01-10"), plan());
        change(&mut plan);
        R::RoadmapProposed { on, plan }
    };
    let second = |command: R| StreamCommand::Roadmap(roadmap_id(2), command);
    for (party, command, rule, says) in [
        ("US", call(|_| {}), Rule::P0, "`US`"),
        ("ES", call(|_| {}), Rule::P0, "a party to the roadmap"),
        (
            "FR",
            call(|p| p.framework = framework_id(9)),
            Rule::RC4,
            "on record",
        ),
        ("FR", call(|p| p.title = " ".into()), Rule::RC5, "a title"),
        (
            "FR",
            call(|p| p.parties = parties(&["FR"])),
            Rule::RM2,
            "two parties",
        ),
        (
            "FR",
            call(|p| p.parties.push("FR".into())),
            Rule::RM2,
            "each once",
        ),
        (
            "FR",
            call(|p| p.parties.push("US".into())),
            Rule::P0,
            "to the framework",
        ),
        (
            "FR",
            call(|p| p.zone = "Africa/Rabat".into()),
            Rule::RM2,
            "`Africa/Rabat`",
        ),
        (
            "FR",
            call(|p| p.body = Some("gmm".into())),
            Rule::RM2,
            "a body of the framework",
        ),
        (
            "FR",
            call(|p| p.body = None),
            Rule::RM2,
            "the body that may move",
        ),
    ] {
        history.refuses(party, second(command), rule, says);
    }
    refused(
        &mut history,
        vec![("FR", call(|_| {}), Rule::RC1, "a new id")],
    );
    history.does("MA", second(call(|_| {})));
    let unknown = StreamCommand::Roadmap(roadmap_id(3), started("2025-01-10", "forms"));
    history.refuses("FR", unknown, Rule::RC1, "no roadmap of that id");
}

#[test]
fn rm1_an_action_names_its_area_and_its_offices() {
    let mut history = begun();
    history.at("2025-01-20");
    let with = |change: fn(&mut Action)| {
        let mut action = action("forms", "2025-06-30");
        change(&mut action);
        proposed("2025-01-20", action)
    };
    let fr = || holder("FR", "Prefecture", "");
    refused(
        &mut history,
        vec![
            (
                "FR",
                with(|a| a.key = "two words".into()),
                Rule::RC5,
                "a key",
            ),
            (
                "FR",
                with(|a| a.key = "a/b".into()),
                Rule::RM1,
                "without `/`",
            ),
            ("FR", with(|a| a.title.clear()), Rule::RC5, "a title"),
            (
                "FR",
                with(|a| a.area = "sport".into()),
                Rule::FW1,
                "an area",
            ),
            ("FR", with(|a| a.leads.clear()), Rule::RM1, "a lead office"),
            (
                "FR",
                with(|a| a.leads.push(holder("FR", "Prefecture", ""))),
                Rule::RM1,
                "one of each party",
            ),
            (
                "FR",
                with(|a| a.supports.push(holder("ES", "Police", ""))),
                Rule::P0,
                "`ES`",
            ),
            (
                "FR",
                with(|a| a.leads[0].office = " ".into()),
                Rule::RC5,
                "an office",
            ),
            (
                "ES",
                with(|_| {}),
                Rule::P0,
                "a party to the roadmap: FR, MA",
            ),
        ],
    );
    // Another office of a party with a lead supports it; and each party may lead.
    let mut joint = action("joint", "");
    joint
        .leads
        .push(holder("MA", "Directorate of Migration", ""));
    joint.supports = vec![fr()];
    history
        .roadmap(1, "MA", proposed("2025-01-20", joint))
        .roadmap(1, "FR", with(|_| {}));
    refused(
        &mut history,
        vec![("MA", with(|_| {}), Rule::RM1, "`forms`, which is taken")],
    );
}

#[test]
fn rm1_with_several_leads_nobody_supports_who_does_not_lead() {
    let mut history = begun();
    history.at("2025-01-20");
    // Three parties: FR and MA lead, ES would only support.
    let three = RoadmapPlan {
        parties: parties(&["FR", "MA", "ES"]),
        ..plan()
    };
    let second = |command: R| StreamCommand::Roadmap(roadmap_id(2), command);
    let on = date("2025-01-20");
    history.does("FR", second(R::RoadmapProposed { on, plan: three }));
    let mut joint = action("joint", "");
    joint.supports.push(holder("ES", "Police", ""));
    history.does("FR", second(proposed("2025-01-20", joint.clone())));
    joint.key = "other".into();
    joint
        .leads
        .push(holder("MA", "Directorate of Migration", ""));
    history.refuses(
        "FR",
        second(proposed("2025-01-20", joint)),
        Rule::RM1,
        "leads of FR, MA, and `ES` in support",
    );
}

#[test]
fn rm1_an_action_is_revised_on_its_words_of_now() {
    let mut history = begun();
    history.at("2025-01-20").roadmap(
        1,
        "FR",
        proposed("2025-01-20", action("forms", "2025-06-30")),
    );
    let later = action("forms", "2025-07-31");
    refused(
        &mut history,
        vec![
            (
                "MA",
                revised("2025-01-20", 2, later.clone(), &[]),
                Rule::RM1,
                "revision 1",
            ),
            (
                "MA",
                revised("2025-01-20", 1, action("forms", "2025-06-30"), &[]),
                Rule::RM1,
                "other words",
            ),
            (
                "MA",
                revised("2025-01-19", 1, later.clone(), &[]),
                Rule::RC3,
                "it was proposed",
            ),
            (
                "MA",
                revised("2025-01-20", 1, action("passes", ""), &[]),
                Rule::RM1,
                "an action of the roadmap (forms)",
            ),
        ],
    );
    // Until it is adopted, any party may.
    history
        .at("2025-01-25")
        .roadmap(1, "MA", revised("2025-01-25", 1, later.clone(), &[]));
    refused(
        &mut history,
        vec![
            (
                "FR",
                revised("2025-01-25", 1, action("forms", ""), &[]),
                Rule::RM1,
                "revision 2",
            ),
            (
                "FR",
                adopted("2025-01-25", 1, &["forms"]),
                Rule::RM2,
                "revision 2 of `forms`",
            ),
        ],
    );
    assert_eq!(state(&history).actions["forms"].action, later);
}

#[test]
fn rm1_once_adopted_a_party_changes_its_own_offices_alone() {
    let mut history = running();
    history.at("2025-03-01");
    let mut own = action("forms", "2025-06-30");
    own.supports = vec![holder("MA", "Wilaya of Rabat", "")];
    let mut title = own.clone();
    title.title = travaux_testkit::meeting::words("other words");
    let mut none = own.clone();
    none.leads = vec![holder("MA", "Directorate of Migration", "")];
    let day = "2025-03-01";
    refused(
        &mut history,
        vec![
            (
                "FR",
                revised(day, 1, own.clone(), &[]),
                Rule::RM1,
                "the consent of FR, MA",
            ),
            (
                "MA",
                revised(day, 1, title.clone(), &[]),
                Rule::RM1,
                "the consent of FR, MA",
            ),
            (
                "MA",
                revised(day, 1, none, &[]),
                Rule::RM1,
                "the consent of FR, MA",
            ),
            (
                "MA",
                revised(day, 1, action("forms", "2025-07-31"), &["FR", "MA"]),
                Rule::RM9,
                "it is moved, not revised",
            ),
        ],
    );
    history.roadmap(1, "MA", revised(day, 1, own, &[])).roadmap(
        1,
        "MA",
        revised(day, 2, title, &["FR", "MA"]),
    );
    assert_eq!(state(&history).actions["forms"].revision, 3);
}

#[test]
fn rm1_who_proposed_an_action_withdraws_it_and_may_propose_it_again() {
    let mut history = begun();
    history
        .at("2025-01-20")
        .roadmap(
            1,
            "FR",
            proposed("2025-01-20", action("forms", "2025-06-30")),
        )
        .at("2025-01-22");
    refused(
        &mut history,
        vec![(
            "MA",
            withdrawn("2025-01-22", "forms"),
            Rule::RM1,
            "`FR`, who proposed it",
        )],
    );
    history.roadmap(1, "FR", withdrawn("2025-01-22", "forms"));
    refused(
        &mut history,
        vec![
            (
                "FR",
                withdrawn("2025-01-22", "forms"),
                Rule::RM1,
                "withdrawn on 2025-01-22",
            ),
            (
                "FR",
                adopted("2025-01-22", 1, &["forms"]),
                Rule::RM2,
                "goes on",
            ),
            (
                "FR",
                proposed("2025-01-21", action("forms", "2025-06-30")),
                Rule::RC3,
                "it was withdrawn",
            ),
        ],
    );
    history.roadmap(
        1,
        "MA",
        proposed("2025-01-22", action("forms", "2025-08-31")),
    );
    let record = state(&history).actions["forms"].clone();
    // What was withdrawn was revision 1: a consent to that counts for nothing now.
    assert_eq!((record.revision, record.earlier_ends.len()), (2, 1));
    refused(
        &mut history,
        vec![(
            "FR",
            adopted("2025-01-22", 1, &["forms"]),
            Rule::RM2,
            "revision 2",
        )],
    );
    let mut history = running();
    refused(
        &mut history,
        vec![(
            "FR",
            withdrawn("2025-02-01", "forms"),
            Rule::RM1,
            "else it is cancelled",
        )],
    );
}

#[test]
fn rm2_and_rm15_a_version_is_adopted_by_all_and_leaves_no_open_action_out() {
    let mut history = running();
    history.at("2025-03-01").roadmap(
        1,
        "MA",
        proposed("2025-03-01", action("posts", "2026-01-31")),
    );
    let all = ["forms", "passes", "report", "posts"];
    let day = "2025-03-01";
    let mut alone = adopted(day, 2, &all);
    if let R::RoadmapVersionAdopted { consenting, .. } = &mut alone {
        *consenting = parties(&["FR"]);
    }
    refused(
        &mut history,
        vec![
            ("FR", adopted(day, 1, &all), Rule::RM2, "version 2"),
            ("FR", adopted(day, 3, &all), Rule::RM2, "version 2"),
            ("FR", adopted(day, 2, &[]), Rule::RM2, "one action or more"),
            (
                "FR",
                adopted(day, 2, &["forms", "forms"]),
                Rule::RM2,
                "`forms` twice",
            ),
            (
                "FR",
                adopted(day, 2, &["posts"]),
                Rule::RM2,
                "none of `forms`",
            ),
            (
                "FR",
                adopted("2025-01-31", 2, &all),
                Rule::RC3,
                "the version before",
            ),
            ("FR", adopted("2025-02-28", 2, &all), Rule::RC3, "proposed"),
            ("FR", alone, Rule::RM2, "the consent of FR, MA"),
        ],
    );
    history.roadmap(1, "FR", moved(day, "forms", "2025-06-30", "2025-07-31"));
    let version = roadmap(adopted(day, 2, &all));
    let decided = history.decided("FR", version.clone()).expect("it is");
    assert_eq!(decided.legal_basis.rule, Rule::RM15);
    history.does("FR", version);
    let state = state(&history);
    let dates = |version: usize, key: &str| state.baselines[version].actions[key].due.clone();
    assert_eq!(dates(0, "forms"), Some(due("2025-06-30")));
    assert_eq!(dates(1, "forms"), Some(due("2025-07-31")));
    assert!(!state.baselines[0].actions.contains_key("posts"));
}

#[test]
fn rm3_a_due_date_waits_for_what_there_is() {
    let mut history = running();
    history
        .at("2025-02-01")
        .roadmap(1, "FR", set("2025-02-01", "passes", "drafted"));
    let waits = |due_on: &str| proposed("2025-02-01", action("posts", due_on));
    refused(
        &mut history,
        vec![
            (
                "FR",
                waits("completion of posts"),
                Rule::RM3,
                "the action itself",
            ),
            (
                "FR",
                waits("start of nothing"),
                Rule::RM3,
                "an action to wait for (forms",
            ),
            (
                "FR",
                waits("milestone passes/signed"),
                Rule::RM3,
                "(drafted)",
            ),
        ],
    );
    let mut recurring = action("figures", "");
    recurring.recurs = "FREQ=MONTHLY".parse().ok();
    refused(
        &mut history,
        vec![(
            "FR",
            proposed("2025-02-01", recurring),
            Rule::RM3,
            "the first day on which it is due",
        )],
    );
    history.roadmap(1, "FR", waits("30 days after milestone passes/drafted"));
}

#[test]
fn rm5_a_milestone_is_a_step_and_a_target_a_quantity_of_an_exact_definition() {
    let mut history = running();
    history.at("2025-02-02");
    let day = "2025-02-02";
    let sets = |change: fn(&mut Target)| {
        let mut target = target("share");
        change(&mut target);
        R::TargetSet {
            on: date(day),
            action: "passes".into(),
            target,
            consenting: both(),
        }
    };
    let alone = R::MilestoneSet {
        on: date(day),
        action: "passes".into(),
        milestone: milestone("drafted"),
        consenting: Vec::new(),
    };
    refused(
        &mut history,
        vec![
            ("FR", alone, Rule::RM5, "the consent of FR, MA"),
            (
                "FR",
                set("2025-01-31", "passes", "drafted"),
                Rule::RC3,
                "adopted",
            ),
            ("FR", set(day, "passes", "a/b"), Rule::RM5, "without `/`"),
            (
                "FR",
                set(day, "nothing", "drafted"),
                Rule::RM5,
                "an action of the roadmap",
            ),
            (
                "FR",
                sets(|t| t.indicator = "share".into()),
                Rule::RM5,
                "exact version",
            ),
            (
                "FR",
                sets(|t| t.indicator = "share@1.0".into()),
                Rule::RM5,
                "exact version",
            ),
            (
                "FR",
                sets(|t| t.indicator = "share@1.0.+1".into()),
                Rule::RM5,
                "exact version",
            ),
            (
                "FR",
                sets(|t| t.goal = "much".into()),
                Rule::RM5,
                "a goal as a decimal",
            ),
            (
                "FR",
                sets(|t| t.baseline = "1e3".into()),
                Rule::RM5,
                "a baseline as a decimal",
            ),
            (
                "FR",
                sets(|t| t.goal = "25.0".into()),
                Rule::RM5,
                "not the baseline",
            ),
            ("FR", sets(|t| t.unit = "".into()), Rule::RC5, "a unit"),
        ],
    );
    history
        .roadmap(1, "MA", set(day, "passes", "drafted"))
        .roadmap(1, "MA", sets(|_| {}));
    // One key, one milestone or target.
    refused(
        &mut history,
        vec![
            (
                "FR",
                set(day, "passes", "share"),
                Rule::RM5,
                "`share`, which is taken",
            ),
            (
                "FR",
                sets(|t| t.key = "drafted".into()),
                Rule::RM5,
                "which is taken",
            ),
        ],
    );
    history
        .at("2025-03-01")
        .roadmap(1, "FR", started("2025-03-01", "forms"))
        .roadmap(1, "FR", completed("2025-03-01", "forms"));
    refused(
        &mut history,
        vec![(
            "FR",
            set("2025-03-01", "forms", "late"),
            Rule::RM5,
            "completed on 2025-03-01",
        )],
    );
}

#[test]
fn mt9_an_action_follows_up_an_item_that_was_agreed_in_one_commit() {
    let mut history = with_session();
    let link = |on: &str| Link {
        item: decision("moves"),
        to: FollowUp::Action {
            roadmap: roadmap_id(1),
            action: "passes".into(),
        },
        on: date(on),
    };
    let [at_the_action, at_the_item] = link("2025-06-25").commands();
    let [early, _] = link("2025-06-24").commands();
    history.refuses("FR", early, Rule::RC3, "it was agreed");
    let unknown = R::ActionFollowsItem {
        on: date("2025-06-25"),
        action: "passes".into(),
        item: decision("nothing"),
    };
    refused(
        &mut history,
        vec![(
            "FR",
            unknown,
            Rule::MT9,
            "an item of a meeting under the same framework",
        )],
    );
    history
        .does("FR", at_the_action.clone())
        .does("FR", at_the_item);
    history.refuses("FR", at_the_action, Rule::MT9, "which it follows up");
    assert_eq!(
        state(&history).actions["passes"].follows[0].0,
        decision("moves")
    );
}

#[test]
fn each_event_says_what_happened() {
    let said = travaux_testkit::deeds::of_roadmaps();
    let said: Vec<_> = said
        .iter()
        .map(|event| (event.type_name(), event.describe().what))
        .collect();
    let item = "item moves of meeting 00000000-0000-0000-0000-000000000001";
    let follows = format!(
        "action passes follows up {}",
        item.replace("moves", "passes")
    );
    let why = "the forms are not agreed";
    let expected = [
        (
            "RoadmapProposed",
            "roadmap proposed: Roadmap 2025-2026".to_owned(),
        ),
        ("ActionProposed", "action passes proposed".to_owned()),
        (
            "ActionRevised",
            "action passes revised: revision 2".to_owned(),
        ),
        ("ActionWithdrawn", format!("action passes withdrawn: {why}")),
        ("ActionFollowsItem", follows),
        (
            "RoadmapVersionAdopted",
            "version 1 adopted: 1 action".to_owned(),
        ),
        (
            "DependencyAdded",
            "action passes after forms (FS, -5 days)".to_owned(),
        ),
        (
            "DependencyRemoved",
            "action passes after forms no longer".to_owned(),
        ),
        (
            "MilestoneSet",
            "milestone drafted of action passes set".to_owned(),
        ),
        ("TargetSet", "target share of action passes set".to_owned()),
        ("ActionStarted", "action passes started".to_owned()),
        (
            "ProgressReported",
            "action passes as of 2025-06-25 reported: 40 %".to_owned(),
        ),
        (
            "ProgressAssessed",
            "action passes as of 2025-06-25 assessed: limited".to_owned(),
        ),
        (
            "DueMoved",
            format!("action passes moved from 2025-09-30 to 2025-12-31: {why}"),
        ),
        ("MilestoneMet", "share of action passes met".to_owned()),
        (
            "MilestoneAccepted",
            "share of action passes accepted as met".to_owned(),
        ),
        (
            "MilestoneNotAccepted",
            format!("share of action passes not accepted: {why}"),
        ),
        (
            "MilestoneWaived",
            format!("drafted of action passes waived: {why}"),
        ),
        ("ActionCompleted", "action passes completed".to_owned()),
        ("ActionReopened", format!("action passes reopened: {why}")),
        ("ActionSuspended", format!("action passes suspended: {why}")),
        ("ActionResumed", "action passes resumed".to_owned()),
        ("ActionCancelled", format!("action passes cancelled: {why}")),
        (
            "ActionSuperseded",
            "action passes superseded by forms".to_owned(),
        ),
        (
            "ActionSplit",
            "action passes split into passes-1, passes-2".to_owned(),
        ),
        (
            "ActionsMerged",
            "actions passes, forms merged into papers".to_owned(),
        ),
    ];
    assert_eq!(said, expected);
}
