//! The line below the header that says what a shared report is, and what it lacks.

use greenlight_format as format;
use greenlight_link::Thinned;
use yew::prelude::*;

use crate::session::Loaded;

/// What a shared report is, and what was left out of it; nothing where rows are at hand.
pub fn shared_line(loaded: &Loaded) -> Html {
    let Some(shared) = loaded.origin.shared() else {
        return Html::default();
    };
    let name = &loaded.table.name;
    let rounded = if shared.thinned.digits.is_some() || shared.thinned.stops.is_some() {
        " · numbers marked ≈ are rounded"
    } else {
        ""
    };
    let is_between = loaded.profile.certainty.is_rough();
    let lacking = lacking(&shared.thinned);
    html! {
        <aside class="shared-line" data-testid="shared-line" aria-label="About this report">
            <p>
                <strong>{ "Shared report" }</strong>
                { format!(" · rows not included{rounded} · made from {name}") }
            </p>
            if is_between {
                <p data-testid="between-thresholds">
                    { "The threshold in force lies between two that this report knows: what follows from it is marked ≈ and near." }
                </p>
            }
            if !lacking.is_empty() {
                <details data-testid="left-out">
                    <summary>{ "What was left out or rounded" }</summary>
                    <ul>{ for lacking.into_iter().map(|line| html! { <li key={line.clone()}>{ line }</li> }) }</ul>
                </details>
            }
        </aside>
    }
}

/// What was left out of a report or rounded, a sentence each.
pub fn lacking(thinned: &Thinned) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say = |is_so: bool, line: String| lines.extend(Some(line).filter(|_| is_so));
    let parts = [
        (thinned.without_windows, "The windows of time."),
        (thinned.without_segments, "The segments and weak groups."),
        (
            thinned.without_features,
            "The drift of features and segment columns.",
        ),
        (thinned.without_examples, "Ids and example values."),
    ];
    for (is_left_out, part) in parts {
        say(is_left_out, part.to_owned());
    }
    let smallest = format::count(thinned.smallest);
    let values = thinned.values_withheld;
    let windows = thinned.windows_withheld;
    let merged = thinned.values_merged;
    say(
        values > 0,
        format!(
            "{} withheld, so that nothing is said of fewer than {smallest} rows.",
            number(values, "value of a column is", "values of columns are")
        ),
    );
    say(
        windows > 0,
        format!(
            "{} withheld, so that nothing is said of fewer than {smallest} rows; they look empty.",
            number(windows, "window of time is", "windows of time are")
        ),
    );
    say(
        merged > 0,
        format!(
            "{} put together as others, since they have fewer than {smallest} rows.",
            number(merged, "rare value is", "rare values are")
        ),
    );
    say(
        thinned.without_reference_windows,
        "The windows of the reference, so how often a rule would have been wrong is not told."
            .to_owned(),
    );
    say(
        thinned.columns_without_windows > 0,
        format!(
            "How {} moved window by window.",
            number(thinned.columns_without_windows, "column", "columns")
        ),
    );
    if let Some(stops) = thinned.stops {
        say(
            true,
            format!(
                "Counts are exact at {} thresholds, the best ones and the one in force among them; between two of them they are marked ≈.",
                format::count(stops)
            ),
        );
    }
    if let Some(digits) = thinned.digits {
        say(
            true,
            format!(
                "Averages and scores are rounded to {digits} digits, and marked ≈; counts and what follows from them, such as accuracy, are exact."
            ),
        );
    }
    lines
}

fn number(number: u64, one: &str, several: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{} {several}", format::count(number)),
    }
}
