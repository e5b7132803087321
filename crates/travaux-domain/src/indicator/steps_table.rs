//! The lines of the table of changes. A line with `*` in place of what is changed is of all that the
//! lines above do not name.

use super::steps::{
    Doing::{self, Add, Change, Remove},
    Needed::{self, Depends, Never},
};
use crate::version::Step;

const PATCH: Needed = Needed::Step(Step::Patch);
const MINOR: Needed = Needed::Step(Step::Minor);
const MAJOR: Needed = Needed::Step(Step::Major);

/// A line: of which kinds of thing, what is done to which parts, what it takes.
pub(super) struct Line {
    pub(super) of: &'static str,
    /// None: whatever is done.
    pub(super) doing: Option<Doing>,
    pub(super) what: &'static [&'static str],
    pub(super) needs: Needed,
}

const fn line(
    of: &'static str,
    doing: Doing,
    what: &'static [&'static str],
    needs: Needed,
) -> Line {
    let doing = Some(doing);
    Line {
        of,
        doing,
        what,
        needs,
    }
}

const fn any(of: &'static str, what: &'static [&'static str], needs: Needed) -> Line {
    Line {
        of,
        doing: None,
        what,
        needs,
    }
}

/// Schemes and lists of items.
const LISTS: &str = "CategoryScheme Codelist ConceptScheme GeoGridCodelist GeographicCodelist \
                     Hierarchy Process ReportingTaxonomy ValueList";
const CODELISTS: &str = "Codelist GeoGridCodelist GeographicCodelist";
const MAPS: &str = "CategorySchemeMap ConceptSchemeMap OrganisationSchemeMap ReportingTaxonomyMap";

pub(super) const TABLE: &[Line] = &[
    // Whatever it is of: names do not alter a meaning.
    line(
        "ConceptScheme",
        Change,
        &["item name", "concept identity"],
        Depends,
    ),
    any(
        "*",
        &["name", "description", "link", "uri", "validity"],
        PATCH,
    ),
    any(
        LISTS,
        &[
            "item name",
            "item description",
            "item link",
            "link description",
        ],
        PATCH,
    ),
    any("*", &["own version"], Depends),
    // Lists.
    line(LISTS, Add, &["item"], MINOR),
    line(LISTS, Remove, &["item"], MAJOR),
    line(LISTS, Change, &["item id", "item parent"], MAJOR),
    line(LISTS, Change, &["item place"], PATCH),
    line(CODELISTS, Add, &["extension"], MINOR),
    line(CODELISTS, Remove, &["extension"], MAJOR),
    line(CODELISTS, Change, &["extension prefix"], MAJOR),
    line(
        CODELISTS,
        Change,
        &["extension reference", "extension selection"],
        Depends,
    ),
    any(CODELISTS, &["item place on a map", "grid"], PATCH),
    // What concepts mean, and how their values are written down.
    any("ConceptScheme", &["item parent"], MAJOR),
    line("ConceptScheme", Add, &["iso reference"], MINOR),
    line("ConceptScheme", Remove, &["iso reference"], MAJOR),
    line("ConceptScheme", Change, &["iso reference"], MAJOR),
    line(
        "ConceptScheme DataStructure",
        Change,
        &[
            "text to enumeration",
            "enumeration to text",
            "text format",
            "enumeration format",
        ],
        MAJOR,
    ),
    line(
        "ConceptScheme DataStructure",
        Change,
        &["enumeration reference"],
        Depends,
    ),
    line(
        "ConceptScheme DataStructure MetadataStructure",
        Add,
        &["enumeration format"],
        MAJOR,
    ),
    line(
        "ConceptScheme DataStructure MetadataStructure",
        Remove,
        &["enumeration format"],
        MINOR,
    ),
    // Structures of data: dimensions, measures, attributes.
    line("DataStructure", Change, &["evolving to fixed"], MINOR),
    line("DataStructure", Change, &["fixed to evolving"], MAJOR),
    line("DataStructure", Add, &["dimension"], Depends),
    line("DataStructure", Remove, &["dimension"], MAJOR),
    line(
        "DataStructure",
        Change,
        &["dimension id", "dimension place"],
        MAJOR,
    ),
    line(
        "DataStructure",
        Change,
        &[
            "concept identity",
            "representation",
            "role",
            "role reference",
        ],
        Depends,
    ),
    line(
        "DataStructure",
        Add,
        &[
            "optional measure",
            "optional attribute",
            "optional metadata attribute",
        ],
        MINOR,
    ),
    line(
        "DataStructure",
        Add,
        &[
            "mandatory measure",
            "mandatory attribute",
            "mandatory metadata attribute",
        ],
        MAJOR,
    ),
    line(
        "DataStructure",
        Remove,
        &["measure", "attribute", "metadata attribute"],
        MAJOR,
    ),
    line(
        "DataStructure",
        Change,
        &[
            "measure optional to mandatory",
            "attribute optional to mandatory",
        ],
        MAJOR,
    ),
    line(
        "DataStructure",
        Change,
        &[
            "measure mandatory to optional",
            "attribute mandatory to optional",
        ],
        MINOR,
    ),
    line(
        "DataStructure",
        Change,
        &[
            "attribute id",
            "attribute relationship",
            "measure relationship",
            "metadata attribute reference",
        ],
        MAJOR,
    ),
    line("DataStructure", Add, &["metadata structure"], PATCH),
    line("DataStructure", Change, &["metadata structure"], Depends),
    line(
        "DataStructure",
        Remove,
        &["metadata structure in use"],
        MAJOR,
    ),
    line("DataStructure", Remove, &["metadata structure"], PATCH),
    line("DataStructure", Change, &["group id"], MAJOR),
    line("DataStructure", Change, &["group urn"], Never),
    any("DataStructure", &["group dimension"], MAJOR),
    line("DataStructure", Add, &["representation"], MAJOR),
    line("DataStructure", Remove, &["representation"], MAJOR),
    line("DataStructure", Add, &["role"], MINOR),
    line("DataStructure", Remove, &["role"], MINOR),
    // Flows and who provides them.
    any("Dataflow", &["dimension in a constraint"], MAJOR),
    any("Dataflow", &["*"], Depends),
    line(
        "ProvisionAgreement MetadataProvisionAgreement",
        Change,
        &["provider"],
        MAJOR,
    ),
    line(
        "ProvisionAgreement MetadataProvisionAgreement",
        Change,
        &["flow"],
        Depends,
    ),
    any("MetadataProvisionAgreement", &["*"], PATCH),
    any("DataConstraint MetadataConstraint", &["attachment"], PATCH),
    any("DataConstraint MetadataConstraint", &["*"], Depends),
    // Metadata.
    line("MetadataStructure", Add, &["optional attribute"], MINOR),
    line(
        "MetadataStructure",
        Change,
        &["fewer at least", "more at most"],
        MINOR,
    ),
    // Elsewhere it is major: this is as the table has it.
    line("MetadataStructure", Change, &["enumeration format"], MINOR),
    line(
        "MetadataStructure",
        Change,
        &["concept identity", "enumeration reference"],
        Depends,
    ),
    any("MetadataStructure", &["*"], MAJOR),
    line("Metadataflow", Add, &["target"], PATCH),
    any("Metadataflow", &["*"], Depends),
    line("Metadataset", Change, &["flow or agreement"], MAJOR),
    line("Metadataset", Change, &["flow", "agreement"], Depends),
    any("Metadataset", &["*"], PATCH),
    // Maps.
    line(MAPS, Change, &["source", "target"], Depends),
    any(MAPS, &["*"], PATCH),
    any("HierarchyAssociation", &["*"], PATCH),
    line(
        "StructureMap",
        Change,
        &["source", "target", "representation map"],
        Depends,
    ),
    any("StructureMap", &["*"], MINOR),
    line(
        "RepresentationMap",
        Change,
        &["source codelist", "target codelist"],
        Depends,
    ),
    any(
        "RepresentationMap",
        &["field", "field order", "field type"],
        MAJOR,
    ),
    any("RepresentationMap", &["*"], PATCH),
    // Hierarchies, processes, taxonomies.
    line("Hierarchy", Change, &["item reference", "level id"], MAJOR),
    line("Hierarchy", Add, &["level"], MINOR),
    line("Hierarchy", Remove, &["level"], MAJOR),
    any("Hierarchy", &["*"], PATCH),
    line("Process", Change, &["local id"], MAJOR),
    any("Process", &["*"], PATCH),
    line("ReportingTaxonomy", Add, &["reference"], MINOR),
    line("ReportingTaxonomy", Remove, &["reference"], MINOR),
    line("ReportingTaxonomy", Change, &["reference"], Depends),
    line("ReportingTaxonomy", Change, &["kind of reference"], MAJOR),
];
