//! Redlines for terminals, for plain text and for browsers.

use crate::{Lang, Redline, Span, SpanKind};

/// A way to show a redline.
pub trait Renderer {
    /// One span.
    fn span(&self, span: &Span, out: &mut String);

    /// What stands for provisions that are left out.
    fn omission(&self, out: &mut String) {
        out.push_str("[…]\n\n");
    }

    /// The whole redline.
    fn render(&self, redline: &Redline) -> String {
        let mut out = String::new();
        redline
            .spans
            .iter()
            .for_each(|span| self.span(span, &mut out));
        out
    }

    /// Only the provisions in which something changed.
    fn render_changes(&self, redline: &Redline) -> String {
        let mut out = String::new();
        for span in redline.changes() {
            match span {
                Some(span) => self.span(span, &mut out),
                None => self.omission(&mut out),
            }
        }
        out
    }
}

/// Marks in plain text: `[-struck-]`, `{+new+}`, `[<moved away>]`, `{>moved here<}`.
#[derive(Clone, Copy, Debug)]
pub struct PlainRenderer;

impl Renderer for PlainRenderer {
    fn span(&self, span: &Span, out: &mut String) {
        let (open, close) = match span.kind {
            SpanKind::Equal => ("", ""),
            SpanKind::Delete => ("[-", "-]"),
            SpanKind::Insert => ("{+", "+}"),
            SpanKind::MoveFrom => ("[<", ">]"),
            SpanKind::MoveTo => ("{>", "<}"),
        };
        out.extend([open, &span.text, close]);
    }
}

/// Colours for a terminal: struck in red, new in green, moved in cyan.
#[derive(Clone, Copy, Debug)]
pub struct AnsiRenderer;

impl Renderer for AnsiRenderer {
    fn span(&self, span: &Span, out: &mut String) {
        let style = match span.kind {
            SpanKind::Equal => return out.push_str(&span.text),
            SpanKind::Delete => "\x1b[31;9m",
            SpanKind::Insert => "\x1b[32;4m",
            SpanKind::MoveFrom => "\x1b[36;9m",
            SpanKind::MoveTo => "\x1b[36;4m",
        };
        // Line by line, so that no style leaks over a line's end.
        for line in span.text.split_inclusive('\n') {
            let words = line.trim_end_matches('\n');
            if !words.is_empty() {
                out.extend([style, words, "\x1b[0m"]);
            }
            out.push_str(&line[words.len()..]);
        }
    }
}

/// HTML `ins` and `del`, as one block that keeps line breaks. Moved provisions carry the class `moved`.
#[derive(Clone, Debug)]
pub struct HtmlRenderer {
    /// The language of the text.
    pub lang: Lang,
    /// What the change rests on, for `title`, which a reader sees on pointing at a change; a revision or an instrument. (HTML's
    /// own `cite` takes an address, and a revision has none.)
    pub cite: String,
    /// When it was adopted (RFC 3339), for `datetime`; empty if it was not.
    pub datetime: String,
}

impl HtmlRenderer {
    /// A whole page with the changed provisions of `redline`.
    pub fn page(&self, title: &str, redline: &Redline) -> String {
        let dir = if self.lang.is_right_to_left() {
            "rtl"
        } else {
            "ltr"
        };
        let (lang, title) = (self.lang, escape(title));
        let body = if redline.is_empty() {
            "<p>No change.</p>".to_owned()
        } else {
            self.render_changes(redline)
        };
        format!(
            "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n\
             body {{ font: 1.05rem/1.6 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}\n\
             :lang(ar) {{ font-family: 'Noto Naskh Arabic', 'Times New Roman', serif; }}\n\
             h1 {{ font-size: 1.3rem; line-height: 1.3; }}\n\
             .text {{ white-space: pre-wrap; overflow-wrap: anywhere; }}\n\
             ins {{ color: #06532a; background: #d9f2e3; text-decoration: underline; }}\n\
             del {{ color: #8c1d18; background: #fbe3e1; text-decoration: line-through; }}\n\
             .moved {{ color: #0b4a6f; background: #dcedf7; }}\n\
             .omitted {{ color: #666; }}\n\
             </style>\n<h1 dir=\"auto\">{title}</h1>\n<div class=\"text\">{body}</div>\n</html>\n"
        )
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

impl Renderer for HtmlRenderer {
    fn span(&self, span: &Span, out: &mut String) {
        let (tag, class) = match span.kind {
            SpanKind::Equal => return out.push_str(&escape(&span.text)),
            SpanKind::Insert => ("ins", ""),
            SpanKind::Delete => ("del", ""),
            SpanKind::MoveTo => ("ins", " class=\"moved\""),
            SpanKind::MoveFrom => ("del", " class=\"moved\""),
        };
        let attribute = |name: &str, value: &str| match value {
            "" => String::new(),
            value => format!(" {name}=\"{}\"", escape(value)),
        };
        let (cite, datetime) = (
            attribute("title", &self.cite),
            attribute("datetime", &self.datetime),
        );
        out.push_str(&format!(
            "<{tag}{class}{cite}{datetime}>{}</{tag}>",
            escape(&span.text)
        ));
    }

    fn omission(&self, out: &mut String) {
        out.push_str("<span class=\"omitted\">[…]</span>\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, ProvisionId};

    fn span(kind: SpanKind, text: &str) -> Span {
        Span {
            kind,
            provision: ProvisionId::new(1, 1),
            of: Kind::Paragraph,
            text: text.into(),
        }
    }

    #[test]
    fn html_is_escaped_and_cites() {
        let html = HtmlRenderer {
            lang: Lang::parse("ar").expect("ar"),
            cite: "revision 2".into(),
            datetime: "2025-01-01".into(),
        };
        let mut out = String::new();
        html.span(&span(SpanKind::Insert, "<b>&"), &mut out);
        assert_eq!(
            out,
            "<ins title=\"revision 2\" datetime=\"2025-01-01\">&lt;b&gt;&amp;</ins>"
        );
        assert!(html.page("t", &Redline::default()).contains("dir=\"rtl\""));
    }

    #[test]
    fn colours_end_with_their_line() {
        let mut out = String::new();
        AnsiRenderer.span(&span(SpanKind::Delete, "a\nb"), &mut out);
        assert_eq!(out, "\x1b[31;9ma\x1b[0m\n\x1b[31;9mb\x1b[0m");
    }
}
