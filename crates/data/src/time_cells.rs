//! How far the texts of a column read as times, where too many do not.

use crate::text::is_missing_among_numbers;
use crate::time::{DateOrder, parse_instant};
use crate::values::{Categories, Stray};

/// How far the texts of a column read as times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeCells {
    /// How many cells do.
    pub read: u64,
    /// How many do not, missing ones aside.
    pub unread: u64,
    /// The first that does not.
    pub first_unread: Option<Stray>,
    /// Whether `01/05/2024` is the first of May by it, since more cells can be read so.
    pub day_first: bool,
}

/// Reads the cells as times, by whichever order of day and month reads more of them.
///
/// ```
/// use greenlight_data::{Categories, time_cells};
///
/// let texts = ["2024-05-01", "13/05/2024", "soon", "14/05/2024 10:00"].map(Some);
/// let found = time_cells(&Categories::from_texts(texts));
/// assert_eq!((found.read, found.unread, found.day_first), (3, 1, true));
/// assert_eq!(found.first_unread.map(|stray| stray.row), Some(2));
/// ```
pub fn time_cells(cells: &Categories) -> TimeCells {
    let by_order = |order| {
        let texts = cells.dictionary().iter();
        let is_unread =
            |text: &String| !is_missing_among_numbers(text) && parse_instant(text, order).is_none();
        let unread: Vec<bool> = texts.map(is_unread).collect();
        let mut found = TimeCells {
            read: 0,
            unread: 0,
            first_unread: None,
            day_first: order == DateOrder::DayFirst,
        };
        for (row, &code) in cells.codes().iter().enumerate() {
            let text = cells.text(row);
            match (unread.get(code as usize), text) {
                (Some(true), Some(text)) => {
                    found.unread += 1;
                    found.first_unread.get_or_insert_with(|| Stray {
                        row,
                        text: text.to_owned(),
                    });
                }
                (Some(false), Some(text)) if !is_missing_among_numbers(text) => found.read += 1,
                _ => {}
            }
        }
        found
    };
    let (month_first, day_first) = (
        by_order(DateOrder::MonthFirst),
        by_order(DateOrder::DayFirst),
    );
    match day_first.unread < month_first.unread {
        true => day_first,
        false => month_first,
    }
}
