//! What the public signatures of the library crates show: no foreign type but those that a table allows, and no error that is a string.
//!
//! Read off rustdoc's JSON. Its switch is for nightly compilers, so a small script sets `RUSTC_BOOTSTRAP` for rustdoc alone: what cargo
//! has compiled stays good.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

/// The crates from outside whose types each crate may show, beside the standard library and this workspace. A new one is a decision:
/// whoever embeds the crate has it too. Never git2, sled, event-listener or clap.
const MAY_SHOW: &[(&str, &[&str])] = &[
    ("travaux-digest", &["serde_core", "thiserror"]),
    ("travaux-text", &["serde_core", "thiserror"]),
    ("travaux-ledger", &["ed25519_dalek", "thiserror"]),
    (
        "travaux-store",
        &["chrono", "serde_core", "serde_json", "thiserror", "uuid"],
    ),
    (
        "travaux-domain",
        &["chrono", "serde_core", "thiserror", "uuid"],
    ),
    (
        "travaux-projections",
        &["chrono", "serde_core", "thiserror"],
    ),
    ("travaux-store-sled", &["chrono", "thiserror", "uuid"]),
    (
        "travaux",
        &[
            "chrono",
            "futures_core",
            "serde_core",
            "serde_json",
            "thiserror",
            "uuid",
        ],
    ),
    (
        "travaux-import",
        &["chrono", "serde_core", "serde_json", "thiserror"],
    ),
];

/// What an item shows.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shown {
    /// Crates from outside, each with the items that show it.
    crates: BTreeMap<String, BTreeSet<String>>,
    /// Items with an error that is a string.
    strings: BTreeSet<String>,
}

/// Reads what the documentation of one crate shows.
fn shown(doc: &Value) -> Shown {
    let mut shown = Shown::default();
    let items = doc["index"].as_object().expect("an index").values();
    for item in items.filter(|item| item["crate_id"] == 0) {
        let impls = &item["inner"]["impl"];
        // What foreign crates or the compiler provide for every type is nobody's decision here.
        if impls["is_synthetic"] == true || !impls["blanket_impl"].is_null() {
            continue;
        }
        let line = &item["span"]["begin"][0];
        let file = item["span"]["filename"].as_str().unwrap_or_default();
        let name = item["name"].as_str().unwrap_or("impl");
        look(
            doc,
            &item["inner"],
            &format!("{name} ({file}:{line})"),
            &mut shown,
        );
    }
    shown
}

/// Looks for paths to types and traits in `value`, a part of `item`.
fn look(doc: &Value, value: &Value, item: &str, shown: &mut Shown) {
    match value {
        Value::Array(values) => values.iter().for_each(|v| look(doc, v, item, shown)),
        Value::Object(fields) => {
            if let (Some(id), true) = (fields.get("id"), fields.contains_key("path")) {
                let of = &doc["paths"][id.to_string()]["crate_id"];
                let name = &doc["external_crates"][of.to_string()]["name"];
                if let Some(name) = name.as_str() {
                    let items = shown.crates.entry(name.to_owned()).or_default();
                    items.insert(item.to_owned());
                }
                if fields["path"]
                    .as_str()
                    .is_some_and(|p| p.ends_with("Result"))
                    && fields["args"]["angle_bracketed"]["args"][1]["type"]["resolved_path"]["path"]
                        == "String"
                {
                    shown.strings.insert(item.to_owned());
                }
            }
            fields.values().for_each(|v| look(doc, v, item, shown));
        }
        _ => {}
    }
}

/// The documentation of a library crate.
fn document(name: &str, rustdoc: &Path) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    let args = ["rustdoc", "-q", "--offline", "--lib", "-p", name, "--"];
    let done = Command::new(env!("CARGO"))
        .args(args)
        .args(["-Z", "unstable-options", "--output-format", "json"])
        .current_dir(&root)
        .env("RUSTDOC", rustdoc)
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{name}: {said}");
    let file = target.join(format!("doc/{}.json", name.replace('-', "_")));
    let json = fs::read(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    serde_json::from_slice(&json).expect("rustdoc writes JSON")
}

#[test]
fn public_signatures_show_only_what_the_table_allows() {
    let folder = tempfile::tempdir().expect("a folder");
    let rustdoc = folder.path().join("rustdoc");
    let script = "#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec rustdoc \"$@\"\n";
    fs::write(&rustdoc, script).expect("it is written");
    fs::set_permissions(&rustdoc, fs::Permissions::from_mode(0o755)).expect("it can be run");
    let mut wrong = Vec::new();
    for (name, may) in MAY_SHOW {
        let shown = shown(&document(name, &rustdoc));
        for (foreign, items) in &shown.crates {
            let own = foreign.starts_with("travaux");
            let std = ["std", "core", "alloc"].contains(&foreign.as_str());
            if !own && !std && !may.contains(&foreign.as_str()) {
                let items: Vec<_> = items.iter().take(4).collect();
                wrong.push(format!("{name} shows {foreign}: {items:?}"));
            }
        }
        if !shown.strings.is_empty() {
            wrong.push(format!("{name}: an error is a string: {:?}", shown.strings));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_foreign_type_and_a_string_for_an_error_are_seen() {
    let path = |id: u32, path: &str, args: Value| json!({ "resolved_path": { "id": id, "path": path, "args": args } });
    let of = |args: Vec<Value>| {
        let args: Vec<_> = args.into_iter().map(|a| json!({ "type": a })).collect();
        json!({ "angle_bracketed": { "args": args } })
    };
    let leak = path(1, "Oid", Value::Null);
    let text = path(2, "String", Value::Null);
    let function = |name: &str, output: Value| {
        json!({
            "crate_id": 0, "name": name, "span": { "filename": "a.rs", "begin": [7, 1] },
            "inner": { "function": { "sig": { "inputs": [], "output": output } } },
        })
    };
    let mut blanket = function("every", leak.clone());
    blanket["inner"] = json!({ "impl": { "blanket_impl": {}, "trait": leak["resolved_path"] } });
    let doc = json!({
        "index": {
            "10": function("named", path(3, "Option", of(vec![leak.clone()]))),
            "11": function("failing", path(3, "Result", of(vec![leak.clone(), text.clone()]))),
            "12": function("sound", path(3, "Result", of(vec![text, path(4, "Own", Value::Null)]))),
            "13": blanket,
        },
        "paths": { "1": { "crate_id": 5 }, "2": { "crate_id": 6 }, "3": { "crate_id": 6 }, "4": { "crate_id": 0 } },
        "external_crates": { "5": { "name": "git2" }, "6": { "name": "std" } },
    });
    let seen = shown(&doc);
    let items = |names: &[&str]| names.iter().map(|n| format!("{n} (a.rs:7)")).collect();
    assert_eq!(seen.crates["git2"], items(&["failing", "named"]));
    assert_eq!(seen.strings, items(&["failing"]));
}
