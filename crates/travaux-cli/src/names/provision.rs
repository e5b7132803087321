//! Provisions on the command line: by id, or by label in the version in question.

use travaux_text::{CitationError, Lang, ProvisionId, Text};

use crate::error::CliError;

/// How many words of a provision without a heading are shown.
const WORDS: usize = 8;

/// The provision of a text that `name` means. The agreement's own handle may stand before it, as in
/// `sec/art3`. Of several none is chosen; where there is none, what is near is named, in the
/// language of the reader.
pub(crate) fn provision(
    (text, lang): (&Text, Lang),
    handle: Option<&str>,
    name: &str,
) -> Result<ProvisionId, CliError> {
    let own = handle.and_then(|handle| name.strip_prefix(handle)?.strip_prefix('/'));
    let cited = own.unwrap_or(name);
    let lines = |ids: &[ProvisionId]| {
        let line = |id: &ProvisionId| format!("\n  {}", say(text, *id, lang));
        ids.iter().map(line).collect::<String>()
    };
    text.cited(cited).map_err(|error| {
        CliError::Usage(match error {
            CitationError::Several { candidates, .. } => format!(
                "{cited}: that may mean {} provisions; name one by its id:{}",
                candidates.len(),
                lines(&candidates)
            ),
            CitationError::Unknown { nearest, .. } if !nearest.is_empty() => format!(
                "there is no provision `{cited}` in this text; the nearest are{}",
                lines(&nearest)
            ),
            _ => format!(
                "there is no provision `{cited}` in this text, and none has a label: name one by its id, \
                 such as `1.4`"
            ),
        })
    })
}

/// All provisions that these names mean.
pub(crate) fn provisions<'a>(
    text: (&Text, Lang),
    handle: Option<&str>,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<ProvisionId>, CliError> {
    let mut names = names.into_iter();
    names.try_fold(Vec::new(), |mut found, name| {
        found.push(provision(text, handle, name)?);
        Ok(found)
    })
}

/// A provision for people: its label and its id, and its heading or its first words, and where it
/// stands.
pub(crate) fn say(text: &Text, id: ProvisionId, lang: Lang) -> String {
    let Some(node) = text.get(id) else {
        return id.to_string();
    };
    let (cited, id) = (text.cite(id, lang), id.to_string());
    let mut out = if cited == id {
        id
    } else {
        format!("{cited} ({id})")
    };
    let first = node.bodies.first().map(|(_, body)| body);
    let body = node.body(lang).or(first);
    let words = body.map_or(String::new(), |body| match body.heading().trim() {
        "" => shortened(body.text()),
        heading => heading.to_owned(),
    });
    if !words.is_empty() {
        out += &format!(" {words}");
    }
    let above = text.parent(node.id).filter(|above| {
        let labelled = |(_, body): &(_, travaux_text::Body)| !body.label().trim().is_empty();
        text.get(*above)
            .is_some_and(|node| node.bodies.iter().any(labelled))
    });
    if let Some(above) = above {
        out += &format!(", in {}", text.cite(above, lang));
    }
    out
}

fn shortened(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let more = words.get(WORDS).map_or("", |_| " …");
    format!("{}{more}", words[..words.len().min(WORDS)].join(" "))
}
