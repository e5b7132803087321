//! An example of each deed of an exchange and of its requests, with all that it can say.

use travaux_domain::{
    exchange::{ExchangeEvent as X, Outcome, ResultKind},
    limit::{Counting, Period},
    marking::{Equal, Equivalence, Evaluation, Marking},
    request::{Content, ContentRef, Limit, Offer, RequestCall, RequestEvent as R, Use},
};

use crate::{
    agreement::date,
    exchange::{agree, amber, call, content, level, rabat, terms, when},
    history::{exchange_id, framework_id, request_id},
    meeting::parties,
};

/// An example of each event of an exchange.
pub(crate) fn of_exchanges() -> Vec<X> {
    let on = date("2025-03-28");
    let outcome = Outcome {
        kind: ResultKind::NetworkDismantled,
        count: 2,
        date: date("2025-03-27"),
        requests: vec![request_id(1)],
        sources: vec!["communique of 28 March".to_owned()],
        claimed_by: parties(&["FR", "MA"]),
    };
    let equal = Equal {
        one: ("fr".into(), "secret".into()),
        other: ("ma".into(), "ma-secret".into()),
        from: date("2021-07-01"),
        until: Some(date("2030-12-31")),
    };
    vec![
        agree("2025-01-02", terms(Counting::REGULATION_1182_71)),
        X::CalendarDeclared {
            on,
            calendar: rabat(),
        },
        X::EquivalenceAgreed {
            on,
            table: Equivalence {
                between: ("FR".into(), "MA".into()),
                levels: vec![equal],
            },
            consenting: parties(&["FR", "MA"]),
        },
        X::ResultRecorded {
            on,
            key: "r1".into(),
            outcome,
        },
        X::ResultClaimed {
            on,
            key: "r1".into(),
            source: "communique of ES".to_owned(),
        },
        X::ResultCorrected {
            on,
            key: "r1".into(),
            was: 2,
            is: 1,
            ground: "it was one network".to_owned(),
        },
    ]
}

/// A marking that says something on each axis.
fn full() -> Marking {
    let evaluation = Evaluation {
        scheme: "5x5x5".into(),
        source: "B".into(),
        information: "2".into(),
        dissemination: Some("3".into()),
    };
    Marking {
        levels: [("fr".into(), level(2, "secret"))].into(),
        handling: ["h1", "special-france"].map(Into::into).into(),
        evaluations: [evaluation].into(),
        ..amber(&["FR", "MA"])
    }
}

/// A content with all that it can say.
fn whole(key: &str) -> Content {
    let part = ContentRef {
        request: Some(request_id(2)),
        content: "warning".into(),
    };
    Content {
        made_of: vec![part],
        origins: parties(&["ES", "FR"]).into_iter().collect(),
        ..content(key, Some(full()))
    }
}

/// An example of each event of a request.
pub(crate) fn of_requests() -> Vec<R> {
    let (on, at) = when("2025-03-28T23:30:00+00:00");
    let period = |text: &str| -> Period { text.parse().expect("a period") };
    let request = RequestCall {
        from: "customs".into(),
        copy_to: Some("spoc-fr".into()),
        listed: true,
        agreed_limit: Some(period("4 hours")),
        consenting: parties(&["FR", "MA"]),
        content: whole("question"),
        ..call()
    };
    let limit = Limit {
        case: "urgent-direct".into(),
        period: period("8 hours"),
        agreed: Some(period("4 hours")),
        counting: Counting::REGULATION_1182_71,
    };
    let offer = Offer {
        framework: framework_id(1),
        exchange: exchange_id(1),
        reference: "MA-2025-03".into(),
        to: parties(&["ES", "FR"]),
        area: "migration".into(),
        clause: "Article 7(2)".into(),
        owed: true,
        content: whole("warning"),
    };
    let key = || "question".into();
    vec![
        R::RequestSent {
            on,
            at,
            request: Box::new(request),
        },
        R::RequestReceived {
            on,
            at,
            direct: true,
            limit: Some(limit),
        },
        R::LimitDeviated {
            on,
            at,
            ground: "judicial-authorisation".into(),
            expected: date("2025-04-02"),
        },
        R::ClarificationAsked {
            on,
            at,
            content: whole("q1"),
        },
        R::ClarificationGiven {
            on,
            at,
            content: whole("c1"),
        },
        R::ReplyProvided {
            on,
            at,
            parts: vec!["identity".into()],
            content: whole("a1"),
            uses: vec![Use::Evidence { by: "FR".into() }],
        },
        R::ReplyRefused {
            on,
            at,
            ground: "investigation".into(),
            parts: vec!["travel".into()],
        },
        R::RequestWithdrawn { on, at },
        R::InformationOffered {
            on,
            offer: Box::new(offer),
        },
        R::MarkingChanged {
            on,
            content: key(),
            from: full(),
            to: amber(&["FR", "MA"]),
        },
        R::MarkingReceived { on, content: key() },
        R::UseConsented {
            on,
            content: key(),
            uses: vec![Use::Onward { to: "ES".into() }],
        },
        R::OnwardTransmitted {
            on,
            content: key(),
            to: "ES".into(),
        },
        R::ContentErased {
            on,
            content: key(),
            ground: "wrong-person".into(),
        },
    ]
}
