//! One file a command: its arguments and its `run` stand together. A group of commands is a folder.

mod abandon;
mod accept;
mod action;
mod adopt;
mod align;
mod audit;
mod authenticate;
mod begin;
mod beside;
mod blame;
mod body;
mod check;
mod completions;
mod declarations;
mod demo;
mod diff;
mod discrepancy;
mod exchange;
mod export;
mod figure;
mod framework;
mod handle;
mod history;
mod import;
mod in_force;
mod indicator;
mod instrument;
mod law;
mod list;
mod log;
mod meeting;
mod package;
mod procedure;
mod propose;
mod reject;
mod replay;
mod request;
mod restate;
mod revise;
mod roadmap;
mod round;
mod show;
mod stood;
mod store;
mod topic;
mod trace;
mod verbs;
mod withdraw;

use std::process::ExitCode;

use clap::Subcommand;
use travaux::{
    CommitRequest,
    domain::{StreamCommand, agreement::AgreementCommand},
};

use crate::{
    args::{Day, GlobalArgs},
    error::CliError,
    names,
    session::Session,
    view,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(demo::Demo),
    #[command(subcommand)]
    Import(import::Import),
    List(list::List),
    Log(log::Log),
    Show(show::Show),
    Diff(diff::Diff),
    Blame(blame::Blame),
    History(history::History),
    Propose(propose::Propose),
    /// Propose a revision.
    #[command(
        after_help = "Example: travaux --as MA revise 0199 terms.md --title 'A time limit for answers'"
    )]
    Revise(revise::Revise),
    /// Propose an amendment: a change of an adopted text from its effect on.
    #[command(
        after_help = "Example: travaux --as MA amend 0199 terms.md --effective-from 2026-01-01"
    )]
    Amend(revise::OfItsNature),
    /// Propose the correction of an error of wording: it counts from the beginning.
    #[command(after_help = "Example: travaux --as MA correct 0199 --ops correction.json")]
    Correct(revise::OfItsNature),
    Withdraw(withdraw::Withdraw),
    Accept(accept::Accept),
    Reject(reject::Reject),
    Adopt(adopt::Adopt),
    Abandon(abandon::Abandon),
    Authenticate(authenticate::Authenticate),
    Restate(restate::Restate),
    InForce(in_force::InForce),
    Declarations(declarations::Declarations),
    Align(align::Align),
    Instrument(instrument::Instrument),
    Check(check::Check),
    Law(law::Law),
    /// An act on one of the machines beside the text.
    #[command(flatten)]
    Verb(verbs::ParsedVerb),
    #[command(subcommand)]
    Package(package::Package),
    #[command(subcommand)]
    Round(round::Round),
    #[command(subcommand)]
    Framework(framework::Framework),
    #[command(subcommand)]
    Meeting(meeting::Meeting),
    #[command(subcommand)]
    Body(body::Body),
    #[command(subcommand)]
    Terms(exchange::Terms),
    #[command(subcommand)]
    Request(request::Request),
    #[command(subcommand)]
    Roadmap(roadmap::Roadmap),
    #[command(subcommand)]
    Action(action::Action),
    #[command(subcommand)]
    Procedure(procedure::Procedure),
    #[command(subcommand)]
    Indicator(indicator::Indicator),
    #[command(subcommand)]
    Figure(figure::Figure),
    #[command(subcommand)]
    Discrepancy(discrepancy::Discrepancy),
    #[command(subcommand)]
    Handle(handle::Handle),
    Trace(trace::Trace),
    Audit(audit::Audit),
    Replay(replay::Replay),
    /// The ledger's commands, and the operator's.
    #[command(flatten)]
    Store(store::StoreCommand),
    #[command(subcommand)]
    Export(export::Export),
    Completions(completions::Completions),
    Topic(topic::Topic),
}

