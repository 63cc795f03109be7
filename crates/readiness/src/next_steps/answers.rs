//! Answers that are not right enough: another threshold, or another model?

use greenlight_format as format;
use greenlight_metrics::{BinaryCounts, Stop, ThresholdStops, Value};

use super::{Facts, NextStep};
use crate::criteria::{CriterionResult, Outcome, shown_limit, shown_value};
use crate::decision::Certainty;
use crate::pitfalls;
use crate::policy::{Criterion, DriftSettings, EvidenceView, Metric, Policy, Scope, Severity};
use crate::profile::Profile;
use crate::words;

/// Fewer rows of a class say little of how well it is recognised.
const FEWEST_ROWS: u64 = 10;

/// A required number that the confusion matrix alone decides falls short, or accuracy flatters.
pub(super) fn steps(facts: Facts<'_>) -> Vec<NextStep> {
    let fails = facts
        .failing(is_of_counts)
        .any(|c| c.severity == Severity::Must);
    let mut steps = Vec::new();
    if fails || facts.has_pitfall(pitfalls::ACCURACY_PARADOX) {
        steps.extend(match facts.profile.classes.positive() {
            Some(_) => other_threshold(facts),
            None => weakest_class(facts),
        });
    }
    steps.extend(moved_world(facts));
    steps.extend(recalibration(facts));
    steps
}

/// Another threshold, where one meets all that is required; else another model.
fn other_threshold(facts: Facts<'_>) -> Option<NextStep> {
    let profile = facts.profile;
    if profile.current().tradeoff().is_none() {
        return (!facts.has_pitfall(pitfalls::ACCURACY_PARADOX)).then(|| {
            NextStep::new(
                "add_scores",
                EvidenceView::Load,
                "Add the model’s score of each row to the file: it shows whether another threshold would do.",
                "The file has answers but no scores, and the answers miss what is required.",
            )
        });
    }
    let asked = asked_of_counts(facts.policy);
    let threshold = threshold_picked(profile, &asked)?;
    let reference = profile.reference().and_then(|rows| rows.tradeoff());
    // With intervals and least rows, as every criterion is judged.
    let decided = profile.decided_at(threshold, None)?;
    let judged = asked
        .iter()
        .map(|criterion| CriterionResult::new(criterion, facts.policy, &decided));
    let results: Vec<CriterionResult> = judged.collect();
    let mut required = results.iter().filter(|c| c.severity == Severity::Must);
    let meets = required.all(|c| c.outcome != Outcome::Fail);
    let shown = profile.told.mark(format::exact(threshold));
    let what = there(&results, facts);
    if !meets {
        let advice = format!(
            "Retrain: no threshold of this model will do. Weight {} up, collect more such rows, or give the model \
             inputs that tell them apart.",
            words::Positive::of(profile).cases
        );
        // It is the one that misses least on whichever rows it misses most.
        let everywhere = match (reference, &profile.settings.reference) {
            (Some(_), Some(name)) => {
                format!(", on “{name}” as well as on the rows that are judged,")
            }
            _ => String::new(),
        };
        let because =
            format!("The threshold that comes nearest{everywhere} is {shown}: there {what}.");
        let view = EvidenceView::Threshold;
        return Some(NextStep::new("retrain", view, advice, because));
    }
    let unseen = match (reference, &profile.settings.reference) {
        (Some(_), Some(name)) => format!("On “{name}” it holds as well."),
        _ => String::new(),
    };
    let is_short = |c: &CriterionResult| is_balance(c.metric) && c.outcome == Outcome::Fail;
    let advice = match results.iter().any(is_short) {
        false => format!("Move the threshold to {shown}."),
        true => format!(
            "Move the threshold to {shown}, or retrain: not all that is advised can be had with this model."
        ),
    };
    let because = format!(
        "There {what}. It was picked on the very rows it is judged on, so check it on new ones. {unseen}"
    );
    let because = because.trim_end();
    Some(NextStep {
        threshold: Some(threshold),
        ..NextStep::new("move_threshold", EvidenceView::Threshold, advice, because)
    })
}

