use travaux_domain::{
    AgreementId, Revision, Rule,
    agreement::amendment::{AmendmentAct as MachineEvent, BindingKind},
    agreement::{AgreementCommand as C, Nature, RevisionDraft, RevisionState},
    clause::Term,
};
use uuid::Uuid;

use travaux_testkit::agreement::*;

fn amend() -> C {
    revise(
        Nature::Amendment,
        vec![words(2, "coopèrent", "se concertent")],
    )
}

fn enter(on: Option<&str>) -> MachineEvent {
    MachineEvent::AmendmentEnteredIntoForce {
        on: on.map(date),
        revision: Revision(2),
        instrument: None,
        between: vec![],
        later: Default::default(),
    }
}

/// A has proposed an amendment, and B has accepted it.
fn amended(clauses: Vec<travaux_domain::clause::FinalClause>) -> Case {
    let mut case = in_force(clauses);
    case.at("2021-01-01");
    assert_eq!(case.does("A", amend()), Rule::A1);
    case.does("B", accept(2));
    case
}

#[test]
fn a1_and_a9_an_adopted_text_is_amended_before_and_after_it_is_in_force() {
    assert_eq!(in_force(vec![]).does("A", amend()), Rule::A1);
    assert_eq!(treaty(vec![]).does("A", amend()), Rule::A9);
    let mut draft = Case::new();
    draft.does(
        "A",
        C::Propose(Box::new(proposal(
            travaux_domain::Profile::treaty(),
            &["A", "B"],
            vec![],
        ))),
    );
    draft.refuses("A", amend(), Rule::A1, "revise it instead");
    in_force(vec![]).refuses(
        "A",
        revise(Nature::Amendment, vec![words(2, "absent", "x")]),
        Rule::T2,
        "occurs 0 times",
    );
}

#[test]
fn a2_an_amendment_is_notified_to_all() {
    let notify = |to: &[&str]| MachineEvent::AmendmentNotified {
        silence: None,
        on: date("2021-02-01"),
        revision: Revision(2),
        to: ids(to),
    };
    let mut case = amended(vec![]);
    case.refuses("A", notify(&["B"]), Rule::A2, "missing: C");
    case.refuses(
        "A",
        MachineEvent::AmendmentNotified {
            silence: None,
            on: date("2021-02-01"),
            revision: Revision(1),
            to: vec![],
        },
        Rule::A2,
        "adopted already",
    );
    assert_eq!(case.does("A", notify(&["B", "C"])), Rule::A2);
}

#[test]
fn a4_and_a5_an_amendment_binds_who_accepted_it() {
    let mut case = amended(vec![]);
    case.refuses("A", enter(None), Rule::A4, "a date");
    let mut alone = in_force(vec![]);
    alone.does("A", amend());
    alone.refuses("A", enter(Some("2021-06-01")), Rule::A4, "missing: B, C");
    let says = "an act of one that it binds (A, B), found one of `C`";
    case.refuses_new("C", enter(Some("2021-06-01")), Rule::A4, says);
    assert_eq!(case.does("A", enter(Some("2021-06-01"))), Rule::A4);
    let binding = case
        .0
        .machines
        .amendments
        .of(Revision(2))
        .expect("it binds");
    let binds = |a: &str, b: &str| case.0.binds(binding, &a.into(), &b.into());
    assert_eq!(
        (binds("A", "B"), binds("B", "A"), binds("A", "C")),
        (Some(date("2021-06-01")), Some(date("2021-06-01")), None)
    );
    assert_eq!(
        case.0.revision(Revision(2)).map(|r| &r.state),
        Some(&RevisionState::InForce)
    );
    assert_eq!(
        case.text(),
        TEXT,
        "the text of those that it does not bind is as it was"
    );
    case.refuses("A", enter(Some("2021-07-01")), Rule::A4, "in force already");
    // By its own clause, an amendment that two of three accept binds all.
    let mut case = amended(vec![clause(
        "Article 24",
        Term::AmendmentBindsAll { of: 2, out_of: 3 },
    )]);
    case.does_by("A", enter(Some("2021-06-01")), Rule::A4, "Article 24");
    let binding = case
        .0
        .machines
        .amendments
        .of(Revision(2))
        .expect("it binds");
    assert_eq!(binding.between.len(), 3);
    let clauses = vec![clause(
        "Article 24",
        Term::AmendmentBindsAll { of: 3, out_of: 3 },
    )];
    amended(clauses).refuses(
        "A",
        enter(Some("2021-06-01")),
        Rule::A4,
        "3 of 3 parties, found 2 of 3",
    );
}

