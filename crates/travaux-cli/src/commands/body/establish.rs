//! `travaux body establish`

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use serde::Deserialize;
use travaux::domain::{
    BodyId, Handle, Name, PartyId, StreamCommand,
    body::{Annexes, Basis, BodyCommand, ChairRule, Competence, Establishment, Internal, Verb},
    partnership::ClauseRef,
};
use travaux_text::{Lang, ProvisionId};

use crate::{
    args::{GlobalArgs, date},
    commands::begin::{begin, parties},
    error::CliError,
    input::read_json,
    names,
    session::Session,
};

/// Establish a joint body under a framework.
#[derive(Debug, Args)]
#[command(
    long_about = GRAMMAR,
    after_help = "Example: travaux --as MA body establish 0199 body.json --consenting FR,MA --on 2025-01-10"
)]
pub(crate) struct Establish {
    /// The framework: a handle, an id, or the beginning or end of one.
    framework: String,
    /// A JSON document, as below.
    file: PathBuf,
    /// All parties, where no clause establishes it.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    consenting: Vec<Name>,
    /// When it is established.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
    /// What people call it; made from the title if nothing is said.
    #[arg(long)]
    handle: Option<Handle>,
}

const GRAMMAR: &str = r#"Establish a joint body under a framework

The document:
  key, title           its key in the framework, and what it is called
  basis                what it rests on; a clause has to be in force:
                       {"clause": {"agreement": "0199", "provision": "1.1",
                       "label": "Article 1"}}; without a treaty {"declaration": {"title": "..."}},
                       which binds nobody; set up by another body {"parent": {"body": "jc"}}
  parties              who composes it; all parties to the framework, if left out
  competences          [{"key": "passes", "verb": "decide", "subjects": ["passes"]}]; verbs:
                       monitor, exchange_information, examine, recommend, decide, amend_annexes,
                       adopt_own_rules, set_up_sub_bodies, settle, reference_mechanism; also
                       "annexes": [{"agreement": "0199", "provisions": ["1.5"]}], "limits" in
                       words, "until" a day, "clause" as above
  chair                "co_chairs", or in turn {"by_year": {"from": 2025, "order": ["FR", "MA"]}},
                       {"by_session": {"from": 1, "order": ["FR", "MA"]}}
  areas, seat, languages    of what it is about, where it sits, in which languages
  above                the body to which it escalates, by key
  internal             where parties have requirements of their own: {"month": 2,
                       "provisional_after": 6, "suspended_after": 1}, in months
  repairs_until        the last day on which it may repair errors of its decisions"#;

/// The file of a body.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyFile {
    key: Name,
    title: String,
    basis: BasisPart,
    #[serde(default)]
    parties: Vec<PartyId>,
    competences: Vec<CompetencePart>,
    chair: ChairRule,
    #[serde(default)]
    areas: Vec<Name>,
    #[serde(default)]
    seat: Option<String>,
    #[serde(default)]
    languages: Vec<Lang>,
    #[serde(default)]
    above: Option<Name>,
    #[serde(default)]
    internal: Option<Internal>,
    #[serde(default)]
    repairs_until: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum BasisPart {
    Clause(ClausePart),
    Declaration { title: String },
    Parent { body: Name },
}

/// A clause, by whatever names its agreement on the command line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClausePart {
    agreement: String,
    provision: ProvisionId,
    label: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompetencePart {
    key: Name,
    verb: Verb,
    #[serde(default)]
    subjects: Vec<Name>,
    #[serde(default)]
    annexes: Vec<AnnexesPart>,
    #[serde(default)]
    limits: Option<String>,
    #[serde(default)]
    until: Option<NaiveDate>,
    #[serde(default)]
    clause: Option<ClausePart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnnexesPart {
    agreement: String,
    provisions: Vec<ProvisionId>,
}

impl Establish {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let file: BodyFile = read_json(&self.file)?;
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let framework = names::framework(engine, &self.framework)?;
        let clause = |part: ClausePart| -> Result<ClauseRef, CliError> {
            Ok(ClauseRef {
                agreement: names::agreement(engine, &part.agreement)?,
                provision: part.provision,
                label: part.label,
            })
        };
        let annexes = |part: AnnexesPart| -> Result<Annexes, CliError> {
            Ok(Annexes {
                agreement: names::agreement(engine, &part.agreement)?,
                provisions: part.provisions,
            })
        };
        let competence = |part: CompetencePart| -> Result<Competence, CliError> {
            Ok(Competence {
                key: part.key,
                verb: part.verb,
                subjects: part.subjects,
                annexes: part
                    .annexes
                    .into_iter()
                    .map(annexes)
                    .collect::<Result<_, _>>()?,
                limits: part.limits,
                until: part.until,
                clause: part.clause.map(clause).transpose()?,
            })
        };
        let parties = match file.parties.is_empty() {
            false => file.parties,
            true => parties(engine, framework)?,
        };
        let competences = file.competences.into_iter();
        let establishment = Establishment {
            framework,
            key: file.key,
            title: file.title,
            basis: match file.basis {
                BasisPart::Clause(part) => Basis::Clause(clause(part)?),
                BasisPart::Declaration { title } => Basis::Declaration { title },
                BasisPart::Parent { body } => Basis::Parent { body },
            },
            parties,
            competences: competences.map(competence).collect::<Result<_, _>>()?,
            chair: file.chair,
            areas: file.areas,
            seat: file.seat,
            languages: file.languages,
            above: file.above,
            internal: file.internal,
            repairs_until: file.repairs_until,
        };
        let id = BodyId::of(framework, &establishment.key);
        let command = BodyCommand::JointBodyEstablished {
            on: self.on,
            establishment,
            consenting: self.consenting.into_iter().map(PartyId).collect(),
        };
        begin(&session, StreamCommand::Body(id, command), self.handle)
    }
}
