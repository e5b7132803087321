//! What is appended: acts, and what became of them.

use travaux_domain::{
    AgreementId, FrameworkId, PackageId, Recorded, agreement::AgreementCommand,
    framework::FrameworkCommand, package::PackageCommand, source::SourceEvent,
};
use uuid::Uuid;

/// A command to a stream.
#[derive(Clone, Debug)]
pub enum StreamCommand {
    /// To an agreement.
    Agreement(AgreementId, AgreementCommand),
    /// To a framework.
    Framework(FrameworkId, FrameworkCommand),
    /// To a package.
    Package(PackageId, PackageCommand),
    /// To a source.
    Source(Uuid, SourceEvent),
}

/// What a commit wrote.
#[derive(Clone, Debug)]
pub struct Committed {
    /// Its events, in order.
    pub events: Vec<Recorded>,
    /// Whether it stood there already, so that nothing was written now.
    pub repeated: bool,
}
