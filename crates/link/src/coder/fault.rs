//! Why a document cannot be written or read.

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It has more values than any report, or than it says.
    #[error("it holds more than it may")]
    TooMany,
    /// A number is larger than any count or too large to be exact.
    #[error("a number in it is out of range")]
    Number,
    /// A text is not UTF-8.
    #[error("a text in it is unreadable")]
    Text,
    /// A type says that its value is wrong, or is of a kind that reports have not.
    #[error("{0}")]
    Value(String),
}

impl serde::ser::Error for Fault {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::Value(message.to_string())
    }
}

impl serde::de::Error for Fault {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::Value(message.to_string())
    }
}