#[test]
fn a3_an_amending_agreement_is_concluded_as_any_agreement() {
    let id = AgreementId(Uuid::from_u128(7));
    let mut case = in_force(vec![]);
    let op = words(2, "coopèrent", "se concertent");
    let revision = RevisionDraft {
        nature: Nature::Amendment,
        instrument: Some(id),
        ..RevisionDraft::new(Revision(1), vec![op])
    };
    let proposal = C::ProposeRevision(Box::new(revision));
    case.refuses("A", proposal.clone(), Rule::A3, "no agreement 00000000");
    let signed_later = treaty(vec![]).0;
    case.with("A", proposal, Some(&signed_later));
    case.does("B", accept(2));
    case.does("C", accept(2));
    case.refuses(
        "A",
        adopt(2),
        Rule::A3,
        "the entry into force of the amending agreement",
    );
    case.refuses(
        "A",
        enter(Some("2021-06-01")),
        Rule::A3,
        "agreement 00000000",
    );
    let by = |on: Option<&str>| MachineEvent::AmendmentEnteredIntoForce {
        on: on.map(date),
        revision: Revision(2),
        instrument: Some(id),
        between: vec![],
        later: Default::default(),
    };
    case.refuses("A", by(None), Rule::A3, "no agreement of that id");
    let mut amending = treaty(vec![clause(
        "Article 3",
        Term::EntryIntoForce("2nd consent".parse().expect("an effect")),
    )]);
    let refused = |case: &Case, amending: &Case, on: Option<&str>| {
        let context = travaux_domain::Context::new(travaux_domain::Actor::party("A"), case.1);
        case.0
            .decide_with(by(on).into(), &context, Some(&amending.0))
            .expect_err("it is refused")
            .to_string()
    };
    assert!(refused(&case, &amending, None).contains("missing: the 2nd consent (0 so far)"));
    amending.does("A", signed("2021-03-01"));
    amending.does("C", signed("2021-04-01"));
    assert!(refused(&case, &amending, Some("2021-05-01")).contains("expected 2021-04-01"));
    assert_eq!(case.with("A", by(None), Some(&amending.0)).rule, Rule::A4);
    let binding = case
        .0
        .machines
        .amendments
        .of(Revision(2))
        .expect("it binds");
    assert_eq!(
        (
            binding.on,
            binding.between.keys().cloned().collect::<Vec<_>>()
        ),
        (date("2021-04-01"), ids(&["A", "C"]))
    );
}

#[test]
fn a6_and_a7_who_joins_later_is_bound_towards_those_that_are() {
    let join = |on: &str| MachineEvent::AmendmentJoined {
        on: date(on),
        revision: Revision(2),
    };
    let mut case = amended(vec![clause("Article 10", Term::Accession(vec![]))]);
    case.refuses("C", join("2021-06-01"), Rule::A7, "an amendment in force");
    case.does("A", enter(Some("2021-06-01")));
    case.refuses("A", join("2021-07-01"), Rule::A4, "A, which it binds");
    case.refuses("C", join("2021-05-01"), Rule::A7, "from 2021-06-01 on");
    assert_eq!(case.clone().does("C", join("2022-01-01")), Rule::A7);
    use travaux_domain::{agreement::consent::Establishment, clause::Means};
    case.does("Z", made("2022-01-01", Means::Accession));
    case.does(
        "Z",
        established("2022-01-02", Means::Accession, Establishment::Notification),
    );
    let binds = |case: &Case, a: &str| {
        let binding = case
            .0
            .machines
            .amendments
            .of(Revision(2))
            .expect("it binds");
        case.0.binds(binding, &a.into(), &"Z".into())
    };
    assert_eq!(
        (binds(&case, "A"), binds(&case, "C")),
        (Some(date("2022-01-02")), None),
        "without a word of its own"
    );
    let stay_out = |revision| MachineEvent::AmendmentDisclaimed {
        on: date("2022-01-02"),
        revision: Revision(revision),
    };
    case.refuses("Z", join("2022-01-02"), Rule::A4, "Z, which it binds");
    case.refuses(
        "C",
        stay_out(2),
        Rule::A6,
        "became a party after 2021-06-01, found C",
    );
    case.refuses("Z", stay_out(1), Rule::A6, "an amendment in force");
    assert_eq!(case.does("Z", stay_out(2)), Rule::A6);
    assert_eq!(binds(&case, "A"), None);
    case.refuses("Z", stay_out(2), Rule::A6, "found Z");
    assert_eq!(case.does("Z", join("2022-03-01")), Rule::A7);
    assert_eq!(binds(&case, "A"), Some(date("2022-03-01")));
}

