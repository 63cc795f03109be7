//! The numbers that a criterion can ask for. A new one is a line in each of the two tables here, and a branch in
//! `criteria::measure`.

use serde::{Deserialize, Serialize};

macro_rules! metrics {
    ($($(#[$doc:meta])* $metric:ident = $name:literal,)+) => {
        /// A number that a criterion can ask for, by the name that the report knows it by. With more than two classes
        /// recall, precision and F1 are macro averages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Metric {
            $($(#[$doc])* #[serde(rename = $name)] $metric,)+
        }

        impl Metric {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$metric,)+];

            /// The name in policies and reports.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$metric => $name,)+
                }
            }
        }
    };
}

metrics! {
    /// Share of right predictions.
    Accuracy = "accuracy",
    /// Accuracy less the accuracy of always answering with the most frequent class.
    AccuracyAboveBaseline = "accuracy_above_baseline",
    /// Recall + specificity − 1, with two classes; with more, accuracy above the baseline.
    YoudensJ = "youdens_j",
    /// Mean recall of the classes.
    BalancedAccuracy = "balanced_accuracy",
    /// Precision of the positive class.
    Precision = "precision",
    /// Recall of the positive class.
    Recall = "recall",
    /// Recall of the negative class.
    Specificity = "specificity",
    /// Harmonic mean of precision and recall.
    F1 = "f1",
    /// Fβ with β = 0.5: precision counts more.
    F0_5 = "f0_5",
    /// Fβ with β = 2: recall counts more.
    F2 = "f2",
    /// Matthews correlation coefficient.
    MatthewsCorrcoef = "matthews_corrcoef",
    /// Agreement beyond chance.
    CohenKappa = "cohen_kappa",
    /// Area under the ROC curve.
    RocAuc = "roc_auc",
    /// Average precision.
    AveragePrecision = "average_precision",
    /// Log loss.
    LogLoss = "log_loss",
    /// Brier score.
    BrierScore = "brier_score",
    /// Expected calibration error.
    ExpectedCalibrationError = "expected_calibration_error",
    /// Median latency, in milliseconds, as all latencies in a policy.
    LatencyP50 = "latency_p50",
    /// The 90th percentile of latency.
    LatencyP90 = "latency_p90",
    /// The 95th percentile of latency.
    LatencyP95 = "latency_p95",
    /// The 99th percentile of latency.
    LatencyP99 = "latency_p99",
    /// The longest latency.
    LatencyMax = "latency_max",
    /// Share of predictions that took longer than the latency budget.
    OverBudgetShare = "over_budget_share",
    /// Share of calls that failed.
    ErrorRate = "error_rate",
    /// Mean cost of a prediction, in the unit of the cost column.
    CostPerPrediction = "cost_per_prediction",
    /// All costs over the number of right answers.
    CostPerCorrect = "cost_per_correct",
    /// Share of the answers that are accepted: by people where enough are graded by people, else by a judge.
    AcceptedShare = "accepted_share",
    /// How far people and a judge agree beyond chance: Cohen's κ, with quadratic weights on a scale of grades.
    JudgeAgreement = "judge_agreement",
    /// Share of the ids with several answers whose answers are all accepted or all not.
    RepeatConsistency = "repeat_consistency",
    /// All costs over the number of accepted answers.
    CostPerAccepted = "cost_per_accepted",
    /// Accuracy on the reference split less accuracy on the rows judged.
    AccuracyGap = "accuracy_gap",
    /// The same for balanced accuracy.
    BalancedAccuracyGap = "balanced_accuracy_gap",
    /// The same for precision.
    PrecisionGap = "precision_gap",
    /// The same for recall.
    RecallGap = "recall_gap",
    /// The same for specificity.
    SpecificityGap = "specificity_gap",
    /// The same for F1.
    F1Gap = "f1_gap",
    /// The same for ROC AUC.
    RocAucGap = "roc_auc_gap",
    /// Accuracy on clean rows less accuracy on perturbed copies of them, of the perturbation under which it falls most.
    PerturbationAccuracyDrop = "perturbation_accuracy_drop",
    /// Share of perturbed copies whose answer differs from that to the clean row.
    FlipRate = "flip_rate",
    /// Accuracy of all rows that are judged less that of the weakest segment.
    WeakestSegmentGap = "weakest_segment_gap",
    /// Accuracy in the window of time in which it is lowest.
    WorstWindowAccuracy = "worst_window_accuracy",
    /// Accuracy on the reference, else in the first window of time, less that of the window in which it is lowest.
    AccuracyDrop = "accuracy_drop",
    /// How far the scores have moved from the reference: their population stability index.
    ScorePsi = "score_psi",
    /// Share of the columns that can be compared with the reference that have drifted, by the policy's method and limit.
    DriftedColumnsShare = "drifted_columns_share",
    /// How many rows there are.
    Rows = "rows",
    /// How many rows are actually positive.
    Positives = "positives",
}

