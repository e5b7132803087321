//! Revision rounds: how members come on, what holds them, adoption as one, and splits.

use travaux_domain::{
    AgreementId, Reason, Revision, Rule, StreamCommand, StreamId,
    agreement::{Agreement, AgreementCommand as C, RevisionState},
    package::{
        MemberStanding, MemberState, Package, PackageCommand as P, PackageStatus, RoundCommand,
        RoundOpening, RoundPart,
    },
};
use travaux_testkit::{
    agreement::{accept, date},
    history::{History, agreement_id, package_id},
    meeting::{item_ref, parties, words},
    round::*,
};

pub(crate) fn package(history: &History, number: u128) -> Package {
    history.state(StreamId::Package(package_id(number)))
}

fn standing(history: &History, number: u128, agreement: u128) -> String {
    let package = package(history, number);
    let round = package.round.expect("it is a round");
    round.members[&agreement_id(agreement)].state().to_string()
}

fn adopt(number: u128) -> StreamCommand {
    StreamCommand::Package(package_id(number), P::Adopt)
}

/// The adoption of a revision with a round.
pub(crate) fn adopts(agreement: u128, revision: u32, round_of: u128) -> StreamCommand {
    let adopt = C::AdoptText {
        revision: Revision(revision),
        effective_from: None,
        package: Some(package_id(round_of)),
        elsewhere: None,
    };
    StreamCommand::Agreement(agreement_id(agreement), adopt)
}

/// Both members are negotiated, agreed and ready.
fn all_ready() -> History {
    let mut history = opened();
    for agreement in [1, 2] {
        negotiates(&mut history, 1, agreement, 2, "coopèrent", "agissent");
        agrees(&mut history, 1, agreement, 2);
        readies(&mut history, 1, agreement);
    }
    history
}

#[test]
fn fw9_a_member_comes_on_from_nothing_to_ready() {
    let mut history = opened();
    assert_eq!(standing(&history, 1, 1), "nothing was proposed");
    negotiates(&mut history, 1, 1, 2, "coopèrent", "agissent");
    assert_eq!(standing(&history, 1, 1), "revision 2 is negotiated");
    history
        .refuses("MA", round(1, agree(1, 2)), Rule::FW9, "missing: MA")
        .refuses("MA", round(1, ready(1)), Rule::FW9, "found agreement")
        .agreement(1, "MA", accept(2))
        .refuses("ES", round(1, agree(1, 2)), Rule::P0, "found `ES`")
        .does("MA", round(1, agree(1, 2)))
        .refuses(
            "MA",
            round(1, agree(1, 2)),
            Rule::FW9,
            "a revision that is not agreed",
        )
        .does("MA", round(1, ready(1)))
        .refuses("MA", round(1, ready(1)), Rule::FW9, "`MA`, which is ready");
    assert_eq!(
        standing(&history, 1, 1),
        "revision 2 is agreed, and waits for FR"
    );
    history.does("FR", round(1, ready(1)));
    assert_eq!(standing(&history, 1, 1), "revision 2 is ready");
    // Nothing moved the other one.
    assert_eq!(standing(&history, 1, 2), "nothing was proposed");
}

/// INV3: what was agreed on one revision is no consent to the next.
#[test]
fn fw9_a_new_revision_wants_everything_anew() {
    let mut history = all_ready();
    history.does("MA", round(1, hold(1)));
    negotiates(&mut history, 1, 1, 3, "agissent", "travaillent");
    let member = package(&history, 1).round.expect("a round").members[&agreement_id(1)].clone();
    assert_eq!(member.standing.revision, Some(Revision(3)));
    assert_eq!(
        (member.standing.agreed, member.standing.ready.len()),
        (None, 0)
    );
    assert_eq!(member.standing.held.len(), 1, "what is held stays held");
    // The revision before is let go: its proposer may withdraw it, nobody can adopt it.
    let withdraw = C::WithdrawRevision {
        revision: Revision(2),
        reason: None,
    };
    history
        .refuses("FR", adopts(1, 2, 1), Rule::PK1, "an act on the whole")
        .agreement(1, "FR", withdraw);
}

