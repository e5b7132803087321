//! The grounds that a claim may invoke, and their limits.

use travaux_domain::{
    Rule,
    agreement::{
        ForceBetween,
        ending::{Affected, ClaimNotice, EndingAct as MachineEvent, Invoked, Measure},
    },
    clause::Term,
};
use travaux_testkit::agreement::*;

use super::{bilateral, carry, notified};

#[test]
fn e8_e9_e10_e11_and_e20_a_ground_has_its_limits() {
    use Invoked::{
        ChangeOfCircumstances, Impossibility, MaterialBreach, Other, SeveranceOfRelations,
    };
    use Measure::{Invalidate, Suspend, Terminate};
    let case = bilateral(vec![]);
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
            consenting: ids(&["A"]),
            ..claim(Invoked::MaterialBreach, Measure::Terminate)
        }),
    );
}

#[test]
fn e16_some_grounds_are_never_lost() {
    use Invoked::{Impossibility, PeremptoryNorm, SeveranceOfRelations};
    for ground in [Impossibility, PeremptoryNorm, SeveranceOfRelations] {
        let acquiesced = MachineEvent::Acquiesced {
            on: date("2020-06-01"),
            ground,
        };
        bilateral(vec![]).refuses_new("A", acquiesced, Rule::E16, "46 to 50, 60, 62");
    }
}

#[test]
fn e12_a_claim_says_nothing_that_its_ground_does_not_ask_for() {
    use Invoked::{DefectOfConsent, Impossibility, MaterialBreach, PeremptoryNorm};
    let norm = |emerged: &str| ClaimNotice {
        emerged_on: Some(date(emerged)),
        ..claim(PeremptoryNorm, Measure::Invalidate)
    };
    let table = [
        ClaimNotice {
            affected: Some(Affected::Radically),
            ..claim(Impossibility, Measure::Suspend)
        },
        ClaimNotice {
            consenting: ids(&["B"]),
            ..claim(Impossibility, Measure::Suspend)
        },
        ClaimNotice {
            affected: Some(Affected::Specially),
            consenting: ids(&["B"]),
            ..claim(MaterialBreach, Measure::Suspend)
        },
        ClaimNotice {
            ground: DefectOfConsent,
            ..norm("2020-06-01")
        },
        norm("2021-01-02"),
    ];
    for claim in table {
        let rule = match claim.ground {
            MaterialBreach => Rule::E8,
            Impossibility => Rule::E9,
            _ => Rule::E21,
        };
        bilateral(vec![]).refuses_new("A", notified(claim), rule, "expected");
    }
    bilateral(vec![]).does("A", notified(norm("2021-01-01")));
}

#[test]
fn e17_a_claim_concerns_the_whole_unless_provisions_are_separable() {
    let part = |measure| {
        notified(ClaimNotice {
            provisions: vec![p(3)],
            ..claim(Invoked::MaterialBreach, measure)
        })
    };
    bilateral(vec![]).refuses(
        "A",
        part(Measure::Terminate),
        Rule::E17,
        "the whole agreement",
    );
    bilateral(vec![]).does("A", part(Measure::Suspend));
    let separable = |p| bilateral(vec![clause("Article 13", Term::Separable(vec![p]))]);
    separable(p(3)).does("A", part(Measure::Terminate));
    // Article 2 is 1.3 and contains 1.4: what contains it is separable with it, not the reverse.
    let inner = notified(ClaimNotice {
        provisions: vec![p(4)],
        ..claim(Invoked::MaterialBreach, Measure::Terminate)
    });
    separable(p(3)).does("A", inner);
    separable(p(4)).refuses("A", part(Measure::Terminate), Rule::E17, "whole");
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
    // What a new norm leaves untouched goes on (44(5) is of 53): decided again, it is taken too.
    let part = ClaimNotice {
        provisions: vec![p(3)],
        emerged_on: Some(date("2020-10-01")),
        ..claim(Invoked::PeremptoryNorm, Measure::Invalidate)
    };
    in_force(vec![clause("Article 13", Term::Separable(vec![p(3)]))]).does("A", notified(part));
    let claims = |emerged_on: Option<&str>| {
        let mut case = in_force(vec![]);
        let norm = ClaimNotice {
            emerged_on: emerged_on.map(date),
            ..claim(Invoked::PeremptoryNorm, Measure::Invalidate)
        };
        assert_eq!(case.does("A", notified(norm)), Rule::E21);
        for party in ["B", "C"] {
            let received = MachineEvent::ClaimReceived {
                on: date("2021-01-19"),
                number: 1,
            };
            case.does(party, received);
        }
        assert_eq!(case.does("A", carry("2021-04-20")), Rule::E21);
        case
    };
    let status = |case: &Case, on: &str| case.0.status(date(on), None).force.to_string();
    // Under 53 from the beginning: also on days before that was stated.
    let void = claims(None);
    for on in ["2020-02-01", "2021-04-19", "2021-04-20"] {
        let says = "void from the beginning, as stated on 2021-04-20";
        assert_eq!(status(&void, on), says, "on {on}");
        let between = void.0.between(&"B".into(), &"C".into(), date(on));
        assert_eq!(between.force, ForceBetween::Void, "on {on}");
        assert_eq!(between.reasons[0].rule, Rule::E21);
    }
    // Under 64 from when the norm emerged.
    let later = claims(Some("2020-10-01"));
    assert!(status(&later, "2020-09-30").starts_with("in force since 2020-02-01"));
    assert_eq!(status(&later, "2020-10-01"), "ended on 2020-10-01");
}
