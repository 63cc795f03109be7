//! The page: mounts the app.

use greenlight_app::app::App;

fn main() {
    yew::Renderer::<App>::new().render();
}
