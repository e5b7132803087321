//! A revision round: a package that begins before its revisions do. Several agreements are negotiated
//! under one mandate, each at its own pace, and adopted together, or split by consent (FW9 to FW11).

mod decide;
mod order;
mod parts;
mod split;

pub use self::parts::{
    Member, MemberStanding, MemberState, Round, RoundCommand, RoundOpening, RoundPart,
};
