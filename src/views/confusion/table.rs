//! The matrix as a table.

use std::rc::Rc;

use greenlight_format as format;
use greenlight_format::csv::push_record;
use web_sys::HtmlDetailsElement;
use yew::prelude::*;

use super::Confusion;

/// A table of so many classes is made only once it is asked for.
const MANY: usize = 60;
/// A table of more classes than these is for a spreadsheet.
const TOO_MANY: usize = 250;

#[derive(Properties, PartialEq)]
pub struct TableTwinProps {
    pub confusion: Rc<Option<Confusion>>,
}

#[component]
pub fn TableTwin(TableTwinProps { confusion }: &TableTwinProps) -> Html {
    let opened = use_state_eq(|| false);
    let Some(confusion) = &**confusion else {
        return Html::default();
    };
    let ontoggle = {
        let opened = opened.setter();
        Callback::from(move |event: Event| {
            let details: Option<HtmlDetailsElement> = event.target_dyn_into();
            opened.set(details.is_some_and(|details| details.open()));
        })
    };
    let classes = confusion.classes.len();
    html! {
        <details class="table-twin" {ontoggle}>
            <summary>{ "As a table" }</summary>
            if classes > TOO_MANY {
                <p>
                    { format!(
                        "{} numbers are too many for a page. The CSV file below the picture has all of them.",
                        format::count((classes * classes) as u64),
                    ) }
                </p>
            } else if classes <= MANY || *opened {
                { table(confusion) }
            }
        </details>
    }
}

fn table(confusion: &Confusion) -> Html {
    let Confusion {
        classes, matrix, ..
    } = confusion;
    html! {
        <div class="scroll">
            <table class="table" data-testid="table-confusion_matrix">
                <caption>{ "Rows: true class. Columns: predicted class." }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "True class" }</th>
                        { for classes.iter().map(|class| html! {
                            <th scope="col" class="number" key={class.clone()}>{ class }</th>
                        }) }
                    </tr>
                </thead>
                <tbody>
                    { for classes.iter().zip(matrix.rows()).map(|(class, row)| html! {
                        <tr key={class.clone()}>
                            <th scope="row">{ class }</th>
                            { for row.iter().map(|&count| html! {
                                <td class="number">{ format::count(count) }</td>
                            }) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// The table with plain numbers; its first cell says what rows and columns are.
pub fn csv(confusion: &Confusion) -> String {
    let mut text = String::new();
    let mut names = vec!["actual \\ predicted"];
    names.extend(confusion.classes.iter().map(String::as_str));
    push_record(&mut text, &names);
    for (class, row) in confusion.classes.iter().zip(confusion.matrix.rows()) {
        let cells: Vec<String> = row.iter().map(u64::to_string).collect();
        let mut record = vec![class.as_str()];
        record.extend(cells.iter().map(String::as_str));
        push_record(&mut text, &record);
    }
    text
}
