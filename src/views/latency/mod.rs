//! How long answers take, which wait longest, whether slow ones are wrong more often, how many calls fail and what all of it costs.

mod budget;
mod cost;
mod failures;
mod groups;
mod histogram;
mod over_time;
mod percentiles;
mod slow;
mod steps;

use std::rc::Rc;

use greenlight_readiness::Choices;
use greenlight_readiness::examination::LatencyLook;
use greenlight_readiness::latency_words::{LatencyWords, NoLatency, OverBudget};
use yew::prelude::*;

use crate::components::still_looking;
use crate::context::Context;
use crate::engine::protocol::TableSummary;
use crate::session::Loaded;

use super::View;
use budget::Budget;
use histogram::Histogram;
use over_time::OverTime;

/// The properties of [`LatencyView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// How long answers take.
#[component]
pub fn LatencyView(Props { context, loaded }: &Props) -> Html {
    let moving = use_state_eq(|| None::<f64>);
    let chosen = use_state_eq(String::new);
    let look = use_latest_look(loaded);
    let words = match LatencyWords::of(&loaded.profile) {
        Ok(words) => words,
        Err(none) => return missing(&none, loaded),
    };
    // Percentiles of several windows together are no sum of theirs.
    let about = match loaded.is_at_once() {
        true => greenlight_format::ABOUT,
        false => "",
    };
    let latency = loaded.profile.current().latency.as_ref();
    // Of zeros alone there is nothing to draw and nothing to hold against a budget.
    if latency.is_ok_and(|latency| latency.max == 0.0) {
        return html! {
            <section class="view latency">
                <h1>{ &words.finding }</h1>
                <p class="lead">{ words.remarks.join(" ") }</p>
                { failures::failures(loaded) }
                { cost::cost(loaded) }
            </section>
        };
    }
    html! {
        <section class="view latency">
            <h1>{ about }{ &words.finding }</h1>
            <p class="lead">{ words.remarks.join(" ") }</p>
            { spread(context, loaded, look.as_ref(), &words, &moving) }
            <OverTime context={context.clone()} loaded={loaded.clone()} />
            { groups::groups(loaded, &chosen) }
            if let Some(LatestLook { look, is_of_these_rows: true }) = &look {
                { slow::slow(loaded, look) }
            }
            { failures::failures(loaded) }
            { cost::cost(loaded) }
            { method() }
        </section>
    }
}

/// What the second look found of the latencies.
#[derive(Clone)]
struct LatestLook {
    look: Rc<LatencyLook>,
    /// Whether it is of the rows that are looked at, and not of another range of time until the engine has looked at this one.
    is_of_these_rows: bool,
}

/// What the second look found; while it looks again because of another budget, what it found before, which is the same.
#[hook]
fn use_latest_look(loaded: &Loaded) -> Option<LatestLook> {
    let kept = use_mut_ref(|| None::<(Rc<TableSummary>, Rc<LatencyLook>)>);
    let mut kept = kept.borrow_mut();
    if let Some(look) = loaded.profile.latency_look() {
        let known = kept.take().map(|(_, look)| look);
        let known = known.filter(|known| **known == *look);
        let look = known.unwrap_or_else(|| Rc::new(look.clone()));
        *kept = Some((Rc::clone(&loaded.table), look));
    }
    let (table, look) = kept.as_ref()?;
    is_of_same_table(table, &loaded.table).then(|| LatestLook {
        look: Rc::clone(look),
        is_of_these_rows: table.choices.span == loaded.profile.settings.range,
    })
}

/// Whether two tables differ in nothing but the latency budget and the range of time.
fn is_of_same_table(one: &TableSummary, other: &TableSummary) -> bool {
    let budget = one.choices.latency_budget_ms;
    let choices = Choices {
        latency_budget_ms: budget,
        ..other.choices.clone()
    };
    let is_same = (&one.name, one.rows, &one.columns) == (&other.name, other.rows, &other.columns);
    is_same && one.choices.differs_in_range_alone(&choices)
}

