//! The agreements: proposed, accepted, adopted, signed by all, and brought under the framework.

use chrono::NaiveDate;
use travaux::domain::{
    AgreementId, PartyId, Profile, Revision, StreamCommand,
    agreement::{
        AgreementCommand as A,
        consent::{ConsentAct, Manner, Office, Representative},
    },
    framework::{FrameworkCommand, InclusionRelation},
};

use super::script::{AREAS, Course, Maker, name};

/// An agreement that is in force, as later acts need to know it.
pub(super) struct Made {
    pub(super) id: AgreementId,
    pub(super) parties: Vec<PartyId>,
    /// Whether it is a treaty, and can bear bodies.
    pub(super) treaty: bool,
    /// From when on it is revised, and by what it is known that all before was recorded.
    pub(super) free: NaiveDate,
    /// The last revision that was adopted.
    pub(super) adopted: u32,
    /// How many were proposed.
    pub(super) proposed: u32,
    /// The days that each of its articles gives.
    pub(super) days: Vec<u32>,
}

/// How many articles each has.
const ARTICLES: u32 = 6;

impl Maker<'_> {
    /// Two thirds of them in the first quarter, the others until the middle.
    pub(super) fn agreements(&mut self) -> Vec<Made> {
        let count = self.sizes.agreements;
        let early = count * 2 / 3;
        let quarter = self.days() / 4;
        (0..count)
            .map(|n| {
                let after = match n < early {
                    true => self.rng.between(30, quarter.min(300)),
                    false => self.rng.between(30, quarter * 2),
                };
                self.agreement(n, self.day(after))
            })
            .collect()
    }

    fn agreement(&mut self, n: usize, on: NaiveDate) -> Made {
        let id = AgreementId(self.ids.next());
        let treaty = n.is_multiple_of(2);
        let most = self.parties.len();
        let count = 3 + self.rng.below(most - 2);
        let parties = self.rng.some(&self.parties.clone(), count);
        let area = name(AREAS[n % AREAS.len()]);
        let days: Vec<u32> = (1..=ARTICLES).map(|article| 30 * article).collect();
        let text = (1..).zip(&days).map(|(article, days)| {
            format!("## Article {article}\n\nThe Parties answer within {days} days.\n\n")
        });
        let profile = match treaty {
            true => Profile::treaty(),
            false => Profile::arrangement(),
        };
        let mut proposal = travaux::proposal(format!("Agreement {}", n + 1), profile)
            .kind(if treaty { "treaty" } else { "arrangement" })
            .text("en", text.collect::<String>().trim_end().to_owned() + "\n")
            .expect("a language tag");
        for party in &parties {
            proposal = proposal.party(party.0.clone(), format!("State {party}"));
        }
        let act = |command: A| StreamCommand::Agreement(id, command);
        let mut course = Course::from(on);
        let first = parties[0].clone();
        let propose = A::Propose(Box::new(proposal.build()));
        self.does(&mut course, &first, [act(propose)]);
        for party in &parties[1..] {
            course.later(self.rng.between(0, 6));
            let accept = A::AcceptRevision {
                revision: Revision::FIRST,
            };
            self.does(&mut course, party, [act(accept)]);
        }
        course.later(2);
        let adopt = A::AdoptText {
            revision: Revision::FIRST,
            effective_from: None,
            package: None,
            elsewhere: None,
        };
        let authenticate = A::AuthenticateText {
            method: "initialling".into(),
            parties: parties.clone(),
        };
        self.does(&mut course, &first, [act(adopt), act(authenticate)]);
        course.on = course.recorded();
        let on = course.later(self.rng.between(1, 20));
        for party in &parties {
            let signed = ConsentAct::Signed {
                on,
                manner: Manner::Definitive,
                by: Representative {
                    name: "the minister".into(),
                    office: Office::Minister,
                    full_powers: true,
                },
            };
            self.does(&mut course, party, [act(signed.into())]);
        }
        let include = FrameworkCommand::AgreementIncluded {
            on,
            agreement: id,
            area,
            relation: InclusionRelation::Implementing,
        };
        self.does(
            &mut course,
            &first,
            [StreamCommand::Framework(self.framework, include)],
        );
        Made {
            id,
            parties,
            treaty,
            free: course.recorded() + chrono::Days::new(1),
            adopted: 1,
            proposed: 1,
            days,
        }
    }
}
