//! Effects: dates that depend on something, as final clauses say them.

use travaux::domain::effect::{Effect, FactKind, Period, Which};
use travaux_import::input::Shape;

use super::{Topic, page::EXAMPLE};
use crate::screen::{columns, wrapped};

pub(super) const TOPIC: Topic = Topic {
    name: "effects",
    about: "when something takes effect, in words",
    intro: &[
        "The terms `entry_into_force`, `late_consent`, `late_consent_after_force`, `denunciation_effect`, `notice_from` and `expiry` of a final clause take an effect: a date, or words that say what is waited for. Until that has happened, `travaux show` and `travaux in-force` say what is missing. `on` may stand before an effect, and is not needed.",
        "An ordinal is `1st`, `2nd`, `3rd` and so on, or `first` to `tenth`.",
    ],
    types: &[],
    shape: Shape::default,
    #[cfg(test)]
    elsewhere: None,
};

/// Expressions, each with its meaning and an example; a form that is left out does not compile.
macro_rules! expressions {
    ($heading:literal, $all:ident, $of:ident, $ty:ty { $($pattern:pat => $form:literal, $meaning:literal, $example:literal;)+ }) => {
        const $all: (&str, &[(&str, &str, &str)]) = ($heading, &[$(($form, $meaning, $example)),+]);

        /// The form that a value is written in.
        #[cfg_attr(not(test), expect(dead_code, reason = "a form that is left out does not compile"))]
        fn $of(value: &$ty) -> &'static str {
            match value {
                $($pattern => $form,)+
            }
        }
    };
}

expressions! { "AN EFFECT", EFFECTS, effect, Effect {
    Effect::At(_) => "DATE",
        "On a date.", "2025-03-01";
    Effect::On(..) => "WHICH WHAT",
        "When something happens. The adoption and the authentication of the text, and the entry into force, stand without WHICH.", "2nd notification";
    Effect::After(..) => "TIME after EFFECT",
        "Some time after another moment.", "30 days after last signature";
    Effect::FirstDayOf(..) => "first day of the ORDINAL SPAN after EFFECT",
        "On the first day of the 1st, 2nd, ... month (quarter, half-year, year) that follows that of another moment. What ends at the end of a year is out of force on the first day of the next.", "first day of the 2nd month after 2nd notification";
    Effect::Earliest(_) => "earliest of (EFFECT, ...)",
        "At the earliest of several moments.", "earliest of (2nd notification, 2030-01-01)";
    Effect::Latest(_) => "latest of (EFFECT, ...)",
        "At the latest of several moments: when all have come.", "latest of (2nd instrument, 2025-03-01)";
    Effect::Undetermined(_) => "undetermined \"WORDS\"",
        "As the parties will agree: the text leaves it open. The words say where, and may be left out.", "undetermined \"Article 12\"";
} }

expressions! { "WHICH", WHICH, which, Which {
    Which::Nth(_) => "ORDINAL",
        "The 1st, 2nd, ... in order of date.", "3rd consent";
    Which::Last => "last",
        "The last, when every negotiating party has done it.", "last instrument";
    Which::Own => "own",
        "That of the party for which the question is asked.", "30 days after own consent";
} }

expressions! { "WHAT", WHAT, what, FactKind {
    FactKind::Adoption => "adoption",
        "The adoption of the text.", "adoption";
    FactKind::Authentication => "authentication",
        "Its authentication.", "authentication";
    FactKind::Signature => "signature",
        "A party's signature, of whatever kind.", "last signature";
    FactKind::Notification => "notification",
        "A party's notification that its procedures are complete: by its receipt.", "last notification";
    FactKind::Instrument => "instrument",
        "A party's instrument of ratification, acceptance, approval or accession: when it is established.", "2nd instrument";
    FactKind::Consent => "consent",
        "A party's consent to be bound, however expressed.", "1st consent";
    FactKind::Force => "entry into force",
        "The entry into force of the agreement, without WHICH; with `own`, its entry into force for the party. What an agreement enters into force by cannot wait for it.", "5 years after entry into force";
    FactKind::Notice => "notice",
        "A party's notice that it leaves: by its receipt. With `own` only.", "first day of the 1st month after 6 months after own notice";
} }

expressions! { "TIME", TIME, time, Period {
    Period::Days(_) => "N days",
        "Days; weeks are seven of them.", "2 weeks after adoption";
    Period::Months(_) => "N months",
        "Months of the calendar; the last day where a month is too short.", "1 month after adoption";
    Period::Years(_) => "N years",
        "Years.", "5 years after last notification";
} }

/// The expressions.
pub(super) fn page() -> String {
    let mut out = String::new();
    for (heading, rows) in [EFFECTS, WHICH, WHAT, TIME] {
        out += &format!("\n{heading} is one of\n");
        for (form, meaning, example) in rows {
            out += &format!("\n  {form}\n");
            for line in wrapped(meaning, columns().saturating_sub(6)) {
                out += &format!("      {line}\n");
            }
            out += &format!("      {EXAMPLE}{example}\n");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(example: &str) -> Effect {
        example.parse().expect(example)
    }

    /// What an effect waits for, under whatever it stands.
    fn trigger(effect: &Effect) -> Option<(Which, FactKind)> {
        match effect {
            Effect::On(which, what) => Some((*which, *what)),
            Effect::After(_, inner) | Effect::FirstDayOf(_, _, inner) => trigger(inner),
            Effect::At(_) | Effect::Earliest(_) | Effect::Latest(_) | Effect::Undetermined(_) => {
                None
            }
        }
    }

    #[test]
    fn each_example_is_of_its_form_and_is_written_as_it_is_read() {
        for (form, _, example) in EFFECTS.1 {
            let found = read(example);
            assert_eq!(effect(&found), *form, "{example}");
            assert_eq!(found.to_string(), *example);
        }
        for (form, _, example) in WHICH.1 {
            let found = trigger(&read(example)).map(|(found, _)| which(&found));
            assert_eq!(found, Some(*form), "{example}");
        }
        for (form, _, example) in WHAT.1 {
            let found = trigger(&read(example)).map(|(_, found)| what(&found));
            assert_eq!(found, Some(*form), "{example}");
        }
        for (form, _, example) in TIME.1 {
            let Effect::After(found, _) = read(example) else {
                panic!("{example}");
            };
            assert_eq!(time(&found), *form, "{example}");
        }
    }
}
