//! Parts of meetings that come in several kinds: each is an object, one field of which says which.

use travaux::domain::{
    AgreementId, BodyId, FrameworkId, IndicatorId, MeetingId, Name, PackageId, PartyId,
    ProcedureId, RoadmapId,
    meeting::{Disposal, Evidence, ItemEnd, Mode, RecordField},
    partnership::{FollowUp, ItemRef},
};
use travaux_text::Lang;

use super::wire::tagged;

tagged! {
    /// What the words of an item bear.
    ShownMode by "mode" {
        /// All parties agreed on it.
        Agreed = "agreed" {
            /// All parties.
            consenting: Vec<PartyId>,
        }
        /// It was agreed in principle: its words bind nobody yet.
        AgreedInPrinciple = "agreed_in_principle" {}
        /// One party proposed it.
        Proposed = "proposed" {
            /// Which party.
            by: PartyId,
        }
        /// One party undertook it.
        Undertaking = "undertaking" {
            /// Which party.
            by: PartyId,
        }
        /// It was noted.
        Noted = "noted" {}
        /// It was welcomed.
        Welcomed = "welcomed" {}
        /// It was recalled.
        Recalled = "recalled" {}
    }

    /// What became of an item of an agenda.
    ShownOutcome by "outcome" {
        /// All agreed.
        Agreed = "agreed" {
            /// All parties.
            consenting: Vec<PartyId>,
        }
        /// It was noted.
        Noted = "noted" {}
        /// It was referred to somebody.
        Referred = "referred" {
            /// To whom, or to when.
            to: String,
        }
        /// It was put off.
        Deferred = "deferred" {
            /// To whom, or to when.
            to: String,
        }
        /// There was no agreement.
        NotAgreed = "not_agreed" {}
        /// Who had asked for it took it back.
        Withdrawn = "withdrawn" {}
    }

    /// On what an item rests.
    ShownEvidence by "evidence" {
        /// On minutes that all parties approved.
        Minutes = "minutes" {}
        /// On a statement of several parties.
        JointStatement = "joint_statement" {}
        /// On a statement of one party: it shows that party's view alone.
        StatementOf = "statement_of" {
            /// Which party.
            party: PartyId,
        }
        /// On the word of the party that recorded it.
        RecordOf = "record_of" {
            /// Which party.
            party: PartyId,
        }
    }

    /// What follows an item up.
    ShownFollower by "kind" {
        /// An agreement.
        Agreement = "agreement" {
            /// The agreement.
            agreement: AgreementId,
        }
        /// A revision round.
        Round = "round" {
            /// The package.
            package: PackageId,
        }
        /// An area of a framework.
        Area = "area" {
            /// The framework.
            framework: FrameworkId,
            /// The area, by its key.
            area: Name,
        }
        /// Another meeting.
        Meeting = "meeting" {
            /// The meeting.
            meeting: MeetingId,
        }
        /// A joint body.
        Body = "body" {
            /// The body.
            body: BodyId,
        }
        /// A procedure.
        Procedure = "procedure" {
            /// The procedure.
            procedure: ProcedureId,
        }
        /// An action of a roadmap.
        Action = "action" {
            /// The roadmap.
            roadmap: RoadmapId,
            /// The action, by its key.
            action: Name,
        }
        /// An indicator.
        Indicator = "indicator" {
            /// The indicator.
            indicator: IndicatorId,
        }
    }

    /// How an item ended.
    ShownEnd by "end" {
        /// It was done.
        Fulfilled = "fulfilled" {}
        /// It lapsed, or was dropped.
        Lapsed = "lapsed" {
            /// Why.
            reason: String,
        }
        /// An item of another meeting took its place.
        Superseded = "superseded" {
            /// Which item.
            by: ItemRef,
        }
    }

    /// A field of a meeting's record.
    ShownField by "field" {
        /// The title.
        Title = "title" {}
        /// The place.
        Place = "place" {}
        /// The name of a participant.
        ParticipantName = "participant_name" {
            /// Which, from 1.
            number: u32,
        }
        /// The name of one in the chair.
        ChairName = "chair_name" {
            /// Which, from 1.
            number: u32,
        }
        /// The words of an item in a language.
        ItemWords = "item_words" {
            /// The item, by its key.
            item: Name,
            /// The language.
            lang: Lang,
        }
        /// The words of a statement in a language.
        StatementWords = "statement_words" {
            /// The statement, by its key.
            statement: Name,
            /// The language.
            lang: Lang,
        }
    }
}

impl From<&Mode> for ShownMode {
    fn from(mode: &Mode) -> Self {
        match mode.clone() {
            Mode::Agreed { consenting } => Self::Agreed { consenting },
            Mode::AgreedInPrinciple => Self::AgreedInPrinciple {},
            Mode::Proposed { by } => Self::Proposed { by },
            Mode::Undertaking { by } => Self::Undertaking { by },
            Mode::Noted => Self::Noted {},
            Mode::Welcomed => Self::Welcomed {},
            Mode::Recalled => Self::Recalled {},
        }
    }
}

impl From<&Disposal> for ShownOutcome {
    fn from(outcome: &Disposal) -> Self {
        match outcome.clone() {
            Disposal::Agreed { consenting } => Self::Agreed { consenting },
            Disposal::Noted => Self::Noted {},
            Disposal::Referred { to } => Self::Referred { to },
            Disposal::Deferred { to } => Self::Deferred { to },
            Disposal::NotAgreed => Self::NotAgreed {},
            Disposal::Withdrawn => Self::Withdrawn {},
        }
    }
}

impl From<Evidence> for ShownEvidence {
    fn from(evidence: Evidence) -> Self {
        match evidence {
            Evidence::Minutes => Self::Minutes {},
            Evidence::JointStatement => Self::JointStatement {},
            Evidence::StatementOf(party) => Self::StatementOf { party },
            Evidence::RecordOf(party) => Self::RecordOf { party },
        }
    }
}

impl From<&FollowUp> for ShownFollower {
    fn from(by: &FollowUp) -> Self {
        match by.clone() {
            FollowUp::Agreement(agreement) => Self::Agreement { agreement },
            FollowUp::Round(package) => Self::Round { package },
            FollowUp::Area { framework, area } => Self::Area { framework, area },
            FollowUp::Meeting(meeting) => Self::Meeting { meeting },
            FollowUp::Body(body) => Self::Body { body },
            FollowUp::Procedure(procedure) => Self::Procedure { procedure },
            FollowUp::Action { roadmap, action } => Self::Action { roadmap, action },
            FollowUp::Indicator(indicator) => Self::Indicator { indicator },
        }
    }
}

impl From<&ItemEnd> for ShownEnd {
    fn from(end: &ItemEnd) -> Self {
        match end.clone() {
            ItemEnd::Fulfilled => Self::Fulfilled {},
            ItemEnd::Lapsed { reason } => Self::Lapsed { reason },
            ItemEnd::Superseded { by } => Self::Superseded { by },
        }
    }
}

impl From<&RecordField> for ShownField {
    fn from(field: &RecordField) -> Self {
        match field.clone() {
            RecordField::Title => Self::Title {},
            RecordField::Place => Self::Place {},
            RecordField::ParticipantName(number) => Self::ParticipantName { number },
            RecordField::ChairName(number) => Self::ChairName { number },
            RecordField::ItemWords { item, lang } => Self::ItemWords { item, lang },
            RecordField::StatementWords { statement, lang } => {
                Self::StatementWords { statement, lang }
            }
        }
    }
}
