//! The rules of amendment and modification: machine A.

crate::law::rules! { Amendment:
    A1 Mandatory 'A', "VCLT 39",
        "an amendment changes an adopted text by the provisions that stand in it";
    A2 Residual '-', "VCLT 40(2)",
        "an amendment is notified to all contracting States, each of which may take part";
    A3 Residual 'A', "VCLT 39, Part II",
        "an amending agreement is concluded as any agreement is";
    A4 Residual 'A', "VCLT 40(4)",
        "an amendment binds only those that are parties to it";
    A5 Residual '-', "VCLT 40(4), 30(4)(b)",
        "between one that is bound by it and one that is not, the unamended text governs";
    A6 Residual '-', "VCLT 40(5)",
        "who joins later joins the amended text and, towards who is not bound by it, the unamended one";
    A7 Residual '-', "VCLT 40(3)",
        "whoever may join the treaty may join the amended one";
    A8 Mandatory '-', "VCLT 41",
        "some may modify among themselves what the treaty allows or does not prohibit, and tell the others";
    A9 Residual 'A', "practice (UN Handbook 4.4.2)",
        "an adopted text may be amended before it is in force";
    A10 Mandatory 'A', "VCLT 31(3)(a)",
        "an agreed interpretation is of all parties, and changes no text";
    A11 Residual 'A', "VCLT 39; the agreement's own clause",
        "a body amends an annex where the agreement gives it that power";
    A12 Residual 'A', "the agreement's own clause (CITES XV, SOLAS VIII(b))",
        "silence accepts an amendment where the agreement says so: it binds all but who objects in time, and nobody where too many do";
}
