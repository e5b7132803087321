//! The table: a verb with its options; under it what becomes of it for A while the treaty is a
//! draft, once it is adopted, while it is in force; for Z, who is no party, in force; and for A
//! once it has ended. `done`, or the reason and the row that refuses it.

/// All verbs, by what they are about.
pub(super) const TABLE: &str = r#"
# Consent to be bound
sign --on 2020-02-02 --by m --full-powers
    wrong_state C6 | done | already C6 | not_a_party P0 | wrong_state E18
confirm-act --on 2020-02-02
    wrong_state C2 | wrong_state C2 | wrong_state C2 | not_a_party P0 | wrong_state E18
confirm-signature --on 2020-02-10
    wrong_state C5 | wrong_state C5 | wrong_state C5 | not_a_party P0 | wrong_state E18
exchange --on 2020-02-02 --instrument A=letter --instrument B=reply
    wrong_state C7 | consent_missing C7 | already C7 | not_a_party P0 | wrong_state E18
ratify --on 2020-03-01
    wrong_state C8 | done | already C8 | not_a_party P0 | wrong_state E18
establish --on 2020-03-10
    wrong_state C8 | wrong_state C8 | already C8 | not_a_party P0 | wrong_state E18
accede --on 2020-03-10
    forbidden C9 | forbidden C9 | forbidden C9 | forbidden C9 | wrong_state E18
decline --on 2020-03-10
    wrong_state C12 | wrong_state C12 | wrong_state C12 | not_a_party P0 | wrong_state E18
denounce --received-on 2020-06-01
    wrong_state C14 | wrong_state C14 | condition_unmet E4 | not_a_party P0 | wrong_state E18
revoke-notice --on 2020-06-02
    wrong_state C15 | wrong_state C15 | wrong_state C15 | not_a_party P0 | wrong_state C15

# Entry into force
enter-into-force --on 2020-03-01 --basis 'Article 8'
    wrong_state F1 | condition_unmet F2 | wrong_date F2 | not_a_party P0 | wrong_state E18
enter-into-force-for --on 2020-03-01
    wrong_state F3 | wrong_state F3 | already F3 | not_a_party P0 | wrong_state E18
apply-provisionally --on 2020-02-05 --parties A,B --consenting A,B
    wrong_state F4 | consent_missing F4 | wrong_state F6 | not_a_party P0 | wrong_state E18
end-provisional --on 2020-02-06
    wrong_state F5 | wrong_state F5 | wrong_state F5 | not_a_party P0 | wrong_state E18
agree-clause --on 2020-02-06 --label notes --provides '{"accession":[]}' --consenting A,B
    wrong_state K5 | consent_missing K5 | consent_missing K5 | not_a_party P0 | wrong_state E18

# The depositary, notification, registration
notify --on 2020-02-02
    wrong_state D4 | done | done | not_a_party P0 | wrong_state E18
receive --number 9 --on 2020-02-03
    unknown D5 | unknown D5 | unknown D5 | unknown D5 | unknown D5
inform --number 9 --party B --on 2020-02-03
    unknown D6 | unknown D6 | unknown D6 | unknown D6 | unknown D6
examine --number 9 --on 2020-02-03
    unknown D2 | unknown D2 | unknown D2 | unknown D2 | unknown D2
bring-difference --on 2020-02-03 --about 'the form'
    wrong_state D3 | wrong_state D3 | wrong_state D3 | wrong_state D3 | wrong_state D3
designate-depositary --on 2020-02-03 --keeper UN --consenting A,B
    wrong_state D1 | consent_missing D1 | consent_missing D1 | not_a_party P0 | wrong_state E18
register --on 2020-02-03 --number I-1 --languages fr
    wrong_state D7 | wrong_state D7 | done | done | wrong_state E18
certify-statement --on 2020-02-03 --about accession
    wrong_state D8 | wrong_state D8 | wrong_state D8 | wrong_state D8 | wrong_state D8

# Reservations
reserve --on 2020-02-02 --provisions 1.2 --words 'not in winter'
    wrong_state R1 | done | too_late R1 | not_a_party P0 | wrong_state E18
confirm-reservation --number 9 --on 2020-03-01
    unknown R2 | unknown R2 | unknown R2 | not_a_party P0 | wrong_state E18
notify-reservation --number 9 --to B,C --on 2020-03-01
    unknown R4 | unknown R4 | unknown R4 | unknown R4 | unknown R4
accept-reservation --number 9 --on 2020-03-01
    unknown R3 | unknown R3 | unknown R3 | not_a_party P0 | wrong_state E18
