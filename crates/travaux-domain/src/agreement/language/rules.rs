//! The rules of language versions: machine L.

crate::law::rules! { Language:
    L1 Record 'A', "VCLT 33(1)",
        "a language version has the provisions of the others, and changes with them";
    L2 Residual 'A', "practice of lawyer-linguists",
        "concordance is certified when all provisions align; any later change undoes it";
    L3 Residual 'A', "VCLT 10, 33(1)",
        "the versions named in the testimonium are authentic once the text is authenticated";
    L4 Mandatory '-', "VCLT 33(2)",
        "another version is authentic only if the treaty provides it or all parties agree, and it has a text that says the same: later changes need it";
    L5 Residual '-', "VCLT 33(1)",
        "a text prevails if the treaty provides it or the parties agree; at most one";
    L6 Mandatory 'A', "VCLT 33(2), 77(1)(b)",
        "a translation is never authentic";
    L7 Record 'A', "VCLT 33(3)-(4)",
        "a divergence names provisions in two languages or more, and changes no text";
    L8 Record 'A', "VCLT 33(1), 31(3)(a), 79(3), 33(4)",
        "a divergence is resolved on exactly one ground; texts are reconciled only where none prevails";
}
