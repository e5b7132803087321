//! The rules of the text: machine T.

crate::law::rules! { Text:
    T1 Record 'A', "VCLT 2(1)(e)",
        "a text is proposed by a negotiating party";
    T2 Record 'A', "negotiating practice",
        "a revision applies to the base that it names";
    T3 Record 'A', "negotiating practice",
        "a revision is withdrawn by its proposer, before it is adopted";
    T4 Mandatory 'A', "VCLT 9(1)",
        "a text is adopted by the consent of all that took part in drawing it up";
    T4a Mandatory 'A', "VCLT 9(1)",
        "a party answers a revision, and may change its answer until the adoption";
    T5 Residual '-', "VCLT 9(2)",
        "a conference adopts by two thirds of those present and voting";
    T6 Residual 'A', "VCLT 10(a), (b)",
        "a text is authenticated by the procedure agreed, else by signature, ad referendum too, or initials of all";
    T7 Mandatory '-', "VCLT 24(4)",
        "final clauses operate from the adoption of the text";
    T8 Mandatory 'A', "VCLT 10, 39, 79",
        "an authenticated text is touched only by amendment or correction";
    T9 Record 'A', "negotiating practice",
        "a negotiation may be given up before the text is definitive";
}
