//! What fits on a screen: how wide it is, tables, and words that go on in the next line.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::output::one_line;

/// The columns where nobody looks, or the terminal does not say.
const COLUMNS: usize = 100;

/// As narrow as a screen is taken to be.
const LEAST: usize = 20;

/// The columns that there are to fit into: the terminal's, or those that `$COLUMNS` asks for.
pub(crate) fn known_columns() -> Option<usize> {
    let asked = std::env::var("COLUMNS").ok().and_then(|n| n.parse().ok());
    let terminal = terminal_size::terminal_size_of(std::io::stdout());
    terminal
        .map(|(width, _)| usize::from(width.0))
        .filter(|columns| *columns > 0)
        .or(asked)
        .map(|columns| columns.max(LEAST))
}

/// The columns that there are.
pub(crate) fn columns() -> usize {
    known_columns().unwrap_or(COLUMNS)
}

/// Rows in columns as wide as they need to be, as far as there is room.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    table_at(0, rows)
}

/// The same, behind a margin.
pub(crate) fn table_at(margin: usize, rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<_>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| one_line(cell).into_owned()).collect())
        .collect();
    let known = known_columns();
    let space = " ".repeat(margin);
    let room = known.unwrap_or(COLUMNS).saturating_sub(margin);
    let table = table_within(&rows, room, known.is_some());
    table
        .lines()
        .map(|line| format!("{space}{line}\n"))
        .collect()
}

/// What stands between two columns.
const GAP: usize = 2;

/// As narrow as a column may become; narrower, and the first one stands in a line of its own.
const NARROW: usize = 12;

/// The longest word that is worth keeping whole: an id.
const WORD: usize = 36;

/// A table that is at most `room` wide. The first column is a name, and never broken: where it leaves
/// too little room it stands above the others. The others go on below themselves, and a word is broken
/// only where there is no room for it: handles and ids are there to be copied. A table that need not fit, as nobody looks, wraps its last column alone.
fn table_within(rows: &[Vec<String>], room: usize, must_fit: bool) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let natural: Vec<usize> = (0..count)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        })
        .collect();
    let (Some(first), true) = (natural.first().copied(), count > 1) else {
        let lines = rows.iter().filter_map(|row| row.first());
        return lines.map(|cell| format!("{}\n", cell.trim_end())).collect();
    };
    if !must_fit {
        let widths = open_ended(&natural, room);
        return rows.iter().map(|row| laid(row, &widths, false)).collect();
    }
    let left = room.saturating_sub(first + GAP);
    let columns: Vec<_> = (1..count)
        .map(|column| Column {
            natural: natural[column],
            word: longest_word(rows, column).min(WORD),
        })
        .collect();
    if needed(&columns) <= left {
        let widths = [vec![first], shared(&columns, left)].concat();
        return rows
            .iter()
            .map(|row| laid(row, &widths, must_fit))
            .collect();
    }
    let rest: Vec<_> = rows
        .iter()
        .map(|row| row.get(1..).unwrap_or_default().to_vec())
        .collect();
    let widths = shared(&columns, room.saturating_sub(GAP));
    let mut out = String::new();
    for (row, rest) in rows.iter().zip(rest) {
        out += &format!("{}\n", row.first().map_or("", |cell| cell.trim_end()));
        for line in laid(&rest, &widths, must_fit).lines() {
            out += format!("  {line}").trim_end();
            out.push('\n');
        }
    }
    out
}

/// As narrow as the last column may become where nobody looks.
const LAST: usize = 24;

/// Widths as they come, but of the last column, which has what room is left.
fn open_ended(natural: &[usize], room: usize) -> Vec<usize> {
    let mut widths = natural.to_vec();
    if let Some((last, before)) = widths.split_last_mut() {
        let taken: usize = before.iter().map(|width| width + GAP).sum();
        *last = (*last).min(room.saturating_sub(taken).max(LAST));
    }
    widths
}

/// How wide a column is that has all the room that it wants, and how wide its longest word.
struct Column {
    natural: usize,
    word: usize,
}

