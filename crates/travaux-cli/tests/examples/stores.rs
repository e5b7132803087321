//! The stores that examples run on.

use std::{
    io::Read as _,
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::promised;

/// A store, and the files beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// No store yet.
    Empty,
    /// The founding scenario: three arrangements of FR and MA, a framework and a package.
    Founding,
    /// An arrangement of FR and MA that is being negotiated.
    Negotiation,
    /// A treaty of FR and MA, authenticated.
    Bilateral,
    /// The same, signed by both and in force since 20 January 2025; NL may accede.
    BilateralInForce,
    /// A treaty of FR, MA and NL, authenticated.
    Trilateral,
    /// A treaty of A, B and C, authenticated; D may accede.
    Multilateral,
    /// The same, signed by all and in force.
    MultilateralInForce,
    /// The founding scenario, with three meetings: rabat and paris, and experts whose date is open.
    Meetings,
    /// The founding scenario, with two joint bodies by a declaration: group, and council above it.
    Bodies,
    /// A framework of FR, MA and ES with an exchange, `data`, and a request of FR to MA that was sent.
    Exchange,
    /// The same scenario, with the roadmap `plan`: its actions `forms` and `passes` were adopted.
    Roadmaps,
    /// Two frameworks of FR and MA: `pact`, which stands, with the agreement `sec` under it and
    /// `visas` beside, and `draft`, which FR has proposed.
    Frameworks,
    /// A framework of FR and MA with a procedure, `passes`, and a case of FR that MA is to examine.
    Procedures,
    /// The founding scenario, with passes counted by FR (725, number 2) and MA (1,680, number 3).
    Figures,
    /// A text with a history that was imported, `terms.md`.
    Imported,
}

/// A folder with a store, and what the ids of examples stand for in it.
pub(crate) struct Bound {
    folder: tempfile::TempDir,
    /// The agreement, or the first of them.
    agreement: String,
    /// Another agreement.
    other: String,
    framework: String,
    package: String,
    /// The key of the log.
    key: String,
}

/// Words as a shell splits them: single quotes hold words together.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, part) in line.split('\'').enumerate() {
        match at % 2 {
            0 => out.extend(part.split_whitespace().map(str::to_owned)),
            _ => out.push(part.to_owned()),
        }
    }
    out
}

/// The command in `folder`: nothing of the machine's is in sight, and it is always the same day.
fn command(folder: &Path, args: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_travaux"));
    command
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("TRAVAUX_TEST_TIME", "2029-01-01T00:00:00Z")
        .env("NO_COLOR", "1");
    command
}

/// Runs the command in `folder`.
pub(crate) fn run(folder: &Path, args: &[String]) -> Output {
    let output = command(folder, args).output().expect("the command runs");
    promised::hold(args, &output);
    output
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let from = entry.expect("an entry").path();
        let to = to.join(from.file_name().expect("a name"));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).expect("it is copied");
        }
    }
}

const FR: &str =
    "## Article 1\n\nLes Parties coopèrent.\n\n## Article 2\n\nElles échangent des informations.\n";
const AR: &str = "## المادة 1\n\nيتعاون الطرفان.\n\n## المادة 2\n\nيتبادلان المعلومات.\n";
const OTHER: &str = "## Article 1\n\nLes Parties se concertent.\n\n## Article 2\n\nElles échangent des informations.\n";
const CORRECTION: &str = r#"[{"substitute_words":{"provision":"1.4","lang":"fr","find":"informations","with":"renseignements","count":1}}]"#;
const ENGLISH: &str = r###"[{"replace":{"provision":"1.1","bodies":{"en":{"before":"## ","label":"Article 1","between":"","heading":"","text":"\n\n"}}}},
            {"replace":{"provision":"1.2","bodies":{"en":{"before":"","label":"","between":"","heading":"","text":"The Parties cooperate.\n\n"}}}},
            {"replace":{"provision":"1.3","bodies":{"en":{"before":"## ","label":"Article 2","between":"","heading":"","text":"\n\n"}}}},
            {"replace":{"provision":"1.4","bodies":{"en":{"before":"","label":"","between":"","heading":"","text":"They exchange information.\n"}}}}]"###;
const FRAMEWORK: &str = r#"{"title":"Framework","declaration":{"title":"declaration","made":"2024-10","by":[]},
    "parties":[{"id":"FR","name":"FR"},{"id":"MA","name":"MA"}],"areas":[{"key":"security","title":"Security"}]}"#;
