//! `travaux framework roadmap`

use std::{collections::BTreeSet, path::PathBuf};

use clap::Args;
use travaux::domain::{Name, PartyId, StreamCommand, framework};

use crate::{
    args::{Day, GlobalArgs},
    commands::act_on,
    error::CliError,
    input::read_json,
    names,
    session::Session,
};

/// Adopt a roadmap of a few steps, all parties having agreed to it. One whose actions have offices,
/// and are reported on, is of `roadmap propose`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR framework roadmap 0199 roadmap.json --consenting FR,MA"
)]
pub(crate) struct Roadmap {
    /// A handle, an id, or the beginning or end of one.
    framework: String,
    /// A JSON document: title, adopted_on, steps: `travaux topic roadmap`.
    file: PathBuf,
    /// The parties that agreed to it, if the file does not say: all parties of the framework, which
    /// the record names on the word of who acts.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    consenting: Vec<Name>,
}

impl Roadmap {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let mut roadmap: framework::Roadmap = read_json(&self.file)?;
        let named: BTreeSet<_> = self.consenting.into_iter().map(PartyId).collect();
        let agreed = roadmap.consenting.get_or_insert_default();
        if agreed.is_empty() {
            agreed.extend(named);
        } else if !named.is_empty() && agreed.iter().cloned().collect::<BTreeSet<_>>() != named {
            let text = "--consenting and `consenting` in the file name different parties: leave one of \
                        the two out, or mend it";
            return Err(CliError::Usage(text.to_owned()));
        }
        let framework = names::framework(&session.engine, &self.framework)?;
        let adopt = framework::FrameworkCommand::RoadmapAdopted(roadmap.into());
        let adopt = StreamCommand::Framework(framework, adopt);
        act_on(&session, adopt, Day::default())
    }
}
