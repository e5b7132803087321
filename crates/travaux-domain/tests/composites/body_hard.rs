//! Cases of the public record: one text before two committees, and an annex with effect before the
//! decision.

use travaux_domain::{
    Rule, StreamCommand, StreamId,
    agreement::Agreement,
    body::{Basis, BodyEvent, Draft, EffectPart, Establishment, Matter, Standing, Verb},
    partnership::{Hold, check_holds},
    procedure::StepTable,
    roadmap::{RoadmapEvent, RoadmapPlan},
};
use travaux_testkit::{
    agreement::{accept, date},
    body::*,
    history::{History, agreement_id, framework_id, procedure_id, roadmap_id},
    meeting::{parties, words},
    procedure::{passes_but, propose_table, revise_table},
    roadmap::plan,
};

/// G4. The committee of EC and Russia decides on amendments of the annexes and proposes others; that
/// of EC and Bosnia only recommends both. The names of the annexes are those of our treaty.
fn readmission() -> History {
    let mut history = History::new();
    framework(&mut history, &["EC", "RU", "BA"], "2007-06-01");
    treaty(
        &mut history,
        1,
        ["EC", "RU"],
        vec![power("ru")],
        "2007-06-02",
    );
    treaty(
        &mut history,
        2,
        ["EC", "BA"],
        vec![power("ba")],
        "2008-01-01",
    );
    history.at("2010-01-01");
    let committee = |key: &str, party: &str, agreement: u128, competences| Establishment {
        basis: Basis::Clause(first_article(agreement)),
        parties: parties(&["EC", party]),
        competences,
        ..committee(key)
    };
    let russia = vec![
        over_annex(1),
        competence("others", Verb::Recommend, &["agreement"]),
    ];
    let bosnia = vec![
        competence("annexes", Verb::Recommend, &["annex-2"]),
        competence("others", Verb::Recommend, &["agreement"]),
    ];
    for (key, own) in [
        ("ru", committee("ru", "RU", 1, russia)),
        ("ba", committee("ba", "BA", 2, bosnia)),
    ] {
        history.does("EC", body(key, establish("2008-02-01", own)));
    }
    history
}

/// The same text, of each treaty's second annex.
fn same_text(agreement: u128) -> Draft {
    let mut draft = annex_draft("list-1", &[(2, "2008-03-01")]);
    draft.annexes[0].agreement = agreement_id(agreement);
    draft
}

#[test]
fn bd2_and_bd6_one_text_is_adopted_by_one_committee_and_refused_by_another() {
    let mut history = readmission();
    for (key, party, agreement) in [("ru", "RU", 1), ("ba", "BA", 2)] {
        history
            .agreement(agreement, "EC", list("2002", "2008", 1))
            .agreement(agreement, party, accept(2))
            .does("EC", body(key, drafted("2008-02-10", same_text(agreement))));
    }
    let adopt = |draft: &Draft, party: &str, competence: &str| {
        let how = travaux_domain::body::How::Together {
            session: None,
            consenting: parties(&["EC", party]),
        };
        decide_by("2008-02-20", draft, competence, how)
    };
    let carry = |key: &str, agreement| {
        let change = &same_text(agreement).annexes[0];
        StreamCommand::Agreement(agreement_id(agreement), amended(key, change).into())
    };
    history
        .does("EC", body("ru", adopt(&same_text(1), "RU", "annex-2")))
        .does("EC", carry("ru", 1))
        .refuses(
            "EC",
            body("ba", adopt(&same_text(2), "BA", "annexes")),
            Rule::BD2,
            "ba has no competence to amend_annexes on annex-2",
        )
        .refuses("EC", carry("ba", 2), Rule::BD8, "found none");
    // As a recommendation, the same words pass in both.
    let mut advice = same_text(2);
    (advice.key, advice.verb) = ("advice-1".into(), Verb::Recommend);
    advice.annexes.clear();
    history
        .does("BA", body("ba", drafted("2008-02-10", advice.clone())))
        .does("BA", body("ba", adopt(&advice, "BA", "annexes")));
    let bosnia: Agreement = history.state(StreamId::Agreement(agreement_id(2)));
    assert!(bosnia.machines.amendments.bindings.is_empty());
}

