//! Sentences with places to fill: `In {place}, the words “{find}” shall be deleted.` The same template words a sentence and reads it.

/// Whether words hold a sign by which instruments quote: a sentence with it could be read in two ways.
pub(crate) fn quoted(words: &str) -> bool {
    words.contains(['«', '»', '“', '”'])
}

enum Part<'a> {
    Words(&'a str),
    Slot(&'a str),
}

fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((words, behind)) = rest.split_once('{') {
        let Some((slot, behind)) = behind.split_once('}') else {
            break;
        };
        parts.push(Part::Words(words));
        parts.push(Part::Slot(slot));
        rest = behind;
    }
    parts.push(Part::Words(rest));
    parts
}

/// The sentence, with a capital at its beginning.
pub(super) fn fill(template: &str, slots: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for part in parts(template) {
        match part {
            Part::Words(words) => out.push_str(words),
            Part::Slot(name) => out.push_str(
                slots
                    .iter()
                    .find(|(slot, _)| *slot == name)
                    .map_or("", |(_, value)| value),
            ),
        }
    }
    let mut chars = out.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// What stands in the places of a template, if the sentence is one of it. The capital at the beginning counts as a small letter too.
pub(super) fn take_apart<'a>(
    template: &'a str,
    sentence: &'a str,
) -> Option<Vec<(&'a str, &'a str)>> {
    let mut slots = Vec::new();
    let mut rest = sentence;
    let mut open: Option<&str> = None;
    let parts = parts(template);
    let last = parts.len() - 1;
    for (at, part) in parts.into_iter().enumerate() {
        match (part, open.take()) {
            (Part::Slot(name), _) => open = Some(name),
            (Part::Words(words), None) if at == 0 => {
                let capital: String = words
                    .chars()
                    .take(1)
                    .flat_map(char::to_uppercase)
                    .chain(words.chars().skip(1))
                    .collect();
                rest = rest
                    .strip_prefix(words)
                    .or_else(|| rest.strip_prefix(capital.as_str()))?;
            }
            (Part::Words(words), None) => rest = rest.strip_prefix(words)?,
            (Part::Words(words), Some(slot)) => {
                let end = if at == last {
                    rest.len()
                        .checked_sub(words.len())
                        .filter(|end| rest.get(*end..) == Some(words))?
                } else {
                    rest.find(words)?
                };
                slots.push((slot, rest.get(..end)?));
                rest = rest.get(end + words.len()..)?;
            }
        }
    }
    (rest.is_empty() && open.is_none()).then_some(slots)
}
