//! The operation that a sentence orders.

use crate::{Anchor, Format, Lang, Localized, NewProvision, Operation, Text, parse};

use super::{
    Unreadable, after,
    citation::Citations,
    template::take_apart,
    tradition::{Phrase, Tradition},
    trimmed,
};

/// The operations that the sentences of an instrument in `lang` order on `text`, in that language alone; see [`super::together`].
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
    let mut current = text.clone();
    let mut operations = Vec::new();
    for (number, sentence) in (1..).zip(sentences) {
        let refuse = |reason: String| Unreadable {
            sentence: number,
            reason,
            text: sentence.clone(),
        };
        let tradition = Tradition::of(lang)
            .ok_or_else(|| refuse(format!("the wording of instruments in {lang} is not known")))?;
        let op = read(&current, sentence, format, lang, tradition).map_err(refuse)?;
        operations.push(op);
        current = after(text, &operations, revision).map_err(refuse)?;
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
                // It ends as what it comes behind does: with a blank line between paragraphs, without one in a list.
                let before = text.contained(provision).last().copied();
                let before = text.get(before.unwrap_or(provision));
                let end = before
                    .and_then(|n| n.body(lang))
                    .map_or("", |body| trimmed(body.raw()).1);
                let end = if end.is_empty() { "\n" } else { end };
                let parsed = parse(format, &format!("{}{end}", slot("text")));
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
