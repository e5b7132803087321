//! Real histories, imported: every revision comes back byte for byte, and the record agrees with what others say of it.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
    process::ExitCode,
};

use chrono::NaiveDate;
use git2::Repository;
use travaux::{
    Verdict,
    domain::{AgreementId, Revision},
    projections::TextQuestion,
};
use travaux_import::{GitOptions, SourceHistory, export_git, import, read_git, read_jsonl};
use travaux_testkit::{
    needs::{self, LeftOut, Run, corpus},
    tests,
};
use travaux_tests::Store;

fn main() -> ExitCode {
    needs::main(tests![
        fr_codes,
        ca_bilingual_text,
        ca_bilingual_xml,
        json_lines_give_the_same_texts_as_git,
        a_stopped_import_goes_on,
        site_policy_with_its_proposals,
        custody_agrees_with_the_publisher,
    ])
}

/// Every revision that was imported from git is the blob that git has.
fn every_revision_is_the_blob(store: &Store, history: &SourceHistory) -> usize {
    let repository =
        Repository::open(history.objects.as_ref().expect("git has objects")).expect("it opens");
    let mut checked = 0;
    for id in store
        .engine
        .register()
        .expect("the register")
        .agreements
        .keys()
    {
        let record = store.engine.record(*id).expect("the record");
        for line in record.revisions() {
            let (source, path) = (line.source.expect("a source"), line.path.expect("a path"));
            let commit = repository
                .find_commit(source.parse().expect("an oid"))
                .expect("the commit");
            let entry = commit
                .tree()
                .expect("its tree")
                .get_path(Path::new(&path))
                .expect("the file");
            let blob = repository.find_blob(entry.id()).expect("the blob");
            let text = record
                .print(line.revision, record.default_language())
                .expect("the text");
            assert!(text.as_bytes() == blob.content(), "{path} at {source}");
            checked += 1;
        }
    }
    checked
}

fn clean(store: &Store) {
    let report = store.engine.audit(|_| {}).expect("the log is read");
    assert_eq!(report.verdict, Verdict::Clean, "{:?}", report.findings);
    assert_eq!(report.decided, report.events);
}

/// Imports a bundle and checks all that holds for any: bytes, also after a rebuild; audit; nothing new in a second run.
fn check_bundle(
    bundle: &str,
    options: &GitOptions,
) -> Result<(Store, SourceHistory, usize), LeftOut> {
    let source = corpus(bundle)?;
    let store = Store::fresh();
    let (history, report) = store.import_git(&source, options);
    // Files that are no text are refused by name and byte; everything else comes in.
    let refused: Vec<_> = report
        .refused
        .iter()
        .filter(|r| r.path != ".DS_Store" || r.offset.is_none())
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
    let checked = every_revision_is_the_blob(&store, &history);
    assert_eq!(checked as u64, report.revisions + report.proposals);
    clean(&store);

    let states = |store: &Store| {
        store
            .engine
            .views()
            .expect("views")
            .states()
            .expect("states")
    };
    let before = states(&store);
    store.engine.rebuild(|_| {}).expect("it is rebuilt");
    assert_eq!(states(&store), before, "a rebuild gives identical bytes");
    let store = store.reopen();
    assert_eq!(every_revision_is_the_blob(&store, &history), checked);

    let again = import(&store.engine, &history, &()).expect("it is imported again");
    assert_eq!(
        (again.revisions, again.proposals, again.new_documents),
        (0, 0, 0),
        "a second run adds nothing"
    );
    Ok((store, history, checked))
}

/// A linear history, exported, has the trees of its source, commit for commit.
fn export_gives_the_same_trees(store: &Store, history: &SourceHistory) {
    let folder = tempfile::tempdir().expect("a folder");
    let report = export_git(&store.engine, &folder.path().join("out")).expect("it is exported");
    assert_eq!(report.other_trees, Vec::<String>::new());
    assert_eq!(
        (report.commits, report.same_trees),
        (history.commits.len() as u64, history.commits.len() as u64)
    );
}

fn fr_codes() -> Run {
    let (store, history, revisions) = check_bundle("fr-codes.bundle", &GitOptions::default())?;
    assert_eq!(revisions, 675);
    export_gives_the_same_trees(&store, &history);
    as_of_answers_follow_the_dates_of_the_law(&store);
    Ok(())
}

