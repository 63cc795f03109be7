//! Rendering over several frames what would keep the page from answering if it were rendered at once.

use gloo::render::request_animation_frame;
use yew::prelude::*;

/// How many of so many parts may be rendered yet: one at first, then one more with every frame.
#[hook]
pub fn use_gradually(parts: usize) -> usize {
    let ready = use_state_eq(|| 1);
    {
        let ready = ready.clone();
        use_effect_with((*ready, parts), move |&(now, parts)| {
            let next = move || request_animation_frame(move |_| ready.set(now + 1));
            let frame = (now < parts).then(next);
            // Dropped, it comes no more.
            move || drop(frame)
        });
    }
    (*ready).min(parts)
}
