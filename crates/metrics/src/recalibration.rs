//! How scores would have to change to work as probabilities: slope and intercept, isotonic fit.

use libm::{exp, log, log1p};
use serde::{Deserialize, Serialize};

use crate::interval::{Interval, Z_95};
use crate::scores::ScoreGroups;
use crate::sum::CompensatedSum;
use crate::undefined::Undefined;

/// The logistic recalibration of scores: logit(share of positives) = intercept + slope · logit(score).
/// Well calibrated scores have slope 1 and intercept 0; a slope below 1 says that the scores are too
/// extreme (Cox 1958).
///
/// ```
/// use greenlight_metrics::{CalibrationLine, ScoreGroups, calibration_line};
/// // Of the rows with score 0.2 one in five is positive, of those with 0.8 four in five.
/// let rows = [0, 0, 0, 0, 1].map(|y| (0.2, y == 1)).into_iter().chain([1, 1, 1, 1, 0].map(|y| (0.8, y == 1)));
/// let CalibrationLine { slope, intercept, slope_interval, .. } = calibration_line(&ScoreGroups::from_rows(rows)?)?;
/// assert!((slope - 1.0).abs() < 1e-9 && intercept.abs() < 1e-9);
/// // Ten rows say little.
/// assert!(slope_interval.contains(0.0) && slope_interval.contains(2.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationLine {
    /// Of the logit.
    pub slope: f64,
    /// In logits.
    pub intercept: f64,
    /// The 95 % interval of the slope: Wald's, from the information of the fit.
    pub slope_interval: Interval,
    /// The 95 % interval of the intercept, likewise.
    pub intercept_interval: Interval,
}

/// Newton's method ends after so many steps at the latest; it needs fewer than ten.
const MOST_STEPS: usize = 100;
/// The fit stands when a step moves neither number by more than this. What is still missing then is about the square of
/// it, for near the optimum each step doubles the digits; the intervals are those of the step before.
const STANDSTILL: f64 = 1e-11;

/// A step that moves neither number by more than this cannot overshoot.
const SHORT: f64 = 1e-2;