const ROADMAP: &str = r#"{"title":"Roadmap","adopted_on":"2025-01-01","steps":[{"title":"A first text","area":"security","due":"2025-06-01"}]}"#;

const MEETINGS: [&str; 4] = [
    "--as MA meeting convene 0199 --title 'Working meeting' --kind ministers --start 2025-04-14 --place Rabat --chair MA:Minister --on 2025-04-01 --handle rabat",
    "--as MA meeting convene 0199 --title 'Later meeting' --kind experts --start 2025-06-25 --place Paris --chair MA:Director --chair FR:Director --on 2025-06-01 --handle paris",
    "--as MA meeting convene 0199 --title 'Meeting of experts' --kind experts --start 2025-10-01 --place Rabat --chair MA:Director --tentative --on 2025-09-01 --handle experts",
    "--as MA meeting hold paris --participant MA:member:Director --participant FR:member:Director --on 2025-06-25",
];

const BODIES: [&str; 3] = [
    "--as MA body establish 0199 council.json --consenting FR,MA --on 2025-01-02 --handle council",
    "--as MA body establish 0199 group.json --consenting FR,MA --on 2025-01-02 --handle group",
    "--as MA body refer group --key early --area migration --subject passes --facts en=Early. --on 2025-01-03",
];

const THREE: &str = r#"{"title":"Partnership","declaration":{"title":"declaration","made":"2024-10","by":[]},
    "parties":[{"id":"FR","name":"FR"},{"id":"MA","name":"MA"},{"id":"ES","name":"ES"}],
    "areas":[{"key":"security","title":"Security"},{"key":"migration","title":"Migration"}]}"#;
const TERMS: &str = r#"{"title":"Exchange of information","instrument":"Directive (EU) 2023/977",
    "contacts":{"ES":"spoc-es","FR":"spoc-fr","MA":"spoc-ma"},
    "limits":[{"key":"urgent-direct","urgent":true,"direct":true,"period":"8 hours"},{"key":"other","period":"P7D"}],
    "refusal_grounds":["investigation"],"deviation_grounds":["judicial-authorisation"],"erasure_grounds":["wrong-person"],
    "schemes":{"ma":["open","ma-secret"]},"unmarked":"fr:tres-secret h1 h2 tlp:red",
    "publishing":{"rows":"area","columns":"quarter"}}"#;
const QUESTION: &str = r#"{"purpose":"prevention","objective":"to find a forger","link":"he sells passports",
    "urgency_reasons":"he leaves tomorrow","text":"Who is A. B.?"}"#;
const EXCHANGE: [&str; 3] = [
    "--as FR terms agree partnership terms.json --consenting ES,FR,MA --on 2025-01-02 --handle data",
    "--as MA terms calendar data --zone Africa/Casablanca --on 2025-01-02",
    "--as FR request send data question.json --reference FR-2025-0017 --urgent --from spoc-fr --to MA --at-contact spoc-ma --area migration --clause 'Article 4' --parts identity,travel --lang fr --key question --marking 'to:ES,FR,MA tlp:green' --on 2025-03-28",
];
const FRAMEWORKS: [&str; 9] = [
    "--as FR propose manifest.json --handle sec",
    "--as FR propose manifest.json --handle visas",
    "--as FR framework found framework.json --handle pact --consenting FR,MA --on 2025-01-10",
    "--as FR framework propose framework.json --handle draft --on 2025-05-01",
    "--as FR framework include pact --agreement sec --area security --on 2025-02-01",
    "--as FR framework area open pact --key migration --title Migration --consenting FR,MA --on 2025-02-01",
    "--as FR framework area open pact --key food --title Food --consenting FR,MA --on 2025-02-01",
    "--as FR framework organ name pact --role contact --who 'FR:Directorate of Immigration' --on 2025-02-01",
    "--as MA framework organ name pact --role contact --who 'MA:Directorate of Migration' --on 2025-02-01",
];

