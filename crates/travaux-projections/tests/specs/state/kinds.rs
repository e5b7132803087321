//! What the entries of roadmaps, of requests for information, of procedures and of indicators say.

use travaux_domain::{
    Name, PartyId, StreamId,
    indicator::{Cause, DiscrepancyId, FigureId, IndicatorCommand, Outcome, RevisionKind},
    limit::Counting,
};
use travaux_projections::{EntryId, Moment};
use travaux_testkit::{
    agreement::date,
    exchange::asked,
    history::{History, indicator_id, procedure_id, request_id, roadmap_id},
    indicator::{breakdown, counted, figure_at, key, passes, report, value, version},
    meeting::parties,
    procedure,
    roadmap::{completed, moved, running, started},
};

use super::{Views, moment};

#[test]
fn qy1_an_action_is_late_by_its_day_and_says_by_how_much_it_was_moved() {
    let mut history = running();
    history
        .at("2025-05-01")
        .roadmap(
            1,
            "FR",
            moved("2025-05-01", "forms", "2025-06-30", "2025-07-31"),
        )
        .at("2025-08-20")
        .roadmap(1, "FR", started("2025-06-01", "forms"))
        .roadmap(1, "FR", completed("2025-08-10", "forms"));
    let views = Views::of(history.log());
    let forms = EntryId::part(StreamId::Roadmap(roadmap_id(1)), "action", "forms");
    // Completed on 10 August, ten days late; before that nobody knew that it had begun.
    for (on, known, late_days, lifecycle, slip) in [
        ("2025-04-30", None, None, "pipeline", 0),
        ("2025-07-31", Some("2025-08-19"), None, "pipeline", 31),
        ("2025-08-05", Some("2025-08-19"), Some(5), "pipeline", 31),
        ("2025-08-05", None, Some(5), "implementation", 31),
        ("2025-08-10", None, None, "closed", 31),
    ] {
        let state = views.state(&moment(on, known)).expect("founded");
        let entry = &state.entries[&forms];
        assert_eq!(entry.is("late"), late_days.is_some(), "{on} {known:?}");
        assert_eq!(entry.number("late_days"), late_days, "{on} {known:?}");
        assert_eq!(entry.text("lifecycle"), Some(lifecycle), "{on} {known:?}");
        assert_eq!(entry.number("slip_to_first"), Some(slip), "{on} {known:?}");
        let brief = state.brief();
        assert_eq!(brief.actions.late.len(), usize::from(late_days.is_some()));
        assert_eq!(brief.actions.moved.len(), usize::from(slip > 0));
    }
}

#[test]
fn qy1_and_qy4_a_request_is_there_for_those_who_have_to_do_with_it_and_withheld_from_others() {
    // Received on 28 March at 23:30 in Rabat, urgent, directly accessible: due eight hours later.
    let history = asked(Counting::default());
    let views = Views::of(history.log());
    let id = EntryId::whole(StreamId::Request(request_id(1)));
    let entry = |reader: Option<&str>, on: &str| {
        let at = Moment {
            reader: reader.map(PartyId::from),
            ..moment(on, None)
        };
        views.state(&at).expect("founded").entries[&id].clone()
    };
    for reader in [None, Some("ES")] {
        let entry = entry(reader, "2025-04-30");
        let fields: Vec<_> = entry.fields.keys().map(|field| &**field).collect();
        assert_eq!(fields, ["withheld"], "{reader:?}");
        assert_eq!(entry.by[0].version, 1, "{reader:?}");
    }
    for reader in ["FR", "MA"] {
        let received = entry(Some(reader), "2025-03-28");
        assert_eq!(received.text("status"), Some("received"), "{reader}");
        assert!(!received.is("overdue"), "{reader}");
        let waits: Vec<_> = received.texts("waits_for").iter().map(|p| &**p).collect();
        assert_eq!(waits, ["MA"], "{reader}");
        assert!(entry(Some(reader), "2025-03-29").is("overdue"), "{reader}");
    }
}

