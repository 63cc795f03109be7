//! Where the reference ends, for rows that no column splits: the first windows of time are then what the later ones are compared with.

use greenlight_readiness::{Choices, Moment, Span, Windows};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::context::Context;
use crate::session::Loaded;
use crate::views::over_time::windows;

/// A choice of the window before which the reference ends; nothing where a column splits the rows, or there is one window alone.
pub fn reference(context: &Context, loaded: &Loaded) -> Html {
    let profile = &loaded.profile;
    let until = profile.settings.reference_until;
    let windows = windows(loaded).filter(|_| profile.roles.split.is_none());
    let Some((windows, begins)) = windows.map(|windows| (windows, begins(windows, until))) else {
        return html! {};
    };
    if begins.is_empty() {
        return html! {};
    }
    let onchange = {
        let (context, moments) = (
            context.clone(),
            begins.iter().map(|(moment, _)| *moment).collect::<Vec<_>>(),
        );
        Callback::from(move |event: Event| {
            let select: Option<HtmlSelectElement> = event.target_dyn_into();
            let chosen = select.and_then(|select| select.value().parse::<usize>().ok());
            context.choose.emit(Choices {
                reference_until: chosen.and_then(|window| moments.get(window).copied()),
                span: None,
                ..context.session.choices()
            });
        })
    };
    html! {
        <div class="asked">
            <label for="reference-until">{ "Compare with the rows before" }</label>
            <select id="reference-until" data-testid="reference-until" {onchange}>
                <option value="none" selected={until.is_none()}>{ "None: all rows are judged" }</option>
                { for begins.iter().enumerate().map(|(place, (moment, span))| html! {
                    <option value={place.to_string()} selected={until == Some(*moment)}>
                        { windows.in_words(*span) }
                    </option>
                }) }
            </select>
        </div>
    }
}

/// Where each window but the first begins, those that are the reference by now included, and where the reference ends if that is elsewhere.
fn begins(windows: &Windows, until: Option<Moment>) -> Vec<(Moment, Span)> {
    let all = windows.reference.iter().chain(&windows.windows).skip(1);
    let mut begins: Vec<_> = all
        .map(|window| (window.span.begins(), window.span))
        .collect();
    let is_known = |until: &Moment| begins.iter().any(|(moment, _)| moment == until);
    if let Some(until) = until.filter(|until| !is_known(until)) {
        begins.push((until, Span::since(until)));
    }
    begins
}
