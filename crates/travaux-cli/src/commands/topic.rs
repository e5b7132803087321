//! `travaux topic`

use clap::{
    Args,
    builder::{PossibleValue, PossibleValuesParser},
};

use crate::{args::GlobalArgs, error::CliError, screen::table_at, topics::TOPICS, view};

/// Show a page of help: the grammars of what is written in files and options, and the JSON contract.
#[derive(Debug, Args)]
#[command(
    visible_alias = "topics",
    after_help = "Example: travaux topic operations"
)]
pub(crate) struct Topic {
    /// Which; all are listed if none.
    #[arg(value_parser = names())]
    topic: Option<String>,
}

/// The page that is no grammar.
const JSON: (&str, &str) = (
    "json",
    "what programs may count on: the documents of --format json",
);

/// The pages, each with what it is about.
fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    let grammars = TOPICS.iter().map(|topic| (topic.name, topic.about));
    grammars.chain([JSON])
}

fn names() -> PossibleValuesParser {
    pages()
        .map(|(name, about)| PossibleValue::new(name).help(about))
        .collect::<Vec<_>>()
        .into()
}

impl Topic {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let output = globals.output();
        let Some(name) = self.topic else {
            let row = |(name, about): (&str, &str)| vec![name.to_owned(), about.to_owned()];
            let rows: Vec<_> = pages().map(row).collect();
            return output.text(&format!(
                "Topics, each a page of help: `travaux topic NAME`\n\n{}",
                table_at(2, &rows)
            ));
        };
        match TOPICS.iter().find(|topic| topic.name == name) {
            Some(topic) => output.text(&topic.page()),
            // A page for a file: its lines are its own.
            None => output.styled(&view::contract()),
        }
    }
}
