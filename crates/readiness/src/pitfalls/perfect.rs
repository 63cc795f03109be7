//! Numbers that are too good.

use greenlight_format as format;
use greenlight_metrics::{Interval, balanced_accuracy_interval, wilson};

use super::{Pitfall, PitfallSeverity};
use crate::profile::Profile;

/// Balanced accuracy above this with its whole interval is rare outside toy problems.
const PERFECT_ACCURACY: f64 = 0.99;
/// As that, of AUC.
const PERFECT_AREA: f64 = 0.998;
/// Fewer rows of a class do not show it.
const FEWEST_ROWS: u64 = 100;

/// A result better than real problems allow, shown by enough rows: the 95 % interval of balanced accuracy lies wholly
/// above 99 %, or that of AUC above 0.998 with at least 100 judged rows of each of two classes. Balanced accuracy, so that
/// a rare class alone does not raise it. Where scores separate perfectly the interval of AUC is taken as Wilson's of as
/// many pairs as the rarer class has rows.
///
/// *Warning*: some problems are easy.
pub(super) fn suspiciously_perfect(profile: &Profile) -> Option<Pitfall> {
    let current = profile.current();
    let matrix = current.confusion.as_ref().ok()?;
    let fewest = (0..profile.classes.len())
        .map(|class| matrix.support(class))
        .filter(|rows| *rows > 0)
        .min()?;
    let balanced = matrix.balanced_accuracy().ok()?;
    let of_balanced = balanced_accuracy_interval(matrix).ok();
    let area = current
        .scores
        .as_ref()
        .ok()
        .filter(|_| profile.classes.len() == 2);
    let area = area.and_then(|scores| {
        let area = scores.roc_auc.ok()?;
        let interval = match scores.roc_auc_interval {
            Ok(interval) => interval,
            Err(_) if area == 1.0 => wilson(fewest, fewest).ok()?,
            Err(_) => return None,
        };
        Some((area, interval))
    });
    let is_above = |interval: &Interval, limit: f64| interval.low > limit;
    let (what, value, interval) = match (of_balanced, area) {
        (Some(interval), _) if is_above(&interval, PERFECT_ACCURACY) => {
            let value = format::percent(balanced);
            (
                format!("Each class is recognised {value} of the time"),
                balanced,
                interval,
            )
        }
        (_, Some((area, interval)))
            if is_above(&interval, PERFECT_AREA) && fewest >= FEWEST_ROWS =>
        {
            let value = profile.told.mark(format::significant(area, 5));
            (
                format!("The scores separate the classes all but perfectly (AUC {value})"),
                area,
                interval,
            )
        }
        _ => return None,
    };
    let reason =
        format!("{what}. Real problems are seldom that easy, and leaks often look like this.");
    Some(Pitfall::new(
        "suspiciously_perfect",
        PitfallSeverity::Warning,
        reason,
        "Find out why before you celebrate: does an input hold the answer, are rows of the training data among \
         these, or was the label made from what the model sees?",
        &[
            ("value", Some(value)),
            ("low", Some(interval.low)),
            ("balanced_accuracy", Some(balanced)),
            ("roc_auc", area.map(|(area, _)| area)),
            ("rarest_class_rows", Some(fewest as f64)),
        ],
    ))
}
