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
        "a package is withdrawn by its proposer, with its own revisions in it, before it is adopted; \
         those of others are let go, each for its proposer to withdraw";
    FW9 Record 'A', "rules of the record; negotiating practice",
        "a round is opened by a party to the framework for agreements under it; a member is agreed \
         when all its parties accepted its revision, held by whom it concerns without undoing the \
         consent of others, and ready when all say so; a new revision wants all of it anew";
    FW10 Record 'A', "all revisions of a package or none",
        "a round is adopted when all its members are ready, all in one commit; a refusal names each \
         that is not";
    FW11 Record 'A', "negotiating practice",
        "a round is split by consent of all parties of all its members; each member goes into one \
         part, as it stands";
}
