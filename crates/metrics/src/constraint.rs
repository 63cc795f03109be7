//! The best threshold under a demand: "precision at least 90 %", "no more than 50 alerts".

use serde::{Deserialize, Serialize};

use crate::binary_counts::BinaryCounts;
use crate::scores::ScoreGroups;
use crate::threshold::{Objective, ThresholdPoint, best_threshold_where};

/// A demand on a threshold; what it leaves open is made as good as it can be.
///
/// ```
/// use greenlight_metrics::{Constraint, ScoreGroups};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.5, false), (0.1, true)])?;
/// let point = Constraint::PrecisionAtLeast(0.6).best(&groups).ok_or("none")?;
/// assert_eq!((point.threshold, point.value), (Some(0.1), 1.0));
/// let point = Constraint::AlertsAtMost(2).best(&groups).ok_or("none")?;
/// assert_eq!((point.threshold, point.value), (Some(0.9), 0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Constraint {
    /// Precision at least this: the highest recall.
    PrecisionAtLeast(f64),
    /// Recall at least this: the highest precision.
    RecallAtLeast(f64),
    /// No more flagged rows than this (top k): the highest recall.
    AlertsAtMost(u64),
}

impl Constraint {
    /// What is made as high as possible.
    ///
    /// ```
    /// # use greenlight_metrics::{Constraint, Objective};
    /// assert_eq!(Constraint::RecallAtLeast(0.8).objective(), Objective::Precision);
    /// ```
    pub fn objective(&self) -> Objective {
        match self {
            Self::PrecisionAtLeast(_) | Self::AlertsAtMost(_) => Objective::Recall,
            Self::RecallAtLeast(_) => Objective::Precision,
        }
    }

    /// Whether these counts meet the demand; an undefined precision does not.
    ///
    /// ```
    /// # use greenlight_metrics::{BinaryCounts, Constraint};
    /// let counts = BinaryCounts { tp: 8, fp: 2, fn_: 2, tn: 8 };
    /// assert!(Constraint::RecallAtLeast(0.8).allows(&counts));
    /// assert!(!Constraint::AlertsAtMost(9).allows(&counts));
    /// ```
    pub fn allows(&self, counts: &BinaryCounts) -> bool {
        match *self {
            Self::PrecisionAtLeast(limit) => counts.precision().is_ok_and(|value| value >= limit),
            Self::RecallAtLeast(limit) => counts.recall().is_ok_and(|value| value >= limit),
            Self::AlertsAtMost(limit) => counts.predicted_positives() <= limit,
        }
    }

    /// The threshold that meets the demand best; of equally good ones the one with the fewest alerts.
    /// `None` where no threshold meets it. One pass over the distinct scores.
    ///
    /// ```
    /// # use greenlight_metrics::{Constraint, ScoreGroups};
    /// let groups = ScoreGroups::from_rows([(0.9, false), (0.5, true)])?;
    /// assert!(Constraint::PrecisionAtLeast(0.9).best(&groups).is_none());
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn best(&self, groups: &ScoreGroups) -> Option<ThresholdPoint> {
        best_threshold_where(groups, self.objective(), |counts| self.allows(counts))
    }
}
