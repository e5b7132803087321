//! Areas of a framework, the agreements in them, and what keeps both there.

use travaux_domain::{
    Event, Profile, Reason, Rule, StreamCommand, StreamId,
    framework::{AreaOpening, Framework, FrameworkCommand as F},
    meeting::{ItemEnd, MeetingCommand as M},
    package::{Item, PackageCommand as P, PackageProposal},
    partnership::{Hold, check_holds, lets_go},
};
use travaux_testkit::{
    agreement::{date, proposal, propose as text},
    framework::{adopted, area, close, end, expand, include, open, release, suspend},
    history::{History, agreement_id, framework_id, meeting_id},
    meeting::{agreed, by_all, convene, held, item_ref, ministers, parties, record, words},
};

use crate::refused;

fn on_it(command: F) -> StreamCommand {
    StreamCommand::Framework(framework_id(1), command)
}

fn stands(history: &History) -> Framework {
    history.state(StreamId::Framework(framework_id(1)))
}

fn refuses(history: &mut History, party: &str, command: F, rule: Rule, says: &str) {
    history.refuses(party, on_it(command), rule, says);
}

/// Adopted on 1 March 2025, with an agreement beside it, on the desk of 1 December.
fn desk() -> History {
    let mut history = adopted();
    let (_, draft) = text(
        "FR",
        proposal(Profile::arrangement(), &["FR", "MA"], vec![]),
    );
    history.agreement(1, "FR", draft).at("2025-12-01");
    history
}

#[test]
fn fw15_and_fw3_an_area_is_opened_once_by_all_parties() {
    let mut history = desk();
    let by = |names: Option<&[&str]>, on: Option<&str>| {
        F::AreaOpened(
            AreaOpening {
                key: "sport".into(),
                title: "Major events".into(),
                on: on.map(date),
                effect: None,
                scope: words("major sporting events"),
                consenting: names.map(parties),
            }
            .into(),
        )
    };
    let on = Some("2025-04-14");
    refuses(
        &mut history,
        "MA",
        by(Some(&["MA"]), on),
        Rule::FW15,
        "the consent of FR, MA",
    );
    refuses(
        &mut history,
        "MA",
        by(Some(&["FR", "MA", "ES"]), on),
        Rule::P0,
        "`ES`",
    );
    refuses(
        &mut history,
        "US",
        by(Some(&["FR", "MA"]), on),
        Rule::P0,
        "`US`",
    );
    refuses(
        &mut history,
        "MA",
        by(Some(&["FR", "MA"]), None),
        Rule::FW15,
        "the day",
    );
    let early = by(Some(&["FR", "MA"]), Some("2025-02-28"));
    refuses(
        &mut history,
        "MA",
        early,
        Rule::RC3,
        "was adopted (2025-03-01)",
    );
    history.framework(1, "MA", by(Some(&["FR", "MA"]), on));
    refuses(
        &mut history,
        "FR",
        by(Some(&["FR", "MA"]), on),
        Rule::FW3,
        "a new key",
    );
    refuses(
        &mut history,
        "FR",
        open("2025-05-01", "migration"),
        Rule::FW3,
        "a new key",
    );
    let state = stands(&history);
    assert!(!state.areas["sport"].is_open(date("2025-04-13")));
    assert!(state.areas["sport"].is_open(date("2025-04-14")));
    assert_eq!(
        state.area(&"sport".into()).expect("open").title,
        "Major events"
    );
}

#[test]
fn fw15_what_one_party_proposes_is_no_area_before_all_open_it() {
    let mut history = desk();
    let sport = || F::AreaProposed {
        on: date("2025-04-10"),
        area: area("sport").into(),
    };
    history.framework(1, "MA", sport());
    refuses(&mut history, "FR", sport(), Rule::FW3, "a new key");
    let into = include("2025-04-11", agreement_id(1), "sport");
    refuses(
        &mut history,
        "FR",
        into,
        Rule::FW1,
        "`sport`, which was only proposed",
    );
    let expand = expand("2025-04-11", "sport", "more", &["FR", "MA"]);
    refuses(&mut history, "FR", expand, Rule::FW1, "only proposed");
    let early = open("2025-04-09", "sport");
    refuses(
        &mut history,
        "FR",
        early,
        Rule::RC3,
        "the area was proposed",
    );
    history.framework(1, "FR", open("2025-04-14", "sport"));
    let record = &stands(&history).areas["sport"];
    assert_eq!(
        record.proposed.as_ref().map(|(by, _)| by.to_string()),
        Some("MA".into())
    );
    assert!(record.opened.is_some());
}

