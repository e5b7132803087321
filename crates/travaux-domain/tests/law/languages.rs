use travaux_domain::{
    GapPolicy, Profile, Revision, Rule,
    agreement::language::{LanguageAct as MachineEvent, Resolution, Standing},
    agreement::{AgreementCommand as C, Nature, RevisionDraft, correction::CorrectionAct},
    clause::Term,
};
use travaux_text::{Body, Localized, Operation};

use travaux_testkit::agreement::*;

fn two(
    fr: &str,
    ar: &str,
    profile: Profile,
    clauses: Vec<travaux_domain::clause::FinalClause>,
) -> Case {
    let mut proposal = proposal(profile, &["FR", "MA"], clauses);
    (proposal.languages, proposal.texts) = (vec![lang("fr"), lang("ar")], texts(fr, ar));
    let mut case = Case::new();
    case.does("FR", C::Propose(Box::new(proposal)));
    case.does("MA", accept(1));
    case
}

const FR: &str = "Dans un délai de 30 jours.\n";
const AR: &str = "في أجل ٣٠ يوما.\n";
const WRONG: &str = "في أجل ٢٠ يوما.\n";

fn authenticate() -> C {
    C::AuthenticateText {
        method: "initialling".into(),
        parties: ids(&["FR", "MA"]),
    }
}

fn finished() -> Case {
    let mut case = two(FR, AR, Profile::treaty(), vec![]);
    case.does("FR", adopt(1));
    case.does("FR", authenticate());
    case
}

fn certify(revision: u32, settled: &[&str]) -> MachineEvent {
    let settled = settled.iter().map(|s| (*s).to_owned()).collect();
    MachineEvent::ConcordanceCertified {
        on: date("2020-02-01"),
        by: "jurists".into(),
        revision: Revision(revision),
        digests: Default::default(),
        settled,
    }
}

#[test]
fn l1_one_operation_has_one_payload_per_authentic_language() {
    let case = two(FR, AR, Profile::treaty(), vec![]);
    let one =
        |tag: &str, find: &str, with: &str| Operation::substitute(p(1), lang(tag), find, with, 1);
    let fr = || one("fr", "30", "40");
    case.refuses(
        "MA",
        revise(Nature::Draft, vec![fr()]),
        Rule::L1,
        "one in fr of provision 1.1",
    );
    case.clone().does(
        "MA",
        revise(Nature::Draft, vec![fr(), one("ar", "٣٠", "٤٠")]),
    );
    let open = |tag: &str| MachineEvent::LanguageVersionOpened {
        on: date("2020-02-01"),
        lang: lang(tag),
    };
    case.refuses("MA", open("fr"), Rule::L1, "fr, which is there");
    let mut opened = case.clone();
    assert_eq!(opened.does("MA", open("en")), Rule::L1);
    opened.refuses("MA", open("en"), Rule::L1, "en, which is there");
    finished().refuses("MA", open("en"), Rule::L1, "one that is authenticated");
}

#[test]
fn l2_adoption_waits_while_languages_do_not_say_the_same() {
    let mut case = two(FR, WRONG, Profile::treaty(), vec![]);
    case.refuses(
        "FR",
        adopt(1),
        Rule::L2,
        "missing: 1.1/numbers/fr-ar: fr has 30, ar has 20",
    );
    case.refuses("FR", certify(1, &[]), Rule::L2, "1 differences");
    assert_eq!(
        case.does("FR", certify(1, &["1.1/numbers/fr-ar"])),
        Rule::L2
    );
    case.does("FR", adopt(1));
    // A profile or a clause may let it, and then it is on record.
    let lets = Profile {
        gaps: GapPolicy::Recorded,
        ..Profile::treaty()
    };
    for mut case in [
        two(FR, WRONG, lets, vec![]),
        two(
            FR,
            WRONG,
            Profile::treaty(),
            vec![clause("Article 22", Term::WithoutConcordance)],
        ),
    ] {
        let decided = case.0.decide(
            adopt(1),
            &travaux_domain::Context::new(travaux_domain::Actor::party("FR"), case.1),
        );
        let event = serde_json::to_value(decided.expect("it is adopted").event).expect("JSON");
        assert_eq!(
            event["TextAdopted"]["gaps"][0],
            "1.1/numbers/fr-ar: fr has 30, ar has 20"
        );
        case.does("FR", adopt(1));
    }
    treaty(vec![]).refuses(
        "A",
        certify(1, &[]),
        Rule::L2,
        "two languages or more, found fr",
    );
    finished().refuses("FR", certify(9, &[]), Rule::L2, "a revision from 1 to 1");
}

