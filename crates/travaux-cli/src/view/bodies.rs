//! Joint bodies, as lines of a list and as they stood on a day.

use chrono::{DateTime, NaiveDate, Utc};
use travaux::{
    domain::{
        BodyId, FrameworkId, Handle, MeetingId, Name, PartyId,
        body::{
            Basis, BodyStatus, Chair, Competence, DecisionRecord, Establishment, Held, JointBody,
            ReferralEnd, ReferralRecord, Verb,
        },
        partnership::ItemRef,
    },
    projections::DossierView,
};

use super::wire::{documents, words};

words! {
    BodyStatus { Absent, Established, Dissolved }
    Verb {
        Monitor, ExchangeInformation, Examine, Recommend, Decide, AmendAnnexes, AdoptOwnRules,
        SetUpSubBodies, Settle, ReferenceMechanism,
    }
}

documents! {
    /// A joint body.
    pub(crate) struct ListedBody<'a> {
        /// Its id.
        id: BodyId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// Its key in the framework.
        key: &'a Name,
        /// What it is called.
        title: &'a str,
        /// The framework under which it stands.
        framework: FrameworkId,
        /// Who composes it.
        parties: &'a [PartyId],
        /// Where it stands.
        status: BodyStatus,
        /// The version of its stream.
        version: u64,
    }

    /// A joint body as it stood on a date.
    pub(crate) struct ShownBody<'a> {
        /// The body.
        #[serde(flatten)]
        body: ListedBody<'a>,
        /// What it rests on, in words.
        rests_on: String,
        /// The areas that it is about, by key.
        areas: &'a [Name],
        /// The body above it, by key.
        above: Option<&'a Name>,
        /// The version of its rules of procedure.
        rules: Option<u32>,
        /// Who has the chair on that day.
        chair: Vec<ShownChair>,
        /// What it may do, or could.
        competences: Vec<ShownCompetence<'a>>,
        /// Its sessions, as they were called.
        sessions: Vec<ShownSession>,
        /// Its decisions and recommendations, from the draft on.
        decisions: Vec<ShownDecision<'a>>,
        /// What was referred to it.
        referrals: Vec<ShownReferral<'a>>,
        /// Its sub-bodies and missions.
        sub_bodies: Vec<ShownSubBody<'a>>,
        /// Reports to it: none binds before the body has acted.
        reports: Vec<ShownBodyReport<'a>>,
        /// Whether its meetings are public.
        meetings_public: bool,
        /// Whether its minutes are public.
        minutes_public: bool,
        /// Whether its decisions are published.
        decisions_public: bool,
        /// The items of meetings that it follows up.
        follows: Vec<&'a ItemRef>,
    }

    /// A party that has the chair.
    pub(crate) struct ShownChair {
        /// The party.
        party: PartyId,
        /// Who holds it, by office; several where records of one day disagree.
        holders: Vec<String>,
    }

    /// A competence.
    pub(crate) struct ShownCompetence<'a> {
        /// Its key.
        key: &'a Name,
        /// What the body may do.
        verb: Verb,
        /// About what, by key.
        subjects: &'a [Name],
        /// Both, in words.
        what: String,
        /// What gives it, in words.
        ground: String,
        /// From when.
        from: NaiveDate,
        /// The last day, where it is limited.
        until: Option<NaiveDate>,
        /// When it ended.
        ended: Option<NaiveDate>,
    }

    /// A session of a body.
    pub(crate) struct ShownSession {
        /// The meeting.
        meeting: MeetingId,
        /// Its number; an extraordinary one has none.
        number: Option<u32>,
    }

    /// A decision, or a draft of one.
    pub(crate) struct ShownDecision<'a> {
        /// Its key.
        key: &'a Name,
        /// Its number.
        number: Option<&'a Name>,
        /// What the body does by it.
        verb: Verb,
        /// What it is about, by key.
        subject: &'a Name,
        /// Where it stands: its name.
        state: String,
        /// Where it stands, in words.
        standing: String,
        /// When it was adopted.
        adopted: Option<NaiveDate>,
        /// When it was published.
        published: Option<NaiveDate>,
        /// The event that drafted it, by its version in the stream.
        event: u64,
    }

    /// A referral.
    pub(crate) struct ShownReferral<'a> {
        /// Its key.
        key: &'a Name,
        /// The area, by key.
        area: &'a Name,
        /// What it is about, by key.
        subject: &'a Name,
        /// Its marking.
        marking: Option<&'a str>,
        /// Who made it.
        by: &'a PartyId,
        /// When it came to this body.
        referred: NaiveDate,
        /// Where it stands: open, resolved, returned, withdrawn or escalated.
        state: &'static str,
        /// The same, in words.
        status: String,
        /// By when it is due.
        due: Option<NaiveDate>,
        /// Whether it is overdue on that day.
        overdue: bool,
        /// How many days it was on this rung by that day.
        days: u64,
    }

    /// A sub-body or a mission.
    pub(crate) struct ShownSubBody<'a> {
        /// Its key.
        key: &'a Name,
        /// What it is called.
        title: &'a str,
        /// Its last day, where that is settled.
        until: Option<NaiveDate>,
        /// Whether it is at work on that day.
        at_work: bool,
    }

    /// A report to a body.
    pub(crate) struct ShownBodyReport<'a> {
        /// Its key.
        key: &'a Name,
        /// Who reports, by key.
        of: &'a Name,
        /// The decision or recommendation by which the body acted on it, by that day.
        acted_on_by: Option<&'a Name>,
    }

    /// Whether a body may do something on a date, as known at a time.
    pub(crate) struct ShownCompetent<'a> {
        /// The body.
        body: BodyId,
        /// The date.
        on: NaiveDate,
        /// As known at this time; as known now if null.
        known_at: Option<DateTime<Utc>>,
        /// What it would do.
        verb: Verb,
        /// About what, by key.
        subject: Option<&'a Name>,
        /// Whether it may.
        yes: bool,
        /// The competence on which it rests, by key.
        competence: Option<Name>,
        /// The clause that gives it, or what the body rests on.
        clause: Option<String>,
        /// Why.
        why: String,
    }
}

