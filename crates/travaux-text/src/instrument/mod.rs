//! Amending sentences, both ways: the sentence that orders an operation, in the wording of its tradition, and the operation that a
//! sentence orders.
//!
//! A sentence cites provisions as readers do (`Article 4, paragraph 2`), on the text as the sentences before it have left it. What no
//! sentence of an instrument says (the order of provisions, their markup) is refused: such a change is a restatement.

mod citation;
mod template;
mod tradition;

use crate::{
    Anchor, Body, Collisions, Edit, Format, Lang, Localized, NewProvision, Operation, ProvisionId,
    Text, parse,
};

use self::{
    citation::Citations,
    template::{fill, take_apart},
    tradition::{Phrase, Tradition},
};

/// An operation cannot be said in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("operation {operation} ({name}) cannot be said in a sentence: {reason}")]
pub struct Unsayable {
    /// Which, from 0.
    pub operation: usize,
    /// Its name.
    pub name: &'static str,
    /// Why.
    pub reason: String,
}

/// A sentence cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sentence {sentence} cannot be read: {reason}: `{text}`")]
pub struct Unreadable {
    /// Which, from 1.
    pub sentence: usize,
    /// What is wrong.
    pub reason: String,
    /// The sentence.
    pub text: String,
}

/// The instruments of two languages do not order the same changes of structure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Disagreement {
    /// One orders more of them than the other.
    #[error("{first} orders {ours} changes of structure, {other} orders {theirs}")]
    Count {
        /// The language of the one.
        first: Lang,
        /// How many it orders.
        ours: usize,
        /// The language of the other.
        other: Lang,
        /// How many that one orders.
        theirs: usize,
    },
    /// One of them is another change in the other language.
    #[error("change of structure {number} ({name}) is another one in {other}")]
    Change {
        /// Which, from 1.
        number: usize,
        /// Its name in the first language.
        name: &'static str,
        /// The language in which it is another one.
        other: Lang,
    },
}

/// The languages in which instruments can be worded.
pub fn instrument_languages() -> Vec<Lang> {
    tradition::ALL
        .iter()
        .filter_map(|t| Lang::parse(t.lang).ok())
        .collect()
}

/// The sentences by which an instrument in `lang` orders `operations` on `text`. Operations on words of other languages are left to
/// those languages' instruments.
///
/// # Errors
/// [`Unsayable`] for the first operation that no sentence says, or in a language whose tradition is not known.
pub fn instrument(
    text: &Text,
    operations: &[Operation],
    revision: u32,
    lang: Lang,
) -> Result<Vec<String>, Unsayable> {
    let refuse = |operation, name, reason: &str| Unsayable {
        operation,
        name,
        reason: reason.to_owned(),
    };
    let Some(tradition) = Tradition::of(lang) else {
        return Err(refuse(
            0,
            "instrument",
            &format!("the wording of instruments in {lang} is not known"),
        ));
    };
    let mut text = text.clone();
    let mut sentences = Vec::new();
    for (at, op) in operations.iter().enumerate() {
        let said =
            say(&text, op, lang, tradition).map_err(|reason| refuse(at, op.name(), &reason))?;
        sentences.extend(said);
        text.apply(std::slice::from_ref(op), revision)
            .map_err(|c: Collisions| refuse(at, op.name(), &c.to_string()))?;
    }
    Ok(sentences)
}

