//! The rows of questions about what stands under a framework: what an answer says, and on what it
//! rests. Projections answer them.

crate::law::rules! { Question:
    QY1 Record 'A', "rules of the record",
        "the state of a framework is that of a day, as known at a time, for a reader: the same \
         question of the same log gives the same bytes, and each entry names the events that made \
         it so";
    QY2 Record 'A', "rules of the record",
        "two states differ by identity, never by position; nothing differs of one with itself, and \
         the difference put on the first gives the second";
    QY3 Record 'A', "rules of the record",
        "a page for a minister tells nothing that the state does not have, and each of its numbers \
         counts lines that can be shown";
    QY4 Record 'A', "rules of the record",
        "what a reader may not know of is in a state as withheld: neither left out nor blank, with \
         nothing of what it says; of contents, a state and the log have none";
    QY5 Record 'A', "rules of the record",
        "an item leads to what follows it up, and back; what was agreed or undertaken, and nothing \
         follows up after so many days, is listed";
    QY6 Record 'A', "rules of the record",
        "what on record cites a provision: bodies that it establishes, competences that it confers \
         or over it, lists of procedures, indicators that tell of it, open actions that carry it \
         out, and the open rounds in which its agreement is revised";
    QY7 Record 'A', "rules of the record",
        "whether a body may do something on a day, as known at a time: yes or no, with the competence \
         and the clause that give it, or the one that does not";
    QY8 Record 'A', "SDMX REST, asOf and updatedAfter",
        "figures as they were known at a time, and those that are new since one, with what was taken \
         back: by the times of the record, while periods and days are those of the figures";
}
