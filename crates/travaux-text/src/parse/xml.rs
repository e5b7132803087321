//! XML as bytes: divided where changes are local, not interpreted.

use super::Parsed;
use crate::{Body, Kind};

/// Rules, version 1. A provision ends behind each end tag and each line end.
pub(super) fn parse(text: &str) -> Vec<Parsed> {
    let mut out = Vec::new();
    let (mut start, mut end_tag) = (0, false);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'<' => end_tag = bytes.get(at + 1) == Some(&b'/'),
            b'>' if end_tag => {
                // A line end directly behind the tag stays with it.
                if bytes.get(at + 1) != Some(&b'\n') {
                    out.push(Parsed::new(
                        Kind::Paragraph,
                        Body::text_only(&text[start..=at]),
                    ));
                    start = at + 1;
                }
                end_tag = false;
            }
            b'\n' => {
                out.push(Parsed::new(
                    Kind::Paragraph,
                    Body::text_only(&text[start..=at]),
                ));
                start = at + 1;
            }
            _ => {}
        }
    }
    if start < text.len() {
        out.push(Parsed::new(
            Kind::Paragraph,
            Body::text_only(&text[start..]),
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divided_behind_end_tags_and_lines() {
        let parsed = parse("\u{FEFF}<a><b>x</b><c>y</c></a>\n<d/>z");
        let found: Vec<_> = parsed.iter().map(|p| p.body.raw()).collect();
        assert_eq!(
            found,
            ["\u{FEFF}<a><b>x</b>", "<c>y</c>", "</a>\n", "<d/>z"]
        );
    }
}
