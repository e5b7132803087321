//! What an import of many documents takes in memory. In a program of its own, as the allocator counts
//! for all of it.

use std::{fmt::Write as _, path::Path, sync::Arc};

use peak_alloc::PeakAlloc;
use travaux::{Ports, blocking::Engine, domain::AgreementId};
use travaux_import::{SourceHistory, import, read_lines};
use travaux_store_sled::{FileSnapshots, SledStore};

/// What is beside the budget, whatever the log holds: sled's tables (6.3 MB a store), what it has read
/// of the catalogue, and what is at work: texts, a block that is read or written, zstd's contexts.
const FIXED: usize = 16 << 20;
/// What the views keep of an agreement of this kind: since the register knows which revisions make up
/// a text, some 100 bytes more for each of them.
const KEPT: usize = 2_000;
/// The same while they are saved, as others go on meanwhile with a copy.
const AT_WORK: usize = 4_000;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How often each document is revised, its first text included.
const REVISIONS: usize = 3;

/// A history of so many documents, each of some 6 KB in ten articles.
fn source(documents: usize) -> SourceHistory {
    let mut lines = String::new();
    for revision in 0..REVISIONS {
        for document in 0..documents {
            let mut text = String::new();
            for article in 1..=10 {
                let words = "Les Parties échangent leurs expériences. ".repeat(14);
                let said = if article == 1 { revision } else { 0 };
                write!(
                    text,
                    "## Article {article}\\n\\n{document}, {said}: {words}\\n\\n"
                )
                .expect("a string takes it");
            }
            let op = if revision == 0 { 'A' } else { 'M' };
            writeln!(
                lines,
                r#"{{"commit":"{revision}-{document}","author_date":"2024-01-01T00:00:00Z","commit_date":"2024-01-01T00:00:00Z","subject":"s","path":"{document}.md","op":"{op}","text":"{text}"}}"#
            )
            .expect("a string takes it");
        }
    }
    read_lines(lines.as_bytes(), Path::new("documents.jsonl")).expect("a history")
}

/// The most that `work` takes at any time beyond what was there before, in bytes.
fn peak<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let done = work();
    (MEMORY.peak_usage().saturating_sub(before), done)
}

/// What an engine took in memory, in bytes.
#[derive(Debug)]
struct Taken {
    /// At most, from its opening until all documents were imported.
    import: usize,
    /// At most, until each was then asked for with the custody of its words.
    questions: usize,
    /// What the engine says that it keeps at the end, views included.
    held: usize,
    views: usize,
}

fn take(documents: usize, budget: usize) -> Taken {
    let source = source(documents);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("store");
    let before = MEMORY.current_usage();
    let (import, engine) = peak(|| {
        let store = SledStore::open(&path).expect("the store opens");
        let snapshots = FileSnapshots::new(path.join("projections"));
        let engine = Engine::open(Arc::new(store), Arc::new(snapshots), Ports::system())
            .expect("the engine opens")
            .with_memory_budget(budget);
        let report = import(&engine, &source, &()).expect("it is imported");
        assert_eq!(report.documents, documents as u64);
        engine
    });
    MEMORY.reset_peak_usage();
    let ids: Vec<AgreementId> = {
        let register = engine.register().expect("a register");
        register.agreements.keys().copied().collect()
    };
    assert_eq!(ids.len(), documents);
    for id in &ids {
        let record = engine.record_with_custody(*id).expect("it is there");
        assert_eq!(record.agreement.history.len() as usize, REVISIONS);
    }
    Taken {
        import,
        questions: MEMORY.peak_usage().saturating_sub(before),
        held: engine.memory_held(),
        views: engine.views().expect("views").heap_size(),
    }
}

/// Imports so many documents under a budget, and asks for all.
fn check(documents: usize, budget: usize) -> Taken {
    let taken = take(documents, budget);
    let most = budget + FIXED + AT_WORK * documents;
    assert!(taken.import <= most, "{documents} documents: {taken:?}");
    assert!(taken.views <= KEPT * documents, "{documents}: {taken:?}");
    // The views never go: where they are larger than the budget, nothing else is kept.
    let kept = budget.max(KEPT * documents);
    let most = kept + FIXED;
    assert!(taken.held <= kept, "{documents} documents: {taken:?}");
    assert!(taken.questions <= most, "{documents} documents: {taken:?}");
    taken
}

/// One test, as two at once would each count what the other takes.
#[test]
fn memory_grows_with_the_documents_by_what_the_views_keep_and_no_more() {
    // sled makes tables of its own (21.5 MB) once in a program.
    take(10, 0);
    // Few enough that their views and what the store may take fit the budget beside each other.
    let few = check(1_500, 4 << 20);
    let many = check(8_000, 4 << 20);
    let grown = many.questions.saturating_sub(few.questions);
    assert!(grown <= KEPT * 6_500, "{few:?}, {many:?}");
    let used = check(1_000, 16 << 20);
    assert!(used.held > 12 << 20, "the budget is used: {used:?}");
}
