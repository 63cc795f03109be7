//! Random numbers that are the same everywhere, from a seed.

use libm::log;

use crate::hypergeometric::ln_choose;

/// SplitMix64 (Steele, Lea and Flood 2014): 64 bits of state, enough for resampling.
#[derive(Clone, Debug)]
pub(crate) struct Random {
    state: u64,
}

/// P(X ≤ k) of a Poisson number with mean 1, for k from 0, as shares of 2³².
const POISSON_1: [u32; 12] = poisson_table();

const fn poisson_table() -> [u32; 12] {
    let mut table = [0; 12];
    let (mut term, mut sum, mut k) = (0.367_879_441_171_442_33, 0.0, 0);
    while k < table.len() {
        sum += term;
        table[k] = (sum * 4_294_967_296.0) as u32;
        k += 1;
        term /= k as f64;
    }
    table
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A Poisson number with this mean: how often so many rows occur in a replicate.
    pub(crate) fn poisson(&mut self, mean: u64) -> u64 {
        /// From here on the normal distribution, rounded, is as good.
        const MANY: u64 = 1_000;
        if mean >= MANY {
            let mean = mean as f64;
            return (mean + mean.sqrt() * self.normal() + 0.5).max(0.0) as u64;
        }
        let mut sum = 0;
        let mut left = mean;
        while left > 0 {
            let bits = self.next();
            sum += poisson_1(bits as u32);
            left -= 1;
            if left > 0 {
                sum += poisson_1((bits >> 32) as u32);
                left -= 1;
            }
        }
        sum
    }

    /// A standard normal number, by the polar method (Marsaglia and Bray 1964).
    pub(crate) fn normal(&mut self) -> f64 {
        loop {
            let mut uniform = || (self.next() >> 11) as f64 / (1_u64 << 52) as f64 - 1.0;
            let (x, y) = (uniform(), uniform());
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * log(square) / square).sqrt();
            }
        }
    }

    /// How many of `drawn` rows that are taken blindly from `all` are among the `marked` ones. Of few rows they are drawn one by
    /// one; where more than a few are expected on either side the normal distribution, rounded, is as good.
    pub(crate) fn hypergeometric(&mut self, drawn: u64, marked: u64, all: u64) -> u64 {
        /// Up to so many rows are drawn one by one.
        const FEW: u64 = 64;
        /// So many have to be expected for the normal distribution.
        const EXPECTED: f64 = 32.0;
        if drawn >= all || marked >= all {
            return drawn.min(marked).min(all);
        }
        if marked > all - marked {
            return drawn - self.hypergeometric(drawn, all - marked, all);
        }
        if drawn > all - drawn {
            return marked - self.hypergeometric(all - drawn, marked, all);
        }
        let (fewer, others) = (drawn.min(marked), drawn.max(marked));
        if fewer <= FEW {
            let mut found = 0;
            for taken in 0..fewer {
                found += u64::from(self.below(all - taken) < others - found);
            }
            return found;
        }
        let (n, m, total) = (drawn as f64, marked as f64, all as f64);
        let mean = n * m / total;
        if mean >= EXPECTED {
            let variance = mean * (1.0 - m / total) * (total - n) / (total - 1.0);
            let found = mean + variance.sqrt() * self.normal() + 0.5;
            return (found.max(0.0) as u64).min(fewer);
        }
        // By inversion: from none upwards, until the shares add up to what was drawn.
        let mut share = libm::exp(ln_choose(total - m, n) - ln_choose(total, n));
        let (mut left, mut found) = (self.unit(), 0);
        while left >= share && found < fewer {
            left -= share;
            let k = found as f64;
            share *= (m - k) * (n - k) / ((k + 1.0) * (total - m - n + k + 1.0));
            found += 1;
        }
        found
    }

    /// A number from 0 to 1, 1 excluded.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `end`, to a bias of less than `end` in 2⁶⁴.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }
}

fn poisson_1(uniform: u32) -> u64 {
    let beyond = POISSON_1.iter().take_while(|&&share| uniform >= share);
    beyond.count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_splitmix64() {
        // From the reference implementation, seed 1234567.
        let mut random = Random::new(1_234_567);
        let drawn = [random.next(), random.next(), random.next()];
        let reference = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(drawn, reference);
    }

    #[test]
    fn hypergeometric_numbers_have_their_mean_and_variance() {
        let mut random = Random::new(11);
        for (drawn, marked, all) in [
            (10_u64, 30, 50),
            (50, 10, 60),
            (64, 5_000, 10_000),
            (1_000, 400, 40_000),
            (9_500, 9_000, 10_000),
            (5_000, 5_000, 10_000),
            (3, 3, 3),
        ] {
            let (n, m, total) = (drawn as f64, marked as f64, all as f64);
            let mean = n * m / total;
            let variance = mean * (1.0 - m / total) * (total - n) / (total - 1.0);
            let draws = 20_000;
            let (mut sum, mut squares) = (0.0, 0.0);
            for _ in 0..draws {
                let found = random.hypergeometric(drawn, marked, all);
                assert!(found <= drawn.min(marked) && drawn - found <= all - marked);
                let apart = found as f64 - mean;
                sum += apart;
                squares += apart * apart;
            }
            let draws = f64::from(draws);
            let what = format!("{drawn} of {all}, {marked} marked");
            assert!(
                (sum / draws).abs() <= 4.0 * (variance / draws).sqrt(),
                "{what}"
            );
            // Kurtosis is at most a little over that of the normal distribution here.
            let spread = variance * (2.5 / draws).sqrt();
            assert!((squares / draws - variance).abs() <= 4.0 * spread, "{what}");
        }
    }

    #[test]
    fn poisson_numbers_have_their_mean_and_variance() {
        let mut random = Random::new(7);
        for mean in [1_u64, 2, 5, 999, 1_000, 1_000_000] {
            let draws = 20_000;
            let (mut sum, mut squares) = (0.0, 0.0);
            for _ in 0..draws {
                let apart = random.poisson(mean) as f64 - mean as f64;
                sum += apart;
                squares += apart * apart;
            }
            let (m, draws) = (mean as f64, f64::from(draws));
            let standard_error = (m / draws).sqrt();
            assert!((sum / draws).abs() < 4.0 * standard_error, "mean {mean}");
            // The variance of the squared deviation is 2m² + m.
            let spread = ((2.0 * m * m + m) / draws).sqrt();
            assert!(
                (squares / draws - m).abs() < 4.0 * spread,
                "variance at {mean}"
            );
        }
    }
}
