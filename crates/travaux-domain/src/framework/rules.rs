//! The rules of a framework. Until each guard had a row of its own, all were recorded under FW1.

crate::law::rules! { Framework:
    FW1 Record 'A', "the framework's founding declaration",
        "what comes under a framework stands in one of its areas";
    FW2 Record 'A', "the framework's founding declaration",
        "a framework is founded by two parties or more",
        was: FW1;
    FW3 Record 'A', "rules of the record",
        "an area has a key of its own",
        was: FW1;
    FW4 Record 'A', "the framework's founding declaration",
        "an agreement comes under a framework once",
        was: FW1;
    FW5 Record 'A', "rules of the record",
        "a body has a key of its own",
        was: FW1;
    FW6 Record 'A', "the framework's founding declaration",
        "a roadmap has steps, and takes the place of the one before",
        was: FW1;
}
