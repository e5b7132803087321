//! The life of a framework: proposed, revised, accepted, adopted, suspended, ended; its organs.

use chrono::NaiveDate;
use travaux_domain::{
    Aggregate, Context, Others, Profile, Reason, Rule, StreamCommand, StreamId,
    framework::{
        AreaOpening, Body, FoundingNature, Framework, FrameworkCommand as F, FrameworkStatus as S,
        Roadmap, RoadmapStep, TermChanges, Terms,
    },
};
use travaux_testkit::{
    agreement::{date, proposal, propose as text},
    framework::{
        accept, adopt, adopted, area, close, end, include, name, open, organ, party, propose,
        release, replace, resume, retitled, revise, suspend, terms,
    },
    history::{History, agreement_id, framework_id},
    meeting::{foundation, parties},
};

use crate::{by, refused};

const FRAMEWORK: StreamId =
    StreamId::Framework(travaux_domain::FrameworkId(uuid::Uuid::from_u128(1)));

fn on_it(command: F) -> StreamCommand {
    StreamCommand::Framework(framework_id(1), command)
}

fn stands(history: &History) -> Framework {
    history.state(FRAMEWORK)
}

fn refuses(history: &mut History, party: &str, command: F, rule: Rule, says: &str) {
    history.refuses(party, on_it(command), rule, says);
}

/// Proposed by FR on 10 January 2025, on the desk of 1 June.
fn proposed(names: &[&str]) -> History {
    let mut history = History::new();
    history
        .at("2025-01-10")
        .framework(1, "FR", propose("2025-01-10", terms(names)))
        .at("2025-06-01");
    history
}

#[test]
fn fw2_and_fw13_what_is_proposed_stands_only_once_it_is_adopted() {
    let mut history = proposed(&["FR", "MA"]);
    let state = stands(&history);
    assert_eq!(state.status(date("2025-01-09")), S::Absent);
    assert_eq!(state.status(date("2025-06-01")), S::Proposed);
    assert!(state.foundation.is_none());
    assert_eq!(state.waits_for(), [&"MA".into()]);
    let says = "expected a framework that was adopted, found revision 1, not yet accepted by MA";
    refuses(
        &mut history,
        "FR",
        open("2025-05-01", "sport"),
        Rule::FW13,
        says,
    );
    let joined = F::AgreementJoined {
        agreement: agreement_id(1),
        area: "migration".into(),
    };
    let (_, draft) = text(
        "FR",
        proposal(Profile::arrangement(), &["FR", "MA"], vec![]),
    );
    history.agreement(1, "FR", draft);
    refuses(&mut history, "FR", joined, Rule::FW13, says);
    // What stands under a framework wants one that was adopted, too.
    let call = travaux_testkit::meeting::ministers();
    let convene = travaux_testkit::meeting::convene("2025-06-01", call);
    let meeting = StreamCommand::Meeting(travaux_testkit::history::meeting_id(1), convene);
    history.refuses("MA", meeting, Rule::FW13, says);
    let again = propose("2025-01-11", terms(&["FR", "MA"]));
    refuses(&mut history, "MA", again, Rule::RC1, "a new id");
}

