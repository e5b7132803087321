//! INV34 on random lives: what ends leaves nothing behind that waits for it. A body that is dissolved
//! has no open referral, and what it sent on is with another body; a round that is over has no open
//! revision that only it could adopt. (Areas: `framework_areas.rs`.)

use std::collections::{BTreeMap, BTreeSet};

use travaux_domain::{
    Revision, Rule, StreamCommand, StreamId,
    agreement::{Agreement, AgreementCommand as C, Nature, RevisionDraft, RevisionState},
    body::{BodyCommand as B, BodyStatus, ReferralEnd, ReferralRef, Resolution, Verb},
    package::{
        Package, PackageCommand as P, PackageStatus, RoundCommand, check_packages, check_splits,
    },
    partnership::check_links,
};
use travaux_testkit::{
    agreement::{accept, date, words as change},
    body::*,
    history::{History, agreement_id, package_id},
    meeting::{parties, words},
    random::Rng,
    round::*,
};

use crate::{
    body_referral::{dissolve, rungs},
    round::{adopts, package, part},
};

/// Does all acts of a commit, or none of them; the rule that refuses it.
fn commit(history: &mut History, acts: Vec<(&str, StreamCommand)>) -> Result<(), Rule> {
    let mut after = history.clone();
    let before = after.log().len();
    for (party, act) in acts {
        let decided = after.decided(party, act.clone());
        decided.map_err(|refusal| refusal.rule)?;
        after.does(party, act);
    }
    let proposals: BTreeMap<_, _> = (1..4)
        .map(|number| (package_id(number), package(&after, number)))
        .collect();
    let proposal = |id| proposals.get(&id)?.proposal.as_deref();
    let events = || after.log()[before..].iter().map(|r| (r.stream, &r.event));
    check_links(events()).map_err(|refusal| refusal.rule)?;
    check_splits(events()).map_err(|refusal| refusal.rule)?;
    check_packages(events(), proposal).map_err(|refusal| refusal.rule)?;
    *history = after;
    Ok(())
}

const BODIES: [&str; 3] = ["jc", "council", "panel"];
const REFERRALS: [&str; 2] = ["late", "lost"];
const ON: &str = "2021-02-10";

/// Something that is done to a body, with what it asks of another in the same commit.
fn on_a_body(rng: &mut Rng) -> Vec<(&'static str, StreamCommand)> {
    let (own, key) = (rng.pick(&BODIES), rng.pick(&REFERRALS));
    let referred = || key.into();
    let command = match rng.below(8) {
        0..=2 => refer(ON, referral(key, "passes")),
        3 => B::ReferralResolved {
            on: date(ON),
            referral: referred(),
            by: Resolution::Explanation(words("it is settled")),
            consenting: parties(&["FR", "MA"]),
        },
        4 => B::ReferralReturned {
            on: date(ON),
            referral: referred(),
            wanting: Verb::AmendAnnexes,
            reason: "not ours".into(),
        },
        5 => {
            let to = rng.pick(&BODIES);
            let mut up = referral(&format!("{key}-of-{own}"), "passes");
            up.from = Some(ReferralRef {
                body: body_id(own),
                referral: referred(),
            });
            let sent = B::ReferralEscalated {
                on: date(ON),
                referral: referred(),
                to: body_id(to),
                consenting: parties(&["FR", "MA"]),
            };
            let mut acts = vec![("FR", body(own, sent)), ("FR", body(to, refer(ON, up)))];
            if rng.chance(20) {
                acts.remove(rng.place(2));
            }
            return acts;
        }
        _ => dissolve(ON, &["FR", "MA"]),
    };
    vec![("FR", body(own, command))]
}

