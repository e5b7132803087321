//! Reading effects.

use std::str::FromStr;

use chrono::NaiveDate;

use super::{
    Effect, FactKind, Period, Span, Which,
    threshold::{ends_a_word, plural},
};

/// Words are no effect.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot read `{text}` at `{at}`: expected {expected}")]
pub struct ParseEffectError {
    /// All that was to be read.
    pub text: String,
    /// What was left of it when reading stopped.
    pub at: String,
    /// What would have been right there.
    pub expected: String,
}

/// How deep effects may stand in one another: words from a stranger must not exhaust the stack.
const DEPTH: u32 = 32;

const ORDINALS: [&str; 10] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
];

pub(super) struct Reader<'a> {
    text: &'a str,
    pub(super) rest: &'a str,
}

pub(super) type Read<T> = Result<T, ParseEffectError>;

impl<'a> Reader<'a> {
    pub(super) fn error<T>(&self, expected: &str) -> Read<T> {
        let at = if self.rest.is_empty() {
            "the end".to_owned()
        } else {
            self.rest.to_owned()
        };
        Err(ParseEffectError {
            text: self.text.to_owned(),
            at,
            expected: expected.to_owned(),
        })
    }

    /// The next word: up to white space, a comma, a bracket or a quotation mark.
    pub(super) fn peek(&self) -> &'a str {
        let end = self.rest.find(ends_a_word).unwrap_or(self.rest.len());
        &self.rest[..end]
    }

    /// What stands behind a word, which is the next one.
    pub(super) fn behind(&self, word: &str) -> &'a str {
        self.rest[word.len()..].trim_start()
    }

    pub(super) fn skip(&mut self, words: &str) {
        self.rest = self.behind(words);
    }

    /// Takes each of `words` in turn.
    pub(super) fn words(&mut self, words: &str) -> Read<()> {
        for word in words.split(' ') {
            if self.peek() != word {
                return self.error(&format!("`{words}`"));
            }
            self.skip(word);
        }
        Ok(())
    }

    pub(super) fn sign(&mut self, sign: char) -> bool {
        let found = self.rest.starts_with(sign);
        if found {
            self.rest = self.rest[sign.len_utf8()..].trim_start();
        }
        found
    }

    fn ordinal(&mut self) -> Option<u32> {
        let word = self.peek();
        let number = match ORDINALS.iter().position(|o| *o == word) {
            Some(at) => u32::try_from(at + 1).ok(),
            None => ["st", "nd", "rd", "th"]
                .iter()
                .find_map(|e| word.strip_suffix(e))
                .and_then(|n| n.parse().ok()),
        };
        number.filter(|n| *n > 0).inspect(|_| self.skip(word))
    }

    fn kind(&mut self) -> Read<FactKind> {
        let word = self.peek();
        let named = FactKind::NAMED.iter();
        let mut named = named.filter(|(_, name)| name.split(' ').next() == Some(word));
        match named.next() {
            Some((kind, name)) => self.words(name).map(|()| *kind),
            None => self.error("`signature`, `notification`, `instrument` or `consent`"),
        }
    }

    fn span(&mut self) -> Read<Span> {
        let word = self.peek();
        let Some(span) = Span::named(word) else {
            return self.error("`month`, `quarter`, `half-year` or `year`");
        };
        self.skip(word);
        Ok(span)
    }

    fn effect(&mut self, depth: u32) -> Read<Effect> {
        if depth > DEPTH {
            return self.error("less within less");
        }
        let word = self.peek();
        if let Ok(date) = word.parse::<NaiveDate>() {
            self.skip(word);
            return Ok(Effect::At(date));
        }
        if word.starts_with(|c: char| c.is_ascii_digit())
            && word.bytes().all(|b| b.is_ascii_digit())
        {
            return self.after(word, depth);
        }
        match word {
            "earliest" | "latest" => {
                self.skip(word);
                self.words("of")?;
                let effects = self.list(depth)?;
                Ok(if word == "earliest" {
                    Effect::Earliest(effects)
                } else {
                    Effect::Latest(effects)
                })
            }
            "undetermined" => {
                self.skip(word);
                self.label().map(Effect::Undetermined)
            }
            "adoption" | "authentication" | "entry" => Ok(Effect::On(Which::Nth(1), self.kind()?)),
            "own" => {
                self.skip(word);
                match self.peek() {
                    "entry" | "notice" => self.kind(),
                    _ => self.of_a_party(),
                }
                .map(|kind| Effect::On(Which::Own, kind))
            }
            "last" => {
                self.skip(word);
                self.of_a_party().map(|kind| Effect::On(Which::Last, kind))
            }
            "first" if self.behind(word).starts_with("day ") => {
                self.words("first day of the")?;
                let Some(n) = self.ordinal() else {
                    return self.error("an ordinal such as `2nd`");
                };
                let span = self.span()?;
                self.words("after")?;
                Ok(Effect::FirstDayOf(
                    n,
                    span,
                    Box::new(self.effect(depth + 1)?),
                ))
            }
            _ => {
                if let Some(kind) = plural(word) {
                    return self.threshold(kind).map(Effect::Reached);
                }
                match self.ordinal() {
                    Some(n) => self
                        .of_a_party()
                        .map(|kind| Effect::On(Which::Nth(n), kind)),
                    None => self.error("a date, a time after something, or what is waited for"),
                }
            }
        }
    }

    fn of_a_party(&mut self) -> Read<FactKind> {
        let before = self.rest;
        let kind = self.kind()?;
        if kind.is_of_a_party() && kind != FactKind::Notice {
            return Ok(kind);
        }
        self.rest = before;
        self.error("something that each party does: a signature, a notification, an instrument or a consent")
    }

    fn after(&mut self, number: &str, depth: u32) -> Read<Effect> {
        let period = self.period(number)?;
        self.words("after")?;
        Ok(Effect::After(period, Box::new(self.effect(depth + 1)?)))
    }

    /// So many, which is the next word, of a unit.
    fn period(&mut self, number: &str) -> Read<Period> {
        let Ok(n) = number.parse::<u32>() else {
            return self.error("a smaller number");
        };
        self.skip(number);
        let unit = self.peek();
        let period = match unit.strip_suffix('s').unwrap_or(unit) {
            "day" => Period::Days(n),
            "week" => Period::Days(n.saturating_mul(7)),
            "month" => Period::Months(n),
            "year" => Period::Years(n),
            _ => return self.error("`days`, `weeks`, `months` or `years`"),
        };
        self.skip(unit);
        Ok(period)
    }

    fn list(&mut self, depth: u32) -> Read<Vec<Effect>> {
        if !self.sign('(') {
            return self.error("`(`");
        }
        let mut effects = vec![self.effect(depth + 1)?];
        while self.sign(',') {
            effects.push(self.effect(depth + 1)?);
        }
        if self.sign(')') {
            Ok(effects)
        } else {
            self.error("`,` or `)`")
        }
    }

    pub(super) fn label(&mut self) -> Read<String> {
        if !self.sign('"') {
            return Ok(String::new());
        }
        let Some((label, rest)) = self.rest.split_once('"') else {
            return self.error("a closing `\"`");
        };
        self.rest = rest.trim_start();
        Ok(label.to_owned())
    }
}

impl FromStr for Period {
    type Err = ParseEffectError;

    fn from_str(text: &str) -> Result<Self, ParseEffectError> {
        let mut reader = Reader {
            text,
            rest: text.trim(),
        };
        let number = reader.peek();
        match reader.period(number) {
            Ok(period) if reader.rest.is_empty() && !number.starts_with('+') => Ok(period),
            _ => Err(ParseEffectError {
                text: text.to_owned(),
                at: text.to_owned(),
                expected: "a time such as `30 days`, `6 months` or `1 year`".to_owned(),
            }),
        }
    }
}

impl FromStr for Effect {
    type Err = ParseEffectError;

    fn from_str(text: &str) -> Result<Self, ParseEffectError> {
        let mut reader = Reader {
            text,
            rest: text.trim(),
        };
        if reader.peek() == "on" {
            reader.skip("on");
        }
        let effect = reader.effect(0)?;
        if reader.rest.is_empty() {
            Ok(effect)
        } else {
            reader.error("nothing more")
        }
    }
}
