//! Treaties that there are, with dates that their depositaries published: when they entered into force, for
//! whom later, and who left them when.

use travaux_domain::{
    Profile, Rule,
    agreement::{
        consent::{Establishment, Manner},
        force::ForceAct,
    },
    clause::{Means, Term},
    effect::{Effect, Period},
};
use travaux_testkit::agreement::*;

fn effect(text: &str) -> Effect {
    text.parse().expect("an effect")
}

/// A treaty of A and B, open to all others.
fn open(terms: Vec<Term>) -> Case {
    let terms = terms.into_iter().chain([Term::Accession(vec![])]);
    let clauses = terms
        .map(|term| clause("its final clauses", term))
        .collect();
    authentic(proposal(Profile::treaty(), &["A", "B"], clauses))
}

/// A party deposits its instrument: who negotiated ratifies, others accede.
fn deposits(case: &mut Case, party: &str, on: &str) {
    let means = match party {
        "A" | "B" => {
            case.does(party, sign("1900-01-01", Manner::SubjectToRatification));
            Means::Ratification
        }
        _ => Means::Accession,
    };
    accepts(case, party, on, means);
}

fn accepts(case: &mut Case, party: &str, on: &str, means: Means) {
    case.does(party, made(on, means));
    case.does(party, established(on, means, Establishment::Notification));
}

/// So many instruments, of which the last came on a day.
fn in_force_with(terms: Vec<Term>, number: usize, last: &str) -> Case {
    let mut case = open(terms);
    let earlier = Period::Days(100).before(date(last)).to_string();
    for n in 0..number {
        let on = if n + 1 == number { last } else { &earlier };
        let party = match n {
            0 => "A".to_owned(),
            1 => "B".to_owned(),
            _ => format!("S{n}"),
        };
        deposits(&mut case, &party, on);
    }
    case
}

