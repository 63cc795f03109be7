//! Numbers of few digits.

use serde::{Deserialize, Serialize};

use crate::coder::{BitReader, BitWriter, Coder, MOST_VALUES, Reader, Writer};
use crate::report::{SharedReport, Travelling};

/// The report with each number that is no count rounded to so many significant digits, but for those that others are compared with: it is
/// written so, and read back. `None` where it is too large to be written.
pub fn to_digits(report: &SharedReport, digits: u32) -> Option<SharedReport> {
    let mut coder = Coder::new(BitWriter::new(), MOST_VALUES).rounding(digits);
    Travelling::of(report)
        .serialize(Writer::new(&mut coder))
        .ok()?;
    let (bits, values) = coder.into_bits();
    let document = bits.finish();
    let mut coder = Coder::new(BitReader::new(&document), values);
    let travelling = Travelling::deserialize(Reader::new(&mut coder)).ok()?;
    let mut rounded = travelling.into_report();
    // What was rounded before has no more digits than it had then.
    let before = rounded.thinned.digits.unwrap_or(digits);
    rounded.thinned.digits = Some(digits.min(before));
    Some(rounded)
}
