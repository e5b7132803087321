//! What is wrong with a command line, in our own words: its reader knows what, and says it in its own.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong, and what to write; help and the version are no failure, and have their own words.
pub(super) fn words(errors: &[clap::Error]) -> String {
    let said = |error: &clap::Error| {
        what(error).unwrap_or_else(|| {
            let said = error.to_string();
            let said = said.strip_prefix("error: ").unwrap_or(&said).trim_end();
            said.to_owned()
        })
    };
    let all: Vec<_> = errors.iter().map(said).collect();
    let what = match &all[..] {
        [one] => one.clone(),
        all => format!(
            "{} things are wrong with the command line\n  {}",
            all.len(),
            all.join("\n  ")
        ),
    };
    match errors.iter().find_map(usage) {
        Some(usage) => format!("{what}\n\n{usage}\nmore: the same with --help"),
        None => what,
    }
}

/// The line that says how the command is used, where that helps.
fn usage(error: &clap::Error) -> Option<String> {
    let helps = matches!(
        error.kind(),
        ErrorKind::UnknownArgument | ErrorKind::MissingRequiredArgument
    );
    match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) if helps => {
            let usage = usage.to_string();
            let mut usage = usage.trim().replacen("Usage:", "usage:", 1);
            // Options that stand in the environment, or before the command, are no part of it.
            for global in ["--store <DIR>", "--as <PARTY>", "--person <OFFICE>"] {
                usage = usage.replacen(&format!(" {global}"), "", 1);
            }
            Some(usage)
        }
        _ => None,
    }
}

/// The command that lists those among which one was looked for: `travaux help package` for those of
/// a group.
fn help_on(error: &clap::Error) -> String {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string(),
        _ => String::new(),
    };
    let words = usage.trim().trim_start_matches("Usage:").split_whitespace();
    let group = words
        .skip(1)
        .take_while(|word| !word.starts_with(['[', '<']));
    group.fold("travaux help".to_owned(), |help, word| {
        format!("{help} {word}")
    })
}

fn what(error: &clap::Error) -> Option<String> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let all = |kind| match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    };
    let near = |kind| match &all(kind)[..] {
        // So many are no guess.
        [] | [_, _, _, _, ..] => None,
        found => Some(format!("did you mean `{}`?", found.join("` or `"))),
    };
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = text(ContextKind::InvalidSubcommand)?;
            let near = near(ContextKind::SuggestedSubcommand);
            let near = near.unwrap_or_else(|| format!("`{}` lists all", help_on(error)));
            Some(format!("there is no command `{name}`; {near}"))
        }
        ErrorKind::MissingSubcommand => {
            Some("a command is missing; `travaux help` lists all".to_owned())
        }
        ErrorKind::UnknownArgument => {
            let name = argument?;
            let what = if name.starts_with('-') {
                format!("there is no option `{name}` here")
            } else {
                format!("`{name}` is more than is expected here")
            };
            Some(match near(ContextKind::SuggestedArg) {
                Some(near) => format!("{what}; {near}"),
                None => what,
            })
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = all(ContextKind::InvalidArg);
            let verb = if missing.len() == 1 { "is" } else { "are" };
            Some(format!("{} {verb} missing", missing.join(", ")))
        }
        ErrorKind::InvalidValue if value.as_deref().is_none_or(str::is_empty) => {
            Some(format!("{} needs a value", argument?))
        }
        ErrorKind::InvalidValue => {
            let known = all(ContextKind::ValidValue);
            let near = near(ContextKind::SuggestedValue);
            let near = near.map(|near| format!("; {near}")).unwrap_or_default();
            Some(format!(
                "{}: there is no `{}`; expected one of {}{near}",
                argument?,
                value?,
                known.join(", ")
            ))
        }
        ErrorKind::ValueValidation => {
            let (argument, value) = (argument?, value?);
            let source = std::error::Error::source(error)?.to_string();
            // Words of a type of ours name the value already.
            Some(if source.contains(&format!("`{value}`")) {
                format!("{argument}: {source}")
            } else {
                format!("{argument}: {source}, found `{value}`")
            })
        }
        ErrorKind::ArgumentConflict => {
            let others: Vec<_> = all(ContextKind::PriorArg);
            let argument = argument?;
            Some(match &others[..] {
                [other] if *other == argument => format!("{argument} is given twice"),
                others => format!(
                    "{argument} and {} exclude one another: give one",
                    others.join(", ")
                ),
            })
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            Some(format!(
                "{} is given another number of values than it takes",
                argument?
            ))
        }
        ErrorKind::NoEquals => Some(format!("{} needs a value, after `=`", argument?)),
        ErrorKind::InvalidUtf8 => Some("a word of the command line is no UTF-8".to_owned()),
        _ => None,
    }
}
