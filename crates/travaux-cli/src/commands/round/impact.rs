//! `travaux round impact`

use std::collections::BTreeSet;

use clap::Args;
use travaux::{
    blocking::Engine,
    domain::AgreementId,
    projections::{AgreementRecord, Citation, Rests, StateSources},
};
use travaux_import::input::Provisions;
use travaux_text::{Lang, ProvisionId};

use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    names::{self, language},
    session::Session,
    view::{self, ListedCitation},
};

/// Show what cites a provision, as who revises it has to know: competences of bodies, lists of
/// procedures, indicators, open actions, open rounds. What contains the provision counts, and what it
/// contains.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux round impact visas 'Article 1'")]
pub(crate) struct Impact {
    /// The agreement: a handle, an id, the beginning or end of one, or an imported path.
    agreement: String,
    /// The provision: its label in the text adopted last, such as 'art. 3(2)', or its id; where there
    /// is none in it, in the last text before that has it.
    provision: String,
    /// The language of the label.
    #[arg(long)]
    lang: Option<String>,
    /// The date, and the knowledge.
    #[command(flatten)]
    asked: AsOf,
}

impl Impact {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let (id, record) = names::record(engine, &self.agreement)?;
        let lang = language(&record, self.lang.as_deref())?;
        let (known, asked) = last_with(engine, (id, &record), lang, &self.provision)?;
        let mut provisions: BTreeSet<_> = known.text.contained(asked).into_iter().collect();
        let mut around = Some(asked);
        while let Some(provision) = around {
            provisions.insert(provision);
            around = known.text.parent(provision);
        }
        let (frameworks, dossiers) = (engine.frameworks()?, engine.dossiers()?);
        let register = engine.register()?;
        let sources = StateSources {
            frameworks: &frameworks,
            dossiers: &dossiers,
            register: &register,
        };
        let (_, at) = self.asked.asked(session.today());
        let found = sources.impact(id, &provisions, at);
        if session.output.is_json() {
            return session.output.lines(found.iter().map(ListedCitation::from));
        }
        let mut out = format!("{}\n", known.words(asked));
        for Citation {
            stream,
            rests,
            provision,
        } in &found
        {
            let of = provision.map_or("the whole agreement".to_owned(), |id| known.words(id));
            out += &format!("  {stream}: {} — {of}\n", how(rests));
        }
        if found.is_empty() {
            out += "  nothing that was open then cites it\n";
        }
        let handles = names::by_stream(engine)?;
        session.output.text(&view::in_words(&out, &handles))
    }
}

/// The last adopted text that has a provision, and which one that is: what was repealed may still be
/// cited.
fn last_with(
    engine: &Engine,
    of: (AgreementId, &AgreementRecord),
    lang: Lang,
    provision: &str,
) -> Result<(Provisions, ProvisionId), CliError> {
    let current = of.1.agreement.current();
    let before = of.1.agreement.adoptions.iter().rev();
    let before = before.map(|adoption| adoption.revision);
    let known = names::provisions(engine, of, current, lang)?;
    let none = match known.find(provision) {
        Ok(found) => return Ok((known, found)),
        Err(none) => none,
    };
    for revision in before {
        let known = names::provisions(engine, of, revision, lang)?;
        if let Ok(found) = known.find(provision) {
            return Ok((known, found));
        }
    }
    Err(none.into())
}

/// In words how something rests on a provision.
fn how(rests: &Rests) -> String {
    match rests {
        Rests::Established => "established by it".to_owned(),
        Rests::Competence(key) => format!("has its competence {key} from it"),
        Rests::Amends(key) => format!("may amend it, by its competence {key}"),
        Rests::List { list, version } => format!("takes its list {list} from it, in {version}"),
        Rests::Told(version) => format!("tells how far it is carried out, in {version}"),
        Rests::CarriedOut(key) => format!("carries it out, by its action {key}"),
        Rests::Round => "revises it, in a round that is open".to_owned(),
    }
}
