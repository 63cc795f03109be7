//! A comparison in sentences.

use greenlight_format as format;
use greenlight_metrics::newcombe_difference;

use super::{Change, ComparedNumber, Comparison, SameRows, Side};
use crate::policy::Metric;
use crate::words::subject;
use crate::written::comparison::{cells, verdict};

/// So many changes are told one by one.
const MOST_TOLD: usize = 3;
/// Above so many times as many windows, the worst of them is another question.
const MOST_TIMES: u64 = 2;

/// "Ready with warnings → Not ready: 2 better, 3 worse, 14 within noise".
pub(super) fn headline(comparison: &Comparison) -> String {
    let (was, is) = (verdict(&comparison.before), verdict(&comparison.after));
    let verdicts = match was == is {
        true => format!("{is}, as before"),
        false => format!("{was} → {is}"),
    };
    if !comparison.has_evidence() {
        return format!("{verdicts}: no number can be compared");
    }
    let count = |change| comparison.that(change).count() as u64;
    let counted = |change| match count(change) {
        0 => "none".to_owned(),
        some => format::count(some),
    };
    let changes = [Change::Better, Change::Worse, Change::WithinNoise];
    if changes.map(count) == [0; 3] {
        return format!("{verdicts}: all that can be compared is the same");
    }
    let same = match count(Change::Same) {
        0 => String::new(),
        same => format!(", {} the same", format::count(same)),
    };
    let [better, worse, noise] = changes.map(counted);
    format!("{verdicts}: {better} better, {worse} worse, {noise} within noise{same}")
}

/// "Recall rose from 71.0 % to 78.0 %; nothing got worse beyond chance."
pub(super) fn summary(comparison: &Comparison) -> String {
    if !comparison.has_evidence() {
        return "Nothing in these two reports can be compared.".to_owned();
    }
    let told = |change| -> Vec<&ComparedNumber> { comparison.that(change).collect() };
    let (better, worse) = (told(Change::Better), told(Change::Worse));
    let is_same = |number: &ComparedNumber| number.change == Change::Same;
    match (better.is_empty(), worse.is_empty()) {
        (true, true) if comparison.numbers.iter().all(is_same) => {
            "Both reports say the same.".to_owned()
        }
        (true, true) => {
            let compared = comparison
                .numbers
                .iter()
                .filter(|number| number.interval.is_some());
            let numbers = match compared.count() {
                1 => "the one number".to_owned(),
                count => format!("{} numbers", format::count(count as u64)),
            };
            format!("Nothing changed beyond chance in {numbers} that can be compared.")
        }
        (false, true) => {
            format!(
                "{}; nothing got worse beyond chance.",
                format::capitalised(&all(&better))
            )
        }
        (true, false) => {
            format!(
                "{}; nothing got better beyond chance.",
                format::capitalised(&all(&worse))
            )
        }
        (false, false) => format!(
            "{}, for the worse. {}, for the better.",
            format::capitalised(&all(&worse)),
            format::capitalised(&all(&better))
        ),
    }
}

/// "recall rose from 71.0 % to 78.0 % and precision rose from … to …".
fn all(numbers: &[&ComparedNumber]) -> String {
    let mut told: Vec<String> = numbers
        .iter()
        .take(MOST_TOLD)
        .map(|number| change(number))
        .collect();
    if numbers.len() > MOST_TOLD {
        told.push(format!(
            "{} more moved with them",
            numbers.len() - MOST_TOLD
        ));
    }
    match told.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => told.concat(),
    }
}

/// "recall rose from 71.0 % to 78.0 %".
fn change(number: &ComparedNumber) -> String {
    let verb = match number.difference {
        Some(difference) if difference < 0.0 => "fell",
        _ => "rose",
    };
    let place = match &number.scope {
        Some(scope) => format!(" on “{scope}”"),
        None => String::new(),
    };
    let [before, after, _] = cells(number);
    format!(
        "{}{place} {verb} from {before} to {after}",
        called(number.metric)
    )
}

/// What the numbers say, in a sentence.
pub(super) fn moved(number: &ComparedNumber) -> String {
    match number.change {
        Change::Same => format!(
            "{} is the same.",
            format::capitalised(called(number.metric))
        ),
        Change::WithinNoise => format!(
            "{}, which chance explains.",
            format::capitalised(&change(number))
        ),
        _ => format!("{}, beyond chance.", format::capitalised(&change(number))),
    }
}

/// What a metric is called where percentiles have to be told apart.
fn called(metric: Metric) -> &'static str {
    match metric {
        Metric::LatencyP50 => "median latency",
        Metric::LatencyP90 => "p90 latency",
        Metric::LatencyP95 => "p95 latency",
        Metric::LatencyP99 => "p99 latency",
        Metric::LatencyMax => "the longest latency",
        Metric::OverBudgetShare => "the share of answers over the latency budget",
        Metric::CostPerPrediction => "the cost of a prediction",
        Metric::CostPerCorrect => "the cost of a right answer",
        Metric::YoudensJ => "Youden’s J",
        Metric::AcceptedShare => "the share of accepted answers",
        Metric::WorstWindowAccuracy => "accuracy in the worst window",
        Metric::ExpectedCalibrationError => "the calibration error",
        metric => subject(metric),
    }
}

