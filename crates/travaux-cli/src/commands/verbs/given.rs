//! What the options of a verb were given, as the acts that it becomes. Everything that is wrong with
//! them is said at once, by the option.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use travaux::domain::{AgreementId, MeetingId, RequestId, partnership::ItemRef};
use travaux_import::input::{Problem, Provisions, Written, read_input};

use super::{Act, ArgKind, Field, ParsedVerb, Presence};
use crate::{error::CliError, input::read_text};
use std::path::Path;

/// Finds what words name.
type Finding<'a, W, T> = &'a dyn Fn(&W) -> Result<T, CliError>;

/// Finds what is named on the command line.
pub(super) struct Named<'a> {
    /// The agreement of a name.
    pub(super) agreement: Finding<'a, str, AgreementId>,
    /// The text adopted last, in which provisions go by labels or ids; none, if none is named.
    pub(super) provisions: Option<&'a Provisions>,
    /// The meeting of a name.
    pub(super) meeting: Finding<'a, str, MeetingId>,
    /// The request of a name.
    pub(super) request: Finding<'a, str, RequestId>,
}

/// The events that a verb asks for.
pub(super) fn events<E: DeserializeOwned>(
    given: &ParsedVerb,
    named: &Named<'_>,
) -> Result<Vec<E>, CliError> {
    let mut wrong = Vec::new();
    let mut values = Vec::new();
    for (field, words) in &given.values {
        if let (ArgKind::Agreement, [name]) = (field.takes, &words[..]) {
            values.push((field, json!((named.agreement)(name)?)));
            continue;
        }
        if let (ArgKind::Meeting, [name]) = (field.takes, &words[..]) {
            values.push((field, json!((named.meeting)(name)?)));
            continue;
        }
        if let ArgKind::Requests = field.takes {
            let ids: Result<Vec<_>, _> = words.iter().map(|name| (named.request)(name)).collect();
            values.push((field, json!(ids?)));
            continue;
        }
        if let (ArgKind::Item, [words]) = (field.takes, &words[..]) {
            match words.rsplit_once('/') {
                Some((meeting, item)) => {
                    let meeting = (named.meeting)(meeting)?;
                    let item = item.into();
                    values.push((field, json!(ItemRef { meeting, item })));
                }
                None => wrong.push(format!(
                    "--{}: expected an item as MEETING/KEY, found `{words}`",
                    field.option
                )),
            }
            continue;
        }
        match value(field, words) {
            Ok(value) => values.extend(value.map(|value| (field, value))),
            Err(what) => wrong.push(what),
        }
    }
    // What could not be read is not to be missed as well.
    let acts = given.verb.acts.iter().filter(|_| wrong.is_empty());
    let mut events = Vec::new();
    let mut found = Vec::new();
    for act in acts {
        match event(act, &values, named.provisions) {
            Ok(event) => events.push(event),
            Err(what) => found.extend(what),
        }
    }
    wrong.extend(found);
    // Two acts of one verb find the same wrong with one option.
    let mut said = Vec::new();
    for what in wrong {
        if !said.contains(&what) {
            said.push(what);
        }
    }
    match &said[..] {
        [] => Ok(events),
        [what] => Err(CliError::Usage(what.clone())),
        _ => Err(CliError::Usage(format!(
            "{} things are wrong with the options of `{}`\n  {}",
            said.len(),
            given.verb.name,
            // What is listed with one stands below it.
            said.join("\n").replace('\n', "\n  ")
        ))),
    }
}

