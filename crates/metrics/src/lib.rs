//! The metrics core: pure numbers on slices and counts.
