//! The table of steps: each of the 428 rows of SDMX, made alike, is one line of ours; and each line
//! of ours is one that a row has.

use std::{collections::BTreeSet, fs};

use serde_json::Value;
use travaux::domain::{
    indicator::{Doing, Needed, lines, needed},
    version::Step,
};
use travaux_testkit::needs::{self, Run};

/// A change in words, in the words of our table: what is done, and to what.
fn alike(artefact: &str, section: &str, action: &str) -> (Doing, String) {
    // Errors of spelling, and articles, are no words.
    let mut text = action.replace('\u{2019}', "'");
    for (wrong, right) in [
        ("RemoveMetadataAttribute", "Remove MetadataAttribute"),
        ("aMetdataStructrue", "a MetadataStructure"),
        ("MetdataStructrue", "MetadataStructure"),
        ("Modify Modify", "Modify"),
        ("Modify Concept: Modify", "Modify a Concept's"),
        ("Concept's Modify", "Concept's"),
        ("Modify add a Computation's", "Add a Computation's"),
        ("Modify remove a Computation's", "Remove a Computation's"),
        ("Adding", "Add"),
        ("Removing", "Remove"),
        ("Changing", "Change"),
        ("EnumerationFromat", "EnumerationFormat"),
    ] {
        text = text.replace(wrong, right);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // `Modify Concept: Modify CoreRepresentation: Remove …` removes.
    let done = text.rsplit(": ").next().unwrap_or(&text);
    let doing = match done.split(' ').next() {
        Some("Add") => Doing::Add,
        Some("Remove") => Doing::Remove,
        _ => Doing::Change,
    };
    (doing, part(artefact, section, &text).to_owned())
}

/// Things with keys in a list, as each kind of list calls them.
const ITEMS: [&str; 9] = [
    "Category",
    "ReportingCategory",
    "Code",
    "Concept",
    "ValueItem",
    "GeoGridCode",
    "GeoFeatureSetCode",
    "HierarchicalCode",
    "ProcessStep",
];

/// The part that is changed, in the words of our table; what it does not name is told as it is.
fn part<'t>(artefact: &str, section: &str, text: &'t str) -> &'t str {
    let has = |words: &str| text.contains(words);
    let ends = |words: &str| text.ends_with(words);
    let of_item = ITEMS.iter().any(|item| {
        let words: Vec<_> = text.split([' ', '\'']).collect();
        words.contains(item)
    });
    if artefact.starts_with("General") {
        return match text {
            "Change version" => "own version",
            "Change Name" => "name",
            "Change Description" => "description",
            "Change URI" => "uri",
            "Change Link" => "link",
            _ => "validity",
        };
    }
    match artefact {
        "DataConstraint" | "MetadataConstraint" if ends("ConstraintAttachment") => "attachment",
        "CategorySchemeMap"
        | "ConceptSchemeMap"
        | "OrganisationSchemeMap"
        | "ReportingTaxonomyMap" => match text {
            "Modify Source" => "source",
            "Modify Target" => "target",
            _ => text,
        },
        "StructureMap" => match text {
            "Modify the Source" => "source",
            "Modify the Target" => "target",
            _ if ends("RepresentationMap reference") => "representation map",
            _ => text,
        },
        "RepresentationMap" => match () {
            () if ends("SourceCodelist being referenced") => "source codelist",
            () if ends("TargetCodelist being referenced") => "target codelist",
            () if has("the order of the") => "field order",
            () if has("Datatype") => "field type",
            () if ends("field") => "field",
            () => text,
        },
        "Dataflow" if ends("a DimensionConstraint") && has(" Dimension ") => {
            "dimension in a constraint"
        }
        "ProvisionAgreement" | "MetadataProvisionAgreement" => match () {
            () if has("Provider reference") => "provider",
            () if has("flow reference") => "flow",
            () => text,
        },
        "Metadataflow" if text == "Add a Target" => "target",
        "Metadataset" => match () {
            () if has("Switch between") => "flow or agreement",
            () if ends("Metadataflow reference") => "flow",
            () if ends("Agreement reference") => "agreement",
            () => text,
        },
        "MetadataStructure" => match () {
            () if ends("minOccurs = 0") => "optional attribute",
            () if has("Decrease") && ends("minOccures") => "fewer at least",
            () if has("Increase") && ends("maxOccures") => "more at most",
            () if has("EnumerationFormat") => "enumeration format",
            () if ends("ConceptIdentity") => "concept identity",
            () if has("Codelist reference") => "enumeration reference",
            () => text,
        },
        "DataStructure" => of_data(section, text),
        "Hierarchy" if ends("HierarchicalCode's reference") => "item reference",
        "Hierarchy" if ends("Level's id") => "level id",
        "Hierarchy" if matches!(text, "Add a Level" | "Remove a Level") => "level",
        "Process" if ends("LocalID") => "local id",
        // What goes into a step or comes out of it is no step.
        "Process" if has(" to a ProcessStep") || has(" from a ProcessStep") => text,
        "ReportingTaxonomy" if has("Switch") => "kind of reference",
        "ReportingTaxonomy" if has("Metadata reference") => "reference",
        _ if has("CodelistExtension") => match () {
            () if ends("prefix") => "extension prefix",
            () if ends("Reference") => "extension reference",
            () if ends("selection") => "extension selection",
            () => "extension",
        },
        "GeoGridCodelist" | "GeographicCodelist" if has("GridDefinition") => "grid",
        "GeoGridCodelist" | "GeographicCodelist" if ends("GeoCell") || ends("Value") => {
            "item place on a map"
        }
        "ConceptScheme" if has("from TextFormat to Enumeration") => "text to enumeration",
        "ConceptScheme" if has("from Enumeration to TextFormat") => "enumeration to text",
        "ConceptScheme" if has("codelist reference") => "enumeration reference",
        "ConceptScheme" if has("EnumerationFormat") => "enumeration format",
        "ConceptScheme" if has("ISOConceptReference") => "iso reference",
        "ConceptScheme" if has("Parent") => "item parent",
        _ if ends("Link's Description") => "link description",
        _ if has("Link ") && of_item => "item link",
        _ if has("different parent") => "item parent",
        _ if has("same parent") => "item place",
        _ if of_item && (has("Name to") || has("Name from") || ends("Name")) => "item name",
        _ if of_item && has("Description") => "item description",
        _ if of_item && text.to_lowercase().ends_with("'s id") => "item id",
        _ if ITEMS.iter().any(|item| ends(&format!(" {item}"))) => "item",
        _ => text,
    }
}

