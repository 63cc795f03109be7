//! The worker: owns the Table, answers with Profiles.

fn main() {
    greenlight_app::engine::worker::run();
}
