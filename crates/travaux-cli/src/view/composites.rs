//! Frameworks and packages: each begins as an agreement in a list does, with its id, its title and its parties.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use travaux::{
    domain::{
        AgreementId, BodyId, FrameworkId, Handle, MeetingId, Name, PackageId, PartyId, Revision,
        agreement::{Answer, Status},
        framework::{Area, Body, Declaration, Roadmap, RoadmapStep},
        package::{PackageStatus, Round},
        partnership::{FollowUp, ItemRef, Words},
    },
    projections::{Asked, Dossiers, FrameworkView, PackageView, Register},
};

use super::{
    frameworks::{FrameworkStanding, ListedOrgan, ScopedArea, ShownAnnounced},
    state::StateDocument,
    wire::{described, documents, states, words},
};

states! {
    /// Where a package stands.
    PackageStatus by "state" {
        /// Nothing was proposed.
        Absent = "absent" {}
        /// It waits for answers.
        Open = "open" {
            /// Who has accepted it; its proposer has.
            accepted: Vec<PartyId>,
            /// Who has not answered.
            missing: Vec<PartyId>,
        }
        /// A party rejected it: it can no longer be adopted.
        Rejected = "rejected" {
            /// Who rejected it.
            by: PartyId,
            /// Why.
            reason: Option<String>,
        }
        /// Its proposer withdrew it: it can no longer be adopted.
        Withdrawn = "withdrawn" {
            /// Why.
            reason: Option<String>,
        }
        /// All have accepted it; it may be adopted.
        Accepted = "accepted" {}
        /// It was adopted.
        Adopted = "adopted" {}
        /// It was split into others, which go on in its place.
        Split = "split" {
            /// Which.
            into: Vec<PackageId>,
        }
    }
}

/// What a party answered.
#[derive(Clone, Copy, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AnswerKind {
    Accepted,
    Rejected,
}

words! {
    AnswerKind { Accepted, Rejected }
}

documents! {
    /// A framework.
    pub(crate) struct ListedFramework<'a> {
        /// Its id.
        id: FrameworkId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// Its title.
        title: &'a str,
        /// Its parties.
        parties: Vec<&'a PartyId>,
        /// The act on which it is founded.
        declaration: Option<&'a Declaration>,
        /// Its areas of cooperation.
        areas: &'a [Area],
        /// The agreements under it.
        agreements: Vec<Placed<'a>>,
        /// Its bodies.
        bodies: Vec<&'a Body>,
        /// Its roadmaps; the last one holds.
        roadmaps: Vec<&'a Roadmap>,
        /// The packages under it.
        packages: &'a [PackageId],
        /// The version of its stream.
        version: u64,
    }

    /// A framework as it stands.
    pub(crate) struct ShownFramework<'a> {
        /// The framework.
        #[serde(flatten)]
        framework: ListedFramework<'a>,
        /// How far it has come.
        standing: FrameworkStanding<'a>,
        /// What was decided by the day and applies from a later one.
        announced: Vec<ShownAnnounced>,
        /// All its areas, also those that are proposed or closed, with what belongs to them.
        scopes: Vec<ScopedArea<'a>>,
        /// The organs and contact points of the day.
        organs: Vec<ListedOrgan<'a>>,
        /// Where the agreements under it stand.
        statuses: &'a BTreeMap<AgreementId, Status>,
        /// The items of meetings that its areas follow up, by the keys of the areas.
        follows: BTreeMap<&'a Name, Vec<&'a ItemRef>>,
        /// The meetings under it.
        meetings: Vec<MeetingId>,
        /// The joint bodies under it that have a stream of their own.
        joint_bodies: Vec<BodyId>,
        /// Its state by entries.
        state: StateDocument<'a>,
    }

    /// An agreement in an area of a framework.
    pub(crate) struct Placed<'a> {
        /// The agreement.
        agreement: AgreementId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// The area, by its key.
        area: &'a str,
    }

    /// A package.
    pub(crate) struct ListedPackage<'a> {
        /// Its id.
        id: PackageId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// Its title.
        title: &'a str,
        /// Its parties.
        parties: Vec<&'a PartyId>,
        /// Where it stands.
        status: PackageStatus,
        /// The framework that it belongs to.
        framework: Option<FrameworkId>,
        /// Its revisions.
        revisions: Vec<PackagedRevision<'a>>,
        /// What the parties answered.
        answers: BTreeMap<&'a PartyId, PackageAnswer<'a>>,
        /// The items of meetings that it follows up.
        follows: Vec<&'a ItemRef>,
        /// How its members stand, if it is a round; null of a package that was proposed whole.
        round: Option<ShownRound<'a>>,
        /// The version of its stream.
        version: u64,
    }

    /// A revision round: a package whose revisions come one by one.
    pub(crate) struct ShownRound<'a> {
        /// When it was opened.
        opened: NaiveDate,
        /// What is to be negotiated, by language.
        mandate: &'a Words,
        /// The round from which it was split.
        of: Option<PackageId>,
        /// Its members.
        members: Vec<ShownMember<'a>>,
    }

    /// An agreement that is revised in a round.
    pub(crate) struct ShownMember<'a> {
        /// Which.
        agreement: AgreementId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// Its parties.
        parties: &'a [PartyId],
        /// The revision that is negotiated.
        revision: Option<Revision>,
        /// When all its parties had agreed on that revision.
        agreed: Option<NaiveDate>,
        /// Who is ready to adopt it, since when.
        ready: &'a BTreeMap<PartyId, NaiveDate>,
        /// Who holds it, and why.
        held: BTreeMap<&'a PartyId, &'a str>,
        /// Whether it may be adopted.
        may_be_adopted: bool,
    }

    /// What a party answered to a package.
    pub(crate) struct PackageAnswer<'a> {
        /// What.
        answer: AnswerKind,
        /// Why.
        reason: Option<&'a str>,
    }

    /// A revision in a package.
    pub(crate) struct PackagedRevision<'a> {
        /// Its agreement.
        agreement: AgreementId,
        /// What people call that.
        handle: Option<&'a Handle>,
        /// Its number.
        revision: Revision,
    }
}

