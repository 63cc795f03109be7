//! The part of the report on how steady the answers are: from window to window, and from one answer to an id to the next.

use greenlight_metrics::{Interval, Undefined, worst_of_k::FEWEST_ROWS};
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::examination::Repetition;
use crate::notes::NotesAt;
use crate::over_time::OverTime;
use crate::policy::Metric;
use crate::profile::Profile;
use crate::windows::Windows;
use crate::windows_report::{MomentReport, RangeReport};

/// Accuracy from window to window, and the answers of ids that have several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct StabilityReport {
    pub windows_judged: u64,
    pub worst_window: Option<WorstWindowReport>,
    pub accuracy_drop: Option<f64>,
    pub slope_per_window: Option<f64>,
    pub slope_interval: Option<Interval>,
    pub slope_p_value: Option<f64>,
    pub change_points: Vec<ChangePointReport>,
    pub repeated_ids: Option<u64>,
    pub flip_rate: Option<f64>,
    pub flip_rate_interval: Option<Interval>,
    pub consecutive_flip_rate: Option<f64>,
    pub transitions: Option<Vec<Vec<u64>>>,
    pub unstable_ids: Vec<UnstableIdReport>,
}

/// The window with the lowest accuracy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct WorstWindowReport {
    pub start: Option<MomentReport>,
    pub end: Option<MomentReport>,
    pub accuracy: f64,
    pub interval: Interval,
    pub rows: u64,
    pub judged: u64,
}

/// A change of accuracy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct ChangePointReport {
    pub start: Option<MomentReport>,
    pub earliest: Option<MomentReport>,
    pub latest: Option<MomentReport>,
    pub before: f64,
    pub after: f64,
    pub p_value: f64,
}

/// An id whose answers differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct UnstableIdReport {
    pub id: String,
    pub answers: u64,
    pub distinct: u64,
    pub flips: u64,
}

const KEY: &str = "stability";

impl StabilityReport {
    /// What was found; the reasons for what was not go to `at`.
    pub(crate) fn new(profile: &Profile, at: &mut NotesAt<'_>) -> Option<Self> {
        let Some(examination) = &profile.examination else {
            at.note(KEY, Absent::NotExamined);
            return None;
        };
        let mut at = at.below(KEY);
        let repetition = repetition(profile, examination.repetition.as_ref());
        let mut report = Self {
            windows_judged: 0,
            worst_window: None,
            accuracy_drop: None,
            slope_per_window: None,
            slope_interval: None,
            slope_p_value: None,
            change_points: Vec::new(),
            repeated_ids: at.value(
                "repeated_ids",
                repetition.clone().map(|of| of.answers.consistency.ids),
            ),
            flip_rate: of_answers(&repetition, "flip_rate", &mut at, |of| {
                of.answers.flip_rate()
            }),
            flip_rate_interval: of_answers(&repetition, "flip_rate_interval", &mut at, |of| {
                of.answers.flip_rate_interval()
            }),
            consecutive_flip_rate: of_answers(
                &repetition,
                "consecutive_flip_rate",
                &mut at,
                |of| of.answers.consecutive_flip_rate(),
            ),
            transitions: at.value(
                "transitions",
                repetition.clone().map(|of| of.answers.transitions.rows()),
            ),
            unstable_ids: repetition.map(unstable_ids).unwrap_or_default(),
        };
        let windows = examination.windows.as_ref();
        // Without times windows tell of the order of rows, which is to change nothing here.
        let over_time = match windows.is_some_and(|windows| windows.has_time) {
            true => profile.over_time(Metric::Accuracy),
            false => Err("no column says when: the order of rows tells nothing".to_owned()),
        };
        report.take(profile, over_time, &mut at);
        Some(report)
    }

