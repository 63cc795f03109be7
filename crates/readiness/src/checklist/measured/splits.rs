//! How right the answers are on the splits of a file.

use greenlight_data::SplitKind;
use greenlight_format as format;
use greenlight_metrics::wilson;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;

use super::Measured;
use crate::pitfalls::{Pitfall, PitfallSeverity};
use crate::profile::Profile;
use crate::statistics::Statistics;

/// A simpler model is not in the file; the most frequent answer is no model.
pub(super) fn simpler_not_better(profile: &Profile) -> Option<Measured> {
    let rows = profile.current();
    let accuracy = accuracy(rows)?;
    let baseline = rows.confusion.as_ref().ok()?.majority_baseline_accuracy();
    Some(Measured::mentions(
        "simpler_not_better",
        format!(
            "{accuracy}; the most frequent answer alone would be right in {}. That is no model: whether a simple one does as \
             well is not in the file.",
            format::percent(baseline.ok()?)
        ),
    ))
}

/// Rows that are called test or validation data, with answers to judge.
pub(super) fn validated_before_serving(
    profile: &Profile,
    pitfalls: &[Pitfall],
) -> Option<Measured> {
    const ITEM: &str = "validated_before_serving";
    let is_held_out = |name: &&String| {
        let kind = SplitKind::of(name);
        matches!(kind, Some(SplitKind::Test | SplitKind::Validation))
    };
    let names = profile.settings.current.iter().chain(profile.splits.keys());
    let judged = |name: &String| Some((name.clone(), accuracy(profile.splits.get(name)?)?));
    let (name, accuracy) = names.filter(is_held_out).find_map(judged)?;
    let leaks = pitfalls
        .iter()
        .find(|pitfall| pitfall.name == "leakage" && pitfall.severity > PitfallSeverity::Info);
    Some(match leaks {
        Some(leak) => Measured::mentions(
            ITEM,
            format!(
                "{accuracy} of “{name}”, but that may say too much. {}",
                leak.reason
            ),
        ),
        None => Measured::shows(
            ITEM,
            format!(
                "{accuracy} of “{name}”, rows that are kept apart by their name. Whether a worse model than the last one would \
                 be stopped is not in the file."
            ),
        ),
    })
}

/// Labelled rows from production, with their times.
pub(super) fn served_quality(profile: &Profile) -> Option<Measured> {
    const ITEM: &str = "served_quality";
    let name = profile.settings.current.as_ref()?;
    let kind = SplitKind::of(name);
    if !matches!(kind, Some(SplitKind::Production | SplitKind::Current)) {
        return None;
    }
    let accuracy = accuracy(profile.current())?;
    if kind == Some(SplitKind::Current) {
        return Some(Measured::mentions(
            ITEM,
            format!("{accuracy} of “{name}”. Whether these come from use, the name does not say."),
        ));
    }
    Some(match &profile.roles.timestamp {
        Some(_) => Measured::shows(
            ITEM,
            format!(
                "{accuracy} of “{name}”, with the time of each. That it is measured again and again, one file does not show."
            ),
        ),
        None => Measured::mentions(
            ITEM,
            format!(
                "{accuracy} of “{name}”. Without times it cannot be told when, and whether it got worse."
            ),
        ),
    })
}

/// "Accuracy is 92.5 % (91.9–93.1 %) on 8 000 rows", where there are enough.
fn accuracy(rows: &Statistics) -> Option<String> {
    let confusion = rows.confusion.as_ref().ok()?;
    let (right, total) = (confusion.correct(), confusion.total());
    let interval = wilson(right, total).ok()?;
    (total >= FEWEST_ROWS).then(|| {
        format!(
            "Accuracy is {} ({}) on {} rows",
            format::percent(right as f64 / total as f64),
            format::percent_interval(interval.low, interval.high),
            format::count(total)
        )
    })
}
