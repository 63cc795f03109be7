//! A number from window to window: its picture, and what is to be said of it.

use std::rc::Rc;

use greenlight_charts::{LevelKind, Stroke, Unit};
use greenlight_format::Told;
use greenlight_readiness::examination::Estimate;
use greenlight_readiness::monitoring::Watched;
use greenlight_readiness::over_time::{OverTime as Series, WindowPoint};
use greenlight_readiness::policy::{self, Policy, Scope};
use greenlight_readiness::{Metric, Windows, title};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::components::pictures::{
    ChangeData, LevelData, Picture, SeriesData, SharedPicture, TimelineData,
};
use crate::components::still_looking;
use crate::context::Context;
use crate::session::Loaded;
use crate::views::View;
use crate::views::over_time::{time_notes, timeline, windows, with_alerts};

/// What can be looked at.
const METRICS: [Metric; 18] = [
    Metric::Accuracy,
    Metric::BalancedAccuracy,
    Metric::Precision,
    Metric::Recall,
    Metric::Specificity,
    Metric::F1,
    Metric::MatthewsCorrcoef,
    Metric::RocAuc,
    Metric::AveragePrecision,
    Metric::LogLoss,
    Metric::BrierScore,
    Metric::ExpectedCalibrationError,
    Metric::LatencyP50,
    Metric::LatencyP95,
    Metric::LatencyP99,
    Metric::ErrorRate,
    Metric::CostPerPrediction,
    Metric::Rows,
];

#[derive(Properties, PartialEq)]
pub struct Props {
    pub context: Context,
    pub loaded: Rc<Loaded>,
}

/// What is shown of a metric.
struct Shown {
    picture: Option<SharedPicture>,
    /// What was found, the headline first.
    said: Vec<String>,
}

#[component]
pub fn OverTime(Props { context, loaded }: &Props) -> Html {
    let chosen = use_state_eq(|| None::<Metric>);
    let offered = offered(loaded);
    let metric = chosen
        .filter(|metric| offered.contains(metric))
        .or_else(|| first(&context.session.policy, &offered))
        .unwrap_or(Metric::Rows);
    let policy = Rc::clone(&context.session.policy);
    let key = (
        Rc::as_ptr(loaded) as usize,
        Rc::as_ptr(&policy) as usize,
        metric,
    );
    let shown = use_memo(key, |_| shown(loaded, &policy, metric));
    let Some(windows) = windows(loaded) else {
        return html! {
            <>
                <h1>{ "Does it stay as good?" }</h1>
                { match loaded.origin.shared() {
                    Some(shared) if shared.thinned.without_windows => html! {
                        <p class="aside">{ "The windows of time were left out of this report." }</p>
                    },
                    _ => still_looking(loaded, "To follow it over time"),
                } }
            </>
        };
    };
    let on_metric = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| {
            let select: Option<HtmlSelectElement> = event.target_dyn_into();
            let name = select.map(|select| select.value()).unwrap_or_default();
            chosen.set(METRICS.into_iter().find(|metric| metric.name() == name));
        })
    };
    let mut said = shown.said.iter();
    html! {
        <>
            <h1 data-testid="stability-finding">{ said.next() }</h1>
            <ul class="findings">
                { for said.map(|sentence| html! { <li>{ sentence }</li> }) }
            </ul>
            { time_notes(windows) }
            { by_rows(windows) }
            <div class="asked">
                <label for="stability-metric">{ "From window to window" }</label>
                <select id="stability-metric" data-testid="stability-metric" onchange={on_metric}>
                    { for offered.iter().map(|offered| html! {
                        <option key={offered.name()} value={offered.name()} selected={*offered == metric}>
                            { title(*offered, is_multiclass(loaded)) }
                        </option>
                    }) }
                </select>
                <a href={View::Load.address_of("window-rule")}>{ "Other windows" }</a>
            </div>
            if let Some(picture) = &shown.picture {
                <Picture
                    name="stability"
                    picture={picture.clone()}
                    chosen={loaded.chosen_windows()}
                    on_choose={context.selecting()}
                />
            }
        </>
    }
}

