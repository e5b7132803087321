//! What cites a provision (QY6): the competences of bodies, the lists of procedures, indicators, the
//! actions of roadmaps, and the rounds in which its agreement is revised. Who revises it reads this
//! first.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use travaux_domain::{
    AgreementId, StreamId, Version,
    body::{Basis, Competence, JointBody},
    indicator::Indicator,
    procedure::Procedure,
    roadmap::Roadmap,
};
use travaux_text::ProvisionId;

use super::StateSources;
use crate::Asked;

/// How something rests on a provision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rests {
    /// It was established by the clause.
    Established,
    /// The clause confers a competence, by key.
    Competence(String),
    /// A competence, by key, is to amend the annex.
    Amends(String),
    /// A list of a version of a procedure, by its keys.
    List {
        /// The list.
        list: String,
        /// The version, or the draft.
        version: Version,
    },
    /// A version of an indicator tells how far it is carried out.
    Told(Version),
    /// An open action of a roadmap, by key, carries it out.
    CarriedOut(String),
    /// The agreement is a member of an open round.
    Round,
}

/// Something that cites a provision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// What cites it.
    pub stream: StreamId,
    /// How.
    pub rests: Rests,
    /// The provision that it names; none where it rests on the agreement as a whole.
    pub provision: Option<ProvisionId>,
}

impl StateSources<'_> {
    /// What cites one of these provisions of an agreement, as it stood (QY6).
    pub fn impact(
        &self,
        agreement: AgreementId,
        provisions: &BTreeSet<ProvisionId>,
        asked: Asked,
    ) -> Vec<Citation> {
        let mut found = BTreeSet::new();
        let mut cite = |stream, cited: Vec<(Rests, Place)>| {
            let hits = cited
                .into_iter()
                .filter(|(_, (of, provision))| *of == agreement && provisions.contains(provision));
            found.extend(hits.map(|(rests, (_, provision))| Citation {
                stream,
                rests,
                provision: Some(provision),
            }));
        };
        for (id, view) in &self.dossiers.bodies {
            if let Some(then) = view.as_of(asked) {
                cite(StreamId::Body(*id), body(&then.state));
            }
        }
        for (id, view) in &self.dossiers.procedures {
            if let Some(then) = view.as_of(asked) {
                cite(StreamId::Procedure(*id), lists(&then.state));
            }
        }
        for (id, view) in &self.dossiers.indicators {
            if let Some(then) = view.as_of(asked) {
                cite(StreamId::Indicator(*id), told(&then.state, asked.on));
            }
        }
        for (id, view) in &self.dossiers.roadmaps {
            if let Some(then) = view.as_of(asked) {
                cite(StreamId::Roadmap(*id), carried_out(&then.state));
            }
        }
        for id in self.frameworks.packages.keys() {
            let Some(view) = self.frameworks.package(*id, asked) else {
                continue;
            };
            let members = view
                .state
                .round
                .iter()
                .flat_map(|round| round.members.keys());
            let mut items = view.state.proposal.iter().flat_map(|p| &p.items);
            let is_in = members.into_iter().any(|member| *member == agreement)
                || items.any(|item| item.agreement == agreement);
            if is_in && view.state.is_open() {
                found.insert(Citation {
                    stream: StreamId::Package(*id),
                    rests: Rests::Round,
                    provision: None,
                });
            }
        }
        found.into_iter().collect()
    }
}

/// Where a provision stands: as `ClauseRef::place` says it.
type Place = (AgreementId, ProvisionId);

fn body(state: &JointBody) -> Vec<(Rests, Place)> {
    let Some(own) = &state.establishment else {
        return Vec::new();
    };
    let mut out = Vec::new();
    if let Basis::Clause(clause) = &own.basis {
        out.push((Rests::Established, clause.place()));
    }
    let held = state.competences.iter().map(|held| &held.competence);
    let mandates = state.sub_bodies.values().flat_map(|(sub, _)| &sub.mandate);
    for competence in held.chain(mandates) {
        out.extend(cited(competence));
    }
    out
}

fn cited(competence: &Competence) -> Vec<(Rests, Place)> {
    let key = || competence.key.to_string();
    let clause = competence.clause.iter();
    let by_clause = clause.map(|clause| (Rests::Competence(key()), clause.place()));
    let annexes = competence.annexes.iter().flat_map(|annexes| {
        let agreement = annexes.agreement;
        let provisions = annexes.provisions.iter();
        provisions.map(move |provision| (agreement, *provision))
    });
    let annexes = annexes.map(|place| (Rests::Amends(key()), place));
    by_clause.chain(annexes).collect()
}

fn lists(procedure: &Procedure) -> Vec<(Rests, Place)> {
    let adopted = procedure.adopted.iter();
    let adopted = adopted.map(|(version, adopted)| (version, &adopted.table));
    let drafts = procedure.open_drafts();
    let tables = adopted.chain(drafts.map(|(label, draft)| (label, &draft.table)));
    let lists = tables.flat_map(|(version, table)| {
        table.annexes.iter().map(move |(list, annex)| {
            let (list, version) = (list.to_string(), version.clone());
            (Rests::List { list, version }, annex.place())
        })
    });
    lists.collect()
}

/// By the versions that count on a day or later, and by drafts: an earlier one counts no more.
fn told(indicator: &Indicator, on: Option<NaiveDate>) -> Vec<(Rests, Place)> {
    let counts = on.and_then(|on| indicator.version_for(on));
    let standing = indicator.definitions().filter(|(version, _)| {
        let is_past = counts.is_some_and(|counts| *version < counts);
        !is_past || indicator.drafts.contains_key(*version)
    });
    let told = standing.flat_map(|(version, definition)| {
        let clauses = definition.clauses.iter();
        clauses.map(move |clause| (Rests::Told(version.clone()), clause.place()))
    });
    told.collect()
}

fn carried_out(roadmap: &Roadmap) -> Vec<(Rests, Place)> {
    let open = roadmap.actions.values().filter(|record| record.is_open());
    let carried_out = open.flat_map(|record| {
        let action = &record.action;
        let clauses = action.clauses.iter();
        clauses.map(|clause| (Rests::CarriedOut(action.key.to_string()), clause.place()))
    });
    carried_out.collect()
}