impl Command {
    /// Does it. `grammar` gives the whole command line, for what speaks about that.
    pub(crate) fn run(
        self,
        globals: &GlobalArgs,
        grammar: fn() -> clap::Command,
    ) -> Result<ExitCode, CliError> {
        match self {
            Self::Audit(command) => return command.run(globals),
            Self::Store(command) => return command.run(globals),
            Self::Completions(command) => command.run(globals, grammar()),
            Self::Amend(command) => command.amendment(globals),
            Self::Correct(command) => command.correction(globals),
            Self::Demo(command) => command.run(globals),
            Self::Import(command) => command.run(globals),
            Self::List(command) => command.run(globals),
            Self::Log(command) => command.run(globals),
            Self::Show(command) => command.run(globals),
            Self::Diff(command) => command.run(globals),
            Self::Blame(command) => command.run(globals),
            Self::History(command) => command.run(globals),
            Self::Propose(command) => command.run(globals),
            Self::Revise(command) => command.run(globals),
            Self::Withdraw(command) => command.run(globals),
            Self::Accept(command) => command.run(globals),
            Self::Reject(command) => command.run(globals),
            Self::Adopt(command) => command.run(globals),
            Self::Abandon(command) => command.run(globals),
            Self::Authenticate(command) => command.run(globals),
            Self::Restate(command) => command.run(globals),
            Self::InForce(command) => command.run(globals),
            Self::Declarations(command) => command.run(globals),
            Self::Align(command) => command.run(globals),
            Self::Instrument(command) => command.run(globals),
            Self::Check(command) => command.run(globals),
            Self::Law(command) => command.run(globals),
            Self::Package(command) => command.run(globals),
            Self::Round(command) => command.run(globals),
            Self::Framework(command) => command.run(globals),
            Self::Meeting(command) => command.run(globals),
            Self::Body(command) => command.run(globals),
            Self::Terms(command) => command.run(globals),
            Self::Request(command) => command.run(globals),
            Self::Roadmap(command) => command.run(globals),
            Self::Action(command) => command.run(globals),
            Self::Procedure(command) => command.run(globals),
            Self::Indicator(command) => command.run(globals),
            Self::Figure(command) => command.run(globals),
            Self::Discrepancy(command) => command.run(globals),
            Self::Handle(command) => command.run(globals),
            Self::Trace(command) => command.run(globals),
            Self::Replay(command) => command.run(globals),
            Self::Export(command) => command.run(globals),
            Self::Topic(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
        }
        .map(|()| ExitCode::SUCCESS)
    }
}

/// The commands beside the verbs, by what they are for; those of the law stand between the second group and the rest.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "What it says, and why",
        &[
            "list",
            "show",
            "log",
            "diff",
            "blame",
            "history",
            "trace",
            "in-force",
            "declarations",
            "align",
            "instrument",
            "check",
        ],
    ),
    (
        "Negotiation",
        &[
            "propose",
            "revise",
            "amend",
            "correct",
            "withdraw",
            "accept",
            "reject",
            "adopt",
            "abandon",
            "authenticate",
            "restate",
            "package",
            "round",
            "framework",
            "meeting",
            "body",
            "terms",
            "request",
            "roadmap",
            "action",
            "procedure",
            "indicator",
            "figure",
            "discrepancy",
            "handle",
        ],
    ),
    (
        "The log and its store",
        &[
            "audit", "replay", "init", "seal", "prove", "verify", "publish", "backup", "restore",
            "repair", "migrate",
        ],
    ),
    (
        "Other",
        &[
            "demo",
            "import",
            "export",
            "law",
            "topic",
            "completions",
            "help",
        ],
    ),
];

/// The headings under which help lists the commands, and the commands under each.
pub(crate) fn groups() -> Vec<(&'static str, Vec<&'static str>)> {
    let own = |(heading, names): &(&'static str, &[&'static str])| (*heading, names.to_vec());
    let (before, after) = GROUPS.split_at(2);
    let before = before.iter().map(own).chain(verbs::groups());
    before.chain(after.iter().map(own)).collect()
}

/// Whether a command is one of the table of verbs.
#[cfg(test)]
pub(crate) fn is_verb(name: &str) -> bool {
    <verbs::ParsedVerb as Subcommand>::has_subcommand(name)
}

/// Does one thing to the agreement that `name` means, and says what was done.
fn act(session: &Session, name: &str, command: AgreementCommand, day: Day) -> Result<(), CliError> {
    let (id, _) = names::record(&session.engine, name)?;
    act_on(session, StreamCommand::Agreement(id, command), day)
}

/// Does one thing on a day, and says what was done.
fn act_on(session: &Session, command: StreamCommand, day: Day) -> Result<(), CliError> {
    let stream = command.stream();
    let request = CommitRequest::new(session.actor()?, vec![command]).on(day.on);
    let committed = session.engine.commit_request(&request)?;
    view::done(session, stream, &committed)
}
