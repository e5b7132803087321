//! `label TAB text`, one clause a line.

use super::{Parsed, lines_of};
use crate::{Body, Kind};

/// The longest label, in bytes; a tab further right is part of the text.
const LABEL: usize = 64;

/// Rules, version 1. A line is a provision; what stands before its first tab is its label. `H1`…`H6` label headings.
pub(super) fn parse(text: &str) -> Vec<Parsed> {
    lines_of(text).map(clause).collect()
}

fn clause(line: &str) -> Parsed {
    match line.find('\t').filter(|tab| *tab <= LABEL) {
        None => Parsed::new(Kind::Paragraph, Body::text_only(line)),
        Some(tab) => {
            let label = &line[..tab];
            let kind = match label.as_bytes() {
                [b'H', b'1'..=b'6'] => Kind::Heading,
                _ if label.contains(['(', '.']) => Kind::Point,
                _ => Kind::Paragraph,
            };
            Parsed::new(kind, Body::from_ranges(line, 0..tab, tab + 1..tab + 1))
        }
    }
}

/// Whether most lines have the form.
pub(super) fn looks_like(text: &str) -> bool {
    let (mut lines, mut labelled) = (0, 0);
    for line in lines_of(text).take(200) {
        lines += 1;
        labelled += usize::from(
            line.find('\t')
                .is_some_and(|tab| (1..=LABEL).contains(&tab)),
        );
    }
    lines > 0 && labelled * 10 >= lines * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_and_text() {
        let parsed = parse("H1\tShort Title\n2 (1)\tThe purpose\nno tab");
        assert_eq!(parsed[0].kind, Kind::Heading);
        assert_eq!(
            (
                parsed[1].body.label(),
                parsed[1].body.between(),
                parsed[1].body.text()
            ),
            ("2 (1)", "\t", "The purpose\n")
        );
        assert_eq!(parsed[2].body.raw(), "no tab");
    }
}
