//! Markings: their join (INV16), the schemes, and who is cleared for what.

use std::collections::BTreeSet;

use travaux_domain::marking::{
    Equal, Equivalence, Evaluation, Marking, Reader, Schemes, Tlp, rank,
};
use travaux_testkit::{
    agreement::date,
    exchange::{amber, level},
    meeting::parties,
    random::Rng,
};

fn evaluation(scheme: &str, source: &str, information: &str, goes: &str) -> Evaluation {
    Evaluation {
        scheme: scheme.into(),
        source: source.into(),
        information: information.into(),
        dissemination: (!goes.is_empty()).then(|| goes.into()),
    }
}

fn any(rng: &mut Rng) -> Marking {
    let mut some = |of: &[&'static str]| -> Vec<&'static str> {
        let chosen = of.iter().filter(|_| rng.below(2) == 0);
        chosen.copied().collect()
    };
    let (schemes, handling, released) = (
        some(&["fr", "eu", "ma"]),
        some(&["h0", "h1", "h2", "special-france", "chr"]),
        some(&["ES", "FR", "MA"]),
    );
    let codes = ["a", "b", "c", "d"];
    let levels = schemes.into_iter().map(|scheme| {
        let at = rng.place(4);
        (scheme.into(), level(at as u8, codes[at]))
    });
    let levels = levels.collect();
    let tlp = [
        Tlp::Clear,
        Tlp::Green,
        Tlp::Amber,
        Tlp::AmberStrict,
        Tlp::Red,
    ];
    let (limited, judged) = (rng.below(3) > 0, rng.below(2) == 0);
    Marking {
        levels,
        releasable_to: limited.then(|| parties(&released).into_iter().collect()),
        handling: handling.into_iter().map(Into::into).collect(),
        tlp: tlp[rng.place(5)],
        evaluations: judged
            .then(|| evaluation("europol", ["A", "X"][rng.place(2)], "1", ""))
            .into_iter()
            .collect(),
    }
}

/// What a reader may see and do by a whole is within what each part lets it (INV16).
#[test]
fn ix10_and_ix9_join_is_associative_commutative_idempotent_and_never_below_a_part() {
    let mut rng = Rng::of("join");
    for _ in 0..5_000 {
        let (a, b, c) = (any(&mut rng), any(&mut rng), any(&mut rng));
        assert_eq!(a.join(&b).join(&c), a.join(&b.join(&c)));
        assert_eq!(a.join(&b), b.join(&a));
        assert_eq!(a.join(&a), a);
        let whole = a.join(&b);
        assert!(whole.covers(&a) && whole.covers(&b) && a.covers(&a));
        assert_eq!(a.covers(&b) && b.covers(&a), a == b, "{a} and {b}");
        for party in parties(&["ES", "FR", "MA", "US"]) {
            for part in [&a, &b] {
                assert!(part.is_releasable_to(&party) || !whole.is_releasable_to(&party));
                assert!(part.allows_onward(&party) || !whole.allows_onward(&party));
            }
            let reader = Reader {
                cleared: [("fr".into(), "secret".into()), ("ma".into(), "b".into())].into(),
                ..Reader::of(party)
            };
            let own: Schemes = [("ma".into(), ["a", "b", "c", "d"].map(Into::into).into())].into();
            let cleared = |m: &Marking| reader.is_cleared_for(m, date("2025-01-01"), &own, &[]);
            assert!(!cleared(&whole) || (cleared(&a) && cleared(&b)));
        }
    }
}

#[test]
fn ix10_axes_are_joined_each_for_itself() {
    let secret = Marking {
        levels: [("fr".into(), level(2, "secret"))].into(),
        handling: BTreeSet::from(["h1".into()]),
        ..amber(&["FR", "MA"])
    };
    let other = Marking {
        levels: [
            ("fr".into(), level(1, "diffusion-restreinte")),
            ("eu".into(), level(3, "secret-ue")),
        ]
        .into(),
        handling: BTreeSet::from(["h2".into()]),
        ..Marking::of(Tlp::Green)
    };
    let whole = secret.join(&other);
    assert_eq!(
        whole.to_string(),
        "eu:secret-ue, fr:secret, releasable to FR, MA, h1, h2, TLP:AMBER"
    );
    let apart = amber(&["FR"]).join(&amber(&["MA"]));
    assert_eq!(apart.to_string(), "not releasable, TLP:AMBER");
    assert!(!secret.covers(&other) && whole.covers(&other));
}

#[test]
fn ix9_a_code_is_of_its_scheme() {
    let own: Schemes = [("ma".into(), ["open", "ma-secret"].map(Into::into).into())].into();
    for (scheme, code, place) in [
        ("fr", "non-protege", Some(0)),
        ("fr", "tres-secret", Some(3)),
        // It was one until 1 July 2021, and outranks what is spelled alike now.
        ("fr", "secret-defense", None),
        ("fr-2011", "secret-defense", Some(3)),
        ("eu", "secret-ue", Some(3)),
        ("eu", "secret", None),
        ("nato", "cts", Some(4)),
        ("ma", "ma-secret", Some(1)),
        ("xx", "secret", None),
    ] {
        assert_eq!(rank(&own, scheme, code), place, "{scheme}:{code}");
    }
    for (it, fault) in [
        (evaluation("europol", "X", "4", ""), None),
        (
            evaluation("europol", "D", "4", ""),
            Some("a source of A B C X, information of 1 2 3 4"),
        ),
        (evaluation("5x5x5", "E", "5", "1"), None),
        (
            evaluation("5x5x5", "E", "5", ""),
            Some("a source of A B C D E, information of 1 2 3 4 5, dissemination of 1 2 3 4 5"),
        ),
        (evaluation("3x5x2", "1", "A", "P"), None),
        (evaluation("admiralty", "F", "6", ""), None),
        (
            evaluation("admiralty", "F", "6", "1"),
            Some("a source of A B C D E F G, information of 1 2 3 4 5 6"),
        ),
        (
            evaluation("stars", "5", "5", ""),
            Some("a scheme of europol, 5x5x5, 3x5x2, admiralty"),
        ),
    ] {
        assert_eq!(it.fault().as_deref(), fault, "{it}");
    }
    let white: Result<Tlp, _> = serde_json::from_str("\"white\"");
    assert_eq!(white.ok(), Some(Tlp::Clear));
    let silent: Result<Marking, _> = serde_json::from_str("{}");
    assert!(silent.is_err(), "nothing is clear that does not say so");
}

/// Decree 2019-1271: what was CONFIDENTIEL DEFENSE reads SECRET, SECRET DEFENSE reads TRES SECRET;
/// with the European Union levels protect alike by the table of the day.
#[test]
fn ix9_levels_of_two_schemes_are_compared_by_dated_tables() {
    let equal = |one: [&str; 2], other: [&str; 2], from: &str, until: &str| Equal {
        one: (one[0].into(), one[1].into()),
        other: (other[0].into(), other[1].into()),
        from: date(from),
        until: (!until.is_empty()).then(|| date(until)),
    };
    let table = Equivalence {
        between: ("FR".into(), "MA".into()),
        levels: vec![
            equal(
                ["fr-2011", "confidentiel-defense"],
                ["fr", "secret"],
                "2011-01-01",
                "",
            ),
            equal(
                ["fr-2011", "secret-defense"],
                ["fr", "tres-secret"],
                "2011-01-01",
                "",
            ),
            equal(
                ["fr-2011", "secret-defense"],
                ["ma", "ma-secret"],
                "2011-01-01",
                "2021-06-30",
            ),
            equal(["fr", "secret"], ["ma", "ma-secret"], "2021-07-01", ""),
        ],
    };
    let own: Schemes = [("ma".into(), ["open", "ma-secret"].map(Into::into).into())].into();
    let marked = |scheme: &str, rank, code: &str| Marking {
        levels: [(scheme.into(), level(rank, code))].into(),
        ..amber(&["FR", "MA"])
    };
    let old = marked("fr-2011", 3, "secret-defense");
    let new = marked("fr", 2, "secret");
    let reads = |party: &str, cleared: [&str; 2], marking: &Marking, on: &str| {
        let reader = Reader {
            cleared: [(cleared[0].into(), cleared[1].into())].into(),
            ..Reader::of(party)
        };
        reader.is_cleared_for(marking, date(on), &own, std::slice::from_ref(&table))
    };
    // SECRET of today does not read SECRET DEFENSE of before; TRES SECRET does, and both new SECRET.
    assert!(!reads("FR", ["fr", "secret"], &old, "2020-01-01"));
    assert!(reads("FR", ["fr", "tres-secret"], &old, "2020-01-01"));
    assert!(reads("FR", ["fr", "secret"], &new, "2022-01-01"));
    assert!(!reads(
        "FR",
        ["fr", "diffusion-restreinte"],
        &new,
        "2022-01-01"
    ));
    // By the table of the day on which it was marked; what no table says is not read.
    assert!(reads("MA", ["ma", "ma-secret"], &old, "2021-06-30"));
    assert!(!reads("MA", ["ma", "ma-secret"], &old, "2021-07-01"));
    assert!(reads("MA", ["ma", "ma-secret"], &new, "2021-07-01"));
    assert!(!reads("MA", ["ma", "ma-secret"], &new, "2021-06-30"));
    assert!(!reads("MA", ["ma", "open"], &new, "2022-01-01"));
    // The table of two says nothing of a third.
    assert!(!reads("ES", ["ma", "ma-secret"], &new, "2022-01-01"));
    assert!(
        !reads("FR", ["eu", "secret-ue"], &new, "2022-01-01"),
        "spelling says nothing"
    );
}

#[test]
fn ix9_a_marking_is_read_as_people_write_it() {
    let own: Schemes = [("ma".into(), ["open", "ma-secret"].map(Into::into).into())].into();
    let read = |text: &str| Marking::parse(text, &own);
    for (text, says) in [
        ("tlp:white", "TLP:CLEAR"),
        (
            "tlp:AMBER+STRICT to:nobody",
            "not releasable, TLP:AMBER+STRICT",
        ),
        (
            "fr:secret ma:ma-secret to:FR,MA h1 chr tlp:amber europol=B2 5x5x5=A1/3",
            "fr:secret, ma:ma-secret, releasable to FR, MA, chr, h1, TLP:AMBER, 5x5x5:A1/3, europol:B2",
        ),
    ] {
        assert_eq!(
            read(text).map(|m| m.to_string()).as_deref(),
            Ok(says),
            "{text}"
        );
    }
    for (text, says) in [
        (
            "",
            "`` in a marking: expected what the Traffic Light Protocol says",
        ),
        (
            "fr:secret h1",
            "expected what the Traffic Light Protocol says",
        ),
        (
            "tlp:blue",
            "`tlp:blue` in a marking: expected tlp:clear, green",
        ),
        (
            "tlp:red fr:secret-defense",
            "`fr:secret-defense` in a marking: expected a level",
        ),
        (
            "tlp:red europol=Q2",
            "`europol=Q2` in a marking: expected a source of A B C X",
        ),
        (
            "tlp:red europol=B",
            "`europol=B` in a marking: expected two codes",
        ),
        ("tlp:red stars=B2", "expected a scheme of europol"),
    ] {
        let error = read(text).expect_err(text).to_string();
        assert!(error.contains(says), "{error}");
    }
}
