use travaux_domain::{
    Rule,
    agreement::{
        consent::{Establishment, Manner},
        depositary::{DepositaryAct as MachineEvent, Subject},
    },
    clause::{Means, Term},
};

use travaux_testkit::agreement::*;

fn kept() -> Case {
    treaty(vec![clause("Article 21", Term::Depositary("UN".into()))])
}

#[test]
fn d1_a_depositary_is_designated_by_clause_or_by_all() {
    let designate = |consenting: &[&str]| MachineEvent::DepositaryDesignated {
        on: date("2020-02-01"),
        keeper: "UN".into(),
        consenting: ids(consenting),
    };
    let mut case = treaty(vec![]);
    case.refuses("A", designate(&["A"]), Rule::D1, "missing: B, C");
    assert_eq!(case.does("A", designate(&["A", "B", "C"])), Rule::D1);
    case.refuses(
        "A",
        designate(&["A", "B", "C"]),
        Rule::D1,
        "one that UN keeps",
    );
    assert_eq!(kept().0.machines.depositary.keeper.as_deref(), Some("UN"));
}

#[test]
fn d2_and_d3_a_depositary_examines_and_decides_no_difference() {
    let examine = |defect: Option<&str>| MachineEvent::FormExamined {
        on: date("2020-03-02"),
        number: 1,
        defect: defect.map(str::to_owned),
    };
    let differ = || MachineEvent::DifferenceBrought {
        on: date("2020-03-03"),
        about: "the form of notification 1".into(),
    };
    let mut case = kept();
    case.does("A", notify("2020-03-01"));
    case.refuses(
        "UN",
        examine(None),
        Rule::D2,
        "that the depositary has received",
    );
    case.does("UN", received(1, "2020-03-02"));
    case.refuses(
        "A",
        examine(None),
        Rule::D2,
        "an act of the depositary (UN)",
    );
    assert_eq!(case.does("UN", examine(Some("not signed"))), Rule::D2);
    assert_eq!(
        case.0.machines.depositary.notifications[0]
            .defect
            .as_deref(),
        Some("not signed")
    );
    case.refuses("B", differ(), Rule::D3, "an act of the depositary (UN)");
    treaty(vec![]).refuses("B", differ(), Rule::D3, "none was designated");
    assert_eq!(case.does("UN", differ()), Rule::D3);
    assert_eq!(case.0.machines.depositary.differences.len(), 1);
}

#[test]
fn d4_notifications_and_instruments_go_to_the_depositary_if_there_is_one() {
    let mut case = kept();
    case.does("A", sign("2020-02-01", Manner::SubjectToRatification));
    case.does("A", made("2020-03-01", Means::Ratification));
    case.refuses(
        "A",
        established("2020-03-02", Means::Ratification, Establishment::Exchange),
        Rule::D4,
        "a deposit with UN",
    );
    case.does(
        "A",
        established("2020-03-02", Means::Ratification, Establishment::Deposit),
    );
    assert_eq!(case.does("A", notify("2020-03-01")), Rule::D4);
    case.refuses(
        "A",
        notify("2020-03-02"),
        Rule::D4,
        "that which A sent on 2020-03-01",
    );
    let other = MachineEvent::NotificationSent {
        on: date("2020-03-02"),
        subject: Subject::Other("a change of address".into()),
        number: None,
    };
    case.does("A", other.clone());
    case.does("A", other);
}

#[test]
fn d6_the_depositary_informs_and_only_then_has_a_party_received() {
    let inform = |party: &str| MachineEvent::PartyInformed {
        on: date("2020-03-05"),
        number: 1,
        party: party.into(),
    };
    let mut case = kept();
    case.does("A", notify("2020-03-01"));
    case.refuses(
        "UN",
        inform("B"),
        Rule::D6,
        "that the depositary has received",
    );
    case.refuses(
        "UN",
        MachineEvent::NotificationReceived {
            on: date("2020-03-02"),
            number: 2,
        },
        Rule::D5,
        "from 1 to 1",
    );
    case.does("UN", received(1, "2020-03-02"));
    case.refuses("C", inform("B"), Rule::D6, "an act of the depositary");
    assert_eq!(case.does("UN", inform("B")), Rule::D6);
    case.refuses(
        "UN",
        inform("B"),
        Rule::D6,
        "a party that was not informed yet",
    );
    case.refuses("UN", inform("Z"), Rule::P0, "`Z`");
}

fn register(on: &str, ex_officio: bool, languages: &[&str]) -> MachineEvent {
    let languages = languages.iter().map(|l| lang(l)).collect();
    MachineEvent::Registered {
        on: date(on),
        number: "I-1".into(),
        ex_officio,
        languages,
    }
}

#[test]
fn d7_d9_d10_d11_and_d12_registration_once_in_force_in_every_language_by_one() {
    treaty(vec![]).refuses(
        "A",
        register("2020-03-01", false, &["fr"]),
        Rule::D7,
        "one that was not on 2020-03-01",
    );
    let mut case = in_force(vec![]);
    assert!(!case.0.machines.depositary.may_be_invoked_before_un_organs());
    case.refuses(
        "A",
        register("2020-03-01", false, &[]),
        Rule::D10,
        "missing: fr",
    );
    case.refuses(
        "UN",
        register("2020-03-01", true, &["fr"]),
        Rule::D11,
        "2020-02-01, when it entered into force",
    );
    assert_eq!(
        case.does("A", register("2020-03-01", false, &["fr"])),
        Rule::D7
    );
    assert!(case.0.machines.depositary.may_be_invoked_before_un_organs());
    case.refuses(
        "B",
        register("2020-03-02", false, &["fr"]),
        Rule::D9,
        "I-1, registered by A on 2020-03-01",
    );
}

#[test]
fn d8_a_later_action_is_certified_to_the_register() {
    let certify = |on: &str| MachineEvent::StatementCertified {
        on: date(on),
        about: "accession of Z".into(),
    };
    let mut case = in_force(vec![]);
    case.refuses(
        "A",
        certify("2020-04-01"),
        Rule::D8,
        "one that is not registered",
    );
    case.does("A", register("2020-03-01", false, &["fr"]));
    case.refuses("A", certify("2020-02-01"), Rule::D8, "from 2020-03-01 on");
    assert_eq!(case.does("A", certify("2020-04-01")), Rule::D8);
}
