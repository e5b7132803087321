//! The layering: who may depend on whom.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// The table of `crates/README.md`. A new edge is a decision: it changes this table and that one.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("travaux-digest", &[]),
    ("travaux-text", &["travaux-digest"]),
    ("travaux-ledger", &[]),
    ("travaux-store", &["travaux-digest"]),
    ("travaux-domain", &["travaux-text"]),
    ("travaux-projections", &["travaux-domain", "travaux-text"]),
    ("travaux-store-sled", &["travaux-ledger", "travaux-store"]),
    (
        "travaux",
        &[
            "travaux-domain",
            "travaux-ledger",
            "travaux-projections",
            "travaux-store",
            "travaux-text",
        ],
    ),
    ("travaux-import", &["travaux", "travaux-text"]),
    (
        "travaux-cli",
        &[
            "travaux",
            "travaux-import",
            "travaux-ledger",
            "travaux-store",
            "travaux-store-sled",
            "travaux-text",
        ],
    ),
    (
        "travaux-testkit",
        &["travaux", "travaux-domain", "travaux-store", "travaux-text"],
    ),
];

/// For tests only: nothing that is shipped may depend on it.
const DEV_ONLY: &str = "travaux-testkit";

/// What the pure crates may use from outside. No I/O, no clock, no randomness, no async. `postcard` and `serde_json` are formats of
/// states in memory.
const PURE: &[&str] = &[
    "travaux-digest",
    "travaux-ledger",
    "travaux-text",
    "travaux-domain",
    "travaux-projections",
];
const PURE_MAY_USE: &[&str] = &[
    "base64",
    "chrono",
    // Zones by name: a table that is compiled in.
    "chrono-tz",
    "ed25519-dalek",
    "imara-diff",
    "postcard",
    "serde",
    "serde_json",
    "sha2",
    "simdutf8",
    "smol_str",
    "thiserror",
    "unicode-normalization",
    "unicode-segmentation",
    "uuid",
];

fn edges() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new()
        .no_deps()
        .other_options(vec!["--offline".into()])
        .exec()
        .expect("cargo metadata");
    let normal = |p: &cargo_metadata::Package| {
        let kept = p
            .dependencies
            .iter()
            .filter(|d| d.kind == DependencyKind::Normal);
        kept.map(|d| d.name.clone()).collect::<BTreeSet<_>>()
    };
    metadata
        .packages
        .iter()
        .map(|p| (p.name.to_string(), normal(p)))
        .collect()
}

#[test]
fn dependencies_point_down_only() {
    let edges = edges();
    for (name, allowed) in MAY_DEPEND_ON {
        let own: Vec<_> = edges[*name]
            .iter()
            .filter(|d| d.starts_with("travaux"))
            .collect();
        for edge in own {
            assert!(
                allowed.contains(&edge.as_str()),
                "{name} must not depend on {edge}: the table of crates/README.md lacks it"
            );
        }
    }
    let tabled: BTreeSet<_> = MAY_DEPEND_ON.iter().map(|(name, _)| *name).collect();
    for name in edges
        .keys()
        .filter(|n| !matches!(n.as_str(), "travaux-tests" | "travaux-examples" | "xtask"))
    {
        assert!(tabled.contains(name.as_str()), "{name} is not in the table");
    }
}

#[test]
fn nothing_that_is_shipped_depends_on_the_testkit() {
    for (name, edges) in edges() {
        let may = name == "travaux-tests";
        assert!(may || !edges.contains(DEV_ONLY), "{name} ships {DEV_ONLY}");
    }
}

#[test]
fn pure_crates_use_nothing_that_touches_the_world() {
    let edges = edges();
    for name in PURE {
        for edge in edges[*name].iter().filter(|d| !d.starts_with("travaux")) {
            assert!(
                PURE_MAY_USE.contains(&edge.as_str()),
                "{name} must not use {edge}"
            );
        }
    }
}

#[test]
fn no_sled_type_leaves_its_crate() {
    for (name, edges) in edges() {
        // The tests show what sled alone loses when the power is cut.
        let may = ["travaux-store-sled", "travaux-tests"].contains(&name.as_str());
        assert!(!edges.contains("sled") || may, "{name} names sled");
    }
}

/// The ban list of a pure crate: what its `clippy.toml` holds.
fn ban_list(name: &str) -> String {
    let file = format!(
        "{}/../crates/{name}/clippy.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{file}: {e}"))
}

#[test]
fn every_pure_crate_has_the_whole_ban_list() {
    let list = ban_list(PURE[0]);
    for name in PURE {
        assert_eq!(ban_list(name), list, "{name}: there is one list for all");
    }
    let banned = [
        ("files", "std::fs::File"),
        ("files", "std::fs::read"),
        ("files", "std::fs::write"),
        ("environment", "std::env::var"),
        ("environment", "std::env::current_dir"),
        ("network", "std::net::TcpStream"),
        ("processes", "std::process::Command"),
        ("processes", "std::process::exit"),
        ("threads", "std::thread::spawn"),
        ("threads that sleep", "std::thread::sleep"),
        ("clocks", "std::time::SystemTime::now"),
        ("clocks", "std::time::Instant::now"),
        ("clocks", "chrono::Utc::now"),
        ("random ids", "uuid::Uuid::new_v4"),
        ("random ids", "uuid::Uuid::now_v7"),
        ("random bytes", "getrandom::fill"),
    ];
    for (what, path) in banned {
        let entry = format!("{{ path = \"{path}\", reason = ");
        assert!(list.contains(&entry), "{what}: {path} is not on the list");
    }
}

#[test]
fn no_pure_crate_sets_its_ban_list_aside() {
    let mut folders: Vec<_> = PURE
        .iter()
        .map(|name| format!("{}/../crates/{name}/src", env!("CARGO_MANIFEST_DIR")).into())
        .collect();
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        let folder: std::path::PathBuf = folder;
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a file");
            read += 1;
            assert!(!text.contains("clippy::disallowed_"), "{}", path.display());
        }
    }
    assert!(read > 50, "{read} files were read");
}
