//! The rules of a package. Until each guard had a row of its own, all were recorded under PK1.

crate::law::rules! { Package:
    PK1 Record 'A', "all revisions of a package or none",
        "a package is adopted as one";
    PK2 Record 'A', "all revisions of a package or none",
        "a package has one revision of each of its agreements",
        was: PK1;
    PK3 Record 'A', "negotiating practice",
        "a party accepts a package once, and may still reject it",
        was: PK1;
    PK4 Record 'A', "all revisions of a package or none",
        "a package that was adopted, rejected or withdrawn is closed",
        was: PK1;
    PK5 Record 'A', "negotiating practice",
        "a package is withdrawn by its proposer, with all its revisions, before it is adopted";
}
