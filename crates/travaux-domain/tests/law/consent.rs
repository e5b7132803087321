use travaux_domain::{
    Profile, Rule,
    agreement::consent::{ConsentAct, Establishment, Manner, Office, Representative, Stage},
    clause::{Means, Term},
    effect::Period,
};

use travaux_testkit::agreement::*;

fn stage(case: &Case, party: &str, on: &str) -> Stage {
    let force = case.0.force_for(&party.into(), date(on));
    case.0
        .machines
        .consents
        .of(&party.into())
        .map_or(Stage::None, |c| c.stage(date(on), force))
}

#[test]
fn c1_and_c2_an_act_without_authority_counts_once_it_is_confirmed_as_if_done_on_its_own_day() {
    let mut case = treaty(vec![]);
    let act = ConsentAct::Signed {
        on: date("2020-02-01"),
        manner: Manner::Definitive,
        by: minister(false),
    };
    case.refuses(
        "A",
        ConsentAct::ActConfirmed {
            on: date("2020-03-01"),
        },
        Rule::C2,
        "none on record",
    );
    assert_eq!(case.does("A", act), Rule::C1);
    assert_eq!(
        stage(&case, "A", "2020-12-31"),
        Stage::None,
        "it changes nothing"
    );
    case.refuses(
        "A",
        ConsentAct::ActConfirmed {
            on: date("2020-01-01"),
        },
        Rule::C2,
        "2020-02-01 on",
    );
    assert_eq!(
        case.does(
            "A",
            ConsentAct::ActConfirmed {
                on: date("2020-03-01")
            }
        ),
        Rule::C2
    );
    assert_eq!(
        case.0.machines.consents.expressed_on(&"A".into()),
        Some(date("2020-02-01"))
    );
    // An arrangement between ministries needs no full powers.
    let mut case = authentic(proposal(Profile::arrangement(), &["A", "B"], vec![]));
    let act = ConsentAct::Signed {
        on: date("2020-02-01"),
        manner: Manner::Definitive,
        by: minister(false),
    };
    assert_eq!(case.does("A", act), Rule::C6);
}

#[test]
fn offices_that_represent_their_state_need_no_powers() {
    for (office, authority) in [
        (Office::HeadOfState, true),
        (Office::HeadOfGovernment, true),
        (Office::ForeignMinister, true),
        (Office::HeadOfMission, false),
        (Office::Minister, false),
        (Office::Other, false),
    ] {
        let by = Representative {
            name: "x".into(),
            office,
            full_powers: false,
        };
        assert_eq!(by.has_authority(), authority, "{office:?}");
    }
}

#[test]
fn c3_c8_and_c11_signature_subject_to_ratification_binds_once_the_instrument_is_established() {
    let mut case = treaty(vec![]);
    let ratify = || {
        established(
            "2020-06-01",
            Means::Ratification,
            Establishment::Notification,
        )
    };
    case.refuses("A", ratify(), Rule::C8, "a signature to ratify");
    assert_eq!(
        case.does("A", sign("2020-02-01", Manner::SubjectToRatification)),
        Rule::C3
    );
    case.refuses(
        "A",
        sign("2020-02-02", Manner::SubjectToRatification),
        Rule::C3,
        "one of 2020-02-01",
    );
    let good_faith = |case: &Case| {
        case.0
            .machines
            .consents
            .of(&"A".into())
            .is_some_and(|c| c.owes_good_faith(date("2020-03-01"), None))
    };
    assert!(good_faith(&case), "from signature on");
    case.refuses("A", ratify(), Rule::C8, "an instrument that was made");
    case.refuses(
        "A",
        made("2020-05-01", Means::Signature),
        Rule::C8,
        "ratification, acceptance",
    );
    case.does("A", made("2020-05-01", Means::Ratification));
    assert_eq!(
        stage(&case, "A", "2020-05-15"),
        Stage::SignedSimple,
        "made is not established"
    );
    case.refuses(
        "A",
        established("2020-06-01", Means::Approval, Establishment::Notification),
        Rule::C8,
        "ratification",
    );
    case.refuses(
        "A",
        established(
            "2020-04-01",
            Means::Ratification,
            Establishment::Notification,
        ),
        Rule::C8,
        "2020-05-01 on",
    );
    case.refuses(
        "A",
        established("2020-06-01", Means::Ratification, Establishment::Deposit),
        Rule::D1,
        "a depositary",
    );
    assert_eq!(case.does("A", ratify()), Rule::C8);
    assert_eq!(
        (
            stage(&case, "A", "2020-05-31"),
            stage(&case, "A", "2020-06-01")
        ),
        (Stage::SignedSimple, Stage::ConsentExpressed)
    );
    case.refuses("A", signed("2020-07-01"), Rule::C6, "expressed already");
}