/// The logistic regression, unpenalised, of the class on the logit of the score, scores clipped by the
/// machine epsilon (scikit-learn: `LogisticRegression(C=inf)` on the logits).
///
/// # Errors
/// Where scores are no probabilities, one class is missing, all scores are equal, or they separate the
/// classes completely, so that there is no finite slope.
///
/// ```
/// use greenlight_metrics::{ScoreGroups, Undefined, calibration_line};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.1, false)])?;
/// assert_eq!(calibration_line(&groups), Err(Undefined::PerfectSeparation));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn calibration_line(groups: &ScoreGroups) -> Result<CalibrationLine, Undefined> {
    let (positives, negatives) = groups.both_classes()?;
    if !groups.in_unit_interval() {
        return Err(Undefined::ScoresOutsideUnitInterval);
    }
    if groups.len() < 2 {
        return Err(Undefined::ZeroDenominator);
    }
    if is_separated(groups) {
        return Err(Undefined::PerfectSeparation);
    }
    let (mut slope, mut intercept) =
        start(groups).unwrap_or_else(|| (0.0, log(positives as f64 / negatives as f64)));
    let mut deviance = negative_log_likelihood(groups, slope, intercept);
    let (mut slope_variance, mut intercept_variance) = (0.0, 0.0);
    for _ in 0..MOST_STEPS {
        let mut gradient = [CompensatedSum::default(); 2];
        let mut hessian = [CompensatedSum::default(); 3];
        for group in groups.groups() {
            let x = logit(group.score);
            let rows = group.positives as f64 + group.negatives as f64;
            let p = sigmoid(intercept + slope * x);
            let (residual, weight) = (group.positives as f64 - rows * p, rows * p * (1.0 - p));
            for (sum, term) in gradient.iter_mut().zip([residual, residual * x]) {
                sum.add(term);
            }
            for (sum, term) in hessian.iter_mut().zip([weight, weight * x, weight * x * x]) {
                sum.add(term);
            }
        }
        let ([g0, g1], [h00, h01, h11]) = (gradient.map(|g| g.value()), hessian.map(|h| h.value()));
        let determinant = h00 * h11 - h01 * h01;
        if determinant.is_nan() || determinant <= 0.0 {
            return Err(Undefined::ZeroDenominator);
        }
        (slope_variance, intercept_variance) = (h00 / determinant, h11 / determinant);
        let step = [
            (h11 * g0 - h01 * g1) / determinant,
            (h00 * g1 - h01 * g0) / determinant,
        ];
        // Full steps can overshoot where the start is far off: halve until the fit is no worse.
        let mut scale = 1.0;
        let (next_slope, next_intercept) = loop {
            let (to_slope, to_intercept) = (slope + scale * step[1], intercept + scale * step[0]);
            let is_short = step.iter().all(|step| step.abs() <= SHORT);
            let reached = match is_short {
                true => deviance,
                false => negative_log_likelihood(groups, to_slope, to_intercept),
            };
            if reached <= deviance + 1e-9 * deviance.abs() || scale < 1e-9 {
                deviance = reached;
                break (to_slope, to_intercept);
            }
            scale /= 2.0;
        };
        let moved = (next_slope - slope)
            .abs()
            .max((next_intercept - intercept).abs());
        (slope, intercept) = (next_slope, next_intercept);
        if moved <= STANDSTILL * (1.0 + slope.abs() + intercept.abs()) {
            break;
        }
    }
    if slope.is_finite() && intercept.is_finite() {
        Ok(CalibrationLine {
            slope,
            intercept,
            slope_interval: wald(slope, slope_variance),
            intercept_interval: wald(intercept, intercept_variance),
        })
    } else {
        Err(Undefined::PerfectSeparation)
    }
}

/// Where Newton's method starts with very many scores: at the fit of every so many of them, each with the rows up to the
/// next. It lies so near that half of the passes over all scores are saved.
fn start(groups: &ScoreGroups) -> Option<(f64, f64)> {
    const MANY: usize = 20_000;
    const FEW: usize = 2_000;
    if groups.len() <= MANY {
        return None;
    }
    let line = calibration_line(&groups.thinned(FEW)).ok()?;
    Some((line.slope, line.intercept))
}

fn wald(estimate: f64, variance: f64) -> Interval {
    let reach = Z_95 * variance.sqrt();
    Interval {
        low: estimate - reach,
        high: estimate + reach,
    }
}

/// Whether a threshold parts the classes without error, in either direction.
fn is_separated(groups: &ScoreGroups) -> bool {
    let extremes = |of_positives: bool| {
        let mut scores = groups
            .groups()
            .filter(|group| {
                (if of_positives {
                    group.positives
                } else {
                    group.negatives
                }) > 0
            })
            .map(|group| group.score);
        let highest = scores.next().unwrap_or(f64::NAN);
        (scores.last().unwrap_or(highest), highest)
    };
    let ((lowest_positive, highest_positive), (lowest_negative, highest_negative)) =
        (extremes(true), extremes(false));
    lowest_positive >= highest_negative || lowest_negative >= highest_positive
}

fn negative_log_likelihood(groups: &ScoreGroups, slope: f64, intercept: f64) -> f64 {
    let mut sum = CompensatedSum::default();
    for group in groups.groups() {
        let linear = intercept + slope * logit(group.score);
        sum.add_times(softplus(-linear), group.positives);
        sum.add_times(softplus(linear), group.negatives);
    }
    sum.value()
}

fn logit(score: f64) -> f64 {
    let clipped = score.clamp(f64::EPSILON, 1.0 - f64::EPSILON);
    log(clipped / (1.0 - clipped))
}

