//! Handles made from titles.

use uuid::Uuid;

use super::Handle;

/// The digits of a suffix: Crockford's base 32 (draft-crockford-davis-base32-for-humans), without
/// `i`, `l`, `o` and `u`, so that it can be read aloud and typed.
const DIGITS: &str = "0123456789abcdefghjkmnpqrstvwxyz";

/// A suffix has so many digits at least, and at most: those behind them are the clock's.
const SUFFIX: std::ops::RangeInclusive<usize> = 3..=12;

impl Handle {
    /// Handles for what bears `title`, the best first; one that is taken gives way to the next.
    ///
    /// The title's words that tell it from others, as many as stand in 16 characters; then with a
    /// suffix, of three digits, of four, and so on. Where the title gives none, `kind` stands for
    /// it, always with a suffix. Latin letters lose their marks; words in other scripts are left
    /// out, and so are those that many titles have: "Accord de coopération sur l'eau" gives
    /// `cooperation-eau`. The suffix is the end of `id`, the id of what is named: random bits, so
    /// that no handle tells when its holder was made or how many there are.
    pub fn made(title: &str, kind: &str, id: Uuid) -> impl Iterator<Item = Self> {
        let plain = slug(title).parse::<Self>().ok();
        let stem = plain
            .as_ref()
            .map_or_else(|| kind.to_owned(), ToString::to_string);
        let suffixed = SUFFIX.filter_map(move |digits| {
            let suffix = suffix(id, digits);
            let stem: String = stem.chars().take(Self::MAX - 1 - digits).collect();
            format!("{}-{suffix}", stem.trim_end_matches('-'))
                .parse()
                .ok()
        });
        plain.into_iter().chain(suffixed)
    }

    /// The same with its suffix as it was meant, where one wrote the letter `o` for the digit 0, or
    /// `i` or `l` for 1; `None` where there is nothing to read in another way.
    pub fn as_heard(&self) -> Option<Self> {
        let (stem, suffix) = self.as_str().rsplit_once('-')?;
        let meant = suffix.replace('o', "0").replace(['i', 'l'], "1");
        (meant != suffix)
            .then(|| format!("{stem}-{meant}").parse().ok())
            .flatten()
    }
}

/// The last bits of an id, five a digit.
fn suffix(id: Uuid, digits: usize) -> String {
    let digit = |at: usize| {
        let value = (id.as_u128() >> (5 * at)) & 31;
        usize::try_from(value)
            .ok()
            .and_then(|value| DIGITS.get(value..=value))
            .unwrap_or_default()
    };
    (0..digits).rev().map(digit).collect()
}

/// A title's words have so many characters at most, so that they can be typed and said.
const SPOKEN: usize = 16;

/// Words that tell no title from another: those between other words, in the languages of the
/// office.
const SMALL: &str = " a an and as at by concerning for from in into of on or regarding relating the to under with within \
    au aux avec ce ces d dans de des du en entre et l la le les ou par pour relatif relatifs relative relatives sous sur un une \
    al con del e el los las para por sobre una y \
    der die das dem den im mit ueber uber und von zu zum zur zwischen \
    een het over tussen van voor ";

/// What agreements, frameworks and packages are.
const KINDS: &str = " accord accordo accords acordo acuerdo agreement agreements arrangement arrangements avenant between cadre convenio \
    convention framework memorandum package protocol protocole tratado traite treaty verdrag vertrag ";

/// The words of a title as they stand in a handle: those that tell it from others; if it has only
/// such as many have, these.
fn slug(title: &str) -> String {
    let plain: String = title
        .chars()
        .flat_map(char::to_lowercase)
        .map(plain)
        .collect();
    let words: Vec<_> = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .skip_while(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    let but = |lists: &'static [&'static str]| {
        let listed = move |word: &str| {
            let word = format!(" {word} ");
            lists.iter().any(|list| list.contains(&word))
        };
        let words = words.iter().filter(move |word| !listed(word));
        joined(words.copied())
    };
    [but(&[SMALL, KINDS]), but(&[SMALL])]
        .into_iter()
        .find(|slug| slug.starts_with(|c: char| c.is_ascii_lowercase()))
        .unwrap_or_else(|| joined(words.iter().copied()))
}

/// As many words as fit; the first is cut if it does not.
fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut slug = String::new();
    for word in words {
        if slug.is_empty() {
            slug.extend(word.chars().take(SPOKEN));
        } else if slug.len() + 1 + word.len() <= SPOKEN {
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
        // A mark that stands behind its letter, as some keyboards and systems write it.
        '\u{300}'..='\u{36f}' => "",
        _ => LETTERS
            .find(c)
            .and_then(|at| LETTERS.get(at..=at))
            .unwrap_or(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An id whose last bits are these, five each.
    fn id() -> Uuid {
        Uuid::from_u128(0x0197_5e3b_7000_7000_8000_0000_0000_0000 | 7 << 10 | 20 << 5 | 2)
    }

    #[track_caller]
    fn check(title: &str, made: &[&str]) {
        let handles: Vec<_> = Handle::made(title, "agreement", id())
            .take(made.len())
            .collect();
        let texts: Vec<_> = handles.iter().map(Handle::as_str).collect();
        assert_eq!(texts, made);
        for handle in handles {
            let again = handle.as_str().parse();
            assert_eq!(again, Ok(handle), "what is made is a handle");
        }
    }

    #[test]
    fn a_title_gives_a_handle() {
        check("Security", &["security"]);
        check("Œuvre n° 7 (Straße)", &["oeuvre-n-7"]);
        check(&"x".repeat(40), &[&"x".repeat(16)]);
    }

    #[test]
    fn of_the_words_of_a_title_those_that_tell_it_from_others() {
        for (title, made) in [
            ("Accord de coopération sur l'eau", "cooperation-eau"),
            ("Arrangement on civil protection", "civil-protection"),
            (
                "Arrangement on the permanent joint migration group",
                "permanent-joint",
            ),
            ("Code du travail", "code-travail"),
            ("Acuerdo sobre el agua", "agua"),
            ("Accord de coope\u{301}ration", "cooperation"),
            ("2024: a Convention", "convention"),
            ("On the", "on-the"),
        ] {
            check(title, &[made]);
        }
    }

    #[test]
    fn a_title_that_gives_none_has_its_kind_and_a_suffix() {
        for title in ["اتفاق", "", "2024", "Decade"] {
            check(title, &["agreement-7m2", "agreement-07m2"]);
        }
    }

    #[test]
    fn one_that_is_taken_gives_way_to_one_with_a_suffix_from_random_bits() {
        check("Security", &["security", "security-7m2", "security-07m2"]);
        let long = "x".repeat(16);
        check(&long, &[&long, &format!("{long}-7m2")]);
        assert_eq!(Handle::made("Security", "agreement", id()).count(), 11);
        let clock = |id: Uuid| Uuid::from_u128(id.as_u128() | 0xfff << 96);
        let made = |id| Handle::made("Security", "agreement", id).collect::<Vec<_>>();
        assert_eq!(made(id()), made(clock(id())), "the clock is no part of it");
    }

    #[test]
    fn a_suffix_is_read_as_it_was_meant() {
        let heard = |text: &str| {
            let handle: Handle = text.parse().expect("a handle");
            handle.as_heard().map(|h| h.to_string())
        };
        assert_eq!(heard("sec-OL2"), Some("sec-012".into()));
        assert_eq!(heard("sec-7i2"), Some("sec-712".into()));
        assert_eq!(heard("sec-7k2"), None);
        assert_eq!(heard("sole"), None, "there is no suffix");
    }
}
