//! What the scores let expect, beside what labels say.

use greenlight_format as format;
use greenlight_readiness::{Metric, title};
use yew::prelude::*;

use crate::components::{needs_rows, table_download};
use crate::session::Loaded;

const METRICS: [Metric; 6] = [
    Metric::Accuracy,
    Metric::Precision,
    Metric::Recall,
    Metric::Specificity,
    Metric::F1,
    Metric::RocAuc,
];

pub fn estimate(loaded: &Loaded) -> Html {
    let Some(words) = loaded.profile.estimate_in_words() else {
        return elsewhere(loaded);
    };
    let examination = loaded.profile.examination.as_ref();
    let Some(estimate) = examination.and_then(|found| found.estimate.as_ref()) else {
        return Html::default();
    };
    let now = loaded.report.current();
    let realised = |metric: Metric| match metric {
        Metric::Accuracy => now.accuracy,
        Metric::Precision => now.precision,
        Metric::Recall => now.recall,
        Metric::Specificity => now.specificity,
        Metric::F1 => now.f1,
        _ => now.roc_auc,
    };
    let shown = |metric, value| greenlight_readiness::criteria::shown_value(metric, value);
    let told = loaded.profile.told;
    html! {
        <>
            <h2>{ "Without labels" }</h2>
            <div data-testid="estimate-finding">
                if let [trust, rest @ ..] = words.as_slice() {
                    <p><strong>{ trust }</strong></p>
                    <p>{ rest.join(" ") }</p>
                }
            </div>
            <div class="scroll" tabindex="0" role="group" aria-label="What to expect">
                <table class="table" data-testid="table-estimate">
                    <caption>{ "What the scores let expect of all rows, and what the rows with a label show." }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Metric" }</th>
                            <th scope="col" class="number">{ "Expected" }</th>
                            <th scope="col" class="number">{ "With labels" }</th>
                            <th scope="col" class="number">{ "By chance alone" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for METRICS.into_iter().filter_map(|metric| {
                            let expected = estimate.overall.expected(metric)?;
                            let interval = expected.interval();
                            let exact = expected.value.to_string();
                            Some(html! {
                                <tr key={metric.name()}>
                                    <th scope="row" class="where">{ title(metric, false) }</th>
                                    <td
                                        class="number"
                                        data-testid={format!("metric-expected-{}", metric.name())}
                                        data-value={exact}
                                    >
                                        { told.mark(shown(metric, Some(expected.value))) }
                                    </td>
                                    <td class="number">
                                        { realised(metric).map_or_else(format::undefined, |value| loaded.profile.told_of(metric).mark(shown(metric, Some(value)))) }
                                    </td>
                                    <td class="number">
                                        { format!(
                                            "{} to {}",
                                            told.mark(shown(metric, Some(interval.low))),
                                            told.mark(shown(metric, Some(interval.high))),
                                        ) }
                                    </td>
                                </tr>
                            })
                        }) }
                    </tbody>
                </table>
            </div>
            { table_download("estimate", "What to expect") }
        </>
    }
}

/// Where the rows are not at hand, what to expect is known at one threshold alone.
fn elsewhere(loaded: &Loaded) -> Html {
    let found = loaded.given.examination.as_ref();
    let is_known = found.is_some_and(|found| found.estimate.is_some());
    if loaded.origin.shared().is_none() || !is_known {
        return Html::default();
    }
    html! {
        <>
            <h2>{ "Without labels" }</h2>
            { needs_rows("To say what to expect at this threshold, which is not that of the report,") }
        </>
    }
}
