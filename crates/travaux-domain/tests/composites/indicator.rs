//! Indicators: drafts, adoption, and the step that a change takes.

use travaux_domain::{
    Rule, StreamCommand, StreamId,
    indicator::{
        Attribute, Category, Concept, Course, Definition, Frequency, Indicator,
        IndicatorCommand as I, IndicatorRef, Ratio, Tolerance,
    },
};
use travaux_testkit::{
    history::{History, framework_id, indicator_id},
    indicator::{adopt, adopt_from, concept, counted, decimal, directed, draft, passes, version},
    meeting::{foundation, parties, words},
};

/// A command to the indicator under the number 1.
pub(crate) fn indicator(command: I) -> StreamCommand {
    StreamCommand::Indicator(indicator_id(1), command)
}

/// The indicator under a number, as it stands.
pub(crate) fn state(history: &History, number: u128) -> Indicator {
    history.state(StreamId::Indicator(indicator_id(number)))
}

/// Each of these is refused to a party, by its row and in words that hold these.
#[track_caller]
pub(crate) fn refused(history: &mut History, cases: Vec<(&str, I, Rule, &str)>) {
    for (party, command, rule, says) in cases {
        history.refuses(party, indicator(command), rule, says);
    }
}

pub(crate) fn with(change: impl FnOnce(&mut Definition)) -> Definition {
    let mut definition = passes();
    change(&mut definition);
    definition
}

pub(crate) fn category(key: &str) -> Category {
    Category {
        key: key.into(),
        words: words(key),
        deprecated: false,
    }
}

/// A share of indicators by their numbers, at versions.
pub(crate) fn share(numerator: (u128, &str), denominator: (u128, &str)) -> Definition {
    let of = |(number, version): (u128, &str)| IndicatorRef {
        indicator: indicator_id(number),
        version: version.parse().expect("a reference"),
    };
    let ratio = Ratio {
        numerator: of(numerator),
        denominator: of(denominator),
    };
    with(|d| d.ratio = Some(ratio))
}

fn attribute(key: &str, mandatory: bool) -> Attribute {
    Attribute {
        key: key.into(),
        words: words(key),
        mandatory,
    }
}

fn founded() -> History {
    let mut history = History::new();
    history
        .at("2022-12-01")
        .framework(1, "FR", foundation(&["FR", "MA"]));
    history
}

#[test]
fn st1_a_definition_says_all_that_it_has_to() {
    let mut history = founded();
    let of = |change: fn(&mut Definition)| adopt("2022-12-01", "1.0.0", with(change));
    refused(
        &mut history,
        vec![
            ("US", of(|_| {}), Rule::P0, "`US`"),
            ("FR", of(|d| d.names.clear()), Rule::RC5, "a name"),
            ("FR", of(|d| d.unit.key = "".into()), Rule::RC5, "a key"),
            (
                "FR",
                of(|d| d.population.words.clear()),
                Rule::RC5,
                "words for persons",
            ),
            (
                "FR",
                of(|d| d.reference_event.key = "a b".into()),
                Rule::RC5,
                "without spaces",
            ),
            (
                "FR",
                of(|d| d.method.words = words(" ")),
                Rule::RC5,
                "count-of-files (en)",
            ),
            (
                "FR",
                of(|d| d.sources = vec![String::new()]),
                Rule::RC5,
                "a source",
            ),
            (
                "FR",
                of(|d| d.multiplier = 5),
                Rule::ST1,
                "0, 1, 2, 3, 4, 6, 9, 12, 15",
            ),
            (
                "FR",
                of(|d| d.decimals = 10),
                Rule::ST1,
                "decimals from 0 to 9",
            ),
            (
                "FR",
                of(|d| d.tolerance.relative = decimal("1.1")),
                Rule::ST1,
                "from 0 to 1",
            ),
            (
                "FR",
                of(|d| d.tolerance.absolute = decimal("-1")),
                Rule::ST1,
                "of 0 or more",
            ),
            (
                "FR",
                of(|d| d.reporters.clear()),
                Rule::ST1,
                "one or more who report",
            ),
            (
                "FR",
                of(|d| d.reporters = parties(&["FR", "FR"])),
                Rule::ST1,
                "`FR` twice",
            ),
            (
                "FR",
                of(|d| d.reporters = parties(&["FR", "ES"])),
                Rule::P0,
                "`ES`",
            ),
            (
                "FR",
                of(|d| d.categories = vec![category("a"), category("a")]),
                Rule::ST1,
                "`a` twice",
            ),
            (
                "FR",
                of(|d| d.attributes = vec![attribute("note", false)]),
                Rule::ST1,
                "in capitals",
            ),
            (
                "FR",
                of(|d| d.attributes = vec![attribute("OBS_VALUE", false)]),
                Rule::ST1,
                "no other column",
            ),
        ],
    );
    let other_framework = |framework| I::IndicatorAdopted {
        on: "2022-12-01".parse().expect("a day"),
        framework: framework_id(framework),
        version: version("1.0.0"),
        from: "2015-01-01".parse().expect("a day"),
        definition: passes().into(),
        consenting: parties(&["FR", "MA"]),
    };
    history.refuses(
        "FR",
        indicator(other_framework(2)),
        Rule::RC4,
        "a framework on record",
    );
    history.indicator(1, "FR", other_framework(1));
    history.framework(2, "FR", foundation(&["FR", "MA"]));
    history.refuses(
        "FR",
        indicator(other_framework(2)),
        Rule::RC1,
        "under which it stands",
    );
    let indicator = state(&history, 1);
    let (adopted, definition) = indicator.definition().expect("it was adopted");
    assert_eq!((adopted, definition), (&version("1.0.0"), &passes()));
    let unknown = StreamCommand::Indicator(
        indicator_id(9),
        I::FigureWithdrawn {
            on: "2022-12-01".parse().expect("a day"),
            figure: travaux_domain::indicator::FigureId(1),
            reason: "none".to_owned(),
        },
    );
    history.refuses("FR", unknown, Rule::RC1, "no indicator of that id");
}

