//! Which of several agreements governs between two parties (VCLT 30): what `in-force` says of those that
//! are related to the one that is asked.

use chrono::{DateTime, NaiveDate, Utc};
use travaux::domain::{
    AgreementId, PartyId, StreamId,
    agreement::{
        Agreement,
        relation::{Governs, Relations},
    },
};

use crate::{
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{GovernsBeside, in_brackets},
};

/// Another agreement, its title, and which of the two governs.
pub(super) struct Other {
    title: String,
    said: GovernsBeside,
}

/// What is said of each agreement that is related to one, which is given as it was known then.
pub(super) fn governs(
    session: &Session,
    (this, id): (&Agreement, AgreementId),
    (a, b): (&PartyId, &PartyId),
    (on, known_at): (NaiveDate, Option<DateTime<Utc>>),
) -> Result<Vec<Other>, CliError> {
    let related: Vec<_> = session.engine.register()?.related(id).collect();
    if related.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for other_id in related {
        let record = session.engine.record(other_id)?;
        let known = known_at.map(|at| record.agreement.known_at(at));
        let other = known.as_ref().unwrap_or(&record.agreement);
        let governs = Relations::governs((this, id), (other, other_id), a, b, on);
        let (Some(rule), Some(identity)) = (governs.rule(), &other.identity) else {
            continue;
        };
        all.push(Other {
            title: identity.title.clone(),
            said: GovernsBeside {
                agreement: other_id,
                handle: names::handle_of(&session.engine, StreamId::Agreement(other_id))?,
                governs,
                rule,
            },
        });
    }
    Ok(all)
}

impl Other {
    /// In a line, as people read it.
    pub(super) fn words(&self) -> String {
        let title = one_line(&self.title);
        let other = format!("{title}{}", in_brackets(self.said.handle.as_ref()));
        let said = match self.said.governs {
            Governs::OtherByItsClause => {
                format!("subject to {other}, which prevails where the two do not agree")
            }
            Governs::ThisByItsClause => {
                format!("{other} is subject to this one, which prevails where the two do not agree")
            }
            Governs::ThisAsLater => {
                format!("later than {other}, of which only what agrees with this one applies")
            }
            Governs::OtherAsLater => {
                format!("{other} is later: of this one only what agrees with that one applies")
            }
            Governs::OnlyThis => format!("governs alone between the two, and not {other}"),
            Governs::OnlyOther => format!("{other} governs alone between the two"),
            Governs::Unrelated => String::new(),
        };
        format!("{said} [{}]\n", self.said.rule)
    }

    /// As a document has it.
    pub(super) fn shown(self) -> GovernsBeside {
        self.said
    }
}
