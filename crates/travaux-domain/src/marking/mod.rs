//! Markings: what an originator says of who may see a content and what it may be used for, on five
//! independent axes (row IX9); how they are joined (IX10); who may read what bears one.

mod axes;
mod evaluation;
mod parse;
mod reader;
mod schemes;

pub use self::{
    axes::{Level, Marking, Tlp},
    evaluation::Evaluation,
    parse::InvalidMarking,
    reader::Reader,
    schemes::{Equal, Equivalence, SCHEMES, Schemes, rank},
};
