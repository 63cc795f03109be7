//! The table beside a picture, made when it is opened.

use greenlight_format as format;
use web_sys::HtmlDetailsElement;
use yew::prelude::*;

use super::SharedPicture;

/// The table has at most so many rows; the CSV file has all.
const ROWS: usize = 200;

#[derive(Properties, PartialEq)]
pub struct TwinProps {
    pub name: AttrValue,
    pub picture: SharedPicture,
}

#[component]
pub fn Twin(TwinProps { name, picture }: &TwinProps) -> Html {
    let opened = use_state_eq(|| false);
    let ontoggle = {
        let opened = opened.setter();
        Callback::from(move |event: Event| {
            let details: Option<HtmlDetailsElement> = event.target_dyn_into();
            opened.set(details.is_some_and(|details| details.open()));
        })
    };
    html! {
        <details class="table-twin" {ontoggle}>
            <summary>{ "As a table" }</summary>
            if *opened {
                { table(name, picture) }
            }
        </details>
    }
}

fn table(name: &str, picture: &SharedPicture) -> Html {
    let sheet = picture.sheet();
    let class = |is_number: bool| is_number.then_some("number");
    let numbers: Vec<bool> = match sheet.rows.first() {
        Some(row) => row.iter().map(|cell| cell.is_number).collect(),
        None => Vec::new(),
    };
    let is_number = |column: usize| numbers.get(column).copied().unwrap_or(false);
    html! {
        <div class="scroll long" tabindex="0" role="group" aria-label={picture.title().to_owned()}>
            <table class="table" data-testid={format!("table-{name}")}>
                if sheet.rows.len() > ROWS {
                    <caption>
                        { format!("The first {ROWS} of {} rows; the CSV file has all.", format::count(sheet.rows.len() as u64)) }
                    </caption>
                }
                <thead>
                    <tr>
                        { for sheet.head.iter().enumerate().map(|(column, (shown, _))| html! {
                            <th scope="col" class={classes!(class(is_number(column)))}>{ shown }</th>
                        }) }
                    </tr>
                </thead>
                <tbody>
                    { for sheet.rows.iter().take(ROWS).enumerate().map(|(index, row)| html! {
                        <tr key={index}>
                            { for row.iter().enumerate().map(|(column, cell)| match column {
                                0 => html! { <th scope="row">{ &cell.shown }</th> },
                                _ => html! { <td class={classes!(class(cell.is_number))}>{ &cell.shown }</td> },
                            }) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}