#[test]
fn st1_a_share_is_of_other_indicators_at_versions_that_there_are() {
    let mut history = counted(passes());
    history
        .indicator(2, "FR", adopt("2024-01-31", "1.0.0", passes()))
        .indicator(
            2,
            "FR",
            draft(
                "2024-01-31",
                "1.1.0-draft",
                with(|d| d.decimals = 0).name("other"),
            ),
        );
    let of = |numerator, denominator, number: &str| {
        let share = share(numerator, denominator);
        let command = if number.contains('-') {
            draft("2024-01-31", number, share)
        } else {
            adopt("2024-01-31", number, share)
        };
        StreamCommand::Indicator(indicator_id(3), command)
    };
    for (numerator, denominator, number, rule, says) in [
        (
            (1, "1.0.0"),
            (1, "1.0.0"),
            "1.0.0",
            Rule::ST1,
            "another than the denominator",
        ),
        (
            (1, "1.0.0"),
            (7, "1.0.0"),
            "1.0.0",
            Rule::ST1,
            "an indicator under the same framework",
        ),
        (
            (1, "1.0.1"),
            (2, "1.0.0"),
            "1.0.0",
            Rule::ST3,
            "(1.0.0), found `1.0.1`",
        ),
        (
            (1, "2+"),
            (2, "1.0.0"),
            "1.0.0",
            Rule::ST3,
            "found `2+.0.0`",
        ),
        // A stable share names no draft, by wildcard or by name.
        ((1, "1+"), (2, "1.1+"), "1.0.0", Rule::ST3, "found `1.1+.0`"),
        (
            (1, "1+"),
            (2, "1.1.0-draft"),
            "1.0.0",
            Rule::ST3,
            "found `1.1.0-draft`",
        ),
    ] {
        history.refuses("FR", of(numerator, denominator, number), rule, says);
    }
    history.does("FR", of((1, "1+"), (2, "1.1.0-draft"), "1.0.0-draft"));
    history.does("FR", of((1, "1+"), (2, "1.0+"), "1.0.0"));
    let own = StreamCommand::Indicator(
        indicator_id(1),
        adopt("2024-01-31", "2.0.0", share((1, "1.0.0"), (2, "1.0.0"))),
    );
    history.refuses("FR", own, Rule::RC1, "itself");
}

trait Called {
    fn name(self, name: &str) -> Self;
}

impl Called for Definition {
    fn name(mut self, name: &str) -> Self {
        self.names = words(name);
        self
    }
}

