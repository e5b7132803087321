//! Links: what was agreed and what follows it up name each other, in one commit.

use travaux_domain::{
    Event, Rule, StreamCommand, StreamId,
    body::{Basis, BodyCommand, Establishment},
    framework::FrameworkEvent,
    indicator::IndicatorEvent,
    partnership::{FollowUp, Link, check_links},
};
use travaux_testkit::{
    agreement::{date, proposal, propose},
    body::{body_id, committee},
    history::{
        History, agreement_id, framework_id, indicator_id, meeting_id, package_id, procedure_id,
    },
    indicator::{self, adopt},
    meeting::{item_ref, parties},
    procedure::{passes, propose_table},
};

use crate::{meeting_follow::two_meetings, refused};

const DAY: &str = "2025-06-25";

/// What a party's commands give, one after the other, each on the state before.
fn commit(history: &mut History, commands: Vec<StreamCommand>) -> Vec<(StreamId, Event)> {
    let before = history.log().len();
    for command in commands {
        history.does("MA", command);
    }
    let log = history.log()[before..].iter();
    log.map(|r| (r.stream, r.event.clone())).collect()
}

/// A link of an item of 14 April, to each kind of what follows one up.
fn links() -> [FollowUp; 7] {
    [
        FollowUp::Indicator(indicator_id(1)),
        FollowUp::Meeting(meeting_id(2)),
        FollowUp::Procedure(procedure_id(1)),
        FollowUp::Agreement(agreement_id(1)),
        FollowUp::Area {
            framework: framework_id(1),
            area: "migration".into(),
        },
        FollowUp::Round(package_id(1)),
        FollowUp::Body(body_id("jc")),
    ]
}

/// The commands that tell of it at both ends.
fn ends(to: FollowUp) -> [StreamCommand; 2] {
    let (item, on) = (item_ref(1, "areas"), date(DAY));
    Link { item, to, on }.commands()
}

/// The type of the event by which something says that it follows an item up.
fn end_of(by: &FollowUp) -> &'static str {
    match by {
        FollowUp::Meeting(_) => "MeetingFollowsItem",
        FollowUp::Procedure(_) => "ProcedureFollowsItem",
        FollowUp::Indicator(_) => "IndicatorFollowsItem",
        FollowUp::Agreement(_) => "AgreementFollowsItem",
        FollowUp::Area { .. } => "AreaFollowsItem",
        FollowUp::Round(_) => "RoundFollowsItem",
        FollowUp::Body(_) => "BodyFollowsItem",
        FollowUp::Action { .. } => "ActionFollowsItem",
    }
}

/// The two meetings, with an agreement and a package under them.
fn with_all() -> History {
    let mut history = two_meetings();
    let (party, proposed) = propose(
        "MA",
        proposal(
            travaux_domain::Profile::arrangement(),
            &["FR", "MA"],
            vec![],
        ),
    );
    history.agreement(1, party, proposed);
    history.agreement(2, party, {
        propose(
            "MA",
            proposal(
                travaux_domain::Profile::arrangement(),
                &["FR", "MA"],
                vec![],
            ),
        )
        .1
    });
    let own = Establishment {
        basis: Basis::Declaration {
            title: "joint declaration".to_owned(),
        },
        competences: Vec::new(),
        ..committee("jc")
    };
    let established = BodyCommand::JointBodyEstablished {
        on: date(DAY),
        establishment: own,
        consenting: parties(&["FR", "MA"]),
    };
    history.does("MA", StreamCommand::Body(body_id("jc"), established));
    history
}

#[test]
fn mt9_each_end_of_a_link_wants_the_other_in_its_commit() {
    for by in links() {
        let mut history = with_all();
        if matches!(by, FollowUp::Indicator(_)) {
            let mut definition = indicator::passes();
            definition.reporters = vec!["MA".into()];
            let mut adopted = adopt(DAY, "1.0.0", definition);
            if let IndicatorEvent::IndicatorAdopted { consenting, .. } = &mut adopted {
                consenting.push("ES".into());
            }
            history.indicator(1, "MA", adopted);
        }
        if matches!(by, FollowUp::Round(_)) {
            crate::package::propose_in(&mut history);
        }
        if matches!(by, FollowUp::Procedure(_)) {
            history.procedure(1, "MA", propose_table(DAY, "1.0.0-draft", passes()));
        }
        let stream = by.stream();
        let both = commit(&mut history, ends(by.clone()).to_vec());
        assert_eq!(both[0].0, stream);
        let check = |events: &[(StreamId, Event)]| check_links(events.iter().map(|(s, e)| (*s, e)));
        assert_eq!(check(&both), Ok(()), "{by}");
        let types = both.iter().map(|(_, event)| event.type_name());
        assert_eq!(types.collect::<Vec<_>>(), [end_of(&by), "ItemFollowedUp"]);
        refused(
            check(&both[..1]),
            Rule::MT9,
            "meeting-00000000-0000-0000-0000-000000000001",
        );
        refused(check(&both[1..]), Rule::MT9, &stream.to_string());
        // The ends of two links are no link.
        let elsewhere = ends(FollowUp::Area {
            framework: framework_id(1),
            area: "civil-protection".into(),
        });
        let another = commit(&mut history, elsewhere.to_vec());
        refused(
            check(&[both[0].clone(), another[1].clone()]),
            Rule::MT9,
            "both ends of the link",
        );
    }
}

#[test]
fn mt9_an_end_stands_where_there_is_something_to_follow_an_item_up() {
    let history = two_meetings();
    for by in links() {
        let [other, at_the_item] = ends(by.clone());
        let refusal = match by {
            FollowUp::Meeting(_) | FollowUp::Action { .. } => continue,
            FollowUp::Area { .. } => {
                let area = |framework, area: &str| {
                    let (on, item, area) = (date(DAY), item_ref(1, "areas"), area.into());
                    let event = FrameworkEvent::AreaFollowsItem { on, area, item };
                    StreamCommand::Framework(framework_id(framework), event)
                };
                let unknown = history.decided("MA", area(1, "sport"));
                refused(unknown, Rule::FW1, "an area of the framework");
                history.decided("MA", area(9, "migration"))
            }
            FollowUp::Agreement(_)
            | FollowUp::Round(_)
            | FollowUp::Body(_)
            | FollowUp::Indicator(_)
            | FollowUp::Procedure(_) => history.decided("MA", other),
        };
        refused(refusal, Rule::RC1, "of that id");
        // The item's end alone would be let through: the commit is not.
        let event = history
            .decided("MA", at_the_item.clone())
            .expect("it is decided")
            .event;
        let alone = check_links([(at_the_item.stream(), &event)]);
        refused(alone, Rule::MT9, "has to tell of it in the same commit");
    }
}
