//! A bounded part of the latencies that tells how many rows are over any budget, so that a slider needs no rows.

use serde::{Deserialize, Serialize};

use crate::latency::Latencies;

/// By how much the number of rows over a budget may be unknown, as a part of itself.
const DOUBT: f64 = 0.01;

/// A latency that occurs, and the rows above it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct LatencyStop {
    latency: f64,
    /// Rows with exactly this latency.
    at: u64,
    /// Rows with a higher one.
    over: u64,
}

/// Some of the latencies that occur, so close that the number of rows over any budget is known to 1 % of itself; where few rows are
/// over a budget it is known exactly. There are about 1,000 of them for a million rows, and 700 more for a thousand times as many.
///
/// ```
/// use greenlight_metrics::{Latencies, LatencyStops, RowsOver};
/// let latencies = Latencies::from_rows((1..=20_000).map(f64::from))?;
/// let stops = LatencyStops::of(&latencies);
/// assert_eq!(stops.over(19_990.0), RowsOver { least: 10, most: 10 });
/// let half = stops.over(10_000.0);
/// assert!(half.least <= 10_000 && 10_000 <= half.most && half.most - half.least <= 100);
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LatencyStops {
    /// Lowest first.
    stops: Vec<LatencyStop>,
}

/// How many rows are over a budget.
///
/// ```
/// use greenlight_metrics::RowsOver;
/// assert!(RowsOver { least: 3, most: 3 }.is_exact());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowsOver {
    /// At least so many.
    pub least: u64,
    /// At most so many.
    pub most: u64,
}

impl RowsOver {
    /// Whether the number is known.
    ///
    /// ```
    /// # use greenlight_metrics::RowsOver;
    /// assert!(!RowsOver { least: 3, most: 4 }.is_exact());
    /// ```
    pub fn is_exact(self) -> bool {
        self.least == self.most
    }

    /// The middle of what it can be.
    ///
    /// ```
    /// # use greenlight_metrics::RowsOver;
    /// assert_eq!(RowsOver { least: 3, most: 4 }.middle(), 3.5);
    /// ```
    pub fn middle(self) -> f64 {
        self.least as f64 / 2.0 + self.most as f64 / 2.0
    }
}

impl LatencyStops {
    /// The stops of some latencies. One pass over the distinct ones.
    ///
    /// ```
    /// # use greenlight_metrics::{Latencies, LatencyStops};
    /// assert_eq!(LatencyStops::of(&Latencies::from_rows([4.0, 2.0])?).rows(), 2);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn of(latencies: &Latencies) -> Self {
        let mut over = 0_u64;
        let mut stops: Vec<LatencyStop> = Vec::new();
        let mut candidate: Option<LatencyStop> = None;
        for (latency, at) in latencies.groups_from_highest() {
            let stop = LatencyStop { latency, at, over };
            // Between the last stop and this latency the number would be too uncertain: the one before is a stop.
            let least = stops.last().map_or(0, LatencyStop::at_least);
            let is_far = over as f64 > least as f64 * (1.0 + DOUBT);
            if stops.is_empty() || is_far {
                stops.extend(candidate.take());
            }
            candidate = Some(stop);
            over = stop.at_least();
        }
        stops.extend(candidate);
        stops.reverse();
        Self { stops }
    }

    /// At most `most` of the stops, the highest and the lowest among them, so that the number of rows over any budget is as well known
    /// relative to itself as that many allow.
    ///
    /// ```
    /// # use greenlight_metrics::{Latencies, LatencyStops, RowsOver};
    /// let stops = LatencyStops::of(&Latencies::from_rows((1..=500).map(f64::from))?);
    /// let few = stops.fewer(40);
    /// let (exact, roughly) = (stops.over(250.0), few.over(250.0));
    /// assert!(roughly.least <= exact.least && exact.most <= roughly.most);
    /// assert_eq!((few.rows(), few.range()), (stops.rows(), stops.range()));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn fewer(&self, most: usize) -> Self {
        // Even steps of the number's size: each stop has as many times the rows over it as the next.
        let rows = (self.rows().max(2)) as f64;
        let step = libm::pow(rows, 1.0 / most.max(3) as f64);
        let mut stops: Vec<LatencyStop> = Vec::new();
        let last = self.stops.len().saturating_sub(1);
        for (number, stop) in self.stops.iter().rev().enumerate() {
            let before = stops.last().map_or(0, LatencyStop::at_least);
            let is_far = stop.at_least() as f64 >= before as f64 * step;
            if number == 0 || number == last || (is_far && stops.len() + 1 < most) {
                stops.push(*stop);
            }
        }
        stops.reverse();
        Self { stops }
    }

    /// All rows that have a latency.
    ///
    /// ```
    /// assert_eq!(greenlight_metrics::LatencyStops::default().rows(), 0);
    /// ```
    pub fn rows(&self) -> u64 {
        self.stops.first().map_or(0, LatencyStop::at_least)
    }

    /// The lowest and the highest latency.
    ///
    /// ```
    /// # use greenlight_metrics::{Latencies, LatencyStops};
    /// let stops = LatencyStops::of(&Latencies::from_rows([4.0, 2.0, 3.0])?);
    /// assert_eq!(stops.range(), Some((2.0, 4.0)));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn range(&self) -> Option<(f64, f64)> {
        let (first, last) = (self.stops.first()?, self.stops.last()?);
        Some((first.latency, last.latency))
    }

    /// How many rows took longer than `budget`.
    ///
    /// ```
    /// # use greenlight_metrics::{Latencies, LatencyStops, RowsOver};
    /// let stops = LatencyStops::of(&Latencies::from_rows([10.0, 20.0, 20.0])?);
    /// assert_eq!(stops.over(10.0), RowsOver { least: 2, most: 2 });
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn over(&self, budget: f64) -> RowsOver {
        let within = self.stops.partition_point(|stop| stop.latency <= budget);
        let below = within
            .checked_sub(1)
            .and_then(|below| self.stops.get(below));
        RowsOver {
            least: self.stops.get(within).map_or(0, LatencyStop::at_least),
            most: below.map_or_else(|| self.rows(), |below| below.over),
        }
    }
}

