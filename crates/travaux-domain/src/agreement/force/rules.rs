//! The rules of force: machine F.

crate::law::rules! { Force:
    F1 Mandatory 'A', "VCLT 24(1)",
        "entry into force is as the treaty provides or as the negotiating States agree, also later";
    F2 Residual 'A', "VCLT 24(2)",
        "without a clause, it is when consent of all negotiating States is established";
    F3 Residual '-', "VCLT 24(3)",
        "for a late consent, it is the date on which that consent is established, and never before that of the treaty";
    F4 Mandatory '-', "VCLT 25(1)",
        "provisional application needs a treaty that provides it or negotiating States that agree";
    F5 Residual '-', "VCLT 25(2)",
        "it ends for a State that notifies its intention not to become a party";
    F6 Mandatory '-', "VCLT 25",
        "it ends with entry into force";
    F7 Residual 'A', "VCLT 28",
        "no act or fact before entry into force is bound";
    F8 Residual 'A', "VCLT 29",
        "the territory is all of each party's";
    F9 Residual 'A', "VCLT 11, 16(c)",
        "where entry into force waits for notifications that procedures are complete, each is its party's consent";
    F10 Residual 'A', "VCLT 24(1), 24(2)",
        "a fixed date that passes before two have consented is the date of the second consent";
    F11 Residual 'A', "VCLT 24, 28",
        "a treaty that applies to earlier facts is in force from its entry only, unless it says that it enters into force with effect from before";
    F12 Mandatory 'A', "VCLT 2(1)(a), 24",
        "nothing is in force between fewer than two";
}
