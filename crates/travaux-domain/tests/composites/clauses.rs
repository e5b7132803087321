//! Clauses, as actions carry them out and indicators tell of them.

use travaux_domain::{
    Aggregate as _, Profile, Rule, StreamCommand, StreamId,
    agreement::Nature,
    indicator::Definition,
    partnership::ClauseRef,
    roadmap::{Action, ActionPart, RoadmapCommand as R, RoadmapPlan},
    version::Step,
};
use travaux_testkit::{
    agreement::{accept, adopt, date, p, proposal, propose, revise},
    history::{History, agreement_id, indicator_id},
    indicator::{self, passes, version},
    meeting::{foundation, holder},
    roadmap::{action, adopted, both, plan, proposed},
};
use travaux_text::{Localized, Operation};

use crate::{
    indicator::state as indicator_state,
    roadmap::{refused, revised, state},
};

/// The article of the agreement under a number that has this ordinal, by this label.
fn article(number: u128, ordinal: u32, label: &str) -> ClauseRef {
    ClauseRef {
        agreement: agreement_id(number),
        provision: p(ordinal),
        label: label.into(),
    }
}

/// A roadmap, and an agreement of two articles: the first is adopted, the second agreement is not.
fn begun() -> History {
    let mut history = History::new();
    history
        .at("2022-12-01")
        .framework(1, "FR", foundation(&["FR", "MA"]));
    for number in [1, 2] {
        let agreed = proposal(Profile::arrangement(), &["FR", "MA"], vec![]);
        let (party, draft) = propose("MA", agreed);
        history.agreement(number, party, draft);
    }
    history
        .agreement(1, "FR", accept(1))
        .agreement(1, "MA", adopt(1));
    let plan = RoadmapPlan {
        body: None,
        body_moves: false,
        ..plan()
    };
    let on = date("2022-12-01");
    history.roadmap(1, "FR", R::RoadmapProposed { on, plan });
    history
}

/// The second article is repealed.
fn repeal(history: &mut History) {
    let ops = vec![Operation::Repeal {
        provisions: vec![p(3)],
        notice: Localized::new(),
    }];
    history
        .at("2023-02-01")
        .agreement(1, "MA", revise(Nature::Amendment, ops))
        .agreement(1, "FR", accept(2))
        .agreement(1, "MA", adopt(2));
}

fn carries_out(clauses: &[ClauseRef]) -> Action {
    Action {
        clauses: clauses.to_vec(),
        ..action("forms", "2023-06-30")
    }
}

fn tells_of(clauses: &[ClauseRef]) -> Definition {
    Definition {
        clauses: clauses.to_vec(),
        ..passes()
    }
}

/// What cannot be cited, by the row that refuses it, and why.
fn not_there(row: Rule) -> Vec<(Vec<ClauseRef>, Rule, &'static str)> {
    let cited = |clause| vec![clause];
    let stands = article(1, 1, "Article 1");
    let again = article(1, 1, "the first article");
    vec![
        (
            cited(article(7, 1, "Article 1")),
            row,
            "Article 1 to be of an agreement that was adopted",
        ),
        (
            cited(article(2, 1, "Article 1")),
            row,
            "to be of an agreement that was adopted",
        ),
        (
            cited(article(1, 99, "Article 50")),
            row,
            "Article 50 to stand in the text of its agreement, found no provision 1.99 there",
        ),
        (
            cited(article(1, 1, " ")),
            Rule::RC5,
            "what a provision is called",
        ),
        (vec![stands, again], row, "the first article twice"),
    ]
}

#[test]
fn rm1_an_action_carries_out_clauses_of_texts_that_were_adopted() {
    let mut history = begun();
    let day = "2022-12-01";
    for (clauses, rule, says) in not_there(Rule::RM1) {
        let asked = proposed(day, carries_out(&clauses));
        refused(&mut history, vec![("FR", asked, rule, says)]);
    }
    let both_articles = [article(1, 1, "Article 1"), article(1, 3, "Article 2")];
    history.roadmap(1, "FR", proposed(day, carries_out(&both_articles)));
    assert_eq!(
        state(&history).actions["forms"].action.clauses,
        both_articles
    );
}

