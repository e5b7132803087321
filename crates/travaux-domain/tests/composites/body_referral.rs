//! What is referred to a body; sub-bodies, missions and their reports; how a body ends.

use std::collections::BTreeMap;

use travaux_domain::{
    Event, Rule, StreamId,
    body::{
        Allotted, BodyCommand as B, BodyStatus, Competence, ReferralRef, Report, Resolution,
        SubBody, SubKind, Verb,
    },
    meeting::MeetingCommand as M,
    partnership::{FollowUp, Link, check_links},
};
use travaux_testkit::{
    agreement::date,
    body::*,
    history::{History, meeting_id},
    meeting::{by_all, item_ref, parties, words},
};

use crate::body::{may, refused};

const BOTH: [&str; 2] = ["FR", "MA"];

fn referred() -> History {
    let mut history = at_work();
    history.does(
        "FR",
        body("jc", refer("2021-02-01", referral("late", "passes"))),
    );
    history
}

fn allocate(on: &str, to: Allotted, due: Option<&str>) -> B {
    B::ReferralAllocated {
        on: date(on),
        referral: "late".into(),
        to,
        due: due.map(date),
    }
}

fn resolve(on: &str, by: Resolution, names: &[&str]) -> B {
    B::ReferralResolved {
        on: date(on),
        referral: "late".into(),
        by,
        consenting: parties(names),
    }
}

fn returned(wanting: Verb) -> B {
    B::ReferralReturned {
        on: date("2021-02-10"),
        referral: "late".into(),
        wanting,
        reason: "not ours".into(),
    }
}

fn escalate(to: &str, names: &[&str]) -> B {
    B::ReferralEscalated {
        on: date("2021-02-10"),
        referral: "late".into(),
        to: body_id(to),
        consenting: parties(names),
    }
}

pub(crate) fn dissolve(on: &str, names: &[&str]) -> B {
    B::BodyDissolved {
        on: date(on),
        ground: words("its work is done"),
        consenting: parties(names),
    }
}

/// The same challenge, as the body that it comes to has it.
fn taken_over(on: &str, key: &str, from: &str) -> B {
    let mut up = referral(key, "passes");
    up.from = Some(ReferralRef {
        body: body_id(from),
        referral: "late".into(),
    });
    refer(on, up)
}

#[test]
fn bd10_a_challenge_is_referred_with_its_area_and_its_facts() {
    let mut history = at_work();
    let with = |change: fn(&mut travaux_domain::body::Referral)| {
        let mut one = referral("late", "passes");
        change(&mut one);
        refer("2021-02-01", one)
    };
    refused(
        &mut history,
        vec![
            ("ES", with(|_| {}), Rule::P0, "`ES`"),
            (
                "FR",
                with(|r| r.area = "trade".into()),
                Rule::FW1,
                "an area of the framework",
            ),
            ("FR", with(|r| r.facts.clear()), Rule::RC5, "facts"),
            (
                "FR",
                with(|r| r.marking = Some(" ".into())),
                Rule::RC5,
                "a marking",
            ),
            (
                "FR",
                refer("2021-01-01", referral("x", "y")),
                Rule::RC3,
                "established",
            ),
        ],
    );
    history.does("FR", body("jc", with(|_| {})));
    refused(
        &mut history,
        vec![("MA", with(|_| {}), Rule::BD10, "a new key")],
    );
}

#[test]
fn bd10_a_referral_is_given_to_somebody_and_due_by_the_rules_of_that_day() {
    let mut history = referred();
    let to_ma = || Allotted::Party("MA".into());
    refused(
        &mut history,
        vec![
            (
                "FR",
                allocate("2021-02-02", Allotted::Party("ES".into()), None),
                Rule::P0,
                "`ES`",
            ),
            (
                "FR",
                allocate("2021-02-02", Allotted::SubBody("group".into()), None),
                Rule::BD10,
                "a sub-body, of which there is none",
            ),
            (
                "FR",
                allocate("2021-02-02", Allotted::Session(meeting_id(9)), None),
                Rule::BD10,
                "a session that the body has called",
            ),
            (
                "FR",
                allocate("2021-01-31", to_ma(), None),
                Rule::RC3,
                "it was referred",
            ),
            (
                "FR",
                allocate("2021-02-02", to_ma(), Some("2021-02-01")),
                Rule::RC3,
                "it is given",
            ),
        ],
    );
    history.does("FR", body("jc", allocate("2021-02-02", to_ma(), None)));
    let record = |history: &History| state(history, "jc").referrals["late"].clone();
    assert_eq!(record(&history).due(), Some(date("2021-03-04")));
    assert!(!record(&history).is_overdue(date("2021-03-04")));
    assert!(record(&history).is_overdue(date("2021-03-05")));
    history.does(
        "MA",
        body("jc", allocate("2021-02-20", to_ma(), Some("2021-04-01"))),
    );
    assert_eq!(record(&history).due(), Some(date("2021-04-01")));
    assert_eq!(record(&history).allocated.len(), 2);
    assert_eq!(record(&history).days_here(date("2021-02-11")), 10);
}

