//! Models beside each other: each one's numbers, and the champion against its challengers.

use greenlight_format as format;
use greenlight_metrics::wilson;
use greenlight_readiness::examination::Comparisons;
use yew::prelude::*;

use crate::components::{on_select, table_download};
use crate::context::Context;
use crate::session::Loaded;

pub fn models(context: &Context, loaded: &Loaded) -> Html {
    let examination = loaded.profile.examination.as_ref();
    let Some(models) = examination.and_then(|found| found.models.as_ref()) else {
        return Html::default();
    };
    let about = models.certainty.told().about();
    let champion = models
        .comparisons
        .as_ref()
        .map(|comparisons| comparisons.champion.as_str());
    html! {
        <>
            <h2>{ "Models" }</h2>
            { for loaded.profile.comparisons_in_words().iter().map(|words| html! {
                <p data-testid="models-finding">{ words }</p>
            }) }
            if let Some(comparisons) = &models.comparisons {
                if !context.session.is_shared() {
                    { champion_select(context, loaded, comparisons) }
                }
            }
            <div class="scroll" tabindex="0" role="group" aria-label="Models">
                <table class="table" data-testid="table-models">
                    <caption>{ "Each model on all rows it answered." }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Model" }</th>
                            <th scope="col" class="number">{ "Rows" }</th>
                            <th scope="col" class="number">{ "Accuracy" }</th>
                            <th scope="col" class="number">{ "95 %" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for models.models.values().map(|(name, rows)| {
                            let counts = rows.confusion.as_ref().ok().map(|counts| (counts.correct(), counts.total()));
                            let interval = counts.and_then(|(right, all)| wilson(right, all).ok());
                            let accuracy = counts.filter(|(_, all)| *all > 0).map(|(right, all)| right as f64 / all as f64);
                            html! {
                                <tr key={name.to_owned()}>
                                    <th scope="row" class="where" dir="auto">
                                        { name }
                                        if Some(name) == champion {
                                            <span class="aside">{ " champion" }</span>
                                        }
                                    </th>
                                    <td class="number">{ format::count(rows.rows) }</td>
                                    <td class="number">
                                        { accuracy.map_or_else(format::undefined, |accuracy| format!("{about}{}", format::percent(accuracy))) }
                                    </td>
                                    <td class="number">
                                        { interval.map_or_else(String::new, |interval| format!("{about}{}", format::percent_interval(interval.low, interval.high))) }
                                    </td>
                                </tr>
                            }
                        }) }
                    </tbody>
                </table>
            </div>
            { table_download("models", "Each model") }
            if let Some(comparisons) = &models.comparisons {
                { paired(comparisons) }
            }
        </>
    }
}

/// Chooses the model that the others are held against.
fn champion_select(context: &Context, loaded: &Loaded, comparisons: &Comparisons) -> Html {
    let onchange = {
        on_select(
            &context.session.choices(),
            &context.choose,
            |choices, champion| {
                choices.champion = Some(champion);
            },
        )
    };
    let examination = loaded.profile.examination.as_ref();
    let models = examination.and_then(|found| found.models.as_ref());
    let names = models.map(|models| {
        models
            .models
            .segments
            .iter()
            .map(|model| model.value.as_str())
    });
    html! {
        <div class="asked">
            <label for="champion">{ "Held against" }</label>
            <select id="champion" data-testid="champion" {onchange}>
                { for names.into_iter().flatten().map(|name| html! {
                    <option key={name.to_owned()} value={name.to_owned()} selected={name == comparisons.champion}>{ name }</option>
                }) }
            </select>
        </div>
    }
}

/// What became of each answer, pair by pair.
fn paired(comparisons: &Comparisons) -> Html {
    let paired: Vec<_> = comparisons
        .challengers
        .iter()
        .filter(|model| model.is_paired())
        .collect();
    if paired.is_empty() {
        return Html::default();
    }
    html! {
        <>
        <div class="scroll" tabindex="0" role="group" aria-label="Pairs of answers">
            <table class="table" data-testid="table-comparisons">
                <caption>{ format!("Examples that “{}” and another model both answered.", comparisons.champion) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Model" }</th>
                        <th scope="col" class="number">{ "Examples" }</th>
                        <th scope="col" class="number">{ "Answers that differ" }</th>
                        <th scope="col" class="number">{ "Only it is right" }</th>
                        <th scope="col" class="number">{ "Only the champion is right" }</th>
                        <th scope="col" class="number">{ "McNemar’s p" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for paired.into_iter().map(|challenger| {
                        let pairs = &challenger.pairs;
                        let p_value = pairs.mcnemar_p_value();
                        html! {
                            <tr key={challenger.model.clone()}>
                                <th scope="row" class="where" dir="auto">{ &challenger.model }</th>
                                <td class="number">{ format::count(pairs.pairs) }</td>
                                <td class="number">{ format::count(pairs.flips) }</td>
                                <td class="number">{ format::count(pairs.wrong_to_right) }</td>
                                <td class="number">{ format::count(pairs.right_to_wrong) }</td>
                                <td class="number" data-testid="metric-mcnemar" data-value={p_value.to_string()}>
                                    { format::p_value(p_value) }
                                </td>
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
        </div>
        { table_download("comparisons", "Pairs of answers") }
        </>
    }
}
