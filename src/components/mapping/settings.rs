//! What has to be known about the columns beside the parts they play.

use greenlight_data::{LatencyUnit, SplitKind};
use greenlight_readiness::windows::time_zone;
use greenlight_readiness::{Choices, WindowRule};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::session::Loaded;

/// The unit of the latencies, which seem to be in `unit`.
pub fn latency_unit_select(
    unit: LatencyUnit,
    choices: &Choices,
    choose: &Callback<Choices>,
) -> Html {
    let onchange = on_select(choices, choose, |choices, value| {
        choices.latency_unit = LatencyUnit::ALL
            .into_iter()
            .find(|unit| unit.short_name() == value);
    });
    let chosen = choices.latency_unit;
    html! {
        <div class="control">
            <label for="latency-unit">{ "Unit of the latencies" }</label>
            <select id="latency-unit" data-testid="latency-unit" {onchange}>
                // What was assumed can so be chosen as well.
                <option value="" selected={chosen.is_none()}>{ format!("as read: {}", unit.short_name()) }</option>
                { for LatencyUnit::ALL.into_iter().map(|unit| html! {
                    <option value={unit.short_name()} selected={chosen == Some(unit)}>
                        { unit.short_name() }
                    </option>
                }) }
            </select>
            <p class="aside">
                { match choices.latency_unit {
                    Some(_) => "Chosen by you",
                    None => "From the column, else milliseconds",
                } }
            </p>
        </div>
    }
}

/// Which of two classes the model looks for.
pub fn positive_select(loaded: &Loaded, choices: &Choices, choose: &Callback<Choices>) -> Html {
    let classes = loaded.profile.classes.names();
    if classes.len() != 2 {
        return Html::default();
    }
    let positive = &loaded.profile.settings.positive;
    let onchange = on_select(choices, choose, |choices, value| {
        choices.positive = (!value.is_empty()).then_some(value);
    });
    html! {
        <div class="control">
            <label for="positive-class">{ "Positive class" }</label>
            <select id="positive-class" data-testid="positive-class" {onchange}>
                if positive.is_none() {
                    <option value="" selected={true}>{ "Choose…" }</option>
                }
                { for classes.iter().map(|class| html! {
                    <option value={class.clone()} selected={positive.as_ref() == Some(class)}>
                        { class }
                    </option>
                }) }
            </select>
            <p class="aside">
                { match (positive, &choices.positive) {
                    (None, _) => "Which of the two does the model look for?",
                    (_, Some(_)) => "Chosen by you",
                    (_, None) => "By its name, what the model looks for",
                } }
            </p>
        </div>
    }
}

/// From which grade on an answer is accepted, where grades are numbers.
pub fn pass_mark_select(loaded: &Loaded, choices: &Choices, choose: &Callback<Choices>) -> Html {
    let profile = &loaded.profile;
    let acceptance = profile.acceptance.as_ref().ok();
    let Some(acceptance) = acceptance.filter(|of| profile.graded && of.pass_mark.is_some()) else {
        return Html::default();
    };
    let grades = profile.classes.names();
    // Grades stand in the order of their numbers.
    let lowest = (0..grades.len()).find(|&grade| acceptance.accepts(grade));
    let onchange = on_select(choices, choose, |choices, value| {
        choices.pass_mark = (!value.is_empty()).then_some(value);
    });
    html! {
        <div class="control">
            <label for="pass-mark">{ "Accepted from grade" }</label>
            <select id="pass-mark" data-testid="pass-mark" {onchange}>
                if lowest.is_none() {
                    <option value="" selected={true}>{ "None of these grades" }</option>
                }
                { for grades.iter().enumerate().map(|(index, grade)| html! {
                    <option value={grade.clone()} selected={lowest == Some(index)}>{ grade }</option>
                }) }
            </select>
            <p class="aside">
                { match choices.pass_mark {
                    Some(_) => "Chosen by you",
                    None => "Two thirds of the way up the scale",
                } }
            </p>
        </div>
    }
}