#[test]
fn bd11_a_referral_is_resolved_once_within_the_competence() {
    let mut history = referred();
    let explained = || Resolution::Explanation(words("they wait for a seal"));
    let decision = draft("passes-1", Verb::Decide, "passes");
    let advice = draft("advice-1", Verb::Recommend, "passes");
    history
        .does("FR", body("jc", drafted("2021-02-01", decision.clone())))
        .does("FR", body("jc", drafted("2021-02-01", advice.clone())));
    refused(
        &mut history,
        vec![
            (
                "FR",
                resolve("2021-02-10", explained(), &["FR"]),
                Rule::BD11,
                "missing: MA",
            ),
            (
                "FR",
                resolve("2021-02-10", Resolution::Explanation([].into()), &BOTH),
                Rule::RC5,
                "an explanation",
            ),
            (
                "FR",
                resolve("2021-02-10", Resolution::Decision("passes-1".into()), &[]),
                Rule::BD11,
                "a decision that was adopted",
            ),
        ],
    );
    history
        .does("FR", body("jc", decide("2021-02-10", &decision, "passes")))
        .does("FR", body("jc", decide("2021-02-10", &advice, "refer")));
    refused(
        &mut history,
        vec![
            (
                "FR",
                resolve("2021-02-09", Resolution::Decision("passes-1".into()), &[]),
                Rule::RC3,
                "it was adopted",
            ),
            (
                "FR",
                resolve("2021-02-10", Resolution::Decision("advice-1".into()), &[]),
                Rule::BD11,
                "by which the body is to recommend",
            ),
            (
                "FR",
                resolve(
                    "2021-02-10",
                    Resolution::Recommendation("passes-1".into()),
                    &[],
                ),
                Rule::BD11,
                "by which the body is to decide",
            ),
        ],
    );
    let by = Resolution::Recommendation("advice-1".into());
    history.does("MA", body("jc", resolve("2021-02-11", by, &[])));
    refused(
        &mut history,
        vec![
            (
                "FR",
                resolve("2021-02-12", explained(), &BOTH),
                Rule::BD11,
                "resolved by recommendation advice-1",
            ),
            (
                "FR",
                allocate("2021-02-12", Allotted::Party("MA".into()), None),
                Rule::BD10,
                "a referral that is open",
            ),
        ],
    );
}

#[test]
fn bd11_and_bd2_a_body_that_only_watches_returns_what_it_cannot_do() {
    let mut history = History::new();
    framework(&mut history, &["FR", "MA"], "2020-12-01");
    treaty(&mut history, 1, ["FR", "MA"], vec![], "2021-01-01");
    let mut own = committee("jc");
    own.competences = vec![competence("watch", Verb::Monitor, &[])];
    history
        .at("2021-06-01")
        .does("FR", body("jc", establish("2021-01-02", own)))
        .does(
            "FR",
            body("jc", refer("2021-02-01", referral("late", "passes"))),
        );
    let action = Resolution::Action(words("a second office"));
    refused(
        &mut history,
        vec![
            (
                "FR",
                resolve("2021-02-10", action, &BOTH),
                Rule::BD2,
                "a competence to recommend on passes",
            ),
            (
                "FR",
                returned(Verb::Monitor),
                Rule::BD11,
                "for which it has no competence",
            ),
        ],
    );
    history.does("FR", body("jc", returned(Verb::Decide)));
    assert_eq!(state(&history, "jc").open_referrals().count(), 0);
}

#[test]
fn bd11_a_body_that_may_does_not_return_and_only_who_referred_takes_back() {
    let mut history = referred();
    let back = || B::ReferralWithdrawn {
        on: date("2021-02-10"),
        referral: "late".into(),
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                returned(Verb::Decide),
                Rule::BD11,
                "Article 1, in force since 2021-01-01",
            ),
            ("MA", back(), Rule::BD11, "who made it: FR"),
        ],
    );
    history.does("FR", body("jc", back()));
}

