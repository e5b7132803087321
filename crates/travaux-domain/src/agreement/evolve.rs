//! How events change an agreement. Total: an event that does not fit changes nothing.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use travaux_text::{Digest, Lang, Localized, Text};

use super::{
    Adopted, Adoption, Agreement, AgreementEvent, Answer, Answered, Answers, Identity, LoggedAct,
    MachineEvent, Nature, Proposed, RevisionDraft, RevisionProposed, RevisionRecord, RevisionState,
    meta::EventMeta,
};
use crate::{Actor, Context, PackageId, Revision};

impl Agreement {
    /// Takes `event` in, which `context` recorded.
    pub fn evolve(&mut self, event: &AgreementEvent, context: &Context) {
        self.version += 1;
        self.text.evolve(event, self.version, context);
        match event {
            AgreementEvent::AgreementProposed(p) => self.proposed(p, context),
            AgreementEvent::RevisionProposed(p) => self.revision_proposed(p, context),
            AgreementEvent::RevisionWithdrawn(a) => {
                self.set_state(a.revision, RevisionState::Withdrawn)
            }
            AgreementEvent::RevisionAccepted(a) => self.answered(a, Answer::Accepted, context),
            AgreementEvent::RevisionRejected(a) => self.answered(
                a,
                Answer::Rejected {
                    reason: a.reason.clone(),
                },
                context,
            ),
            AgreementEvent::RevisionConcluded { revision, outcome } => {
                self.set_state(*revision, RevisionState::Concluded(outcome.clone()));
            }
            AgreementEvent::RevisionRepackaged { revision, package } => {
                self.repackaged(*revision, *package);
            }
            AgreementEvent::TextAdopted(a) => self.adopted(a, context),
            AgreementEvent::TextAuthenticated { languages, .. } => {
                self.machines.languages.are_authentic(languages);
            }
            AgreementEvent::NegotiationAbandoned { .. } => {}
            AgreementEvent::ActRestated(restated) => {
                if let Some(logged) = restated.logged(&self.acts, self.version, context) {
                    self.acts.push(Arc::new(logged));
                    self.refold();
                }
            }
            AgreementEvent::Machine(act) => self.acted(act, context),
        }
        self.conclude_all();
    }

    /// Concludes what follows after an event: on the text, on consents, on force and end.
    pub(super) fn conclude_all(&mut self) {
        self.machines.consents.follow_declined();
        self.conclude_signed();
        self.conclude_notified();
        self.conclude_counts();
        self.conclude_force();
        self.conclude_declined();
    }

    fn repackaged(&mut self, revision: Revision, package: PackageId) {
        if let Some(record) = self.record_mut(revision) {
            record.draft.package = Some(package);
        }
    }

    /// A certificate of concordance is of one text: another one undoes it.
    fn certificate_lapses(&mut self, context: &Context) {
        if let Some(certificate) = self.machines.languages.certificate() {
            let step = self.history.len();
            let same = |(lang, digest): (&Lang, &Digest)| {
                Digest::of(self.history.print_at(step, *lang).as_bytes()) == *digest
            };
            if !certificate.digests.iter().all(same) {
                self.machines
                    .languages
                    .text_changed(self.version, context.now);
            }
        }
    }

    fn acted(&mut self, act: &MachineEvent, context: &Context) {
        let (party, recorded_at) = (context.actor.party.clone(), context.now);
        let meta = EventMeta {
            event: self.version,
            recorded_at,
            party: party.clone(),
            all: self.all_parties(),
        };
        self.machines.evolve(act, &meta);
        self.acts.push(Arc::new(LoggedAct {
            event: self.version,
            recorded_at,
            party,
            act: act.clone(),
            restates: None,
            struck: false,
        }));
        self.text_follows(act, context);
    }

    /// What an act on another machine does to the text: an amendment comes to bind, a correction is
    /// made.
    fn text_follows(&mut self, act: &MachineEvent, context: &Context) {
        match act {
            MachineEvent::Amendment(act) => {
                if let Some(revision) = act.brings_into_force() {
                    self.set_state(revision, RevisionState::InForce);
                }
                if let Some(revision) = act.leaves_to_silence() {
                    self.set_state(revision, RevisionState::LeftToSilence);
                }
            }
            MachineEvent::Correction(act) => {
                if let Some((revision, on)) = act.makes() {
                    let at = on.and_time(NaiveTime::MIN).and_utc();
                    self.adopt(revision, None, None, (context.actor.clone(), at), context);
                }
            }
            MachineEvent::Language(_)
            | MachineEvent::Consent(_)
            | MachineEvent::Force(_)
            | MachineEvent::Reservation(_)
            | MachineEvent::Declaration(_)
            | MachineEvent::Ending(_)
            | MachineEvent::Depositary(_)
            | MachineEvent::Relation(_)
            | MachineEvent::Mandate(_) => {}
        }
    }

