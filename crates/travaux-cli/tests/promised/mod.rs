//! What CONTRACT.md promises, held against every document that the command writes in a test.

mod form;

use std::{collections::BTreeMap, process::Output, sync::LazyLock};

use form::{Field, Form};
use serde_json::Value;

/// The contract that the command is shipped with.
static CONTRACT: LazyLock<Contract> =
    LazyLock::new(|| Contract::read(include_str!("../../CONTRACT.md")));

/// The contract, read from its page.
struct Contract {
    /// What commands write: whether a document a line, and which; a command may write one of several.
    commands: BTreeMap<String, Vec<(bool, Form)>>,
    /// Commands that write none.
    without: Vec<String>,
    /// The fields of each document, by name.
    documents: BTreeMap<String, Vec<(String, Field)>>,
}

/// The cells of a row of a table.
fn cells(line: &str) -> Option<Vec<&str>> {
    let row = line.strip_prefix("| ")?.strip_suffix(" |")?;
    Some(row.split(" | ").collect())
}

/// What stands between the first two of these signs.
fn quoted(text: &str) -> Option<&str> {
    text.split('`').nth(1)
}

impl Contract {
    fn read(page: &str) -> Self {
        let mut contract = Self {
            commands: BTreeMap::new(),
            without: Vec::new(),
            documents: BTreeMap::new(),
        };
        let mut document = None;
        for line in page.lines() {
            if let Some(name) = line.strip_prefix("## ") {
                document = Some(quoted(name).unwrap_or_default().to_owned());
                let fields = document.clone().unwrap_or_default();
                contract.documents.insert(fields, Vec::new());
                continue;
            }
            match (cells(line).as_deref(), &document) {
                (Some([name, form, _meaning]), Some(document)) if name.starts_with('`') => {
                    let name = quoted(name).expect("a field").to_owned();
                    let field = Field::read(form);
                    let fields = contract.documents.get_mut(document).expect("its document");
                    fields.push((name, field));
                }
                (Some([command, form]), None) => contract.command(command, form),
                _ => {}
            }
        }
        assert!(
            contract.commands.len() > 40,
            "the table of commands is read"
        );
        contract
    }

    fn command(&mut self, command: &str, form: &str) {
        let name = match command {
            _ if command.starts_with("every verb") => "",
            _ if command.starts_with("a failure") || !command.starts_with('`') => return,
            _ => quoted(command).expect("a command"),
        };
        if form.starts_with("text") {
            return self.without.push(name.to_owned());
        }
        let (lines, form) = match form.strip_prefix("lines of ") {
            Some(form) => (true, form),
            None => (false, form),
        };
        let forms = self.commands.entry(name.to_owned()).or_default();
        forms.push((lines, Form::read(form)));
    }

    /// What the command of a command line writes; verbs share what stands under no name.
    fn of(&self, words: &[&str]) -> Option<&Vec<(bool, Form)>> {
        let names = words.iter().enumerate().filter(|(at, word)| {
            let value = at.checked_sub(1).and_then(|before| words.get(before));
            let of_global = ["--as", "--person", "--store", "--format"];
            !word.starts_with('-') && !value.is_some_and(|value| of_global.contains(value))
        });
        // `framework organ list` has the most words.
        let names: Vec<&str> = names.map(|(_, word)| *word).take(3).collect();
        let first = names.first()?;
        if self.without.iter().any(|name| name == first) {
            return None;
        }
        let mut lengths = (1..=names.len()).rev();
        lengths
            .find_map(|length| self.commands.get(&names[..length].join(" ")))
            .or_else(|| self.commands.get(""))
    }