    fn take(
        &mut self,
        profile: &Profile,
        over_time: Result<OverTime<'_>, String>,
        at: &mut NotesAt<'_>,
    ) {
        let over_time = match over_time {
            Ok(over_time) => over_time,
            Err(why) => {
                for key in [
                    "worst_window",
                    "accuracy_drop",
                    "slope_per_window",
                    "slope_interval",
                    "slope_p_value",
                ] {
                    at.note(key, &why);
                }
                return;
            }
        };
        let windows = over_time.windows;
        self.windows_judged = over_time.judged().count() as u64;
        let worst = worst(profile, windows);
        self.worst_window = at.value("worst_window", worst.clone());
        self.accuracy_drop = at.value(
            "accuracy_drop",
            worst.and_then(|worst| drop(profile, &over_time, &worst)),
        );
        let trend = over_time.trend;
        self.slope_per_window = at.value("slope_per_window", trend.map(|trend| trend.slope));
        self.slope_interval = at.value("slope_interval", trend.map(|trend| trend.slope_interval));
        self.slope_p_value = at.value("slope_p_value", trend.map(|trend| trend.p_value));
        let start = |index: usize| {
            let window = windows.windows.get(index)?;
            RangeReport::new(window.span, windows.time_zone_minutes).from
        };
        let changes = over_time.changes.iter().map(|change| ChangePointReport {
            start: start(change.window),
            earliest: start(change.earliest),
            latest: start(change.latest),
            before: change.before,
            after: change.after,
            p_value: change.p_value,
        });
        self.change_points = changes.collect();
    }
}

fn worst(profile: &Profile, windows: &Windows) -> Result<WorstWindowReport, String> {
    let worst = windows.worst(profile.settings.range, f64::NEG_INFINITY, FEWEST_ROWS);
    let worst = worst.ok_or_else(|| {
        let unit = windows.rule.unit();
        format!("no whole {unit} has {FEWEST_ROWS} rows with an answer to judge")
    })?;
    let RangeReport { from, to } = RangeReport::new(worst.window.span, windows.time_zone_minutes);
    Ok(WorstWindowReport {
        start: from,
        end: to,
        accuracy: worst.accuracy,
        interval: worst.interval,
        rows: worst.rows,
        judged: worst.judged,
    })
}

/// From the reference, else from the first window that can be judged.
fn drop(
    profile: &Profile,
    over_time: &OverTime<'_>,
    worst: &WorstWindowReport,
) -> Result<f64, String> {
    let reference = profile
        .reference()
        .and_then(|rows| rows.confusion.as_ref().ok());
    let before = match reference {
        Some(matrix) => matrix.accuracy().map_err(|why| why.to_string())?,
        None if worst.judged < 2 => return Err("there is one window alone".to_owned()),
        None => {
            let first = over_time.judged().next();
            first
                .ok_or_else(|| "no window can be judged".to_owned())?
                .value
        }
    };
    Ok(before - worst.accuracy)
}

/// What became of repeated ids, or why nobody can say.
fn repetition<'p>(
    profile: &Profile,
    found: Option<&'p Repetition>,
) -> Result<&'p Repetition, String> {
    match found {
        Some(repetition) => Ok(repetition),
        None if profile.roles.id.is_none() => Err(Absent::NoIdColumn.to_string()),
        None if profile.roles.variant.is_some() => {
            Err("copies of an example share its id: robustness tells of them".to_owned())
        }
        None => Err(match &profile.current().confusion {
            Err(why) => why.to_string(),
            Ok(_) => "the rows have not been looked at for it with this threshold".to_owned(),
        }),
    }
}

fn of_answers<T>(
    repetition: &Result<&Repetition, String>,
    key: &str,
    at: &mut NotesAt<'_>,
    of: impl Fn(&Repetition) -> Result<T, Undefined>,
) -> Option<T> {
    let value = repetition.clone();
    at.value(
        key,
        value.and_then(|found| of(found).map_err(|why| why.to_string())),
    )
}

fn unstable_ids(repetition: &Repetition) -> Vec<UnstableIdReport> {
    let unstable = repetition.answers.unstable.iter().zip(&repetition.unstable);
    let report = |(id, name): (&greenlight_metrics::UnstableId, &String)| UnstableIdReport {
        id: name.clone(),
        answers: id.answers,
        distinct: id.distinct,
        flips: id.flips,
    };
    unstable.map(report).collect()
}