described! {
    /// The act on which a framework is founded.
    Declaration = Declaration {
        /// What it is called.
        title: String,
        /// When it was made, as precisely as is known.
        made: Name,
        /// Who made it.
        by: Vec<Name>,
    }

    /// An area of cooperation.
    Area = Area {
        /// Its key within the framework.
        key: Name,
        /// What it is called.
        title: String,
    }

    /// A body that a framework set up.
    Body = Body {
        /// Its key within the framework.
        key: Name,
        /// What it is called.
        title: String,
        /// The area, by its key.
        area: Name,
        /// What it is for.
        mandate: String,
        /// All parties, where the record names them.
        consenting: Option<Vec<PartyId>>,
    }

    /// A roadmap.
    Roadmap = Roadmap {
        /// What it is called.
        title: String,
        /// When it was adopted.
        adopted_on: NaiveDate,
        /// Its steps.
        steps: Vec<RoadmapStep>,
        /// All parties, where the record names them.
        consenting: Option<Vec<PartyId>>,
    }

    /// A step of a roadmap.
    RoadmapStep = RoadmapStep {
        /// The area, by its key.
        area: Name,
        /// What is to be done.
        title: String,
        /// By when.
        due: Option<NaiveDate>,
    }
}

/// What people call an agreement.
fn named(register: &Register, agreement: AgreementId) -> Option<&Handle> {
    register.agreements.get(&agreement)?.handle.as_ref()
}

impl<'a> ListedFramework<'a> {
    pub(crate) fn new(id: FrameworkId, view: &'a FrameworkView, register: &'a Register) -> Self {
        let foundation = view.state.foundation.as_deref();
        // Until it is adopted, as it is proposed.
        let latest = view.state.latest().map(|(_, revision)| &*revision.terms);
        let proposed = latest.filter(|_| foundation.is_none());
        let agreements = view.state.agreements.iter();
        Self {
            id,
            handle: view.handle.as_ref(),
            title: foundation
                .map(|f| &f.title)
                .or(proposed.map(|terms| &terms.title))
                .map_or("", String::as_str),
            parties: foundation
                .map(|f| &f.parties)
                .or(proposed.map(|terms| &terms.parties))
                .into_iter()
                .flatten()
                .map(|party| &party.id)
                .collect(),
            declaration: foundation
                .map(|f| &f.declaration)
                .or(proposed.map(|terms| &terms.declaration)),
            areas: foundation.map_or(&[], |f| &f.areas[..]),
            agreements: agreements
                .map(|(agreement, area)| Placed {
                    agreement: *agreement,
                    handle: named(register, *agreement),
                    area,
                })
                .collect(),
            bodies: view.state.bodies.iter().map(|body| &**body).collect(),
            roadmaps: view
                .state
                .roadmaps
                .iter()
                .map(|roadmap| &**roadmap)
                .collect(),
            packages: &view.packages,
            version: view.version,
        }
    }
}

impl<'a> ListedPackage<'a> {
    pub(crate) fn new(
        id: PackageId,
        view: &'a PackageView,
        (register, dossiers): (&'a Register, &'a Dossiers),
        asked: Asked,
    ) -> Self {
        let proposal = view.state.proposal.as_ref();
        let items = proposal.iter().flat_map(|p| &p.items);
        Self {
            id,
            handle: view.handle.as_ref(),
            title: proposal.map_or("", |p| p.title.as_str()),
            parties: proposal.iter().flat_map(|p| &p.parties).collect(),
            status: view.state.status(),
            framework: proposal.and_then(|p| p.framework),
            revisions: items
                .map(|item| PackagedRevision {
                    agreement: item.agreement,
                    handle: named(register, item.agreement),
                    revision: item.revision,
                })
                .collect(),
            answers: view
                .state
                .answers
                .iter()
                .map(|(party, answer)| (party, answer.into()))
                .collect(),
            follows: dossiers.followed_by(&FollowUp::Round(id), asked),
            round: view
                .state
                .round
                .as_ref()
                .map(|round| ShownRound::new(round, register)),
            version: view.version,
        }
    }
}

impl<'a> ShownRound<'a> {
    fn new(round: &'a Round, register: &'a Register) -> Self {
        let members = round.members.values().map(|member| {
            let standing = &member.standing;
            ShownMember {
                agreement: member.agreement,
                handle: named(register, member.agreement),
                parties: &member.parties,
                revision: standing.revision,
                agreed: standing.agreed,
                ready: &standing.ready,
                held: standing
                    .held
                    .iter()
                    .map(|(by, (why, _))| (by, why.as_str()))
                    .collect(),
                may_be_adopted: member.is_ready(),
            }
        });
        Self {
            opened: round.opening.on,
            mandate: &round.opening.mandate,
            of: round.opening.of,
            members: members.collect(),
        }
    }
}

impl<'a> From<&'a Answer> for PackageAnswer<'a> {
    fn from(answer: &'a Answer) -> Self {
        match answer {
            Answer::Accepted => Self {
                answer: AnswerKind::Accepted,
                reason: None,
            },
            Answer::Rejected { reason } => Self {
                answer: AnswerKind::Rejected,
                reason: reason.as_deref(),
            },
        }
    }
}
