//! One decision in the making: what every machine may ask of the agreement as it stands.

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::{Agreement, Identity, RevisionRecord, RevisionState, TextState};
use crate::{
    AdoptionRule, AgreementId, Context, Decided, FrameworkId, LegalBasis, PartyId, Reason, Refusal,
    Revision, Rule,
    body::JointBody,
    clause::Term,
    framework::Framework,
    package::Package,
    words::{names, numbered},
};

/// The agreement, who acts when, and what is asked.
#[derive(Clone, Copy)]
pub(crate) struct DecisionContext<'a> {
    pub(crate) agreement: &'a Agreement,
    pub(crate) context: &'a Context,
    pub(crate) act: &'static str,
    /// When it was done, where the act says so; or from when it has effect.
    pub(crate) on: Option<NaiveDate>,
    /// The day that was said of it, where that is not one of effect.
    pub(crate) said: Option<NaiveDate>,
    /// What the decision reads beside the agreement.
    pub(crate) beside: Beside<'a>,
}

/// What a decision on an agreement reads beside it: streams that [`crate::Aggregate::reads`] names, as
/// far as they have begun.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// The other agreement that the act names, as known when the act is recorded.
    pub agreement: Option<&'a Agreement>,
    /// Whether a record of before is decided again, as an audit does: it need not meet what was asked
    /// for only later.
    pub again: bool,
    /// The package of the revision that the act is about.
    pub package: Option<&'a Package>,
    /// The framework under which an agreement is proposed.
    pub framework: Option<&'a Framework>,
    /// The joint body that amends an annex, if it has a stream of its own.
    pub body: Option<&'a JointBody>,
    /// Which agreement it is, as packages name it.
    pub itself: Option<AgreementId>,
}

impl Beside<'_> {
    /// Whether the package is open and a revision of the agreement is part of it.
    pub(crate) fn holds(&self, revision: Revision) -> bool {
        let of = self.package.zip(self.itself);
        of.is_some_and(|(package, agreement)| package.holds(agreement, revision))
    }
}

impl<'a> From<Option<&'a Agreement>> for Beside<'a> {
    fn from(agreement: Option<&'a Agreement>) -> Self {
        Self {
            agreement,
            ..Self::default()
        }
    }
}

impl<'a> DecisionContext<'a> {
    /// A refusal under a row as the agreement's profile has it.
    pub(crate) fn refuse(
        &self,
        reason: Reason,
        rule: Rule,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Refusal {
        let kind = self
            .agreement
            .identity
            .as_ref()
            .and_then(|i| i.profile.kind(rule))
            .unwrap_or(rule.kind());
        Refusal {
            kind,
            ..Refusal::new(reason, rule, self.act, expected, found)
        }
    }

    /// The refusal of an act that comes before the day from which it can be done; `when` may say why that
    /// day, after a comma.
    pub(crate) fn too_early(
        &self,
        rule: Rule,
        on: NaiveDate,
        from: NaiveDate,
        when: &str,
    ) -> Refusal {
        let expected = format!("a date from {from} on{when}");
        self.refuse(Reason::TooEarly, rule, expected, on.to_string())
    }

    /// The legal basis that a row gives.
    ///
    /// # Errors
    /// A refusal under that row if the agreement's profile leaves it out.
    pub(crate) fn legal_basis(&self, rule: Rule) -> Result<LegalBasis, Refusal> {
        let identity = self.identity()?;
        match identity.profile.kind(rule) {
            Some(kind) => Ok(LegalBasis {
                rule,
                kind,
                clause: None,
            }),
            None => {
                let name = &identity.profile.name;
                let expected = format!("a profile that has the rule that {}", rule.says());
                Err(self.refuse(
                    Reason::RuleLeftOut,
                    rule,
                    expected,
                    format!("`{name}`, which leaves it out"),
                ))
            }
        }
    }

    /// An event on the basis of a row.
    pub(crate) fn on<E>(&self, rule: Rule, event: impl Into<E>) -> Result<Decided<E>, Refusal> {
        Ok(Decided {
            legal_basis: self.legal_basis(rule)?,
            event: event.into(),
        })
    }

    /// An event on the basis of a row that a clause filled in or replaced.
    pub(crate) fn by<E>(
        &self,
        rule: Rule,
        clause: &str,
        event: impl Into<E>,
    ) -> Result<Decided<E>, Refusal> {
        Ok(Decided {
            legal_basis: self.legal_basis(rule)?.by(clause),
            event: event.into(),
        })
    }

    /// An event on the basis of a row, and of the clause that speaks of it, where one does.
    pub(crate) fn based<E>(
        &self,
        rule: Rule,
        clause: Option<&str>,
        event: impl Into<E>,
    ) -> Result<Decided<E>, Refusal> {
        match clause {
            Some(label) => self.by(rule, label, event),
            None => self.on(rule, event),
        }
    }

    pub(crate) fn identity(&self) -> Result<&'a Identity, Refusal> {
        self.agreement.identity.as_ref().ok_or_else(|| {
            self.refuse(
                Reason::Unknown,
                Rule::RC1,
                "an agreement",
                "no agreement of that id",
            )
        })
    }