/// The value of a field, from the words that its option was given; `None` where it was not.
fn value(field: &Field, words: &[String]) -> Result<Option<Value>, String> {
    let first = words.first();
    if first.is_none() && matches!(field.need, Presence::OneOf(_)) {
        return Ok(None);
    }
    Ok(match field.takes {
        ArgKind::Flag => Some(json!(first.is_some_and(|word| word == "true"))),
        ArgKind::List | ArgKind::Provisions | ArgKind::Requests => Some(json!(words)),
        ArgKind::Uses => Some(all(field, words, used)?),
        // What is no number is for the reader to tell.
        ArgKind::Number => first.map(|word| match (word.parse::<u64>(), word.parse::<i64>()) {
            (Ok(n), _) => json!(n),
            (_, Ok(n)) => json!(n),
            _ => json!(word),
        }),
        ArgKind::Choice(_) => first.map(|word| json!(word.replace('-', "_"))),
        ArgKind::WordsOr(value) => {
            Some(first.map_or_else(|| json!(value), |words| json!({ "other": words })))
        }
        ArgKind::Text | ArgKind::Agreement | ArgKind::Meeting | ArgKind::Item | ArgKind::Date => {
            first.map(|word| json!(word))
        }
        ArgKind::File => first.map(|name| text(field.option, name)).transpose()?,
        ArgKind::Json => first.map(|json| parsed(field.option, json)).transpose()?,
        ArgKind::Clock => first.map(|word| clock(field.option, word)).transpose()?,
        ArgKind::Holder => first
            .map(|words| holder(words).map_err(|what| format!("--{}: {what}", field.option)))
            .transpose()?,
        ArgKind::Holders => Some(all(field, words, holder)?),
        ArgKind::Participants => Some(all(field, words, participant)?),
        ArgKind::Figures => Some(all(field, words, figure_at)?),
        ArgKind::Adjustments => Some(all(field, words, adjustment)?),
        ArgKind::WordsOf(of) => {
            let Some(words) = first else { return Ok(None) };
            let (key, lang) = words
                .split_once('=')
                .ok_or_else(|| format!("--{}: expected KEY=LANG, found `{words}`", field.option))?;
            Some(json!({ of: key, "lang": lang }))
        }
        ArgKind::Pairs => {
            let mut map = Map::new();
            for pair in words {
                let (key, value) = pair.split_once('=').ok_or_else(|| {
                    format!("--{}: expected KEY=VALUE, found `{pair}`", field.option)
                })?;
                if map.insert(key.to_owned(), json!(value)).is_some() {
                    return Err(format!("--{}: `{key}` is given twice", field.option));
                }
            }
            Some(Value::Object(map))
        }
    })
}

/// A time of the day.
fn clock(option: &str, word: &str) -> Result<Value, String> {
    let time: Result<chrono::NaiveTime, _> = word.parse();
    let wrong = |_| format!("--{option}: expected a time such as 10:00:00, found `{word}`");
    time.map(|time| json!(time)).map_err(wrong)
}

/// Each of the words, read alike.
fn all(
    field: &Field,
    words: &[String],
    read: fn(&str) -> Result<Value, String>,
) -> Result<Value, String> {
    let read = |words: &String| read(words).map_err(|what| format!("--{}: {what}", field.option));
    words.iter().map(read).collect()
}

/// Who holds an office: `PARTY:OFFICE:NAME`.
pub(in crate::commands) fn holder(words: &str) -> Result<Value, String> {
    let mut parts = words.splitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(party), Some(office), name) => {
            Ok(json!({ "party": party, "office": office, "name": name }))
        }
        _ => Err(format!(
            "expected PARTY:OFFICE or PARTY:OFFICE:NAME, found `{words}`"
        )),
    }
}

/// A use of a content: `evidence:PARTY` or `onward:PARTY`.
fn used(words: &str) -> Result<Value, String> {
    match words.split_once(':') {
        Some(("evidence", by)) => Ok(json!({ "evidence": { "by": by } })),
        Some(("onward", to)) => Ok(json!({ "onward": { "to": to } })),
        _ => Err(format!(
            "expected evidence:PARTY or onward:PARTY, found `{words}`"
        )),
    }
}

/// Who takes part: `PARTY:CAPACITY:OFFICE:NAME`.
fn participant(words: &str) -> Result<Value, String> {
    let parts: Vec<_> = words.splitn(3, ':').collect();
    match parts[..] {
        [party, capacity, office] => {
            let who = holder(&format!("{party}:{office}"))?;
            Ok(json!({ "who": who, "capacity": capacity.replace('-', "_") }))
        }
        _ => Err(format!(
            "expected PARTY:CAPACITY:OFFICE or more, found `{words}`"
        )),
    }
}

/// A figure at a revision: `FIGURE@REVISION`.
fn figure_at(words: &str) -> Result<Value, String> {
    let parts = words.split_once('@');
    let read = parts.and_then(|(figure, revision)| {
        Some((figure.parse::<u64>().ok()?, revision.parse::<u32>().ok()?))
    });
    read.map(|(figure, revision)| json!({ "figure": figure, "revision": revision }))
        .ok_or_else(|| format!("expected FIGURE@REVISION such as 2@1, found `{words}`"))
}