impl Column {
    /// As wide as `most` lets it be, but that words as long as `whole` stay whole.
    fn width(&self, most: usize, whole: usize) -> usize {
        self.natural.min(most.max(self.word.min(whole)))
    }
}

fn longest_word(rows: &[Vec<String>], column: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.get(column));
    let words = cells.flat_map(|cell| cell.split(' ')).map(str::width);
    words.max().unwrap_or(0)
}

/// The least room that these columns need.
fn needed(columns: &[Column]) -> usize {
    let least = columns.iter().map(|column| column.width(NARROW, 0));
    least.sum::<usize>() + GAP * columns.len().saturating_sub(1)
}

/// Widths that are `room` together: the widest give up the most, and as few words are broken as can
/// be.
fn shared(columns: &[Column], room: usize) -> Vec<usize> {
    let room = room.saturating_sub(GAP * columns.len().saturating_sub(1));
    let widths = |most: usize, whole: usize| columns.iter().map(move |c| c.width(most, whole));
    let within = |most: usize, whole: usize| widths(most, whole).sum::<usize>() <= room;
    let whole = (0..=WORD)
        .rev()
        .find(|whole| within(1, *whole))
        .unwrap_or(0);
    let widest = columns.iter().map(|column| column.natural).max();
    let widest = widest.unwrap_or(0).min(room);
    let most = (1..=widest).rev().find(|most| within(*most, whole));
    widths(most.unwrap_or(1), whole).collect()
}

/// One row: its cells beside one another, each in as many lines as it takes.
fn laid(row: &[String], widths: &[usize], must_fit: bool) -> String {
    let cells: Vec<Vec<String>> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| {
            let lines = wrapped(cell, *width);
            if must_fit {
                broken(lines, *width)
            } else {
                lines
            }
        })
        .collect();
    let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for line in 0..lines {
        let mut text = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            let part = cell.get(line).map_or("", String::as_str);
            let space = width.saturating_sub(part.width()) + GAP;
            text += &format!("{part}{}", " ".repeat(space));
        }
        out += text.trim_end();
        out.push('\n');
    }
    out
}

/// Lines of at most `room` columns: what is longer is broken where the room ends.
fn broken(lines: Vec<String>, room: usize) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines {
        let mut part = String::new();
        for c in line.chars() {
            if part.width() + c.width().unwrap_or(0) > room.max(2) {
                out.push(std::mem::take(&mut part));
            }
            part.push(c);
        }
        out.push(part);
    }
    out
}