#[test]
fn fw2_fw3_fw8_fw14_and_rc5_terms_are_whole() {
    let mut history = History::new();
    history.at("2025-06-01");
    let mut wrong = |change: fn(&mut Terms), rule, says| {
        let mut terms = terms(&["FR", "MA"]);
        change(&mut terms);
        refuses(&mut history, "FR", propose("2025-01-10", terms), rule, says);
    };
    wrong(|t| t.title.clear(), Rule::RC5, "a title");
    wrong(
        |t| t.declaration.title.clear(),
        Rule::RC5,
        "the title of the founding act",
    );
    wrong(|t| t.parties.truncate(1), Rule::FW2, "two parties or more");
    wrong(|t| t.parties[0] = party("MA"), Rule::FW2, "each party once");
    wrong(|t| t.parties[0] = party("ES"), Rule::P0, "`FR`");
    wrong(
        |t| t.areas.push(area("migration")),
        Rule::FW3,
        "a key twice",
    );
    wrong(
        |t| t.areas.push(area("two words")),
        Rule::RC5,
        "without spaces",
    );
    wrong(|t| t.areas[0].title = " ".into(), Rule::RC5, "a title");
    wrong(
        |t| t.organs.push(t.organs[0].clone()),
        Rule::FW8,
        "a role twice",
    );
    wrong(|t| t.organs[0].who.party = "ES".into(), Rule::P0, "`ES`");
    wrong(|t| t.organs[0].who.office.clear(), Rule::RC5, "an office");
    wrong(
        |t| t.nature = FoundingNature::Treaty,
        Rule::FW14,
        "the treaty, as an agreement",
    );
    let stranger = propose("2025-01-10", terms(&["FR", "MA"]));
    refuses(&mut history, "US", stranger, Rule::P0, "`US`");
    let early = propose("2025-06-03", terms(&["FR", "MA"]));
    refuses(&mut history, "FR", early, Rule::RC3, "a day that has come");
}

#[test]
fn fw14_a_founding_act_on_record_is_of_the_nature_that_is_said_of_it() {
    let mut history = History::new();
    for (number, profile) in [(1, Profile::treaty()), (2, Profile::arrangement())] {
        let (_, draft) = text("FR", proposal(profile, &["FR", "MA"], vec![]));
        history.agreement(number, "FR", draft);
    }
    history.at("2025-06-01");
    let founded_on = |number, nature| {
        let mut terms = terms(&["FR", "MA"]);
        terms.instrument = Some(agreement_id(number));
        terms.nature = nature;
        propose("2025-01-10", terms)
    };
    let treaty = FoundingNature::Treaty;
    let says = "expected an agreement on record, found no agreement";
    refuses(&mut history, "FR", founded_on(3, treaty), Rule::FW14, says);
    let says =
        "expected an agreement of the nature treaty, found one under the profile `arrangement`";
    refuses(&mut history, "FR", founded_on(2, treaty), Rule::FW14, says);
    history.framework(1, "FR", founded_on(1, treaty));
    let state = stands(&history);
    let (_, revision) = state.latest().expect("it was proposed");
    assert_eq!(
        revision.terms.nature.effect(),
        "binds as its own consent and force say"
    );
    // What is changed later is held to what stays.
    let changes = TermChanges {
        nature: Some(FoundingNature::Arrangement),
        ..TermChanges::default()
    };
    let says =
        "expected an agreement of the nature arrangement, found one under the profile `treaty";
    refuses(
        &mut history,
        "FR",
        revise("2025-01-11", 1, changes),
        Rule::FW14,
        says,
    );
    assert_eq!(FoundingNature::Declaration.effect(), "binds nobody");
}

#[test]
fn fw2_a_revision_names_the_latest_as_its_base_and_changes_something() {
    let mut history = proposed(&["FR", "MA"]);
    let wrong = |base, changes, reason, says: &str| {
        let command = on_it(revise("2025-02-01", base, changes));
        let refusal = history.decided("MA", command).expect_err("it is refused");
        assert_eq!((refusal.rule, refusal.reason), (Rule::FW2, reason));
        assert!(refusal.to_string().contains(says), "{refusal}");
    };
    wrong(
        0,
        retitled("x"),
        Reason::WrongState,
        "revision 1 as the base, the latest",
    );
    wrong(2, retitled("x"), Reason::Unknown, "found revision 2");
    wrong(
        1,
        TermChanges::default(),
        Reason::Already,
        "expected a change",
    );
    wrong(
        1,
        retitled("Partnership"),
        Reason::Already,
        "the same terms",
    );
    history.framework(1, "MA", revise("2025-02-01", 1, retitled("Pact")));
    let stale = revise("2025-02-02", 1, retitled("Union"));
    refuses(
        &mut history,
        "FR",
        stale,
        Rule::FW2,
        "revision 2 as the base",
    );
    let before = revise("2025-01-31", 2, retitled("Union"));
    refuses(
        &mut history,
        "FR",
        before,
        Rule::RC3,
        "the revision was proposed (2025-02-01)",
    );
    let stranger = revise("2025-02-02", 2, retitled("Union"));
    refuses(&mut history, "US", stranger, Rule::P0, "`US`");
}

