//! From when a revision applies: what its commit declares, else when it was committed.

use chrono::NaiveDate;

/// The names under which commit messages declare a date, lower case.
const NAMES: &[&str] = &[
    "effective-date",
    "effective-from",
    "in-force-from",
    "in-force",
    "date-in-force",
    "fecha",
    "source-date",
];

/// The date that a commit message declares on a line of its own: `Name: YYYY-MM-DD`.
pub(crate) fn declared(message: &str) -> Option<NaiveDate> {
    let declared = |wanted: &str| {
        message.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let found = name.trim().to_lowercase() == wanted;
            found.then(|| NaiveDate::parse_from_str(value.trim().get(..10)?, "%Y-%m-%d").ok())?
        })
    };
    NAMES.iter().find_map(|name| declared(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declared_date_is_found() {
        let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        assert_eq!(
            declared("[reform]\n\nNorma: X\nFecha: 1803-03-27\nFuente: y"),
            date(1803, 3, 27)
        );
        assert_eq!(
            declared("x\n\nEffective-Date: 2024-01-01"),
            date(2024, 1, 1)
        );
        assert_eq!(declared("Fecha: soon"), None);
        assert_eq!(declared("no date: here"), None);
    }
}
