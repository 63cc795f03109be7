//! Small hooks that tie components to the browser.

mod use_address;
mod use_engine;
mod use_files;
mod use_gradually;
mod use_hash;
mod use_kept_checklist;
mod use_stored_policies;

pub use use_address::use_address;
pub use use_engine::{use_demands, use_exact_counts, use_examination, use_row_watch};
pub use use_files::{FileDrop, use_files};
pub use use_gradually::use_gradually;
pub use use_hash::{current_hash, use_hash};
pub use use_kept_checklist::use_kept_checklist;
pub use use_stored_policies::{can_store, session_with_stored, use_stored_policies};

/// What this browser keeps for the page from one visit to the next, where it lets the page keep anything.
fn storage() -> Option<web_sys::Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}
