//! Handles made from titles.

use super::Handle;

impl Handle {
    /// A handle for what bears `title`: the title's words, as many as fit, else `kind`; with the first number behind it that makes it
    /// one that is not taken.
    ///
    /// Latin letters lose their marks; words in other scripts are left out.
    pub fn made(title: &str, kind: &str, taken: impl Fn(&Self) -> bool) -> Self {
        let (stem, from) = match slug(title).parse::<Self>() {
            Ok(handle) if !taken(&handle) => return handle,
            Ok(handle) => (handle.to_string(), 2),
            Err(_) => (kind.to_owned(), 1),
        };
        (from..=u64::MAX)
            .filter_map(|number| numbered(&stem, number))
            .find(|handle| !taken(handle))
            .unwrap_or_else(|| Self(stem.into()))
    }
}

/// The stem, cut to make place for the number.
fn numbered(stem: &str, number: u64) -> Option<Handle> {
    let number = number.to_string();
    let place = Handle::MAX.checked_sub(number.len() + 1)?;
    let stem: String = stem.chars().take(place).collect();
    format!("{}-{number}", stem.trim_end_matches('-'))
        .parse()
        .ok()
}

/// The words of a title as they stand in a handle, as many as fit; the first is cut if it does not.
fn slug(title: &str) -> String {
    let plain: String = title
        .chars()
        .flat_map(char::to_lowercase)
        .map(plain)
        .collect();
    let mut slug = String::new();
    for word in plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .skip_while(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    {
        if slug.is_empty() {
            slug.extend(word.chars().take(Handle::MAX));
        } else if slug.len() + 1 + word.len() <= Handle::MAX {
            slug = format!("{slug}-{word}");
        } else {
            break;
        }
    }
    slug
}

/// A Latin letter without its marks.
fn plain(c: char) -> &'static str {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'þ' => "th",
        _ => LETTERS
            .find(c)
            .and_then(|at| LETTERS.get(at..=at))
            .unwrap_or(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, taken: &[&str], made: &str) {
        let handle = Handle::made(title, "agreement", |h| taken.contains(&h.as_str()));
        assert_eq!(handle.as_str(), made);
        assert_eq!(made.parse(), Ok(handle), "what is made is a handle");
    }

    #[test]
    fn a_title_gives_a_handle() {
        check("Security", &[], "security");
        check(
            "Accord de coopération sur l'eau",
            &[],
            "accord-de-cooperation",
        );
        check("Œuvre n° 7 (Straße)", &[], "oeuvre-n-7-strasse");
        check("2024: a Convention", &[], "a-convention");
        check(&"x".repeat(40), &[], &"x".repeat(23));
    }

    #[test]
    fn a_title_that_gives_none_is_counted() {
        check("اتفاق", &[], "agreement-1");
        check("", &["agreement-1", "agreement-2"], "agreement-3");
        check("Decade", &[], "agreement-1");
    }

    #[test]
    fn one_that_is_taken_gets_a_number() {
        check("Security", &["security"], "security-2");
        check("Security", &["security", "security-2"], "security-3");
        let long = "x".repeat(23);
        check(&long, &[&long], &format!("{}-2", "x".repeat(21)));
    }
}
