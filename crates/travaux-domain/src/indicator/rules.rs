//! The rules of common figures.

crate::law::rules! { Indicator:
    ST1 Record 'A', "SDMX 3.1, semantic versioning; rules of the record",
        "a definition says what is counted, in which unit, of whom, by which date, how and how often, \
         of what it is a share, who reports, how far mirror figures may lie apart, and of which \
         clauses it tells";
    ST2 Mandatory 'A', "SDMX, Versioning in SDMX: items 6 to 8; sdmx-twg/semver, recommendations",
        "a version is adopted by all parties, by a step that its changes need: names patch, additions \
         minor, what does not fit any more major; in 0.y.z anything may change";
    ST3 Mandatory 'A', "SDMX, Versioning in SDMX: items 2, 3, extensions, precedence",
        "what was adopted never changes; a draft has an extension, comes before what it is a draft of \
         and stays in its scope; a wildcard of a stable definition reaches stable ones only";
    ST4 Record 'A', "rules of the record",
        "a figure is its reporter's, names an adopted version in use for its period, its source and \
         the day of its data, and says what the definition asks";
    ST5 Mandatory 'A', "SDMX REST, time periods; reportingYearStartDay",
        "a period is one of the frequency of the definition, in its reporting year";
    ST6 Mandatory 'A', "SDMX guidelines, observation status 2.0",
        "a status is a set of codes; one says why a value is missing, and then there is none; zero is \
         a value; what has not begun is a forecast";
    ST7 Record 'A', "SDMX CL_OBS_STATUS 1.0, 2.0, 2.2",
        "a code is of a version of its list, and means what it says there";
    ST8 Mandatory 'A', "SDMX guidelines, confidentiality and embargo 2.0",
        "a figure under embargo says until when, with its offset; who else may have it is named; what \
         may not be seen is not shown, and still counted";
    ST9 Record 'A', "SDMX REST, includeHistory; UN IMTS, Compilers Manual",
        "a revision keeps what was said before and says why; a new method takes a later version, and \
         a series that goes on by another says so where it breaks (status B)";
    ST10 Record 'A', "UN IMTS 2010, Compilers Manual 9.41",
        "figures mirror each other by period, category and flow, the direction turned";
    ST11 Record 'A', "UN IMTS 2010, Compilers Manual 9.41",
        "two figures of one major version are a discrepancy where they differ by more than the \
         tolerance; of two they are not comparable; one alone is one-sided, one hidden not shown";
    ST12 Record 'A', "rules of the record",
        "a discrepancy names its figures at their revisions, and is open until both reporters have \
         answered; any revision of either opens it again";
    ST13 Record 'A', "UN IMTS 2010, Compilers Manual, annex 9.C.1-3",
        "an answer names causes of a closed list; what is unknown is no amount";
    ST14 Mandatory 'A', "UN IMTS 2010, Compilers Manual, annex 9.C, note b",
        "adjustments are systematic, known or irregular; they and the residual sum to the gap exactly";
    ST15 Mandatory 'A', "UN IMTS 2010, Compilers Manual 9.42, annex 9.C.16",
        "both reporters reconcile: explained within the tolerance, corrected, by an agreed figure that \
         replaces neither, or not at all";
    ST16 Record 'A', "rules of the record",
        "no reporter is right by rule, and nothing is averaged",
        left out: "nothing on record chooses or averages: all figures stand beside one another, and \
                   who sums them says what the sum covers (ST17)";
    ST17 Record 'A', "SDMX CL_OBS_STATUS 2.2",
        "a figure says what it includes or in what it is included; there is no sum over what is \
         suppressed or hidden, counted twice, or of several major versions";
    ST18 Mandatory 'A', "SDMX-CSV 2.1, field guide for data messages",
        "SDMX-CSV comes in and goes out: merge, replace and delete, one message in one commit",
        left out: "it decides nothing of its own: a message becomes reports, revisions and \
                   withdrawals, each decided by its row";
    ST19 Record 'A', "ISO 3166-1; UN M49; BCP 47",
        "a counterpart is a party or an area, by its code as text: leading zeros count";
}
