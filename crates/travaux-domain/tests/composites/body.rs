//! Joint bodies: what they rest on, what they may do, their rules of procedure.

use travaux_domain::{
    Rule, StreamId,
    body::{Basis, BodyCommand as B, BodyStatus, Establishment, JointBody, Matter, Verb},
    partnership::Deed as _,
};
use travaux_testkit::{
    agreement::{date, p},
    body::*,
    history::{History, agreement_id, framework_id},
    meeting::parties,
};

/// Each of these is refused to a party, of the body `jc`, by its row and in words that hold these.
#[track_caller]
pub(crate) fn refused(history: &mut History, cases: Vec<(&str, B, Rule, &str)>) {
    for (party, command, rule, says) in cases {
        history.refuses(party, body("jc", command), rule, says);
    }
}

/// Whether a body may do something about something on a day, and why.
pub(crate) fn may(
    history: &History,
    (key, verb, subject): (&str, Verb, Option<&str>),
    on: &str,
) -> (bool, String) {
    let own = state(history, key);
    let agreements: Vec<_> = (1..4)
        .map(|n| {
            (
                agreement_id(n),
                history.state(StreamId::Agreement(agreement_id(n))),
            )
        })
        .collect();
    let subject = subject.map(Into::into);
    let matter = Matter {
        verb,
        subject: subject.as_ref(),
        annexes: &[],
        by: None,
        on: date(on),
        known_at: None,
    };
    let find = |id| {
        agreements
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, a)| a)
    };
    let answer = own.competent(&matter, find);
    (answer.yes, answer.why)
}

fn founded() -> History {
    let mut history = History::new();
    framework(&mut history, &["FR", "MA", "ES"], "2020-12-01");
    treaty(&mut history, 1, ["FR", "MA"], vec![], "2021-01-01");
    history.at("2021-06-01");
    history
}

fn with(change: impl FnOnce(&mut Establishment)) -> B {
    let mut own = committee("jc");
    change(&mut own);
    establish("2021-01-02", own)
}

#[test]
fn bd1_a_body_is_established_by_a_clause_that_is_in_force_on_that_date() {
    let mut history = founded();
    let early = establish("2020-12-31", committee("jc"));
    refused(
        &mut history,
        vec![
            (
                "FR",
                early,
                Rule::BD1,
                "an agreement that is to be in force",
            ),
            ("US", with(|_| {}), Rule::P0, "`US`"),
            ("ES", with(|_| {}), Rule::P0, "a party to the body: FR, MA"),
            (
                "FR",
                with(|own| own.parties = parties(&["FR"])),
                Rule::BD1,
                "two parties or more, each once",
            ),
            (
                "FR",
                with(|own| own.parties = parties(&["FR", "MA", "FR"])),
                Rule::BD1,
                "each once",
            ),
            (
                "FR",
                with(|own| own.parties = parties(&["FR", "US"])),
                Rule::P0,
                "a party to the framework",
            ),
            (
                "FR",
                with(|own| own.parties = parties(&["FR", "ES"])),
                Rule::BD1,
                "found `ES`",
            ),
            (
                "FR",
                with(|own| {
                    let mut clause = first_article(1);
                    clause.provision = p(9);
                    own.basis = Basis::Clause(clause);
                }),
                Rule::BD1,
                "does not stand in the text",
            ),
            (
                "FR",
                with(|own| own.basis = Basis::Clause(first_article(2))),
                Rule::BD1,
                "an agreement on record",
            ),
            (
                "FR",
                with(|own| own.title = " ".into()),
                Rule::RC5,
                "a title",
            ),
            (
                "FR",
                with(|own| own.areas = vec!["trade".into()]),
                Rule::FW1,
                "an area of the framework",
            ),
            (
                "FR",
                with(|own| own.above = Some("jc".into())),
                Rule::BD1,
                "the body itself",
            ),
            (
                "FR",
                with(|own| own.key = "other".into()),
                Rule::RC1,
                "the stream that it names itself",
            ),
            (
                "FR",
                establish("2021-06-09", committee("jc")),
                Rule::RC3,
                "a day that has come",
            ),
        ],
    );
    history.does("MA", body("jc", with(|_| {})));
    refused(
        &mut history,
        vec![("FR", with(|_| {}), Rule::RC1, "a new key")],
    );
    let own = state(&history, "jc");
    assert_eq!(own.status(date("2021-01-01")), BodyStatus::Absent);
    assert_eq!(own.status(date("2021-01-02")), BodyStatus::Established);
    assert_eq!(own.competences.len(), 5);
}