#[test]
fn fw9_what_one_party_holds_undoes_no_consent_of_another() {
    let mut history = all_ready();
    history
        .does("MA", round(1, hold(2)))
        .refuses("MA", round(1, hold(2)), Rule::FW9, "`MA`, which holds it")
        .refuses(
            "FR",
            round(1, release(2)),
            Rule::FW9,
            "a party that holds it: MA",
        )
        .refuses(
            "FR",
            round(1, release(1)),
            Rule::FW9,
            "a member that is held",
        );
    assert_eq!(
        standing(&history, 1, 2),
        "held by MA: the mandate is not there"
    );
    history.does("MA", round(1, release(2)));
    assert_eq!(standing(&history, 1, 2), "revision 2 is ready");
}

#[test]
fn fw9_no_act_is_dated_before_what_it_rests_on() {
    let on = |day: &str, command: RoundCommand| {
        let on = date(day);
        let command = match command {
            RoundCommand::Negotiate {
                agreement,
                revision,
                ..
            } => RoundCommand::Negotiate {
                on,
                agreement,
                revision,
            },
            RoundCommand::Agree {
                agreement,
                revision,
                ..
            } => RoundCommand::Agree {
                on,
                agreement,
                revision,
            },
            RoundCommand::BeReady { agreement, .. } => RoundCommand::BeReady { on, agreement },
            RoundCommand::Hold {
                agreement, reason, ..
            } => RoundCommand::Hold {
                on,
                agreement,
                reason,
            },
            RoundCommand::Release { agreement, .. } => RoundCommand::Release { on, agreement },
            RoundCommand::Split {
                parts, consenting, ..
            } => RoundCommand::Split {
                on,
                parts,
                consenting,
            },
            RoundCommand::Open(_) => panic!("it is open"),
        };
        round(1, command)
    };
    let negotiate = |revision| RoundCommand::Negotiate {
        on: date("2025-03-04"),
        agreement: agreement_id(1),
        revision: Revision(revision),
    };
    let follows = |day: &str| {
        let (on, item) = (date(day), item_ref(1, "new-framework"));
        StreamCommand::Package(package_id(1), P::FollowItem { on, item })
    };
    let mut history = opened();
    negotiates(&mut history, 1, 1, 2, "coopèrent", "agissent");
    history
        .agreement(1, "MA", accept(2))
        .refuses_today(
            "MA",
            on("2025-02-28", agree(1, 2)),
            Rule::RC3,
            "it was negotiated (2025-03-01)",
        )
        .does("MA", on("2025-03-01", agree(1, 2)))
        .refuses_today(
            "MA",
            on("2025-02-28", ready(1)),
            Rule::RC3,
            "it was agreed (2025-03-01)",
        )
        .does("MA", on("2025-03-03", ready(1)))
        // Each party is ready in its own time.
        .does("FR", on("2025-03-01", ready(1)))
        .refuses_today(
            "FR",
            on("2025-03-02", negotiate(3)),
            Rule::RC3,
            "its last step (2025-03-03)",
        )
        .does("FR", on("2025-03-01", hold(2)))
        .refuses_today(
            "FR",
            on("2025-02-28", release(2)),
            Rule::RC3,
            "it was held (2025-03-01)",
        )
        .does("FR", on("2025-03-04", release(2)))
        .refuses_today(
            "FR",
            on("2025-03-03", hold(2)),
            Rule::RC3,
            "it was let go (2025-03-04)",
        )
        // What another let go says nothing of one's own.
        .does("MA", on("2025-03-02", hold(2)))
        .refuses_today(
            "FR",
            on("2025-03-03", split(&["FR", "MA", "ES"])),
            Rule::RC3,
            "the last act on its members (2025-03-04)",
        )
        .refuses_today(
            "FR",
            follows("2025-01-31"),
            Rule::RC3,
            "the round was opened (2025-02-01)",
        );
    // Records of before are taken as they are.
    let back_dated = on("2025-03-03", split(&["FR", "MA", "ES"]));
    assert!(history.decided("FR", back_dated).is_ok());
    assert!(history.decided_today("FR", follows("2025-02-01")).is_ok());
    history.does("FR", on("2025-03-04", split(&["FR", "MA", "ES"])));
}

