//! Figures of indicators, as one may see them: lines of a list, all that was ever said of one, both
//! sides beside each other.

use chrono::{DateTime, NaiveDate, Utc};
use travaux::{
    domain::{
        IndicatorId, Name, PartyId,
        indicator::{Comparison, Direction, Figure, FigureAt, FigureId, Revised, Verdict},
    },
    projections::Asked,
};

use super::wire::{documents, words};
use crate::{args::GlobalArgs, session::Session};

words! {
    Direction { Out, In }
}

documents! {
    /// A figure, at one of its revisions.
    pub(crate) struct ListedFigure {
        /// The indicator.
        indicator: IndicatorId,
        /// Its number.
        figure: u64,
        /// The number of the revision, from 1.
        revision: u32,
        /// Whose it is.
        reporter: PartyId,
        /// The period.
        period: String,
        /// With whom; null for all.
        counterpart: Option<Name>,
        /// Which way it goes, seen from the reporter.
        direction: Option<Direction>,
        /// The category.
        category: Option<Name>,
        /// The exact version of the definition.
        version: String,
        /// The value, a decimal number as text; null where it is missing or withheld.
        value: Option<String>,
        /// The codes of its status; none where it is withheld.
        status: Vec<String>,
        /// The version of the list of these codes.
        status_list: String,
        /// The code of its confidentiality.
        confidentiality: String,
        /// The same code, where it may not be seen by who asks; else null.
        withheld: Option<String>,
        /// Where it comes from; null where it is withheld.
        source: Option<String>,
        /// The day of the data that it was taken from.
        data_of: NaiveDate,
        /// Why it was revised, in words; null of the first.
        kind: Option<String>,
        /// When it was reported or revised.
        on: NaiveDate,
        /// The event that says so, by its version in the indicator's stream.
        event: u64,
    }

    /// A figure, with all that was ever said of it.
    pub(crate) struct ShownFigure {
        /// What was said, in order.
        revisions: Vec<ListedFigure>,
        /// That it was taken back; null while it stands.
        withdrawn: Option<Withdrawn>,
    }

    /// That a figure was taken back.
    pub(crate) struct Withdrawn {
        /// When.
        on: NaiveDate,
        /// Why.
        reason: String,
    }

    /// A figure at a revision.
    pub(crate) struct NamedFigure {
        /// The figure, by its number.
        figure: u64,
        /// The revision.
        revision: u32,
    }

    /// What both sides say of one thing.
    pub(crate) struct ComparedFigures {
        /// The indicator.
        indicator: IndicatorId,
        /// The period.
        period: String,
        /// Of what goes from whom to whom, or between whom, in words.
        flow: String,
        /// The category.
        category: Option<Name>,
        /// The major version of the definition.
        major: u32,
        /// The figure of the first party; null where it tells nothing.
        one: Option<NamedFigure>,
        /// That of the second.
        other: Option<NamedFigure>,
        /// One of `agree`, `differ`, `not_comparable`, `one_sided`, `not_shown`.
        verdict: String,
        /// The first less the second, where they are compared.
        gap: Option<String>,
    }

    /// A message of SDMX-CSV 2.
    pub(crate) struct MessageWritten {
        /// The message.
        message: String,
        /// How many figures are in it.
        figures: usize,
        /// How many rows delete a figure that could be read before.
        deleted: usize,
        /// How many are not, as who asks may not see them.
        withheld: usize,
    }
}

/// Who reads figures, and at what time.
pub(crate) struct Reader {
    /// The party, if one is named.
    pub(crate) party: Option<PartyId>,
    pub(crate) at: DateTime<Utc>,
}

impl Reader {
    pub(crate) fn new(globals: &GlobalArgs, session: &Session, asked: Asked) -> Self {
        let now = session.engine.now();
        Self {
            party: globals.party.as_deref().map(PartyId::from),
            // What is known is asked of a time; an embargo that runs now is not over for that.
            at: asked.known_at.map_or(now, |at| at.min(now)),
        }
    }

    fn sees(&self, figure: &Figure, said: &Revised) -> bool {
        figure.shows(said, self.party.as_ref(), self.at)
    }
}

impl ListedFigure {
    pub(crate) fn new(
        indicator: IndicatorId,
        id: FigureId,
        figure: &Figure,
        reader: &Reader,
    ) -> Option<Self> {
        let (revision, said) = figure.current()?;
        Some(Self::at((indicator, id), figure, (revision, said), reader))
    }

