//! Which declarations the law admits (C19).

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::{Declaration, DeclarationAct, Declarations, Declared, Declares, Intent, View, trimmed};
use crate::{
    Decided, PartyId, Reason, Refusal, Rule,
    agreement::decision::DecisionContext,
    clause::Term,
    words::{names, numbered},
};

type Decision = Result<Decided<DeclarationAct>, Refusal>;

impl Declarations {
    pub(crate) fn decide(decision: &DecisionContext<'_>, act: DeclarationAct) -> Decision {
        match act {
            DeclarationAct::DeclarationMade {
                on,
                declares,
                words,
                intent,
                ..
            } => make(decision, on, declares, words, intent),
            DeclarationAct::DeclarationNotified { on, number, to } => {
                notify(decision, on, number, to)
            }
            DeclarationAct::DeclarationAnswered { on, number, view } => {
                answer(decision, on, number, view)
            }
            DeclarationAct::DeclarationWithdrawn {
                on,
                number,
                territories,
            } => withdraw(decision, on, number, territories),
        }
    }
}

fn refuse<T>(
    decision: &DecisionContext<'_>,
    reason: Reason,
    expected: impl Into<String>,
    found: impl Into<String>,
) -> Result<T, Refusal> {
    Err(decision.refuse(reason, Rule::C19, expected, found))
}

fn make(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    declares: Declares,
    words: String,
    intent: Intent,
) -> Decision {
    decision.standing()?;
    decision.has_not_left()?;
    decision.legal_basis(Rule::C19)?;
    decision.adopted(Rule::C19)?;
    let (reserve, found) = (
        "a declaration that clarifies or informs; what goes further is a reservation, whatever its name: `reserve`",
        match intent {
            Intent::Clarify => None,
            Intent::Modify => Some("one that excludes or modifies (Guide to Practice 1.3.2)"),
            Intent::Condition => Some("a condition of its consent (Guide to Practice 1.4)"),
        },
    );
    if let Some(found) = found {
        return refuse(decision, Reason::Forbidden, reserve, found);
    }
    let declares = declares.trimmed();
    let clause = match &declares {
        Declares::Interpretation { provisions } => {
            says_something(decision, &words)?;
            stand(decision, provisions)?;
            None
        }
        Declares::Other => {
            says_something(decision, &words)?;
            None
        }
        Declares::Authority { purpose, name } => {
            designates(decision, on, purpose, name)?;
            None
        }
        Declares::Extension { territories } => Some(extends(decision, on, territories)?),
        Declares::Exclusion { territories } => Some(excludes(decision, on, territories)?),
    };
    let number = Some(decision.agreement.machines.declarations.next());
    let act = DeclarationAct::DeclarationMade {
        on,
        declares,
        words,
        intent,
        number,
    };
    decision.based(Rule::C19, clause, act)
}

fn says_something(decision: &DecisionContext<'_>, words: &str) -> Result<(), Refusal> {
    match words.trim().is_empty() {
        true => refuse(
            decision,
            Reason::Malformed,
            "the words of the declaration",
            "none",
        ),
        false => Ok(()),
    }
}

fn stand(decision: &DecisionContext<'_>, provisions: &[ProvisionId]) -> Result<(), Refusal> {
    let history = &decision.agreement.history;
    let text = history.text_at(history.len());
    match provisions.iter().find(|p| text.get(**p).is_none()) {
        Some(absent) => {
            let found = format!("provision {absent}");
            refuse(decision, Reason::Unknown, "provisions that stand", found)
        }
        None => Ok(()),
    }
}

fn designates(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    purpose: &str,
    name: &str,
) -> Result<(), Refusal> {
    if purpose.trim().is_empty() || name.trim().is_empty() {
        let expected = "an authority, and for what it is designated";
        return refuse(decision, Reason::Malformed, expected, "less");
    }
    let all = decision.agreement.machines.declarations.0.iter();
    let mut own = all.filter(|own| own.by == *decision.party());
    let on_that_day = |own: &&Declaration| {
        let same = matches!(&own.declares, Declares::Authority { purpose: p, .. } if p == purpose);
        same && own.on == on
    };
    if let Some(own) = own.find(on_that_day) {
        let found = format!("a second one, beside declaration {}", own.number);
        return refuse(
            decision,
            Reason::Already,
            "one authority a day for a purpose",
            found,
        );
    }
    let mut all = decision.agreement.declared_on(on);
    let same = |own: &Declared| {
        let declares = matches!(&own.declares, Declares::Authority { purpose: p, name: n } if p == purpose && n == name);
        declares && own.by == *decision.party()
    };
    match all.find(same) {
        Some(own) => {
            let found = format!("{name}, by declaration {} of {}", own.number, own.made_on);
            refuse(
                decision,
                Reason::Already,
                "another authority than that of then",
                found,
            )
        }
        None => Ok(()),
    }
}

