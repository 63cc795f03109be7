//! Each criterion with its value drawn against its limit, group by group.

use greenlight_charts::{IntervalBar, Outcome as BarOutcome};
use greenlight_format as format;
use greenlight_format::csv::push_record;
use greenlight_readiness::criteria::{
    shown_axis, shown_beside_limit, shown_interval, shown_limit, shown_on_axis,
};
use greenlight_readiness::latency_words::assumed_unit as assumed_unit_words;
use greenlight_readiness::policy::Group;
use greenlight_readiness::{CriterionResult, Outcome, Policy, title};
use yew::prelude::*;

use crate::canvas::{CanvasError, Chart, Frame};
use crate::components::pictures::{Listed, listed};
use crate::components::{Downloads, sign};
use crate::session::{Loaded, Origin};
use crate::views::View;
use crate::views::over_time::answers_about_score;
use crate::words;

/// How tall the bar of a criterion is, in CSS pixels.
const BAR_HEIGHT: u32 = 24;

/// What was asked, and what was measured; what is asked only of data that tells stands below where they do not.
pub(super) fn criteria(loaded: &Loaded, policy: &Policy) -> Html {
    let report = &loaded.report;
    let is_left_out = |criterion: &&CriterionResult| {
        let mut asked = policy.criteria.iter();
        let if_measured = asked.any(|c| c.name == criterion.name && c.if_measured);
        if_measured && criterion.value.is_none()
    };
    let shown = || report.criteria.iter().filter(|c| !is_left_out(c));
    let asked = |group: &Group| shown().any(|c| c.group == *group);
    let groups = Group::ALL.into_iter().filter(asked);
    let multiclass = report.overall.classes.len() > 2;
    let left_out = report.criteria.iter().filter(is_left_out);
    let left_out: Vec<&str> = left_out.map(|c| title(c.metric, multiclass)).collect();
    let csv = {
        let criteria = report.criteria.clone();
        Callback::from(move |()| csv(&criteria))
    };
    let drawn = shown().filter(|criterion| criterion.value.is_some());
    let drawn = drawn.map(|criterion| kept(criterion, multiclass, loaded.about(criterion.metric)));
    let drawn: Vec<Listed> = drawn.collect();
    let picture = (!drawn.is_empty()).then(|| listed(drawn, BAR_HEIGHT));
    html! {
        <>
        <table class="table criteria" data-testid="table-criteria">
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
                    <th scope="col" class="evidence">{ "Picture" }</th>
                </tr>
            </thead>
            { for groups.map(|group| {
                let rows = shown().filter(|c| c.group == group);
                let span = rows.clone().count();
                let rows = rows.enumerate().map(|(index, criterion)| {
                    let group = (index == 0).then_some((group, span));
                    html! {
                        <CriterionRow
                            key={criterion.name.clone()}
                            criterion={criterion.clone()}
                            {multiclass}
                            {group}
                            about={loaded.about(criterion.metric)}
                            unit={assumed_unit(criterion, loaded)}
                        />
                    }
                });
                html! { <tbody key={group.title()}>{ for rows }</tbody> }
            }) }
        </table>
        { answers_about_score(report) }
        <Downloads name="criteria" title="Criteria" {picture} {csv} />
        if !left_out.is_empty() {
            <p class="aside" data-testid="asked-if-measured">
                { format!("Asked only where it is measured, and it is not: {}.", left_out.join(", ")) }
            </p>
        }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct CriterionProps {
    criterion: CriterionResult,
    multiclass: bool,
    /// The group that begins with this row, and its number of rows.
    group: Option<(Group, usize)>,
    /// What stands before a number that is not known exactly.
    about: &'static str,
    /// Where nothing says the unit of latencies, that it is assumed, and whether one can say which it is.
    unit: Option<(String, bool)>,
}

/// That the unit of latencies is assumed, where the criterion is about them.
fn assumed_unit(criterion: &CriterionResult, loaded: &Loaded) -> Option<(String, bool)> {
    let words = assumed_unit_words(&loaded.profile).filter(|_| criterion.is_of_latency())?;
    Some((words, loaded.origin == Origin::Engine))
}

#[component]
fn CriterionRow(
    CriterionProps {
        criterion,
        multiclass,
        group,
        about,
        unit,
    }: &CriterionProps,
) -> Html {
    let draw = use_callback(criterion.clone(), draw);
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
                    if let Some(why) = &criterion.why {
                        <p class="aside">{ why }</p>
                    }
                </details>
                if let Some((unit, can_be_said)) = unit {
                    <p class="aside" data-testid={format!("assumed-unit-{}", criterion.name)}>
                        { unit }
                        if *can_be_said {
                            { ". " }
                            <a href={View::Load.address_of("latency-unit")}>{ "Say its unit" }</a>
                        }
                    </p>
                }
            </th>
            <td
                class="number value"
                data-testid={format!("criterion-{}", criterion.name)}
                data-value={criterion.value.map(|value| value.to_string())}
                title={criterion.value.map(|value| format!("{about}{}", format::exact(value)))}
            >
                if criterion.value.is_some() {
                    { *about }
                }
                { shown_beside_limit(criterion) }
            </td>
            <td class="number interval">
                if criterion.interval.is_some() {
                    { *about }
                }
                { shown_interval(criterion) }
            </td>
            <td class="bar">
                if criterion.value.is_some() {
                    <Chart
                        name={format!("criterion-{}", criterion.name)}
                        label={criterion.reason.clone()}
                        height={BAR_HEIGHT}
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
            <td class="evidence">
                if let Some(view) = View::of_evidence(criterion.view) {
                    <a href={view.address()} aria-label={format!(
                        "{}: {}",
                        title(criterion.metric, *multiclass),
                        view.title()
                    )}>{ view.title() }</a>
                }
            </td>
        </tr>
    }
}

/// The criteria with plain numbers.
fn csv(criteria: &[CriterionResult]) -> String {
    let mut text = String::new();
    let head = [
        "criterion",
        "metric",
        "scope",
        "severity",
        "value",
        "interval_low",
        "interval_high",
        "operator",
        "limit",
        "rows",
        "outcome",
        "reason",
    ];
    push_record(&mut text, &head);
    let plain = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for criterion in criteria {
        let (low, high) = criterion.interval.unwrap_or_default();
        let [value, low, high, limit] =
            [criterion.value, low, high, Some(criterion.limit)].map(plain);
        let record = [
            &criterion.name,
            criterion.metric.name(),
            &criterion.scope,
            words::severity(criterion.severity),
            &value,
            &low,
            &high,
            criterion.operator.symbol(),
            &limit,
            &criterion.rows.to_string(),
            words::outcome(criterion.outcome),
            &criterion.reason,
        ];
        push_record(&mut text, &record);
    }
    text
}

fn draw(mut frame: Frame, criterion: &CriterionResult) -> Result<(), CanvasError> {
    bar(criterion).draw(&mut frame.canvas, &frame.theme)?;
    Ok(())
}

/// A criterion as a line of the picture to keep.
fn kept(criterion: &CriterionResult, multiclass: bool, about: &str) -> Listed {
    let criterion = criterion.clone();
    Listed {
        name: title(criterion.metric, multiclass).to_owned(),
        said: format!(
            "{about}{} {} {}: {}",
            shown_beside_limit(&criterion),
            criterion.operator.symbol(),
            shown_limit(criterion.metric, criterion.limit),
            words::outcome(criterion.outcome)
        ),
        draw: Some(Callback::from(move |frame| draw(frame, &criterion))),
    }
}

fn bar(criterion: &CriterionResult) -> IntervalBar {
    let (value, interval) = shown_on_axis(criterion);
    IntervalBar {
        value,
        interval,
        limit: criterion.limit,
        domain: shown_axis(criterion),
        outcome: match criterion.outcome {
            Outcome::Pass => BarOutcome::Pass,
            Outcome::Fail => BarOutcome::Fail,
            Outcome::AtRisk => BarOutcome::AtRisk,
            Outcome::NoEvidence => BarOutcome::NoEvidence,
        },
    }
}