#[test]
fn fw13_a_later_revision_clears_what_was_accepted_before() {
    let mut history = proposed(&["FR", "MA"]);
    history
        .framework(1, "MA", accept("2025-02-01", 1))
        .framework(1, "FR", revise("2025-02-02", 1, retitled("Pact")));
    // INV3: what MA accepted was another.
    assert_eq!(stands(&history).waits_for(), [&"MA".into()]);
    let missing = |history: &History, command| {
        let refusal = history.decided("FR", on_it(command)).expect_err("MA lacks");
        assert_eq!(
            (refusal.rule, refusal.reason),
            (Rule::FW13, Reason::ConsentMissing)
        );
        assert_eq!(refusal.missing, ["MA"]);
    };
    missing(&history, adopt("2025-03-01", 2, &[]));
    refuses(
        &mut history,
        "FR",
        adopt("2025-03-01", 1, &[]),
        Rule::FW13,
        "a later one replaced",
    );
    refuses(
        &mut history,
        "MA",
        accept("2025-02-03", 1),
        Rule::FW13,
        "a later one replaced",
    );
    refuses(
        &mut history,
        "MA",
        accept("2025-02-03", 3),
        Rule::FW13,
        "revision 2, the latest",
    );
    refuses(
        &mut history,
        "MA",
        accept("2025-02-03", 0),
        Rule::FW13,
        "revision 2, the latest",
    );
    refuses(
        &mut history,
        "FR",
        accept("2025-02-03", 2),
        Rule::FW13,
        "that of `FR` on 2025-02-02",
    );
    refuses(
        &mut history,
        "US",
        accept("2025-02-03", 2),
        Rule::P0,
        "`US`",
    );
    refuses(
        &mut history,
        "MA",
        accept("2025-02-01", 2),
        Rule::RC3,
        "was proposed",
    );
    history.framework(1, "MA", accept("2025-02-10", 2));
    let early = adopt("2025-02-09", 2, &[]);
    refuses(&mut history, "MA", early, Rule::RC3, "`MA` accepted it");
    history.framework(1, "MA", adopt("2025-02-10", 2, &[]));
    let state = stands(&history);
    assert_eq!(state.foundation.as_ref().expect("it stands").title, "Pact");
    assert_eq!(state.adopted().map(|(number, _)| number), Some(2));
    assert!(state.waits_for().is_empty());
    let again = adopt("2025-02-11", 2, &[]);
    refuses(
        &mut history,
        "FR",
        again,
        Rule::FW13,
        "adopted on 2025-02-10",
    );
    let late = accept("2025-02-11", 2);
    refuses(
        &mut history,
        "FR",
        late,
        Rule::FW13,
        "adopted on 2025-02-10",
    );
}

#[test]
fn fw13_every_party_accepts_itself_or_is_named_on_the_record() {
    let mut history = proposed(&["FR", "MA", "ES"]);
    history.framework(1, "MA", accept("2025-02-01", 1));
    refuses(
        &mut history,
        "FR",
        adopt("2025-03-01", 1, &[]),
        Rule::FW13,
        "that of FR, MA",
    );
    let stranger = adopt("2025-03-01", 1, &["ES", "US"]);
    refuses(&mut history, "FR", stranger, Rule::P0, "`US`");
    history.framework(1, "FR", adopt("2025-03-01", 1, &["ES", "MA"]));
    let state = stands(&history);
    let (_, adoption) = state.adoptions().next().expect("it was adopted");
    assert_eq!(
        (&adoption.named, &adoption.told_by),
        (&parties(&["ES"]), &"FR".into())
    );
    // Founded at once: the record says on whose word.
    let mut at_once = History::new();
    at_once.at("2025-06-01");
    for command in terms(&["FR", "MA"]).agreed(date("2024-10-28")) {
        at_once.framework(1, "FR", command);
    }
    let state = stands(&at_once);
    assert_eq!(
        state.adoptions().next().expect("adopted").1.named,
        parties(&["MA"])
    );
    assert_eq!(state.status(date("2024-10-28")), S::Adopted);
}