/// "recall would be 84 % (at least 80 % is required) and precision would be 91 % (at least 10 % is advised)".
fn there(results: &[CriterionResult], facts: Facts<'_>) -> String {
    let fails = |result: &CriterionResult| {
        let mut now = facts.criteria.iter().filter(|c| c.outcome == Outcome::Fail);
        result.outcome == Outcome::Fail || now.any(|criterion| criterion.name == result.name)
    };
    let is_told = |result: &&CriterionResult| {
        let of_required = result.severity == Severity::Must && fails(result);
        result.metric != Metric::YoudensJ && (of_required || is_balance(result.metric))
    };
    let told = results.iter().filter(is_told).map(|result| {
        let bound = match result.operator.wants_high() {
            true => "at least",
            false => "at most",
        };
        let asked = match result.severity {
            Severity::Must => "required",
            Severity::Should => "advised",
        };
        format!(
            "{} would be {} ({bound} {} is {asked})",
            words::subject(result.metric),
            facts
                .profile
                .told
                .mark(shown_value(result.metric, result.value)),
            shown_limit(result.metric, result.limit)
        )
    });
    let told: Vec<String> = told.collect();
    match told.split_last() {
        None => "everything that is required would hold".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

fn is_balance(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::Recall | Metric::Precision | Metric::Specificity
    )
}

/// What the rows that are judged are asked for, as far as counts at a threshold tell it.
fn asked_of_counts(policy: &Policy) -> Vec<&Criterion> {
    let asked = policy.criteria.iter();
    asked
        .filter(|c| c.scope == Scope::Current && is_of_counts(c.metric))
        .collect()
}

/// The threshold that advice is about, whether it meets what is required or only comes nearest.
fn threshold_picked(profile: &Profile, asked: &[&Criterion]) -> Option<f64> {
    let current = profile.current().tradeoff()?;
    let reference = profile.reference().and_then(|rows| rows.tradeoff());
    let stop = roomiest(&current.stops, reference.map(|known| &known.stops), asked)?;
    Some(plainest(stop))
}

/// The threshold that meets what a policy requires of the rows that are judged with the most room, else the one that comes nearest: what
/// advice is about, if there is any. `None` where there are no scores, or nothing is required that a threshold decides.
pub fn threshold_for(profile: &Profile, policy: &Policy) -> Option<f64> {
    threshold_picked(profile, &asked_of_counts(policy))
}

/// Of the stops at which all that is required is met, here and on the `others` at the same threshold, the one that
/// leaves the most room to all that is asked; where there is none, the one that comes nearest. One pass over the stops.
fn roomiest<'s>(
    stops: &'s ThresholdStops,
    others: Option<&ThresholdStops>,
    asked: &[&Criterion],
) -> Option<&'s Stop> {
    let required = || asked.iter().filter(|c| c.severity == Severity::Must);
    let mut best: Option<(&Stop, (bool, f64))> = None;
    for stop in stops.stops() {
        let other = stop.interval.up_to.zip(others);
        let other = other.map(|(threshold, others)| Certainty::of(others.at(threshold)).0);
        let counts = || std::iter::once(&stop.counts).chain(&other);
        let least = |rooms: &mut dyn Iterator<Item = f64>| rooms.fold(f64::INFINITY, f64::min);
        let required = least(&mut counts().map(|counts| room(counts, required())));
        let all = least(&mut counts().map(|counts| room(counts, asked.iter())));
        let meets = required >= 0.0;
        let rank = (meets, if meets { all } else { required });
        if required.is_finite() && best.is_none_or(|(_, most)| rank > most) {
            best = Some((stop, rank));
        }
    }
    best.map(|(stop, _)| stop)
}

/// By how much the tightest criterion is met; below 0 where one is not.
fn room<'c>(counts: &BinaryCounts, asked: impl Iterator<Item = &'c &'c Criterion>) -> f64 {
    let rooms = asked.map(|criterion| {
        let Some(value) = value_at(criterion.metric, counts) else {
            return f64::NEG_INFINITY;
        };
        let room = match criterion.operator.wants_high() {
            true => value - criterion.limit,
            false => criterion.limit - value,
        };
        match criterion.operator.holds(value, criterion.limit) {
            true => room,
            // A strict limit that is only reached is not met.
            false => room.min(-f64::MIN_POSITIVE),
        }
    });
    rooms.fold(f64::INFINITY, f64::min)
}

/// Whether counts at a threshold tell the metric.
fn is_of_counts(metric: Metric) -> bool {
    value_at(
        metric,
        &BinaryCounts {
            tp: 1,
            fp: 1,
            fn_: 1,
            tn: 1,
        },
    )
    .is_some()
}

fn value_at(metric: Metric, counts: &BinaryCounts) -> Option<f64> {
    let value: Value = match metric {
        Metric::Accuracy => counts.accuracy(),
        Metric::AccuracyAboveBaseline => {
            let baseline = counts.majority_baseline_accuracy().ok()?;
            return Some(counts.accuracy().ok()? - baseline);
        }
        Metric::YoudensJ => counts.youdens_j(),
        Metric::BalancedAccuracy => counts.balanced_accuracy(),
        Metric::Precision => counts.precision(),
        Metric::Recall => counts.recall(),
        Metric::Specificity => counts.specificity(),
        Metric::F1 => counts.f1(),
        Metric::F0_5 => counts.f_beta(0.5),
        Metric::F2 => counts.f_beta(2.0),
        Metric::MatthewsCorrcoef => counts.matthews_corrcoef(),
        Metric::CohenKappa => counts.cohen_kappa(),
        _ => return None,
    };
    value.ok()
}

