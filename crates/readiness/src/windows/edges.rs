//! Where windows begin and end among rows that are in order.

use greenlight_metrics::NumberCollector;

use super::row_times::RowTimes;

/// A place in the order of observations: by time, then by row, then within a row that stands for several.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct Place {
    /// The time, or what else says the order.
    key: f64,
    row: u32,
    /// So many observations of the row come before.
    taken: u64,
}

impl Place {
    /// Before all rows.
    const FIRST: Self = Self::at(f64::NEG_INFINITY);
    /// After all rows.
    const LAST: Self = Self::at(f64::INFINITY);

    /// Before all rows of this time.
    pub const fn at(key: f64) -> Self {
        Self {
            key,
            row: 0,
            taken: 0,
        }
    }
}

/// Windows that follow each other without gaps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Edges {
    /// Where each begins, and where the last one ends.
    places: Vec<Place>,
}

impl Edges {
    /// From one moment to the next, in milliseconds since 1970 began in UTC.
    pub fn at_times(times: impl IntoIterator<Item = i64>) -> Self {
        let places = times.into_iter().map(|ms| Place::at(ms as f64));
        Self {
            places: places.collect(),
        }
    }

    /// From a moment on, without end.
    pub fn from_time(ms: i64) -> Self {
        Self {
            places: vec![Place::at(ms as f64), Place::LAST],
        }
    }

    /// Between the observations of these numbers, ascending and counted from 0; `rows` gives those in which they are, with their
    /// counts, in the order of the table. The outer edges are open where `is_open` says so. Two passes over the rows, and a sort of their times.
    pub fn at_observations<R: Iterator<Item = (usize, u64)>>(
        numbers: &[u64],
        is_open: bool,
        times: &RowTimes<'_>,
        rows: impl Fn() -> R,
    ) -> Self {
        let mut keys = NumberCollector::default();
        for (row, count) in rows() {
            if let Some(key) = times.key(row) {
                // Rows without a time are in no window, and the others have finite ones.
                let _ = keys.push(key, count);
            }
        }
        // The key of each number, and how many observations of that key come before it.
        let mut wanted: Vec<(f64, u64)> = Vec::with_capacity(numbers.len());
        let mut before = 0_u64;
        let mut left = numbers.iter().peekable();
        for (key, count) in keys.distinct().into_iter().rev() {
            let up_to = before.saturating_add(count);
            while let Some(&number) = left.next_if(|number| **number < up_to) {
                wanted.push((key, number - before));
            }
            before = up_to;
        }
        // Where in the rows of that key it is.
        let mut places: Vec<Option<Place>> = vec![None; wanted.len()];
        let mut passed: Vec<u64> = vec![0; wanted.len()];
        for (row, count) in rows() {
            let Some(key) = times.key(row) else {
                continue;
            };
            let first = wanted.partition_point(|(wanted, _)| *wanted < key);
            let of_key = wanted.iter().zip(&mut places).zip(&mut passed).skip(first);
            for ((&(_, offset), place), passed) in
                of_key.take_while(|((wanted, _), _)| wanted.0 == key)
            {
                let so_far = *passed;
                *passed = so_far.saturating_add(count);
                if place.is_none() && offset < *passed {
                    *place = Some(Place {
                        key,
                        row: row as u32,
                        taken: offset - so_far,
                    });
                }
            }
        }
        let mut places: Vec<Place> = places.into_iter().flatten().collect();
        // Numbers past the last observation.
        places.resize(numbers.len(), Place::LAST);
        if is_open {
            if let Some(first) = places.first_mut() {
                *first = Place::FIRST;
            }
            if let Some(last) = places.last_mut() {
                *last = Place::LAST;
            }
        }
        Self { places }
    }

    /// How many windows there are.
    pub fn len(&self) -> usize {
        self.places.len().saturating_sub(1)
    }

    /// The window of a row of this time; of one that stands for several and is divided, that of the first of them.
    #[inline]
    pub fn window_of(&self, key: f64, row: usize) -> Option<usize> {
        let place = Place {
            row: row as u32,
            ..Place::at(key)
        };
        let after = self.places.partition_point(|edge| *edge <= place);
        after.checked_sub(1).filter(|window| *window < self.len())
    }

    /// Gives each window its share of a row that stands for so many observations.
    #[inline]
    pub fn share(&self, key: f64, row: usize, count: u64, mut give: impl FnMut(usize, u64)) {
        let place = Place {
            row: row as u32,
            ..Place::at(key)
        };
        // The first edge that does not lie before the row.
        let mut edge = self.places.partition_point(|edge| *edge <= place);
        let mut given = 0;
        loop {
            let next = self.places.get(edge);
            let within = next.filter(|next| next.key == key && next.row == place.row);
            let up_to = within.map_or(count, |next| next.taken.min(count));
            if let Some(window) = edge.checked_sub(1).filter(|window| *window < self.len())
                && up_to > given
            {
                give(window, up_to - given);
            }
            if within.is_none() {
                return;
            }
            given = up_to;
            edge += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of each row's observations each window gets.
    fn shares(edges: &Edges, counts: &[u64]) -> Vec<Vec<u64>> {
        let mut shares = vec![vec![0; counts.len()]; edges.len()];
        for (row, &count) in counts.iter().enumerate() {
            edges.share(0.0, row, count, |window, share| {
                shares[window][row] += share
            });
        }
        shares
    }

    #[test]
    fn a_row_that_stands_for_several_is_divided_as_its_observations_would_be() {
        let counts = [3_u64, 0, 4, 1];
        let rows = || counts.iter().copied().enumerate();
        let times = RowTimes::default();
        let edges = Edges::at_observations(&[0, 2, 4, 6, 8], true, &times, rows);
        assert_eq!(
            shares(&edges, &counts),
            [[2, 0, 0, 0], [1, 0, 1, 0], [0, 0, 2, 0], [0, 0, 1, 1]]
        );
        assert_eq!(edges.window_of(0.0, 2), Some(1));
    }

    #[test]
    fn a_row_may_reach_over_several_windows() {
        let counts = [7_u64];
        let rows = || counts.iter().copied().enumerate();
        let edges = Edges::at_observations(&[1, 2, 5], false, &RowTimes::default(), rows);
        assert_eq!(shares(&edges, &counts), [[1], [3]]);
    }

    #[test]
    fn a_moment_is_in_the_window_that_it_begins() {
        let edges = Edges::at_times([0, 10, 20]);
        let places = [-1.0, 0.0, 9.0, 10.0, 19.0, 20.0].map(|key| edges.window_of(key, 7));
        assert_eq!(places, [None, Some(0), Some(0), Some(1), Some(1), None]);
    }
}
