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

/// Where a threshold was chosen, and what it does to the rows that are judged.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// The rows that chose, in a sentence: "“train”" or "all rows".
    pub on: &'a str,
    /// Other rows that are judged, and their counts at the threshold.
    pub seen: Option<(&'a str, &'a BinaryCounts)>,
    /// What costs are counted in, where that was said.
    pub currency: &'a str,
}

/// How sure a chosen threshold is, a sentence each: where it would lie, what it will be worth on rows like those that
/// chose it, whether the rows that are judged are like those, and by how much choosing flatters it.
pub fn how_sure(
    choice: &Choice,
    point: &ThresholdPoint,
    band: &ThresholdBand,
    chosen: &Chosen<'_>,
) -> Vec<String> {
    let Chosen { on, seen, .. } = chosen;
    let mut sentences = vec![where_it_lies(band, on)];
    let promised = promised(choice, point, band, chosen.currency);
    let said: Vec<String> = promised
        .iter()
        .map(|number| match number.currency {
            Some(_) => format!("{} to be {}", number.name, number.range()),
            None => format!("{} {}", number.name, number.range()),
        })
        .collect();
    if !said.is_empty() {
        sentences.push(format!("There expect {}.", said.join(" and ")));
    }
    match choice {
        Choice::Under(constraint) => sentences.extend(may_miss(constraint, band)),
        Choice::Best(objective) => {
            let rows = per_row(objective, point);
            let optimism = band.optimism / rows;
            sentences.push(flattery(objective, optimism, chosen.currency));
        }
    }
    if let Some((name, counts)) = seen {
        let outside = promised
            .iter()
            .filter_map(|number| number.missed_by(counts));
        let outside: Vec<String> = outside.collect();
        if !outside.is_empty() {
            sentences.push(format!(
                "On {name} {}: more than chance explains, so those rows are not like {on}.",
                outside.join(" and ")
            ));
        }
    }
    if point.threshold.is_none() {
        sentences.push(format!("On {on} it is best to flag nothing."));
    }
    sentences.push(format!(
        "From {} samples drawn at random from {on}, each of which chose its own best threshold.",
        format::count(band.replicates.into())
    ));
    sentences
}

/// A number that a choice promises of rows like those that chose.
struct Promised<'a> {
    name: String,
    objective: Objective,
    interval: Interval,
    /// A cost is told by the row.
    currency: Option<&'a str>,
}

fn promised<'a>(
    choice: &Choice,
    point: &ThresholdPoint,
    band: &ThresholdBand,
    currency: &'a str,
) -> Vec<Promised<'a>> {
    let of = |objective: Objective, interval: Option<Interval>| {
        let rows = per_row(&objective, point);
        let Interval { low, high } = interval?;
        Some(Promised {
            name: objective_name(&objective),
            objective,
            interval: Interval {
                low: low / rows,
                high: high / rows,
            },
            currency: matches!(objective, Objective::Cost(_)).then_some(currency),
        })
    };
    let all = match choice {
        Choice::Best(objective) => [of(*objective, band.value), None],
        Choice::Under(_) => [
            of(Objective::Precision, band.precision),
            of(Objective::Recall, band.recall),
        ],
    };
    all.into_iter().flatten().collect()
}

/// What a total is divided by, to be told by the row; 1 for all that is no total.
fn per_row(objective: &Objective, point: &ThresholdPoint) -> f64 {
    match objective {
        Objective::Cost(_) => point.counts.total().max(1) as f64,
        _ => 1.0,
    }
}

impl Promised<'_> {
    fn range(&self) -> String {
        let range = between(&self.interval, is_share(&self.objective));
        match self.currency {
            None => range,
            Some("") => format!("{range} a row"),
            Some(currency) => format!("{range}{}{currency} a row", format::SPACE),
        }
    }

    /// The number for these counts, where it lies outside of what was promised.
    fn missed_by(&self, counts: &BinaryCounts) -> Option<String> {
        let value = self.objective.value(counts).ok()?;
        let value = match self.currency {
            Some(_) => value / counts.total().max(1) as f64,
            None => value,
        };
        let shown = match is_share(&self.objective) {
            true => format::percent(value),
            false => format::significant(value, 3),
        };
        (!self.interval.contains(value)).then(|| format!("{} is {shown}", self.name))
    }
}

