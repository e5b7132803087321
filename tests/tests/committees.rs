//! Decisions of joint committees as they were published: each is recorded with its dates, though its
//! effect lies before it, or before its publication; and the text of an annex is told as it was
//! known then (EU-Switzerland 1/2006 and 1/2012).

use std::{collections::BTreeMap, fs, process::ExitCode};

use chrono::{Days, NaiveDate};
use serde_json::Value;
use travaux::{
    domain::{
        Name, StreamCommand, StreamId,
        body::{
            BodyCommand as B, Draft, EffectPart, Establishment, How, Openness, Procedure, Standing,
            Verb,
        },
    },
    projections::{AgreementRecord, InForceQuestion},
};
use travaux_testkit::{
    agreement::{accept, date, lang},
    body::*,
    history::{History, agreement_id},
    meeting::parties,
    needs::{self, LeftOut, Run, corpus},
    tests,
};

fn main() -> ExitCode {
    needs::main(tests![
        published_decisions_are_recorded_with_all_their_dates,
        the_text_of_an_annex_is_that_of_its_day_as_it_was_known,
    ])
}

/// A decision, as the file tells it; what nobody saw is not there.
#[derive(Clone, Debug)]
struct Published {
    body: String,
    number: Option<String>,
    decided: Option<NaiveDate>,
    published: Option<NaiveDate>,
    effect: Vec<NaiveDate>,
    note: String,
}

