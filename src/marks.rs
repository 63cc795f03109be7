//! User Timing marks, so that anyone can measure the page from outside.

/// The first screen stands.
pub const FIRST_SCREEN: &str = "greenlight:first-screen";
/// A file was chosen.
pub const FILE_CHOSEN: &str = "greenlight:file-chosen";
/// The engine has answered with a Profile.
pub const PROFILE_RECEIVED: &str = "greenlight:profile-received";
/// The verdict is on screen.
pub const VERDICT_PAINTED: &str = "greenlight:verdict-painted";
/// The threshold was moved: by the slider, a key, or on a picture.
pub const THRESHOLD_INPUT: &str = "greenlight:threshold-input";
/// The last draw call of that move has returned.
pub const THRESHOLD_DRAWN: &str = "greenlight:threshold-drawn";
/// The frame after that.
pub const THRESHOLD_PAINTED: &str = "greenlight:threshold-painted";

/// Sets a mark now.
pub fn mark(name: &str) {
    if let Some(performance) = gloo::utils::window().performance() {
        // A mark that cannot be set costs a measurement and nothing else.
        let _ = performance.mark(name);
    }
}

/// Milliseconds since the visit began.
pub fn now_ms() -> f64 {
    let performance = gloo::utils::window().performance();
    performance.map_or(0.0, |performance| performance.now())
}

/// Sets a mark once what was just rendered has been painted: the frame after the next.
pub fn mark_painted(name: &'static str) {
    let frame = gloo::render::request_animation_frame(move |_| {
        gloo::timers::callback::Timeout::new(0, move || mark(name)).forget();
    });
    // The handle cancels the frame when dropped; this frame is wanted whatever happens.
    std::mem::forget(frame);
}
