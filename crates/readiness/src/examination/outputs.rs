//! What the model's own outputs look like beside the label and each other.

use greenlight_data::{ColumnId, Table};
use greenlight_metrics::{Objective, ScoreCollector, best_threshold, roc_auc};
use serde::{Deserialize, Serialize};

use super::labelled::{Cell, Labelled, Side, cell};
use crate::classes::{ClassCell, ClassColumn};
use crate::schema::Schema;

/// The score of two classes beside the label and the prediction column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outputs {
    /// How many different scores the judged rows have.
    pub distinct_scores: u64,
    /// AUC of the judged rows.
    pub roc_auc: Option<f64>,
    /// |2·AUC − 1| of the score on all rows that can be used, as of a column.
    pub separability: Option<f64>,
    /// As that, of the prediction column as 0 and 1.
    pub predicted_separability: Option<f64>,
    /// Whether predictions follow the score, where there are both.
    pub followed: Option<Followed>,
}

/// How the prediction column of the judged rows follows the score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Followed {
    /// Rows with both.
    pub rows: u64,
    /// The threshold that agrees with most predictions; `None` where that is to flag nothing.
    pub threshold: Option<f64>,
    /// The next lower score: every threshold above it, up to `threshold`, decides the same.
    pub above: Option<f64>,
    /// Rows in which the prediction differs from what that threshold says.
    pub differing: u64,
    /// The fewest rows in which it differs where low scores are positive.
    pub differing_reversed: u64,
}

/// One pass over the rows and a few sorts of the scores.
pub(super) fn look(
    table: &Table,
    score: ColumnId,
    prediction: Option<ColumnId>,
    labelled: &Labelled,
    schema: &Schema,
) -> Option<Outputs> {
    let positive = schema.classes.positive()?;
    let column = prediction.and_then(|id| table.column(id));
    let predictions = column.and_then(|column| ClassColumn::new(column, schema.classes.names()));
    let mut all = ScoreCollector::default();
    let mut all_predicted = ScoreCollector::default();
    let mut judged = ScoreCollector::default();
    let mut predicted = ScoreCollector::default();
    let mut reversed = ScoreCollector::default();
    for row in labelled.rows() {
        let Cell::Number(score) = cell(table, score, row.row) else {
            continue;
        };
        let is_positive = row.class == positive;
        let is_judged = row.side == Side::Current;
        // None of these can fail: tables hold finite numbers.
        let _ = all.push(score, is_positive, row.count);
        if is_judged {
            let _ = judged.push(score, is_positive, row.count);
        }
        let class = predictions.as_ref().map(|column| column.class(row.row));
        if let Some(ClassCell::Class(class)) = class {
            let is_predicted = class == positive;
            let number = f64::from(u8::from(is_predicted));
            let _ = all_predicted.push(number, is_positive, row.count);
            if is_judged {
                let _ = predicted.push(score, is_predicted, row.count);
                let _ = reversed.push(-score, is_predicted, row.count);
            }
        }
    }
    let told = |collector: ScoreCollector| {
        let area = roc_auc(&collector.finish()).ok()?;
        Some((2.0 * area - 1.0).abs())
    };
    let judged = judged.finish();
    let (predicted, reversed) = (predicted.finish(), reversed.finish());
    let followed = best_threshold(&predicted, Objective::Accuracy).map(|best| Followed {
        rows: predicted.rows(),
        threshold: best.threshold,
        above: best.interval.above,
        differing: best.counts.fp.saturating_add(best.counts.fn_),
        differing_reversed: best_threshold(&reversed, Objective::Accuracy)
            .map_or(predicted.rows(), |best| {
                best.counts.fp.saturating_add(best.counts.fn_)
            }),
    });
    Some(Outputs {
        distinct_scores: judged.len() as u64,
        roc_auc: roc_auc(&judged).ok(),
        separability: told(all),
        predicted_separability: told(all_predicted),
        followed,
    })
}