fn published() -> Result<Vec<Published>, LeftOut> {
    let file = corpus("framework/joint-committee-decisions.json")?;
    let text = fs::read_to_string(file).expect("the decisions");
    let file: Value = serde_json::from_str(&text).expect("they are JSON");
    let text = |one: &Value, field: &str| one[field].as_str().map(str::to_owned);
    let day = |value: &Value| value.as_str().map(date);
    let one = |one: &Value| Published {
        body: text(one, "body").expect("a body"),
        number: text(one, "number"),
        decided: day(&one["decided"]),
        published: day(&one["published"]),
        effect: one["effect"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(day)
            .collect(),
        note: text(one, "note").unwrap_or_default(),
    };
    let decisions = file["decisions"].as_array().expect("decisions");
    Ok(decisions.iter().map(one).collect())
}

/// A committee that decides on everything that its decisions are about, since 1993.
fn committee_of(key: &str, history: &mut History) {
    let own = Establishment {
        parties: parties(&["A", "B"]),
        competences: vec![
            competence("all", Verb::Decide, &["all"]),
            competence("rules", Verb::AdoptOwnRules, &[]),
        ],
        ..committee(key)
    };
    let rules = Procedure {
        open: Openness {
            decisions: true,
            ..Openness::default()
        },
        ..procedure(1, false)
    };
    let adopted = B::RulesAdopted {
        on: date("1993-01-01"),
        rules,
        consenting: parties(&["A", "B"]),
    };
    history
        .does("A", body(key, establish("1993-01-01", own)))
        .does("A", body(key, adopted));
}

/// Those who consent, and how, as the record of a decision tells.
fn how(one: &Published) -> How {
    match one.note.contains("exchange of electronic copies") {
        true => How::InWriting,
        false => How::Together {
            session: None,
            consenting: parties(&["A", "B"]),
        },
    }
}

fn published_decisions_are_recorded_with_all_their_dates() -> Run {
    let all = published()?;
    assert_eq!(all.len(), 25);
    let mut history = History::new();
    framework(&mut history, &["A", "B"], "1993-01-01");
    treaty(&mut history, 1, ["A", "B"], vec![], "1993-01-01");
    history.at("2024-01-01");
    let bodies: BTreeMap<_, _> = all.iter().map(|one| one.body.as_str()).zip(0..).collect();
    let bodies: BTreeMap<_, _> = bodies
        .into_iter()
        .map(|(name, n)| (name, format!("body-{n}")))
        .collect();
    for key in bodies.values() {
        committee_of(key, &mut history);
    }
    // A decision whose day nobody told cannot be recorded as one.
    let dated: Vec<_> = all.iter().filter(|one| one.decided.is_some()).collect();
    assert_eq!(dated.len(), 22);
    for (n, one) in dated.iter().enumerate() {
        let (key, on) = (&bodies[one.body.as_str()], one.decided.expect("a day"));
        let mut own = draft(&format!("d{n}"), Verb::Decide, "all");
        own.effects = one
            .effect
            .iter()
            .map(|from| EffectPart {
                part: None,
                from: *from,
            })
            .collect();
        record(&mut history, key, one, on, own);
    }
    // What is told of each is what is in the file.
    let mut before_it = Vec::new();
    let mut before_publication = Vec::new();
    for (n, one) in dated.iter().enumerate() {
        let own = state(&history, &bodies[one.body.as_str()]);
        let decision = &own.decisions[format!("d{n}").as_str()];
        let (on, number) = (one.decided.expect("a day"), one.number.clone());
        let since = one.effect.iter().min().copied().unwrap_or(on);
        assert_eq!(
            own.standing(decision, since),
            Standing::InEffect { since },
            "{number:?}"
        );
        let eve = since.pred_opt().expect("a day");
        assert!(!matches!(
            own.standing(decision, eve),
            Standing::InEffect { .. }
        ));
        let adopted = decision.adopted.as_ref().expect("it was adopted");
        assert_eq!(adopted.number.as_deref().map(str::to_owned), number);
        assert_eq!(adopted.at.on, on);
        assert_eq!(
            decision.published.as_ref().map(|(_, at)| at.on),
            one.published
        );
        let name = number.expect("a number");
        if since < on {
            before_it.push(name.clone());
        }
        if one.published.is_some_and(|published| since < published) && !one.effect.is_empty() {
            before_publication.push(name);
        }
    }
    assert_eq!(before_it, ["1/2006"]);
    before_publication.sort();
    assert_eq!(before_publication, ["1/2006", "1/2012"]);
    Ok(())
}

/// Puts a decision on record: its draft, its adoption, its publication.
fn record(history: &mut History, key: &str, one: &Published, on: NaiveDate, own: Draft) {
    let (day, how) = (on.to_string(), how(one));
    // In writing, the parties had the 21 days that the rules give.
    let first = match &how {
        How::InWriting => on - Days::new(21),
        How::Together { .. } => on,
    };
    history.does("A", body(key, drafted(&first.to_string(), own.clone())));
    if how == How::InWriting {
        let opened = B::WrittenProcedureOpened {
            on: first,
            decision: own.key.clone(),
            until: on,
        };
        history.does("A", body(key, opened));
        for party in ["A", "B"] {
            let voice = B::WrittenVoiceGiven {
                on,
                decision: own.key.clone(),
                consents: true,
            };
            history.does(party, body(key, voice));
        }
    }
    let mut adopted = decide_by(&day, &own, "all", how);
    if let B::DecisionAdopted { number, .. } = &mut adopted {
        *number = one.number.as_deref().map(Name::from);
    }
    history.does("A", body(key, adopted));
    if let Some(published) = one.published {
        let told = B::DecisionPublished {
            on: published,
            decision: own.key,
            source: "Official Journal".to_owned(),
        };
        history.does("A", body(key, told));
    }
}

/// The committee on free movement of persons, with what it decided on annex II, recorded when it was
/// published; the words are drafts of our own.
fn free_movement(all: &[Published]) -> History {
    let mut history = History::new();
    framework(&mut history, &["EU", "CH"], "2002-06-01");
    treaty(
        &mut history,
        1,
        ["EU", "CH"],
        vec![power("fmp")],
        "2002-06-01",
    );
    let own = Establishment {
        parties: parties(&["EU", "CH"]),
        ..committee("fmp")
    };
    history.does("EU", body("fmp", establish("2002-06-01", own)));
    let mut revision = 1;
    let mut list_of = "2002".to_owned();
    for number in ["2/2003", "1/2006", "1/2012"] {
        let mut found = all.iter().filter(|one| one.body.contains("free movement"));
        let one = found.find(|one| one.number.as_deref() == Some(number));
        let one = one.expect("it is in the file");
        let (on, told) = (one.decided.expect("a day"), one.published.expect("a day"));
        let effects = match &one.effect[..] {
            [] => vec![on],
            some => some.to_vec(),
        };
        history.at(&told.to_string());
        let mut changes = Vec::new();
        for (n, from) in effects.iter().enumerate() {
            let next = format!("{} ({})", number.replace('/', "-"), n + 1);
            history.agreement(1, "EU", list(&list_of, &next, revision));
            revision += 1;
            history.agreement(1, "CH", accept(revision));
            changes.push((revision, from.to_string()));
            list_of = next;
        }
        let changes: Vec<_> = changes
            .iter()
            .map(|(n, from)| (*n, from.as_str()))
            .collect();
        let draft = annex_draft(number, &changes);
        let mut adopted = decide_by(
            &on.to_string(),
            &draft,
            "annex-2",
            How::Together {
                session: None,
                consenting: parties(&["EU", "CH"]),
            },
        );
        if let B::DecisionAdopted { number: own, .. } = &mut adopted {
            *own = Some(number.into());
        }
        history
            .does("EU", body("fmp", drafted(&on.to_string(), draft.clone())))
            .does("EU", body("fmp", adopted));
        for change in &draft.annexes {
            let carry = StreamCommand::Agreement(agreement_id(1), amended("fmp", change).into());
            history.does("EU", carry);
        }
    }
    history
}

fn the_text_of_an_annex_is_that_of_its_day_as_it_was_known() -> Run {
    let history = free_movement(&published()?);
    let mut record = AgreementRecord::default();
    let stream = StreamId::Agreement(agreement_id(1));
    let of_it = history.log().iter().filter(|told| told.stream == stream);
    of_it.for_each(|told| record.apply(told));
    let text = |on: &str, known: &str| {
        let answer = record.in_force_between(InForceQuestion {
            on: date(on),
            known_at: Some(date(known).and_hms_opt(0, 0, 0).expect("a time").and_utc()),
            between: ("EU".into(), "CH".into()),
        });
        let text = record.print_in_force(&answer, lang("fr")).expect("a text");
        let line = text.lines().find(|line| line.starts_with("Annexe II"));
        line.expect("the annex").to_owned()
    };
    let list = |of: &str| format!("Annexe II : la liste de {of}.");
    // The same day, as it was known in 2005 and in 2007.
    assert_eq!(text("2004-07-01", "2005-01-01"), list("2-2003 (1)"));
    assert_eq!(text("2004-07-01", "2007-01-01"), list("1-2006 (2)"));
    // Between the two effects of one decision, and the day before both.
    assert_eq!(text("2004-05-31", "2007-01-01"), list("1-2006 (1)"));
    assert_eq!(text("2003-12-31", "2007-01-01"), list("2-2003 (1)"));
    // In effect on 1 April 2012, published on 13 April.
    assert_eq!(text("2012-04-05", "2012-04-06"), list("1-2006 (2)"));
    assert_eq!(text("2012-04-05", "2012-05-01"), list("1-2012 (1)"));
    assert_eq!(text("2002-12-31", "2012-05-01"), list("2002"));
    Ok(())
}
