//! The pictures of the trade-off, and the numbers that each shows.

use greenlight_metrics::{BinaryAmounts, BinaryCounts, RowCosts, Value};

/// The pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject {
    PrecisionRecall,
    Roc,
    Metrics,
    Histogram,
    Cost(RowCosts),
    Gain,
    Lift,
}

impl Subject {
    /// The name in handles and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::PrecisionRecall => "precision_recall",
            Self::Roc => "roc",
            Self::Metrics => "metrics",
            Self::Histogram => "histogram",
            Self::Cost(_) => "cost",
            Self::Gain => "gain",
            Self::Lift => "lift",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::PrecisionRecall => "Precision and recall",
            Self::Roc => "ROC curve",
            Self::Metrics => "Against the threshold",
            Self::Histogram => "Scores by class",
            Self::Cost(_) => "Cost",
            Self::Gain => "Gain",
            Self::Lift => "Lift",
        }
    }

    /// The numbers that it shows of each threshold; in its table and its CSV file.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::PrecisionRecall => &["recall", "precision"],
            Self::Roc => &["false_positive_rate", "recall"],
            Self::Metrics => &["precision", "recall", "f1", "queue_rate"],
            Self::Histogram => &[],
            Self::Cost(_) => &["cost"],
            Self::Gain => &["queue_rate", "recall"],
            Self::Lift => &["queue_rate", "lift"],
        }
    }

    /// Those numbers for some counts, and what the rows behind them amount to.
    pub fn values(self, counts: &BinaryCounts, amounts: &BinaryAmounts) -> Vec<Value> {
        match self {
            Self::PrecisionRecall => vec![counts.recall(), counts.precision()],
            Self::Roc => vec![counts.false_positive_rate(), counts.recall()],
            Self::Metrics => vec![
                counts.precision(),
                counts.recall(),
                counts.f1(),
                counts.queue_rate(),
            ],
            Self::Histogram => Vec::new(),
            Self::Cost(costs) => vec![costs.total(counts, amounts)],
            Self::Gain => vec![counts.queue_rate(), counts.recall()],
            Self::Lift => vec![counts.queue_rate(), counts.lift()],
        }
    }

    /// Whether its x axis is the threshold.
    pub fn is_over_threshold(self) -> bool {
        matches!(self, Self::Metrics | Self::Histogram | Self::Cost(_))
    }
}
