//! The rules of correction: machine X.

crate::law::rules! { Correction:
    X1 Mandatory 'A', "VCLT 79(1), 48(3)",
        "a correction is of wording, in an authenticated text";
    X2 Residual 'A', "VCLT 79(1)(a)-(c)",
        "without a depositary, signatory and contracting States agree to it";
    X3 Mandatory '-', "VCLT 79(2)",
        "a depositary notifies it with a time limit for objections";
    X4 Mandatory '-', "VCLT 79(2)(a)",
        "when the limit has passed without objection, it is made by a proces-verbal";
    X5 Mandatory '-', "VCLT 79(2)(b)",
        "an objection is communicated, and the text stays";
    X6 Mandatory 'A', "VCLT 79(3)",
        "a lack of concordance is corrected in the languages that lack it";
    X7 Residual 'A', "VCLT 79(4)",
        "a corrected text replaces the defective one from the beginning";
    X8 Mandatory '-', "VCLT 79(5)",
        "a correction of a registered text is notified to the UN Secretariat";
    X9 Mandatory 'A', "VCLT 79(6)",
        "a wrong certified copy is rectified, and the text itself is not touched";
    X10 Record 'A', "VCLT 40(4), 41, 79",
        "a correction of the text of all leaves what some have amended for themselves as it is between these";
}
