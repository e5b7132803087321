//! The rules of the record itself.

super::rules! { Record:
    DR1 Record 'A', "UAX #9, #15; rules for drafted text",
        "a drafted text has visible characters in normal form";
    P0 Mandatory 'A', "VCLT 7, 8",
        "an act on an agreement is that of one of its parties";
    RC1 Record 'A', "rules of the record",
        "an act fits what is on record";
    RC2 Record 'A', "rules of the record",
        "a handle is given once in a store";
    RC6 Record 'A', "rules of the record",
        "an act that was recorded wrongly is restated by who did it; the earlier record stays, and so do the answers as known before";
}
