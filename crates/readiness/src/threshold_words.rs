//! Thresholds in words: what one was chosen for, what it does, and how sure it is.

use greenlight_format as format;
use greenlight_metrics::{
    BinaryCounts, Choice, Constraint, Interval, Objective, ThresholdBand, ThresholdInterval,
    ThresholdPoint,
};

use crate::report::Report;
use crate::words::Positive;

/// What an objective is called within a sentence.
///
/// ```
/// use greenlight_metrics::Objective;
/// use greenlight_readiness::threshold_words::objective_name;
/// assert_eq!(objective_name(&Objective::FBeta(2.0)), "F2");
/// ```
pub fn objective_name(objective: &Objective) -> String {
    match objective {
        Objective::F1 => "F1",
        Objective::FBeta(beta) => return format!("F{}", format::exact(*beta)),
        Objective::Youden => "Youden’s J",
        Objective::MatthewsCorrcoef => "the Matthews correlation",
        Objective::Accuracy => "accuracy",
        Objective::BalancedAccuracy => "balanced accuracy",
        Objective::Jaccard => "the Jaccard index",
        Objective::CohenKappa => "Cohen’s κ",
        Objective::Precision => "precision",
        Objective::Recall => "recall",
        Objective::Specificity => "specificity",
        Objective::NegativePredictiveValue => "negative predictive value",
        Objective::Cost(_) => "the cost",
    }
    .to_owned()
}

/// What a demand is called within a sentence.
///
/// ```
/// use greenlight_metrics::Constraint;
/// use greenlight_readiness::threshold_words::constraint_name;
/// assert_eq!(constraint_name(&Constraint::AlertsAtMost(1)), "at most 1 alert");
/// ```
pub fn constraint_name(constraint: &Constraint) -> String {
    match *constraint {
        Constraint::PrecisionAtLeast(limit) => {
            format!("precision at least {}", format::percent_exact(limit))
        }
        Constraint::RecallAtLeast(limit) => {
            format!("recall at least {}", format::percent_exact(limit))
        }
        Constraint::AlertsAtMost(1) => "at most 1 alert".to_owned(),
        Constraint::AlertsAtMost(limit) => format!("at most {} alerts", format::count(limit)),
    }
}

/// How the rows of the positive class are spoken of: "fraud", "positives", "“churned” cases".
pub fn cases_of(report: &Report) -> String {
    Positive::named(&report.settings.positive, &report.roles.label).cases
}

/// What a threshold does to rows of which `cases` are to be found.
///
/// ```
/// use greenlight_metrics::BinaryCounts;
/// use greenlight_readiness::threshold_words::what_it_does;
/// let counts = BinaryCounts { tp: 3, fp: 1, fn_: 7, tn: 89 };
/// assert_eq!(what_it_does(&counts, "fraud"), "3 of 4 alerts are real, 3 of 10 fraud caught");
/// ```
pub fn what_it_does(counts: &BinaryCounts, cases: &str) -> String {
    let BinaryCounts { tp, .. } = *counts;
    let found = match counts.actual_positives() {
        0 => format!("there are no {cases}"),
        all => format!(
            "{} of {} {cases} caught",
            format::count(tp),
            format::count(all)
        ),
    };
    match (counts.predicted_positives(), tp) {
        (0, _) => format!("nothing is flagged, {found}"),
        (1, 0) => format!("its 1 alert is false, {found}"),
        (1, _) => format!("its 1 alert is real, {found}"),
        (alerts, _) => format!(
            "{} of {} alerts are real, {found}",
            format::count(tp),
            format::count(alerts)
        ),
    }
}

/// How sure a chosen threshold is, a sentence each: where it would lie, what it will be worth, and by how much
/// choosing it on these rows flatters it.
pub fn how_sure(choice: &Choice, point: &ThresholdPoint, band: &ThresholdBand) -> Vec<String> {
    let mut sentences = vec![where_it_lies(band)];
    match choice {
        Choice::Best(objective) => {
            let is_share = is_share(objective);
            if let Some(value) = &band.value {
                let name = objective_name(objective);
                sentences.push(format!(
                    "On new rows expect {name} {}.",
                    between(value, is_share)
                ));
            }
            sentences.push(flattery(objective, band.optimism, is_share));
        }
        Choice::Under(constraint) => {
            let shares = [("precision", &band.precision), ("recall", &band.recall)];
            let shares: Vec<String> = shares
                .into_iter()
                .filter_map(|(name, interval)| {
                    Some(format!("{name} {}", between(interval.as_ref()?, true)))
                })
                .collect();
            if !shares.is_empty() {
                sentences.push(format!("On new rows expect {}.", shares.join(" and ")));
            }
            sentences.extend(may_miss(constraint, band));
        }
    }
    if point.threshold.is_none() {
        sentences.push("On these rows it is best to flag nothing.".to_owned());
    }
    sentences.push(format!(
        "From {} samples of these rows, drawn with replacement; each chose its own best threshold.",
        format::count(band.replicates.into())
    ));
    sentences
}