/// That it names territories, each once.
fn named(decision: &DecisionContext<'_>, territories: &[String]) -> Result<(), Refusal> {
    let twice = |at: usize| territories[..at].contains(&territories[at]);
    if territories.is_empty() || territories.iter().any(|name| name.trim().is_empty()) {
        return refuse(
            decision,
            Reason::Malformed,
            "the names of territories",
            "none",
        );
    }
    match (0..territories.len()).find(|at| twice(*at)) {
        Some(at) => {
            let found = format!("{}, twice", territories[at]);
            refuse(decision, Reason::Malformed, "each territory once", found)
        }
        None => Ok(()),
    }
}

/// A clause that leaves it to the parties to which territories the agreement applies; whether they may
/// leave out some of theirs.
fn clause<'a>(decision: &DecisionContext<'a>) -> Option<(bool, &'a str)> {
    let all = decision.clause(|t| {
        if let Term::Territories { leave_out, .. } = t {
            Some(*leave_out)
        } else {
            None
        }
    });
    let own = |t: &Term| {
        let own = |party| party == decision.party();
        matches!(t, Term::Territory { party, .. } if own(party)).then_some(false)
    };
    all.or_else(|| decision.clause(own))
}

fn extends<'a>(
    decision: &DecisionContext<'a>,
    on: NaiveDate,
    territories: &[String],
) -> Result<&'a str, Refusal> {
    named(decision, territories)?;
    let Some((_, label)) = clause(decision) else {
        let expected = "a clause on the territories to which it applies";
        let found = "none: it binds each party in respect of its entire territory (VCLT 29)";
        return refuse(decision, Reason::Forbidden, expected, found);
    };
    let own = |d: &Declaration| {
        d.by == *decision.party() && matches!(d.declares, Declares::Extension { .. })
    };
    // On whatever day the other one was made.
    let again = |d: &Declaration| {
        let stands = decision
            .agreement
            .declared_of(|o| o.number == d.number, on.max(d.on));
        let named = stands.flat_map(|d| d.declares.territories().to_vec());
        named.into_iter().find(|name| territories.contains(name))
    };
    let all = decision.agreement.machines.declarations.0.iter();
    match all.filter(|d| own(d)).find_map(again) {
        Some(name) => {
            let expected = "territories to which it is not extended yet";
            refuse(decision, Reason::Already, expected, name)
        }
        None => Ok(label),
    }
}

fn excludes<'a>(
    decision: &DecisionContext<'a>,
    on: NaiveDate,
    territories: &[String],
) -> Result<&'a str, Refusal> {
    named(decision, territories)?;
    let Some((true, label)) = clause(decision) else {
        let expected = "a clause that lets a party leave territories out";
        let found = "none: such a statement is a reservation, whatever its name (`reserve`; VCLT 29, Guide to Practice 1.1.3)";
        return refuse(decision, Reason::Forbidden, expected, found);
    };
    let own = decision.agreement.machines.consents.of(decision.party());
    let bound = own
        .and_then(|own| own.standing(on))
        .map(|consent| consent.on);
    if let Some(bound) = bound.filter(|bound| *bound < on) {
        let expected = format!("a declaration made with the consent, by {bound}");
        return refuse(decision, Reason::TooLate, expected, on.to_string());
    }
    let territory = decision.agreement.territory(decision.party(), on);
    match territories
        .iter()
        .find(|name| territory.left_out.contains_key(*name))
    {
        Some(name) => {
            let expected = "territories that are not left out yet";
            refuse(decision, Reason::Already, expected, name.clone())
        }
        None => Ok(label),
    }
}

fn known<'a>(
    decision: &DecisionContext<'a>,
    number: u32,
    on: NaiveDate,
) -> Result<&'a Declaration, Refusal> {
    decision.legal_basis(Rule::C19)?;
    let all = &decision.agreement.machines.declarations;
    let Some(own) = all.get(number) else {
        let expected = numbered("a declaration", all.0.len());
        let found = format!("declaration {number}");
        return refuse(decision, Reason::Unknown, expected, found);
    };
    if on < own.on {
        return Err(decision.too_early(Rule::C19, on, own.on, ", when it was made"));
    }
    if let Some((at, ..)) = own
        .withdrawn
        .iter()
        .find(|(at, part, _)| part.is_empty() && *at <= on)
    {
        let found = format!("declaration {number}, withdrawn on {at}");
        return refuse(
            decision,
            Reason::WrongState,
            "a declaration that stands",
            found,
        );
    }
    Ok(own)
}

