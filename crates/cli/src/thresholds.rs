//! What is asked of a threshold on the command line, and the answer in words.

use std::fmt::{self, Write};

use clap::Args;
use greenlight_format as format;
use greenlight_metrics::{BinaryCounts, Constraint, CostMatrix};
use greenlight_readiness::threshold_words::{cases_of, constraint_name, what_it_does};
use greenlight_readiness::{
    AmountDemand, AmountReport, ConstraintPoint, Demands, Point, Report, ThresholdReport,
};

/// What each kind of answer costs, and what must hold.
#[derive(Args)]
#[command(next_help_heading = "Choosing a threshold")]
pub struct DemandArguments {
    /// What a true positive costs, in any unit; a gain is negative. Costs that are left out are 0.
    #[arg(long, value_name = "COST", allow_negative_numbers = true)]
    cost_tp: Option<f64>,
    /// What a false positive costs: a false alarm.
    #[arg(long, value_name = "COST", allow_negative_numbers = true)]
    cost_fp: Option<f64>,
    /// What a false negative costs: a missed case.
    #[arg(long, value_name = "COST", allow_negative_numbers = true)]
    cost_fn: Option<f64>,
    /// What a true negative costs.
    #[arg(long, value_name = "COST", allow_negative_numbers = true)]
    cost_tn: Option<f64>,
    /// A column with an amount in each row, such as amount: a missed case costs as much, beside --cost-fn, unless the
    /// factors below say otherwise.
    #[arg(long, value_name = "COLUMN")]
    amount: Option<String>,
    /// What a true positive costs for each unit of its amount. With any factor, those that are left out are 0.
    #[arg(
        long,
        value_name = "FACTOR",
        allow_negative_numbers = true,
        requires = "amount"
    )]
    amount_tp: Option<f64>,
    /// What a false positive costs for each unit of its amount.
    #[arg(
        long,
        value_name = "FACTOR",
        allow_negative_numbers = true,
        requires = "amount"
    )]
    amount_fp: Option<f64>,
    /// What a false negative costs for each unit of its amount.
    #[arg(
        long,
        value_name = "FACTOR",
        allow_negative_numbers = true,
        requires = "amount"
    )]
    amount_fn: Option<f64>,
    /// What a true negative costs for each unit of its amount.
    #[arg(
        long,
        value_name = "FACTOR",
        allow_negative_numbers = true,
        requires = "amount"
    )]
    amount_tn: Option<f64>,
    /// The best threshold with at least this: precision=0.9 or recall=0.8; can be given again.
    #[arg(long, value_name = "METRIC=SHARE", value_parser = parse_at_least)]
    at_least: Vec<Constraint>,
    /// The best threshold with at most this: alerts=50; can be given again.
    #[arg(long, value_name = "alerts=COUNT", value_parser = parse_at_most)]
    at_most: Vec<Constraint>,
}

impl DemandArguments {
    /// What was asked, as the library takes it.
    pub fn demands(&self) -> Demands {
        let factors = [
            self.amount_tp,
            self.amount_fp,
            self.amount_fn,
            self.amount_tn,
        ];
        let amount = self.amount.as_ref().map(|column| match matrix(factors) {
            None => AmountDemand::lost(column),
            Some(factors) => AmountDemand {
                column: column.clone(),
                factors,
            },
        });
        Demands {
            costs: matrix([self.cost_tp, self.cost_fp, self.cost_fn, self.cost_tn]),
            amount,
            constraints: [self.at_least.as_slice(), &self.at_most].concat(),
        }
    }
}

/// The four cells, where any was given.
fn matrix(cells: [Option<f64>; 4]) -> Option<CostMatrix> {
    let [tp, fp, fn_, tn] = cells.map(Option::unwrap_or_default);
    let is_given = cells.iter().any(Option::is_some);
    is_given.then_some(CostMatrix { tp, fp, fn_, tn })
}

fn parse_at_least(demand: &str) -> Result<Constraint, String> {
    let share = |text: &str| text.parse::<f64>().ok();
    let constraint = demand
        .split_once('=')
        .and_then(|(metric, limit)| match metric {
            "precision" => share(limit).map(Constraint::PrecisionAtLeast),
            "recall" => share(limit).map(Constraint::RecallAtLeast),
            _ => None,
        });
    constraint.ok_or_else(|| "say precision=0.9 or recall=0.8, with a share from 0 to 1".to_owned())
}

fn parse_at_most(demand: &str) -> Result<Constraint, String> {
    let alerts = demand
        .strip_prefix("alerts=")
        .and_then(|limit| limit.parse().ok());
    let constraint = alerts.map(Constraint::AlertsAtMost);
    constraint.ok_or_else(|| "say alerts=50, with a whole number of alerts".to_owned())
}

