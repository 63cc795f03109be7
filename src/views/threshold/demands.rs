//! What a person asks of a threshold, and what each kind of answer costs.

use greenlight_format as format;
use greenlight_metrics::{Constraint, CostMatrix};
use greenlight_readiness::Demands;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::TextField;

use super::amount::{are_alerts_free, select, set_factor};
use super::slider::number;

#[derive(Properties, PartialEq)]
pub struct DemandsFormProps {
    pub demands: Demands,
    pub currency: AttrValue,
    /// The rows on which thresholds are chosen, in a sentence.
    pub chosen_on: AttrValue,
    /// The columns that may give an amount.
    pub amount_columns: Vec<AttrValue>,
    /// What is odd about the amounts.
    pub amount_notes: Vec<String>,
    pub on_demand: Callback<Demands>,
    pub on_currency: Callback<String>,
}

/// What was typed that cannot be taken, by field.
type Fault = Option<(&'static str, &'static str)>;

#[component]
pub fn DemandsForm(props: &DemandsFormProps) -> Html {
    let fault = use_state_eq(|| None as Fault);
    let DemandsFormProps {
        demands,
        currency,
        amount_columns,
        amount_notes,
        on_demand,
        ..
    } = props;
    let change = |name: &'static str, apply: fn(&mut Demands, &str) -> Result<(), &'static str>| {
        let (demands, on_demand, fault) = (demands.clone(), on_demand.clone(), fault.setter());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let mut demands = demands.clone();
            match apply(&mut demands, input.value().trim()) {
                Ok(()) => {
                    fault.set(None);
                    on_demand.emit(demands);
                }
                Err(why) => fault.set(Some((name, why))),
            }
        })
    };
    let field =
        |name: &'static str, title: &str, value: String, unit: &str, onchange: Callback<Event>| {
            let is_wrong = fault.is_some_and(|(wrong, _)| wrong == name);
            html! {
                <label class="field">
                    <span>{ title.to_owned() }</span>
                    <TextField {name} {is_wrong} {value} {onchange} />
                    <span class="aside">{ unit.to_owned() }</span>
                </label>
            }
        };
    let asked = |pick: fn(&Constraint) -> Option<f64>| {
        let limit = demands.constraints.iter().find_map(pick);
        limit.map_or_else(String::new, |limit| limit.to_string())
    };
    let cost = |pick: fn(&CostMatrix) -> f64| {
        demands
            .costs
            .as_ref()
            .map_or_else(String::new, |costs| pick(costs).to_string())
    };
    let amount = demands.amount.as_ref();
    // Beside the field for what it costs whatever its amount.
    let factor = |name: &'static str, answer: &str, value: f64, change: Callback<Event>| {
        let is_wrong = fault.is_some_and(|(wrong, _)| wrong == name);
        let unit = amount.map(|amount| {
            html! {
                <label class="field">
                    <span>{ "+" }</span>
                    <TextField
                        {name}
                        label={format!("{answer}: how often its amount counts")}
                        {is_wrong}
                        value={value.to_string()}
                        onchange={change}
                    />
                    <span class="aside">{ format!("× {}", amount.column) }</span>
                </label>
            }
        });
        unit.unwrap_or_default()
    };
    let factors = amount.map(|amount| amount.factors).unwrap_or_default();
    let ratio = demands
        .costs
        .filter(|_| amount.is_none())
        .filter(|costs| (costs.tp, costs.fp, costs.tn) == (0.0, 1.0, 0.0));
    let on_currency = {
        let on_currency = props.on_currency.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                on_currency.emit(input.value().trim().to_owned());
            }
        })
    };
    html! {
        <form class="demands" onsubmit={|event: SubmitEvent| event.prevent_default()}>
            { field("demand-recall", "Recall at least", asked(recall), "", change("demand-recall", set_recall)) }
            { field("demand-precision", "Precision at least", asked(precision), "", change("demand-precision", set_precision)) }
            { field(
                "demand-alerts", "At most", asked(alerts),
                &format!("alerts on {}", props.chosen_on), change("demand-alerts", set_alerts),
            ) }
            { field(
                "cost-ratio", "One missed case costs",
                ratio.map_or_else(String::new, |costs| costs.fn_.to_string()),
                "false alerts", change("cost-ratio", set_ratio),
            ) }
            if !amount_columns.is_empty() {
                { select(demands, amount_columns, on_demand) }
            }
            if amount.is_some() {
                { field("cost-alert", "One false alert costs", cost(|costs| costs.fp), currency, change("cost-alert", |d, t| set_cost(d, t, |c| &mut c.fp))) }
                if are_alerts_free(demands) {
                    <span class="aside" data-testid="alerts-free">
                        { "As long as false alerts cost nothing, it is cheapest to flag until no case is missed." }
                    </span>
                }
                if !amount_notes.is_empty() {
                    <span class="aside" data-testid="amount-notes">{ format!("{}.", amount_notes.join("; ")) }</span>
                }
            }
            <details class="more">
                <summary>{ "Costs of all four answers" }</summary>
                <div class="costs">
                    <div class="cost">
                        { field("cost-tp", "A case caught", cost(|costs| costs.tp), "", change("cost-tp", |d, t| set_cost(d, t, |c| &mut c.tp))) }
                        { factor("amount-tp", "A case caught", factors.tp, change("amount-tp", |d, t| set_factor(d, t, |c| &mut c.tp))) }
                    </div>
                    <div class="cost">
                        { field("cost-fn", "A case missed", cost(|costs| costs.fn_), "", change("cost-fn", |d, t| set_cost(d, t, |c| &mut c.fn_))) }
                        { factor("amount-fn", "A case missed", factors.fn_, change("amount-fn", |d, t| set_factor(d, t, |c| &mut c.fn_))) }
                    </div>
                    <div class="cost">
                        { field("cost-fp", "A false alert", cost(|costs| costs.fp), "", change("cost-fp", |d, t| set_cost(d, t, |c| &mut c.fp))) }
                        { factor("amount-fp", "A false alert", factors.fp, change("amount-fp", |d, t| set_factor(d, t, |c| &mut c.fp))) }
                    </div>
                    <div class="cost">
                        { field("cost-tn", "Rightly let pass", cost(|costs| costs.tn), "", change("cost-tn", |d, t| set_cost(d, t, |c| &mut c.tn))) }
                        { factor("amount-tn", "Rightly let pass", factors.tn, change("amount-tn", |d, t| set_factor(d, t, |c| &mut c.tn))) }
                    </div>
                    { field("currency", "Counted in", currency.to_string(), "", on_currency) }
                </div>
                <p class="aside">
                    { "A gain is a negative cost. Without any number there are no costs." }
                    if amount.is_none() && !amount_columns.is_empty() {
                        { " With a column of amounts, chosen above, each may also cost so many times its amount." }
                    }
                </p>
            </details>
            if let Some((_, why)) = *fault {
                <p class="fail" role="alert" data-testid="demand-message">{ why }</p>
            }
        </form>
    }
}

