//! The rules of consent to be bound: machine C.

crate::law::rules! { Consent:
    C1 Mandatory '-', "VCLT 7, 8",
        "an act without authority has no legal effect";
    C2 Mandatory '-', "VCLT 8",
        "its State may confirm an unauthorised act afterwards";
    C3 Residual '-', "VCLT 14(1)(c), 10(b)",
        "signature subject to ratification does not bind";
    C4 Residual '-', "VCLT 10(b), 12(2)(b)",
        "signature ad referendum does not bind";
    C5 Mandatory '-', "VCLT 12(2)(b)",
        "a signature ad referendum that its State confirms is a full one";
    C6 Residual 'A', "VCLT 12(1), (2)(a)",
        "signature binds where the treaty or the parties say so";
    C7 Residual 'A', "VCLT 13",
        "an exchange of instruments binds where these or the parties say so";
    C8 Residual '-', "VCLT 14, 16",
        "an instrument of ratification binds once it is exchanged, deposited or notified, not when it is made";
    C9 Residual '-', "VCLT 15",
        "accession needs a treaty or parties that allow it";
    C10 Residual '-', "VCLT 17",
        "consent to a part needs a treaty that permits it or the agreement of the others";
    C11 Mandatory '-', "VCLT 18",
        "who has signed or consented does not defeat object and purpose before entry into force";
    C12 Mandatory '-', "VCLT 18(a), 25(2)",
        "a clear intention not to become a party ends that duty and provisional application";
    C13 Mandatory 'A', "VCLT 2(1)(g)",
        "a party is who has consented and for whom the treaty is in force";
    C14 Mandatory '-', "VCLT 42(2), 44, 54, 56",
        "withdrawal is notified, and takes effect when its notice has run";
    C15 Mandatory 'A', "VCLT 68",
        "a notice may be revoked before it takes effect";
    C16 Residual 'A', "VCLT 11, 15, 18(a)",
        "who left or declined may consent again, by a consent with dates of its own";
    C17 Residual 'A', "practice of depositaries",
        "an instrument taken back before what it was to bring about counts for nothing; afterwards what it brought about stands";
    C19 Residual '-', "VCLT 2(1)(d), 29; Guide to Practice 1.1.3, 1.2 to 1.5, 2.9",
        "a declaration clarifies or informs and modifies nothing; what goes further is a reservation; territories are as the treaty says, or all of a party's";
    C20 Residual '-', "VCLT 10(b), 12, 14; final clauses",
        "the text is signed on the days on which it is open for signature, the first and the last among them";
}