fn say(
    text: &Text,
    op: &Operation,
    lang: Lang,
    tradition: &Tradition,
) -> Result<Vec<String>, String> {
    let citations = Citations::of(text, lang, tradition);
    let place = |id: ProvisionId| {
        citations
            .cite(id)
            .ok_or_else(|| format!("provision {id} has no place in the {lang} text"))
    };
    let phrase = |phrase, slots: &[(&str, &str)]| tradition.say(phrase, slots).map(|s| vec![s]);
    match op {
        Operation::SubstituteWords { lang: other, .. }
        | Operation::EditWords { lang: other, .. }
            if *other != lang =>
        {
            Ok(Vec::new())
        }
        Operation::SubstituteWords {
            provision,
            find,
            with,
            count,
            ..
        } => substitute(tradition, &place(*provision)?, find, with, *count).map(|s| vec![s]),
        Operation::EditWords {
            provision, edits, ..
        } => edits_as_words(text, *provision, lang, edits)?
            .iter()
            .map(|(find, with)| substitute(tradition, &place(*provision)?, find, with, 1))
            .collect(),
        Operation::Repeal { provisions, notice } => provisions
            .iter()
            .map(|id| match notice.get(&lang) {
                Some(notice) => tradition.say(
                    Phrase::Repeal,
                    &[("place", &place(*id)?), ("notice", notice)],
                ),
                None => tradition.say(Phrase::Delete, &[("place", &place(*id)?)]),
            })
            .collect(),
        Operation::Renumber { provision, labels } => match labels.get(&lang) {
            Some(label) => phrase(
                Phrase::Renumber,
                &[("place", &place(*provision)?), ("label", label)],
            ),
            None => Ok(Vec::new()),
        },
        Operation::SetHeading {
            provision,
            headings,
        } => match headings.get(&lang) {
            Some(heading) => phrase(
                Phrase::Heading,
                &[("place", &place(*provision)?), ("heading", heading)],
            ),
            None => Ok(Vec::new()),
        },
        Operation::Replace {
            provision, bodies, ..
        } => {
            let Some(body) = bodies.get(&lang) else {
                return Ok(Vec::new());
            };
            let old = text
                .get(*provision)
                .and_then(|n| n.body(lang))
                .ok_or("it is of a provision that has no words there")?;
            if old.with_text(body.text()) != *body {
                return Err(
                    "it changes more than the words: say the heading and the number apart"
                        .to_owned(),
                );
            }
            let (words, end) = trimmed(body.text());
            if old.text().get(trimmed(old.text()).0.len()..) != Some(end) {
                return Err("it changes the space behind the words".to_owned());
            }
            phrase(
                Phrase::Replace,
                &[("place", &place(*provision)?), ("text", words)],
            )
        }
        Operation::Insert {
            at: Anchor::After(anchor),
            provisions,
        } => {
            let raw: String = provisions
                .iter()
                .filter_map(|p| p.bodies.get(&lang))
                .map(Body::raw)
                .collect();
            phrase(
                Phrase::Insert,
                &[("place", &place(*anchor)?), ("text", raw.trim_end())],
            )
        }
        Operation::Insert { .. } => Err("it inserts elsewhere than behind a provision".to_owned()),
        Operation::Move {
            provision,
            at: Anchor::After(anchor),
        } => phrase(
            Phrase::Move,
            &[("place", &place(*provision)?), ("after", &place(*anchor)?)],
        ),
        _ => Err("it is no act of drafters: restate the text".to_owned()),
    }
}

fn trimmed(text: &str) -> (&str, &str) {
    text.split_at(text.trim_end().len())
}

fn substitute(
    tradition: &Tradition,
    place: &str,
    find: &str,
    with: &str,
    count: u32,
) -> Result<String, String> {
    let count = count.to_string();
    let slots = [
        ("place", place),
        ("find", find),
        ("with", with),
        ("count", &count),
    ];
    match (with.is_empty(), count.as_str()) {
        (true, "1") => tradition.say(Phrase::Strike, &slots),
        (true, _) => Err("it strikes words in several places: say each".to_owned()),
        (false, "1") => tradition.say(Phrase::Substitute, &slots),
        (false, _) => tradition.say(Phrase::SubstituteAll, &slots),
    }
}

/// Edits by place as words for words; each must stand once.
fn edits_as_words(
    text: &Text,
    id: ProvisionId,
    lang: Lang,
    edits: &[Edit],
) -> Result<Vec<(String, String)>, String> {
    let body = text
        .get(id)
        .and_then(|n| n.body(lang))
        .ok_or("it is of a provision that has no words there")?;
    let one = |edit: &Edit| match body.text().matches(&edit.remove).count() {
        1 if !edit.remove.is_empty() => Ok((edit.remove.clone(), edit.insert.clone())),
        _ => Err(format!(
            "`{}` does not stand there exactly once",
            edit.remove
        )),
    };
    edits.iter().map(one).collect()
}

