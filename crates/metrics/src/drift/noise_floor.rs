//! What a measure of drift reaches by chance: the 95 % quantile at these sizes where nothing has changed.
//!
//! Closed forms where there are any; for the others the rows of both sides are dealt out anew 199 times, from a seed. Noise floors
//! explain a number; whether a column has drifted is decided by tests.

use std::f64::consts::LN_2;

use super::bin_counts::BinCounts;
use super::two_samples::TwoSamples;
use crate::chi_square::chi_square_upper_quantile;
use crate::random::Random;
use crate::undefined::{Undefined, Value};

/// The share of unchanged columns that lie above.
const TAIL: f64 = 0.05;
/// Rows are dealt out anew so many times; the 190th in order is the quantile.
const DEALS: usize = 199;
const SEED: u64 = 0xD21F7;
/// The point of Kolmogorov's limiting distribution with 5 % above it.
const KOLMOGOROV_95: f64 = 1.3581;
/// Different values are put together so that there are hardly more cells than this when their rows are dealt out.
const CELLS: u64 = 64;

impl BinCounts<'_> {
    /// Of the PSI: (1/n + 1/m)·χ²₀.₉₅(B − 1) with n and m rows in B bins.
    ///
    /// # Errors
    /// As for the PSI.
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// // Ten bins with ten rows a side each: an index of 0.1 is to be expected where nothing has changed.
    /// let floor = BinCounts::new(&[10; 10], &[10; 10]).psi_noise_floor()?;
    /// assert!((floor - 0.02 * 16.918977604620448).abs() < 1e-12);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn psi_noise_floor(&self) -> Value {
        let (n, m) = self.compared()?;
        let degrees = u32::try_from(self.bins() - 1).unwrap_or(u32::MAX);
        Ok((1.0 / n + 1.0 / m) * chi_square_upper_quantile(TAIL, degrees)?)
    }

    /// Of the Jensen–Shannon distance: √((1/n + 1/m)·χ²₀.₉₅(B − 1)/(8 ln 2)).
    ///
    /// # Errors
    /// As for the distance.
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// let floor = BinCounts::new(&[10; 10], &[10; 10]).jensen_shannon_noise_floor()?;
    /// assert!((floor - 0.247).abs() < 1e-3);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn jensen_shannon_noise_floor(&self) -> Value {
        Ok((self.psi_noise_floor()? / (8.0 * LN_2)).sqrt())
    }

    /// Of Pearson's statistic.
    ///
    /// # Errors
    /// As for the statistic.
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// let floor = BinCounts::new(&[500; 10], &[500; 10]).chi_square_noise_floor()?;
    /// assert!((floor - 16.9).abs() < 2.0);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn chi_square_noise_floor(&self) -> Value {
        self.dealt(|dealt| dealt.chi_square())
    }

    /// Of the largest change of a share.
    ///
    /// # Errors
    /// As for the change.
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// // 1.96 standard deviations of the difference of two shares of one half.
    /// let floor = BinCounts::new(&[500; 2], &[500; 2]).l_infinity_noise_floor()?;
    /// assert!((floor - 1.96 * 0.0005_f64.sqrt()).abs() < 0.005);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn l_infinity_noise_floor(&self) -> Value {
        self.dealt(|dealt| dealt.l_infinity())
    }

    fn dealt(&self, measure: impl Fn(BinCounts<'_>) -> Value) -> Value {
        self.compared()?;
        let both: Vec<u64> = self.pairs().map(|(r, c)| r + c).collect();
        let mut current = vec![0; both.len()];
        quantile(self.rows(), &both, |reference| {
            for ((current, both), reference) in current.iter_mut().zip(&both).zip(reference) {
                *current = both - reference;
            }
            measure(BinCounts::new(reference, &current))
        })
    }
}

impl TwoSamples<'_> {
    /// Of the Kolmogorov–Smirnov statistic: 1.3581·√((n + m)/(nm)).
    ///
    /// # Errors
    /// As for the statistic.
    ///
    /// ```
    /// # use greenlight_metrics::drift::TwoSamples;
    /// let floor = TwoSamples::new(&[(1.0, 100)], &[(1.0, 100)]).ks_noise_floor()?;
    /// assert!((floor - 0.19206).abs() < 1e-5);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn ks_noise_floor(&self) -> Value {
        let (n, m) = self.compared()?;
        let (n, m) = (n as f64, m as f64);
        Ok(KOLMOGOROV_95 * ((n + m) / (n * m)).sqrt())
    }

    /// Of the normed Wasserstein distance. Of more than about a hundred different values neighbours are dealt out together, the
    /// finer the further out they lie; memory and time do not grow with the rows, but for a pass over the values.
    ///
    /// # Errors
    /// As for the distance.
    ///
    /// ```
    /// # use greenlight_metrics::drift::TwoSamples;
    /// let flat: Vec<(f64, u64)> = (0..100).rev().map(|value| (f64::from(value), 1)).collect();
    /// let floor = TwoSamples::new(&flat, &flat).wasserstein_normed_noise_floor()?;
    /// assert!(floor > 0.2 && floor < 0.35);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn wasserstein_normed_noise_floor(&self) -> Value {
        let unit = self.unit()?;
        let cells = self.cells();
        let both: Vec<u64> = cells.iter().map(|cell| cell.rows).collect();
        let (n, m) = self.rows();
        quantile((n, m), &both, |reference| {
            let (mut of_reference, mut of_current, mut sum) = (0, 0, 0.0);
            for (cell, rows) in cells.iter().zip(reference) {
                of_reference += rows;
                of_current += cell.rows - rows;
                let apart = of_reference as f64 / n as f64 - of_current as f64 / m as f64;
                sum += apart.abs() * cell.width;
            }
            Ok(sum / unit)
        })
    }

    /// The values of both sides, from the highest down, neighbours put together.
    fn cells(&self) -> Vec<ValueCell> {
        let (n, m) = self.rows();
        let all = n.saturating_add(m);
        let mut cells: Vec<ValueCell> = Vec::new();
        let mut open: Option<OpenCell> = None;
        let mut above = 0_u64;
        for (value, rows) in self.pooled() {
            let far_out = above.min(all.saturating_sub(above));
            let most = far_out.min(all / CELLS).max(1);
            match &mut open {
                Some(cell) if cell.rows.saturating_add(rows) <= most => cell.grow(value, rows),
                _ => {
                    if let Some(cell) = open.replace(OpenCell::new(value, rows)) {
                        above = above.saturating_add(cell.rows);
                        cell.close(value, &mut cells);
                    }
                }
            }
        }
        if let Some(cell) = open {
            let lowest = cell.lowest;
            cell.close(lowest, &mut cells);
        }
        cells
    }
}

