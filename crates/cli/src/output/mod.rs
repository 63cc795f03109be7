//! What only the terminal prints; Markdown and JUnit XML it shares with the page (`greenlight_readiness::written`).

mod answers;
pub mod comparison;
pub mod html;
pub mod text;
