//! A column on both sides.

use std::ops::Range;

use greenlight_data::ColumnKind;
use greenlight_format::Told;
use greenlight_metrics::drift::evidently::Tested;
use greenlight_metrics::drift::{BinCounts, missing_change};
use greenlight_metrics::{Undefined, Value};
use serde::{Deserialize, Serialize};

/// The part that a column plays, as far as drift tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DriftPart {
    /// The score of the positive class; of more than two classes the score of each row's top class.
    Score,
    /// The true class.
    Label,
    /// The predicted class, where a column or the highest class score says it. What a threshold makes of scores drifts as they do.
    Prediction,
    /// An input.
    Feature,
    /// An input by which rows are grouped.
    Segment,
}

impl DriftPart {
    /// Whether it is something that the model was given.
    pub fn is_input(self) -> bool {
        matches!(self, Self::Feature | Self::Segment)
    }
}

/// A bin in which values of both sides are counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DriftBin {
    /// A category, or a class.
    Category(String),
    /// The categories beyond the most frequent ones, and how many they are.
    Other(u64),
    /// A number.
    Number(f64),
    /// Numbers that the reference never has, where it has few.
    Unseen,
    /// Numbers from one on and below another; `None` where the bin is open.
    Numbers {
        /// The lowest number in it.
        at_least: Option<f64>,
        /// The lowest number above it.
        below: Option<f64>,
    },
}

/// The rows of one side, or of one window, in each bin of a column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SideCounts {
    /// In the order of the bins.
    pub bins: Vec<u64>,
    /// Rows without a value.
    pub missing: u64,
}

impl SideCounts {
    /// None in any of so many bins.
    pub fn none(bins: usize) -> Self {
        Self {
            bins: vec![0; bins],
            missing: 0,
        }
    }

    /// Rows with a value.
    pub fn present(&self) -> u64 {
        let rows = self.bins.iter();
        rows.fold(0, |sum, rows| sum.saturating_add(*rows))
    }

    /// Rows with or without a value.
    pub fn rows(&self) -> u64 {
        self.present().saturating_add(self.missing)
    }

    /// Adds the rows of another window.
    pub fn add(&mut self, other: &Self) {
        for (sum, rows) in self.bins.iter_mut().zip(&other.bins) {
            *sum = sum.saturating_add(*rows);
        }
        self.missing = self.missing.saturating_add(other.missing);
    }

    /// Adds rows to a bin, or to the missing ones.
    pub(super) fn push(&mut self, bin: Option<usize>, rows: u64) {
        let count = match bin {
            None => Some(&mut self.missing),
            Some(bin) => self.bins.get_mut(bin),
        };
        if let Some(count) = count {
            *count = count.saturating_add(rows);
        }
    }
}

/// What needs the values of numbers themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfValues {
    /// The two-sample Kolmogorov–Smirnov statistic.
    pub ks_statistic: Value,
    /// Its p-value from Kolmogorov's limit.
    pub ks_p_value: Value,
    /// What the statistic reaches by chance.
    pub ks_noise_floor: Value,
    /// The Wasserstein distance in standard deviations of the reference.
    pub wasserstein_normed: Value,
    /// What the distance reaches by chance.
    pub wasserstein_noise_floor: Value,
}

/// What two measures reach by chance, for which rows have to be dealt out anew.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealtFloors {
    /// Pearson's chi-square.
    pub chi_square: Value,
    /// The largest change of a bin's share.
    pub l_infinity: Value,
}

/// Values that the reference never has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Unseen {
    /// How many different ones there are among the current rows.
    pub values: u64,
    /// Rows that have them.
    pub rows: u64,
    /// Those that most rows have, at most ten.
    pub examples: Vec<String>,
}

/// A column on both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnDrift {
    /// Its name; for what class scores say, a name for that.
    pub column: String,
    /// The part it plays.
    pub part: DriftPart,
    /// What it holds.
    pub kind: ColumnKind,
    /// The bins in which both sides are counted.
    pub bins: Vec<DriftBin>,
    /// The rows of the reference.
    pub reference: SideCounts,
    /// The rows that are judged, within the range that is looked at.
    pub current: SideCounts,
    /// The rows that are judged by window, whatever range is looked at.
    pub windows: Vec<SideCounts>,
    /// The rows of the reference by its windows.
    pub reference_windows: Vec<SideCounts>,
    /// Rows of the reference, and current ones, whose cell holds something else than the column does; they count as missing.
    pub strays: (u64, u64),
    /// Values that only current rows have: categories, and numbers where the reference has few different ones.
    pub unseen: Unseen,
    /// What needs the values; `None` of categories.
    pub values: Option<OfValues>,
    /// What takes more than a moment to know of the counts.
    pub floors: DealtFloors,
    /// The test that Evidently would choose.
    pub evidently: Result<Tested, Undefined>,
    /// Whether rare values were put together on their way here, so that what follows from its counts is only about right. Whoever reads it
    /// from a link says so; it is not written.
    #[serde(skip)]
    pub is_merged: bool,
}

impl ColumnDrift {
    /// Whether some of its values stand together as others.
    pub fn has_others(&self) -> bool {
        let mut bins = self.bins.iter();
        bins.any(|bin| matches!(bin, DriftBin::Other(_)))
    }

    /// How well the numbers are known that follow from its counts.
    pub fn told(&self) -> Told {
        match self.is_merged {
            true => Told::Rounded,
            false => Told::Exactly,
        }
    }

    /// The counts of both sides, of which most measures are functions.
    pub fn counts(&self) -> BinCounts<'_> {
        self.against(&self.current)
    }

    /// The counts of the reference beside those of some windows.
    pub fn against<'c>(&'c self, current: &'c SideCounts) -> BinCounts<'c> {
        BinCounts::new(&self.reference.bins, &current.bins)
    }

    /// The rows that are judged in a run of windows. A sum: nothing depends on the rows behind them.
    pub fn over(&self, windows: Range<usize>) -> SideCounts {
        let mut sum = SideCounts::none(self.bins.len());
        for window in self.windows.get(windows).unwrap_or_default() {
            sum.add(window);
        }
        sum
    }

    /// How the share of missing values has changed.
    ///
    /// # Errors
    /// Where a side has no rows.
    pub fn missing_change(&self) -> Value {
        let share = |side: &SideCounts| (side.missing, side.rows());
        missing_change(share(&self.reference), share(&self.current))
    }

    /// Whether it is of numbers, so that every method applies.
    pub fn is_of_numbers(&self) -> bool {
        self.values.is_some()
    }
}
