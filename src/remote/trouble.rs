//! Why something that a link names could not be had, in words.

use greenlight_format as format;

/// Why it could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser says no more than that there was no answer.
    NoAnswer,
    /// The host sends whoever asks to another, to which this page may not connect.
    SentOn,
    /// The host answers with this status in place of a file.
    Status(u16),
    /// It is longer than this many bytes.
    TooLarge(u64),
    /// Nothing has come for this long.
    Silence(u32),
    /// Someone has stopped it.
    Stopped,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The file.
    pub name: &'a str,
    /// The host it is on.
    pub host: &'a str,
    /// Whether that is the page's own.
    pub is_own: bool,
}

impl Trouble {
    /// A sentence without its stop: what is wrong, and what to do.
    pub fn words(&self, wanted: Wanted<'_>) -> String {
        let Wanted { name, host, is_own } = wanted;
        match self {
            Self::NoAnswer if is_own => {
                format!("“{name}” could not be fetched: is this page still online?")
            }
            Self::NoAnswer => format!(
                "“{name}” could not be fetched from {host}: there is no connection, or that host does not let other \
                 pages read its files (CORS). Download the file and drop it here instead"
            ),
            Self::SentOn => format!(
                "“{name}” could not be fetched: {host} sends on to another host, and this page does not connect there. \
                 Link to the address that it leads to, or download the file and drop it here"
            ),
            Self::Status(status) => format!(
                "“{name}” could not be fetched: {host} says {status}, {}",
                meaning(*status)
            ),
            Self::TooLarge(limit) => format!(
                "“{name}” is longer than {}, the most that is fetched from a link: download it and drop it here",
                format::bytes(*limit)
            ),
            Self::Silence(ms) => format!(
                "“{name}” stopped coming: nothing has been heard of {host} for {}{}s. Try again",
                ms / 1000,
                format::SPACE
            ),
            Self::Stopped => format!("“{name}” was not fetched to its end, as you asked"),
        }
    }
}

/// What a status tells the person whose link it was.
fn meaning(status: u16) -> &'static str {
    match status {
        401 | 403 | 407 => "which means that it does not give the file to everyone",
        404 | 410 => "which means that there is no file at this address: check the link",
        408 | 429 | 503 => "which means that it is busy: try again later",
        300..=399 => "which means that the file is elsewhere: use the address that it leads to",
        500..=599 => "which means that something is wrong there: try again later",
        _ => "which is no file: check the link",
    }
}

/// The trouble with a file of which so many bytes are known or have come, if there is any.
pub fn of_length(bytes: u64, limit: u64) -> Option<Trouble> {
    (bytes > limit).then_some(Trouble::TooLarge(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trouble_says_what_is_wrong_and_what_to_do() {
        let wanted = Wanted {
            name: "a.csv",
            host: "store.example",
            is_own: false,
        };
        let own = Wanted {
            is_own: true,
            ..wanted
        };
        for (trouble, wanted, part) in [
            (Trouble::NoAnswer, wanted, "(CORS)"),
            (Trouble::NoAnswer, own, "still online"),
            (Trouble::SentOn, own, "sends on to another host"),
            (
                Trouble::Status(404),
                wanted,
                "says 404, which means that there is no file",
            ),
            (
                Trouble::Status(403),
                wanted,
                "not give the file to everyone",
            ),
            (Trouble::Status(503), wanted, "busy"),
            (Trouble::Status(500), wanted, "wrong there"),
            (Trouble::Status(304), wanted, "elsewhere"),
            (Trouble::TooLarge(2_000_000_000), wanted, "2.00\u{202f}GB"),
            (Trouble::Silence(30_000), wanted, "for 30\u{202f}s"),
            (Trouble::Stopped, wanted, "as you asked"),
        ] {
            let words = trouble.words(wanted);
            assert!(words.starts_with("“a.csv”"), "{words}");
            assert!(words.contains(part), "{words}");
        }
    }

    #[test]
    fn a_file_may_be_as_long_as_the_limit() {
        assert_eq!(of_length(10, 10), None);
        assert_eq!(of_length(11, 10), Some(Trouble::TooLarge(10)));
    }
}
