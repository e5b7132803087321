//! The rows of the table, given / when / then. The name of each test says which rows it shows; `page.rs` collects them.

mod amendments;
mod between;
mod boundaries;
mod calendar;
mod clauses;
mod conclusions;
mod consent;
mod conventions;
mod corrections;
mod dates;
mod depositary;
mod effects;
mod endings;
mod events;
mod force;
mod guards;
mod languages;
mod lives;
mod mandates;
mod page;
mod profiles;
mod reservations;
mod status;
mod tacit;
mod texts;
