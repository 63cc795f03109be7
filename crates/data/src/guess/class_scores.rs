//! Columns that hold the scores of a class each: `proba_cat`, `proba_dog`; `cat_score`, `dog_score`.

use super::name::Name;
use crate::boolean::boolean_of;
use crate::number::{canonical_number, parse_number};
use std::collections::BTreeSet;

/// What the names of such columns begin or end with.
const AFFIXES: &[&str] = &[
    "proba",
    "prob",
    "probability",
    "score",
    "p",
    "predproba",
    "predprob",
    "predictproba",
    "predictedproba",
    "predictedprobability",
    "yproba",
    "yprob",
    "yscore",
    "ypredproba",
    "ypredprob",
    "classprob",
    "classproba",
    "classprobability",
    "classscore",
    "likelihood",
    "confidence",
    "conf",
    "logit",
    "softmax",
];

/// What stands between the affix and the class.
const SEPARATORS: [char; 8] = ['_', ' ', '-', '.', ':', '=', '/', '|'];

/// Columns whose names have an affix in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub affix: String,
    /// Each class with the position of its column.
    pub classes: Vec<(String, usize)>,
}

/// The class whose scores each of these columns holds, told by their names; a name that says none is taken for the class
/// itself. Classes that are `known` from labels and predictions are spelled as there.
///
/// ```
/// # use greenlight_data::classes_of_score_columns;
/// let known = ["Cat", "Dog"].map(String::from).into();
/// assert_eq!(classes_of_score_columns(&["proba_cat", "proba_dog"], &known), ["Cat", "Dog"]);
/// assert_eq!(classes_of_score_columns(&["cat", "dog"], &known), ["Cat", "Dog"]);
/// ```
pub fn classes_of_score_columns(columns: &[&str], known: &BTreeSet<String>) -> Vec<String> {
    let names: Vec<Name> = columns.iter().map(|column| Name::new(column)).collect();
    let named = columns.iter().zip(&names);
    let whole: Vec<String> = columns
        .iter()
        .map(|column| class_as_known(column, known))
        .collect();
    let mut positions = named
        .enumerate()
        .map(|(position, (raw, name))| (position, *raw, name));
    let groups = groups(&mut positions, known).into_iter();
    let complete = groups.filter(|group| group.classes.len() == columns.len());
    let mut candidates: Vec<Vec<String>> = complete
        .map(|group| group.classes.into_iter().map(|(class, _)| class).collect())
        .collect();
    if let ([raw], [name]) = (columns, &names[..]) {
        let alone = readings(raw, name).into_iter();
        candidates.extend(alone.map(|(_, class)| vec![class_as_known(class, known)]));
    }
    candidates.push(whole);
    // The first of those that name most classes that are known.
    let unknown = |classes: &Vec<String>| {
        classes
            .iter()
            .filter(|class| !known.contains(*class))
            .count()
    };
    candidates
        .into_iter()
        .min_by_key(unknown)
        .unwrap_or_default()
}

/// All groups among these columns, given by position, name and its parts; the largest first.
pub(crate) fn groups<'a>(
    columns: &mut dyn Iterator<Item = (usize, &'a str, &'a Name)>,
    known: &BTreeSet<String>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (position, raw, name) in columns {
        for (affix, class) in readings(raw, name) {
            let class = class_as_known(class, known);
            match groups.iter_mut().find(|group| group.affix == affix) {
                Some(group) => group.classes.push((class, position)),
                None => groups.push(Group {
                    affix,
                    classes: vec![(class, position)],
                }),
            }
        }
    }
    groups.retain(|group| {
        let repeated = |(place, (class, _)): (usize, &(String, usize))| {
            group
                .classes
                .iter()
                .take(place)
                .any(|(other, _)| other == class)
        };
        group.classes.len() > 1 && !group.classes.iter().enumerate().any(repeated)
    });
    groups.sort_by_key(|group| std::cmp::Reverse(group.classes.len()));
    groups
}

/// Each way to read a name as that of a class's scores: what the group is called, and the class.
pub(crate) fn readings<'a>(raw: &'a str, name: &Name) -> Vec<(String, &'a str)> {
    let mut readings = Vec::new();
    let words = name.words.len();
    for count in 1..words.min(4) {
        let prefix = name.words.get(..count).unwrap_or_default().concat();
        let suffix = name.words.get(words - count..).unwrap_or_default().concat();
        if let (true, Some(range)) = (
            AFFIXES.contains(&prefix.as_str()),
            name.ranges.get(count - 1),
        ) {
            let class = without_brackets(raw.get(range.end..).unwrap_or_default());
            readings.push((
                prefix,
                class.strip_prefix(SEPARATORS).unwrap_or(class).trim(),
            ));
        }
        if let (true, Some(range)) = (
            AFFIXES.contains(&suffix.as_str()),
            name.ranges.get(words - count),
        ) {
            let class = raw.get(..range.start).unwrap_or_default();
            readings.push((
                format!("…{suffix}"),
                class.strip_suffix(SEPARATORS).unwrap_or(class).trim(),
            ));
        }
    }
    readings.retain(|(_, class)| !class.is_empty());
    readings
}

