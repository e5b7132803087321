//! A proposal as a file.

use serde_json::{Value, json};
use travaux::domain::{Profile, agreement::Proposal};
use travaux_import::{
    InputError,
    scenario::{Manifest, read_profile},
};

fn manifest() -> Value {
    json!({
        "title": "Mobilité",
        "kind": "arrangement",
        "profile": "arrangement",
        "parties": [{"id": "FR", "name": "France"}, {"id": "MA", "name": "Maroc"}],
        "languages": ["fr"],
        "texts": {"fr": "texte.fr.md"},
    })
}

/// The files beside it.
fn file(name: &str) -> Result<String, InputError> {
    match name {
        "texte.fr.md" => Ok("Les Parties coopèrent.\n".to_owned()),
        "broken.json" => Ok("{".to_owned()),
        _ => Err(InputError::Missing {
            name: name.to_owned(),
            beside: None,
        }),
    }
}

fn proposal(manifest: Value) -> Result<Proposal, String> {
    let manifest: Manifest = serde_json::from_value(manifest).map_err(|e| e.to_string())?;
    manifest
        .proposal(&file, None, None)
        .map_err(|e: InputError| e.to_string())
}

#[test]
fn a_manifest_gives_a_proposal_with_its_texts() {
    let proposal = proposal(manifest()).expect("it is of the form");
    assert_eq!(proposal.profile, Profile::arrangement());
    let texts: Vec<_> = proposal.texts.values().map(String::as_str).collect();
    assert_eq!(texts, ["Les Parties coopèrent.\n"]);
    let names: Vec<_> = proposal.parties.iter().map(|p| &*p.name).collect();
    assert_eq!(names, ["France", "Maroc"]);
}

#[test]
fn what_cannot_be_used_is_named() {
    let with = |field: &str, value: Value| {
        let mut manifest = manifest();
        manifest[field] = value;
        manifest
    };
    for (manifest, says) in [
        (with("profil", "treaty".into()), "profil"),
        (with("languages", json!(["not a tag"])), "not a tag"),
        (
            with("handle", "decade".into()),
            "`decade` is no handle: expected 2 to 23 letters",
        ),
        (
            with("profile", "pact".into()),
            "there is no rule profile `pact`: expected one of ",
        ),
        (
            with("profile", "broken.json".into()),
            "broken.json, line 1: the file ends too early",
        ),
        (
            with("profile", "gone.json".into()),
            "there is no file `gone.json`",
        ),
        (
            with("texts", json!({"fr": "gone.md"})),
            "there is no file `gone.md`",
        ),
    ] {
        let error = proposal(manifest).expect_err("it cannot be used");
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn every_known_profile_can_be_named() {
    for profile in Profile::all() {
        let mut manifest = manifest();
        manifest["profile"] = profile.name.clone().into();
        assert_eq!(proposal(manifest).expect("it is known").profile, profile);
    }
}

#[test]
fn a_file_that_describes_no_profile_is_refused_by_name() {
    let error = read_profile("ours.json", "[]").expect_err("it is none");
    assert!(
        error
            .to_string()
            .starts_with("ours.json, line 1: expected an object with `name`"),
        "{error}"
    );
}