/// Says that windows tell of no time, where they do not.
fn by_rows(windows: &Windows) -> Html {
    if windows.has_time {
        return Html::default();
    }
    html! {
        <p class="aside" data-testid="stability-no-time">
            { if windows.notes.is_empty() {
                "No column holds times, so the rows are taken in their order in the file, in equal parts: that tells of time only where the file \
                 is in order of time. "
            } else {
                "In equal parts windows tell of time only where the file is in order of time. "
            } }
            <a href={View::Load.address_of("role-timestamp")}>{ "Say which column is the time" }</a>
            { "." }
        </p>
    }
}

/// The metrics that the rows have.
fn offered(loaded: &Loaded) -> Vec<Metric> {
    let now = loaded.report.current();
    let is_estimated = estimate(loaded).is_some();
    let is_there = |metric: &Metric| match metric {
        Metric::Rows => true,
        Metric::Accuracy | Metric::RocAuc if is_estimated => true,
        Metric::Precision | Metric::Recall | Metric::Specificity | Metric::F1 if is_estimated => {
            true
        }
        Metric::Accuracy => now.accuracy.is_some(),
        Metric::BalancedAccuracy => now.balanced_accuracy.is_some(),
        Metric::Precision => now.precision.or(now.macro_average.precision).is_some(),
        Metric::Recall => now.recall.or(now.macro_average.recall).is_some(),
        Metric::F1 => now.f1.or(now.macro_average.f1).is_some(),
        Metric::Specificity => now.specificity.is_some(),
        Metric::MatthewsCorrcoef => now.matthews_corrcoef.is_some(),
        Metric::RocAuc => now.roc_auc.is_some(),
        Metric::AveragePrecision => now.average_precision.is_some(),
        Metric::LogLoss => now.log_loss.is_some(),
        Metric::BrierScore => now.brier_score.is_some(),
        Metric::ExpectedCalibrationError => now.expected_calibration_error.is_some(),
        Metric::LatencyP50 | Metric::LatencyP95 | Metric::LatencyP99 => now.latency.is_some(),
        Metric::ErrorRate => now.error_rate.is_some(),
        Metric::CostPerPrediction => now.cost.is_some(),
        _ => false,
    };
    METRICS.into_iter().filter(is_there).collect()
}

/// What the policy asks for first.
fn first(policy: &Policy, offered: &[Metric]) -> Option<Metric> {
    let asked = policy.criteria.iter().map(|criterion| criterion.metric);
    let mut asked = asked.filter(|metric| offered.contains(metric));
    asked.next().or(offered.first().copied())
}

fn is_multiclass(loaded: &Loaded) -> bool {
    loaded.profile.classes.len() > 2
}

fn estimate(loaded: &Loaded) -> Option<&Estimate> {
    loaded.profile.examination.as_ref()?.estimate.as_ref()
}

fn shown(loaded: &Loaded, policy: &Policy, metric: Metric) -> Shown {
    let series = loaded.profile.over_time(metric);
    let expected = estimate(loaded).map(|estimate| expected(estimate, metric));
    let expected = expected.filter(|expected| expected.iter().any(|value| value.is_finite()));
    let said = match &series {
        Ok(series) => series.in_words(),
        Err(_) if expected.is_some() => vec![format!(
            "{} is not known yet, but can be expected",
            title(metric, is_multiclass(loaded))
        )],
        Err(why) => vec![format!(
            "{} cannot be followed: {why}.",
            title(metric, is_multiclass(loaded))
        )],
    };
    let picture = windows(loaded)
        .filter(|_| series.is_ok() || expected.is_some())
        .map(|windows| {
            let drawn = picture(
                windows,
                series.as_ref().ok(),
                expected.map(|expected| (expected, loaded.profile.told)),
                policy,
                (metric, title(metric, is_multiclass(loaded))),
            );
            with_alerts(drawn, &loaded.report, |watched| match watched {
                // A fall is one of the number that is drawn.
                Watched::Of(of) => of == metric || of.falls() == Some(metric),
                Watched::FeaturePsi | Watched::LatencyMs | Watched::Cost => false,
            })
        });
    Shown {
        picture: picture.map(SharedPicture::new),
        said,
    }
}

