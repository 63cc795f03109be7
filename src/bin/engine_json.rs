//! The worker for files that the one for CSV refuses: it reads JSON as well, and is larger.

use greenlight_readiness::SourceReader;

fn main() {
    greenlight_app::engine::worker::run(SourceReader::new);
}
