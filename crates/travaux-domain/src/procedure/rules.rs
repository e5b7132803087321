//! The rules of common procedures (rows P1 to P8 of the framework reference).

crate::law::rules! { Procedure:
    PR1 Record 'A', "joint committees of readmission agreements (EC-Bosnia, EC-Russia); SDMX, Process",
        "a step is done by the party whose role it is, where the case stands, with one of its \
         outcomes; within its limit, which its table may let be put off once; when the limit passes, \
         silence is what the table says, and what was deemed is not done again";
    PR2 Record 'A', "SDMX, Versioning in SDMX: items 2, 3, extensions",
        "a version is drafted under a label of its own, on the latest draft, and adopted by all \
         parties, from a day that has not passed; what was adopted never changes";
    PR3 Record 'A', "SDMX, Versioning in SDMX: Process; rules of the record: limits are rights",
        "wording is a patch, an optional step or a proof more is minor; a step less, another limit, \
         actor or default on silence, a proof less, and all else, is major";
    PR4 Record 'A', "rules of the record",
        "every step is reached and reaches an end, what leads back says so, silence never leads \
         back, no step waits without a limit or an explicit none";
    PR5 Record 'A', "rules of the record: running cases keep their rules",
        "a case begins under the version in force and ends under it, unless both parties move it to \
         a later one; it is a reference and times, and holds no personal data";
    PR6 Record 'A', "Assemblee nationale, 16th legislature, written question 11241",
        "what was asked for, obtained in time or late, refused or not answered follows from the times \
         of steps, so that both parties count from the same events";
    PR7 Residual 'A', "EU-Pakistan readmission agreement, annexes 1 to 4",
        "a list that a step refers to is an annex of an agreement, where it stands and is changed";
    PR8 Residual 'A', "Regulation (EEC, Euratom) No 1182/71, 3",
        "a limit names its unit, and runs by the calendar of a party that is named: of who must act, \
         if no other; the calendar is the one declared when the limit began to run";
}
