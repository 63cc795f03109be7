//! The answer, its reasons, and each criterion with its value drawn against its limit.

use std::rc::Rc;

use greenlight_charts::{IntervalBar, Outcome as BarOutcome};
use greenlight_format as format;
use greenlight_readiness::criteria::{shown_beside_limit, shown_interval, shown_limit};
use greenlight_readiness::policy::{Group, Unit};
use greenlight_readiness::{CriterionResult, Outcome, Report, title};
use yew::prelude::*;

use crate::app::Context;
use crate::canvas::{Chart, Frame};
use crate::components::{PolicySelect, ReportDownload, checklist_line, read_as, sign};
use crate::marks;
use crate::session::Loaded;
use crate::views::View;
use crate::words;

/// The properties of [`VerdictView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// So far the axis of a difference reaches at least.
const LEAST_REACH: f64 = 0.1;
/// Reasons shown at once; the rest is one click away.
const REASONS: usize = 3;

/// The answer, its reasons, and each criterion with its value drawn against its limit.
#[component]
pub fn VerdictView(Props { context, loaded }: &Props) -> Html {
    let report = &loaded.report;
    use_effect_with(Rc::as_ptr(loaded) as usize, |_| {
        marks::mark_painted(marks::VERDICT_PAINTED);
    });
    let outcome = words::verdict_outcome(report.verdict);
    html! {
        <section class="view verdict">
            <div class="summary">
                <div class="findings">
                    <h1
                        class={classes!("answer", words::outcome_class(outcome))}
                        data-testid="verdict"
                        data-verdict={report.verdict.name()}
                    >
                        { sign(outcome) }
                        { report.verdict.words() }
                    </h1>
                    { reasons(report) }
                    { left_out(report) }
                    <p class="aside read-as" data-testid="read-as">
                        { read_as(report) }
                        { " " }
                        <a href={View::Load.address_of("role-label")}>{ "Change…" }</a>
                    </p>
                    if report.settings.positive.is_none() && report.overall.classes.len() == 2 {
                        <a class="button" href={View::Load.address_of("positive-class")}>
                            { "Choose the positive class…" }
                        </a>
                    }
                </div>
                <div class="actions">
                    <PolicySelect current={report.settings.policy.clone()} judge={context.judge.clone()} />
                    <ReportDownload context={context.clone()} loaded={Rc::clone(loaded)} />
                </div>
            </div>
            { criteria(report) }
            { checklist_line(&context.session) }
            <details class="method">
                <summary>{ "How is this computed?" }</summary>
                <p>
                    { "Each criterion compares one number with one limit. It passes where the whole \
                       95 % interval is on the good side of the limit, is at risk where only the \
                       number itself is, and fails where the number is not. One failed requirement, \
                       or one serious pitfall, makes the model not ready; better than chance has to \
                       be shown with the whole interval. What the file cannot tell is said, not \
                       guessed, and where that leaves open whether the answers beat chance, there is \
                       not enough evidence." }
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
                    <summary>
                        { match rest.len() {
                            1 => "1 more reason".to_owned(),
                            more => format!("{more} more reasons"),
                        } }
                    </summary>
                    <ol class="reasons" start={(REASONS + 1).to_string()}>
                        { for rest.iter().map(item) }
                    </ol>
                </details>
            }
        </>
    }
}

/// Rows that the verdict does not rest on.
fn left_out(report: &Report) -> Html {
    let sources = report.sources.iter();
    let left: u64 = sources
        .clone()
        .map(|source| source.rows - source.rows_used)
        .sum();
    let rows: u64 = sources.map(|source| source.rows).sum();
    if left == 0 {
        return Html::default();
    }
    html! {
        <p class="aside">
            { format!("{} of {} rows could not be used: ", format::count(left), format::count(rows)) }
            <a href={View::Load.address()}>{ "see why" }</a>
        </p>
    }
}