/// One revision of Code civil is dated 2026-12-31, and stands before those of March 2026; the first is of 1803.
fn as_of_answers_follow_the_dates_of_the_law(store: &Store) {
    let register = store.engine.register().expect("the register");
    let (id, _) = register
        .agreements
        .iter()
        .find(|(_, e)| e.title == "Code civil")
        .expect("Code civil");
    let record = store.engine.record(*id).expect("the record");
    let on = |date: &str| {
        let on: NaiveDate = date.parse().expect("a date");
        let answer = record.text_in_force(TextQuestion { on, known_at: None });
        let text = record.print_answer(&answer, record.default_language());
        (
            answer
                .revision
                .and_then(|r| record.line(r))
                .and_then(|l| l.effective_from)
                .map(|d| d.to_string()),
            text,
        )
    };
    assert_eq!(
        on("1803-03-26"),
        (None, None),
        "before the first text there is none"
    );
    assert_eq!(on("1803-03-27").0.as_deref(), Some("1803-03-27"));
    assert_eq!(
        on("1850-01-01").0.map(|d| d.as_str() < "1850-01-01"),
        Some(true)
    );
    let (date, text) = on("2026-06-01");
    assert_eq!(
        date.as_deref(),
        Some("2026-04-03"),
        "the text of the day, not the one dated ahead"
    );
    assert!(!text.expect("a text").contains("Article 427-1"));
    let (date, text) = on("2027-01-01");
    assert_eq!(date.as_deref(), Some("2026-12-31"));
    assert!(text.expect("a text").contains("Article 427-1"));
}

fn ca_bilingual_text() -> Run {
    let options = GitOptions::default();
    let (store, history, revisions) = check_bundle("ca-bilingual-text.bundle", &options)?;
    assert_eq!(revisions, 329);
    export_gives_the_same_trees(&store, &history);
    Ok(())
}

fn ca_bilingual_xml() -> Run {
    let options = GitOptions::default();
    let (store, history, _) = check_bundle("ca-bilingual-xml.bundle", &options)?;
    export_gives_the_same_trees(&store, &history);
    Ok(())
}

fn json_lines_give_the_same_texts_as_git() -> Run {
    for name in ["ca-bilingual-text", "site-policy"] {
        let lines = corpus(&format!("{name}.versions.jsonl.zst"))?;
        let bundle = corpus(&format!("{name}.bundle"))?;
        let texts = |store: &Store| -> HashMap<(String, String), String> {
            let register = store.engine.register().expect("the register");
            let of = |id: &AgreementId| {
                let record = store.engine.record(*id).expect("the record");
                let lang = record.default_language();
                let line = |l: travaux::projections::RevisionLine| {
                    let text = record.print(l.revision, lang).expect("the text");
                    ((l.source.expect("a source"), l.path.expect("a path")), text)
                };
                record.revisions().into_iter().map(line).collect::<Vec<_>>()
            };
            register.agreements.keys().flat_map(of).collect()
        };
        let (from_lines, from_git) = (Store::fresh(), Store::fresh());
        let history = read_jsonl(&lines).expect("it is read");
        import(&from_lines.engine, &history, &()).expect("it is imported");
        from_git.import_git(&bundle, &GitOptions::default());
        let (lines, git) = (texts(&from_lines), texts(&from_git));
        assert_eq!(lines.len(), git.len(), "{name}");
        assert!(lines == git, "{name}: some texts differ");
        clean(&from_lines);
    }
    Ok(())
}

fn a_stopped_import_goes_on() -> Run {
    let source = corpus("ca-bilingual-text.bundle")?;
    let whole = read_git(&source, &GitOptions::default()).expect("it is read");
    let mut part = read_git(&source, &GitOptions::default()).expect("it is read");
    part.commits.truncate(50);
    for document in &mut part.documents {
        document.changes.retain(|c| c.place < 50);
    }
    part.documents.truncate(11);
    let store = Store::fresh();
    let first = import(&store.engine, &part, &()).expect("a part is imported");
    let store = store.reopen();
    let second = import(&store.engine, &whole, &()).expect("the rest is imported");
    assert_eq!(first.revisions + second.revisions, 329);
    assert!(first.revisions > 50 && second.known > 50);
    assert_eq!(every_revision_is_the_blob(&store, &whole), 329);
    clean(&store);
    export_gives_the_same_trees(&store, &whole);
    Ok(())
}