#[test]
fn qy7_a_body_is_asked_what_it_may_do_on_a_day_as_known_at_a_time() {
    let history = readmission();
    let treaties: Vec<Agreement> = [1, 2]
        .map(|n| history.state(StreamId::Agreement(agreement_id(n))))
        .into();
    let find = |id| {
        let known = [agreement_id(1), agreement_id(2)];
        let at = known.iter().position(|known| *known == id)?;
        treaties.get(at)
    };
    let (ru, ba) = (state(&history, "ru"), state(&history, "ba"));
    let change = &same_text(1).annexes;
    let asked = |on: &str, known_at: Option<&str>| Matter {
        verb: Verb::AmendAnnexes,
        subject: None,
        annexes: change,
        by: None,
        on: date(on),
        known_at: known_at.map(|at| date(at).and_hms_opt(0, 0, 0).expect("a time").and_utc()),
    };
    let yes = ru.competent(&asked("2008-02-01", None), find);
    assert_eq!(
        (yes.yes, yes.competence.as_deref(), yes.clause.as_deref()),
        (true, Some("annex-2"), Some("Article 1"))
    );
    assert_eq!(yes.why, "Article 1, in force since 2007-06-02");
    let early = ru.competent(&asked("2008-01-31", None), find);
    assert_eq!((early.yes, early.clause), (false, None));
    assert!(!ba.competent(&asked("2008-02-01", None), find).yes);
    // Before the treaty was on record, nobody knew its clause.
    let unknown = ru.competent(&asked("2008-02-01", Some("2007-06-01")), find);
    assert_eq!(
        (unknown.yes, unknown.why.as_str()),
        (false, "Article 1, of an agreement that is not in force")
    );
}

/// G3. Decision 1/2006 of 6 July 2006, with effect from 1 January and from 1 June 2004.
#[test]
fn bd8_a_decision_of_2006_with_effect_in_2004_counts_from_2004() {
    let mut history = History::new();
    framework(&mut history, &["EU", "CH"], "2002-05-01");
    treaty(
        &mut history,
        1,
        ["EU", "CH"],
        vec![power("fmp")],
        "2002-06-01",
    );
    let own = Establishment {
        parties: parties(&["EU", "CH"]),
        ..committee("fmp")
    };
    history.does("EU", body("fmp", establish("2002-06-01", own)));
    let changes = [(2, "2004-01-01"), (3, "2004-06-01")];
    history
        .at("2006-07-06")
        .agreement(1, "EU", list("2002", "2004", 1))
        .agreement(1, "CH", accept(2))
        .agreement(1, "EU", list("2004", "2004 bis", 2))
        .agreement(1, "CH", accept(3));
    let mut draft = annex_draft("1-2006", &changes);
    draft.effects = vec![EffectPart {
        part: Some("article 2".to_owned()),
        from: date("2004-06-01"),
    }];
    let how = travaux_domain::body::How::Together {
        session: None,
        consenting: parties(&["EU", "CH"]),
    };
    history
        .does("EU", body("fmp", drafted("2006-07-06", draft.clone())))
        .does(
            "EU",
            body("fmp", decide_by("2006-07-06", &draft, "annex-2", how)),
        );
    for change in &draft.annexes {
        let carry = StreamCommand::Agreement(agreement_id(1), amended("fmp", change).into());
        history.does("EU", carry);
    }
    let (own, since) = (state(&history, "fmp"), date("2004-01-01"));
    let standing = |on| own.standing(&own.decisions["1-2006"], date(on));
    assert_eq!(standing("2004-07-01"), Standing::InEffect { since });
    assert_eq!(standing("2003-12-31"), Standing::Drafted);
    let counts = |event: &BodyEvent| {
        <travaux_domain::body::JointBody as travaux_domain::partnership::Dossier>::counts_from(
            event,
        )
    };
    for recorded in history.log() {
        if let travaux_domain::Event::Body(event) = &recorded.event {
            let before =
                counts(event).expect("a day") < travaux_domain::partnership::Deed::on(&**event);
            let effective = ["DecisionDrafted", "DecisionAdopted"];
            assert_eq!(
                before,
                effective.contains(&event.type_name()),
                "{}",
                event.type_name()
            );
        }
    }
    // The treaty as known in 2005 has no such amendment; as known in 2007 both bind.
    let treaty: Agreement = history.state(StreamId::Agreement(agreement_id(1)));
    let known = |at: &str| {
        let at = date(at).and_hms_opt(0, 0, 0).expect("a time").and_utc();
        let between = treaty.known_at(at);
        let between = between.between(&"CH".into(), &"EU".into(), date("2004-07-01"));
        between.changes.len()
    };
    assert_eq!((known("2005-01-01"), known("2007-01-01")), (0, 2));
}

