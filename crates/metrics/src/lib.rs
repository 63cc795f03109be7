//! The metrics core: pure numbers on slices and counts.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`undefined`] | why a number does not exist |
//! | [`confusion`] | confusion matrices |
//! | [`binary_counts`] | the four counts of one class against the rest |
//! | [`classification`] | metrics of the four counts |
//! | [`multiclass`] | metrics of a whole confusion matrix |
//! | [`agreement`] | how far two gradings of the same rows agree |
//! | [`consistency`] | whether repeats of the same id get the same answer |
//! | [`flips`] | answers to the same id one after the other |
//! | [`scores`] | distinct scores with their counts, from one sort; every score metric starts here |
//! | [`ranking`] | ROC AUC with its interval, average precision, KS, curves |
//! | [`hull`] | the upper hull of the ROC curve |
//! | [`threshold`] | counts at a threshold, the best threshold by an objective |
//! | [`amounts`] | what rows cost where that depends on an amount in each |
//! | [`bootstrap`] | the doubt about a chosen threshold |
//! | [`constraint`] | the best threshold under a demand |
//! | [`score_histogram`] | scores by class in bins |
//! | [`stops`] | the counts at a bounded number of thresholds |
//! | [`recalibration`] | calibration slope and intercept, isotonic fit |
//! | [`calibration`] | log loss, Brier score, expected calibration error, reliability curve |
//! | [`latency`] | mean, percentiles with intervals, share over a budget |
//! | [`latency_summary`] | those numbers in one value |
//! | [`latency_stops`] | how many rows are over any budget, from a bounded number of latencies |
//! | [`cost`] | what predictions cost, in all, each, and for each right one |
//! | [`histogram`] | a log-scale histogram with fixed edges |
//! | [`interval`] | confidence intervals of proportions and of their differences |
//! | [`quantile_bins`] | bins of about as many rows each |
//! | [`drift`] | how far values have moved between a reference and the rows that are judged |
//! | [`error_counts`] | rows and wrong answers by one code or two, and how far a group lies behind the rest |
//! | [`halves`] | rows in two halves, by what is in them |
//! | [`paired`], [`known_answers`] | two answers to the same question: flips, and how much less often the second is right |
//! | [`share_trend`] | whether a share rises or falls along ordered groups |
//! | [`trend`] | the slope of a number over windows, and whether chance explains it |
//! | [`change_points()`] | between which windows a number changed, beyond chance |
//! | [`estimate`] | what accuracy to expect of scores where labels are missing |
//! | [`worst_of_k`] | the worst of several shares, without blaming chance |
//! | [`fairness`] | how differently a decision treats groups |
//! | [`binomial`], [`normal`], [`hypergeometric`] | the distributions that intervals and tests need |
//! | [`sum`] | compensated sums |
//!
//! A metric that does not exist is an [`Undefined`] error, which says why. No function returns NaN
//! and none replaces a missing number by 0.
//!
//! ```
//! use greenlight_metrics::{ScoreGroups, Undefined, average_precision, roc_auc};
//! let groups = ScoreGroups::from_rows([(0.9, true), (0.6, false), (0.4, true), (0.1, false)])?;
//! assert_eq!(roc_auc(&groups), Ok(0.75));
//! let one_class = ScoreGroups::from_rows([(0.9, true), (0.6, true)])?;
//! assert_eq!(roc_auc(&one_class), Err(Undefined::OneClass));
//! assert_eq!(average_precision(&one_class), Ok(1.0));
//! # Ok::<(), greenlight_metrics::NotFinite>(())
//! ```

