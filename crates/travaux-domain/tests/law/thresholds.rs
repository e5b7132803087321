//! Thresholds by quality: so many States, among them these, a share of something, so many of a group.

use std::collections::BTreeMap;

use travaux_domain::{
    PartyId, Profile, Rule,
    agreement::{
        AgreementCommand as C, MachineEvent,
        consent::{ConsentAct, Establishment, Manner, Office, Representative},
        ending::{EndingAct, Invoked, Measure},
        force::ForceAct,
    },
    clause::{FinalClause, Means, Term},
    effect::{Effect, Evaluation, Step},
};
use travaux_testkit::{agreement::*, random::Rng};

mod words;

fn effect(text: &str) -> Effect {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn entry(text: &str) -> FinalClause {
    clause("Article 25", Term::EntryIntoForce(effect(text)))
}

fn group(name: &str, members: &[&str]) -> FinalClause {
    let (name, members) = (name.to_owned(), ids(members));
    clause("Article 1", Term::Group { name, members })
}

fn weights(name: &str, unit: &str, all: &[(&str, u64)]) -> FinalClause {
    let each = all.iter().map(|(party, weight)| ((*party).into(), *weight));
    let weights: BTreeMap<PartyId, u64> = each.collect();
    let (name, unit) = (name.to_owned(), unit.to_owned());
    let term = Term::Weights {
        name,
        unit,
        weights,
    };
    clause("Annex B", term)
}

fn organisation(party: &str, members: &[&str]) -> FinalClause {
    let term = Term::Organisation {
        party: party.into(),
        members: ids(members),
    };
    clause("Article 24", term)
}

/// A treaty of A and B with these clauses, open to all others.
fn open(clauses: Vec<FinalClause>) -> Case {
    let all = clause("Article 23", Term::Accession(vec![]));
    let clauses = clauses.into_iter().chain([all]).collect();
    authentic(proposal(Profile::treaty(), &["A", "B"], clauses))
}

fn deposit(on: &str) -> [ConsentAct; 2] {
    let how = Establishment::Notification;
    [
        made(on, Means::Accession),
        established(on, Means::Accession, how),
    ]
}

fn deposits(case: &mut Case, party: &str, on: &str) {
    for act in deposit(on) {
        case.does(party, act);
    }
}

/// Others by number, from one to another.
fn others(case: &mut Case, numbers: std::ops::RangeInclusive<u32>, on: &str) {
    for n in numbers {
        deposits(case, &format!("S{n:02}"), on);
    }
}

fn since(case: &Case) -> Option<String> {
    case.0.in_force_since().map(|on| on.to_string())
}

fn missing(case: &Case) -> Vec<String> {
    match case.0.entry_into_force() {
        Evaluation::Pending { missing } => missing,
        Evaluation::Date { on, .. } => panic!("it is in force since {on}"),
    }
}

fn trace(case: &Case) -> Vec<Step> {
    match case.0.entry_into_force() {
        Evaluation::Pending { missing } => panic!("it waits for {missing:?}"),
        Evaluation::Date { trace, .. } => trace,
    }
}

/// The steps in words, with their days.
fn told(case: &Case) -> Vec<(String, String)> {
    let steps = trace(case).into_iter();
    steps.map(|step| (step.on.to_string(), step.what)).collect()
}

fn enter() -> ForceAct {
    ForceAct::EnteredIntoForce {
        on: None,
        basis: "the clause".into(),
        trace: vec![],
        consenting: vec![],
    }
}

fn declines(on: &str) -> ConsentAct {
    ConsentAct::DeclinedToBecomeParty { on: date(on) }
}

/// What the Annex I Parties emitted in 1990: the table annexed to the report of the third session of the
/// Conference of the Parties (FCCC/CP/1997/7/Add.1).
const ANNEX_I: [(&str, u64); 34] = [
    ("AU", 288_965),
    ("AT", 59_200),
    ("BE", 113_405),
    ("BG", 82_990),
    ("CA", 457_441),
    ("CZ", 169_514),
    ("DK", 52_100),
    ("EE", 37_797),
    ("FI", 53_900),
    ("FR", 366_536),
    ("DE", 1_012_443),
    ("GR", 82_100),
    ("HU", 71_673),
    ("IS", 2_172),
    ("IE", 30_719),
    ("IT", 428_941),
    ("JP", 1_173_360),
    ("LV", 22_976),
    ("LI", 208),
    ("LU", 11_343),
    ("MC", 71),
    ("NL", 167_600),
    ("NZ", 25_530),
    ("NO", 35_533),
    ("PL", 414_930),
    ("PT", 42_148),
    ("RO", 171_103),
    ("RU", 2_388_720),
    ("SK", 58_278),
    ("ES", 260_654),
    ("SE", 61_256),
    ("CH", 43_600),
    ("GB", 584_078),
    ("US", 4_957_022),
];

fn kyoto(more: Vec<FinalClause>) -> Case {
    let clauses = vec![
        weights("Annex I", "Gg of CO2 in 1990", &ANNEX_I),
        entry("90 days after instruments of (55, 55 % of \"Annex I\")"),
    ];
    let mut case = open([clauses, more].concat());
    let late = ["AU", "US", "RU", "IS", "LI", "MC"];
    for (party, _) in ANNEX_I {
        if !late.contains(&party) {
            deposits(&mut case, party, "2002-05-01");
        }
    }
    case
}

#[test]
fn f1_the_kyoto_protocol_waited_for_russia() {
    assert_eq!(
        ANNEX_I.iter().map(|(_, weight)| weight).sum::<u64>(),
        13_728_306
    );
    let mut case = kyoto(vec![]);
    others(&mut case, 1..=26, "2002-05-02");
    assert_eq!(
        missing(&case),
        [
            "instruments of 1 more (54 so far)",
            "instruments of 10.7 % more of \"Annex I\": 1459421 Gg of CO2 in 1990 (44.3 % so far)",
        ]
    );
    deposits(&mut case, "IS", "2002-05-23");
    case.refuses(
        "A",
        enter(),
        Rule::F1,
        "missing: instruments of 10.7 % more",
    );
    others(&mut case, 27..=40, "2003-01-01");
    assert_eq!(missing(&case).len(), 1);
    deposits(&mut case, "RU", "2004-11-18");
    assert_eq!(since(&case).as_deref(), Some("2005-02-16"));
    let steps = trace(&case);
    let told: Vec<_> = steps.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(
        told,
        [
            "instruments of 55, with that of IS",
            "instruments of 55 % of \"Annex I\", with that of RU",
            "90 days later",
        ]
    );
    // The last event is Russia's deposit.
    assert_eq!(steps[1].event, Some(case.0.version));
    assert!(steps[0].event < steps[1].event && steps[2].event.is_none());
    case.does_by("A", enter(), Rule::F1, "Article 25");
}

#[test]
fn f3_who_consents_after_a_threshold_is_met_has_a_date_of_its_own() {
    let own = effect("90 days after own instrument");
    let late = clause("Article 25(3)", Term::LateConsent(own));
    let mut case = kyoto(vec![late]);
    others(&mut case, 1..=30, "2002-05-02");
    deposits(&mut case, "RU", "2004-11-18");
    // Of the same day, of the next, before and after entry into force.
    for (party, on, since) in [
        ("X1", "2004-11-18", "2005-02-16"),
        ("X2", "2004-11-19", "2005-02-17"),
        ("LI", "2004-12-03", "2005-03-03"),
        ("AU", "2007-12-12", "2008-03-11"),
    ] {
        deposits(&mut case, party, on);
        let found = case.0.force_for_last(&party.into());
        assert_eq!(found, Some(date(since)), "{party}");
    }
    assert_eq!(since(&case).as_deref(), Some("2005-02-16"));
}

#[test]
fn f1_the_paris_agreement_did_not_count_the_union_beside_its_members() {
    // Hundredths of a per cent of the emissions of the world.
    let emissions = [
        ("CN", 2009),
        ("US", 1789),
        ("IN", 410),
        ("BR", 248),
        ("S01", 733),
        ("DE", 256),
        ("FR", 134),
        ("CA", 195),
        ("others", 4226),
    ];
    let union = ["DE", "FR", "AT", "HU", "MT", "PT", "SK"];
    let mut case = open(vec![
        entry("30 days after instruments of (55, 55 % of emissions)"),
        weights("emissions", "hundredths of a per cent", &emissions),
        organisation("EU", &union),
    ]);
    for (party, on) in [("CN", "2016-09-03"), ("US", "2016-09-03")] {
        deposits(&mut case, party, on);
    }
    others(&mut case, 1..=50, "2016-09-21");
    deposits(&mut case, "BR", "2016-09-21");
    deposits(&mut case, "EU", "2016-09-22");
    // It counts for one while none of its members has deposited.
    assert_eq!(missing(&case)[0], "instruments of 1 more (54 so far)");
    deposits(&mut case, "FR", "2016-09-23");
    assert_eq!(missing(&case)[0], "instruments of 1 more (54 so far)");
    deposits(&mut case, "IN", "2016-10-02");
    assert_eq!(
        missing(&case),
        ["instruments of 1.8 % more of emissions: 177 hundredths of a per cent (53.2 % so far)"]
    );
    for party in ["AT", "CA", "DE", "HU", "MT", "PT", "SK"] {
        deposits(&mut case, party, "2016-10-05");
    }
    assert_eq!(since(&case).as_deref(), Some("2016-11-04"));
    assert_eq!(
        told(&case)[1],
        (
            "2016-10-05".to_owned(),
            "instruments of 55 % of emissions, with that of CA".to_owned()
        )
    );
}

#[test]
fn f1_an_organisation_of_which_no_member_is_named_is_not_counted() {
    let never = organisation("EU", &[]);
    let mut case = open(vec![entry("instruments of (3)"), never]);
    for (party, on) in [
        ("EU", "2020-02-01"),
        ("X", "2020-02-02"),
        ("Y", "2020-02-03"),
    ] {
        deposits(&mut case, party, on);
    }
    assert_eq!(missing(&case), ["instruments of 1 more (2 so far)"]);
    deposits(&mut case, "Z", "2020-02-04");
    assert_eq!(since(&case).as_deref(), Some("2020-02-04"));
}

#[test]
fn f1_of_a_share_an_organisation_brings_what_its_members_have_not() {
    let tons = [("EU", 30), ("FR", 10), ("DE", 15), ("US", 45)];
    let mut case = open(vec![
        entry("instruments of (more than 1/2 of tonnage)"),
        weights("tonnage", "tons", &tons),
        organisation("EU", &["FR", "DE"]),
    ]);
    for (party, so_far) in [("FR", 10), ("EU", 30), ("DE", 30)] {
        deposits(&mut case, party, "2020-02-01");
        let more = 51 - so_far;
        let words =
            format!("instruments of {more} % more of tonnage: {more} tons ({so_far} % so far)");
        assert_eq!(missing(&case), [words]);
    }
    deposits(&mut case, "US", "2020-02-02");
    assert_eq!(since(&case).as_deref(), Some("2020-02-02"));
}

#[test]
fn f1_the_convention_on_cybercrime_asked_for_members_of_the_council_of_europe() {
    let months = "first day of the 1st month after 3 months after";
    let cybercrime = || {
        open(vec![
            group("Council of Europe", &["AL", "HR", "EE", "HU", "LT", "RO"]),
            entry(&format!(
                "{months} consents of (5, 3 of \"Council of Europe\")"
            )),
        ])
    };
    let mut case = cybercrime();
    for (party, on) in [
        ("AL", "2002-06-20"),
        ("HR", "2002-10-17"),
        ("EE", "2003-05-12"),
        ("HU", "2003-12-04"),
    ] {
        deposits(&mut case, party, on);
    }
    assert_eq!(missing(&case), ["consents of 1 more (4 so far)"]);
    deposits(&mut case, "LT", "2004-03-18");
    assert_eq!(since(&case).as_deref(), Some("2004-07-01"));
    let told = told(&case);
    assert_eq!(
        told[0].1,
        "consents of 3 of \"Council of Europe\", with that of EE"
    );
    assert_eq!(told[1].1, "consents of 5, with that of LT");

    // Five others are not enough.
    let mut case = cybercrime();
    others(&mut case, 1..=5, "2002-01-01");
    deposits(&mut case, "AL", "2002-06-20");
    let words = "consents of 2 more of \"Council of Europe\" (1 so far)";
    assert_eq!(missing(&case), [words]);
    deposits(&mut case, "HR", "2002-10-17");
    deposits(&mut case, "EE", "2003-05-12");
    assert_eq!(since(&case).as_deref(), Some("2003-09-01"));
}

#[test]
fn f1_the_non_proliferation_treaty_waited_for_its_depositaries_and_forty_others() {
    let named = "instruments of (each of [GB, SU, US], 40 outside [GB, SU, US])";
    let mut case = open(vec![entry(named)]);
    deposits(&mut case, "GB", "1968-11-27");
    others(&mut case, 1..=39, "1969-11-01");
    assert_eq!(
        missing(&case),
        [
            "the instrument of SU",
            "the instrument of US",
            "instruments of 1 more outside [GB, SU, US] (39 so far)",
        ]
    );
    others(&mut case, 40..=43, "1969-12-01");
    for party in ["SU", "US"] {
        assert_eq!(since(&case), None);
        deposits(&mut case, party, "1970-03-05");
    }
    assert_eq!(since(&case).as_deref(), Some("1970-03-05"));
    let told = told(&case);
    assert_eq!(
        told[1].1,
        "instruments of each of [GB, SU, US], with that of US"
    );
}

/// The States of annex 2 of the Comprehensive Nuclear-Test-Ban Treaty.
const ANNEX_2: &str = "DZ AR AU AT BD BE BR BG CA CL CN CO KP CD EG FI FR DE HU IN ID IR IL IT JP MX NL \
    NO PK PE PL RO KR RU SK ZA ES SE CH TR UA GB US VN";

#[test]
fn f1_the_test_ban_treaty_waits_for_each_of_forty_four() {
    let named: Vec<&str> = ANNEX_2.split_whitespace().collect();
    assert_eq!(named.len(), 44);
    let mut case = open(vec![
        group("Annex 2", &named),
        entry("180 days after instruments of (each of \"Annex 2\")"),
    ]);
    for party in named.iter().filter(|party| **party != "US") {
        deposits(&mut case, party, "2000-01-01");
    }
    // Others do not stand in for it, however many.
    others(&mut case, 1..=20, "2001-01-01");
    assert_eq!(missing(&case), ["the instrument of US"]);
    case.refuses("A", enter(), Rule::F1, "missing: the instrument of US");
    assert_eq!(since(&case), None);
    deposits(&mut case, "US", "2026-01-01");
    assert_eq!(since(&case).as_deref(), Some("2026-06-30"));
}

fn tonnage(share: &str) -> Case {
    let tons = [
        ("LR", 600),
        ("PA", 400),
        ("GR", 350),
        ("GB", 250),
        ("JP", 400),
    ];
    open(vec![
        entry(&format!(
            "12 months after instruments of (15, {share} of tonnage)"
        )),
        weights("tonnage", "gross tons", &tons),
    ])
}

#[test]
fn f1_conventions_of_the_sea_ask_for_half_of_the_tonnage() {
    for (share, met) in [
        ("50 %", true),
        ("50.05 %", false),
        ("more than 50 %", false),
    ] {
        let mut case = tonnage(share);
        others(&mut case, 1..=20, "1981-01-01");
        // 1000 of 2000 tons, exactly.
        deposits(&mut case, "LR", "1982-01-01");
        deposits(&mut case, "PA", "1982-10-02");
        let expected = met.then_some("1983-10-02");
        assert_eq!(since(&case).as_deref(), expected, "{share}");
        if !met {
            let words = "instruments of 0.1 % more of tonnage: 1 gross tons (50 % so far)";
            assert_eq!(missing(&case), [words]);
        }
    }
}

#[test]
fn f1_and_k5_weights_that_are_agreed_later_count_from_their_day() {
    let mut case = tonnage("50 %");
    others(&mut case, 1..=20, "1981-01-01");
    deposits(&mut case, "LR", "1982-01-01");
    let agreed = |on: &str, tons: &[(&str, u64)], consenting: Vec<PartyId>| {
        let clause = weights("tonnage", "gross tons", tons);
        let on = date(on);
        ForceAct::ClauseAgreed {
            on,
            clause,
            consenting,
        }
    };
    let all: Vec<PartyId> = case.0.all_parties();
    let now = [("LR", 900), ("PA", 400), ("GR", 350), ("GB", 150)];
    case.does("A", agreed("1984-05-01", &now, all.clone()));
    assert_eq!(since(&case).as_deref(), Some("1985-05-01"));
    let told = told(&case);
    assert_eq!(
        told[2],
        ("1984-05-01".to_owned(), "who counts changed".to_owned())
    );
    // One agreed after that changes nothing before it.
    let then = [("LR", 100), ("PA", 400)];
    case.does("A", agreed("1990-01-01", &then, all));
    assert_eq!(since(&case).as_deref(), Some("1985-05-01"));
}

#[test]
fn c17_an_instrument_taken_back_before_the_threshold_is_met_counts_for_nothing() {
    let rules = |after: &str| {
        open(vec![
            group("C's", &["C", "D"]),
            entry(&format!("{after}instruments of (3, 1 of C's)")),
        ])
    };
    let mut case = rules("");
    deposits(&mut case, "X", "2020-02-01");
    deposits(&mut case, "C", "2020-02-02");
    case.does("C", declines("2020-02-10"));
    deposits(&mut case, "Y", "2020-03-01");
    assert_eq!(
        missing(&case),
        [
            "instruments of 1 more (2 so far)",
            "instruments of 1 more of C's (0 so far)"
        ]
    );
    deposits(&mut case, "D", "2020-04-01");
    assert_eq!(since(&case).as_deref(), Some("2020-04-01"));

    // Taken back after it was met, the date stands; on the very day, it was not met.
    for (back, expected) in [("2020-03-02", Some("2020-03-31")), ("2020-03-01", None)] {
        let mut case = rules("30 days after ");
        for (party, on) in [
            ("X", "2020-02-01"),
            ("C", "2020-02-02"),
            ("Y", "2020-03-01"),
        ] {
            deposits(&mut case, party, on);
        }
        assert_eq!(since(&case).as_deref(), Some("2020-03-31"));
        case.does("C", declines(back));
        assert_eq!(since(&case).as_deref(), expected, "{back}");
        assert_eq!(case.0.force_for_last(&"C".into()), None);
    }
}

#[test]
fn e21_and_c17_a_void_consent_is_of_no_threshold() {
    let mut case = authentic(proposal(
        Profile::treaty(),
        &["A", "B", "C"],
        vec![
            clause("Article 23", Term::Accession(vec![])),
            entry("consents of (3, 2 of [A, B, D])"),
        ],
    ));
    for (party, on) in [
        ("A", "2020-02-01"),
        ("B", "2020-02-01"),
        ("C", "2020-12-01"),
    ] {
        case.does(party, signed(on));
    }
    assert_eq!(since(&case).as_deref(), Some("2020-12-01"));
    case.does(
        "A",
        EndingAct::ClaimNotified {
            on: date("2021-01-01"),
            claim: claim(Invoked::DefectOfConsent, Measure::Invalidate),
            number: None,
        },
    );
    for party in ["B", "C"] {
        let on = date("2021-01-10");
        case.does(party, EndingAct::ClaimReceived { on, number: 1 });
    }
    let by = Representative {
        name: "the minister".into(),
        office: Office::ForeignMinister,
        full_powers: false,
    };
    case.does(
        "A",
        EndingAct::MeasureCarriedOut {
            on: date("2021-06-01"),
            number: 1,
            by,
            scope: None,
        },
    );
    assert_eq!(since(&case), None);
    assert_eq!(
        missing(&case),
        [
            "consents of 1 more (2 so far)",
            "consents of 1 more of [A, B, D] (1 so far)"
        ]
    );
    deposits(&mut case, "D", "2021-07-01");
    assert_eq!(since(&case).as_deref(), Some("2021-07-01"));
}

#[test]
fn f1_a_threshold_stands_wherever_an_ordinal_does() {
    let text =
        "latest of (2020-06-01, 10 days after instruments of (2, each of [X]), 3rd instrument)";
    let mut case = open(vec![entry(text)]);
    deposits(&mut case, "Y", "2020-02-01");
    assert_eq!(
        missing(&case),
        [
            "instruments of 1 more (1 so far)",
            "the instrument of X",
            "the 3rd instrument (1 so far)"
        ]
    );
    deposits(&mut case, "X", "2020-07-01");
    deposits(&mut case, "Z", "2020-07-05");
    assert_eq!(since(&case).as_deref(), Some("2020-07-11"));
    let text = "earliest of (2025-01-01, signatures of (2))";
    let mut case = treaty(vec![entry(text)]);
    for (party, on) in [("A", "2020-02-01"), ("B", "2020-03-01")] {
        case.does(party, sign(on, Manner::Definitive));
    }
    assert_eq!(since(&case).as_deref(), Some("2020-03-01"));
}

/// What was done, each party's acts in their order.
fn facts(rng: &mut Rng) -> Vec<Vec<(&'static str, MachineEvent)>> {
    let parties = ["A", "B", "D", "E", "F", "G", "EU"];
    let mut facts = Vec::new();
    for party in parties {
        let on = format!("2020-{:02}-{:02}", 2 + rng.below(4), 1 + rng.below(9));
        let mut own: Vec<(&str, MachineEvent)> = Vec::new();
        own.extend(deposit(&on).map(|act| (party, act.into())));
        if rng.chance(30) {
            let back = format!("2020-{:02}-{:02}", 6 + rng.below(3), 1 + rng.below(9));
            own.push((party, declines(&back).into()));
        }
        if rng.chance(80) {
            facts.push(own);
        }
    }
    facts
}

#[test]
fn the_order_of_recording_changes_nothing_of_a_threshold() {
    let entries = [
        "instruments of (4, 1/2 of tons)",
        "10 days after consents of (2 of [A, B, D], 2 outside [A, B, D])",
        "latest of (2020-03-05, instruments of (each of [A, EU], more than 33.3 % of tons))",
        "instruments of (5, 2 of tons)",
    ];
    let tons = [("A", 5), ("B", 7), ("D", 11), ("E", 13), ("EU", 9)];
    let (mut dated, mut compared) = (0, 0);
    for seed in 0..120 {
        let mut rng = Rng::new(seed);
        let own = Term::LateConsent(effect("30 days after own instrument"));
        let mut clauses = vec![
            entry(rng.pick(&entries)),
            weights("tons", "tons", &tons),
            clause("Article 26", own),
        ];
        if rng.chance(50) {
            clauses.push(organisation("EU", &["D", "F"]));
        }
        let facts = facts(&mut rng);
        // Nothing, if an act is refused: nobody takes back what has brought about its force.
        let answers = |order: &[usize]| {
            let mut case = open(clauses.clone());
            case.at("2026-01-01");
            for (party, act) in order.iter().flat_map(|at| &facts[*at]) {
                case.decided(party, C::Machine(act.clone()), None).ok()?;
                case.does(party, C::Machine(act.clone()));
            }
            let found = match case.0.entry_into_force() {
                Evaluation::Date { on, trace } => {
                    let steps = trace.into_iter().map(|step| (step.on, step.what));
                    (Some(on), steps.collect(), Vec::new())
                }
                Evaluation::Pending { missing } => (None, Vec::new(), missing),
            };
            let each = ["A", "B", "D", "E", "F", "G", "EU"];
            let each = each.map(|party| case.0.force_for_last(&party.into()));
            Some((found, case.0.in_force_since(), each))
        };
        let mut order: Vec<usize> = (0..facts.len()).collect();
        let Some(first) = answers(&order) else {
            continue;
        };
        dated += u32::from(first.1.is_some());
        for _ in 0..3 {
            for at in (1..order.len()).rev() {
                order.swap(at, rng.place(at + 1));
            }
            let Some(other) = answers(&order) else {
                continue;
            };
            compared += 1;
            assert_eq!(other, first, "seed {seed}: {facts:?} {order:?}");
        }
    }
    assert!(
        30 < dated && 150 < compared,
        "{dated} dates, {compared} orders"
    );
}
