//! Small reusable parts.

mod brand;
mod file_picker;
mod header;
mod mapping;
mod metric;
mod navigation;
mod samples;
mod sign;
mod status_line;
mod ways_in;

pub use brand::Brand;
pub use file_picker::FilePicker;
pub use header::Header;
pub use mapping::Mapping;
pub use metric::Metric;
pub use navigation::Navigation;
pub use samples::Samples;
pub use sign::sign;
pub use status_line::{Failing, StatusLine};
pub use ways_in::WaysIn;