/// The operations that the sentences of an instrument in `lang` order on `text`, in that language alone; see [`together`].
///
/// # Errors
/// [`Unreadable`] for the first sentence whose wording, or whose provision, is not known.
pub fn read_instrument(
    text: &Text,
    sentences: &[String],
    revision: u32,
    format: Format,
    lang: Lang,
) -> Result<Vec<Operation>, Unreadable> {
    let mut text = text.clone();
    let mut operations = Vec::new();
    for (number, sentence) in (1..).zip(sentences) {
        let refuse = |reason: String| Unreadable {
            sentence: number,
            reason,
            text: sentence.clone(),
        };
        let tradition = Tradition::of(lang)
            .ok_or_else(|| refuse(format!("the wording of instruments in {lang} is not known")))?;
        let op = read(&text, sentence, format, lang, tradition).map_err(refuse)?;
        text.apply(std::slice::from_ref(&op), revision)
            .map_err(|c: Collisions| refuse(c.to_string()))?;
        operations.push(op);
    }
    Ok(operations)
}

fn read(
    text: &Text,
    sentence: &str,
    format: Format,
    lang: Lang,
    tradition: &Tradition,
) -> Result<Operation, String> {
    let citations = Citations::of(text, lang, tradition);
    for (phrase, template) in tradition.phrases() {
        let Some(slots) = take_apart(template, sentence.trim()) else {
            continue;
        };
        let slot = |name: &str| {
            slots
                .iter()
                .find(|(n, _)| *n == name)
                .map_or("", |(_, value)| *value)
                .to_owned()
        };
        let find = |cited: String| {
            citations
                .find(&cited)
                .ok_or_else(|| format!("there is no `{cited}` in the text"))
        };
        let provision = find(slot("place"))?;
        let one = |words: String| Localized::from([(lang, words)]);
        let substitution = |with: String, count| Operation::SubstituteWords {
            provision,
            lang,
            find: slot("find"),
            with,
            count,
        };
        return Ok(match phrase {
            Phrase::Substitute => substitution(slot("with"), 1),
            Phrase::SubstituteAll => substitution(
                slot("with"),
                slot("count")
                    .parse()
                    .map_err(|_| format!("`{}` is no number", slot("count")))?,
            ),
            Phrase::Strike => substitution(String::new(), 1),
            Phrase::Repeal => Operation::Repeal {
                provisions: vec![provision],
                notice: one(slot("notice")),
            },
            Phrase::Delete => Operation::Repeal {
                provisions: vec![provision],
                notice: Localized::new(),
            },
            Phrase::Renumber => Operation::Renumber {
                provision,
                labels: one(slot("label")),
            },
            Phrase::Heading => Operation::SetHeading {
                provision,
                headings: one(slot("heading")),
            },
            Phrase::Replace => {
                let old = text
                    .get(provision)
                    .and_then(|n| n.body(lang))
                    .ok_or("the provision has no words in that language")?;
                let end = trimmed(old.text()).1;
                let body = old.with_text(&format!("{}{end}", slot("text")));
                Operation::Replace {
                    provision,
                    expect: Localized::new(),
                    bodies: Localized::from([(lang, body)]),
                }
            }
            Phrase::Insert => {
                let parsed = parse(format, &format!("{}\n", slot("text")));
                let one = |p: crate::Parsed| NewProvision {
                    kind: p.kind,
                    rank: p.rank,
                    bodies: Localized::from([(lang, p.body)]),
                };
                Operation::Insert {
                    at: Anchor::After(provision),
                    provisions: parsed.into_iter().map(one).collect(),
                }
            }
            Phrase::Move => Operation::Move {
                provision,
                at: Anchor::After(find(slot("after"))?),
            },
        });
    }
    Err("its wording is not known".to_owned())
}