const PLANS: [&str; 4] = [
    "--as FR roadmap propose 0199 --title 'Roadmap 2025' --zone Africa/Casablanca --on 2025-01-10 --handle plan",
    "--as FR action propose plan/forms --title 'en=Common forms' --area migration --lead FR:Prefecture --support MA:Directorate --due 2025-06-30 --on 2025-01-20",
    "--as FR action propose plan/passes --title 'en=Passes in ten days' --area migration --lead FR:Prefecture --due 2025-09-30 --on 2025-01-20",
    "--as FR roadmap adopt plan --consenting FR,MA --on 2025-02-01",
];
const FIGURES: [&str; 3] = [
    "--as FR indicator adopt 0199 passes.json --version 1.0.0 --from 2015-01-01 --consenting FR,MA --on 2024-10-01 --handle passes",
    "--as FR figure report passes --by 1.0.0 --period 2023 --counterpart MA --value 725 --source ministry --data-of 2024-01-31 --on 2024-10-02",
    "--as MA figure report passes --by 1.0.0 --period 2023 --counterpart FR --value 1680 --source ministry --data-of 2024-01-31 --on 2024-10-02",
];
const MESSAGE: &str = "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,TIME_PERIOD,OBS_VALUE,SOURCE\ndataflow,FRAMEWORK:passes(1.0.0),M,";

/// A definition of passes, of those who are counted.
fn passes(population: &str) -> String {
    let concept = |key: &str| format!(r#"{{"key":"{key}","words":{{"en":"{key}"}}}}"#);
    format!(
        r#"{{"names":{{"en":"Passes"}},"unit":{},"frequency":"A","population":{},"reference_event":{},"method":{},"reporters":["FR","MA"],"course":"mutual","tolerance":{{"relative":"0.1"}}}}"#,
        concept("passes"),
        concept(population),
        concept("issue"),
        concept("count")
    )
}

const STEPS: &str = r#"{"title":{"en":"Consular passes"},"steps":[
    {"key":"request","words":{"en":"the request"},"actor":"requesting","limit":"10 days","starts":{"event":"hearing"},"silence":"nothing",
     "outcomes":[{"key":"sent","words":{"en":"sent"},"gives":"other","leads":{"to":"examine"}}]},
    {"key":"examine","words":{"en":"the examination"},"actor":"requested","limit":"30 days, at most 60 days","starts":"received",
     "silence":{"deemed_agreed":"accepted"},
     "outcomes":[{"key":"accepted","words":{"en":"accepted"},"gives":"obtained","leads":"end"},
                 {"key":"refused","words":{"en":"refused"},"gives":"refused","leads":"end"}]}]}"#;
const PROCEDURES: [&str; 6] = [
    "--as FR procedure propose 0199 steps.json --on 2025-01-10 --handle passes",
    "--as FR procedure adopt passes --version 1.0.0 --draft 1.0.0-draft --from 2025-01-10 --consenting FR,MA --on 2025-01-10",
    "--as FR procedure calendar passes --zone Europe/Paris --on 2025-01-10",
    "--as MA procedure calendar passes --zone Africa/Casablanca --on 2025-01-10",
    "--as FR procedure case open passes --case FR-2025-0001 --version 1.0.0 --ask MA --on 2025-05-01",
    "--as FR procedure case step passes --case FR-2025-0001 --step request --outcome sent --on 2025-05-01",
];

/// The file of a body that a declaration sets up, with the body above it.
fn body(key: &str, above: &str) -> String {
    let competence = |key: &str, verb: &str| format!(r#"{{"key":"{key}","verb":"{verb}"}}"#);
    let competences = [
        competence("refer", "reference_mechanism"),
        competence("rules", "adopt_own_rules"),
        competence("groups", "set_up_sub_bodies"),
    ];
    format!(
        r#"{{"key":"{key}","title":"Body {key}","basis":{{"declaration":{{"title":"Joint declaration"}}}},
            "competences":[{}],"chair":"co_chairs","above":{above}}}"#,
        competences.join(",")
    )
}

