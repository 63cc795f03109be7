//! Monitoring: rules over windows or rows, alerts that stay raised, and replay.
//!
//! A [`MonitoringRule`] of the policy says what must hold in every window, or of every row. What breaks it raises an
//! [`Alert`], which stays raised: it keeps the first offender, the worst and all others. Windows that are empty or
//! [partial](Unjudged::Partial), or have fewer rows behind their number than are asked for, are not judged: a fixed limit
//! alone cries wolf on small windows.

mod alert;
mod false_alarms;
mod measure;
mod replay;
mod report;
mod rule;
mod series;
mod usual;

pub use alert::{Alert, Latch, Offender};
pub use false_alarms::FalseAlarms;
pub use replay::{Broken, Place, Raised, Replay, RuleState, STILL_LOOKING, Standing, row_rules};
pub(crate) use report::alerts;
pub use report::{AlertReport, NotJudged, RuleOutcome, RuleReport, Sighting};
pub use rule::{MonitoringRule, Over, Watched};
pub use series::{Certainty, Course, Point, Reading, Unjudged, WindowState};
pub(crate) use usual::usual_rules;
