//! The rules of end and suspension: machine E.

crate::law::rules! { Ending:
    E1 Mandatory 'A', "VCLT 54(a), 78(b)",
        "an agreement ends by itself as its clause says, or is renewed as it says; a notice counts from its receipt";
    E2 Mandatory 'A', "VCLT 54(b)",
        "an agreement ends by consent of all parties";
    E3 Residual '-', "VCLT 55",
        "parties fewer than entry into force needed do not end it; fewer than a clause asks for do, by themselves";
    E4 Mandatory '-', "VCLT 56",
        "without a clause, denunciation needs an intention or a nature that admits it, and 12 months' notice";
    E5 Mandatory 'A', "VCLT 57",
        "operation is suspended as the clause says, with its notice, or by consent of all";
    E6 Mandatory '-', "VCLT 58",
        "some may suspend among themselves for a time, and tell the others which provisions";
    E7 Mandatory 'A', "VCLT 59",
        "a later treaty of all parties on the same subject, on record as such, ends the earlier one, or suspends it if so intended";
    E8 Mandatory '-', "VCLT 60",
        "a material breach lets the other of two, or all others together, end or suspend it; alone, who is specially affected suspends towards the one that broke it, and whose position it radically changed for itself; never what protects persons";
    E9 Mandatory '-', "VCLT 61",
        "impossibility is invoked by who did not cause it; a temporary one only suspends";
    E10 Mandatory '-', "VCLT 62",
        "a fundamental change of circumstances is not invoked against a boundary, nor by who caused it";
    E11 Mandatory '-', "VCLT 63",
        "severance of diplomatic relations leaves a treaty as it is";
    E12 Mandatory '-', "VCLT 65(1), 67(1)",
        "a claim is notified in writing, with the measure and its reasons";
    E13 Mandatory '-', "VCLT 65(2), 67(2)",
        "the measure is carried out once three months from receipt are over without objection, earlier only for special urgency; full powers of who signs may be called upon";
    E14 Mandatory '-', "VCLT 65(3), 66",
        "an objection sends the parties to a peaceful settlement";
    E15 Mandatory '-', "VCLT 68",
        "a claim may be revoked before it takes effect";
    E16 Mandatory '-', "VCLT 45",
        "who has acquiesced may not invoke the ground any more";
    E17 Mandatory '-', "VCLT 44",
        "an end concerns the whole, unless a clause or separable provisions allow a part: then it ends that part alone";
    E18 Residual 'A', "VCLT 70",
        "an end releases from further performance and takes nothing from the past";
    E19 Residual 'A', "VCLT 57, 72",
        "a suspension ends with its time; before that, those resume the operation who suspended it";
    E20 Mandatory '-', "VCLT 42(2)",
        "nothing but the treaty or the Convention ends a treaty";
    E21 Mandatory '-', "VCLT 46-53, 64, 69, 71",
        "a void treaty is so as a whole under 53, from the beginning, and 64, from when the norm emerged; for one consent of several under 46 to 52";
    E25 Mandatory '-', "VCLT 65(3), 66",
        "a settled dispute takes effect as it was settled, by all parties to it or by who was to decide";
    E26 Mandatory '-', "VCLT 42-44, 65(1)",
        "only a party invokes a ground, and a consent that was never given has no defect";
}