#[test]
fn c4_and_c5_signature_ad_referendum_is_full_once_it_is_confirmed() {
    let mut case = treaty(vec![]);
    case.refuses(
        "A",
        ConsentAct::SignatureConfirmed {
            on: date("2020-03-01"),
        },
        Rule::C5,
        "none of A",
    );
    assert_eq!(
        case.does("A", sign("2020-02-01", Manner::AdReferendum)),
        Rule::C4
    );
    assert_eq!(stage(&case, "A", "2020-02-15"), Stage::SignedAdReferendum);
    case.refuses(
        "A",
        ConsentAct::SignatureConfirmed {
            on: date("2020-01-01"),
        },
        Rule::C5,
        "2020-02-01 on",
    );
    assert_eq!(
        case.does(
            "A",
            ConsentAct::SignatureConfirmed {
                on: date("2020-03-01")
            }
        ),
        Rule::C5
    );
    assert_eq!(
        case.0.machines.consents.expressed_on(&"A".into()),
        Some(date("2020-02-01")),
        "a full signature of its own day"
    );
    case.refuses(
        "A",
        ConsentAct::SignatureConfirmed {
            on: date("2020-03-01"),
        },
        Rule::C5,
        "one that was confirmed",
    );
}

#[test]
fn c6_signature_binds_unless_the_clause_asks_for_more() {
    let only = |means: Vec<Means>| treaty(vec![clause("Article 9", Term::Consent(means))]);
    only(vec![Means::Ratification]).refuses(
        "A",
        signed("2020-02-01"),
        Rule::C6,
        "consent by ratification, found signature",
    );
    only(vec![Means::Signature]).does_by("A", signed("2020-02-01"), Rule::C6, "Article 9");
    let mut case = Case::new();
    case.does(
        "A",
        travaux_domain::agreement::AgreementCommand::Propose(Box::new(proposal(
            Profile::treaty(),
            &["A", "B"],
            vec![],
        ))),
    );
    case.refuses("A", signed("2020-02-01"), Rule::C6, "a draft");
    case.refuses("Z", signed("2020-02-01"), Rule::P0, "an act of `Z`");
}

#[test]
fn c7_an_exchange_of_instruments_binds_all_at_once() {
    let exchange = |parties: &[&str]| ConsentAct::InstrumentsExchanged {
        on: date("2020-02-01"),
        instruments: ids(parties)
            .into_iter()
            .map(|p| (p, "letter".to_owned()))
            .collect(),
    };
    let mut case = authentic(proposal(Profile::arrangement(), &["FR", "MA"], vec![]));
    case.refuses("FR", exchange(&["FR"]), Rule::C7, "missing: MA");
    case.refuses("FR", exchange(&["FR", "US"]), Rule::P0, "`US`");
    assert_eq!(case.does("FR", exchange(&["FR", "MA"])), Rule::C7);
    assert_eq!(case.0.in_force_since(), Some(date("2020-02-01")));
}

#[test]
fn c9_accession_needs_a_clause_that_opens_the_agreement() {
    treaty(vec![]).refuses(
        "Z",
        made("2020-02-01", Means::Accession),
        Rule::C9,
        "a clause that opens",
    );
    let open = |to: &[&str]| treaty(vec![clause("Article 10", Term::Accession(ids(to)))]);
    open(&["Y"]).refuses(
        "Z",
        made("2020-02-01", Means::Accession),
        Rule::C9,
        "one of Y",
    );
    let mut case = open(&[]);
    case.does("Z", made("2020-02-01", Means::Accession));
    case.does_by(
        "Z",
        established("2020-02-02", Means::Accession, Establishment::Notification),
        Rule::C9,
        "Article 10",
    );
    assert!(case.0.has_party(&"Z".into()));
}

#[test]
fn c10_consent_to_a_part_needs_a_clause_that_permits_it() {
    let part = || ConsentAct::InstrumentEstablished {
        on: date("2020-06-01"),
        means: Means::Ratification,
        how: Establishment::Notification,
        chosen: vec![p(2)],
        waits: false,
    };
    let until = |clauses| {
        let mut case = treaty(clauses);
        case.does("A", sign("2020-02-01", Manner::SubjectToRatification));
        case.does("A", made("2020-05-01", Means::Ratification));
        case
    };
    until(vec![]).refuses("A", part(), Rule::C10, "a clause that permits");
    until(vec![clause("Article 11", Term::PartialConsent)]).does_by(
        "A",
        part(),
        Rule::C10,
        "Article 11",
    );
}