#[test]
fn fw15_an_open_area_is_expanded_by_what_it_does_not_have() {
    let mut history = desk();
    let all: &[&str] = &["FR", "MA"];
    let fires = |by| expand("2025-04-14", "civil-protection", "forest fires", by);
    refuses(
        &mut history,
        "MA",
        fires(&["MA"]),
        Rule::FW15,
        "the consent of FR, MA",
    );
    let unknown = expand("2025-04-14", "sport", "x", all);
    let says = "an area of the framework that is open (civil-protection, migration), found `sport`";
    refuses(&mut history, "MA", unknown, Rule::FW1, says);
    let nothing = F::AreaExpanded {
        on: date("2025-04-14"),
        effect: None,
        area: "migration".into(),
        scope: travaux_domain::partnership::Words::new(),
        consenting: parties(all),
    };
    refuses(
        &mut history,
        "MA",
        nothing,
        Rule::RC5,
        "a scope in one language or more",
    );
    history.framework(1, "MA", fires(all));
    refuses(
        &mut history,
        "MA",
        fires(all),
        Rule::FW15,
        "what belongs to it",
    );
    let scopes = &stands(&history).areas["civil-protection"].scopes;
    assert_eq!(scopes.len(), 2);
}

#[test]
fn fw1_an_area_is_there_from_its_effect_to_its_end() {
    let mut history = desk();
    let later = F::AreaOpened(
        AreaOpening {
            key: "sport".into(),
            title: "Major events".into(),
            on: Some(date("2025-04-14")),
            effect: Some(date("2025-06-01")),
            scope: words("events"),
            consenting: Some(parties(&["FR", "MA"])),
        }
        .into(),
    );
    history.framework(1, "MA", later);
    let early = include("2025-05-31", agreement_id(1), "sport");
    refuses(
        &mut history,
        "FR",
        early,
        Rule::FW1,
        "`sport`, open from 2025-06-01 on",
    );
    let soon = close("2025-05-31", "sport");
    refuses(
        &mut history,
        "FR",
        soon,
        Rule::FW1,
        "open from 2025-06-01 on",
    );
    history.framework(1, "FR", close("2025-09-01", "sport"));
    let late = include("2025-09-01", agreement_id(1), "sport");
    refuses(
        &mut history,
        "FR",
        late,
        Rule::FW1,
        "`sport`, closed from 2025-09-01 on",
    );
    // Nor does it come late to a day on which it was open: nothing is left in a closed area (INV34).
    let late = include("2025-08-31", agreement_id(1), "sport");
    let says = "an area that stays open, found `sport`, closed from 2025-09-01 on";
    refuses(&mut history, "FR", late, Rule::FW4, says);
}

#[test]
fn fw16_an_area_is_closed_for_a_reason_by_all_and_empty() {
    let mut history = desk();
    history.framework(1, "FR", include("2025-04-01", agreement_id(1), "migration"));
    let says = "no agreement in the area: release it, or include it in another";
    refuses(
        &mut history,
        "FR",
        close("2025-05-01", "migration"),
        Rule::FW16,
        says,
    );
    history
        .framework(1, "FR", release("2025-05-01", agreement_id(1)))
        .framework(
            1,
            "FR",
            include("2025-05-01", agreement_id(1), "civil-protection"),
        );
    let one = F::AreaClosed {
        on: date("2025-05-01"),
        effect: None,
        area: "migration".into(),
        reason: "it is done".into(),
        consenting: parties(&["FR"]),
    };
    refuses(&mut history, "FR", one, Rule::FW16, "the consent of FR, MA");
    let silent = F::AreaClosed {
        on: date("2025-05-01"),
        effect: None,
        area: "migration".into(),
        reason: " ".into(),
        consenting: parties(&["FR", "MA"]),
    };
    refuses(&mut history, "FR", silent, Rule::RC5, "a reason");
    history.framework(1, "FR", close("2025-05-01", "migration"));
    let again = close("2025-05-02", "migration");
    refuses(
        &mut history,
        "FR",
        again,
        Rule::FW16,
        "closed from 2025-05-01 on",
    );
    let reopen = open("2025-06-01", "migration");
    refuses(
        &mut history,
        "FR",
        reopen,
        Rule::FW3,
        "which was closed on 2025-05-01",
    );
    let state = stands(&history);
    assert!(state.area(&"migration".into()).is_none());
    assert!(state.areas["migration"].is_open(date("2025-04-30")));
}

