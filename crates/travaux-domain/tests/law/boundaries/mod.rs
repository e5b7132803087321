//! On the day itself: what a date decides, it decides from that date on and not a day before.

mod consent;
mod ends;
mod force;
mod notices;
mod reservations;
mod texts;

use travaux_domain::{
    Rule,
    agreement::{ForceBetween as F, force::ForceAct, reservation::ReservationAct},
    clause::Term,
    effect::Period,
};
use travaux_testkit::agreement::*;

fn force(case: &Case, a: &str, b: &str, on: &str) -> F {
    case.0.between(&a.into(), &b.into(), date(on)).force
}

fn says(case: &Case, on: &str, rule: Rule) -> Vec<String> {
    let answer = case.0.between(&"A".into(), &"B".into(), date(on));
    answer
        .reasons
        .into_iter()
        .filter(|r| r.rule == rule)
        .map(|r| r.what)
        .collect()
}

fn reserve(on: &str) -> ReservationAct {
    let words = "except in winter".to_owned();
    ReservationAct::ReservationFormulated {
        on: date(on),
        provisions: vec![p(2)],
        words,
        late: false,
        number: None,
    }
}

fn denounceable() -> Case {
    in_force(vec![clause(
        "Article 18",
        Term::Denunciation(Period::Months(6)),
    )])
}

fn provisional(on: &str, parties: &[&str]) -> ForceAct {
    let consenting = ids(&["A", "B", "C"]);
    ForceAct::ProvisionalApplicationBegan {
        on: date(on),
        parties: ids(parties),
        provisions: vec![],
        consenting,
    }
}