#[test]
fn qy1_a_procedure_says_what_is_in_force_and_a_case_where_it_stands_on_the_day() {
    let mut history = procedure::in_force(procedure::passes());
    procedure::asked(&mut history, "FR-1");
    let views = Views::of(history.log());
    let stream = StreamId::Procedure(procedure_id(1));
    let case = EntryId::part(stream, "case", "FR-1");

    let before = views.state(&moment("2025-02-15", None)).expect("founded");
    let entry = &before.entries[&EntryId::whole(stream)];
    assert_eq!(entry.text("status"), Some("adopted"));
    assert_eq!(entry.texts("adopted_for_later"), ["1.0.0"]);
    assert!(!before.entries.contains_key(&case));

    let state = views.state(&moment("2025-03-05", None)).expect("founded");
    let entry = &state.entries[&EntryId::whole(stream)];
    assert_eq!(entry.text("status"), Some("in_force"));
    assert_eq!(entry.text("version"), Some("1.0.0"));
    assert_eq!(entry.number("open_cases"), Some(1));
    let entry = &state.entries[&case];
    assert_eq!(entry.text("step"), Some("examine"));
    assert_eq!(entry.texts("waits_for"), ["MA"]);
    let due = entry.day("due").expect("a limit runs");

    // On its last day it is not late; what silence means on the next is found, not recorded.
    let last = views.state(&moment(&due.to_string(), None)).expect("it");
    assert_eq!(last.entries[&case].fields, entry.fields);
    let next = due.succ_opt().expect("a day").to_string();
    let after = views.state(&moment(&next, None)).expect("it");
    let silent = &after.entries[&case];
    assert_ne!(silent.fields, entry.fields);
    assert_eq!(silent.number("late_steps"), Some(1));
    // As known before it was received, no limit runs.
    let unknown = views.state(&moment(&next, Some("2025-03-04"))).expect("it");
    assert_eq!(unknown.entries[&case].day("due"), None);
    assert_eq!(unknown.entries[&case].text("step"), Some("examine"));
}
fn answer(on: &str, cause: Cause, amount: &str, residual: &str) -> IndicatorCommand {
    IndicatorCommand::DiscrepancyAnswered {
        on: date(on),
        discrepancy: DiscrepancyId(4),
        answer: breakdown(&[(cause, amount)], residual),
    }
}

/// FR told of 725 passes in 2023 on 1 June 2024, MA of 1,680 on 2 June, which was recorded on the
/// 10th. The discrepancy was opened on 15 June, to be answered by the 30th; FR answered on the 20th,
/// and on 5 July told of 1,600, which it recorded on the 8th.
fn told_apart() -> History {
    let mut history = counted(passes());
    let tells = |on, of, what| report(on, "1.0.0", key("2023", of), value(what));
    history
        .at("2024-06-01")
        .indicator(1, "FR", tells("2024-06-01", "MA", "725"))
        .at("2024-06-10")
        .indicator(1, "MA", tells("2024-06-02", "FR", "1680"))
        .at("2024-06-20");
    let opened = IndicatorCommand::DiscrepancyOpened {
        on: date("2024-06-15"),
        figures: [figure_at(2, 1), figure_at(3, 1)],
        due: Some(date("2024-06-30")),
    };
    history
        .indicator(1, "FR", opened)
        .indicator(
            1,
            "FR",
            answer("2024-06-20", Cause::Coverage, "-900", "-55"),
        )
        .at("2024-07-08");
    let revised = IndicatorCommand::FigureRevised {
        on: date("2024-07-05"),
        figure: FigureId(2),
        kind: RevisionKind::LateData,
        version: version("1.0.0"),
        observation: value("1600"),
    };
    history.indicator(1, "FR", revised);
    history
}

#[test]
fn qy1_an_indicator_says_who_reported_how_many_figures_and_no_value_of_any() {
    let history = told_apart();
    let views = Views::of(history.log());
    let id = EntryId::whole(StreamId::Indicator(indicator_id(1)));
    for (on, known, reported, version) in [
        ("2024-05-31", None, &[][..], 1),
        ("2024-06-01", None, &["FR: 1 figure, up to 2023"], 2),
        (
            "2024-06-05",
            Some("2024-06-09"),
            &["FR: 1 figure, up to 2023"],
            2,
        ),
        (
            "2024-06-05",
            None,
            &["FR: 1 figure, up to 2023", "MA: 1 figure, up to 2023"],
            3,
        ),
    ] {
        let state = views.state(&moment(on, known)).expect("founded");
        let entry = &state.entries[&id];
        assert_eq!(entry.texts("reported"), reported, "{on} {known:?}");
        assert_eq!(entry.by[0].version, version, "{on} {known:?}");
        assert_eq!(entry.text("version"), Some("1.0.0"));
        assert_eq!(state.brief().indicators.len(), 1, "{on}");
        let json = serde_json::to_string(&state).expect("JSON");
        assert!(!json.contains("725") && !json.contains("1680"), "{json}");
    }
}