#[test]
fn fw16_an_action_a_procedure_and_a_member_of_a_round_hold_what_they_stand_in() {
    use travaux_testkit::{
        history::{procedure_id, roadmap_id},
        procedure, roadmap, round,
    };
    let area = |area: &str| Hold::Area {
        framework: framework_id(1),
        area: area.into(),
    };
    let by = |history: &History, hold: &Hold| -> Vec<String> {
        let held = history.held().into_iter().filter(|held| held.hold == *hold);
        held.map(|held| held.by).collect()
    };
    // Each action until it ends.
    let mut running = roadmap::running();
    let plan = StreamId::Roadmap(roadmap_id(1));
    let forms = format!("action forms of {plan}");
    assert!(by(&running, &area("migration")).contains(&forms));
    running
        .at("2025-08-20")
        .roadmap(1, "FR", roadmap::started("2025-06-01", "forms"))
        .roadmap(1, "FR", roadmap::completed("2025-08-10", "forms"));
    assert!(!by(&running, &area("migration")).contains(&forms));
    // A procedure under which cases begin.
    let passes = procedure::in_force(procedure::passes());
    let stream = StreamId::Procedure(procedure_id(1)).to_string();
    assert_eq!(by(&passes, &area("migration")), [stream]);
    // A member of a round, before anything is proposed on it.
    let opened = round::opened();
    let member = Hold::Agreement(agreement_id(1));
    let stream = StreamId::Package(travaux_testkit::history::package_id(1)).to_string();
    assert_eq!(by(&opened, &member), [stream]);
}

#[test]
fn rc3_fw12_and_fw16_an_end_does_not_come_before_what_it_ends() {
    let mut history = desk();
    history
        .framework(1, "FR", include("2025-05-10", agreement_id(1), "migration"))
        .framework(1, "FR", open("2025-05-20", "sport"));
    let says = "the last area or agreement came under it";
    for early in [suspend("2025-05-19"), end("2025-05-19")] {
        refuses(&mut history, "FR", early, Rule::RC3, says);
    }
    history.framework(1, "MA", release("2025-06-10", agreement_id(1)));
    let early = close("2025-06-08", "migration");
    let says = "an agreement in it was released";
    refuses(&mut history, "FR", early, Rule::RC3, says);
    history.framework(1, "FR", close("2025-06-10", "migration"));
}

#[test]
fn fw16_what_is_open_in_an_area_is_closed_or_moved_with_it() {
    let mut history = desk();
    let mut item = agreed("drills", by_all());
    item.area = Some("civil-protection".into());
    history
        .meeting(1, "MA", convene("2025-04-01", ministers()))
        .meeting(1, "MA", held("2025-04-14"))
        .meeting(1, "MA", record("2025-04-14", item));
    let meeting = StreamId::Meeting(meeting_id(1));
    let framework = StreamId::Framework(framework_id(1));
    let decided = history
        .decided("FR", on_it(close("2025-05-01", "civil-protection")))
        .expect("the framework itself lets it go");
    let going = lets_go([(framework, &decided.event)]);
    let hold = Hold::Area {
        framework: framework_id(1),
        area: "civil-protection".into(),
    };
    assert_eq!(going, [hold]);
    let refusal = check_holds(&going, history.held()).expect_err("it is held");
    assert_eq!(
        (refusal.rule, refusal.reason),
        (Rule::FW16, Reason::ConditionUnmet)
    );
    assert_eq!(refusal.missing, [format!("item drills of {meeting}")]);
    // Another area does not mind.
    let other = Hold::Area {
        framework: framework_id(1),
        area: "migration".into(),
    };
    assert_eq!(check_holds(&[other], history.held()), Ok(()));
    let mut ended = history.clone();
    ended.meeting(
        1,
        "MA",
        M::ItemEnded {
            on: date("2025-05-01"),
            item: "drills".into(),
            how: ItemEnd::Lapsed {
                reason: "the area is closed".into(),
            },
            consenting: Some(parties(&["FR", "MA"])),
        },
    );
    assert_eq!(check_holds(&going, ended.held()), Ok(()));
    let link = travaux_domain::partnership::Link {
        item: item_ref(1, "drills"),
        to: travaux_domain::partnership::FollowUp::Agreement(agreement_id(1)),
        on: date("2025-05-01"),
    };
    for command in link.commands() {
        history.does("MA", command);
    }
    assert_eq!(check_holds(&going, history.held()), Ok(()));
}

