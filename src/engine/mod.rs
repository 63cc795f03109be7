//! The engine: what owns the rows. It runs in a worker; the page holds a [`client::Client`].

pub mod band;
pub mod client;
pub mod protocol;
pub mod rows;
pub mod worker;
