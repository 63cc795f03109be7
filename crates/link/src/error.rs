//! Why a link shows no report.

/// What is wrong with a link, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// There is nothing in it.
    #[error("the link holds no report: nothing stands behind “r=”. Ask for the link again")]
    Empty,
    /// It is not a text that Greenlight made.
    #[error(
        "this is no report of Greenlight: “{found}” is not how one begins or is written. Copy the whole link, and nothing else"
    )]
    Foreign {
        /// What gave it away.
        found: String,
    },
    /// Its end is missing.
    #[error(
        "the link was cut: {arrived} of {whole} characters arrived. Chat tools shorten long links; ask for it by mail, or for the report as a file"
    )]
    CutShort {
        /// So many characters are there.
        arrived: u64,
        /// So many were written.
        whole: u64,
    },
    /// So little of it arrived that it does not even say how long it is.
    #[error(
        "the link was cut: only its first {arrived} characters arrived. Chat tools shorten long links; ask for it by mail, or for the report as a file"
    )]
    CutAtOnce {
        /// So many characters are there.
        arrived: u64,
    },
    /// Something in it has changed on the way.
    #[error("the link is damaged ({what}). Copy it again, or ask for it again")]
    Damaged {
        /// What does not hold.
        what: String,
    },
    /// It was made by a version that wrote reports otherwise, long ago.
    #[error(
        "the link was made by an older version of Greenlight (format {found}; this page reads format {known}). Ask for a new link, or open it with that version"
    )]
    Older {
        /// Its format.
        found: u8,
        /// The format that is read here.
        known: u8,
    },
    /// It was made by a version that writes reports otherwise.
    #[error(
        "the link was made by a newer version of Greenlight (format {found}; this page reads format {known}). Reload the page, or open the link where it was made"
    )]
    Newer {
        /// Its format.
        found: u8,
        /// The format that is read here.
        known: u8,
    },
    /// It claims, or is, more than any report.
    #[error("the link claims to hold more than any report does ({what}), so it was not opened")]
    TooLarge {
        /// What is too large.
        what: String,
    },
}

impl LinkError {
    pub(crate) fn damaged(what: impl ToString) -> Self {
        Self::Damaged {
            what: what.to_string(),
        }
    }
}

/// Why a report cannot be written as a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// It is larger than what is read back.
    #[error("the report is too large to travel as a text: share fewer parts of it")]
    TooLarge,
    /// A number in it cannot be written.
    #[error("the report cannot travel as a text: {0}")]
    Value(String),
}
