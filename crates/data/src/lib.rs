//! Bytes to [`Table`], and a guess of the [`Roles`] its columns play.
//!
//! Bytes come in chunks of any size, cut anywhere; the table depends on the bytes alone.
//! Nothing here knows of models, files, clocks or browsers.
//!
//! ```
//! use greenlight_data::{TableReader, Values, guess_roles};
//!
//! let mut reader = TableReader::new();
//! reader.feed(b"y_true,y_pred,score\n1,1,0.9")?;
//! reader.feed(b"7\n0,1,0.61\n")?;
//! let table = reader.finish()?;
//! assert_eq!(table.rows(), 2);
//!
//! let roles = guess_roles(&table).roles;
//! let score = roles.score.and_then(|id| table.column(id)).unwrap();
//! assert_eq!(score.values, Values::Number(vec![0.97, 0.61]));
//! # Ok::<(), greenlight_data::DataError>(())
//! ```

mod boolean;
mod combine;
mod content;
mod csv;
mod decode;
mod description;
mod dictionary;
mod error;
mod grades;
mod guess;
mod json;
mod latency_unit;
mod limits;
mod number;
mod number_format;
mod paste;
mod positive;
mod reader;
mod rejections;
mod roles;
mod row_set;
mod split;
mod table;
mod text;
mod time;
mod time_cells;
mod typing;
mod values;

pub use boolean::boolean_of;
pub use combine::{Combined, How, Part, combine};
pub use description::{Description, MOST_DISTINCT, ValueRange};
pub use error::{DataError, Place};
pub use grades::{accepts, are_grades};
pub use guess::{
    Guesses, MOST_GRADES, MOST_NUMERIC_CLASSES, RoleReason, class_as_known,
    classes_of_score_columns, guess_roles, is_named_like_a_part, unit_of_latencies,
};
pub use latency_unit::LatencyUnit;
pub use number::{canonical_number, parse_number};
pub use paste::{certain_matrix, read_pasted, table_of_lists, table_of_matrix};
pub use positive::{guess_positive, sort_classes};
pub use reader::{Outlook, TableReader, read_table};
pub use rejections::{Rejection, Rejections};
pub use roles::{Role, Roles};
pub use row_set::UnreadRow;
pub use split::{SplitDefaults, SplitKind, default_splits};
pub use table::{CellFormat, Column, ColumnId, ColumnKind, Table};
pub use text::{is_missing, is_missing_among_numbers};
pub use time::{iso_time, iso_time_at, read_time, read_time_zone};
pub use time_cells::{TimeCells, time_cells};
pub use values::{Categories, Deferred, Stray, Values};