fn manifest(parties: &[&str], profile: &str, languages: &str, clauses: &str) -> String {
    let party = |p: &&str| format!(r#"{{"id":"{p}","name":"State {p}"}}"#);
    let parties: Vec<_> = parties.iter().map(party).collect();
    let texts = match languages {
        "fr" => r#"{"fr":"fr.md"}"#,
        _ => r#"{"fr":"fr.md","ar":"ar.md"}"#,
    };
    let listed: Vec<_> = languages.split(',').map(|l| format!("\"{l}\"")).collect();
    format!(
        r#"{{"title":"Agreement","kind":"agreement","profile":"{profile}","parties":[{}],"languages":[{}],"texts":{texts},"final_clauses":[{clauses}]}}"#,
        parties.join(","),
        listed.join(",")
    )
}

const ACCESSION: &str = r#"{"label":"Article 5","provides":{"entry_into_force":"2nd consent"}},
    {"label":"Article 6","provides":{"accession":[]}},{"label":"Article 7","provides":{"denunciation":{"months":6}}},
    {"label":"Article 8","provides":{"expiry":"2030-01-01"}}"#;

/// A Zstandard frame with the bytes as they are: a single segment, one raw block (RFC 8878, 3.1.1).
fn zstd(bytes: &[u8]) -> Vec<u8> {
    let size = u8::try_from(bytes.len()).expect("a short text");
    let block = (u32::from(size) << 3) | 1;
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x20, size];
    frame.extend(&block.to_le_bytes()[..3]);
    frame.extend(bytes);
    frame
}

fn line(commit: &str, path: &str, op: &str, text: &str) -> String {
    let text = text.replace('\n', "\\n");
    format!(
        "{{\"commit\":\"{commit}\",\"author_date\":\"2019-01-01T00:00:00Z\",\"commit_date\":\"2019-01-01T00:00:00Z\",\"path\":\"{path}\",\"op\":\"{op}\",\"text\":\"{text}\"}}\n"
    )
}

impl Kind {
    pub(crate) fn make(self) -> Bound {
        let mut bound = Bound::empty();
        match self {
            Self::Empty => bound.write("fr.md", FR),
            Self::Founding => {
                bound.done("demo --keep travaux-store");
            }
            Self::Meetings => {
                bound.done("demo --keep travaux-store");
                bound.bind();
                for line in MEETINGS {
                    bound.done(line);
                }
            }
            Self::Procedures => {
                bound.done(
                    "--as FR framework found framework.json --consenting FR,MA --on 2025-01-01",
                );
                bound.bind();
                for line in PROCEDURES {
                    bound.done(line);
                }
            }
            Self::Bodies => {
                bound.done("demo --keep travaux-store");
                bound.bind();
                for line in BODIES {
                    bound.done(line);
                }
            }
            Self::Exchange => {
                bound.write("framework.json", THREE);
                bound.done(
                    "--as FR framework found framework.json --consenting FR,MA,ES --on 2025-01-01",
                );
                bound.bind();
                for line in EXCHANGE {
                    bound.done(line);
                }
            }
            Self::Roadmaps => {
                bound.done("demo --keep travaux-store");
                bound.bind();
                for line in PLANS {
                    bound.done(line);
                }
            }
            Self::Frameworks => {
                for line in FRAMEWORKS {
                    bound.done(line);
                }
            }
            Self::Figures => {
                bound.done(
                    "--as FR framework found framework.json --consenting FR,MA --on 2024-09-01",
                );
                bound.bind();
                bound.write("passes.json", &passes("persons"));
                bound.write("passes-2.json", &passes("adults"));
                for line in FIGURES {
                    bound.done(line);
                }
                let message = format!("{MESSAGE}FR,2022,600,ministry\n");
                bound.write(
                    "figures.csv",
                    &message.replace("FRAMEWORK", &bound.framework),
                );
            }
            Self::Negotiation => {
                bound.propose(&manifest(&["FR", "MA"], "arrangement", "fr", ""), "FR")
            }
            Self::Bilateral => bound.bilateral(),
            Self::Trilateral => {
                bound.propose(
                    &manifest(&["FR", "MA", "NL"], "treaty/vclt", "fr", ""),
                    "FR",
                );
                bound.concluded("FR", &["MA", "NL"]);
            }
            Self::BilateralInForce => {
                bound.bilateral();
                for party in ["FR", "MA"] {
                    bound.done(&format!(
                        "--as {party} sign 0199 --on 2025-01-20 --by minister --full-powers"
                    ));
                }
                bound.done("--as FR enter-into-force 0199 --basis 'Article 5'");
            }
            Self::Multilateral => bound.multilateral(),
            Self::MultilateralInForce => {
                bound.multilateral();
                for party in ["A", "B", "C"] {
                    bound.done(&format!(
                        "--as {party} sign 0199 --on 2025-01-20 --by minister --full-powers"
                    ));
                }
            }
            Self::Imported => {
                bound.write(
                    "imported.jsonl",
                    &(line("c1", "terms.md", "A", FR)
                        + &line("c1", "laws/terms.md", "A", FR)
                        + &line("c2", "laws/terms.md", "M", OTHER)),
                );
                bound.done("import jsonl imported.jsonl");
            }
        }
        bound.bind();
        bound
    }
}

