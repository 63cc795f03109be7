//! Windows across a picture: where each lies, which one is pointed at, and the ticks below them.

use std::ops::Range;

use greenlight_calendar::{
    MS_PER_DAY, MS_PER_HOUR, civil_of_days, days_of_civil, days_of_month, weekday,
};
use greenlight_format as format;
use plotters::backend::DrawingBackend;

use crate::{Drawn, Rect, Text, Theme, pen::Pen};

/// The windows of a picture, in order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Windows<'a> {
    /// Stretches of time, each from its start up to and without its end, in milliseconds since 1970 began on the clock
    /// that ticks shall show.
    Times(&'a [(i64, i64)]),
    /// Parts without a time of their own: numbered from 1.
    Parts {
        /// How many there are.
        count: usize,
        /// What they are.
        title: &'a str,
    },
}

/// A tick below windows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WindowTick {
    /// Where it is, in the numbers of the axis.
    pub at: f64,
    /// What it says: "3 Mar", "14:00", "7".
    pub text: String,
    /// What stands below that where it changes: the year, the day.
    pub under: Option<String>,
}

/// Ticks may be so far apart.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// A part of a day, in milliseconds.
    Clock(i64),
    Days(i64),
    /// Weeks, from Monday on.
    Weeks(i64),
    Months(i64),
    Years(i64),
}

const MS_PER_MINUTE: i64 = 60_000;
const TICK_SIZE: f64 = 11.0;
const GAP: i32 = 6;

const STEPS: [Step; 31] = [
    Step::Clock(1_000),
    Step::Clock(5_000),
    Step::Clock(15_000),
    Step::Clock(30_000),
    Step::Clock(MS_PER_MINUTE),
    Step::Clock(5 * MS_PER_MINUTE),
    Step::Clock(15 * MS_PER_MINUTE),
    Step::Clock(30 * MS_PER_MINUTE),
    Step::Clock(MS_PER_HOUR),
    Step::Clock(3 * MS_PER_HOUR),
    Step::Clock(6 * MS_PER_HOUR),
    Step::Clock(12 * MS_PER_HOUR),
    Step::Days(1),
    Step::Days(2),
    Step::Weeks(1),
    Step::Weeks(2),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(500),
    Step::Years(1_000),
    Step::Years(10_000),
    Step::Years(100_000),
];

/// The longest stretch that gets ticks: beyond it no clock goes.
const MOST_MS: f64 = 9e15;

impl Windows<'_> {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Times(times) => times.len(),
            Self::Parts { count, .. } => *count,
        }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Both ends of the axis on which they lie.
    pub(crate) fn range(&self) -> (f64, f64) {
        match self {
            Self::Times(times) => {
                let start = times.first().map_or(0, |(start, _)| *start);
                let end = times.last().map_or(0, |(_, end)| *end);
                (start as f64, end as f64)
            }
            Self::Parts { count, .. } => (0.0, *count as f64),
        }
    }

    /// Where a window begins and ends on that axis.
    pub(crate) fn span(&self, window: usize) -> Option<(f64, f64)> {
        match self {
            Self::Times(times) => {
                let (start, end) = times.get(window)?;
                Some((*start as f64, *end as f64))
            }
            Self::Parts { count, .. } => {
                let at = window as f64;
                (window < *count).then_some((at, at + 1.0))
            }
        }
    }

    /// The middle of a window; NaN where there is none.
    pub(crate) fn middle(&self, window: usize) -> f64 {
        self.span(window)
            .map_or(f64::NAN, |(start, end)| start / 2.0 + end / 2.0)
    }

    /// The window at a place of the axis, or the nearest.
    pub(crate) fn at(&self, place: f64) -> Option<usize> {
        let last = self.len().checked_sub(1)?;
        if place.is_nan() {
            return None;
        }
        let window = match self {
            // The last one that has begun.
            Self::Times(times) => times
                .partition_point(|(start, _)| *start as f64 <= place)
                .saturating_sub(1),
            Self::Parts { .. } => place.max(0.0) as usize,
        };
        Some(window.min(last))
    }

    /// The windows between two places of the axis, both of those at the places among them.
    pub(crate) fn between(&self, one: f64, other: f64) -> Option<Range<usize>> {
        let (from, to) = (self.at(one.min(other))?, self.at(one.max(other))?);
        Some(from..to + 1)
    }

    /// Ticks at round places, no more than `most` of them, or one more.
    pub(crate) fn ticks(&self, most: usize) -> Vec<WindowTick> {
        let most = most.max(1);
        match self {
            Self::Times(_) => time_ticks(self.range(), most),
            Self::Parts { count, .. } => part_ticks(*count, most),
        }
    }

    /// Draws the ticks below a line at `bottom`, their words within the room from left to right.
    pub(crate) fn draw_ticks<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        theme: &Theme,
        across: impl Fn(f64) -> i32,
        bottom: i32,
        (left, right): (i32, i32),
        most: usize,
    ) -> Drawn<DB> {
        let style = Text::new(TICK_SIZE, theme.muted).centred().below();
        let line = (TICK_SIZE * 1.35) as i32;
        // Where the last words of both lines end.
        let mut ends = [i32::MIN; 2];
        for tick in self.ticks(most) {
            let x = across(tick.at);
            let mark = Rect {
                x,
                y: bottom,
                width: 1,
                height: 4,
            };
            pen.fill(mark, theme.muted)?;
            let words = [Some(tick.text), tick.under];
            for (row, (text, end)) in words.iter().zip(&mut ends).enumerate() {
                let Some(text) = text else {
                    continue;
                };
                let half = pen.width(text, &style)? / 2 + 1;
                let x = x.min(right - half);
                if x - half > end.saturating_add(4) {
                    pen.text(text, &style, (x, bottom + GAP + row as i32 * line))?;
                    *end = x + half;
                }
            }
        }
        let under = (left + (right - left) / 2, bottom + GAP + line);
        match self {
            Self::Times(_) => Ok(()),
            Self::Parts { title, .. } => pen.text_within(title, &style, under, right - left),
        }
    }
}