#[test]
fn bd1_a_body_of_an_unknown_framework_is_none() {
    let mut history = History::new();
    history.at("2021-06-01");
    refused(
        &mut history,
        vec![
            ("FR", with(|_| {}), Rule::RC4, "a framework on record"),
            (
                "FR",
                rules("2021-01-03", procedure(1, false)),
                Rule::RC1,
                "no body of that id",
            ),
        ],
    );
}

#[test]
fn bd1_and_bd2_a_body_by_a_declaration_binds_nobody_and_all_consent_to_it() {
    let mut history = founded();
    let by_declaration = |binds: bool, consenting: &[&str]| B::JointBodyEstablished {
        on: date("2021-01-02"),
        establishment: Establishment {
            basis: Basis::Declaration {
                title: "Joint declaration".into(),
            },
            competences: match binds {
                true => vec![competence("all", Verb::Decide, &["passes"])],
                false => vec![
                    competence("refer", Verb::ReferenceMechanism, &[]),
                    competence("watch", Verb::Monitor, &[]),
                ],
            },
            ..committee("jc")
        },
        consenting: parties(consenting),
    };
    let says = "a clause that binds the parties, for a body to decide";
    refused(
        &mut history,
        vec![
            (
                "FR",
                by_declaration(false, &["FR"]),
                Rule::BD1,
                "missing: MA",
            ),
            (
                "FR",
                by_declaration(false, &["FR", "MA", "FR"]),
                Rule::BD1,
                "one voice a party",
            ),
            ("FR", by_declaration(true, &["FR", "MA"]), Rule::BD2, says),
        ],
    );
    history.does("FR", body("jc", by_declaration(false, &["FR", "MA"])));
    let asked = |verb| may(&history, ("jc", verb, Some("passes")), "2021-01-02");
    assert_eq!(
        asked(Verb::Recommend),
        (true, "by Joint declaration".into())
    );
    assert_eq!(
        asked(Verb::Decide),
        (false, "jc has no competence to decide on passes".into())
    );
}

#[test]
fn bd1_an_old_body_of_the_framework_stays_readable_beside_one_of_the_same_key() {
    let mut history = founded();
    history
        .framework(1, "FR", travaux_testkit::meeting::body())
        .does("FR", {
            let own = committee("gmmp");
            body("gmmp", establish("2021-01-02", own))
        });
    let framework: travaux_domain::framework::Framework =
        history.state(StreamId::Framework(framework_id(1)));
    assert_eq!(framework.bodies[0].key.as_str(), "gmmp");
    assert!(state(&history, "gmmp").establishment.is_some());
}

#[test]
fn bd2_a_competence_is_a_verb_of_the_closed_list_with_its_object() {
    let mut history = founded();
    let only = |competence| with(|own| own.competences = vec![competence]);
    let annexes = |key, verb| {
        let mut one = over_annex(1);
        (one.key, one.verb) = (key, verb);
        one
    };
    let mut none = over_annex(1);
    none.annexes[0].provisions.clear();
    let twice = with(|own| {
        own.competences
            .push(competence("rules", Verb::Monitor, &[]))
    });
    refused(
        &mut history,
        vec![
            (
                "FR",
                only(competence("x", Verb::Decide, &[])),
                Rule::BD2,
                "the subjects on which it may decide",
            ),
            (
                "FR",
                only(competence("x", Verb::AmendAnnexes, &[])),
                Rule::BD2,
                "the annexes that it may amend",
            ),
            ("FR", only(none), Rule::BD2, "by provision"),
            (
                "FR",
                only(annexes("x".into(), Verb::Recommend)),
                Rule::BD2,
                "annexes only with the verb amend_annexes",
            ),
            (
                "FR",
                only(competence("a b", Verb::Monitor, &[])),
                Rule::RC5,
                "a key",
            ),
            ("FR", twice, Rule::BD2, "`rules` twice"),
        ],
    );
    for verb in Verb::ALL {
        let json = serde_json::to_value(verb).expect("JSON");
        assert_eq!(json, verb.name());
    }
}

