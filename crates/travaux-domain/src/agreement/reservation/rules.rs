//! The rules of reservations: machine R.

crate::law::rules! { Reservation:
    R1 Mandatory '-', "VCLT 19, 2(1)(d)",
        "a reservation is formulated with signature or consent, and not to what is closed to it, nor to what contains that or is part of it";
    R2 Mandatory '-', "VCLT 23(2)",
        "one formulated at simple signature lapses if it is not confirmed with the consent";
    R3 Mandatory '-', "VCLT 20(4)(a), 23(1)",
        "an express acceptance is in writing";
    R4 Residual '-', "VCLT 20(5); CETS 76, 3 and 4(2) by analogy",
        "who has not objected by the last day of 12 months from its notification, or by its own consent if later, has accepted";
    R5 Residual '-', "VCLT 20(4)(b), 21(3)",
        "an objection leaves the treaty in force but for the reserved provisions";
    R6 Residual '-', "VCLT 20(4)(b), 22(3)(b); Guide to Practice 2.6.7, 2.7.4",
        "an objection that definitely says so, before force, keeps the treaty from being in force between the two until notice that it is withdrawn";
    R7 Residual '-', "VCLT 20(2), (3)",
        "where the treaty is to apply in its entirety among all, all must accept a reservation";
    R8 Mandatory '-', "VCLT 21(1), (2)",
        "a reservation modifies for the two concerned, and for no others among themselves";
    R9 Residual '-', "VCLT 22(1), (3)(a), 23(4)",
        "a withdrawal operates towards another once that one has received notice of it; no answer is awaited any more";
    R10 Residual '-', "VCLT 22(2), (3)(b)",
        "the withdrawal of an objection operates once the reserving State has received notice of it";
    R11 Residual '-', "practice of depositaries; Guide to Practice 2.3.1, 2.3.2",
        "a late reservation stands once the months of all have passed and none of them objects";
    R12 Residual '-', "VCLT 22(1), (3)(a), 23(4); Guide to Practice 2.3.4, 2.5.10, 2.5.11",
        "a partial withdrawal narrows a reservation and never widens it; it operates towards another once that one has received notice of it, and objections go on";
    R13 Residual '-', "practice of depositaries; VCLT 20(1), (4)(c); Guide to Practice 4.1.1, 4.2.1, 4.2.2",
        "a consent with a reservation counts from its own day, or, where the treaty says so and does not authorise that, once another contracting State accepts";
}