pub mod agreement;
pub mod amounts;
pub mod binary_counts;
pub mod binomial;
pub mod bootstrap;
pub mod calibration;
pub mod change_points;
pub mod chi_square;
pub mod classification;
pub mod confused_pairs;
pub mod confusion;
pub mod consistency;
pub mod constraint;
pub mod cost;
pub mod drift;
pub mod error_counts;
pub mod estimate;
pub mod fairness;
pub mod flips;
pub mod halves;
pub mod histogram;
pub mod hull;
pub mod hypergeometric;
pub mod interval;
pub mod known_answers;
pub mod latency;
pub mod latency_stops;
pub mod latency_summary;
pub mod multiclass;
pub mod normal;
pub mod paired;
pub mod quantile_bins;
pub mod ranking;
pub mod recalibration;
pub mod repeats;
pub mod score_histogram;
pub mod scores;
pub mod separability;
pub mod share_trend;
pub mod stops;
pub mod sum;
pub mod threshold;
pub mod trend;
pub mod undefined;
pub mod worst_of_k;

mod order;
mod random;
mod tally;

pub use agreement::Agreement;
pub use amounts::{
    AmountCollector, AmountSums, BinaryAmounts, RowCosts, amounts_at, cheapest_threshold,
};
pub use binary_counts::BinaryCounts;
pub use bootstrap::{Choice, ThresholdBand, ThresholdBootstrap};
pub use calibration::{
    MulticlassLosses, ReliabilityBin, brier_score, brier_skill_score, expected_calibration_error,
    log_loss, maximum_calibration_error, multiclass_brier_score, multiclass_log_loss,
    quantile_reliability_curve, reliability_curve,
};
pub use change_points::{ChangePoint, Series, change_points};
pub use chi_square::homogeneity_p_value;
pub use confused_pairs::ConfusedPair;
pub use confusion::{Actual, ConfusionError, ConfusionMatrix, Predicted};
pub use consistency::{Consistency, ConsistencyCounter};
pub use constraint::Constraint;
pub use cost::{CostCollector, Costs};
pub use error_counts::{Coded, CountedRows, ErrorCount, JointErrorCounts};
pub use estimate::{Calibrator, Estimated, ExpectedCounts};
pub use fairness::{Disparity, GroupRates};
pub use flips::{AnswerSequences, RepeatedAnswers, RepeatedIds, TimedAnswer, UnstableId};
pub use halves::Halves;
pub use histogram::LogHistogram;
pub use hull::{best_thresholds, roc_hull};
pub use interval::{
    Interval, Z_95, balanced_accuracy_interval, f1_interval, macro_precision_interval,
    newcombe_difference, newcombe_difference_at, simultaneous_z, wilson, wilson_at,
    wilson_share_at,
};
pub use known_answers::{Found, KnownAnswers, count_distinct};
pub use latency::{Latencies, LatencyCollector, PercentileInterval};
pub use latency_stops::{LatencyStops, RowsOver};
pub use latency_summary::{LatencyIntervals, LatencySummary};
pub use multiclass::{Averages, ClassMetrics, macro_average};
pub use order::NotFinite;
pub use paired::{Answer, PairedAnswers, PairedShares};
pub use quantile_bins::{NumberCollector, QuantileBin, QuantileBins};
pub use ranking::{
    PrecisionRecallPoint, RocPoint, average_precision, ks_statistic, precision_recall_curve,
    roc_auc, roc_auc_interval, roc_curve,
};
pub use recalibration::{
    CalibrationLine, IsotonicStep, calibration_line, isotonic_fit, isotonic_value,
};
pub use repeats::{RepeatCounter, Repeats};
pub use score_histogram::ClassHistogram;
pub use scores::{ScoreCollector, ScoreGroup, ScoreGroups};
pub use separability::{held_out_separability, separability};
pub use share_trend::ShareTrend;
pub use stops::{Located, Stop, ThresholdStops};
pub use sum::CompensatedSum;
pub use threshold::{
    CostMatrix, Cut, Objective, ThresholdInterval, ThresholdPoint, best_threshold,
    best_threshold_where, counts_at, cuts,
};
pub use trend::Trend;
pub use undefined::{Undefined, Value};
pub use worst_of_k::WorstOfK;