/// The committee, with a council above it and a panel beside it.
/// Three bodies at work; the committee has the council above it.
pub(crate) fn rungs() -> History {
    let mut history = History::new();
    framework(&mut history, &["FR", "MA", "ES"], "2020-12-01");
    treaty(&mut history, 1, ["FR", "MA"], vec![], "2021-01-01");
    let mut own = committee("jc");
    own.above = Some("council".into());
    history.at("2021-06-01");
    for one in [own, committee("council"), committee("panel")] {
        let key = one.key.to_string();
        history.does("FR", body(&key, establish("2021-01-02", one)));
    }
    history
}

fn ladder() -> History {
    let mut history = rungs();
    history.does(
        "FR",
        body("jc", refer("2021-02-01", referral("late", "passes"))),
    );
    history
}

#[test]
fn bd12_a_referral_goes_one_rung_up_or_where_all_agree() {
    let mut history = ladder();
    refused(
        &mut history,
        vec![
            (
                "FR",
                escalate("none", &BOTH),
                Rule::BD12,
                "another body of the framework",
            ),
            (
                "FR",
                escalate("panel", &[]),
                Rule::BD12,
                "the next rung (council), or",
            ),
            ("FR", escalate("panel", &["FR"]), Rule::BD12, "missing: MA"),
            (
                "FR",
                escalate("jc", &BOTH),
                Rule::RC1,
                "another than the one",
            ),
        ],
    );
    let mut aside = history.clone();
    aside.does("FR", body("jc", escalate("panel", &BOTH)));
    history.does("FR", body("jc", escalate("council", &[])));
    refused(
        &mut history,
        vec![("FR", escalate("council", &[]), Rule::BD12, "sent to body")],
    );
    // The other takes it over on that day, as the same.
    let over = |on, key| body("council", taken_over(on, key, "jc"));
    history.refuses(
        "MA",
        over("2021-02-11", "late-2"),
        Rule::BD12,
        "on that day",
    );
    history.does("MA", over("2021-02-10", "late-2"));
    let mut other = referral("late-3", "figures");
    other.from = Some(ReferralRef {
        body: body_id("jc"),
        referral: "late".into(),
    });
    history.refuses(
        "MA",
        body("council", refer("2021-02-10", other)),
        Rule::BD12,
        "the same area, subject and marking",
    );
    // Times are kept for each rung.
    let here =
        |key, referral: &str, on| state(&history, key).referrals[referral].days_here(date(on));
    assert_eq!(
        (
            here("jc", "late", "2021-03-01"),
            here("jc", "late", "2021-02-03")
        ),
        (9, 2)
    );
    assert_eq!(here("council", "late-2", "2021-03-01"), 19);
}

#[test]
fn bd12_sending_and_taking_over_are_one_commit() {
    let mut history = ladder();
    history
        .does("FR", body("jc", escalate("council", &[])))
        .does(
            "FR",
            body("council", taken_over("2021-02-10", "late-2", "jc")),
        );
    let log = history.log();
    let commit: Vec<(StreamId, &Event)> = log[log.len() - 2..]
        .iter()
        .map(|recorded| (recorded.stream, &recorded.event))
        .collect();
    assert_eq!(check_links(commit.clone()), Ok(()));
    for (alone, says) in [
        (commit[0], "ChallengeReferred"),
        (commit[1], "ReferralEscalated"),
    ] {
        let refusal = check_links([alone]).expect_err("it is refused");
        assert_eq!(refusal.rule, Rule::BD12);
        assert!(refusal.to_string().contains(says), "{refusal}");
    }
}

fn mission(mandate: Vec<Competence>, until: Option<&str>) -> SubBody {
    SubBody {
        key: "mission".into(),
        title: "Joint mission on passes".into(),
        kind: SubKind::Mission,
        mandate,
        until: until.map(date),
    }
}

fn set_up(sub: SubBody, names: &[&str]) -> B {
    B::SubBodyEstablished {
        on: date("2021-04-14"),
        sub,
        consenting: parties(names),
    }
}

fn report(key: &str, on: &str, of: &str) -> B {
    B::MissionReported {
        on: date(on),
        report: Report {
            key: key.into(),
            of: of.into(),
            text: words("what the mission found"),
            recommendations: BTreeMap::from([("seal".into(), words("one seal is enough"))]),
        },
    }
}

