//! What stands in place of what a second look at the rows would find.

use yew::prelude::*;

use super::needs_rows;
use crate::session::Loaded;

/// That the rows are being looked at; of a report that came without them, that they are needed `for_this`.
pub fn still_looking(loaded: &Loaded, for_this: &str) -> Html {
    match loaded.origin.shared() {
        Some(_) => needs_rows(for_this),
        None => html! { <p class="aside" role="status">{ "The rows are being looked at…" }</p> },
    }
}
