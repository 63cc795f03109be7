//! What the threshold does in numbers: four large ones, the matrix, and the rest in a list.

use greenlight_format as format;
use greenlight_format::csv::push_record;
use greenlight_metrics::{
    BinaryCounts, ConfusionMatrix, Interval, RowCosts, Undefined, Value, f1_interval, wilson,
};
use yew::prelude::*;

use super::in_force::{InForce, percent};
use super::words::{FALSE_ALERTS, a_row, amount};
use crate::components::{Downloads, Metric};
use crate::views::View;
use crate::words::Term;

/// What the answers cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Costs {
    pub of_rows: RowCosts,
    pub currency: AttrValue,
}

/// Precision, recall, the share that is flagged, and what it costs or else F1.
pub fn large_numbers(in_force: &InForce, costs: Option<&Costs>) -> Html {
    let counts = &in_force.counts;
    let (flagged, all) = (counts.predicted_positives(), counts.total());
    let proportion = |part, whole| wilson(part, whole);
    let precision = (counts.precision(), proportion(counts.tp, flagged));
    let recall = (
        counts.recall(),
        proportion(counts.tp, counts.actual_positives()),
    );
    let queue = (counts.queue_rate(), proportion(flagged, all));
    let about = in_force.about();
    html! {
        <dl class="large-numbers">
            { share(Term::Precision, "Alerts that are real", precision, about) }
            { share(Term::Recall, "Cases that are caught", recall, about) }
            { share(Term::QueueRate, "Rows that are flagged", queue, about) }
            if let Some(Costs { of_rows, currency }) = costs {
                { cost(of_rows, currency, in_force) }
            } else {
                { share(Term::F1, "Both in one number", (counts.f1(), f1_interval(counts)), about) }
            }
        </dl>
    }
}

fn share(
    term: Term,
    words: &'static str,
    (value, interval): (Value, Result<Interval, Undefined>),
    about: &'static str,
) -> Html {
    let shown = format!("{about}{}", percent(value));
    let below = match (value, interval) {
        (Err(why), _) => why.to_string(),
        (Ok(_), Ok(Interval { low, high })) => {
            format!("{about}{}", format::percent_interval(low, high))
        }
        (Ok(_), Err(_)) => String::new(),
    };
    large(term, words, value, shown, below, about)
}

fn cost(of_rows: &RowCosts, currency: &str, in_force: &InForce) -> Html {
    let total = of_rows.total(&in_force.counts, &in_force.amounts);
    let about = in_force.about();
    // A currency stands beside its number, a longer unit below it.
    let (beside, below) = match currency.chars().count() {
        0 => ("", String::new()),
        1..=5 => (currency, String::new()),
        _ if currency == FALSE_ALERTS => ("", "times a false alert; ".to_owned()),
        _ => ("", format!("{currency}; ")),
    };
    let shown = total.map_or_else(|_| format::undefined(), |total| amount(total, beside));
    let rows = in_force.counts.total();
    let below = match total {
        Err(why) => why.to_string(),
        Ok(_) if rows == 0 => String::new(),
        Ok(total) => format!("{below}{about}{}", a_row(total, rows, beside)),
    };
    large(
        Term::Cost,
        "What the answers cost",
        total,
        format!("{about}{shown}"),
        below,
        about,
    )
}

fn large(
    term: Term,
    words: &'static str,
    value: Value,
    shown: String,
    below: String,
    about: &'static str,
) -> Html {
    html! {
        <div>
            <dt>
                { words }
                if matches!(term, Term::Precision | Term::Recall | Term::F1) {
                    <span class="aside">{ format!(" {}", term.title()) }</span>
                }
            </dt>
            <dd
                class="value"
                data-testid={format!("metric-{}", term.name())}
                data-value={value.ok().map(|value| value.to_string())}
                title={value.ok().map(|value| format!("{about}{}", format::exact(value)))}
            >
                { shown }
            </dd>
            <dd class="aside">{ below }</dd>
        </div>
    }
}

/// The four counts, and the view that shows the rows behind them.
pub fn matrix(in_force: &InForce, cases: &str, rows: Option<View>) -> Html {
    let counts = &in_force.counts;
    let about = in_force.about();
    let csv = {
        let (counts, cases) = (*counts, cases.to_owned());
        Callback::from(move |()| four_counts(&counts, &cases))
    };
    let cell = |name: &'static str, class: &'static str, words: &'static str, count: u64| {
        html! {
            <td class={class}>
                <span class="count" data-testid={format!("count-{name}")} data-value={count.to_string()}>
                    { format!("{about}{}", format::count(count)) }
                </span>
                <span class="aside">{ words }</span>
            </td>
        }
    };
    html! {
        <>
        <table class="four-counts" data-testid="table-four_counts">
            <caption>
                { "Rows by truth and answer. " }
                if let Some(rows) = rows {
                    <a href={rows.address()}>{ "See the rows behind them" }</a>
                }
            </caption>
            <thead>
                <tr><td /><th scope="col">{ "flagged" }</th><th scope="col">{ "let pass" }</th></tr>
            </thead>
            <tbody>
                <tr>
                    <th scope="row">{ cases }</th>
                    { cell("tp", "right", "caught", counts.tp) }
                    { cell("fn", "wrong", "missed", counts.fn_) }
                </tr>
                <tr>
                    <th scope="row">{ "others" }</th>
                    { cell("fp", "wrong", "false alerts", counts.fp) }
                    { cell("tn", "right", "rightly let pass", counts.tn) }
                </tr>
            </tbody>
        </table>
        <Downloads name="four_counts" title="The four counts" {csv} />
        </>
    }
}

/// The four counts with plain numbers: classes in rows, answers in columns.
fn four_counts(counts: &BinaryCounts, cases: &str) -> String {
    let mut text = String::new();
    push_record(&mut text, &["truth", "flagged", "let_pass"]);
    for (truth, flagged, passed) in [
        (cases, counts.tp, counts.fn_),
        ("others", counts.fp, counts.tn),
    ] {
        push_record(
            &mut text,
            &[truth, &flagged.to_string(), &passed.to_string()],
        );
    }
    text
}

/// What else follows from the four counts.
pub fn other_numbers(in_force: &InForce, with_f1: bool) -> Html {
    let counts = &in_force.counts;
    let [negatives, positives] = counts.rows();
    // As the report computes them.
    let of_matrix = |metric: fn(&ConfusionMatrix) -> Value| {
        ConfusionMatrix::from_rows(&[negatives.to_vec(), positives.to_vec()])
            .map_err(|_| Undefined::Overflow)
            .and_then(|matrix| metric(&matrix))
    };
    let all = [
        (Term::F1, counts.f1()),
        (Term::Specificity, counts.specificity()),
        (
            Term::NegativePredictiveValue,
            counts.negative_predictive_value(),
        ),
        (Term::Accuracy, of_matrix(ConfusionMatrix::accuracy)),
        (
            Term::BalancedAccuracy,
            of_matrix(ConfusionMatrix::balanced_accuracy),
        ),
        (
            Term::MatthewsCorrcoef,
            of_matrix(ConfusionMatrix::matthews_corrcoef),
        ),
        (Term::YoudensJ, counts.youdens_j()),
        (Term::Lift, counts.lift()),
    ];
    let shown = all.into_iter().skip(usize::from(!with_f1));
    html! {
        <dl class="metrics other-numbers">
            { for shown.map(|(term, value)| html! {
                <Metric
                    key={term.name()}
                    {term}
                    value={value.ok()}
                    why={value.err().map(|why| AttrValue::from(why.to_string()))}
                    about={in_force.about()}
                />
            }) }
        </dl>
    }
}
