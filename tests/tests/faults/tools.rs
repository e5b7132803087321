//! Running writers, and knowing what they said.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use travaux_tests::faults::Log;

/// How many times longer than usual.
pub(crate) fn longer(usual: usize) -> usize {
    std::env::var("TRAVAUX_FAULTS")
        .ok()
        .and_then(|n| n.parse::<usize>().ok())
        .unwrap_or(1)
        .max(1)
        * usual
}

/// A writer that runs, and the file in which it says what it does.
pub(crate) struct Writer {
    child: Child,
    said: PathBuf,
}

impl Writer {
    /// Starts `writer MODE FOLDER WRITERS COMMITS BASE`, under a command if one is given.
    pub(crate) fn start(
        under: &[&str],
        mode: &str,
        folder: &Path,
        writers: usize,
        commits: usize,
        base: usize,
    ) -> Self {
        static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let said =
            std::env::temp_dir().join(format!("travaux-writer-{}-{count}", std::process::id()));
        let program = env!("CARGO_BIN_EXE_writer");
        let mut command = match under.split_first() {
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
            None => Command::new(program),
        };
        command
            .arg(mode)
            .arg(folder)
            .args([writers, commits, base].map(|n| n.to_string()));
        let out = File::create(&said).expect("a file");
        let child = command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        Self { child, said }
    }

    /// How many bytes it has said.
    pub(crate) fn said(&self) -> u64 {
        fs::metadata(&self.said).map_or(0, |m| m.len())
    }

    /// Waits until it has said so many bytes, or has ended.
    pub(crate) fn wait_for(&mut self, bytes: u64) {
        while self.said() < bytes && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::yield_now();
        }
    }

    /// Kills it; what it had said.
    pub(crate) fn kill(mut self) -> Log {
        drop(self.child.kill());
        self.end()
    }

    /// Waits for its end; what it had said.
    pub(crate) fn end(&mut self) -> Log {
        drop(self.child.wait());
        Log::read(&fs::read_to_string(&self.said).unwrap_or_default())
    }

    /// Kills it; what it had said in its first `bytes` bytes.
    pub(crate) fn kill_at(mut self, bytes: u64) -> Log {
        drop(self.child.kill());
        drop(self.child.wait());
        let text = fs::read(&self.said).unwrap_or_default();
        Log::read(&String::from_utf8_lossy(
            &text[..text.len().min(bytes as usize)],
        ))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        drop(fs::remove_file(&self.said));
    }
}
