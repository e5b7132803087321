//! A consent that ends, and another one after it.

use travaux_domain::{
    Rule,
    agreement::{
        ForceBetween,
        consent::{ConsentAct, Manner, Stage},
    },
    clause::{Means, Term},
};
use travaux_testkit::agreement::*;

use super::{between, declines, deposits, effect, ratifies, since, stands};

fn open() -> Case {
    let terms = vec![
        Term::EntryIntoForce(effect("2nd consent")),
        Term::Denunciation("6 months".parse().expect("a time")),
        Term::Accession(vec![]),
        Term::LateConsent(effect("90 days after own instrument")),
    ];
    let mut case = between(&["A", "B", "C"], terms);
    for party in ["A", "B", "C"] {
        case.does(party, signed("2010-01-01"));
    }
    case
}

fn stage(case: &Case, party: &str, on: &str) -> Stage {
    let consent = case
        .0
        .machines
        .consents
        .of(&party.into())
        .expect("a consent");
    consent.stage(date(on), case.0.force_for(&party.into(), date(on)))
}

#[test]
fn c16_who_left_may_come_back() {
    let mut case = open();
    case.does("A", leave("2012-01-01"));
    let accedes = made("2012-03-01", Means::Accession);
    case.refuses("A", accedes, Rule::C8, "expressed already");
    deposits(&mut case, "A", "2015-01-01", Means::Accession);
    for (on, expected, force) in [
        ("2011-12-31", Stage::Party, "in force since 2010-01-01"),
        (
            "2012-01-01",
            Stage::Withdrawing,
            "in force since 2010-01-01",
        ),
        (
            "2012-06-30",
            Stage::Withdrawing,
            "in force since 2010-01-01",
        ),
        ("2012-07-01", Stage::Withdrawn, "ended on 2012-07-01"),
        ("2014-12-31", Stage::Withdrawn, "ended on 2012-07-01"),
        ("2015-01-01", Stage::ConsentExpressed, "not in force"),
        ("2015-03-31", Stage::ConsentExpressed, "not in force"),
        ("2015-04-01", Stage::Party, "in force since 2015-04-01"),
    ] {
        assert_eq!(stage(&case, "A", on), expected, "{on}");
        let found = case.0.between(&"A".into(), &"B".into(), date(on)).force;
        assert_eq!(found.to_string(), force, "{on}");
    }
    assert_eq!(
        since(&case, "A", "2011-01-01").as_deref(),
        Some("2010-01-01")
    );
    assert_eq!(
        since(&case, "A", "2016-01-01").as_deref(),
        Some("2015-04-01")
    );
    // The others never noticed, and it may leave again.
    let others = case
        .0
        .between(&"B".into(), &"C".into(), date("2013-01-01"))
        .force;
    assert_eq!(others, ForceBetween::InForce(date("2010-01-01")));
    case.does("A", leave("2016-01-01"));
    assert_eq!(stage(&case, "A", "2016-07-01"), Stage::Withdrawn);
}

#[test]
fn c16_who_declined_may_ratify_after_all() {
    let terms = vec![Term::EntryIntoForce(effect("last instrument"))];
    let mut case = between(&["A", "B"], terms);
    ratifies(&mut case, "A", "2010-02-01");
    case.does("B", sign("2010-01-01", Manner::SubjectToRatification));
    case.does("B", declines("2010-03-01"));
    stands(&case, "2012-01-01", "not in force");
    let early = made("2010-02-15", Means::Ratification);
    case.does("B", early.clone());
    deposits(&mut case, "B", "2013-01-01", Means::Ratification);
    assert_eq!(stage(&case, "B", "2012-01-01"), Stage::Declined);
    stands(&case, "2013-01-01", "in force since 2013-01-01");
}

#[test]
fn c16_a_decline_ends_what_came_before_it_and_nothing_after() {
    for first in [true, false] {
        let mut case = between(&["A", "B"], vec![]);
        case.does("A", sign("2000-01-01", Manner::SubjectToRatification));
        case.does("B", signed("2000-02-01"));
        if first {
            case.does("A", declines("2000-01-10"));
        }
        deposits(&mut case, "A", "2000-02-01", Means::Ratification);
        if !first {
            case.does("A", declines("2000-01-10"));
        }
        stands(&case, "2000-03-01", "in force since 2000-02-01");
        assert_eq!(stage(&case, "A", "2000-01-15"), Stage::Declined);
    }
    let mut case = between(&["A", "B"], vec![]);
    case.does("A", sign("2000-02-01", Manner::SubjectToRatification));
    let says = "a date from 2000-02-01 on, when it signed";
    case.refuses_new("A", declines("2000-01-31"), Rule::C12, says);
    case.does("A", declines("2000-03-01"));
    let same_day = made("2000-03-01", Means::Ratification);
    case.refuses("A", same_day, Rule::C8, "has not declined on that day");
}

