//! The framework: proposed, accepted by each party, adopted; areas and organs that come later.

use std::sync::Arc;

use travaux::domain::{
    Handle, Party, StreamCommand, StreamId,
    framework::{
        AreaOpening, AreaTerms, Declaration, FoundingNature, FrameworkCommand as F, Organ, Terms,
    },
};

use super::script::{AREAS, Course, Maker, name, office, words};

impl Maker<'_> {
    pub(super) fn framework(&mut self) {
        let id = self.framework;
        let command = |command: F| StreamCommand::Framework(id, command);
        let mut course = Course::from(self.first);
        let (all, first) = (self.parties.clone(), self.parties[0].clone());
        let terms = Terms {
            title: "Partnership of ten years".into(),
            nature: FoundingNature::Declaration,
            instrument: None,
            declaration: Declaration {
                title: "joint declaration".into(),
                made: self.first.to_string().as_str().into(),
                by: vec!["Heads of government".into()],
            },
            parties: all
                .iter()
                .map(|id| Party {
                    id: id.clone(),
                    name: format!("State {id}"),
                })
                .collect(),
            areas: AREAS
                .iter()
                .map(|key| AreaTerms {
                    key: name(key),
                    title: (*key).to_owned(),
                    scope: words(format!("what belongs to {key}")),
                })
                .collect(),
            organs: Vec::new(),
        };
        let (on, terms) = (course.on, terms.into());
        let handle: Handle = "ten-years".parse().expect("a handle");
        self.does(
            &mut course,
            &first,
            [
                command(F::FrameworkProposed { on, terms }),
                handle.give(StreamId::Framework(id)),
            ],
        );
        for party in &all[1..] {
            let on = course.later(1);
            let accept = F::FrameworkAccepted { on, revision: 1 };
            self.does(&mut course, party, [command(accept)]);
        }
        let on = course.later(3);
        let adopt = F::FrameworkAdopted {
            on,
            effect: None,
            revision: 1,
            consenting: Vec::new(),
        };
        self.does_late(&mut course, &first, 0, vec![command(adopt)]);
        self.grows(course);
    }

    /// Each year an organ a party, and an area that is opened or expanded.
    fn grows(&mut self, mut course: Course) {
        let (id, all) = (self.framework, self.parties.clone());
        let command = |command: F| StreamCommand::Framework(id, command);
        for year in 0..self.sizes.years {
            let begins = self.day(365 * year + 40);
            course.on = course.on.max(begins);
            for party in &all {
                let on = course.later(1);
                let holder = office(party, &format!("Contact office of {}", 2015 + year));
                let organ = Organ {
                    role: "contact".into(),
                    who: holder,
                    address: None,
                }
                .into();
                let named = match year {
                    0 => F::OrganNamed {
                        on,
                        from: None,
                        organ,
                    },
                    _ => F::OrganReplaced {
                        on,
                        from: Some(on + chrono::Days::new(14)),
                        organ,
                    },
                };
                self.does(&mut course, party, [command(named)]);
            }
            let (on, consenting) = (course.later(5), all.clone());
            let grown = if year % 3 == 1 {
                let key = format!("area-{year}");
                F::AreaOpened(Arc::new(AreaOpening {
                    key: name(&key),
                    title: key.clone(),
                    on: Some(on),
                    effect: None,
                    scope: words(format!("what belongs to {key}")),
                    consenting: Some(consenting),
                }))
            } else {
                F::AreaExpanded {
                    on,
                    effect: None,
                    area: name(self.rng.pick(&AREAS)),
                    scope: words(format!("what was added in {}", 2015 + year)),
                    consenting,
                }
            };
            self.does(&mut course, &all[0], [command(grown)]);
        }
    }
}
