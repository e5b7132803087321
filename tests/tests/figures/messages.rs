//! Messages of SDMX-CSV: samples of others, and figures that go out and come in again.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

use chrono::{DateTime, Utc};
use travaux::domain::{
    Actor, AggregateState, Context, PartyId, StreamCommand, StreamId,
    framework::Framework,
    indicator::{
        Attribute, Category, ConfStatus, Confidentiality, Definition, Direction, FigureId,
        FigureKey, Indicator, IndicatorCommand, ObsStatus, Observation, RevisionKind, Status,
        StatusList,
    },
};
use travaux_import::{
    input::Malformed,
    sdmx::{
        Action, Asking, Exported, Known, Message, NotKnown, Plan, Planning, Since, StructureId,
        export, plan, read_message,
    },
};
use travaux_testkit::{
    agreement::date,
    history::{History, framework_id, indicator_id},
    indicator::{counted, directed, going, missing, report, value, version},
    meeting::words,
    needs::{self, LeftOut, Run},
    random::Rng,
};

const DAY: &str = "2024-01-31";

fn samples() -> Result<BTreeMap<String, String>, LeftOut> {
    let folder: PathBuf = needs::corpus("framework/sdmx-csv")?;
    let files = fs::read_dir(folder)
        .expect("the samples")
        .map(|file| file.expect("a file").path());
    let csv = files.filter(|path| path.extension().is_some_and(|end| end == "csv"));
    Ok(csv
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(&path).expect("a sample"))
        })
        .collect())
}

/// Two are bad that are not called so: `ACTION` stands in the head of `action_col`, and its rows are
/// those of the sample without that column. Read by position, each would be of another series.
fn is_bad(name: &str) -> bool {
    let bad = ["exception", "invalid", "action_col"];
    bad.iter().any(|bad| name.contains(bad))
}

/// A row: its structure, what it names, what it does, and its cells with their codes.
type Told = (String, String, Action, BTreeMap<String, Vec<String>>);

/// What a message says, without the lines on which it says it.
fn said(message: &Message) -> Vec<Told> {
    let rows = message.rows.iter();
    rows.map(|row| {
        let cells = row.cells.keys().map(|id| {
            let codes = message.codes(row, id).into_iter().map(str::to_owned);
            (id.clone(), codes.collect())
        });
        (
            row.structure.name().to_owned(),
            row.id.to_string(),
            row.action,
            cells.collect(),
        )
    })
    .collect()
}

pub(super) fn st18_good_messages_are_read_and_written_again() -> Run {
    let samples = samples()?;
    assert_eq!(samples.len(), 30);
    let mut rows = 0;
    for (name, text) in samples.iter().filter(|(name, _)| !is_bad(name)) {
        let message = read_message(name, text).unwrap_or_else(|error| panic!("{error}"));
        rows += message.rows.len();
        let again = read_message(name, &message.to_csv()).expect("what we wrote");
        assert_eq!(said(&again), said(&message), "{name}");
    }
    assert_eq!(rows, 90);
    let message = |name: &str| read_message(name, &samples[name]).expect("a message");
    let labelled = message("sdmx21-csv_labels_both.csv");
    let row = &labelled.rows[0];
    assert_eq!(row.id.to_string(), "MD:MD_TEST(1.0)");
    assert_eq!(labelled.code(row, "DIM1"), Some("A"));
    assert_eq!(labelled.code(row, "TIME_PERIOD"), Some("2020"));
    let named = message("sdmx20-csv_labels_name.csv");
    let ids: Vec<_> = named
        .columns
        .iter()
        .map(|column| column.id.as_str())
        .collect();
    assert_eq!(
        ids,
        ["DIM1", "DIM2", "ATT1", "ATT2", "OBS_VALUE", "TIME_PERIOD"]
    );
    let three = message("sdmx20-data_v2_three_actions.csv");
    let actions: Vec<_> = three.rows.iter().map(|row| row.action).collect();
    assert_eq!(
        actions,
        [
            Action::Delete,
            Action::Replace,
            Action::Replace,
            Action::Merge
        ]
    );
    Ok(())
}

