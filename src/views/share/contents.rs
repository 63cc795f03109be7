//! What a link holds and where it is cut, in words.

use greenlight_format as format;
use greenlight_link::SharedReport;

/// How long a link may be that Slack leaves whole.
pub const SLACK: usize = 4_000;

/// Where tools cut long links: up to how many characters they leave them whole.
const CUTS: [(usize, &str); 3] = [
    (2_048, "Teams cuts links over 2,048 characters"),
    (SLACK, "Slack cuts links over 4,000"),
    (32_000, "many mail programs cut links over 32,000"),
];

/// How long a link is and what that means, as one sentence.
pub fn length_in_words(characters: usize) -> String {
    let cuts: Vec<&str> = CUTS
        .iter()
        .filter(|(most, _)| characters > *most)
        .map(|(_, cut)| *cut)
        .collect();
    let length = format::count(characters as u64);
    match cuts.as_slice() {
        [] => format!("{length} characters: short enough for Teams, Slack and mail."),
        [one] => format!("{length} characters: {one}, so send it by Slack or mail."),
        [first, second] => format!(
            "{length} characters: {first} and {second}, so send it by mail or put it on a page."
        ),
        _ => format!(
            "{length} characters: chats and many mail programs cut it. Leave parts out, or pass on a file."
        ),
    }
}

/// Whether any choice of parts makes a link that is too long for Slack short enough, and what to say of that; nothing where it is not too
/// long, and while the shortest is not known.
pub fn slack_in_words(characters: usize, shortest: Option<usize>) -> Option<(bool, String)> {
    let shortest = shortest.filter(|_| characters > SLACK)?;
    let least = format::count(shortest as u64);
    let fits = shortest <= SLACK;
    let said = match fits {
        true => format!(
            "With everything below left out it has {least} characters, which Slack leaves whole."
        ),
        false => format!(
            "No choice below makes it short enough for Slack: with everything left out it still has {least} characters."
        ),
    };
    Some((fits, said))
}

/// What is inside of a report, a line each.
pub fn inside(report: &SharedReport) -> Vec<String> {
    let profile = &report.profile;
    let mut lines = vec![format!(
        "The verdict and what was asked: the policy “{}” with {}.",
        report.policy.name,
        some(report.policy.criteria.len(), "criterion", "criteria")
    )];
    let rows = format::count(profile.current().rows);
    let stops = profile
        .current()
        .tradeoff()
        .map_or(0, |tradeoff| tradeoff.stops.stops().len());
    lines.push(match stops {
        0 => format!("The confusion matrix of {rows} rows."),
        _ => format!(
            "The confusion matrix of {rows} rows, and what it would be at {stops} thresholds."
        ),
    });
    if let Some(windows) = profile.windows() {
        lines.push(format!(
            "{} of time.",
            some(windows.windows.len(), "window", "windows")
        ));
    }
    let examination = profile.examination.as_ref();
    let segments = examination.map_or(&[][..], |found| &found.segments.columns);
    if !segments.is_empty() {
        let values: usize = segments.iter().map(|column| column.segments.len()).sum();
        lines.push(format!(
            "{} of {}, by name.",
            some(values, "value", "values"),
            some(segments.len(), "segment column", "segment columns")
        ));
    }
    if let Some(drift) = examination.and_then(|found| found.drift.as_ref()) {
        lines.push(format!(
            "How far {} moved since the reference, with names and edges of bins.",
            some(drift.columns.len(), "column has", "columns have")
        ));
    }
    if !report.attested.is_empty() {
        lines.push("The checklist as it was filled in, with its notes.".to_owned());
    }
    let files: Vec<&str> = profile
        .sources
        .iter()
        .map(|source| source.name.as_str())
        .collect();
    lines.push(format!(
        "The names of files and columns: {}.",
        files.join(", ")
    ));
    lines
}

fn some(number: usize, one: &str, several: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{} {several}", format::count(number as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::{SLACK, length_in_words, slack_in_words};

    #[test]
    fn it_is_said_whether_a_link_can_be_made_to_fit_slack() {
        assert_eq!(slack_in_words(SLACK, Some(3_000)), None);
        assert_eq!(slack_in_words(SLACK + 1, None), None);
        let fits = |shortest| slack_in_words(13_000, Some(shortest)).unwrap();
        assert!(fits(SLACK).0 && !fits(SLACK + 1).0);
        assert!(fits(4_300).1.starts_with("No choice below"));
    }

    #[test]
    fn it_is_said_who_cuts_a_link() {
        assert!(length_in_words(2_048).contains("short enough"));
        assert!(
            length_in_words(2_049).contains("Teams")
                && !length_in_words(2_049).contains("Slack cuts")
        );
        assert!(length_in_words(4_001).contains("Slack cuts"));
        assert!(length_in_words(40_000).contains("mail programs"));
    }
}
