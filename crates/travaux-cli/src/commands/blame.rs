//! `travaux blame`

use clap::Args;
use travaux::{
    domain::Revision,
    projections::{BlameLine, Custodian},
};
use unicode_width::UnicodeWidthStr as _;

use crate::{
    args::GlobalArgs,
    error::CliError,
    names::{self, language},
    output::one_line,
    screen::cut,
    session::Session,
    view::Words,
};

/// How wide a name may be.
const NAME: usize = 14;

fn short(custodian: &Custodian<'_>) -> String {
    let date = custodian
        .adopted_at
        .map_or("not adopted".to_owned(), |d| d.date_naive().to_string());
    let by = custodian.adopter.unwrap_or("-");
    let mark = if custodian.inferred { "~" } else { " " };
    let name = |name: &str| {
        let name = one_line(name);
        let name = cut(&name, NAME);
        let space = NAME.saturating_sub(name.width());
        format!("{name}{}", " ".repeat(space))
    };
    format!(
        "{:>4}{mark} {date}  {} {}",
        custodian.revision.0,
        name(custodian.proposer),
        name(by)
    )
}

/// Show who stands behind each line: which revision, who proposed it, who adopted it, from when it applies.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux blame 0199 --provision 'art. 3' --lang fr")]
pub(crate) struct Blame {
    /// A handle, an id, the beginning or end of one, or an imported path.
    agreement: String,
    /// The revision; the one adopted last if none.
    #[arg(long, allow_negative_numbers = true, value_parser = crate::args::number::<u32>)]
    revision: Option<u32>,
    /// Only this provision with all that it contains, word by word: its label in that revision,
    /// such as 'art. 3(2)', or its id.
    #[arg(long, value_name = "LABEL")]
    provision: Option<String>,
    /// The language.
    #[arg(long)]
    lang: Option<String>,
}

impl Blame {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (id, _) = names::record(&session.engine, &self.agreement)?;
        let record = session.engine.record_with_custody(id)?;
        let lang = language(&record, self.lang.as_deref())?;
        let revision = self.revision.map_or(record.agreement.current(), Revision);
        if let Some(provision) = &self.provision {
            let known = names::provisions(&session.engine, (id, &record), revision, lang)?;
            let first = known.find(provision)?;
            let mut words = Vec::new();
            for provision in std::iter::once(first).chain(known.text.contained(first)) {
                let runs = record.words(revision, provision, lang)?;
                words.extend(runs.into_iter().map(|w| Words {
                    provision,
                    words: w.text,
                    custodian: record.custodian(Revision(w.revision)),
                    returned: w.returned,
                }));
            }
            if session.output.is_json() {
                return session.output.lines(words);
            }
            let line = |w: &Words<'_>| format!("{}  {}\n", short(&w.custodian), w.words.trim_end());
            return session
                .output
                .text(&words.iter().map(line).collect::<String>());
        }
        let lines: Vec<BlameLine<'_>> = record.blame(revision, lang)?;
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let mut out = String::new();
        for line in &lines {
            out += &format!(
                "{}  {:>5}  {}\n",
                short(&line.custodian),
                line.line,
                line.text
            );
        }
        if lines.iter().any(|l| l.custodian.inferred) {
            out += "~ inferred: read off the texts, as no operations were recorded\n";
        }
        session.output.text(&out)
    }
}
