//! Every short life of a package and of a framework, beside a model of a few lines: what is done
//! under which rule, what is refused under which, and where it stands then.

use std::collections::BTreeSet;

use travaux_domain::{
    AgreementId, MeetingId, PartyId, Rule,
    framework::{Area, AreaOpening, Body, Framework, FrameworkEvent as F, Roadmap, RoadmapStep},
    package::{Package, PackageCommand as P, PackageProposal, PackageStatus as S},
    partnership::ItemRef,
};
use uuid::Uuid;

use crate::{by, framework::foundation, package::proposal};

/// The rule that an act rests on, or the one that refuses it.
type Answer = Result<Rule, Rule>;

const ACTORS: [&str; 4] = ["ES", "FR", "MA", "US"];
/// Who is a party to the package, in the order of its proposal.
const PARTIES: [&str; 3] = ["FR", "MA", "ES"];

#[derive(Clone, Debug)]
enum Over {
    Adopted,
    Rejected(&'static str),
    Withdrawn,
}

#[derive(Clone, Debug, Default)]
struct PackageModel {
    proposer: Option<&'static str>,
    accepted: BTreeSet<&'static str>,
    over: Option<Over>,
}

impl PackageModel {
    fn act(&mut self, party: &'static str, act: &P) -> Answer {
        let is_party = PARTIES.contains(&party);
        match (act, self.proposer) {
            (P::Propose(_), Some(_)) => Err(Rule::RC1),
            (P::Propose(_), None) if is_party => {
                self.proposer = Some(party);
                self.accepted.insert(party);
                Ok(Rule::PK2)
            }
            (_, None) if !matches!(act, P::Propose(_)) => Err(Rule::RC1),
            _ if !is_party => Err(Rule::P0),
            _ if self.over.is_some() => Err(Rule::PK4),
            (P::Accept, _) if !self.accepted.insert(party) => Err(Rule::PK3),
            (P::Accept, _) => Ok(Rule::PK3),
            (P::Reject { .. }, _) => self.ends(Over::Rejected(party), Rule::PK3),
            (P::Adopt, _) if self.accepted.len() < PARTIES.len() => Err(Rule::PK1),
            (P::Adopt, _) => self.ends(Over::Adopted, Rule::PK1),
            (P::Withdraw { .. }, proposer) if proposer != Some(party) => Err(Rule::PK5),
            (P::Withdraw { .. }, _) => self.ends(Over::Withdrawn, Rule::PK5),
            (P::FollowItem { .. }, _) => Ok(Rule::MT9),
            (P::Propose(_), None) => Err(Rule::P0),
            #[allow(unreachable_patterns, reason = "as for frameworks")]
            _ => panic!("the model has no {act:?}"),
        }
    }

    fn ends(&mut self, over: Over, rule: Rule) -> Answer {
        self.over = Some(over);
        Ok(rule)
    }