    /// All that is wrong with `value`, which stands at `place`, by its form.
    fn check(&self, form: &Form, value: &Value, place: &str, wrong: &mut Vec<String>) {
        match (form, value) {
            (Form::OrNull(_), Value::Null) => {}
            (Form::OrNull(form), _) => self.check(form, value, place, wrong),
            (Form::Document(name), Value::Object(_)) => self.document(name, value, place, wrong),
            (Form::ListOf(form), Value::Array(values)) => {
                for (at, value) in values.iter().enumerate() {
                    self.check(form, value, &format!("{place}[{at}]"), wrong);
                }
            }
            (Form::Pair(a, b), Value::Array(values)) if values.len() == 2 => {
                self.check(a, &values[0], &format!("{place}[0]"), wrong);
                self.check(b, &values[1], &format!("{place}[1]"), wrong);
            }
            (Form::MapOf(form, key), Value::Object(fields)) => {
                for (name, value) in fields {
                    let name_text = Value::String(name.clone());
                    self.check(key, &name_text, &format!("{place}, the name {name}"), wrong);
                    self.check(form, value, &format!("{place}.{name}"), wrong);
                }
            }
            (Form::Scalar(scalar), value) if scalar.holds(value) => {}
            _ => wrong.push(format!("{place} is not {form:?}: {value}")),
        }
    }

    fn document(&self, name: &str, value: &Value, place: &str, wrong: &mut Vec<String>) {
        let Some(fields) = self.documents.get(name) else {
            return wrong.push(format!("{place}: the contract has no `{name}`"));
        };
        let object = value.as_object().expect("an object");
        for found in object.keys() {
            if !fields.iter().any(|(known, _)| known == found) {
                wrong.push(format!("{place}.{found}: `{name}` has no such field"));
            }
        }
        // A field may have several rows, one for some states each: one of them is for this one.
        for known in fields.iter().map(|(known, _)| known) {
            let mut rows = fields.iter().filter(|(row, _)| row == known);
            let row = rows.find(|(_, field)| field.is_for(object));
            match (row, object.get(known)) {
                (Some((_, field)), Some(value)) => {
                    self.check(&field.form, value, &format!("{place}.{known}"), wrong);
                }
                (Some((_, field)), None) if !field.left_out => {
                    wrong.push(format!("{place}.{known} is missing of `{name}`"));
                }
                (None, Some(_)) => {
                    wrong.push(format!("{place}.{known}: not in this state of `{name}`"));
                }
                (Some(_), None) | (None, None) => {}
            }
        }
    }

    /// All that is wrong with what a command line wrote.
    fn wrong(&self, words: &[&str], out: &str) -> Vec<String> {
        let Some(forms) = self.of(words) else {
            return Vec::new();
        };
        let mut documents = Vec::new();
        for line in out.lines() {
            match serde_json::from_str::<Value>(line) {
                Ok(document) => documents.push(document),
                Err(error) => return vec![format!("no document, {error}: {line}")],
            }
        }
        let failed = |document: &Value| document.get("ok") == Some(&Value::Bool(false));
        if let [failure] = &documents[..]
            && failed(failure)
        {
            let mut wrong = Vec::new();
            self.document("Failure", failure, "Failure", &mut wrong);
            return wrong;
        }
        let mut least: Option<Vec<String>> = None;
        for (lines, form) in forms {
            let mut wrong = Vec::new();
            if !lines && documents.len() != 1 {
                wrong.push(format!(
                    "{} documents, where one is promised",
                    documents.len()
                ));
            }
            for document in &documents {
                self.check(form, document, "", &mut wrong);
            }
            if least.as_ref().is_none_or(|least| wrong.len() < least.len()) {
                least = Some(wrong);
            }
        }
        least.unwrap_or_default()
    }
}

/// What of the output of a command line the contract does not promise.
pub(crate) fn wrong(words: &[&str], out: &str) -> Vec<String> {
    CONTRACT.wrong(words, out)
}

/// Fails where a command line was asked for JSON and wrote what the contract does not promise.
#[track_caller]
pub(crate) fn hold(words: &[impl AsRef<str>], output: &Output) {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let asked = words.contains(&"--format=json")
        || words.windows(2).any(|pair| pair == ["--format", "json"]);
    let helps = ["--help", "-h", "--version", "--raw"];
    if !asked || helps.iter().any(|help| words.contains(help)) {
        return;
    }
    let out = std::str::from_utf8(&output.stdout).expect("JSON is UTF-8");
    let wrong = wrong(&words, out);
    assert!(
        wrong.is_empty(),
        "`travaux {}` breaks CONTRACT.md:\n{}\n{out}",
        words.join(" "),
        wrong.join("\n")
    );
}