/// A part of a round that was split before it was said since when its members are negotiated.
#[test]
fn fw11_a_part_of_before_says_less_and_is_taken_by_who_decides_it_again() {
    let mut history = opened();
    for member in [1, 2] {
        negotiates(&mut history, 1, member, 2, "coopèrent", "agissent");
    }
    history
        .does("FR", round(1, hold(1)))
        .does("FR", round(1, release(1)))
        .at("2025-03-05")
        .does("FR", round(1, split(&["FR", "MA", "ES"])));
    let whole = package(&history, 1).round.expect("a round");
    let opening = |change: fn(&mut MemberStanding)| {
        let mut own = whole.members[&agreement_id(1)].clone();
        change(&mut own.standing);
        RoundOpening {
            on: date("2025-03-05"),
            members: vec![own],
            of: Some(package_id(1)),
            ..opening(&[1])
        }
    };
    let begins = |change| round(2, RoundCommand::Open(opening(change)));
    let of_before = begins(|standing| {
        standing.negotiated = None;
        standing.released.clear();
    });
    assert!(history.decided("FR", of_before.clone()).is_ok());
    history.refuses_today(
        "FR",
        of_before,
        Rule::FW11,
        "since when they are negotiated",
    );
    let half = begins(|standing| standing.released.clear());
    history.refuses("FR", half, Rule::FW11, "as they stood");
    assert!(history.decided_today("FR", begins(|_| {})).is_ok());
}

#[test]
fn fw9_what_was_agreed_is_held_and_not_rejected() {
    let mut history = all_ready();
    let reject = C::RejectRevision {
        revision: Revision(2),
        reason: None,
    };
    let reject = StreamCommand::Agreement(agreement_id(1), reject);
    history.refuses("MA", reject.clone(), Rule::PK1, "an act on the whole");
    // While it is negotiated, a party may say no.
    let mut history = opened();
    negotiates(&mut history, 1, 1, 2, "coopèrent", "agissent");
    history.does("MA", reject);
    history.refuses("FR", round(1, agree(1, 2)), Rule::FW9, "missing: MA");
}

#[test]
fn fw10_and_pk1_a_round_is_adopted_when_all_members_are_ready_and_each_is_adopted_with_it() {
    let mut history = opened();
    negotiates(&mut history, 1, 1, 2, "coopèrent", "agissent");
    agrees(&mut history, 1, 1, 2);
    readies(&mut history, 1, 1);
    history.does("ES", round(1, hold(2)));
    let refusal = history.decided("FR", adopt(1)).expect_err("it is refused");
    assert_eq!(
        (refusal.rule, refusal.reason),
        (Rule::FW10, Reason::ConditionUnmet)
    );
    let held = format!(
        "agreement {}: held by ES: the mandate is not there",
        agreement_id(2)
    );
    assert_eq!(refusal.missing, [held]);
    history.refuses("FR", adopts(1, 2, 1), Rule::PK1, "an act on the whole");

    let mut history = all_ready();
    assert_eq!(package(&history, 1).status(), PackageStatus::Accepted);
    history
        .does("MA", adopt(1))
        .does("MA", adopts(1, 2, 1))
        .does("MA", adopts(2, 2, 1))
        .refuses("MA", adopt(1), Rule::PK4, "one that was adopted")
        .refuses("MA", round(1, hold(1)), Rule::PK4, "one that was adopted");
    for number in [1, 2] {
        let agreement: Agreement = history.state(StreamId::Agreement(agreement_id(number)));
        let state = agreement.revision(Revision(2)).map(|r| r.state.clone());
        assert_eq!(state, Some(RevisionState::Adopted));
    }
}

#[test]
fn fw9_a_round_is_answered_member_by_member() {
    let mut history = all_ready();
    let whole = |command| StreamCommand::Package(package_id(1), command);
    let says = "members are answered, held and readied one by one";
    history
        .refuses("MA", whole(P::Accept), Rule::FW9, says)
        .refuses("MA", whole(P::Reject { reason: None }), Rule::FW9, says)
        .refuses("MA", whole(P::Withdraw { reason: None }), Rule::PK5, "FR")
        .does("FR", whole(P::Withdraw { reason: None }))
        .refuses("FR", round(1, ready(1)), Rule::PK4, "withdrew");
}