#[test]
fn a_certificate_lapses_when_a_text_changes() {
    let mut case = two(FR, AR, Profile::treaty(), vec![]);
    case.does("FR", certify(1, &[]));
    let standing = |case: &Case| case.0.machines.languages.standing(lang("ar"));
    assert_eq!(standing(&case), Some(Standing::Concordant));
    case.does("FR", adopt(1));
    assert_eq!(
        standing(&case),
        Some(Standing::Concordant),
        "the very text that was certified"
    );
    let both = vec![
        Operation::substitute(p(1), lang("fr"), "30", "40", 1),
        Operation::substitute(p(1), lang("ar"), "٣٠", "٤٠", 1),
    ];
    case.does("MA", revise(Nature::Amendment, both));
    case.does("FR", accept(2));
    case.does("FR", adopt(2));
    assert_eq!(standing(&case), Some(Standing::Working));
}

#[test]
fn l3_and_l6_authentic_versions_are_those_of_the_testimonium_and_no_translation() {
    let case = finished();
    assert_eq!(
        case.0.machines.languages.standing(lang("ar")),
        Some(Standing::Authentic)
    );
    let add = |tag: &str| MachineEvent::TranslationAdded {
        on: date("2020-02-01"),
        lang: lang(tag),
        by: "the ministry".into(),
        text: "30 days".into(),
    };
    case.refuses(
        "MA",
        add("ar"),
        Rule::L6,
        "a language of no authentic version",
    );
    let mut case = case;
    assert_eq!(case.does("MA", add("en")), Rule::L6);
    assert_eq!(
        case.0.machines.languages.standing(lang("en")),
        Some(Standing::OfficialTranslation)
    );
}

#[test]
fn l4_another_version_is_authentic_by_clause_or_by_all() {
    let declare = |consenting: &[&str]| MachineEvent::DeclaredAuthentic {
        on: date("2020-02-01"),
        lang: lang("en"),
        consenting: ids(consenting),
    };
    // What is to be authentic has a text, and it says what the others say.
    let no_text = "a text in en on record (`correct --ops`) that says what the others say";
    finished().refuses_new("FR", declare(&["FR", "MA"]), Rule::L4, no_text);
    let english = |words: &str| {
        let bodies = [("en", words)];
        let bodies = bodies.map(|(tag, words)| (lang(tag), Body::text_only(words)));
        vec![Operation::Replace {
            provision: p(1),
            expect: Default::default(),
            bodies: Localized::from(bodies),
        }]
    };
    // A draft or an amendment has no words in a language of none of its versions.
    let draft = revise(Nature::Draft, english("Within 30 days.\n"));
    let drafted = two(FR, AR, Profile::treaty(), vec![]);
    drafted.refuses_new("FR", draft, Rule::L1, "a language of the text (fr, ar)");
    let in_english = |case: &Case, words: &str| {
        let mut case = case.clone();
        assert_eq!(
            case.does("FR", revise(Nature::Correction, english(words))),
            Rule::X6
        );
        case.does("MA", accept(2));
        case.does("FR", adopt(2));
        case
    };
    in_english(&finished(), "Within 20 days.\n").refuses(
        "FR",
        declare(&["FR", "MA"]),
        Rule::L4,
        "1 differences",
    );
    let mut english = in_english(&finished(), "Within 30 days.\n");
    english.refuses("FR", declare(&["FR"]), Rule::L4, "missing: MA");
    assert_eq!(english.does("FR", declare(&["FR", "MA"])), Rule::L4);
    // From then on every change needs words in it, and there are copies of it.
    let one =
        |tag: &str, find: &str, with: &str| Operation::substitute(p(1), lang(tag), find, with, 1);
    let amend = |ops| {
        C::ProposeRevision(Box::new(RevisionDraft {
            nature: Nature::Amendment,
            ..RevisionDraft::new(Revision(2), ops)
        }))
    };
    let both = vec![one("fr", "30", "40"), one("ar", "٣٠", "٤٠")];
    english.refuses("FR", amend(both.clone()), Rule::L1, "missing: en");
    let all = [both, vec![one("en", "30", "40")]].concat();
    english.does("FR", amend(all));
    let copy = CorrectionAct::CopyRectified {
        on: date("2020-03-01"),
        lang: lang("en"),
        note: "a page was missing".into(),
    };
    assert_eq!(english.does("FR", copy), Rule::X9);
    let mut case = two(
        FR,
        AR,
        Profile::treaty(),
        vec![clause("Article 23", Term::AlsoAuthentic(lang("en")))],
    );
    case.does("FR", adopt(1));
    case.refuses("FR", declare(&[]), Rule::L4, "a text that is adopted");
    case.does("FR", authenticate());
    let mut case = in_english(&case, "Within 30 days.\n");
    case.does_by("FR", declare(&[]), Rule::L4, "Article 23");
    case.refuses(
        "FR",
        declare(&[]),
        Rule::L4,
        "a version that is not authentic, found en",
    );
}

