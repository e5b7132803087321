//! What a text says of itself: articles that it refers to, terms that it defines.

use crate::concord::latin_digit;

/// Words that name articles. Arabic ones may carry a letter in front.
const ARTICLE: [&str; 10] = [
    "article",
    "articles",
    "art",
    "المادة",
    "المادتين",
    "المادتان",
    "المواد",
    "للمادة",
    "للمادتين",
    "للمواد",
];

/// Words behind a number that say that the article is one of another instrument.
const ELSEWHERE: [&str; 7] = ["de la", "de l'", "du ", "des ", "of the", "of that", "من "];

/// Words that make it one of this instrument all the same.
const HERE: [&str; 8] = [
    "présent",
    "présente",
    "this",
    "the present",
    "هذا",
    "هذه",
    "same",
    "même",
];

/// The numbers of the articles of its own instrument that `words` refer to, in order.
pub fn article_references(words: &str) -> Vec<u32> {
    let words: String = words.chars().map(latin_digit).collect();
    let lower = words.to_lowercase();
    let mut found = Vec::new();
    for name in ARTICLE {
        for (at, _) in lower.match_indices(name) {
            let before = lower[..at].chars().next_back();
            // A letter in front makes it another word, but for those that Arabic joins to the next one.
            if before.is_some_and(|c| c.is_alphabetic() && !"وبلفك".contains(c)) {
                continue;
            }
            numbers(&lower[at + name.len()..], at, &mut found);
        }
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(_, number)| number).collect()
}

/// The numbers that follow: one, or several joined by "and".
fn numbers(rest: &str, at: usize, found: &mut Vec<(usize, u32)>) {
    let mut rest = rest.trim_start_matches('.').trim_start();
    let mut here = Vec::new();
    loop {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let Ok(number) = rest[..digits].parse::<u32>() else {
            break;
        };
        here.push((at + here.len(), number));
        rest = rest[digits..].trim_start_matches("er").trim_start();
        let Some(next) = ["et ", "and ", "و ", "و", ", ", "à ", "to "]
            .iter()
            .find_map(|join| rest.strip_prefix(join))
        else {
            break;
        };
        if !next.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        rest = next;
    }
    let foreign = ELSEWHERE.iter().any(|w| rest.starts_with(w))
        && !HERE
            .iter()
            .any(|w| rest.chars().take(24).collect::<String>().contains(w));
    if !foreign {
        found.append(&mut here);
    }
}

/// Verbs by which a definition goes on behind the term.
const MEANS: [&str; 8] = [
    "désigne", "s'entend", "signifie", "means", "mean ", "يقصد", "يعني", "تعني",
];

/// The terms that `words` define: what stands between quotation marks in front of a verb of definition.
pub fn defined_terms(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (open, close) in [('«', '»'), ('“', '”')] {
        let mut rest = words;
        while let Some((_, behind)) = rest.split_once(open) {
            let Some((term, after)) = behind.split_once(close) else {
                break;
            };
            let near: String = after.chars().take(30).collect::<String>().to_lowercase();
            if MEANS.iter().any(|verb| near.contains(verb)) {
                found.push(term.trim().to_owned());
            }
            rest = after;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &[u32]) {
        assert_eq!(article_references(words), expected, "{words}");
    }

    #[test]
    fn references_to_articles_of_the_same_instrument() {
        check("visé à l'article 4", &[4]);
        check("aux articles 4 et 5 du présent accord", &[4, 5]);
        check("à l'article 1er", &[1]);
        check("under Articles 2, 3 and 12", &[2, 3, 12]);
        check("المشار إليه في المادة ٤ من هذا الاتفاق", &[4]);
        check("وفقا للمادة 7", &[7]);
        check("بالمادة 7", &[7]);
        check("l'article 25 de la Convention de Vienne", &[]);
        check("Article 25 of the Vienna Convention", &[]);
        check("un particle 4", &[]);
    }

    #[test]
    fn terms_that_are_defined() {
        let check =
            |words: &str, expected: &[&str]| assert_eq!(defined_terms(words), expected, "{words}");
        check("« données » désigne toute information", &["données"]);
        check(
            "The term “data” means any information; “party” means a State.",
            &["data", "party"],
        );
        check("يقصد بعبارة «المعطيات»", &[]);
        check("«المعطيات» يقصد بها كل معلومة", &["المعطيات"]);
        check("dit « non »", &[]);
    }
}
