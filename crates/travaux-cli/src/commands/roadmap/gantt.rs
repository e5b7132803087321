//! `travaux roadmap gantt`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::roadmap::Timing;

use super::of_the_day;
use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    names,
    screen::columns,
    session::Session,
    view::{ListedAction, ShownRoadmap},
};

/// Draw the actions of a roadmap over time, as they stood on a date.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux roadmap gantt plan --as-of 2025-07-15")]
pub(crate) struct Gantt {
    /// A handle, an id, or the beginning or end of one.
    roadmap: String,
    /// The date, and the knowledge of the roadmap.
    #[command(flatten)]
    asked: AsOf,
}

impl Gantt {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::roadmap(&session.engine, &self.roadmap)?;
        of_the_day(&session, id, &self.asked, |view, asked| {
            let Some(on) = asked.on else { return Ok(()) };
            let Some(shown) = ShownRoadmap::new(id, view, on) else {
                return Ok(());
            };
            if session.output.is_json() {
                return session.output.document(&shown);
            }
            let bars: Vec<_> = shown.actions.iter().map(Bar::of).collect();
            session
                .output
                .text(&drawn(&bars, on, columns().min(WIDEST)))
        })
    }
}

/// As wide as a chart becomes.
const WIDEST: usize = 100;

/// The longest key that is shown whole.
const LONGEST: usize = 24;

/// The narrowest chart that shows anything.
const NARROWEST: usize = 10;

/// What is drawn of an action.
struct Bar {
    key: String,
    /// From when to when it was planned, or has run.
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    /// When it was due in the version in force.
    promised: Option<NaiveDate>,
    /// Until when it is drawn as done.
    done: Option<NaiveDate>,
    sign: char,
}

impl Bar {
    fn of(action: &ListedAction<'_>) -> Self {
        let end = action.completed.or(action.ended).or(action.due);
        let sign = match action.timing_is() {
            Timing::Late { .. } => '!',
            Timing::AtRisk { .. } => '?',
            Timing::Done { .. } => '+',
            Timing::Ended => 'x',
            Timing::Undated | Timing::Pending { .. } | Timing::OnTrack => ' ',
        };
        Self {
            key: action.key.to_string(),
            from: action.started.or(action.planned_start),
            to: end,
            promised: action.first_due,
            done: action.completed,
            sign,
        }
    }

    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        [self.from, self.to, self.promised].into_iter().flatten()
    }
}

/// Fits a key into a column.
fn fitted(key: &str, width: usize) -> String {
    let signs: Vec<char> = key.chars().collect();
    match signs.len() > width {
        true => signs[..width - 1].iter().collect::<String>() + "…",
        false => key.to_owned() + &" ".repeat(width - signs.len()),
    }
}

/// One line each: `=` planned or done, `-` since it was due, `o` when it was promised first, `|` the
/// day that is asked about.
fn drawn(bars: &[Bar], on: NaiveDate, width: usize) -> String {
    let days = bars.iter().flat_map(Bar::days).chain([on]);
    let (mut first, mut last) = (on, on);
    for day in days {
        (first, last) = (first.min(day), last.max(day));
    }
    let longest = bars.iter().map(|bar| bar.key.chars().count()).max();
    let label = longest.unwrap_or(0).clamp(6, LONGEST.min(width / 3).max(6));
    let room = width.saturating_sub(label + 4).max(NARROWEST);
    let span = (last - first).num_days().max(1);
    let at = |day: NaiveDate| -> usize {
        let steps = i64::try_from(room - 1).unwrap_or(0);
        let place = (day - first).num_days().saturating_mul(steps) / span;
        usize::try_from(place.clamp(0, steps)).unwrap_or(0)
    };
    let (from, to) = (first.to_string(), last.to_string());
    let gap = room.saturating_sub(from.len() + to.len());
    let mut out = format!("{}   {from}{}{to}\n", fitted("", label), " ".repeat(gap));
    for bar in bars {
        let mut line = vec![' '; room];
        if let (Some(from), Some(to)) = (bar.from.or(bar.to), bar.to) {
            let (from, to) = (at(from.min(to)), at(to));
            line[from..=to].fill('=');
            if bar.sign == '!' {
                line[to + 1..]
                    .iter_mut()
                    .take(at(on).saturating_sub(to))
                    .for_each(|c| *c = '-');
            }
            line[to] = if bar.done.is_some() { '#' } else { '>' };
        }
        if let Some(promised) = bar.promised.filter(|day| Some(*day) != bar.to) {
            line[at(promised)] = 'o';
        }
        let today = at(on);
        if matches!(line[today], ' ' | '=' | '-') {
            line[today] = '|';
        }
        let line: String = line.into_iter().collect();
        let text = format!("{} {} {line}", fitted(&bar.key, label), bar.sign);
        out += text.trim_end();
        out.push('\n');
    }
    let legend = [
        format!("| {on}; = planned or running, > due, # completed, o due in the first version"),
        "! late, ? at risk, + done, x over".to_owned(),
    ];
    out + &legend.map(|line| format!("{line}\n")).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(key: &str, days: [&str; 3], sign: char) -> Bar {
        let [from, to, promised] = days.map(|day| day.parse().ok());
        Bar {
            key: key.to_owned(),
            from,
            to,
            promised,
            done: None,
            sign,
        }
    }

    #[test]
    fn a_chart_fits_and_says_where_the_day_is() {
        let on = "2025-07-15".parse().expect("a date");
        let bars = [
            bar("forms", ["2025-03-01", "2025-06-30", "2025-05-31"], '!'),
            bar(
                "a-key-that-is-longer-than-there-is-room-for",
                ["", "2025-12-31", ""],
                ' ',
            ),
            bar("undated", ["", "", ""], ' '),
        ];
        for width in [20, 40, 80, 100] {
            let chart = drawn(&bars, on, width);
            for line in chart.lines().take(4) {
                let wide = line.chars().count();
                assert!(wide <= width.max(6 + 4 + NARROWEST) + 10, "{wide}: {line}");
            }
        }
        let chart = drawn(&bars, on, 100);
        assert!(
            chart.lines().all(|line| line.chars().count() <= 100),
            "{chart}"
        );
        let lines: Vec<_> = chart.lines().collect();
        assert!(lines[1].contains('>') && lines[1].contains('o') && lines[1].contains('-'));
        assert!(
            lines[2].starts_with("a-key-that-is-longer-th…"),
            "{}",
            lines[2]
        );
        assert_eq!(lines[3].trim_end().chars().last(), Some('|'));
        // A roadmap of one day, far away.
        let far = NaiveDate::MAX;
        let chart = drawn(&[bar("x", ["", "", ""], ' ')], far, 100);
        assert!(chart.contains('|'), "{chart}");
        let both = [Bar {
            from: Some(NaiveDate::MIN),
            to: Some(far),
            ..bar("x", ["", "", ""], ' ')
        }];
        assert!(drawn(&both, on, 100).contains('>'));
    }
}