#[test]
fn a8_some_modify_among_themselves_what_is_not_prohibited() {
    let modify = |between: &[&str], harmless, told: &[&str]| MachineEvent::InterSeModified {
        on: date("2021-06-01"),
        revision: Revision(2),
        between: ids(between),
        harmless,
        notified: ids(told),
    };
    let mut case = amended(vec![]);
    case.refuses("A", modify(&["A", "B"], true, &[]), Rule::A8, "missing: C");
    case.refuses(
        "A",
        modify(&["A", "C"], true, &["B"]),
        Rule::A8,
        "missing: C",
    );
    case.refuses(
        "A",
        modify(&["A", "B", "C"], true, &[]),
        Rule::A8,
        "not all",
    );
    case.refuses(
        "A",
        modify(&["A"], true, &["B", "C"]),
        Rule::A8,
        "two parties or more",
    );
    case.refuses(
        "A",
        modify(&["A", "B"], false, &["C"]),
        Rule::A8,
        "no such statement",
    );
    assert_eq!(case.does("A", modify(&["A", "B"], true, &["C"])), Rule::A8);
    assert_eq!(
        case.0.machines.amendments.of(Revision(2)).map(|b| b.kind),
        Some(BindingKind::InterSe)
    );
    amended(vec![clause("Article 25", Term::InterSe(false))]).refuses(
        "A",
        modify(&["A", "B"], true, &["C"]),
        Rule::A8,
        "by Article 25",
    );
    amended(vec![clause("Article 25", Term::InterSe(true))]).does_by(
        "A",
        modify(&["A", "B"], false, &["C"]),
        Rule::A8,
        "Article 25",
    );
}

#[test]
fn a10_an_agreed_interpretation_is_of_all_and_changes_no_text() {
    let agree = |provision, consenting: &[&str]| MachineEvent::InterpretationAgreed {
        on: date("2021-01-01"),
        provisions: vec![p(provision)],
        note: [(
            lang("fr"),
            "« coopèrent » : au moins une fois par an".to_owned(),
        )]
        .into(),
        consenting: ids(consenting),
    };
    let mut case = in_force(vec![]);
    case.refuses("A", agree(2, &["A"]), Rule::A10, "missing: B, C");
    case.refuses(
        "A",
        agree(9, &["A", "B", "C"]),
        Rule::A10,
        "provisions that stand",
    );
    assert_eq!(case.does("A", agree(2, &["A", "B", "C"])), Rule::A10);
    assert_eq!(
        (
            case.text().as_str(),
            case.0.machines.amendments.interpretations.len()
        ),
        (TEXT, 1)
    );
}

#[test]
fn a11_a_body_amends_what_it_was_given_power_over() {
    let annex = |body: &str| MachineEvent::AnnexAmended {
        on: date("2021-06-01"),
        revision: Revision(2),
        body: body.into(),
    };
    amended(vec![]).refuses(
        "A",
        annex("committee"),
        Rule::A11,
        "a clause that gives `committee` the power",
    );
    let power = |provision| {
        vec![clause(
            "Article 26",
            Term::AmendingBody {
                body: "committee".into(),
                provisions: vec![p(provision)],
            },
        )]
    };
    amended(power(3)).refuses("A", annex("committee"), Rule::A11, "one of provision 1.2");
    amended(power(1)).refuses(
        "A",
        annex("council"),
        Rule::A11,
        "a clause that gives `council` the power",
    );
    // Who joins after an annex was amended gets the amended one (40(5)).
    let open = clause("Article 10", Term::Accession(vec![]));
    let mut case = amended([power(1), vec![open]].concat());
    case.does("A", annex("committee"));
    use travaux_domain::{agreement::consent::Establishment, clause::Means};
    case.does("Z", made("2022-01-01", Means::Accession));
    let how = Establishment::Notification;
    case.does("Z", established("2022-01-02", Means::Accession, how));
    for (on, applies) in [("2022-01-01", 0), ("2022-01-02", 1)] {
        let found = case.0.between(&"A".into(), &"Z".into(), date(on));
        assert_eq!(found.changes.len(), applies, "{on}");
    }
    let mut case = amended(power(1));
    case.does_by("A", annex("committee"), Rule::A11, "Article 26");
    assert_eq!(
        case.0
            .machines
            .amendments
            .of(Revision(2))
            .map(|b| b.between.len()),
        Some(3)
    );
}

#[test]
fn an_amendment_that_all_accept_becomes_the_text() {
    let mut case = amended(vec![]);
    case.refuses("A", adopt(2), Rule::T4, "missing: C");
    case.does("C", accept(2));
    assert_eq!(case.does("A", adopt(2)), Rule::T4);
    assert!(case.text().contains("se concertent"));
}

