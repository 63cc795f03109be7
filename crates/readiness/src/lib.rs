//! From a table of predictions to a judgement: [`Observations`], [`Accumulator`], [`Profile`],
//! [`Policy`] and [`Report`].
//!
//! ```
//! use greenlight_readiness::{Choices, Policy, Profile, SourceReader, Verdict, judge};
//!
//! let mut reader = SourceReader::new("tiny.csv");
//! reader.feed(b"label,prediction\n1,1\n0,0\n1,0\n")?;
//! let source = reader.finish_alone()?;
//! let profile = Profile::of(&source, &Choices::default())?;
//! let report = judge(&profile, &Policy::balanced());
//! // Three rows tell nothing.
//! assert_eq!(report.verdict, Verdict::NotEnoughEvidence);
//! assert_eq!(report.overall.confusion_matrix, Some(vec![vec![1, 0], vec![1, 1]]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod absent;
pub mod acceptance;
pub mod accumulator;
pub mod amounts;
pub mod answers;
pub mod answers_report;
pub mod calibration_report;
pub mod calibration_words;
pub mod checklist;
pub mod choices;
pub mod class_scores;
pub mod classes;
pub mod comparison;
pub mod comparisons_report;
pub mod coverage;
pub mod criteria;
pub mod decision;
pub mod drift_report;
pub mod drift_words;
pub mod error_column;
pub mod estimate_report;
pub mod evaluation;
pub mod examination;
pub mod import;
pub mod judge;
pub mod latency_report;
pub mod latency_words;
pub mod monitoring;
pub mod monitoring_words;
pub mod next_steps;
pub mod notes;
pub mod observations;
pub mod observations_error;
pub mod over_time;
pub mod pitfalls;
pub mod policy;
pub mod profile;
pub mod profile_error;
pub mod report;
pub mod robustness_report;
pub mod role_names;
pub mod row_watch;
pub mod rows;
pub mod schema;
pub mod segment_words;
pub mod source;
pub mod stability_report;
mod stability_words;
pub mod statistics;
pub mod threshold_report;
pub mod threshold_words;
pub mod thresholds;
pub mod tradeoff;
pub mod weak_segments_report;
pub mod wide;
pub mod windows;
pub mod windows_report;
mod words;
pub mod written;

pub use absent::Absent;
pub use acceptance::Acceptance;
pub use accumulator::Accumulator;
pub use amounts::{AmountCosts, AmountDemand, AmountError};
pub use answers::{Accepted, Answers, Grader, LoneGrades};
pub use answers_report::{AcceptedReport, AgreementReport, AnswersReport, RepeatsReport};
pub use calibration_report::{CalibrationBin, CalibrationMetrics, CalibrationReport};
pub use calibration_words::{Binning, CalibrationWords, NoProbabilities};
pub use choices::{Choices, ChoicesError};
pub use class_scores::{ClassScores, ONE_VS_REST_START};
pub use classes::{ClassColumn, Classes};
pub use comparison::Comparison;
pub use comparisons_report::{Better, ChallengerReport, ComparedBy, ComparisonsReport};
pub use coverage::Uncovered;
pub use criteria::{CriterionResult, Outcome};
pub use decision::{Certainty, CountsAt, SortedScores};
pub use estimate_report::{EstimateReport, EstimatedReport, EstimatedWindowReport, ExpectedReport};
pub use evaluation::Evaluation;
pub use examination::{Examination, Examiner};
pub use judge::{Verdict, judge};
pub use latency_report::{LatencyReport, SlowAgainstWrongReport};
pub use next_steps::NextStep;
pub use observations::Observations;
pub use observations_error::ObservationsError;
pub use over_time::{Change, OverTime, WindowPoint};
pub use pitfalls::{Pitfall, PitfallSeverity};
pub use policy::{
    Criterion, DriftMethod, DriftSettings, Metric, Operator, Policy, Scope, Severity,
};
pub use profile::{Profile, Settings, told_unit};
pub use profile_error::ProfileError;
pub use report::Report;
pub use robustness_report::{PerturbationReport, RobustnessReport, WorstPerturbationReport};
pub use role_names::RoleNames;
pub use row_watch::{Offender, RowAlert, RowMetric, RowRule, RowWatch};
pub use rows::{Row, RowFilter, RowFinder, RowOrder, RowPage};
pub use schema::{DecisionRule, Schema};
pub use source::{ReadFile, Source, SourceFile, SourceReader, SourceSummary};
pub use stability_report::{
    ChangePointReport, StabilityReport, UnstableIdReport, WorstWindowReport,
};
pub use statistics::{ClassScoreStatistics, CostSummary, ScoreStatistics, Statistics};
pub use threshold_report::{AmountReport, ConstraintPoint, Point, SeenPoint, ThresholdReport};
pub use thresholds::{BestThresholds, Demands, Seen};
pub use tradeoff::{Calibration, Detail, Tradeoff};
pub use weak_segments_report::{
    ErrorLeafReport, ErrorTreeReport, Share, WeakSegmentReport, WeakSegmentsReport, Where,
};
pub use windows::{Moment, Span, Window, WindowRule, Windows};
pub use windows_report::{MomentReport, RangeReport, WindowReport};
pub use words::{cases, title};
