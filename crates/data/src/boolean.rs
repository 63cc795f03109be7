//! Words for yes and no.

/// Whether a trimmed text says yes or no, however it is spelled: `true`, `yes`, `y`, `t`, `on`, `1`, and their
/// opposites, whatever their case.
///
/// By it the label `1` and the prediction `True` of two columns are one class.
///
/// ```
/// # use greenlight_data::boolean_of;
/// assert_eq!((boolean_of("True"), boolean_of("0")), (Some(true), Some(false)));
/// assert_eq!(boolean_of("maybe"), None);
/// ```
pub fn boolean_of(text: &str) -> Option<bool> {
    const YES: [&str; 6] = ["1", "true", "yes", "y", "t", "on"];
    const NO: [&str; 6] = ["0", "false", "no", "n", "f", "off"];
    let is = |word: &&str| word.eq_ignore_ascii_case(text);
    if YES.iter().any(is) {
        Some(true)
    } else {
        NO.iter().any(is).then_some(false)
    }
}
