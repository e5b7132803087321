//! Shares, exact: a share is two whole numbers, and is compared by multiplying crosswise.

use std::fmt;

/// A share of a whole: `55 %`, `2/3`, `more than 1/2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    of: u32,
    out_of: u32,
    more_than: bool,
}

impl Share {
    /// So many out of so many; if `more_than`, that much is not enough. Of nothing, or of more than the
    /// whole, there is none, nor of more than the whole where that much is not enough.
    pub fn new(of: u32, out_of: u32, more_than: bool) -> Option<Self> {
        let can_be = of > 0 && (of < out_of || of == out_of && !more_than);
        can_be.then_some(Self {
            of,
            out_of,
            more_than,
        })
    }

    /// The smallest weight that makes the share of a whole. Exact: a whole of less than 2^96 is what
    /// four thousand million members of the greatest weight have.
    pub(super) fn needed(self, whole: u128) -> u128 {
        let product = whole.saturating_mul(self.of.into());
        let out_of = u128::from(self.out_of);
        match self.more_than {
            true => product / out_of + 1,
            false => product.div_ceil(out_of),
        }
    }

    /// Whether a part of a whole makes the share of it; of nothing, nothing does.
    pub fn is_made_by(self, part: u128, whole: u128) -> bool {
        whole > 0 && self.needed(whole) <= part
    }

    /// How many digits stand behind the point, if it is a percentage.
    fn percent_digits(self) -> Option<usize> {
        let tens = self.out_of.checked_ilog10()?;
        let is_power = 10_u32.pow(tens) == self.out_of;
        (is_power && tens >= 2).then(|| tens as usize - 2)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.more_than {
            f.write_str("more than ")?;
        }
        match self.percent_digits() {
            None => write!(f, "{}/{}", self.of, self.out_of),
            Some(0) => write!(f, "{} %", self.of),
            Some(digits) => {
                let unit = self.out_of / 100;
                let (whole, rest) = (self.of / unit, self.of % unit);
                write!(f, "{whole}.{rest:0digits$} %")
            }
        }
    }
}

/// A part of a whole in per cent to one digit, rounded up: what is missing is never said to be nothing.
pub(super) fn percent_up(part: u128, whole: u128) -> String {
    tenths(part.saturating_mul(1000).div_ceil(whole.max(1)))
}

/// The same, rounded down: what is there is never said to be enough.
pub(super) fn percent_down(part: u128, whole: u128) -> String {
    tenths(part.saturating_mul(1000) / whole.max(1))
}

fn tenths(tenths: u128) -> String {
    match tenths % 10 {
        0 => format!("{} %", tenths / 10),
        rest => format!("{}.{rest} %", tenths / 10),
    }
}
