//! The best thresholds: a button each, and what became of the one that was taken.

use greenlight_format as format;
use greenlight_metrics::{Choice, Constraint, Objective, ThresholdPoint};
use greenlight_readiness::BestThresholds;
use yew::prelude::*;

use super::in_force::{InForce, percent, shown};
use super::range::Range;
use super::words::{amount, split};

/// A best threshold, or that there is none.
struct Optimum {
    /// In handles.
    name: &'static str,
    title: String,
    /// What is made as good as it can be, in a sentence.
    value: &'static str,
    objective: Objective,
    demand: Option<Constraint>,
    point: Option<ThresholdPoint>,
}

impl Optimum {
    fn holds(&self, threshold: Option<f64>) -> bool {
        let interval = self.point.map(|point| point.interval);
        interval
            .zip(threshold)
            .is_some_and(|(interval, threshold)| {
                interval.above.is_none_or(|above| threshold > above)
                    && interval.up_to.is_none_or(|up_to| threshold <= up_to)
            })
    }

    /// A value on so many rows; costs are told by the row, since splits differ in size.
    fn shown(&self, value: f64, rows: u64, currency: &str) -> String {
        match self.objective {
            Objective::Cost(_) => {
                format!("{} a row", amount(value / rows.max(1) as f64, currency))
            }
            Objective::Youden | Objective::MatthewsCorrcoef => format::significant(value, 3),
            _ => format::percent(value),
        }
    }
}

fn optima(best: &BestThresholds) -> Vec<Optimum> {
    let of = |name, title: &str, value, objective, point| Optimum {
        name,
        title: title.to_owned(),
        value,
        objective,
        demand: None,
        point,
    };
    let mut all = vec![
        of("f1", "Best F1", "F1", Objective::F1, best.f1),
        of(
            "youden",
            "Best Youden’s J",
            "Youden’s J",
            Objective::Youden,
            best.youden,
        ),
        of(
            "matthews_corrcoef",
            "Best Matthews correlation",
            "Matthews correlation",
            Objective::MatthewsCorrcoef,
            best.matthews_corrcoef,
        ),
    ];
    if let Some(costs) = best.cost_matrix {
        all.push(of(
            "cost",
            "Lowest cost",
            "a cost of",
            Objective::Cost(costs),
            best.cost,
        ));
    }
    let demands = best.constraints.iter().map(|(constraint, point)| Optimum {
        name: match constraint {
            Constraint::PrecisionAtLeast(_) => "precision",
            Constraint::RecallAtLeast(_) => "recall",
            Constraint::AlertsAtMost(_) => "alerts",
        },
        title: demand(constraint),
        value: match constraint.objective() {
            Objective::Precision => "precision",
            _ => "recall",
        },
        objective: constraint.objective(),
        demand: Some(*constraint),
        point: *point,
    });
    all.extend(demands);
    all
}

fn demand(constraint: &Constraint) -> String {
    match *constraint {
        Constraint::PrecisionAtLeast(limit) => {
            format!("Precision at least {}", format::percent_exact(limit))
        }
        Constraint::RecallAtLeast(limit) => {
            format!("Recall at least {}", format::percent_exact(limit))
        }
        Constraint::AlertsAtMost(1) => "At most 1 alert".to_owned(),
        Constraint::AlertsAtMost(limit) => format!("At most {} alerts", format::count(limit)),
    }
}

