//! Help on the grammars of what people write. What there is to explain comes from the types that are
//! read (`travaux_import::input::shape_of`), what it means from a table here: a test fails for a
//! field or a choice that a topic leaves out, and for one that is none. Every example runs as a test.

mod clauses;
mod effects;
mod framework;
mod indicator;
mod manifest;
mod operations;
mod package;
mod page;
mod profile;
mod roadmap;

use travaux_import::input::Shape;

/// A page of help on a grammar.
pub(crate) struct Topic {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it is about, in a line.
    pub(crate) about: &'static str,
    /// What stands before all else: paragraphs.
    intro: &'static [&'static str],
    /// The types that it explains, in order.
    types: &'static [About],
    /// All that is read.
    shape: fn() -> Shape,
    /// What another topic explains of it.
    #[cfg(test)]
    elsewhere: Option<fn() -> Shape>,
}

/// A type.
struct About {
    /// Its name in the code.
    of: &'static str,
    /// What it is called here: `a place`.
    title: &'static str,
    parts: &'static [Part],
}

/// A field, or a choice.
struct Part {
    name: &'static str,
    meaning: &'static str,
    /// What a choice holds by fields of its own.
    fields: &'static [(&'static str, &'static str)],
    /// JSON that has it; empty where the whole is shown.
    example: &'static str,
}

const fn part(name: &'static str, meaning: &'static str) -> Part {
    Part {
        name,
        meaning,
        fields: &[],
        example: "",
    }
}

const fn choice(
    name: &'static str,
    meaning: &'static str,
    fields: &'static [(&'static str, &'static str)],
    example: &'static str,
) -> Part {
    Part {
        name,
        meaning,
        fields,
        example,
    }
}

/// The topics on grammars.
pub(crate) const TOPICS: &[Topic] = &[
    operations::TOPIC,
    manifest::TOPIC,
    clauses::TOPIC,
    effects::TOPIC,
    profile::TOPIC,
    package::TOPIC,
    framework::TOPIC,
    indicator::TOPIC,
    roadmap::TOPIC,
];

impl Topic {
    /// The page.
    pub(crate) fn page(&self) -> String {
        if self.name == "effects" {
            return page::intro(self) + &effects::page();
        }
        page::page(self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The types, fields and choices that a topic has to explain, as `Type.part`.
    fn asked(topic: &Topic) -> BTreeSet<String> {
        let elsewhere = topic
            .elsewhere
            .map(|shape| shape().types)
            .unwrap_or_default();
        let types = (topic.shape)().types.into_iter();
        types
            .filter(|(name, _)| !elsewhere.contains_key(name))
            .flat_map(|(name, of)| {
                let parts: Vec<_> = of
                    .parts()
                    .iter()
                    .map(|p| format!("{name}.{}", p.name))
                    .collect();
                parts
            })
            .collect()
    }

    /// What it explains.
    fn explained(topic: &Topic) -> Vec<String> {
        let mut out = Vec::new();
        for about in topic.types {
            for part in about.parts {
                out.push(format!("{}.{}", about.of, part.name));
                let fields = part.fields.iter();
                out.extend(fields.map(|(field, _)| format!("{}.{}.{field}", about.of, part.name)));
            }
        }
        out
    }

    #[test]
    fn every_part_of_a_grammar_is_explained_once() {
        for topic in TOPICS {
            let (asked, explained) = (asked(topic), explained(topic));
            let known: BTreeSet<_> = explained.iter().cloned().collect();
            let left_out: Vec<_> = asked.difference(&known).collect();
            let gone: Vec<_> = known.difference(&asked).collect();
            assert!(
                left_out.is_empty() && gone.is_empty(),
                "`{}` leaves out {left_out:?}, and explains what there is not: {gone:?}",
                topic.name
            );
            assert_eq!(known.len(), explained.len(), "`{}`", topic.name);
        }
    }

    #[test]
    fn what_may_be_left_out_is_found_out() {
        let shape = (operations::TOPIC.shape)();
        let left_out: Vec<_> = ["Operation.replace", "Operation.repeal", "Layout", "Edit"]
            .iter()
            .flat_map(|name| shape.types[*name].parts())
            .filter(|part| !part.required)
            .map(|part| part.name)
            .collect();
        assert_eq!(left_out, ["expect", "notice", "label"]);
    }

    #[test]
    fn what_is_explained_has_words_and_a_form() {
        for topic in TOPICS {
            for (name, of) in (topic.shape)().types {
                for part in of.parts() {
                    assert!(part.form.is_some(), "{name}.{} has no form", part.name);
                }
            }
            for part in topic.types.iter().flat_map(|about| about.parts) {
                assert!(part.meaning.ends_with('.'), "{}", part.meaning);
                let fields = part.fields.iter();
                for (_, meaning) in fields {
                    assert!(meaning.ends_with('.'), "{meaning}");
                }
            }
        }
    }

    /// The choices that stand first in a topic each have an example that names them; of an object,
    /// the example of the whole names each field.
    #[test]
    fn every_part_of_a_grammar_has_an_example() {
        for topic in TOPICS.iter().filter(|topic| topic.name != "effects") {
            let page = topic.page();
            let examples: String = page
                .lines()
                .filter_map(|line| line.trim_start().strip_prefix(page::EXAMPLE))
                .collect();
            let shape = (topic.shape)();
            // A list of names is its own example.
            let whole = topic.types.iter().filter(|about| {
                let of = shape.types.get(about.of);
                !of.is_some_and(|of| page::plain(of.parts()))
            });
            for about in whole {
                for part in about.parts {
                    let name = format!("\"{}\"", part.name);
                    assert!(
                        examples.contains(&name),
                        "`{}`: no example has {name} of {}",
                        topic.name,
                        about.title
                    );
                }
            }
        }
    }
}
