//! The answer, its reasons, and each criterion with its value drawn against its limit.

use std::rc::Rc;

use greenlight_charts::{IntervalBar, Outcome as BarOutcome};
use greenlight_readiness::criteria::shown_value;
use greenlight_readiness::policy::{Group, PRESETS};
use greenlight_readiness::{CriterionResult, Metric, Outcome, Policy, Report, Severity};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::Context;
use crate::canvas::{Chart, Frame};
use crate::files::download;
use crate::marks;
use crate::session::Loaded;
use crate::words;

/// The properties of [`VerdictView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// Reasons shown at once; the rest is one click away.
const REASONS: usize = 3;

/// The answer, its reasons, and each criterion with its value drawn against its limit.
#[component]
pub fn VerdictView(Props { context, loaded }: &Props) -> Html {
    let report = &loaded.report;
    use_effect_with(Rc::as_ptr(loaded) as usize, |_| {
        marks::mark_painted(marks::VERDICT_PAINTED);
    });
    let verdict = report.verdict;
    html! {
        <section class="view verdict">
            <h1
                class={classes!("answer", verdict.name())}
                data-testid="verdict"
                data-verdict={verdict.name()}
            >
                <span class="icon" aria-hidden="true">{ words::verdict_icon(verdict) }</span>
                { verdict.words() }
            </h1>
            { reasons(report) }
            { criteria(report) }
            <div class="actions">
                { policy_control(&report.settings.policy, context) }
                { download_button(report, context) }
            </div>
            <details class="method">
                <summary>{ "How is this computed?" }</summary>
                <p>
                    { "Each criterion compares one number with one limit. A number passes where its \
                       whole 95 % interval is on the good side, is at risk where only the number \
                       itself is, and fails where it is not. One failed requirement, or one serious \
                       pitfall, makes the model not ready. What cannot be judged for want of a \
                       column is said, not guessed." }
                </p>
            </details>
        </section>
    }
}

fn reasons(report: &Report) -> Html {
    let item = |reason: &String| html! { <li>{ reason }</li> };
    let (first, rest) = report.reasons.split_at(report.reasons.len().min(REASONS));
    html! {
        <>
            <ol class="reasons" data-testid="reasons">{ for first.iter().map(item) }</ol>
            if !rest.is_empty() {
                <details class="more">
                    <summary>{ format!("{} more", rest.len()) }</summary>
                    <ol class="reasons" start={(REASONS + 1).to_string()}>
                        { for rest.iter().map(item) }
                    </ol>
                </details>
            }
        </>
    }
}

fn criteria(report: &Report) -> Html {
    let groups =
        [Group::Accuracy, Group::Balance, Group::Stability, Group::LatencyAndCost];
    html! {
        <table class="table criteria">
            <caption class="visually-hidden">{ "What was required, and what was measured" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "Criterion" }</th>
                    <th scope="col" class="number">{ "Measured" }</th>
                    <th scope="col" class="bar">{ "Interval against limit" }</th>
                    <th scope="col" class="number">{ "Limit" }</th>
                    <th scope="col">{ "Outcome" }</th>
                </tr>
            </thead>
            { for groups.into_iter().map(|group| {
                let rows = report.criteria.iter().filter(|c| c.metric.group() == group);
                let mut rows = rows.peekable();
                if rows.peek().is_none() {
                    return Html::default();
                }
                html! {
                    <tbody key={words::group(group)}>
                        <tr class="group">
                            <th scope="rowgroup" colspan="5">{ words::group(group) }</th>
                        </tr>
                        { for rows.map(|criterion| html! {
                            <CriterionRow key={criterion.name.clone()} criterion={criterion.clone()} />
                        }) }
                    </tbody>
                }
            }) }
        </table>
    }
}

#[derive(Properties, PartialEq)]
struct CriterionProps {
    criterion: CriterionResult,
}