    fn proposed(&mut self, p: &Proposed, context: &Context) {
        self.identity = Some(Identity::of(p, context));
        self.machines.propose(&p.final_clauses);
        let text = Text::from_provisions(
            Text::align(p.format, &p.texts).unwrap_or_default(),
            Revision::FIRST.0,
        );
        Arc::make_mut(&mut self.history).record(Revision::FIRST.0, &text, &HashSet::new());
        let draft = RevisionDraft {
            inferred: p.provenance.is_some(),
            provenance: p.provenance.clone(),
            ..RevisionDraft::new(Revision::FIRST, Vec::new())
        };
        let digest = |(lang, text): (&Lang, &String)| (*lang, Digest::of(text.as_bytes()));
        let digests = p.texts.iter().map(digest).collect();
        self.begins(Revision::FIRST, draft, digests, context);
    }

    fn revision_proposed(&mut self, p: &RevisionProposed, context: &Context) {
        self.begins(p.revision, p.draft.clone(), p.digests.clone(), context);
    }

    /// A revision waits for answers from here on; its proposer has given its own.
    fn begins(
        &mut self,
        revision: Revision,
        draft: RevisionDraft,
        digests: Localized<Digest>,
        context: &Context,
    ) {
        let source = draft.provenance.as_ref().map(|p| (&p.by, p.at));
        let done_on = source.map(|(_, at)| at.date_naive()).or(context.done_on);
        let (proposer, proposed_at) = origin(source, context);
        self.revisions.push(Arc::new(RevisionRecord {
            revision,
            operation_count: u32::try_from(draft.operations.len()).unwrap_or(u32::MAX),
            draft,
            digests,
            answers: Answers::from_iter([(proposer.party.clone(), Answer::Accepted)]),
            proposer,
            proposed_at,
            recorded_at: context.now,
            done_on,
            answered_on: BTreeMap::new(),
            state: RevisionState::Open,
        }));
    }

    fn record_mut(&mut self, revision: Revision) -> Option<&mut RevisionRecord> {
        let record = self
            .revisions
            .get_mut(revision.0.checked_sub(1)? as usize)?;
        Some(Arc::make_mut(record))
    }

    fn set_state(&mut self, revision: Revision, state: RevisionState) {
        if let Some(record) = self.record_mut(revision) {
            record.state = state;
        }
    }

    fn answered(&mut self, a: &Answered, answer: Answer, context: &Context) {
        if let Some(record) = self.record_mut(a.revision) {
            match context.done_on {
                Some(day) => record.answered_on.insert(a.party.clone(), day),
                None => record.answered_on.remove(&a.party),
            };
            record.answers.insert(a.party.clone(), answer);
        }
    }

    fn adopted(&mut self, a: &Adopted, context: &Context) {
        let by = origin(a.elsewhere.as_ref().map(|e| (&e.by, e.at)), context);
        self.adopt(a.revision, a.effective_from, a.package, by, context);
    }

    fn adopt(
        &mut self,
        adopted: Revision,
        effective_from: Option<NaiveDate>,
        package: Option<PackageId>,
        (adopter, adopted_at): (Actor, DateTime<Utc>),
        context: &Context,
    ) {
        let chain: Vec<Revision> = self.chain(adopted).iter().map(|r| r.revision).collect();
        let mut text = None;
        for revision in &chain {
            let Some(record) = self.revision(*revision) else {
                continue;
            };
            let mut current: Text = text
                .take()
                .unwrap_or_else(|| self.history.text_at(self.history.len()));
            if let Ok(applied) = current.apply(&record.draft.operations, revision.0) {
                Arc::make_mut(&mut self.history).record(revision.0, &current, &applied.moved);
                // What was just recorded is read back, so that the next step knows what it shares
                // with this one.
                text = (chain.len() > 1).then(|| self.history.text_at(self.history.len()));
            }
        }
        let nature = self
            .revision(adopted)
            .map_or(Nature::Draft, |r| r.draft.nature);
        let proposed = self.revision(adopted).and_then(|r| r.draft.effective_from);
        // What the text rests on is part of it: the line up to here, the first proposal included.
        let open = |r: &Revision| {
            self.revision(*r)
                .is_some_and(|r| r.state == RevisionState::Open)
        };
        let line: Vec<_> = (1..=self.history.len())
            .filter_map(|s| self.history.revision(s).map(Revision))
            .filter(open)
            .collect();
        for revision in line.iter().chain([&adopted]) {
            self.set_state(*revision, RevisionState::Adopted);
            if let Some(record) = self
                .record_mut(*revision)
                .filter(|r| r.draft.nature == Nature::Draft)
            {
                // A draft is part of the line now; only amendments and corrections are run again on
                // other dates.
                record.draft.operations = Vec::new();
            }
        }
        self.certificate_lapses(context);
        self.adoptions.push(Arc::new(Adoption {
            revision: adopted,
            step: self.history.len(),
            nature,
            effective_from: effective_from.or(proposed),
            adopter,
            adopted_at,
            recorded_at: context.now,
            package,
            event: self.version,
        }));
    }
}

/// Who acted and when: by the source's account if there is one, else on the day that was said.
fn origin(elsewhere: Option<(&Actor, DateTime<Utc>)>, context: &Context) -> (Actor, DateTime<Utc>) {
    elsewhere.map_or_else(
        || (context.actor.clone(), context.done_at()),
        |(actor, at)| (actor.clone(), at),
    )
}
