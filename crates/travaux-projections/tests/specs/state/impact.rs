//! What cites a provision.

use std::collections::BTreeSet;

use travaux_domain::{
    StreamId,
    indicator::{Definition, IndicatorCommand},
    package::{PackageCommand, RoundCommand},
    partnership::ClauseRef,
    roadmap::{Action, RoadmapCommand, RoadmapPlan},
};
use travaux_projections::{Asked, Citation, Rests};
use travaux_testkit::{
    agreement::date,
    body::{body_id, established, first_article, over_annex},
    history::{
        History, agreement_id, framework_id, indicator_id, package_id, procedure_id, roadmap_id,
    },
    indicator,
    meeting::parties,
    procedure, roadmap, round,
};
use travaux_text::ProvisionId;

use super::Views;

fn impact(
    history: &History,
    agreement: u128,
    provisions: &[&str],
    on: Option<&str>,
) -> Vec<Citation> {
    let views = Views::of(history.log());
    let provisions = provisions.iter();
    let provisions = provisions.map(|id| id.parse::<ProvisionId>().expect("an id"));
    let provisions: BTreeSet<_> = provisions.collect();
    let asked = Asked {
        on: on.map(date),
        known_at: None,
    };
    let sources = views.sources();
    sources.impact(agreement_id(agreement), &provisions, asked)
}

#[test]
fn qy6_a_body_rests_on_its_clause_and_its_power_on_the_annex_that_it_may_amend() {
    let history = established();
    let stream = StreamId::Body(body_id("jc"));
    let cites = |rests, provision: &str| Citation {
        stream,
        rests,
        provision: Some(provision.parse().expect("an id")),
    };
    let amends = || Rests::Amends(over_annex(1).key.to_string());
    assert_eq!(
        impact(&history, 1, &["1.1", "1.5"], None),
        [cites(Rests::Established, "1.1"), cites(amends(), "1.5"),]
    );
    assert_eq!(
        impact(&history, 1, &["1.5"], None),
        [cites(amends(), "1.5")]
    );
    assert_eq!(impact(&history, 1, &["1.2"], None), []);
    assert_eq!(impact(&history, 2, &["1.1"], None), []);
    // Before it was established nothing cited it.
    assert_eq!(impact(&history, 1, &["1.1"], Some("2000-01-01")), []);
}

#[test]
fn qy6_a_list_of_a_procedure_is_cited_by_its_version_and_a_round_by_its_members() {
    let found = impact(&round::opened(), 1, &["1.1"], None);
    let revises = Citation {
        stream: StreamId::Package(package_id(1)),
        rests: Rests::Round,
        provision: None,
    };
    assert_eq!(found, std::slice::from_ref(&revises));
    // One that is no member is not revised, whatever is negotiated of the other.
    let mut history = round::partnership();
    let open = round::round(1, RoundCommand::Open(round::opening(&[1])));
    history.at("2025-02-01").does("FR", open);
    let on = Some("2025-02-01");
    let found = impact(&history, 1, &["1.1"], on);
    assert_eq!(found, std::slice::from_ref(&revises));
    assert_eq!(impact(&history, 2, &["1.1"], on), []);
    history.at("2025-03-04");
    round::negotiates(&mut history, 1, 1, 2, "coopèrent", "agissent");
    assert_eq!(impact(&history, 1, &["1.1"], None), [revises]);
    assert_eq!(impact(&history, 2, &["1.1"], None), []);
    let withdraw = PackageCommand::Withdraw { reason: None };
    history.package(1, "FR", withdraw);
    assert_eq!(impact(&history, 1, &["1.1"], None), []);
    let mut history = established();
    let table = procedure::passes_but(|table| {
        table.body = None;
        procedure::step_of(table, "group").actor = travaux_domain::procedure::Role::Requested;
        let annex = ClauseRef {
            agreement: agreement_id(1),
            provision: "1.5".parse().expect("an id"),
            label: "Annex 2".into(),
        };
        procedure::step_of(table, "request").inputs[0].list = Some("proofs".into());
        table.annexes = [("proofs".into(), annex)].into();
    });
    history.at("2025-06-01");
    history.procedure(
        1,
        "MA",
        procedure::propose_table("2025-06-01", "1.0.0-draft", table),
    );
    let list = Citation {
        stream: StreamId::Procedure(procedure_id(1)),
        rests: Rests::List {
            list: "proofs".into(),
            version: "1.0.0-draft".parse().expect("a version"),
        },
        provision: Some("1.5".parse().expect("an id")),
    };
    assert_eq!(impact(&history, 1, &["1.5"], None).last(), Some(&list));
}

