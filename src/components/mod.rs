//! Small reusable parts.

mod brand;
mod downloads;
mod file_picker;
mod header;
mod mapping;
mod metric;
mod navigation;
mod rows_table;
mod sign;
mod status_line;

pub use brand::Brand;
pub use downloads::{Downloads, Picture};
pub use file_picker::FilePicker;
pub use header::Header;
pub use mapping::Mapping;
pub use metric::Metric;
pub use navigation::Navigation;
pub use rows_table::{RowsDownload, RowsTable};
pub use sign::sign;
pub use status_line::{Failing, StatusLine};