#[test]
fn qy1_who_took_all_figures_back_has_reported_none() {
    let mut history = told_apart();
    let withdrawn = IndicatorCommand::FigureWithdrawn {
        on: date("2024-07-08"),
        figure: FigureId(2),
        reason: "it was of another period".to_owned(),
    };
    history.indicator(1, "FR", withdrawn);
    let views = Views::of(history.log());
    let id = EntryId::whole(StreamId::Indicator(indicator_id(1)));
    for (on, reported) in [
        (
            "2024-07-07",
            &["FR: 1 figure, up to 2023", "MA: 1 figure, up to 2023"][..],
        ),
        ("2024-07-08", &["MA: 1 figure, up to 2023"]),
    ] {
        let state = views.state(&moment(on, None)).expect("founded");
        assert_eq!(state.entries[&id].texts("reported"), reported, "{on}");
    }
}

#[test]
fn qy3_a_discrepancy_is_open_until_it_is_reconciled_and_waits_for_those_who_did_not_answer() {
    let mut history = told_apart();
    let views = Views::of(history.log());
    let id = EntryId::part(StreamId::Indicator(indicator_id(1)), "discrepancy", "4");
    let before = views.state(&moment("2024-06-14", None)).expect("founded");
    assert!(!before.entries.contains_key(&id));
    for (on, known, status, waits, overdue, version) in [
        ("2024-06-15", None, "open", &["FR", "MA"][..], false, 4),
        ("2024-06-20", None, "answered", &["MA"], false, 5),
        ("2024-07-01", None, "answered", &["MA"], true, 5),
        (
            "2024-07-05",
            Some("2024-07-07"),
            "answered",
            &["MA"],
            true,
            5,
        ),
        // The figures of another revision are apart by 80, less than a tenth.
        ("2024-07-05", None, "open", &["FR", "MA"], true, 6),
    ] {
        let state = views.state(&moment(on, known)).expect("founded");
        let entry = &state.entries[&id];
        assert_eq!(entry.text("status"), Some(status), "{on} {known:?}");
        assert_eq!(entry.texts("waits_for"), waits, "{on} {known:?}");
        assert_eq!(entry.is("overdue"), overdue, "{on} {known:?}");
        let again = (version == 6).then_some(1);
        assert_eq!(entry.number("reopened"), again, "{on} {known:?}");
        assert_eq!(entry.by[0].version, version, "{on} {known:?}");
        assert_eq!(state.brief().discrepancies.len(), 1, "{on}");
    }
    history.at("2024-07-10");
    for (party, on) in [("FR", "2024-07-09"), ("MA", "2024-07-10")] {
        history.indicator(1, party, answer(on, Cause::Unknown, "0", "-80"));
    }
    // Both have answered: both have to reconcile it.
    let views = Views::of(history.log());
    let state = views.state(&moment("2024-07-10", None)).expect("founded");
    assert_eq!(state.entries[&id].text("status"), Some("answered_by_all"));
    assert_eq!(state.entries[&id].texts("waits_for"), ["FR", "MA"]);
    let settled = IndicatorCommand::DiscrepancyReconciled {
        on: date("2024-07-11"),
        discrepancy: DiscrepancyId(4),
        outcome: Outcome::Corrected,
        consenting: parties(&["FR", "MA"]),
    };
    history.at("2024-07-11").indicator(1, "FR", settled);
    let views = Views::of(history.log());
    let state = views.state(&moment("2024-07-11", None)).expect("founded");
    let entry = &state.entries[&id];
    assert_eq!(entry.text("status"), Some("corrected"));
    assert_eq!(entry.text("settled"), Some("2024-07-11"));
    assert_eq!(entry.texts("waits_for"), <[Name; 0]>::default());
    assert!(state.brief().discrepancies.is_empty());
}
