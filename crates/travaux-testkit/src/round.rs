//! A revision round of two agreements under a framework: the first of FR and MA, the second of FR, MA
//! and ES.

use chrono::NaiveDate;
use travaux_domain::{
    AgreementId, PartyId, Profile, Revision, StreamCommand,
    agreement::{AgreementCommand, Nature, RevisionDraft},
    framework::FrameworkCommand,
    package::{Member, MemberStanding, PackageCommand, RoundCommand, RoundOpening, RoundPart},
};

use crate::{
    agreement::{accept, date, proposal, propose, words as change},
    history::{History, agreement_id, framework_id, package_id},
    meeting::{foundation, parties, words},
};

/// A framework of FR, MA and ES with two agreements, whose texts were proposed.
pub fn partnership() -> History {
    let mut history = History::new();
    history
        .at("2025-01-01")
        .framework(1, "FR", foundation(&["FR", "MA", "ES"]));
    for (number, names) in [(1, &["FR", "MA"][..]), (2, &["FR", "MA", "ES"])] {
        let (party, proposed) = propose("FR", proposal(Profile::arrangement(), names, vec![]));
        let joined = FrameworkCommand::AgreementJoined {
            agreement: agreement_id(number),
            area: "migration".into(),
        };
        history
            .agreement(number, party, proposed)
            .framework(1, "FR", joined);
    }
    history
}

/// The parties of an agreement of the partnership.
pub fn parties_of(number: u128) -> Vec<PartyId> {
    match number {
        1 => parties(&["FR", "MA"]),
        _ => parties(&["FR", "MA", "ES"]),
    }
}

/// A member of which nothing was negotiated.
pub fn member(number: u128) -> Member {
    Member {
        agreement: agreement_id(number),
        parties: parties_of(number),
        standing: MemberStanding::default(),
    }
}

/// A round of these agreements.
pub fn opening(members: &[u128]) -> RoundOpening {
    RoundOpening {
        on: date("2025-02-01"),
        title: "Revision".to_owned(),
        framework: framework_id(1),
        mandate: words("bring both up to date"),
        members: members.iter().map(|number| member(*number)).collect(),
        of: None,
    }
}

/// A command to the round under a number.
pub fn round(number: u128, command: RoundCommand) -> StreamCommand {
    StreamCommand::Package(package_id(number), PackageCommand::Round(command))
}

/// The partnership, with a round of both agreements under the number 1.
pub fn opened() -> History {
    let mut history = partnership();
    history
        .at("2025-02-01")
        .does("FR", round(1, RoundCommand::Open(opening(&[1, 2]))))
        .at("2025-03-04");
    history
}

/// Negotiate the next revision of an agreement in a round, and propose it: words of its first
/// article become others.
pub fn negotiates(
    history: &mut History,
    round_of: u128,
    agreement: u128,
    revision: u32,
    find: &str,
    with: &str,
) {
    let negotiate = RoundCommand::Negotiate {
        on: day_of(revision, "2025-03-01"),
        agreement: agreement_id(agreement),
        revision: Revision(revision),
    };
    let draft = RevisionDraft {
        nature: Nature::Draft,
        package: Some(package_id(round_of)),
        ..RevisionDraft::new(Revision(revision - 1), vec![change(2, find, with)])
    };
    history.does("FR", round(round_of, negotiate)).agreement(
        agreement,
        "FR",
        AgreementCommand::ProposeRevision(Box::new(draft)),
    );
}

/// All parties but who proposed it accept a revision, and the round says so.
pub fn agrees(history: &mut History, round_of: u128, agreement: u128, revision: u32) {
    for party in parties_of(agreement) {
        if party.to_string() != "FR" {
            history.agreement(agreement, &party.to_string(), accept(revision));
        }
    }
    history.does("FR", round(round_of, agree(agreement, revision)));
}

/// A day for the first revision that is negotiated; for a later one, the day of [`opened`].
fn day_of(revision: u32, first: &str) -> NaiveDate {
    date(if revision == 2 { first } else { "2025-03-04" })
}

/// Say that all agreed on a revision.
pub fn agree(agreement: u128, revision: u32) -> RoundCommand {
    RoundCommand::Agree {
        on: day_of(revision, "2025-03-02"),
        agreement: agreement_id(agreement),
        revision: Revision(revision),
    }
}

/// Be ready to adopt a member.
pub fn ready(agreement: u128) -> RoundCommand {
    RoundCommand::BeReady {
        on: date("2025-03-03"),
        agreement: agreement_id(agreement),
    }
}

/// All parties of a member are ready.
pub fn readies(history: &mut History, round_of: u128, agreement: u128) {
    for party in parties_of(agreement) {
        history.does(&party.to_string(), round(round_of, ready(agreement)));
    }
}

/// Hold a member.
pub fn hold(agreement: u128) -> RoundCommand {
    RoundCommand::Hold {
        on: date("2025-03-03"),
        agreement: agreement_id(agreement),
        reason: "the mandate is not there".to_owned(),
    }
}

/// Let a member go.
pub fn release(agreement: u128) -> RoundCommand {
    RoundCommand::Release {
        on: date("2025-03-04"),
        agreement: agreement_id(agreement),
    }
}

/// Split a round into two, each with one member.
pub fn split(consenting: &[&str]) -> RoundCommand {
    let part = |package, member: AgreementId| RoundPart {
        package: package_id(package),
        members: vec![member],
    };
    RoundCommand::Split {
        on: date("2025-03-05"),
        parts: vec![part(2, agreement_id(1)), part(3, agreement_id(2))],
        consenting: parties(consenting),
    }
}