pub(super) fn st18_bad_messages_are_refused_with_line_and_reason() -> Run {
    let samples = samples()?;
    let bad: Vec<_> = samples.iter().filter(|(name, _)| is_bad(name)).collect();
    assert_eq!(bad.len(), 8);
    for (name, text) in bad {
        let refused = read_message(name, text).expect_err("a bad one");
        let problem = &refused.problems[0];
        let says = match name {
            _ if name.contains("invalid_action") => (2, 1, "expected M, R or D", "found `E`"),
            _ if name.contains("structures") => (4, 1, "expected `dataflow`", "`dataTESTERROR`"),
            _ if name.contains("action_col") => (2, 20, "expected 23 cells", "found 22"),
            _ => (
                1,
                1,
                "expected `STRUCTURE` as the first column",
                "found `FREQ`",
            ),
        };
        let (line, problems, expected, found) = says;
        assert_eq!(
            (problem.line, refused.problems.len()),
            (line, problems),
            "{name}"
        );
        assert!(
            problem.what.contains(expected) && problem.what.contains(found),
            "{refused}"
        );
    }
    for (text, line, what) in [
        (
            "STRUCTURE,ID\n",
            1,
            "`STRUCTURE_ID` as the second column, found `ID`",
        ),
        ("STRUCTURE,STRUCTURE_ID,A,A\n", 1, "each once"),
        ("STRUCTURE,STRUCTURE_ID,A[]\n", 1, "`STRUCTURE[;]`"),
        (
            "STRUCTURE[;],STRUCTURE_ID,A[en;fr]\n",
            1,
            "several languages",
        ),
        (
            "STRUCTURE,STRUCTURE_ID,A\ndataflow,X:Y(1.0.0)\n",
            2,
            "expected 3 cells",
        ),
        (
            "STRUCTURE,STRUCTURE_ID,A\n\ndataflow,X:Y,1\n",
            3,
            "AGENCY:ID(VERSION), found `X:Y`",
        ),
        (
            "STRUCTURE,STRUCTURE_ID,A\r\n\r\n\r\ndataflow,X:Y(1.0.0),1\r\ndataflow,X:Y,1\r\n",
            5,
            "AGENCY:ID(VERSION), found `X:Y`",
        ),
        ("", 1, "`STRUCTURE` as the first column"),
    ] {
        let refused = read_message("m.csv", text).expect_err("a bad one");
        assert_eq!(refused.problems[0].line, line, "{text}");
        assert!(refused.problems[0].what.contains(what), "{refused}");
    }
    Ok(())
}

fn definition() -> Definition {
    let category = |key: &str| Category {
        key: key.into(),
        words: words(key),
        deprecated: false,
    };
    Definition {
        decimals: 9,
        categories: vec![category("adults"), category("minors")],
        attributes: vec![Attribute {
            key: "NOTE".into(),
            words: words("a note"),
            mandatory: false,
        }],
        ..directed()
    }
}

fn state(history: &History) -> Indicator {
    history.state(StreamId::Indicator(indicator_id(1)))
}

/// Takes a message in as a party, as one commit would.
fn take(history: &mut History, party: &str, text: &str) -> Result<Plan, Malformed> {
    let message = read_message("m.csv", text)?;
    let context = Context::new(
        Actor::party(party),
        "2024-01-31T18:00:00Z".parse().expect("a time"),
    );
    let framework = StreamId::Framework(framework_id(1));
    let stands: Framework = history.state(framework);
    let planning = Planning {
        context: &context,
        on: date(DAY),
        reason: "deleted",
        framework: (framework, AggregateState::Framework(Arc::new(stands))),
    };
    let now = Arc::new(state(history));
    let known = |id: &StructureId| {
        if (id.agency.as_str(), id.id.as_str()) != ("pact", "passes") {
            return Err(NotKnown(format!("there is no indicator {id}")));
        }
        Ok(Known {
            id: indicator_id(1),
            state: Arc::clone(&now),
        })
    };
    let plan = plan(("m.csv", &message), &planning, &known)?;
    for command in &plan.commands {
        history.does(party, command.clone());
    }
    Ok(plan)
}

