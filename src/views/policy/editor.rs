//! The controls of the editor: each draws what it says into the policy as soon as that can be taken.

use std::cell::RefCell;
use std::rc::Rc;

use greenlight_readiness::Policy;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::changes::{Change, YES};
use super::drafts::{self, Draft, Part};
use crate::session::{Action, Policies, PolicyAction};

/// The policy in force and what is typed beside it.
#[derive(Clone)]
pub struct Editor {
    pub policy: Rc<Policy>,
    pub policies: Policies,
    pub act: Callback<Action>,
    pub drafts: UseStateHandle<Vec<Draft>>,
    /// The element that gets the focus with the next rendering.
    pub focus: Rc<RefCell<Option<String>>>,
}

/// Where a control stands and what it changes.
#[derive(Clone, Copy)]
pub struct Place {
    /// The key in the policy's JSON.
    pub key: &'static str,
    /// Of what.
    pub part: Part,
    /// What it is called.
    pub label: &'static str,
    pub change: Change,
}

impl Editor {
    /// Draws what a control says into the policy, if it can be taken. Where no more of it is to come (`is_done`), it is
    /// shown as it was understood.
    fn take(&self, place: Place, text: String, is_done: bool) {
        let new = Draft {
            key: place.key,
            part: place.part,
            text,
            change: place.change,
            message: None,
        };
        let is_free = |name: &str| self.policies.is_free(name, &self.policy);
        let (policy, mut drafts) = drafts::taken(&self.policy, &self.drafts, new, is_free);
        drafts.retain(|draft| !is_done || draft.message.is_some());
        self.drafts.set(drafts);
        if policy != *self.policy {
            self.act.emit(Action::Policy(PolicyAction::Edit(policy)));
        }
    }

    /// What is chosen rather than typed: a step of its own.
    fn choose(&self, place: Place, text: String) {
        self.take(place, text, true);
        self.act.emit(Action::Policy(PolicyAction::Settle));
    }

    /// The change is done with.
    fn settle(&self) {
        let left = self.drafts.iter().filter(|draft| draft.message.is_some());
        self.drafts.set(left.cloned().collect());
        self.act.emit(Action::Policy(PolicyAction::Settle));
    }

    /// Something that all of the policy undergoes; nothing that is typed elsewhere is lost.
    pub fn alter(&self, change: Change, index: usize, text: &str, focus: String) {
        let mut policy = (*self.policy).clone();
        if change(&mut policy, index, text).is_ok() && policy.check().is_ok() {
            self.focus.replace(Some(focus));
            self.act.emit(Action::Policy(PolicyAction::Edit(policy)));
            self.act.emit(Action::Policy(PolicyAction::Settle));
        }
    }

    fn draft(&self, place: Place) -> Option<&Draft> {
        let mut drafts = self.drafts.iter();
        drafts.find(|draft| (draft.part, draft.key) == (place.part, place.key))
    }

    /// What a control shows: what was typed into it, else what holds.
    fn shown(&self, place: Place, holds: String) -> (String, Option<String>) {
        match self.draft(place) {
            Some(draft) => (draft.text.clone(), draft.message.clone()),
            None => (holds, None),
        }
    }

    /// A text; `taken_for` says what it is understood as while it is typed.
    pub fn text(&self, place: Place, holds: String, taken_for: Option<String>) -> Html {
        let (text, message) = self.shown(place, holds.clone());
        let is_typed = text != holds && message.is_none();
        let taken_for = taken_for.filter(|_| is_typed);
        let (oninput, onchange) = self.typing(place);
        let input = html! {
            <input
                type="text"
                id={place.id()}
                autocomplete="off"
                data-testid={place.handle(self)}
                aria-invalid={message.is_some().then_some("true")}
                aria-describedby={place.note_id()}
                value={text}
                {oninput}
                {onchange}
            />
        };
        entry(place, input, message, taken_for)
    }

    /// A text of some lines.
    pub fn long_text(&self, place: Place, holds: String) -> Html {
        let (text, message) = self.shown(place, holds);
        let (oninput, onchange) = self.typing(place);
        let input = html! {
            <textarea
                id={place.id()}
                rows="2"
                data-testid={place.handle(self)}
                aria-describedby={place.note_id()}
                value={text}
                {oninput}
                {onchange}
            />
        };
        entry(place, input, message, None)
    }

