//! What is known at once of a run of windows.

use std::ops::Range;

use greenlight_metrics::Undefined;

use super::Drift;
use super::column::{ColumnDrift, DealtFloors, OfValues};

impl Drift {
    /// The same with the rows of some windows alone as the current ones: sums of their counts, exact. What takes the values themselves,
    /// or rows dealt out anew, is not there, and which values are new is told of all rows.
    ///
    /// Costs O(columns × bins × windows), whatever the number of rows.
    #[must_use]
    pub fn within(&self, windows: Range<usize>) -> Self {
        let column = |column: &ColumnDrift| column.within(windows.clone());
        let columns: Vec<ColumnDrift> = self.columns.iter().map(column).collect();
        Self {
            current_rows: columns.first().map_or(0, |column| column.current.rows()),
            columns,
            ..self.clone()
        }
    }
}

impl ColumnDrift {
    fn within(&self, windows: Range<usize>) -> Self {
        const UNKNOWN: Undefined = Undefined::InvalidParameter;
        Self {
            current: self.over(windows),
            values: self.values.as_ref().map(|_| OfValues {
                ks_statistic: Err(UNKNOWN),
                ks_p_value: Err(UNKNOWN),
                ks_noise_floor: Err(UNKNOWN),
                wasserstein_normed: Err(UNKNOWN),
                wasserstein_noise_floor: Err(UNKNOWN),
            }),
            floors: DealtFloors {
                chi_square: Err(UNKNOWN),
                l_infinity: Err(UNKNOWN),
            },
            evidently: Err(UNKNOWN),
            ..self.clone()
        }
    }
}