#[test]
fn fw4_and_fw7_an_agreement_comes_once_at_a_time_and_goes_for_a_reason() {
    let mut history = desk();
    let (first, unknown) = (agreement_id(1), agreement_id(7));
    let into = |on, area| include(on, first, area);
    refuses(
        &mut history,
        "FR",
        include("2025-04-01", unknown, "migration"),
        Rule::FW4,
        "expected an agreement on record",
    );
    let says = "an agreement under the framework";
    refuses(
        &mut history,
        "FR",
        release("2025-04-01", first),
        Rule::FW7,
        says,
    );
    history.framework(1, "FR", into("2025-04-01", "migration"));
    let again = into("2025-04-02", "civil-protection");
    let says = "in area migration: release it first, to move it";
    refuses(&mut history, "MA", again, Rule::FW4, says);
    // One alone does not take out what came under it.
    let alone = F::AgreementReleased {
        on: date("2025-04-02"),
        agreement: first,
        reason: "no more wanted".into(),
        consenting: Some(parties(&["MA"])),
    };
    refuses(
        &mut history,
        "MA",
        alone,
        Rule::FW7,
        "the consent of FR, MA",
    );
    let silent = F::AgreementReleased {
        on: date("2025-04-02"),
        agreement: first,
        reason: String::new(),
        consenting: Some(Vec::new()),
    };
    refuses(&mut history, "MA", silent, Rule::RC5, "a reason");
    refuses(
        &mut history,
        "MA",
        release("2025-03-31", first),
        Rule::RC3,
        "came under it",
    );
    refuses(
        &mut history,
        "US",
        release("2025-04-02", first),
        Rule::P0,
        "`US`",
    );
    let before = history.state::<travaux_domain::agreement::Agreement>(StreamId::Agreement(first));
    history.framework(1, "MA", release("2025-05-01", first));
    refuses(
        &mut history,
        "MA",
        release("2025-05-02", first),
        Rule::FW7,
        "released on 2025-05-01",
    );
    let early = into("2025-04-30", "migration");
    refuses(
        &mut history,
        "MA",
        early,
        Rule::RC3,
        "the agreement was released",
    );
    history.framework(1, "MA", into("2025-05-01", "civil-protection"));
    // Its own force is its own: nothing of it has changed.
    let after = history.state::<travaux_domain::agreement::Agreement>(StreamId::Agreement(first));
    assert_eq!(before, after);
    let state = stands(&history);
    assert_eq!(state.agreements, [(first, "civil-protection".into())]);
    assert_eq!(state.inclusions.len(), 2);
}

#[test]
fn fw7_an_agreement_stays_while_an_open_package_has_a_revision_of_it() {
    let mut history = desk();
    let agreement = agreement_id(1);
    history.framework(1, "FR", include("2025-04-01", agreement, "migration"));
    let package = PackageProposal {
        title: "Package".into(),
        framework: None,
        parties: parties(&["FR", "MA"]),
        items: vec![Item {
            agreement,
            revision: travaux_domain::Revision(2),
        }],
    };
    history.package(1, "MA", P::Propose(package));
    let event = Event::Framework(release("2025-05-01", agreement).into());
    let going = lets_go([(StreamId::Framework(framework_id(1)), &event)]);
    refused(
        check_holds(&going, history.held()),
        Rule::FW7,
        "let it be adopted, rejected or withdrawn",
    );
    history.package(1, "FR", P::Reject { reason: None });
    assert_eq!(check_holds(&going, history.held()), Ok(()));
}
