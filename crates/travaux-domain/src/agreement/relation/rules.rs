//! The rules of relations between agreements.

crate::law::rules! { Relation:
    K1 Residual 'A', "VCLT 30(2)",
        "an agreement that is subject to another gives way to it";
    K2 Residual 'A', "VCLT 30(3)",
        "between the same parties, the earlier applies only where it is compatible with the later";
    K3 Residual 'A', "VCLT 30(4)",
        "where the parties differ, the agreement that both are parties to governs";
    K4 Residual 'A', "VCLT 31(2)",
        "what was made in connection with the conclusion is context";
    K5 Residual 'A', "VCLT 2(1)(a), 13, 24(1)",
        "an exchange of notes can complete the principal agreement";
}
