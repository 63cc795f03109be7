//! A report without its rows, as a text short enough for a link: [`SharedReport`], [`Parts`], [`encode`] and [`decode`].
//!
//! ```
//! use greenlight_link::{Parts, SharedReport, decode, encode};
//! use greenlight_readiness::{Choices, Policy, Profile, SourceReader, checklist::Attestations};
//!
//! let mut reader = SourceReader::new("tiny.csv");
//! reader.feed(b"label,prediction\n1,1\n0,0\n1,0\n")?;
//! let source = reader.finish_alone()?;
//! let profile = Profile::of(&source, &Choices::default())?;
//! let report = SharedReport::of(profile, Policy::balanced(), Attestations::default(), "tiny.csv", "");
//! let text = encode(&report)?;
//! assert!(text.len() < 1_000);
//! assert_eq!(decode(&text)?, report);
//! let thin = report.thinned(&Parts::default());
//! assert_eq!(thin.outcomes(), report.outcomes());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod base64url;
mod check;
mod checksum;
mod coder;
mod error;
mod parts;
mod payload;
mod policy_words;
mod report;
mod spelled;
mod thin;
mod words;

pub use error::{EncodeError, LinkError};
pub use parts::{Parts, Thinned};
pub use payload::{FORMAT, MOST_CHARACTERS, decode, encode};
pub use report::SharedReport;