#[test]
fn bd10_bd12_and_bd16_a_body_that_ends_leaves_no_referral() {
    let mut rng = Rng::of("a_body_that_ends_leaves_no_referral");
    let (mut kept, mut alone, mut ended, mut sent) = (0, 0, 0, 0);
    for _ in 0..200 {
        let mut history = rungs();
        for _ in 0..25 {
            let acts = on_a_body(&mut rng);
            let dissolves = matches!(&acts[0].1, StreamCommand::Body(_, B::BodyDissolved { .. }));
            let one = acts.len() == 1;
            let answer = commit(&mut history, acts);
            alone += usize::from(one && answer == Err(Rule::BD12));
            kept += usize::from(dissolves && answer == Err(Rule::BD16));
        }
        for key in BODIES {
            let own = state(&history, key);
            if own.status(date(ON)) == BodyStatus::Dissolved {
                ended += 1;
                let open: Vec<_> = own.open_referrals().collect();
                assert!(open.is_empty(), "{key} ended with {open:?}");
            }
            for record in own.referrals.values() {
                let Some((ReferralEnd::Escalated(to), _)) = &record.end else {
                    continue;
                };
                sent += 1;
                let of = ReferralRef {
                    body: body_id(key),
                    referral: record.referral.key.clone(),
                };
                let there = history.state::<travaux_domain::body::JointBody>(StreamId::Body(*to));
                let came = there.referrals.values();
                let came = came.filter(|other| other.referral.from.as_ref() == Some(&of));
                assert_eq!(came.count(), 1, "{of:?} went to {to}");
            }
        }
    }
    let seen = [kept, alone, ended, sent];
    assert!(seen.iter().all(|times| *times > 20), "{seen:?}");
}

fn agreement(history: &History, number: u128) -> Agreement {
    history.state(StreamId::Agreement(agreement_id(number)))
}

/// The first round is split, and both parts begin.
fn whole_split(history: &History) -> Vec<(&'static str, StreamCommand)> {
    let split = round(1, split(&["FR", "MA", "ES"]));
    let parts = [(2, 1), (3, 2)];
    let begin = parts
        .into_iter()
        .flat_map(|(number, member)| part(history, number, member));
    let acts = std::iter::once(split).chain(begin);
    acts.map(|act| ("FR", act)).collect()
}

/// Something that is done to the rounds or their members, as one commit.
fn on_a_round(rng: &mut Rng, history: &History) -> Vec<(&'static str, StreamCommand)> {
    // Mostly a round that is open, and a member of it; now and then any.
    let open = [1, 2, 3].into_iter();
    let open: Vec<u128> = open.filter(|n| package(history, *n).is_open()).collect();
    let number = match open[..] {
        [] => 1,
        _ if rng.chance(10) => rng.pick(&[1, 2, 3]),
        _ => rng.pick(&open),
    };
    let member = match number {
        2 | 3 => number - 1,
        _ => rng.pick(&[1, 2]),
    };
    let party = rng.pick(&["FR", "MA", "ES"]);
    let id = package_id(number);
    let on_member = |command| {
        (
            "FR",
            StreamCommand::Agreement(agreement_id(member), command),
        )
    };
    match rng.below(20) {
        0 | 1 => {
            let negotiate = RoundCommand::Negotiate {
                on: date("2025-03-01"),
                agreement: agreement_id(member),
                revision: Revision(2),
            };
            let words = vec![change(2, "coopèrent", "agissent")];
            let draft = RevisionDraft {
                nature: Nature::Draft,
                package: Some(id),
                ..RevisionDraft::new(Revision(1), words)
            };
            let proposed = on_member(C::ProposeRevision(Box::new(draft)));
            vec![("FR", round(number, negotiate)), proposed]
        }
        2..=6 => {
            let accepts = StreamCommand::Agreement(agreement_id(member), accept(2));
            vec![(party, accepts)]
        }
        7 | 8 => vec![("FR", round(number, agree(member, 2)))],
        9..=13 => vec![(party, round(number, ready(member)))],
        14 if rng.chance(20) => vec![(party, round(number, hold(member)))],
        14..=16 => vec![(party, round(number, release(member)))],
        17 if rng.chance(4) => {
            let mut acts = whole_split(history);
            if rng.chance(30) {
                acts.remove(rng.place(acts.len()));
            }
            acts
        }
        17 | 18 => {
            let own = package(history, number).round.into_iter();
            let members: Vec<_> = own.flat_map(|round| round.members.into_keys()).collect();
            let mut acts = vec![("FR", StreamCommand::Package(id, P::Adopt))];
            // Now and then one is left out, or adopted alone.
            let of = (1..3).filter(|number| members.contains(&agreement_id(*number)));
            acts.extend(of.map(|member| ("FR", adopts(member, 2, number))));
            if rng.chance(30) {
                acts.remove(rng.place(acts.len()));
            }
            acts
        }
        _ if rng.chance(3) => {
            let reason = Some("no mandate".to_owned());
            vec![("FR", StreamCommand::Package(id, P::Withdraw { reason }))]
        }
        _ => vec![("FR", adopts(member, 2, number))],
    }
}

