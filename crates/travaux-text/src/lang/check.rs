//! Whether a tag is one (BCP 47, RFC 5646 section 2.1), and which one was meant.

/// The languages with a code of two letters (ISO 639-1): that code; those of three letters, which
/// BCP 47 does not use for them (RFC 5646 section 2.2.1); their names.
pub(super) const TABLE: &str = include_str!("iso639.txt");

/// Holds `tag` to the grammar.
///
/// # Errors
/// The tag to write instead, where that can be told.
pub(super) fn tag(tag: &str) -> Result<(), Option<String>> {
    match canonical(tag) {
        Some(canonical) if canonical == tag => Ok(()),
        Some(canonical) => Err(Some(canonical)),
        None => Err(named(tag).map(str::to_owned)),
    }
}

/// The language of that name.
fn named(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    let known = |names: &str| names.split('|').any(|known| known.to_lowercase() == name);
    TABLE.lines().find_map(|line| {
        let (two, rest) = line.split_once(' ')?;
        let (_, names) = rest.split_once(' ')?;
        known(names).then_some(two)
    })
}

/// The tag as BCP 47 writes it (RFC 5646 section 2.1.1), if it is one.
fn canonical(tag: &str) -> Option<String> {
    let tag = tag.replace('_', "-").to_ascii_lowercase();
    let mut parts = tag.split('-').peekable();
    let good = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if !tag.split('-').all(good) {
        return None;
    }
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let first = parts.next()?;
    let mut out = vec![match first {
        "x" => "x".to_owned(),
        _ if letters(first) => language(first)?.to_owned(),
        _ => return None,
    }];
    let mut take = |fits: &dyn Fn(&str) -> bool, write: &dyn Fn(&str) -> String| {
        let part = parts.next_if(|part| fits(part));
        part.map(|part| out.push(write(part))).is_some()
    };
    let as_it_is = |part: &str| part.to_owned();
    if first != "x" {
        // Extended language, script, region, variants.
        take(&|p| p.len() == 3 && letters(p), &as_it_is);
        take(&|p| p.len() == 4 && letters(p), &|p| {
            p[..1].to_ascii_uppercase() + &p[1..]
        });
        let digits = |p: &str| p.bytes().all(|b| b.is_ascii_digit());
        let region = |p: &str| p.len() == 2 && letters(p) || p.len() == 3 && digits(p);
        take(&region, &|p| p.to_ascii_uppercase());
        let variant =
            |p: &str| p.len() >= 5 || p.len() == 4 && p.starts_with(|c: char| c.is_ascii_digit());
        while take(&variant, &as_it_is) {}
    }
    // Extensions, and words of one's own: what a single letter begins, and at least one more.
    let rest: Vec<&str> = parts.collect();
    let begins = |part: &&str| part.len() == 1;
    let own = first == "x";
    let ends_early = rest.last().is_some_and(begins) || own && rest.is_empty();
    if ends_early || !own && rest.first().is_some_and(|part| !begins(part)) {
        return None;
    }
    out.extend(rest.into_iter().map(str::to_owned));
    Some(out.join("-"))
}

/// The code that BCP 47 uses for a language: of two letters where there is one. That one of three
/// letters is registered is not checked: there are eight thousand.
fn language(code: &str) -> Option<&str> {
    let line = |line: &'static str| {
        let (two, rest) = line.split_once(' ')?;
        let (three, _) = rest.split_once(' ')?;
        (two == code || three.split('|').any(|three| three == code)).then_some(two)
    };
    match (TABLE.lines().find_map(line), code.len()) {
        (Some(two), _) => Some(two),
        (None, 3) => Some(code),
        (None, _) => None,
    }
}
