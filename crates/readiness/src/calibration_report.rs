//! The part of the report on calibration: what the scores are worth as probabilities.

use std::collections::BTreeMap;

use greenlight_metrics::{CalibrationLine, Interval, ReliabilityBin, Undefined, wilson};
use serde::{Deserialize, Serialize};

use crate::notes::{self, NotesAt};
use crate::profile::Profile;
use crate::report::Report;
use crate::statistics::Statistics;

/// The calibration of all rows and of each split: of the positive class's score, of more than two classes of the top
/// class's score against whether it is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct CalibrationReport {
    pub overall: CalibrationMetrics,
    pub splits: BTreeMap<String, CalibrationMetrics>,
}

/// What the scores of some rows are worth as probabilities, beside what an evaluation says of it. What is `None` has
/// its reason in the report's notes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the metric of that name; see the report's schema"
)]
pub struct CalibrationMetrics {
    pub maximum_calibration_error: Option<f64>,
    pub brier_skill_score: Option<f64>,
    pub slope: Option<f64>,
    pub intercept: Option<f64>,
    pub intervals: LineIntervals,
    /// In bins of equal width.
    pub bins: Option<Vec<CalibrationBin>>,
}

/// 95 % intervals by Wald.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the interval of the metric of that name"
)]
pub struct LineIntervals {
    pub slope: Option<Interval>,
    pub intercept: Option<Interval>,
}

/// The rows with a score in (low, high], in the first bin [low, high].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationBin {
    /// The lower edge.
    pub low: f64,
    /// The upper edge.
    pub high: f64,
    /// How many rows; where there are none, nothing else exists.
    pub rows: u64,
    /// What the scores say on average.
    pub mean_score: Option<f64>,
    /// What happens: the share of positives, of more than two classes that of right answers.
    pub share: Option<f64>,
    /// The 95 % Wilson interval of the share.
    pub interval: Option<Interval>,
}

impl CalibrationBin {
    /// How much more happens than the scores say; negative where it is less.
    pub fn gap(&self) -> Option<f64> {
        Some(self.share? - self.mean_score?)
    }
}

impl From<&ReliabilityBin> for CalibrationBin {
    fn from(bin: &ReliabilityBin) -> Self {
        Self {
            low: bin.low,
            high: bin.high,
            rows: bin.rows,
            mean_score: bin.mean_score().ok(),
            share: bin.positive_share().ok(),
            interval: wilson(bin.positives, bin.rows).ok(),
        }
    }
}

impl CalibrationReport {
    pub(crate) fn new(profile: &Profile, at: &mut NotesAt<'_>) -> Option<Self> {
        at.value("calibration", profile.overall.scores.as_ref())?;
        let several = profile.classes.len() > 2;
        let mut at = at.below("calibration");
        let metrics = |rows, mut at: NotesAt<'_>| CalibrationMetrics::new(rows, several, &mut at);
        let overall = metrics(&profile.overall, at.below("overall"));
        let mut at = at.below("splits");
        let splits = profile.splits.iter();
        Some(Self {
            overall,
            splits: splits
                .map(|(name, rows)| (name.clone(), metrics(rows, at.below(name))))
                .collect(),
        })
    }
}

impl CalibrationMetrics {
    fn new(rows: &Statistics, several: bool, at: &mut NotesAt<'_>) -> Self {
        let calibration = match &rows.scores {
            Ok(scores) => &scores.calibration,
            Err(reason) => {
                for key in KEYS {
                    at.note(key, reason);
                }
                note_line_intervals(reason, at);
                return Self::default();
            }
        };
        let why = |undefined: Undefined| match undefined {
            // The two outcomes are a right and a wrong answer then.
            Undefined::OneClass if several => "the answers are all right, or all wrong".to_owned(),
            undefined => undefined.to_string(),
        };
        let line = calibration.line.map_err(why);
        if let Err(reason) = &line {
            note_line_intervals(reason, at);
        }
        let of_line =
            |part: fn(&CalibrationLine) -> f64| line.as_ref().map(part).map_err(Clone::clone);
        let metrics = Self {
            maximum_calibration_error: at.value(
                "maximum_calibration_error",
                calibration.maximum_calibration_error.map_err(why),
            ),
            brier_skill_score: at.value(
                "brier_skill_score",
                calibration.brier_skill_score.map_err(why),
            ),
            slope: at.value("slope", of_line(|line| line.slope)),
            intercept: at.value("intercept", of_line(|line| line.intercept)),
            intervals: LineIntervals {
                slope: line.as_ref().ok().map(|line| line.slope_interval),
                intercept: line.as_ref().ok().map(|line| line.intercept_interval),
            },
            bins: at
                .value("bins", calibration.uniform.as_ref())
                .map(|bins| bins.iter().map(CalibrationBin::from).collect()),
        };
        let mut at = at.below("bins");
        for (index, bin) in metrics.bins.iter().flatten().enumerate() {
            if bin.rows == 0 {
                for key in ["mean_score", "share", "interval"] {
                    at.below(&index.to_string()).note(key, Undefined::NoRows);
                }
            }
        }
        metrics
    }
}

/// The keys that only probabilities give a value.
const KEYS: [&str; 5] = [
    "maximum_calibration_error",
    "brier_skill_score",
    "slope",
    "intercept",
    "bins",
];

fn note_line_intervals(reason: impl ToString, at: &mut NotesAt<'_>) {
    let mut at = at.below("intervals");
    for key in ["slope", "intercept"] {
        at.note(key, reason.to_string());
    }
}

impl Report {
    /// The calibration of the rows that are judged.
    pub fn current_calibration(&self) -> Option<&CalibrationMetrics> {
        let calibration = self.calibration.as_ref()?;
        let current = self.settings.current.as_ref();
        Some(
            current
                .and_then(|name| calibration.splits.get(name))
                .unwrap_or(&calibration.overall),
        )
    }

    /// Why a value of [`current_calibration`](Self::current_calibration) does not exist.
    pub fn why_uncalibrated(&self, key: &str) -> Option<&str> {
        let place = match &self.settings.current {
            Some(current) => notes::join("/calibration/splits", current),
            None => "/calibration/overall".to_owned(),
        };
        let note = self.notes.get(&format!("{place}/{key}"));
        note.or_else(|| self.notes.get("/calibration"))
            .map(String::as_str)
    }
}
