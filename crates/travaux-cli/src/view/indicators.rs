//! Indicators, as lines of a list and as they stood on a day.

use chrono::NaiveDate;
use travaux::{
    domain::{FrameworkId, Handle, IndicatorId, partnership::ItemRef},
    projections::{IndicatorThen, IndicatorView},
};

use super::wire::documents;

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
}

impl ListedIndicator {
    pub(crate) fn new(
        id: IndicatorId,
        view: &IndicatorView,
        then: &IndicatorThen<'_>,
    ) -> Option<Self> {
        let state = &then.state;
        let (_, definition) = state.definition()?;
        let open = state.discrepancies.values();
        Some(Self {
            id,
            handle: view.handle.clone(),
            name: definition
                .names
                .values()
                .next()
                .cloned()
                .unwrap_or_default(),
            framework: state.framework?,
            adopted: state.adopted.keys().next_back().map(ToString::to_string),
            drafts: state.drafts.keys().map(ToString::to_string).collect(),
            figures: then.told().values().map(|told| told.count).sum(),
            open: open.filter(|discrepancy| discrepancy.is_open()).count(),
            version: then.version(),
        })
    }
}

impl ShownIndicator {
    pub(crate) fn new(
        id: IndicatorId,
        view: &IndicatorView,
        then: &IndicatorThen<'_>,
    ) -> Option<Self> {
        let state = &then.state;
        let json = |definition| serde_json::to_value(definition).unwrap_or_default();
        let adopted = state
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
        let drafts = state.drafts.iter().map(|(version, draft)| ShownDefinition {
            number: version.to_string(),
            draft: true,
            from: None,
            on: draft.at.on,
            event: draft.at.event,
            definition: json(&draft.definition),
        });
        Some(Self {
            indicator: ListedIndicator::new(id, view, then)?,
            versions: adopted.chain(drafts).collect(),
            follows: state.follows.iter().map(|(item, _)| item.clone()).collect(),
        })
    }
}
