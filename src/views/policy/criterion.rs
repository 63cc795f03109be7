//! One thing that is asked: what of which rows, how binding, and how the data on screen stand to it.

use greenlight_readiness::criteria::{shown_beside_limit, shown_interval};
use greenlight_readiness::policy::{Group, Unit};
use greenlight_readiness::{Criterion, CriterionResult, Metric, Operator, Scope, Severity, title};
use yew::prelude::*;

use super::changes;
use super::drafts::{self, Part};
use super::editor::{Editor, Place, option};
use super::limit;
use crate::components::sign;
use crate::session::Loaded;
use crate::words;

/// A criterion as a card.
pub fn criterion_card(editor: &Editor, index: usize, asked: &Criterion, loaded: &Loaded) -> Html {
    let place = |key, label, change| Place {
        key,
        part: Part::Criterion(index),
        label,
        change,
    };
    let report = &loaded.report;
    let multiclass = report.overall.classes.len() > 2;
    let result = report
        .criteria
        .iter()
        .find(|result| result.name == asked.name);
    let operators = changes::OPERATORS.map(|operator| (symbol(operator), operator_words(operator)));
    let severities = changes::SEVERITIES.map(|severity| {
        let name = severity_name(severity);
        (name.to_owned(), words::severity(severity).to_owned())
    });
    let limit = limit::text_of(asked.metric, asked.limit);
    let taken_for = format!("= {limit}");
    let is_required = editor.policy.required_evidence.contains(&asked.name);
    html! {
        <li class="ask" key={index} data-testid={format!("policy-criterion-{}", asked.name)}>
            <div class="ask-line">
                { editor.select_of(
                    place("metric", "Number", changes::set_metric),
                    asked.metric.name().to_owned(),
                    |chosen| metric_options(chosen, multiclass),
                ) }
                { editor.select(place("operator", "Has to be", changes::set_operator), symbol(asked.operator), &operators) }
                { editor.text(place("limit", "Limit", changes::set_limit), limit, Some(taken_for)) }
                { editor.select(place("severity", "How binding", changes::set_severity), severity_name(asked.severity).to_owned(), &severities) }
                { for result.map(measured) }
            </div>
            // Always there: a line that goes while a field is left would take the click below it along.
            <p class="aside why">{ asked.why.as_deref().unwrap_or("No reason is given.") }</p>
            <details class="more">
                <summary>{ in_short(asked, is_required, loaded) }</summary>
                <div class="ask-more">
                    { for result.map(|result| html! { <p class="aside reason">{ &result.reason }</p> }) }
                    { scope(editor, &place, asked, loaded) }
                    { editor.text(
                        place("minimum_rows", "Least rows behind it", changes::set_least_rows),
                        asked.minimum_rows.map_or_else(String::new, |rows| rows.to_string()),
                        None,
                    ) }
                    { editor.text(place("name", "Name in the report", changes::set_criterion_name), asked.name.clone(), None) }
                    { editor.check(place("required", "No verdict without it", changes::set_required), is_required) }
                    { editor.check(place("if_measured", "Only if measured: no warning where the column is lacking", changes::set_if_measured), asked.if_measured) }
                    { editor.long_text(place("why", "Why this limit", changes::set_why), asked.why.clone().unwrap_or_default()) }
                    { remove(editor, index, asked) }
                </div>
            </details>
        </li>
    }
}

/// Every number, by what it is about.
pub fn metric_options(chosen: &str, multiclass: bool) -> Html {
    let of_group = |group: Group| {
        let metrics = Metric::ALL
            .iter()
            .filter(move |metric| metric.group() == group);
        metrics.map(move |&metric| {
            let words = match unit(metric) {
                "" => title(metric, multiclass).to_owned(),
                unit => format!("{}, {unit}", title(metric, multiclass)),
            };
            option(metric.name(), &words, chosen)
        })
    };
    let has_any = |group: &Group| Metric::ALL.iter().any(|metric| metric.group() == *group);
    html! {
        <>{ for Group::ALL.into_iter().filter(has_any).map(|group| html! {
            <optgroup label={group.title()}>{ for of_group(group) }</optgroup>
        }) }</>
    }
}

fn unit(metric: Metric) -> &'static str {
    match metric.unit() {
        Unit::Share => "%",
        Unit::Points | Unit::Fall => "points",
        Unit::Milliseconds => "ms",
        Unit::Cost => "in the unit of the cost column",
        Unit::Coefficient | Unit::Count => "",
    }
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Must => "must",
        Severity::Should => "should",
    }
}

pub fn symbol(operator: Operator) -> String {
    operator.symbol().to_owned()
}

pub fn operator_words(operator: Operator) -> String {
    let words = match operator {
        Operator::AtLeast => "at least",
        Operator::Above => "above",
        Operator::AtMost => "at most",
        Operator::Below => "below",
    };
    format!("{words} ({})", operator.symbol())
}

/// The number, its interval and how it came out.
fn measured(result: &CriterionResult) -> Html {
    html! {
        <div class="measured" role="group" aria-label="Measured">
            <strong data-testid={format!("policy-measured-{}", result.name)}>
                { shown_beside_limit(result) }
            </strong>
            <span class="aside">{ shown_interval(result) }</span>
            <span
                class={classes!("outcome", words::outcome_class(result.outcome))}
                data-testid={format!("policy-outcome-{}", result.name)}
            >
                { sign(result.outcome) }
                { words::outcome(result.outcome) }
            </span>
        </div>
    }
}