#[test]
fn qy6_an_indicator_tells_of_a_clause_and_an_action_carries_it_out_until_it_is_over() {
    let mut history = established();
    let day = "2025-01-10";
    let clauses = vec![first_article(1)];
    let plan = RoadmapPlan {
        body: None,
        body_moves: false,
        ..roadmap::plan()
    };
    let on = date(day);
    let forms = Action {
        clauses: clauses.clone(),
        ..roadmap::action("forms", "2025-06-30")
    };
    let counted = Definition {
        clauses,
        ..indicator::passes()
    };
    history
        .at(day)
        .roadmap(1, "FR", RoadmapCommand::RoadmapProposed { on, plan })
        .roadmap(1, "FR", roadmap::proposed(day, forms))
        .indicator(1, "FR", indicator::draft(day, "1.0.0-draft", counted));
    let cites = |stream, rests| Citation {
        stream,
        rests,
        provision: Some("1.1".parse().expect("an id")),
    };
    let draft = "1.0.0-draft".parse().expect("a version");
    let told = cites(StreamId::Indicator(indicator_id(1)), Rests::Told(draft));
    let carried_out = cites(
        StreamId::Roadmap(roadmap_id(1)),
        Rests::CarriedOut("forms".into()),
    );
    let found = impact(&history, 1, &["1.1"], None);
    assert!(
        found.contains(&told) && found.contains(&carried_out),
        "{found:?}"
    );
    for (provision, on) in [("1.3", None), ("1.1", Some("2025-01-09"))] {
        let found = impact(&history, 1, &[provision], on);
        assert!(
            !found.contains(&told) && !found.contains(&carried_out),
            "{found:?}"
        );
    }
    let withdrawn = RoadmapCommand::ActionWithdrawn {
        on: date("2025-01-11"),
        action: "forms".into(),
        reason: None,
    };
    history.at("2025-01-11").roadmap(1, "FR", withdrawn);
    let found = impact(&history, 1, &["1.1"], Some("2025-01-10"));
    assert!(found.contains(&carried_out), "{found:?}");
    let found = impact(&history, 1, &["1.1"], None);
    assert!(
        found.contains(&told) && !found.contains(&carried_out),
        "{found:?}"
    );
}

#[test]
fn qy6_a_definition_that_counts_no_more_cites_nothing() {
    let mut history = established();
    let with = |clauses: &[ClauseRef]| Definition {
        clauses: clauses.to_vec(),
        ..indicator::passes()
    };
    let adopt = |number, from, clauses| IndicatorCommand::IndicatorAdopted {
        on: date("2025-01-10"),
        framework: framework_id(1),
        version: indicator::version(number),
        from: date(from),
        definition: with(clauses).into(),
        consenting: parties(&["FR", "MA", "ES"]),
    };
    history
        .at("2025-01-10")
        .indicator(1, "FR", adopt("1.0.0", "2025-01-10", &[first_article(1)]))
        .indicator(1, "FR", adopt("2.0.0", "2025-02-01", &[]));
    let told = |on| {
        let found = impact(&history, 1, &["1.1"], Some(on));
        let told = found.into_iter().filter_map(|cited| match cited.rests {
            Rests::Told(version) => Some(version.to_string()),
            _ => None,
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(told("2025-01-31"), ["1.0.0"]);
    assert!(told("2025-02-01").is_empty());
}
