//! A framework on a day: how far it has come, its areas with what belongs to them, its organs.

use chrono::NaiveDate;
use travaux::domain::{
    Name, PartyId,
    framework::{AreaRecord, FoundingNature, Framework, FrameworkStatus, OrganRecord},
    partnership::Words,
};

use travaux::projections::{Announced, Citation, EntryId, Rests};
use travaux_text::ProvisionId;

use super::wire::{documents, words};

words! {
    FrameworkStatus { Absent, Proposed, Adopted, Suspended, Ended }
    FoundingNature { Declaration, Arrangement, Treaty }
}

documents! {
    /// How far a framework has come.
    pub(crate) struct FrameworkStanding<'a> {
        /// Where it stands.
        status: FrameworkStatus,
        /// What its founding act is.
        nature: Option<FoundingNature>,
        /// What that does.
        effect: Option<&'static str>,
        /// The revision that was adopted last, by its number.
        revision: Option<u32>,
        /// The revision that is proposed and was not adopted, by its number.
        proposed: Option<u32>,
        /// Who has yet to accept that.
        waits_for: Vec<&'a PartyId>,
        /// Since when it is suspended.
        suspended: Option<NaiveDate>,
        /// From when on it is ended.
        ended: Option<NaiveDate>,
    }

    /// An area as it stands.
    pub(crate) struct ScopedArea<'a> {
        /// Its key.
        key: &'a Name,
        /// What it is called.
        title: &'a str,
        /// Whether it is open.
        open: bool,
        /// What belongs to it: as it was opened, and as it was expanded.
        scope: Vec<&'a Words>,
        /// Since when it is open.
        from: Option<NaiveDate>,
        /// From when on it is closed.
        closed: Option<NaiveDate>,
        /// Why.
        reason: Option<&'a str>,
    }

    /// What was decided and applies from a later day.
    pub(crate) struct ShownAnnounced {
        /// From when it applies.
        from: NaiveDate,
        /// When it was decided.
        on: NaiveDate,
        /// What, in words.
        what: String,
    }

    /// Something that cites a provision.
    pub(crate) struct ListedCitation {
        /// What cites it, by its stream.
        entry: EntryId,
        /// How it rests on it: `established`, `competence`, `amends`, `list`, `indicator`, `action`
        /// or `round`.
        how: &'static str,
        /// The key of the competence, of the list or of the action; null of none.
        key: Option<String>,
        /// The version of the procedure whose list it is, or of the indicator; null of none.
        version: Option<travaux::domain::Version>,
        /// The provision that it names; null where it rests on the agreement as a whole.
        provision: Option<ProvisionId>,
    }

    /// An organ or contact point.
    pub(crate) struct ListedOrgan<'a> {
        /// Whose it is.
        party: &'a PartyId,
        /// What it is for.
        role: &'a str,
        /// The office.
        office: &'a str,
        /// Who holds that, if it is on record.
        name: Option<&'a Name>,
        /// How it is reached.
        address: Option<&'a str>,
        /// From when it is that.
        from: NaiveDate,
        /// The last day on which it was.
        until: Option<NaiveDate>,
    }
}

impl<'a> FrameworkStanding<'a> {
    pub(crate) fn new(state: &'a Framework, on: NaiveDate) -> Self {
        let adopted = state.adopted();
        let latest = state.latest();
        let terms = adopted.or(latest).map(|(_, revision)| &revision.terms);
        let nature = terms.map(|terms| terms.nature);
        let proposed = latest.filter(|(_, revision)| revision.adopted.is_none());
        Self {
            status: state.status(on),
            nature,
            effect: nature.map(FoundingNature::effect),
            revision: adopted.map(|(number, _)| number),
            proposed: proposed.map(|(number, _)| number),
            waits_for: state.waits_for(),
            suspended: state.suspension(on).map(|s| s.from.from),
            ended: state.ended.as_ref().map(|(_, at)| at.from),
        }
    }
}

impl From<&Citation> for ListedCitation {
    fn from(citation: &Citation) -> Self {
        let (how, key, version) = match &citation.rests {
            Rests::Established => ("established", None, None),
            Rests::Competence(key) => ("competence", Some(key), None),
            Rests::Amends(key) => ("amends", Some(key), None),
            Rests::List { list, version } => ("list", Some(list), Some(version)),
            Rests::Told(version) => ("indicator", None, Some(version)),
            Rests::CarriedOut(key) => ("action", Some(key), None),
            Rests::Round => ("round", None, None),
        };
        Self {
            entry: EntryId::whole(citation.stream),
            how,
            key: key.cloned(),
            version: version.cloned(),
            provision: citation.provision,
        }
    }
}

impl From<Announced> for ShownAnnounced {
    fn from(Announced { from, on, what, .. }: Announced) -> Self {
        Self { from, on, what }
    }
}

impl<'a> ScopedArea<'a> {
    pub(crate) fn new(key: &'a Name, area: &'a AreaRecord, on: NaiveDate) -> Self {
        let scopes = area.scopes.iter().map(|(words, _)| words);
        let closed = area.closed.as_ref();
        Self {
            key,
            title: &area.title,
            open: area.is_open(on),
            scope: scopes.filter(|words| !words.is_empty()).collect(),
            from: area.opened.map(|at| at.from),
            closed: closed.map(|(_, at)| at.from),
            reason: closed.map(|(reason, _)| reason.as_str()),
        }
    }
}

impl<'a> From<&'a OrganRecord> for ListedOrgan<'a> {
    fn from(record: &'a OrganRecord) -> Self {
        let organ = &record.organ;
        Self {
            party: &organ.who.party,
            role: &organ.role,
            office: &organ.who.office,
            name: organ.who.name.as_ref(),
            address: organ.address.as_deref(),
            from: record.from,
            until: record.until,
        }
    }
}