/// Why a number of the one report is no like of the other's, where it is none.
pub(super) fn unlike(metric: Metric, before: &Side, after: &Side) -> Option<String> {
    let is_of_answers = metric.needs_labels();
    if is_of_answers && before.classes != after.classes {
        let classes = |side: &Side| match side.classes.len() {
            0 => "none".to_owned(),
            1..=4 => side.classes.join(", "),
            many => format!("{} classes", format::count(many as u64)),
        };
        return Some(format!(
            "the classes are others: {} before, {} after",
            classes(before),
            classes(after)
        ));
    }
    if is_of_answers && depends_on_positive(metric) && before.positive != after.positive {
        let name = |side: &Side| side.positive.clone().unwrap_or_else(|| "none".to_owned());
        return Some(format!(
            "the positive class is another: {} before, {} after",
            name(before),
            name(after)
        ));
    }
    if metric == Metric::OverBudgetShare && before.latency_budget != after.latency_budget {
        let budget = |side: &Side| {
            side.latency_budget
                .map_or_else(format::undefined, format::duration_ms)
        };
        return Some(format!(
            "the budgets differ: {} before, {} after",
            budget(before),
            budget(after)
        ));
    }
    let (was, is) = (before.windows_judged, after.windows_judged);
    let is_apart = was.max(is) > was.min(is).saturating_mul(MOST_TIMES);
    (metric == Metric::WorstWindowAccuracy && is_apart).then(|| {
        format!(
            "the worst of {} windows is another thing than the worst of {}",
            format::count(was),
            format::count(is)
        )
    })
}

fn depends_on_positive(metric: Metric) -> bool {
    !matches!(
        metric,
        Metric::Accuracy
            | Metric::AccuracyAboveBaseline
            | Metric::BalancedAccuracy
            | Metric::CohenKappa
            | Metric::MatthewsCorrcoef
            | Metric::LogLoss
            | Metric::BrierScore
            | Metric::WorstWindowAccuracy
            | Metric::AccuracyDrop
            | Metric::AccuracyGap
            | Metric::BalancedAccuracyGap
            | Metric::WeakestSegmentGap
            | Metric::PerturbationAccuracyDrop
    )
}

/// What one has to know to read the numbers.
pub(super) fn notes(before: &Side, after: &Side, rows: SameRows) -> Vec<String> {
    let mut notes = Vec::new();
    match rows {
        SameRows::SameFiles => notes.push(
            "Both reports are of the same rows: what differs is how they were decided or judged. The intervals are those of two samples, so \
             they are wider than they need be."
                .to_owned(),
        ),
        SameRows::SameCounts => notes.push(
            "Each class has as many rows in both. If they are the same examples, the intervals here are wider than they need be: put both \
             models’ answers into one file with a column that names the model, and they are compared example by example."
                .to_owned(),
        ),
        SameRows::Different => {}
    }
    if before.range != after.range {
        let range = |side: &Side| match &side.range {
            Some(range) => format!("only what lies {range}"),
            None => "all rows".to_owned(),
        };
        notes.push(format!(
            "Not the same stretch was judged: before, {}; after, {}. Of rows that are in both nothing can have changed.",
            range(before),
            range(after)
        ));
    }
    if before.policy != after.policy {
        notes.push(format!(
            "The policies differ (“{}” before, “{}” after), so the verdicts are answers to different questions.",
            before.policy, after.policy
        ));
    }
    notes.extend(mix(before, after));
    if before.threshold != after.threshold {
        let shown = |threshold: Option<f64>| match threshold {
            Some(threshold) => format!("at a score of {}", format::significant(threshold, 3)),
            None => "without a threshold".to_owned(),
        };
        notes.push(format!(
            "Before, rows were decided {}; after, {}.",
            shown(before.threshold),
            shown(after.threshold)
        ));
    }
    notes
}

/// That the classes are mixed otherwise, where that is more than chance: accuracy and precision follow the mix.
fn mix(before: &Side, after: &Side) -> Option<String> {
    if before.positive != after.positive {
        return None;
    }
    let ((k1, n1), (k2, n2)) = (before.positives()?, after.positives()?);
    let is_apart =
        newcombe_difference(k2, n2, k1, n1).is_ok_and(|interval| !interval.contains(0.0));
    is_apart.then(|| {
        let share = |part: u64, whole: u64| format::percent(part as f64 / whole as f64);
        format!(
            "The positive class is {} of the rows before and {} after: accuracy and precision move with that alone.",
            share(k1, n1),
            share(k2, n2)
        )
    })
}
