//! What a round decides: how it begins, and how its members come on.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Member, MemberStanding, Round, RoundCommand, RoundOpening, parts::MemberState};
use crate::{
    Aggregate as _, AgreementId, Context, Decided, Others, PackageId, Reason, Refusal, Revision,
    Rule, StreamId,
    agreement::{Agreement, Answer, RevisionState},
    framework::Framework,
    package::{Package, PackageEvent},
    partnership::Deciding,
    words::names,
};

/// One decision on a round.
pub(super) struct Asked<'a> {
    pub(super) deciding: Deciding<'a>,
    pub(super) package: &'a Package,
    pub(super) itself: Option<PackageId>,
}

impl RoundCommand {
    /// What is asked for, in words that follow `cannot`.
    fn act(&self) -> &'static str {
        match self {
            Self::Open(_) => "open a round",
            Self::Negotiate { .. } => "negotiate a revision in a round",
            Self::Agree { .. } => "agree on a member of a round",
            Self::BeReady { .. } => "be ready to adopt a member of a round",
            Self::Hold { .. } => "hold a member of a round",
            Self::Release { .. } => "let go a member of a round",
            Self::Split { .. } => "split a round",
        }
    }

    /// The streams that have to be known to decide it.
    pub(crate) fn reads(&self) -> Vec<StreamId> {
        match self {
            Self::Open(opening) => {
                let members = opening.members.iter();
                let members = members.map(|member| StreamId::Agreement(member.agreement));
                let framework = StreamId::Framework(opening.framework);
                let parent = opening.of.map(StreamId::Package);
                [framework]
                    .into_iter()
                    .chain(parent)
                    .chain(members)
                    .collect()
            }
            Self::Negotiate { agreement, .. } | Self::Agree { agreement, .. } => {
                vec![StreamId::Agreement(*agreement)]
            }
            Self::BeReady { .. }
            | Self::Hold { .. }
            | Self::Release { .. }
            | Self::Split { .. } => Vec::new(),
        }
    }
}

