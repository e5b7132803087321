//! Revision rounds on the command line: members that come on, one that is held, a split.

mod home;
mod partnership;

use home::{Home, check};
use partnership::{PARTNERSHIP, words};

const MANIFEST: &str = r#"{"title": "TITLE", "handle": "HANDLE", "kind": "arrangement",
    "profile": "arrangement", "format": "markdown", "languages": ["en"],
    "parties": [{"id": "FR", "name": "State FR"}, {"id": "MA", "name": "State MA"}],
    "texts": {"en": "HANDLE.md"}}"#;

#[test]
fn a_round_goes_at_the_pace_of_each_member_and_is_adopted_as_one_or_split() {
    let home = Home::new();
    home.write("framework.json", PARTNERSHIP);
    for (handle, title) in [("security", "Security"), ("visas", "Visas")] {
        let manifest = MANIFEST.replace("TITLE", title).replace("HANDLE", handle);
        home.write(&format!("{handle}.json"), &manifest);
        home.write(
            &format!("{handle}.md"),
            "## Article 1\n\nThe Parties cooperate.\n",
        );
        let revised = "## Article 1\n\nBoth Parties cooperate.\n";
        home.write(&format!("{handle}-2.md"), revised);
    }
    let mut transcript = Vec::new();
    for line in [
        "--as FR framework found framework.json --consenting FR,MA --on 2024-01-10",
        "--as FR propose security.json",
        "--as FR propose visas.json",
        "--as FR framework join pact security --area events",
        // An agreement that is not under the framework is no member.
        "--as FR round open pact security visas --title 'Spring round' --mandate 'en=bring both up to date' --on 2024-02-01 --handle spring",
        "--as FR framework join pact visas --area events",
        "--as FR round open pact security visas --title 'Spring round' --mandate 'en=bring both up to date' --on 2024-02-01 --handle spring",
        "--as FR round revise spring security security-2.md --on 2024-03-01",
        "--as MA round agree spring security --on 2024-03-02",
        "--as MA accept security --revision 2",
        "--as MA round agree spring security --on 2024-03-02",
        "--as FR round ready spring security --on 2024-03-03",
        "--as MA round ready spring security --on 2024-03-03",
        "--as MA round hold spring visas --reason 'the mandate is not there' --on 2024-03-03",
        "round show spring",
        "--as FR round adopt spring",
        "--as FR adopt security --revision 2",
        "--as MA package accept spring",
        "--as FR round split spring --part Security=security --part Visas=visas --consenting FR --on 2024-03-05",
        "--as FR round split spring --part 'Spring security=security' --part 'Spring visas=visas' --consenting FR,MA --on 2024-03-05",
        "round show spring",
        "--as FR round adopt spring-security",
        "round list",
        "round show spring --as-of 2024-03-02",
        "round list --as-of 2024-03-01",
        "round list --as-of 2024-01-31",
        "round show spring --as-of 2024-01-31",
        "show security",
        "--as MA round release spring-visas visas --on 2024-03-06",
        "--as FR round revise spring-visas visas visas-2.md --on 2024-03-06",
        "round show spring-visas --format json",
        "framework diff pact 2024-02-15 2024-03-04",
        // Who opened a round withdraws it; what another proposed in it is that other's to withdraw.
        "--as MA round open pact security --title 'Autumn round' --mandate 'en=once more' --on 2024-03-07 --handle autumn",
        "--as FR round revise autumn security security.md --nature amendment --on 2024-03-08",
        "--as MA round withdraw autumn --reason 'no mandate'",
        "round show autumn",
        "--as MA withdraw security --revision 3",
        "--as FR withdraw security --revision 3",
        "--as FR round ready nothing security --on 2024-03-06",
        // An action carries out a clause of the text adopted last; who revises that is told.
        "--as FR roadmap propose pact --title Plan --between FR,MA --zone UTC --on 2025-01-01 --handle plan",
        "--as FR action propose plan/forms --title en=Forms --area events --lead FR:Prefecture --clause security --on 2025-01-01",
        "--as FR action propose plan/forms --title en=Forms --area events --lead FR:Prefecture --clause 'security/Article 9' --on 2025-01-01",
        "--as FR action propose plan/forms --title en=Forms --area events --lead FR:Prefecture --clause 'visas/Article 1' --on 2025-01-01",
        "--as FR action propose plan/forms --title en=Forms --area events --lead FR:Prefecture --clause 'security/Article 1' --on 2025-01-01",
        "--as FR action revise plan/forms --clause security/1.1 --clause 'visas/Article 1' --on 2025-01-01",
        "--as FR action revise plan/forms --clause 'security/Article 1' --no-clauses --on 2025-01-01",
        "action show plan/forms",
        "round impact security 'Article 1'",
        "round impact security 'Article 1' --format json",
        "round impact security 'Article 1' --as-of 2024-12-31",
        "--as FR action revise plan/forms --no-clauses --on 2025-01-01",
        "round impact security 'Article 1'",
        "audit",
    ] {
        transcript.push(home.run(&words(line)));
    }
    check("rounds", &transcript);
}
