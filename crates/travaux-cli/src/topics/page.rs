//! A topic as a page for a terminal.

use travaux_import::input::{FieldShape, Form, Shape, TypeShape};
use travaux_text::ProvisionId;

use super::{About, Part, Topic};
use crate::screen::{columns, table_at, wrapped};

/// What an example begins with.
pub(super) const EXAMPLE: &str = "example: ";

/// The paragraphs before all else.
pub(super) fn intro(topic: &Topic) -> String {
    let mut out = format!("{}: {}\n", topic.name.to_uppercase(), topic.about);
    for paragraph in topic.intro {
        // What begins with a blank is shown as it stands.
        let lines = if paragraph.starts_with(' ') || paragraph.starts_with(EXAMPLE) {
            paragraph.to_string()
        } else {
            wrapped(paragraph, columns()).join("\n")
        };
        out += &format!("\n{lines}\n");
    }
    out
}

/// The whole page.
pub(super) fn page(topic: &Topic) -> String {
    let shape = (topic.shape)();
    let mut out = intro(topic);
    for about in topic.types {
        let Some(of) = shape.types.get(about.of) else {
            continue;
        };
        out += &section(topic, about, of, &shape);
    }
    out
}

fn section(topic: &Topic, about: &About, of: &TypeShape, shape: &Shape) -> String {
    let title = about.title.to_uppercase();
    match of {
        TypeShape::Object(fields) => {
            let rows = rows(topic, fields, |name| {
                about
                    .parts
                    .iter()
                    .find(|p| p.name == name)
                    .map(|p| p.meaning)
            });
            format!("\n{title} has\n{}", table_at(2, &rows))
        }
        TypeShape::Choice(choices) if plain(choices) => {
            let row = |part: &Part| vec![part.name.to_owned(), part.meaning.to_owned()];
            let rows: Vec<_> = about.parts.iter().map(row).collect();
            format!("\n{title} is one of\n{}", table_at(2, &rows))
        }
        TypeShape::Choice(choices) => {
            let mut out = format!("\n{title} is one of\n");
            for part in about.parts {
                let found = choices.iter().find(|choice| choice.name == part.name);
                out += &one(topic, about, part, found, shape);
            }
            out
        }
    }
}

/// Whether all choices stand alone, and need no more than a line.
pub(super) fn plain(choices: &[FieldShape]) -> bool {
    choices.iter().all(|c| c.form == Some(Form::Alone))
}

/// A choice, with what it holds and its example.
fn one(
    topic: &Topic,
    about: &About,
    part: &Part,
    found: Option<&FieldShape>,
    shape: &Shape,
) -> String {
    let holds = match found.and_then(|choice| choice.form.as_ref()) {
        None | Some(Form::Alone) => "stands alone".to_owned(),
        Some(Form::Type(name)) if name.starts_with(&format!("{}.", about.of)) => "holds".to_owned(),
        Some(form) => format!("holds {}", said(topic, form)),
    };
    let mut out = format!("\n  {} {holds}\n", part.name);
    for line in wrapped(part.meaning, columns().saturating_sub(6)) {
        out += &format!("      {line}\n");
    }
    let own = shape.types.get(&format!("{}.{}", about.of, part.name));
    if let Some(own) = own {
        let meaning = |name: &str| part.fields.iter().find(|f| f.0 == name).map(|f| f.1);
        out += &table_at(6, &rows(topic, own.parts(), meaning));
    }
    if !part.example.is_empty() {
        out += &format!("      {EXAMPLE}{}\n", part.example);
    }
    out
}

/// A row a field: its name, what it holds, what it means.
fn rows(
    topic: &Topic,
    fields: &[FieldShape],
    meaning: impl Fn(&str) -> Option<&'static str>,
) -> Vec<Vec<String>> {
    let row = |field: &FieldShape| {
        let form = field.form.as_ref().map(|form| said(topic, form));
        let mut meaning = meaning(field.name).unwrap_or_default().to_owned();
        if !field.required {
            meaning += " May be left out.";
        }
        vec![field.name.to_owned(), form.unwrap_or_default(), meaning]
    };
    fields.iter().map(row).collect()
}

/// A form in words.
fn said(topic: &Topic, form: &Form) -> String {
    match form {
        Form::Value(what) if topic.name == "operations" && what == ProvisionId::EXPECTED => {
            "a provision".to_owned()
        }
        // The sample says the same again in every row.
        Form::Value(what) => {
            let what = what.split(" such as").next().unwrap_or_default();
            what.to_owned()
        }
        Form::List(of) => match said(topic, of).split_once(' ') {
            Some(("a" | "an" | "the", _)) => format!("list, each {}", said(topic, of)),
            _ => format!("list of {}", said(topic, of)),
        },
        Form::Values(all) => {
            let all: Vec<_> = all.iter().map(|form| said(topic, form)).collect();
            format!("list of {}", all.join(" and "))
        }
        Form::ByName(name, of) => {
            let name = said(topic, name);
            let name = name.trim_start_matches("a ").to_owned();
            format!(
                "{} by {}",
                said(topic, of),
                if name == "text" { "name".into() } else { name }
            )
        }
        Form::Type(name) => {
            let here = topic.types.iter().find(|about| about.of == name);
            here.map_or_else(|| elsewhere(name), |about| about.title.to_owned())
        }
        Form::Alone => "nothing".to_owned(),
    }
}

/// What another topic explains: its title there, and where.
fn elsewhere(name: &str) -> String {
    let title = |topic: &Topic| {
        let about = topic.types.iter().find(|about| about.of == name)?;
        Some(format!("{}: `travaux topic {}`", about.title, topic.name))
    };
    let found = super::TOPICS.iter().find_map(title);
    found.unwrap_or_else(|| name.to_owned())
}
