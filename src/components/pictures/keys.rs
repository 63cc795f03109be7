//! Where keys lead.

/// The mark that a key leads to on a line of so many; `None` for other keys, and where there is nothing.
pub fn step(mark: Option<usize>, key: &str, marks: usize) -> Option<usize> {
    let last = marks.checked_sub(1)?;
    match (key, mark.filter(|mark| *mark <= last)) {
        ("ArrowLeft" | "ArrowDown", Some(mark)) => Some(mark.saturating_sub(1)),
        ("ArrowRight" | "ArrowUp", Some(mark)) => Some((mark + 1).min(last)),
        ("PageDown", Some(mark)) => Some(mark.saturating_sub(10)),
        ("PageUp", Some(mark)) => Some((mark + 10).min(last)),
        ("Home", _) => Some(0),
        ("End", _) => Some(last),
        // The first key only shows where one is.
        ("ArrowLeft" | "ArrowDown" | "ArrowRight" | "ArrowUp", None) => Some(0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn keys_stay_within_the_marks() {
        assert_eq!(step(None, "ArrowRight", 3), Some(0));
        assert_eq!(step(Some(2), "ArrowRight", 3), Some(2));
        assert_eq!(step(Some(0), "ArrowLeft", 3), Some(0));
        assert_eq!(step(Some(9), "ArrowLeft", 3), Some(0));
        assert_eq!(step(Some(1), "End", 3), Some(2));
        assert_eq!(step(Some(1), "x", 3), None);
        assert_eq!(step(Some(1), "End", 0), None);
    }
}
