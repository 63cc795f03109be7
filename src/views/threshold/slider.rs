//! The slider and the typed threshold, with the way back.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::TextField;

use super::in_force::shown;
use super::range::Range;

#[derive(Properties, PartialEq)]
pub struct SliderProps {
    pub range: Range,
    /// Where it is; `None` where the file's own predictions decide.
    pub threshold: Option<f64>,
    /// Where the slider rests meanwhile.
    pub rest: f64,
    /// What it does, for those who do not see it.
    pub effect: AttrValue,
    pub on_move: Callback<f64>,
    pub on_settle: Callback<()>,
    /// The move was none: back to where it was.
    pub on_cancel: Callback<Option<f64>>,
    /// Further controls.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Slider(props: &SliderProps) -> Html {
    let SliderProps {
        range,
        threshold,
        rest,
        on_move,
        on_settle,
        ..
    } = props;
    let range = *range;
    let at = threshold.unwrap_or(*rest);
    let oninput = {
        let on_move = on_move.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            if let Some(value) = input.and_then(|input| input.value().parse().ok()) {
                on_move.emit(range.on_step(value));
            }
        })
    };
    let onkeydown = on_keys(range, at, on_move);
    let onkeyup = {
        let on_settle = on_settle.clone();
        Callback::from(move |event: KeyboardEvent| {
            if range.moved(at, &event.key(), false).is_some() {
                on_settle.emit(());
            }
        })
    };
    // A finger that scrolls the page touches the slider first; the browser then takes the touch away from it.
    let before = use_mut_ref(|| None::<f64>);
    let onpointerdown = {
        let (before, threshold) = (before.clone(), *threshold);
        Callback::from(move |_: PointerEvent| *before.borrow_mut() = threshold)
    };
    let onpointercancel = props
        .on_cancel
        .reform(move |_: PointerEvent| *before.borrow());
    let is_probability = (range.low, range.high) == (0.0, 1.0);
    let step = if is_probability { "0.001" } else { "any" };
    html! {
        <div class="slider">
            <label for="threshold">{ "Threshold" }</label>
            <input
                id="threshold"
                type="range"
                data-testid="threshold"
                class={threshold.is_none().then_some("resting")}
                min={range.low.to_string()}
                max={range.high.to_string()}
                {step}
                value={at.clamp(range.low, range.high).to_string()}
                aria-valuetext={format!("{}: {}", shown(at), props.effect)}
                {oninput}
                {onkeydown}
                {onkeyup}
                {onpointerdown}
                {onpointercancel}
                onchange={on_settle.reform(|_: Event| ())}
            />
            <Typed threshold={*threshold} {on_move} {on_settle} />
            { props.children.clone() }
        </div>
    }
}

/// Keys that move the threshold, on the slider and on every picture.
pub fn on_keys(range: Range, at: f64, on_move: &Callback<f64>) -> Callback<KeyboardEvent> {
    let on_move = on_move.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if let Some(threshold) = range.moved(at, &event.key(), event.shift_key()) {
            event.prevent_default();
            on_move.emit(threshold);
        }
    })
}

#[derive(Properties, PartialEq)]
struct TypedProps {
    threshold: Option<f64>,
    on_move: Callback<f64>,
    on_settle: Callback<()>,
}

/// The threshold as a number, to be read and typed.
#[component]
fn Typed(props: &TypedProps) -> Html {
    let unread = use_state_eq(|| None::<String>);
    {
        // A threshold that came another way makes what was typed wrong void.
        let unread = unread.setter();
        use_effect_with(props.threshold, move |_| unread.set(None));
    }
    let onchange = {
        let (on_move, on_settle) = (props.on_move.clone(), props.on_settle.clone());
        let unread = unread.setter();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            match number(&input.value()) {
                Some(threshold) => {
                    unread.set(None);
                    on_move.emit(threshold);
                    on_settle.emit(());
                }
                None => unread.set(Some(input.value())),
            }
        })
    };
    let value = match (&*unread, props.threshold) {
        (Some(unread), _) => unread.clone(),
        (None, Some(threshold)) => threshold.to_string(),
        (None, None) => String::new(),
    };
    html! {
        <span class="typed">
            <TextField
                name="threshold-value"
                label="Threshold as a number"
                is_wrong={unread.is_some()}
                placeholder="none"
                {value}
                {onchange}
            />
            if let Some(unread) = &*unread {
                <span class="fail" role="alert" data-testid="threshold-message">
                    { match unread.trim() {
                        "" => "Type a number, such as 0.42.".to_owned(),
                        text => format!("“{text}” is not a number: type one such as 0.42."),
                    } }
                </span>
            }
        </span>
    }
}

/// A finite number as people type it.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim().replace(',', ".").replace('−', "-");
    text.parse().ok().filter(|number: &f64| number.is_finite())
}