fn recall(constraint: &Constraint) -> Option<f64> {
    match *constraint {
        Constraint::RecallAtLeast(limit) => Some(limit),
        _ => None,
    }
}

fn precision(constraint: &Constraint) -> Option<f64> {
    match *constraint {
        Constraint::PrecisionAtLeast(limit) => Some(limit),
        _ => None,
    }
}

fn alerts(constraint: &Constraint) -> Option<f64> {
    match *constraint {
        Constraint::AlertsAtMost(limit) => Some(limit as f64),
        _ => None,
    }
}

const NO_SHARE: &str = "Type a share between 0 and 1, such as 0.8, or a percentage, such as 80 %.";
const NO_COUNT: &str = "Type how many rows may be flagged: a whole number such as 50.";
const NO_COST: &str = "Type a number, such as 500.";

/// A share, or a percentage from more than 1 on.
fn share(text: &str) -> Result<f64, &'static str> {
    let value = number(text.trim_end_matches('%')).ok_or(NO_SHARE)?;
    let value = if value > 1.0 || text.ends_with('%') {
        value / 100.0
    } else {
        value
    };
    (0.0..=1.0)
        .contains(&value)
        .then_some(value)
        .ok_or(NO_SHARE)
}

fn set_recall(demands: &mut Demands, text: &str) -> Result<(), &'static str> {
    let limit = (!text.is_empty()).then(|| share(text)).transpose()?;
    set(demands, recall, limit.map(Constraint::RecallAtLeast));
    Ok(())
}

fn set_precision(demands: &mut Demands, text: &str) -> Result<(), &'static str> {
    let limit = (!text.is_empty()).then(|| share(text)).transpose()?;
    set(demands, precision, limit.map(Constraint::PrecisionAtLeast));
    Ok(())
}