/// Numbers from 1 on, each below the middle of its part.
fn part_ticks(count: usize, most: usize) -> Vec<WindowTick> {
    let rough = count.div_ceil(most).max(1);
    let magnitude = 10_usize.saturating_pow(rough.ilog10());
    let step = [1, 2, 5, 10]
        .into_iter()
        .map(|factor| magnitude.saturating_mul(factor))
        .find(|step| *step >= rough)
        .unwrap_or(rough);
    // 1, 10, 20 …: the first part, and then round ones.
    let numbers = (0..=count / step).map(|index| (index * step).max(1));
    let numbers = numbers.filter(|number| *number <= count);
    let mut ticks: Vec<WindowTick> = numbers
        .map(|number| WindowTick {
            at: number as f64 - 0.5,
            text: format::count(number as u64),
            under: None,
        })
        .collect();
    ticks.dedup();
    ticks
}

fn time_ticks((from, to): (f64, f64), most: usize) -> Vec<WindowTick> {
    let room = to - from;
    if !(room > 0.0 && from.abs() < MOST_MS && to.abs() < MOST_MS) {
        return Vec::new();
    }
    let rough = room / most as f64;
    let Some(step) = STEPS.into_iter().find(|step| step.length() >= rough) else {
        return Vec::new();
    };
    let (from, to) = (from as i64, to as i64);
    let mut ticks: Vec<WindowTick> = Vec::new();
    let mut last_under = None;
    let mut index = step.index_of(from);
    // A month is as long as the shortest, so there may be some more than asked for.
    while ticks.len() <= 2 * most {
        let ms = step.start(index);
        if ms > to {
            break;
        }
        if ms >= from {
            let under = step.under(ms);
            let is_new = under != last_under;
            ticks.push(WindowTick {
                at: ms as f64,
                text: step.text(ms),
                under: under.clone().filter(|_| is_new),
            });
            last_under = under;
        }
        index += 1;
    }
    ticks
}

impl Step {
    /// About how long it is, in milliseconds.
    fn length(self) -> f64 {
        let days = |days: f64| days * MS_PER_DAY as f64;
        match self {
            Self::Clock(ms) => ms as f64,
            Self::Days(count) => days(count as f64),
            Self::Weeks(count) => days(7.0 * count as f64),
            Self::Months(count) => days(30.4 * count as f64),
            Self::Years(count) => days(365.2 * count as f64),
        }
    }

    /// The number of the last step that begins at or before a point in time.
    fn index_of(self, ms: i64) -> i64 {
        let days = ms.div_euclid(MS_PER_DAY);
        let (year, month, _) = civil_of_days(days);
        match self {
            Self::Clock(step) => ms.div_euclid(step),
            Self::Days(count) => days.div_euclid(count),
            Self::Weeks(count) => (days + weekday(0)).div_euclid(7 * count),
            Self::Months(count) => (year * 12 + month - 1).div_euclid(count),
            Self::Years(count) => year.div_euclid(count),
        }
    }

