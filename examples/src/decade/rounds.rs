//! Revision rounds: members negotiated, agreed on, sometimes held for a while, ready, adopted whole.

use chrono::Days;
use travaux::{
    domain::{
        PackageId, PartyId, Revision, StreamCommand,
        agreement::{AgreementCommand as A, Nature, RevisionDraft},
        package::{Member, MemberStanding, PackageCommand, RoundCommand as R, RoundOpening},
    },
    text::{Operation, ProvisionId},
};

use super::{
    agreements::Made,
    script::{Course, Maker, en, words},
};

impl Maker<'_> {
    /// All rounds, spread over the years; how many revisions they propose.
    pub(super) fn rounds(&mut self, mut agreements: Vec<Made>) -> usize {
        let (rounds, revisions) = (self.sizes.rounds, self.sizes.revisions);
        let begin = self.days() / 8;
        let days = self.days() - begin - self.days() / 16;
        let mut proposed = 0;
        for n in 0..rounds {
            let count = revisions * (n + 1) / rounds - revisions * n / rounds;
            let after =
                begin + days * u32::try_from(n).unwrap_or(0) / u32::try_from(rounds).unwrap_or(1);
            proposed += self.round(n, after, count, &mut agreements);
        }
        proposed
    }

    /// A round of a party, of those of its agreements that are free and were not revised for longest.
    fn round(&mut self, n: usize, after: u32, count: usize, agreements: &mut [Made]) -> usize {
        let on = self.day(after);
        let free = |made: &Made, party: &PartyId| made.free < on && made.parties.contains(party);
        let count_of = |party: &PartyId| agreements.iter().filter(|a| free(a, party)).count();
        let turn = self.parties[n % self.parties.len()].clone();
        let most = self
            .parties
            .iter()
            .max_by_key(|party| count_of(party))
            .cloned();
        let opener = match count_of(&turn) >= count {
            true => turn,
            false => most.unwrap_or(turn),
        };
        let mut members: Vec<_> = agreements.iter_mut().filter(|a| free(a, &opener)).collect();
        members.sort_by_key(|made| (made.adopted, made.free, made.id));
        members.truncate(count);
        if members.is_empty() {
            return 0;
        }
        let id = PackageId(self.ids.next());
        let mut course = Course::from(on);
        let opening = RoundOpening {
            on,
            title: format!("Revision round {}", n + 1),
            framework: self.framework,
            mandate: words("bring the limits up to date"),
            members: members
                .iter()
                .map(|made| Member {
                    agreement: made.id,
                    parties: made.parties.clone(),
                    standing: MemberStanding::default(),
                })
                .collect(),
            of: None,
        };
        self.does(&mut course, &opener, [round(id, R::Open(opening))]);
        course.on = course.recorded();
        let mut whole = course;
        for made in &mut members {
            let mut own = course;
            self.member(id, &opener, made, &mut own);
            whole.join(&own);
        }
        whole.later(self.rng.between(1, 5));
        let adopted = members.iter().map(|made| {
            let adopt = A::AdoptText {
                revision: Revision(made.proposed),
                effective_from: None,
                package: Some(id),
                elsewhere: None,
            };
            StreamCommand::Agreement(made.id, adopt)
        });
        let commands = [StreamCommand::Package(id, PackageCommand::Adopt)];
        let commands = commands.into_iter().chain(adopted).collect::<Vec<_>>();
        self.does(&mut whole, &opener, commands);
        for made in &mut members {
            made.adopted = made.proposed;
            made.free = whole.recorded() + Days::new(1);
        }
        members.len()
    }

    /// One member: its revision proposed, accepted by all, held or not, and all ready.
    fn member(&mut self, id: PackageId, opener: &PartyId, made: &mut Made, course: &mut Course) {
        let agreement = made.id;
        made.proposed += 1;
        let revision = Revision(made.proposed);
        let article = self.rng.below(made.days.len());
        let (was, is) = (made.days[article], made.days[article] + 1);
        made.days[article] = is;
        let provision = u32::try_from(2 * article + 2).unwrap_or(2);
        let operation = Operation::substitute(
            ProvisionId::new(1, provision),
            en(),
            &format!("{was} days"),
            &format!("{is} days"),
            1,
        );
        let draft = RevisionDraft {
            nature: Nature::Amendment,
            package: Some(id),
            ..RevisionDraft::new(Revision(made.adopted), vec![operation])
        };
        let act = |command: A| StreamCommand::Agreement(agreement, command);
        let on = course.later(self.rng.between(1, 20));
        let negotiate = R::Negotiate {
            on,
            agreement,
            revision,
        };
        let propose = A::ProposeRevision(Box::new(draft));
        self.does(course, opener, [round(id, negotiate), act(propose)]);
        let others = made.parties.iter().filter(|party| *party != opener);
        for party in others {
            course.later(self.rng.between(0, 4));
            self.does(course, party, [act(A::AcceptRevision { revision })]);
        }
        course.on = course.recorded();
        let agree = R::Agree {
            on: course.on,
            agreement,
            revision,
        };
        self.does(course, opener, [round(id, agree)]);
        if self.rng.chance(15) {
            let party = self.rng.pick(&made.parties);
            let hold = R::Hold {
                on: course.later(1),
                agreement,
                reason: "the mandate is not there".into(),
            };
            self.does(course, &party, [round(id, hold)]);
            let on = course.later(self.rng.between(3, 15));
            self.does(course, &party, [round(id, R::Release { on, agreement })]);
        }
        for party in &made.parties {
            let on = course.later(self.rng.between(0, 2));
            self.does(course, party, [round(id, R::BeReady { on, agreement })]);
        }
    }
}

fn round(id: PackageId, command: R) -> StreamCommand {
    StreamCommand::Package(id, PackageCommand::Round(command))
}
