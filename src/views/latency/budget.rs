//! The latency budget: moved or typed, and what it does said at once.

use greenlight_data::LatencyUnit;
use greenlight_format as format;
use greenlight_metrics::Interval;
use greenlight_readiness::latency_words::OverBudget;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::TextField;

use super::steps::Steps;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// What it does.
    pub over: OverBudget,
    /// The lowest and the highest latency, in milliseconds.
    pub range_ms: (f64, f64),
    /// While it moves, in milliseconds.
    pub on_move: Callback<f64>,
    /// Once it is let go.
    pub on_settle: Callback<f64>,
}

#[component]
pub fn Budget(
    Props {
        over,
        range_ms,
        on_move,
        on_settle,
    }: &Props,
) -> Html {
    let budget_ms = over.budget_ms;
    let steps = Steps::between(range_ms.0, range_ms.1);
    let of_slider = |event: &Event| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        input.and_then(|input| input.value().parse().ok())
    };
    let oninput =
        on_move.reform(|event: InputEvent| step_of(&event).map_or(f64::NAN, Steps::budget_ms));
    let onchange = {
        let on_settle = on_settle.clone();
        Callback::from(move |event: Event| {
            if let Some(step) = of_slider(&event) {
                on_settle.emit(Steps::budget_ms(step));
            }
        })
    };
    html! {
        <>
            <div class="slider">
                <label for="latency-budget-slider">{ "Budget" }</label>
                <input
                    id="latency-budget-slider"
                    type="range"
                    data-testid="latency-budget-slider"
                    min={steps.first.to_string()}
                    max={steps.last.to_string()}
                    step="1"
                    value={Steps::at_most(budget_ms).to_string()}
                    aria-valuetext={format!("{}: {}", format::duration_ms(budget_ms), over.sentence())}
                    {oninput}
                    {onchange}
                />
                <Typed {budget_ms} {on_settle} />
            </div>
            <p class="over-budget" role="status" data-testid="over-budget" data-value={over.share.to_string()}>
                { over.sentence() }
                if let Some(Interval { low, high }) = over.interval() {
                    { "; 95\u{202f}% interval " }
                    { over.told.mark(format::percent_interval(low, high)) }
                }
                { "." }
            </p>
        </>
    }
}

fn step_of(event: &InputEvent) -> Option<i32> {
    let input: HtmlInputElement = event.target_dyn_into()?;
    input.value().parse().ok()
}

#[derive(Properties, PartialEq)]
struct TypedProps {
    budget_ms: f64,
    on_settle: Callback<f64>,
}

/// The budget as a number with its unit, to be read and typed.
#[component]
fn Typed(
    TypedProps {
        budget_ms,
        on_settle,
    }: &TypedProps,
) -> Html {
    let unread = use_state_eq(|| None::<String>);
    {
        // A budget that came another way makes what was typed wrong void.
        let unread = unread.setter();
        use_effect_with(*budget_ms, move |_| unread.set(None));
    }
    let onchange = {
        let (on_settle, unread) = (on_settle.clone(), unread.setter());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            match typed_ms(&input.value()) {
                Some(budget_ms) => {
                    unread.set(None);
                    on_settle.emit(budget_ms);
                }
                None => unread.set(Some(input.value())),
            }
        })
    };
    let value = unread
        .as_ref()
        .map_or_else(|| shown(*budget_ms), Clone::clone);
    html! {
        <span class="typed">
            <TextField
                name="latency-budget"
                label="Latency budget, such as 100 ms or 1.5 s"
                inputmode="text"
                is_wrong={unread.is_some()}
                {value}
                {onchange}
            />
            if let Some(unread) = &*unread {
                <span class="fail" role="alert" data-testid="latency-budget-message">
                    { format!("“{}” is no time: type one such as 100\u{202f}ms or 1.5\u{202f}s.", unread.trim()) }
                </span>
            }
        </span>
    }
}

/// The budget as it can be typed.
fn shown(budget_ms: f64) -> String {
    match budget_ms {
        ms if ms >= 1e3 => format!("{} s", ms / 1e3),
        ms if ms >= 1.0 || ms == 0.0 => format!("{ms} ms"),
        ms => format!("{} µs", ms * 1e3),
    }
}

/// A time as people type it, in milliseconds where they name no unit.
fn typed_ms(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = match unit.trim() {
        "" | "ms" => LatencyUnit::Milliseconds,
        "s" | "sec" => LatencyUnit::Seconds,
        "µs" | "μs" | "us" => LatencyUnit::Microseconds,
        "ns" => LatencyUnit::Nanoseconds,
        _ => return None,
    };
    let number = number.replace(',', ".").replace(char::is_whitespace, "");
    let number: f64 = number.parse().ok()?;
    let ms = number * unit.in_ms();
    (ms.is_finite() && ms >= 0.0).then_some(ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_type_them() {
        for (text, ms) in [
            ("100", Some(100.0)),
            (" 1,5 s ", Some(1_500.0)),
            ("250µs", Some(0.25)),
            ("1 000 ms", Some(1_000.0)),
            ("0", Some(0.0)),
            ("-1", None),
            ("soon", None),
            ("5 parsecs", None),
            ("", None),
            ("inf", None),
        ] {
            assert_eq!(typed_ms(text), ms, "{text}");
        }
    }

    #[test]
    fn what_is_shown_reads_back_to_the_same_budget() {
        for ms in [0.0, 0.25, 1.0, 99.5, 100.0, 999.0, 1_000.0, 12_500.0] {
            assert_eq!(typed_ms(&shown(ms)), Some(ms));
        }
    }
}
