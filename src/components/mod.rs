//! Small reusable parts.

mod band;
mod brand;
mod checklist_line;
pub mod columns_table;
mod downloads;
mod file_picker;
mod header;
mod mapping;
mod metric;
mod navigation;
pub mod pictures;
mod policy_select;
mod read_as;
mod report_download;
mod rows_table;
mod samples;
mod sign;
mod status_line;
mod ways_in;

pub use band::Band;
pub use brand::Brand;
pub use checklist_line::checklist_line;
pub use downloads::{Downloads, Picture};
pub use file_picker::FilePicker;
pub use header::Header;
pub use mapping::{Mapping, judge_split, on_select};
pub use metric::Metric;
pub use navigation::Navigation;
pub use policy_select::PolicySelect;
pub use read_as::read_as;
pub use report_download::ReportDownload;
pub use rows_table::{RowsDownload, RowsTable};
pub use samples::Samples;
pub use sign::sign;
pub use status_line::{Failing, StatusLine};
pub use ways_in::WaysIn;
