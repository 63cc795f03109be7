//! The rules of a policy on the windows of a profile, one window after the other.

use std::ops::Range;

use greenlight_format as format;

use super::alert::Alert;
use super::measure::{Look, Side, points};
use super::rule::{MonitoringRule, Over, Watched};
use super::series::{Course, Point, Unjudged, WindowState};
use crate::policy::Policy;
use crate::profile::Profile;
use crate::row_watch::{Offender, RowAlert, RowMetric, RowRule};
use crate::windows::{Span, Window};

/// What the rules of a policy see, window after window, within the range of time that is looked at. Each step asks of the windows up to
/// it alone: nothing that comes later can change what was raised.
///
/// ```
/// use greenlight_readiness::monitoring::Replay;
/// use greenlight_readiness::{Choices, Policy, Profile, SourceReader};
///
/// let mut reader = SourceReader::new("tiny.csv");
/// reader.feed(b"label,prediction\n1,1\n0,0\n")?;
/// let source = reader.finish_alone()?;
/// let (choices, policy) = (Choices::default(), Policy::balanced());
/// let mut profile = Profile::of(&source, &choices)?;
/// profile.examine(&source, &choices)?;
/// let replay = Replay::of(&profile, &policy);
/// assert_eq!(replay.end().len(), policy.monitoring.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    rules: Vec<Watching>,
    way: Way,
}

/// The windows that are looked at one after the other.
#[derive(Clone, Debug, PartialEq)]
struct Way {
    /// Where each window ends, where it does so in time: milliseconds since 1970 began in UTC; those that are not looked at as well.
    ends: Vec<Option<i64>>,
    /// Those that are looked at.
    looked_at: Range<usize>,
}

/// What a rule sees.
#[derive(Clone, Debug, PartialEq)]
struct Watching {
    rule: MonitoringRule,
    seen: Result<Seen, String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Seen {
    Windows(Vec<Point>),
    Rows(RowAlert),
}

/// How a rule stands.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleState {
    /// The rule.
    pub rule: MonitoringRule,
    /// How it stands, or why it has nothing to look at.
    pub standing: Result<Standing, String>,
}

/// How a rule stands that has something to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// What it has looked at: windows that are judged, or rows with the number.
    pub judged: u64,
    /// Whether it is over rows and not all of them have been seen: then only whether it was broken, and the first row that
    /// broke it, are known.
    pub is_so_far: bool,
    /// The alert, where one was raised.
    pub raised: Option<Raised>,
    /// What it says of each window so far; empty for a rule over rows.
    pub windows: Vec<WindowState>,
    /// The numbers of these windows; empty for a rule over rows.
    pub points: Vec<Point>,
}

/// An alert that was raised, and stays so.
#[derive(Clone, Debug, PartialEq)]
pub struct Raised {
    /// What raised it.
    pub first: Broken,
    /// What was furthest beyond the limit; of equals the first.
    pub worst: Broken,
    /// How many windows or rows were beyond it.
    pub count: u64,
    /// The windows beyond it, or those with the first and the worst row: indices, in order.
    pub windows: Vec<usize>,
    /// Whether one of the windows is beyond the limit for sure, and not perhaps by chance; `None` where that cannot be told.
    pub is_sure: Option<bool>,
}

/// What broke a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Broken {
    /// Where.
    pub place: Place,
    /// The number there.
    pub value: f64,
}

/// Where a rule was broken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// In the window of this index.
    Window(usize),
    /// In a row; the window that holds it, where one does.
    Row(Offender, Option<usize>),
}

impl Place {
    /// The window.
    pub fn window(self) -> Option<usize> {
        match self {
            Self::Window(index) => Some(index),
            Self::Row(_, window) => window,
        }
    }
}

/// What to say while the rows have yet to be looked at.
pub const STILL_LOOKING: &str = "the rows are still being looked at";

const NONE_WITHIN: &str = "no whole window lies within the range of time that is looked at";

