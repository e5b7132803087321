//! JSON with the line of every value.

use serde_json::Value;

use super::Problem;

/// A place in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The line, from 1.
    pub(super) line: usize,
    /// Where in the line, in characters from 1.
    pub(super) column: usize,
}

/// A value, and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Node>),
    /// Fields by name, each with the place of the name.
    Object(Vec<(String, Place, Node)>),
}

impl Node {
    /// What stands at a field within, such as `steps[2].title`; of a name that stands twice, the
    /// first.
    pub(super) fn at(&self, field: &str) -> Option<&Self> {
        let names = field.split(['.', '[']).filter(|name| !name.is_empty());
        names.into_iter().try_fold(self, |node, name| {
            match (&node.kind, name.strip_suffix(']')) {
                (Kind::List(values), Some(at)) => values.get(at.parse::<usize>().ok()?),
                (Kind::Object(fields), None) => {
                    let found = fields.iter().find(|(own, ..)| own == name);
                    found.map(|(_, _, value)| value)
                }
                _ => None,
            }
        })
    }

    /// What it is, in words.
    pub(super) fn what(&self) -> String {
        match &self.kind {
            Kind::Null => "null".to_owned(),
            Kind::Bool(value) => value.to_string(),
            Kind::Number(number) => format!("the number {number}"),
            Kind::Text(text) => format!("the text `{}`", text.chars().take(40).collect::<String>()),
            Kind::List(_) => "a list".to_owned(),
            Kind::Object(_) => "an object".to_owned(),
        }
    }
}

/// Reads JSON.
pub(super) fn parse(json: &str) -> Result<Node, Problem> {
    // Whether it is JSON at all is for serde_json to say, which also bounds its depth.
    serde_json::from_str::<Value>(json).map_err(|error| not_json(json, &error))?;
    let mut scanner = Scanner {
        json: json.as_bytes(),
        at: 0,
        line: 1,
        line_start: 0,
    };
    scanner.value().ok_or_else(|| Problem {
        line: scanner.place().line,
        column: scanner.place().column,
        field: String::new(),
        what: "this is not JSON".to_owned(),
    })
}

fn not_json(json: &str, error: &serde_json::Error) -> Problem {
    let line = error.line().max(1);
    let column = characters(json, line, error.column());
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let what = if json.trim().is_empty() {
        "the file is empty; expected JSON".to_owned()
    } else if error.is_eof() {
        "the file ends too early: a bracket, a brace or a quotation mark is not closed".to_owned()
    } else {
        format!(
            "this is not JSON: {}, character {column} of the line",
            syntax(said)
        )
    };
    Problem {
        line,
        column,
        field: String::new(),
        what,
    }
}

/// How many characters the first `bytes` of a line have: one that is begun counts.
fn characters(json: &str, line: usize, bytes: usize) -> usize {
    let line = json.split('\n').nth(line - 1).unwrap_or_default();
    let before = line.char_indices().take_while(|(at, _)| *at < bytes);
    before.count().max(1)
}

/// What is wrong with the signs of JSON, from the words of its reader.
fn syntax(said: &str) -> &str {
    match said {
        "expected value" => "a text in quotation marks, a number, a list or an object belongs here",
        "key must be a string" => "the name of a field belongs here, in quotation marks",
        "trailing comma" => "the comma before this is one too many",
        "trailing characters" => "nothing may follow here: the document has ended",
        "expected ident" => "`true`, `false` or `null` belongs here",
        "expected `:`" => "a colon belongs here",
        "expected `,` or `}`" => "a comma or a closing brace belongs here",
        "expected `,` or `]`" => "a comma or a closing bracket belongs here",
        "invalid number" | "number out of range" => "this number cannot be read",
        "invalid escape" => "a backslash begins no sign that JSON has: write it twice",
        "recursion limit exceeded" => "it is nested too deeply",
        _ if said.starts_with("control character") => {
            "a line break or another control character stands in a text: write \\n"
        }
        _ => "this sign does not belong here",
    }
}

/// Reads JSON that is known to be well formed; `None` where it is not.
struct Scanner<'a> {
    json: &'a [u8],
    at: usize,
    line: usize,
    /// Where the line begins.
    line_start: usize,
}

impl Scanner<'_> {
    fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.json.get(self.at) {
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.line_start = self.at + 1;
                }
                b' ' | b'\t' | b'\r' | b',' | b':' => {}
                _ => return Some(*byte),
            }
            self.at += 1;
        }
        None
    }

    /// Where the next sign stands.
    fn place(&self) -> Place {
        let before = &self.json[self.line_start..self.at];
        // Of each character one byte is no continuation (RFC 3629, 3).
        let characters = before.iter().filter(|byte| **byte & 0xc0 != 0x80);
        Place {
            line: self.line,
            column: characters.count() + 1,
        }
    }

    fn value(&mut self) -> Option<Node> {
        let first = self.peek()?;
        let place = self.place();
        let kind = match first {
            b'{' => self.object()?,
            b'[' => self.list()?,
            b'"' => Kind::Text(self.text()?),
            _ => self.scalar()?,
        };
        Some(Node { place, kind })
    }

    fn object(&mut self) -> Option<Kind> {
        self.at += 1;
        let mut fields = Vec::new();
        while self.peek()? != b'}' {
            let place = self.place();
            fields.push((self.text()?, place, self.value()?));
        }
        self.at += 1;
        Some(Kind::Object(fields))
    }

    fn list(&mut self) -> Option<Kind> {
        self.at += 1;
        let mut values = Vec::new();
        while self.peek()? != b']' {
            values.push(self.value()?);
        }
        self.at += 1;
        Some(Kind::List(values))
    }

    fn text(&mut self) -> Option<String> {
        let start = self.at;
        self.at += 1;
        while *self.json.get(self.at)? != b'"' {
            self.at += if self.json[self.at] == b'\\' { 2 } else { 1 };
        }
        self.at += 1;
        serde_json::from_slice(self.json.get(start..self.at)?).ok()
    }

    fn scalar(&mut self) -> Option<Kind> {
        let start = self.at;
        let ends = |byte: &u8| b",]} \t\r\n".contains(byte);
        while self.json.get(self.at).is_some_and(|byte| !ends(byte)) {
            self.at += 1;
        }
        match serde_json::from_slice(self.json.get(start..self.at)?).ok()? {
            Value::Null => Some(Kind::Null),
            Value::Bool(value) => Some(Kind::Bool(value)),
            Value::Number(number) => Some(Kind::Number(number)),
            _ => None,
        }
    }
}
