//! The numbers of the chosen rule, window by window.

use greenlight_format as format;
use greenlight_readiness::Profile;
use greenlight_readiness::monitoring::{
    Certainty, MonitoringRule, Place, Point, RuleState, Unjudged, WindowState,
};
use greenlight_readiness::monitoring_words::{place_name, title, value};
use yew::prelude::*;

/// As far as the replay has come.
pub fn table(state: &RuleState, profile: &Profile) -> Html {
    let Ok(standing) = &state.standing else {
        return Html::default();
    };
    if standing.points.is_empty() {
        return Html::default();
    }
    let rule = &state.rule;
    let rows = standing.points.iter().zip(&standing.windows).enumerate();
    let rows = rows.filter(|(_, (point, _))| point.unjudged != Some(Unjudged::Outside));
    html! {
        <details class="table-twin">
            <summary>{ "As a table" }</summary>
            <div class="scroll" tabindex="0" role="group" aria-label={title(rule)}>
                <table class="table" data-testid="table-monitoring">
                    <caption>{ title(rule) }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Window" }</th>
                            <th scope="col" class="number">{ "Value" }</th>
                            <th scope="col" class="number">{ "Rows behind it" }</th>
                            <th scope="col">{ "Against the limit" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for rows.map(|(at, (point, window))| row(rule, at, point, *window, profile)) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}

fn row(
    rule: &MonitoringRule,
    at: usize,
    point: &Point,
    state: WindowState,
    profile: &Profile,
) -> Html {
    let reading = point.reading.as_ref();
    let number = reading.map_or_else(format::undefined, |reading| {
        value(rule, reading.value, profile)
    });
    let rows = reading.map_or_else(format::undefined, |reading| format::count(reading.rows));
    let is_over = matches!(state, WindowState::Over(_));
    html! {
        <tr key={at}>
            <th scope="row" class="where">{ place_name(Place::Window(at), profile) }</th>
            <td class="number" data-value={reading.map(|reading| reading.value.to_string())}>{ number }</td>
            <td class="number">{ rows }</td>
            <td class={classes!(is_over.then_some("fail"))}>{ in_words(state, point) }</td>
        </tr>
    }
}

pub fn in_words(state: WindowState, point: &Point) -> String {
    match (state, &point.unjudged) {
        (WindowState::Holds, _) => "within".to_owned(),
        (WindowState::Over(Certainty::MayBeChance), _) => "beyond, perhaps by chance".to_owned(),
        (WindowState::Over(_), _) => "beyond".to_owned(),
        (WindowState::Unjudged, Some(Unjudged::Empty)) => "not judged: empty".to_owned(),
        (WindowState::Unjudged, Some(Unjudged::Partial)) => "not judged: cut off".to_owned(),
        (WindowState::Unjudged, Some(Unjudged::Outside)) => {
            "outside of the range that is looked at".to_owned()
        }
        (WindowState::Unjudged, Some(Unjudged::First)) => {
            "the first: the others are held against it".to_owned()
        }
        (
            WindowState::Unjudged,
            Some(Unjudged::TooFew {
                minimum, counted, ..
            }),
        ) => {
            format!(
                "not judged: fewer than {} {counted}",
                format::count(*minimum)
            )
        }
        (WindowState::Unjudged, Some(Unjudged::NoNumber(why))) => format!("not judged: {why}"),
        (WindowState::Unjudged, None) => "not judged".to_owned(),
    }
}