#[test]
fn c16_what_was_signed_before_a_decline_is_not_confirmed_after_it() {
    let on = date("2000-03-01");
    let mut case = between(&["A", "B"], vec![]);
    let without_authority = ConsentAct::Signed {
        on: date("2000-01-01"),
        manner: Manner::Definitive,
        by: minister(false),
    };
    case.does("A", without_authority);
    case.does("A", sign("2000-01-05", Manner::AdReferendum));
    case.does("A", declines("2000-02-01"));
    for (confirms, rule) in [
        (ConsentAct::ActConfirmed { on }, Rule::C2),
        (ConsentAct::SignatureConfirmed { on }, Rule::C5),
    ] {
        case.refuses_new("A", confirms, rule, "declined on 2000-02-01");
    }
}

#[test]
fn c16_who_left_signs_anew_and_a_signature_that_was_used_is_spent() {
    let terms = vec![
        Term::EntryIntoForce(effect("2nd signature")),
        Term::Denunciation("6 months".parse().expect("a time")),
    ];
    let mut case = between(&["A", "B", "C"], terms);
    for party in ["A", "B", "C"] {
        case.does(party, signed("2000-01-01"));
    }
    case.does("C", leave("2001-01-01"));
    let ratifies = made("2003-01-01", Means::Ratification);
    case.does("C", ratifies);
    let how = travaux_domain::agreement::consent::Establishment::Notification;
    let ratifies = established("2003-01-01", Means::Ratification, how);
    case.refuses("C", ratifies, Rule::C8, "a signature to ratify");
    case.does("C", signed("2004-01-01"));
    assert_eq!(stage(&case, "C", "2003-06-01"), Stage::None);
    assert_eq!(stage(&case, "C", "2004-01-01"), Stage::Party);
    stands(&case, "2005-01-01", "in force since 2000-01-01");
}

#[test]
fn c15_a_notice_that_was_taken_back_leaves_the_consent_as_it_was() {
    let mut case = open();
    case.does("A", leave("2012-01-01"));
    deposits(&mut case, "A", "2013-01-01", Means::Accession);
    let early = ConsentAct::NotificationRevoked {
        on: date("2011-01-01"),
    };
    case.refuses_new("A", early, Rule::C15, "a date from 2012-01-01 on");
    let revoked = ConsentAct::NotificationRevoked {
        on: date("2012-06-30"),
    };
    case.does("A", revoked);
    // It never left: what it did about consenting again adds nothing.
    for on in ["2012-12-31", "2014-01-01"] {
        assert_eq!(since(&case, "A", on).as_deref(), Some("2010-01-01"));
    }
    case.does("A", leave("2014-01-01"));
    assert_eq!(stage(&case, "A", "2014-07-01"), Stage::Withdrawn);
}

#[test]
fn f11_who_consents_late_is_not_bound_from_before() {
    let terms = vec![
        Term::EntryIntoForce(effect("2nd consent")),
        Term::RetroactiveForce(date("2009-01-01")),
    ];
    let mut case = between(&["A", "B", "C"], terms);
    for (party, on) in [
        ("A", "2010-01-01"),
        ("B", "2010-01-01"),
        ("C", "2015-01-01"),
    ] {
        case.does(party, signed(on));
    }
    for (pair, force) in [
        (("A", "B"), "in force since 2009-01-01"),
        (("A", "C"), "not in force"),
    ] {
        let found = case
            .0
            .between(&pair.0.into(), &pair.1.into(), date("2013-01-01"));
        assert_eq!(found.force.to_string(), force, "{pair:?}");
    }
}

#[test]
fn a_window_for_notice_is_counted_from_the_consent_of_the_day() {
    let terms = vec![
        Term::EntryIntoForce(effect("2nd consent")),
        Term::Denunciation("6 months".parse().expect("a time")),
        Term::NoticeFrom(effect("5 years after own consent")),
        Term::Accession(vec![]),
    ];
    let mut case = between(&["A", "B", "C"], terms);
    for party in ["A", "B", "C"] {
        case.does(party, signed("2000-01-01"));
    }
    case.does("A", leave("2005-01-01"));
    deposits(&mut case, "A", "2010-01-01", Means::Accession);
    let says = "a notice received from 2015-01-01 on";
    case.refuses("A", leave("2014-12-31"), Rule::E1, says);
    case.does("A", leave("2015-01-01"));
}
