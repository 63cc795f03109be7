//! The worker for CSV: owns the Table, answers with Profiles.

use greenlight_readiness::SourceReader;

fn main() {
    greenlight_app::engine::worker::run(SourceReader::without_json);
}