#[test]
fn fw2_and_fw13_a_foundation_of_before_reads_as_proposed_and_adopted_at_once() {
    let mut history = History::new();
    history
        .at("2024-11-18")
        .framework(1, "FR", foundation(&["FR", "MA"]));
    let state = stands(&history);
    let (number, revision) = state.adopted().expect("it is adopted");
    assert_eq!((number, revision.proposed.on), (1, date("2024-11-18")));
    assert_eq!(revision.terms.nature, FoundingNature::Declaration);
    // MA's acceptance is on no record, and the record does not claim it.
    assert_eq!(revision.accepted.keys().collect::<Vec<_>>(), [&"FR".into()]);
    let adoption = revision.adopted.as_ref().expect("it is");
    assert_eq!((&adoption.told_by, adoption.named.len()), (&"FR".into(), 0));
    assert!(state.areas["migration"].is_open(date("2024-11-18")));
    // Nobody founds one like that today, on the word of one; an audit takes it.
    let initial = FRAMEWORK.initial();
    let (others, context) = (Others::default(), by("FR"));
    let again = || on_it(foundation(&["FR", "MA"]));
    let refusal = initial
        .decide(again(), &context, &others)
        .expect_err("not today");
    assert_eq!(
        (refusal.rule, refusal.reason),
        (Rule::FW13, Reason::ConsentMissing)
    );
    assert!(initial.decide_again(again(), &context, &others).is_ok());
    let mut history = adopted();
    history.at("2025-06-01");
    let alone = AreaOpening {
        key: "sport".into(),
        title: "Sport".into(),
        on: None,
        effect: None,
        scope: travaux_testkit::meeting::words("events"),
        consenting: None,
    };
    let opening = F::AreaOpened(alone.into());
    let state = travaux_domain::AggregateState::Framework(stands(&history).into());
    let refusal = state.decide(on_it(opening.clone()), &by("FR"), &others);
    refused(refusal, Rule::FW15, "an opening on the word of one");
    assert!(
        state
            .decide_again(on_it(opening), &by("FR"), &others)
            .is_ok()
    );
}

