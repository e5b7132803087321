//! The rules of joint bodies (rows B1 to B16 of the framework reference).

crate::law::rules! { Body:
    BD1 Mandatory 'A', "EEA 92; clauses of joint readmission committees",
        "a body is established by a clause that is in force on that date, by a declaration to which \
         all parties consent and which binds nobody, or by the body that sets it up";
    BD2 Mandatory 'A', "clauses of joint readmission committees (EC-Bosnia, EC-Russia)",
        "a competence is a verb of a closed list, its object and its limits; what is not given is \
         not had, and a mechanism of reference examines and recommends";
    BD3 Mandatory 'A', "Decision 1/2021 of the Switzerland-UK Trade Joint Committee",
        "a body adopts its rules of procedure, version after version, where it has that competence; \
         they widen no other";
    BD4 Residual 'A', "Decision 1/2012 of the EU-Switzerland Joint Committee, 1; \
                       Decision 1/2021 of the Switzerland-UK Trade Joint Committee, 1",
        "the chair goes round by calendar year or by session, or is shared; each party names who \
         holds its chair from a date on";
    BD5 Residual 'A', "Decision 1/2021 of the Switzerland-UK Trade Joint Committee, 2",
        "ordinary sessions are numbered without a gap and each number is taken once; extraordinary \
         ones have no number; all who compose the body are called";
    BD6 Mandatory 'A', "EEA 93(2); Decision 1/2021 of the Switzerland-UK Trade Joint Committee",
        "a decision is adopted by mutual consent, one voice a party, within a competence of its \
         date as then known; a later loss of it undoes none";
    BD7 Residual 'A', "Decision 1/2021 of the Switzerland-UK Trade Joint Committee",
        "a decision is taken in writing where the rules of procedure foresee it, on the day of the \
         last answer; silence is consent only where they say so";
    BD8 Residual 'A', "EU-Switzerland Agreement on free movement of persons, 18",
        "a body amends the annexes that it has power over, in one commit with the amendment of the \
         agreement; the effect may lie before the decision where it so decides";
    BD9 Residual '-', "EEA 102(5), 103",
        "a party with requirements of its own is bound after it has notified that they are met: on \
         the date of the decision if by then, else on the first day of the second month after the \
         last notification; after six months it is applied provisionally, unless a party declines";
    BD10 Record 'A', "rules of the record",
        "a challenge is referred by a party or by another body, with its area, its facts and its \
         marking, and given to somebody by a date";
    BD11 Record 'A', "rules of the record",
        "a referral is resolved once and within the competence of the body, or returned where it \
         has none, or taken back by who made it";
    BD12 Residual 'A', "EEA 89(2), 111",
        "a referral goes one rung up the ladder, or where all agree, and the body that it goes to \
         takes it over in the same commit";
    BD13 Residual 'A', "Decision 1/2012 of the EU-Switzerland Joint Committee, II; \
                        joint communique of 25 June 2025",
        "a sub-body or a mission has no more than the body's competence, for no longer, and ends \
         with it; its report binds nobody before the body acts";
    BD14 Residual 'A', "Decision 1/2012 of the EU-Switzerland Joint Committee, 5",
        "meetings and minutes are not public, and decisions are published, as the rules of \
         procedure say; what they do not say is not public";
    BD15 Residual 'A', "EU-UK Trade and Cooperation Agreement, 7",
        "errors of a decision are repaired by consent of all, until the date that its instrument \
         sets";
    BD16 Record 'A', "by analogy with VCLT 70",
        "a body is dissolved by consent of all once nothing that was referred to it is open; its \
         decisions stay in effect";
}