/// That no open revision waits for a round that is over, and that what was adopted or split was so as
/// a whole.
fn nothing_is_left(history: &History) -> BTreeSet<&'static str> {
    let mut seen = BTreeSet::new();
    let revision = |member| {
        let member = agreement(history, member);
        member.revision(Revision(2)).cloned()
    };
    for member in [1, 2] {
        let Some(record) = revision(member) else {
            continue;
        };
        let waits = record.state == RevisionState::Open;
        let of = record.draft.package.expect("it was negotiated in a round");
        let of: Package = history.state(StreamId::Package(of));
        let over = !of.is_open() && !of.lets_go();
        assert!(!(waits && over), "{member} waits for {:?}", of.status());
    }
    for number in [1, 2, 3] {
        let own = package(history, number);
        let Some(round) = &own.round else {
            continue;
        };
        match own.status() {
            PackageStatus::Adopted => {
                for member in [1, 2] {
                    if round.members.contains_key(&agreement_id(member)) {
                        let record = revision(member).expect("it was negotiated");
                        assert_eq!(record.state, RevisionState::Adopted, "{member}");
                    }
                }
                seen.insert(if number == 1 {
                    "adopted"
                } else {
                    "part adopted"
                });
            }
            PackageStatus::Split { into } => {
                let parts = into.iter().map(|id| {
                    let part: Package = history.state(StreamId::Package(*id));
                    part.round.expect("it has begun").members
                });
                let in_parts: Vec<_> = parts.flat_map(BTreeMap::into_keys).collect();
                let members: Vec<_> = round.members.keys().copied().collect();
                assert_eq!(in_parts, members, "each in exactly one");
                seen.insert("split");
            }
            PackageStatus::Withdrawn { .. } => {
                seen.insert("withdrawn");
            }
            _ => {}
        }
    }
    seen
}

#[test]
fn fw9_fw10_fw11_and_pk1_a_round_that_is_over_leaves_no_revision() {
    let mut rng = Rng::of("a_round_that_is_over_leaves_no_revision");
    let mut times = BTreeMap::<_, usize>::new();
    for _ in 0..400 {
        let mut history = opened();
        let mut acts_left = 120;
        while acts_left > 0 {
            acts_left -= 1;
            let whole = package(&history, 1).is_open();
            let acts = on_a_round(&mut rng, &history);
            let _ = commit(&mut history, acts);
            let seen = nothing_is_left(&history);
            // Lives of parts are few: each goes on until its parts come to an end as well.
            if whole && seen.contains("split") {
                acts_left += 500;
            }
        }
        for seen in nothing_is_left(&history) {
            *times.entry(seen).or_default() += 1;
        }
    }
    for end in ["adopted", "part adopted", "split", "withdrawn"] {
        assert!(times.get(end).is_some_and(|n| *n > 3), "{times:?}");
    }
}

#[test]
fn fw11_a_round_is_split_in_the_commit_in_which_its_parts_begin() {
    let mut history = opened();
    for member in [1, 2] {
        negotiates(&mut history, 1, member, 2, "coopèrent", "agissent");
    }
    let acts = whole_split(&history);
    assert_eq!(acts.len(), 5);
    for left_out in 0..acts.len() {
        let mut some = acts.clone();
        some.remove(left_out);
        let answer = commit(&mut history.clone(), some);
        assert_eq!(answer, Err(Rule::FW11), "without act {left_out}");
    }
    assert_eq!(commit(&mut history, acts), Ok(()));
}