    fn status(&self) -> S {
        let reason = Some("late".to_owned());
        let (accepted, missing): (Vec<PartyId>, Vec<PartyId>) = PARTIES
            .iter()
            .map(|party| PartyId::from(*party))
            .partition(|party| self.accepted.contains(&*party.0));
        match &self.over {
            _ if self.proposer.is_none() => S::Absent,
            Some(Over::Adopted) => S::Adopted,
            Some(Over::Withdrawn) => S::Withdrawn { reason },
            Some(Over::Rejected(by)) => S::Rejected {
                by: (*by).into(),
                reason,
            },
            None if missing.is_empty() => S::Accepted,
            None => S::Open { accepted, missing },
        }
    }
}

fn acts() -> [P; 6] {
    let reason = || Some("late".to_owned());
    [
        P::Propose(PackageProposal {
            parties: PARTIES.map(PartyId::from).to_vec(),
            ..proposal()
        }),
        P::Accept,
        P::Reject { reason: reason() },
        P::Adopt,
        P::Withdraw { reason: reason() },
        P::FollowItem {
            on: chrono::NaiveDate::MIN,
            item: item(),
        },
    ]
}

/// Tries every act of everybody, goes on behind those that are done, and notes where it stood.
fn package(state: &Package, model: &PackageModel, steps: u32, stood: &mut BTreeSet<String>) {
    assert_eq!(state.status(), model.status(), "{model:?}");
    let open = matches!(state.status(), S::Open { .. } | S::Accepted);
    let lets_go = matches!(state.status(), S::Rejected { .. } | S::Withdrawn { .. });
    assert_eq!((state.is_open(), state.lets_go()), (open, lets_go));
    for item in &proposal().items {
        assert_eq!(state.holds(item.agreement, item.revision), open);
        assert!(!state.holds(item.agreement, item.revision.next()));
    }
    stood.insert(state.status().to_string());
    if steps == 0 {
        return;
    }
    for party in ACTORS {
        for act in acts() {
            let mut next = model.clone();
            let expected = next.act(party, &act);
            let decision = state.decide(act.clone(), &by(party));
            let found = decision.as_ref().map(|d| d.legal_basis.rule);
            let found = found.map_err(|refusal| refusal.rule);
            assert_eq!(found, expected, "{party}: {act:?} on {model:?}");
            if let Ok(decided) = decision {
                let mut after = state.clone();
                after.evolve(&decided.event, &by(party));
                package(&after, &next, steps - 1, stood);
            }
        }
    }
}

#[test]
fn pk1_pk2_pk3_pk4_and_pk5_every_short_life_of_a_package() {
    let mut stood = BTreeSet::new();
    package(&Package::default(), &PackageModel::default(), 5, &mut stood);
    let said: Vec<_> = stood.iter().map(String::as_str).collect();
    for status in [
        "not there",
        "open, accepted by FR, waiting for MA, ES",
        "open, accepted by MA, ES, waiting for FR",
        "accepted by all, not yet adopted",
        "adopted",
        "rejected by ES: late",
        "withdrawn: late",
    ] {
        assert!(said.contains(&status), "{status} is not among {said:#?}");
    }
    assert_eq!(said.len(), 13, "six ways to be open, three to be rejected");
}

#[derive(Clone, Debug, Default)]
struct FrameworkModel {
    founded: bool,
    areas: BTreeSet<String>,
    bodies: BTreeSet<String>,
    agreements: Vec<(AgreementId, String)>,
    roadmaps: usize,
}

impl FrameworkModel {
    fn act(&mut self, party: &str, act: &F) -> Answer {
        let is_party = ["FR", "MA"].contains(&party);
        if let F::FrameworkFounded(foundation) = act {
            return match (self.founded, is_party) {
                (true, _) => Err(Rule::RC1),
                (false, false) => Err(Rule::P0),
                (false, true) => {
                    self.founded = true;
                    self.areas = foundation.areas.iter().map(|a| a.key.to_string()).collect();
                    Ok(Rule::FW2)
                }
            };
        }
        if !self.founded {
            return Err(Rule::RC1);
        }
        if !is_party {
            return Err(Rule::P0);
        }
        let first = |is_first: bool, rule| if is_first { Ok(rule) } else { Err(rule) };
        match act {
            F::FrameworkFounded(_) => Err(Rule::RC1),
            F::AreaOpened(area) => match self.areas.insert(area.key.to_string()) {
                true => Ok(Rule::FW15),
                false => Err(Rule::FW3),
            },
            F::AgreementJoined { area, .. } if !self.areas.contains(&**area) => Err(Rule::FW1),
            F::AgreementJoined { agreement, area } => {
                let is_first = self.agreements.iter().all(|(id, _)| id != agreement);
                if is_first {
                    self.agreements.push((*agreement, area.to_string()));
                }
                first(is_first, Rule::FW4)
            }
            F::BodyEstablished(body) if !self.areas.contains(&*body.area) => Err(Rule::FW1),
            F::BodyEstablished(body) => first(self.bodies.insert(body.key.to_string()), Rule::FW5),
            F::RoadmapAdopted(roadmap) if roadmap.steps.is_empty() => Err(Rule::FW6),
            F::RoadmapAdopted(roadmap)
                if roadmap.steps.iter().any(|s| !self.areas.contains(&*s.area)) =>
            {
                Err(Rule::FW1)
            }
            F::RoadmapAdopted(_) => {
                self.roadmaps += 1;
                Ok(Rule::FW6)
            }
            F::AreaFollowsItem { area, .. } if !self.areas.contains(&**area) => Err(Rule::FW1),
            F::AreaFollowsItem { .. } => Ok(Rule::MT9),
            #[allow(
                unreachable_patterns,
                reason = "an event that is new has cases of its own first"
            )]
            _ => panic!("the model has no {act:?}"),
        }
    }
}