/// What is said of each figure that stands, by its reporter.
fn told(indicator: &Indicator) -> BTreeMap<(String, FigureKey), (String, Observation)> {
    let standing = indicator.figures.values();
    let standing = standing.filter_map(|figure| Some((figure, figure.stands()?)));
    let told = standing.map(|(figure, said)| {
        let key = (figure.reporter.to_string(), figure.key.clone());
        (key, (said.version.to_string(), said.observation.clone()))
    });
    told.collect()
}

fn some(rng: &mut Rng) -> Observation {
    let mut said = match rng.below(5) {
        0 => missing(rng.pick(&[ObsStatus::L, ObsStatus::Q, ObsStatus::O])),
        1 => Observation {
            value: None,
            status: Status {
                list: StatusList::V2_2,
                codes: [ObsStatus::K].into(),
            },
            included_in: Some("all".into()),
            ..value("0")
        },
        2 => Observation {
            status: Status {
                list: StatusList::V2_2,
                codes: [ObsStatus::P, ObsStatus::W].into(),
            },
            includes: vec!["732".into(), "minors".into()],
            ..value("-0.000000001")
        },
        _ => value(&format!(
            "{}.{:09}",
            rng.below(1_000_000),
            rng.below(1_000_000_000)
        )),
    };
    if rng.chance(40) {
        let texts = [
            "a \"quoted\", note",
            "two\nlines",
            "semi;colon",
            " blanks ",
            "ملاحظة",
        ];
        said.attributes
            .insert("NOTE".into(), rng.pick(&texts).to_owned());
    }
    if rng.chance(40) {
        said.confidentiality = Confidentiality {
            status: ConfStatus::E,
            until: "2025-12-19T14:30:00+01:00".parse().ok(),
            also_to: vec!["MA".into(), "ES".into()],
        };
    }
    said.source = rng.pick(&["ministry", "files, box 7: \"A\""]).to_owned();
    said
}

pub(super) fn st18_an_exported_message_gives_the_same_figures() -> Run {
    let mut rng = Rng::of("an_exported_message");
    for _ in 0..60 {
        let mut history = counted(definition());
        for period in ["2019", "2020", "2021"] {
            for (direction, category) in [(Direction::Out, "adults"), (Direction::In, "minors")] {
                let counterpart = rng.pick(&["MA", "012", ""]);
                let key = FigureKey {
                    category: Some(category.into()),
                    ..going(period, direction, counterpart)
                };
                history.indicator(1, "FR", report(DAY, "1.0.0", key, some(&mut rng)));
            }
        }
        let before = state(&history);
        let at = "2024-02-01T00:00:00Z".parse().expect("a time");
        let exported = export(&before, ("pact", "passes"), &of(Some(&"FR".into()), at));
        assert_eq!((exported.message.rows.len(), exported.withheld), (6, 0));
        let text = exported.message.to_csv();
        let mut empty = counted(definition());
        let plan = take(&mut empty, "FR", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!((plan.commands.len(), plan.unchanged), (6, 0));
        assert_eq!(told(&state(&empty)), told(&before), "INV31");
        // Again, it says what is on record.
        let again = take(&mut empty, "FR", &text).expect("the same");
        assert_eq!((again.commands.len(), again.unchanged), (0, 6));
        // Others see what they may.
        let others = export(&before, ("pact", "passes"), &of(None, at));
        let hidden = before.figures.values().filter_map(|figure| figure.stands());
        let hidden = hidden
            .filter(|said| !said.observation.confidentiality.is_public(at))
            .count();
        assert_eq!(
            (others.message.rows.len(), others.withheld),
            (6 - hidden, hidden)
        );
    }
    Ok(())
}

/// Who asks for all figures.
fn of(reader: Option<&PartyId>, at: DateTime<Utc>) -> Asking<'_> {
    let after = None;
    Asking { reader, at, after }
}

