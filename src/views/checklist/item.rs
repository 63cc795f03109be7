//! One item of the form.

use greenlight_readiness::checklist::{Checked, ITEMS, Item, Level};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::context::Context;
use crate::session::{Action, Fill};

/// What should hold, what the data says of it, and what the person says.
pub fn item(context: &Context, checked: &Checked) -> Option<Html> {
    let item = ITEMS.iter().find(|item| item.name == checked.name)?;
    let evidence = checked.evidence.as_ref().map(|evidence| {
        let counts = match checked.is_shown {
            true => "From your file, which counts as done by hand: ",
            false => "From your file, which counts nothing by itself: ",
        };
        html! {
            <p class={classes!("evidence", checked.is_shown.then_some("shown"))}>
                <strong>{ counts }</strong>
                { evidence }
            </p>
        }
    });
    Some(html! {
        <li key={item.name} data-testid={format!("item-{}", item.name)}>
            <div>
                <details class="term">
                    <summary>{ item.title }</summary>
                    <p>{ item.help }</p>
                </details>
                { evidence }
            </div>
            <fieldset>
                <legend class="visually-hidden">{ item.title }</legend>
                <div class="choice">
                    { for Level::ALL.map(|level| radio(context, item, checked, level)) }
                </div>
                { note(context, item, checked) }
            </fieldset>
        </li>
    })
}

fn radio(context: &Context, item: &'static Item, checked: &Checked, level: Level) -> Html {
    let choose = move |_: Event| Action::Fill(Fill::Level(item, level));
    html! {
        <label title={level.meaning()}>
            <input
                type="radio"
                name={item.name}
                data-testid={format!("level-{}-{}", item.name, level.name())}
                checked={checked.level == level}
                disabled={checked.is_shown && level == Level::NotDone}
                onchange={context.act.reform(choose)}
            />
            <span>{ level.title() }</span>
        </label>
    }
}

fn note(context: &Context, item: &'static Item, checked: &Checked) -> Html {
    let write = move |event: InputEvent| {
        let field = event.target_unchecked_into::<HtmlTextAreaElement>();
        Action::Fill(Fill::Note(item, field.value()))
    };
    html! {
        <label class="note">
            <span class="aside">{ "Note" }</span>
            <textarea
                rows="1"
                data-testid={format!("note-{}", item.name)}
                value={checked.note.clone()}
                oninput={context.act.reform(write)}
            />
        </label>
    }
}
