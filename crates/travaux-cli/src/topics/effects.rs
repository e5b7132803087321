//! Effects: dates that depend on something, as final clauses say them.

use travaux::domain::effect::{
    Effect, FactKind, Period, Which,
    threshold::{Among, Amount, Members},
};
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
    Effect::Reached(_) => "WHATs of (AMOUNT, ...)",
        "When so many signatures, notifications, instruments or consents have come together, as AMOUNT says: on the first day on which all amounts are reached. One that was taken back by then counts for nothing.", "instruments of (20, 2/3 of [FR, DE, IT])";
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

expressions! { "AN AMOUNT", AMOUNT, amount, Amount {
    Amount::Number(_, Among::All) => "N",
        "So many, or more.", "consents of (5)";
    Amount::Number(_, Among::Of(_)) => "N of MEMBERS",
        "So many members of a group, or more.", "consents of (5, 3 of [FR, DE, IT, BE])";
    Amount::Number(_, Among::Outside(_)) => "N outside MEMBERS",
        "So many that are no members of it.", "instruments of (40 outside [GB, SU, US])";
    Amount::Each(_) => "each of MEMBERS",
        "All of these.", "instruments of (each of [GB, SU, US])";
    Amount::Share(..) => "SHARE of MEMBERS",
        "Members that make a share of what all members weigh, such as `50 %` or `2/3`, or more; `more than 1/2`, where that much is not enough. Of their number, where the clause on the group gives no weights.", "instruments of (15, 50 % of tonnage)";
} }

expressions! { "MEMBERS", MEMBERS, members, Members {
    Members::Named(_) => "NAME",
        "Those whom a clause `group` or `weights` names; in quotation marks, where the name has more than a word.", "consents of (3 of \"Council of Europe\")";
    Members::Listed(_) => "[PARTY, ...]",
        "These.", "instruments of (each of [GB, SU, US])";
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
    for (heading, rows) in [EFFECTS, WHICH, AMOUNT, MEMBERS, WHAT, TIME] {
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
            Effect::At(_)
            | Effect::Reached(_)
            | Effect::Earliest(_)
            | Effect::Latest(_)
            | Effect::Undetermined(_) => None,
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
        // The last amount of each example.
        let last = |example: &str| {
            let found = read(example);
            let amounts = found.thresholds().into_iter().flat_map(|t| t.amounts());
            amounts.last().expect(example).clone()
        };
        for (form, _, example) in AMOUNT.1 {
            assert_eq!(amount(&last(example)), *form, "{example}");
            assert_eq!(read(example).to_string(), *example);
        }
        for (form, _, example) in MEMBERS.1 {
            let found = last(example).members().map(members);
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