/// The text in lines of at most `room` columns; a word that is longer has a line of its own.
pub(crate) fn wrapped(text: &str, room: usize) -> Vec<String> {
    if text.width() <= room {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// The text with each line that is too long going on in the next, behind the margin that it has.
pub(crate) fn fitted(text: &str, columns: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches('\n');
        if words.width() <= columns {
            out += line;
            continue;
        }
        let body = words.trim_start_matches(' ');
        let margin = (words.len() - body.len()).min(columns / 2);
        let space = " ".repeat(margin);
        let lines = broken(wrapped(body, columns - margin), columns - margin);
        for part in lines {
            out += format!("{space}{part}").trim_end();
            out.push('\n');
        }
        if !line.ends_with('\n') {
            out.pop();
        }
    }
    out
}

/// As much of the text as has room, cut behind a word, with a sign that there is more.
pub(crate) fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if kept.width() + c.width().unwrap_or(0) + 1 > room {
            break;
        }
        kept.push(c);
    }
    // Half of the room is better used by half a word than by none.
    let word = kept.rfind(' ').filter(|at| *at * 2 >= kept.len());
    let kept = word.map_or(kept.as_str(), |at| &kept[..at]);
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cells: &[&[&str]]) -> Vec<Vec<String>> {
        let row = |cells: &&[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        cells.iter().map(row).collect()
    }

    #[test]
    fn a_table_counts_what_is_seen() {
        for (cells, shown) in [
            (
                &[&["第一条", "x"][..], &["abc", "y"]][..],
                "第一条  x\nabc     y\n",
            ),
            (&[&["é", "x"], &["e\u{301}", "y"]], "é  x\ne\u{301}  y\n"),
        ] {
            assert_eq!(table_within(&rows(cells), 27, false), shown);
        }
    }

    #[test]
    fn columns_go_on_below_themselves() {
        let one = rows(&[&["a", "one two three four five six seven"]]);
        assert_eq!(
            table_within(&one, 27, false),
            "a  one two three four five\n   six seven\n"
        );
        let middle = rows(&[
            &[
                "1",
                "adopted as revision 4",
                "Ministry of the Interior",
                "A title",
            ],
            &["2", "open", "FR", "Another title than that"],
        ]);
        assert_eq!(
            table_within(&middle, 50, true),
            "1  adopted as      Ministry of     A title\n   revision 4      the Interior\n2  open            FR              Another title\n                                   than that\n"
        );
    }

    #[test]
    fn a_name_is_never_broken_and_stands_alone_where_it_leaves_no_room() {
        let cells = rows(&[&[
            "0198c0de-4a5b-7c6d-8e9f-0123456789ab",
            "adopted",
            "in force since 2025-03-01",
            "An arrangement on exchanges",
        ]]);
        assert_eq!(
            table_within(&cells, 50, true),
            "0198c0de-4a5b-7c6d-8e9f-0123456789ab\n  adopted  in force since      An arrangement on\n           2025-03-01          exchanges\n"
        );
    }

    #[test]
    fn what_is_there_to_be_copied_is_broken_only_where_it_must_be() {
        let cells = rows(&[&[
            "sec",
            "civil-protection",
            "adopted on 2025-02-20",
            "An arrangement on civil protection",
        ]]);
        assert_eq!(
            table_within(&cells, 50, true),
            "sec  civil-protection  adopted on    An\n                       2025-02-20    arrangement\n                                     on civil\n                                     protection\n"
        );
        let narrow = table_within(&cells, 30, true);
        assert!(narrow.contains("  civil-pr  adopted"), "{narrow}");
    }

    #[test]
    fn a_long_word_is_broken_only_where_all_must_fit() {
        let cells = rows(&[&["a", "aword-that-is-longer-than-the-room-is b"]]);
        assert_eq!(
            table_within(&cells, 27, false),
            "a  aword-that-is-longer-than-the-room-is\n   b\n"
        );
        assert_eq!(
            table_within(&cells, 27, true),
            "a  aword-that-is-longer-tha\n   n-the-room-is\n   b\n"
        );
    }

    #[test]
    fn no_table_is_wider_than_its_room() {
        let words = [
            "",
            "FR",
            "Ministry of the Interior",
            "第一条 第二条",
            "0198c0de-4a5b",
        ];
        for room in [40, 60, 80, 120] {
            for columns in 2..8 {
                let row = |n: usize| (0..columns).map(move |c| words[(n * 3 + c) % 5].to_owned());
                let rows: Vec<Vec<_>> = (0..7).map(|n| row(n).collect()).collect();
                for line in table_within(&rows, room, true).lines() {
                    assert!(line.width() <= room, "{room}, {columns}: {line}");
                }
            }
        }
    }

    #[test]
    fn long_lines_go_on_behind_their_margin() {
        assert_eq!(
            fitted("short\n    a line that is too long for it\nlast", 20),
            "short\n    a line that is\n    too long for it\nlast"
        );
        assert_eq!(
            fitted("abcdefghijklmnopqrstuvwxyz", 20),
            "abcdefghijklmnopqrst\nuvwxyz"
        );
    }

    #[test]
    fn what_is_cut_is_cut_behind_a_word() {
        for (text, shown) in [
            ("FR", "FR"),
            ("Ministry of the Interior", "Ministry of…"),
            ("Innenministerium", "Innenminister…"),
            ("a Donaudampfschiff", "a Donaudampfs…"),
        ] {
            assert_eq!(cut(text, 14), shown);
        }
    }
}