#[test]
fn fw5_and_fw6_no_party_sets_up_a_body_or_adopts_a_roadmap_for_the_others() {
    let body = |consenting: Option<&[&str]>| {
        let body = Body {
            key: "group".into(),
            title: "Group".into(),
            area: "migration".into(),
            mandate: String::new(),
            consenting: consenting.map(parties),
        };
        F::BodyEstablished(body.into())
    };
    let roadmap = |consenting: Option<&[&str]>| {
        let roadmap = Roadmap {
            title: "Roadmap".into(),
            adopted_on: date("2025-05-01"),
            steps: vec![RoadmapStep {
                area: "migration".into(),
                title: "report".into(),
                due: None,
            }],
            consenting: consenting.map(parties),
        };
        F::RoadmapAdopted(roadmap.into())
    };
    type Act<'a> = &'a dyn Fn(Option<&[&str]>) -> F;
    let acts: [(Act<'_>, _, _); 2] = [
        (&body, Rule::FW5, "a body on the word of one"),
        (&roadmap, Rule::FW6, "a roadmap on the word of one"),
    ];
    for (act, rule, alone) in acts {
        let mut history = adopted();
        history.at("2025-06-01");
        let before = stands(&history).version;
        let state = travaux_domain::AggregateState::Framework(stands(&history).into());
        let (others, context) = (Others::default(), by("FR"));
        let refusal = state.decide(on_it(act(None)), &context, &others);
        refused(refusal, rule, alone);
        // Records of before are taken by an audit.
        let again = state.decide_again(on_it(act(None)), &context, &others);
        assert!(again.is_ok());
        refuses(&mut history, "FR", act(Some(&[])), rule, "FR, MA");
        refuses(&mut history, "FR", act(Some(&["FR"])), rule, "FR, MA");
        refuses(
            &mut history,
            "FR",
            act(Some(&["FR", "ES"])),
            Rule::P0,
            "`ES`",
        );
        history.framework(1, "FR", act(Some(&["FR", "MA"])));
        assert_eq!(stands(&history).version, before + 1);
    }
}

#[test]
fn fw2_fw8_fw13_and_fw15_an_adopted_framework_stands_until_its_revision_is_adopted() {
    let mut history = adopted();
    history.at("2025-06-01");
    let with = |names: &[&str]| TermChanges {
        parties: Some(names.iter().map(|name| party(name)).collect()),
        ..TermChanges::default()
    };
    let areas = TermChanges {
        areas: Some(vec![]),
        ..TermChanges::default()
    };
    let organs = TermChanges {
        organs: Some(vec![]),
        ..TermChanges::default()
    };
    let on = "2025-04-01";
    refuses(
        &mut history,
        "FR",
        revise(on, 1, areas),
        Rule::FW15,
        "each by itself",
    );
    refuses(
        &mut history,
        "FR",
        revise(on, 1, organs),
        Rule::FW8,
        "each party names",
    );
    // ES comes, FR goes: MA, ES and FR have to accept, and until then nothing changes.
    history.framework(1, "MA", revise(on, 1, with(&["MA", "ES"])));
    assert_eq!(
        stands(&history).waits_for(),
        parties(&["FR", "ES"]).iter().collect::<Vec<_>>()
    );
    refuses(
        &mut history,
        "ES",
        open("2025-04-02", "sport"),
        Rule::P0,
        "`ES`",
    );
    history
        .framework(1, "FR", open("2025-04-02", "sport"))
        .framework(1, "ES", accept("2025-04-03", 2));
    refuses(
        &mut history,
        "ES",
        adopt("2025-05-01", 2, &[]),
        Rule::FW13,
        "that of ES, MA",
    );
    history
        .framework(1, "FR", accept("2025-04-04", 2))
        .framework(1, "ES", adopt("2025-05-01", 2, &[]));
    let state = stands(&history);
    let foundation = state.foundation.as_ref().expect("it stands");
    let names: Vec<_> = foundation
        .parties
        .iter()
        .map(|p| p.id.to_string())
        .collect();
    let areas: Vec<_> = foundation.areas.iter().map(|a| a.key.to_string()).collect();
    assert_eq!(names, ["MA", "ES"]);
    assert_eq!(areas, ["migration", "civil-protection", "sport"]);
    // The organ of FR went with FR.
    assert_eq!(state.organs_on(date("2025-04-30")).count(), 1);
    assert_eq!(state.organs_on(date("2025-05-01")).count(), 0);
    refuses(
        &mut history,
        "FR",
        open("2025-05-02", "food"),
        Rule::P0,
        "`FR`",
    );
}

#[test]
fn fw8_a_party_has_one_organ_of_a_role_at_a_time_and_names_its_own() {
    let mut history = adopted();
    history.at("2025-12-01");
    let contact = |office: &str| organ("FR", "contact", office);
    history.framework(1, "FR", name("2025-03-01", contact("DGEF")));
    let mut wrong = |party: &str, command, rule, says: &str| {
        refuses(&mut history, party, command, rule, says);
    };
    let other = contact("DCPAF");
    wrong(
        "MA",
        name("2025-03-02", other.clone()),
        Rule::FW8,
        "an organ of `MA`, who acts",
    );
    wrong(
        "FR",
        name("2025-03-02", other.clone()),
        Rule::FW8,
        "replace `contact`",
    );
    let (on, from) = ("2025-04-01", "2025-03-01");
    wrong(
        "FR",
        replace(on, from, other.clone()),
        Rule::FW8,
        "a day after 2025-03-01",
    );
    wrong(
        "FR",
        replace(on, on, contact("DGEF")),
        Rule::FW8,
        "another organ",
    );
    let none = organ("FR", "liaison", "attaché");
    wrong(
        "FR",
        replace(on, on, none),
        Rule::FW8,
        "to replace: name one",
    );
    wrong(
        "FR",
        name("2025-02-28", organ("FR", "a", "b")),
        Rule::RC3,
        "was adopted (2025-03-01)",
    );
    history
        .framework(1, "FR", replace("2025-04-01", "2025-04-15", other))
        .framework(1, "MA", name("2025-03-01", organ("MA", "contact", "DGSN")));
    let state = stands(&history);
    let of = |on: &str| -> Vec<String> {
        let organs = state.organs_on(date(on));
        let contacts = organs.filter(|o| o.organ.role.as_str() == "contact");
        contacts.map(|o| o.organ.who.office.clone()).collect()
    };
    assert_eq!(of("2025-02-28"), Vec::<String>::new());
    assert_eq!(of("2025-04-14"), ["DGEF", "DGSN"]);
    assert_eq!(of("2025-04-15"), ["DCPAF", "DGSN"]);
    assert_eq!(state.organs.len(), 4, "what was is not forgotten");
}

#[test]
fn fw12_while_it_is_suspended_nothing_comes_under_it() {
    let mut history = adopted();
    let (_, draft) = text(
        "FR",
        proposal(Profile::arrangement(), &["FR", "MA"], vec![]),
    );
    history
        .agreement(1, "FR", draft.clone())
        .agreement(2, "FR", draft);
    history.at("2025-12-01");
    let one = F::FrameworkSuspended {
        on: date("2025-05-01"),
        effect: None,
        reason: "a dispute".into(),
        consenting: parties(&["FR"]),
    };
    refuses(&mut history, "FR", one, Rule::FW12, "the consent of FR, MA");
    refuses(
        &mut history,
        "FR",
        resume("2025-05-01"),
        Rule::FW12,
        "one that is not",
    );
    refuses(
        &mut history,
        "FR",
        suspend("2025-02-28"),
        Rule::RC3,
        "was adopted",
    );
    history
        .framework(1, "FR", include("2025-04-01", agreement_id(1), "migration"))
        .framework(1, "MA", suspend("2025-05-01"));
    let says = "suspended since 2025-05-01";
    refuses(
        &mut history,
        "FR",
        suspend("2025-05-02"),
        Rule::FW12,
        "one that is, since",
    );
    refuses(
        &mut history,
        "FR",
        open("2025-06-01", "sport"),
        Rule::FW12,
        says,
    );
    let second = include("2025-06-01", agreement_id(2), "migration");
    refuses(&mut history, "FR", second, Rule::FW12, says);
    // What was done before it goes on record behind it; what goes, goes.
    history
        .framework(1, "FR", open("2025-04-30", "sport"))
        .framework(1, "FR", release("2025-06-01", agreement_id(1)))
        .framework(1, "FR", name("2025-06-01", organ("FR", "contact", "DGEF")));
    let state = stands(&history);
    assert_eq!(state.status(date("2025-04-30")), S::Adopted);
    assert_eq!(state.status(date("2025-05-01")), S::Suspended);
    refuses(
        &mut history,
        "FR",
        resume("2025-04-30"),
        Rule::RC3,
        "it was suspended",
    );
    history.framework(1, "FR", resume("2025-07-01"));
    assert_eq!(stands(&history).status(date("2025-07-01")), S::Adopted);
    history.framework(1, "FR", include("2025-07-01", agreement_id(2), "migration"));
    refuses(
        &mut history,
        "FR",
        suspend("2025-06-30"),
        Rule::RC3,
        "taken up again",
    );
}

/// What begins under the framework on a day, each kind of it.
fn beginnings(on: &str) -> Vec<StreamCommand> {
    use travaux_domain::{exchange, roadmap::RoadmapPlan};
    use travaux_testkit::{exchange as exchanges, history as ids, meeting, procedure, roadmap};
    let plan = RoadmapPlan {
        body: None,
        body_moves: false,
        ..roadmap::plan()
    };
    let exchange = exchanges::terms(travaux_domain::limit::Counting::default());
    let two = exchange
        .contacts
        .into_iter()
        .filter(|(p, _)| *p != "ES".into());
    let exchange = exchange::Terms {
        contacts: two.collect(),
        ..exchanges::terms(travaux_domain::limit::Counting::default())
    };
    let terms_agreed = exchange::ExchangeCommand::TermsAgreed {
        on: date(on),
        terms: exchange.into(),
        consenting: parties(&["FR", "MA"]),
    };
    let proposed = travaux_domain::roadmap::RoadmapCommand::RoadmapProposed { on: date(on), plan };
    let table = procedure::passes_but(|table| {
        table.body = None;
        procedure::step_of(table, "group").actor = travaux_domain::procedure::Role::Requested;
    });
    vec![
        StreamCommand::Meeting(
            ids::meeting_id(1),
            meeting::convene(on, meeting::ministers()),
        ),
        StreamCommand::Roadmap(ids::roadmap_id(1), proposed),
        StreamCommand::Exchange(ids::exchange_id(1), terms_agreed),
        StreamCommand::Procedure(
            ids::procedure_id(1),
            procedure::propose_table(on, "1.0.0-draft", table),
        ),
    ]
}

#[test]
fn fw12_nothing_begins_under_one_that_is_suspended_or_that_ended() {
    let mut history = adopted();
    history
        .at("2025-12-01")
        .framework(1, "MA", suspend("2025-03-20"))
        .framework(1, "MA", resume("2025-04-01"))
        .framework(1, "FR", end("2025-11-01"));
    for (on, says) in [
        ("2025-03-20", "suspended since 2025-03-20"),
        ("2025-03-31", "suspended since 2025-03-20"),
        (
            "2025-11-01",
            "a framework that goes on, found one that ended on 2025-11-01",
        ),
        ("2025-12-01", "ended on 2025-11-01"),
    ] {
        for begins in beginnings(on) {
            history.refuses("MA", begins, Rule::FW12, says);
        }
    }
    // The day on which it is done counts, whenever that goes on record.
    for on in ["2025-03-19", "2025-04-01", "2025-04-14"] {
        let mut history = history.clone();
        for begins in beginnings(on) {
            history.does("MA", begins);
        }
    }
}

#[test]
fn fw12_it_ends_once_and_what_stands_under_it_stays() {
    let mut history = adopted();
    let (_, draft) = text(
        "FR",
        proposal(Profile::arrangement(), &["FR", "MA"], vec![]),
    );
    history.agreement(1, "FR", draft).at("2025-12-01");
    history.framework(1, "FR", include("2025-04-01", agreement_id(1), "migration"));
    let to_come = F::FrameworkEnded {
        on: date("2025-11-01"),
        effect: Some(date("2026-01-01")),
        reason: "another takes its place".into(),
        consenting: parties(&["FR", "MA"]),
    };
    history.framework(1, "FR", to_come);
    let state = stands(&history);
    assert_eq!(state.status(date("2025-12-31")), S::Adopted);
    assert_eq!(state.status(date("2026-01-01")), S::Ended);
    assert_eq!(state.agreements.len(), 1);
    // Until then it goes on.
    history
        .framework(1, "FR", open("2025-12-01", "sport"))
        .at("2026-02-01");
    let says = "one that ended on 2026-01-01";
    refuses(
        &mut history,
        "FR",
        open("2026-01-01", "food"),
        Rule::FW12,
        says,
    );
    refuses(
        &mut history,
        "FR",
        revise("2026-01-01", 1, retitled("x")),
        Rule::FW12,
        says,
    );
    refuses(
        &mut history,
        "FR",
        end("2026-01-02"),
        Rule::FW12,
        "one that was ended",
    );
    history.framework(1, "FR", close("2025-12-31", "sport"));
}

#[test]
fn rc3_and_fw12_days_at_the_ends_of_the_calendar_are_answered() {
    let mut history = adopted();
    history.at("2025-12-01");
    for effect in [NaiveDate::MIN, NaiveDate::MAX] {
        for on in [NaiveDate::MIN, NaiveDate::MAX, date("2025-06-01")] {
            let consenting = parties(&["FR", "MA"]);
            let end = F::FrameworkEnded {
                on,
                effect: Some(effect),
                reason: "the end of days".into(),
                consenting,
            };
            let decided = history.decided("FR", on_it(end));
            let fits = on == date("2025-06-01") && effect == NaiveDate::MAX;
            assert_eq!(decided.is_ok(), fits, "{on} {effect}");
        }
    }
    let first = F::OrganNamed {
        on: date("2025-06-01"),
        from: Some(NaiveDate::MAX),
        organ: organ("FR", "contact", "DGEF").into(),
    };
    history.framework(1, "FR", first);
    let context = Context {
        now: chrono::DateTime::<chrono::Utc>::MAX_UTC,
        ..by("FR")
    };
    let state = stands(&history);
    let late = Framework::decide(&state, end("2025-06-01"), &context);
    assert!(late.is_ok());
    assert!(Aggregate::reads(&state, &end("2025-06-01")).is_empty());
}

#[test]
fn each_act_of_the_lifecycle_is_recorded_on_its_row_and_told_in_words() {
    let told = [
        (
            "FrameworkProposed",
            Rule::FW2,
            "framework proposed: Partnership, on a declaration",
        ),
        (
            "FrameworkRevised",
            Rule::FW2,
            "revision 2 of the framework proposed, on revision 1",
        ),
        (
            "FrameworkAccepted",
            Rule::FW13,
            "revision 2 of the framework accepted",
        ),
        (
            "FrameworkAdopted",
            Rule::FW13,
            "revision 2 of the framework adopted",
        ),
        (
            "FrameworkSuspended",
            Rule::FW12,
            "framework suspended: a dispute",
        ),
        ("FrameworkResumed", Rule::FW12, "framework taken up again"),
        (
            "FrameworkEnded",
            Rule::FW12,
            "framework ended: another takes its place",
        ),
        ("AreaProposed", Rule::FW15, "area proposed: sport"),
        ("AreaOpened", Rule::FW15, "area opened: sport"),
        ("AreaExpanded", Rule::FW15, "area sport expanded"),
        ("AreaClosed", Rule::FW16, "area sport closed: it is done"),
        (
            "AgreementIncluded",
            Rule::FW4,
            "agreement 00000000-0000-0000-0000-000000000001 included in area sport",
        ),
        (
            "AgreementReleased",
            Rule::FW7,
            "agreement 00000000-0000-0000-0000-000000000001 released: it stands alone",
        ),
        (
            "OrganNamed",
            Rule::FW8,
            "contact of FR named: Directorate of Immigration",
        ),
        (
            "OrganReplaced",
            Rule::FW8,
            "contact of FR is now: Directorate-general for foreigners",
        ),
    ];
    let examples = travaux_testkit::deeds::of_frameworks();
    assert_eq!(examples.len(), told.len());
    for (event, (name, rule, words)) in examples.iter().zip(told) {
        let summary = event.describe();
        assert_eq!(
            (event.type_name(), event.rule(), &*summary.what),
            (name, rule, words)
        );
        assert_eq!(summary.done_on, event.on());
    }
}