fn item() -> ItemRef {
    ItemRef {
        meeting: MeetingId(Uuid::from_u128(9)),
        item: "sport".into(),
    }
}

fn under_a_framework() -> Vec<F> {
    let area = |key: &str| Area {
        key: key.into(),
        title: key.to_owned(),
    };
    let body = |area: &str| Body {
        key: "group".into(),
        title: "Group".into(),
        area: area.into(),
        mandate: String::new(),
        consenting: None,
    };
    let joined = |number, area: &str| F::AgreementJoined {
        agreement: AgreementId(Uuid::from_u128(number)),
        area: area.into(),
    };
    let roadmap = |areas: &[&str]| Roadmap {
        title: "Roadmap".into(),
        adopted_on: chrono::NaiveDate::MIN,
        steps: areas
            .iter()
            .map(|area| RoadmapStep {
                area: (*area).into(),
                title: "report".into(),
                due: None,
            })
            .collect(),
        consenting: None,
    };
    vec![
        F::FrameworkFounded(foundation().into()),
        F::AreaOpened(AreaOpening::from(area("migration")).into()),
        F::AreaOpened(AreaOpening::from(area("sport")).into()),
        joined(1, "migration"),
        joined(1, "sport"),
        joined(2, "sport"),
        F::BodyEstablished(body("migration").into()),
        F::BodyEstablished(body("sport").into()),
        F::RoadmapAdopted(roadmap(&[]).into()),
        F::RoadmapAdopted(roadmap(&["migration", "sport"]).into()),
        F::AreaFollowsItem {
            on: chrono::NaiveDate::MIN,
            area: "sport".into(),
            item: item(),
        },
    ]
}

fn framework(state: &Framework, model: &FrameworkModel, steps: u32, rules: &mut BTreeSet<Answer>) {
    let areas = state.foundation.iter().flat_map(|f| &f.areas);
    let areas: BTreeSet<_> = areas.map(|area| area.key.to_string()).collect();
    let bodies: BTreeSet<_> = state.bodies.iter().map(|b| b.key.to_string()).collect();
    let agreements = state.agreements.iter();
    let agreements: Vec<_> = agreements
        .map(|(id, area)| (*id, area.to_string()))
        .collect();
    assert_eq!(
        (areas, bodies, agreements, state.roadmaps.len()),
        (
            model.areas.clone(),
            model.bodies.clone(),
            model.agreements.clone(),
            model.roadmaps
        )
    );
    if steps == 0 {
        return;
    }
    for party in ["MA", "US"] {
        for act in under_a_framework() {
            let mut next = model.clone();
            let expected = next.act(party, &act);
            let decision = state.decide(act.clone(), &by(party));
            let found = decision.as_ref().map(|d| d.legal_basis.rule);
            let found = found.map_err(|refusal| refusal.rule);
            assert_eq!(found, expected, "{party}: {act:?} on {model:?}");
            rules.insert(found);
            if let Ok(decided) = decision {
                let mut after = state.clone();
                after.evolve(&decided.event, &by(party));
                framework(&after, &next, steps - 1, rules);
            }
        }
    }
}

#[test]
fn fw1_fw3_fw4_fw5_and_fw6_every_short_life_of_a_framework() {
    let mut rules = BTreeSet::new();
    let (state, model) = (Framework::default(), FrameworkModel::default());
    framework(&state, &model, 6, &mut rules);
    let (done, refused): (Vec<_>, Vec<_>) = rules.into_iter().partition(Result::is_ok);
    let all = [Rule::FW2, Rule::FW4, Rule::FW5, Rule::FW6, Rule::FW15];
    assert!(all.iter().all(|rule| done.contains(&Ok(*rule))), "{done:?}");
    let by_all = [
        Rule::RC1,
        Rule::P0,
        Rule::FW1,
        Rule::FW3,
        Rule::FW4,
        Rule::FW5,
        Rule::FW6,
    ];
    assert!(
        by_all.iter().all(|rule| refused.contains(&Err(*rule))),
        "{refused:?}"
    );
}
