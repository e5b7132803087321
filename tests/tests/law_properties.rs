//! What must hold of every agreement, whatever is done to it: the invariants P1 to P19, over random acts, against a small model.
//!
//! 10,000 sequences a run, each from a seed that is printed when the run begins; `TRAVAUX_SEED` runs it again, `TRAVAUX_SEQUENCES` sets
//! how many.

mod law;

use std::collections::BTreeMap;

use law::{Run, model::Model};
use travaux::projections::AgreementRecord;
use travaux_testkit::random::{self, Rng};

/// Sequences that broke an invariant once: an only party was said to apply an agreement provisionally, as the others had left.
const BROKE_ONCE: [u64; 1] = [2_918_274_050_452_967_659];

#[test]
fn the_invariants_hold_of_every_sequence_of_acts() {
    let given = std::env::var("TRAVAUX_SEQUENCES").ok();
    let sequences: u64 = given.and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let seed = random::seed(&format!("law_properties, {sequences} sequences"));
    let mut accepted: BTreeMap<&'static str, u64> = BTreeMap::new();
    let seeds = (0..sequences).map(|sequence| seed.wrapping_add(sequence));
    for seed in seeds.chain(BROKE_ONCE) {
        let mut run = Run::new(Rng::new(seed));
        let mut model = Model::default();
        for _ in 0..120 {
            if let Some(name) = run.step(&mut model) {
                *accepted.entry(name).or_default() += 1;
            }
        }
        run.check(&model).unwrap_or_else(|broken| {
            panic!(
                "TRAVAUX_SEED={seed} TRAVAUX_SEQUENCES=1: {broken}\n{}",
                run.told()
            )
        });
        // Whatever an agreement has been through, its snapshot gives it back.
        let state = run.record.state().unwrap_or_else(|e| {
            panic!(
                "TRAVAUX_SEED={seed} TRAVAUX_SEQUENCES=1: {e}\n{}",
                run.told()
            )
        });
        let restored = AgreementRecord::restore(state).unwrap_or_else(|e| {
            panic!(
                "TRAVAUX_SEED={seed} TRAVAUX_SEQUENCES=1: {e}\n{}",
                run.told()
            )
        });
        assert!(
            restored == run.record,
            "TRAVAUX_SEED={seed} TRAVAUX_SEQUENCES=1: a snapshot gives another record\n{}",
            run.told()
        );
    }
    // A property says little about acts that are never accepted.
    if sequences >= 10_000 {
        for name in law::reached::REACHED {
            assert!(
                accepted.get(name).is_some_and(|n| *n >= 20),
                "{name} was hardly ever accepted: {accepted:?}"
            );
        }
    }
}
