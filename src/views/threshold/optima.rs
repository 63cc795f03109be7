//! The best thresholds: a button each, and what became of the one that was taken.

use greenlight_format::{self as format, Told};
use greenlight_metrics::{Choice, Constraint, Objective, ThresholdPoint};
use greenlight_readiness::threshold_words::{self, is_share};
use greenlight_readiness::{BestThresholds, Demands};
use yew::prelude::*;

use super::in_force::{InForce, percent, shown};
use super::range::Range;
use super::words::a_row;
use crate::words::split;

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
        let held = self.point.zip(threshold);
        held.is_some_and(|(point, threshold)| point.interval.contains(threshold))
    }

    /// A value on so many rows; costs are told by the row, since splits differ in size.
    fn shown(&self, value: f64, rows: u64, currency: &str) -> String {
        match self.objective {
            Objective::Cost(_) => a_row(value, rows, currency),
            objective if is_share(&objective) => format::percent(value),
            _ => format::significant(value, 3),
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
    let demands = best.constraints.iter().map(|(constraint, point)| Optimum {
        name: handle_of(constraint),
        title: format::capitalised(&threshold_words::constraint_name(constraint)),
        value: match constraint.objective() {
            Objective::Precision => "precision",
            _ => "recall",
        },
        objective: constraint.objective(),
        demand: Some(*constraint),
        point: *point,
    });
    // What a person asked goes first.
    let mut all: Vec<Optimum> = demands.collect();
    if let Some(costs) = best.cost_matrix {
        all.push(of(
            "cost",
            "Lowest cost",
            "a cost of",
            Objective::Cost(costs),
            best.cost,
        ));
    }
    let plain = [
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
    all.extend(plain);
    all
}

/// The threshold of the optimum of that name.
pub fn threshold_of(best: &BestThresholds, name: &str, range: Range) -> Option<f64> {
    let optimum = optima(best)
        .into_iter()
        .find(|optimum| optimum.name == name)?;
    Some(range.threshold_of(optimum.point?.threshold))
}

/// What a person has just asked for, by the name of its optimum; nothing where a wish was taken back.
pub fn newly_asked(before: &Demands, after: &Demands) -> Option<&'static str> {
    let has_costs = after.costs.is_some() || after.amount.is_some();
    if (&before.costs, &before.amount) != (&after.costs, &after.amount) {
        return has_costs.then_some("cost");
    }
    let new = after.constraints.iter();
    let mut new = new.filter(|constraint| !before.constraints.contains(constraint));
    new.next().map(handle_of)
}

/// A demand in handles.
fn handle_of(constraint: &Constraint) -> &'static str {
    match constraint {
        Constraint::PrecisionAtLeast(_) => "precision",
        Constraint::RecallAtLeast(_) => "recall",
        Constraint::AlertsAtMost(_) => "alerts",
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
    told: Told,
    in_force: &InForce,
    pressed: Option<&str>,
    currency: &str,
) -> Option<String> {
    let taken = taken(best, in_force, pressed)?;
    let point = taken.point?;
    let promised = told.mark(taken.shown(point.value, point.counts.total(), currency));
    let chosen_on = split(best.chosen_on.as_deref());
    let (name, about) = (taken.value, in_force.about());
    if best.chosen_on == best.seen_on {
        let expect = match taken.objective {
            Objective::Cost(_) => "Expect new ones to cost a little more",
            _ => "Expect a little less of new ones",
        };
        return Some(format!(
            "{}: {name} {promised} on the very rows that chose it ({chosen_on}). {expect}.{}",
            taken.title,
            simplest(&taken, best, in_force, currency)
        ));
    }
    let seen_on = split(best.seen_on.as_deref());
    let seen = match (taken.objective, best.row_costs()) {
        (Objective::Cost(_), Some(costs)) => costs.total(&in_force.counts, &in_force.amounts),
        (objective, _) => objective.value(&in_force.counts),
    };
    let kept = taken.demand.map_or_else(
        || simplest(&taken, best, in_force, currency),
        |demand| kept(&demand, in_force),
    );
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

/// What flagging nothing, and everything, would cost the rows that are judged.
fn simplest(taken: &Optimum, best: &BestThresholds, in_force: &InForce, currency: &str) -> String {
    let (Objective::Cost(_), Some(costs)) = (taken.objective, best.row_costs()) else {
        return String::new();
    };
    let InForce {
        counts, amounts, ..
    } = in_force;
    let nothing = costs.total(&counts.flagging_nothing(), &amounts.flagging_nothing());
    let everything = costs.total(
        &counts.flagging_everything(),
        &amounts.flagging_everything(),
    );
    let (Ok(now), Ok(nothing), Ok(everything)) =
        (costs.total(counts, amounts), nothing, everything)
    else {
        return String::new();
    };
    let shown = |cost| taken.shown(cost, counts.total(), currency);
    if nothing.min(everything) >= now {
        return format!(
            " Flagging nothing would cost {} there, flagging everything {}.",
            shown(nothing),
            shown(everything)
        );
    }
    let (what, less) = match nothing <= everything {
        true => ("nothing", nothing),
        false => ("everything", everything),
    };
    format!(
        " But flagging {what} would cost less there: {}.",
        shown(less)
    )
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

#[cfg(test)]
mod tests {
    use greenlight_metrics::CostMatrix;

    use super::*;

    #[test]
    fn what_was_just_asked_is_told_from_what_was_taken_back() {
        let recall = |limit| Demands {
            constraints: vec![Constraint::RecallAtLeast(limit)],
            ..Demands::default()
        };
        let none = Demands::default();
        let costs = Demands {
            costs: Some(CostMatrix::default()),
            ..recall(0.8)
        };
        for (before, after, asked) in [
            (&none, &recall(0.8), Some("recall")),
            (&recall(0.8), &recall(0.9), Some("recall")),
            (&recall(0.8), &none, None),
            (&recall(0.8), &costs, Some("cost")),
            (&costs, &recall(0.8), None),
            (&none, &none, None),
        ] {
            assert_eq!(newly_asked(before, after), asked);
        }
    }

    #[test]
    fn a_button_says_what_is_demanded() {
        let name = threshold_words::constraint_name(&Constraint::AlertsAtMost(1));
        assert_eq!(format::capitalised(&name), "At most 1 alert");
    }
}