/// A cause, and how much of a gap it makes up: `CAUSE:NATURE:AMOUNT:NOTE`.
fn adjustment(words: &str) -> Result<Value, String> {
    let parts: Vec<_> = words.splitn(4, ':').collect();
    let (cause, nature, amount, note) = match parts[..] {
        [cause, nature, amount] => (cause, nature, amount, None),
        [cause, nature, amount, note] => (cause, nature, amount, Some(note)),
        _ => {
            return Err(format!(
                "expected CAUSE:NATURE:AMOUNT or more, found `{words}`"
            ));
        }
    };
    let cause = match cause.split_once('=') {
        Some((cause, party)) => json!({ (cause.replace('-', "_")): party }),
        None => json!(cause.replace('-', "_")),
    };
    Ok(json!({ "cause": cause, "nature": nature, "amount": amount, "note": note }))
}

/// The text of a file, or of standard input.
fn text(option: &str, name: &str) -> Result<Value, String> {
    let text = match name {
        "-" => {
            std::io::read_to_string(std::io::stdin()).map_err(CliError::io("read standard input"))
        }
        _ => read_text(Path::new(name)),
    };
    text.map(Value::String).map_err(|error| {
        let words = "; the words stand in a file, or come from standard input as `-`";
        format!("--{option}: {error}{words}")
    })
}

/// JSON that stands on the command line.
fn parsed(option: &str, json: &str) -> Result<Value, String> {
    read_input("", json).map_err(|malformed| {
        let what = malformed.problems.into_iter().map(|problem| problem.what);
        format!("--{option}: {}", what.collect::<Vec<_>>().join("; "))
    })
}

/// The event that an act asks for, or all that is wrong with the options.
fn event<E: DeserializeOwned>(
    act: &Act,
    values: &[(&Field, Value)],
    provisions: Option<&Provisions>,
) -> Result<E, Vec<String>> {
    let mut payload = Map::new();
    let own = |field: &&Field| !act.without.contains(&field.option);
    for (field, value) in values.iter().filter(|(field, _)| own(field)) {
        put(&mut payload, field.path, value.clone());
    }
    let fixed: Map<String, Value> = serde_json::from_str(act.fixed).unwrap_or_default();
    merge(&mut payload, fixed);
    let json = json!({ (act.kind): payload }).to_string();
    let written = Written::parse("", &json);
    let read = |written: Written| match provisions {
        Some(known) => written.read_citing(&|_, name| known.find(name)),
        None => written.read(),
    };
    written.and_then(read).map_err(|malformed| {
        let fields: Vec<_> = values.iter().map(|(field, _)| *field).collect();
        let problems = malformed.problems.iter();
        problems.map(|p| told(act, &fields, p)).collect()
    })
}

/// A problem by the option that it is with.
fn told(act: &Act, fields: &[&Field], problem: &Problem) -> String {
    let place = problem.field.strip_prefix(act.kind).unwrap_or_default();
    let place = place.strip_prefix('.').unwrap_or(place);
    let within = |field: &&&Field| {
        let rest = place.strip_prefix(field.path)?;
        (rest.is_empty() || rest.starts_with(['.', '['])).then_some((field.option, rest))
    };
    let found = fields.iter().find_map(|field| within(&field));
    match found {
        // The place in a list of words says nothing: the value stands there.
        Some((option, rest)) if !rest.contains('.') => {
            format!("--{option}: {}", problem.what)
        }
        Some((option, rest)) => {
            format!(
                "--{option}, {}: {}",
                rest.trim_start_matches('.'),
                problem.what
            )
        }
        None => format!("{place}: {}", problem.what),
    }
}

/// Puts what is fixed into what was given, in each object beside what stands there.
fn merge(given: &mut Map<String, Value>, fixed: Map<String, Value>) {
    for (key, value) in fixed {
        match (given.get_mut(&key), value) {
            (Some(Value::Object(inner)), Value::Object(fixed)) => merge(inner, fixed),
            (_, value) => drop(given.insert(key, value)),
        }
    }
}

