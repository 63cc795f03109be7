//! The report as Markdown that fits a comment on a pull request.

use greenlight_format as format;

use super::{cells, groups};
use crate::criteria::Outcome;
use crate::drift_words::answers_about_score;
use crate::report::Report;

/// The verdict, its reasons and the criteria. What comes from the file or the policy is never markup.
pub fn report(report: &Report) -> String {
    let mut text = format!(
        "### {} {}\n\n",
        sign(report.verdict.outcome()),
        report.verdict.words()
    );
    for reason in &report.reasons {
        text.push_str(&format!("- {}\n", plain(reason)));
    }
    if !report.reasons.is_empty() {
        text.push('\n');
    }
    text.push_str(
        "| | Criterion | Measured (95 % interval) | Limit |\n| --- | --- | --- | --- |\n",
    );
    for (group, criteria) in groups(report) {
        text.push_str(&format!("| | **{}** | | |\n", group.title()));
        for criterion in criteria {
            let [what, value, limit, outcome] = cells(criterion, report).map(|cell| plain(&cell));
            let sign = sign(criterion.outcome);
            text.push_str(&format!(
                "| {sign} {outcome} | {what} | {value} | {limit} |\n"
            ));
        }
    }
    if !report.alerts.is_empty() {
        text.push_str("\n**Alerts**\n\n");
        for alert in &report.alerts {
            let (rule, reason) = (plain(&alert.rule), plain(&alert.reason));
            text.push_str(&format!("- {rule}: {reason}\n"));
        }
        if let Some(said) = answers_about_score(report) {
            text.push_str(&format!("\n{}\n", plain(&said)));
        }
    }
    if !report.next_steps.is_empty() {
        text.push_str("\n**What to do next**\n\n");
        for (number, step) in (1..).zip(&report.next_steps) {
            text.push_str(&format!("{number}. {}\n", plain(&step.advice)));
        }
    }
    text.push_str(&format!(
        "\nChecklist: {}\n",
        plain(&report.checklist.line())
    ));
    let (files, rows) = (&report.sources, report.current().rows);
    let files: Vec<String> = files.iter().map(|file| plain(&file.name)).collect();
    let split = match &report.settings.current {
        Some(split) => format!(", judged on {}", plain(split)),
        None => String::new(),
    };
    text.push_str(&format!(
        "\n{} rows of {}{split}, by the policy {}. {}\n",
        format::count(rows),
        files.join(", "),
        plain(&report.settings.policy),
        report.generated_by,
    ));
    text
}

pub(super) fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "✅",
        Outcome::Fail => "❌",
        Outcome::AtRisk => "⚠️",
        Outcome::NoEvidence => "⚪",
    }
}

/// Text that Markdown shows as it is: on one line, no character with a meaning, and no mention, reference or link by itself.
pub(super) fn plain(text: &str) -> String {
    /// Keeps apart what a forge would make a link of, unseen.
    const APART: &str = "\u{200b}";
    let mut plain = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars() {
        match c {
            // Mentions, issues, and addresses.
            '@' | '#' => plain.extend(["\\", &c.to_string(), APART]),
            ':' | '.' if last.is_alphanumeric() && is_address(&plain) => {
                plain.extend([APART, &c.to_string()]);
            }
            _ if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => plain.push(' '),
            '-' | '+' | '.' | '(' | ')' | '%' | '/' | ',' | ':' | ';' | '=' | '?' | '"' | '\'' => {
                plain.push(c);
            }
            _ if c.is_ascii_punctuation() => plain.extend(['\\', c]),
            _ => plain.push(c),
        }
        last = c;
    }
    plain
}

/// Whether what is written so far ends in what begins an address of the web.
fn is_address(written: &str) -> bool {
    let word = written.rsplit(|c: char| !c.is_alphanumeric()).next();
    let begins = ["http", "https", "ftp", "mailto", "xmpp", "www"];
    word.is_some_and(|word| begins.iter().any(|begin| word.eq_ignore_ascii_case(begin)))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_from_a_file_is_markup() {
        for (text, expected) in [
            ("92.5 % (90 to 95)", "92.5 % (90 to 95)"),
            ("a|b", "a\\|b"),
            ("<img src=x>", "\\<img src=x\\>"),
            ("[x](http://y)", "\\[x\\](http\u{200b}://y)"),
            ("see www.example.com", "see www\u{200b}.example.com"),
            ("@team", "\\@\u{200b}team"),
            ("#12", "\\#\u{200b}12"),
            ("two\nlines\r\n# three", "two lines  \\#\u{200b} three"),
            (
                "`code` *b* _i_ ~s~ \\ &amp; !",
                "\\`code\\` \\*b\\* \\_i\\_ \\~s\\~ \\\\ \\&amp; \\!",
            ),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