pub(super) fn qy8_what_is_new_since_a_time_brings_a_copy_up_to_date() -> Run {
    let key = |period: &str| FigureKey {
        category: Some("adults".into()),
        ..going(period, Direction::Out, "MA")
    };
    let mut history = counted(definition());
    for period in ["2018", "2019", "2020", "2021"] {
        history.indicator(1, "FR", report(DAY, "1.0.0", key(period), value("5")));
    }
    let embargoed = Observation {
        confidentiality: Confidentiality {
            status: ConfStatus::E,
            until: "2024-03-01T12:00:00+01:00".parse().ok(),
            also_to: Vec::new(),
        },
        ..value("7")
    };
    let hidden = report(DAY, "1.0.0", key("2022"), embargoed);
    history.indicator(1, "FR", hidden);
    // Of the same period, for the whole world and for another area: who deletes one names it alone.
    for counterpart in ["", "ES"] {
        let key = FigureKey {
            category: Some("adults".into()),
            ..going("2019", Direction::Out, counterpart)
        };
        history.indicator(1, "FR", report(DAY, "1.0.0", key, value("5")));
    }
    let before = state(&history);
    let (reader, time) = (Some(PartyId::from("FR")), "2024-02-01T00:00:00Z");
    let (reader, time): (_, DateTime<Utc>) = (reader.as_ref(), time.parse().expect("a time"));
    let mut copy = counted(definition());
    let whole = export(&before, ("pact", "passes"), &of(reader, time));
    take(&mut copy, "FR", &whole.message.to_csv()).expect("all of it");

    let on = date("2024-02-10");
    let withdraw = |figure| IndicatorCommand::FigureWithdrawn {
        on,
        figure: FigureId(figure),
        reason: "of another period".to_owned(),
    };
    let revised = IndicatorCommand::FigureRevised {
        on,
        figure: FigureId(2),
        kind: RevisionKind::LateData,
        version: version("1.0.0"),
        observation: value("6"),
    };
    let again = report("2024-02-10", "1.0.0", key("2020"), value("8"));
    let new = report("2024-02-10", "1.0.0", key("2023"), value("9"));
    history.at("2024-02-10");
    // One of them comes and goes meanwhile: who has a copy never had it.
    let short = report("2024-02-10", "1.0.0", key("2017"), value("1"));
    // And one that all could see is confidential now.
    let secret = IndicatorCommand::FigureRevised {
        on,
        figure: FigureId(5),
        kind: RevisionKind::Correction,
        version: version("1.0.0"),
        observation: Observation {
            confidentiality: Confidentiality {
                status: ConfStatus::C,
                ..Confidentiality::default()
            },
            ..value("4")
        },
    };
    let acts = [
        revised,
        withdraw(3),
        withdraw(4),
        withdraw(7),
        again,
        new,
        short,
        withdraw(15),
        secret,
    ];
    for act in acts {
        history.indicator(1, "FR", act);
    }
    let stream = StreamId::Indicator(indicator_id(1));
    let log = history.log().iter().filter(|told| told.stream == stream);
    let recorded: BTreeMap<_, _> = log.map(|told| (told.version, told.recorded_at)).collect();
    let after = Some(Since {
        time,
        recorded: &|event| recorded.get(&event).copied(),
    });
    let at = "2024-02-20T00:00:00Z".parse().expect("a time");
    let delta = export(
        &state(&history),
        ("pact", "passes"),
        &Asking { reader, at, after },
    );
    let told_of = |exported: &Exported| -> Vec<_> {
        let rows = exported.message.rows.iter();
        rows.map(|row| (row.action.letter(), row.cells["TIME_PERIOD"].clone()))
            .collect()
    };
    let row = |action: &'static str, period: &str| (action, period.to_owned());
    assert_eq!(
        told_of(&delta),
        [
            row("R", "2018"),
            row("R", "2020"),
            row("R", "2021"),
            row("R", "2023"),
            row("D", "2019"),
            row("D", "2019")
        ]
    );
    take(&mut copy, "FR", &delta.message.to_csv()).expect("what is new");
    assert_eq!(told(&state(&copy)), told(&state(&history)), "INV31");
    // Since the very instant of the last record there is nothing.
    let last = Some(Since {
        time: recorded.values().max().copied().expect("a time"),
        recorded: &|event| recorded.get(&event).copied(),
    });
    let none = export(
        &state(&history),
        ("pact", "passes"),
        &Asking {
            reader,
            at,
            after: last,
        },
    );
    assert_eq!(told_of(&none), []);

    // Others come to see a figure when its embargo ends: then it is new for them.
    let reader = Some(PartyId::from("MA"));
    let of_others = |at: &str| {
        let at = at.parse().expect("a time");
        let reader = reader.as_ref();
        export(
            &state(&history),
            ("pact", "passes"),
            &Asking { reader, at, after },
        )
    };
    let early = of_others("2024-03-01T10:59:59Z");
    // What was confidential before, and is, is no news; what has become so is deleted.
    let counts = |of: &Exported| (of.message.rows.len(), of.deleted, of.withheld);
    assert_eq!(counts(&early), (6, 3, 1));
    assert!(told_of(&early).contains(&row("D", "2021")));
    let late = of_others("2024-03-01T11:00:00Z");
    assert!(told_of(&late).contains(&row("R", "2022")));
    assert_eq!(counts(&late), (7, 3, 1));
    Ok(())
}

