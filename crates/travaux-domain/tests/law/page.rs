//! The pages of the law and of the framework: every row, where it is decided, and the test that shows it. A row with
//! neither fails, unless the table says why it is left out.

#![allow(
    clippy::disallowed_methods,
    reason = "it reads the sources of the crate"
)]

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use travaux_domain::{Event, LegalBasis, Rule, RuleKind};

pub(crate) fn files(folder: &Path, out: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|e| e.path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let name = path.display().to_string();
            let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
            let name = name.strip_prefix(root).expect("inside").to_owned();
            out.push((name, fs::read_to_string(&path).expect("a source")));
        }
    }
}

/// Where each row is named in code that decides, or is explained by a query that is documented with
/// its name.
fn decided() -> BTreeMap<Rule, Vec<String>> {
    let mut sources = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    files(&root.join("src"), &mut sources);
    for folder in QUESTIONS {
        files(&root.join(folder), &mut sources);
    }
    let mut found: BTreeMap<Rule, Vec<String>> = BTreeMap::new();
    for (name, source) in sources.iter().filter(|(name, _)| decides(name)) {
        let code: Vec<&str> = source
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        let docs: Vec<&str> = source
            .lines()
            .filter(|line| line.trim_start().starts_with("///"))
            .collect();
        for rule in Rule::all() {
            let by_code = code
                .iter()
                .any(|line| mentions(line, &format!("Rule::{}", rule.name())));
            // A query decides nothing: its documentation names the row that it answers.
            let by_query = docs
                .iter()
                .any(|line| mentions(line, rule.name()) && line.contains('('));
            if by_code || by_query {
                found.entry(rule).or_default().push(name.clone());
            }
        }
    }
    found
}

/// Where questions are answered.
const QUESTIONS: [&str; 2] = [
    "../travaux-projections/src/state",
    "../travaux-import/src/sdmx",
];

/// Where the answers are shown.
const ANSWERS: [&str; 2] = [
    "../travaux-projections/tests/specs/state",
    "../../tests/tests/figures",
];

/// Whether a file is a subject's list of rules.
fn is_list(source: &str) -> bool {
    source
        .lines()
        .any(|l| l.contains("rules! {") && !l.starts_with("macro_rules!"))
}

fn decides(name: &str) -> bool {
    !name.starts_with("src/law/") && !NO_DECISIONS.contains(&name)
}

/// The names of the rows in all lists, as the sources have them.
fn listed() -> Vec<String> {
    let mut sources = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    files(&root.join("src"), &mut sources);
    let kinds = ["Residual", "Mandatory", "Record", "Internal"];
    let row = |line: &str| {
        let mut words = line.strip_prefix("    ")?.split(' ');
        let name = words.next().filter(|name| !name.is_empty())?;
        let kind = words.next()?;
        (kinds.contains(&kind) && words.next()?.starts_with('\'')).then(|| name.to_owned())
    };
    let lists = sources.iter().filter(|(_, source)| is_list(source));
    lists
        .flat_map(|(_, source)| source.lines().filter_map(row))
        .collect()
}

/// Files that name rows and decide nothing.
const NO_DECISIONS: [&str; 3] = [
    "src/profile.rs",
    "src/clause.rs",
    "src/agreement/command.rs",
];

/// Whether `line` has `word`, and not as the beginning of a longer one.
fn mentions(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        before
            && line[at + word.len()..]
                .chars()
                .next()
                .is_none_or(|c| !c.is_alphanumeric())
    })
}

