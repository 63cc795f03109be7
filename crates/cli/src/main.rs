//! `greenlight`: the same engine at a terminal and in a CI gate.
fn main() {}
