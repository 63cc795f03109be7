//! The budgets that the slider stops at: numbers of two digits, so that as many lie between 1 and 10 ms as between 100 ms and 1 s.

/// Budgets from 10 to 99 of each power of ten.
const STEPS_PER_DECADE: i32 = 90;
/// Shorter and longer latencies are nobody's budget: a femtosecond, 30 years.
const RANGE_MS: (f64, f64) = (1e-12, 1e12);

/// Which of the budgets the slider spans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steps {
    /// The first one.
    pub first: i32,
    /// The last one.
    pub last: i32,
}

impl Steps {
    /// Those from the lowest to the highest of these latencies, in milliseconds.
    pub fn between(low_ms: f64, high_ms: f64) -> Self {
        let (first, last) = (Self::at_most(low_ms), Self::at_most(high_ms));
        Self {
            first,
            // The next one, so that all rows can be within.
            last: last + 1,
        }
    }

    /// The step nearest below a budget.
    pub fn at_most(budget_ms: f64) -> i32 {
        let budget = budget_ms.clamp(RANGE_MS.0, RANGE_MS.1);
        let (mut decade, mut unit) = (0, 1.0);
        while unit * 10.0 <= budget {
            (decade, unit) = (decade + 1, unit * 10.0);
        }
        while unit > budget {
            decade -= 1;
            unit = power_of_ten(decade);
        }
        // A budget of two digits is its own step, whatever the division makes of it.
        let digits = ((budget / unit * 10.0 + 1e-9) as i32).clamp(10, 99);
        decade * STEPS_PER_DECADE + digits - 10
    }

    /// The budget of a step, in milliseconds.
    pub fn budget_ms(step: i32) -> f64 {
        let decade = step.div_euclid(STEPS_PER_DECADE);
        let digits = f64::from(10 + step.rem_euclid(STEPS_PER_DECADE));
        match decade {
            // Divided, so that 0.3 is the double that its digits stand for.
            ..1 => digits / power_of_ten(1 - decade),
            _ => digits * power_of_ten(decade - 1),
        }
    }
}

fn power_of_ten(exponent: i32) -> f64 {
    match exponent {
        ..0 => 1.0 / 10_f64.powi(-exponent),
        _ => 10_f64.powi(exponent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_a_number_of_two_digits_and_its_own_step() {
        for step in -400..=600 {
            let budget = Steps::budget_ms(step);
            assert_eq!(Steps::at_most(budget), step, "{budget}");
        }
        let budgets = [-80, -9, -1, 0, 1, 89, 90, 100, 180, 270].map(Steps::budget_ms);
        assert_eq!(
            budgets,
            [0.2, 0.91, 0.99, 1.0, 1.1, 9.9, 10.0, 20.0, 100.0, 1_000.0]
        );
    }

    #[test]
    fn the_slider_spans_all_latencies() {
        let steps = Steps::between(3.27, 812.4);
        assert_eq!(Steps::budget_ms(steps.first), 3.2);
        assert_eq!(Steps::budget_ms(steps.last), 820.0);
        for odd in [0.0, -1.0, f64::INFINITY, f64::NAN] {
            let _ = Steps::between(odd, odd);
        }
    }
}
