//! `travaux revise`, and `amend` and `correct`, which are revisions of another nature

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use travaux::domain::{
    AgreementId, Revision, StreamCommand,
    agreement::{AgreementCommand, Nature, RevisionDraft},
};
use travaux::projections::AgreementRecord;
use travaux_import::{InputError, input::read_operations};
use travaux_text::{
    Lang, Localized, NewProvision, Operation, Text, infer, read_instrument, together,
};

use crate::{
    args::{Day, GlobalArgs},
    error::CliError,
    input::{read_json, read_text, reader},
    names,
    session::Session,
};

/// A revision as it is proposed, of whatever nature.
#[derive(Debug, Args)]
pub(crate) struct Revise {
    #[command(flatten)]
    drafted: Drafted,
    /// What the revision is.
    #[arg(long, value_enum, default_value = "draft")]
    nature: NatureArg,
    #[command(flatten)]
    day: Day,
}

/// An amendment or a correction as it is proposed.
#[derive(Debug, Args)]
pub(crate) struct OfItsNature {
    #[command(flatten)]
    drafted: Drafted,
    #[command(flatten)]
    day: Day,
}

/// What a revision says, and against what.
#[derive(Debug, Args)]
pub(crate) struct Drafted {
    /// A handle, an id, the beginning or end of one, or an imported path.
    agreement: String,
    /// The new text; for several languages, a JSON object of a text file for each. Or give the changes
    /// alone, by --ops or --sentences.
    #[arg(required_unless_present_any = ["ops", "sentences"], conflicts_with_all = ["ops", "sentences"])]
    file: Option<PathBuf>,
    /// The sentences of an amending instrument: a JSON object, a list of sentences for each language.
    #[arg(long, value_name = "FILE", conflicts_with = "ops")]
    sentences: Option<PathBuf>,
    /// Operations, as JSON: `travaux topic operations`. Provisions go by their ids, or by their labels
    /// in the text against which it is drawn up.
    #[arg(long, value_name = "OPS.json")]
    ops: Option<PathBuf>,
    /// The revision against which it is drawn up; the one adopted last if none.
    #[arg(long, allow_negative_numbers = true, value_parser = crate::args::number::<u32>)]
    base: Option<u32>,
    /// The revision to which it is the counter-proposal.
    #[arg(long, allow_negative_numbers = true, value_parser = crate::args::number::<u32>)]
    counters: Option<u32>,
    /// The agreement by which it is made, if it is an amendment by an agreement of its own.
    #[arg(long, value_name = "AGREEMENT")]
    instrument: Option<String>,
    /// What it is called.
    #[arg(long)]
    title: Option<String>,
    /// From when it is to apply.
    #[arg(long, value_name = "DATE", value_parser = crate::args::date)]
    effective_from: Option<NaiveDate>,
}

/// What a revision is.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum NatureArg {
    /// A change to a text under negotiation.
    Draft,
    /// A change to an adopted text, from its effect date on.
    Amendment,
    /// A correction of wording, from the beginning.
    Correction,
}

impl From<NatureArg> for Nature {
    fn from(nature: NatureArg) -> Self {
        match nature {
            NatureArg::Draft => Self::Draft,
            NatureArg::Amendment => Self::Amendment,
            NatureArg::Correction => Self::Correction,
        }
    }
}

impl Revise {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        self.drafted.propose(self.nature.into(), self.day, globals)
    }
}

impl OfItsNature {
    /// Proposes it as an amendment: `travaux amend`.
    pub(crate) fn amendment(self, globals: &GlobalArgs) -> Result<(), CliError> {
        self.drafted.propose(Nature::Amendment, self.day, globals)
    }

    /// Proposes it as a correction: `travaux correct`.
    pub(crate) fn correction(self, globals: &GlobalArgs) -> Result<(), CliError> {
        self.drafted.propose(Nature::Correction, self.day, globals)
    }
}

impl Drafted {
    fn propose(self, nature: Nature, day: Day, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (id, draft) = self.draft(nature, &session)?;
        let propose = AgreementCommand::ProposeRevision(Box::new(draft));
        super::act_on(&session, StreamCommand::Agreement(id, propose), day)
    }

    /// The revision, and the agreement of which it is.
    pub(crate) fn draft(
        self,
        nature: Nature,
        session: &Session,
    ) -> Result<(AgreementId, RevisionDraft), CliError> {
        let (id, record) = names::record(&session.engine, &self.agreement)?;
        let base = self.base.map_or(record.agreement.current(), Revision);
        let (operations, inferred) = match (&self.ops, &self.sentences, &self.file) {
            (Some(ops), ..) => {
                let lang = record.default_language();
                let provisions = || names::provisions(&session.engine, (id, &record), base, lang);
                let name = ops.display().to_string();
                let operations = read_operations(&name, &read_text(ops)?, provisions)?;
                (operations, false)
            }
            (None, Some(sentences), _) => (ordered(&record, base, sentences)?, false),
            (None, None, Some(file)) => (read_off(&record, base, file)?, true),
            (None, None, None) => {
                return Err(CliError::Usage(
                    "name a text, or operations with --ops".to_owned(),
                ));
            }
        };
        drop(record);
        let draft = RevisionDraft {
            nature,
            title: self.title.clone(),
            effective_from: self.effective_from,
            counters: self.counters.map(Revision),
            instrument: self
                .instrument
                .as_deref()
                .map(|name| names::agreement(&session.engine, name))
                .transpose()?,
            inferred,
            ..RevisionDraft::new(base, operations)
        };
        Ok((id, draft))
    }
}

/// The operations that the sentences of an amending instrument order on the base.
fn ordered(
    record: &AgreementRecord,
    base: Revision,
    file: &Path,
) -> Result<Vec<Operation>, CliError> {
    let Some(identity) = &record.agreement.identity else {
        return Ok(Vec::new());
    };
    let sentences: Localized<Vec<String>> = read_json(file)?;
    let text = record.text_of(base)?;
    let next = u32::try_from(record.agreement.revisions.len())
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    let read = |(lang, sentences): (&Lang, &Vec<String>)| {
        read_instrument(&text, sentences, next, identity.format, *lang)
            .map(|ops| (*lang, ops))
            .map_err(|e| CliError::Usage(format!("{lang}: {e}")))
    };
    let read: Localized<Vec<Operation>> = sentences.iter().map(read).collect::<Result<_, _>>()?;
    together(&read).map_err(|e| CliError::Usage(e.to_string()))
}

/// The operations from the base to the text in `file`.
fn read_off(
    record: &AgreementRecord,
    base: Revision,
    file: &Path,
) -> Result<Vec<Operation>, CliError> {
    let Some(identity) = &record.agreement.identity else {
        return Ok(Vec::new());
    };
    let languages = identity.all_languages();
    let texts: Localized<String> = match languages[..] {
        [lang] => Localized::from([(lang, read_text(file)?)]),
        _ => {
            let files: Localized<String> = read_json(file)?;
            let read = reader(file);
            files
                .iter()
                .map(|(lang, name)| Ok((*lang, read(name)?)))
                .collect::<Result<_, InputError>>()?
        }
    };
    let provisions: Vec<NewProvision> =
        Text::align(identity.format, &texts).map_err(|e| CliError::Usage(e.to_string()))?;
    let text = record.text_of(base)?;
    let next = u32::try_from(record.agreement.revisions.len())
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    Ok(infer(
        &text,
        languages.first().copied().unwrap_or(Lang::UNDETERMINED),
        &provisions,
        next,
    ))
}