#[test]
fn fw9_what_may_open_a_round() {
    let base = partnership();
    let mut foreign = base.clone();
    let twice = opening(&[1, 1]);
    let none = opening(&[]);
    let unknown = opening(&[9]);
    let early = RoundOpening {
        on: date("2030-01-01"),
        ..opening(&[1])
    };
    let mut strangers = opening(&[1]);
    strangers.members[0].parties = parties(&["FR", "ES"]);
    let mut ahead = opening(&[1]);
    ahead.members[0].standing.revision = Some(Revision(2));
    let silent = RoundOpening {
        mandate: travaux_domain::partnership::Words::new(),
        ..opening(&[1])
    };
    let part = RoundOpening {
        of: Some(package_id(7)),
        ..opening(&[1])
    };
    for (opening, rule, says) in [
        (twice, Rule::FW9, "twice"),
        (none, Rule::FW9, "one agreement or more"),
        (unknown, Rule::FW9, "agreements on record"),
        (early, Rule::RC3, "a day that has come"),
        (strangers, Rule::FW9, "the parties of agreement"),
        (ahead, Rule::FW9, "members of which nothing was negotiated"),
        (silent, Rule::RC5, "a mandate"),
        (part, Rule::FW11, "a round that was split"),
    ] {
        foreign
            .at("2025-02-01")
            .refuses("FR", round(1, RoundCommand::Open(opening)), rule, says);
    }
    foreign.refuses(
        "US",
        round(1, RoundCommand::Open(opening(&[1]))),
        Rule::P0,
        "`US`",
    );
    let mut history = opened();
    history.refuses(
        "FR",
        round(1, RoundCommand::Open(opening(&[1]))),
        Rule::RC1,
        "a new id",
    );
    history.refuses("FR", round(5, ready(1)), Rule::FW9, "no round of that id");
}

/// A part of the first round, begun as its member stands there, and the revision that goes with it.
pub(crate) fn part(history: &History, number: u128, member: u128) -> Vec<StreamCommand> {
    let parent = package(history, 1).round.expect("a round");
    let member = parent.members[&agreement_id(member)].clone();
    let (id, revision) = (member.agreement, member.standing.revision);
    let opening = RoundOpening {
        on: date("2025-03-05"),
        title: format!("Part {number}"),
        framework: parent.opening.framework,
        mandate: words("the rest"),
        members: vec![member],
        of: Some(package_id(1)),
    };
    let package = package_id(number);
    let moves = |revision| C::RepackageRevision { revision, package };
    let moves = revision.map(|revision| StreamCommand::Agreement(id, moves(revision)));
    let begins = round(number, RoundCommand::Open(opening));
    std::iter::once(begins).chain(moves).collect()
}

/// The parts of a split round: each begins in the same commit, its revision goes with it.
fn begins(history: &mut History, number: u128, member: u128) {
    for act in part(history, number, member) {
        history.does("FR", act);
    }
}

/// INV2: split, then adopt all parts, is to adopt the whole, if nothing is held.
#[test]
fn fw11_a_round_is_split_by_consent_and_each_part_goes_on_as_it_stood() {
    let mut history = all_ready();
    history
        .at("2025-03-06")
        .does("FR", round(1, split(&["FR", "MA", "ES"])));
    assert_eq!(
        package(&history, 1).status(),
        PackageStatus::Split {
            into: vec![package_id(2), package_id(3)]
        }
    );
    history
        .refuses("FR", adopt(1), Rule::PK4, "one that was split into")
        .refuses("FR", adopts(1, 2, 1), Rule::PK1, "an act on the whole");
    begins(&mut history, 2, 1);
    begins(&mut history, 3, 2);
    // All that was agreed and readied stands: nothing is to be said again.
    assert_eq!(standing(&history, 2, 1), "revision 2 is ready");
    history
        .does("MA", adopt(2))
        .does("MA", adopts(1, 2, 2))
        .does("ES", adopt(3))
        .does("ES", adopts(2, 2, 3));
    for number in [1, 2] {
        let agreement: Agreement = history.state(StreamId::Agreement(agreement_id(number)));
        let state = agreement.revision(Revision(2)).map(|r| r.state.clone());
        assert_eq!(state, Some(RevisionState::Adopted), "agreement {number}");
    }
}

