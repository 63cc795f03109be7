//! What the rows of a file are called as a split: the word for it in the file's name, else the name itself.

use crate::guess::Name;
use crate::split::SplitKind;

/// A split for each file. Files whose names hold the same word are one split, unless all are.
pub(super) fn split_names(files: &[&str]) -> Vec<String> {
    let stems: Vec<&str> = files.iter().map(|name| stem(name)).collect();
    let words: Vec<String> = stems
        .iter()
        .map(|stem| word(stem).unwrap_or_else(|| (*stem).to_owned()))
        .collect();
    let differ = words
        .iter()
        .any(|word| Some(word.as_str()) != words.first().map(String::as_str));
    if differ {
        return words;
    }
    let number = |position: usize| {
        let (stem, before) = (stems.get(position)?, stems.get(..position)?);
        let twins = before.iter().filter(|other| *other == stem).count();
        Some(match twins {
            0 => (*stem).to_owned(),
            _ => format!("{stem} ({})", twins + 1),
        })
    };
    (0..stems.len()).filter_map(number).collect()
}

/// The name without folders and what follows its first point, unless that is all there is.
fn stem(name: &str) -> &str {
    let name = name.rsplit_once(['/', '\\']).map_or(name, |(_, name)| name);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// The last word, or pair of words, that names a split.
fn word(stem: &str) -> Option<String> {
    let words = Name::new(stem).words;
    let single = words
        .iter()
        .rev()
        .find(|word| SplitKind::of(word).is_some());
    let pair = || {
        let pairs = words.windows(2).rev().map(|pair| pair.join("-"));
        pairs.into_iter().find(|pair| SplitKind::of(pair).is_some())
    };
    single.cloned().or_else(pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (files, splits) in [
            (
                &["model_v2_train_2024.csv", "model_v2_test_2024.csv"][..],
                &["train", "test"][..],
            ),
            (&["Train.csv", "prod.tsv"], &["train", "prod"]),
            (&["x-hold-out.csv", "xTrain.csv"], &["hold-out", "train"]),
            (&["train_a.csv", "train_b.csv"], &["train_a", "train_b"]),
            (
                &["train_1.csv", "train_2.csv", "test.csv"],
                &["train", "train", "test"],
            ),
            (&["january.csv", "february.csv"], &["january", "february"]),
            (&["a/x.csv", "b/x.csv"], &["x", "x (2)"]),
            (&[".csv", "pasted text"], &[".csv", "pasted text"]),
        ] {
            assert_eq!(split_names(files), splits, "{files:?}");
        }
    }
}