/// What the folded part says, in a line.
fn in_short(asked: &Criterion, is_required: bool, loaded: &Loaded) -> String {
    let mut parts = vec![scope_words(&asked.scope, loaded)];
    parts.extend(
        asked
            .minimum_rows
            .map(|rows| format!("on at least {rows} rows")),
    );
    parts.extend(asked.if_measured.then(|| "only if measured".to_owned()));
    parts.extend(is_required.then(|| "no verdict without it".to_owned()));
    parts.join(" · ")
}

fn scope_words(scope: &Scope, loaded: &Loaded) -> String {
    let settings = &loaded.report.settings;
    match scope {
        Scope::Current => match &settings.current {
            Some(split) => format!("Judged rows (“{split}”)"),
            None => "Judged rows (all)".to_owned(),
        },
        Scope::Reference => match &settings.reference {
            Some(split) => format!("Reference (“{split}”)"),
            None => "Reference (there is none)".to_owned(),
        },
        Scope::Overall => "All rows".to_owned(),
        Scope::Split(name) => format!("Split “{name}”"),
        Scope::Model(name) => format!("Model “{name}”"),
        Scope::Segment { column, value } => format!("Segment {column} = {value}"),
    }
}

/// Of which rows; a segment by its column and its value.
fn scope(
    editor: &Editor,
    place: &impl Fn(&'static str, &'static str, changes::Change) -> Place,
    asked: &Criterion,
    loaded: &Loaded,
) -> Html {
    let of_segment = |column: &str, value: &str| Scope::Segment {
        column: column.to_owned(),
        value: value.to_owned(),
    };
    let examination = loaded.profile.examination.as_ref();
    let columns = examination.map_or(&[][..], |found| &found.segments.columns);
    let first_of = |column: &str| {
        let found = columns.iter().find(|found| found.column == column);
        let value = found.and_then(|found| found.segments.first());
        value.map_or("", |segment| &segment.value)
    };
    let splits = loaded.profile.splits.keys().cloned().map(Scope::Split);
    let mut scopes = vec![Scope::Current, Scope::Reference, Scope::Overall];
    scopes.extend(splits);
    let in_words = |scope: &Scope| (changes::scope_text(scope), scope_words(scope, loaded));
    let mut options: Vec<(String, String)> = scopes.iter().map(in_words).collect();
    let is_segment = matches!(asked.scope, Scope::Segment { .. });
    if is_segment {
        options.push((changes::scope_text(&asked.scope), "A segment".to_owned()));
    } else {
        if let Some(first) = columns.first() {
            let segment = of_segment(&first.column, first_of(&first.column));
            options.push((changes::scope_text(&segment), "A segment…".to_owned()));
        }
        // One that the data on screen do not have.
        if !scopes.contains(&asked.scope) {
            options.push(in_words(&asked.scope));
        }
    }
    let rows = place("scope", "Of which rows", changes::set_scope);
    let holds = changes::scope_text(&asked.scope);
    let Scope::Segment { column, value } = &asked.scope else {
        return editor.select(rows, holds, &options);
    };
    let with = |mut known: Vec<(String, String)>, own: (String, String)| {
        if !known.contains(&own) {
            known.push(own);
        }
        known
    };
    let names = columns.iter().map(|found| {
        let name = &found.column;
        let segment = match name == column {
            true => asked.scope.clone(),
            false => of_segment(name, first_of(name)),
        };
        (changes::scope_text(&segment), name.clone())
    });
    let names = with(names.collect(), (holds.clone(), column.clone()));
    let segments = columns.iter().filter(|found| found.column == *column);
    let values = segments.flat_map(|found| &found.segments);
    let values = values.map(|segment| {
        let scope = of_segment(column, &segment.value);
        (changes::scope_text(&scope), segment.value.clone())
    });
    let values = with(values.collect(), (holds.clone(), value.clone()));
    html! {
        <>
            { editor.select(rows, holds.clone(), &options) }
            { editor.select(place("segment", "Column", changes::set_scope), holds.clone(), &names) }
            { editor.select(place("value", "Value", changes::set_scope), holds, &values) }
        </>
    }
}

fn remove(editor: &Editor, index: usize, asked: &Criterion) -> Html {
    if editor.policy.criteria.len() == 1 {
        return html! { <p class="aside">{ "A policy asks for something: the last one stays." }</p> };
    }
    let next = index.min(editor.policy.criteria.len().saturating_sub(2));
    let remover = editor.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        remover
            .drafts
            .set(drafts::without(&remover.drafts, Part::Criterion(index)));
        let next = Part::Criterion(next).path("metric");
        remover.alter(changes::remove, index, "", next);
    });
    html! {
        <button
            type="button"
            class="quiet"
            data-testid={format!("policy-remove-{}", asked.name)}
            {onclick}
        >
            { "Remove" }
            <span class="visually-hidden">{ format!(" {}", asked.name) }</span>
        </button>
    }
}
