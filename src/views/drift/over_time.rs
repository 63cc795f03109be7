//! All columns over the windows: which moved, and when.

use std::rc::Rc;

use greenlight_charts::Alert;
use greenlight_format as format;
use greenlight_metrics::Value;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_readiness::drift_words::{self, method_title};
use greenlight_readiness::examination::{ColumnDrift, Drift, DriftPart};
use greenlight_readiness::monitoring::Watched;
use greenlight_readiness::policy::{DriftMethod, DriftSettings};
use greenlight_readiness::{Metric, Report, Windows};
use yew::prelude::*;

use crate::components::pictures::{
    HeatMapData, LevelData, Picture, SeriesData, SharedPicture, TimelineData,
};
use crate::context::Context;
use crate::session::Loaded;
use crate::views::over_time::{
    names, states_of_all_rows, timeline, times, window_title, windows, with_alerts,
};

/// So many columns are drawn at once.
const DRAWN: usize = 20;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub context: Context,
    pub loaded: Rc<Loaded>,
    /// How many windows there are.
    pub windows: usize,
    /// The columns, in the order in which they are listed.
    pub ranked: Vec<usize>,
    pub settings: DriftSettings,
    /// The column that is shown bin by bin, of which the line is.
    pub opened: Option<usize>,
    /// Shows a column bin by bin.
    pub on_open: Callback<String>,
}

#[component]
pub fn OverTime(props: &Props) -> Html {
    let page = use_state_eq(|| 0_usize);
    let ranked = counted(&props.loaded, &props.ranked);
    let pages = ranked.len().div_ceil(DRAWN).max(1);
    let first = (*page).min(pages - 1) * DRAWN;
    let shown: Vec<usize> = ranked.iter().skip(first).take(DRAWN).copied().collect();
    let key = (
        Rc::as_ptr(&props.loaded) as usize,
        shown.clone(),
        props.opened,
        props.settings,
    );
    let pictures = use_memo(key, |(_, shown, opened, settings)| {
        let (windows, drift) = (windows(&props.loaded)?, props.loaded.profile.drift()?);
        let is_drawn = windows.windows.len() > 1 && !shown.is_empty();
        is_drawn.then(|| {
            // Of a shared report not every column is told of window by window.
            let opened = opened.filter(|opened| ranked.contains(opened));
            let opened = opened.and_then(|index| drift.columns.get(index));
            Pictures::of(
                drift,
                windows,
                &props.loaded.report,
                shown,
                opened,
                *settings,
            )
        })
    });
    let (Some(pictures), Some(drift)) = (&*pictures, props.loaded.profile.drift()) else {
        return Html::default();
    };
    let columns: Vec<String> = shown
        .iter()
        .filter_map(|index| Some(drift.columns.get(*index)?.column.clone()))
        .collect();
    let on_open = {
        let (on_open, windows) = (props.on_open.clone(), props.windows.max(1));
        Callback::from(move |mark: usize| {
            if let Some(column) = columns.get(mark / windows) {
                on_open.emit(column.clone());
            }
        })
    };
    let turn = |to: usize| {
        let page = page.setter();
        Callback::from(move |_: MouseEvent| page.set(to))
    };
    html! {
        <>
            <h2>{ "Over time" }</h2>
            <p>{ for windows(&props.loaded).map(|windows| drift_words::over_time(windows.rule)) }</p>
            if let Some(line) = &pictures.line {
                <Picture
                    name="drift_line"
                    picture={line.clone()}
                    chosen={props.loaded.chosen_windows()}
                    on_choose={props.context.selecting()}
                />
            }
            if ranked.len() < props.ranked.len() {
                <p class="aside" data-testid="drift-not-over-time">
                    { format!(
                        "Of {} other columns this shared report does not tell window by window.",
                        format::count((props.ranked.len() - ranked.len()) as u64),
                    ) }
                </p>
            }
            <Picture name="drift_over_time" picture={pictures.columns.clone()} {on_open} />
            if pages > 1 {
                <div class="actions" role="group" aria-label="Columns">
                    <button type="button" disabled={first == 0} onclick={turn(page.saturating_sub(1))}>
                        { "Columns before" }
                    </button>
                    <span>
                        { format!(
                            "{}–{} of {}",
                            format::count(first as u64 + 1),
                            format::count((first + shown.len()) as u64),
                            format::count(ranked.len() as u64),
                        ) }
                    </span>
                    <button type="button" disabled={first + DRAWN >= ranked.len()} onclick={turn(*page + 1)}>
                        { "Columns after" }
                    </button>
                </div>
            }
        </>
    }
}

/// Those of some columns that were counted window by window: of a shared report not all are.
fn counted(loaded: &Loaded, columns: &[usize]) -> Vec<usize> {
    let (Some(windows), Some(drift)) = (windows(loaded), loaded.profile.drift()) else {
        return Vec::new();
    };
    let has_counts = |column: &ColumnDrift| column.windows.len() == windows.windows.len();
    let is_counted = |at: &usize| drift.columns.get(*at).is_some_and(has_counts);
    columns.iter().copied().filter(is_counted).collect()
}

