//! What cites a provision (QY6): the competences of bodies, the lists of procedures, and the rounds in
//! which its agreement is revised. Who revises it reads this first.

use std::collections::BTreeSet;

use travaux_domain::{
    AgreementId, StreamId, Version,
    body::{Basis, ClauseRef, Competence, JointBody},
    procedure::{Procedure, StepTable},
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
        for (id, view) in &self.dossiers.bodies {
            let Some(view) = view.as_of(asked) else {
                continue;
            };
            let stream = StreamId::Body(*id);
            let cited = body(&view.state);
            let hits = cited.into_iter().filter(|(_, clause)| {
                clause.agreement == agreement && provisions.contains(&clause.provision)
            });
            found.extend(hits.map(|(rests, clause)| Citation {
                stream,
                rests,
                provision: Some(clause.provision),
            }));
        }
        for (id, view) in &self.dossiers.procedures {
            let Some(view) = view.as_of(asked) else {
                continue;
            };
            let stream = StreamId::Procedure(*id);
            for (version, table) in tables(&view.state) {
                let annexes = table.annexes.iter();
                let hits = annexes.filter(|(_, annex)| {
                    annex.agreement == agreement && provisions.contains(&annex.provision)
                });
                found.extend(hits.map(|(list, annex)| Citation {
                    stream,
                    rests: Rests::List {
                        list: list.to_string(),
                        version: version.clone(),
                    },
                    provision: Some(annex.provision),
                }));
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

/// A clause, as something cites it.
struct Cited {
    agreement: AgreementId,
    provision: ProvisionId,
}

impl From<&ClauseRef> for Cited {
    fn from(clause: &ClauseRef) -> Self {
        let (agreement, provision) = (clause.agreement, clause.provision);
        Self {
            agreement,
            provision,
        }
    }
}

fn body(state: &JointBody) -> Vec<(Rests, Cited)> {
    let Some(own) = &state.establishment else {
        return Vec::new();
    };
    let mut out = Vec::new();
    if let Basis::Clause(clause) = &own.basis {
        out.push((Rests::Established, clause.into()));
    }
    let held = state.competences.iter().map(|held| &held.competence);
    let mandates = state.sub_bodies.values().flat_map(|(sub, _)| &sub.mandate);
    for competence in held.chain(mandates) {
        out.extend(cited(competence));
    }
    out
}

fn cited(competence: &Competence) -> Vec<(Rests, Cited)> {
    let key = || competence.key.to_string();
    let clause = competence.clause.iter();
    let by_clause = clause.map(|clause| (Rests::Competence(key()), clause.into()));
    let annexes = competence.annexes.iter().flat_map(|annexes| {
        let agreement = annexes.agreement;
        annexes.provisions.iter().map(move |provision| Cited {
            agreement,
            provision: *provision,
        })
    });
    let annexes = annexes.map(|cited| (Rests::Amends(key()), cited));
    by_clause.chain(annexes).collect()
}

fn tables(procedure: &Procedure) -> impl Iterator<Item = (&Version, &StepTable)> {
    let adopted = procedure
        .adopted
        .iter()
        .map(|(v, adopted)| (v, &adopted.table));
    let drafts = procedure.open_drafts();
    adopted.chain(drafts.map(|(label, draft)| (label, &draft.table)))
}