/// `(cat)` and `[cat]` to `cat`.
fn without_brackets(text: &str) -> &str {
    let trimmed = text.trim();
    let inner = |open, close| trimmed.strip_prefix(open)?.strip_suffix(close);
    inner('(', ')').or_else(|| inner('[', ']')).unwrap_or(text)
}

/// The class as the label writes it, if it is one of the label's: `proba_class_1` and `proba_Not_Spam` too, and `proba_yes`
/// where the label says 0 and 1.
pub fn class_as_known(class: &str, known: &BTreeSet<String>) -> String {
    let canonical = parse_number(class).map_or_else(|| class.to_owned(), canonical_number);
    if known.contains(&canonical) {
        return canonical;
    }
    let name = Name::new(class);
    let core = match name.first() {
        "class" | "label" => name.words.get(1..).unwrap_or_default().concat(),
        _ => String::new(),
    };
    let is_same = |known: &&String| {
        let compact = Name::new(known).compact;
        !compact.is_empty() && (compact == name.compact || compact == core)
    };
    let same = known.iter().find(is_same);
    let by_meaning = || {
        let meaning = boolean_of(class)?;
        let is_boolean = |known: &String| boolean_of(known).is_some();
        let same = known
            .iter()
            .find(|known| boolean_of(known) == Some(meaning));
        same.filter(|_| known.iter().all(is_boolean))
    };
    same.or_else(by_meaning).cloned().unwrap_or(canonical)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(columns: &[&str], known: &[&str]) -> Vec<(String, Vec<String>)> {
        let names: Vec<Name> = columns.iter().map(|column| Name::new(column)).collect();
        let known = known.iter().map(|class| (*class).to_owned()).collect();
        let mut columns = columns
            .iter()
            .zip(&names)
            .enumerate()
            .map(|(i, (raw, name))| (i, *raw, name));
        groups(&mut columns, &known)
            .into_iter()
            .map(|group| {
                (
                    group.affix,
                    group.classes.into_iter().map(|(class, _)| class).collect(),
                )
            })
            .collect()
    }

    #[test]
    fn reads_classes_out_of_names() {
        for (columns, known, affix, classes) in [
            (
                &["proba_cat", "proba_dog"][..],
                &[][..],
                "proba",
                &["cat", "dog"][..],
            ),
            (&["cat_score", "Dog score"], &[], "…score", &["cat", "Dog"]),
            (&["p(cat)", "P[dog]", "x"], &[], "p", &["cat", "dog"]),
            (&["probaCat", "probaDog"], &[], "proba", &["Cat", "Dog"]),
            (&["prob_-1", "prob_1.0"], &[], "prob", &["-1", "1"]),
            (
                &["prob_class_0", "prob_class_1"],
                &["0", "1"],
                "prob",
                &["0", "1"],
            ),
            (
                &["y_score_not_spam", "y_score_spam"],
                &["Not spam", "Spam"],
                "yscore",
                &["Not spam", "Spam"],
            ),
            (
                &["predict_proba_a", "predict_proba_b"],
                &[],
                "predictproba",
                &["a", "b"],
            ),
        ] {
            let classes = classes.iter().map(|class| (*class).to_owned()).collect();
            assert_eq!(
                found(columns, known),
                [(affix.to_owned(), classes)],
                "{columns:?}"
            );
        }
        assert!(found(&["score", "prob_1", "label"], &[]).is_empty());
        assert!(found(&["score_a", "score_a "], &[]).is_empty());
    }

    #[test]
    fn columns_chosen_by_hand_are_read_as_the_guess_reads_them() {
        for (columns, known, classes) in [
            (
                &["proba_cat", "proba_dog"][..],
                &["Dog"][..],
                &["cat", "Dog"][..],
            ),
            (&["prob_1", "prob_2.0"], &[], &["1", "2"]),
            // The whole name, where it is the class or where affixes differ.
            (&["p_1", "p_2"], &["p_1", "p_2"], &["p_1", "p_2"]),
            (&["proba_cat", "dog"], &[], &["proba_cat", "dog"]),
            (&["proba_cat"], &["cat", "dog"], &["cat"]),
            (&["proba_no", "proba_yes"], &["0", "1"], &["0", "1"]),
            (&["proba_no", "proba_yes"], &["0", "cat"], &["no", "yes"]),
            (&[], &[], &[]),
        ] {
            let known = known.iter().map(|class| (*class).to_owned()).collect();
            assert_eq!(
                classes_of_score_columns(columns, &known),
                classes,
                "{columns:?}"
            );
        }
    }
}
