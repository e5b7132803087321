//! Words: the segments of UAX #29 that are not white space.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The byte ranges of the words and punctuation marks of `text`, in order; white space lies between them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split_word_bound_indices()
        .filter(|(_, segment)| !segment.chars().all(char::is_whitespace))
        .map(|(at, segment)| at..at + segment.len())
}

/// All segments of `text`, white space included: their concatenation is the text.
pub(crate) fn segments(text: &str) -> Vec<&str> {
    text.split_word_bounds().collect()
}

/// A deterministic 64-bit hash (FNV-1a): the same on every machine and in every run.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3)
    })
}
