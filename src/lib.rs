//! The Greenlight page and its engine. Everything that knows a browser lives in this package.

pub mod app;
