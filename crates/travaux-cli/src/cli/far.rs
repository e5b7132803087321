//! Dates of acts that lie far off: of another calendar, or mistyped. They ask for `--sure`.

use chrono::{Months, NaiveDate};
use clap::{Arg, ArgMatches, Command};

use crate::{args, clock::ports};

/// How far a date lies from today before it asks: a century, as treaties of that age are in force.
const FAR: Months = Months::new(1200);

/// The commands that ask about a day and record none.
const QUESTIONS: &[&str] = &["count"];

/// What is said of the first date of an act that lies far off.
pub(super) fn first(grammar: &Command, matches: &ArgMatches) -> Option<String> {
    let today = ports().ok()?.clock.now().date_naive();
    let (command, matches) = leaf(grammar, matches);
    let mut dates = command
        .get_arguments()
        .filter(|arg| is_date_of_act(command, arg));
    dates.find_map(|arg| {
        let given = matches.try_get_raw(arg.get_id().as_str()).ok()??;
        let mut days = given.filter_map(|text| args::date(text.to_str()?).ok());
        let day = days.find(|day| is_far(*day, today))?;
        let name = arg.get_long().unwrap_or("DATE");
        Some(format!(
            "--{name}: {day} lies more than a century from today ({today}); if it is meant, as a day of the Gregorian calendar, add --sure\n"
        ))
    })
}

fn is_far(day: NaiveDate, today: NaiveDate) -> bool {
    let (from, to) = (today.checked_sub_months(FAR), today.checked_add_months(FAR));
    from.is_some_and(|from| day < from) || to.is_some_and(|to| day > to)
}

/// The command that was given, with what was given to it.
fn leaf<'a>(
    mut command: &'a Command,
    mut matches: &'a ArgMatches,
) -> (&'a Command, &'a ArgMatches) {
    while let Some((name, inner)) = matches.subcommand()
        && let Some(found) = command.find_subcommand(name)
    {
        (command, matches) = (found, inner);
    }
    (command, matches)
}

/// Whether it takes the date of an act: not the day of a question.
fn is_date_of_act(command: &Command, arg: &Arg) -> bool {
    takes_date(arg) && arg.get_id() != "as_of" && !QUESTIONS.contains(&command.get_name())
}

fn takes_date(arg: &Arg) -> bool {
    let names = arg.get_value_names().unwrap_or_default();
    names.iter().any(|name| name == "DATE")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_century_to_the_day_is_near() {
        let today = date("2026-12-01");
        for (day, far) in [
            ("1926-12-01", false),
            ("1926-11-30", true),
            ("2126-12-01", false),
            ("2126-12-02", true),
            ("1446-04-25", true),
            ("9999-12-31", true),
        ] {
            assert_eq!(is_far(date(day), today), far, "{day}");
        }
    }

    /// The commands with a date, by whether their example names who acts.
    fn with_dates(command: &Command, acts: bool, found: &mut Vec<String>) {
        let mut dates = command
            .get_arguments()
            .filter(|arg| takes_date(arg) && arg.get_id() != "as_of");
        if dates.next().is_some() {
            let help = command.get_after_help().map(ToString::to_string);
            if help.unwrap_or_default().contains("--as ") == acts {
                found.push(command.get_name().to_owned());
            }
        }
        for inner in command.get_subcommands() {
            with_dates(inner, acts, found);
        }
    }

    #[test]
    fn what_asks_about_a_day_is_no_act() {
        let (mut questions, mut acts) = (Vec::new(), Vec::new());
        with_dates(&Cli::grammar(), false, &mut questions);
        with_dates(&Cli::grammar(), true, &mut acts);
        questions.sort();
        questions.dedup();
        assert_eq!(questions, QUESTIONS);
        for name in ["accept", "sign", "propose"] {
            assert!(acts.iter().any(|act| act == name), "{name}");
        }
        let both: Vec<_> = acts
            .iter()
            .filter(|act| QUESTIONS.contains(&act.as_str()))
            .collect();
        assert!(both.is_empty(), "{both:?}");
    }
}
