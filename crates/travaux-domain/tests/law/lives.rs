//! What holds of the life of any agreement: acts at random, of which the law accepted some.

use proptest::prelude::*;
use travaux_domain::agreement::{Agreement, AgreementCommand};
use travaux_testkit::{acts::Done, strategies::histories};

/// The agreement after so many of its acts.
fn after(history: &[Done]) -> Agreement {
    let mut agreement = Agreement::default();
    for done in history {
        agreement.evolve(&done.decided.event, &done.context());
    }
    agreement
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_act_is_decided_again_as_it_was(history in histories(1..80)) {
        let mut agreement = Agreement::default();
        for done in &history {
            let context = done.context();
            let asked = agreement.decide(done.command.clone(), &context);
            prop_assert_eq!(asked.as_ref(), Ok(&done.decided));
            let behind = AgreementCommand::behind(&done.decided.event);
            let again = agreement.decide(behind, &context);
            prop_assert_eq!(again.as_ref(), Ok(&done.decided), "an audit decides what was decided");
            agreement.evolve(&done.decided.event, &context);
        }
        prop_assert_eq!(agreement.version, history.len() as u64);
    }

    #[test]
    fn every_event_is_read_back_as_it_was_written(history in histories(1..80)) {
        for done in &history {
            let event = &done.decided.event;
            let json = serde_json::to_string(event).expect("it is written");
            prop_assert_eq!(&serde_json::from_str::<travaux_domain::agreement::AgreementEvent>(&json).expect("it is read"), event);
            prop_assert!(json.starts_with(&format!("{{\"{}\":", event.type_name())), "{}", json);
        }
    }

    #[test]
    fn what_was_known_then_is_what_there_was(history in histories(1..60), at in 0..60_usize) {
        let at = at.min(history.len());
        let (now, then) = (after(&history), after(&history[..at]));
        if let Some(last) = history[..at].last() {
            let known = now.known_at(last.at);
            prop_assert_eq!(&known.machines, &then.machines);
            prop_assert_eq!(known.status(last.at.date_naive(), None), then.status(last.at.date_naive(), None));
        }
    }

    #[test]
    fn a_text_that_was_never_changes(history in histories(1..60)) {
        let mut agreement = Agreement::default();
        let mut texts: Vec<String> = Vec::new();
        for done in &history {
            agreement.evolve(&done.decided.event, &done.context());
            for lang in ["fr", "en"].map(travaux_testkit::agreement::lang) {
                let printed = (1..=agreement.history.len()).map(|step| agreement.history.print_at(step, lang));
                let printed: Vec<_> = printed.collect();
                // Both languages say the same in these histories, step by step.
                let before = texts.len().min(printed.len());
                prop_assert_eq!(&printed[..before], &texts[..before]);
                texts = printed;
            }
        }
    }
}
