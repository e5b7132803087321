//! Plain text: paragraphs between blank lines.

use super::{Parsed, is_blank, labels, lines_of};
use crate::{Body, Kind};

/// Rules, version 1. A run of lines and the blank lines behind it are one provision; a lone line that reads like a heading
/// is one.
pub(super) fn parse(text: &str) -> Vec<Parsed> {
    let mut out = Vec::new();
    let (mut start, mut at, mut lines, mut blank) = (0, 0, 0, false);
    for line in lines_of(text) {
        if is_blank(line) {
            blank = true;
        } else {
            if blank {
                out.push(leaf(&text[start..at], lines));
                (start, lines, blank) = (at, 0, false);
            }
            lines += 1;
        }
        at += line.len();
    }
    if at > start {
        out.push(leaf(&text[start..at], lines));
    }
    out
}

fn leaf(raw: &str, lines: usize) -> Parsed {
    if lines == 1 {
        lone_line(raw)
    } else {
        Parsed::new(Kind::Paragraph, Body::text_only(raw))
    }
}

/// A paragraph of one line: a heading if it reads like one.
pub(super) fn lone_line(raw: &str) -> Parsed {
    let start = raw.len() - raw.trim_start().len();
    let words = raw[start..].trim_end();
    match labels::is_heading_line(words) {
        Some(h) => Parsed {
            kind: h.kind,
            rank: h.rank,
            body: Body::from_ranges(
                raw,
                start + h.label.start..start + h.label.end,
                start + h.heading.start..start + h.heading.end,
            ),
        },
        None => Parsed::new(Kind::Paragraph, Body::text_only(raw)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_keep_their_blank_lines() {
        let parsed = parse("\n\nArticle 1\n\nOne\ntwo.\n\n\nThree");
        let found: Vec<_> = parsed.iter().map(|p| (p.kind, p.body.raw())).collect();
        assert_eq!(
            found,
            [
                (Kind::Paragraph, "\n\n"),
                (Kind::Article, "Article 1\n\n"),
                (Kind::Paragraph, "One\ntwo.\n\n\n"),
                (Kind::Paragraph, "Three"),
            ]
        );
    }
}
