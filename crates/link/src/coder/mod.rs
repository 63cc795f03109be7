//! Values as bits: whole numbers, doubles, texts, each by what came before in the same place of the document.

mod bits;
mod decimal;
mod fault;
mod models;
mod number;
mod places;
mod read;
mod text;
mod write;

pub use bits::{BitReader, BitWriter, Bits};
pub use fault::Fault;
pub use models::Place;
pub use read::Reader;
pub use write::Writer;

use models::Models;
use number::Numbers;
use text::Texts;

/// The most values that a document may have; a byte of a text counts as one.
pub const MOST_VALUES: u64 = 4_000_000;

/// Types whose doubles are never rounded: what people have chosen or asked for, thresholds and edges that values are compared with, moments
/// in time, and numbers of single rows.
const EXACT: &[&str] = &[
    "Acceptance",
    "AmountDemand",
    "ClassHistogram",
    "Constraint",
    "CostMatrix",
    "DriftBin",
    "Followed",
    "IsotonicStep",
    "Policy",
    "Range",
    "RowAlert",
    "Seen",
    "Settings",
    "ThresholdPoint",
    "ThresholdStops",
    "TimeOrder",
];

/// Enums have fewer variants than two to this power.
const VARIANTS: u32 = 7;

/// Codes one value after the other, in the direction of its bits.
#[derive(Debug)]
pub struct Coder<B> {
    bits: B,
    models: Models,
    numbers: Numbers,
    texts: Texts,
    /// The number of the item that is being coded, of the innermost list around it.
    index: u32,
    /// The double before.
    double_before: f64,
    /// To how many digits doubles are rounded as they are written.
    digits: Option<u32>,
    /// Values so far.
    values: u64,
    /// The most there may be.
    most: u64,
}

impl<B: Bits> Coder<B> {
    /// A coder of at most so many values.
    pub fn new(bits: B, most: u64) -> Self {
        Self {
            bits,
            models: Models::new(),
            numbers: Numbers::new(),
            texts: Texts::new(),
            index: 0,
            double_before: 0.0,
            digits: None,
            values: 0,
            most: most.min(MOST_VALUES),
        }
    }

    /// The same coder, which rounds doubles to so many significant digits, but for those of types that have to stay exact.
    pub fn rounding(mut self, digits: u32) -> Self {
        self.digits = Some(digits);
        self
    }

    /// Rounds no more within a value of this type, where it is one of those that have to stay exact; what was before.
    fn keep_exact(&mut self, name: &str) -> Option<u32> {
        let before = self.digits;
        if EXACT.contains(&name) {
            self.digits = None;
        }
        before
    }

    fn rounded(&self, value: f64) -> f64 {
        let digits = self.digits.map(|digits| digits.saturating_sub(1) as usize);
        let rounded = digits.and_then(|digits| format!("{value:.digits$e}").parse().ok());
        rounded
            .filter(|rounded: &f64| rounded.is_finite())
            .unwrap_or(value)
    }

    /// The bits, and how many values they are.
    pub fn into_bits(self) -> (B, u64) {
        (self.bits, self.values)
    }

    fn count(&mut self, values: u64) -> Result<(), Fault> {
        self.values = self.values.saturating_add(values);
        match self.values > self.most {
            true => Err(Fault::TooMany),
            false => Ok(()),
        }
    }

    /// A yes or a no.
    pub fn flag(&mut self, place: Place, flag: bool) -> Result<bool, Fault> {
        self.count(1)?;
        Ok(self.models.bit(&mut self.bits, &[place], flag))
    }

    /// Whether a field of a struct is there; nearly all are.
    fn presence(&mut self, place: Place, is_there: bool) -> bool {
        let places = [place.at(0), Place::START.at(5)];
        self.models.bit(&mut self.bits, &places, is_there)
    }

    /// How many items a list has. They count before any is read, so that no list claims more than a document may hold.
    fn length(&mut self, place: Place, length: u64) -> Result<u64, Fault> {
        let length = i64::try_from(length).map_err(|_| Fault::TooMany)?;
        let length = self.whole(places::length(place), length)?;
        let length = u64::try_from(length).map_err(|_| Fault::Number)?;
        self.count(length)?;
        Ok(length)
    }

    /// Which variant of an enum it is.
    fn variant(&mut self, place: Place, variant: u32) -> Result<u32, Fault> {
        self.count(1)?;
        if variant >= 1 << VARIANTS {
            return Err(Fault::Number);
        }
        let places = [place.at(30), Place::START.at(6)];
        Ok(self
            .models
            .symbol(&mut self.bits, &places, VARIANTS, variant))
    }
}