/// The treaty, the effect of its clause but for the instrument that it waits for, which that is, when it
/// was deposited, and the date of entry into force.
const ENTRIES: &[(&str, &str, usize, &str, &str)] = &[
    ("Genocide", "90 days after", 20, "1950-10-14", "1951-01-12"),
    ("ECHR", "", 10, "1953-09-03", "1953-09-03"),
    ("Refugees", "90 days after", 6, "1954-01-22", "1954-04-22"),
    ("Refugees, protocol", "", 6, "1967-10-04", "1967-10-04"),
    (
        "Diplomatic relations",
        "30 days after",
        22,
        "1964-03-25",
        "1964-04-24",
    ),
    (
        "Consular relations",
        "30 days after",
        22,
        "1967-02-17",
        "1967-03-19",
    ),
    (
        "Narcotic drugs",
        "30 days after",
        40,
        "1964-11-13",
        "1964-12-13",
    ),
    (
        "Racial discrimination",
        "30 days after",
        27,
        "1968-12-05",
        "1969-01-04",
    ),
    (
        "World Heritage",
        "3 months after",
        20,
        "1975-09-17",
        "1975-12-17",
    ),
    ("Ramsar", "4 months after", 7, "1975-08-21", "1975-12-21"),
    ("CITES", "90 days after", 10, "1975-04-02", "1975-07-01"),
    ("ICESCR", "3 months after", 35, "1975-10-03", "1976-01-03"),
    ("ICCPR", "3 months after", 35, "1975-12-23", "1976-03-23"),
    (
        "Law of treaties",
        "30 days after",
        35,
        "1979-12-28",
        "1980-01-27",
    ),
    ("CEDAW", "30 days after", 20, "1981-08-04", "1981-09-03"),
    ("Torture", "30 days after", 20, "1987-05-27", "1987-06-26"),
    (
        "Ozone layer",
        "90 days after",
        20,
        "1988-06-24",
        "1988-09-22",
    ),
    (
        "Rights of the child",
        "30 days after",
        20,
        "1990-08-03",
        "1990-09-02",
    ),
    ("Basel", "90 days after", 20, "1992-02-05", "1992-05-05"),
    (
        "Biological diversity",
        "90 days after",
        30,
        "1993-09-30",
        "1993-12-29",
    ),
    (
        "Climate change",
        "90 days after",
        50,
        "1993-12-21",
        "1994-03-21",
    ),
    (
        "Law of the sea",
        "12 months after",
        60,
        "1993-11-16",
        "1994-11-16",
    ),
    (
        "Chemical weapons",
        "180 days after",
        65,
        "1996-10-31",
        "1997-04-29",
    ),
    (
        "Ottawa",
        "first day of the 6th month after",
        40,
        "1998-09-16",
        "1999-03-01",
    ),
    (
        "Rome",
        "first day of the 1st month after 60 days after",
        60,
        "2002-04-11",
        "2002-07-01",
    ),
    ("Cartagena", "90 days after", 50, "2003-06-13", "2003-09-11"),
    (
        "Organised crime",
        "90 days after",
        40,
        "2003-07-01",
        "2003-09-29",
    ),
    (
        "Trafficking",
        "90 days after",
        40,
        "2003-09-26",
        "2003-12-25",
    ),
    ("Rotterdam", "90 days after", 50, "2003-11-26", "2004-02-24"),
    ("Stockholm", "90 days after", 50, "2004-02-17", "2004-05-17"),
    (
        "Corruption",
        "90 days after",
        30,
        "2005-09-15",
        "2005-12-14",
    ),
    (
        "Disabilities",
        "30 days after",
        20,
        "2008-04-03",
        "2008-05-03",
    ),
    (
        "Cluster munitions",
        "first day of the 6th month after",
        30,
        "2010-02-16",
        "2010-08-01",
    ),
    (
        "Disappearance",
        "30 days after",
        20,
        "2010-11-23",
        "2010-12-23",
    ),
    (
        "Watercourses",
        "90 days after",
        35,
        "2014-05-19",
        "2014-08-17",
    ),
    (
        "Istanbul",
        "first day of the 1st month after 3 months after",
        10,
        "2014-04-22",
        "2014-08-01",
    ),
    ("Nagoya", "90 days after", 50, "2014-07-14", "2014-10-12"),
    (
        "Arms trade",
        "90 days after",
        50,
        "2014-09-25",
        "2014-12-24",
    ),
    ("Minamata", "90 days after", 50, "2017-05-18", "2017-08-16"),
    ("Mediation", "6 months after", 3, "2020-03-12", "2020-09-12"),
    (
        "Nuclear ban",
        "90 days after",
        50,
        "2020-10-24",
        "2021-01-22",
    ),
];

#[test]
fn f1_treaties_enter_into_force_when_their_depositaries_say() {
    for (treaty, after, number, last, since) in ENTRIES {
        let entry = effect(&format!("{after} {number}th instrument").replace("3th", "3rd"));
        let case = in_force_with(vec![Term::EntryIntoForce(entry)], *number, last);
        let found = case.0.in_force_since().map(|on| on.to_string());
        assert_eq!(found.as_deref(), Some(*since), "{treaty}");
        // One instrument fewer is too few.
        let day_before = date(last).pred_opt().expect("a day");
        let one_fewer = case.0.machines.consents.contracting(day_before).count();
        assert_eq!(one_fewer, number - 1, "{treaty}");
    }
}