/// Neighbouring values that are dealt out together.
struct ValueCell {
    rows: u64,
    /// What a difference of the cumulative shares at its lower edge counts for.
    width: f64,
}

/// A cell to which lower values may be added.
struct OpenCell {
    rows: u64,
    lowest: f64,
    span: f64,
    /// How far down from each of its rows it reaches, added up.
    reach: f64,
}

impl OpenCell {
    fn new(value: f64, rows: u64) -> Self {
        Self {
            rows,
            lowest: value,
            span: 0.0,
            reach: 0.0,
        }
    }

    fn grow(&mut self, value: f64, rows: u64) {
        let gap = self.lowest - value;
        self.span += gap;
        self.reach += gap * self.rows as f64;
        self.rows = self.rows.saturating_add(rows);
        self.lowest = value;
    }

    /// Within a cell the difference goes from that at its upper edge to that at its lower edge as its rows do.
    fn close(self, next: f64, cells: &mut Vec<ValueCell>) {
        let lower = self.reach / self.rows.max(1) as f64;
        if let Some(before) = cells.last_mut() {
            before.width += self.span - lower;
        }
        cells.push(ValueCell {
            rows: self.rows,
            width: lower + (self.lowest - next),
        });
    }
}

/// The quantile of a measure of the reference's rows in each cell, where the rows of `both` are dealt out to sides of these sizes.
fn quantile(
    (reference, current): (u64, u64),
    both: &[u64],
    mut measure: impl FnMut(&[u64]) -> Value,
) -> Value {
    let mut random = Random::new(SEED);
    let mut dealt = vec![0_u64; both.len()];
    let mut found = Vec::with_capacity(DEALS);
    for _ in 0..DEALS {
        let (mut wanted, mut left) = (reference, reference.saturating_add(current));
        for (dealt, &rows) in dealt.iter_mut().zip(both) {
            *dealt = random.hypergeometric(rows, wanted, left);
            wanted -= *dealt;
            left -= rows;
        }
        found.push(measure(&dealt)?);
    }
    found.sort_unstable_by(f64::total_cmp);
    let rank = ((DEALS + 1) as f64 * (1.0 - TAIL)) as usize;
    found.get(rank - 1).copied().ok_or(Undefined::NoRows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NumberCollector;

    fn tally(values: &[f64]) -> Vec<(f64, u64)> {
        let mut numbers = NumberCollector::default();
        for &value in values {
            numbers.push(value, 1).unwrap();
        }
        numbers.distinct()
    }

    #[test]
    fn neighbours_that_are_dealt_out_together_move_the_floor_of_the_distance_by_little() {
        let mut random = Random::new(3);
        let flat = |random: &mut Random| random.unit();
        let heavy = |random: &mut Random| libm::exp(1.5 * random.normal());
        let spiked = |random: &mut Random| (random.normal() * 3.0).floor().max(0.0);
        for draw in [flat, heavy, spiked] {
            for (n, m) in [(2_000, 2_000), (300, 3_000)] {
                let mut values: Vec<f64> = (0..n + m).map(|_| draw(&mut random)).collect();
                let (reference, current) = values.split_at(n);
                let (reference, current) = (tally(reference), tally(current));
                let samples = TwoSamples::new(&reference, &current);
                let floor = samples.wasserstein_normed_noise_floor().unwrap();
                let unit = samples.unit().unwrap();
                // The slow way: rows change sides one by one.
                let mut dealt = Vec::new();
                for _ in 0..399 {
                    for last in (1..values.len()).rev() {
                        values.swap(last, random.below(last as u64 + 1) as usize);
                    }
                    let (reference, current) = values.split_at(n);
                    let (reference, current) = (tally(reference), tally(current));
                    dealt.push(TwoSamples::new(&reference, &current).wasserstein().unwrap() / unit);
                }
                dealt.sort_by(f64::total_cmp);
                let slow = dealt[379];
                // Two estimates of a quantile, by a few hundred draws each.
                assert!((floor / slow - 1.0).abs() < 0.15, "{n} {m}: {floor} {slow}");
            }
        }
    }
}
