//! Indicators, their figures and discrepancies, as lines of a list and as they stood on a day.

use chrono::{DateTime, NaiveDate, Utc};
use travaux::{
    domain::{
        FrameworkId, Handle, IndicatorId, Name, PartyId,
        indicator::{
            Breakdown, Cause, Comparison, Direction, Discrepancy, DiscrepancyId, Figure, FigureAt,
            FigureId, Indicator, Revised, Verdict,
        },
        partnership::ItemRef,
    },
    projections::{Asked, DossierView, IndicatorThen, IndicatorView},
};

use super::wire::{documents, words};
use crate::{args::GlobalArgs, output::one_line, session::Session};

words! {
    Direction { Out, In }
}

documents! {
    /// An indicator.
    pub(crate) struct ListedIndicator {
        /// Its id.
        id: IndicatorId,
        /// What people call it.
        handle: Option<Handle>,
        /// Its name, in the first language on record.
        name: String,
        /// The framework under which it stands.
        framework: FrameworkId,
        /// The latest version that was adopted; null while there are drafts only.
        adopted: Option<String>,
        /// The drafts of later versions.
        drafts: Vec<String>,
        /// How many figures stand.
        figures: usize,
        /// How many discrepancies are not reconciled.
        open: usize,
        /// The version of its stream.
        version: u64,
    }

    /// An indicator as it stood on a date.
    pub(crate) struct ShownIndicator {
        /// The indicator.
        #[serde(flatten)]
        indicator: ListedIndicator,
        /// The versions of its definition, drafts among them, in their order.
        versions: Vec<ShownDefinition>,
        /// The items of meetings that it follows up.
        follows: Vec<ItemRef>,
    }

    /// A version of a definition.
    pub(crate) struct ShownDefinition {
        /// Its number.
        number: String,
        /// Whether it is a draft.
        draft: bool,
        /// From which day on periods are counted by it; null for a draft.
        from: Option<NaiveDate>,
        /// When it was adopted, or last drafted.
        on: NaiveDate,
        /// The event that says so, by its version in the indicator's stream.
        event: u64,
        /// The definition, as its file has it: `travaux topic indicator`.
        definition: serde_json::Value,
    }

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

    /// A discrepancy.
    pub(crate) struct ListedDiscrepancy {
        /// The indicator.
        indicator: IndicatorId,
        /// Its number.
        discrepancy: u64,
        /// The two figures, at their revisions.
        figures: Vec<NamedFigure>,
        /// Their reporters.
        reporters: Vec<PartyId>,
        /// The first less the second; null where there is none, or one may not be seen by all.
        gap: Option<String>,
        /// Where it stands, in words.
        status: String,
        /// Whether it was not reconciled.
        open: bool,
        /// Since when it is open, or was last opened again.
        since: NaiveDate,
        /// Until when it is to be answered.
        due: Option<NaiveDate>,
        /// Whether that day has passed, and one has not answered.
        overdue: bool,
        /// Who has not answered; both, once all have, until it is reconciled.
        waits_for: Vec<PartyId>,
        /// What was answered.
        answers: Vec<ShownAnswer>,
        /// How it was reconciled, in words; null while it is open.
        outcome: Option<String>,
    }

    /// An answer to a discrepancy: the amounts and the residual are the gap.
    pub(crate) struct ShownAnswer {
        /// Who answered.
        by: PartyId,
        /// When.
        on: NaiveDate,
        /// The causes.
        causes: Vec<ShownCause>,
        /// What is left.
        residual: String,
    }

    /// A cause of a discrepancy.
    pub(crate) struct ShownCause {
        /// The cause, in words.
        cause: String,
        /// The nature of the adjustment, in words.
        nature: String,
        /// How much of the gap it makes up.
        amount: String,
        /// More of it.
        note: Option<String>,
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
        Self {
            party: globals.party.as_deref().map(PartyId::from),
            // What is known is asked of a time; an embargo that runs now is not over for that.
            at: asked
                .known_at
                .map_or(session.engine.now(), |at| at.min(session.engine.now())),
        }
    }

    fn sees(&self, figure: &Figure, said: &Revised) -> bool {
        let own = self.party.as_ref() == Some(&figure.reporter);
        let secrecy = &said.observation.confidentiality;
        own || secrecy.is_shown(self.party.as_ref(), self.at)
    }
}

impl ListedIndicator {
    pub(crate) fn of(
        id: IndicatorId,
        view: &IndicatorView,
        then: &IndicatorThen<'_>,
    ) -> Option<Self> {
        let figures = then.told().values().map(|told| told.count).sum();
        let named = (view.handle.as_ref(), then.version());
        Self::new(id, named, (&then.state, figures))
    }

