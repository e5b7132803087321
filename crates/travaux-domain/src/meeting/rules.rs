//! The rules of meetings and statements (rows M1 to M12 of the framework reference).

crate::law::rules! { Meeting:
    MT1 Record 'A', "Open Civic Data, event: start, time zone, status",
        "a meeting is convened by a party, with its kind, its parties, its date and zone, its place \
         and its chair; a session has its body and its number";
    MT2 Residual 'A', "Decision 1/2012 of the EU-Switzerland Joint Committee, 4",
        "items are asked for, the agenda and papers go out as many days before as the rules of \
         procedure say (there 15, 10 and 7); later only if all parties agree";
    MT3 Residual 'A', "Decision 1/2012 of the EU-Switzerland Joint Committee, 4",
        "the agenda is adopted at the opening, by all parties; merged and split items keep their \
         lineage";
    MT4 Residual 'A', "Decision 1/2012 of the EU-Switzerland Joint Committee, 1",
        "a meeting is held once, on its date, with participants named by their offices; experts, \
         and delegations that were not named in time, only if all parties agree";
    MT5 Record 'A', "Open Civic Data, event: agenda item, result",
        "each item of the agenda is disposed of once, by the end of the meeting; one that is \
         referred or deferred says where to, and one that was not agreed has nothing agreed under it";
    MT6 Record 'A', "rules of the record: words bear what they say",
        "what is agreed has a mode, and only what all parties agreed on, who were all there, is \
         agreed by all; a party proposes and undertakes where it is";
    MT7 Record 'A', "communiques of 14 April and 25 June 2025 (MA, joint)",
        "a statement is its issuers'; one of a single party shows that party's view alone";
    MT8 Residual 'A', "practice of joint bodies",
        "minutes are drafted by the chair and approved by all parties; until then they are \
         provisional, and a new draft wants new approvals";
    MT9 Record 'A', "rules of the record",
        "what was agreed and what follows it up name each other, in one commit; what is dropped \
         says why, and only what goes on takes the place of another";
    MT10 Record 'A', "joint communique of 25 June 2025, recalling 14 April",
        "a later meeting that repeats an item links it and makes no second one";
    MT11 Record 'A', "by analogy with VCLT 79",
        "a record is corrected by its chair before all approved it, and by consent of those who \
         had approved it: titles, places, names and words, never an office, a day or a mode; the \
         old words stay on record";
    MT12 Record 'A', "rules of the record",
        "what is announced before a meeting stands apart from what is agreed at it";
}
