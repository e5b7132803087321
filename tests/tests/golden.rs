//! Real cases, replayed: what was in force when, between whom, as known when. The facts are public; the texts are our own words.

use travaux::{
    domain::{
        Profile, Revision, Rule,
        agreement::{AgreementCommand as C, ForceBetween, Nature, Proposal, RevisionDraft},
        agreement::{
            MachineEvent,
            amendment::AmendmentAct,
            consent::ConsentAct,
            depositary::{DepositaryAct, Subject},
            force::ForceAct,
            reservation::ReservationAct,
        },
        clause::{FinalClause, Term},
    },
    text::{Localized, Operation, ProvisionId},
};
use travaux_testkit::{
    agreement::{accept, clause, date, ids, lang, notify, proposal, received, signed},
    office::Office,
};

fn titled(
    title: &str,
    profile: Profile,
    parties: &[&str],
    text: &str,
    clauses: Vec<FinalClause>,
) -> Proposal {
    Proposal {
        title: title.into(),
        texts: Localized::from([(lang("fr"), text.to_owned())]),
        ..proposal(profile, parties, clauses)
    }
}

fn eif(effect: &str) -> Term {
    Term::EntryIntoForce(effect.parse().expect("an effect"))
}

fn note(on: &str, words: &str) -> DepositaryAct {
    DepositaryAct::NotificationSent {
        on: date(on),
        subject: Subject::Other(words.into()),
        number: None,
    }
}

/// The agreement of 30 May 2000 on co-operation in security matters: its article 14 fixes no date, an exchange of notes does.
/// The days of the two notifications are not public; any of March 2001 for the second gives the same first of May.
#[test]
fn france_morocco_security_2000() {
    let office = Office::new();
    let text = "## Article 1\n\nLes Parties coopèrent en matière de sécurité.\n\n## Article 14\n\nLe présent accord entre en vigueur.\n";
    let open = clause("Article 14", eif("undetermined \"Article 14\""));
    // France is no party to the Convention, and follows what it codifies as custom.
    let id = office.concluded(
        "2000-05-30",
        titled(
            "Accord de sécurité",
            Profile::custom(),
            &["FR", "MA"],
            text,
            vec![open],
        ),
    );
    let enter = || ForceAct::EnteredIntoForce {
        on: None,
        basis: "exchange of notes".into(),
        trace: vec![],
        consenting: vec![],
    };
    for party in ["FR", "MA"] {
        office.does("2000-05-30", id, party, signed("2000-05-30"));
    }
    office.refuses(
        "2000-06-01",
        id,
        "FR",
        enter(),
        Rule::F1,
        "Article 14 leaves it open",
    );
    office.does(
        "2000-11-08",
        id,
        "FR",
        note("2000-11-08", "note no. 5475/AL"),
    );
    office.does("2000-11-23", id, "MA", note("2000-11-23", "note no. 3771"));
    let label = "note no. 6154/AL of 18 December 2000 and its reply";
    let effect = eif("first day of the 2nd month after 2nd notification");
    let agreed = ForceAct::ClauseAgreed {
        on: date("2000-12-18"),
        clause: clause(label, effect),
        consenting: ids(&["FR", "MA"]),
    };
    office.does("2000-12-20", id, "FR", agreed);
    office.does("2001-01-15", id, "FR", notify("2001-01-15"));
    office.does("2001-01-20", id, "MA", received(3, "2001-01-20"));
    office.refuses(
        "2001-02-01",
        id,
        "FR",
        enter(),
        Rule::F1,
        "missing: the 2nd notification (1 so far)",
    );
    office.does("2001-03-12", id, "MA", notify("2001-03-12"));
    office.does("2001-03-15", id, "FR", received(4, "2001-03-15"));
    office.does(
        "2001-04-25",
        id,
        "FR",
        note("2001-04-25", "published by decree no. 2001-374"),
    );
    office.does("2001-05-02", id, "FR", enter());

    let parties = ("FR", "MA");
    let force = |on: &str, known: Option<&str>| {
        let (answer, text) = office.asks(id, parties, on, known);
        assert_eq!(
            text.is_some(),
            answer.between.force != ForceBetween::NotInForce
        );
        (answer.between.force, answer.status.remains.join("; "))
    };
    let may = ForceBetween::InForce(date("2001-05-01"));
    assert_eq!(force("2001-05-01", None), (may, String::new()));
    assert_eq!(
        force("2001-04-30", None),
        (ForceBetween::NotInForce, String::new())
    );
    // What was known along the way.
    let open = "an agreement of the parties: Article 14 leaves it open";
    assert_eq!(
        force("2001-06-01", Some("2000-06-30")),
        (ForceBetween::NotInForce, open.into())
    );
    assert_eq!(
        force("2001-06-01", Some("2000-12-31")).1,
        "the 2nd notification (0 so far)"
    );
    assert_eq!(
        force("2001-06-01", Some("2001-03-14")).1,
        "the 2nd notification (1 so far)"
    );
    // Published before it was in force, and by then its date was known.
    assert_eq!(
        force("2001-04-25", Some("2001-04-25")),
        (ForceBetween::NotInForce, String::new())
    );
    assert_eq!(
        force("2001-05-01", Some("2001-04-25")),
        (may, String::new())
    );
    // Its committee met while it was in force.
    let (answer, text) = office.asks(id, parties, "2002-04-26", None);
    assert!(text.is_some_and(|t| t.contains("matière de sécurité")) && !answer.events.is_empty());
    office.clean();
}

