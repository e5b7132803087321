//! Long answers, shown by the page.

use std::{
    io::{IsTerminal as _, Write as _},
    process::{Command, Stdio},
};

/// What shows them, where nobody says otherwise: it ends by itself if all fits (F), keeps colours
/// (R) and leaves the screen as it was (X).
const LESS: &str = "less -FRX";

/// Shows `text` by the page; `false` if nobody needs that, or nothing can.
pub(crate) fn show(text: &str) -> bool {
    if !std::io::stdout().is_terminal() || !is_long(text) {
        return false;
    }
    let named = |name| std::env::var(name).ok();
    let command = named("TRAVAUX_PAGER")
        .or_else(|| named("PAGER"))
        .unwrap_or_else(|| LESS.to_owned());
    // `cat` is how one says that there is to be none.
    if command.trim().is_empty() || command.trim() == "cat" {
        return false;
    }
    run(&command, text)
}

/// Whether the terminal has fewer lines than the text.
fn is_long(text: &str) -> bool {
    let size = terminal_size::terminal_size_of(std::io::stdout());
    let lines = size.map_or(24, |(_, lines)| usize::from(lines.0));
    text.lines().count() >= lines
}

fn run(command: &str, text: &str) -> bool {
    let mut words = command.split_whitespace();
    let Some(program) = words.next() else {
        return false;
    };
    let started = Command::new(program)
        .args(words)
        .stdin(Stdio::piped())
        .spawn();
    let Ok(mut pager) = started else {
        return false;
    };
    if let Some(mut input) = pager.stdin.take() {
        let plain =
            anstream::AutoStream::choice(&std::io::stdout()) == anstream::ColorChoice::Never;
        // Who closes the pager early has read enough.
        let _ = if plain {
            let text = anstream::adapter::strip_str(text).to_string();
            input.write_all(text.as_bytes())
        } else {
            input.write_all(text.as_bytes())
        };
    }
    // It has the terminal until it ends; how it ends is its own affair.
    let _ = pager.wait();
    true
}