#[component]
fn CriterionRow(CriterionProps { criterion }: &CriterionProps) -> Html {
    let draw = use_callback(criterion.clone(), |mut frame: Frame, criterion| {
        bar(criterion).draw(&mut frame.canvas, &frame.theme).map_err(Into::into)
    });
    let severity = match criterion.severity {
        Severity::Must => "required",
        Severity::Should => "recommended",
    };
    let value = shown_value(criterion.metric, criterion.value);
    let limit = shown_value(criterion.metric, Some(criterion.limit));
    html! {
        <tr title={criterion.reason.clone()}>
            <th scope="row">
                { title(criterion.metric) }
                <span class="aside">{ severity }</span>
            </th>
            <td
                class="number"
                data-testid={format!("criterion-{}", criterion.name)}
                data-value={criterion.value.map(|value| value.to_string())}
            >
                { &value }
                <span class="aside">{ interval(criterion) }</span>
            </td>
            <td class="bar">
                if criterion.value.is_some() {
                    <Chart
                        name={format!("criterion-{}", criterion.name)}
                        label={criterion.reason.clone()}
                        height={24}
                        {draw}
                    />
                }
            </td>
            <td class="number">{ format!("{} {limit}", criterion.operator.symbol()) }</td>
            <td class={classes!("outcome", words::outcome_class(criterion.outcome))}>
                <span class="icon" aria-hidden="true">{ words::outcome_icon(criterion.outcome) }</span>
                { words::outcome(criterion.outcome) }
            </td>
        </tr>
    }
}

fn title(metric: Metric) -> &'static str {
    match metric {
        Metric::Accuracy => "Right answers (accuracy)",
        Metric::AccuracyAboveBaseline => "Gain over the most frequent answer",
        Metric::YoudensJ => "Better than chance (Youden’s J)",
        Metric::Recall => "Cases caught (recall)",
        Metric::Precision => "Alarms that are real (precision)",
        Metric::LatencyP95 => "Latency, 95 of 100 within (p95)",
        Metric::AccuracyGap => "Fall from the reference split",
    }
}

fn interval(criterion: &CriterionResult) -> String {
    let end = |value| shown_value(criterion.metric, value);
    match criterion.interval {
        Some((Some(low), Some(high))) => format!("{} to {}", end(Some(low)), end(Some(high))),
        Some((Some(low), None)) => format!("at least {}", end(Some(low))),
        Some((None, Some(high))) => format!("at most {}", end(Some(high))),
        Some((None, None)) | None => String::new(),
    }
}

fn bar(criterion: &CriterionResult) -> IntervalBar {
    let value = criterion.value.unwrap_or(f64::NAN);
    let (low, high) = criterion.interval.unwrap_or_default();
    let interval = (low.unwrap_or(value), high.unwrap_or(value));
    let domain = match criterion.metric {
        Metric::Accuracy | Metric::Recall | Metric::Precision => (0.0, 1.0),
        Metric::YoudensJ | Metric::AccuracyAboveBaseline | Metric::AccuracyGap => (-1.0, 1.0),
        // Latencies have no upper end of their own: the limit stands in the middle, or the value
        // near the right.
        Metric::LatencyP95 => (0.0, (2.0 * criterion.limit).max(1.1 * interval.1)),
    };
    IntervalBar {
        value,
        interval,
        limit: criterion.limit,
        domain,
        outcome: match criterion.outcome {
            Outcome::Pass => BarOutcome::Pass,
            Outcome::Fail => BarOutcome::Fail,
            Outcome::AtRisk => BarOutcome::AtRisk,
            Outcome::NoEvidence => BarOutcome::NoEvidence,
        },
    }
}

fn policy_control(current: &str, context: &Context) -> Html {
    let judge = context.judge.clone();
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        if let Some(policy) = select.and_then(|select| Policy::preset(&select.value())) {
            judge.emit(Rc::new(policy));
        }
    });
    html! {
        <div class="control">
            <label for="policy">{ "Which error matters more?" }</label>
            <select id="policy" data-testid="policy" {onchange}>
                { for PRESETS.into_iter().filter_map(Policy::preset).map(|policy| html! {
                    <option value={policy.name.clone()} selected={policy.name == current}>
                        { format!("{}: {}", policy.name, policy.description) }
                    </option>
                }) }
            </select>
        </div>
    }
}

fn download_button(report: &Report, context: &Context) -> Html {
    let (report, fail) = (report.clone(), context.fail.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let json = report.to_json().map_err(|error| error.to_string());
        let saved = json.and_then(|json| {
            download("greenlight-report.json", "application/json", &json)
                .map_err(|_| "this browser did not let the page offer a download".to_owned())
        });
        if let Err(message) = saved {
            fail.emit(message);
        }
    });
    html! {
        <button data-testid="download-json" {onclick}>{ "Download the report (JSON)" }</button>
    }
}
