//! The chosen rule's number from window to window, with its limit and its alerts.

use greenlight_charts::{Alert, LevelKind, Stroke, Unit, WindowState};
use greenlight_format as format;
use greenlight_readiness::criteria::shown_limit;
use greenlight_readiness::monitoring::{
    Certainty, Point, RuleState, Unjudged, WindowState as Judged,
};
use greenlight_readiness::monitoring_words::{number, title};
use greenlight_readiness::{Profile, policy};

use super::table::in_words;
use crate::components::pictures::{LevelData, SeriesData, TimelineData};
use crate::views::over_time::timeline;

/// The windows of a rule; `None` where it is over rows or has nothing to look at.
pub fn picture_of(state: &RuleState, profile: &Profile) -> Option<TimelineData> {
    let standing = state.standing.as_ref().ok()?;
    let windows = profile.windows()?;
    let points = &standing.points;
    if points.is_empty() {
        return None;
    }
    let rule = &state.rule;
    let raised = standing.raised.as_ref();
    let alert = |&window: &usize| Alert {
        window,
        is_first: raised.is_some_and(|raised| raised.first.place.window() == Some(window)),
    };
    let judged = points.iter().zip(&standing.windows).enumerate();
    let notes = judged.filter(|(_, (_, judged))| **judged != Judged::Holds);
    let name = number(rule.metric, rule.feature.as_deref());
    let values = points.iter().map(|point| value(point).unwrap_or(f64::NAN));
    Some(TimelineData {
        title: title(rule),
        axis: name.clone(),
        unit: match rule.metric.unit() {
            policy::Unit::Share | policy::Unit::Points | policy::Unit::Fall => Unit::Share,
            policy::Unit::Milliseconds => Unit::Milliseconds,
            policy::Unit::Count => Unit::Count,
            policy::Unit::Coefficient | policy::Unit::Cost => Unit::Plain,
        },
        states: points.iter().map(state_of).collect(),
        series: vec![SeriesData {
            name,
            key: rule.metric.name().to_owned(),
            values: values.collect(),
            intervals: points.iter().map(interval).collect(),
            told: profile.told_over_windows(rule.metric.like()),
            stroke: Stroke::Main,
        }],
        levels: vec![LevelData {
            value: rule.limit,
            name: format!("limit {}", shown_limit(rule.metric.like(), rule.limit)),
            kind: LevelKind::Limit,
        }],
        alerts: raised.map_or_else(Vec::new, |raised| {
            raised.windows.iter().map(alert).collect()
        }),
        notes: notes
            .map(|(at, (point, judged))| (at, sentence(*judged, point)))
            .collect(),
        hint: "Point at a window, or drag over some to look at those alone: every view follows."
            .to_owned(),
        ..timeline(windows)
    })
}

fn value(point: &Point) -> Option<f64> {
    Some(point.reading.as_ref()?.value)
}

fn interval(point: &Point) -> (f64, f64) {
    let ends = point.reading.as_ref().and_then(|reading| reading.interval);
    let (low, high) = ends.unwrap_or_default();
    (low.unwrap_or(f64::NAN), high.unwrap_or(f64::NAN))
}

fn state_of(point: &Point) -> WindowState {
    match &point.unjudged {
        None | Some(Unjudged::First) => WindowState::Full,
        Some(Unjudged::Outside) if point.reading.is_some() => WindowState::Full,
        Some(Unjudged::Empty | Unjudged::Outside) => WindowState::Empty,
        Some(_) => WindowState::Light,
    }
}

/// What a window says beside its number.
fn sentence(judged: Judged, point: &Point) -> String {
    match judged {
        Judged::Over(Certainty::MayBeChance) => "Beyond the limit, perhaps by chance.".to_owned(),
        Judged::Over(_) => "Beyond the limit.".to_owned(),
        Judged::Holds | Judged::Unjudged => format::capitalised(&in_words(judged, point)) + ".",
    }
}