#[test]
fn rm1_a_clause_that_is_repealed_later_keeps_nobody_from_revising_the_action() {
    let mut history = begun();
    let second = article(1, 3, "Article 2");
    let with = carries_out(std::slice::from_ref(&second));
    history.roadmap(1, "FR", proposed("2022-12-01", with.clone()));
    repeal(&mut history);
    let day = "2023-02-01";
    let mut own = with.clone();
    own.supports = vec![holder("MA", "Wilaya of Rabat", "")];
    history.roadmap(1, "MA", revised(day, 1, own.clone(), &[]));
    // Another action cites it no more, on a day after the repeal; on one before it, it does.
    let other = Action {
        key: "papers".into(),
        ..with
    };
    let asked = proposed(day, other.clone());
    let says = "no provision 1.3 there";
    refused(&mut history, vec![("FR", asked, Rule::RM1, says)]);
    history.roadmap(1, "FR", proposed("2023-01-31", other));
    // What it is called is looked at each time.
    let mut blank = own.clone();
    blank.clauses[0].label = " ".into();
    let asked = revised(day, 2, blank, &[]);
    let says = "what a provision is called";
    refused(&mut history, vec![("MA", asked, Rule::RC5, says)]);
    // The parts of one that cites it do, and go on in its place.
    history.roadmap(1, "FR", adopted_at(day, 2));
    let part = |key: &str| ActionPart {
        action: Action {
            key: key.into(),
            ..own.clone()
        },
        measures: Vec::new(),
    };
    let split = R::ActionSplit {
        on: date(day),
        action: "forms".into(),
        into: vec![part("one"), part("two")],
        consenting: both(),
    };
    history.roadmap(1, "FR", split);
    assert_eq!(state(&history).actions["two"].action.clauses, [second]);
}

/// Both adopt the action in the words of a revision.
fn adopted_at(on: &str, revision: u32) -> R {
    match adopted(on, 1, &["forms"]) {
        R::RoadmapVersionAdopted {
            on,
            version,
            mut actions,
            consenting,
        } => {
            actions[0].revision = revision;
            R::RoadmapVersionAdopted {
                on,
                version,
                actions,
                consenting,
            }
        }
        other => other,
    }
}

#[test]
fn rm1_no_action_carries_out_what_was_adopted_after_its_day() {
    let mut history = begun();
    history
        .at("2023-02-01")
        .agreement(2, "FR", accept(1))
        .agreement(2, "MA", adopt(1));
    let with = carries_out(&[article(2, 1, "Article 1")]);
    let asked = proposed("2023-01-31", with.clone());
    let says = "of an agreement that was adopted by 2023-01-31";
    refused(&mut history, vec![("FR", asked, Rule::RM1, says)]);
    history.roadmap(1, "FR", proposed("2023-02-01", with));
}

#[test]
fn rm1_what_an_adopted_action_carries_out_changes_with_the_consent_of_all() {
    let mut history = begun();
    let day = "2022-12-01";
    history
        .roadmap(1, "FR", proposed(day, carries_out(&[])))
        .roadmap(1, "FR", adopted(day, 1, &["forms"]));
    let more = carries_out(&[article(1, 1, "Article 1")]);
    let asked = revised(day, 1, more.clone(), &[]);
    let says = "the consent of FR, MA";
    refused(&mut history, vec![("FR", asked, Rule::RM1, says)]);
    history.roadmap(1, "FR", revised(day, 1, more, &["FR", "MA"]));
    // The agreements that it cites are read for each act that puts it in words.
    let parts = vec![ActionPart {
        action: carries_out(&[article(9, 1, "Article 1")]),
        measures: Vec::new(),
    }];
    let split = R::ActionSplit {
        on: date(day),
        action: "forms".into(),
        into: parts,
        consenting: both(),
    };
    let reads = state(&history).reads(&split);
    assert!(
        reads.contains(&StreamId::Agreement(agreement_id(9))),
        "{reads:?}"
    );
}

#[test]
fn st1_an_indicator_tells_of_clauses_of_texts_that_were_adopted() {
    let mut history = begun();
    let day = "2022-12-01";
    for (clauses, rule, says) in not_there(Rule::ST1) {
        let asked = indicator::adopt(day, "1.0.0", tells_of(&clauses));
        crate::indicator::refused(&mut history, vec![("FR", asked, rule, says)]);
    }
    let second = article(1, 3, "Article 2");
    let with = tells_of(std::slice::from_ref(&second));
    history.indicator(1, "FR", indicator::adopt(day, "1.0.0", with.clone()));
    repeal(&mut history);
    // What it tells of stays, and is no figure: other clauses are a patch.
    let later = "2023-02-01";
    let more = tells_of(&[second, article(1, 1, "Article 1")]);
    let changes = with.changes(&more);
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (changes[0].field, changes[0].step),
        ("clauses", Step::Patch)
    );
    history.indicator(1, "FR", indicator::adopt(later, "1.0.1", more.clone()));
    let adopted = indicator_state(&history, 1).adopted;
    assert_eq!(adopted[&version("1.0.1")].definition, more);
    let another = indicator::adopt(later, "1.0.0", with);
    let another = StreamCommand::Indicator(indicator_id(2), another);
    history.refuses("FR", another, Rule::ST1, "no provision 1.3 there");
}