impl Bound {
    fn empty() -> Self {
        let bound = Self {
            folder: tempfile::tempdir().expect("a folder"),
            agreement: "0199".to_owned(),
            other: "01a0".to_owned(),
            framework: "0199".to_owned(),
            package: "0199".to_owned(),
            key: String::new(),
        };
        bound.write("terms.md", OTHER);
        bound.write("fr.md", FR);
        bound.write("ar.md", AR);
        bound.write("correction.json", CORRECTION);
        bound.write("english.json", ENGLISH);
        bound.write("framework.json", FRAMEWORK);
        bound.write("roadmap.json", ROADMAP);
        bound.write("council.json", &body("council", "null"));
        bound.write("group.json", &body("group", "\"council\""));
        bound.write("body.json", &body("jc", "null"));
        bound.write("terms.json", TERMS);
        bound.write("steps.json", STEPS);
        bound.write("more.json", &STEPS.replace("Consular passes", "Passes"));
        bound.write("question.json", QUESTION);
        for (name, text) in [
            ("q1.txt", "Which A. B.?"),
            ("c1.txt", "The one of Fez."),
            ("a1.txt", "A forger."),
            ("warning.txt", "A. B. travels."),
        ] {
            bound.write(name, text);
        }
        bound.write(
            "manifest.json",
            &manifest(&["FR", "MA"], "arrangement", "fr", ""),
        );
        let line = line("c1", "a.md", "A", "## Article 1\n");
        std::fs::write(
            bound.folder.path().join("history.jsonl.zst"),
            zstd(line.as_bytes()),
        )
        .expect("it is written");
        bound
    }

    fn bilateral(&mut self) {
        // One to which it may be related, or by which it may be superseded.
        let other = manifest(&["FR", "MA"], "treaty/vclt", "fr", "");
        self.propose(&other.replace("Agreement", "Accord"), "FR");
        self.propose(
            &manifest(&["FR", "MA"], "treaty/vclt", "fr,ar", ACCESSION),
            "FR",
        );
        self.concluded("FR", &["MA"]);
    }

    fn multilateral(&mut self) {
        let clauses = r#"{"label":"Article 9","provides":{"accession":[]}},
            {"label":"Article 26","provides":{"amending_body":{"body":"committee","provisions":["1.1"]}}},
            {"label":"Article 28","provides":{"territories":{"leave_out":true}}}"#;
        self.propose(
            &manifest(&["A", "B", "C"], "treaty/vclt", "fr", clauses),
            "A",
        );
        self.concluded("A", &["B", "C"]);
    }

    fn propose(&mut self, manifest: &str, party: &str) {
        self.write("proposed.json", manifest);
        self.done(&format!("--as {party} propose proposed.json"));
        self.bind();
    }

    fn concluded(&self, first: &str, others: &[&str]) {
        for party in others {
            self.done(&format!("--as {party} accept 0199 --revision 1"));
        }
        self.done(&format!("--as {first} adopt 0199 --revision 1"));
        self.done(&format!("--as {first} authenticate 0199"));
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("it is written");
    }