#[test]
fn st2_each_change_takes_its_step() {
    let key = |key: &str| -> Concept { concept(key) };
    let whole = with(|d| {
        d.categories = vec![category("asylum"), category("return")];
        d.attributes = vec![attribute("NOTE", false), attribute("OFFICE", true)];
        d.ratio = None;
    });
    let cases: Vec<(&str, Definition, &str, &str)> = vec![
        (
            "names",
            whole.clone().name("Passes"),
            "1.0.1",
            "another name",
        ),
        (
            "description",
            Definition {
                description: words("x"),
                ..whole.clone()
            },
            "1.0.1",
            "another",
        ),
        (
            "sources",
            Definition {
                sources: vec![],
                ..whole.clone()
            },
            "1.0.1",
            "other sources",
        ),
        (
            "words of a unit",
            Definition {
                unit: Concept {
                    words: words("laissez-passer"),
                    ..key("passes")
                },
                ..whole.clone()
            },
            "1.0.1",
            "other words for the unit",
        ),
        (
            "order",
            {
                let mut d = whole.clone();
                d.categories.reverse();
                d
            },
            "1.0.1",
            "another order",
        ),
        (
            "words of a category",
            {
                let mut d = whole.clone();
                d.categories[0].words = words("protection");
                d
            },
            "1.0.1",
            "category asylum",
        ),
        (
            "code added",
            {
                let mut d = whole.clone();
                d.categories.insert(0, category("work"));
                d
            },
            "1.1.0",
            "category work added",
        ),
        (
            "code deprecated",
            {
                let mut d = whole.clone();
                d.categories[0].deprecated = true;
                d
            },
            "1.1.0",
            "category asylum deprecated",
        ),
        (
            "optional attribute added",
            {
                let mut d = whole.clone();
                d.attributes.push(attribute("ORDER", false));
                d
            },
            "1.1.0",
            "optional attribute ORDER added",
        ),
        (
            "attribute made optional",
            {
                let mut d = whole.clone();
                d.attributes[1].mandatory = false;
                d
            },
            "1.1.0",
            "attribute OFFICE is optional",
        ),
        (
            "method",
            Definition {
                method: key("sample"),
                ..whole.clone()
            },
            "1.1.0",
            "`sample`",
        ),
        (
            "tolerance",
            Definition {
                tolerance: Tolerance::default(),
                ..whole.clone()
            },
            "1.1.0",
            "another tolerance",
        ),
        (
            "code removed",
            {
                let mut d = whole.clone();
                d.categories.pop();
                d
            },
            "2.0.0",
            "return removed",
        ),
        (
            "code changed",
            {
                let mut d = whole.clone();
                d.categories[0].key = "asile".into();
                d
            },
            "2.0.0",
            "category asylum removed",
        ),
        (
            "no categories",
            Definition {
                categories: vec![],
                ..whole.clone()
            },
            "2.0.0",
            "not told by",
        ),
        (
            "mandatory attribute added",
            {
                let mut d = whole.clone();
                d.attributes.push(attribute("ORDER", true));
                d
            },
            "2.0.0",
            "mandatory attribute ORDER added",
        ),
        (
            "attribute made mandatory",
            {
                let mut d = whole.clone();
                d.attributes[0].mandatory = true;
                d
            },
            "2.0.0",
            "attribute NOTE is mandatory",
        ),
        (
            "attribute removed",
            {
                let mut d = whole.clone();
                d.attributes.remove(0);
                d
            },
            "2.0.0",
            "NOTE",
        ),
        (
            "unit",
            Definition {
                unit: key("persons"),
                ..whole.clone()
            },
            "2.0.0",
            "unit `passes` is",
        ),
        (
            "population",
            Definition {
                population: key("all"),
                ..whole.clone()
            },
            "2.0.0",
            "`all`",
        ),
        (
            "reference event",
            Definition {
                reference_event: key("day-of-request"),
                ..whole.clone()
            },
            "2.0.0",
            "reference event `day-of-issue`",
        ),
        (
            "multiplier",
            Definition {
                multiplier: 3,
                ..whole.clone()
            },
            "2.0.0",
            "another multiplier",
        ),
        (
            "decimals",
            Definition {
                decimals: 1,
                ..whole.clone()
            },
            "2.0.0",
            "another decimals",
        ),
        (
            "frequency",
            Definition {
                frequency: Frequency::M,
                ..whole.clone()
            },
            "2.0.0",
            "frequency",
        ),
        (
            "year",
            Definition {
                year_start: "07-01".parse().ok(),
                ..whole.clone()
            },
            "2.0.0",
            "another year start",
        ),
        (
            "course",
            Definition {
                course: Course::Directed,
                ..whole.clone()
            },
            "2.0.0",
            "a direction",
        ),
        (
            "reporters",
            Definition {
                reporters: parties(&["FR"]),
                ..whole.clone()
            },
            "2.0.0",
            "MA reports",
        ),
    ];
    for (what, definition, least, why) in cases {
        let history = counted(whole.clone());
        for number in ["1.0.1", "1.1.0", "2.0.0"] {
            let decided = history.decided(
                "MA",
                indicator(adopt("2024-01-31", number, definition.clone())),
            );
            let enough = version(number) >= version(least);
            assert_eq!(decided.is_ok(), enough, "{what} by {number}");
            if let Err(refusal) = decided {
                let says = refusal.to_string();
                assert!(refusal.rule == Rule::ST2, "{what}: {says}");
                assert!(
                    says.contains(&format!("expected {least}")) && says.contains(why),
                    "{says}"
                );
            }
            // A draft has the scope of what it is a draft of.
            let drafted = draft("2024-01-31", &format!("{number}-draft"), definition.clone());
            let decided = history.decided("MA", indicator(drafted));
            let rule = decided
                .map(|decided| decided.legal_basis.rule)
                .map_err(|r| r.rule);
            assert_eq!(
                rule,
                if enough {
                    Ok(Rule::ST3)
                } else {
                    Err(Rule::ST3)
                },
                "{what}"
            );
        }
    }
}

