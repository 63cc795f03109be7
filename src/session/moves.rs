//! Columns that left one part for another: what a person should hear of when they give a column away.

use greenlight_data::Role;
use greenlight_readiness::RoleNames;

/// A column that left a part for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Its name.
    pub column: String,
    /// The part that it played.
    pub from: Role,
    /// The part that it plays.
    pub to: Role,
    /// Whether nobody plays the former part now.
    pub is_vacant: bool,
}

/// What became of the parts; that features come and go is no news.
pub fn between(before: &RoleNames, after: &RoleNames) -> Vec<Move> {
    let mut moves = vec![];
    for from in Role::ALL {
        if from == Role::Feature {
            continue;
        }
        let still = after.columns(from);
        for column in before.columns(from) {
            if still.contains(&column) {
                continue;
            }
            if let Some(to) = after.role_of(column).filter(|&to| to != Role::Feature) {
                moves.push(Move {
                    column: column.to_owned(),
                    from,
                    to,
                    is_vacant: still.is_empty(),
                });
            }
        }
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_is_given_away_is_told_of() {
        let before = RoleNames {
            label: Some("y".into()),
            score: Some("p".into()),
            features: vec!["age".into()],
            ..RoleNames::default()
        };
        let after = RoleNames {
            label: Some("y".into()),
            latency: Some("p".into()),
            cost: Some("age".into()),
            ..RoleNames::default()
        };
        let given = Move {
            column: "p".into(),
            from: Role::Score,
            to: Role::Latency,
            is_vacant: true,
        };
        assert_eq!(between(&before, &after), [given]);
        assert_eq!(between(&after, &after), []);
    }

    #[test]
    fn one_that_is_replaced_or_shared_is_not() {
        let before = RoleNames {
            prediction: Some("a".into()),
            score: Some("p1".into()),
            ..RoleNames::default()
        };
        let replaced = RoleNames {
            prediction: Some("b".into()),
            score: Some("p1".into()),
            class_scores: [("1".to_owned(), "p1".to_owned())].into(),
            ..RoleNames::default()
        };
        assert_eq!(between(&before, &replaced), []);
    }
}