/// The exchange of letters of 10 November 1983 on the movement of persons, amended by one of 25 February 1993.
#[test]
fn france_morocco_movement_of_persons_1983() {
    let office = Office::new();
    let profile = Profile::custom;
    let id = office.concluded(
        "1983-11-10",
        titled(
            "Circulation des personnes",
            profile(),
            &["FR", "MA"],
            "1. Les ressortissants présentent un titre en cours de validité.\n",
            vec![],
        ),
    );
    let letters = |on: &str| ConsentAct::InstrumentsExchanged {
        on: date(on),
        instruments: [
            ("FR".into(), "lettre".to_owned()),
            ("MA".into(), "réponse".to_owned()),
        ]
        .into(),
    };
    office.does("1983-11-10", id, "FR", letters("1983-11-10"));
    let mut amending = titled(
        "Avenant",
        profile(),
        &["FR", "MA"],
        "Le titre comporte un visa.\n",
        vec![],
    );
    amending.amends = Some(id);
    let amending = office.concluded("1993-02-25", amending);
    let op = Operation::substitute(
        ProvisionId::new(1, 1),
        lang("fr"),
        "un titre en cours de validité",
        "un titre revêtu d'un visa",
        1,
    );
    let revision = RevisionDraft {
        nature: Nature::Amendment,
        instrument: Some(amending),
        ..RevisionDraft::new(Revision(1), vec![op])
    };
    office.does(
        "1993-02-25",
        id,
        "FR",
        C::ProposeRevision(Box::new(revision)),
    );
    let enter = || {
        MachineEvent::from(AmendmentAct::AmendmentEnteredIntoForce {
            on: None,
            revision: Revision(2),
            instrument: Some(amending),
            between: vec![],
            later: Default::default(),
        })
    };
    office.refuses(
        "1993-02-25",
        id,
        "FR",
        enter(),
        Rule::A4,
        "missing: the consent of FR, the consent of MA",
    );
    office.does("1993-02-25", amending, "MA", letters("1993-02-25"));
    office.does("1993-02-25", id, "FR", enter());
    let text = |on: &str, known: Option<&str>| {
        office
            .asks(id, ("FR", "MA"), on, known)
            .1
            .unwrap_or_default()
    };
    assert!(text("1990-01-01", None).contains("en cours de validité"));
    assert!(text("1993-02-25", None).contains("revêtu d'un visa"));
    assert!(
        text("1993-03-01", Some("1992-12-31")).contains("en cours de validité"),
        "not known in 1992"
    );
    assert_eq!(text("1983-11-09", None), "");
    office.clean();
}

/// Netherlands-Morocco, framework agreement on military co-operation: provisionally applied from signature, in force on the first day of
/// the month that follows two months after the last notification (its final article).
#[test]
fn netherlands_morocco_provisional_application() {
    let office = Office::new();
    let clauses = vec![
        clause("Article 12(2)", Term::ProvisionalApplication(vec![])),
        clause(
            "Article 12(2) on force",
            eif("first day of the 1st month after 2 months after last notification"),
        ),
    ];
    let text = "## Article 1\n\nLes Parties coopèrent en matière militaire.\n";
    let id = office.concluded(
        "2010-01-20",
        titled(
            "Coopération militaire",
            Profile::treaty(),
            &["NL", "MA"],
            text,
            clauses,
        ),
    );
    for party in ["NL", "MA"] {
        office.does("2010-01-20", id, party, signed("2010-01-20"));
    }
    let begin = |consenting| ForceAct::ProvisionalApplicationBegan {
        on: date("2010-01-20"),
        parties: ids(&["NL", "MA"]),
        provisions: vec![],
        consenting,
    };
    office.does("2010-01-20", id, "NL", begin(vec![]));
    office.does("2010-06-01", id, "NL", notify("2010-06-01"));
    office.does("2010-06-05", id, "MA", received(1, "2010-06-05"));
    office.does("2010-09-10", id, "MA", notify("2010-09-10"));
    office.does("2010-09-20", id, "NL", received(2, "2010-09-20"));
    let force = |on: &str| office.asks(id, ("NL", "MA"), on, None).0.between.force;
    assert_eq!(force("2010-01-19"), ForceBetween::NotInForce);
    assert_eq!(
        force("2010-01-20"),
        ForceBetween::Provisional(date("2010-01-20"))
    );
    assert_eq!(
        force("2010-11-30"),
        ForceBetween::Provisional(date("2010-01-20"))
    );
    assert_eq!(
        force("2010-12-01"),
        ForceBetween::InForce(date("2010-12-01"))
    );
    assert!(
        office
            .asks(id, ("NL", "MA"), "2010-05-01", None)
            .1
            .is_some(),
        "its words apply provisionally"
    );
    office.refuses(
        "2011-01-01",
        id,
        "NL",
        ForceAct::ProvisionalApplicationBegan {
            on: date("2011-01-01"),
            parties: ids(&["NL", "MA"]),
            provisions: vec![],
            consenting: vec![],
        },
        Rule::F6,
        "one in force since 2010-12-01",
    );
    office.clean();
}