/// INV6.
#[test]
fn bd13_a_sub_body_has_no_more_than_its_parent_and_for_no_longer() {
    let mut history = at_work();
    let examine = || competence("look", Verb::Examine, &["passes"]);
    refused(
        &mut history,
        vec![
            (
                "FR",
                set_up(mission(vec![examine()], None), &["FR"]),
                Rule::BD13,
                "missing: MA",
            ),
            (
                "FR",
                set_up(mission(vec![examine()], Some("2021-04-13")), &BOTH),
                Rule::RC3,
                "it is set up",
            ),
            (
                "FR",
                set_up(
                    mission(
                        vec![competence("all", Verb::Decide, &["passes", "figures"])],
                        None,
                    ),
                    &BOTH,
                ),
                Rule::BD13,
                "found `all` (decide)",
            ),
            (
                "FR",
                set_up(
                    mission(vec![competence("s", Verb::Settle, &[])], None),
                    &BOTH,
                ),
                Rule::BD2,
                "a competence to settle",
            ),
        ],
    );
    history.does(
        "FR",
        body(
            "jc",
            set_up(mission(vec![examine()], Some("2021-06-25")), &BOTH),
        ),
    );
    refused(
        &mut history,
        vec![(
            "FR",
            set_up(mission(vec![examine()], None), &BOTH),
            Rule::BD13,
            "a new key",
        )],
    );
    let works = |on| state(&history, "jc").sub_body_works(&"mission".into(), date(on));
    assert!(!works("2021-04-13") && works("2021-04-14") && works("2021-06-25"));
    assert!(!works("2021-06-26"));
}

#[test]
fn bd13_a_sub_body_with_a_stream_of_its_own_stays_within_its_mandate() {
    let mut history = at_work();
    let examine = competence("look", Verb::Examine, &["passes"]);
    history.does(
        "FR",
        body("jc", set_up(mission(vec![examine.clone()], None), &BOTH)),
    );
    let own = |competences, on| {
        let mut own = committee("mission");
        own.basis = travaux_domain::body::Basis::Parent { body: "jc".into() };
        own.competences = competences;
        body("mission", establish(on, own))
    };
    history
        .refuses(
            "FR",
            own(
                vec![competence("x", Verb::Decide, &["passes"])],
                "2021-04-14",
            ),
            Rule::BD13,
            "found `x` (decide)",
        )
        .refuses(
            "FR",
            own(vec![], "2021-04-13"),
            Rule::BD1,
            "at work on 2021-04-13",
        )
        .does("FR", own(vec![examine], "2021-04-14"));
    let asked = |verb| may(&history, ("mission", verb, Some("passes")), "2021-05-01");
    assert_eq!(asked(Verb::Examine), (true, "by a decision of jc".into()));
    assert!(!asked(Verb::Decide).0);
    let more = B::CompetenceConferred {
        on: date("2021-05-01"),
        competence: competence("y", Verb::Monitor, &[]),
        consenting: parties(&BOTH),
    };
    history.refuses(
        "FR",
        body("mission", more),
        Rule::BD2,
        "one beside what `jc` gave",
    );
    let mut stranger = committee("stranger");
    stranger.basis = travaux_domain::body::Basis::Parent { body: "jc".into() };
    history.refuses(
        "FR",
        body("stranger", establish("2021-05-01", stranger)),
        Rule::BD1,
        "a sub-body that `jc` set up",
    );
}

#[test]
fn bd13_a_report_binds_nobody_before_the_body_has_acted() {
    let mut history = at_work();
    let examine = competence("look", Verb::Examine, &["passes"]);
    history.does(
        "FR",
        body("jc", set_up(mission(vec![examine], None), &BOTH)),
    );
    refused(
        &mut history,
        vec![
            (
                "FR",
                report("first", "2021-04-13", "mission"),
                Rule::RC3,
                "it was set up",
            ),
            (
                "FR",
                report("first", "2021-05-01", "none"),
                Rule::BD13,
                "a mission (mission)",
            ),
        ],
    );
    history.does("FR", body("jc", report("first", "2021-05-01", "mission")));
    refused(
        &mut history,
        vec![(
            "MA",
            report("first", "2021-05-02", "mission"),
            Rule::BD13,
            "a new key",
        )],
    );
    let mut advice = draft("advice-1", Verb::Recommend, "passes");
    advice.report = Some("first".into());
    history.does("FR", body("jc", drafted("2021-05-10", advice.clone())));
    let acted = |history: &History, on| {
        let own = state(history, "jc");
        own.acted_on(&"first".into(), date(on)).is_some()
    };
    assert!(!acted(&history, "2021-05-30"));
    history.does("FR", body("jc", decide("2021-05-25", &advice, "refer")));
    assert!(!acted(&history, "2021-05-24") && acted(&history, "2021-05-25"));
}