/// The treaty, the effect of its clause on late consent, a State, its deposit, since when for it.
const LATE: &[(&str, &str, &str, &str, &str)] = &[
    (
        "Rome",
        "first day of the 1st month after 60 days after",
        "CO",
        "2002-08-05",
        "2002-11-01",
    ),
    (
        "Rome",
        "first day of the 1st month after 60 days after",
        "JP",
        "2007-07-17",
        "2007-10-01",
    ),
    (
        "Rome",
        "first day of the 1st month after 60 days after",
        "TN",
        "2011-06-24",
        "2011-09-01",
    ),
    (
        "Rome",
        "first day of the 1st month after 60 days after",
        "PS",
        "2015-01-02",
        "2015-04-01",
    ),
    (
        "Law of the sea",
        "30 days after",
        "EU",
        "1998-04-01",
        "1998-05-01",
    ),
    (
        "Rights of the child",
        "30 days after",
        "SS",
        "2015-01-23",
        "2015-02-22",
    ),
    (
        "Rights of the child",
        "30 days after",
        "SO",
        "2015-10-01",
        "2015-10-31",
    ),
    (
        "Chemical weapons",
        "30 days after",
        "SY",
        "2013-09-14",
        "2013-10-14",
    ),
    (
        "Ottawa",
        "first day of the 6th month after",
        "FI",
        "2012-01-09",
        "2012-07-01",
    ),
    (
        "Istanbul",
        "first day of the 1st month after 3 months after",
        "GB",
        "2022-07-21",
        "2022-11-01",
    ),
    (
        "Istanbul",
        "first day of the 1st month after 3 months after",
        "EU",
        "2023-06-28",
        "2023-10-01",
    ),
    (
        "Arms trade",
        "90 days after",
        "CN",
        "2020-07-06",
        "2020-10-04",
    ),
];

/// A treaty of the table, with more terms.
fn the(treaty: &str, more: Vec<Term>) -> Case {
    let row = ENTRIES.iter().find(|(name, ..)| *name == treaty);
    let (_, after, number, last, _) = row.expect("it is in the table");
    let entry = effect(&format!("{after} {number}th instrument"));
    let terms = [vec![Term::EntryIntoForce(entry)], more].concat();
    in_force_with(terms, *number, last)
}

#[test]
fn f3_who_consents_late_is_bound_from_its_own_day() {
    for (treaty, after, state, deposit, since) in LATE {
        let late = Term::LateConsent(effect(&format!("{after} own instrument")));
        let mut case = the(treaty, vec![late]);
        deposits(&mut case, state, deposit);
        let found = case.0.force_for_last(&(*state).into());
        assert_eq!(found, Some(date(since)), "{treaty}, {state}");
    }
}

/// The treaty, its clause, a State that was a party, when its notice was received, from when it was none.
fn departures() -> Vec<(&'static str, Term, &'static str, &'static str, &'static str)> {
    let after = Term::Denunciation;
    let counted = |text| Term::DenunciationEffect(effect(text));
    let istanbul = || counted("first day of the 1st month after 3 months after own notice");
    vec![
        (
            "Rome",
            after(Period::Years(1)),
            "BI",
            "2016-10-27",
            "2017-10-27",
        ),
        (
            "Rome",
            after(Period::Years(1)),
            "PH",
            "2018-03-17",
            "2019-03-17",
        ),
        ("Istanbul", istanbul(), "TR", "2021-03-22", "2021-07-01"),
        (
            "Ottawa",
            after(Period::Months(6)),
            "LT",
            "2025-06-27",
            "2025-12-27",
        ),
        (
            "Ottawa",
            after(Period::Months(6)),
            "FI",
            "2025-07-10",
            "2026-01-10",
        ),
        (
            "Cluster munitions",
            after(Period::Months(6)),
            "LT",
            "2024-09-06",
            "2025-03-06",
        ),
        (
            "Narcotic drugs",
            counted("first day of the 1st year after own notice"),
            "BO",
            "2011-06-29",
            "2012-01-01",
        ),
    ]
}

#[test]
fn c14_who_leaves_is_bound_until_its_notice_has_run() {
    for (treaty, term, state, received, left) in departures() {
        let mut case = the(treaty, vec![term]);
        deposits(&mut case, state, &received.replace("20", "19"));
        case.at("2026-11-30");
        case.does(state, leave(received));
        let force = |on: chrono::NaiveDate| case.0.between(&"A".into(), &state.into(), on).force;
        let left = date(left);
        assert_eq!(
            force(left).to_string(),
            format!("ended on {left}"),
            "{treaty}, {state}"
        );
        let before = force(left.pred_opt().expect("a day")).to_string();
        assert!(
            before.starts_with("in force since"),
            "{treaty}, {state}: {before}"
        );
        // The others go on.
        assert!(!case.0.has_ended(left), "{treaty}");
    }
}

