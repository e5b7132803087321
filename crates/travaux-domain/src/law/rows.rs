//! Every row: its law, its kind, whether arrangements between ministries use it, and what it says.
//!
//! VCLT is the Vienna Convention on the Law of Treaties (1969); "Reg." the regulations of the UN General Assembly on Article 102 of
//! the Charter; "Circ." the French circular of 30 May 1997 on the drafting and conclusion of agreements.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::RuleKind;

/// The machines, each of which moves on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Machine {
    /// The text.
    Text,
    /// A language version.
    Language,
    /// A party's consent to be bound.
    Consent,
    /// Force, of the whole and for each party.
    Force,
    /// Amendment.
    Amendment,
    /// Reservation, between each two parties.
    Reservation,
    /// End and suspension.
    Ending,
    /// Correction of errors.
    Correction,
    /// Depositary, notification, registration.
    Depositary,
    /// Relations between agreements.
    Relation,
    /// A party's internal mandate.
    Mandate,
    /// The record itself.
    Record,
}

macro_rules! rows {
    ($($rule:ident $machine:ident $kind:ident $arrangement:literal, $law:literal, $says:literal $(, left out: $why:literal)?;)*) => {
        /// A rule, by the name of its row.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = concat!($says, " (", $law, ").")] $rule,)*
        }

        impl Rule {
            /// All rows, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$rule),*];

            /// The row's name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => stringify!($rule),)* }
            }

            /// The article or practice that the rule rests on.
            pub fn law(self) -> &'static str {
                match self { $(Self::$rule => $law,)* }
            }

            /// Whether parties may depart from it, where a profile does not say otherwise.
            pub fn kind(self) -> RuleKind {
                match self { $(Self::$rule => RuleKind::$kind,)* }
            }

            /// The machine that it belongs to.
            pub fn machine(self) -> Machine {
                match self { $(Self::$rule => Machine::$machine,)* }
            }

            /// What it says.
            pub fn says(self) -> &'static str {
                match self { $(Self::$rule => $says,)* }
            }

            /// Whether arrangements between ministries use it.
            pub fn in_arrangements(self) -> bool {
                match self { $(Self::$rule => $arrangement == 'A',)* }
            }

            /// Why nothing is decided by it, where that is so.
            pub fn left_out(self) -> Option<&'static str> {
                match self { $(Self::$rule => None::<&'static str>$(.or(Some($why)))?,)* }
            }
        }
    };
}