/// What is drawn.
struct Pictures {
    columns: SharedPicture,
    /// The opened column from window to window.
    line: Option<SharedPicture>,
}

/// The measure by which windows are drawn: the chosen one where counts give it.
fn method(settings: DriftSettings) -> (DriftMethod, f64) {
    match settings.method {
        method if method.is_of_counts() && method != DriftMethod::ChiSquare => {
            (method, settings.limit)
        }
        _ => (DriftMethod::Psi, DriftMethod::Psi.usual_limit()),
    }
}

fn value(column: &ColumnDrift, window: usize, method: DriftMethod) -> f64 {
    let Some(window) = column
        .windows
        .get(window)
        .filter(|window| window.present() >= FEWEST_ROWS)
    else {
        return f64::NAN;
    };
    let counts = column.against(window);
    let value: Value = match method {
        DriftMethod::JensenShannon => counts.jensen_shannon(),
        DriftMethod::LInfinity => counts.l_infinity(),
        _ => counts.psi(),
    };
    value.unwrap_or(f64::NAN)
}

fn short(method: DriftMethod) -> &'static str {
    match method {
        DriftMethod::Psi => "PSI",
        method => method_title(method),
    }
}

impl Pictures {
    fn of(
        drift: &Drift,
        windows: &Windows,
        report: &Report,
        shown: &[usize],
        opened: Option<&ColumnDrift>,
        settings: DriftSettings,
    ) -> Self {
        let (method, limit) = method(settings);
        let count = windows.windows.len();
        let columns = shown.iter().filter_map(|index| drift.columns.get(*index));
        let values: Vec<f64> = columns
            .clone()
            .flat_map(|column| (0..count).map(move |window| value(column, window, method)))
            .collect();
        let top = values.iter().copied().filter(|value| value.is_finite());
        let top = top.fold(3.0 * limit, f64::max).min((10.0 * limit).max(1.0));
        let unit = windows.rule.unit();
        Self {
            columns: SharedPicture::new(HeatMapData {
                title: format!("{} of each column by {unit}", short(method)),
                row: "Column".to_owned(),
                told: columns.clone().map(ColumnDrift::told).collect(),
                rows: columns.map(|column| column.column.clone()).collect(),
                window: window_title(windows),
                names: names(windows),
                times: times(windows),
                values,
                value: short(method).to_owned(),
                limit,
                top,
                hint: "Point at a cell, or click it to see its column bin by bin.".to_owned(),
            }),
            line: opened.map(|column| {
                let mut drawn = line(column, windows, method, limit);
                let is_watched = column.part == DriftPart::Score && method == DriftMethod::Psi;
                if is_watched {
                    drawn.levels.extend(limits_of_alerts(report, limit));
                }
                let drawn = with_alerts(drawn, report, |watched| {
                    is_watched && watched == Watched::Of(Metric::ScorePsi)
                });
                SharedPicture::new(with_marks(drawn, limit))
            }),
        }
    }
}

/// The limits from which on Monitoring raises an alert for the score, where they are others.
fn limits_of_alerts(report: &Report, limit: f64) -> Vec<LevelData> {
    let rules = report.monitoring.iter();
    let of_score = rules.filter(|rule| rule.metric == Watched::Of(Metric::ScorePsi));
    let others = of_score.filter(|rule| rule.limit != limit);
    others
        .map(|rule| LevelData {
            value: rule.limit,
            name: format!("alert above {}", format::exact(rule.limit)),
            kind: greenlight_charts::LevelKind::Limit,
        })
        .collect()
}

/// A mark at each window above the limit, besides those of alerts, whose limit may be another.
fn with_marks(mut data: TimelineData, limit: f64) -> TimelineData {
    let values = data.series.iter().flat_map(|series| &series.values);
    let above = values.enumerate().filter(|(_, value)| **value > limit);
    let marks: Vec<Alert> = above
        .filter(|(window, _)| data.alerts.iter().all(|alert| alert.window != *window))
        .map(|(window, _)| Alert {
            window,
            is_first: false,
        })
        .collect();
    data.alerts.extend(marks);
    data.alerts.sort_by_key(|mark| mark.window);
    data
}

/// One column from window to window.
fn line(column: &ColumnDrift, windows: &Windows, method: DriftMethod, limit: f64) -> TimelineData {
    let count = windows.windows.len();
    let name = short(method);
    TimelineData {
        title: format!("{name} of {} by {}", column.column, windows.rule.unit()),
        axis: format!("{name} of {}", column.column),
        unit: greenlight_charts::Unit::Plain,
        from_zero: true,
        series: vec![SeriesData {
            name: name.to_owned(),
            key: method.name().to_owned(),
            values: (0..count)
                .map(|window| value(column, window, method))
                .collect(),
            intervals: Vec::new(),
            told: column.told(),
            stroke: greenlight_charts::Stroke::Main,
        }],
        levels: vec![LevelData {
            value: limit,
            name: format!("limit {}", format::exact(limit)),
            kind: greenlight_charts::LevelKind::Limit,
        }],
        hint: "Point at a window, or drag over some to look at those alone.".to_owned(),
        height: 220,
        states: states_of_all_rows(windows),
        ..timeline(windows)
    }
}
