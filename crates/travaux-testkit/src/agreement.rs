//! An agreement, given / when / then: a treaty between three States, or as many as a test needs, and what is done to it.
//!
//! ```
//! use travaux_domain::{Profile, Rule};
//! use travaux_testkit::agreement::{accept, adopt, given, propose, proposal};
//!
//! let mut case = given([propose("FR", proposal(Profile::arrangement(), &["FR", "MA"], vec![]))]);
//! case.refuses("MA", adopt(1), Rule::T4, "missing: MA");
//! case.does("MA", accept(1));
//! assert_eq!(case.does("MA", adopt(1)), Rule::T4);
//! ```

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use travaux_domain::{
    Actor, Context, Decided, LegalBasis, Party, PartyId, Profile, Refusal, Revision, Rule,
    agreement::{
        Agreement, AgreementCommand as C, AgreementEvent, Beside, Nature, Proposal, RevisionDraft,
    },
    agreement::{
        consent::{ConsentAct, Establishment, Manner, Office, Representative},
        depositary::{DepositaryAct, Subject},
        ending::{ClaimNotice, Invoked, Measure},
    },
    clause::{FinalClause, Means, Term},
};
use travaux_text::{Format, Lang, Localized, Operation, ProvisionId};

/// A language by its tag.
pub fn lang(tag: &str) -> Lang {
    Lang::parse(tag).expect("a tag")
}

/// A date, `2025-01-31`.
pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// The first paragraph of the text of [`treaty`]; the second provision is its article's paragraph.
pub fn p(ordinal: u32) -> ProvisionId {
    ProvisionId::new(1, ordinal)
}

/// Parties by their ids.
pub fn ids(names: &[&str]) -> Vec<PartyId> {
    names.iter().map(|n| (*n).into()).collect()
}

/// A final clause.
pub fn clause(label: &str, provides: Term) -> FinalClause {
    FinalClause {
        label: label.into(),
        provides,
    }
}

/// The text of [`proposal`]: two articles of a paragraph each.
pub const TEXT: &str =
    "## Article 1\n\nLes Parties coopèrent.\n\n## Article 2\n\nElles échangent des informations.\n";

/// A treaty of these parties with the text [`TEXT`] in French; the name of a party is its id.
pub fn proposal(profile: Profile, parties: &[&str], clauses: Vec<FinalClause>) -> Proposal {
    Proposal {
        title: "Traité".into(),
        kind: "treaty".into(),
        profile,
        parties: ids(parties)
            .into_iter()
            .map(|id| Party {
                name: id.to_string(),
                id,
            })
            .collect(),
        languages: vec![lang("fr")],
        translations: vec![],
        format: Format::Markdown,
        texts: Localized::from([(lang("fr"), TEXT.to_owned())]),
        final_clauses: clauses,
        amends: None,
        framework: None,
        provenance: None,
    }
}

/// An agreement, and the time at which its next event is recorded.
#[derive(Clone, Debug)]
pub struct Case(pub Agreement, pub DateTime<Utc>);

impl Default for Case {
    fn default() -> Self {
        Self::new()
    }
}

/// An agreement to which this was done before.
pub fn given<'a>(commands: impl IntoIterator<Item = (&'a str, C)>) -> Case {
    let mut case = Case::new();
    for (party, command) in commands {
        case.does(party, command);
    }
    case
}

/// A party's proposal of a text.
pub fn propose(party: &str, proposal: Proposal) -> (&str, C) {
    (party, C::Propose(Box::new(proposal)))
}

impl Case {
    /// Nothing yet, on the first day of 2020.
    pub fn new() -> Self {
        Self(
            Agreement::default(),
            "2020-01-01T00:00:00Z".parse().expect("a time"),
        )
    }

    fn context(&self, party: &str) -> Context {
        Context::new(Actor::party(party), self.1)
    }

    /// The context of an act: nothing is recorded before the day on which it says that it was done.
    fn context_of(&self, party: &str, command: &C) -> Context {
        let context = self.context(party);
        let own_day = match command {
            C::Machine(act) => act.own_day(),
            _ => None,
        };
        let late = own_day.filter(|day| *day > context.today());
        let now = late.map_or(context.now, |day| {
            day.and_time(context.now.time()).and_utc()
        });
        Context { now, ..context }
    }

    /// What is recorded from now on is recorded at this time.
    pub fn at(&mut self, day: &str) -> &mut Self {
        self.1 = date(day).and_hms_opt(12, 0, 0).expect("a time").and_utc();
        self
    }