impl Replay {
    /// Measures all windows. The cost does not depend on the rows.
    pub fn of(profile: &Profile, policy: &Policy) -> Self {
        let windows = profile.windows();
        let all = windows.map_or(&[][..], |all| &all.windows);
        let looked_at = match (windows, profile.settings.range) {
            (Some(windows), Some(range)) => windows.windows_in(range),
            _ => 0..all.len(),
        };
        let looks: Vec<Look<'_>> = looks(all, &looked_at);
        let watching = |rule: &MonitoringRule| Watching {
            seen: match (rule.over, windows) {
                (Over::Rows, _) => of_rows(rule, profile).map(Seen::Rows),
                (Over::Windows, Some(_)) if looked_at.is_empty() && !all.is_empty() => {
                    Err(NONE_WITHIN.to_owned())
                }
                (Over::Windows, Some(_)) => Ok(Seen::Windows(points(
                    rule,
                    policy,
                    profile,
                    (Side::Judged, &looks),
                ))),
                (Over::Windows, None) => Err(no_windows(profile).to_owned()),
            },
            rule: rule.clone(),
        };
        Self {
            rules: policy.monitoring.iter().map(watching).collect(),
            way: Way {
                ends: all.iter().map(end).collect(),
                looked_at,
            },
        }
    }

    /// How many windows are looked at: the last step.
    pub fn steps(&self) -> usize {
        self.way.looked_at.len()
    }

    /// The windows that are looked at, by their numbers: all of them, or those within the range of time that was chosen.
    pub fn windows(&self) -> Range<usize> {
        self.way.looked_at.clone()
    }

    /// How each rule stood when only the first `step` windows were there, in the order of the policy.
    pub fn at(&self, step: usize) -> Vec<RuleState> {
        let rules = self.rules.iter();
        rules
            .map(|watching| RuleState {
                rule: watching.rule.clone(),
                standing: watching.standing(step.min(self.steps()), &self.way),
            })
            .collect()
    }

    /// How each rule stands after all windows.
    pub fn end(&self) -> Vec<RuleState> {
        self.at(self.steps())
    }

    /// The step at which each rule raises its alert, counted from 1; `None` where it never does, and for a row that is in no
    /// window.
    pub fn fires_at(&self) -> Vec<Option<usize>> {
        let first = |state: RuleState| state.standing.ok()?.raised?.first.place.window();
        let step = |window: usize| (window + 1).saturating_sub(self.way.looked_at.start);
        let end = self.end().into_iter();
        end.map(|state| first(state).map(step)).collect()
    }
}

impl Way {
    /// How many windows lie behind after a step, those before the range as well; all of them after the last.
    fn behind(&self, step: usize) -> usize {
        match step < self.looked_at.len() {
            true => self.looked_at.start + step,
            false => self.ends.len(),
        }
    }
}

impl Watching {
    fn standing(&self, step: usize, way: &Way) -> Result<Standing, String> {
        let behind = way.behind(step);
        match self.seen.as_ref().map_err(String::clone)? {
            Seen::Windows(points) => {
                let points = points.get(..behind).unwrap_or(points);
                let course = Course::of(self.rule.operator, self.rule.limit, points);
                if let Some(why) = nothing_to_judge(&course, points) {
                    return Err(why);
                }
                let is_sure = course.is_sure();
                Ok(Standing {
                    judged: course.judged as u64,
                    is_so_far: false,
                    raised: course.alert.map(|alert| Raised::of(alert, is_sure)),
                    windows: course.states,
                    points: points.to_vec(),
                })
            }
            Seen::Rows(alert) if alert.rows == 0 => {
                let what = match alert.rule.metric {
                    RowMetric::LatencyMs => "latency",
                    RowMetric::Cost => "cost",
                };
                Err(format!("no row has a {what}"))
            }
            Seen::Rows(alert) => {
                let is_so_far = behind < way.ends.len();
                Ok(Standing {
                    judged: if is_so_far { 0 } else { alert.rows },
                    is_so_far,
                    raised: raised_by_rows(alert, behind, &way.ends),
                    windows: Vec::new(),
                    points: Vec::new(),
                })
            }
        }
    }
}

/// Why a rule over windows has nothing to judge, where it has not.
pub(super) fn nothing_to_judge(course: &Course, points: &[Point]) -> Option<String> {
    if course.judged > 0 {
        return None;
    }
    let is_outside = |point: &Point| point.unjudged == Some(Unjudged::Outside);
    let mut reasons = points.iter().filter_map(|point| match &point.unjudged {
        Some(Unjudged::NoNumber(why)) => Some(why),
        _ => None,
    });
    if let Some(why) = reasons.next() {
        return Some(why.clone());
    }
    let most = points.iter().filter_map(|point| match &point.unjudged {
        Some(Unjudged::TooFew {
            rows,
            minimum,
            counted,
        }) => Some((rows, minimum, counted)),
        _ => None,
    });
    Some(match most.max() {
        Some((rows, minimum, counted)) => format!(
            "no whole window has the {} {counted} that are asked for behind its number, the largest {}",
            format::count(*minimum),
            format::count(*rows),
        ),
        None if points.iter().all(is_outside) => "no window has passed yet".to_owned(),
        None => "no window is whole and holds rows".to_owned(),
    })
}

