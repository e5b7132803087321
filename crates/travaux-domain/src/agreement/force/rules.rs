//! The rules of force: machine F.

crate::law::rules! { Force:
    F1 Mandatory 'A', "VCLT 24(1)",
        "entry into force is as the treaty provides or as the negotiating States agree, also later";
    F2 Residual 'A', "VCLT 24(2)",
        "without a clause, it is when consent of all negotiating States is established";
    F3 Residual '-', "VCLT 24(3)",
        "for a late consent, it is the date on which that consent is established";
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
}
