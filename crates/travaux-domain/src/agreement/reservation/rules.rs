//! The rules of reservations: machine R.

crate::law::rules! { Reservation:
    R1 Mandatory '-', "VCLT 19, 2(1)(d)",
        "a reservation is formulated with signature or consent, and not where it is prohibited";
    R2 Mandatory '-', "VCLT 23(2)",
        "one formulated at simple signature lapses if it is not confirmed with the consent";
    R3 Mandatory '-', "VCLT 20(4)(a), 23(1)",
        "an express acceptance is in writing";
    R4 Residual '-', "VCLT 20(5)",
        "who has not objected within 12 months of its notification, or by its own consent if later, has accepted";
    R5 Residual '-', "VCLT 20(4)(b), 21(3)",
        "an objection leaves the treaty in force but for the reserved provisions";
    R6 Residual '-', "VCLT 20(4)(b)",
        "an objection that definitely says so keeps the treaty from being in force between the two";
    R7 Residual '-', "VCLT 20(2), (3)",
        "where the treaty is to apply in its entirety among all, all must accept a reservation";
    R8 Mandatory '-', "VCLT 21(1), (2)",
        "a reservation modifies for the two concerned, and for no others among themselves";
    R9 Residual '-', "VCLT 22(1), (3)(a), 23(4)",
        "a withdrawal operates towards another once that one has received notice of it";
    R10 Residual '-', "VCLT 22(2), (3)(b)",
        "the withdrawal of an objection operates once the reserving State has received notice of it";
}
