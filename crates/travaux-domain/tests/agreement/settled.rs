//! What becomes of a text that is authentic, in force, ended or given up.

use travaux_domain::{
    Profile, Revision, Rule,
    agreement::{
        AgreementCommand as C, Ended, Nature, Outcome, TextState,
        consent::{ConsentAct, Manner, Office, Representative},
        ending::EndingAct,
        force::ForceAct,
    },
};
use travaux_testkit::agreement::{accept, adopt, date, given, lang, words};

use super::{adopted, arrangement, authenticate, propose, revise};

#[test]
fn t6_and_t8_an_authenticated_text_is_changed_by_amendment_or_correction_only() {
    given([("FR", propose())]).refuses("FR", authenticate(), Rule::T6, "an adopted text");
    let mut state = given(adopted());
    state.refuses(
        "FR",
        revise(1, Nature::Draft, words(2, "Les", "x")),
        Rule::T2,
        "an amendment",
    );
    state.refuses(
        "FR",
        revise(1, Nature::Correction, words(2, "Les", "x")),
        Rule::X1,
        "not yet authenticated",
    );
    let alone = C::AuthenticateText {
        method: "initialling".into(),
        parties: vec!["FR".into()],
    };
    state.refuses("FR", alone, Rule::T6, "missing: MA");
    state.does("FR", authenticate());
    state.refuses(
        "FR",
        revise(1, Nature::Draft, words(2, "Les", "x")),
        Rule::T8,
        "an amendment or a correction",
    );
    state.does(
        "FR",
        revise(1, Nature::Amendment, words(2, "coopèrent", "se concertent")),
    );
    state.does(
        "MA",
        revise(1, Nature::Correction, words(2, "Parties", "parties")),
    );
    assert_eq!(state.0.machines.languages.authentic, [lang("fr")]);
    given([("FR", propose())]).refuses(
        "FR",
        revise(1, Nature::Amendment, words(2, "Les", "x")),
        Rule::A1,
        "revise it instead",
    );
}

#[test]
fn f1_force_is_a_machine_of_its_own() {
    let enter = || {
        C::from(ForceAct::EnteredIntoForce {
            on: Some(date("2025-03-01")),
            basis: "Article 5".into(),
            trace: vec![],
            consenting: vec!["FR".into(), "MA".into()],
        })
    };
    given([("FR", propose())]).refuses("FR", enter(), Rule::F1, "an adopted text");
    let mut state = given(adopted());
    state.refuses(
        "FR",
        enter(),
        Rule::F12,
        "two parties or more that are bound",
    );
    let sign = || {
        let by = Representative {
            name: "the minister".into(),
            office: Office::Minister,
            full_powers: false,
        };
        C::from(ConsentAct::Signed {
            on: date("2025-02-01"),
            manner: Manner::Definitive,
            by,
        })
    };
    state.does("FR", sign());
    state.does("MA", sign());
    state.does("FR", enter());
    assert_eq!(
        state.0.text.state(),
        TextState::Authenticated,
        "the signatures of all make it so, and not force (T6)"
    );
    assert_eq!(state.0.in_force_since(), Some(date("2025-03-01")));
    state.refuses("FR", enter(), Rule::F1, "in force since 2025-03-01");
}

#[test]
fn e2_and_e18_an_agreement_ends_by_consent_of_all() {
    let end = |consenting: &[&str]| {
        let consenting = consenting.iter().map(|p| (*p).into()).collect();
        C::from(EndingAct::AgreementEnded(Ended {
            on: date("2026-01-01"),
            ground: "by consent".into(),
            consenting,
            elsewhere: None,
        }))
    };
    let mut state = given(adopted());
    state.refuses("FR", end(&["FR"]), Rule::E2, "missing: MA");
    state.does("FR", end(&["FR", "MA"]));
    let later = "expected a date before 2026-01-01, on which it ends already";
    state.refuses("FR", end(&["FR", "MA"]), Rule::E2, later);
    state.does("MA", revise(1, Nature::Amendment, words(2, "Les", "Ces")));
    state.at("2025-12-31");
    state.does("FR", accept(2));
    state.at("2026-01-01");
    state.refuses("FR", accept(2), Rule::E18, "has ended");
    let reject = C::RejectRevision {
        revision: Revision(2),
        reason: None,
    };
    state.does("FR", reject);
    state.refuses("FR", end(&["FR", "MA"]), Rule::E2, later);
    state.refuses(
        "FR",
        EndingAct::AgreementResumed {
            on: date("2026-02-01"),
            elsewhere: None,
        },
        Rule::E18,
        "a living text",
    );
}

#[test]
fn a_living_text_goes_on_being_revised_and_comes_back_after_its_end() {
    let mut state = given([(
        "git",
        C::Propose(Box::new(arrangement(Profile::imported()))),
    )]);
    state.does("git", adopt(1));
    state.does(
        "git",
        revise(1, Nature::Draft, words(2, "coopèrent", "se concertent")),
    );
    state.does("git", adopt(2));
    let ended = Ended {
        on: date("2026-01-01"),
        ground: "deleted".into(),
        consenting: vec!["FR".into(), "MA".into()],
        elsewhere: None,
    };
    state.does("git", EndingAct::AgreementEnded(ended));
    state.refuses(
        "git",
        revise(2, Nature::Draft, words(2, "Les", "x")),
        Rule::E18,
        "has ended",
    );
    state.does(
        "git",
        EndingAct::AgreementResumed {
            on: date("2026-02-01"),
            elsewhere: None,
        },
    );
    state.does("git", revise(2, Nature::Draft, words(2, "Les", "Ces")));
    let outcome = Outcome::AdoptedAs {
        revision: Revision(2),
        how: "squashed".into(),
    };
    state.does(
        "git",
        C::ConcludeRevision {
            revision: Revision(3),
            outcome,
        },
    );
    state.refuses("git", adopt(3), Rule::T4, "decided elsewhere");
}

#[test]
fn t9_an_agreement_in_force_is_ended_and_not_given_up() {
    let by = Representative {
        name: "the minister".into(),
        office: Office::Minister,
        full_powers: false,
    };
    let sign = C::from(ConsentAct::Signed {
        on: date("2025-02-01"),
        manner: Manner::Definitive,
        by,
    });
    let enter = C::from(ForceAct::EnteredIntoForce {
        on: Some(date("2025-03-01")),
        basis: "Article 5".into(),
        trace: vec![],
        consenting: vec!["FR".into(), "MA".into()],
    });
    let abandon = C::AbandonNegotiation { reason: None };
    given(adopted()).does("MA", abandon.clone());
    let mut state = given(adopted());
    for (party, act) in [("FR", sign.clone()), ("MA", sign), ("FR", enter)] {
        state.does(party, act);
    }
    let says = "found an agreement in force since 2025-03-01";
    state.refuses("MA", abandon, Rule::T9, says);
}

#[test]
fn an_abandoned_negotiation_is_over() {
    let mut state = given([("FR", propose())]);
    state.does("MA", C::AbandonNegotiation { reason: None });
    state.refuses(
        "MA",
        revise(1, Nature::Draft, words(2, "Les", "x")),
        Rule::T9,
        "given up",
    );
}
