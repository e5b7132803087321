//! What the events of an exchange are made of.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::Lang;

use crate::{
    AgreementId, FrameworkId, Name, PartyId,
    limit::{Counting, Period},
    marking::{Marking, Schemes},
    request::RequestId,
};

/// A limit, and the requests for which it is. The first case that fits is a request's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitCase {
    /// Its key, such as `urgent-direct`.
    pub key: Name,
    /// Only urgent requests, or only others; all, if absent.
    #[serde(default)]
    pub urgent: Option<bool>,
    /// Only what the requested contact point has itself, or only other information; all, if absent.
    #[serde(default)]
    pub direct: Option<bool>,
    /// Only for offences of the agreement's list, or only for others; all, if absent.
    #[serde(default)]
    pub listed: Option<bool>,
    /// Within which the reply is due, from receipt.
    pub period: Period,
}

/// What of a request its limit depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Whether it is urgent.
    pub urgent: bool,
    /// Whether the requested contact point has the information itself.
    pub direct: bool,
    /// Whether it is for an offence of the agreement's list.
    pub listed: bool,
}

impl LimitCase {
    /// Whether a request is of this case.
    pub fn fits(&self, facts: Facts) -> bool {
        let fits = |asked: Option<bool>, is: bool| asked.is_none_or(|asked| asked == is);
        fits(self.urgent, facts.urgent)
            && fits(self.direct, facts.direct)
            && fits(self.listed, facts.listed)
    }
}

/// By what requests are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// The area of the framework.
    Area,
    /// The quarter in which they were received.
    Quarter,
    /// Urgent or not.
    Urgency,
    /// The requested party.
    Party,
}

/// What is published of requests. The dimensions are agreed once: tables of the same requests by
/// others could be taken from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publishing {
    /// The rows.
    pub rows: Dimension,
    /// The columns.
    pub columns: Dimension,
    /// The least count that is shown.
    #[serde(default = "five")]
    pub minimum: u32,
}

fn five() -> u32 {
    5
}

/// On what terms parties of a framework exchange information: what an agreement says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The framework.
    pub framework: FrameworkId,
    /// What the exchange is called.
    pub title: String,
    /// The agreement, if it is on record.
    #[serde(default)]
    pub agreement: Option<AgreementId>,
    /// The instrument whose terms they are, in words.
    pub instrument: String,
    /// Who exchanges, and the single point of contact of each.
    pub contacts: BTreeMap<PartyId, Name>,
    /// The languages in which each may be asked; any, if none is named.
    #[serde(default)]
    pub languages: Vec<Lang>,
    /// The limits; the last one is for all requests.
    pub limits: Vec<LimitCase>,
    /// How they are counted.
    #[serde(default)]
    pub counting: Counting,
    /// The grounds on which a reply may be refused.
    pub refusal_grounds: Vec<Name>,
    /// The grounds on which a limit may be put off.
    #[serde(default)]
    pub deviation_grounds: Vec<Name>,
    /// The grounds on which a content may be erased.
    #[serde(default)]
    pub erasure_grounds: Vec<Name>,
    /// Schemes of classification of its own.
    #[serde(default)]
    pub schemes: Schemes,
    /// What a content bears that nobody marked. Who it may be released to goes without saying: to
    /// whom it was sent.
    pub unmarked: Marking,
    /// What is published.
    pub publishing: Publishing,
}

impl Terms {
    /// The limit of a request.
    pub fn limit(&self, facts: Facts) -> Option<&LimitCase> {
        self.limits.iter().find(|case| case.fits(facts))
    }

    /// The marking of a content that nobody marked, and that was sent to these.
    pub fn unmarked_for<'p>(&self, to: impl IntoIterator<Item = &'p PartyId>) -> Marking {
        Marking {
            releasable_to: Some(to.into_iter().cloned().collect()),
            ..self.unmarked.clone()
        }
    }
}

/// What came of exchanged information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    /// An operation.
    Operation,
    /// Arrests.
    Arrest,
    /// Networks that were dismantled.
    NetworkDismantled,
    /// Seizures.
    Seizure,
    /// Acts that were prevented.
    ActPrevented,
}

/// A result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its kind.
    pub kind: ResultKind,
    /// How many.
    pub count: u32,
    /// When it came about.
    pub date: NaiveDate,
    /// The requests and the information that led to it.
    pub requests: Vec<RequestId>,
    /// Where it is told: one or more.
    pub sources: Vec<String>,
    /// Whose result it is: one party's, or that of several jointly.
    pub claimed_by: Vec<PartyId>,
}