pub(super) fn st18_a_message_merges_replaces_and_deletes_in_one_commit() -> Run {
    let mut history = counted(definition());
    let head = "STRUCTURE[;],STRUCTURE_ID,ACTION,REF_AREA,COUNTERPART_AREA,DIRECTION,CATEGORY,\
                TIME_PERIOD,OBS_VALUE,OBS_STATUS[],SOURCE,NOTE\n";
    let row = |action: &str, rest: &str| format!("dataflow,pact:passes(1.0.0),{action},{rest}\n");
    let message = |rows: &[String]| format!("{head}{}", rows.concat());
    let first = message(&[
        row("I", "FR,MA,OUT,adults,2020,5,A,ministry,a note"),
        row("A", "FR,MA,OUT,adults,2021,6,A;P,ministry,"),
        row("M", "FR,MA,OUT,minors,2021,NaN,Q,ministry,"),
    ]);
    let plan = take(&mut history, "FR", &first).expect("three figures");
    assert_eq!(plan.commands.len(), 3);
    // M keeps what it does not tell, R does not; D takes away; the last row finds what those before
    // it left.
    let second = message(&[
        row("M", "FR,MA,OUT,adults,2020,7,,,"),
        row("R", "FR,MA,OUT,adults,2021,8,A,ministry,"),
        row("D", "FR,,,minors,,,,,"),
        row("R", "FR,MA,OUT,minors,2021,9,A,ministry,"),
    ]);
    take(&mut history, "FR", &second).expect("four");
    let indicator = state(&history);
    let told: Vec<_> = told(&indicator)
        .into_values()
        .map(|(_, said)| {
            (
                said.value.map(|v| v.to_string()),
                said.status.codes.len(),
                said.attributes.len(),
            )
        })
        .collect();
    let value = |value: &str| Some(value.to_owned());
    assert_eq!(
        told,
        [(value("7"), 1, 1), (value("8"), 1, 0), (value("9"), 1, 0)]
    );
    assert_eq!(
        indicator.figures.len(),
        4,
        "what was withdrawn stays on record"
    );
    // All that is wrong is told, by line; nothing is done.
    let before = state(&history);
    let bad = message(&[
        row("M", "FR,MA,OUT,adults,2020,8,,,"),
        row("M", "MA,FR,OUT,adults,2020,8,A,ministry,"),
        row("M", "FR,MA,OUT,adults,2020-Q1,8,A,ministry,"),
        row("M", "FR,MA,OUT,old,2019,8,A,ministry,"),
        row("M", "FR,MA,OUT,adults,2019,8,A,,"),
        row("M", "FR,MA,OUT,adults,2016,1e3,A,ministry,"),
        row("D", "FR,MA,OUT,adults,2020,8,,,"),
        row("M", "FR,MA,OUT,adults,2019,8,X,ministry,").replace("1.0.0", "1.0"),
        row("R", "FR,MA,OUT,adults,2018,8,Q,ministry,"),
        row("R", "FR,MA,OUT,adults,2018,8,X,ministry,").replace("passes", "fish"),
        row("M", "FR,MA,OUT,adults,2020,9,,,"),
    ]);
    let refused = take(&mut history, "FR", &bad).expect_err("it is refused");
    let problems: Vec<_> = refused
        .problems
        .iter()
        .map(|p| (p.line, p.to_string()))
        .collect();
    let expected = [
        (3, "expected `FR`, who sends the message, found `MA`"),
        (4, "ST5"),
        (5, "(adults, minors), found `old`"),
        (6, "a source"),
        (7, "`1e3` is no exact number"),
        (8, "deleted as a whole"),
        (9, "`1.0` is no version"),
        (10, "ST6"),
        (11, "there is no indicator pact:fish"),
        (12, "line 2 tells of the same figure"),
    ];
    assert_eq!(problems.len(), expected.len(), "{refused}");
    for ((line, found), (at, says)) in problems.iter().zip(expected) {
        assert!(
            *line == at && found.contains(says),
            "line {at}, {says}: {found}"
        );
    }
    assert_eq!(state(&history), before);
    let unknown = first.replace("NOTE", "REMARK");
    let refused = take(&mut history, "FR", &unknown).expect_err("a column that nobody knows");
    assert!(
        refused
            .to_string()
            .contains("REMARK: this is no column of a figure"),
        "{refused}"
    );
    // What the definition fixes may be told, as it is; why a figure is revised is one of three words.
    let own = state(&history);
    let unit = own
        .definitions()
        .next()
        .expect("a definition")
        .1
        .unit
        .key
        .to_string();
    let told = |unit: &str, why: &str| {
        let head = head.replace("SOURCE,NOTE", "SOURCE,UNIT_MEASURE,REVISION");
        let rest = format!("FR,MA,OUT,adults,2020,8,A,ministry,{unit},{why}");
        format!("{head}{}", row("M", &rest))
    };
    for (unit, why, says) in [
        (
            "metres",
            "CORRECTION",
            "as the definition says, found `metres`",
        ),
        (&unit, "BECAUSE", "found `BECAUSE`"),
    ] {
        let refused = take(&mut history, "FR", &told(unit, why)).expect_err(says);
        assert!(refused.to_string().contains(says), "{refused}");
    }
    for (why, expected) in [
        ("LATE_DATA", RevisionKind::LateData),
        ("CORRECTION", RevisionKind::Correction),
    ] {
        let mut copy = history.clone();
        let plan = take(&mut copy, "FR", &told(&unit, why)).expect("a revision");
        let kind = plan.commands.iter().find_map(|command| match command {
            StreamCommand::Indicator(_, IndicatorCommand::FigureRevised { kind, .. }) => {
                Some(*kind)
            }
            _ => None,
        });
        assert_eq!(kind, Some(expected));
    }
    Ok(())
}
