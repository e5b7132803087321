//! The rules of the record for all streams under a framework.

crate::law::rules! { Partnership:
    RC3 Record 'A', "rules of the record",
        "an act is dated on a day that has begun, and not before what it rests on";
    RC4 Record 'A', "rules of the record",
        "what stands under a framework names one that was founded";
    RC5 Record 'A', "rules of the record",
        "what is recorded has a key and words of its own, within bounds";
}