/// A consolidation made from the sentences of the adopted instruments alone, in both languages, is the text on record.
#[test]
fn the_consolidated_text_follows_from_the_adopted_instruments() {
    use travaux_text::{Operation, instrument, read_instrument, together};
    let (fr, ar) = (lang("fr"), lang("ar"));
    let mut first = proposal(travaux_domain::Profile::treaty(), &["A", "B"], vec![]);
    (first.languages, first.texts) = (
        vec![fr, ar],
        texts(
            "## Article 1\n\nLes Parties coopèrent.\n\n## Article 2\n\nElles se réunissent chaque année.\n",
            "## المادة 1\n\nيتعاون الطرفان.\n\n## المادة 2\n\nيجتمعان كل سنة.\n",
        ),
    );
    let mut case = authentic(first);
    for party in ["A", "B"] {
        case.does(party, signed("2020-02-01"));
    }
    let substitute = |provision, from: [&str; 2], to: [&str; 2]| {
        let one = |at: usize, lang| Operation::substitute(p(provision), lang, from[at], to[at], 1);
        vec![one(0, fr), one(1, ar)]
    };
    let notes = texts("(abrogé)", "(ملغاة)");
    let amendments = [
        substitute(2, ["coopèrent", "يتعاون"], ["se concertent", "يتشاور"]),
        substitute(
            4,
            ["chaque année", "كل سنة"],
            ["tous les deux ans", "كل سنتين"],
        ),
        substitute(
            2,
            ["se concertent", "يتشاور"],
            ["se consultent", "يتشاور دوريا"],
        ),
        vec![Operation::repeal(p(3), notes)],
    ];
    let mut consolidated = case.0.history.text_at(1);
    for (revision, operations) in (2..).zip(amendments) {
        let proposed = RevisionDraft::new(Revision(revision - 1), operations);
        case.does(
            "A",
            C::ProposeRevision(Box::new(RevisionDraft {
                nature: Nature::Amendment,
                ..proposed
            })),
        );
        case.does("B", accept(revision));
        case.does(
            "A",
            C::AdoptText {
                revision: Revision(revision),
                effective_from: None,
                package: None,
                elsewhere: None,
            },
        );
        let adopted = case
            .0
            .revision(Revision(revision))
            .expect("it is on record");
        let read = [fr, ar].map(|lang| {
            let sentences = instrument(&consolidated, &adopted.draft.operations, revision, lang)
                .expect("it can be said");
            let format = travaux_text::Format::Markdown;
            (
                lang,
                read_instrument(&consolidated, &sentences, revision, format, lang)
                    .expect("it can be read"),
            )
        });
        consolidated
            .apply(
                &together(&read.into()).expect("both say the same"),
                revision,
            )
            .expect("it applies");
        assert_eq!(
            consolidated,
            case.0.history.text_at(case.0.history.len()),
            "after revision {revision}"
        );
    }
    assert!(
        consolidated.print(fr).contains("se consultent")
            && consolidated.print(ar).contains("يتشاور دوريا")
    );
}

#[test]
fn a4_an_amending_agreement_binds_each_from_its_own_day() {
    let id = AgreementId(Uuid::from_u128(9));
    let mut case = in_force(vec![]);
    let mut draft = RevisionDraft::new(Revision(1), vec![words(2, "coopèrent", "agissent")]);
    (draft.nature, draft.instrument) = (Nature::Amendment, Some(id));
    // A and B bring the protocol into force; C consents a year later.
    let mut protocol = treaty(vec![clause(
        "Article 3",
        Term::EntryIntoForce("2nd consent".parse().expect("an effect")),
    )]);
    for (party, on) in [
        ("A", "2021-01-01"),
        ("B", "2021-02-01"),
        ("C", "2022-03-01"),
    ] {
        protocol.does(party, signed(on));
    }
    case.with("A", C::ProposeRevision(Box::new(draft)), Some(&protocol.0));
    let enter = MachineEvent::AmendmentEnteredIntoForce {
        on: None,
        revision: Revision(2),
        instrument: Some(id),
        between: vec![],
        later: Default::default(),
    };
    assert_eq!(case.with("A", enter, Some(&protocol.0)).rule, Rule::A4);
    let changes = |a: &str, b: &str, on: &str| {
        let between = case.0.between(&a.into(), &b.into(), date(on));
        between
            .changes
            .iter()
            .map(|(_, from)| from.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(changes("A", "B", "2021-02-01"), ["2021-02-01"]);
    assert_eq!(changes("A", "B", "2021-01-31"), Vec::<String>::new());
    assert_eq!(changes("A", "C", "2022-02-28"), Vec::<String>::new());
    assert_eq!(changes("A", "C", "2022-03-01"), ["2022-03-01"]);
}
