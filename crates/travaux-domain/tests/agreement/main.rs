//! An agreement, given / when / then.

mod proposed;
mod revised;
mod settled;

use chrono::{DateTime, TimeDelta, Utc};
use travaux_domain::{
    Actor, Context, Profile, Revision,
    agreement::{AgreementCommand as C, Nature, Proposal, RevisionDraft},
};
use travaux_testkit::agreement::{accept, adopt, ids, lang, proposal};
use travaux_text::{Localized, Operation};

fn context(party: &str) -> Context {
    Context::new(
        Actor::party(party),
        DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(99),
    )
}

/// One article of one paragraph, between two parties.
fn arrangement(profile: Profile) -> Proposal {
    Proposal {
        title: "Arrangement".into(),
        kind: "arrangement".into(),
        texts: Localized::from([(
            lang("fr"),
            "## Article 1\n\nLes Parties coopèrent.\n".to_owned(),
        )]),
        ..proposal(profile, &["FR", "MA"], vec![])
    }
}

fn propose() -> C {
    C::Propose(Box::new(arrangement(Profile::arrangement())))
}

fn revise(base: u32, nature: Nature, op: Operation) -> C {
    C::ProposeRevision(Box::new(RevisionDraft {
        nature,
        ..RevisionDraft::new(Revision(base), vec![op])
    }))
}

fn authenticate() -> C {
    C::AuthenticateText {
        method: "initialling".into(),
        parties: ids(&["FR", "MA"]),
    }
}

fn adopted() -> Vec<(&'static str, C)> {
    vec![("FR", propose()), ("MA", accept(1)), ("MA", adopt(1))]
}