object --number 9 --on 2020-03-01
    unknown R5 | unknown R5 | unknown R5 | not_a_party P0 | wrong_state E18
withdraw-reservation --number 9 --on 2020-03-01
    unknown R9 | unknown R9 | unknown R9 | not_a_party P0 | wrong_state E18
narrow-reservation --number 9 --on 2020-03-01 --provisions 1.2 --words 'not in January'
    unknown R12 | unknown R12 | unknown R12 | not_a_party P0 | wrong_state E18
receive-withdrawal --number 9 --on 2020-03-01
    unknown R9 | unknown R9 | unknown R9 | not_a_party P0 | wrong_state E18
withdraw-objection --number 9 --received-on 2020-03-01
    unknown R10 | unknown R10 | unknown R10 | not_a_party P0 | wrong_state E18

# Declarations
declare --on 2020-02-02 --words 'It recognises nobody by this.'
    wrong_state C19 | done | done | not_a_party P0 | wrong_state E18
declare-interpretation --on 2020-02-02 --provisions 1.2 --words 'A month is a calendar month.'
    wrong_state C19 | done | done | not_a_party P0 | wrong_state E18
extend-to --on 2020-02-02 --territories Mayotte
    wrong_state C19 | forbidden C19 | forbidden C19 | not_a_party P0 | wrong_state E18
leave-territories-out --on 2020-02-01 --territories Greenland
    wrong_state C19 | forbidden C19 | forbidden C19 | not_a_party P0 | wrong_state E18
designate-authority --on 2020-02-02 --purpose requests --name 'the Ministry'
    wrong_state C19 | done | done | not_a_party P0 | wrong_state E18
notify-declaration --number 9 --to B,C --on 2020-03-01
    unknown C19 | unknown C19 | unknown C19 | unknown C19 | unknown C19
answer-declaration --number 9 --view opposes --on 2020-03-01
    unknown C19 | unknown C19 | unknown C19 | not_a_party P0 | wrong_state E18
withdraw-declaration --number 9 --on 2020-03-01
    unknown C19 | unknown C19 | unknown C19 | not_a_party P0 | wrong_state E18

# Amendments
notify-amendment --revision 9 --to B,C --on 2020-03-01
    unknown A2 | unknown A2 | unknown A2 | not_a_party P0 | wrong_state E18
object-to-amendment --revision 9 --on 2020-03-01
    unknown A12 | unknown A12 | unknown A12 | not_a_party P0 | wrong_state E18
withdraw-objection-to-amendment --revision 9 --on 2020-03-01
    unknown A12 | unknown A12 | unknown A12 | not_a_party P0 | wrong_state E18
amendment-in-force --revision 9 --on 2020-03-01
    unknown A4 | unknown A4 | unknown A4 | not_a_party P0 | wrong_state E18
stay-out --revision 9 --on 2020-03-01
    wrong_state A6 | wrong_state A6 | wrong_state A6 | not_a_party P0 | wrong_state E18
join-amendment --revision 9 --on 2020-03-01
    wrong_state A7 | wrong_state A7 | wrong_state A7 | not_a_party P0 | wrong_state E18
modify-inter-se --revision 9 --on 2020-03-01 --between A,B --notified C --harmless
    unknown A8 | unknown A8 | unknown A8 | not_a_party P0 | wrong_state E18
interpret --on 2020-03-01 --provisions 1.2 --note fr=oui --consenting A,B
    wrong_state A10 | consent_missing A10 | consent_missing A10 | not_a_party P0 | wrong_state E18
amend-annex --revision 9 --on 2020-03-01 --body committee
    unknown A11 | unknown A11 | unknown A11 | not_a_party P0 | wrong_state E18

# Corrections
notify-correction --revision 9 --on 2020-03-01
    unknown X3 | unknown X3 | unknown X3 | unknown X3 | wrong_state E18
object-correction --revision 9 --on 2020-03-01 --reason no
    unknown X5 | unknown X5 | unknown X5 | not_a_party P0 | wrong_state E18
rectify --revision 9 --on 2020-03-01
    unknown X4 | unknown X4 | unknown X4 | unknown X4 | wrong_state E18
correction-to-un --revision 9 --on 2020-03-01
    wrong_state X8 | wrong_state X8 | wrong_state X8 | wrong_state X8 | wrong_state E18
rectify-copy --lang ar --on 2020-03-01 --note 'page 3'
    wrong_state X9 | unknown X9 | unknown X9 | not_a_party P0 | wrong_state E18

# Suspension and end
end --on 2020-05-01 --consenting A,B
    consent_missing E2 | consent_missing E2 | consent_missing E2 | not_a_party P0 | already E2
