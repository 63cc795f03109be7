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
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::PrecisionRecall => &[RECALL, PRECISION],
            Self::Roc => &[FALSE_POSITIVE_RATE, RECALL],
            Self::Metrics => &[PRECISION, RECALL, F1, QUEUE_RATE],
            Self::Histogram => &[],
            Self::Cost(_) => &[COST],
            Self::Gain => &[QUEUE_RATE, RECALL],
            Self::Lift => &[QUEUE_RATE, LIFT],
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

/// A number of a picture's table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// In the CSV file.
    pub name: &'static str,
    pub title: &'static str,
    /// Whether people read it in percent.
    pub is_share: bool,
}

const fn share(name: &'static str, title: &'static str) -> Column {
    Column {
        name,
        title,
        is_share: true,
    }
}

const fn plain(name: &'static str, title: &'static str) -> Column {
    Column {
        name,
        title,
        is_share: false,
    }
}

const PRECISION: Column = share("precision", "Precision");
const RECALL: Column = share("recall", "Recall");
const F1: Column = share("f1", "F1");
const QUEUE_RATE: Column = share("queue_rate", "Flagged");
const FALSE_POSITIVE_RATE: Column = share("false_positive_rate", "Others flagged");
const COST: Column = plain("cost", "Cost");
const LIFT: Column = plain("lift", "Lift");