    /// Does it, reading what stands beside it; what it rests on.
    pub fn with<'a>(
        &mut self,
        party: &str,
        command: impl Into<C>,
        beside: impl Into<Beside<'a>>,
    ) -> LegalBasis {
        self.decides(party, command, beside).legal_basis
    }

    /// Does it, reading what stands beside it; what was decided.
    pub fn decides<'a>(
        &mut self,
        party: &str,
        command: impl Into<C>,
        beside: impl Into<Beside<'a>>,
    ) -> Decided<AgreementEvent> {
        let command = command.into();
        let context = self.context_of(party, &command);
        self.decides_in(&context, command, beside.into())
    }

    /// Does it, on a day that is said of it.
    pub fn does_on(&mut self, party: &str, day: &str, command: impl Into<C>) -> Rule {
        let command = command.into();
        let context = self.context(party).done_on(date(day));
        let decided = self.decides_in(&context, command, Beside::default());
        decided.legal_basis.rule
    }

    fn decides_in(
        &mut self,
        context: &Context,
        command: C,
        beside: Beside<'_>,
    ) -> Decided<AgreementEvent> {
        self.1 = context.now;
        let decided = self
            .0
            .decide_with(command.clone(), context, beside)
            .unwrap_or_else(|r| panic!("{command:?}: {r}"));
        // Deciding the event's own command again gives the event again: that is what an audit does.
        let again = Beside {
            again: true,
            ..beside
        };
        assert_eq!(
            self.0
                .decide_with(C::behind(&decided.event), context, again)
                .as_ref(),
            Ok(&decided)
        );
        // The event reads back as it was written.
        let json = serde_json::to_string(&decided.event).expect("it serialises");
        assert_eq!(
            serde_json::from_str::<AgreementEvent>(&json).expect("it reads back"),
            decided.event,
            "{json}"
        );
        assert!(
            json.starts_with(&format!("{{\"{}\":", decided.event.type_name())),
            "it is written under its type: {json}"
        );
        let before = self.0.clone();
        self.0.evolve(&decided.event, context);
        let acted = matches!(
            decided.event,
            AgreementEvent::Machine(_) | AgreementEvent::ActRestated(_)
        );
        self.remembers(&before, acted);
        self.1 += TimeDelta::minutes(1);
        decided
    }

    /// What is known now is all there is, and what was known before is what there was.
    fn remembers(&self, before: &Agreement, acted: bool) {
        let (now, earlier) = (self.1, self.1 - TimeDelta::seconds(1));
        let marks = |a: &Agreement| (a.text.known_at(now), a.identity.is_some());
        for (at, then) in [(now, &self.0), (earlier, before)] {
            let known = self.0.known_at(at);
            assert_eq!(
                (&known.machines, marks(&known)),
                (&then.machines, marks(then)),
                "as known at {at}"
            );
        }
        assert!(self.0.all_known_at(now));
        assert_eq!(
            self.0.version,
            before.version + 1,
            "its version counts its events"
        );
        assert!(marks(before) == marks(&self.0) && !acted || !self.0.all_known_at(earlier));
        if acted {
            assert_eq!(self.0.known_at(now).version, self.0.version);
        }
    }

    /// Does it; the rule that it rests on.
    pub fn does(&mut self, party: &str, command: impl Into<C>) -> Rule {
        self.with(party, command, None).rule
    }

    /// Does it on the basis of a clause.
    pub fn does_by(&mut self, party: &str, command: impl Into<C>, rule: Rule, label: &str) {
        let basis = self.with(party, command, None);
        assert_eq!((basis.rule, basis.clause.as_deref()), (rule, Some(label)));
    }

    /// What would be decided, reading what stands beside it.
    ///
    /// # Errors
    /// The refusal, if it is refused.
    pub fn decided<'a>(
        &self,
        party: &str,
        command: impl Into<C>,
        beside: impl Into<Beside<'a>>,
    ) -> Result<Decided<AgreementEvent>, Box<Refusal>> {
        let command = command.into();
        let context = self.context_of(party, &command);
        let decided = self.0.decide_with(command, &context, beside.into());
        decided.map_err(Box::new)
    }

    /// It is refused by that rule, in words that hold these.
    #[track_caller]
    pub fn refuses(&self, party: &str, command: impl Into<C>, rule: Rule, says: &str) {
        let command = command.into();
        let context = self.context_of(party, &command);
        self.refuses_in(&context, command, rule, says);
    }

    /// It is refused, on a day that is said of it, by that rule, in words that hold these.
    #[track_caller]
    pub fn refuses_on(
        &self,
        party: &str,
        day: &str,
        command: impl Into<C>,
        rule: Rule,
        says: &str,
    ) {
        let context = self.context(party).done_on(date(day));
        self.refuses_in(&context, command.into(), rule, says);
    }

    /// It is refused at the time of the case, whatever day it says that it was done.
    #[track_caller]
    pub fn refuses_now(&self, party: &str, command: impl Into<C>, rule: Rule, says: &str) {
        self.refuses_in(&self.context(party), command.into(), rule, says);
    }

    #[track_caller]
    fn refuses_in(&self, context: &Context, command: C, rule: Rule, says: &str) {
        let refusal = match self.0.decide(command, context) {
            Ok(decided) => panic!("it is decided: {:?}", decided.event),
            Err(refusal) => refusal,
        };
        assert_eq!(refusal.rule, rule, "{refusal}");
        assert!(refusal.to_string().contains(says), "{refusal}");
    }

    /// It is refused as a new act, in words that hold these, and was taken before: an audit takes it.
    #[track_caller]
    pub fn refuses_new(&self, party: &str, command: impl Into<C>, rule: Rule, says: &str) {
        let command = command.into();
        self.refuses(party, command.clone(), rule, says);
        let again = Beside {
            again: true,
            ..Beside::default()
        };
        let context = self.context_of(party, &command);
        let decided = self.0.decide_with(command, &context, again);
        decided.unwrap_or_else(|refusal| panic!("an audit refuses it: {refusal}"));
    }

    /// Its text in French as it stands.
    pub fn text(&self) -> String {
        self.0.history.print_at(self.0.history.len(), lang("fr"))
    }
}

