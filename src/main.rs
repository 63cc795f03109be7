//! The page: mounts the first screen. What a file needs comes with the first file.

fn main() {
    greenlight_app::entrance::mount();
}
