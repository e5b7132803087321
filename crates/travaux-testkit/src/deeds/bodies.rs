//! An example of each event of a joint body.

use travaux_domain::body::{
    Allotted, BodyEvent as B, ChairRule, Competence, Draft, EffectPart, Establishment, How,
    Internal, Procedure, Referral, ReferralRef, Report, Resolution, SubBody, SubKind, Verb,
};

use crate::{
    agreement::{date, lang},
    body,
    history::meeting_id,
    meeting::{holder, item_ref, parties, words},
};

/// An example of each event of a joint body.
pub fn of_bodies() -> Vec<B> {
    let (on, day) = (date("2021-06-25"), "2021-06-25");
    let both = || parties(&["FR", "MA"]);
    let key = || travaux_domain::Name::from("passes-1");
    let late = || travaux_domain::Name::from("late");
    let change = body::change(2, day);
    let full = Competence {
        limits: Some("within the quota".to_owned()),
        until: Some(on),
        clause: Some(body::first_article(1)),
        ..body::over_annex(1)
    };
    let procedure = Procedure {
        source: Some("Decision 1/2021".to_owned()),
        chair: Some(ChairRule::ByYear {
            from: 2021,
            order: both(),
        }),
        ..body::procedure(1, true)
    };
    let draft = Draft {
        effects: vec![EffectPart {
            part: Some("article 2".to_owned()),
            from: on,
        }],
        applies_elsewhere: Some(on),
        report: Some("first".into()),
        ..body::annex_draft("passes-1", &[(2, day)])
    };
    let establishment = Establishment {
        competences: vec![full.clone()],
        areas: vec!["migration".into()],
        above: Some("council".into()),
        internal: Some(Internal::EEA),
        repairs_until: Some(on),
        ..body::committee("jc")
    };
    vec![
        B::JointBodyEstablished {
            on,
            establishment,
            consenting: both(),
        },
        B::CompetenceConferred {
            on,
            competence: full.clone(),
            consenting: both(),
        },
        B::CompetenceEnded {
            on,
            competence: "annex-2".into(),
            ground: "the annex was repealed".to_owned(),
            consenting: both(),
        },
        B::RulesAdopted {
            on,
            rules: procedure,
            consenting: both(),
        },
        B::ChairNamed {
            on,
            holder: holder("FR", "Director of Immigration", "A. Director"),
        },
        B::SessionCalled {
            on,
            meeting: meeting_id(1),
            number: Some(7),
        },
        B::DecisionDrafted { on, draft },
        B::DecisionAdopted {
            on,
            decision: key(),
            number: Some("1/2021".into()),
            competence: "annex-2".into(),
            how: How::Together {
                session: Some(meeting_id(1)),
                consenting: both(),
            },
            effects: vec![EffectPart {
                part: Some("article 2".to_owned()),
                from: on,
            }],
            pending: parties(&["MA"]),
            amends: vec![change.clone()],
        },
        B::DecisionRefused {
            on,
            decision: key(),
            reason: "too early".to_owned(),
        },
        B::DecisionPublished {
            on,
            decision: key(),
            source: "Official Gazette 12".to_owned(),
        },
        B::WrittenProcedureOpened {
            on,
            decision: key(),
            until: on,
        },
        B::WrittenVoiceGiven {
            on,
            decision: key(),
            consents: true,
        },
        B::WrittenProcedureFailed {
            on,
            decision: key(),
        },
        B::RequirementsPending {
            on,
            decision: key(),
        },
        B::RequirementsMet {
            on,
            decision: key(),
            amends: vec![change],
        },
        B::ProvisionalDeclined {
            on,
            decision: key(),
        },
        B::RequirementsFailed {
            on,
            decision: key(),
            reason: Some("parliament said no".to_owned()),
        },
        B::ChallengeReferred {
            on,
            referral: Referral {
                from: Some(ReferralRef {
                    body: body::body_id("council"),
                    referral: late(),
                }),
                ..body::referral("late", "passes")
            },
        },
        B::ReferralAllocated {
            on,
            referral: late(),
            to: Allotted::Party("MA".into()),
            due: Some(on),
        },
        B::ReferralResolved {
            on,
            referral: late(),
            by: Resolution::Explanation(words("they wait for a seal")),
            consenting: both(),
        },
        B::ReferralReturned {
            on,
            referral: late(),
            wanting: Verb::Decide,
            reason: "not ours".to_owned(),
        },
        B::ReferralWithdrawn {
            on,
            referral: late(),
        },
        B::ReferralEscalated {
            on,
            referral: late(),
            to: body::body_id("council"),
            consenting: both(),
        },
        B::SubBodyEstablished {
            on,
            sub: SubBody {
                key: "mission".into(),
                title: "Joint mission on passes".to_owned(),
                kind: SubKind::Mission,
                mandate: vec![full],
                until: Some(on),
            },
            consenting: both(),
        },
        B::MissionReported {
            on,
            report: Report {
                key: "first".into(),
                of: "mission".into(),
                text: words("what the mission found"),
                recommendations: [("seal".into(), words("one seal is enough"))].into(),
            },
        },
        B::DecisionCorrected {
            on,
            decision: key(),
            lang: lang("en"),
            was: "what passes-1 says".to_owned(),
            is: "what it is to say".to_owned(),
            ground: "a slip".to_owned(),
            consenting: both(),
        },
        B::BodyDissolved {
            on,
            ground: words("its work is done"),
            consenting: both(),
        },
        B::BodyFollowsItem {
            on,
            item: item_ref(1, "passes"),
        },
    ]
}
