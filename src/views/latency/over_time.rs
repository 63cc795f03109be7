//! Latency from window to window.

use std::rc::Rc;

use greenlight_charts::{LevelKind, Stroke, Unit, WindowState};
use greenlight_format as format;
use greenlight_readiness::Windows;
use greenlight_readiness::latency_words::{GroupLatency, GroupStanding, GroupsWords, LatencyValue};
use greenlight_readiness::policy;
use yew::prelude::*;

use super::percentiles::cell;
use crate::components::pictures::{LevelData, Picture, SeriesData, SharedPicture, TimelineData};
use crate::context::Context;
use crate::session::Loaded;
use crate::views::over_time::{time_notes, timeline, windows, with_alerts};
use crate::views::segments::{DRAWN, rate_cell};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub context: Context,
    pub loaded: Rc<Loaded>,
}

/// The windows of what is loaded, with their words.
#[derive(Clone)]
struct OverTimeShown {
    words: GroupsWords,
    picture: SharedPicture,
}

#[component]
pub fn OverTime(Props { context, loaded }: &Props) -> Html {
    let shown = use_memo(Rc::as_ptr(loaded) as usize, {
        let loaded = Rc::clone(loaded);
        move |_| {
            let windows = windows(&loaded)?;
            let words = GroupsWords::of_windows(&loaded.profile, windows)?;
            let picture = SharedPicture::new(pictured(&words.rows, windows, &loaded));
            Some(OverTimeShown { words, picture })
        }
    });
    let Some(shown) = &*shown else {
        return Html::default();
    };
    html! {
        <>
            <h2>{ "Over time" }</h2>
            <p data-testid="latency-over-time-finding">{ &shown.words.finding }{ "." }</p>
            { for windows(loaded).map(time_notes) }
            <Picture
                name="latency_over_time"
                picture={shown.picture.clone()}
                chosen={loaded.chosen_windows()}
                on_choose={context.selecting()}
                twin={false}
            />
            { table(&shown.words) }
        </>
    }
}

fn pictured(rows: &[GroupLatency], windows: &Windows, loaded: &Loaded) -> TimelineData {
    let count = windows.windows.len();
    let settings = &loaded.profile.settings;
    let budget_ms = settings.latency_budget * settings.latency_unit.in_ms();
    let highest = rows.iter().map(|row| row.p99.ms).fold(0.0, f64::max);
    let series = |name: &str, of: fn(&GroupLatency) -> &LatencyValue, stroke| {
        let (mut values, mut intervals) =
            (vec![f64::NAN; count], vec![(f64::NAN, f64::NAN); count]);
        for row in rows {
            let value = of(row);
            if let (Some(at), Some(interval)) =
                (values.get_mut(row.place), intervals.get_mut(row.place))
            {
                *at = value.ms;
                let end = |end: Option<f64>| end.unwrap_or(f64::NAN);
                let known = value
                    .interval
                    .map(|known| (end(known.low), end(known.high)));
                *interval = known.unwrap_or((f64::NAN, f64::NAN));
            }
        }
        SeriesData {
            name: name.to_owned(),
            key: format!("{name}_ms"),
            values,
            // The one that criteria ask for has its doubt drawn.
            intervals: if name == "p95" { intervals } else { Vec::new() },
            told: loaded.profile.told,
            stroke,
        }
    };
    let state = |at: usize| {
        let row = rows.iter().find(|row| row.place == at);
        match row.map(|row| row.standing) {
            None => WindowState::Empty,
            Some(GroupStanding::TooFew | GroupStanding::Partial) => WindowState::Light,
            // The picture fades what lies beyond a range by itself.
            Some(GroupStanding::Over | GroupStanding::NotOver | GroupStanding::Outside) => {
                WindowState::Full
            }
        }
    };
    let notes = rows.iter().filter(|row| {
        !matches!(
            row.standing,
            GroupStanding::NotOver | GroupStanding::Outside
        )
    });
    let data = TimelineData {
        title: "Latency over time".to_owned(),
        axis: "Latency".to_owned(),
        unit: Unit::Milliseconds,
        from_zero: true,
        states: (0..count).map(state).collect(),
        series: vec![
            series("p50", |row| &row.p50, Stroke::Reference),
            series("p99", |row| &row.p99, Stroke::Second),
            series("p95", |row| &row.p95, Stroke::Main),
        ],
        // A budget far above all would press the lines flat.
        levels: (budget_ms <= 2.0 * highest)
            .then(|| LevelData {
                value: budget_ms,
                name: format!("budget {}", format::duration_ms(budget_ms)),
                kind: LevelKind::Limit,
            })
            .into_iter()
            .collect(),
        notes: notes
            .map(|row| (row.place, format::capitalised(row.standing.words())))
            .collect(),
        hint: "Point at a window, or drag over some to look at those alone.".to_owned(),
        ..timeline(windows)
    };
    with_alerts(data, &loaded.report, |watched| {
        watched.unit() == policy::Unit::Milliseconds
    })
}

fn table(words: &GroupsWords) -> Html {
    let is_long = words.rows.len() > DRAWN;
    html! {
        <details class="table-twin">
            <summary>{ "As a table" }</summary>
            <div class={classes!("scroll", is_long.then_some("long"))} tabindex="0" role="group" aria-label="Latency over time">
                <table class="table" data-testid="table-latency_over_time">
                    <caption>{ "Latency in each window." }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Window" }</th>
                            <th scope="col" class="number">{ "Answers" }</th>
                            <th scope="col" class="number">{ "p50" }</th>
                            <th scope="col" class="number">{ "p95" }</th>
                            <th scope="col" class="number">{ "p99" }</th>
                            <th scope="col" class="number">{ "Over the budget" }</th>
                            <th scope="col" class="standing">{ "Against all rows" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for words.rows.iter().map(|row| html! {
                            <tr key={row.place}>
                                <th scope="row" class="where">{ &row.name }</th>
                                <td class="number">{ format::count(row.rows) }</td>
                                { cell(&row.p50, None) }
                                { cell(&row.p95, None) }
                                { cell(&row.p99, None) }
                                { rate_cell(Some(&row.over_budget), row.told_over.about()) }
                                <td class={classes!("standing", (row.standing == GroupStanding::Over).then_some("fail"))}>
                                    { row.standing.words() }
                                </td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}