fn sigmoid(linear: f64) -> f64 {
    if linear >= 0.0 {
        1.0 / (1.0 + exp(-linear))
    } else {
        let e = exp(linear);
        e / (1.0 + e)
    }
}

/// ln(1 + eˣ) without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + log1p(exp(-x.abs()))
}

/// A flat piece of the isotonic fit.
///
/// ```
/// use greenlight_metrics::IsotonicStep;
/// let step = IsotonicStep { low: 0.2, high: 0.4, positives: 1, rows: 4 };
/// assert_eq!(step.share(), 0.25);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct IsotonicStep {
    /// The lowest score of the piece.
    pub low: f64,
    /// The highest score of the piece.
    pub high: f64,
    /// Actually positive rows in it.
    pub positives: u64,
    /// Rows in it, at least 1.
    pub rows: u64,
}

impl IsotonicStep {
    /// The share of positives: what the scores of this piece are worth.
    ///
    /// ```
    /// # use greenlight_metrics::IsotonicStep;
    /// assert_eq!(IsotonicStep { low: 0.0, high: 1.0, positives: 1, rows: 2 }.share(), 0.5);
    /// ```
    pub fn share(&self) -> f64 {
        self.positives as f64 / self.rows as f64
    }
}

/// The non-decreasing step function of the score that is closest to the outcomes in squares, from the
/// lowest score: adjacent violators are pooled (scikit-learn: `IsotonicRegression`, whose fit has these
/// values at these scores). One pass over the distinct scores, in exact fractions.
///
/// ```
/// use greenlight_metrics::{ScoreGroups, isotonic_fit};
/// let rows = [(0.1, false), (0.4, true), (0.5, false), (0.9, true)];
/// let fit = isotonic_fit(&ScoreGroups::from_rows(rows)?);
/// assert_eq!(fit.iter().map(|step| step.share()).collect::<Vec<_>>(), [0.0, 0.5, 1.0]);
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn isotonic_fit(groups: &ScoreGroups) -> Vec<IsotonicStep> {
    // From the highest score down, so shares must not rise.
    let mut steps: Vec<IsotonicStep> = Vec::new();
    for group in groups.groups() {
        let mut step = IsotonicStep {
            low: group.score,
            high: group.score,
            positives: group.positives,
            rows: group.positives.saturating_add(group.negatives),
        };
        while let Some(higher) = steps.pop_if(|higher| !is_above(higher, &step)) {
            step = IsotonicStep {
                low: step.low,
                high: higher.high,
                positives: higher.positives.saturating_add(step.positives),
                rows: higher.rows.saturating_add(step.rows),
            };
        }
        steps.push(step);
    }
    steps.reverse();
    steps
}

/// What a score is worth by an isotonic fit: the share of its step, between two steps on the straight line
/// from one to the next (scikit-learn: `IsotonicRegression.predict`). `None` beyond the scores of the fit.
///
/// ```
/// use greenlight_metrics::{ScoreGroups, isotonic_fit, isotonic_value};
/// let fit = isotonic_fit(&ScoreGroups::from_rows([(0.25, false), (0.75, true)])?);
/// assert_eq!(isotonic_value(&fit, 0.5), Some(0.5));
/// assert_eq!(isotonic_value(&fit, 0.9), None);
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn isotonic_value(fit: &[IsotonicStep], score: f64) -> Option<f64> {
    let found = fit.partition_point(|step| step.high < score);
    let step = fit.get(found)?;
    if score >= step.low {
        return Some(step.share());
    }
    let before = fit.get(found.checked_sub(1)?)?;
    let part = (score - before.high) / (step.low - before.high);
    Some(before.share() + part * (step.share() - before.share()))
}

/// Whether the share of `a` is larger than that of `b`; exact.
fn is_above(a: &IsotonicStep, b: &IsotonicStep) -> bool {
    u128::from(a.positives) * u128::from(b.rows) > u128::from(b.positives) * u128::from(a.rows)
}
