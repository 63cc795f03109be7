//! The Greenlight page and its engine. Everything that knows a browser lives in this package.

pub mod app;
pub mod canvas;
pub mod components;
pub mod context;
pub mod engine;
pub mod entrance;
pub mod files;
pub mod hooks;
mod import;
pub mod input;
pub mod loader;
pub mod marks;
pub mod remote;
pub mod session;
pub mod single_file;
pub mod views;
pub mod words;