impl<'a> ListedBody<'a> {
    /// A body on a day; none that was not established.
    pub(crate) fn new(id: BodyId, view: &'a DossierView<JointBody>, on: NaiveDate) -> Option<Self> {
        let own = view.state.establishment.as_ref()?;
        Some(Self {
            id,
            handle: view.handle.as_ref(),
            key: &own.key,
            title: &own.title,
            framework: own.framework,
            parties: &own.parties,
            status: view.state.status(on),
            version: view.version,
        })
    }
}

impl From<Chair> for ShownChair {
    fn from(chair: Chair) -> Self {
        let holders = chair.holders.into_iter().map(|holder| match holder.name {
            Some(name) => format!("{name}, {}", holder.office),
            None => holder.office,
        });
        Self {
            party: chair.party,
            holders: holders.collect(),
        }
    }
}

/// What gives a competence, in words.
fn ground(own: &Establishment, competence: &Competence) -> String {
    match (&competence.clause, &own.basis) {
        (Some(clause), _) | (None, Basis::Clause(clause)) => clause.label.clone(),
        (None, Basis::Declaration { title }) => title.clone(),
        (None, Basis::Parent { body }) => format!("a decision of {body}"),
    }
}

impl<'a> ShownBody<'a> {
    /// A body as it stood on a day.
    pub(crate) fn new(id: BodyId, view: &'a DossierView<JointBody>, on: NaiveDate) -> Option<Self> {
        let body = ListedBody::new(id, view, on)?;
        let state = &view.state;
        let own = state.establishment.as_ref()?;
        let open = state.open_on(on);
        let held = |held: &'a Held| ShownCompetence {
            key: &held.competence.key,
            verb: held.competence.verb,
            subjects: &held.competence.subjects,
            what: held.competence.to_string(),
            ground: ground(own, &held.competence),
            from: held.from.on,
            until: held.competence.until,
            ended: held.ended.as_ref().map(|(_, at)| at.on),
        };
        let decision = |record: &'a DecisionRecord| {
            let standing = state.standing(record, on);
            ShownDecision {
                key: &record.draft.key,
                number: record.adopted.as_ref().and_then(|a| a.number.as_ref()),
                verb: record.draft.verb,
                subject: &record.draft.subject,
                state: standing.name().to_owned(),
                standing: standing.to_string(),
                adopted: record.adopted.as_ref().map(|adopted| adopted.at.on),
                published: record.published.as_ref().map(|(_, at)| at.on),
                event: record.drafted.event,
            }
        };
        let referral = |record: &'a ReferralRecord| ShownReferral {
            key: &record.referral.key,
            area: &record.referral.area,
            subject: &record.referral.subject,
            marking: record.referral.marking.as_deref(),
            by: &record.by,
            referred: record.referred.on,
            state: match &record.end {
                None => "open",
                Some((ReferralEnd::Resolved(_), _)) => "resolved",
                Some((ReferralEnd::Returned { .. }, _)) => "returned",
                Some((ReferralEnd::Withdrawn, _)) => "withdrawn",
                Some((ReferralEnd::Escalated(_), _)) => "escalated",
            },
            status: match (&record.end, record.allocated.last()) {
                (Some((end, at)), _) => format!("{end} on {}", at.on),
                (None, Some(last)) => format!("given to {}", last.to),
                (None, None) => "open".to_owned(),
            },
            due: record.due(),
            overdue: record.is_overdue(on),
            days: u64::try_from(record.days_here(on)).unwrap_or_default(),
        };
        let sub_bodies = state.sub_bodies.values().map(|(sub, _)| ShownSubBody {
            key: &sub.key,
            title: &sub.title,
            until: sub.until,
            at_work: state.sub_body_works(&sub.key, on),
        });
        let reports = state.reports.values().map(|(report, _)| ShownBodyReport {
            key: &report.key,
            of: &report.of,
            acted_on_by: state.acted_on(&report.key, on).map(|d| &d.draft.key),
        });
        let sessions = state.sessions.iter().map(|session| ShownSession {
            meeting: session.meeting,
            number: session.number,
        });
        Some(Self {
            body,
            rests_on: match &own.basis {
                Basis::Clause(clause) => {
                    format!("{} of agreement {}", clause.label, clause.agreement)
                }
                Basis::Declaration { title } => format!("{title}, which binds nobody"),
                Basis::Parent { body } => format!("a decision of {body}"),
            },
            areas: &own.areas,
            above: own.above.as_ref(),
            rules: state.rules_on(on).map(|rules| rules.version),
            chair: state
                .chair_on(on, None)
                .into_iter()
                .map(ShownChair::from)
                .collect(),
            competences: state.competences.iter().map(held).collect(),
            sessions: sessions.collect(),
            decisions: state.decisions.values().map(decision).collect(),
            referrals: state.referrals.values().map(referral).collect(),
            sub_bodies: sub_bodies.collect(),
            reports: reports.collect(),
            meetings_public: open.meetings,
            minutes_public: open.minutes,
            decisions_public: open.decisions,
            follows: state.follows.iter().map(|(item, _)| item).collect(),
        })
    }
}