#[test]
fn st2_a_version_is_adopted_by_all_in_its_order() {
    let mut history = counted(passes());
    let renamed = |name: &str| passes().name(name);
    let by_one = |mut command: I| {
        if let I::IndicatorAdopted { consenting, .. } = &mut command {
            *consenting = parties(&["FR"]);
        }
        command
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                adopt("2024-01-31", "1.0.1", passes()),
                Rule::ST2,
                "another than 1.0.0",
            ),
            (
                "FR",
                adopt("2024-01-31", "1.1.1", renamed("a")),
                Rule::ST2,
                "no step from 1.0.0",
            ),
            (
                "FR",
                adopt("2024-01-31", "2.0.1", renamed("a")),
                Rule::ST2,
                "no step from 1.0.0",
            ),
            (
                "FR",
                by_one(adopt("2024-01-31", "1.0.1", renamed("a"))),
                Rule::ST2,
                "missing: MA",
            ),
            (
                "FR",
                adopt("2022-11-30", "1.0.1", renamed("a")),
                Rule::RC3,
                "1.0.0 was adopted",
            ),
            (
                "FR",
                adopt_from("2024-01-31", "1.0.1", "2014-12-31", renamed("a")),
                Rule::ST2,
                "a day from 2015-01-01 on",
            ),
            (
                "FR",
                adopt("2024-02-02", "1.0.1", renamed("a")),
                Rule::RC3,
                "has come",
            ),
        ],
    );
    let narrowed = || with(|d| d.population = concept("adults"));
    history
        .indicator(
            1,
            "MA",
            adopt_from("2024-01-31", "2.0.0", "2024-01-01", narrowed()),
        )
        // The earlier major version goes on beside it.
        .indicator(
            1,
            "MA",
            adopt_from("2024-01-31", "1.0.1", "2023-01-01", renamed("a")),
        )
        .refuses(
            "MA",
            indicator(adopt_from(
                "2024-01-31",
                "1.0.2",
                "2024-01-02",
                renamed("b"),
            )),
            Rule::ST2,
            "a day up to 2024-01-01",
        )
        .refuses(
            "MA",
            indicator(adopt("2024-01-31", "1.1.0", renamed("a"))),
            Rule::ST2,
            "another than 1.0.1",
        );
    let indicator = state(&history, 1);
    let day = |day: &str| indicator.version_for(day.parse().expect("a day")).cloned();
    assert_eq!(day("2014-12-31"), None);
    assert_eq!(day("2022-12-31"), Some(version("1.0.0")));
    assert_eq!(day("2023-01-01"), Some(version("1.0.1")));
    assert_eq!(day("2024-01-01"), Some(version("2.0.0")));
}

