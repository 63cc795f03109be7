//! What predictions cost. The unit is that of the input: money, tokens, energy.

use serde::{Deserialize, Serialize};

use crate::order::{NotFinite, value_of};
use crate::sum::CompensatedSum;
use crate::tally::Tally;
use crate::undefined::{Undefined, Value, finite};

/// Collects the costs of predictions in any order and in any number of parts; [`finish`](Self::finish)
/// sorts and adds them up, so that neither order nor parts can change the sum.
///
/// A row takes 8 bytes, a row that stands for several 16.
///
/// ```
/// use greenlight_metrics::CostCollector;
/// let (mut left, mut right) = (CostCollector::default(), CostCollector::default());
/// left.push(0.5, 1)?;
/// right.push(0.25, 4)?;
/// left.merge(right);
/// assert_eq!(left.finish().total(), Ok(1.5));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct CostCollector(Tally);

impl CostCollector {
    /// Adds the cost of a prediction, or of `count` equal ones; 0 adds none.
    ///
    /// ```
    /// # use greenlight_metrics::CostCollector;
    /// let mut collector = CostCollector::default();
    /// assert!(collector.push(0.5, 1).is_ok());
    /// assert!(collector.push(f64::NAN, 1).is_err());
    /// ```
    pub fn push(&mut self, cost: f64, count: u64) -> Result<(), NotFinite> {
        self.0.push(cost, count)
    }

    /// Adds all that another collector holds.
    ///
    /// ```
    /// # use greenlight_metrics::CostCollector;
    /// let mut whole = CostCollector::default();
    /// whole.merge(CostCollector::default());
    /// assert_eq!(whole.finish().rows(), 0);
    /// ```
    pub fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
    }

    /// Adds up, from the highest cost to the lowest.
    ///
    /// ```
    /// # use greenlight_metrics::CostCollector;
    /// let mut collector = CostCollector::default();
    /// collector.push(0.1, 10)?;
    /// assert_eq!(collector.finish().total(), Ok(1.0));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn finish(self) -> Costs {
        let mut sorted = self.0.sorted();
        let mut costs = Costs::default();
        while let Some(key) = sorted.highest() {
            let rows = sorted.take(key);
            costs.sum.add_times(value_of(key), rows);
            costs.rows = costs.rows.saturating_add(rows);
        }
        costs
    }
}

/// The sum of the costs and the number of predictions that have one.
///
/// ```
/// use greenlight_metrics::{Costs, Undefined};
/// assert_eq!(Costs::default().total(), Err(Undefined::NoCosts));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Costs {
    sum: CompensatedSum,
    rows: u64,
}

impl Costs {
    /// The number of predictions with a cost.
    ///
    /// ```
    /// assert_eq!(greenlight_metrics::Costs::default().rows(), 0);
    /// ```
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// All costs together (Python: `math.fsum`, to about one rounding).
    ///
    /// ```
    /// # use greenlight_metrics::CostCollector;
    /// let mut collector = CostCollector::default();
    /// collector.push(2.0, 3)?;
    /// assert_eq!(collector.finish().total(), Ok(6.0));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn total(&self) -> Value {
        if self.rows == 0 {
            return Err(Undefined::NoCosts);
        }
        finite(self.sum.value())
    }

    /// The mean cost of the predictions that have one.
    ///
    /// ```
    /// # use greenlight_metrics::CostCollector;
    /// let mut collector = CostCollector::default();
    /// collector.push(2.0, 1)?;
    /// collector.push(4.0, 1)?;
    /// assert_eq!(collector.finish().per_prediction(), Ok(3.0));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn per_prediction(&self) -> Value {
        Ok(self.total()? / self.rows as f64)
    }

    /// All costs over the number of right answers: what one right answer costs.
    ///
    /// ```
    /// # use greenlight_metrics::{CostCollector, Undefined};
    /// let mut collector = CostCollector::default();
    /// collector.push(2.0, 3)?;
    /// let costs = collector.finish();
    /// assert_eq!((costs.per_correct(2), costs.per_correct(0)), (Ok(3.0), Err(Undefined::NoneRight)));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn per_correct(&self, correct: u64) -> Value {
        match correct {
            0 => Err(Undefined::NoneRight),
            _ => Ok(self.total()? / correct as f64),
        }
    }
}
