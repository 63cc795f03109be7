//! What views share that draw windows: their names and times, and which of them are chosen.

use greenlight_charts::{Alert, WindowState};
use greenlight_format as format;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_readiness::monitoring::Watched;
use greenlight_readiness::windows::Window;
use greenlight_readiness::{Report, Span, Windows};
use greenlight_readiness::{drift_words, monitoring_words};

use yew::prelude::*;

use crate::components::pictures::TimelineData;
use crate::session::Loaded;

/// The windows of what is loaded, whatever range of them is looked at.
pub fn windows(loaded: &Loaded) -> Option<&Windows> {
    loaded.profile.windows()
}

/// What a person should know of the times that windows are made of.
pub fn time_notes(windows: &Windows) -> Html {
    windows
        .notes
        .iter()
        .map(|note| html! { <p class="aside time-note" data-testid="time-note">{ note }</p> })
        .collect()
}

/// Why views that judge the drift of the score differ, where they do: the same words in each of them.
pub fn answers_about_score(report: &Report) -> Html {
    let said = drift_words::answers_about_score(report);
    said.map_or_else(Html::default, |said| {
        html! { <p class="aside" data-testid="answers-about-score">{ said }</p> }
    })
}

/// A timeline of windows with everything but its metric.
pub fn timeline(windows: &Windows) -> TimelineData {
    TimelineData {
        window: window_title(windows),
        names: names(windows),
        times: times(windows),
        states: states(windows, |window| window.statistics.rows),
        rows: windows
            .windows
            .iter()
            .map(|window| window.statistics.rows + window.unlabelled)
            .collect(),
        ..TimelineData::default()
    }
}

/// A timeline with the alerts that numbers which it shows have raised: the same marks in every view.
pub fn with_alerts(
    mut data: TimelineData,
    report: &Report,
    shows: impl Fn(Watched) -> bool,
) -> TimelineData {
    for alert in report.alerts.iter().filter(|alert| shows(alert.metric)) {
        for &window in &alert.windows {
            let is_first = alert.first.window == Some(window);
            match data.alerts.iter_mut().find(|mark| mark.window == window) {
                Some(mark) => mark.is_first |= is_first,
                None => data.alerts.push(Alert { window, is_first }),
            }
            let raises = if is_first {
                "raises"
            } else {
                "is beyond the limit of"
            };
            data.notes.push((
                window,
                format!(
                    "It {raises} the alert “{}”.",
                    monitoring_words::asked(alert)
                ),
            ));
        }
    }
    data.alerts.sort_by_key(|mark| mark.window);
    data
}

/// The windows as people say them.
pub fn names(windows: &Windows) -> Vec<String> {
    let spans = windows.windows.iter().map(|window| window.span);
    spans.map(|span| windows.in_words(span)).collect()
}

/// What a window is called at the head of a table.
pub fn window_title(windows: &Windows) -> String {
    format::capitalised(windows.rule.unit())
}

/// From when to when each is, on its own clock; `None` where they are not of time.
pub fn times(windows: &Windows) -> Option<Vec<(i64, i64)>> {
    let ahead = i64::from(windows.time_zone_minutes) * 60_000;
    let times = windows.windows.iter().map(|window| match window.span {
        Span::Time { from_ms, to_ms } => {
            Some((from_ms.saturating_add(ahead), to_ms.saturating_add(ahead)))
        }
        Span::Rows { .. } => None,
    });
    times.collect()
}

/// What can be said of each where rows without a label count as well.
pub fn states_of_all_rows(windows: &Windows) -> Vec<WindowState> {
    states(windows, |window| window.statistics.rows + window.unlabelled)
}

/// What can be said of each, by the rows that count.
fn states(windows: &Windows, rows: impl Fn(&Window) -> u64) -> Vec<WindowState> {
    let state = |window: &Window| match rows(window) {
        0 if window.unlabelled > 0 => WindowState::Unlabelled,
        0 => WindowState::Empty,
        rows if window.partial || rows < FEWEST_ROWS => WindowState::Light,
        _ => WindowState::Full,
    };
    windows.windows.iter().map(state).collect()
}
