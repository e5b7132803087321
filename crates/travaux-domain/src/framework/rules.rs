//! The rules of a framework (rows F1 to F8 and F12 of the framework reference). Until each guard had
//! a row of its own, all were recorded under FW1. FW3 to FW6 stood in records before the reference
//! numbered its rows, so four of its rows have free numbers here; `FRAMEWORK.md` says which.

crate::law::rules! { Framework:
    FW1 Record 'A', "the framework's founding declaration",
        "what comes under a framework stands in one of its areas";
    FW2 Record 'A', "communique of 14 April 2025 (MA): \"proposed the establishment\"",
        "a framework is proposed by one of its two parties or more; a revision names its base, \
         which is the latest",
        was: FW1;
    FW3 Record 'A', "rules of the record",
        "an area has a key of its own, also among those that were closed",
        was: FW1;
    FW4 Record 'A', "the framework's founding declaration",
        "an agreement comes under a framework once",
        was: FW1;
    FW5 Record 'A', "rules of the record",
        "a body has a key of its own, and is set up by consent of all parties",
        was: FW1;
    FW6 Record 'A', "the framework's founding declaration",
        "a roadmap has steps, is adopted by consent of all parties, and takes the place of the one \
         before",
        was: FW1;
    FW7 Record 'A', "rules of the record",
        "an agreement is released for a reason, and not while an open package has a revision of it; \
         its force is its own";
    FW8 Residual 'A', "Directive (EU) 2023/977, 14",
        "a party names its own organs, one at a time of each role; who was replaced stays on record";
    FW12 Residual 'A', "by analogy with VCLT 54, 57, 70",
        "a framework is suspended, taken up again and ended by all its parties; while it is \
         suspended nothing comes under it, and what stands under it stays as it is";
    FW13 Record 'A', "by analogy with VCLT 9(1)",
        "a framework is adopted when every party has accepted this revision; a later one clears \
         what was accepted before";
    FW14 Record 'A', "profiles of agreements: declaration, arrangement, treaty",
        "a founding act has no effect beyond its nature: a treaty is an agreement on record, a \
         declaration binds nobody";
    FW15 Record 'A', "communique of 14 April 2025 (MA): \"agreed to expand cooperation\"",
        "an area is opened and expanded by all parties",
        was: FW1 FW3;
    FW16 Record 'A', "rules of the record",
        "an area is closed by all parties, for a reason, and leaves no orphan: what is open in it \
         is closed or moved first, or in the same commit";
}
