//! The command in a folder of its own, with a fixed clock; what it wrote, as snapshots.

use std::process::{Command, Output};

#[path = "../promised/mod.rs"]
pub(crate) mod promised;

/// A folder of its own.
pub(crate) struct Home(pub(crate) tempfile::TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn output(&self, args: &[&str]) -> Output {
        self.output_on("2025-01-01", args)
    }

    /// What the command writes on a day.
    pub(crate) fn output_on(&self, day: &str, args: &[&str]) -> Output {
        let output = Command::new(env!("CARGO_BIN_EXE_travaux"))
            .args(args)
            .current_dir(self.0.path())
            .env_clear()
            .env("TRAVAUX_TEST_TIME", format!("{day}T00:00:00Z"))
            .env("NO_COLOR", "1")
            .output()
            .expect("the command runs");
        promised::hold(args, &output);
        output
    }

    /// The command line, its status, and what it wrote.
    pub(crate) fn run(&self, args: &[&str]) -> String {
        let output = self.output(args);
        let shown: Vec<_> = args
            .iter()
            .map(|a| {
                if a.contains('/') && a.len() > 40 {
                    "FILE"
                } else {
                    a
                }
            })
            .collect();
        format!(
            "$ travaux {}\nstatus {}\n{}{}",
            shown.join(" "),
            output.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    }

    /// The id of the only agreement.
    #[allow(dead_code, reason = "not every test that has a home has an agreement")]
    pub(crate) fn only(&self) -> String {
        let list = self.output(&["list", "--format", "json"]).stdout;
        let line: serde_json::Value = serde_json::from_slice(&list).expect("one line");
        line["id"].as_str().expect("an id").to_owned()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).expect("it is written");
    }
}

/// Ids, rates and digests differ from run to run; what they stand for does not.
pub(crate) fn check(name: &str, transcript: &[String]) {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(
        r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "[uuid]",
    );
    settings.add_filter(r"\d+ events/s", "[n] events/s");
    settings.add_filter(r"in \d+\.\d s", "in [n] s");
    settings.add_filter(r"chain [0-9a-f]{64}", "chain [digest]");
    settings.add_filter(r"\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}", "+[id]+[key]");
    settings.add_filter(r"(— [^ \n]+) [A-Za-z0-9+/]{91}=", "$1 [signature]");
    settings.add_filter(r"[A-Za-z0-9+/]{43}=", "[hash]");
    settings.add_filter(r#""nonce":"[0-9a-f]{32}""#, r#""nonce":"[nonce]""#);
    settings.add_filter(r#""bytes":\d+"#, r#""bytes":[n]"#);
    settings.add_filter(r"\d+ bytes of them new", "[n] bytes of them new");
    settings.add_filter(r"journal from \d+ on", "journal from [n] on");
    settings.add_filter(r"/tmp/[^ \n]*", "[path]");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("../snapshots");
    settings.bind(|| insta::assert_snapshot!(name, transcript.join("\n")));
}