/// The parts of structures of data.
fn of_data<'t>(section: &str, text: &'t str) -> &'t str {
    let has = |words: &str| text.contains(words);
    match () {
        () if has("evolvingStructure from True") => "evolving to fixed",
        () if has("evolvingStructure from False") => "fixed to evolving",
        () if has("ConceptIdentity") => "concept identity",
        () if text == "LocalRepresentation-related actions" => "representation",
        () if text == "ConceptRole-related actions" => "role",
        () if has("ConceptRole reference") => "role reference",
        () if has("ConceptRole") => "role",
        () if has("Group's id") => "group id",
        () if has("Group's URN") => "group urn",
        () if has("GroupDimension") => "group dimension",
        () if has("from TextFormat to Enumeration") => "text to enumeration",
        () if has("from Enumeration to TextFormat") => "enumeration to text",
        () if has("EnumerationFormat") => "enumeration format",
        () if has("Enumeration reference") => "enumeration reference",
        () if has("TextFormat") => "text format",
        () if section.starts_with("LocalRepresentation") => "representation",
        () if has("MetadataStructure reference where") && has("are used") => {
            "metadata structure in use"
        }
        () if has("MetadataStructure reference") => "metadata structure",
        () if has("MetadataAttributeReference") => "metadata attribute reference",
        () if has("AttributeRelationship") => "attribute relationship",
        () if has("MeasureRelationship") => "measure relationship",
        () if has("Attribute's ID") => "attribute id",
        () if has("Dimension's ID") => "dimension id",
        () if has("Position") => "dimension place",
        () if has("Dimension") => "dimension",
        () if has("optional MetadataAttribute") => "optional metadata attribute",
        () if has("mandatory MetadataAttribute") => "mandatory metadata attribute",
        () if has("MetadataAttribute") => "metadata attribute",
        () if has("Measure's UsageType from optional") => "measure optional to mandatory",
        () if has("Measure's UsageType from mandatory") => "measure mandatory to optional",
        () if has("Attribute's UsageType from optional") => "attribute optional to mandatory",
        () if has("Attribute's UsageType from mandatory") => "attribute mandatory to optional",
        () if has("optional Measure") => "optional measure",
        () if has("mandatory Measure") => "mandatory measure",
        () if has("optional Attribute") => "optional attribute",
        () if has("mandatory Attribute") => "mandatory attribute",
        () if has("Measure") => "measure",
        () if has("Attribute") => "attribute",
        () => text,
    }
}

pub(super) fn st2_each_of_the_428_changes_takes_the_step_of_the_table() -> Run {
    let path = needs::corpus("framework/sdmx-semver-rules.json")?;
    let text = fs::read_to_string(path).expect("the table");
    let rows: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    assert_eq!(rows.len(), 428);
    let mut wrong = Vec::new();
    let mut hit = BTreeSet::new();
    for row in &rows {
        let of = |field: &str| row[field].as_str().expect("text");
        let (artefact, action) = (of("artefact"), of("action"));
        let (doing, what) = alike(artefact, of("section"), action);
        let expected = match of("minimum") {
            "Patch" => Needed::Step(Step::Patch),
            "Minor" => Needed::Step(Step::Minor),
            "Major" => Needed::Step(Step::Major),
            "Depends" => Needed::Depends,
            "N/A" => Needed::Never,
            other => panic!("no step: {other}"),
        };
        let found = needed(artefact, doing, &what);
        if found != Some(expected) {
            wrong.push(format!(
                "{artefact}: {action} ({what}): {expected:?}, found {found:?}"
            ));
        }
        let line = lines().position(|(of, done, parts, _)| {
            let kind = of == "*" || of.split(' ').any(|of| of == artefact);
            let part = parts == ["*"] || parts.contains(&what.as_str());
            kind && part && done.is_none_or(|done| done == doing)
        });
        hit.extend(line);
    }
    assert!(
        wrong.is_empty(),
        "{} of 428:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let unused: Vec<_> = lines()
        .enumerate()
        .filter(|(at, _)| !hit.contains(at))
        .collect();
    assert!(
        unused.is_empty(),
        "no row of the table has these: {unused:?}"
    );
    Ok(())
}