#[test]
fn bd16_a_body_ends_when_nothing_that_was_referred_to_it_is_open() {
    let mut history = ladder();
    let decision = draft("passes-1", Verb::Decide, "passes");
    history
        .does("FR", body("jc", drafted("2021-02-01", decision.clone())))
        .does("FR", body("jc", decide("2021-02-05", &decision, "passes")));
    refused(
        &mut history,
        vec![
            (
                "FR",
                dissolve("2021-02-10", &BOTH),
                Rule::BD16,
                "missing: late",
            ),
            (
                "FR",
                dissolve("2021-02-04", &BOTH),
                Rule::RC3,
                "it did something last",
            ),
        ],
    );
    history
        .does("FR", body("jc", escalate("council", &[])))
        .does(
            "FR",
            body("council", taken_over("2021-02-10", "late", "jc")),
        );
    refused(
        &mut history,
        vec![
            (
                "FR",
                dissolve("2021-02-10", &["FR"]),
                Rule::BD16,
                "missing: MA",
            ),
            (
                "FR",
                dissolve("2021-02-09", &BOTH),
                Rule::RC3,
                "it did something last",
            ),
        ],
    );
    history.does("FR", body("jc", dissolve("2021-02-10", &BOTH)));
    let own = state(&history, "jc");
    assert_eq!(own.status(date("2021-02-10")), BodyStatus::Dissolved);
    assert_eq!(own.status(date("2021-02-09")), BodyStatus::Established);
    // What it decided stays in effect.
    let since = date("2021-02-05");
    assert_eq!(
        own.standing(&own.decisions["passes-1"], date("2021-05-01")),
        travaux_domain::body::Standing::InEffect { since }
    );
    let (yes, why) = may(&history, ("jc", Verb::Decide, Some("passes")), "2021-02-10");
    assert_eq!(
        (yes, why.as_str()),
        (false, "jc was dissolved by 2021-02-10")
    );
    refused(
        &mut history,
        vec![
            (
                "FR",
                dissolve("2021-03-01", &BOTH),
                Rule::BD16,
                "dissolved on 2021-02-10",
            ),
            (
                "FR",
                refer("2021-02-05", referral("x", "passes")),
                Rule::BD16,
                "dissolved on 2021-02-10",
            ),
        ],
    );
    history.refuses(
        "FR",
        body(
            "panel",
            refer("2021-02-10", {
                let mut one = referral("x", "passes");
                one.from = Some(ReferralRef {
                    body: body_id("jc"),
                    referral: "late".into(),
                });
                one
            }),
        ),
        Rule::BD12,
        "sent to this body",
    );
}

#[test]
fn bd16_nothing_is_sent_to_a_body_that_ended() {
    let mut history = ladder();
    history.does("FR", body("council", dissolve("2021-02-10", &BOTH)));
    refused(
        &mut history,
        vec![(
            "FR",
            escalate("council", &[]),
            Rule::BD12,
            "a body that is at work",
        )],
    );
}

#[test]
fn mt9_a_body_follows_up_what_was_agreed_at_a_meeting() {
    let mut history = at_work();
    let item = travaux_testkit::meeting::agreed("passes", by_all());
    let call = travaux_domain::meeting::Convocation {
        start: travaux_testkit::meeting::on_day("2021-02-01"),
        ..travaux_testkit::meeting::ministers()
    };
    history
        .meeting(
            1,
            "MA",
            travaux_testkit::meeting::convene("2021-01-20", call),
        )
        .meeting(1, "MA", travaux_testkit::meeting::held("2021-02-01"))
        .meeting(
            1,
            "MA",
            travaux_testkit::meeting::record("2021-02-01", item),
        );
    let unknown = B::BodyFollowsItem {
        on: date("2021-02-02"),
        item: item_ref(1, "figures"),
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
    let link = Link {
        item: item_ref(1, "passes"),
        to: FollowUp::Body(body_id("jc")),
        on: date("2021-02-02"),
    };
    for command in link.commands() {
        history.does("FR", command);
    }
    let log = history.log();
    let commit = log[log.len() - 2..].iter().map(|r| (r.stream, &r.event));
    assert_eq!(check_links(commit), Ok(()));
    let own = state(&history, "jc");
    assert_eq!(own.follows[0].0, item_ref(1, "passes"));
    let met: travaux_domain::meeting::Meeting = history.state(StreamId::Meeting(meeting_id(1)));
    assert!(matches!(
        met.items["passes"].followed_up[0].0,
        FollowUp::Body(_)
    ));
    let _: M = travaux_testkit::meeting::held("2021-02-01");
}