    fn at(
        (indicator, id): (IndicatorId, FigureId),
        figure: &Figure,
        (revision, said): (u32, &Revised),
        reader: &Reader,
    ) -> Self {
        let sees = reader.sees(figure, said);
        let observation = &said.observation;
        let marking = observation.confidentiality.status.code().to_owned();
        let codes = observation.status.codes.iter().filter(|_| sees);
        Self {
            indicator,
            figure: id.0,
            revision,
            reporter: figure.reporter.clone(),
            period: figure.key.period.to_string(),
            counterpart: figure.key.counterpart.clone(),
            direction: figure.key.direction,
            category: figure.key.category.clone(),
            version: said.version.to_string(),
            value: observation
                .value
                .filter(|_| sees)
                .map(|value| value.to_string()),
            status: codes.map(|code| code.code().to_owned()).collect(),
            status_list: observation.status.list.version().to_owned(),
            withheld: (!sees).then(|| marking.clone()),
            confidentiality: marking,
            source: Some(&observation.source).filter(|_| sees).cloned(),
            data_of: observation.as_of,
            kind: said.kind.map(|kind| kind.to_string()),
            on: said.at.on,
            event: said.at.event,
        }
    }

    pub(crate) fn row(&self) -> Vec<String> {
        let direction = self.direction.map(|direction| format!("{direction} "));
        let with = self.counterpart.as_ref().map(ToString::to_string);
        let with = with.unwrap_or_else(|| "all".to_owned());
        let value = match (&self.value, &self.withheld) {
            (Some(value), _) => value.clone(),
            (None, Some(marking)) => format!("withheld ({marking})"),
            (None, None) => "missing".to_owned(),
        };
        let said = match &self.kind {
            Some(kind) => format!("{} ({kind})", self.on),
            None => self.on.to_string(),
        };
        vec![
            format!("{}@{}", self.figure, self.revision),
            self.reporter.to_string(),
            self.period.clone(),
            format!("{}{with}", direction.unwrap_or_default()),
            self.category
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            value,
            self.status.join(","),
            self.version.clone(),
            said,
        ]
    }
}

impl ShownFigure {
    pub(crate) fn new(
        indicator: IndicatorId,
        id: FigureId,
        figure: &Figure,
        reader: &Reader,
    ) -> Self {
        let revisions = figure.revisions.iter().zip(1..);
        let revisions = revisions
            .map(|(said, nth)| ListedFigure::at((indicator, id), figure, (nth, said), reader));
        let withdrawn = figure.withdrawn.as_ref();
        Self {
            revisions: revisions.collect(),
            withdrawn: withdrawn.map(|(reason, at)| Withdrawn {
                on: at.on,
                reason: reason.clone(),
            }),
        }
    }
}

impl From<FigureAt> for NamedFigure {
    fn from(at: FigureAt) -> Self {
        Self {
            figure: at.figure.0,
            revision: at.revision,
        }
    }
}

/// `2@1`, or that there is none.
pub(super) fn named(figure: Option<&NamedFigure>) -> String {
    let name = |figure: &NamedFigure| format!("{}@{}", figure.figure, figure.revision);
    figure.map_or_else(|| "none".to_owned(), name)
}

impl ComparedFigures {
    pub(crate) fn new(indicator: IndicatorId, compared: &Comparison) -> Self {
        let (verdict, gap) = match compared.verdict {
            Verdict::Agree { gap } => ("agree", Some(gap)),
            Verdict::Differ { gap } => ("differ", Some(gap)),
            Verdict::NotComparable => ("not_comparable", None),
            Verdict::OneSided => ("one_sided", None),
            Verdict::NotShown => ("not_shown", None),
        };
        Self {
            indicator,
            period: compared.key.period.to_string(),
            flow: compared.key.flow.to_string(),
            category: compared.key.category.clone(),
            major: compared.key.major,
            one: compared.one.map(Into::into),
            other: compared.other.map(Into::into),
            verdict: verdict.to_owned(),
            gap: gap.map(|gap| gap.to_string()),
        }
    }

    pub(crate) fn row(&self) -> Vec<String> {
        vec![
            self.period.clone(),
            self.flow.clone(),
            self.category
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            format!("v{}", self.major),
            format!(
                "{}, {}",
                named(self.one.as_ref()),
                named(self.other.as_ref())
            ),
            self.verdict.replace('_', " "),
            self.gap.clone().unwrap_or_default(),
        ]
    }
}