/// Tests by the rows that their names begin with: `c3_c8_and_c11_signature_…`.
fn shown() -> BTreeMap<Rule, Vec<String>> {
    let mut sources = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    files(&root.join("tests"), &mut sources);
    for folder in ANSWERS {
        files(&root.join(folder), &mut sources);
    }
    let mut found: BTreeMap<Rule, Vec<String>> = BTreeMap::new();
    for (_, source) in &sources {
        // Those under a harness that leaves tests out say that they are run.
        let under_harness = source
            .split("\npub(super) fn ")
            .skip(1)
            .filter(|rest| rest.lines().next().is_some_and(|l| l.ends_with("-> Run {")));
        let tests = source
            .split("#[test]\nfn ")
            .skip(1)
            .chain(under_harness)
            .filter_map(|rest| rest.split_once('(').map(|(name, _)| name));
        for test in tests {
            for word in test
                .split('_')
                .take_while(|w| *w == "and" || row(w).is_some())
            {
                if let Some(rule) = row(word) {
                    found.entry(rule).or_default().push(test.to_owned());
                }
            }
        }
    }
    found
}

fn row(word: &str) -> Option<Rule> {
    Rule::all().find(|r| r.name().eq_ignore_ascii_case(word))
}

/// How both pages are written.
const WRITTEN: &str = "Written by `tests/law/page.rs` \
     (`TRAVAUX_WRITE=1 cargo test -p travaux-domain --test law`); it\n\
     fails when this page is not what the code says. Kind: R residual, M mandatory, P a rule of the\n\
     record, I internal to one party; A: arrangements use it too.";

/// The rows of agreements.
fn law() -> String {
    let head =
        "| row | what it says | law | kind | decided in | shown by |\n|---|---|---|---|---|---|";
    let title = "# The law: every row, where it is decided, and the test that shows it";
    let rows = rows(
        |rule| rule.machine().is_of_an_agreement(),
        |_| String::new(),
    );
    format!("{title}\n\n{WRITTEN}\n\n{head}\n{rows}")
}

/// The rows of what stands under a framework, with the commands that each decides, and the events
/// that they give.
fn framework() -> String {
    let head = "| row | guard | source | kind | command -> event | decided in | shown by |\n\
                |---|---|---|---|---|---|---|";
    let title = "# The framework: every row, what it decides, and the test that shows it";
    let commands = |rule: Rule| {
        let deeds = Event::deeds().filter(|deed| deed.rule == rule);
        let named: Vec<_> = deeds
            .map(|d| format!("{} -> `{}`", d.act, d.event))
            .collect();
        format!(" {} |", named.join("; "))
    };
    let rows = rows(|rule| !rule.machine().is_of_an_agreement(), commands);
    format!("{title}\n\n{WRITTEN}\n\n{RENUMBERED}\n\n{head}\n{rows}")
}

/// Rows that bear another number here than in the framework reference.
const RENUMBERED: &str = "FW3 to FW6 stood in records before the framework reference numbered its \
     rows, and a row keeps its\nmeaning. So F3 (adoption) is FW13 here, F4 (nature of the founding \
     act) FW14, F5 (areas) FW15 and\nFW3, F6 (closing) FW16, F7 (agreements) FW4 and FW7; F1, F2, F8 \
     and F12 have their own numbers.";

