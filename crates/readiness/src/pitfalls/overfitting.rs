//! A model that knows its training data better than the world.

use greenlight_format as format;
use greenlight_metrics::{Interval, f1_interval, newcombe_difference, wilson};

use super::training::Training;
use super::{Pitfall, PitfallSeverity};
use crate::criteria::difference;
use crate::profile::Profile;
use crate::statistics::Statistics;

/// A smaller gap is expected of any model.
const GAP: f64 = 0.05;
/// A gap that is shown to be larger than this says that the model has learnt rows by heart.
const SERIOUS_GAP: f64 = 0.15;
/// A class below this share, or above the rest of it, makes accuracy a poor witness.
const RARE: f64 = 0.20;

/// How much better a metric is on the reference.
struct Gap {
    metric: &'static str,
    words: &'static str,
    reference: f64,
    current: f64,
    interval: Interval,
}

impl Gap {
    fn size(&self) -> f64 {
        self.reference - self.current
    }

    fn is_shown(&self) -> bool {
        self.size() > GAP && self.interval.low > 0.0
    }
}

/// A metric is better on the training data than on the rows that are judged, by more than 5 points and by more than
/// chance: the 95 % interval of the difference lies wholly above 0. Of accuracy it is Newcombe's (1998, method 10).
/// Where a class has less than 20 % of the rows, F1 and average precision are held against each other too: by the
/// square-and-add rule (Zou and Donner 2008) from the interval of F1, and for average precision from Wilson's of as
/// many cases (Boyd, Eng and Page 2013 treat it as such a proportion).
///
/// *Serious* where the interval of accuracy lies wholly above 15 points and the reference is called training data, else a
/// *warning*. Not judged where the reference is named as validation, test or live data.
pub(super) fn overfitting(profile: &Profile) -> Option<Pitfall> {
    let training = Training::of(profile)?;
    let (reference, current) = (training.rows, profile.current());
    let gaps = [
        accuracy_gap(reference, current),
        f1_gap(profile, reference, current),
        precision_gap(profile, reference, current),
    ];
    let mut shown = gaps.iter().flatten().filter(|gap| gap.is_shown());
    let first = shown.next()?;
    let is_serious =
        training.is_certain && first.metric == "accuracy" && first.interval.low > SERIOUS_GAP;
    let cause = match training.is_certain {
        true => {
            "The model has learnt its training rows by heart, or the judged rows are of another kind."
        }
        false => {
            "If the model has learnt from the former, it knows them by heart; else the rows have changed."
        }
    };
    let reason = format!(
        "{} is {} on “{}” but {} on “{}”, more than chance explains (95 % interval of the gap: {} to {}). {cause}",
        first.words,
        format::percent(first.reference),
        training.name,
        format::percent(first.current),
        training.current,
        format::difference(first.interval.low),
        format::difference(first.interval.high),
    );
    let mut evidence = Vec::new();
    for gap in gaps.iter().flatten() {
        let [reference, current, low] = match gap.metric {
            "accuracy" => ["reference_accuracy", "current_accuracy", "accuracy_gap_low"],
            "f1" => ["reference_f1", "current_f1", "f1_gap_low"],
            _ => [
                "reference_average_precision",
                "current_average_precision",
                "average_precision_gap_low",
            ],
        };
        evidence.extend([
            (reference, Some(gap.reference)),
            (current, Some(gap.current)),
            (low, Some(gap.interval.low)),
        ]);
    }
    Some(Pitfall::new(
        "overfitting",
        match is_serious {
            true => PitfallSeverity::Serious,
            false => PitfallSeverity::Warning,
        },
        reason,
        "Trust only the numbers of rows the model has not seen. A simpler or more regularised model, or more \
         training rows, narrows the gap.",
        &evidence,
    ))
}

fn accuracy_gap(reference: &Statistics, current: &Statistics) -> Option<Gap> {
    let (reference, current) = (
        reference.confusion.as_ref().ok()?,
        current.confusion.as_ref().ok()?,
    );
    Some(Gap {
        metric: "accuracy",
        words: "Accuracy",
        reference: reference.accuracy().ok()?,
        current: current.accuracy().ok()?,
        interval: newcombe_difference(
            reference.correct(),
            reference.total(),
            current.correct(),
            current.total(),
        )
        .ok()?,
    })
}

fn f1_gap(profile: &Profile, reference: &Statistics, current: &Statistics) -> Option<Gap> {
    let positive = profile.classes.positive()?;
    let of = |rows: &Statistics| {
        let counts = rows.confusion.as_ref().ok()?.binary(positive);
        is_rare(counts.prevalence().ok()?)
            .then(|| Some((counts.f1().ok()?, f1_interval(&counts).ok()?)))?
    };
    gap("f1", "F1", of(reference)?, of(current)?)
}

fn precision_gap(profile: &Profile, reference: &Statistics, current: &Statistics) -> Option<Gap> {
    let positive = profile.classes.positive()?;
    let of = |rows: &Statistics| {
        let counts = rows.confusion.as_ref().ok()?.binary(positive);
        let cases = counts.actual_positives();
        let precision = rows.scores.as_ref().ok()?.average_precision.ok()?;
        // The share of cases nearest to it; a proportion of so many cases is known no better.
        let right = (precision * cases as f64).round() as u64;
        is_rare(counts.prevalence().ok()?).then(|| Some((precision, wilson(right, cases).ok()?)))?
    };
    gap(
        "average_precision",
        "Average precision",
        of(reference)?,
        of(current)?,
    )
}

fn is_rare(prevalence: f64) -> bool {
    prevalence.min(1.0 - prevalence) < RARE
}

fn gap(
    metric: &'static str,
    words: &'static str,
    reference: (f64, Interval),
    current: (f64, Interval),
) -> Option<Gap> {
    let ends = |(value, of): (f64, Interval)| (value, (of.low, of.high));
    let (low, high) = difference(ends(reference), ends(current));
    Some(Gap {
        metric,
        words,
        reference: reference.0,
        current: current.0,
        interval: Interval { low, high },
    })
}