/// A treaty of four: a reservation, an objection, a late consent, and an amendment that binds only some.
#[test]
fn a_multilateral_treaty_says_different_things_between_different_parties() {
    let office = Office::new();
    let text = "## Article 1\n\nLes Parties coopèrent.\n\n## Article 2\n\nLes différends sont portés devant un tribunal.\n";
    let clauses = vec![clause("Article 20", eif("3rd consent"))];
    let id = office.concluded(
        "2000-01-10",
        titled(
            "Convention",
            Profile::treaty(),
            &["A", "B", "C", "D"],
            text,
            clauses,
        ),
    );
    let tribunal = ProvisionId::new(1, 4);
    let reserve = ReservationAct::ReservationFormulated {
        on: date("2000-01-10"),
        provisions: vec![tribunal],
        words: "A ne se considère pas liée par l'article 2".into(),
        late: false,
        number: None,
    };
    office.does("2000-01-10", id, "A", reserve);
    for (party, on) in [
        ("A", "2000-01-10"),
        ("B", "2000-02-01"),
        ("C", "2000-03-01"),
    ] {
        office.does(on, id, party, signed(on));
    }
    office.does(
        "2000-03-05",
        id,
        "A",
        ReservationAct::ReservationNotified {
            on: date("2000-03-05"),
            number: 1,
            to: ids(&["B", "C"]),
        },
    );
    office.does(
        "2000-06-01",
        id,
        "B",
        ReservationAct::ObjectionMade {
            on: date("2000-06-01"),
            number: 1,
            opposes_force: false,
        },
    );
    let op = Operation::substitute(
        ProvisionId::new(1, 2),
        lang("fr"),
        "coopèrent",
        "coopèrent chaque année",
        1,
    );
    let amendment = RevisionDraft {
        nature: Nature::Amendment,
        ..RevisionDraft::new(Revision(1), vec![op])
    };
    office.does(
        "2003-01-01",
        id,
        "B",
        C::ProposeRevision(Box::new(amendment)),
    );
    office.does("2003-02-01", id, "C", accept(2));
    let enter = AmendmentAct::AmendmentEnteredIntoForce {
        on: Some(date("2003-06-01")),
        revision: Revision(2),
        instrument: None,
        between: vec![],
        later: Default::default(),
    };
    office.does("2003-02-01", id, "B", enter);
    office.does("2005-01-01", id, "D", signed("2005-01-01"));

    let ask = |a: &str, b: &str, on: &str| office.asks(id, (a, b), on, None);
    let amended =
        |a: &str, b: &str, on: &str| ask(a, b, on).1.is_some_and(|t| t.contains("chaque année"));
    assert!(amended("B", "C", "2003-06-01") && !amended("B", "C", "2003-05-31"));
    assert!(
        !amended("A", "B", "2003-06-01") && !amended("A", "C", "2003-06-01"),
        "A is not bound by the amendment"
    );
    assert_eq!(
        ask("A", "B", "2000-02-28").0.between.force,
        ForceBetween::NotInForce
    );
    assert_eq!(
        ask("A", "B", "2000-06-01").0.between.inoperative,
        [tribunal],
        "objected: article 2 does not apply between A and B"
    );
    assert!(
        ask("A", "C", "2001-03-06")
            .0
            .between
            .reasons
            .iter()
            .any(|r| r.rule == Rule::R8),
        "C was silent for twelve months"
    );
    assert!(
        ask("B", "C", "2001-03-05")
            .0
            .between
            .reservations
            .is_empty(),
        "never between B and C"
    );
    assert_eq!(
        ask("D", "A", "2004-12-31").0.between.force,
        ForceBetween::NotInForce
    );
    assert_eq!(
        ask("D", "A", "2005-01-01").0.between.force,
        ForceBetween::InForce(date("2005-01-01")),
        "a late consent"
    );
    assert!(
        amended("D", "B", "2005-06-01") && !amended("D", "A", "2005-06-01"),
        "D joined the amended treaty (40(5))"
    );
    office.does(
        "2006-01-01",
        id,
        "D",
        AmendmentAct::AmendmentDisclaimed {
            on: date("2006-01-01"),
            revision: Revision(2),
        },
    );
    assert!(!amended("D", "B", "2006-01-01"), "unless it says otherwise");
    office.clean();
}
