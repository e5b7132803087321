//! A writer to be killed: appends commits and says on standard output what it tries and what it is told.
//!
//! `writer MODE FOLDER WRITERS COMMITS BASE`: `store` writes to a store; `liar` too, but says `ack` before; `flush` writes to sled alone
//! and believes its `flush`. COMMITS each, or without end if 0; BASE tells runs on one store apart.

use std::{env, io::Write as _, path::Path, thread};

use travaux_store::EventStore;
use travaux_store_sled::SledStore;
use travaux_tests::faults::{EAGER, commit_of};

fn say(line: &str) {
    // One write a line, so that a line is there whole or not at all.
    let _ = std::io::stdout().lock().write_all(line.as_bytes());
}

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let number = |at: usize| {
        args.get(at)
            .and_then(|n| n.parse::<u128>().ok())
            .unwrap_or(0)
    };
    let (mode, folder) = (args[0].as_str(), Path::new(&args[1]));
    let (writers, commits, base) = (number(2), number(3), number(4));
    let numbers = |writer: u128| {
        (1..)
            .map(move |n| base << 64 | writer << 40 | n)
            .take(if commits == 0 {
                usize::MAX
            } else {
                commits as usize
            })
    };
    if mode == "flush" {
        let db = sled::Config::new()
            .path(folder)
            .flush_every_ms(None)
            .open()
            .expect("sled opens");
        for number in numbers(0) {
            db.insert(number.to_be_bytes(), vec![7; 400])
                .and_then(|_| db.flush())
                .expect("sled says that it is flushed");
            say(&format!("ack {number} 0 0\n"));
        }
        return;
    }
    let store = match SledStore::open_with(folder, EAGER) {
        Ok(store) => store,
        Err(error) => return say(&format!("err 0 {error}\n")),
    };
    thread::scope(|scope| {
        for writer in 0..writers {
            let store = &store;
            scope.spawn(move || {
                for number in numbers(writer) {
                    say(&format!("try {number}\n"));
                    if mode == "liar" {
                        let (first, events) =
                            (store.head() + 1, commit_of(number).events.len() as u64);
                        say(&format!("ack {number} {first} {}\n", first + events - 1));
                    }
                    match store.append(commit_of(number)) {
                        Ok(done) if mode != "liar" => {
                            say(&format!("ack {number} {} {}\n", done.first, done.last))
                        }
                        Ok(_) => {}
                        Err(error) => say(&format!("err {number} {error}\n")),
                    }
                }
            });
        }
    });
}
