//! What is sent: the words of a content, which are sealed outside of the log, and how it is marked.

use std::{collections::BTreeSet, path::Path};

use chrono::{DateTime, FixedOffset};
use clap::Args;
use travaux::{
    CommitRequest, Committed,
    domain::{
        ExchangeId, Name, PartyId, StreamCommand,
        exchange::Terms,
        marking::Marking,
        request::{Content, ContentRef, Request},
    },
};
use travaux_store_sled::Vault;

use crate::{args::GlobalArgs, error::CliError, names, session::Session};

/// The words, and how they are marked.
#[derive(Debug, Args)]
pub(super) struct ContentArgs {
    /// Its key in the request, which says nothing of the words.
    #[arg(long)]
    key: Name,
    /// Its marking, such as 'fr:secret to:FR,MA h1 tlp:amber'; the most restrictive one of the
    /// terms, if nothing is said.
    #[arg(long)]
    marking: Option<String>,
    /// A content that it was made of, as REQUEST/KEY; several times.
    #[arg(long, value_name = "REQUEST/KEY")]
    made_of: Vec<String>,
}

/// Where contents are kept: beside the log.
pub(super) fn vault(globals: &GlobalArgs) -> Vault {
    Vault::new(globals.store.join("vault"))
}

/// An instant with its offset.
pub(super) fn instant(text: &str) -> Result<DateTime<FixedOffset>, String> {
    text.parse()
        .map_err(|_| "expected an instant such as 2025-03-28T23:30:00+01:00".to_owned())
}

/// The bytes of a file, or of standard input.
pub(super) fn bytes(file: &str) -> Result<Vec<u8>, CliError> {
    if file == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes)
            .map_err(CliError::io("read standard input"))?;
        return Ok(bytes);
    }
    std::fs::read(Path::new(file)).map_err(CliError::io(format!("read {file}")))
}

/// The terms on which a request was made, as they stand.
pub(super) fn terms_of(session: &Session, exchange: ExchangeId) -> Result<Terms, CliError> {
    let dossiers = session.engine.dossiers()?;
    let view = dossiers.exchanges.get(&exchange);
    let last = view.and_then(|view| view.state.terms.last());
    let missing = || CliError::Usage(format!("there is no exchange {exchange}"));
    last.map(|(terms, _)| terms.clone()).ok_or_else(missing)
}

impl ContentArgs {
    /// Seals the words for those who are to hold them, and gives what the record has of them.
    pub(super) fn seal(
        &self,
        session: &Session,
        (vault, terms): (&Vault, &Terms),
        words: &[u8],
        holders: &[&PartyId],
    ) -> Result<Content, CliError> {
        let marking = self.marking.as_ref();
        let marking = marking.map(|text| marked(text, terms)).transpose()?;
        let mut made_of = Vec::new();
        for of in &self.made_of {
            let Some((request, content)) = of.rsplit_once('/') else {
                return Err(CliError::Usage(format!(
                    "--made-of: expected a content as REQUEST/KEY, found `{of}`"
                )));
            };
            let request = Some(names::request(&session.engine, request)?);
            let content = content.into();
            made_of.push(ContentRef { request, content });
        }
        let holders: Vec<_> = holders.iter().map(|party| party.0.as_str()).collect();
        Ok(Content {
            key: self.key.clone(),
            digest: vault.seal(words, &holders)?,
            marking,
            made_of,
            origins: BTreeSet::new(),
        })
    }
}

/// Reads a marking.
pub(super) fn marked(text: &str, terms: &Terms) -> Result<Marking, CliError> {
    Marking::parse(text, &terms.schemes)
        .map_err(|error| CliError::Usage(format!("--marking: {error}")))
}

/// Commits what comes with a content; where it is refused, its words are gone again.
pub(super) fn commit(
    session: &Session,
    vault: &Vault,
    content: &Content,
    acts: Vec<StreamCommand>,
) -> Result<Committed, CliError> {
    let request = CommitRequest::new(session.actor()?, acts).with_handles();
    session.engine.commit_request(&request).map_err(|error| {
        // An error of the clean-up would hide why the act failed; what stays is sealed.
        let _ = vault.erase_for_all(content.digest);
        error.into()
    })
}

/// Those of the two between whom a request goes.
pub(super) fn both(request: &Request) -> Vec<&PartyId> {
    let by = request.by.iter();
    by.chain(request.addressees()).collect()
}