/// A button for each best threshold; one that does not exist is said to.
pub fn snaps(
    best: &BestThresholds,
    range: Range,
    in_force: &InForce,
    on_snap: &Callback<(&'static str, f64)>,
) -> Html {
    let chosen_on = split(best.chosen_on.as_deref());
    html! {
        <ul class="snaps" aria-label="Best thresholds">
            { for optima(best).into_iter().map(|optimum| match optimum.point {
                Some(point) => {
                    let (name, threshold) = (optimum.name, range.threshold_of(point.threshold));
                    let pressed = optimum.holds(in_force.threshold);
                    let onclick = on_snap.reform(move |_: MouseEvent| (name, threshold));
                    html! {
                        <li key={optimum.name}>
                            <button
                                type="button"
                                data-testid={format!("snap-{}", optimum.name)}
                                data-value={point.threshold.map(|threshold| threshold.to_string())}
                                aria-pressed={pressed.to_string()}
                                {onclick}
                            >
                                { optimum.title }
                                <span class="aside">
                                    { point.threshold.map_or_else(|| "flag nothing".to_owned(), shown) }
                                </span>
                            </button>
                        </li>
                    }
                }
                None if optimum.demand.is_some() => html! {
                    <li key={optimum.name} class="unmet" role="status" data-testid={format!("unmet-{}", optimum.name)}>
                        { format!("{}: no threshold does that on {chosen_on}", optimum.title) }
                    </li>
                },
                None => Html::default(),
            }) }
        </ul>
    }
}

/// The best threshold that is in force: the one that was asked for by its button, or else the one that says most about
/// why a person is here.
fn taken(best: &BestThresholds, in_force: &InForce, pressed: Option<&str>) -> Option<Optimum> {
    let rank = |optimum: &Optimum| match optimum.objective {
        _ if pressed == Some(optimum.name) => 0,
        _ if optimum.demand.is_some() => 1,
        Objective::Cost(_) => 2,
        _ => 3,
    };
    let all = optima(best).into_iter();
    all.filter(|optimum| optimum.holds(in_force.threshold))
        .min_by_key(rank)
}

/// How the threshold in force was chosen, where it is one of the best; nothing where amounts chose it, which replicates
/// of the scores alone do not have.
pub fn choice(best: &BestThresholds, in_force: &InForce, pressed: Option<&str>) -> Option<Choice> {
    let taken = taken(best, in_force, pressed)?;
    Some(match taken.demand {
        Some(demand) => Choice::Under(demand),
        None if matches!(taken.objective, Objective::Cost(_)) && best.amounts.is_some() => {
            return None;
        }
        None => Choice::Best(taken.objective),
    })
}

/// What the threshold in force promised where it was chosen, and what it gives where it is used.
pub fn promise(
    best: &BestThresholds,
    in_force: &InForce,
    pressed: Option<&str>,
    currency: &str,
) -> Option<String> {
    let taken = taken(best, in_force, pressed)?;
    let point = taken.point?;
    let promised = taken.shown(point.value, point.counts.total(), currency);
    let chosen_on = split(best.chosen_on.as_deref());
    let (name, about) = (taken.value, in_force.about());
    if best.chosen_on == best.seen_on {
        let expect = match taken.objective {
            Objective::Cost(_) => "Expect new ones to cost a little more",
            _ => "Expect a little less of new ones",
        };
        return Some(format!(
            "{}: {name} {promised} on the very rows that chose it ({chosen_on}). {expect}.",
            taken.title
        ));
    }
    let seen_on = split(best.seen_on.as_deref());
    let seen = match (taken.objective, best.row_costs()) {
        (Objective::Cost(_), Some(costs)) => costs.total(&in_force.counts, &in_force.amounts),
        (objective, _) => objective.value(&in_force.counts),
    };
    let kept = taken
        .demand
        .map_or_else(String::new, |demand| kept(&demand, in_force));
    Some(match seen {
        Err(why) => format!(
            "{}: {name} {promised} on {chosen_on}, which chose it; none on {seen_on}, because {why}.{kept}",
            taken.title
        ),
        Ok(seen) => format!(
            "{}: chosen on {chosen_on} with {name} {promised}, seen on {seen_on} with {about}{}.{kept}",
            taken.title,
            taken.shown(seen, in_force.counts.total(), currency)
        ),
    })
}

/// Whether what was asked still holds where the threshold is used.
fn kept(demand: &Constraint, in_force: &InForce) -> String {
    let InForce { counts, .. } = in_force;
    let what = match demand {
        Constraint::PrecisionAtLeast(_) => format!("Precision is {}", percent(counts.precision())),
        Constraint::RecallAtLeast(_) => format!("Recall is {}", percent(counts.recall())),
        Constraint::AlertsAtMost(_) => {
            format!(
                "There are {} alerts",
                format::count(counts.predicted_positives())
            )
        }
    };
    let holds = match demand.allows(counts) {
        true => "what was asked holds",
        false => "what was asked does not hold",
    };
    format!(" {what} there: {holds}.")
}
