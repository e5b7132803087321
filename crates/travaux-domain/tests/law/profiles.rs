use travaux_domain::{
    GapPolicy, Profile, ProfileFile, Rule, RuleKind, agreement::AgreementCommand as C,
};

use travaux_testkit::agreement::*;

fn file(json: &str) -> ProfileFile {
    serde_json::from_str(json).expect("a profile file")
}

#[test]
fn built_in_profiles_have_the_rows_that_they_are_for() {
    let has = |p: &Profile, rules: &[Rule]| rules.iter().all(|r| p.applies(*r));
    let lacks = |p: &Profile, rules: &[Rule]| rules.iter().all(|r| !p.applies(*r));
    let all: Vec<_> = Rule::all()
        .filter(|r| r.machine().is_of_an_agreement())
        .collect();
    assert!(has(&Profile::treaty(), &all));
    assert!(Profile::custom().customary && has(&Profile::custom(), &all));
    assert!(lacks(&Profile::treaty(), &[Rule::FW1, Rule::PK2]));
    let arrangement = Profile::arrangement();
    assert!(
        has(&arrangement, &[Rule::C6, Rule::C7, Rule::F1, Rule::X2])
            && lacks(&arrangement, &[Rule::C8, Rule::R1, Rule::D7, Rule::C1])
    );
    let declaration = Profile::declaration();
    assert!(
        has(&declaration, &[Rule::T4, Rule::L2])
            && lacks(&declaration, &[Rule::C6, Rule::F1, Rule::R1])
    );
    assert!(!declaration.asks_for_consent() && arrangement.asks_for_consent());
    let contract = Profile::contract();
    assert!(
        has(&contract, &[Rule::C6, Rule::A1, Rule::X2, Rule::E2])
            && lacks(&contract, &[Rule::C7, Rule::D7, Rule::R1])
    );
    assert_eq!(Profile::all().len(), 6);
    for profile in Profile::all() {
        assert_eq!(
            Profile::named(&profile.name),
            Some(profile.clone()),
            "{}",
            profile.name
        );
    }
}

#[test]
fn a_declaration_binds_nobody() {
    let case = authentic(proposal(Profile::declaration(), &["A", "B"], vec![]));
    case.refuses(
        "A",
        signed("2020-02-01"),
        Rule::C6,
        "`declaration`, which leaves it out [rule C6 (VCLT 12(1), (2)(a)), residual]",
    );
}

#[test]
fn a_profile_of_ones_own_departs_from_a_built_in_one() {
    let own = file(
        r#"{"name":"fr-ma","based_on":"arrangement","with":["C3","C8"],"without":["E7"],"mandatory":["T6"],
            "residual":["T4"],"gaps":"recorded","equal_authenticity":false}"#,
    );
    let profile = Profile::from_file(&own).expect("it is sound");
    assert!(
        profile.applies(Rule::C8)
            && !profile.applies(Rule::E7)
            && profile.gaps == GapPolicy::Recorded
    );
    assert_eq!(profile.kind(Rule::T6), Some(RuleKind::Mandatory));
    assert_eq!(
        profile.kind(Rule::T4),
        Some(RuleKind::Residual),
        "what binds a treaty need not bind an arrangement"
    );
    assert_eq!(
        (profile.name.as_str(), profile.equal_authenticity),
        ("fr-ma", false)
    );
    // A clause on what it has made mandatory is refused.
    let clauses = vec![clause(
        "Article 30",
        travaux_domain::clause::Term::Authentication("initials".into()),
    )];
    let refused = C::Propose(Box::new(proposal(profile.clone(), &["A", "B"], clauses)));
    Case::new().refuses("A", refused, Rule::T6, "mandatory, by Article 30");
    let json = serde_json::to_string(&profile).expect("JSON");
    assert_eq!(
        serde_json::from_str::<Profile>(&json).expect("it reads back"),
        profile
    );
    assert!(
        !json.contains("customary"),
        "what is as usual is not written: {json}"
    );
    let strict = file(
        r#"{"name":"strict","based_on":"treaty/vclt","mandatory":["E13","T6"],"residual":["T5"]}"#,
    );
    let strict = Profile::from_file(&strict).expect("it is sound");
    assert_eq!(
        (strict.kind(Rule::E13), strict.kind(Rule::T6)),
        (Some(RuleKind::Mandatory), Some(RuleKind::Mandatory))
    );
}

#[test]
fn a_refusal_says_how_the_profile_has_its_rule() {
    let own = file(r#"{"name":"own","based_on":"arrangement","mandatory":["T6"]}"#);
    let case = adopted(proposal(
        Profile::from_file(&own).expect("it is sound"),
        &["A", "B"],
        vec![],
    ));
    case.refuses(
        "A",
        C::AuthenticateText {
            method: "initialling".into(),
            parties: vec![],
        },
        Rule::T6,
        "mandatory]",
    );
}

#[test]
fn everything_that_is_wrong_with_a_profile_is_said_at_once() {
    let wrong = file(
        r#"{"name":"treaty/vclt","based_on":"treaty/vclt","with":["Q1"],"without":["P0","T4","T5"],
            "residual":["E13","T6"],"mandatory":["T6"]}"#,
    );
    let problems = Profile::from_file(&wrong)
        .expect_err("it is not sound")
        .to_string();
    for says in [
        "a built-in profile has that name",
        "`Q1` is no row",
        "P0 cannot be left out",
        "E13 is mandatory law for a treaty (VCLT 65(2), 67(2))",
        "T6 is made residual and mandatory",
        "no way to adopt a text",
    ] {
        assert!(problems.contains(says), "{problems}");
    }
    let check = |json: &str, says: &str| {
        let problems = Profile::from_file(&file(json))
            .expect_err("it is not sound")
            .to_string();
        assert!(problems.contains(says), "{problems}");
    };
    check(
        r#"{"name":"x","based_on":"imported"}"#,
        "expected one of treaty/vclt, treaty/custom",
    );
    check(r#"{"name":" ","based_on":"contract"}"#, "it needs a name");
    check(
        r#"{"name":"x","based_on":"contract","without":["R1"]}"#,
        "R1 is left out, but is not in `contract`",
    );
    check(
        r#"{"name":"x","based_on":"contract","residual":["R1"]}"#,
        "R1 is made residual, but does not apply",
    );
    check(
        r#"{"name":"x","based_on":"contract","without":["C6"]}"#,
        "no way to be bound",
    );
}