/// Operations read from the instruments of several languages, as one list: what is of the text and not of one language is one operation
/// with the words of all.
///
/// # Errors
/// [`Disagreement`] with the first operation that the languages do not share.
pub fn together(read: &Localized<Vec<Operation>>) -> Result<Vec<Operation>, Disagreement> {
    let mut out: Vec<Operation> = Vec::new();
    let structural = |ops: &[Operation]| -> Vec<Operation> {
        ops.iter()
            .filter(|op| !matches!(op, Operation::SubstituteWords { .. }))
            .cloned()
            .collect()
    };
    let mut languages = read.iter();
    let Some((first, operations)) = languages.next() else {
        return Ok(out);
    };
    let mut shared = structural(operations);
    for (lang, operations) in languages {
        let theirs = structural(operations);
        if theirs.len() != shared.len() {
            return Err(Disagreement::Count {
                first: *first,
                ours: shared.len(),
                other: *lang,
                theirs: theirs.len(),
            });
        }
        for (at, (ours, theirs)) in shared.iter_mut().zip(theirs).enumerate() {
            let name = ours.name();
            if !merge(ours, theirs) {
                return Err(Disagreement::Change {
                    number: at + 1,
                    name,
                    other: *lang,
                });
            }
        }
    }
    // In the order of the first language; words of the others behind its own of the same place.
    let mut shared = shared.into_iter();
    for op in operations {
        match op {
            Operation::SubstituteWords { .. } => out.push(op.clone()),
            _ => out.extend(shared.next()),
        }
    }
    for (_, operations) in read.iter().skip(1) {
        out.extend(
            operations
                .iter()
                .filter(|op| matches!(op, Operation::SubstituteWords { .. }))
                .cloned(),
        );
    }
    Ok(out)
}

/// Takes another language's words into an operation; `false` if it is another operation.
fn merge(ours: &mut Operation, theirs: Operation) -> bool {
    match (ours, theirs) {
        (
            Operation::Repeal {
                provisions: a,
                notice,
            },
            Operation::Repeal {
                provisions: b,
                notice: more,
            },
        ) if *a == b => {
            notice.extend(more);
        }
        (
            Operation::Renumber {
                provision: a,
                labels,
            },
            Operation::Renumber {
                provision: b,
                labels: more,
            },
        ) if *a == b => {
            labels.extend(more);
        }
        (
            Operation::SetHeading {
                provision: a,
                headings,
            },
            Operation::SetHeading {
                provision: b,
                headings: more,
            },
        ) if *a == b => {
            headings.extend(more);
        }
        (
            Operation::Replace {
                provision: a,
                bodies,
                ..
            },
            Operation::Replace {
                provision: b,
                bodies: more,
                ..
            },
        ) if *a == b => {
            bodies.extend(more);
        }
        (
            Operation::Move { provision: a, at },
            Operation::Move {
                provision: b,
                at: there,
            },
        ) => return *a == b && *at == there,
        (
            Operation::Insert { at, provisions },
            Operation::Insert {
                at: there,
                provisions: more,
            },
        ) => {
            let same = provisions
                .iter()
                .map(|p| (p.kind, p.rank))
                .eq(more.iter().map(|p| (p.kind, p.rank)));
            if *at != there || !same {
                return false;
            }
            for (p, theirs) in provisions.iter_mut().zip(more) {
                p.bodies.extend(theirs.bodies);
            }
        }
        _ => return false,
    }
    true
}

pub(crate) use self::template::quoted;

/// The sentence of a phrase.
impl Tradition {
    fn say(&self, phrase: Phrase, slots: &[(&str, &str)]) -> Result<String, String> {
        let template = self.template(phrase);
        if let Some((_, words)) = slots
            .iter()
            .find(|(name, words)| *name != "place" && *name != "after" && quoted(words))
        {
            return Err(format!("`{words}` holds quotation marks of its own"));
        }
        Ok(fill(template, slots))
    }
}
