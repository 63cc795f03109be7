//! The Greenlight page and its engine. Everything that knows a browser lives in this package.

pub mod app;
pub mod canvas;
pub mod engine;
pub mod session;