/// What a criterion is about; criteria are shown by group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// How often it is right.
    Accuracy,
    /// Whether it errs on the right side.
    Balance,
    /// Whether it stays as good.
    Stability,
    /// Whether it is fast and cheap enough.
    LatencyAndCost,
    /// Whether it is as good everywhere.
    Robustness,
    /// Whether there is enough to judge by.
    Data,
}

impl Group {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Accuracy,
        Self::Balance,
        Self::Stability,
        Self::LatencyAndCost,
        Self::Robustness,
        Self::Data,
    ];

    /// The group in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Accuracy => "Accuracy",
            Self::Balance => "Balance",
            Self::Stability => "Stability",
            Self::LatencyAndCost => "Latency and cost",
            Self::Robustness => "Robustness",
            Self::Data => "Data",
        }
    }
}

/// Where the page shows the evidence; named as its views are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the view of that name")]
pub enum EvidenceView {
    Load,
    Confusion,
    Threshold,
    Calibration,
    Latency,
    Stability,
    Drift,
    Segments,
}

/// What a metric is counted in, which decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share of rows, written as percent.
    Share,
    /// How much larger one share is than another, written in percentage points with its sign.
    Points,
    /// How far a share falls, in percentage points; a negative fall is a gain.
    Fall,
    /// A number without a unit.
    Coefficient,
    /// Milliseconds.
    Milliseconds,
    /// The unit of the cost column.
    Cost,
    /// A number of rows.
    Count,
}

impl Metric {
    /// The group the metric belongs to.
    pub fn group(self) -> Group {
        self.facts().0
    }

    /// What it is counted in.
    pub fn unit(self) -> Unit {
        self.facts().1
    }

    /// Where the page shows the evidence.
    pub fn view(self) -> EvidenceView {
        self.facts().2
    }

    /// The lowest and the highest value that there can be.
    pub fn range(self) -> (f64, f64) {
        self.facts().3
    }

    /// Whether it speaks of the model's answers, so that more of them have to be labelled to know it better.
    pub fn needs_labels(self) -> bool {
        !matches!(self.unit(), Unit::Milliseconds | Unit::Cost | Unit::Count)
            && !matches!(
                self,
                Self::OverBudgetShare
                    | Self::ErrorRate
                    | Self::FlipRate
                    | Self::ScorePsi
                    | Self::DriftedColumnsShare
            )
    }

    /// Whether it follows from counts alone, which nothing rounds on their way.
    pub fn rests_on_counts(self) -> bool {
        !matches!(
            self,
            Self::RocAuc
                | Self::RocAucGap
                | Self::AveragePrecision
                | Self::LogLoss
                | Self::BrierScore
                | Self::ExpectedCalibrationError
                | Self::LatencyP50
                | Self::LatencyP90
                | Self::LatencyP95
                | Self::LatencyP99
                | Self::LatencyMax
                | Self::OverBudgetShare
                | Self::CostPerPrediction
                | Self::CostPerCorrect
                | Self::CostPerAccepted
        )
    }

    /// Whether it moves with the threshold that decides, by the counts of right and wrong answers.
    pub fn follows_decisions(self) -> bool {
        self.rests_on_counts() && self.needs_labels()
    }

    /// Whether it is of the worst of several groups, which fails only where that is sure.
    pub(crate) fn is_of_the_worst(self) -> bool {
        matches!(
            self,
            Self::PerturbationAccuracyDrop
                | Self::WeakestSegmentGap
                | Self::WorstWindowAccuracy
                | Self::AccuracyDrop
        )
    }

    /// Of those of the worst of several groups: whether the worst is the lowest.
    pub(crate) fn is_better_high(self) -> bool {
        self == Self::WorstWindowAccuracy
    }

    /// Whether it speaks of graded answers: the label is a person's word on an answer, the prediction a judge's.
    pub fn is_of_answers(self) -> bool {
        matches!(
            self,
            Self::AcceptedShare
                | Self::JudgeAgreement
                | Self::RepeatConsistency
                | Self::CostPerAccepted
        )
    }

