//! The worker: owns the Table, answers with Profiles.

fn main() {}