    /// A choice among options, each by its value and its words.
    pub fn select(&self, place: Place, holds: String, options: &[(String, String)]) -> Html {
        self.select_of(place, holds, |chosen| {
            html! { <>{ for options.iter().map(|(value, words)| option(value, words, chosen)) }</> }
        })
    }

    /// A choice among options that are given as they are.
    pub fn select_of(
        &self,
        place: Place,
        holds: String,
        options: impl FnOnce(&str) -> Html,
    ) -> Html {
        let (chosen, message) = self.shown(place, holds);
        let editor = self.clone();
        let onchange = Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                // The control may come to stand elsewhere.
                editor.focus.replace(Some(place.id()));
                editor.choose(place, select.value());
            }
        });
        let select = html! {
            <select
                id={place.id()}
                data-testid={place.handle(self)}
                aria-invalid={message.is_some().then_some("true")}
                aria-describedby={place.note_id()}
                {onchange}
            >
                { options(&chosen) }
            </select>
        };
        entry(place, select, message, None)
    }

    /// Yes or no.
    pub fn check(&self, place: Place, holds: bool) -> Html {
        let editor = self.clone();
        let onchange = Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let text = if input.checked() { YES } else { "" };
                editor.choose(place, text.to_owned());
            }
        });
        html! {
            <label class="check">
                <input
                    type="checkbox"
                    id={place.id()}
                    data-testid={place.handle(self)}
                    checked={holds}
                    {onchange}
                />
                { place.label }
            </label>
        }
    }

    fn typing(&self, place: Place) -> (Callback<InputEvent>, Callback<Event>) {
        let (typed, done) = (self.clone(), self.clone());
        let oninput = Callback::from(move |event: InputEvent| {
            if let Some(text) = text_of(event.target_unchecked_into()) {
                typed.take(place, text, false);
            }
        });
        let onchange = Callback::from(move |_: Event| done.settle());
        (oninput, onchange)
    }
}

impl Place {
    /// The element, called as the validator calls the place.
    pub fn id(self) -> String {
        self.part.path(self.key)
    }

    fn note_id(self) -> String {
        format!("note-{}", self.id())
    }

    /// `policy-limit-recall` for the limit of the criterion called recall, `rule-limit-recall` for that of the rule.
    fn handle(self, editor: &Editor) -> String {
        let (criteria, rules) = (&editor.policy.criteria, &editor.policy.monitoring);
        let (what, name) = match self.part {
            Part::Whole => ("policy", None),
            Part::Criterion(index) => ("policy", criteria.get(index).map(|one| &one.name)),
            Part::Rule(index) => ("rule", rules.get(index).map(|one| &one.name)),
        };
        match name {
            Some(name) => format!("{what}-{}-{name}", self.key),
            None => format!("{what}-{}", self.key),
        }
    }
}

/// An option of a select.
pub fn option(value: &str, words: &str, chosen: &str) -> Html {
    html! {
        <option value={value.to_owned()} selected={value == chosen}>{ words.to_owned() }</option>
    }
}

/// What it is understood as stands beside the label, so that nothing moves when the control is left.
fn entry(place: Place, control: Html, message: Option<String>, taken_for: Option<String>) -> Html {
    html! {
        <div class={format!("entry of-{}", place.key)}>
            <div class="entry-head">
                <label for={place.id()}>{ place.label }</label>
                <span class="aside" aria-live="polite">{ taken_for.unwrap_or_default() }</span>
            </div>
            { control }
            <div id={place.note_id()}>
                if let Some(message) = message {
                    <p class="fail" role="alert">{ message }</p>
                }
            </div>
        </div>
    }
}

fn text_of(element: HtmlElement) -> Option<String> {
    match element.dyn_into::<HtmlInputElement>() {
        Ok(input) => Some(input.value()),
        Err(element) => element
            .dyn_into::<HtmlTextAreaElement>()
            .ok()
            .map(|area| area.value()),
    }
}
