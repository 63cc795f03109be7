//! What crosses crates: reference results, the built page in a real browser, size gates.
