//! A joint body of two parties, by a clause of a treaty in force, and the parts of what it does. The
//! words are drafts of our own.

use travaux_domain::{
    BodyId, Profile, Revision, StreamCommand, StreamId,
    agreement::{AgreementCommand, Nature, RevisionDraft, amendment::AmendmentAct},
    body::{
        AnnexChange, Annexes, Basis, BodyCommand, ChairRule, Competence, Draft, Establishment, How,
        JointBody, Openness, Procedure, Referral, Verb, WrittenRule,
    },
    clause::{FinalClause, Term},
    partnership::ClauseRef,
};
use travaux_text::{Localized, Operation};

use crate::{
    agreement::{accept, adopt, clause, date, ids, lang, p, proposal, propose, signed},
    history::{History, agreement_id, framework_id},
    meeting::{foundation, parties, words},
};

/// A treaty with a clause on a committee, and two annexes: their provisions are 1.1, 1.3 and 1.5, each
/// with a paragraph.
pub const WITH_ANNEXES: &str = "## Article 1\n\nUn comité mixte est institué.\n\n\
     ## Article 2\n\nAnnexe I : la liste de 2002.\n\n\
     ## Article 3\n\nAnnexe II : la liste de 2002.\n";

/// The id of the body of that key under the framework of the number 1.
pub fn body_id(key: &str) -> BodyId {
    BodyId::of(framework_id(1), &key.into())
}

/// The clause by which a body may amend the second annex.
pub fn power(body: &str) -> FinalClause {
    let body = body.to_owned();
    let provisions = vec![p(5)];
    clause("Article 18", Term::AmendingBody { body, provisions })
}

/// The framework under the number 1, of these parties, recorded on a day.
pub fn framework(history: &mut History, names: &[&str], day: &str) {
    history.at(day).framework(1, names[0], foundation(names));
}

/// A treaty of two parties under it, with these clauses, in force since the day on which it is
/// recorded.
pub fn treaty(
    history: &mut History,
    number: u128,
    two: [&str; 2],
    clauses: Vec<FinalClause>,
    day: &str,
) {
    let mut treaty = proposal(Profile::treaty(), &two, clauses);
    treaty.texts = Localized::from([(lang("fr"), WITH_ANNEXES.to_owned())]);
    treaty.framework = Some(framework_id(1));
    let (one, proposed) = propose(two[0], treaty);
    history
        .at(day)
        .agreement(number, one, proposed)
        .agreement(number, two[1], accept(1))
        .agreement(number, one, adopt(1))
        .agreement(
            number,
            one,
            AgreementCommand::AuthenticateText {
                method: "initialling".into(),
                parties: ids(&two),
            },
        )
        .agreement(number, two[0], signed(day))
        .agreement(number, two[1], signed(day));
}

/// A revision of the second annex of a treaty: its list is that of other words.
pub fn list(from: &str, to: &str, base: u32) -> AgreementCommand {
    let operations = vec![Operation::substitute(p(6), lang("fr"), from, to, 1)];
    AgreementCommand::ProposeRevision(Box::new(RevisionDraft {
        nature: Nature::Amendment,
        ..RevisionDraft::new(Revision(base), operations)
    }))
}

/// A competence.
pub fn competence(key: &str, verb: Verb, subjects: &[&str]) -> Competence {
    Competence {
        key: key.into(),
        verb,
        subjects: subjects.iter().map(|s| (*s).into()).collect(),
        annexes: Vec::new(),
        limits: None,
        until: None,
        clause: None,
    }
}

/// Power over the second annex of a treaty.
pub fn over_annex(agreement: u128) -> Competence {
    Competence {
        annexes: vec![Annexes {
            agreement: agreement_id(agreement),
            provisions: vec![p(5)],
        }],
        ..competence("annex-2", Verb::AmendAnnexes, &[])
    }
}

/// The first article of a treaty.
pub fn first_article(agreement: u128) -> ClauseRef {
    ClauseRef {
        agreement: agreement_id(agreement),
        provision: p(1),
        label: "Article 1".to_owned(),
    }
}

/// The committee of FR and MA by the first article of the treaty under the number 1.
pub fn committee(key: &str) -> Establishment {
    Establishment {
        framework: framework_id(1),
        key: key.into(),
        title: "Joint committee".to_owned(),
        basis: Basis::Clause(first_article(1)),
        parties: parties(&["FR", "MA"]),
        competences: vec![
            competence("refer", Verb::ReferenceMechanism, &[]),
            competence("passes", Verb::Decide, &["passes"]),
            competence("rules", Verb::AdoptOwnRules, &[]),
            competence("groups", Verb::SetUpSubBodies, &[]),
            over_annex(1),
        ],
        chair: ChairRule::CoChairs,
        areas: Vec::new(),
        seat: Some("Rabat".to_owned()),
        languages: vec![lang("fr")],
        above: None,
        internal: None,
        repairs_until: None,
    }
}

