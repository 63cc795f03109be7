//! The thresholds that were chosen one after the other, to go back and forth between.

/// The threshold in force, those before it, and those that were gone back from. `None` leaves the decision to the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thresholds {
    current: Option<f64>,
    /// Where it was when it was last let go.
    settled: Option<f64>,
    before: Vec<Option<f64>>,
    after: Vec<Option<f64>>,
}

/// So many steps can be gone back.
const MOST: usize = 100;

impl Thresholds {
    /// The threshold in force.
    pub fn current(&self) -> Option<f64> {
        self.current
    }

    /// Where it was when it was last let go.
    pub fn settled(&self) -> Option<f64> {
        self.settled
    }

    /// Whether there is one to go back to.
    pub fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// Whether there is one to go forward to.
    pub fn can_redo(&self) -> bool {
        !self.after.is_empty()
    }

    /// Moved, and not let go yet.
    pub(super) fn moved_to(&self, threshold: Option<f64>) -> Self {
        Self {
            current: threshold,
            ..self.clone()
        }
    }

    /// Let go: one step, however many places it passed on the way.
    pub(super) fn let_go(&self) -> Self {
        if self.current == self.settled {
            return self.clone();
        }
        let mut before = self.before.clone();
        if before.len() == MOST {
            before.remove(0);
        }
        before.push(self.settled);
        Self {
            current: self.current,
            settled: self.current,
            before,
            after: Vec::new(),
        }
    }

    /// One step back.
    pub(super) fn undone(&self) -> Self {
        let mut next = self.let_go();
        if let Some(before) = next.before.pop() {
            next.after.push(next.settled);
            (next.current, next.settled) = (before, before);
        }
        next
    }

    /// One step forward again.
    pub(super) fn redone(&self) -> Self {
        let mut next = self.clone();
        if let Some(after) = next.after.pop() {
            next.before.push(next.settled);
            (next.current, next.settled) = (after, after);
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drag_is_one_step_back_and_one_forward() {
        let mut thresholds = Thresholds::default();
        for place in [0.5, 0.6, 0.7] {
            thresholds = thresholds.moved_to(Some(place));
        }
        thresholds = thresholds.let_go().moved_to(Some(0.2)).let_go();
        let back = thresholds.undone();
        assert_eq!(back.current(), Some(0.7));
        assert_eq!(back.undone().current(), None);
        assert!(!back.undone().can_undo());
        assert_eq!(back.undone().undone().current(), None);
        assert_eq!(back.redone().current(), Some(0.2));
        assert!(!back.redone().can_redo());
        let elsewhere = back.moved_to(Some(0.1)).let_go();
        assert!(!elsewhere.can_redo());
        assert_eq!(elsewhere.undone().current(), Some(0.7));
    }
}
