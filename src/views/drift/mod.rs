//! What has moved between the reference and the rows that are judged: columns by how far, one of them bin by bin, and all of them over time.

mod detail;
mod over_time;
mod ranked;
mod reference;
mod settings;

use std::rc::Rc;

use greenlight_format::Told;
use greenlight_readiness::drift_words;
use greenlight_readiness::examination::{Drift, DriftVerdict};
use greenlight_readiness::policy::DriftSettings;
use yew::prelude::*;

use crate::components::still_looking;
use crate::context::Context;
use crate::session::Loaded;

use super::View;
use super::over_time::{answers_about_score, time_notes, windows};

/// The properties of [`DriftView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// Both sides of every column, and what is said of each.
struct Compared {
    drift: Drift,
    verdicts: Vec<DriftVerdict>,
    settings: DriftSettings,
    /// How well numbers are known that are no counts.
    told: Told,
    /// Whether sums of windows stand for rows that are yet to be looked at.
    is_at_once: bool,
}

impl Compared {
    /// As the engine has looked at the rows, else as the sums of the chosen windows say.
    fn of(loaded: &Loaded, settings: DriftSettings) -> Option<Self> {
        let is_at_once = loaded.profile.examination.is_none();
        let drift = loaded.profile.drift();
        let drift = drift.filter(|_| !is_at_once || settings.method.is_of_counts())?;
        Some(Self {
            verdicts: drift.verdicts(settings),
            drift: drift.clone(),
            settings,
            told: loaded.profile.told,
            is_at_once,
        })
    }

    /// The columns from the most telling: outputs first, then by how far they have moved.
    fn ranked(&self) -> Vec<usize> {
        let mut ranked: Vec<usize> = (0..self.drift.columns.len()).collect();
        let key = |&index: &usize| {
            let part = self.drift.columns.get(index).map(|column| column.part);
            let value = self
                .verdicts
                .get(index)
                .and_then(|verdict| verdict.value.ok());
            (part.filter(|part| !part.is_input()), value)
        };
        ranked.sort_by(|a, b| {
            let ((a_part, a_value), (b_part, b_value)) = (key(a), key(b));
            match (a_part, b_part) {
                (Some(a), Some(b)) => a.cmp(&b),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => {
                    let value = |value: Option<f64>| value.unwrap_or(f64::NEG_INFINITY);
                    value(b_value).total_cmp(&value(a_value))
                }
            }
        });
        ranked
    }
}

/// What has moved between the reference and the rows that are judged.
#[component]
pub fn DriftView(Props { context, loaded }: &Props) -> Html {
    let chosen = use_state_eq(|| None::<AttrValue>);
    let settings = context.session.policy.drift;
    let compared = use_memo((Rc::as_ptr(loaded) as usize, settings), |(_, settings)| {
        Compared::of(loaded, *settings)
    });
    let Some(compared) = &*compared else {
        return missing(context, loaded);
    };
    let ranked = compared.ranked();
    let name_of = |index: &usize| {
        compared
            .drift
            .columns
            .get(*index)
            .map(|column| &column.column)
    };
    let shown = ranked
        .iter()
        .find(|index| name_of(index).map(String::as_str) == chosen.as_deref())
        .or(ranked.iter().find(|index| {
            let verdict = compared.verdicts.get(**index);
            verdict.is_some_and(|verdict| verdict.drifted == Some(true))
        }))
        .or(ranked.first())
        .copied();
    let on_open = {
        let chosen = chosen.setter();
        Callback::from(move |column: String| chosen.set(Some(column.into())))
    };
    let sides = sides(loaded);
    html! {
        <section class="view drift" data-testid="drift">
            <h1>{ drift_words::finding(&compared.drift, settings) }</h1>
            <p class="lead">
                { compared_with(compared, &sides) }
                if compared.is_at_once {
                    { " ≈ By the sums of the windows that are chosen; what takes a look at the rows follows." }
                }
            </p>
            { answers_about_score(&loaded.report) }
            { settings::settings(context) }
            { reference::reference(context, loaded) }
            { ranked::ranked(compared, &ranked, shown, &on_open) }
            if let Some(shown) = shown {
                <detail::Detail
                    column={compared.drift.columns.get(shown).cloned().map(Rc::new)}
                    verdict={compared.verdicts.get(shown).cloned().map(Rc::new)}
                    sides={sides.clone()}
                    told={compared.told}
                />
            }
            if let Some(windows) = windows(loaded) {
                { time_notes(windows) }
                <over_time::OverTime
                    context={context.clone()}
                    loaded={loaded.clone()}
                    windows={windows.windows.len()}
                    {ranked}
                    opened={shown}
                    {settings}
                    on_open={on_open.clone()}
                />
            }
            { method(compared) }
        </section>
    }
}

