//! How fast a file is read, and how long the rest will take: smoothed, so that nothing jumps.

/// Progress is shown at most so often.
const BETWEEN_MS: f64 = 100.0;
/// Before that a speed is hearsay.
const SETTLED_MS: f64 = 500.0;
/// A change of speed is believed over about this time.
const SMOOTHED_OVER_MS: f64 = 2_000.0;

/// How far reading had come at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Bytes read.
    pub bytes: u64,
    /// Data rows found in them.
    pub rows: u64,
    /// The moment, in milliseconds since any fixed one.
    pub at_ms: f64,
}

/// The speed of reading; the default has seen nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    first: Option<Progress>,
    latest: Option<Progress>,
    bytes_per_ms: f64,
}

impl Pace {
    /// Whether progress would come too soon after the latest to be shown.
    pub fn is_too_soon(&self, progress: Progress) -> bool {
        self.latest
            .is_some_and(|latest| (0.0..BETWEEN_MS).contains(&(progress.at_ms - latest.at_ms)))
    }

    /// The pace with one more observation. Where reading began anew, so does the pace.
    pub fn with(self, progress: Progress) -> Self {
        let (Some(first), Some(latest)) = (self.first, self.latest) else {
            return Self::starting_at(progress);
        };
        let step_ms = progress.at_ms - latest.at_ms;
        if progress.bytes < latest.bytes || step_ms <= 0.0 {
            return Self::starting_at(progress);
        }
        let speed = (progress.bytes - latest.bytes) as f64 / step_ms;
        // The plain mean at first; later what is long past counts for less and less.
        let share_of_all = step_ms / (progress.at_ms - first.at_ms);
        #[expect(
            clippy::disallowed_methods,
            reason = "a guess of seconds needs no last bit"
        )]
        let weight = share_of_all.max(1.0 - (-step_ms / SMOOTHED_OVER_MS).exp());
        Self {
            first: self.first,
            latest: Some(progress),
            bytes_per_ms: self.bytes_per_ms + weight * (speed - self.bytes_per_ms),
        }
    }

    /// How long reading will take until `total_bytes`, once that can be told.
    pub fn ms_left(&self, total_bytes: u64) -> Option<f64> {
        let (_, latest) = self.settled()?;
        let left = total_bytes.saturating_sub(latest.bytes);
        (left > 0 && self.bytes_per_ms > 0.0).then(|| left as f64 / self.bytes_per_ms)
    }

    /// Rows a second since reading began, once that can be told.
    pub fn rows_per_second(&self) -> Option<f64> {
        let (first, latest) = self.settled()?;
        let rows = latest.rows.saturating_sub(first.rows);
        Some(1e3 * rows as f64 / (latest.at_ms - first.at_ms))
    }

    fn settled(&self) -> Option<(Progress, Progress)> {
        let (first, latest) = self.first.zip(self.latest)?;
        (latest.at_ms - first.at_ms >= SETTLED_MS).then_some((first, latest))
    }

    fn starting_at(progress: Progress) -> Self {
        Self {
            first: Some(progress),
            latest: Some(progress),
            bytes_per_ms: 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(at_ms: f64, bytes: u64) -> Progress {
        let rows = bytes / 10;
        Progress { bytes, rows, at_ms }
    }

    fn pace(observed: impl IntoIterator<Item = Progress>) -> Pace {
        observed.into_iter().fold(Pace::default(), Pace::with)
    }

    #[test]
    fn an_even_pace_is_told_exactly_and_not_too_early() {
        let steps = |count: u64| pace((0..count).map(|i| at(200.0 * i as f64, 1_000 * i)));
        assert_eq!(Pace::default().ms_left(10_000), None);
        assert_eq!(steps(3).ms_left(10_000), None);
        assert_eq!(steps(3).rows_per_second(), None);
        // After 600 ms 3,000 bytes are read, 5 a millisecond.
        let left = steps(4).ms_left(10_000).unwrap();
        assert!((left - 1_400.0).abs() < 1e-9, "{left}");
        let rows = steps(4).rows_per_second().unwrap();
        assert!((rows - 500.0).abs() < 1e-9, "{rows}");
        assert_eq!(steps(11).ms_left(10_000), None);
    }

    #[test]
    fn one_slow_step_does_not_make_it_jump() {
        let even: Vec<Progress> = (0..20)
            .map(|i| at(100.0 * f64::from(i), 1_000 * i as u64))
            .collect();
        let before = pace(even.clone()).ms_left(100_000).unwrap();
        // The next thousand bytes take five times as long.
        let after = pace(even.into_iter().chain([at(2_400.0, 20_000)])).ms_left(100_000);
        let after = after.unwrap();
        assert!(
            after > before && after < 1.3 * before,
            "{before} to {after}"
        );
    }

    #[test]
    fn a_lasting_change_is_believed() {
        let fast = (0..20).map(|i| at(100.0 * f64::from(i), 1_000 * i as u64));
        let slow = (1..100).map(|i| at(1_900.0 + 100.0 * f64::from(i), 19_000 + 100 * i as u64));
        let left = pace(fast.chain(slow)).ms_left(128_900).unwrap();
        // 100,000 bytes at 1 a millisecond.
        assert!((90_000.0..=101_000.0).contains(&left), "{left}");
    }

    #[test]
    fn reading_that_begins_anew_is_measured_anew() {
        let again = pace([at(0.0, 0), at(600.0, 6_000), at(700.0, 1_000)]);
        assert_eq!(again.ms_left(10_000), None);
        assert!(again.is_too_soon(at(750.0, 1_500)));
        assert!(!again.is_too_soon(at(800.0, 2_000)));
    }
}