impl Package {
    /// Decides a command to a round.
    ///
    /// # Errors
    /// A [`Refusal`] that cites the rule which stands against it.
    pub(crate) fn decide_round(
        &self,
        command: RoundCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<PackageEvent>, Refusal> {
        let asked = Asked {
            deciding: Deciding::new(command.act(), context, others),
            package: self,
            itself: match others.itself() {
                Some(StreamId::Package(id)) => Some(id),
                Some(_) | None => None,
            },
        };
        match command {
            RoundCommand::Open(opening) => {
                asked.may_open(&opening)?;
                Ok(Decided::on(
                    Rule::FW9,
                    PackageEvent::RoundOpened(opening.into()),
                ))
            }
            RoundCommand::Negotiate {
                on,
                agreement,
                revision,
            } => {
                asked.may_negotiate(on, agreement, revision)?;
                let event = PackageEvent::MemberNegotiated {
                    on,
                    agreement,
                    revision,
                };
                Ok(Decided::on(Rule::FW9, event))
            }
            RoundCommand::Agree {
                on,
                agreement,
                revision,
            } => {
                asked.may_agree(on, agreement, revision)?;
                let event = PackageEvent::MemberAgreed {
                    on,
                    agreement,
                    revision,
                };
                Ok(Decided::on(Rule::FW9, event))
            }
            RoundCommand::BeReady { on, agreement } => {
                asked.may_be_ready(on, agreement)?;
                Ok(Decided::on(
                    Rule::FW9,
                    PackageEvent::MemberReadied { on, agreement },
                ))
            }
            RoundCommand::Hold {
                on,
                agreement,
                reason,
            } => {
                asked.may_hold(on, agreement, &reason)?;
                let event = PackageEvent::MemberHeld {
                    on,
                    agreement,
                    reason,
                };
                Ok(Decided::on(Rule::FW9, event))
            }
            RoundCommand::Release { on, agreement } => {
                asked.may_release(on, agreement)?;
                Ok(Decided::on(
                    Rule::FW9,
                    PackageEvent::MemberReleased { on, agreement },
                ))
            }
            RoundCommand::Split {
                on,
                parts,
                consenting,
            } => {
                asked.may_split(on, &parts, &consenting)?;
                let event = PackageEvent::RoundSplit {
                    on,
                    parts,
                    consenting,
                };
                Ok(Decided::on(Rule::FW11, event))
            }
        }
    }

    /// That all members of a round may be adopted; the refusal names each that may not (FW10).
    pub(crate) fn members_are_ready(&self, round: &Round) -> Result<(), Refusal> {
        let open = round.members.values().filter(|member| !member.is_ready());
        let open: Vec<_> = open
            .map(|member| format!("agreement {}: {}", member.agreement, member.state()))
            .collect();
        if open.is_empty() {
            return Ok(());
        }
        let (all, ready) = (round.members.len(), round.members.len() - open.len());
        let expected = format!("a round of which all {all} members are ready");
        Err(Refusal::new(
            Reason::ConditionUnmet,
            Rule::FW10,
            "adopt a round",
            expected,
            format!("{ready} that are"),
        )
        .missing(open))
    }
}

impl Asked<'_> {
    pub(super) fn refuse(
        &self,
        reason: Reason,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Refusal {
        self.deciding.refuse(reason, Rule::FW9, expected, found)
    }

    /// A round is opened by a party to its framework, with a mandate, for agreements that are under
    /// it, each once (FW9). One that was split off has the members of its part, as they stood.
    fn may_open(&self, opening: &RoundOpening) -> Result<(), Refusal> {
        let deciding = &self.deciding;
        if self.package.proposal.is_some() {
            let found = "a package of that id";
            return Err(deciding.refuse(Reason::Already, Rule::RC1, "a new id", found));
        }
        deciding.has_come(opening.on)?;
        let framework = deciding.framework(opening.framework)?;
        deciding.begins_under(framework, opening.on)?;
        deciding.text("a title", &opening.title)?;
        deciding.words("a mandate", &opening.mandate)?;
        if opening.members.is_empty() {
            return Err(self.refuse(Reason::Malformed, "one agreement or more", "none"));
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = opening.members.iter().find(|m| !seen.insert(m.agreement)) {
            let found = format!("agreement {} twice", twice.agreement);
            return Err(self.refuse(Reason::Malformed, "each agreement once", found));
        }
        if let Some(parent) = opening.of {
            return self.is_part_of(parent, opening);
        }
        opening
            .members
            .iter()
            .try_for_each(|member| self.may_be_member(framework, member))
    }

    fn may_be_member(&self, framework: &Framework, member: &Member) -> Result<(), Refusal> {
        let id = member.agreement;
        let known = self.agreement(id)?;
        if !framework.agreements.iter().any(|(under, _)| *under == id) {
            let expected = "agreements under the framework";
            return Err(self.refuse(Reason::Unknown, expected, format!("agreement {id}")));
        }
        let parties: BTreeSet<_> = known.iter().copied().collect();
        if member.parties.iter().collect::<BTreeSet<_>>() != parties {
            let expected = format!("the parties of agreement {id} ({})", names(parties));
            return Err(self.refuse(Reason::Malformed, expected, names(&member.parties)));
        }
        if member.standing != MemberStanding::default() {
            let expected = "members of which nothing was negotiated";
            let found = format!("agreement {id}: {}", member.state());
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        Ok(())
    }

    fn of_agreement(&self, id: AgreementId) -> Result<&Agreement, Refusal> {
        let known = self.deciding.other::<Agreement>(StreamId::Agreement(id));
        let known = known.filter(|agreement| agreement.identity.is_some());
        known.ok_or_else(|| {
            let found = format!("no agreement {id}");
            self.refuse(Reason::Unknown, "agreements on record", found)
        })
    }

    /// The parties of an agreement on record.
    fn agreement(&self, id: AgreementId) -> Result<Vec<&crate::PartyId>, Refusal> {
        Ok(self.of_agreement(id)?.parties().unwrap_or_default())
    }

    /// The round, open, on a day that has come and is not before it.
    pub(super) fn round(&self, on: NaiveDate) -> Result<&Round, Refusal> {
        self.deciding.has_come(on)?;
        let Some(round) = &self.package.round else {
            let found = match self.package.proposal {
                Some(_) => "a package whose revisions were proposed with it",
                None => "no round of that id",
            };
            return Err(self.refuse(Reason::Unknown, "a round", found));
        };
        self.package.is_closed(self.deciding.act())?;
        self.deciding
            .not_before(on, round.opening.on, "the round was opened")?;
        Ok(round)
    }

    /// A member, for one of its parties.
    fn member(&self, on: NaiveDate, agreement: AgreementId) -> Result<&Member, Refusal> {
        let round = self.round(on)?;
        let Some(member) = round.members.get(&agreement) else {
            let expected = "a member of the round";
            return Err(self.refuse(Reason::Unknown, expected, format!("agreement {agreement}")));
        };
        let party = self.deciding.party();
        if !member.parties.contains(party) {
            let expected = format!(
                "a party to agreement {agreement}: {}",
                names(&member.parties)
            );
            let found = format!("`{party}`");
            return Err(self
                .deciding
                .refuse(Reason::NotAParty, Rule::P0, expected, found));
        }
        Ok(member)
    }

    /// The next revision of a member is negotiated: what was agreed on an earlier one is no consent to
    /// it (FW9).
    fn may_negotiate(
        &self,
        on: NaiveDate,
        agreement: AgreementId,
        revision: Revision,
    ) -> Result<(), Refusal> {
        self.member(on, agreement)?;
        let next = self.of_agreement(agreement)?.revisions.len() + 1;
        if u64::from(revision.0) != next as u64 {
            let expected = format!("revision {next} of agreement {agreement}");
            return Err(self.refuse(Reason::Malformed, expected, revision.to_string()));
        }
        Ok(())
    }

    /// A member is agreed when all its parties accepted the revision that is negotiated: what they
    /// accepted stands in its own stream (FW9).
    fn may_agree(
        &self,
        on: NaiveDate,
        agreement: AgreementId,
        revision: Revision,
    ) -> Result<(), Refusal> {
        let member = self.member(on, agreement)?;
        if member.standing.revision != Some(revision) {
            let expected = "the revision that is negotiated";
            return Err(self.refuse(
                Reason::WrongState,
                expected,
                format!("revision {revision}, where {}", member.state()),
            ));
        }
        if member.standing.agreed.is_some() {
            let found = format!("revision {revision}, which is");
            return Err(self.refuse(Reason::Already, "a revision that is not agreed", found));
        }
        let record = self.of_agreement(agreement)?.revision(revision);
        let record = record.filter(|record| record.state == RevisionState::Open);
        let Some(record) = record else {
            let expected = format!("an open revision {revision} of agreement {agreement}");
            return Err(self.refuse(Reason::WrongState, expected, "none"));
        };
        let accepted =
            |party: &&crate::PartyId| record.answers.get(party) == Some(&Answer::Accepted);
        let missing = member.parties.iter().filter(|party| !accepted(party));
        let missing: Vec<_> = missing.map(ToString::to_string).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let expected = format!("the consent of all parties of agreement {agreement}");
        let found = format!(
            "{} of {}",
            member.parties.len() - missing.len(),
            member.parties.len()
        );
        Err(self
            .refuse(Reason::ConsentMissing, expected, found)
            .missing(missing))
    }

    /// A party is ready to adopt what all agreed on, once (FW9).
    fn may_be_ready(&self, on: NaiveDate, agreement: AgreementId) -> Result<(), Refusal> {
        let member = self.member(on, agreement)?;
        let party = self.deciding.party();
        let Some(agreed) = member.standing.agreed else {
            let expected = "a member that is agreed";
            return Err(self.refuse(
                Reason::WrongState,
                expected,
                format!("agreement {agreement}: {}", member.state()),
            ));
        };
        self.deciding.not_before(on, agreed, "it was agreed")?;
        if member.standing.ready.contains_key(party) {
            let found = format!("`{party}`, which is ready");
            return Err(self.refuse(Reason::Already, "a party that is not", found));
        }
        Ok(())
    }

    /// A party holds a member, with its reason: an internal mandate that is not there, say. What
    /// others agreed on stands (FW9).
    fn may_hold(&self, on: NaiveDate, agreement: AgreementId, reason: &str) -> Result<(), Refusal> {
        let member = self.member(on, agreement)?;
        self.deciding.text("a reason", reason)?;
        let party = self.deciding.party();
        match member.standing.held.contains_key(party) {
            false => Ok(()),
            true => {
                let found = format!("`{party}`, which holds it");
                Err(self.refuse(Reason::Already, "a party that does not", found))
            }
        }
    }

    /// Who holds a member lets it go; nobody else can (FW9).
    fn may_release(&self, on: NaiveDate, agreement: AgreementId) -> Result<(), Refusal> {
        let member = self.member(on, agreement)?;
        let party = self.deciding.party();
        if let Some((_, since)) = member.standing.held.get(party) {
            return self.deciding.not_before(on, *since, "it was held");
        }
        let expected = match member.state() {
            MemberState::Held(by) => {
                format!(
                    "a party that holds it: {}",
                    names(by.iter().map(|(party, _)| party))
                )
            }
            MemberState::NotOpened
            | MemberState::Negotiating(_)
            | MemberState::Agreed(..)
            | MemberState::Ready(_) => "a member that is held".to_owned(),
        };
        Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")))
    }
}
