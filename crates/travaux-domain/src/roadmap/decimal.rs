//! Decimals as targets have them: exact, of bounded length, never floats.

/// So many signs before and behind the point at most.
const WHOLE: usize = 18;
const PARTS: usize = 9;

/// A decimal in billionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Decimal(i128);

impl Decimal {
    /// Reads `12`, `-0.5`; none where it is no decimal or a longer one.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, parts) = digits.split_once('.').unwrap_or((digits, "0"));
        let fit = |digits: &str, most| {
            (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        };
        if !fit(whole, WHOLE) || !fit(parts, PARTS) {
            return None;
        }
        let number: i128 = format!("{whole}{parts:0<PARTS$}").parse().ok()?;
        Some(Self(sign * number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_and_in_order() {
        let read = |text| Decimal::read(text).expect("a decimal");
        assert_eq!(read("1.50"), read("1.5"));
        assert_eq!(read("-0"), read("0.000"));
        let order = ["-2", "-1.5", "0", "0.000000001", "0.1", "9.99", "10"];
        for pair in order.windows(2) {
            assert!(read(pair[0]) < read(pair[1]), "{pair:?}");
        }
        for text in ["", "-", ".5", "5.", "1,5", "1e3", "+1", "--1", "1.2.3"] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
        assert!(Decimal::read(&"9".repeat(WHOLE)).is_some());
        assert!(Decimal::read(&"9".repeat(WHOLE + 1)).is_none());
        assert!(Decimal::read("0.1234567891").is_none());
    }
}