#[test]
fn bd2_a_mechanism_of_reference_examines_and_recommends_and_no_more() {
    let history = established();
    for (verb, yes) in [
        (Verb::Examine, true),
        (Verb::Recommend, true),
        (Verb::ReferenceMechanism, true),
        (Verb::Monitor, false),
        (Verb::ExchangeInformation, false),
        (Verb::Settle, false),
    ] {
        let (found, why) = may(&history, ("jc", verb, Some("figures")), "2021-02-01");
        assert_eq!(found, yes, "{verb}: {why}");
    }
    let (_, why) = may(&history, ("jc", Verb::Decide, Some("passes")), "2021-02-01");
    assert_eq!(why, "Article 1, in force since 2021-01-01");
    let (_, why) = may(
        &history,
        ("jc", Verb::Decide, Some("figures")),
        "2021-02-01",
    );
    assert_eq!(why, "jc has no competence to decide on figures");
    let (_, why) = may(&history, ("jc", Verb::Decide, Some("passes")), "2021-01-01");
    assert_eq!(why, "jc was not established by 2021-01-01");
    let (_, why) = may(&history, ("none", Verb::Decide, None), "2021-01-01");
    assert_eq!(why, "no body of that name is on record");
}

#[test]
fn bd2_a_competence_is_given_and_ended_by_all_and_counts_from_its_day() {
    let mut history = at_work();
    let both = parties(&["FR", "MA"]);
    let give = |key: &str, consenting: &[&str]| B::CompetenceConferred {
        on: date("2021-03-01"),
        competence: travaux_domain::body::Competence {
            until: Some(date("2021-05-01")),
            ..competence(key, Verb::Decide, &["figures"])
        },
        consenting: parties(consenting),
    };
    let end = |key: &str, on: &str| B::CompetenceEnded {
        on: date(on),
        competence: key.into(),
        ground: "it is done".into(),
        consenting: both.clone(),
    };
    refused(
        &mut history,
        vec![
            ("FR", give("figures", &["FR"]), Rule::BD2, "missing: MA"),
            ("FR", give("passes", &["FR", "MA"]), Rule::BD2, "a new key"),
            (
                "FR",
                end("none", "2021-04-01"),
                Rule::BD2,
                "a competence of the body",
            ),
        ],
    );
    history.does("FR", body("jc", give("figures", &["FR", "MA"])));
    refused(
        &mut history,
        vec![(
            "FR",
            end("figures", "2021-02-28"),
            Rule::RC3,
            "it was given",
        )],
    );
    history.does("MA", body("jc", end("figures", "2021-04-01")));
    refused(
        &mut history,
        vec![(
            "FR",
            end("figures", "2021-04-02"),
            Rule::BD2,
            "one that ended on 2021-04-01",
        )],
    );
    let asked = |on| may(&history, ("jc", Verb::Decide, Some("figures")), on);
    assert!(!asked("2021-02-28").0 && asked("2021-03-01").0 && asked("2021-03-31").0);
    assert_eq!(
        asked("2021-04-01").1,
        "competence figures is ended on 2021-04-01"
    );
}

#[test]
fn bd2_a_competence_that_is_limited_in_time_is_had_until_its_last_day() {
    let mut history = founded();
    history.does(
        "FR",
        body(
            "jc",
            with(|own| own.competences[1].until = Some(date("2021-05-01"))),
        ),
    );
    let asked = |on| may(&history, ("jc", Verb::Decide, Some("passes")), on);
    assert!(asked("2021-05-01").0);
    assert_eq!(
        asked("2021-05-02").1,
        "competence passes is held until 2021-05-01"
    );
}

