//! Costs by the amount in each row: which column has it, and how often it counts for each kind of answer.

use greenlight_data::{ColumnKind, Role};
use greenlight_metrics::CostMatrix;
use greenlight_readiness::{AmountDemand, Demands};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::slider::number;
use crate::engine::protocol::TableSummary;

/// The columns whose numbers may be amounts: those that say neither what a row is nor what the model thinks of it.
pub fn columns(table: &TableSummary, demands: &Demands) -> Vec<AttrValue> {
    let demanded = demands.amount.as_ref().map(|amount| &amount.column);
    let roles = table.roles.by_column();
    let may_be_one = |name: &String| {
        let role = roles.get(name.as_str());
        demanded == Some(name) || matches!(role, None | Some(Role::Feature | Role::Cost))
    };
    let columns = table.columns.iter();
    columns
        .filter(|column| column.description.kind == ColumnKind::Number && may_be_one(&column.name))
        .map(|column| AttrValue::from(column.name.clone()))
        .collect()
}

/// The choice of a column, for a table that has some.
pub fn select(demands: &Demands, columns: &[AttrValue], on_demand: &Callback<Demands>) -> Html {
    let chosen = demands
        .amount
        .as_ref()
        .map_or("", |amount| amount.column.as_str());
    let onchange = {
        let (demands, on_demand) = (demands.clone(), on_demand.clone());
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                let mut demands = demands.clone();
                set_column(&mut demands, &select.value());
                on_demand.emit(demands);
            }
        })
    };
    html! {
        <label class="field">
            <span>{ "or its amount in" }</span>
            <select data-testid="amount-column" {onchange}>
                <option value="" selected={chosen.is_empty()}>{ "no column" }</option>
                { for columns.iter().map(|name| html! {
                    <option key={name.to_string()} value={name.clone()} selected={name.as_str() == chosen}>{ name }</option>
                }) }
            </select>
        </label>
    }
}

/// Whether false alerts cost nothing, so that it is cheapest to miss no case, however many of them that takes.
pub fn are_alerts_free(demands: &Demands) -> bool {
    let costs = demands.costs.unwrap_or_default();
    let factors = demands.amount.as_ref().map(|amount| amount.factors);
    let factors = factors.unwrap_or_default();
    [costs.fp, costs.tn, factors.fp, factors.tn] == [0.0; 4]
}

/// Takes the amounts from another column, or from none. In the first, what a missed case costs becomes its amount.
fn set_column(demands: &mut Demands, column: &str) {
    match (&mut demands.amount, column) {
        (_, "") => {
            demands.amount = None;
            // Without what is lost, what an alert costs says nothing.
            let lost = demands.costs.map(|costs| (costs.tp, costs.fn_, costs.tn));
            if lost == Some((0.0, 0.0, 0.0)) {
                demands.costs = None;
            }
        }
        (Some(amount), column) => amount.column = column.to_owned(),
        (None, column) => {
            demands.amount = Some(AmountDemand::lost(column));
            if let Some(costs) = &mut demands.costs {
                costs.fn_ = 0.0;
            }
        }
    }
}

const NO_FACTOR: &str = "Type how often the amount counts, such as 1 or 0.2.";

/// How often the amount counts for one kind of answer.
pub fn set_factor(
    demands: &mut Demands,
    text: &str,
    cell: fn(&mut CostMatrix) -> &mut f64,
) -> Result<(), &'static str> {
    let factor = match text {
        "" => 0.0,
        text => number(text).ok_or(NO_FACTOR)?,
    };
    if let Some(amount) = &mut demands.amount {
        *cell(&mut amount.factors) = factor;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_case_costs_its_amount_instead_of_so_many_alerts() {
        let costs = |fn_| {
            Some(CostMatrix {
                fp: 1.0,
                fn_,
                ..CostMatrix::default()
            })
        };
        let mut demands = Demands {
            costs: costs(500.0),
            ..Demands::default()
        };
        set_column(&mut demands, "amount");
        assert_eq!(demands.amount, Some(AmountDemand::lost("amount")));
        assert_eq!(demands.costs, costs(0.0));
        assert!(!are_alerts_free(&demands));
        // Another column keeps the factors.
        assert_eq!(set_factor(&mut demands, "0,2", |c| &mut c.tp), Ok(()));
        set_column(&mut demands, "price");
        let amount = demands.amount.clone().unwrap();
        assert_eq!(
            (
                amount.column.as_str(),
                amount.factors.tp,
                amount.factors.fn_
            ),
            ("price", 0.2, 1.0)
        );
        assert_eq!(
            set_factor(&mut demands, "often", |c| &mut c.tp),
            Err(NO_FACTOR)
        );
        set_column(&mut demands, "");
        assert_eq!(demands, Demands::default());
    }

    #[test]
    fn alerts_may_be_free() {
        let mut demands = Demands::default();
        set_column(&mut demands, "amount");
        assert!(are_alerts_free(&demands));
        assert_eq!(set_factor(&mut demands, "0.01", |c| &mut c.fp), Ok(()));
        assert!(!are_alerts_free(&demands));
    }
}