/// How long windows of time are, and by which clock they begin.
pub fn window_controls(
    loaded: Option<&Loaded>,
    choices: &Choices,
    choose: &Callback<Choices>,
) -> Html {
    let windows = loaded.and_then(|loaded| loaded.profile.windows());
    let has_times =
        windows.is_some_and(|windows| windows.rule != WindowRule::Auto && windows.has_time);
    let onchange = on_select(choices, choose, |choices, value| {
        choices.window = value.parse().unwrap_or_default();
        // Windows of another length begin elsewhere.
        choices.span = None;
    });
    let option = |(value, words): (&'static str, &'static str)| {
        let is_chosen = value.parse() == Ok(choices.window);
        html! { <option {value} selected={is_chosen}>{ words }</option> }
    };
    let of_time = [
        ("hour", "An hour"),
        ("day", "A day"),
        ("week", "A week"),
        ("month", "A month"),
    ];
    let parts = [
        ("parts:10", "A tenth of the rows"),
        ("parts:20", "A twentieth of the rows"),
    ];
    let is_other = !matches!(choices.window, WindowRule::Parts(10 | 20))
        && matches!(choices.window, WindowRule::Parts(_));
    let other = choices.window.name();
    html! {
        <div class="control">
            <label for="window-rule">{ "Windows of time" }</label>
            <select id="window-rule" data-testid="window-rule" {onchange}>
                { option(("auto", "As long as fits")) }
                if has_times {
                    { for of_time.into_iter().map(option) }
                }
                { for parts.into_iter().map(option) }
                if is_other {
                    <option value={format!("parts:{}", other.split(' ').next().unwrap_or_default())} selected={true}>
                        { other.clone() }
                    </option>
                }
            </select>
            <p class="aside">
                { match (choices.window, windows) {
                    (WindowRule::Auto, Some(windows)) if !windows.windows.is_empty() => {
                        format!("Now {}", windows.counted(windows.windows.len() as u64))
                    }
                    (WindowRule::Auto, _) => "Ten to sixty of them, where that can be".to_owned(),
                    _ => "Chosen by you".to_owned(),
                } }
            </p>
        </div>
    }
}

/// The clock by which windows begin.
pub fn time_zone_select(choices: &Choices, choose: &Callback<Choices>) -> Html {
    let onchange = on_select(choices, choose, |choices, value| {
        choices.time_zone_minutes = value.parse().unwrap_or_default();
        choices.span = None;
    });
    // From Baker Island to Kiribati, with the quarters and halves that are in use.
    let whole_hours = (-12..=14).map(|hours| hours * 60);
    let between = [-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765];
    let mut offsets: Vec<i32> = whole_hours.chain(between).collect();
    if !offsets.contains(&choices.time_zone_minutes) {
        offsets.push(choices.time_zone_minutes);
    }
    offsets.sort_unstable();
    html! {
        <div class="control">
            <label for="time-zone">{ "Clock of the windows" }</label>
            <select id="time-zone" data-testid="time-zone" {onchange}>
                { for offsets.into_iter().map(|minutes| html! {
                    <option value={minutes.to_string()} selected={minutes == choices.time_zone_minutes}>
                        { time_zone(minutes) }
                    </option>
                }) }
            </select>
            <p class="aside">{ "Days begin at its midnight; times without an offset are its" }</p>
        </div>
    }
}