fn where_it_lies(band: &ThresholdBand, on: &str) -> String {
    let ThresholdInterval { above, up_to } = band.threshold;
    let low = above.map_or_else(format::undefined, |low| format::significant(low, 3));
    let lies = match up_to {
        Some(high) if above == Some(high) => format!("is {low}"),
        Some(high) => format!("lies between {low} and {}", format::significant(high, 3)),
        None => format!("lies above {low}, or it is best to flag nothing,"),
    };
    format!("On rows like {on} the best threshold {lies} in 95 of 100 cases.")
}

/// "between 52 % and 61 %", or "of 0.4 to 0.5".
fn between(&Interval { low, high }: &Interval, is_share: bool) -> String {
    if is_share {
        return format::percent_interval(low.clamp(0.0, 1.0), high.clamp(0.0, 1.0));
    }
    let [low, high] = [low, high].map(|end| format::significant(end, 3));
    format!("{low} to {high}")
}

fn flattery(objective: &Objective, optimism: f64, currency: &str) -> String {
    let shown = match is_share(objective) {
        true => format::difference(optimism.abs())
            .trim_start_matches('+')
            .to_owned(),
        false => format::significant(optimism.abs(), 2),
    };
    // A mean of replicates may come out on the other side of 0 by chance.
    match (objective, optimism > 0.0) {
        (_, false) => "Choosing it on these very rows does not flatter it.".to_owned(),
        (Objective::Cost(_), true) => {
            let unit = match currency {
                "" => String::new(),
                currency => format!("{}{currency}", format::SPACE),
            };
            format!("Choosing it on these very rows makes it look cheaper by {shown}{unit} a row.")
        }
        (_, true) => format!("Choosing it on these very rows flatters it by {shown}."),
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

/// Whether an objective is a share of something, which people read in percent.
///
/// ```
/// use greenlight_metrics::Objective;
/// use greenlight_readiness::threshold_words::is_share;
/// assert!(is_share(&Objective::F1) && !is_share(&Objective::Youden));
/// ```
pub fn is_share(objective: &Objective) -> bool {
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
        said_of(choice, band, None)
    }

    fn said_of(choice: Choice, band: ThresholdBand, seen: Option<&BinaryCounts>) -> String {
        let point = ThresholdPoint {
            threshold: Some(0.4),
            interval: ThresholdInterval {
                above: None,
                up_to: Some(0.4),
            },
            value: 0.5,
            counts: BinaryCounts {
                tn: 100,
                ..BinaryCounts::default()
            },
        };
        let chosen = Chosen {
            on: "“train”",
            seen: seen.map(|counts| ("“production”", counts)),
            currency: "€",
        };
        how_sure(&choice, &point, &band, &chosen)
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
            "On rows like “train” the best threshold lies between 0.310 and 0.440 in 95 of 100 cases. There expect F1 \
             52.0–61.0 %. Choosing it on these very rows flatters it by 2.0 points. From 200 samples drawn at random \
             from “train”, each of which chose its own best threshold."
        );
    }

    #[test]
    fn a_cost_is_told_by_the_row() {
        let mut band = band();
        band.value = Some(Interval {
            low: 150.0,
            high: 210.0,
        });
        band.optimism = 12.0;
        let costs = greenlight_metrics::CostMatrix {
            fp: 1.0,
            ..Default::default()
        };
        let text = said(Choice::Best(Objective::Cost(costs)), band);
        assert!(
            text.contains("There expect the cost to be 1.50 to 2.10 € a row."),
            "{text}"
        );
        assert!(text.contains("look cheaper by 0.12 € a row."), "{text}");
    }

    #[test]
    fn rows_that_are_not_like_those_that_chose_are_said_to_be() {
        let counts = |tp, fn_| BinaryCounts {
            tp,
            fp: tp,
            fn_,
            tn: 900,
        };
        let said = |counts| {
            let demand = Choice::Under(Constraint::RecallAtLeast(0.8));
            said_of(demand, band(), Some(&counts))
        };
        let text = said(counts(40, 60));
        assert!(
            text.contains("On “production” recall is 40.0 %: more than chance explains"),
            "{text}"
        );
        assert!(!said(counts(80, 20)).contains("production"));
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
            text.contains("lies above 0.310, or it is best to flag nothing, in 95 of 100 cases."),
            "{text}"
        );
        assert!(text.contains("expect Youden’s J 0.520 to 0.610."), "{text}");
    }
}
