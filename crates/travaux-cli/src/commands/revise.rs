//! `travaux revise`

use std::path::Path;

use travaux::domain::{
    Revision,
    agreement::{AgreementCommand, Nature, RevisionProposal},
};
use travaux::projections::AgreementRecord;
use travaux_text::{
    Lang, Localized, NewProvision, Operation, Text, infer, read_instrument, together,
};

use crate::{
    args::{NatureArg, Revise},
    commands::{
        acts,
        propose::{read_json, reader},
    },
    error::CliError,
    names,
    session::Session,
};

impl From<NatureArg> for Nature {
    fn from(nature: NatureArg) -> Self {
        match nature {
            NatureArg::Draft => Self::Draft,
            NatureArg::Amendment => Self::Amendment,
            NatureArg::Correction => Self::Correction,
        }
    }
}

pub(crate) fn run(session: &Session, revise: &Revise) -> Result<(), CliError> {
    let (id, shared) = names::record(&session.engine, &revise.agreement)?;
    let record = shared.lock();
    let base = revise.base.map_or(record.agreement.current(), Revision);
    let (operations, inferred) = match (&revise.ops, &revise.sentences, &revise.file) {
        (Some(ops), ..) => (read_json::<Vec<Operation>>(ops)?, false),
        (None, Some(sentences), _) => (ordered(&record, base, sentences)?, false),
        (None, None, Some(file)) => (read_off(&record, base, file)?, true),
        (None, None, None) => {
            return Err(CliError::Usage(
                "name a text, or operations with --ops".to_owned(),
            ));
        }
    };
    drop(record);
    let proposal = RevisionProposal {
        nature: revise.nature.into(),
        title: revise.title.clone(),
        effective_from: revise.effective_from,
        counters: revise.counters.map(Revision),
        instrument: revise
            .instrument
            .as_deref()
            .map(|name| names::agreement(&session.engine, name))
            .transpose()?,
        inferred,
        ..RevisionProposal::new(base, operations)
    };
    let committed = session.engine.act(
        id,
        &session.actor()?,
        [AgreementCommand::ProposeRevision(Box::new(proposal))],
    )?;
    acts::done(session, Some(id), &committed)
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
    let text = record.text_of(base).map_err(CliError::Usage)?;
    let next = u32::try_from(record.agreement.revisions.len())
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    let read = |(lang, sentences): (&Lang, &Vec<String>)| {
        read_instrument(&text, sentences, next, identity.format, *lang)
            .map(|ops| (*lang, ops))
            .map_err(|e| format!("{lang}: {e}"))
    };
    let read: Result<Localized<Vec<Operation>>, String> = sentences.iter().map(read).collect();
    together(&read.map_err(CliError::Usage)?).map_err(CliError::Usage)
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
        [lang] => {
            let text = std::fs::read_to_string(file)
                .map_err(CliError::io(format!("read {}", file.display())))?;
            Localized::from([(lang, text)])
        }
        _ => {
            let files: Localized<String> = read_json(file)?;
            let read = reader(file);
            files
                .iter()
                .map(|(lang, name)| Ok((*lang, read(name)?)))
                .collect::<Result<_, String>>()
                .map_err(CliError::Usage)?
        }
    };
    let provisions: Vec<NewProvision> =
        Text::align(identity.format, &texts).map_err(|e| CliError::Usage(e.to_string()))?;
    let text = record.text_of(base).map_err(CliError::Usage)?;
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
