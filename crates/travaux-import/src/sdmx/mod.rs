//! SDMX-CSV 2 data messages (field guide of sdmx-twg/sdmx-csv): figures of indicators, in and out.
//!
//! A message is read as it is ([`Message`]), whatever it tells of; [`plan`] makes of one about
//! indicators the commands of one commit, or tells all that is wrong with it, by line. [`export`]
//! writes the figures of an indicator as a message.

mod export;
mod figure;
mod message;
mod plan;
mod read;

pub use self::{
    export::{Asking, Exported, Since, export},
    message::{Action, Message, Row, Structure, StructureId},
    plan::{Known, NotKnown, Plan, Planning, plan},
    read::read_message,
};
