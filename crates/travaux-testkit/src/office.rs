//! An office: an engine in memory, whose clock stands on the day of each act.

use std::sync::Arc;

use travaux::{
    Error, FixedClock, Ports, SequentialIds, Verdict,
    blocking::Engine,
    projections::{InForceAnswer, InForceQuestion},
};
use travaux_domain::{
    Actor, AgreementId, PartyId, Profile, Rule,
    agreement::{AgreementCommand as C, Proposal},
};
use travaux_store::{EventStore, MemorySnapshots, MemoryStore};

use crate::agreement::{accept, adopt, date, lang};

/// An engine and its clock.
#[derive(Debug)]
pub struct Office {
    /// The engine.
    pub engine: Engine,
    /// Its clock.
    pub clock: Arc<FixedClock>,
}

impl Default for Office {
    fn default() -> Self {
        Self::new()
    }
}

impl Office {
    /// On an empty store in memory, from 1900 on.
    pub fn new() -> Self {
        Self::on(Arc::new(MemoryStore::new()))
    }

    /// On a store.
    pub fn on(store: Arc<dyn EventStore>) -> Self {
        let start = "1900-01-01T00:00:00Z".parse().expect("a time");
        let clock = Arc::new(FixedClock::starting(start));
        let ports = Ports {
            clock: Arc::<FixedClock>::clone(&clock),
            ids: Arc::new(SequentialIds::default()),
        };
        let snapshots = Arc::new(MemorySnapshots::default());
        let engine = Engine::open(store, snapshots, ports).expect("it opens");
        Self { engine, clock }
    }

    /// What is recorded from now on is recorded on this day, or later where that is past.
    pub fn at(&self, day: &str) -> &Self {
        let time = date(day).and_hms_opt(10, 0, 0).expect("a time");
        self.clock.advance_to(time.and_utc());
        self
    }

    /// Tries an act of a party on a day.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn tries(
        &self,
        day: &str,
        id: AgreementId,
        party: &str,
        command: impl Into<C>,
    ) -> Result<(), Error> {
        let done = self
            .at(day)
            .engine
            .act(id, &Actor::party(party), [command.into()]);
        done.map(drop)
    }

    /// Does it.
    #[track_caller]
    pub fn does(&self, day: &str, id: AgreementId, party: &str, command: impl Into<C>) {
        self.tries(day, id, party, command)
            .unwrap_or_else(|e| panic!("{day} {party}: {e}"));
    }

    /// It is refused by that rule, in words that hold these.
    #[track_caller]
    pub fn refuses(
        &self,
        day: &str,
        id: AgreementId,
        party: &str,
        command: impl Into<C>,
        rule: Rule,
        says: &str,
    ) {
        match self.tries(day, id, party, command) {
            Err(Error::Refused(refusal)) => assert!(
                refusal.rule == rule && refusal.to_string().contains(says),
                "{refusal}"
            ),
            other => panic!("it is not refused: {other:?}"),
        }
    }

    /// What applies between two parties on a day, as known at the end of another if one is given, and its text in French.
    #[track_caller]
    pub fn asks(
        &self,
        id: AgreementId,
        between: (&str, &str),
        on: &str,
        known: Option<&str>,
    ) -> (InForceAnswer, Option<String>) {
        let record = self.engine.record(id).expect("the record");
        let evening = |day| date(day).and_hms_opt(23, 59, 59).expect("a time").and_utc();
        let answer = record.in_force_between(InForceQuestion {
            on: date(on),
            known_at: known.map(evening),
            between: (between.0.into(), between.1.into()),
        });
        let text = record.print_in_force(&answer, lang("fr"));
        (answer, text)
    }

    /// An audit finds nothing, and has decided every event again.
    #[track_caller]
    pub fn clean(&self) {
        let report = self.engine.audit(|_| {}).expect("it is audited");
        assert_eq!(report.verdict, Verdict::Clean, "{:?}", report.findings);
        assert_eq!(report.decided, report.events);
    }

    /// A new agreement, proposed by its first party.
    pub fn proposed(&self, day: &str, proposal: Proposal) -> AgreementId {
        let id = self.engine.new_agreement_id();
        let party = proposal.parties[0].id.0.clone();
        self.does(day, id, &party, C::Propose(Box::new(proposal)));
        id
    }

    /// Proposed by the first party, adopted by all and authenticated on one day.
    pub fn concluded(&self, day: &str, proposal: Proposal) -> AgreementId {
        let parties: Vec<PartyId> = proposal.parties.iter().map(|p| p.id.clone()).collect();
        let id = self.proposed(day, proposal);
        for party in &parties[1..] {
            self.does(day, id, &party.0, accept(1));
        }
        self.does(day, id, &parties[0].0, adopt(1));
        let authenticate = C::AuthenticateText {
            method: "initialling".into(),
            parties: parties.clone(),
        };
        self.does(day, id, &parties[0].0, authenticate);
        id
    }
}

const TEXT: &str =
    "## Article 1\n\nLes Parties coopèrent.\n\n## Article 2\n\nChacune suporte ses coûts.\n";

/// An agreement between France and Morocco, proposed by France: its second provision says "Les Parties coopèrent.", its fourth one
/// has a misprint that a correction mends.
#[track_caller]
pub fn proposed(engine: &Engine, title: &str) -> AgreementId {
    let id = engine.new_agreement_id();
    let proposal = travaux::proposal(title, Profile::arrangement())
        .party("FR", "France")
        .party("MA", "Maroc")
        .text("fr", TEXT)
        .expect("a text")
        .build();
    let proposed = engine.act(id, &by("FR"), [C::Propose(Box::new(proposal))]);
    proposed.expect("it is proposed");
    id
}

/// A party, acting.
pub fn by(party: &str) -> Actor {
    Actor::party(party)
}
