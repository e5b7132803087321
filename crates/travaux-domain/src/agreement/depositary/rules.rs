//! The rules of the depositary, of notification and registration: machine D. "Reg." are the
//! regulations of the UN General Assembly on Article 102 of the Charter.

crate::law::rules! { Depositary:
    D1 Residual '-', "VCLT 76(1)",
        "a depositary is designated in the treaty or otherwise";
    D2 Residual '-', "VCLT 77(1)",
        "it keeps the original, receives instruments, examines their form, informs, registers";
    D3 Mandatory '-', "VCLT 76(2), 77(2)",
        "it decides no difference, and brings it to the States concerned";
    D4 Residual 'A', "VCLT 78(a)",
        "a notification goes to the depositary if there is one, else to those for whom it is";
    D5 Residual 'A', "VCLT 78(b)",
        "a notification is made only upon its receipt";
    D6 Residual '-', "VCLT 78(c)",
        "one sent to a depositary is received by a State when the depositary has informed it";
    D7 Mandatory '-', "Charter 102; VCLT 80(1); Reg. 1(2)",
        "a treaty is registered once it is in force between two parties, or as provisionally applied";
    D8 Mandatory '-', "Reg. 2",
        "a later action that changes parties, terms, scope or application is certified too";
    D9 Mandatory '-', "Reg. 3",
        "registration by one frees the others";
    D10 Mandatory '-', "Reg. 5",
        "what is registered is a true and complete copy in all languages, with all reservations";
    D11 Mandatory '-', "Reg. 6",
        "the date of registration is that of receipt; ex officio, that of entry into force";
    D12 Mandatory '-', "Charter 102(2)",
        "an unregistered treaty may not be invoked before organs of the UN";
}