#[test]
fn fw11_what_splits_a_round_and_what_does_not() {
    let mut history = all_ready();
    history.at("2025-03-06");
    let part = |package, members: &[AgreementId]| RoundPart {
        package: package_id(package),
        members: members.to_vec(),
    };
    let (one, two) = (agreement_id(1), agreement_id(2));
    let all = ["FR", "MA", "ES"];
    let split_into = |parts: Vec<RoundPart>| RoundCommand::Split {
        on: date("2025-03-05"),
        parts,
        consenting: parties(&all),
    };
    for (parts, says) in [
        (vec![part(2, &[one, two])], "two parts or more"),
        (vec![part(2, &[one]), part(2, &[two])], "twice"),
        (vec![part(1, &[one]), part(2, &[two])], "twice"),
        (
            vec![part(2, &[one, two]), part(3, &[])],
            "members in each part",
        ),
        (vec![part(2, &[one]), part(3, &[one, two])], "in two"),
        (
            vec![part(2, &[one]), part(3, &[agreement_id(9)])],
            "members of the round",
        ),
    ] {
        history.refuses("FR", round(1, split_into(parts)), Rule::FW11, says);
    }
    let mut three = opened();
    three.at("2025-03-06");
    let missing = split_into(vec![part(2, &[one]), part(3, &[one])]);
    three.refuses("FR", round(1, missing), Rule::FW11, "in two");
    history
        .refuses(
            "FR",
            round(1, split(&["FR", "MA"])),
            Rule::FW11,
            "missing: ES",
        )
        .refuses("US", round(1, split(&all)), Rule::P0, "`US`");
}

#[test]
fn fw11_a_part_takes_its_members_as_they_stood_and_no_others() {
    let mut history = all_ready();
    history
        .at("2025-03-06")
        .does("FR", round(1, split(&["FR", "MA", "ES"])));
    let of = |members: &[u128]| RoundOpening {
        on: date("2025-03-05"),
        of: Some(package_id(1)),
        ..opening(members)
    };
    // Members that are as if nothing had been negotiated, or those of the other part.
    history
        .refuses(
            "FR",
            round(2, RoundCommand::Open(of(&[1]))),
            Rule::FW11,
            "as they stood",
        )
        .refuses(
            "FR",
            round(2, RoundCommand::Open(of(&[2]))),
            Rule::FW11,
            "as they stood",
        )
        .refuses(
            "FR",
            round(4, RoundCommand::Open(of(&[1]))),
            Rule::FW11,
            "none of this id",
        );
    let moves = |package| {
        let moves = C::RepackageRevision {
            revision: Revision(2),
            package: package_id(package),
        };
        StreamCommand::Agreement(agreement_id(1), moves)
    };
    history.refuses(
        "FR",
        moves(3),
        Rule::FW11,
        "the part that has the agreement",
    );
    // Nor from a round that was not split.
    let mut whole = all_ready();
    whole.refuses("FR", moves(2), Rule::FW11, "a round that was split");
}

#[test]
fn fw9_the_members_that_wait_are_told_with_whom_they_wait_for() {
    let mut history = all_ready();
    history.does("MA", round(1, hold(2)));
    let package = package(&history, 1);
    let PackageStatus::Open { accepted, missing } = package.status() else {
        panic!("it is open");
    };
    assert_eq!(accepted, parties(&["ES", "FR"]));
    assert_eq!(missing, parties(&["MA"]));
    let round = package.round.expect("a round");
    let member = &round.members[&agreement_id(2)];
    assert!(matches!(member.state(), MemberState::Held(by) if by.len() == 1));
}

#[test]
fn each_event_of_a_round_is_told_in_words() {
    let mut history = all_ready();
    history
        .does("MA", round(1, hold(2)))
        .does("MA", round(1, release(2)))
        .at("2025-03-06")
        .does("FR", round(1, split(&["FR", "MA", "ES"])));
    let (one, two) = (agreement_id(1), agreement_id(2));
    let told: Vec<_> = history
        .log()
        .iter()
        .filter(|recorded| recorded.stream == StreamId::Package(package_id(1)))
        .map(|recorded| (recorded.event.type_name(), recorded.event.describe().what))
        .collect();
    for (event, words) in [
        (
            "RoundOpened",
            "round opened: Revision (2 agreements)".to_owned(),
        ),
        (
            "MemberNegotiated",
            format!("revision 2 of agreement {one} is negotiated"),
        ),
        (
            "MemberAgreed",
            format!("all agreed on revision 2 of agreement {one}"),
        ),
        ("MemberReadied", format!("ready to adopt agreement {two}")),
        (
            "MemberHeld",
            format!("agreement {two} held: the mandate is not there"),
        ),
        ("MemberReleased", format!("agreement {two} let go")),
        (
            "RoundSplit",
            format!("round split into {}, {}", package_id(2), package_id(3)),
        ),
    ] {
        let found = told
            .iter()
            .any(|(kind, what)| *kind == event && *what == words);
        assert!(found, "{event}: {words}: {told:#?}");
    }
}
