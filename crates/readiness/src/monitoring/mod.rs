//! Monitoring: rules over windows or rows, alerts that stay raised, and replay.
//!
//! A [`MonitoringRule`] of the policy says what must hold in every window, or of every row. What breaks it raises an
//! [`Alert`], which stays raised: it keeps the first offender, the worst and all others. Windows that are empty or
//! [partial](Unjudged::Partial), or have fewer rows behind their number than are asked for, are not judged: a fixed limit
//! alone cries wolf on small windows.

mod alert;
mod measure;
mod rule;
mod series;
mod usual;

pub use alert::{Alert, Latch, Offender};
pub use rule::{MonitoringRule, Over, Watched};
pub use series::{Certainty, Course, Point, Reading, Unjudged, WindowState};
pub(crate) use usual::usual_rules;
