//! Whole tables of parties, as depositaries publish them: each party's date of force follows from its
//! instrument and the clause, and from when it has left, whatever was recorded first.

use travaux_domain::{
    PartyId,
    agreement::{
        MachineEvent,
        consent::{Establishment, Manner, Stage},
    },
    clause::{Means, Term},
    effect::{Effect, Period},
};
use travaux_testkit::agreement::*;

fn effect(text: &str) -> Effect {
    text.parse().expect("an effect")
}

/// A convention: its clauses, and a line for each State that signed it or became a party.
struct Table {
    clauses: Vec<Term>,
    /// Who, signature, instrument, date of force, notice, date of end; `-` where there is none. Who has not
    /// signed accedes.
    parties: &'static str,
}

/// The law applicable to international sales of goods, The Hague, 15 June 1955: Articles 10 and 12. Of
/// Switzerland, whose sixtieth day is 28 October, the depositary has the day before.
fn sales() -> Table {
    Table {
        clauses: vec![
            Term::EntryIntoForce(effect("60 days after 5th instrument")),
            Term::LateConsent(effect("60 days after own instrument")),
            Term::Expiry(effect("5 years after entry into force")),
            Term::Renewal {
                every: Period::Years(5),
                notice: Period::Months(6),
            },
        ],
        parties: "
            BE 1955-06-15 1962-10-29 1964-09-01 1999-02-19 1999-09-01
            CH 1971-09-20 1972-08-29 1972-10-28 - -
            DK 1956-10-23 1964-07-03 1964-09-01 - -
            ES 1957-04-12 - - - -
            FI 1957-04-12 1964-07-03 1964-09-01 - -
            FR 1955-07-25 1963-07-30 1964-09-01 - -
            IT 1956-04-13 1958-03-17 1964-09-01 - -
            LU 1955-06-15 - - - -
            NE - 1971-10-11 1971-12-10 - -
            NL 1955-06-15 - - - -
            NO 1956-10-24 1964-07-03 1964-09-01 - -
            SE 1956-10-23 1964-07-08 1964-09-06 - -",
    }
}

/// The legal status of children born out of wedlock, Strasbourg, 15 October 1975 (ETS 85): Articles 11
/// and 12. The depositary counts the three months to their end, and has the day after.
fn children() -> Table {
    Table {
        clauses: vec![
            Term::EntryIntoForce(effect("1 day after 3 months after 3rd instrument")),
            Term::LateConsent(effect("1 day after 3 months after own instrument")),
        ],
        parties: "
            AL 2011-01-20 2011-09-09 2011-12-10 - -
            AT 1976-08-19 1980-05-28 1980-08-29 - -
            AZ - 2000-03-28 2000-06-29 - -
            CH 1977-01-27 1978-05-10 1978-08-11 - -
            CY 1978-12-01 1979-07-11 1979-10-12 - -
            CZ 2000-04-26 2001-03-07 2001-06-08 - -
            DK 1975-10-15 1979-01-18 1979-04-19 - -
            FR 1977-09-02 - - - -
            GB 1975-10-15 1981-02-24 1981-05-25 - -
            GE 2001-11-07 2002-04-30 2002-07-31 - -
            GR 1988-05-10 1988-06-15 1988-09-16 - -
            IE 1988-10-05 1988-10-05 1989-01-06 - -
            IS 1977-01-27 - - - -
            IT 1981-02-11 - - - -
            LI 1996-09-02 1997-04-17 1997-07-18 - -
            LT 1994-04-14 1997-04-17 1997-07-18 - -
            LU 1975-10-15 1982-04-01 1982-07-02 - -
            LV 1999-09-17 2003-07-01 2003-10-02 - -
            MD 2001-06-27 2002-03-14 2002-06-15 - -
            MK 2001-04-03 2002-11-29 2003-03-01 - -
            NO 1975-10-15 1976-08-19 1978-08-11 - -
            PL 1996-03-11 1996-06-21 1996-09-22 - -
            PT 1979-11-22 1982-05-07 1982-08-08 - -
            RO - 1992-11-30 1993-03-01 - -
            SE 1975-10-15 1976-06-08 1978-08-11 - -
            UA 2006-01-24 2009-03-26 2009-06-27 - -",
    }
}

