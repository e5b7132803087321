//! Reading thresholds.

use super::{Among, Amount, Members, Share, Threshold};
use crate::{
    PartyId,
    effect::{
        FactKind,
        parse::{Read, Reader},
    },
};

const AMOUNT: &str = "a number, a share such as `55 %` or `2/3`, or `each of`";

/// The kind of act whose plural a word is.
pub(in crate::effect) fn plural(word: &str) -> Option<FactKind> {
    let one = word.strip_suffix('s')?;
    let mut named = FactKind::NAMED.iter();
    let (kind, _) = named.find(|(_, name)| *name == one)?;
    let each_does_it = kind.is_of_a_party() && *kind != FactKind::Notice;
    each_does_it.then_some(*kind)
}

impl Reader<'_> {
    /// A threshold, of which the next word is the plural of a kind of act.
    pub(in crate::effect) fn threshold(&mut self, kind: FactKind) -> Read<Threshold> {
        let word = self.peek();
        self.skip(word);
        self.words("of")?;
        if !self.sign('(') {
            return self.error("`(`");
        }
        let mut amounts = vec![self.amount()?];
        while self.sign(',') {
            amounts.push(self.amount()?);
        }
        match self.sign(')') {
            true => Ok(Threshold { kind, amounts }),
            false => self.error("`,` or `)`"),
        }
    }

    fn amount(&mut self) -> Read<Amount> {
        match self.peek() {
            "each" => {
                self.words("each of")?;
                self.members().map(Amount::Each)
            }
            "more" => {
                self.words("more than")?;
                self.share(true)
            }
            word if word.contains(['%', '/']) || self.behind(word).starts_with('%') => {
                self.share(false)
            }
            word => {
                let Some(n) = whole(word).filter(|n| *n > 0) else {
                    return self.error(AMOUNT);
                };
                self.skip(word);
                self.number(n)
            }
        }
    }

    fn number(&mut self, n: u32) -> Read<Amount> {
        let word = self.peek();
        if !["of", "outside"].contains(&word) {
            return Ok(Amount::Number(n, Among::All));
        }
        self.skip(word);
        let before = self.rest;
        let members = self.members()?;
        if word == "outside" {
            return Ok(Amount::Number(n, Among::Outside(members)));
        }
        if let Members::Listed(parties) = &members
            && parties.len() < n as usize
        {
            self.rest = before;
            return self.error(&format!("{n} members or more"));
        }
        Ok(Amount::Number(n, Among::Of(members)))
    }

    /// A share, and of what.
    fn share(&mut self, more_than: bool) -> Read<Amount> {
        let before = self.rest;
        let word = self.peek();
        let parts = match word.split_once('/') {
            Some((of, out_of)) => whole(of).zip(whole(out_of)),
            None => percent(word.strip_suffix('%').unwrap_or(word)),
        };
        self.skip(word);
        let is_percent = word.ends_with('%') || self.sign('%');
        if parts.is_none() || is_percent == word.contains('/') {
            self.rest = before;
            return self.error("a share such as `55 %` or `2/3`");
        }
        let share = parts.and_then(|(of, out_of)| Share::new(of, out_of, more_than));
        let Some(share) = share else {
            self.rest = before;
            return self.error("a share of more than nothing, and that the whole makes");
        };
        self.words("of")?;
        Ok(Amount::Share(share, self.members()?))
    }

    fn members(&mut self) -> Read<Members> {
        if self.sign('[') {
            return self.listed().map(Members::Listed);
        }
        let before = self.rest;
        let word = self.peek();
        let name = match word.is_empty() {
            true => self.label()?,
            false => {
                self.skip(word);
                word.to_owned()
            }
        };
        if !is_name(&name) {
            self.rest = before;
            return self.error("a group: its name, or its members as in `[GB, SU, US]`");
        }
        Ok(Members::Named(name))
    }

    /// The members of a list, up to its end.
    fn listed(&mut self) -> Read<Vec<PartyId>> {
        let mut parties: Vec<PartyId> = Vec::new();
        loop {
            let party = self.peek();
            let id = PartyId::from(party);
            if party.is_empty() {
                return self.error("a party");
            }
            if parties.contains(&id) {
                return self.error("each party once");
            }
            self.skip(party);
            parties.push(id);
            if self.sign(']') {
                return Ok(parties);
            }
            if !self.sign(',') {
                return self.error("`,` or `]`");
            }
        }
    }
}

/// Whether a group can have this name, so that effects can name it.
pub(crate) fn is_name(name: &str) -> bool {
    let cannot_be = |c: char| c == '"' || c.is_control();
    !name.is_empty() && name.trim() == name && !name.contains(cannot_be)
}

fn whole(digits: &str) -> Option<u32> {
    let only_digits = digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| only_digits)
}

/// So many per cent, with digits behind a point or without, as so many out of so many.
fn percent(number: &str) -> Option<(u32, u32)> {
    let (units, digits) = number.split_once('.').unwrap_or((number, ""));
    if number.ends_with('.') {
        return None;
    }
    whole(units)?;
    let of = whole(&format!("{units}{digits}"))?;
    let more = u32::try_from(digits.len()).ok()?;
    Some((of, 100_u32.checked_mul(10_u32.checked_pow(more)?)?))
}