#[test]
fn st2_in_version_0_anything_may_change() {
    let mut history = founded();
    history
        .indicator(1, "FR", adopt("2022-12-01", "0.1.0", passes()))
        .indicator(1, "FR", adopt("2022-12-01", "0.1.1", directed()))
        .indicator(1, "FR", adopt("2022-12-01", "0.2.0", passes()))
        .refuses(
            "FR",
            indicator(adopt("2022-12-01", "0.2.0", directed())),
            Rule::ST3,
            "never changes",
        )
        // What comes after it is the first that has to fit nothing.
        .indicator(1, "FR", adopt("2022-12-01", "1.0.0", directed()));
    let refused = indicator(adopt("2022-12-01", "1.0.1", passes()));
    history.refuses("FR", refused, Rule::ST2, "expected 2.0.0");
}

#[test]
fn st3_what_was_adopted_stays_and_a_draft_changes() {
    let mut history = founded();
    let other = || with(|d| d.unit = concept("persons"));
    history
        .indicator(1, "FR", draft("2022-12-01", "1.0.0-draft", passes()))
        .refuses(
            "MA",
            indicator(draft("2022-12-01", "1.0.0-draft", passes())),
            Rule::ST3,
            "another draft",
        )
        .refuses(
            "MA",
            indicator(draft("2022-12-01", "1.0.0", passes())),
            Rule::ST3,
            "an extension",
        )
        .refuses(
            "MA",
            indicator(adopt("2022-12-01", "1.0.0-rc.1", passes())),
            Rule::ST3,
            "a draft",
        )
        .refuses(
            "MA",
            indicator(draft("2022-11-30", "1.0.0-draft", other())),
            Rule::RC3,
            "last drafted",
        )
        .indicator(1, "MA", draft("2022-12-01", "1.0.0-draft", other()))
        .indicator(1, "MA", draft("2022-12-01", "1.0.0-draft.2", passes()))
        .indicator(1, "MA", draft("2022-12-01", "1.1.0-draft", passes()));
    let drafted = state(&history, 1);
    let last = history.log().last().map(|r| r.event.type_name());
    assert_eq!(last, Some("IndicatorDrafted"));
    assert_eq!(
        drafted.definition().map(|(v, _)| v),
        Some(&version("1.1.0-draft"))
    );
    assert_eq!(drafted.drafts.len(), 3);
    history
        .indicator(1, "FR", adopt("2022-12-01", "1.0.0", passes()))
        .refuses(
            "MA",
            indicator(draft("2022-12-01", "1.0.0-draft.3", other())),
            Rule::ST3,
            "was not adopted",
        )
        .refuses(
            "FR",
            indicator(adopt("2022-12-01", "1.0.0", other())),
            Rule::ST3,
            "never changes",
        );
    let adopted = state(&history, 1);
    let drafts: Vec<_> = adopted.drafts.keys().map(ToString::to_string).collect();
    assert_eq!(
        drafts,
        ["1.1.0-draft"],
        "the drafts of what was adopted are done with"
    );
    assert_eq!(
        adopted.definition().map(|(v, _)| v),
        Some(&version("1.0.0"))
    );
}

#[test]
fn st2_a_version_that_comes_in_between_leaves_the_next_a_lawful_step() {
    let of = |keys: &[&str]| {
        with(|definition| definition.categories = keys.iter().map(|key| category(key)).collect())
    };
    let mut history = counted(of(&["adults"]));
    history.indicator(
        1,
        "FR",
        adopt("2024-01-31", "1.2.0", of(&["adults", "minors"])),
    );
    refused(
        &mut history,
        vec![
            (
                "FR",
                adopt("2024-01-31", "1.1.0", of(&["adults", "women"])),
                Rule::ST2,
                "from which 1.2.0 is a step that its changes need",
            ),
            (
                "FR",
                adopt("2024-01-31", "1.1.0", of(&["adults", "minors"])),
                Rule::ST2,
                "the same",
            ),
        ],
    );
}

#[test]
fn st1_and_rc3_an_indicator_begins_under_a_framework_that_stands() {
    let mut history = History::new();
    history
        .at("2022-12-01")
        .framework(1, "FR", foundation(&["FR", "MA"]));
    let early = indicator(adopt("2022-11-30", "1.0.0", passes()));
    history.refuses("FR", early, Rule::RC3, "the framework was adopted");
}