    fn new(
        id: IndicatorId,
        (handle, version): (Option<&Handle>, u64),
        (state, figures): (&Indicator, usize),
    ) -> Option<Self> {
        let (_, definition) = state.definition()?;
        let open = state.discrepancies.values();
        Some(Self {
            id,
            handle: handle.cloned(),
            name: definition
                .names
                .values()
                .next()
                .cloned()
                .unwrap_or_default(),
            framework: state.framework?,
            adopted: state.adopted.keys().next_back().map(ToString::to_string),
            drafts: state.drafts.keys().map(ToString::to_string).collect(),
            figures,
            open: open.filter(|discrepancy| discrepancy.is_open()).count(),
            version,
        })
    }
}

impl ShownIndicator {
    pub(crate) fn new(id: IndicatorId, view: &DossierView<Indicator>) -> Option<Self> {
        let json = |definition| serde_json::to_value(definition).unwrap_or_default();
        let adopted = view
            .state
            .adopted
            .iter()
            .map(|(version, adopted)| ShownDefinition {
                number: version.to_string(),
                draft: false,
                from: Some(adopted.from),
                on: adopted.at.on,
                event: adopted.at.event,
                definition: json(&adopted.definition),
            });
        let drafts = view
            .state
            .drafts
            .iter()
            .map(|(version, draft)| ShownDefinition {
                number: version.to_string(),
                draft: true,
                from: None,
                on: draft.at.on,
                event: draft.at.event,
                definition: json(&draft.definition),
            });
        let figures = view.state.figures.values();
        let standing = figures.filter(|figure| figure.withdrawn.is_none());
        let named = (view.handle.as_ref(), view.version);
        Some(Self {
            indicator: ListedIndicator::new(id, named, (&view.state, standing.count()))?,
            versions: adopted.chain(drafts).collect(),
            follows: view
                .state
                .follows
                .iter()
                .map(|(item, _)| item.clone())
                .collect(),
        })
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
fn named(figure: Option<&NamedFigure>) -> String {
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

impl ListedDiscrepancy {
    pub(crate) fn new(
        (indicator, state): (IndicatorId, &Indicator),
        id: DiscrepancyId,
        of: &Discrepancy,
        (on, at): (NaiveDate, DateTime<Utc>),
    ) -> Option<Self> {
        let round = of.round()?;
        let public = |figure: &FigureAt| {
            let said = state.at(*figure);
            said.is_some_and(|said| said.observation.confidentiality.is_public(at))
        };
        // What one may not see is not to be worked out from the other and the gap.
        let shown = round.figures.iter().all(public);
        let answers = round.answers.iter().filter(|_| shown);
        let answers = answers.map(|(by, (answer, at))| ShownAnswer::new(by, answer, at.on));
        Some(Self {
            indicator,
            discrepancy: id.0,
            figures: round.figures.into_iter().map(Into::into).collect(),
            reporters: of.reporters.to_vec(),
            gap: round.gap.filter(|_| shown).map(|gap| gap.to_string()),
            status: of.status().to_string(),
            open: of.is_open(),
            since: round.since.on,
            due: of.due,
            overdue: of.is_overdue(on),
            waits_for: of.waits_for().into_iter().cloned().collect(),
            answers: answers.collect(),
            outcome: round
                .outcome
                .as_ref()
                .filter(|_| shown)
                .map(|(outcome, _)| outcome.to_string()),
        })
    }

    pub(crate) fn row(&self) -> Vec<String> {
        let due = self.due.map(|due| format!("due {due}"));
        let overdue = if self.overdue { ", overdue" } else { "" };
        let figures: Vec<_> = self.figures.iter().map(|f| named(Some(f))).collect();
        vec![
            self.discrepancy.to_string(),
            figures.join(", "),
            self.gap
                .as_ref()
                .map_or_else(|| "no gap".to_owned(), |gap| format!("gap {gap}")),
            self.outcome.clone().unwrap_or_else(|| self.status.clone()),
            format!("{}{overdue}", due.unwrap_or_default()),
        ]
    }

    /// What was answered, a line each.
    pub(crate) fn answered(&self) -> String {
        let lines = self.answers.iter().map(|answer| {
            let causes = answer.causes.iter().map(|cause| {
                let note = cause
                    .note
                    .as_ref()
                    .map(|note| format!(": {}", one_line(note)));
                let note = note.unwrap_or_default();
                format!("{} {} ({}{note})", cause.cause, cause.amount, cause.nature)
            });
            let causes: Vec<_> = causes.collect();
            format!(
                "{} answered by {} on {}: {}; residual {}\n",
                self.discrepancy,
                answer.by,
                answer.on,
                causes.join(", "),
                answer.residual
            )
        });
        lines.collect()
    }
}

impl ShownAnswer {
    fn new(by: &PartyId, answer: &Breakdown, on: NaiveDate) -> Self {
        let cause = |cause: &Cause| cause.to_string();
        let causes = answer.adjustments.iter().map(|adjustment| ShownCause {
            cause: cause(&adjustment.cause),
            nature: adjustment.nature.to_string(),
            amount: adjustment.amount.to_string(),
            note: adjustment.note.clone(),
        });
        Self {
            by: by.clone(),
            on,
            causes: causes.collect(),
            residual: answer.residual.to_string(),
        }
    }
}
