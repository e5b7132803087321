//! The rule of a party's own house, whatever its practice. A practice may have rows of its own
//! (`practice/`).

crate::law::rules! { Mandate:
    IM1 Internal 'A', "VCLT 27, 46; the party's own law",
        "what a party does at home follows its own practice, and undoes nothing between the parties";
}