impl LatencyStop {
    /// Rows with this latency or a higher one.
    fn at_least(&self) -> u64 {
        self.over.saturating_add(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::latency::LatencyCollector;

    /// Numbers that look as if drawn.
    fn drawn(seed: u64) -> u64 {
        let mixed = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40
    }

    fn latencies(rows: u64, distinct: u64, most_count: u64) -> Latencies {
        let mut collector = LatencyCollector::default();
        for row in 0..rows {
            // Skewed, as latencies are.
            let latency = (drawn(row) % distinct).pow(2) as f64 / 7.0;
            let count = drawn(row ^ 0xC0DE) % most_count + 1;
            assert!(collector.push(latency, count).is_ok());
        }
        collector.finish()
    }

    #[test]
    fn the_number_over_any_budget_is_within_its_range_and_the_range_within_a_hundredth() {
        for (rows, distinct, most_count) in [
            (1, 1, 1),
            (500, 40, 1),
            (30_000, 1 << 24, 1),
            (30_000, 900, 1),
            (9_000, 1 << 24, 5_000),
        ] {
            let latencies = latencies(rows, distinct, most_count);
            let stops = LatencyStops::of(&latencies);
            assert_eq!(stops.rows(), latencies.rows());
            let values: Vec<f64> = latencies.groups().map(|(latency, _)| latency).collect();
            let between = values.iter().map(|value| value + 0.01);
            for budget in values.iter().copied().chain(between).chain([-1.0, 1e12]) {
                let exact = latencies.count_over(budget);
                let over = stops.over(budget);
                assert!(over.least <= exact && exact <= over.most, "{budget}");
                let apart = (over.most - over.least) as f64;
                assert!(apart <= DOUBT * over.least as f64, "{budget}: {over:?}");
            }
        }
    }

    #[test]
    fn there_are_about_a_thousand_stops_for_a_million_rows() {
        let stops = LatencyStops::of(&latencies(1_000_000, 1 << 24, 1)).stops;
        assert!(stops.len() < 1_100, "{}", stops.len());
    }

    #[test]
    fn few_rows_over_a_budget_are_known_exactly() {
        let latencies = latencies(50_000, 1 << 24, 1);
        let stops = LatencyStops::of(&latencies);
        for rank in latencies.rows() - 100..latencies.rows() {
            let budget = latencies.order_statistic(rank).unwrap_or(f64::NAN);
            assert!(stops.over(budget).is_exact());
            assert!(stops.over(budget + 1e-9).is_exact());
        }
    }
}
