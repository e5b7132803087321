//! The rules of a party's own house, by French practice. "Circ." is the circular of 30 May 1997 on the drafting and conclusion
//! of international agreements.

crate::law::rules! { Mandate:
    FR1 Internal 'A', "Circ. II.1",
        "the minister tells the foreign ministry of the need before negotiating";
    FR2 Internal 'A', "Circ. II.1",
        "the Prime Minister arbitrates a disagreement between ministers";
    FR3 Internal 'A', "Circ. II.2",
        "the foreign ministry consults the ministers concerned and gives mandate and delegation";
    FR4 Internal 'A', "Circ. II.3",
        "it is decided early whether parliament must authorise (Constitution 53)";
    FR5 Internal 'A', "Circ. III.1",
        "the languages are French and official languages of the others; no third one";
    FR6 Internal 'A', "Circ. III.2",
        "a draft has a title with object and parties, a preamble, articles in the present tense";
    FR7 Internal 'A', "Circ. IV.1",
        "who signs an accord needs powers, the President, the Prime Minister and the foreign minister excepted";
    FR8 Internal 'A', "Circ. I",
        "solemn and simplified form have the same force; the President or the foreign minister signs the powers";
    FR9 Internal 'A', "Circ. I",
        "an administrative arrangement gives no security of performance: only to complete or specify an agreement",
        left out: "advice to drafters, not a condition: no act is refused or accepted by it";
}
