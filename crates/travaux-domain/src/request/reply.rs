//! Replies: information, part by part, and refusals (IX6, IX7).

use super::{Content, Use, decide::Asked};
use crate::{Name, Reason, Refusal, words::names};

impl Asked<'_> {
    /// That these parts of the request are open.
    fn are_open(&self, parts: &[Name]) -> Result<(), Refusal> {
        let all = self.request.parts.keys();
        for part in parts {
            let what = "a part of the request";
            self.deciding
                .is_one_of(self.rule, what, part, all.clone())?;
        }
        let closed = |part: &&Name| {
            let end = self.request.parts.get(*part).and_then(Option::as_ref);
            end.is_some()
        };
        match parts.iter().find(closed) {
            None => Ok(()),
            Some(part) => {
                let open = names(self.request.open_parts());
                let expected = format!("a part that is open: {open}");
                let found = format!("`{part}`, which was answered or refused");
                Err(self.refuse(Reason::Already, expected, found))
            }
        }
    }

    /// Information answers parts that are open, or comes ahead of the answer (IX6).
    pub(super) fn may_provide(
        &self,
        parts: &[Name],
        content: &Content,
        uses: &[Use],
    ) -> Result<(), Refusal> {
        self.is_being_answered()?;
        if !parts.is_empty() {
            self.keys_once("the parts that it answers", parts)?;
        }
        self.are_open(parts)?;
        self.is_content(content, self.other_party())?;
        self.are_uses(uses)
    }

    /// A reply is refused on a ground of the agreement's list, for parts that are open (IX7).
    pub(super) fn may_refuse(&self, ground: &Name, parts: &[Name]) -> Result<(), Refusal> {
        self.is_being_answered()?;
        let known = &self.terms.refusal_grounds;
        let what = "a ground on which a reply may be refused";
        self.deciding.is_one_of(self.rule, what, ground, known)?;
        self.keys_once("the parts that are refused", parts)?;
        self.are_open(parts)
    }
}
