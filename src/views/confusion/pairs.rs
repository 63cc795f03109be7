//! The most frequent mistakes, where there are too many cells to find them by eye.

use std::rc::Rc;

use greenlight_format as format;
use greenlight_format::csv::push_record;
use yew::prelude::*;

use crate::components::Downloads;

use super::{Cell, Confusion};

/// So many are listed; the CSV has as many.
const LISTED: usize = 15;

/// The most frequent mistakes; each leads to its rows.
pub fn pairs(confusion: &Rc<Option<Confusion>>, on_select: &Callback<Cell>) -> Html {
    let csv = {
        let confusion = confusion.clone();
        Callback::from(move |()| (*confusion).as_ref().map_or_else(String::new, csv))
    };
    let Some(shown) = &**confusion else {
        return Html::default();
    };
    let pairs = shown.matrix.confused_pairs(LISTED);
    if pairs.is_empty() {
        return Html::default();
    }
    html! {
        <details class="more pairs" open=true>
            <summary>{ "Most confused pairs" }</summary>
            <table class="table" data-testid="table-confused_pairs">
                <thead>
                    <tr>
                        <th scope="col">{ "True class, and what it was taken for" }</th>
                        <th scope="col" class="number">{ "Rows" }</th>
                        <th scope="col" class="number">{ "Of its class" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for pairs.iter().map(|pair| {
                        let cell = (pair.actual, pair.predicted);
                        let share = shown.matrix.share_of_actual(pair.actual, pair.predicted);
                        let onclick = on_select.reform(move |_: MouseEvent| cell);
                        html! {
                            <tr key={format!("{} {}", pair.actual.0, pair.predicted.0)}>
                                <th scope="row">
                                    <button type="button" class="quiet" {onclick}>
                                        <bdi>{ shown.name(pair.actual.0) }</bdi>
                                        <span class="visually-hidden">{ " taken for " }</span>
                                        <span aria-hidden="true">{ " → " }</span>
                                        <bdi>{ shown.name(pair.predicted.0) }</bdi>
                                    </button>
                                </th>
                                <td class="number">{ format::count(pair.count) }</td>
                                <td class="number">
                                    { share.map_or_else(|_| format::undefined(), format::percent) }
                                </td>
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
            <Downloads name="confused_pairs" title="Most confused pairs" {csv} />
        </details>
    }
}

fn csv(confusion: &Confusion) -> String {
    let mut text = String::new();
    push_record(
        &mut text,
        &["actual", "predicted", "rows", "share_of_actual"],
    );
    for pair in confusion.matrix.confused_pairs(LISTED) {
        let share = confusion
            .matrix
            .share_of_actual(pair.actual, pair.predicted);
        let share = share.map_or_else(|_| String::new(), |share| share.to_string());
        let (actual, predicted) = (
            confusion.name(pair.actual.0),
            confusion.name(pair.predicted.0),
        );
        push_record(
            &mut text,
            &[actual, predicted, &pair.count.to_string(), &share],
        );
    }
    text
}