/// What the reference and the rows that are judged are called.
fn sides(loaded: &Loaded) -> (String, String) {
    let settings = &loaded.profile.settings;
    let name = |name: &Option<String>, none: &str| name.clone().unwrap_or_else(|| none.to_owned());
    (
        name(&settings.reference, "reference"),
        name(&settings.current, "all rows"),
    )
}

fn compared_with(compared: &Compared, (reference, current): &(String, String)) -> String {
    let count = greenlight_format::count;
    format!(
        "{} rows of “{current}” beside {} rows of “{reference}”. {}",
        count(compared.drift.current_rows),
        count(compared.drift.reference_rows),
        drift_words::rule(compared.settings),
    )
}

/// What is lacking, and what to do.
fn missing(context: &Context, loaded: &Loaded) -> Html {
    let settings = &loaded.profile.settings;
    let is_looking = settings.reference.is_some() && loaded.profile.examination.is_none();
    if is_looking {
        return html! {
            <section class="view drift">
                <h1>{ "Has anything moved?" }</h1>
                { still_looking(loaded, "To compare its columns") }
            </section>
        };
    }
    html! {
        <section class="view drift" data-testid="no-drift">
            <h1>{ "There is nothing to compare with yet" }</h1>
            <p>
                { format!(
                    "Drift is how far the rows that are judged have moved from a reference: the rows on which the model was \
                     built, or an earlier time at which all was well. Here {}.",
                    drift_words::why_none(&loaded.profile),
                ) }
            </p>
            <p>
                <a class="button" href={View::Load.address_of("role-split")}>
                    { "Say which column tells reference and current rows apart" }
                </a>
            </p>
            { reference::reference(context, loaded) }
        </section>
    }
}

fn method(compared: &Compared) -> Html {
    html! {
        <details class="method">
            <summary>{ "How is this computed?" }</summary>
            <p>
                { "Both sides of a column are counted in the same bins: of few different numbers, and of words, each has its own; \
                   else the edges are the reference’s deciles. The population stability index (PSI) adds up, over the bins, the change of the share \
                   times the logarithm of their ratio: 0 is no change, and 0.1 and 0.25 are the usual lines for a small and a large one." }
            </p>
            <p>
                { "A fixed line alone cries wolf where there are few rows: with nothing changed, PSI passes 0.1 in most files of 100 rows a \
                   side. So a column counts as drifted only where the difference is also more than chance: a chi-square test on the same bins, \
                   corrected for the number of columns so that of all that are called drifted at most 5 % are expected to be chance \
                   (Benjamini and Hochberg). The grey stretch of each bar is what chance alone reaches with so many rows, in 19 of 20 cases." }
            </p>
            <p>
                { "Rows without a label are compared as well; calls that failed are not. Missing values are left out of the bins, and their share is told beside them." }
            </p>
            if !compared.drift.times.is_empty() {
                <p>
                    { format!("Not compared, since time always moves: {}.", compared.drift.times.join(", ")) }
                </p>
            }
        </details>
    }
}
