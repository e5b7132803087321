//! On which store each example runs, after what, and how it ends.

use crate::stores::Kind;

/// An example.
pub(crate) struct Row {
    /// The command, without `travaux`.
    pub(crate) command: &'static str,
    pub(crate) store: Kind,
    /// What is done before, on a copy of the store.
    pub(crate) before: &'static [&'static str],
    /// The exit status of the example.
    pub(crate) status: i32,
}

/// That silence accepts amendments.
const TACIT: &str = "--as A agree-clause 0199 --on 2025-01-01 --label silence --consenting A,B,C --provides '{\"tacit_amendment\":{\"provisions\":[],\"within\":{\"days\":90}}}'";

const fn row(store: Kind, command: &'static str, before: &'static [&'static str]) -> Row {
    Row {
        command,
        store,
        before,
        status: 0,
    }
}

use Kind::*;

const FIGURES: &str =
    "--as MA meeting ask experts --key figures --title en=Figures --on 2025-09-01";
const AREAS: &str = "--as MA meeting agenda rabat --consenting FR,MA --on 2025-04-14 \
    --items '[{\"key\": \"areas\", \"title\": {\"en\": \"New areas\"}}]'";
const HELD: &str = "--as MA meeting hold rabat --participant MA:head:Minister \
    --participant FR:head:Minister --on 2025-04-14";
const AGREED: &str = "--as MA meeting item rabat --key areas --agreed-by FR,MA \
    --words 'en=new areas' --on 2025-04-14";
const OPENED: &str = "--as FR discrepancy open passes --figures 2@1,3@1 --on 2024-10-30";
const DRAFTED: &str = "--as MA meeting draft-minutes rabat --on 2025-04-20";

const RECEIVED: &str = "--as MA request receive fr-2025-0017 --direct \
    --at 2025-03-28T23:30:00+00:00 --on 2025-03-28";
const ASKED: &str = "--as MA request clarify fr-2025-0017 q1.txt --key q1 \
    --at 2025-03-29T06:00:00+00:00 --on 2025-03-29";
const MARKED: &str = "--as FR request mark fr-2025-0017 --key question \
    --marking 'to:FR,MA tlp:amber' --on 2025-04-02";
const RESULT: &str = "--as FR request result data --key r1 --kind arrest --count 3 \
    --date 2025-04-01 --sources communique --claimed-by FR --on 2025-04-02";
const PACT: &str =
    "--as FR framework found framework.json --handle pact --consenting FR,MA --on 2025-01-10";
const SECURITY: &str = "--as FR propose manifest.json --handle security";
const VISAS: &str = "--as FR propose manifest.json --handle visas";
const SECURITY_JOINED: &str = "--as FR framework join pact security --area security";
const VISAS_JOINED: &str = "--as FR framework join pact visas --area security";
const ROUND: &str = "--as FR round open pact visas --title 'Spring round' \
    --mandate en=renew --on 2025-02-01 --handle spring";
const ROUND_OF_TWO: &str = "--as FR round open pact security visas --title 'Spring round' \
    --mandate en=renew --on 2025-02-01 --handle spring";
const REVISED: &str = "--as FR round revise spring visas terms.md --on 2025-03-01";
const ACCEPTED: &str = "--as MA accept visas --revision 2";
const ROUND_AGREED: &str = "--as FR round agree spring visas --on 2025-03-02";
const FR_READY: &str = "--as FR round ready spring visas --on 2025-03-03";
const MA_READY: &str = "--as MA round ready spring visas --on 2025-03-03";
const ROUND_HELD: &str = "--as MA round hold spring visas --reason late --on 2025-03-03";
const POSTS: &str = "--as FR action propose plan/posts --title en=Posts --area migration \
    --lead FR:Prefecture --on 2025-02-01";
const DEPENDS: &str = "--as FR action depend plan/passes --after forms --on 2025-02-10";
const DRAFT: &str = "--as FR action milestone plan/passes --key drafted --title en=draft \
    --consenting FR,MA --on 2025-02-10";
const MET: &str = "--as FR action meet plan/passes --milestone drafted --evidence x \
    --on 2025-05-01";
const STARTED: &str = "--as FR action start plan/forms --on 2025-03-01";
const COMPLETED: &str = "--as FR action complete plan/forms --on 2025-06-20";
const SUSPENDED: &str = "--as FR action suspend plan/forms --reason x --consenting FR,MA \
    --on 2025-04-01";

const MORE: &str = "--as MA procedure revise passes more.json --version 1.1.0-draft \
    --base 1.0.0 --on 2025-05-01";
const LATER: &str = "--as FR procedure adopt passes --version 1.1.0 --draft 1.1.0-draft \
    --from 2025-06-01 --consenting FR,MA --on 2025-05-02";
const EXAMINED: &str = "--as MA procedure case receive passes --case FR-2025-0001 \
    --step examine --on 2025-05-02";
const PROCEDURE: &str = "--as MA body rules group --consenting FR,MA --on 2025-01-11 \
    --rules '{\"version\": 1, \"written\": {\"days\": 21}, \"open\": {\"decisions\": true}}'";
const DRAFTED_ADVICE: &str = "--as MA body draft group --key advice --verb recommend --subject passes \
    --words 'en=Answer within 21 days.' --on 2025-02-01";
const ADVISED: &str =
    "--as MA body decide group --decision advice --consenting FR,MA --on 2025-02-10";
const RESERVED: &str = "--as MA body reserve group --decision advice --on 2025-02-02";
const IN_WRITING: &str =
    "--as MA body written group --decision advice --until 2025-03-01 --on 2025-02-01";
const SAID_NO: &str =
    "--as MA body answer group --decision advice --consents false --on 2025-02-05";
const REFERRED: &str = "--as MA body refer group --key late --area migration --subject passes \
    --facts 'en=Passes come late.' --on 2025-02-01";
const SENT: &str = "--as MA body mission group --key visit --title 'Joint mission' \
    --mandate [] --consenting FR,MA --on 2025-02-01";
const SETTLED: &str = "--as MA body take-back group --referral early --on 2025-02-01";

/// All of them.
pub(crate) const TABLE: &[Row] = &[
    row(Bodies, "body allocate", &[REFERRED]),
    row(
        Bodies,
        "body answer",
        &[PROCEDURE, DRAFTED_ADVICE, IN_WRITING],
    ),
    row(Bodies, "body chair", &[]),
    row(
        Bodies,
        "body close-written",
        &[PROCEDURE, DRAFTED_ADVICE, IN_WRITING, SAID_NO],
    ),
    row(Bodies, "body competence", &[]),
    row(Bodies, "body correct", &[DRAFTED_ADVICE, ADVISED]),
    row(Bodies, "body decide", &[DRAFTED_ADVICE]),
    row(Bodies, "body decline", &[DRAFTED_ADVICE, RESERVED, ADVISED]),
    row(Bodies, "body dissolve", &[SETTLED]),
    row(Bodies, "body draft", &[]),
    row(Bodies, "body end-competence", &[]),
    row(Bodies, "body escalate", &[REFERRED]),
    row(Bodies, "body establish", &[]),
    row(Bodies, "body fail", &[DRAFTED_ADVICE, RESERVED, ADVISED]),
    row(Bodies, "body give-competence", &[]),
    row(Bodies, "body list", &[]),
    row(Bodies, "body mission", &[]),
    row(Bodies, "body notify", &[DRAFTED_ADVICE, RESERVED, ADVISED]),
    row(
        Bodies,
        "body publish",
        &[PROCEDURE, DRAFTED_ADVICE, ADVISED],
    ),
    row(Bodies, "body refer", &[]),
    row(Bodies, "body refuse", &[DRAFTED_ADVICE]),
    row(Bodies, "body report", &[SENT]),
    row(Bodies, "body reserve", &[DRAFTED_ADVICE]),
    row(Bodies, "body resolve", &[REFERRED]),
    row(Bodies, "body return", &[REFERRED]),
    row(Bodies, "body rules", &[]),
    row(Bodies, "body session", &[]),
    row(Bodies, "body show", &[]),
    row(Bodies, "body sub-body", &[]),
    row(Bodies, "body take-back", &[REFERRED]),
    row(Bodies, "body written", &[PROCEDURE, DRAFTED_ADVICE]),
    row(Empty, "completions", &[]),
    row(Empty, "demo", &[]),
    row(Empty, "framework found", &[]),
    row(Empty, "framework propose", &[]),
    row(Frameworks, "framework accept", &[]),
    row(Frameworks, "framework adopt", &[]),
    row(Frameworks, "framework area close", &[]),
    row(Frameworks, "framework area expand", &[]),
    row(Frameworks, "framework area open", &[]),
    row(Frameworks, "framework area propose", &[]),
    row(Frameworks, "framework end", &[]),
    row(Frameworks, "framework include", &[]),
    row(Frameworks, "framework organ list", &[]),
    row(Frameworks, "framework organ name", &[]),
    row(Frameworks, "framework organ replace", &[]),
    row(Frameworks, "framework release", &[]),
    row(
        Frameworks,
        "framework resume",
        &["--as FR framework suspend pact --reason 'a dispute' --consenting FR,MA --on 2025-09-01"],
    ),
    row(Frameworks, "framework revise", &[]),
    row(Frameworks, "framework suspend", &[]),
    row(Empty, "import jsonl", &[]),
    row(Empty, "init", &[]),
    row(Empty, "law", &[]),
    row(Empty, "propose", &[]),
    row(Empty, "repair", &["demo --keep damaged-store"]),
    row(
        Empty,
        "round adopt",
        &[
            PACT,
            VISAS,
            VISAS_JOINED,
            ROUND,
            REVISED,
            ACCEPTED,
            ROUND_AGREED,
            FR_READY,
            MA_READY,
        ],
    ),
    row(
        Empty,
        "round agree",
        &[PACT, VISAS, VISAS_JOINED, ROUND, REVISED, ACCEPTED],
    ),
    row(Empty, "round hold", &[PACT, VISAS, VISAS_JOINED, ROUND]),
    row(Empty, "round list", &[PACT, VISAS, VISAS_JOINED, ROUND]),
    row(
        Empty,
        "round open",
        &[PACT, VISAS, VISAS_JOINED, SECURITY, SECURITY_JOINED],
    ),
    row(
        Empty,
        "round ready",
        &[
            PACT,
            VISAS,
            VISAS_JOINED,
            ROUND,
            REVISED,
            ACCEPTED,
            ROUND_AGREED,
        ],
    ),
    row(
        Empty,
        "round release",
        &[PACT, VISAS, VISAS_JOINED, ROUND, ROUND_HELD],
    ),
    row(Empty, "round revise", &[PACT, VISAS, VISAS_JOINED, ROUND]),
    row(Empty, "round impact", &[PACT, VISAS, VISAS_JOINED, ROUND]),
    row(Empty, "round show", &[PACT, VISAS, VISAS_JOINED, ROUND]),
    row(
        Empty,
        "round split",
        &[
            PACT,
            VISAS,
            VISAS_JOINED,
            SECURITY,
            SECURITY_JOINED,
            ROUND_OF_TWO,
        ],
    ),
    row(Empty, "round withdraw", &[PACT, VISAS, VISAS_JOINED, ROUND]),
    row(Empty, "topic", &[]),
    row(Imported, "import git", &["export git histories.git"]),
    row(Imported, "show", &[]),
    row(Exchange, "terms agree", &[]),
    row(Exchange, "terms calendar", &[]),
    row(Exchange, "terms equate", &[]),
    row(Exchange, "terms list", &[]),
    row(Exchange, "terms show", &[]),
    row(Exchange, "request acknowledge", &[MARKED]),
    row(Exchange, "request answer", &[RECEIVED, ASKED]),
    row(Exchange, "request claim", &[RESULT]),
    row(Exchange, "request clarify", &[RECEIVED]),
    row(Exchange, "request consent", &[]),
    row(Exchange, "request erase", &[]),
    row(Exchange, "request forward", &[]),
    row(Exchange, "request list", &[RECEIVED]),
    row(Exchange, "request mark", &[]),
    row(Exchange, "request offer", &[]),
    row(Exchange, "request postpone", &[RECEIVED]),
    row(Exchange, "request provide", &[RECEIVED]),
    row(Exchange, "request publish", &[]),
    row(Exchange, "request receive", &[]),
    row(Exchange, "request recount", &[RESULT]),
    row(Exchange, "request refuse", &[RECEIVED]),
    row(Exchange, "request result", &[]),
    row(Exchange, "request send", &[]),
    row(Exchange, "request show", &[]),
    row(Exchange, "request withdraw", &[]),
    row(Procedures, "procedure adopt", &[MORE]),
    row(Procedures, "procedure calendar", &[]),
    row(Procedures, "procedure case close", &[]),
    row(Procedures, "procedure case extend", &[EXAMINED]),
    row(Procedures, "procedure case list", &[]),
    row(Procedures, "procedure case migrate", &[MORE, LATER]),
    row(Procedures, "procedure case open", &[]),
    row(Procedures, "procedure case receive", &[]),
    row(Procedures, "procedure case show", &[]),
    row(Procedures, "procedure case step", &[]),
    row(Procedures, "procedure case tell", &[]),
    row(Procedures, "procedure count", &[]),
    row(Procedures, "procedure list", &[]),
    row(Procedures, "procedure propose", &[]),
    row(Procedures, "procedure revise", &[]),
    row(Procedures, "procedure show", &[]),
    row(Procedures, "procedure supersede", &[]),
    row(Figures, "discrepancy answer", &[OPENED]),
    row(Figures, "discrepancy list", &[OPENED]),
    row(Figures, "discrepancy open", &[]),
    row(
        Figures,
        "discrepancy reconcile",
        &[
            OPENED,
            "--as FR discrepancy answer passes --discrepancy 4 --cause unknown:known:0 --residual=-955 --on 2024-10-31",
            "--as MA discrepancy answer passes --discrepancy 4 --cause unknown:known:0 --residual=-955 --on 2024-10-31",
        ],
    ),
    row(Figures, "figure compare", &[]),
    row(Figures, "figure export", &[]),
    row(Figures, "figure import", &[]),
    row(Figures, "figure list", &[]),
    row(
        Figures,
        "figure report",
        &["--as FR figure withdraw passes --figure 2 --reason again --on 2024-10-02"],
    ),
    row(Figures, "figure revise", &[]),
    row(Figures, "figure show", &[]),
    row(Figures, "figure withdraw", &[]),
    row(Figures, "indicator adopt", &[]),
    row(Figures, "indicator list", &[]),
    row(Figures, "indicator revise", &[]),
    row(Figures, "indicator show", &[]),
    row(Meetings, "meeting agenda", &[]),
    row(Meetings, "meeting announce", &[]),
    row(Meetings, "meeting approve-minutes", &[HELD, DRAFTED]),
    row(Meetings, "meeting ask", &[]),
    row(Meetings, "meeting cancel", &[]),
    row(Meetings, "meeting circulate", &[FIGURES]),
    row(Meetings, "meeting confirm", &[]),
    row(Meetings, "meeting convene", &[]),
    row(Meetings, "meeting correct", &[]),
    row(Meetings, "meeting delegation", &[]),
    row(Meetings, "meeting dispose", &[AREAS, HELD]),
    row(Meetings, "meeting draft-minutes", &[HELD]),
    row(Meetings, "meeting end", &[HELD, AGREED]),
    row(Meetings, "meeting follow-up", &[HELD, AGREED]),
    row(Meetings, "meeting hold", &[]),
    row(Meetings, "meeting item", &[HELD]),
    row(Meetings, "meeting list", &[]),
    row(Meetings, "meeting paper", &[FIGURES]),
    row(Meetings, "meeting postpone", &[]),
    row(Meetings, "meeting restate", &[HELD, AGREED]),
    row(Meetings, "meeting show", &[]),
    row(Meetings, "meeting statement", &[HELD]),
    row(Meetings, "trace", &[HELD, AGREED]),
    row(Roadmaps, "action accept", &[DRAFT, MET]),
    row(Roadmaps, "action assess", &[]),
    row(Roadmaps, "action cancel", &[]),
    row(Roadmaps, "action complete", &[STARTED]),
    row(Roadmaps, "action depend", &[]),
    row(Roadmaps, "action free", &[DEPENDS]),
    row(Roadmaps, "action list", &[]),
    row(Roadmaps, "action meet", &[DRAFT]),
    row(Roadmaps, "action merge", &[]),
    row(Roadmaps, "action milestone", &[]),
    row(Roadmaps, "action move", &[]),
    row(Roadmaps, "action propose", &[]),
    row(Roadmaps, "action refuse", &[DRAFT, MET]),
    row(Roadmaps, "action reopen", &[STARTED, COMPLETED]),
    row(Roadmaps, "action report", &[]),
    row(Roadmaps, "action resume", &[SUSPENDED]),
    row(Roadmaps, "action revise", &[]),
    row(Roadmaps, "action show", &[]),
    row(Roadmaps, "action split", &[]),
    row(Roadmaps, "action start", &[]),
    row(Roadmaps, "action supersede", &[]),
    row(Roadmaps, "action suspend", &[]),
    row(Roadmaps, "action target", &[]),
    row(Roadmaps, "action waive", &[DRAFT]),
    row(Roadmaps, "action withdraw", &[POSTS]),
    row(Roadmaps, "roadmap adopt", &[]),
    row(Roadmaps, "roadmap gantt", &[]),
    row(Roadmaps, "roadmap list", &[]),
    row(Roadmaps, "roadmap propose", &[]),
    row(Roadmaps, "roadmap show", &[]),
    row(Founding, "align", &[]),
    row(Founding, "audit", &[]),
    row(Founding, "backup", &[]),
    row(Founding, "blame", &[]),
    row(Founding, "check", &[]),
    row(Founding, "diff", &[]),
    row(Founding, "export cloudevents", &[]),
    row(Founding, "export git", &[]),
    row(Founding, "export jsonl", &[]),
    row(Founding, "framework diff", &[]),
    row(Founding, "framework history", &[]),
    row(Founding, "framework list", &[]),
    row(Founding, "framework roadmap", &[]),
    row(Founding, "framework state", &[]),
    row(Founding, "handle list", &[]),
    row(Founding, "history", &[]),
    row(Founding, "instrument", &[]),
    row(Founding, "list", &[]),
    row(Founding, "log", &[]),
    Row {
        status: 2,
        ..row(Founding, "migrate", &[])
    },
    row(Founding, "package list", &[]),
    row(Founding, "package show", &[]),
    row(Founding, "prove", &[]),
    row(Founding, "publish", &[]),
    row(Founding, "replay", &[]),
    row(
        Founding,
        "restore",
        &["backup /mnt/backup/travaux-store", "seal > checkpoint.txt"],
    ),
    row(Founding, "seal", &[]),
    row(Founding, "verify", &["prove 17 --out 17.tlog-proof"]),
    row(Negotiation, "abandon", &[]),
    row(Negotiation, "accept", &["--as FR revise 0199 terms.md"]),
    row(
        Negotiation,
        "adopt",
        &[
            "--as MA revise 0199 terms.md",
            "--as FR accept 0199 --revision 2",
        ],
    ),
    row(
        Negotiation,
        "amend",
        &[
            "--as MA accept 0199 --revision 1",
            "--as FR adopt 0199 --revision 1",
        ],
    ),
    row(
        Negotiation,
        "authenticate",
        &[
            "--as MA accept 0199 --revision 1",
            "--as FR adopt 0199 --revision 1",
        ],
    ),
    row(
        Negotiation,
        "framework join",
        &["--as FR framework found framework.json --consenting FR,MA"],
    ),
    row(Negotiation, "handle give", &[]),
    row(Negotiation, "open-language", &[]),
    row(
        Negotiation,
        "package accept",
        &["--as FR package propose package.json"],
    ),
    row(
        Negotiation,
        "package adopt",
        &[
            "--as FR package propose package.json",
            "--as MA package accept 0199",
        ],
    ),
    row(Negotiation, "package propose", &[]),
    row(
        Negotiation,
        "package reject",
        &["--as FR package propose package.json"],
    ),
    row(
        Negotiation,
        "package withdraw",
        &["--as FR package propose package.json"],
    ),
    row(Negotiation, "reject", &["--as FR revise 0199 terms.md"]),
    row(Negotiation, "revise", &[]),
    row(Negotiation, "withdraw", &["--as FR revise 0199 terms.md"]),
    row(Bilateral, "agree-clause", &[]),
    row(
        Bilateral,
        "bring-difference",
        &[
            "--as FR designate-depositary 0199 --on 2025-01-20 --keeper UN --consenting FR,MA",
            "--as FR notify 0199 --on 2025-01-27",
            "--as UN receive 0199 --number 1 --on 2025-01-30",
        ],
    ),
    row(Bilateral, "certify", &[]),
    row(
        Bilateral,
        "confirm-act",
        &["--as FR sign 0199 --on 2025-01-20 --by minister"],
    ),
    row(
        Bilateral,
        "confirm-signature",
        &["--as FR sign 0199 --on 2025-01-20 --by minister --full-powers --manner ad-referendum"],
    ),
    row(
        Bilateral,
        "declare-authentic",
        &[
            "--as FR correct 0199 --ops english.json",
            "--as MA accept 0199 --revision 2",
            "--as FR adopt 0199 --revision 2",
        ],
    ),
    row(
        Bilateral,
        "decline",
        &[
            "--as FR sign 0199 --on 2025-01-20 --by minister --full-powers --manner subject-to-ratification",
        ],
    ),
    row(Bilateral, "designate-depositary", &[]),
    row(Bilateral, "diverge", &[]),
    row(
        Bilateral,
        "enter-into-force",
        &[
            "--as FR sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as MA sign 0199 --on 2025-01-20 --by minister --full-powers",
        ],
    ),
    row(
        Bilateral,
        "establish",
        &[
            "--as FR designate-depositary 0199 --on 2025-01-20 --keeper UN --consenting FR,MA",
            "--as FR sign 0199 --on 2025-01-20 --by minister --full-powers --manner subject-to-ratification",
            "--as FR ratify 0199 --on 2025-03-01",
        ],
    ),
    row(
        Bilateral,
        "examine",
        &[
            "--as FR designate-depositary 0199 --on 2025-01-20 --keeper UN --consenting FR,MA",
            "--as FR notify 0199 --on 2025-01-27",
            "--as UN receive 0199 --number 1 --on 2025-01-30",
        ],
    ),
    row(Bilateral, "exchange", &[]),
    row(
        Bilateral,
        "inform",
        &[
            "--as FR designate-depositary 0199 --on 2025-01-20 --keeper UN --consenting FR,MA",
            "--as FR notify 0199 --on 2025-01-27",
            "--as UN receive 0199 --number 1 --on 2025-01-30",
        ],
    ),
    row(
        Bilateral,
        "mandate-arbitrate",
        &[
            "--as FR mandate-request 0199 --on 2024-10-30 --by Interior --need 'a new arrangement'",
            "--as FR mandate-consult 0199 --on 2024-11-04 --ministers Justice,Budget --against Budget",
        ],
    ),
    row(
        Bilateral,
        "mandate-assess",
        &["--as FR mandate-request 0199 --on 2024-10-30 --by Interior --need 'a new arrangement'"],
    ),
    row(
        Bilateral,
        "mandate-consult",
        &["--as FR mandate-request 0199 --on 2024-10-30 --by Interior --need 'a new arrangement'"],
    ),
    row(
        Bilateral,
        "mandate-give",
        &[
            "--as FR mandate-request 0199 --on 2024-10-30 --by Interior --need 'a new arrangement'",
            "--as FR mandate-consult 0199 --on 2024-11-04 --ministers Justice,Budget",
        ],
    ),
    row(
        Bilateral,
        "mandate-powers",
        &[
            "--as FR mandate-request 0199 --on 2024-10-30 --by Interior --need 'a new arrangement'",
            "--as FR mandate-consult 0199 --on 2024-11-04 --ministers Justice,Budget",
            "--as FR mandate-assess 0199 --on 2024-11-08 --reason 'no matter of article 53'",
            "--as FR mandate-give 0199 --on 2024-11-12 --to 'the director'",
        ],
    ),
    row(Bilateral, "mandate-request", &[]),
    row(Bilateral, "notify", &[]),
    row(Bilateral, "prevail", &[]),
    row(Bilateral, "ratify", &[]),
    row(
        Bilateral,
        "receive",
        &["--as FR notify 0199 --on 2025-01-27"],
    ),
    row(Bilateral, "rectify-copy", &[]),
    row(Bilateral, "relate", &[]),
    row(
        Bilateral,
        "resolve-divergence",
        &[
            "--as FR diverge 0199 --on 2025-03-01 --says 'fr=coopèrent' --says 'ar=يتعاون' --provisions 1.2 --note 'how often'",
        ],
    ),
    row(Bilateral, "sign", &[]),
    row(Bilateral, "translate", &[]),
    row(BilateralInForce, "accede", &[]),
    row(
        BilateralInForce,
        "certify-statement",
        &["--as FR register 0199 --on 2025-06-01 --number I-1234 --languages fr,ar"],
    ),
    row(BilateralInForce, "correct", &[]),
    row(
        BilateralInForce,
        "correction-to-un",
        &[
            "--as FR register 0199 --on 2025-06-01 --number I-1234 --languages fr,ar",
            "--as FR designate-depositary 0199 --on 2025-01-20 --keeper UN --consenting FR,MA",
            "--as FR correct 0199 --ops correction.json",
            "--as FR correct 0199 --ops correction.json",
            "--as UN notify-correction 0199 --revision 3 --on 2026-03-01",
            "--as UN rectify 0199 --revision 3 --on 2026-06-01",
        ],
    ),
    row(BilateralInForce, "denounce", &[]),
    row(BilateralInForce, "end", &[]),
    row(
        BilateralInForce,
        "enter-into-force-for",
        &["--as NL accede 0199 --on 2025-03-10"],
    ),
    row(BilateralInForce, "in-force", &[]),
    row(BilateralInForce, "restate", &[]),
    row(BilateralInForce, "interpret", &[]),
    row(
        BilateralInForce,
        "notify-correction",
        &[
            "--as FR designate-depositary 0199 --on 2025-01-20 --keeper UN --consenting FR,MA",
            "--as FR correct 0199 --ops correction.json",
            "--as FR correct 0199 --ops correction.json",
        ],
    ),
    row(
        BilateralInForce,
        "object-correction",
        &[
            "--as FR designate-depositary 0199 --on 2025-01-20 --keeper UN --consenting FR,MA",
            "--as FR correct 0199 --ops correction.json",
            "--as FR correct 0199 --ops correction.json",
            "--as UN notify-correction 0199 --revision 3 --on 2026-03-01",
        ],
    ),
    row(
        BilateralInForce,
        "rectify",
        &[
            "--as FR designate-depositary 0199 --on 2025-01-20 --keeper UN --consenting FR,MA",
            "--as FR correct 0199 --ops correction.json",
            "--as FR correct 0199 --ops correction.json",
            "--as UN notify-correction 0199 --revision 3 --on 2026-03-01",
        ],
    ),
    row(BilateralInForce, "register", &[]),
    row(
        BilateralInForce,
        "resume",
        &["--as FR suspend 0199 --on 2026-01-01 --consenting FR,MA"],
    ),
    row(
        BilateralInForce,
        "revoke-notice",
        &["--as FR denounce 0199 --received-on 2026-01-15"],
    ),
    row(
        BilateralInForce,
        "supersede",
        &[
            "--as MA accept 01a0 --revision 1",
            "--as FR adopt 01a0 --revision 1",
            "--as FR sign 01a0 --on 2026-12-01 --by minister --full-powers",
            "--as MA sign 01a0 --on 2026-12-01 --by minister --full-powers",
            "--as FR relate 01a0 --to 0199 --relation later-than --on 2026-12-01",
        ],
    ),
    row(BilateralInForce, "suspend", &[]),
    row(BilateralInForce, "terminate", &[]),
    row(Trilateral, "apply-provisionally", &[]),
    row(
        Trilateral,
        "end-provisional",
        &["--as NL apply-provisionally 0199 --on 2025-01-20 --parties NL,MA --consenting FR,MA,NL"],
    ),
    row(
        Multilateral,
        "accept-reservation",
        &[
            "--as A reserve 0199 --on 2025-01-20 --provisions 1.4 --words 'except in winter'",
            "--as A sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as B sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as C sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as A notify-reservation 0199 --number 1 --to B,C --on 2025-02-01",
        ],
    ),
    row(
        Multilateral,
        "confirm-reservation",
        &[
            "--as A reserve 0199 --on 2025-01-20 --provisions 1.4 --words 'except in winter'",
            "--as A sign 0199 --on 2025-01-20 --by minister --full-powers --manner subject-to-ratification",
            "--as A ratify 0199 --on 2025-03-01",
        ],
    ),
    row(
        Multilateral,
        "narrow-reservation",
        &["--as A reserve 0199 --on 2025-01-20 --provisions 1.4 --words 'except in winter'"],
    ),
    row(Multilateral, "declare", &[]),
    row(MultilateralInForce, "extend-to", &[]),
    row(Multilateral, "leave-territories-out", &[]),
    row(
        MultilateralInForce,
        "declarations",
        &["--as A declare 0199 --on 2025-03-10 --words 'It recognises nobody by this.'"],
    ),
    row(Multilateral, "declare-interpretation", &[]),
    row(Multilateral, "designate-authority", &[]),
    row(
        Multilateral,
        "notify-declaration",
        &["--as A declare 0199 --on 2025-03-10 --words 'It recognises nobody by this.'"],
    ),
    row(
        Multilateral,
        "answer-declaration",
        &["--as A declare 0199 --on 2025-03-10 --words 'It recognises nobody by this.'"],
    ),
    row(
        Multilateral,
        "withdraw-declaration",
        &["--as A declare 0199 --on 2025-03-10 --words 'It recognises nobody by this.'"],
    ),
    row(
        Multilateral,
        "notify-reservation",
        &["--as A reserve 0199 --on 2025-01-20 --provisions 1.4 --words 'except in winter'"],
    ),
    row(
        Multilateral,
        "object",
        &[
            "--as A reserve 0199 --on 2025-01-20 --provisions 1.4 --words 'except in winter'",
            "--as A sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as B sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as C sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as A notify-reservation 0199 --number 1 --to B,C --on 2025-02-01",
        ],
    ),
    row(
        Multilateral,
        "receive-withdrawal",
        &[
            "--as A reserve 0199 --on 2025-01-20 --provisions 1.4 --words 'except in winter'",
            "--as A sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as B sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as C sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as A notify-reservation 0199 --number 1 --to B,C --on 2025-02-01",
            "--as A withdraw-reservation 0199 --number 1 --on 2026-01-01",
        ],
    ),
    row(Multilateral, "reserve", &[]),
    row(
        Multilateral,
        "withdraw-objection",
        &[
            "--as A reserve 0199 --on 2025-01-20 --provisions 1.4 --words 'except in winter'",
            "--as A sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as B sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as C sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as A notify-reservation 0199 --number 1 --to B,C --on 2025-02-01",
            "--as B object 0199 --number 1 --on 2025-04-01",
        ],
    ),
    row(
        Multilateral,
        "withdraw-reservation",
        &[
            "--as A reserve 0199 --on 2025-01-20 --provisions 1.4 --words 'except in winter'",
            "--as A sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as B sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as C sign 0199 --on 2025-01-20 --by minister --full-powers",
            "--as A notify-reservation 0199 --number 1 --to B,C --on 2025-02-01",
        ],
    ),
    row(MultilateralInForce, "acquiesce", &[]),
    row(
        MultilateralInForce,
        "amend-annex",
        &["--as A amend 0199 terms.md"],
    ),
    row(
        MultilateralInForce,
        "amendment-in-force",
        &[
            "--as A amend 0199 terms.md",
            "--as A notify-amendment 0199 --revision 2 --to B,C --on 2026-02-01",
            "--as B accept 0199 --revision 2",
        ],
    ),
    row(
        MultilateralInForce,
        "carry-out",
        &[
            "--as A claim 0199 --on 2026-01-01 --ground material-breach --measure suspend --against B --affected specially --reasons 'Article 4 was broken'",
            "--as B receive-claim 0199 --number 1 --on 2026-01-10",
            "--as C receive-claim 0199 --number 1 --on 2026-01-10",
        ],
    ),
    row(MultilateralInForce, "claim", &[]),
    row(
        MultilateralInForce,
        "accept-claim",
        &[
            "--as A claim 0199 --on 2026-01-01 --ground material-breach --measure suspend --against B --affected specially --reasons 'Article 4 was broken'",
            "--as B dispute-claim 0199 --number 1 --on 2026-02-10",
        ],
    ),
    row(
        MultilateralInForce,
        "settle-claim",
        &[
            "--as A claim 0199 --on 2026-01-01 --ground material-breach --measure suspend --against B --affected specially --reasons 'Article 4 was broken'",
            "--as B dispute-claim 0199 --number 1 --on 2026-02-10",
        ],
    ),
    row(
        MultilateralInForce,
        "dispute-claim",
        &[
            "--as A claim 0199 --on 2026-01-01 --ground material-breach --measure suspend --against B --affected specially --reasons 'Article 4 was broken'",
        ],
    ),
    row(
        MultilateralInForce,
        "join-amendment",
        &[
            "--as A amend 0199 terms.md",
            "--as A notify-amendment 0199 --revision 2 --to B,C --on 2026-02-01",
            "--as B accept 0199 --revision 2",
            "--as A amendment-in-force 0199 --revision 2 --on 2026-06-01",
        ],
    ),
    row(
        MultilateralInForce,
        "modify-inter-se",
        &[
            "--as A amend 0199 terms.md",
            "--as B accept 0199 --revision 2",
        ],
    ),
    row(
        MultilateralInForce,
        "object-to-amendment",
        &[
            TACIT,
            "--as A amend 0199 terms.md",
            "--as A notify-amendment 0199 --revision 2 --to B,C --on 2026-02-01",
        ],
    ),
    row(
        MultilateralInForce,
        "withdraw-objection-to-amendment",
        &[
            TACIT,
            "--as A amend 0199 terms.md",
            "--as A notify-amendment 0199 --revision 2 --to B,C --on 2026-02-01",
            "--as B object-to-amendment 0199 --revision 2 --on 2026-03-01",
        ],
    ),
    row(
        MultilateralInForce,
        "notify-amendment",
        &["--as A amend 0199 terms.md"],
    ),
    row(
        MultilateralInForce,
        "receive-claim",
        &[
            "--as A claim 0199 --on 2026-01-01 --ground material-breach --measure suspend --against B --affected specially --reasons 'Article 4 was broken'",
        ],
    ),
    row(
        MultilateralInForce,
        "revoke-claim",
        &[
            "--as A claim 0199 --on 2026-01-01 --ground material-breach --measure suspend --against B --affected specially --reasons 'Article 4 was broken'",
        ],
    ),
    row(
        MultilateralInForce,
        "stay-out",
        &[
            "--as A amend 0199 terms.md",
            "--as A notify-amendment 0199 --revision 2 --to B,C --on 2026-02-01",
            "--as B accept 0199 --revision 2",
            "--as A amendment-in-force 0199 --revision 2 --on 2026-06-01",
            "--as D accede 0199 --on 2026-12-01",
        ],
    ),
    row(MultilateralInForce, "suspend-inter-se", &[]),
];