/// What the scores let expect of each window.
fn expected(estimate: &Estimate, metric: Metric) -> Vec<f64> {
    let windows = estimate.windows.iter();
    let value = |rows| -> f64 {
        let rows: &greenlight_readiness::examination::EstimatedRows = rows;
        rows.expected(metric)
            .map_or(f64::NAN, |expected| expected.value)
    };
    windows.map(value).collect()
}

fn picture(
    windows: &Windows,
    series: Option<&Series<'_>>,
    expected: Option<(Vec<f64>, Told)>,
    policy: &Policy,
    (metric, name): (Metric, &str),
) -> TimelineData {
    let count = windows.windows.len();
    let points = series.map_or(&[][..], |series| &series.points);
    let at = |index: usize| points.iter().find(|point| point.index == index);
    let interval = |point: Option<&WindowPoint>| {
        let (low, high) = point
            .and_then(|point| point.interval)
            .unwrap_or((None, None));
        (low.unwrap_or(f64::NAN), high.unwrap_or(f64::NAN))
    };
    let told = series.map_or(Told::Exactly, |series| series.told);
    let mut lines = Vec::new();
    // Chances of rows are no counts, even where the metric follows from counts.
    if let Some((values, told)) = expected {
        lines.push(SeriesData {
            name: "expected by the scores".to_owned(),
            key: "expected".to_owned(),
            values,
            intervals: Vec::new(),
            told,
            stroke: Stroke::Second,
        });
    }
    if series.is_some() {
        lines.push(SeriesData {
            name: name.to_lowercase(),
            key: metric.name().to_owned(),
            values: (0..count)
                .map(|index| at(index).map_or(f64::NAN, |point| point.value))
                .collect(),
            intervals: (0..count).map(|index| interval(at(index))).collect(),
            told,
            stroke: Stroke::Main,
        });
    }
    let shown = |value: f64| greenlight_readiness::criteria::shown_value(metric, Some(value));
    let reference = series
        .and_then(|series| series.reference)
        .map(|value| LevelData {
            value,
            name: format!("reference {}", told.mark(shown(value))),
            kind: LevelKind::Reference,
        });
    let limit = limit(policy, metric).map(|value| LevelData {
        value,
        name: format!("limit {}", shown(value)),
        kind: LevelKind::Limit,
    });
    let changes = series.map_or(&[][..], |series| &series.changes);
    TimelineData {
        title: format!("{name} by {}", windows.rule.unit()),
        axis: name.to_owned(),
        unit: match metric.unit() {
            policy::Unit::Share | policy::Unit::Points | policy::Unit::Fall => Unit::Share,
            policy::Unit::Milliseconds => Unit::Milliseconds,
            policy::Unit::Count => Unit::Count,
            policy::Unit::Coefficient | policy::Unit::Cost => Unit::Plain,
        },
        from_zero: matches!(
            metric.unit(),
            policy::Unit::Count | policy::Unit::Milliseconds
        ),
        series: lines,
        levels: reference.into_iter().chain(limit).collect(),
        changes: changes
            .iter()
            .map(|change| ChangeData {
                window: change.window,
                name: format!(
                    "{} to {}",
                    told.mark(shown(change.before)),
                    told.mark(shown(change.after))
                ),
            })
            .collect(),
        hint: "Point at a window, or drag over some to look at those alone: every view follows."
            .to_owned(),
        ..timeline(windows)
    }
}

/// What the policy asks of the rows that are judged.
fn limit(policy: &Policy, metric: Metric) -> Option<f64> {
    let mut asked = policy.criteria.iter();
    let asked = asked.find(|asked| asked.metric == metric && asked.scope == Scope::Current);
    asked.map(|criterion| criterion.limit)
}