#[test]
fn bd3_rules_are_adopted_version_after_version_and_widen_no_competence() {
    let mut history = established();
    let mut half = rules("2021-01-03", procedure(1, false));
    if let B::RulesAdopted { consenting, .. } = &mut half {
        consenting.pop();
    }
    refused(
        &mut history,
        vec![
            (
                "FR",
                rules("2021-01-03", procedure(2, false)),
                Rule::BD3,
                "version 1",
            ),
            (
                "FR",
                rules("2021-01-03", procedure(0, false)),
                Rule::BD3,
                "version 1",
            ),
            ("FR", half, Rule::BD3, "missing: MA"),
            (
                "FR",
                rules("2021-01-01", procedure(1, false)),
                Rule::RC3,
                "the body was established",
            ),
        ],
    );
    let before = state(&history, "jc").competences;
    history.does("FR", body("jc", rules("2021-02-01", procedure(1, false))));
    refused(
        &mut history,
        vec![
            (
                "FR",
                rules("2021-03-01", procedure(1, true)),
                Rule::BD3,
                "version 2",
            ),
            (
                "FR",
                rules("2021-01-31", procedure(2, true)),
                Rule::RC3,
                "the version before",
            ),
        ],
    );
    history.does("MA", body("jc", rules("2021-03-01", procedure(2, true))));
    let own = state(&history, "jc");
    assert_eq!(own.competences, before);
    let version = |on| own.rules_on(date(on)).map(|rules| rules.version);
    assert_eq!(
        (
            version("2021-01-31"),
            version("2021-02-28"),
            version("2021-03-01")
        ),
        (None, Some(1), Some(2))
    );
}

#[test]
fn bd3_and_bd2_a_body_without_that_competence_adopts_no_rules() {
    let mut history = founded();
    history.does("FR", body("jc", with(|own| own.competences.truncate(2))));
    refused(
        &mut history,
        vec![(
            "FR",
            rules("2021-01-03", procedure(1, false)),
            Rule::BD2,
            "a competence to adopt_own_rules",
        )],
    );
}

#[test]
fn bd1_each_deed_of_a_body_has_its_day_and_its_row() {
    for event in travaux_testkit::deeds::of_bodies() {
        let json = serde_json::to_value(&event).expect("JSON");
        let name = event.type_name();
        assert_eq!(json[name]["on"], event.on().to_string(), "{name}");
        assert!(event.rule().name().starts_with("BD") || event.rule() == Rule::MT9);
        let mut own = JointBody::default();
        let context = crate::by("FR");
        travaux_domain::Aggregate::evolve(&mut own, &event, &context);
        assert_eq!(own.version, 1, "{name}");
    }
}

#[test]
fn bd1_what_is_recorded_of_a_body_has_the_names_of_its_events() {
    let mut history = at_work();
    let one = draft("passes-1", Verb::Decide, "passes");
    history
        .does("FR", body("jc", drafted("2021-02-01", one)))
        .does(
            "FR",
            body("jc", refer("2021-02-01", referral("late", "passes"))),
        );
    let log = history.log().iter();
    let told = log.filter(|recorded| recorded.stream == StreamId::Body(body_id("jc")));
    let types: Vec<_> = told.map(|recorded| recorded.event.type_name()).collect();
    assert_eq!(
        types,
        [
            "JointBodyEstablished",
            "RulesAdopted",
            "DecisionDrafted",
            "ChallengeReferred"
        ]
    );
}

/// A clause that an amendment repeals gives nothing from then on.
#[test]
fn bd2_a_competence_ends_with_the_clause_that_gives_it() {
    let mut history = at_work();
    let repeal = travaux_testkit::agreement::revise(
        travaux_domain::agreement::Nature::Amendment,
        vec![travaux_text::Operation::Remove {
            provisions: vec![p(1), p(2)],
        }],
    );
    let enters = travaux_domain::agreement::amendment::AmendmentAct::AmendmentEnteredIntoForce {
        on: Some(date("2021-04-01")),
        revision: travaux_domain::Revision(2),
        instrument: None,
        between: vec![],
        later: Default::default(),
    };
    history
        .agreement(1, "FR", repeal)
        .agreement(1, "MA", travaux_testkit::agreement::accept(2))
        .agreement(1, "FR", enters);
    let asked = |on| may(&history, ("jc", Verb::Decide, Some("passes")), on);
    assert!(asked("2021-03-31").0);
    assert_eq!(
        asked("2021-04-01"),
        (
            false,
            "Article 1, which does not stand in the text of that date".into()
        )
    );
}