fn set_alerts(demands: &mut Demands, text: &str) -> Result<(), &'static str> {
    let count = |text: &str| {
        text.replace([' ', format::SPACE], "")
            .parse()
            .map_err(|_| NO_COUNT)
    };
    let limit = (!text.is_empty()).then(|| count(text)).transpose()?;
    set(demands, alerts, limit.map(Constraint::AlertsAtMost));
    Ok(())
}

/// Puts a constraint in the place of the one of its kind; they stay in order.
fn set(demands: &mut Demands, kind: fn(&Constraint) -> Option<f64>, new: Option<Constraint>) {
    let kinds = [recall, precision, alerts];
    let mut constraints = Vec::new();
    for one in kinds {
        let is_new = new.as_ref().is_some_and(|new| one(new).is_some());
        let known = demands
            .constraints
            .iter()
            .find(|known| one(known).is_some());
        let is_gone = known.is_some_and(|known| kind(known).is_some());
        match (is_new, is_gone) {
            (true, _) => constraints.extend(new),
            (false, true) => {}
            (false, false) => constraints.extend(known.copied()),
        }
    }
    demands.constraints = constraints;
}

fn set_ratio(demands: &mut Demands, text: &str) -> Result<(), &'static str> {
    demands.costs = match text {
        "" => None,
        text => Some(CostMatrix {
            tp: 0.0,
            fp: 1.0,
            fn_: number(text).ok_or(NO_COST)?,
            tn: 0.0,
        }),
    };
    // It is this or its amount.
    demands.amount = None;
    Ok(())
}

fn set_cost(
    demands: &mut Demands,
    text: &str,
    cell: fn(&mut CostMatrix) -> &mut f64,
) -> Result<(), &'static str> {
    let value = match text {
        "" => 0.0,
        text => number(text).ok_or(NO_COST)?,
    };
    let mut costs = demands.costs.unwrap_or_default();
    *cell(&mut costs) = value;
    demands.costs = (costs != CostMatrix::default()).then_some(costs);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_a_demand() {
        let mut demands = Demands::default();
        assert_eq!(set_alerts(&mut demands, "50"), Ok(()));
        assert_eq!(set_recall(&mut demands, "80 %"), Ok(()));
        assert_eq!(set_precision(&mut demands, "0,5"), Ok(()));
        let [recall, precision, alerts] = [
            Constraint::RecallAtLeast(0.8),
            Constraint::PrecisionAtLeast(0.5),
            Constraint::AlertsAtMost(50),
        ];
        assert_eq!(demands.constraints, [recall, precision, alerts]);
        assert_eq!(set_precision(&mut demands, ""), Ok(()));
        assert_eq!(set_recall(&mut demands, "90"), Ok(()));
        assert_eq!(
            demands.constraints,
            [Constraint::RecallAtLeast(0.9), alerts]
        );
        for (wrong, why) in [("many", NO_SHARE), ("-0.1", NO_SHARE), ("101", NO_SHARE)] {
            assert_eq!(set_recall(&mut demands, wrong), Err(why));
        }
        assert_eq!(set_alerts(&mut demands, "1.5"), Err(NO_COUNT));
    }

    #[test]
    fn costs_are_there_once_one_is() {
        let mut demands = Demands::default();
        assert_eq!(set_ratio(&mut demands, "500"), Ok(()));
        let costs = |tp, fp, fn_| {
            Some(CostMatrix {
                tp,
                fp,
                fn_,
                tn: 0.0,
            })
        };
        assert_eq!(demands.costs, costs(0.0, 1.0, 500.0));
        assert_eq!(set_cost(&mut demands, "-20", |costs| &mut costs.tp), Ok(()));
        assert_eq!(demands.costs, costs(-20.0, 1.0, 500.0));
        assert_eq!(
            set_cost(&mut demands, "dear", |costs| &mut costs.tp),
            Err(NO_COST)
        );
        let cells: [fn(&mut CostMatrix) -> &mut f64; 3] =
            [|c| &mut c.tp, |c| &mut c.fp, |c| &mut c.fn_];
        for cell in cells {
            assert_eq!(set_cost(&mut demands, "", cell), Ok(()));
        }
        assert_eq!(demands.costs, None);
    }
}