    /// The date on which the log learns of the act.
    pub(crate) fn today(&self) -> NaiveDate {
        self.context.now.date_naive()
    }

    /// The day of the act: by its own account, or else the one on which the log learns of it.
    pub(crate) fn day(&self) -> NaiveDate {
        self.on.unwrap_or_else(|| self.today())
    }

    /// The same for an act whose day the decision finds, where it does: that the agreement goes on is asked
    /// of that day.
    pub(crate) fn on_day(&self, found: Option<NaiveDate>) -> Self {
        Self {
            on: self.on.or(found),
            ..*self
        }
    }

    /// Whether the act is given now; one of before need not meet what was asked for only later.
    pub(crate) fn is_new(&self) -> bool {
        !self.beside.again
    }

    /// Those whose agreement counts on the day of the act.
    pub(crate) fn present(&self) -> Vec<PartyId> {
        self.agreement.present_parties(self.day())
    }

    /// The party that acts.
    pub(crate) fn party(&self) -> &'a PartyId {
        &self.context.actor.party
    }

    /// What a clause provides on the day of the act, if one speaks of it.
    pub(crate) fn clause<T>(&self, find: impl Fn(&'a Term) -> Option<T>) -> Option<(T, &'a str)> {
        self.agreement.machines.clauses.find_on(self.day(), find)
    }

    /// Whether a clause lets these provisions end apart from the others (E17, VCLT 44).
    pub(crate) fn may_stand_apart(&self, provisions: &[ProvisionId]) -> bool {
        let separable = self.clause(|t| {
            if let Term::Separable(named) = t {
                Some(named)
            } else {
                None
            }
        });
        separable.is_some_and(|(named, _)| self.agreement.all_within(provisions, named))
    }

    /// The identity of an agreement that goes on.
    pub(crate) fn going_on(&self) -> Result<&'a Identity, Refusal> {
        let identity = self.identity()?;
        // The dates of a living text are its source's, which may be ahead of ours: there the order of
        // its acts decides. Records of before had to end on record.
        let stated = self.agreement.machines.ending.last_end();
        let ended = match identity.profile.living_text {
            true => stated.is_some(),
            false if self.is_new() => self.agreement.has_ended(self.day()),
            false => {
                let day = self.day().min(self.today());
                let stated = stated.is_some_and(|end| end.on <= day);
                stated && self.agreement.has_ended(day)
            }
        };
        if ended {
            return Err(self.refuse(
                Reason::WrongState,
                Rule::E18,
                "an agreement that goes on",
                "an agreement that has ended",
            ));
        }
        self.not_given_up()?;
        Ok(identity)
    }

    fn not_given_up(&self) -> Result<(), Refusal> {
        if self.agreement.text.state() != TextState::Abandoned {
            return Ok(());
        }
        Err(self.refuse(
            Reason::WrongState,
            Rule::T9,
            "a negotiation that goes on",
            "a negotiation that was given up",
        ))
    }

    /// The identity, for a party to it that ends it: an end on the same day may follow already.
    pub(crate) fn ending(&self) -> Result<&'a Identity, Refusal> {
        self.identity()?;
        self.not_given_up()?;
        if self.is_new() && self.agreement.void_from_the_beginning().is_some() {
            let (expected, found) = ("an agreement that goes on", "a void one");
            return Err(self.refuse(Reason::WrongState, Rule::E18, expected, found));
        }
        self.of_a_party()
    }

    /// The same, for an actor who is a party to it.
    pub(crate) fn standing(&self) -> Result<&'a Identity, Refusal> {
        self.going_on()?;
        self.of_a_party()
    }

    /// The identity, for a party to it that closes what is open: that may be done to the end.
    pub(crate) fn of_a_party(&self) -> Result<&'a Identity, Refusal> {
        let identity = self.identity()?;
        let party = self.party();
        if identity.profile.adoption == AdoptionRule::AllParties && !self.agreement.has_party(party)
        {
            return Err(self.no_party(party));
        }
        Ok(identity)
    }

    /// That who acts on force, text or end had not left by the day of the act: it acts for others no more.
    pub(crate) fn has_not_left(&self) -> Result<(), Refusal> {
        let party = self.party();
        let own = self.agreement.machines.consents.of(party);
        let life = own.and_then(|own| own.life(self.day()));
        let found = match life {
            Some(life) if life.void.is_some() => format!("{party}, whose consent is void"),
            Some(life) if life.has_left(self.day()) => format!("{party}, which has left"),
            Some(_) | None => return Ok(()),
        };
        match self.is_new() {
            true => Err(self.refuse(
                Reason::NotAParty,
                Rule::P0,
                "an act of one that is a party still",
                found,
            )),
            false => Ok(()),
        }
    }

    /// The agreement that an act names, which has to be on record.
    pub(crate) fn known_agreement(
        &self,
        rule: Rule,
        id: AgreementId,
    ) -> Result<&'a Agreement, Refusal> {
        let known = self.beside.agreement.filter(|a| a.identity.is_some());
        known.ok_or_else(|| {
            self.refuse(
                Reason::Unknown,
                rule,
                "another agreement",
                format!("no agreement {id}"),
            )
        })
    }

    /// That the framework under which an agreement is proposed is on record.
    pub(crate) fn known_framework(&self, rule: Rule, id: FrameworkId) -> Result<(), Refusal> {
        match self.beside.framework {
            Some(_) => Ok(()),
            None => {
                let found = format!("no framework {id}");
                Err(self.refuse(Reason::Unknown, rule, "a framework on record", found))
            }
        }
    }

    fn no_party(&self, party: &PartyId) -> Refusal {
        let parties = names(self.agreement.all_parties());
        self.refuse(
            Reason::NotAParty,
            Rule::P0,
            format!("an act of a party ({parties})"),
            format!("an act of `{party}`"),
        )
    }

    /// That all of `parties` are parties.
    pub(crate) fn all_are_parties(&self, parties: &[PartyId]) -> Result<(), Refusal> {
        match parties.iter().find(|p| !self.agreement.has_party(p)) {
            Some(stranger) => Err(self.no_party(stranger)),
            None => Ok(()),
        }
    }

    /// That every party is among `consenting`: those of the day of the act. Records of before asked
    /// those of the day on which they were made.
    pub(crate) fn all_consent(&self, rule: Rule, consenting: &[PartyId]) -> Result<(), Refusal> {
        self.all_are_parties(consenting)?;
        self.none_is_missing(rule, consenting, self.lacking(|p| consenting.contains(p)))
    }

    /// That nobody is missing among those who consent.
    pub(crate) fn none_is_missing(
        &self,
        rule: Rule,
        consenting: &[PartyId],
        missing: Vec<String>,
    ) -> Result<(), Refusal> {
        if missing.is_empty() {
            return Ok(());
        }
        let (expected, found) = ("the consent of all parties", names(consenting));
        let refusal = self.refuse(Reason::ConsentMissing, rule, expected, found);
        Err(refusal.missing(missing))
    }

    /// The parties of the day of the act of which that is not so.
    fn lacking(&self, has: impl Fn(&PartyId) -> bool) -> Vec<String> {
        let lack = |all: Vec<PartyId>| all.into_iter().filter(|p| !has(p)).collect::<Vec<_>>();
        let lacking = lack(self.present());
        if !self.is_new() && lack(self.agreement.present_parties(self.today())).is_empty() {
            return Vec::new();
        }
        lacking.iter().map(ToString::to_string).collect()
    }

    /// That every party which is not among `between` was given notice (VCLT 41(2), 58(2)).
    pub(crate) fn others_are_told(
        &self,
        rule: Rule,
        between: &[PartyId],
        notified: &[PartyId],
    ) -> Result<(), Refusal> {
        let untold = self.lacking(|p| between.contains(p) || notified.contains(p));
        if untold.is_empty() {
            return Ok(());
        }
        let (expected, found) = ("notice to the others", names(notified));
        let refusal = self.refuse(Reason::ConditionUnmet, rule, expected, found);
        Err(refusal.missing(untold))
    }

    /// That the text is adopted.
    pub(crate) fn adopted(&self, rule: Rule) -> Result<(), Refusal> {
        match self.agreement.text.state() {
            TextState::Adopted | TextState::Authenticated => self.not_before(
                self.agreement.text.said_of_adoption(),
                "the text was adopted",
            ),
            text @ (TextState::Absent
            | TextState::Draft
            | TextState::Negotiating
            | TextState::Abandoned) => Err(self.refuse(
                Reason::WrongState,
                rule,
                "an adopted text",
                format!("a text that is {}", text.name()),
            )),
        }
    }

    /// That the text is authenticated.
    pub(crate) fn authenticated(&self, rule: Rule) -> Result<(), Refusal> {
        match self.agreement.text.state() {
            TextState::Authenticated => {
                let authentication = self.agreement.text.said_of_authentication();
                self.not_before(authentication, "the text was authenticated")
            }
            text @ (TextState::Absent
            | TextState::Draft
            | TextState::Negotiating
            | TextState::Adopted
            | TextState::Abandoned) => Err(self.refuse(
                Reason::WrongState,
                rule,
                "an authenticated text",
                format!("a text that is {}", text.name()),
            )),
        }
    }

    /// That the agreement is in force on a date.
    pub(crate) fn in_force(&self, rule: Rule, on: NaiveDate) -> Result<NaiveDate, Refusal> {
        match self.agreement.in_force_since() {
            Some(since) if since <= on => Ok(since),
            Some(since) => Err(self.too_early(rule, on, since, "")),
            None => Err(self.refuse(
                Reason::WrongState,
                rule,
                "an agreement in force",
                "one that is not in force",
            )),
        }
    }

    pub(crate) fn revision(
        &self,
        revision: Revision,
        rule: Rule,
    ) -> Result<&'a RevisionRecord, Refusal> {
        let last = self.agreement.revisions.len();
        let missing = || {
            self.refuse(
                Reason::Unknown,
                rule,
                numbered("a revision", last),
                format!("revision {revision}"),
            )
        };
        let record = self.agreement.revision(revision).ok_or_else(missing)?;
        self.not_before(record.done_on, "the revision was proposed")?;
        Ok(record)
    }

    /// That what is done to a revision of a package is what was done to the package, in the same commit
    /// or before.
    pub(crate) fn with_package(
        &self,
        record: &RevisionRecord,
        done: impl Fn(&Package) -> bool,
    ) -> Result<(), Refusal> {
        match record.draft.package {
            Some(id) if !self.beside.package.is_some_and(done) => Err(self.refuse(
                Reason::Forbidden,
                Rule::PK1,
                format!("an act on the whole of package {id}"),
                format!("one on revision {} of it alone", record.revision),
            )),
            Some(_) | None => Ok(()),
        }
    }

    /// That silence does not decide on what a change rests on: nobody knows yet whom it binds (A12).
    pub(crate) fn is_not_left_to_silence(&self, base: &RevisionRecord) -> Result<(), Refusal> {
        if base.state != RevisionState::LeftToSilence {
            return Ok(());
        }
        let expected = "a change of what was adopted";
        let found = format!(
            "one on revision {}, which is left to silence",
            base.revision
        );
        Err(self.refuse(Reason::WrongState, Rule::A12, expected, found))
    }

    /// A revision that waits for its fate.
    pub(crate) fn open(
        &self,
        revision: Revision,
        rule: Rule,
    ) -> Result<&'a RevisionRecord, Refusal> {
        let record = self.revision(revision, rule)?;
        let found = match &record.state {
            RevisionState::Open => return Ok(record),
            RevisionState::Withdrawn => "withdrawn",
            RevisionState::Adopted => "adopted already",
            RevisionState::InForce => "in force already",
            RevisionState::LeftToSilence => "notified already: silence decides on it",
            RevisionState::Concluded(_) => "decided elsewhere",
        };
        Err(self.refuse(
            Reason::WrongState,
            rule,
            "an open revision",
            format!("revision {revision}, {found}"),
        ))
    }
}

impl DecisionContext<'_> {
    /// That the operations of a revision, and of those that it rests on, fit the text of the day; that text as it becomes.
    pub(crate) fn fits(
        &self,
        rule: Rule,
        record: &RevisionRecord,
    ) -> Result<travaux_text::Text, Refusal> {
        let mut text = self.agreement.history.text_at(self.agreement.history.len());
        let mut collisions = Vec::new();
        for link in self.agreement.chain(record.revision) {
            if link.revision != record.revision {
                self.is_not_left_to_silence(link)?;
            }
            if let Err(c) = text.apply(&link.draft.operations, link.revision.0) {
                collisions.extend(c.0);
            }
        }
        if collisions.is_empty() {
            return Ok(text);
        }
        let expected = "operations that fit the text of the day";
        let found = format!(
            "{} that do not, as revision {} came first",
            collisions.len(),
            self.agreement.current()
        );
        Err(self
            .refuse(Reason::Collision, rule, expected, found)
            .collisions(collisions))
    }
}