impl Raised {
    fn of(alert: Alert, is_sure: Option<bool>) -> Self {
        let broken = |offender: super::alert::Offender| Broken {
            place: Place::Window(offender.at),
            value: offender.value,
        };
        Self {
            first: broken(alert.first),
            worst: broken(alert.worst),
            count: alert.count() as u64,
            windows: alert.offenders,
            is_sure,
        }
    }
}

/// The alert of a rule over rows as it stood at a step. Before all rows are seen, only the first that broke it is known.
fn raised_by_rows(alert: &RowAlert, behind: usize, ends: &[Option<i64>]) -> Option<Raised> {
    let broken = |row: Offender| Broken {
        place: Place::Row(row, window_at(row.at, ends)),
        value: row.value,
    };
    let (first, worst) = (broken(alert.first?), broken(alert.worst?));
    let (worst, count) = match (behind == ends.len(), first.place.window()) {
        (true, _) => (worst, alert.count),
        (false, Some(window)) if window < behind => (first, 1),
        (false, _) => return None,
    };
    let windows = [first.place.window(), worst.place.window()];
    let mut windows: Vec<usize> = windows.into_iter().flatten().collect();
    windows.sort_unstable();
    windows.dedup();
    Some(Raised {
        first,
        worst,
        count,
        windows,
        is_sure: Some(true),
    })
}

/// The first window that ends after a moment.
fn window_at(at: Option<f64>, ends: &[Option<i64>]) -> Option<usize> {
    let at = at?;
    ends.iter()
        .position(|end| end.is_some_and(|end| at < end as f64))
}

/// What became of a rule over rows.
fn of_rows(rule: &MonitoringRule, profile: &Profile) -> Result<RowAlert, String> {
    let column = match rule.metric {
        Watched::Cost => &profile.roles.cost,
        _ => &profile.roles.latency,
    };
    if column.is_none() {
        return Err(match rule.metric {
            Watched::Cost => "no column is a cost".to_owned(),
            _ => "no column is a latency".to_owned(),
        });
    }
    let mut known = profile.row_alerts.iter();
    let found = row_rule(rule).and_then(|rule| known.find(|alert| alert.rule == rule));
    found.copied().ok_or_else(|| STILL_LOOKING.to_owned())
}

fn row_rule(rule: &MonitoringRule) -> Option<RowRule> {
    let metric = match rule.metric {
        Watched::LatencyMs => RowMetric::LatencyMs,
        Watched::Cost => RowMetric::Cost,
        Watched::Of(_) | Watched::FeaturePsi => return None,
    };
    Some(RowRule {
        metric,
        operator: rule.operator,
        limit: rule.limit,
    })
}

/// The rules of a policy that are over single rows: what the rows have to be watched for.
///
/// ```
/// use greenlight_readiness::{Policy, monitoring::row_rules};
/// assert_eq!(row_rules(&Policy::balanced()), []);
/// ```
pub fn row_rules(policy: &Policy) -> Vec<RowRule> {
    policy.monitoring.iter().filter_map(row_rule).collect()
}

pub(super) fn no_windows(profile: &Profile) -> &'static str {
    match profile.examination {
        None => STILL_LOOKING,
        Some(_) => "the rows have no windows",
    }
}

pub(super) fn looks_at_all(windows: &[Window]) -> Vec<Look<'_>> {
    looks(windows, &(0..windows.len()))
}

fn looks<'w>(windows: &'w [Window], looked_at: &Range<usize>) -> Vec<Look<'w>> {
    let mut looks = Vec::with_capacity(windows.len());
    looks.extend(windows.iter().enumerate().map(|(at, window)| Look {
        rows: &window.statistics,
        unlabelled: window.unlabelled,
        partial: window.partial,
        is_outside: !looked_at.contains(&at),
    }));
    looks
}

fn end(window: &Window) -> Option<i64> {
    match window.span {
        Span::Time { to_ms, .. } => Some(to_ms),
        Span::Rows { .. } => window.times.map(|(_, last)| last.saturating_add(1)),
    }
}