fn criteria(report: &Report) -> Html {
    let asked = |group: &Group| report.criteria.iter().any(|c| c.group == *group);
    let groups = Group::ALL.into_iter().filter(asked);
    let multiclass = report.overall.classes.len() > 2;
    html! {
        <table class="table criteria">
            <caption class="visually-hidden">{ "What was asked, and what was measured" }</caption>
            <thead>
                <tr>
                    <td />
                    <th scope="col">{ "Criterion" }</th>
                    <th scope="col" class="number">{ "Measured" }</th>
                    <th scope="col" class="number">{ "95 % interval" }</th>
                    <th scope="col" class="bar">{ "Against the limit" }</th>
                    <th scope="col" class="number">{ "Limit" }</th>
                    <td />
                    <th scope="col">{ "Outcome" }</th>
                </tr>
            </thead>
            { for groups.map(|group| {
                let rows = report.criteria.iter().filter(|c| c.group == group);
                let span = rows.clone().count();
                let rows = rows.enumerate().map(|(index, criterion)| {
                    let group = (index == 0).then_some((group, span));
                    html! {
                        <CriterionRow
                            key={criterion.name.clone()}
                            criterion={criterion.clone()}
                            {multiclass}
                            {group}
                        />
                    }
                });
                html! { <tbody key={group.title()}>{ for rows }</tbody> }
            }) }
        </table>
    }
}

#[derive(Properties, PartialEq)]
struct CriterionProps {
    criterion: CriterionResult,
    multiclass: bool,
    /// The group that begins with this row, and its number of rows.
    group: Option<(Group, usize)>,
}

#[component]
fn CriterionRow(
    CriterionProps {
        criterion,
        multiclass,
        group,
    }: &CriterionProps,
) -> Html {
    let draw = use_callback(criterion.clone(), |mut frame: Frame, criterion| {
        bar(criterion)
            .draw(&mut frame.canvas, &frame.theme)
            .map_err(Into::into)
    });
    let limit = shown_limit(criterion.metric, criterion.limit);
    html! {
        <tr>
            if let Some((group, span)) = *group {
                <th class="group" scope="rowgroup" rowspan={span.to_string()}>
                    { group.title() }
                </th>
            }
            <th class="name" scope="row">
                <details class="term">
                    <summary>
                        { title(criterion.metric, *multiclass) }
                    </summary>
                    <p>{ &criterion.reason }</p>
                </details>
            </th>
            <td
                class="number value"
                data-testid={format!("criterion-{}", criterion.name)}
                data-value={criterion.value.map(|value| value.to_string())}
                title={criterion.value.map(format::exact)}
            >
                { shown_beside_limit(criterion) }
            </td>
            <td class="number interval">{ shown_interval(criterion) }</td>
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
            <td class="number limit">{ format!("{} {limit}", criterion.operator.symbol()) }</td>
            <td class="severity">{ words::severity(criterion.severity) }</td>
            <td class={classes!("outcome", words::outcome_class(criterion.outcome))}>
                { sign(criterion.outcome) }
                { words::outcome(criterion.outcome) }
            </td>
        </tr>
    }
}

fn bar(criterion: &CriterionResult) -> IntervalBar {
    let value = criterion.value.unwrap_or(f64::NAN);
    let (low, high) = criterion.interval.unwrap_or_default();
    let interval = (low.unwrap_or(value), high.unwrap_or(value));
    let (least, most) = criterion.metric.range();
    let domain = match criterion.metric.unit() {
        // Differences are small: as far as they reach, to both sides.
        Unit::Points => {
            let ends = [interval.0, interval.1, criterion.limit, LEAST_REACH];
            let reach = ends.into_iter().map(f64::abs).fold(0.0, f64::max);
            (-1.1 * reach, 1.1 * reach)
        }
        _ if most.is_finite() => (least, most),
        // Latencies have no upper end of their own: the limit stands in the middle, or the value
        // near the right.
        _ => (0.0, (2.0 * criterion.limit).max(1.1 * interval.1)),
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