rows! {
    T1 Text Record 'A', "VCLT 2(1)(e)", "a text is proposed by a negotiating party";
    T2 Text Record 'A', "negotiating practice", "a revision applies to the base that it names";
    T3 Text Record 'A', "negotiating practice", "a revision is withdrawn by its proposer, before it is adopted";
    T4 Text Mandatory 'A', "VCLT 9(1)", "a text is adopted by the consent of all that took part in drawing it up";
    T4a Text Mandatory 'A', "VCLT 9(1)", "a party answers a revision, and may change its answer until the adoption";
    T5 Text Residual '-', "VCLT 9(2)", "a conference adopts by two thirds of those present and voting";
    T6 Text Residual 'A', "VCLT 10(a), (b)", "a text is authenticated by the procedure agreed, else by signature or initials of all";
    T7 Text Mandatory '-', "VCLT 24(4)", "final clauses operate from the adoption of the text";
    T8 Text Mandatory 'A', "VCLT 10, 39, 79", "an authenticated text is touched only by amendment or correction";
    T9 Text Record 'A', "negotiating practice", "a negotiation may be given up before the text is definitive";
    L1 Language Record 'A', "VCLT 33(1)", "a language version has the provisions of the others, and changes with them";
    L2 Language Residual 'A', "practice of lawyer-linguists", "concordance is certified when all provisions align; any later change undoes it";
    L3 Language Residual 'A', "VCLT 10, 33(1)", "the versions named in the testimonium are authentic once the text is authenticated";
    L4 Language Mandatory '-', "VCLT 33(2)", "another version is authentic only if the treaty provides it or all parties agree";
    L5 Language Residual '-', "VCLT 33(1)", "a text prevails if the treaty provides it or the parties agree; at most one";
    L6 Language Mandatory 'A', "VCLT 33(2), 77(1)(b)", "a translation is never authentic";
    L7 Language Record 'A', "VCLT 33(3)-(4)", "a divergence names provisions in two languages or more, and changes no text";
    L8 Language Record 'A', "VCLT 33(1), 31(3)(a), 79(3), 33(4)", "a divergence is resolved on exactly one ground";
    C1 Consent Mandatory '-', "VCLT 7, 8", "an act without authority has no legal effect";
    C2 Consent Mandatory '-', "VCLT 8", "its State may confirm an unauthorised act afterwards";
    C3 Consent Residual '-', "VCLT 14(1)(c), 10(b)", "signature subject to ratification does not bind";
    C4 Consent Residual '-', "VCLT 10(b), 12(2)(b)", "signature ad referendum does not bind";
    C5 Consent Mandatory '-', "VCLT 12(2)(b)", "a signature ad referendum that its State confirms is a full one";
    C6 Consent Residual 'A', "VCLT 12(1), (2)(a)", "signature binds where the treaty or the parties say so";
    C7 Consent Residual 'A', "VCLT 13", "an exchange of instruments binds where these or the parties say so";
    C8 Consent Residual '-', "VCLT 14, 16", "an instrument of ratification binds once it is exchanged, deposited or notified, not when it is made";
    C9 Consent Residual '-', "VCLT 15", "accession needs a treaty or parties that allow it";
    C10 Consent Residual '-', "VCLT 17", "consent to a part needs a treaty that permits it or the agreement of the others";
    C11 Consent Mandatory '-', "VCLT 18", "who has signed or consented does not defeat object and purpose before entry into force";
    C12 Consent Mandatory '-', "VCLT 18(a), 25(2)", "a clear intention not to become a party ends that duty and provisional application";
    C13 Consent Mandatory 'A', "VCLT 2(1)(g)", "a party is who has consented and for whom the treaty is in force";
    C14 Consent Mandatory '-', "VCLT 42(2), 44, 54, 56", "withdrawal is notified, and takes effect when its notice has run";
    C15 Consent Mandatory 'A', "VCLT 68", "a notice may be revoked before it takes effect";
    F1 Force Mandatory 'A', "VCLT 24(1)", "entry into force is as the treaty provides or as the negotiating States agree, also later";
    F2 Force Residual 'A', "VCLT 24(2)", "without a clause, it is when consent of all negotiating States is established";
    F3 Force Residual '-', "VCLT 24(3)", "for a late consent, it is the date on which that consent is established";
    F4 Force Mandatory '-', "VCLT 25(1)", "provisional application needs a treaty that provides it or negotiating States that agree";
    F5 Force Residual '-', "VCLT 25(2)", "it ends for a State that notifies its intention not to become a party";
    F6 Force Mandatory '-', "VCLT 25", "it ends with entry into force";
    F7 Force Residual 'A', "VCLT 28", "no act or fact before entry into force is bound";
    F8 Force Residual 'A', "VCLT 29", "the territory is all of each party's";
    A1 Amendment Mandatory 'A', "VCLT 39", "an amendment changes an adopted text by the provisions that stand in it";
    A2 Amendment Residual '-', "VCLT 40(2)", "an amendment is notified to all contracting States, each of which may take part";
    A3 Amendment Residual 'A', "VCLT 39, Part II", "an amending agreement is concluded as any agreement is";
    A4 Amendment Residual 'A', "VCLT 40(4)", "an amendment binds only those that are parties to it";
    A5 Amendment Residual '-', "VCLT 40(4), 30(4)(b)", "between one that is bound by it and one that is not, the unamended text governs";
    A6 Amendment Residual '-', "VCLT 40(5)", "who joins later joins the amended text and, towards who is not bound by it, the unamended one";
    A7 Amendment Residual '-', "VCLT 40(3)", "whoever may join the treaty may join the amended one";
    A8 Amendment Mandatory '-', "VCLT 41", "some may modify among themselves what the treaty allows or does not prohibit, and tell the others";
    A9 Amendment Residual 'A', "practice (UN Handbook 4.4.2)", "an adopted text may be amended before it is in force";
    A10 Amendment Mandatory 'A', "VCLT 31(3)(a)", "an agreed interpretation is of all parties, and changes no text";
    A11 Amendment Residual 'A', "VCLT 39; the agreement's own clause", "a body amends an annex where the agreement gives it that power";
    R1 Reservation Mandatory '-', "VCLT 19, 2(1)(d)", "a reservation is formulated with signature or consent, and not where it is prohibited";
    R2 Reservation Mandatory '-', "VCLT 23(2)", "one formulated at simple signature lapses if it is not confirmed with the consent";
    R3 Reservation Mandatory '-', "VCLT 20(4)(a), 23(1)", "an express acceptance is in writing";
    R4 Reservation Residual '-', "VCLT 20(5)", "who has not objected within 12 months of its notification, or by its own consent if later, has accepted";
    R5 Reservation Residual '-', "VCLT 20(4)(b), 21(3)", "an objection leaves the treaty in force but for the reserved provisions";
    R6 Reservation Residual '-', "VCLT 20(4)(b)", "an objection that definitely says so keeps the treaty from being in force between the two";
    R7 Reservation Residual '-', "VCLT 20(2), (3)", "where the treaty is to apply in its entirety among all, all must accept a reservation";
    R8 Reservation Mandatory '-', "VCLT 21(1), (2)", "a reservation modifies for the two concerned, and for no others among themselves";
    R9 Reservation Residual '-', "VCLT 22(1), (3)(a), 23(4)", "a withdrawal operates towards another once that one has received notice of it";
    R10 Reservation Residual '-', "VCLT 22(2), (3)(b)", "the withdrawal of an objection operates once the reserving State has received notice of it";
    E1 Ending Mandatory 'A', "VCLT 54(a), 78(b)", "an agreement ends as its clause says; a notice counts from its receipt";
    E2 Ending Mandatory 'A', "VCLT 54(b)", "an agreement ends by consent of all parties";
    E3 Ending Residual '-', "VCLT 55", "parties fewer than entry into force needed do not end it";
    E4 Ending Mandatory '-', "VCLT 56", "without a clause, denunciation needs an intention or a nature that admits it, and 12 months' notice";
    E5 Ending Mandatory 'A', "VCLT 57", "operation is suspended as the clause says or by consent of all";
    E6 Ending Mandatory '-', "VCLT 58", "some may suspend among themselves for a time, and tell the others which provisions";
    E7 Ending Mandatory 'A', "VCLT 59", "a later treaty of all parties on the same subject ends the earlier one, or suspends it if so intended";
    E8 Ending Mandatory '-', "VCLT 60", "a material breach entitles the other parties to invoke it, but not against humanitarian provisions";
    E9 Ending Mandatory '-', "VCLT 61", "impossibility is invoked by who did not cause it; a temporary one only suspends";
    E10 Ending Mandatory '-', "VCLT 62", "a fundamental change of circumstances is not invoked against a boundary, nor by who caused it";
    E11 Ending Mandatory '-', "VCLT 63", "severance of diplomatic relations leaves a treaty as it is";
    E12 Ending Mandatory '-', "VCLT 65(1), 67(1)", "a claim is notified in writing, with the measure and its reasons";
    E13 Ending Mandatory '-', "VCLT 65(2), 67(2)", "the measure is carried out three months after receipt without objection, by an instrument duly signed";
    E14 Ending Mandatory '-', "VCLT 65(3), 66", "an objection sends the parties to a peaceful settlement";
    E15 Ending Mandatory '-', "VCLT 68", "a claim may be revoked before it takes effect";
    E16 Ending Mandatory '-', "VCLT 45", "who has acquiesced may not invoke the ground any more";
    E17 Ending Mandatory '-', "VCLT 44", "an end concerns the whole, unless a clause or separable provisions allow a part";
    E18 Ending Residual 'A', "VCLT 70", "an end releases from further performance and takes nothing from the past";
    E19 Ending Residual 'A', "VCLT 72", "a suspended operation may be resumed";
    E20 Ending Mandatory '-', "VCLT 42(2)", "nothing but the treaty or the Convention ends a treaty";
    E21 Ending Mandatory '-', "VCLT 46-53, 64, 69, 71", "a void treaty is so as a whole under 53 and 64, for one consent under 46 to 52";
    X1 Correction Mandatory 'A', "VCLT 79(1), 48(3)", "a correction is of wording, in an authenticated text";
    X2 Correction Residual 'A', "VCLT 79(1)(a)-(c)", "without a depositary, signatory and contracting States agree to it";
    X3 Correction Mandatory '-', "VCLT 79(2)", "a depositary notifies it with a time limit for objections";
    X4 Correction Mandatory '-', "VCLT 79(2)(a)", "when the limit has passed without objection, it is made by a proces-verbal";
    X5 Correction Mandatory '-', "VCLT 79(2)(b)", "an objection is communicated, and the text stays";
    X6 Correction Mandatory 'A', "VCLT 79(3)", "a lack of concordance is corrected in the languages that lack it";
    X7 Correction Residual 'A', "VCLT 79(4)", "a corrected text replaces the defective one from the beginning";
    X8 Correction Mandatory '-', "VCLT 79(5)", "a correction of a registered text is notified to the UN Secretariat";
    X9 Correction Mandatory 'A', "VCLT 79(6)", "a wrong certified copy is rectified, and the text itself is not touched";
    D1 Depositary Residual '-', "VCLT 76(1)", "a depositary is designated in the treaty or otherwise";
    D2 Depositary Residual '-', "VCLT 77(1)", "it keeps the original, receives instruments, examines their form, informs, registers";
    D3 Depositary Mandatory '-', "VCLT 76(2), 77(2)", "it decides no difference, and brings it to the States concerned";
    D4 Depositary Residual 'A', "VCLT 78(a)", "a notification goes to the depositary if there is one, else to those for whom it is";
    D5 Depositary Residual 'A', "VCLT 78(b)", "a notification is made only upon its receipt";
    D6 Depositary Residual '-', "VCLT 78(c)", "one sent to a depositary is received by a State when the depositary has informed it";
    D7 Depositary Mandatory '-', "Charter 102; VCLT 80(1); Reg. 1(2)", "a treaty is registered once it is in force between two parties, or as provisionally applied";
    D8 Depositary Mandatory '-', "Reg. 2", "a later action that changes parties, terms, scope or application is certified too";
    D9 Depositary Mandatory '-', "Reg. 3", "registration by one frees the others";
    D10 Depositary Mandatory '-', "Reg. 5", "what is registered is a true and complete copy in all languages, with all reservations";
    D11 Depositary Mandatory '-', "Reg. 6", "the date of registration is that of receipt; ex officio, that of entry into force";
    D12 Depositary Mandatory '-', "Charter 102(2)", "an unregistered treaty may not be invoked before organs of the UN";
    K1 Relation Residual 'A', "VCLT 30(2)", "an agreement that is subject to another gives way to it";
    K2 Relation Residual 'A', "VCLT 30(3)", "between the same parties, the earlier applies only where it is compatible with the later";
    K3 Relation Residual 'A', "VCLT 30(4)", "where the parties differ, the agreement that both are parties to governs";
    K4 Relation Residual 'A', "VCLT 31(2)", "what was made in connection with the conclusion is context";
    K5 Relation Residual 'A', "VCLT 2(1)(a), 13, 24(1)", "an exchange of notes can complete the principal agreement";
    FR1 Mandate Internal 'A', "Circ. II.1", "the minister tells the foreign ministry of the need before negotiating";
    FR2 Mandate Internal 'A', "Circ. II.1", "the Prime Minister arbitrates a disagreement between ministers";
    FR3 Mandate Internal 'A', "Circ. II.2", "the foreign ministry consults the ministers concerned and gives mandate and delegation";
    FR4 Mandate Internal 'A', "Circ. II.3", "it is decided early whether parliament must authorise (Constitution 53)";
    FR5 Mandate Internal 'A', "Circ. III.1", "the languages are French and official languages of the others; no third one";
    FR6 Mandate Internal 'A', "Circ. III.2", "a draft has a title with object and parties, a preamble, articles in the present tense";
    FR7 Mandate Internal 'A', "Circ. IV.1", "who signs an accord needs powers, the President, the Prime Minister and the foreign minister excepted";
    FR8 Mandate Internal 'A', "Circ. I", "solemn and simplified form have the same force; the President or the foreign minister signs the powers";
    FR9 Mandate Internal 'A', "Circ. I", "an administrative arrangement gives no security of performance: only to complete or specify an agreement",
        left out: "advice to drafters, not a condition: no act is refused or accepted by it";
    DR1 Record Record 'A', "UAX #9, #15; rules for drafted text", "a drafted text has visible characters in normal form";
    P0 Record Mandatory 'A', "VCLT 7, 8", "an act on an agreement is that of one of its parties";
    FW1 Record Record 'A', "the framework's founding declaration", "a framework is extended within its areas";
    PK1 Record Record 'A', "all revisions of a package or none", "a package is adopted as one";
    RC1 Record Record 'A', "rules of the record", "an act fits what is on record";
}

impl Rule {
    /// Where the row stands in the table.
    pub fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name(), self.law())
    }
}

/// A name is not that of a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no row of the table: rows have names such as T4, C8 or E13")]
pub struct UnknownRule(pub String);

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(s: &str) -> Result<Self, UnknownRule> {
        Self::ALL
            .iter()
            .find(|rule| rule.name() == s)
            .copied()
            .ok_or_else(|| UnknownRule(s.to_owned()))
    }
}
