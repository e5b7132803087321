//! Limits in time: when a period ends for who must act (rows of requests; of procedures, too).
//!
//! A [`Period`] is a number of hours, calendar days, working days or months. It runs from a
//! [`Moment`], by the [`Calendar`] of the party that must act: its zone, its days of rest, its
//! holidays. The day from which it runs is not counted, and its last day ends with its last hour
//! there. What else holds is the agreement's to say ([`Counting`]); Regulation (EEC, Euratom)
//! No 1182/71, article 3, which holds for acts of the European Union alone, is
//! [`Counting::REGULATION_1182_71`]. [`due`] says when the period ends, and why then.

mod calendar;
mod count;
mod moment;
mod period;

pub use self::{
    calendar::Calendar,
    count::{Because, Clock, Counting, Due, Stop, due},
    moment::Moment,
    period::{InvalidPeriod, Period, Unit},
};