/// Puts `value` at `path` of `map`.
fn put(map: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => drop(map.insert(path.to_owned(), value)),
        Some((first, rest)) => {
            let inner = map
                .entry(first)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(option: &'static str, path: &'static str, takes: ArgKind) -> Field {
        Field {
            option,
            path,
            takes,
            need: Presence::Optional,
            help: "",
        }
    }

    #[test]
    fn words_become_the_value_that_an_option_takes() {
        let none = None;
        for (takes, given, means) in [
            (ArgKind::Flag, &["true"][..], Ok(Some(json!(true)))),
            (ArgKind::Flag, &["false"], Ok(Some(json!(false)))),
            (ArgKind::Flag, &[], Ok(Some(json!(false)))),
            (ArgKind::List, &["A", "B"], Ok(Some(json!(["A", "B"])))),
            (ArgKind::List, &[], Ok(Some(json!([])))),
            (ArgKind::Number, &["9"], Ok(Some(json!(9)))),
            // What is no number is for the reader to tell.
            (ArgKind::Number, &["nine"], Ok(Some(json!("nine")))),
            (ArgKind::Number, &[], Ok(none.clone())),
            (
                ArgKind::Choice(&["ad-referendum"]),
                &["ad-referendum"],
                Ok(Some(json!("ad_referendum"))),
            ),
            (
                ArgKind::WordsOr("complete"),
                &[],
                Ok(Some(json!("complete"))),
            ),
            (
                ArgKind::WordsOr("complete"),
                &["else"],
                Ok(Some(json!({"other": "else"}))),
            ),
            (
                ArgKind::Date,
                &["2024-10-30"],
                Ok(Some(json!("2024-10-30"))),
            ),
            (ArgKind::Text, &[], Ok(none)),
            (ArgKind::Json, &["{\"a\":1}"], Ok(Some(json!({"a": 1})))),
            (
                ArgKind::Pairs,
                &["fr=a=b", "ar="],
                Ok(Some(json!({"fr": "a=b", "ar": ""}))),
            ),
            (
                ArgKind::Pairs,
                &["fr"],
                Err("--opt: expected KEY=VALUE, found `fr`"),
            ),
            (
                ArgKind::Pairs,
                &["fr=a", "fr=b"],
                Err("--opt: `fr` is given twice"),
            ),
        ] {
            let words: Vec<_> = given.iter().map(|word| (*word).to_owned()).collect();
            let value = value(&field("opt", "opt", takes), &words);
            assert_eq!(value, means.map_err(str::to_owned), "{takes:?} {given:?}");
        }
    }

    #[test]
    fn json_that_is_none_is_told_by_its_option() {
        let said = value(&field("opt", "opt", ArgKind::Json), &["{".to_owned()]);
        let said = said.expect_err("it is no JSON");
        assert!(
            said.starts_with("--opt: ") && said.len() > "--opt: ".len(),
            "{said}"
        );
    }

    #[test]
    fn a_value_stands_at_its_path_beside_others() {
        let mut map = Map::new();
        put(&mut map, "on", json!("2024-10-30"));
        put(&mut map, "by.name", json!("m"));
        put(&mut map, "by.office", json!("minister"));
        put(&mut map, "on", json!("2024-10-31"));
        let expected = json!({"on": "2024-10-31", "by": {"name": "m", "office": "minister"}});
        assert_eq!(Value::Object(map), expected);
    }

    #[test]
    fn what_is_fixed_stands_beside_what_was_given() {
        let object = |value: Value| value.as_object().cloned().expect("an object");
        let mut given = object(json!({"sub": {"key": "a", "kind": "x"}, "on": "2024-10-30"}));
        let fixed = json!({"sub": {"kind": "group"}, "to": {"b": 1}, "on": {"c": 2}});
        merge(&mut given, object(fixed));
        let expected = json!({
            "sub": {"key": "a", "kind": "group"}, "to": {"b": 1}, "on": {"c": 2},
        });
        assert_eq!(Value::Object(given), expected);
    }

    #[test]
    fn a_problem_is_told_by_the_option_that_it_is_with() {
        let act = Act {
            kind: "Signed",
            fixed: "{}",
            without: &[],
        };
        let (on, name, office) = (
            field("on", "on", ArgKind::Date),
            field("by", "by.name", ArgKind::Text),
            field("to", "to", ArgKind::List),
        );
        let fields = [&on, &name, &office];
        for (place, says) in [
            ("Signed.on", "--on: what"),
            ("Signed.by.name", "--by: what"),
            ("Signed.to[1]", "--to: what"),
            ("Signed.to.first", "--to, first: what"),
            ("Signed.to[1].title", "--to, [1].title: what"),
            ("Signed.one", "one: what"),
            ("Signed.other", "other: what"),
        ] {
            let problem = Problem {
                line: 1,
                column: 1,
                field: place.to_owned(),
                what: "what".to_owned(),
            };
            assert_eq!(told(&act, &fields, &problem), says, "{place}");
        }
    }
}
