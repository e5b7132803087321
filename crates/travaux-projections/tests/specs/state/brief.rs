//! What is told of a state on one page (QY3), and what nobody took up (QY5).

use travaux_projections::{Line, UNFOLLOWED_DAYS};

use super::{Views, meeting, moment};
use crate::dossiers::history;

fn keys(lines: &[Line<'_>]) -> Vec<String> {
    let part = |(id, _): &Line<'_>| id.part.as_ref().map(|part| part.key.to_string());
    lines
        .iter()
        .map(|line| part(line).unwrap_or_else(|| line.0.to_string()))
        .collect()
}

/// Agreed on 14 April, followed up on 26 June: listed from the 90th day on, if it were not.
#[test]
fn qy5_what_was_agreed_is_listed_from_the_day_on_until_something_follows_it_up() {
    let views = Views::of(history().log());
    for (on, known, days, listed) in [
        ("2025-04-14", None, 0, true),
        ("2025-04-14", None, 1, false),
        ("2025-04-15", None, 1, true),
        ("2025-06-25", None, 72, true),
        ("2025-06-25", None, 73, false),
        ("2025-06-26", None, 0, false),
        ("2025-07-12", Some("2025-06-30"), UNFOLLOWED_DAYS, false),
        ("2025-07-13", Some("2025-06-30"), UNFOLLOWED_DAYS, true),
        ("2025-07-13", None, UNFOLLOWED_DAYS, false),
    ] {
        let state = views.state(&moment(on, known)).expect("founded");
        let found = keys(&state.unfollowed(days));
        let expected: &[&str] = if listed { &["mission"] } else { &[] };
        assert_eq!(found, expected, "{on} {known:?} {days}");
    }
}

#[test]
fn qy3_the_page_has_the_last_session_of_each_body_and_the_next() {
    let views = Views::of(history().log());
    // The session of the body was held on 25 June; the ministers met on 14 April.
    for (on, of_body, of_none, next) in [
        ("2025-04-13", None, None, true),
        ("2025-04-14", None, Some(1), false),
        ("2025-05-02", None, Some(1), true),
        ("2025-06-25", Some(2), Some(1), false),
    ] {
        let state = views.state(&moment(on, None)).expect("founded");
        let brief = state.brief();
        let last = |body: Option<&str>| {
            let of_it = brief.sessions.iter().find(|sessions| sessions.body == body);
            of_it
                .and_then(|sessions| sessions.last)
                .map(|(id, _)| id.stream)
        };
        assert_eq!(last(Some("gmmp")), of_body.map(meeting), "{on}");
        assert_eq!(last(None), of_none.map(meeting), "{on}");
        let waits = brief
            .sessions
            .iter()
            .any(|sessions| sessions.next.is_some());
        assert_eq!(waits, next, "{on}");
    }
}

#[test]
fn qy3_what_changed_is_counted_from_the_last_session_before_the_day() {
    let views = Views::of(history().log());
    for (on, last) in [
        ("2025-04-14", None),
        ("2025-04-15", Some("2025-04-14")),
        ("2025-06-25", Some("2025-04-14")),
        ("2025-06-26", Some("2025-06-25")),
    ] {
        let state = views.state(&moment(on, None)).expect("founded");
        let found = state.last_session().map(|day| day.to_string());
        assert_eq!(found.as_deref(), last, "{on}");
    }
}