/// The Paris Agreement between France, Morocco and the United States, which left it and came back.
#[test]
fn c16_the_united_states_left_the_paris_agreement_and_came_back() {
    let mut case = open(vec![
        Term::EntryIntoForce(effect("2016-11-04")),
        Term::LateConsentAfterForce(effect("30 days after own instrument")),
        Term::NoticeFrom(effect("3 years after own entry into force")),
        Term::Denunciation(Period::Years(1)),
    ]);
    deposits(&mut case, "A", "2016-09-21");
    deposits(&mut case, "B", "2016-10-05");
    deposits(&mut case, "US", "2016-09-03");
    case.at("2026-11-30");
    case.refuses(
        "US",
        leave("2019-11-03"),
        Rule::E1,
        "received from 2019-11-04 on",
    );
    case.does("US", leave("2019-11-04"));
    accepts(&mut case, "US", "2021-01-20", Means::Accession);
    for (on, force) in [
        ("2016-11-03", "not in force"),
        ("2016-11-04", "in force since 2016-11-04"),
        ("2020-11-03", "in force since 2016-11-04"),
        ("2020-11-04", "ended on 2020-11-04"),
        ("2021-01-20", "not in force"),
        ("2021-02-18", "not in force"),
        ("2021-02-19", "in force since 2021-02-19"),
    ] {
        let between = case.0.between(&"A".into(), &"US".into(), date(on));
        assert_eq!(between.force.to_string(), force, "on {on}");
    }
}

/// What Malaysia did with the Rome Statute: its instrument of 4 March 2019 was taken back on 29 April, before
/// it would have had effect.
#[test]
fn c17_an_instrument_taken_back_in_time_binds_nobody() {
    let own = "first day of the 1st month after 60 days after own instrument";
    let mut case = the("Rome", vec![Term::LateConsent(effect(own))]);
    deposits(&mut case, "MY", "2019-03-04");
    assert_eq!(
        case.0.force_for_last(&"MY".into()),
        Some(date("2019-06-01"))
    );
    case.does(
        "MY",
        travaux_domain::agreement::consent::ConsentAct::DeclinedToBecomeParty {
            on: date("2019-04-29"),
        },
    );
    assert_eq!(case.0.force_for_last(&"MY".into()), None);
    assert_eq!(case.0.in_force_since(), Some(date("2002-07-01")));
}

/// Arrangements on provisional application, as the Energy Charter has had them: until a State says that it
/// will not become a party.
#[test]
fn f5_russia_ended_the_provisional_application_of_the_energy_charter() {
    let mut case = open(vec![
        Term::ProvisionalApplication(vec![]),
        Term::EntryIntoForce(effect("90 days after 30th instrument")),
    ]);
    for party in ["A", "B"] {
        case.does(party, sign("1994-12-17", Manner::SubjectToRatification));
    }
    case.does(
        "A",
        ForceAct::ProvisionalApplicationBegan {
            on: date("1994-12-17"),
            parties: ids(&["A", "B"]),
            provisions: vec![],
            consenting: vec![],
        },
    );
    // Notified on 20 August 2009, with effect after sixty days: 45(3)(a).
    let ends = Period::Days(60).after(date("2009-08-20"));
    assert_eq!(ends, date("2009-10-19"));
    case.does(
        "B",
        ForceAct::ProvisionalApplicationEnded {
            on: date("2009-10-19"),
        },
    );
    let force = |on: &str| {
        case.0
            .between(&"A".into(), &"B".into(), date(on))
            .force
            .to_string()
    };
    assert_eq!(
        force("2009-10-18"),
        "applied provisionally since 1994-12-17"
    );
    assert_eq!(force("2009-10-19"), "not in force");
}
