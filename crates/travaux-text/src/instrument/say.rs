//! The sentence that orders an operation.

use crate::{Anchor, Body, Edit, Lang, Operation, ProvisionId, Text};

use super::{
    Unsayable, after,
    citation::Citations,
    template::{fill, quoted},
    tradition::{Phrase, Tradition},
    trimmed,
};

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
    let mut current = text.clone();
    let mut sentences = Vec::new();
    for (at, op) in operations.iter().enumerate() {
        let said =
            say(&current, op, lang, tradition).map_err(|reason| refuse(at, op.name(), &reason))?;
        sentences.extend(said);
        current = after(text, &operations[..=at], revision)
            .map_err(|reason| refuse(at, op.name(), &reason))?;
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