/// A committee that has done its work.
fn dissolved(on: &str) -> BodyEvent {
    BodyEvent::BodyDissolved {
        on: date(on),
        ground: words("its work is done"),
        consenting: parties(&["FR", "MA"]),
    }
}

#[test]
fn fw16_a_referral_that_has_no_end_holds_its_area() {
    let mut history = at_work();
    history.does(
        "MA",
        body("jc", refer("2021-02-01", referral("late", "passes"))),
    );
    let area = |key: &str| Hold::Area {
        framework: framework_id(1),
        area: key.into(),
    };
    let refusal = check_holds(&[area("migration")], history.held()).expect_err("it is held");
    assert_eq!(refusal.rule, Rule::FW16);
    let stream = StreamId::Body(body_id("jc"));
    assert_eq!(refusal.missing, [format!("referral late of {stream}")]);
    assert_eq!(check_holds(&[area("security")], history.held()), Ok(()));
    let back = BodyEvent::ReferralWithdrawn {
        on: date("2021-02-02"),
        referral: "late".into(),
    };
    history.does("MA", body("jc", back));
    assert_eq!(check_holds(&[area("migration")], history.held()), Ok(()));
}

#[test]
fn rm2_and_pr4_a_joint_body_is_a_body_of_the_framework_while_it_is_at_work() {
    let mut history = at_work();
    history.does("FR", body("jc", dissolved("2021-05-01")));
    let roadmap = |number: u128, on: &str, own: &str| {
        let plan = RoadmapPlan {
            body: Some(own.into()),
            ..plan()
        };
        let on = date(on);
        StreamCommand::Roadmap(
            roadmap_id(number),
            RoadmapEvent::RoadmapProposed { on, plan },
        )
    };
    let table = |own: &str| {
        let own = own.to_owned();
        passes_but(|table| table.body = Some(own.into()))
    };
    let steps = |number: u128, on: &str, own: &str| {
        let proposed = propose_table(on, "1.0.0-draft", table(own));
        StreamCommand::Procedure(procedure_id(number), proposed)
    };
    // No body has that key; and this one had not begun, or is over.
    let (none, over) = ("of which there is none", "dissolved by then");
    for (own, on, says) in [
        ("other", "2021-04-30", none),
        ("jc", "2021-01-01", none),
        ("jc", "2021-05-01", over),
    ] {
        history.refuses("FR", roadmap(1, on, own), Rule::RM2, says);
        history.refuses("FR", steps(1, on, own), Rule::PR4, says);
    }
    history
        .does("FR", roadmap(1, "2021-04-30", "jc"))
        .does("FR", steps(1, "2021-04-30", "jc"));
    let revised = |on: &str, own: &str| {
        let other = StepTable {
            title: words("passes, in other words"),
            ..table(own)
        };
        let command = revise_table(on, "1.0.0-draft.2", "1.0.0-draft", other);
        StreamCommand::Procedure(procedure_id(1), command)
    };
    history.refuses("FR", revised("2021-05-02", "jc"), Rule::PR4, over);
    history.does("FR", revised("2021-04-30", "jc"));
}