terminate --on 2020-05-01
    wrong_state E1 | wrong_state E1 | condition_unmet E1 | not_a_party P0 | already E1
supersede --with treaty --on 2020-05-01 --consenting A,B
    malformed RC1 | malformed RC1 | malformed RC1 | malformed RC1 | malformed RC1
suspend --on 2020-05-01 --consenting A,B
    wrong_state E5 | wrong_state E5 | consent_missing E5 | not_a_party P0 | wrong_state E18
suspend-inter-se --on 2020-05-01 --until 2020-06-01 --between A,B --provisions 1.2
    wrong_state E6 | wrong_state E6 | condition_unmet E6 | not_a_party P0 | wrong_state E18
resume --number 9 --on 2020-06-01
    unknown E19 | unknown E19 | unknown E19 | not_a_party P0 | wrong_state E18
claim --on 2020-05-01 --ground material-breach --measure terminate --reasons broken
    wrong_state E8 | wrong_state E8 | malformed E8 | not_a_party P0 | wrong_state E18
receive-claim --number 9 --on 2020-05-02
    unknown D5 | unknown D5 | unknown D5 | not_a_party P0 | wrong_state E18
dispute-claim --number 9 --on 2020-05-02
    unknown E14 | unknown E14 | unknown E14 | not_a_party P0 | wrong_state E18
accept-claim --number 9 --on 2020-05-02
    unknown E14 | unknown E14 | unknown E14 | not_a_party P0 | wrong_state E18
settle-claim --number 9 --on 2020-05-02 --by award --decided
    unknown E25 | unknown E25 | unknown E25 | not_a_party P0 | wrong_state E18
acquiesce --on 2020-05-01 --ground material-breach
    done | done | done | not_a_party P0 | wrong_state E18
carry-out --number 9 --on 2020-09-02 --by m --office foreign-minister
    unknown E13 | unknown E13 | unknown E13 | not_a_party P0 | wrong_state E18
revoke-claim --number 9 --on 2020-05-02
    unknown E15 | unknown E15 | unknown E15 | not_a_party P0 | wrong_state E18

# Languages, and relations to other agreements
open-language --lang en --on 2020-03-01
    done | wrong_state L1 | wrong_state L1 | not_a_party P0 | wrong_state E18
certify --revision 9 --on 2020-03-01 --by jurists
    unknown L2 | unknown L2 | unknown L2 | not_a_party P0 | wrong_state E18
declare-authentic --lang fr --on 2020-03-01 --consenting A,B
    wrong_state L4 | already L4 | already L4 | not_a_party P0 | wrong_state E18
prevail --lang nl --on 2020-03-01 --consenting A,B,C
    wrong_state L5 | unknown L5 | unknown L5 | not_a_party P0 | wrong_state E18
translate --lang fr --on 2020-03-01 --by us --text fr.md
    forbidden L6 | forbidden L6 | forbidden L6 | not_a_party P0 | wrong_state E18
diverge --on 2020-03-01 --says fr=a --provisions 1.2 --note n
    wrong_state L7 | malformed L7 | malformed L7 | not_a_party P0 | wrong_state E18
resolve-divergence --number 9 --on 2020-03-01 --ground '"prevailing_text"'
    unknown L8 | unknown L8 | unknown L8 | not_a_party P0 | wrong_state E18
relate --to treaty --relation later-than --on 2020-05-01
    malformed RC1 | malformed RC1 | malformed RC1 | malformed RC1 | malformed RC1

# Mandates: a practice of one party, which the others do not see through
mandate-request --on 2019-01-01 --by Interior --need treaty
    done | done | done | not_a_party P0 | done
mandate-consult --on 2019-02-01 --ministers Justice
    wrong_state FR3 | wrong_state FR3 | wrong_state FR3 | not_a_party P0 | wrong_state FR3
mandate-arbitrate --on 2019-02-03
    wrong_state FR2 | wrong_state FR2 | wrong_state FR2 | not_a_party P0 | wrong_state FR2
mandate-assess --on 2019-02-04 --reason none
    wrong_state FR4 | wrong_state FR4 | wrong_state FR4 | not_a_party P0 | wrong_state FR4
mandate-give --on 2019-02-05 --to director
    wrong_state FR3 | wrong_state FR3 | wrong_state FR3 | not_a_party P0 | wrong_state FR3
mandate-powers --on 2019-02-06 --to minister
    wrong_state FR3 | wrong_state FR3 | wrong_state FR3 | not_a_party P0 | wrong_state FR3
"#;
