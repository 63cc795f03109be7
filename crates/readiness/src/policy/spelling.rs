//! What was probably meant by a word that nobody knows.

/// "; did you mean “limit”?", where one of the known is near enough.
pub(crate) fn did_you_mean<'k>(text: &str, known: impl Iterator<Item = &'k str>) -> String {
    match nearest(text, known) {
        Some(known) => format!("; did you mean “{known}”?"),
        None => String::new(),
    }
}

/// The one of the known that takes the fewest slips of the keyboard, where two are enough.
pub(crate) fn nearest<'k>(text: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let near = known.map(|known| (distance(text, known), known));
    let (distance, known) = near.min_by_key(|(distance, _)| *distance)?;
    (distance <= 2 && distance < known.len()).then_some(known)
}

/// How many letters have to be put in, taken out, exchanged or swapped with the next to make one of the other.
fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let of = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let exchanged = of(&last, j) + usize::from(a != b);
            let mut least = exchanged.min(of(&last, j + 1) + 1).min(of(&row, j) + 1);
            let is_swap =
                i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if is_swap {
                least = least.min(of(&before_last, j - 1) + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}
