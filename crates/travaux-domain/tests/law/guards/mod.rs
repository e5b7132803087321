//! What each act asks for, a line a case: who tries what on which agreement, what is expected of it and what is found.

mod once;
mod refused;

use travaux_domain::{
    agreement::{
        AgreementCommand as C,
        consent::{ConsentAct, Manner},
        depositary::DepositaryAct,
        ending::{ClaimNotice, EndingAct, Invoked, Measure},
        language::LanguageAct,
        reservation::ReservationAct,
    },
    clause::Term,
    effect::Period,
};
use travaux_testkit::agreement::*;
use travaux_text::ProvisionId;

const DAY: &str = "2020-03-01";

/// A treaty in force that may be denounced at six months' notice.
fn denounceable() -> Case {
    in_force(vec![clause(
        "Article 20",
        Term::Denunciation(Period::Months(6)),
    )])
}

fn after(mut case: Case, acts: impl IntoIterator<Item = (&'static str, C)>) -> Case {
    for (party, act) in acts {
        case.does(party, act);
    }
    case
}

/// A treaty that A has signed, subject to ratification, with a reservation to its first article.
fn reserved() -> Case {
    let signed = sign("2020-02-01", Manner::SubjectToRatification).into();
    let reservation = ReservationAct::ReservationFormulated {
        on: date("2020-02-01"),
        provisions: vec![p(2)],
        words: "except in winter".into(),
        late: false,
        number: None,
    };
    after(treaty(vec![]), [("A", signed), ("A", reservation.into())])
}

/// A treaty in force that A claims to terminate, as B broke it.
fn claimed() -> Case {
    after(in_force(vec![]), [("A", claims_breach())])
}

fn claims_breach() -> C {
    let claim = ClaimNotice {
        reasons: "the data were sold".into(),
        consenting: ids(&["C"]),
        ..claim(Invoked::MaterialBreach, Measure::Terminate)
    };
    EndingAct::ClaimNotified {
        on: date(DAY),
        claim,
        number: None,
    }
    .into()
}

fn leave(provisions: Vec<ProvisionId>) -> C {
    ConsentAct::WithdrawalNotified {
        received_on: date(DAY),
        admitted: None,
        provisions,
        effective_on: None,
    }
    .into()
}

fn register(languages: &[&str]) -> C {
    DepositaryAct::Registered {
        on: date(DAY),
        number: "I-1".into(),
        ex_officio: false,
        languages: languages.iter().map(|tag| lang(tag)).collect(),
    }
    .into()
}

fn prevail(tag: &str) -> C {
    LanguageAct::PrevailingDesignated {
        on: date(DAY),
        lang: lang(tag),
        consenting: ids(&["A", "B", "C"]),
    }
    .into()
}

fn c(act: impl Into<C>) -> C {
    act.into()
}
