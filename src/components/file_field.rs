//! A field that takes one small file, such as a policy or a report.

use web_sys::File;
use yew::prelude::*;

use crate::files::chosen_file;

/// The properties of [`FileField`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Names the field: its id and its handle.
    pub name: AttrValue,
    /// What it asks for.
    pub label: AttrValue,
    /// The kinds of file, as `accept` has them.
    pub accept: AttrValue,
    /// The element that says what is wrong with a file.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Gets the file that is chosen.
    pub on_file: Callback<File>,
}

/// A field that takes one small file, with what it asks for.
#[component]
pub fn FileField(props: &Props) -> Html {
    html! {
        <>
            <label for={props.name.clone()}>{ &props.label }</label>
            <input
                type="file"
                id={props.name.clone()}
                data-testid={props.name.clone()}
                accept={props.accept.clone()}
                aria-describedby={props.described_by.clone()}
                onchange={chosen_file(props.on_file.clone())}
            />
        </>
    }
}