#[test]
fn l5_one_version_prevails_at_most() {
    let prevail = |tag: &str, consenting: &[&str]| MachineEvent::PrevailingDesignated {
        on: date("2020-02-01"),
        lang: lang(tag),
        consenting: ids(consenting),
    };
    let mut case = finished();
    case.refuses(
        "FR",
        prevail("en", &["FR", "MA"]),
        Rule::L5,
        "an authentic version (fr, ar)",
    );
    case.refuses("FR", prevail("fr", &["FR"]), Rule::L5, "missing: MA");
    assert_eq!(case.does("FR", prevail("fr", &["FR", "MA"])), Rule::L5);
    assert_eq!(
        case.0.machines.languages.standing(lang("fr")),
        Some(Standing::AuthenticPrevailing)
    );
    case.refuses(
        "FR",
        prevail("ar", &["FR", "MA"]),
        Rule::L5,
        "fr, which does",
    );
}

fn diverge(says: &[&str]) -> MachineEvent {
    let says = says.iter().map(|l| (lang(l), "…".to_owned())).collect();
    MachineEvent::DivergenceRecorded {
        on: date("2020-02-01"),
        says,
        provisions: vec![p(1)],
        note: "days of work".into(),
        number: None,
    }
}

#[test]
fn l7_and_l8_a_divergence_changes_no_text_and_is_resolved_on_one_ground() {
    let resolve = |ground| MachineEvent::DivergenceResolved {
        on: date("2020-03-01"),
        number: 1,
        ground,
    };
    let best = |meaning: &str| Resolution::BestReconciling {
        meaning: meaning.into(),
    };
    let mut case = finished();
    case.refuses(
        "FR",
        diverge(&["fr"]),
        Rule::L7,
        "two authentic versions or more",
    );
    case.refuses(
        "FR",
        diverge(&["fr", "en"]),
        Rule::L7,
        "two authentic versions or more",
    );
    let mut nowhere = diverge(&["fr", "ar"]);
    if let MachineEvent::DivergenceRecorded { provisions, .. } = &mut nowhere {
        provisions.clear();
    }
    case.refuses("FR", nowhere, Rule::L7, "provisions that stand");
    let mut prevailing = case.clone();
    prevailing.does(
        "FR",
        MachineEvent::PrevailingDesignated {
            on: date("2020-02-01"),
            lang: lang("fr"),
            consenting: ids(&["FR", "MA"]),
        },
    );
    prevailing.does("FR", diverge(&["fr", "ar"]));
    prevailing.does("FR", diverge(&["fr", "ar"]));
    let second = MachineEvent::DivergenceResolved {
        on: date("2020-03-01"),
        number: 2,
        ground: Resolution::PrevailingText,
    };
    let reconciled = MachineEvent::DivergenceResolved {
        on: date("2020-03-01"),
        number: 1,
        ground: best("within thirty days"),
    };
    let none = "others are reconciled where none does (33(4)), found fr";
    prevailing.refuses_new("FR", reconciled, Rule::L8, none);
    assert_eq!(prevailing.does("FR", second), Rule::L8);
    case.refuses("FR", diverge(&["fr", "en"]), Rule::L7, "(fr, ar)");
    case.refuses("FR", resolve(best("x")), Rule::L8, "a divergence on record");
    let text = case.text();
    assert_eq!(case.does("FR", diverge(&["fr", "ar"])), Rule::L7);
    assert_eq!(
        (case.text(), case.0.machines.languages.standing(lang("fr"))),
        (text, Some(Standing::Divergent))
    );
    case.refuses("FR", certify(1, &[]), Rule::L2, "divergence 1");
    case.refuses(
        "FR",
        resolve(Resolution::PrevailingText),
        Rule::L8,
        "a version that prevails",
    );
    case.refuses(
        "FR",
        resolve(Resolution::AgreedInterpretation {
            consenting: ids(&["FR"]),
        }),
        Rule::L8,
        "missing: MA",
    );
    case.refuses(
        "FR",
        resolve(Resolution::Correction {
            revision: Revision(1),
        }),
        Rule::L8,
        "a correction that was made",
    );
    case.refuses("FR", resolve(best(" ")), Rule::L8, "the meaning");
    let mut other = case.clone();
    other.does(
        "FR",
        resolve(Resolution::AgreedInterpretation {
            consenting: ids(&["FR", "MA"]),
        }),
    );
    assert_eq!(case.does("FR", resolve(best("working days"))), Rule::L8);
    assert_eq!(
        case.0.machines.languages.standing(lang("fr")),
        Some(Standing::Authentic)
    );
    case.refuses(
        "FR",
        resolve(best("x")),
        Rule::L8,
        "one resolved on 2020-03-01",
    );
}
