//! A view is thrown away and rebuilt at any time: the same events give the same bytes, from the beginning or from a snapshot.

use travaux_domain::StreamId;
use travaux_projections::{
    AgreementRecord, DynProjection, Erased, Frameworks, Projection, Register, Tally, Timeline,
};
use travaux_testkit::history::{History, agreement_id};

use crate::common::{amended, arrangement, propose, record};

fn history() -> History {
    let mut history = amended();
    history.agreement(2, "MA", propose(arrangement()));
    history
}

/// Cut at every place, a view that goes on from its snapshot has the state of one that saw everything.
#[track_caller]
fn goes_on<P: Projection>() {
    let history = history();
    let log = history.log();
    let whole = |log: &[_]| {
        let mut view = Erased::<P>::default();
        log.iter().for_each(|recorded| view.apply(recorded));
        view.state().expect("it serialises")
    };
    for cut in 0..=log.len() {
        let (before, after) = log.split_at(cut);
        let mut view = Erased::<P>::default();
        view.restore(&whole(before)).expect("it is read back");
        after.iter().for_each(|recorded| view.apply(recorded));
        assert_eq!(
            view.state().expect("it serialises"),
            whole(log),
            "{} cut at {cut}",
            P::NAME
        );
    }
}

#[test]
fn a_view_goes_on_from_its_snapshot() {
    goes_on::<Register>();
    goes_on::<Frameworks>();
    goes_on::<Tally>();
    goes_on::<Timeline>();
}

/// A replay skips what a view does not name: nothing else may change it.
#[track_caller]
fn only_named_types_change<P: Projection>() {
    let named = || P::TYPES.iter().copied().flatten();
    let mut view = Erased::<P>::default();
    for recorded in history().log() {
        let before = view.state().expect("it serialises");
        view.apply(recorded);
        let changed = view.state().expect("it serialises") != before;
        let kind = recorded.event.type_name();
        assert!(
            !changed || P::TYPES.is_empty() || named().any(|name| *name == kind),
            "{kind} changes {} and is not among its types",
            P::NAME
        );
    }
}

#[test]
fn only_the_types_that_a_view_names_change_it() {
    only_named_types_change::<Register>();
    only_named_types_change::<Frameworks>();
    only_named_types_change::<Tally>();
    only_named_types_change::<Timeline>();
}

#[test]
fn damaged_states_are_refused_and_the_view_stays() {
    let mut view = Erased::<Register>::default();
    let history = history();
    history
        .log()
        .iter()
        .for_each(|recorded| view.apply(recorded));
    let state = view.state().expect("it serialises");
    for length in [1, state.len() / 2, state.len() - 1] {
        let error = view.restore(&state[..length]).expect_err("it is cut off");
        assert!(error.to_string().contains("register"), "{error}");
        assert_eq!(view.state().expect("it serialises"), state);
    }
    view.reset();
    assert!(view.0.agreements.is_empty());
}

#[test]
fn a_record_comes_back_from_its_state_and_goes_on() {
    let history = history();
    let log: Vec<_> = history.of_agreement(1).collect();
    let whole = record(&history);
    for cut in 1..=log.len() {
        let mut record = AgreementRecord::default();
        log[..cut]
            .iter()
            .for_each(|recorded| record.apply(recorded));
        let state = record.state().expect("it serialises");
        let mut again = AgreementRecord::restore(state).expect("it is read back");
        assert_eq!(again, record, "cut at {cut}");
        log[cut..].iter().for_each(|recorded| again.apply(recorded));
        again.follow();
        assert_eq!(again, whole, "cut at {cut}");
    }
}

#[test]
fn a_record_that_is_cut_off_is_refused() {
    let state = record(&history()).state().expect("it serialises");
    for length in 0..state.len() {
        let cut = AgreementRecord::restore(state[..length].to_vec());
        assert!(cut.is_err(), "{length} of {} bytes are read", state.len());
    }
}

#[test]
fn custody_comes_back_from_its_own_state_and_never_goes_backwards() {
    let history = history();
    let whole = record(&history);
    let state = whole.custody_state().expect("it serialises");
    let mut fresh = AgreementRecord::restore(whole.state().expect("it serialises")).expect("ok");
    assert_eq!(fresh.custody().steps(), 0);
    fresh.restore_custody(&state);
    assert_eq!(fresh.custody(), whole.custody());
    fresh.restore_custody(&AgreementRecord::default().custody_state().expect("ok"));
    assert_eq!(fresh.custody(), whole.custody(), "what it has it keeps");
    fresh.restore_custody(b"no custody");
    assert_eq!(fresh.custody(), whole.custody());
}

#[test]
fn events_of_other_streams_change_no_record() {
    let history = history();
    let mut all = AgreementRecord::default();
    let others = StreamId::Agreement(agreement_id(2));
    for recorded in history.log().iter().filter(|r| r.stream != others) {
        all.apply(recorded);
    }
    all.follow();
    assert_eq!(all, record(&history));
}