#[test]
fn c12_who_declines_owes_nothing_any_more() {
    let decline = |on: &str| ConsentAct::DeclinedToBecomeParty { on: date(on) };
    let mut case = treaty(vec![]);
    case.refuses("A", decline("2020-02-01"), Rule::C12, "A, which has not");
    case.does("A", sign("2020-02-01", Manner::SubjectToRatification));
    assert_eq!(case.does("A", decline("2020-03-01")), Rule::C12);
    assert_eq!(
        (
            stage(&case, "A", "2020-02-15"),
            stage(&case, "A", "2020-03-01")
        ),
        (Stage::SignedSimple, Stage::Declined)
    );
    in_force(vec![]).refuses(
        "A",
        decline("2020-03-01"),
        Rule::C12,
        "give notice of withdrawal instead",
    );
}

#[test]
fn c13_a_party_is_who_has_consented_and_for_whom_it_is_in_force() {
    let mut case = treaty(vec![]);
    case.does("A", signed("2020-02-01"));
    assert_eq!(stage(&case, "A", "2020-12-31"), Stage::ConsentExpressed);
    case.does("B", signed("2020-03-01"));
    case.does("C", signed("2020-04-01"));
    assert_eq!(
        (
            stage(&case, "A", "2020-03-31"),
            stage(&case, "A", "2020-04-01")
        ),
        (Stage::ConsentExpressed, Stage::Party)
    );
}

#[test]
fn c14_a_notice_runs_from_its_receipt() {
    let mut case = in_force(vec![clause(
        "Article 12",
        Term::Denunciation(Period::Months(6)),
    )]);
    case.does_by("A", leave("2021-01-31"), Rule::C14, "Article 12");
    let at = |on| stage(&case, "A", on);
    assert_eq!(
        (at("2021-01-30"), at("2021-07-30"), at("2021-07-31")),
        (Stage::Party, Stage::Withdrawing, Stage::Withdrawn)
    );
    case.refuses(
        "A",
        leave("2021-02-01"),
        Rule::C14,
        "that received on 2021-01-31",
    );
    treaty(vec![]).refuses(
        "A",
        leave("2021-01-31"),
        Rule::C14,
        "a party for which the agreement is in force",
    );
}

#[test]
fn e4_without_a_clause_an_intention_must_admit_it_and_twelve_months_run() {
    let mut case = in_force(vec![]);
    case.refuses("A", leave("2021-01-31"), Rule::E4, "found neither");
    let admitted = ConsentAct::WithdrawalNotified {
        received_on: date("2021-01-31"),
        admitted: Some("the nature of a treaty of co-operation".into()),
        provisions: vec![],
        effective_on: Some(date("2021-02-01")),
    };
    assert_eq!(case.does("A", admitted), Rule::E4);
    assert_eq!(
        case.0
            .machines
            .consents
            .of(&"A".into())
            .and_then(|c| c.lives[0].withdrawal)
            .map(|w| w.effective_on),
        Some(date("2022-01-31"))
    );
}

#[test]
fn c15_a_notice_can_be_revoked_before_it_takes_effect() {
    let revoke = |on: &str| ConsentAct::NotificationRevoked { on: date(on) };
    let mut case = in_force(vec![clause(
        "Article 12",
        Term::Denunciation(Period::Months(6)),
    )]);
    case.refuses("A", revoke("2021-03-01"), Rule::C15, "none of A");
    let before = case.0.machines.clone();
    case.does("A", leave("2021-01-31"));
    case.refuses(
        "A",
        revoke("2021-07-31"),
        Rule::C15,
        "a date before 2021-07-31",
    );
    assert_eq!(case.does("A", revoke("2021-07-30")), Rule::C15);
    assert_eq!(case.0.machines, before, "as if it had never been given");
}

#[test]
fn e17_a_notice_for_a_part_needs_separable_provisions() {
    let part = || ConsentAct::WithdrawalNotified {
        received_on: date("2021-01-31"),
        admitted: Some("x".into()),
        provisions: vec![p(3)],
        effective_on: None,
    };
    in_force(vec![]).refuses("A", part(), Rule::E17, "the whole agreement");
    in_force(vec![clause("Article 13", Term::Separable(vec![p(3)]))]).does("A", part());
}
