//! A framework on a day, as known at a time: what was done and recorded are two things.

use travaux_domain::{AgreementId, framework::FrameworkStatus as S};
use travaux_projections::{Asked, Frameworks, Projection as _, Register};
use travaux_testkit::{
    agreement::{date, proposal, propose},
    framework::{adopted, end, include, name, open, organ, release, replace},
    history::{History, agreement_id, framework_id},
};

/// Adopted on 1 March 2025; what was done in April was recorded in December.
fn late() -> History {
    let mut history = adopted();
    let arrangement = travaux_domain::Profile::arrangement();
    let (_, draft) = propose("FR", proposal(arrangement, &["FR", "MA"], vec![]));
    history
        .agreement(1, "FR", draft)
        .at("2025-12-01")
        .framework(1, "FR", open("2025-04-14", "sport"))
        .framework(1, "FR", include("2025-04-20", agreement_id(1), "sport"))
        .framework(1, "FR", name("2025-04-20", organ("FR", "contact", "DGEF")))
        .framework(
            1,
            "FR",
            replace("2025-05-20", "2025-06-01", organ("FR", "contact", "DCPAF")),
        )
        .at("2026-02-01")
        .framework(1, "MA", release("2026-01-10", agreement_id(1)))
        .framework(1, "MA", end("2026-01-20"));
    history
}

fn view(history: &History) -> Frameworks {
    let mut view = Frameworks::default();
    history
        .log()
        .iter()
        .for_each(|recorded| view.apply(recorded));
    view
}

fn asked(on: &str, known: &str) -> Asked {
    let known_at = date(known).and_hms_opt(23, 0, 0).expect("a time");
    Asked {
        on: Some(date(on)),
        known_at: Some(known_at.and_utc()),
    }
}

#[test]
fn a_framework_is_asked_for_by_the_day_and_by_what_was_known() {
    let view = view(&late());
    let id = framework_id(1);
    let stands = |on: &str, known: &str| {
        let then = view.framework_as_of(id, asked(on, known))?;
        let contacts = then.state.organs_on(date(on));
        let contacts = contacts.filter(|o| o.organ.role.as_str() == "contact");
        let contacts: Vec<_> = contacts.map(|o| o.organ.who.office.clone()).collect();
        let sport = then.state.areas.get("sport");
        let sport = sport.is_some_and(|area| area.is_open(date(on)));
        let status = then.state.status(date(on));
        let under: Vec<AgreementId> = then.state.agreements.iter().map(|(a, _)| *a).collect();
        Some((status, sport, under.len(), contacts.join("+")))
    };
    let is = |status, sport, under, contact: &str| Some((status, sport, under, contact.to_owned()));
    let now = "2026-12-31";
    for (on, known, expected) in [
        ("2025-01-09", now, None),
        ("2025-01-10", "2025-01-09", None),
        ("2025-01-10", now, is(S::Proposed, false, 0, "")),
        ("2025-03-01", "2025-02-28", is(S::Proposed, false, 0, "")),
        ("2025-03-01", now, is(S::Adopted, false, 0, "")),
        // Learnt in December, and so from 14 April on.
        ("2025-04-14", "2025-11-30", is(S::Adopted, false, 0, "")),
        ("2025-04-13", now, is(S::Adopted, false, 0, "")),
        ("2025-04-14", now, is(S::Adopted, true, 0, "")),
        ("2025-04-20", now, is(S::Adopted, true, 1, "DGEF")),
        // Replaced from June on, whatever was decided in May.
        ("2025-05-31", now, is(S::Adopted, true, 1, "DGEF")),
        ("2025-06-01", now, is(S::Adopted, true, 1, "DCPAF")),
        ("2026-01-20", "2026-01-31", is(S::Adopted, true, 1, "DCPAF")),
        ("2026-01-10", now, is(S::Adopted, true, 0, "DCPAF")),
        ("2026-01-20", now, is(S::Ended, true, 0, "DCPAF")),
    ] {
        assert_eq!(stands(on, known), expected, "{on}, as known on {known}");
    }
    // Nothing is asked: as it stands.
    let whole = view
        .framework_as_of(id, Asked::default())
        .expect("it is there");
    assert_eq!(whole.state, view.frameworks[&id].state);
    // A later day than all leaves nothing out.
    let last = view
        .framework_as_of(id, asked("2030-01-01", now))
        .expect("it is there");
    assert_eq!(last.state, whole.state);
}

#[test]
fn the_register_knows_since_when_and_until_when_an_agreement_is_under_a_framework() {
    let history = late();
    let mut register = Register::default();
    history
        .log()
        .iter()
        .for_each(|recorded| register.apply(recorded));
    let entry = &register.agreements[&agreement_id(1)];
    let known = |day: &str| {
        let at = date(day).and_hms_opt(23, 0, 0).expect("a time").and_utc();
        entry.frameworks(Some(at)).collect::<Vec<_>>()
    };
    assert_eq!(known("2025-11-30"), []);
    assert_eq!(known("2025-12-01"), [framework_id(1)]);
    assert_eq!(known("2026-02-01"), []);
    assert_eq!((entry.framework, entry.frameworks(None).count()), (None, 0));
}