    /// Where the step of a number begins.
    fn start(self, index: i64) -> i64 {
        match self {
            Self::Clock(step) => index * step,
            Self::Days(count) => index * count * MS_PER_DAY,
            Self::Weeks(count) => (index * 7 * count - weekday(0)) * MS_PER_DAY,
            Self::Months(count) => days_of_month(index * count) * MS_PER_DAY,
            Self::Years(count) => days_of_civil(index * count, 1, 1) * MS_PER_DAY,
        }
    }

    fn text(self, ms: i64) -> String {
        match self {
            Self::Clock(step) => format::clock(ms, step),
            Self::Days(_) | Self::Weeks(_) => format::day_month(ms),
            Self::Months(_) => format::month(ms).to_owned(),
            Self::Years(_) => format::year(ms),
        }
    }

    /// What all ticks of the same day or year have in common.
    fn under(self, ms: i64) -> Option<String> {
        match self {
            Self::Clock(_) => Some(format::date(ms)),
            Self::Days(_) | Self::Weeks(_) | Self::Months(_) => Some(format::year(ms)),
            Self::Years(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i64, month: i64, day: i64) -> i64 {
        days_of_civil(year, month, day) * MS_PER_DAY
    }

    fn texts(from: i64, to: i64, most: usize) -> Vec<String> {
        let ticks = Windows::Times(&[(from, to)]).ticks(most);
        let said = |tick: WindowTick| match tick.under {
            Some(under) => format!("{} | {under}", tick.text),
            None => tick.text,
        };
        let texts = ticks.into_iter().map(said);
        texts.map(|text| text.replace(format::SPACE, " ")).collect()
    }

    #[test]
    fn ticks_of_time_are_round_and_few() {
        let (monday, hour) = (day(2025, 3, 3), MS_PER_HOUR);
        for (from, to, expected) in [
            (
                monday + 13 * hour + 1,
                monday + 16 * hour,
                vec!["14:00 | 3 Mar 2025", "15:00", "16:00"],
            ),
            (
                monday + 20 * hour,
                monday + 32 * hour,
                vec!["21:00 | 3 Mar 2025", "00:00 | 4 Mar 2025", "03:00", "06:00"],
            ),
            (
                monday,
                monday + 4 * MS_PER_DAY,
                vec!["3 Mar | 2025", "4 Mar", "5 Mar", "6 Mar", "7 Mar"],
            ),
            (
                day(2024, 12, 20),
                day(2025, 1, 15),
                vec!["23 Dec | 2024", "30 Dec", "6 Jan | 2025", "13 Jan"],
            ),
            (
                day(2024, 10, 15),
                day(2025, 3, 1),
                vec!["Nov | 2024", "Dec", "Jan | 2025", "Feb", "Mar"],
            ),
            (
                day(2019, 6, 1),
                day(2025, 1, 1),
                vec!["2020", "2022", "2024"],
            ),
        ] {
            assert_eq!(texts(from, to, 5), expected);
        }
    }

    #[test]
    fn no_stretch_of_time_is_too_short_or_too_long() {
        for (from, to) in [
            (0, 0),
            (5, 1),
            (0, 1),
            (i64::MIN, i64::MAX),
            (i64::MAX - 5, i64::MAX),
            (day(-200_000, 1, 1), day(200_000, 1, 1)),
        ] {
            assert!(texts(from, to, 7).len() <= 16, "{from} to {to}");
        }
    }

    #[test]
    fn parts_are_numbered_from_one() {
        let texts = |count, most| -> Vec<String> {
            let windows = Windows::Parts { count, title: "" };
            windows
                .ticks(most)
                .into_iter()
                .map(|tick| tick.text)
                .collect()
        };
        assert_eq!(texts(3, 10), ["1", "2", "3"]);
        assert_eq!(texts(10, 5), ["1", "2", "4", "6", "8", "10"]);
        assert_eq!(texts(0, 5), [""; 0]);
    }

    #[test]
    fn a_place_belongs_to_the_window_that_has_begun_there() {
        let times = [(0, 10), (10, 30), (30, 40)];
        let windows = Windows::Times(&times);
        assert_eq!(windows.at(-5.0), Some(0));
        assert_eq!(windows.at(10.0), Some(1));
        assert_eq!(windows.at(1e30), Some(2));
        assert_eq!(windows.at(f64::NAN), None);
        assert_eq!(windows.between(35.0, 12.0), Some(1..3));
        assert_eq!(Windows::Times(&[]).at(0.0), None);
    }
}