/// Establishes a body.
pub fn establish(on: &str, establishment: Establishment) -> BodyCommand {
    BodyCommand::JointBodyEstablished {
        on: date(on),
        establishment,
        consenting: Vec::new(),
    }
}

/// A command to a body of the framework under the number 1.
pub fn body(key: &str, command: BodyCommand) -> StreamCommand {
    StreamCommand::Body(body_id(key), command)
}

/// A body as it stands.
pub fn state(history: &History, key: &str) -> JointBody {
    history.state(StreamId::Body(body_id(key)))
}

/// Rules of procedure: in writing within 21 days, referrals within 30, decisions published.
pub fn procedure(version: u32, silence_consents: bool) -> Procedure {
    Procedure {
        version,
        source: None,
        chair: None,
        written: Some(WrittenRule {
            days: 21,
            silence_consents,
        }),
        referral_days: Some(30),
        open: Openness {
            decisions: true,
            ..Openness::default()
        },
    }
}

/// Adopts rules.
pub fn rules(on: &str, rules: Procedure) -> BodyCommand {
    BodyCommand::RulesAdopted {
        on: date(on),
        rules,
        consenting: parties(&["FR", "MA"]),
    }
}

/// A draft.
pub fn draft(key: &str, verb: Verb, subject: &str) -> Draft {
    Draft {
        key: key.into(),
        verb,
        subject: subject.into(),
        text: words(&format!("what {key} says")),
        effects: Vec::new(),
        annexes: Vec::new(),
        applies_elsewhere: None,
        report: None,
    }
}

/// A draft that makes revisions of the second annex of the treaty under the number 1.
pub fn annex_draft(key: &str, changes: &[(u32, &str)]) -> Draft {
    Draft {
        annexes: changes.iter().map(|(n, from)| change(*n, from)).collect(),
        ..draft(key, Verb::AmendAnnexes, "annex-2")
    }
}

/// A revision of the treaty under the number 1, and from when it applies.
pub fn change(revision: u32, from: &str) -> AnnexChange {
    AnnexChange {
        agreement: agreement_id(1),
        revision: Revision(revision),
        from: date(from),
    }
}

/// Puts a draft on record.
pub fn drafted(on: &str, draft: Draft) -> BodyCommand {
    BodyCommand::DecisionDrafted {
        on: date(on),
        draft,
    }
}

/// Adopts a draft by consent of FR and MA, within a competence.
pub fn decide(on: &str, draft: &Draft, competence: &str) -> BodyCommand {
    decide_by(
        on,
        draft,
        competence,
        How::Together {
            session: None,
            consenting: parties(&["FR", "MA"]),
        },
    )
}

/// Adopts a draft in some way, within a competence.
pub fn decide_by(on: &str, draft: &Draft, competence: &str, how: How) -> BodyCommand {
    BodyCommand::DecisionAdopted {
        on: date(on),
        decision: draft.key.clone(),
        number: None,
        competence: competence.into(),
        how,
        effects: draft.effects.clone(),
        pending: Vec::new(),
        amends: draft.annexes.clone(),
    }
}

/// Carries a change of an annex out.
pub fn amended(body: &str, change: &AnnexChange) -> AmendmentAct {
    AmendmentAct::AnnexAmended {
        on: change.from,
        revision: change.revision,
        body: body.to_owned(),
    }
}

/// A challenge in the area of migration.
pub fn referral(key: &str, subject: &str) -> Referral {
    Referral {
        key: key.into(),
        area: "migration".into(),
        subject: subject.into(),
        facts: words("passes come late"),
        marking: Some("TLP:AMBER".to_owned()),
        from: None,
    }
}

/// Refers a challenge.
pub fn refer(on: &str, referral: Referral) -> BodyCommand {
    BodyCommand::ChallengeReferred {
        on: date(on),
        referral,
    }
}

/// A log in which the committee `jc` of FR and MA stands since 2 January 2021, by the treaty under
/// the number 1, with rules of procedure.
pub fn at_work() -> History {
    let mut history = established();
    history.does("FR", body("jc", rules("2021-01-03", procedure(1, false))));
    history
}

/// The same, without rules.
pub fn established() -> History {
    let mut history = History::new();
    framework(&mut history, &["FR", "MA", "ES"], "2020-12-01");
    treaty(
        &mut history,
        1,
        ["FR", "MA"],
        vec![power("jc")],
        "2021-01-01",
    );
    history
        .at("2021-06-01")
        .does("FR", body("jc", establish("2021-01-02", committee("jc"))));
    history
}
