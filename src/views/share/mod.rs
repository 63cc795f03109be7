//! Ways to pass the report on: a section a file.

mod contents;
mod exports;
mod lengths;
mod link;
mod made;
mod one_file;

use std::rc::Rc;

use yew::prelude::*;

use crate::context::Context;
use crate::session::Loaded;

use exports::Exports;
use link::LinkSection;

/// The properties of [`ShareView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// What is on screen.
    pub loaded: Rc<Loaded>,
}

/// Ways to pass the report on.
#[component]
pub fn ShareView(Props { context, loaded }: &Props) -> Html {
    html! {
        <section class="view share" data-testid="share">
            <h1>{ "Pass the report on; the rows stay here" }</h1>
            <LinkSection context={context.clone()} loaded={loaded.clone()} />
            <Exports context={context.clone()} loaded={Rc::clone(loaded)} />
        </section>
    }
}
