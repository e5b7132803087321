use travaux_domain::effect::{Effect, Evaluation, Fact, FactKind, Facts, Period};

use travaux_testkit::agreement::*;

fn effect(text: &str) -> Effect {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn effects_read_back_as_they_are_written() {
    for text in [
        "2001-05-01",
        "adoption",
        "authentication",
        "1st signature",
        "22nd instrument",
        "13th consent",
        "last notification",
        "own consent",
        "30 days after last instrument",
        "1 month after 3rd notification",
        "2 years after own consent",
        "first day of the 2nd month after 2nd notification",
        "earliest of (2001-05-01, last signature)",
        "latest of (30 days after adoption, 35th instrument, earliest of (adoption, authentication))",
        "undetermined",
        "undetermined \"Article 14\"",
    ] {
        assert_eq!(effect(text).to_string(), text);
        let json = serde_json::to_string(&effect(text)).expect("JSON");
        assert_eq!(
            serde_json::from_str::<Effect>(&json).expect("it reads back"),
            effect(text)
        );
    }
    assert_eq!(effect("on last signature"), effect("last signature"));
    assert_eq!(effect("second notification"), effect("2nd notification"));
    assert_eq!(effect("first notification"), effect("1st notification"));
    assert_eq!(
        effect(" first day of the  second month after second notification "),
        effect("first day of the 2nd month after 2nd notification")
    );
    assert_eq!(
        effect("2 weeks after adoption"),
        effect("14 days after adoption")
    );
}

#[test]
fn what_is_no_effect_is_said_with_its_place() {
    let check = |text: &str, says: &str| {
        let error = text.parse::<Effect>().expect_err("it is none").to_string();
        assert!(error.contains(says), "{error}");
    };
    check("", "at `the end`: expected a date");
    check("30 days", "at `the end`: expected `after`");
    check(
        "30 moons after adoption",
        "at `moons after adoption`: expected `days`",
    );
    check(
        "2nd adoption",
        "at `adoption`: expected something that each party does",
    );
    check("0th signature", "expected a date");
    check("latest of (adoption", "expected `,` or `)`");
    check("latest of adoption", "expected `(`");
    check("undetermined \"Article", "expected a closing `\"`");
    check("adoption adoption", "at `adoption`: expected nothing more");
    check("99999999999 days after adoption", "a smaller number");
    check(
        "first day of the next month after adoption",
        "an ordinal such as `2nd`",
    );
    check(
        &format!("{}adoption", "1 day after ".repeat(99)),
        "less within less",
    );
    assert_eq!("6 months".parse::<Period>(), Ok(Period::Months(6)));
    assert!("6 moons".parse::<Period>().is_err());
}

fn fact(kind: FactKind, on: &str, party: Option<&str>, event: u64) -> Fact {
    Fact {
        kind,
        on: date(on),
        party: party.map(Into::into),
        until: None,
        event,
    }
}

/// Two of three have notified, one of them twice; the text is adopted.
fn facts(own: Option<&str>) -> Facts {
    Facts {
        facts: vec![
            fact(FactKind::Adoption, "2001-01-31", None, 1),
            fact(FactKind::Notification, "2001-03-15", Some("B"), 5),
            fact(FactKind::Notification, "2001-02-10", Some("A"), 4),
            fact(FactKind::Notification, "2001-03-20", Some("A"), 6),
        ],
        parties: ids(&["A", "B", "C"]),
        own: own.map(|own| (own.into(), date("2001-01-01"))),
        ..Facts::default()
    }
}

fn check(text: &str, own: Option<&str>, expected: Result<&str, &str>) {
    let found = match effect(text).evaluate(&facts(own)) {
        Evaluation::Date { on, .. } => Ok(on.to_string()),
        Evaluation::Pending { missing } => Err(missing.join("; ")),
    };
    assert_eq!(
        found.as_ref().map(String::as_str).map_err(String::as_str),
        expected,
        "{text}"
    );
}

#[test]
fn an_effect_is_a_date_or_what_is_still_waited_for() {
    check("2001-05-01", None, Ok("2001-05-01"));
    check("adoption", None, Ok("2001-01-31"));
    check("1 month after adoption", None, Ok("2001-02-28"));
    check("1 year after adoption", None, Ok("2002-01-31"));
    check("30 days after adoption", None, Ok("2001-03-02"));
    check("1st notification", None, Ok("2001-02-10"));
    check("2nd notification", None, Ok("2001-03-15"));
    check(
        "first day of the 2nd month after 2nd notification",
        None,
        Ok("2001-05-01"),
    );
    check(
        "first day of the 10th month after 2nd notification",
        None,
        Ok("2002-01-01"),
    );
    check(
        "3rd notification",
        None,
        Err("the 3rd notification (2 so far)"),
    );
    check("last notification", None, Err("the notification of C"));
    check(
        "authentication",
        None,
        Err("the authentication of the text"),
    );
    check("own notification", Some("B"), Ok("2001-03-15"));
    check("own notification", Some("C"), Err("the notification of C"));
    check("own notification", None, Err("the party's notification"));
    check(
        "earliest of (3rd notification, 2nd notification, 2001-04-01)",
        None,
        Ok("2001-03-15"),
    );
    check(
        "earliest of (3rd notification, authentication)",
        None,
        Err("the 3rd notification (2 so far); the authentication of the text"),
    );
    check(
        "latest of (1st notification, adoption)",
        None,
        Ok("2001-02-10"),
    );
    check(
        "latest of (1st notification, 30 days after 3rd notification)",
        None,
        Err("the 3rd notification (2 so far)"),
    );
    check(
        "undetermined \"Article 14\"",
        None,
        Err("an agreement of the parties: Article 14 leaves it open"),
    );
    check(
        "undetermined",
        None,
        Err("an agreement of the parties: the text leaves it open"),
    );
}

#[test]
fn the_last_is_that_of_those_who_negotiated() {
    let later = Facts {
        facts: vec![
            fact(FactKind::Consent, "2001-01-01", Some("A"), 1),
            fact(FactKind::Consent, "2009-01-01", Some("Z"), 2),
        ],
        parties: ids(&["A"]),
        ..Facts::default()
    };
    assert_eq!(
        effect("last consent").evaluate(&later).date(),
        Some(date("2001-01-01"))
    );
}

#[test]
fn a_date_has_its_trace() {
    let Evaluation::Date { trace, .. } =
        effect("first day of the 2nd month after 2nd notification").evaluate(&facts(None))
    else {
        panic!("it is settled")
    };
    let steps: Vec<_> = trace
        .iter()
        .map(|s| (s.what.as_str(), s.on.to_string(), s.event))
        .collect();
    assert_eq!(
        steps,
        [
            ("2nd notification of B", "2001-03-15".to_owned(), Some(5)),
            (
                "first day of the 2nd month that follows",
                "2001-05-01".to_owned(),
                None
            ),
        ]
    );
}

#[test]
fn an_effect_nests_only_so_deep() {
    let days = |n: usize| format!("{}adoption", "1 day after ".repeat(n)).parse::<Effect>();
    let months = |n: usize| {
        format!("{}adoption", "first day of the 1st month after ".repeat(n)).parse::<Effect>()
    };
    let lists = |n: usize| {
        format!("{}adoption{}", "latest of (".repeat(n), ")".repeat(n)).parse::<Effect>()
    };
    let pairs = |n: usize| {
        format!(
            "{}adoption{}",
            "latest of (adoption, ".repeat(n),
            ")".repeat(n)
        )
        .parse::<Effect>()
    };
    for nested in [&days as &dyn Fn(usize) -> _, &months, &lists, &pairs] {
        let deepest = (1..1_000).take_while(|n| nested(*n).is_ok()).last();
        assert_eq!(deepest, Some(32));
        assert!(
            nested(100_000)
                .expect_err("it is too deep")
                .to_string()
                .contains("less within less")
        );
    }
}
