//! French practice: the circular of 30 May 1997 on the drafting and conclusion of international
//! agreements ("Circ.").

use super::{Cited, Drafting, Powers, Practice, Step};
use crate::{
    Rule,
    office::Office::{ForeignMinister, HeadOfGovernment, HeadOfState},
    practice::Form,
};

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

/// Its steps, and who signs what.
pub(super) fn french() -> Practice {
    let cited = |row| Cited { row, article: None };
    let powers = |form, signed_by, title: &str, authorisation_first| Powers {
        form,
        signed_by,
        title: title.to_owned(),
        authorisation_first,
    };
    Practice {
        name: "fr/circular-1997".to_owned(),
        steps: [
            (Step::Request, Rule::FR1),
            (Step::Consultation, Rule::FR3),
            (Step::Arbitration, Rule::FR2),
            (Step::Authorisation, Rule::FR4),
            (Step::Mandate, Rule::FR3),
            (Step::Powers, Rule::FR7),
            (Step::SignatureOfPowers, Rule::FR8),
        ]
        .map(|(step, row)| (step, cited(row)))
        .into(),
        arbiter: Some("the Prime Minister".to_owned()),
        needs_no_powers: vec![HeadOfState, HeadOfGovernment, ForeignMinister],
        powers: vec![
            powers(Form::Solemn, HeadOfState, "the President", false),
            powers(
                Form::Simplified,
                ForeignMinister,
                "the foreign minister",
                true,
            ),
        ],
        drafting: Some(Drafting {
            languages: cited(Rule::FR5),
            form: cited(Rule::FR6),
            article: "Article".to_owned(),
            recalls: RECALLS.map(str::to_owned).to_vec(),
            future: FUTURE.map(str::to_owned).to_vec(),
        }),
    }
}

/// How a preamble recalls what went before.
const RECALLS: [&str; 7] = [
    "Rappelant",
    "Considérant",
    "Vu ",
    "Soucieux",
    "Désireux",
    "Se référant",
    "Conscient",
];

/// The forms of the future that drafters reach for.
const FUTURE: [&str; 12] = [
    "sera",
    "seront",
    "aura",
    "auront",
    "devra",
    "devront",
    "pourra",
    "pourront",
    "fera",
    "feront",
    "prendra",
    "prendront",
];
