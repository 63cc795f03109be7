//! The checklist's form, kept in this browser until it is cleared.

use std::rc::Rc;

use greenlight_readiness::checklist::{Attestations, CHECKLIST_SCHEMA};
use yew::prelude::*;

use super::storage;
use crate::session::{Action, Fill, Session};

/// Fills the form in as it was kept, and keeps it whenever it changes. Where a browser does not let the page keep anything,
/// the form works all the same and says so. The form of a report that someone shared is not this person's, and is not kept.
#[hook]
pub fn use_kept_checklist(session: &Session, act: Callback<Action>) {
    let is_kept = use_mut_ref(|| false);
    let is_shared = session.is_shared();
    use_effect_with(
        Rc::clone(&session.checklist_form.attested),
        move |attested| {
            let mut is_kept = is_kept.borrow_mut();
            let fill = match *is_kept {
                false => kept(),
                true if is_shared => None,
                true => keep(attested).err().map(Fill::Fail),
            };
            *is_kept = true;
            if let Some(fill) = fill {
                act.emit(Action::Fill(fill));
            }
        },
    );
}

/// What this browser has kept, if anything. What cannot be read stays as it is until something else is filled in.
fn kept() -> Option<Fill> {
    let json = storage()?.get_item(CHECKLIST_SCHEMA).ok().flatten()?;
    Some(match Attestations::from_json(&json) {
        Ok(attested) => Fill::Kept(attested),
        Err(_) => Fill::Fail(
            "The form that this browser kept cannot be read, so this one is empty; what you fill in takes its place."
                .to_owned(),
        ),
    })
}

fn keep(attested: &Attestations) -> Result<(), String> {
    let not_kept = || {
        "This browser does not let the page keep the form: export it before you leave.".to_owned()
    };
    let storage = storage().ok_or_else(not_kept)?;
    let kept = match attested.is_empty() {
        true => storage.remove_item(CHECKLIST_SCHEMA),
        false => {
            let json = attested.to_json().map_err(|error| error.to_string())?;
            storage.set_item(CHECKLIST_SCHEMA, &json)
        }
    };
    kept.map_err(|_| not_kept())
}
