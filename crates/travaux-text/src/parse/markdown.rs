//! Markdown, as far as an agreement's structure needs it.

use super::{Parsed, is_blank, labels, lines_of};
use crate::{Body, Kind};

/// Rules, version 1. Front matter between `---` lines: one `Metadata` a line. `#` headings, and lone lines that read like
/// headings: one provision each. List points and table rows start a provision of their own; other lines gather into
/// paragraphs. Blank lines belong to the provision in front of them. Fenced code stays in one paragraph.
pub(super) fn parse(text: &str) -> Vec<Parsed> {
    let mut out = Vec::new();
    let mut pending = Pending::default();
    let mut at = front_matter(text, &mut out);
    let mut fenced = false;
    for line in lines_of(&text[at..]) {
        let range = at..at + line.len();
        at = range.end;
        let content = line.trim_end();
        let is_fence =
            content.trim_start().starts_with("```") || content.trim_start().starts_with("~~~");
        if fenced || is_fence {
            if !fenced {
                pending.flush(text, &mut out);
            }
            fenced ^= is_fence;
            pending.push(range, Kind::Paragraph);
            pending.blank = false;
        } else if is_blank(line) {
            pending.push_blank(range);
        } else if content.starts_with('#')
            && content.trim_start_matches('#').starts_with([' ', '\t'])
        {
            pending.flush(text, &mut out);
            pending.heading = true;
            pending.push(range, Kind::Heading);
        } else {
            if let Some(kind) = starts_leaf(content) {
                pending.flush(text, &mut out);
                pending.push(range, kind);
            } else {
                if pending.blank || pending.heading {
                    pending.flush(text, &mut out);
                }
                pending.push(range, Kind::Paragraph);
            }
        }
    }
    pending.flush(text, &mut out);
    out
}

fn front_matter(text: &str, out: &mut Vec<Parsed>) -> usize {
    let mut lines = lines_of(text);
    if lines.next().is_none_or(|line| line.trim_end() != "---") {
        return 0;
    }
    let Some(len) = lines.take(200).position(|line| line.trim_end() == "---") else {
        return 0;
    };
    let mut at = 0;
    for line in lines_of(text).take(len + 2) {
        out.push(Parsed::new(Kind::Metadata, Body::text_only(line)));
        at += line.len();
    }
    at
}

/// Whether a line starts a provision of its own: a list point or a table row.
fn starts_leaf(content: &str) -> Option<Kind> {
    let inner = content.trim_start();
    if inner.starts_with('|') {
        return Some(Kind::Row);
    }
    let marker = inner.split([' ', '\t']).next().unwrap_or_default();
    let counted = |marker: &str| {
        let number = marker.trim_end_matches(['.', ')', '°']);
        number.len() < marker.len()
            && (1..=3).contains(&number.chars().count())
            && number.chars().all(char::is_alphanumeric)
    };
    (matches!(marker, "-" | "*" | "+") || counted(marker)).then_some(Kind::Point)
}

/// The lines of the provision that is being gathered.
#[derive(Default)]
struct Pending {
    range: Option<std::ops::Range<usize>>,
    kind: Option<Kind>,
    lines: usize,
    blank: bool,
    heading: bool,
}

impl Pending {
    fn push(&mut self, range: std::ops::Range<usize>, kind: Kind) {
        self.range = Some(
            self.range
                .take()
                .map_or(range.clone(), |r| r.start..range.end),
        );
        self.kind.get_or_insert(kind);
        self.lines += 1;
    }

    fn push_blank(&mut self, range: std::ops::Range<usize>) {
        self.push(range, Kind::Paragraph);
        self.lines -= 1;
        self.blank = true;
    }

    fn flush(&mut self, text: &str, out: &mut Vec<Parsed>) {
        let Self {
            range,
            kind,
            lines,
            heading,
            ..
        } = std::mem::take(self);
        let (Some(range), Some(kind)) = (range, kind) else {
            return;
        };
        let raw = &text[range];
        out.push(if heading {
            marked_heading(raw)
        } else if kind == Kind::Paragraph && lines == 1 {
            super::plain::lone_line(raw)
        } else {
            Parsed::new(kind, Body::text_only(raw))
        });
    }
}

/// A `#` heading: its label if it has one, else only a heading; ranked by its label's word or its level.
fn marked_heading(raw: &str) -> Parsed {
    let level = raw.bytes().take_while(|b| *b == b'#').count();
    let start = raw.len() - raw[level..].trim_start().len();
    let line_end = raw.find('\n').unwrap_or(raw.len());
    if start >= line_end {
        return Parsed::new(Kind::Heading, Body::text_only(raw));
    }
    let words = raw[start..line_end]
        .trim_end()
        .trim_end_matches('#')
        .trim_end();
    match labels::divide(words) {
        Some(h) => Parsed {
            kind: h.kind,
            rank: h.rank,
            body: Body::from_ranges(
                raw,
                start + h.label.start..start + h.label.end,
                start + h.heading.start..start + h.heading.end,
            ),
        },
        None => Parsed {
            kind: if level == 1 {
                Kind::Title
            } else {
                Kind::Heading
            },
            rank: u8::try_from(level).unwrap_or(7).clamp(1, 7),
            body: Body::from_ranges(raw, start..start, start..start + words.len()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Kind, &str)]) {
        let parsed = parse(text);
        let found: Vec<_> = parsed.iter().map(|p| (p.kind, p.body.raw())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn headings_paragraphs_points_and_rows() {
        check(
            "# Accord\n\nPréambule\nsuite.\n\n## Article 1 — Objet\n\nTexte.\n\n- un\n- deux\n  suite\n\n|a|b|\n|c|d|\n",
            &[
                (Kind::Title, "# Accord\n\n"),
                (Kind::Paragraph, "Préambule\nsuite.\n\n"),
                (Kind::Article, "## Article 1 — Objet\n\n"),
                (Kind::Paragraph, "Texte.\n\n"),
                (Kind::Point, "- un\n"),
                (Kind::Point, "- deux\n  suite\n\n"),
                (Kind::Row, "|a|b|\n"),
                (Kind::Row, "|c|d|\n"),
            ],
        );
    }

    #[test]
    fn front_matter_goes_line_by_line() {
        check(
            "---\ntitle: x\n---\ntext",
            &[
                (Kind::Metadata, "---\n"),
                (Kind::Metadata, "title: x\n"),
                (Kind::Metadata, "---\n"),
                (Kind::Paragraph, "text"),
            ],
        );
        check(
            "---\nnever closed",
            &[(Kind::Paragraph, "---\nnever closed")],
        );
    }

    #[test]
    fn a_lone_line_that_reads_like_a_heading_is_one() {
        check(
            "Article 427\n\nTexte.\n",
            &[
                (Kind::Article, "Article 427\n\n"),
                (Kind::Paragraph, "Texte.\n"),
            ],
        );
    }

    #[test]
    fn labels_and_headings_stand_apart() {
        let body = &parse("##### Article 3 bis — Objet\n")[0].body;
        assert_eq!(
            (
                body.before(),
                body.label(),
                body.between(),
                body.heading(),
                body.text()
            ),
            ("##### ", "Article 3 bis", " — ", "Objet", "\n")
        );
    }

    #[test]
    fn fenced_code_is_not_divided() {
        check(
            "```\n# no heading\n\n- no point\n```\n\nend\n",
            &[
                (Kind::Paragraph, "```\n# no heading\n\n- no point\n```\n\n"),
                (Kind::Paragraph, "end\n"),
            ],
        );
    }
}