    /// Whether a lower number is a better one.
    pub fn less_is_better(self) -> bool {
        let is_fall = self.unit() == Unit::Fall;
        is_fall
            || matches!(self.unit(), Unit::Milliseconds | Unit::Cost)
            || matches!(
                self,
                Self::LogLoss
                    | Self::BrierScore
                    | Self::ExpectedCalibrationError
                    | Self::OverBudgetShare
                    | Self::ErrorRate
                    | Self::FlipRate
            )
    }

    /// For a fall from the reference split: of what.
    pub fn falls(self) -> Option<Self> {
        Some(match self {
            Self::AccuracyGap => Self::Accuracy,
            Self::BalancedAccuracyGap => Self::BalancedAccuracy,
            Self::PrecisionGap => Self::Precision,
            Self::RecallGap => Self::Recall,
            Self::SpecificityGap => Self::Specificity,
            Self::F1Gap => Self::F1,
            Self::RocAucGap => Self::RocAuc,
            _ => return None,
        })
    }

    fn facts(self) -> (Group, Unit, EvidenceView, (f64, f64)) {
        use EvidenceView::{
            Calibration, Confusion, Drift, Latency, Load, Segments, Stability, Threshold,
        };
        const SHARE: (f64, f64) = (0.0, 1.0);
        const SIGNED: (f64, f64) = (-1.0, 1.0);
        const POSITIVE: (f64, f64) = (0.0, f64::INFINITY);
        let right = Group::Accuracy;
        let speed = Group::LatencyAndCost;
        match self {
            Self::Accuracy | Self::BalancedAccuracy | Self::AcceptedShare => {
                (right, Unit::Share, Confusion, SHARE)
            }
            Self::AccuracyAboveBaseline => (right, Unit::Points, Confusion, SIGNED),
            Self::YoudensJ | Self::MatthewsCorrcoef | Self::CohenKappa | Self::JudgeAgreement => {
                (right, Unit::Coefficient, Confusion, SIGNED)
            }
            Self::RepeatConsistency => (Group::Stability, Unit::Share, Confusion, SHARE),
            Self::Precision | Self::Recall | Self::Specificity => {
                (Group::Balance, Unit::Share, Confusion, SHARE)
            }
            Self::F1 | Self::F0_5 | Self::F2 => (Group::Balance, Unit::Share, Threshold, SHARE),
            Self::RocAuc | Self::AveragePrecision => (right, Unit::Coefficient, Threshold, SHARE),
            Self::LogLoss => (right, Unit::Coefficient, Calibration, POSITIVE),
            Self::BrierScore => (right, Unit::Coefficient, Calibration, (0.0, 2.0)),
            Self::ExpectedCalibrationError => (right, Unit::Coefficient, Calibration, SHARE),
            Self::LatencyP50
            | Self::LatencyP90
            | Self::LatencyP95
            | Self::LatencyP99
            | Self::LatencyMax => (speed, Unit::Milliseconds, Latency, POSITIVE),
            Self::OverBudgetShare | Self::ErrorRate => (speed, Unit::Share, Latency, SHARE),
            Self::CostPerPrediction | Self::CostPerCorrect | Self::CostPerAccepted => (
                speed,
                Unit::Cost,
                Latency,
                (f64::NEG_INFINITY, f64::INFINITY),
            ),
            Self::AccuracyGap
            | Self::BalancedAccuracyGap
            | Self::PrecisionGap
            | Self::RecallGap
            | Self::SpecificityGap
            | Self::F1Gap
            | Self::RocAucGap => (Group::Stability, Unit::Fall, Stability, SIGNED),
            Self::PerturbationAccuracyDrop | Self::WeakestSegmentGap => {
                (Group::Robustness, Unit::Fall, Segments, SIGNED)
            }
            Self::WorstWindowAccuracy => (Group::Stability, Unit::Share, Stability, SHARE),
            Self::AccuracyDrop => (Group::Stability, Unit::Fall, Stability, SIGNED),
            Self::FlipRate => (Group::Robustness, Unit::Share, Segments, SHARE),
            Self::ScorePsi => (Group::Stability, Unit::Coefficient, Drift, POSITIVE),
            Self::DriftedColumnsShare => (Group::Stability, Unit::Share, Drift, SHARE),
            Self::Rows => (Group::Data, Unit::Count, Load, POSITIVE),
            Self::Positives => (Group::Data, Unit::Count, Confusion, POSITIVE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_written_by_its_name_and_read_back() {
        for &metric in Metric::ALL {
            let json = serde_json::to_string(&metric).unwrap();
            assert_eq!(json, format!("\"{}\"", metric.name()));
            assert_eq!(serde_json::from_str::<Metric>(&json).unwrap(), metric);
            assert!(Group::ALL.contains(&metric.group()));
        }
    }
}