/// Adopts a revision.
pub fn adopt(revision: u32) -> C {
    C::AdoptText {
        revision: Revision(revision),
        effective_from: None,
        package: None,
        elsewhere: None,
    }
}

/// Accepts a revision.
pub fn accept(revision: u32) -> C {
    C::AcceptRevision {
        revision: Revision(revision),
    }
}

/// Puts French words in place of others in a provision of [`TEXT`].
pub fn words(provision: u32, find: &str, with: &str) -> Operation {
    Operation::substitute(p(provision), lang("fr"), find, with, 1)
}

/// Proposes a revision of the first one.
pub fn revise(nature: Nature, ops: Vec<Operation>) -> C {
    C::ProposeRevision(Box::new(RevisionDraft {
        nature,
        ..RevisionDraft::new(Revision(1), ops)
    }))
}

/// Adopted by all, not authenticated.
pub fn adopted(proposal: Proposal) -> Case {
    let mut case = Case::new();
    let parties: Vec<String> = proposal.parties.iter().map(|p| p.id.to_string()).collect();
    case.does(&parties[0], C::Propose(Box::new(proposal)));
    for party in &parties[1..] {
        case.does(party, accept(1));
    }
    case.does(&parties[0], adopt(1));
    case
}

/// Adopted and authenticated.
pub fn authentic(proposal: Proposal) -> Case {
    let parties: Vec<PartyId> = proposal.parties.iter().map(|p| p.id.clone()).collect();
    let mut case = adopted(proposal);
    case.does(
        &parties[0].0.clone(),
        C::AuthenticateText {
            method: "initialling".into(),
            parties,
        },
    );
    case
}

/// A treaty of A, B and C under the Convention, authenticated.
pub fn treaty(clauses: Vec<FinalClause>) -> Case {
    authentic(proposal(Profile::treaty(), &["A", "B", "C"], clauses))
}

/// A minister, with full powers or without.
pub fn minister(powers: bool) -> Representative {
    Representative {
        name: "the minister".into(),
        office: Office::Minister,
        full_powers: powers,
    }
}

/// A signature by the minister.
pub fn sign(on: &str, manner: Manner) -> ConsentAct {
    ConsentAct::Signed {
        on: date(on),
        manner,
        by: minister(true),
    }
}

/// A notice of withdrawal from the whole, received on a day.
pub fn leave(received_on: &str) -> ConsentAct {
    ConsentAct::WithdrawalNotified {
        received_on: date(received_on),
        admitted: None,
        provisions: vec![],
        effective_on: None,
    }
}

/// A definitive signature.
pub fn signed(on: &str) -> ConsentAct {
    sign(on, Manner::Definitive)
}

/// An instrument that was made and binds nobody yet.
pub fn made(on: &str, means: Means) -> ConsentAct {
    ConsentAct::InstrumentMade {
        on: date(on),
        means,
    }
}

/// An instrument that was established.
pub fn established(on: &str, means: Means, how: Establishment) -> ConsentAct {
    ConsentAct::InstrumentEstablished {
        on: date(on),
        means,
        how,
        chosen: vec![],
        waits: false,
    }
}

/// A notification that procedures are complete.
pub fn notify(on: &str) -> DepositaryAct {
    DepositaryAct::NotificationSent {
        on: date(on),
        subject: Subject::ProceduresComplete,
        number: None,
    }
}

/// The receipt of a notification.
pub fn received(number: u32, on: &str) -> DepositaryAct {
    DepositaryAct::NotificationReceived {
        on: date(on),
        number,
    }
}

/// Signed definitively by all on one day, and so in force since then (24(2)).
pub fn in_force(clauses: Vec<FinalClause>) -> Case {
    let mut case = treaty(clauses);
    for party in ["A", "B", "C"] {
        case.does(party, signed("2020-02-01"));
    }
    case
}

/// A text in French and Arabic.
pub fn texts(fr: &str, ar: &str) -> Localized<String> {
    BTreeMap::from([(lang("fr"), fr.to_owned()), (lang("ar"), ar.to_owned())])
}

/// A claim to a measure on a ground, against B; nothing speaks against it.
pub fn claim(ground: Invoked, measure: Measure) -> ClaimNotice {
    ClaimNotice {
        ground,
        measure,
        reasons: "the reasons".into(),
        against: Some("B".into()),
        self_caused: false,
        boundary: false,
        humanitarian: false,
        temporary: false,
        indispensable: false,
        provisions: vec![],
        affected: None,
        consenting: vec![],
        among_all: false,
        emerged_on: None,
        urgency: None,
    }
}
