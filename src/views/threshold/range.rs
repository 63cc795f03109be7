//! The thresholds that the slider spans, and the steps in which keys move it.

use greenlight_readiness::Tradeoff;

/// The thresholds that the slider spans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    pub low: f64,
    pub high: f64,
    /// The highest score: above it nothing is flagged.
    highest: f64,
}

/// The slider has so many steps.
const STEPS: f64 = 1_000.0;

impl Range {
    /// From 0 to 1 for probabilities, else as far as the scores go; `None` without scores.
    pub fn of(tradeoff: &Tradeoff) -> Option<Self> {
        let (low, high) = tradeoff.histogram.as_ref()?.range;
        let highest = tradeoff.stops.stops().first()?.interval.above?;
        Some(Self { low, high, highest })
    }

    /// The threshold of a stop or an optimum; one above every score where it flags nothing.
    pub fn threshold_of(&self, threshold: Option<f64>) -> f64 {
        threshold.unwrap_or_else(|| self.highest.next_up())
    }

    /// Whether nothing is flagged at a threshold.
    pub fn flags_nothing(&self, threshold: f64) -> bool {
        threshold > self.highest
    }

    /// The step nearest to a threshold, on a slider that ends where the scores do.
    pub fn on_step(&self, threshold: f64) -> f64 {
        self.at(self.steps_to(threshold).round())
    }

    /// Where a key leads from a threshold; `None` for keys that lead nowhere.
    pub fn moved(&self, threshold: f64, key: &str, shift: bool) -> Option<f64> {
        let by = match (key, shift) {
            ("ArrowRight" | "ArrowUp", false) => 1.0,
            ("ArrowRight" | "ArrowUp", true) => 10.0,
            ("ArrowLeft" | "ArrowDown", false) => -1.0,
            ("ArrowLeft" | "ArrowDown", true) => -10.0,
            ("PageUp", _) => 50.0,
            ("PageDown", _) => -50.0,
            ("Home", _) => return Some(self.low),
            ("End", _) => return Some(self.high),
            _ => return None,
        };
        let steps = self.steps_to(threshold);
        let near = (steps - steps.round()).abs() < 1e-6;
        // From between two steps, the first key leads to the next one.
        let from = match (near, by > 0.0) {
            (true, _) => steps.round(),
            (false, true) => steps.floor(),
            (false, false) => steps.ceil(),
        };
        Some(self.at(from + by))
    }

    /// How far along the slider a threshold lies, in steps.
    fn steps_to(&self, threshold: f64) -> f64 {
        // Halves, so that the widest range is still finite.
        let part = (threshold / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        part.clamp(0.0, 1.0) * STEPS
    }

    fn at(&self, steps: f64) -> f64 {
        let part = steps.clamp(0.0, STEPS) / STEPS;
        // So that both ends are met, and a thousandth is the double that its digits stand for.
        self.low * (1.0 - part) + self.high * part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARES: Range = Range {
        low: 0.0,
        high: 1.0,
        highest: 0.9,
    };

    #[test]
    fn keys_move_by_thousandths() {
        for (from, key, shift, to) in [
            (0.5, "ArrowRight", false, 0.501),
            (0.5, "ArrowLeft", true, 0.49),
            (0.5004, "ArrowRight", false, 0.501),
            (0.5004, "ArrowLeft", false, 0.5),
            (0.98, "PageUp", false, 1.0),
            (0.5, "PageDown", false, 0.45),
            (0.5, "Home", false, 0.0),
            (0.5, "End", false, 1.0),
            (7.0, "ArrowLeft", false, 0.999),
        ] {
            assert_eq!(SHARES.moved(from, key, shift), Some(to), "{from} {key}");
        }
        assert_eq!(SHARES.moved(0.5, "Tab", false), None);
    }

    #[test]
    fn every_step_is_the_number_it_reads_as() {
        for step in 0..=1_000 {
            let text = format!("{}.{:03}", step / 1_000, step % 1_000);
            assert_eq!(
                Some(SHARES.on_step(f64::from(step) / 1e3)),
                text.parse().ok()
            );
        }
    }

    #[test]
    fn flagging_nothing_is_a_threshold_too() {
        let nothing = SHARES.threshold_of(None);
        assert!(SHARES.flags_nothing(nothing) && !SHARES.flags_nothing(0.9));
        let widest = Range {
            low: f64::MIN,
            high: f64::MAX,
            highest: f64::MAX,
        };
        assert_eq!(widest.moved(0.0, "End", false), Some(f64::MAX));
        assert!(widest.on_step(1e300).is_finite());
    }
}