/// How latencies are spread, with the budget that is moved, and the percentiles beside that.
fn spread(
    context: &Context,
    loaded: &Loaded,
    latest: Option<&LatestLook>,
    words: &LatencyWords,
    moving: &UseStateHandle<Option<f64>>,
) -> Html {
    let settings = &loaded.profile.settings;
    let (Ok(latency), unit) = (&loaded.profile.current().latency, settings.latency_unit) else {
        return Html::default();
    };
    let in_force = OverBudget::in_force(latency, &loaded.profile);
    let is_unit_chosen = context.session.choices().latency_unit.is_some();
    let asked = context.session.asked.as_ref();
    let asked = asked.and_then(|choices| choices.latency_budget_ms);
    // Where it is now, else what the engine has yet to answer, else what it has counted with.
    let wanted = moving
        .or(asked)
        .filter(|wanted| *wanted != in_force.budget_ms);
    let look = latest.map(|latest| &latest.look);
    let is_stale = latest.is_some_and(|latest| !latest.is_of_these_rows);
    let shape = look.map(|look| &look.current).filter(|_| !is_stale);
    let at_once = wanted.zip(shape);
    let at_once =
        at_once.and_then(|(wanted, shape)| OverBudget::at(shape, &loaded.profile, wanted));
    let over = at_once.unwrap_or(in_force);
    let range = shape.and_then(|shape| shape.stops.range());
    let (low, high) = range.unwrap_or((latency.p50, latency.max));
    // Answers of 0 ms have no place on a scale of powers of ten.
    let positive = shape.and_then(|shape| shape.histogram.bins().next());
    let low = positive.map_or(low, |bin| bin.low.max(low));
    // The slider has to reach the budget as well.
    let to_ms = |value: f64| value * unit.in_ms();
    let range_ms = (
        to_ms(low).min(in_force.budget_ms),
        to_ms(high).max(in_force.budget_ms),
    );
    let on_move = {
        let moving = moving.setter();
        Callback::from(move |budget_ms: f64| moving.set(Some(budget_ms)))
    };
    let on_settle = {
        let (moving, choose) = (moving.setter(), context.choose.clone());
        let (choices, in_force) = (context.session.choices(), in_force.budget_ms);
        let has_rows = !context.session.is_shared();
        Callback::from(move |budget_ms: f64| {
            // Without rows it stays as well as the stops know it.
            if !has_rows {
                moving.set(Some(budget_ms));
                return;
            }
            moving.set(None);
            if budget_ms != in_force
                || choices
                    .latency_budget_ms
                    .is_some_and(|asked| asked != budget_ms)
            {
                choose.emit(Choices {
                    latency_budget_ms: Some(budget_ms),
                    ..choices.clone()
                });
            }
        })
    };
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    let names = (name(&settings.current), name(&settings.reference));
    html! {
        <>
            <Budget {over} {range_ms} {on_move} {on_settle} />
            <div class={classes!("beside", is_stale.then_some("stale"))} aria-busy={is_stale.then_some("true")}>
                { match look {
                    Some(look) => html! {
                        <Histogram
                            {look}
                            {unit}
                            {names}
                            marks={marks(words)}
                            budget_ms={over.budget_ms}
                            told={loaded.profile.told}
                        />
                    },
                    None => still_looking(loaded, "To draw how latencies are spread"),
                } }
                <div>
                    { percentiles::percentiles(words, loaded, is_unit_chosen) }
                </div>
            </div>
        </>
    }
}

/// The percentiles that are drawn.
fn marks(words: &LatencyWords) -> Vec<(&'static str, f64)> {
    let drawn = words.rows.iter();
    let drawn = drawn.filter(|row| ["p50", "p95", "p99"].contains(&row.name));
    drawn.map(|row| (row.name, row.current.ms)).collect()
}

/// What is lacking, and what to do.
fn missing(none: &NoLatency, loaded: &Loaded) -> Html {
    let (address, button) = match loaded.profile.roles.latency {
        None => (
            View::Load.address_of("role-latency"),
            "Say which column is the latency",
        ),
        Some(_) => (View::Load.address(), "Change what is judged"),
    };
    html! {
        <section class="view latency" data-testid="no-latency">
            <h1>{ &none.finding }</h1>
            <p>{ &none.advice }</p>
            <p><a class="button" href={address}>{ button }</a></p>
            { failures::failures(loaded) }
            { cost::cost(loaded) }
        </section>
    }
}

fn method() -> Html {
    html! {
        <details class="method">
            <summary>{ "How is this computed?" }</summary>
            <p>
                { "A percentile is read off the latencies in order, with a straight line between two of them (numpy’s \
                   default). Its interval at 95 % needs no assumption about how latencies are spread: its ends are two \
                   latencies that occur, so far up and down the order that the true percentile lies beyond each of them in \
                   at most 2.5 % of all samples. High percentiles take many rows: with fewer than 72 even the slowest answer \
                   is no upper end for p95, with fewer than 368 none for p99. Calls that failed are no answers, and count \
                   in no percentile." }
            </p>
            <p>
                { "While the budget moves, the number of answers over it is known to 1 % of itself and marked ≈ where it \
                   is not exact; once it is let go, all rows are counted. Interval of a share: Wilson’s at 95 %. A group or \
                   a window is called clearly over the budget more often where its interval, at a level at which those of \
                   all groups hold together in 95 % of the cases, lies above the share of all rows; those of fewer than 30 \
                   rows are not judged." }
            </p>
            <p>
                { "For slow against wrong, answers are put into ten parts of about as many rows by how long they took; equal \
                   latencies stay together. Whether the share of wrong ones rises or falls along the parts is asked by the \
                   Cochran–Armitage test. A trend says that slow and wrong go together, not that one causes the other: hard \
                   cases may take longer." }
            </p>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_budget_leaves_the_look_as_it_was_and_another_unit_does_not() {
        let table = |budget, unit| TableSummary {
            choices: Choices {
                latency_budget_ms: budget,
                latency_unit: unit,
                ..Choices::default()
            },
            ..TableSummary::default()
        };
        let before = table(None, None);
        assert!(is_of_same_table(&before, &table(Some(5.0), None)));
        let seconds = Some(greenlight_data::LatencyUnit::Seconds);
        assert!(!is_of_same_table(&before, &table(None, seconds)));
    }
}