/// The best thresholds, a line each, with what they do; nothing where none can be chosen.
pub fn write_thresholds(text: &mut String, report: &Report) -> fmt::Result {
    let Some(thresholds) = &report.threshold else {
        return Ok(());
    };
    let best = &thresholds.best;
    let line = |name: &str, point| (name.to_owned(), point, Money::Unasked);
    let mut lines = vec![
        line("highest F1", best.f1.as_ref()),
        line("highest Youden’s J", best.youden.as_ref()),
        line(
            "highest Matthews correlation",
            best.matthews_corrcoef.as_ref(),
        ),
    ];
    if thresholds.cost_matrix.is_some() {
        lines.push(("lowest cost".to_owned(), best.cost.as_ref(), Money::Asked));
    }
    for demand in &thresholds.constraints {
        lines.push((name_of(demand), demand.point.as_ref(), Money::Unasked));
    }
    if lines.iter().all(|(_, point, _)| point.is_none()) && thresholds.constraints.is_empty() {
        return Ok(());
    }
    writeln!(text, "{}", heading(thresholds))?;
    let widths = lines.iter().map(|(name, ..)| name.chars().count());
    let width = widths.max().unwrap_or(0);
    let cases = cases_of(report);
    for (name, point, money) in lines {
        let Some(point) = point else {
            writeln!(text, "  {name:width$}  no threshold does this")?;
            continue;
        };
        let threshold = match point.threshold {
            Some(threshold) => format::significant(threshold, 3),
            None => "above all".to_owned(),
        };
        writeln!(
            text,
            "  {name:width$}  {threshold:>9}  {}",
            does(point, &cases, money)
        )?;
    }
    if let Some(amounts) = &thresholds.amounts {
        write_amounts(text, amounts)?;
    }
    writeln!(text)
}

/// What the lowest cost counts, and what is odd about the amounts.
fn write_amounts(text: &mut String, amounts: &AmountReport) -> fmt::Result {
    let AmountReport {
        column,
        factors,
        notes,
        ..
    } = amounts;
    let factors = [
        ("a case caught", factors.tp),
        ("a false alert", factors.fp),
        ("a case missed", factors.fn_),
        ("a row rightly let pass", factors.tn),
    ];
    let counted = factors.iter().filter(|(_, factor)| *factor != 0.0);
    let counted: Vec<String> = counted
        .map(|(answer, factor)| format!("{} × that of {answer}", format::exact(*factor)))
        .collect();
    if !counted.is_empty() {
        writeln!(
            text,
            "  cost counts the amounts in “{column}”: {}",
            counted.join(", ")
        )?;
    }
    for note in notes {
        writeln!(text, "  {note}")?;
    }
    Ok(())
}

/// Whether the value of a point is money.
#[derive(Clone, Copy, PartialEq)]
enum Money {
    Asked,
    Unasked,
}

fn heading(thresholds: &ThresholdReport) -> String {
    match (&thresholds.chosen_on, &thresholds.seen_on) {
        (Some(chosen), Some(seen)) if chosen != seen => {
            format!("Best thresholds, chosen on {chosen}, with what they do on {seen}:")
        }
        (Some(chosen), None) => {
            format!("Best thresholds, chosen on {chosen}, with what they do to all rows:")
        }
        (Some(chosen), _) => format!("Best thresholds, chosen on {chosen}:"),
        _ => "Best thresholds:".to_owned(),
    }
}

fn name_of(demand: &ConstraintPoint) -> String {
    let constraint = match demand.metric.as_str() {
        "precision" => Constraint::PrecisionAtLeast(demand.limit),
        "recall" => Constraint::RecallAtLeast(demand.limit),
        _ => Constraint::AlertsAtMost(demand.limit as u64),
    };
    constraint_name(&constraint)
}

/// What the threshold does to the rows that it is for.
fn does(point: &Point, cases: &str, money: Money) -> String {
    let (matrix, value) = match &point.seen {
        Some(seen) => (&seen.confusion_matrix, seen.value),
        None => (&point.confusion_matrix, Some(point.value)),
    };
    let cell = |actual: usize, predicted: usize| {
        let row = matrix.get(actual);
        row.and_then(|row| row.get(predicted)).copied().unwrap_or(0)
    };
    let counts = BinaryCounts {
        tp: cell(1, 1),
        fp: cell(0, 1),
        fn_: cell(1, 0),
        tn: cell(0, 0),
    };
    let does = what_it_does(&counts, cases);
    match value.filter(|_| money == Money::Asked) {
        Some(cost) => format!("costs {} in all: {does}", format::significant(cost, 4)),
        None => does,
    }
}
