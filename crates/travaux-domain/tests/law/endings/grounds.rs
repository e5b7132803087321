//! The grounds that a claim may invoke, and their limits.

use travaux_domain::{
    Rule,
    agreement::ending::{ClaimNotice, EndingAct as MachineEvent, Invoked, Measure},
    clause::Term,
};
use travaux_testkit::agreement::*;

use super::{carry, notified};

#[test]
fn e8_e9_e10_e11_and_e20_a_ground_has_its_limits() {
    use Invoked::{
        ChangeOfCircumstances, Impossibility, MaterialBreach, Other, SeveranceOfRelations,
    };
    use Measure::{Invalidate, Suspend, Terminate};
    let case = in_force(vec![]);
    let refuses = |claim, rule, says| case.refuses("A", notified(claim), rule, says);
    refuses(
        ClaimNotice {
            against: None,
            ..claim(MaterialBreach, Terminate)
        },
        Rule::E8,
        "another party that broke",
    );
    refuses(
        ClaimNotice {
            against: Some("A".into()),
            ..claim(MaterialBreach, Terminate)
        },
        Rule::E8,
        "another party that broke",
    );
    refuses(
        ClaimNotice {
            humanitarian: true,
            ..claim(MaterialBreach, Terminate)
        },
        Rule::E8,
        "protect persons",
    );
    refuses(
        ClaimNotice {
            self_caused: true,
            ..claim(Impossibility, Terminate)
        },
        Rule::E9,
        "did not bring about",
    );
    refuses(
        ClaimNotice {
            temporary: true,
            ..claim(Impossibility, Terminate)
        },
        Rule::E9,
        "suspension",
    );
    refuses(
        ClaimNotice {
            boundary: true,
            ..claim(ChangeOfCircumstances, Terminate)
        },
        Rule::E10,
        "no boundary",
    );
    refuses(
        ClaimNotice {
            self_caused: true,
            ..claim(ChangeOfCircumstances, Terminate)
        },
        Rule::E10,
        "did not bring about",
    );
    refuses(
        claim(SeveranceOfRelations, Terminate),
        Rule::E11,
        "indispensable",
    );
    refuses(
        claim(Other, Terminate),
        Rule::E20,
        "a ground of the agreement or of the Convention",
    );
    refuses(
        claim(MaterialBreach, Invalidate),
        Rule::E8,
        "found invalidity",
    );
    refuses(
        ClaimNotice {
            reasons: " ".into(),
            ..claim(MaterialBreach, Terminate)
        },
        Rule::E12,
        "the reasons",
    );
    for (accepted, rule) in [
        (claim(MaterialBreach, Terminate), Rule::E8),
        (
            ClaimNotice {
                temporary: true,
                ..claim(Impossibility, Suspend)
            },
            Rule::E9,
        ),
        (claim(ChangeOfCircumstances, Terminate), Rule::E10),
        (
            ClaimNotice {
                indispensable: true,
                ..claim(SeveranceOfRelations, Terminate)
            },
            Rule::E11,
        ),
    ] {
        assert_eq!(case.clone().does("A", notified(accepted)), rule);
    }
    treaty(vec![]).refuses(
        "A",
        notified(claim(MaterialBreach, Terminate)),
        Rule::E8,
        "one that is not in force",
    );
}

#[test]
fn e16_who_acquiesced_invokes_it_no_more() {
    let mut case = in_force(vec![]);
    assert_eq!(
        case.does(
            "A",
            MachineEvent::Acquiesced {
                on: date("2020-06-01"),
                ground: Invoked::MaterialBreach
            }
        ),
        Rule::E16
    );
    case.refuses(
        "A",
        notified(claim(Invoked::MaterialBreach, Measure::Terminate)),
        Rule::E16,
        "one in which A has",
    );
    case.does(
        "B",
        notified(ClaimNotice {
            against: Some("C".into()),
            ..claim(Invoked::MaterialBreach, Measure::Terminate)
        }),
    );
}

#[test]
fn e17_a_claim_concerns_the_whole_unless_provisions_are_separable() {
    let part = |measure| {
        notified(ClaimNotice {
            provisions: vec![p(3)],
            ..claim(Invoked::MaterialBreach, measure)
        })
    };
    in_force(vec![]).refuses(
        "A",
        part(Measure::Terminate),
        Rule::E17,
        "the whole agreement",
    );
    in_force(vec![]).does("A", part(Measure::Suspend));
    in_force(vec![clause("Article 13", Term::Separable(vec![p(3)]))])
        .does("A", part(Measure::Terminate));
    let void = ClaimNotice {
        provisions: vec![p(3)],
        ..claim(Invoked::PeremptoryNorm, Measure::Invalidate)
    };
    in_force(vec![clause("Article 13", Term::Separable(vec![p(3)]))]).refuses(
        "A",
        notified(void),
        Rule::E17,
        "whole",
    );
}

#[test]
fn e21_a_void_treaty_is_void_by_its_own_procedure() {
    let wrong = notified(claim(Invoked::DefectOfConsent, Measure::Terminate));
    in_force(vec![]).refuses("A", wrong, Rule::E21, "invalidity as the measure");
    let mut case = in_force(vec![]);
    assert_eq!(
        case.does(
            "A",
            notified(claim(Invoked::PeremptoryNorm, Measure::Invalidate))
        ),
        Rule::E21
    );
    for party in ["B", "C"] {
        case.does(
            party,
            MachineEvent::ClaimReceived {
                on: date("2021-01-10"),
                number: 1,
            },
        );
    }
    assert_eq!(case.does("A", carry("2021-04-20")), Rule::E21);
    assert!(case.0.has_ended(date("2021-04-20")) && case.0.machines.ending.void.is_some());
    assert!(!case.0.has_ended(date("2021-04-19")));
}
