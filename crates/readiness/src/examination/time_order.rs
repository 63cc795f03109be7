//! Whether the reference lies before the rows that are judged.

use greenlight_data::{ColumnId, Table};
use greenlight_metrics::{ScoreCollector, roc_auc};
use serde::{Deserialize, Serialize};

use super::labelled::{Cell, Labelled, Side, cell};

/// When reference and current rows happened, in milliseconds since 1970 began in UTC where the column holds times,
/// else in its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeOrder {
    /// Rows of the reference with a time.
    pub reference_rows: u64,
    /// The earliest and the latest of them.
    pub reference: (f64, f64),
    /// Current rows with a time.
    pub current_rows: u64,
    /// The earliest and the latest of them.
    pub current: (f64, f64),
    /// Rows of the reference later than the earliest current row.
    pub later: u64,
    /// How often a current row is later than one of the reference, a tie counting half: 1 where all are, 0.5 where
    /// they are mixed.
    pub current_is_later: f64,
}

/// One pass over the rows and a sort of their times.
pub(super) fn look(table: &Table, id: ColumnId, labelled: &Labelled) -> Option<TimeOrder> {
    let mut collector = ScoreCollector::default();
    for row in labelled.rows() {
        let is_current = match row.side {
            Side::Current => true,
            Side::Reference => false,
            Side::Neither => continue,
        };
        if let Cell::Number(time) = cell(table, id, row.row) {
            // Cannot fail: tables hold finite numbers.
            let _ = collector.push(time, is_current, row.count);
        }
    }
    let groups = collector.finish();
    let current_is_later = roc_auc(&groups).ok()?;
    let range = |is_current: bool| {
        let has_rows = |group: &greenlight_metrics::ScoreGroup| match is_current {
            true => group.positives > 0,
            false => group.negatives > 0,
        };
        let mut times = groups.groups().filter(has_rows).map(|group| group.score);
        let latest = times.next()?;
        Some((times.last().unwrap_or(latest), latest))
    };
    let (reference, current) = (range(false)?, range(true)?);
    let later = groups
        .groups()
        .take_while(|group| group.score > current.0)
        .fold(0_u64, |rows, group| rows.saturating_add(group.negatives));
    Some(TimeOrder {
        reference_rows: groups.negatives(),
        reference,
        current_rows: groups.positives(),
        current,
        later,
        current_is_later,
    })
}
