//! Alerts as marks on pictures of windows, the same on each.

use greenlight_charts::Alert;
use greenlight_readiness::Report;
use greenlight_readiness::monitoring::Watched;

/// The windows in which something of what a picture shows broke a rule; of everything where `shown` takes all.
pub fn alert_marks(report: &Report, shown: impl Fn(Watched) -> bool) -> Vec<Alert> {
    let mut marks: Vec<Alert> = Vec::new();
    for alert in report.alerts.iter().filter(|alert| shown(alert.metric)) {
        for &window in &alert.windows {
            let is_first = alert.first.window == Some(window);
            match marks.iter_mut().find(|mark| mark.window == window) {
                Some(mark) => mark.is_first |= is_first,
                None => marks.push(Alert { window, is_first }),
            }
        }
    }
    marks.sort_by_key(|mark| mark.window);
    marks
}