/// Which split is judged, and which it is compared with.
pub fn split_selects(loaded: &Loaded, choices: &Choices, choose: &Callback<Choices>) -> Html {
    let profile = &loaded.profile;
    if profile.splits.is_empty() {
        return Html::default();
    }
    let (current, reference) = (&profile.settings.current, &profile.settings.reference);
    let judge = on_select(choices, choose, judge_split);
    let compare = on_select(choices, choose, |choices, value| {
        choices.reference = (!value.is_empty()).then_some(value);
    });
    let option = |name: &String, chosen: &Option<String>, taken: bool| {
        html! {
            <option
                key={name.clone()}
                value={name.clone()}
                selected={chosen.as_ref() == Some(name)}
                disabled={taken}
            >
                { name }
                if taken { { " (is judged)" } }
            </option>
        }
    };
    html! {
        <>
            <div class="control">
                <label for="current-split">{ "Split that is judged" }</label>
                <select id="current-split" data-testid="current-split" onchange={judge}>
                    <option key="" value="" selected={current.is_none()}>{ "All rows" }</option>
                    { for profile.splits.keys().map(|name| option(name, current, false)) }
                </select>
                <p class="aside">{ why_judged(loaded, choices) }</p>
            </div>
            <div class="control">
                <label for="reference-split">{ "Split to compare with" }</label>
                <select
                    id="reference-split"
                    data-testid="reference-split"
                    onchange={compare}
                    disabled={choices.all_rows}
                >
                    if reference.is_none() {
                        <option key="" value="" selected={true}>{ "None" }</option>
                    }
                    { for profile.splits.keys().map(|name| {
                        option(name, reference, current.as_ref() == Some(name))
                    }) }
                </select>
                <p class="aside">{ why_compared(reference.as_deref(), choices) }</p>
            </div>
        </>
    }
}

/// Judges the split of this name, or all rows where it is empty. A range of time was one of the windows of the rows before.
pub fn judge_split(choices: &mut Choices, value: String) {
    choices.span = None;
    match value.is_empty() {
        true => choices.judge_all_rows(),
        false => choices.judge(Some(value)),
    }
}

fn why_judged(loaded: &Loaded, choices: &Choices) -> &'static str {
    let names = loaded.profile.splits.keys();
    let learnt_from = |name: &String| SplitKind::of(name) == Some(SplitKind::Train);
    match (&loaded.profile.settings.current, choices) {
        (Some(split), _) if learnt_from(split) => {
            "The model has learnt from these rows, and does better on them than on new ones"
        }
        (None, _) if names.into_iter().any(learnt_from) => {
            "The model has learnt from some of these rows, and does better on them than on new ones"
        }
        (Some(_), choices) if choices.current.is_some() => "Chosen by you",
        (Some(_), _) => "By its name: the first of production, current, test and validation",
        (None, choices) if choices.all_rows => "Chosen by you",
        (None, _) => "No split is called production, current, test or validation",
    }
}

fn why_compared(reference: Option<&str>, choices: &Choices) -> &'static str {
    match (reference, &choices.reference) {
        _ if choices.all_rows => "All rows are judged, so none are left to compare with",
        (Some(_), Some(_)) => "Chosen by you. A split cannot be compared with itself",
        (Some(_), None) => {
            "By its name: the first of reference, train, validation and test. A split cannot be \
             compared with itself"
        }
        (None, _) => "Nothing to compare with: a split cannot be compared with itself",
    }
}

/// Settles what the chosen option says.
pub fn on_select(
    choices: &Choices,
    choose: &Callback<Choices>,
    settle: impl Fn(&mut Choices, String) + 'static,
) -> Callback<Event> {
    let (choices, choose) = (choices.clone(), choose.clone());
    Callback::from(move |event: Event| {
        let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else {
            return;
        };
        let mut choices = choices.clone();
        settle(&mut choices, select.value());
        choose.emit(choices);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use greenlight_readiness::Span;

    #[test]
    fn another_split_is_judged_over_all_of_its_time() {
        let mut choices = Choices {
            span: Some(Span::Rows { from: 0, to: 5 }),
            ..Choices::default()
        };
        judge_split(&mut choices, "test".to_owned());
        assert_eq!(choices.current.as_deref(), Some("test"));
        assert_eq!(choices.span, None);
    }
}
