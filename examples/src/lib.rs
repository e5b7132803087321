//! One small program per idea; see `src/bin/`. The founding scenario as data is in `founding/`.

pub mod decade;
#[allow(
    missing_docs,
    reason = "the README explains it, and shows this file word for word"
)]
mod first_agreement;

pub use first_agreement::first_agreement;