fn notify(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    number: u32,
    to: Vec<PartyId>,
) -> Decision {
    let own = known(decision, number, on)?;
    let keeper = decision.agreement.machines.depositary.keeper.as_deref();
    let by = decision.party();
    if own.by != *by && keeper != Some(by.0.as_str()) {
        let expected = format!("an act of its party ({}) or of the depositary", own.by);
        return refuse(
            decision,
            Reason::NotEntitled,
            expected,
            format!("one of `{by}`"),
        );
    }
    decision.all_are_parties(&to)?;
    let twice = |at: usize| to[..at].contains(&to[at]);
    if to.is_empty() || to.contains(&own.by) || (0..to.len()).any(twice) {
        return refuse(
            decision,
            Reason::Malformed,
            "other parties, each once",
            names(&to),
        );
    }
    if let Some((party, (at, _))) = own.notified.iter().find(|(party, _)| to.contains(party)) {
        let found = format!("that to {party} on {at}");
        return refuse(decision, Reason::Already, "a first notification", found);
    }
    decision.on(
        Rule::C19,
        DeclarationAct::DeclarationNotified { on, number, to },
    )
}

fn answer(decision: &DecisionContext<'_>, on: NaiveDate, number: u32, view: View) -> Decision {
    decision.standing()?;
    decision.has_not_left()?;
    let own = known(decision, number, on)?;
    if own.by == *decision.party() {
        let (expected, found) = (
            "the declaration of another party",
            format!("its own, {number}"),
        );
        return refuse(decision, Reason::NotEntitled, expected, found);
    }
    if !matches!(
        own.declares,
        Declares::Interpretation { .. } | Declares::Other
    ) {
        let expected = "a declaration on what the agreement means";
        return refuse(
            decision,
            Reason::WrongState,
            expected,
            own.declares.describe(""),
        );
    }
    let that_day = |(by, at, _): &&(PartyId, NaiveDate, View)| by == decision.party() && *at == on;
    if let Some((_, at, before)) = own.views.iter().find(that_day) {
        let found = format!("one beside that of {at}, that it {} it", before.name());
        return refuse(decision, Reason::Already, "one view a day", found);
    }
    if own.view_of(decision.party(), on) == Some(view) {
        let found = format!("that it {} it", view.name());
        return refuse(
            decision,
            Reason::Already,
            "another view than that of then",
            found,
        );
    }
    decision.on(
        Rule::C19,
        DeclarationAct::DeclarationAnswered { on, number, view },
    )
}

fn withdraw(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    number: u32,
    territories: Vec<String>,
) -> Decision {
    decision.standing()?;
    let own = known(decision, number, on)?;
    if own.by != *decision.party() {
        let expected = format!("an act of its party ({})", own.by);
        let found = format!("one of `{}`", decision.party());
        return refuse(decision, Reason::NotEntitled, expected, found);
    }
    if !territories.is_empty() {
        named(decision, &territories)?;
        let left = own.territories_left();
        if let Some(other) = territories.iter().find(|name| !left.contains(name)) {
            let expected = format!("territories that it names still ({})", names(&left));
            return refuse(decision, Reason::Malformed, expected, other.clone());
        }
    }
    let territories = trimmed(territories);
    let mut standing = decision.agreement.declared_of(|d| d.number == number, on);
    if standing.next().is_none() {
        let found = format!("declaration {number}, which does not on {on}");
        return refuse(
            decision,
            Reason::WrongState,
            "a declaration that stands",
            found,
        );
    }
    // A later one may be on record already: it withdrew what this one would.
    if let Some((at, ..)) = own
        .withdrawn
        .iter()
        .find(|(at, part, _)| part.is_empty() && on < *at)
    {
        let found = format!("declaration {number}, withdrawn on {at}");
        return refuse(
            decision,
            Reason::Already,
            "a declaration that was not withdrawn",
            found,
        );
    }
    decision.on(
        Rule::C19,
        DeclarationAct::DeclarationWithdrawn {
            on,
            number,
            territories,
        },
    )
}
