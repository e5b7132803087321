//! Handles.

use std::collections::BTreeSet;

use travaux_domain::{
    AggregateState, AgreementId, Event, FrameworkId, Handle, Others, PackageId, Refusal, Rule,
    StreamCommand, StreamId,
    framework::FrameworkEvent as F,
    handle::{Naming, NamingEvent},
    package::PackageCommand as P,
};
use travaux_testkit::random::Rng;
use uuid::Uuid;

use crate::{
    by,
    framework::{foundation, framework},
    package::{package, proposal},
    refused,
};

/// A framework and a package on record.
fn others() -> (StreamId, StreamId, Others) {
    let streams = (
        StreamId::Framework(FrameworkId(Uuid::from_u128(1))),
        StreamId::Package(PackageId(Uuid::from_u128(2))),
    );
    let founded = framework(&[F::FrameworkFounded(foundation().into())]);
    let proposed = package(&[("MA", P::Propose(proposal()))]);
    let states = [
        (streams.0, AggregateState::Framework(founded.into())),
        (streams.1, AggregateState::Package(proposed.into())),
    ];
    (streams.0, streams.1, Others::from_iter(states))
}

fn sec() -> Handle {
    "sec".parse().expect("a handle")
}

/// What a handle's stream decides on the act that gives it.
fn given(
    state: &Naming,
    act: StreamCommand,
    party: &str,
    others: &Others,
) -> Result<Event, Refusal> {
    let state = AggregateState::Naming(state.clone().into());
    let decided = state.decide(act, &by(party), others)?;
    assert_eq!(decided.legal_basis.rule, Rule::RC2);
    Ok(decided.event)
}

#[test]
fn rc2_a_handle_is_given_once() {
    let (framework, package, others) = others();
    for to in [framework, package] {
        let act = sec().give(to);
        assert_eq!(act.stream().initial().reads(&act), [to]);
        let event = given(&Naming::default(), act.clone(), "FR", &others).expect("it is given");
        let named = NamingEvent::HandleGiven { handle: sec(), to };
        assert_eq!(event, Event::Naming(named));
        assert_eq!(event.describe().what, format!("handle sec given to {to}"));
        assert_eq!(StreamCommand::behind(act.stream(), &event), Some(act));

        let held = Naming { to: Some(to) };
        for again in [framework, package] {
            let says = format!(
                "cannot give a handle: expected a handle that was never given in this store, \
                 unlike `sec`, found it names {to} [rule RC2"
            );
            refused(
                given(&held, sec().give(again), "FR", &others),
                Rule::RC2,
                &says,
            );
        }
    }
}

#[test]
fn rc1_and_p0_a_handle_is_given_by_a_party_to_what_is_on_record() {
    let (framework, package, others) = others();
    let free = Naming::default();
    for (to, parties) in [(framework, "FR, MA"), (package, "FR, MA")] {
        let says = format!("expected a party to {to}: {parties}, found `ES`");
        refused(given(&free, sec().give(to), "ES", &others), Rule::P0, &says);
    }
    let unknown = StreamId::Agreement(AgreementId(Uuid::from_u128(9)));
    for to in [unknown, StreamId::Source(Uuid::nil())] {
        let says = format!("expected an agreement, a framework or a package on record, found {to}");
        refused(
            given(&free, sec().give(to), "FR", &others),
            Rule::RC1,
            &says,
        );
    }
    let itself = sec().give(sec().give(unknown).stream());
    let says = "expected another than the one that the act is about";
    refused(given(&free, itself, "FR", &others), Rule::RC1, says);
    let act = NamingEvent::HandleGiven {
        handle: sec(),
        to: framework,
    };
    let elsewhere = StreamCommand::Naming(Uuid::nil(), act);
    let says = format!("found one on `handle-{}`", Uuid::nil());
    refused(given(&free, elsewhere, "FR", &others), Rule::RC1, &says);
}

/// A title of a few words, some of them in other scripts, with the signs that stand between words.
fn title(rng: &mut Rng) -> String {
    const PARTS: [&str; 19] = [
        "Accord",
        "sur",
        "l'eau",
        "coopération",
        "coope\u{301}ration",
        "Œuvre",
        "2024",
        "n° 7",
        "Straße",
        "اتفاق",
        "水",
        "-",
        "--",
        "/",
        "\u{202e}",
        "\n",
        "x",
        "İstanbul",
        "antidisestablishmentarianism",
    ];
    let words: Vec<_> = (0..rng.below(7)).map(|_| rng.pick(&PARTS)).collect();
    words.join(rng.pick(&[" ", "", "-"]))
}

#[test]
fn any_title_gives_handles_each_another_and_each_read_as_it_is_written() {
    let mut rng = Rng::of("any_title_gives_handles");
    for _ in 0..5_000 {
        let title = title(&mut rng);
        let mut half = || u128::from(rng.below(u64::MAX));
        let id = Uuid::from_u128(half() << 64 | half());
        let made: Vec<_> = Handle::made(&title, "agreement", id).collect();
        let texts: BTreeSet<_> = made.iter().map(Handle::as_str).collect();
        let streams: BTreeSet<_> = made.iter().map(Handle::stream_id).collect();
        assert_eq!((texts.len(), streams.len()), (made.len(), made.len()));
        // Ten have a suffix, of three digits to twelve; the first may have none.
        assert!([10, 11].contains(&made.len()), "{title:?}: {texts:?}");
        for handle in &made {
            let text = handle.as_str();
            assert_eq!(text.parse().as_ref(), Ok(handle), "{title:?}");
            assert_eq!(text.to_uppercase().parse().as_ref(), Ok(handle));
            assert!(text.len() <= Handle::MAX, "{text}");
        }
        let suffixed = &made[made.len() - 10..];
        for (handle, digits) in suffixed.iter().zip(3..) {
            let suffix = handle.as_str().rsplit('-').next().unwrap_or_default();
            assert_eq!(suffix.len(), digits, "{handle}");
            assert_eq!(handle.as_heard(), None, "no digit is read for another");
        }
    }
}
