//! Proposals, put together.

use travaux_domain::{
    AgreementId, FrameworkId, Name, Party, PartyId, Profile,
    agreement::Proposal,
    clause::{FinalClause, Term},
};
use travaux_text::{Format, Lang, Localized};

use crate::Error;

/// A proposal in the making.
#[derive(Clone, Debug)]
pub struct ProposalBuilder(Proposal);

/// Begins a proposal of Markdown texts under `profile`.
pub fn proposal(title: impl Into<String>, profile: Profile) -> ProposalBuilder {
    ProposalBuilder(Proposal {
        title: title.into(),
        kind: "agreement".to_owned(),
        profile,
        parties: Vec::new(),
        languages: Vec::new(),
        translations: Vec::new(),
        format: Format::Markdown,
        texts: Localized::new(),
        final_clauses: Vec::new(),
        amends: None,
        framework: None,
        provenance: None,
    })
}

impl ProposalBuilder {
    /// A party, by short name and full name.
    pub fn party(mut self, id: impl Into<Name>, name: impl Into<String>) -> Self {
        self.0.parties.push(Party {
            id: PartyId(id.into()),
            name: name.into(),
        });
        self
    }

    /// The agreement's name in the field.
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.0.kind = kind.into();
        self
    }

    /// The format of its texts.
    pub fn format(mut self, format: Format) -> Self {
        self.0.format = format;
        self
    }

    /// The text in an authentic language.
    ///
    /// # Errors
    /// [`Error::Id`] for what is no language tag.
    pub fn text(mut self, lang: &str, text: impl Into<String>) -> Result<Self, Error> {
        let lang = Lang::parse(lang)?;
        self.0.languages.push(lang);
        self.0.texts.insert(lang, text.into());
        Ok(self)
    }

    /// The text in a language for reading only.
    ///
    /// # Errors
    /// [`Error::Id`] for what is no language tag.
    pub fn translation(mut self, lang: &str, text: impl Into<String>) -> Result<Self, Error> {
        let lang = Lang::parse(lang)?;
        self.0.translations.push(lang);
        self.0.texts.insert(lang, text.into());
        Ok(self)
    }

    /// What the text itself provides about its conclusion, force, change or end; `label` says where.
    pub fn clause(mut self, label: impl Into<String>, provides: Term) -> Self {
        self.0.final_clauses.push(FinalClause {
            label: label.into(),
            provides,
        });
        self
    }

    /// The agreement that this one amends.
    pub fn amends(mut self, agreement: AgreementId) -> Self {
        self.0.amends = Some(agreement);
        self
    }

    /// The framework under which it stands.
    pub fn framework(mut self, framework: FrameworkId) -> Self {
        self.0.framework = Some(framework);
        self
    }

    /// The proposal.
    pub fn build(self) -> Proposal {
        self.0
    }
}