#[allow(clippy::print_stderr, reason = "the rates are reported")]
fn site_policy_with_its_proposals() -> Run {
    let options = GitOptions {
        proposals: Some("refs/pull/*/head".into()),
        ..GitOptions::default()
    };
    let (_, history, _) = check_bundle("site-policy.bundle", &options)?;
    // Followed through its renamings; 17 without. (`git log --follow` has 85, as it counts commits of branches too.)
    let corporate = history.documents.iter().filter(|d| {
        d.changes
            .last()
            .is_some_and(|c| c.path.ends_with("github-corporate-terms-of-service.md"))
    });
    assert_eq!(corporate.map(|d| d.changes.len()).max(), Some(50));

    let mut adopted: HashMap<String, bool> = HashMap::new();
    for proposal in history.documents.iter().flat_map(|d| &d.proposals) {
        adopted.insert(proposal.reference.clone(), proposal.adopted.is_some());
    }
    let oracle = corpus("site-policy.proposals.jsonl")?;
    let oracle = std::fs::read_to_string(oracle).expect("it is read");
    let (mut right, mut wrong) = (0, Vec::new());
    for line in oracle.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line");
        if line["nfiles"] == 0 || line["base"].is_null() {
            continue;
        }
        let reference = format!("refs/pull/{}/head", line["pr"]);
        let expected = line["outcome"]
            .as_str()
            .is_some_and(|o| o.starts_with("adopted") || o.starts_with("partly"));
        match adopted.get(&reference) {
            Some(found) if *found == expected => right += 1,
            found => wrong.push(format!("{reference}: {} but {found:?}", line["outcome"])),
        }
    }
    let total = right + wrong.len();
    eprintln!("proposals: {right} of {total} agree; {wrong:?}");
    assert!(right * 100 >= total * 95, "{right} of {total}");
    Ok(())
}

/// The publisher's own answer to "when did this clause change" (`ca-bilingual.oracle.jsonl.zst`).
#[allow(clippy::print_stderr, reason = "the rate is reported")]
fn custody_agrees_with_the_publisher() -> Run {
    let bundle = corpus("ca-bilingual-text.bundle")?;
    let oracle = corpus("ca-bilingual.oracle.jsonl.zst")?;
    let store = Store::fresh();
    let (history, _) = store.import_git(&bundle, &GitOptions::default());
    let decoder =
        zstd::Decoder::new(std::fs::File::open(oracle).expect("it opens")).expect("it is zstd");
    let events: Vec<serde_json::Value> = std::io::read_to_string(decoder)
        .expect("it is read")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line"))
        .collect();
    let (mut scored, mut wrong) = (0, Vec::new());
    let register = store.engine.register().expect("the register");
    for (id, entry) in &register.agreements {
        let path = entry.path.clone().expect("a path");
        let record = store.engine.record_with_custody(*id).expect("the record");
        let lang = record.default_language();
        let blame = record
            .blame(record.agreement.current(), lang)
            .expect("blame");
        let lines = record.revisions();
        for (commit, labels) in standing_clauses(&events, &path) {
            let commit = &history.commits[commit - 1].id;
            let Some(revision) = lines
                .iter()
                .find(|l| l.source.as_ref() == Some(commit))
                .map(|l| l.revision)
            else {
                continue;
            };
            if revision.0 < 2 {
                continue;
            }
            let texts = [revision.0 - 1, revision.0]
                .map(|r| record.print(Revision(r), lang).expect("a text"));
            let [before, then]: [HashSet<&str>; 2] =
                [0, 1].map(|at: usize| texts[at].lines().collect());
            for line in &blame {
                let label = line.text.split('\t').next().unwrap_or_default();
                let is_new = then.contains(&*line.text) && !before.contains(&*line.text);
                if is_new && labels.contains(label) {
                    scored += 1;
                    if line.custodian.source != Some(commit.as_str()) {
                        wrong.push(format!(
                            "{path}:{}: {:?}, expected {commit} — {}",
                            line.line, line.custodian, line.text
                        ));
                    }
                }
            }
        }
    }
    eprintln!(
        "custody: {} of {scored} agree with the publisher",
        scored - wrong.len()
    );
    assert!(scored > 0);
    assert!(
        wrong.is_empty(),
        "{}",
        wrong
            .iter()
            .take(20)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
    Ok(())
}

/// For each commit, by number, the labels of the clauses of a document that are new in it, still stand at the end, and are no
/// rows of tables.
fn standing_clauses(events: &[serde_json::Value], path: &str) -> Vec<(usize, HashSet<String>)> {
    let of_document = events.iter().flat_map(|line| {
        let rev = usize::try_from(line["rev"].as_u64().expect("a number")).expect("it fits");
        line["events"]
            .as_array()
            .expect("events")
            .iter()
            .filter(|e| e["doc"] == path)
            .map(move |e| (rev, e))
    });
    let mut standing: HashMap<(String, String), (usize, String)> = HashMap::new();
    for (rev, event) in of_document {
        for gone in event["gone"].as_array().expect("a list") {
            standing.remove(&(text(&gone[0]), text(&gone[1])));
        }
        for new in event["new"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|n| n["tag"] != "row")
        {
            standing.insert(
                (text(&new["fid"]), text(&new["id"])),
                (rev, text(&new["label"])),
            );
        }
    }
    let mut labels: BTreeMap<usize, HashSet<String>> = BTreeMap::new();
    for (rev, label) in standing.into_values() {
        labels.entry(rev).or_default().insert(label);
    }
    labels.into_iter().collect()
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