    fn done(&self, line: &str) {
        let output = self.run(line);
        assert!(
            output.status.success(),
            "{line}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// The ids of what the store lists; the one with the most revisions is the last.
    fn ids(&self, list: &str) -> Vec<String> {
        let output = self.run(&format!("{list} --format json"));
        let lines = String::from_utf8(output.stdout).expect("text");
        let mut lines: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("a document"))
            .collect();
        lines.sort_by_key(|line| line["revisions"].as_u64());
        lines
            .iter()
            .filter_map(|line| line["id"].as_str().map(str::to_owned))
            .collect()
    }

    /// Finds what the ids of examples stand for.
    pub(crate) fn bind(&mut self) {
        if !self.folder.path().join("travaux-store").exists() {
            return;
        }
        let mut agreements = self.ids("list");
        let agreement = agreements.pop().unwrap_or_else(|| self.agreement.clone());
        self.other = agreements.pop().unwrap_or_else(|| agreement.clone());
        self.write("package.json", &format!(r#"{{"title":"Package","revisions":[{{"agreement":"{agreement}","operations":{CORRECTION}}}]}}"#));
        self.agreement = agreement;
        let published = self.folder.path().join("travaux-store/ledger/key.pub");
        self.key = std::fs::read_to_string(published)
            .unwrap_or_default()
            .trim()
            .to_owned();
        if let Some(framework) = self.ids("framework list").pop() {
            self.framework = framework;
        }
        if let Some(package) = self.ids("package list").pop() {
            self.package = package;
        }
    }

    /// The parties of the agreement.
    pub(crate) fn parties(&self) -> Vec<String> {
        let output = self.run("list --format json");
        let lines = String::from_utf8(output.stdout).expect("text");
        let listed = lines
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a document"))
            .find(|line| line["id"] == self.agreement.as_str());
        let parties = listed
            .map(|line| line["parties"].clone())
            .unwrap_or_default();
        serde_json::from_value(parties).unwrap_or_default()
    }

    pub(crate) fn copy(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(self.folder.path(), folder.path());
        Self {
            folder,
            agreement: self.agreement.clone(),
            other: self.other.clone(),
            framework: self.framework.clone(),
            package: self.package.clone(),
            key: self.key.clone(),
        }
    }

    /// Runs a command line, its ids and paths bound to what is here.
    pub(crate) fn run(&self, line: &str) -> Output {
        let (line, to) = line
            .split_once(" > ")
            .map_or((line, None), |(line, to)| (line, Some(to)));
        let output = self.run_words(&words(line));
        if let Some(to) = to {
            let text = String::from_utf8_lossy(&output.stdout);
            assert!(!text.is_empty(), "`{line}` writes nothing to {to}");
            self.write(to, &text);
        }
        output
    }

    /// Runs the words of a command line, their ids and paths bound to what is here.
    pub(crate) fn run_words(&self, words: &[String]) -> Output {
        run(self.folder.path(), &self.bound(words))
    }

    /// Runs them with a reader that goes away after `read` bytes: the status, and what was said on standard error.
    pub(crate) fn cut(&self, words: &[String], read: u64) -> (Option<i32>, String) {
        let mut child = command(self.folder.path(), &self.bound(words))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let out = child.stdout.take().expect("a pipe");
        let mut some = Vec::new();
        out.take(read).read_to_end(&mut some).expect("a few bytes");
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), said)
    }

    /// The stores in the folder, by the names of their folders.
    pub(crate) fn stores(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("a folder");
        entries
            .map(|entry| entry.expect("an entry"))
            .filter(|entry| entry.path().join("FORMAT").exists())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect()
    }

    /// The words, with the ids and the paths that are here.
    fn bound(&self, words: &[String]) -> Vec<String> {
        let has = |word: &str| words.iter().any(|w| w == word);
        let subject = match () {
            () if has("framework") || has("convene") => &self.framework,
            () if has("body") && has("establish") => &self.framework,
            () if has("indicator") && has("adopt") => &self.framework,
            () if has("propose") && (has("roadmap") || has("procedure")) => &self.framework,
            () if has("package") => &self.package,
            () => &self.agreement,
        };
        let home = self.folder.path().display().to_string();
        let bind = |word: &String| match word.as_str() {
            "0199" => subject.clone(),
            "01a0" => self.other.clone(),
            "01a2" => self.agreement.clone(),
            word if word.starts_with("treaties.example.org/log+") => self.key.clone(),
            "." => format!("{home}/histories.git"),
            word if word.starts_with("/mnt/") || word.starts_with("/srv/") => {
                format!("{home}{word}")
            }
            word => word.to_owned(),
        };
        let mut bound: Vec<String> = words.iter().map(bind).collect();
        // The stores were written in 2029: what was known before is nothing.
        for at in 1..bound.len() {
            if bound[at - 1] == "--known-at" && bound[at].len() > 4 {
                bound[at].replace_range(..4, "2029");
            }
        }
        bound
    }

    /// Whether there is a file of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.folder.path().join(name).is_file()
    }

    /// Puts these bytes in a file.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.folder.path().join(name), bytes).expect("it is written");
    }
}
