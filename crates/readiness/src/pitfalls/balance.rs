//! Rare classes: accuracy that comes from rarity, imbalance, and too few rows to tell.

use greenlight_format as format;
use greenlight_metrics::wilson;

use super::{Pitfall, PitfallSeverity, share};
use crate::profile::Profile;
use crate::words::{self, Positive};

/// The name of the pitfall in which accuracy comes from rarity.
pub(crate) const ACCURACY_PARADOX: &str = "accuracy_paradox";
/// Accuracy below this impresses nobody.
const IMPRESSIVE_ACCURACY: f64 = 0.90;
/// A class with a larger share than this is not rare.
const RARE: f64 = 0.20;
/// Catching less than this of the rare class is failing at the task.
const HALF: f64 = 0.5;

/// High accuracy that comes from the rarity of a class, not from recognising it (Thomas and Balakrishnan 2008
/// call it so).
///
/// Raised for two classes where the positive one makes up at most 20 % of the rows, accuracy is at
/// least 90 %, and recall lies below 50 % with its whole 95 % Wilson interval. *Serious* where
/// accuracy is also not shown to beat the answer "never" (the interval of accuracy reaches down to
/// the majority baseline), else a *warning*.
pub(super) fn accuracy_paradox(profile: &Profile) -> Option<Pitfall> {
    let current = profile.current();
    let matrix = current.confusion.as_ref().ok()?;
    let counts = matrix.binary(profile.classes.positive()?);
    let (cases, rows) = (counts.tp + counts.fn_, counts.total());
    let prevalence = counts.prevalence().ok()?;
    let accuracy = matrix.accuracy().ok()?;
    let recall = counts.recall().ok()?;
    let baseline = matrix.majority_baseline_accuracy().ok()?;
    let recall_interval = wilson(counts.tp, cases).ok()?;
    if prevalence > RARE || accuracy < IMPRESSIVE_ACCURACY || recall_interval.high >= HALF {
        return None;
    }
    let accuracy_interval = wilson(matrix.correct(), rows).ok()?;
    let severity = match accuracy_interval.low <= baseline {
        true => PitfallSeverity::Serious,
        false => PitfallSeverity::Warning,
    };
    let positive = Positive::of(profile);
    let reason = format!(
        "{} of {} {} unnoticed ({}). {} of the answers are right, but accuracy flatters because {} \
         {} rare ({} of the rows): never raising an alarm would be right {} of the time.",
        format::percent(1.0 - recall),
        positive.cases,
        positive.go(),
        words::of(counts.fn_, cases),
        format::percent(accuracy),
        positive.cases,
        positive.are(),
        format::percent(prevalence),
        format::percent(baseline),
    );
    let average_precision = current.scores.as_ref().ok();
    let average_precision = average_precision.and_then(|scores| scores.average_precision.ok());
    let advice = match average_precision {
        Some(precision) if precision > 2.0 * prevalence => {
            "Judge by recall and precision instead of accuracy. The scores do rank, so look at other \
             thresholds before other models."
        }
        _ => {
            "Judge by recall and precision instead of accuracy. Train with the rare class weighted up, or \
             on more of its rows."
        }
    };
    Some(Pitfall::new(
        ACCURACY_PARADOX,
        severity,
        reason,
        advice,
        &[
            ("accuracy", Some(accuracy)),
            ("balanced_accuracy", matrix.balanced_accuracy().ok()),
            ("majority_baseline_accuracy", Some(baseline)),
            ("matthews_corrcoef", matrix.matthews_corrcoef().ok()),
            ("prevalence", Some(prevalence)),
            ("average_precision", average_precision),
            ("recall", Some(recall)),
        ],
    ))
}

/// From here on the most frequent class drowns the rarest: 90 to 10.
const IMBALANCED: f64 = 9.0;

/// The most frequent class has at least nine times the rows of the rarest that occurs, among the rows that are
/// judged. *Info*: many honest tasks are so.
pub(super) fn imbalance(profile: &Profile) -> Option<Pitfall> {
    let matrix = profile.current().confusion.as_ref().ok()?;
    let supports = || (0..profile.classes.len()).map(|class| (matrix.support(class), class));
    let (fewest, rarest) = supports().filter(|(rows, _)| *rows > 0).min()?;
    let most = supports().map(|(rows, _)| rows).max()?;
    let ratio = most as f64 / fewest as f64;
    if ratio < IMBALANCED {
        return None;
    }
    let name = profile.classes.names().get(rarest)?;
    let reason = format!(
        "Class “{name}” is rare: {} rows, {} of all. A model that ignores it still gets {} right.",
        words::of(fewest, matrix.total()),
        format::percent(share(fewest, matrix.total())),
        format::percent(matrix.majority_baseline_accuracy().ok()?),
    );
    Some(Pitfall::new(
        "imbalance",
        PitfallSeverity::Info,
        reason,
        "Read recall and precision of the rare class, balanced accuracy or average precision before accuracy.",
        &[
            ("rarest_rows", Some(fewest as f64)),
            ("most_frequent_rows", Some(most as f64)),
            ("ratio", Some(ratio)),
        ],
    ))
}

/// Fewer rows than this leave recall open by more than 25 points either way.
const FEWEST_CASES: u64 = 10;
/// Fewer than this, by more than 15.
const FEW_CASES: u64 = 30;

/// Too few rows of a class to know how often it is recognised: of the positive class, else of the rarest one.
///
/// *Warning* below 10 judged rows (the 95 % Wilson interval of a recall of one half is then wider than ±25 points),
/// *info* below 30 (±17). A class without any row is no pitfall: what would need it is "no evidence" already.
pub(super) fn too_few_cases(profile: &Profile) -> Option<Pitfall> {
    let matrix = profile.current().confusion.as_ref().ok()?;
    let classes = profile.classes.len();
    let supports = (0..classes).map(|class| (matrix.support(class), class));
    let (fewest, rarest) = supports.filter(|(rows, _)| *rows > 0).min()?;
    if fewest >= FEW_CASES || classes < 2 {
        return None;
    }
    let severity = match fewest < FEWEST_CASES {
        true => PitfallSeverity::Warning,
        false => PitfallSeverity::Info,
    };
    let interval = wilson(matrix.binary(rarest).tp, fewest).ok()?;
    let reason = format!(
        "Only {} of class “{}” {} judged: too few to know how often it is recognised (95 % interval {}).",
        match fewest {
            1 => "1 row".to_owned(),
            rows => format!("{} rows", format::count(rows)),
        },
        profile.classes.names().get(rarest)?,
        if fewest == 1 { "is" } else { "are" },
        format::percent_interval(interval.low, interval.high),
    );
    Some(Pitfall::new(
        "too_few_positives",
        severity,
        reason,
        "Judge on more rows of this class: 30 pin a share down to about 17 points either way, 100 to 10, 400 to 5.",
        &[
            ("rows", Some(fewest as f64)),
            ("recall_low", Some(interval.low)),
            ("recall_high", Some(interval.high)),
        ],
    ))
}