/// The pages, by name.
fn pages() -> [(&'static str, String); 2] {
    [("LAW.md", law()), ("FRAMEWORK.md", framework())]
}

/// Those of the rows, with a column of the page's own behind the kind.
fn rows(those: fn(&Rule) -> bool, column: impl Fn(Rule) -> String) -> String {
    let (decided, shown) = (decided(), shown());
    let mut out = String::new();
    for rule in Rule::all().filter(those) {
        let kind = match rule.kind() {
            RuleKind::Residual => "R",
            RuleKind::Mandatory => "M",
            RuleKind::Record => "P",
            RuleKind::Internal => "I",
        };
        let code = |names: Option<&Vec<String>>| {
            let names = names.map(|n| {
                n.iter()
                    .map(|n| format!("`{n}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            });
            names.unwrap_or_default()
        };
        let places = match rule.left_out() {
            Some(why) => format!("left out: {why}"),
            None => code(decided.get(&rule)),
        };
        let arrangement = if rule.in_arrangements() { " A" } else { "" };
        let (name, says, law, tests) =
            (rule.name(), rule.says(), rule.law(), code(shown.get(&rule)));
        let column = column(rule);
        let _ = writeln!(
            out,
            "| {name} | {says} | {law} | {kind}{arrangement} |{column} {places} | {tests} |"
        );
    }
    out
}

#[test]
fn every_row_has_code_and_a_test_or_a_reason_for_having_none() {
    let (decided, shown) = (decided(), shown());
    let mut lacking = Vec::new();
    for rule in Rule::all().filter(|r| r.left_out().is_none()) {
        match (decided.contains_key(&rule), shown.contains_key(&rule)) {
            (true, true) => {}
            (code, test) => lacking.push(format!("{} (code: {code}, test: {test})", rule.name())),
        }
    }
    assert!(
        lacking.is_empty(),
        "rows without code or a test: {}",
        lacking.join(", ")
    );
    let both = Rule::all().filter(|r| r.left_out().is_some() && decided.contains_key(r));
    assert_eq!(
        both.count(),
        0,
        "a row is left out and decided all the same"
    );
}

#[test]
fn the_pages_are_what_the_code_says() {
    for (name, page) in pages() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        if std::env::var_os("TRAVAUX_WRITE").is_some() {
            fs::write(&path, &page).expect("it is written");
        }
        let same = fs::read_to_string(&path).is_ok_and(|text| text == page);
        assert!(
            same,
            "{name} is not what the code says: run it again with TRAVAUX_WRITE=1"
        );
    }
}

#[test]
fn every_command_of_the_framework_page_gives_an_event_and_stands_on_it_once() {
    let types: Vec<_> = Event::types().collect();
    let page = framework();
    for deed in Event::deeds() {
        assert!(types.contains(&deed.event), "{} is no event", deed.event);
        let told = format!("{} -> `{}`", deed.act, deed.event);
        assert_eq!(page.matches(&told).count(), 1, "{told}");
    }
    assert!(Event::deeds().count() > 20);
}

#[test]
fn every_list_is_in_the_registry_and_no_name_stands_twice() {
    let gathered: Vec<_> = Rule::all().map(|r| r.name().to_owned()).collect();
    let (mut in_lists, mut in_registry) = (listed(), gathered.clone());
    in_lists.sort_unstable();
    in_registry.sort_unstable();
    assert_eq!(in_registry, in_lists, "law/registry.rs gathers the lists");
    in_registry.dedup();
    assert_eq!(in_registry.len(), gathered.len(), "a name stands twice");
    for rule in Rule::all() {
        assert_eq!(rule.name().parse(), Ok(rule));
        let json = serde_json::to_string(&rule).expect("it serialises");
        assert_eq!(json, format!("\"{}\"", rule.name()));
        assert_eq!(
            serde_json::from_str::<Rule>(&json).expect("it reads back"),
            rule
        );
    }
    let unknown = serde_json::from_str::<Rule>("\"Z9\"").expect_err("there is no such row");
    assert!(
        unknown.to_string().contains("`Z9` is no row of the table"),
        "{unknown}"
    );
}

#[test]
fn a_row_that_was_split_names_the_row_that_records_of_before_cite() {
    for rule in Rule::all() {
        for was in rule.was() {
            let was: Rule = was.parse().expect("a row that can still be read");
            assert!(
                was != rule && was.machine() == rule.machine(),
                "{rule} was {was}"
            );
        }
    }
    let split = LegalBasis::of(Rule::FW4);
    let by = |basis: LegalBasis| basis.by("Article 1");
    for (recorded, agrees) in [
        (LegalBasis::of(Rule::FW4), true),
        (LegalBasis::of(Rule::FW1), true),
        (LegalBasis::of(Rule::FW2), false),
        (LegalBasis::of(Rule::PK1), false),
        (by(LegalBasis::of(Rule::FW1)), false),
    ] {
        assert_eq!(split.may_be_recorded_as(&recorded), agrees, "{recorded}");
    }
    // The row that is left is not what was split off it.
    assert!(!LegalBasis::of(Rule::FW1).may_be_recorded_as(&split));
}