/// The number of fewest digits that decides as the stop does.
fn plainest(stop: &Stop) -> f64 {
    let Some(score) = stop.interval.up_to else {
        return f64::INFINITY;
    };
    let rounded = (1..=6).filter_map(|digits| format!("{score:.digits$}").parse().ok());
    rounded
        .into_iter()
        .find(|&near| stop.holds(near))
        .unwrap_or(score)
}

/// With several classes: the one that is recognised least often.
fn weakest_class(facts: Facts<'_>) -> Option<NextStep> {
    let profile = facts.profile;
    let matrix = profile.current().confusion.as_ref().ok()?;
    let classes = (0..matrix.classes()).filter(|&class| matrix.support(class) >= FEWEST_ROWS);
    let recall = |class: usize| matrix.binary(class).recall().unwrap_or(1.0);
    let worst = classes.min_by(|&a, &b| recall(a).total_cmp(&recall(b)))?;
    let name = profile.classes.names().get(worst)?;
    Some(NextStep::new(
        "weakest_class",
        EvidenceView::Confusion,
        format!(
            "Look at what “{name}” is taken for, and retrain with more and better labelled rows of it."
        ),
        format!(
            "It is recognised least often: {} of its {} rows are.",
            format::percent(recall(worst)),
            format::count(matrix.support(worst))
        ),
    ))
}

/// The answers are worse than on the reference, by more than is allowed.
fn moved_world(facts: Facts<'_>) -> Option<NextStep> {
    let fall = facts.failing(|metric| metric.falls().is_some()).next()?;
    if facts.has_pitfall("overfitting") {
        return None;
    }
    let settings = &facts.profile.settings;
    let (reference, current) = (settings.reference.as_ref()?, settings.current.as_ref()?);
    let advice = format!(
        "Find out what differs between “{reference}” and “{current}”, and retrain on rows like those of “{current}”."
    );
    let moved = moved_input(facts);
    let view = match moved {
        None => EvidenceView::Stability,
        Some(_) => EvidenceView::Drift,
    };
    let since = fall.metric.falls().and_then(|of| fell_when(facts, of));
    let parts = [Some(fall.reason.clone()), since, moved];
    let because: Vec<String> = parts.into_iter().flatten().collect();
    let because = because.join(" ");
    Some(NextStep::new(
        "retrain_on_newer_rows",
        view,
        advice,
        because,
    ))
}

/// Since when it has been worse, where the rows tell times and a window made the difference: "Accuracy fell from 91.3 % to 81.3 % as of
/// 23–29 Jan 2012."
fn fell_when(facts: Facts<'_>, metric: Metric) -> Option<String> {
    facts.profile.windows().filter(|windows| windows.has_time)?;
    let over_time = facts.profile.over_time(metric).ok()?;
    let change = over_time.largest_change()?;
    (change.after < change.before).then(|| format!("{}.", over_time.moved(change)))
}

/// Which input has moved most since the reference, by more than chance: "Of the inputs “age” has moved most (PSI 0.387)."
fn moved_input(facts: Facts<'_>) -> Option<String> {
    let drift = facts.profile.examination.as_ref()?.drift.as_ref()?;
    // The policy says what has drifted; how far is told by the one measure that every column has.
    let verdicts = drift.verdicts(facts.policy.drift);
    let by_psi = drift.verdicts(DriftSettings::default());
    let inputs = drift.columns.iter().zip(verdicts.iter().zip(&by_psi));
    let moved = inputs
        .filter(|(column, (verdict, _))| column.part.is_input() && verdict.drifted == Some(true))
        .filter_map(|(column, (_, by_psi))| Some((&column.column, by_psi.value.ok()?)));
    let (column, value) = moved.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(format!(
        "Of the inputs “{column}” has moved most (PSI {}).",
        format::significant(value, 3)
    ))
}

/// Scores that are asked to be probabilities, and are not.
fn recalibration(facts: Facts<'_>) -> Option<NextStep> {
    let of_probabilities = |metric| {
        matches!(
            metric,
            Metric::LogLoss | Metric::BrierScore | Metric::ExpectedCalibrationError
        )
    };
    let failed = facts.failing(of_probabilities).next()?;
    (!facts.has_pitfall("miscalibration")).then(|| {
        NextStep::new(
            "recalibrate",
            EvidenceView::Calibration,
            "Recalibrate the scores on rows that the model was not trained on.",
            &failed.reason,
        )
    })
}
