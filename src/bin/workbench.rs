//! Everything that needs data: its own module, so that the first screen does not wait for it.

fn main() {
    greenlight_app::app::mount();
}