/// The recognition and enforcement of foreign judgments, The Hague, 2 July 2019: Articles 28 and 29. The
/// members of the Union are bound by its approval, and deposit nothing.
fn judgments() -> Table {
    let after = "first day of the 1st month after 12 months after";
    Table {
        clauses: vec![
            Term::EntryIntoForce(effect(&format!("{after} 2nd instrument"))),
            Term::LateConsent(effect(&format!("{after} own instrument"))),
        ],
        parties: "
            CR 2021-09-16 - - - -
            EU - 2022-08-29 2023-09-01 - -
            GB 2024-01-12 2024-06-27 2025-07-01 - -
            IL 2021-03-03 - - - -
            UA 2020-03-04 2022-08-29 2023-09-01 - -
            US 2022-03-02 - - - -
            UY 2019-07-02 2023-09-01 2024-10-01 - -",
    }
}

/// A line of a table: who, and the days of what it did.
struct Line {
    party: PartyId,
    signed: Option<&'static str>,
    instrument: Option<&'static str>,
    force: Option<&'static str>,
    notice: Option<&'static str>,
    end: Option<&'static str>,
}

impl Table {
    fn lines(&self) -> Vec<Line> {
        let lines = self.parties.lines().map(str::trim);
        let read = |line: &'static str| {
            let mut words = line.split(' ');
            let party = words.next().expect("a party").into();
            let mut day = || words.next().filter(|word| *word != "-");
            Line {
                party,
                signed: day(),
                instrument: day(),
                force: day(),
                notice: day(),
                end: day(),
            }
        };
        lines.filter(|line| !line.is_empty()).map(read).collect()
    }

    /// All that the parties did: in the order of the table, or the other way round.
    fn recorded(&self, backwards: bool) -> Case {
        let mut lines = self.lines();
        let negotiated = lines.iter().filter(|line| line.signed.is_some());
        let negotiated: Vec<String> = negotiated.map(|line| line.party.to_string()).collect();
        let negotiated: Vec<&str> = negotiated.iter().map(String::as_str).collect();
        let terms = self
            .clauses
            .iter()
            .cloned()
            .chain([Term::Accession(vec![])]);
        let clauses = terms
            .map(|term| clause("its final clauses", term))
            .collect();
        let mut case = authentic(proposal(
            travaux_domain::Profile::treaty(),
            &negotiated,
            clauses,
        ));
        case.at("2026-01-01");
        if backwards {
            lines.reverse();
        }
        // Who leaves, leaves what is in force.
        for line in &lines {
            for act in line.joins() {
                case.does(line.party.0.as_str(), act);
            }
        }
        for line in &lines {
            if let Some(on) = line.notice {
                case.does(line.party.0.as_str(), leave(on));
            }
        }
        case
    }
}

impl Line {
    fn joins(&self) -> Vec<MachineEvent> {
        let mut acts: Vec<MachineEvent> = Vec::new();
        let signed = self
            .signed
            .map(|on| sign(on, Manner::SubjectToRatification));
        acts.extend(signed.map(Into::into));
        let means = match self.signed {
            Some(_) => Means::Ratification,
            None => Means::Accession,
        };
        if let Some(on) = self.instrument {
            acts.push(made(on, means).into());
            acts.push(established(on, means, Establishment::Notification).into());
        }
        acts
    }
}

#[track_caller]
fn check(table: &Table) {
    for case in [table.recorded(false), table.recorded(true)] {
        for line in table.lines() {
            let party = &line.party;
            let force = case.0.force_for_last(party).map(|on| on.to_string());
            assert_eq!(force.as_deref(), line.force, "{party}");
            let (Some(force), Some(end)) = (line.force, line.end) else {
                continue;
            };
            let own = case.0.machines.consents.of(party).expect("a consent");
            let binds = |on| own.stage(on, Some(date(force))) != Stage::Withdrawn;
            let end = date(end);
            assert!(
                binds(end.pred_opt().expect("a day")) && date(force) < end,
                "{party}"
            );
            assert!(!binds(end), "{party} left on {end}");
        }
        // It goes on among the others.
        assert!(
            case.0
                .status(date("2026-01-01"), None)
                .force
                .state
                .is_in_force()
        );
    }
}

#[test]
fn f3_every_party_to_the_convention_on_sales_of_goods_has_its_date() {
    check(&sales());
}

#[test]
fn f3_every_party_to_the_convention_on_children_born_out_of_wedlock_has_its_date() {
    check(&children());
}

#[test]
fn f3_every_party_to_the_convention_on_judgments_has_its_date() {
    check(&judgments());
}
