//! That no act on a package, or of a round, is dated before what it rests on (RC3): else it would be told, of a day
//! between, that all agreed on what was not proposed. Records of before hold such acts; an audit,
//! which decides them again, takes them as they are.

use chrono::NaiveDate;

use super::{Round, parts::Member};
use crate::{
    AgreementId, Context, Others, Reason, Refusal, Rule,
    package::{DEEDS, Package, PackageEvent},
    partnership::Deciding,
};

impl Package {
    /// That an act of a party on this round is in order.
    ///
    /// # Errors
    /// RC3 where it is dated before what it rests on; FW11 where a part leaves out since when its
    /// members are negotiated.
    pub(crate) fn in_order(&self, event: &PackageEvent, context: &Context) -> Result<(), Refusal> {
        let row = DEEDS.iter().find(|row| row.event == event.type_name());
        let act = row.map_or_else(|| event.act(), |row| row.act);
        let others = Others::default();
        let deciding = Deciding::new(act, context, &others);
        context
            .done_on
            .map_or(Ok(()), |day| deciding.has_come(day))?;
        let member = |id: &AgreementId| self.round.as_ref()?.members.get(id);
        let day = context.day();
        let (on, first, what) = match event {
            PackageEvent::MemberNegotiated { on, agreement, .. } => {
                let last = member(agreement).and_then(|own| own.standing.last_step());
                (on, last, "its last step")
            }
            PackageEvent::MemberAgreed { on, agreement, .. } => {
                let since = member(agreement).and_then(|own| own.standing.negotiated);
                (on, since, "it was negotiated")
            }
            PackageEvent::MemberHeld { on, agreement, .. } => {
                let own = member(agreement);
                let released = own.and_then(|own| own.standing.released.get(deciding.party()));
                (on, released.copied(), "it was let go")
            }
            PackageEvent::RoundSplit { on, .. } => {
                let last = self.round.as_ref().and_then(Round::last_act);
                (on, last, "the last act on its members")
            }
            PackageEvent::RoundFollowsItem { on, .. } => {
                let opened = self.round.as_ref().map(|round| round.opening.on);
                (on, opened, "the round was opened")
            }
            PackageEvent::RoundOpened(opening) => {
                let unsaid = |own: &&Member| {
                    own.standing.revision.is_some() && own.standing.negotiated.is_none()
                };
                let Some(own) = opening.members.iter().find(unsaid) else {
                    return Ok(());
                };
                let expected = "members that say since when they are negotiated";
                let found = format!("agreement {}, which does not", own.agreement);
                return Err(deciding.refuse(Reason::Malformed, Rule::FW11, expected, found));
            }
            // That it is not before what it rests on, the rules of the round say themselves.
            PackageEvent::MemberReadied { .. } | PackageEvent::MemberReleased { .. } => {
                return Ok(());
            }
            PackageEvent::PackageAdopted {} => {
                (&day, self.latest_on, "the last act on the package")
            }
            PackageEvent::PackageAccepted { .. }
            | PackageEvent::PackageRejected { .. }
            | PackageEvent::PackageWithdrawn { .. } => (&day, self.begun_on, "the package began"),
            PackageEvent::PackageProposed(_) => return Ok(()),
        };
        // A day that nobody said is that of the recording, which is another one in other zones.
        let said = event.on().or(context.done_on).is_some();
        let first = first.filter(|_| said);
        first.map_or(Ok(()), |first| deciding.not_before(*on, first, what))
    }
}

impl Round {
    fn last_act(&self) -> Option<NaiveDate> {
        let members = self.members.values();
        members.filter_map(|own| own.standing.last_act()).max()
    }
}
