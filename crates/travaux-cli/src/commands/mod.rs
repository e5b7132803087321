//! One file a command.

pub(crate) mod acts;
mod align;
mod audit;
mod blame;
mod demo;
mod diff;
mod export;
mod framework;
mod history;
mod import;
mod in_force;
mod instrument;
mod keeping;
mod law;
mod ledger;
mod list;
mod log;
mod package;
mod propose;
mod replay;
mod revise;
mod show;
mod upkeep;
mod verify;

use std::process::ExitCode;

use clap::CommandFactory as _;

pub(crate) use upkeep::StoreCommand;

use crate::{
    args::{Args, Command, NatureArg, Revise},
    error::CliError,
    output::Output,
    session::Session,
};

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<ExitCode, CliError> {
    let creates = matches!(
        args.command,
        Command::Import(_) | Command::Propose { .. } | Command::Framework(_)
    );
    match args.command {
        Command::Demo { ref keep } => {
            return demo::run(keep.as_deref(), args.format).map(|()| ExitCode::SUCCESS);
        }
        Command::Law {
            ref row,
            ref profile,
        } => {
            return law::run(
                row.as_deref(),
                profile.as_deref(),
                Output {
                    format: args.format,
                },
            )
            .map(|()| ExitCode::SUCCESS);
        }
        Command::Completions { shell } => {
            clap_complete::generate(
                shell,
                &mut Args::command(),
                "travaux",
                &mut std::io::stdout(),
            );
            return Ok(ExitCode::SUCCESS);
        }
        Command::StoreCommand(ref keeping) => return keeping.run(&args),
        Command::Audit => return audit::run(&args),
        _ => {}
    }
    let session = Session::open(&args, creates)?;
    match args.command {
        // Done above: they need no engine.
        Command::Audit
        | Command::Demo { .. }
        | Command::Completions { .. }
        | Command::Law { .. }
        | Command::StoreCommand(_) => Ok(()),
        Command::Import(import) => import::run(&session, &import),
        Command::List => list::run(&session),
        Command::Log { agreement } => log::run(&session, &agreement),
        Command::Show {
            agreement,
            revision,
            as_of,
            known_at,
            lang,
            raw,
        } => show::run(
            &session,
            &show::Show {
                agreement,
                revision,
                as_of,
                known_at,
                lang,
                raw,
            },
        ),
        Command::Diff {
            agreement,
            from,
            to,
            lang,
            html,
        } => diff::run(
            &session,
            &diff::Diff {
                agreement,
                from,
                to,
                lang,
                html,
            },
        ),
        Command::Blame {
            agreement,
            revision,
            provision,
            lang,
        } => blame::run(
            &session,
            &blame::Blame {
                agreement,
                revision,
                provision,
                lang,
            },
        ),
        Command::History { name } => history::run(&session, &name),
        Command::Propose { file } => propose::run(&session, &file),
        Command::Revise(revise) => revise::run(&session, &revise),
        Command::Amend(revise) => revise::run(
            &session,
            &Revise {
                nature: NatureArg::Amendment,
                ..revise
            },
        ),
        Command::Correct(revise) => revise::run(
            &session,
            &Revise {
                nature: NatureArg::Correction,
                ..revise
            },
        ),
        Command::Abandon { agreement, reason } => acts::abandon(&session, &agreement, reason),
        Command::Withdraw(answer) => acts::withdraw(&session, answer),
        Command::Accept(answer) => acts::accept(&session, &answer),
        Command::Reject(answer) => acts::reject(&session, answer),
        Command::Adopt {
            agreement,
            revision,
            effective_from,
            votes,
        } => acts::adopt(&session, &agreement, revision, effective_from, &votes),
        Command::Authenticate { agreement, method } => {
            acts::authenticate(&session, &agreement, method)
        }
        Command::InForce(question) => in_force::run(&session, question),
        Command::Align {
            agreement,
            revision,
            terms,
        } => align::run(&session, &agreement, revision, terms.as_deref()),
        Command::Instrument {
            agreement,
            revision,
            lang,
        } => instrument::run(&session, &agreement, revision, lang),
        Command::Check { agreement, lang } => instrument::check(&session, &agreement, lang),
        Command::Verb(given) => given.run(&session),
        Command::Package(package) => package::run(&session, &package),
        Command::Framework(framework) => framework::run(&session, &framework),
        Command::Replay => replay::run(&session),
        Command::Export(export) => export::run(&session, &export),
    }?;
    Ok(ExitCode::SUCCESS)
}