fn where_it_lies(band: &ThresholdBand) -> String {
    let ThresholdInterval { above, up_to } = band.threshold;
    let low = above.map_or_else(format::undefined, |low| format::significant(low, 3));
    match up_to {
        Some(high) if above == Some(high) => {
            format!("95 % of the time the best threshold is {low}.")
        }
        Some(high) => {
            let high = format::significant(high, 3);
            format!("95 % of the time the best threshold lies between {low} and {high}.")
        }
        None => format!(
            "95 % of the time the best threshold lies above {low}, or it is best to flag nothing."
        ),
    }
}

/// "between 52 % and 61 %", or "of 0.4 to 0.5".
fn between(&Interval { low, high }: &Interval, is_share: bool) -> String {
    if is_share {
        return format::percent_interval(low.clamp(0.0, 1.0), high.clamp(0.0, 1.0));
    }
    let [low, high] = [low, high].map(|end| format::significant(end, 3));
    format!("{low} to {high}")
}

fn flattery(objective: &Objective, optimism: f64, is_share: bool) -> String {
    let shown = match is_share {
        true => format::difference(optimism.abs())
            .trim_start_matches('+')
            .to_owned(),
        false => format::significant(optimism.abs(), 2),
    };
    // A mean of replicates may come out on the other side of 0 by chance.
    match (objective, optimism > 0.0) {
        (_, false) => "Choosing it on these rows does not flatter it.".to_owned(),
        (Objective::Cost(_), true) => {
            format!("Choosing it on these rows makes it look cheaper by {shown}.")
        }
        (_, true) => format!("Choosing it on these rows flatters it by {shown}."),
    }
}

/// Where the demand may not be met on new rows.
fn may_miss(constraint: &Constraint, band: &ThresholdBand) -> Option<String> {
    let (interval, limit, name) = match *constraint {
        Constraint::PrecisionAtLeast(limit) => (band.precision?, limit, "precision"),
        Constraint::RecallAtLeast(limit) => (band.recall?, limit, "recall"),
        Constraint::AlertsAtMost(_) => return None,
    };
    (interval.low < limit).then(|| {
        let limit = format::percent_exact(limit);
        format!("So {name} may fall below the {limit} that you ask for: ask for more to be safe.")
    })
}

/// Whether it is a share of something, which people read in percent.
fn is_share(objective: &Objective) -> bool {
    !matches!(
        objective,
        Objective::Youden
            | Objective::MatthewsCorrcoef
            | Objective::CohenKappa
            | Objective::Cost(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(choice: Choice, band: ThresholdBand) -> String {
        let point = ThresholdPoint {
            threshold: Some(0.4),
            interval: ThresholdInterval {
                above: None,
                up_to: Some(0.4),
            },
            value: 0.5,
            counts: BinaryCounts::default(),
        };
        how_sure(&choice, &point, &band)
            .join(" ")
            .replace('\u{202f}', " ")
    }

    fn band() -> ThresholdBand {
        let interval = |low, high| Some(Interval { low, high });
        ThresholdBand {
            replicates: 200,
            threshold: ThresholdInterval {
                above: Some(0.31),
                up_to: Some(0.44),
            },
            value: interval(0.52, 0.61),
            precision: interval(0.4, 0.5),
            recall: interval(0.75, 0.9),
            optimism: 0.02,
        }
    }

    #[test]
    fn a_band_is_said_in_sentences() {
        assert_eq!(
            said(Choice::Best(Objective::F1), band()),
            "95 % of the time the best threshold lies between 0.310 and 0.440. On new rows expect F1 52.0–61.0 %. \
             Choosing it on these rows flatters it by 2.0 points. From 200 samples of these rows, drawn with \
             replacement; each chose its own best threshold."
        );
    }

    #[test]
    fn a_demand_that_new_rows_may_not_meet_is_said_to_be_one() {
        let recall = |limit| said(Choice::Under(Constraint::RecallAtLeast(limit)), band());
        let text = recall(0.8);
        assert!(
            text.contains("expect precision 40.0–50.0 % and recall 75.0–90.0 %."),
            "{text}"
        );
        assert!(text.contains("So recall may fall below the 80 %"), "{text}");
        assert!(!recall(0.7).contains("may fall below"));
    }

    #[test]
    fn flagging_nothing_may_be_best() {
        let mut band = band();
        band.threshold.up_to = None;
        let text = said(Choice::Best(Objective::Youden), band);
        assert!(
            text.contains("lies above 0.310, or it is best to flag nothing."),
            "{text}"
        );
        assert!(text.contains("expect Youden’s J 0.520 to 0.610."), "{text}");
    }
}
