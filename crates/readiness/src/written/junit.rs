//! The report as JUnit XML, which CI systems show as test results.
//!
//! Each criterion is a test case in the suite of its group. A failed *must* is a failure; a failed *should* and what
//! has no evidence are skipped, with the reason; what is at risk passes with a warning in its output. Pitfalls are a
//! suite, serious ones failures; alerts that were raised are one of skipped cases, for they leave the verdict. The last
//! suite is the verdict, so that the file fails exactly where the exit status does.

use super::{cells, groups};
use crate::criteria::{CriterionResult, Outcome};
use crate::judge::Verdict;
use crate::pitfalls::PitfallSeverity;
use crate::policy::Severity;
use crate::report::Report;

/// What becomes of a test case.
enum Case {
    Passed,
    Skipped(String),
    Failure(String),
    Error(String),
}

/// The whole document.
pub fn report(report: &Report) -> String {
    let mut suites = Vec::new();
    for (group, criteria) in groups(report) {
        let mut suite = Suite::new(group.title());
        for criterion in criteria {
            let [what, value, limit, outcome] = cells(criterion, report);
            let output = format!("{what}: {value}, {limit}, {outcome}\n{}", criterion.reason);
            suite.add(&criterion.name, case(criterion), &output);
        }
        suites.push(suite);
    }
    if !report.pitfalls.is_empty() {
        let mut suite = Suite::new("Pitfalls");
        for pitfall in &report.pitfalls {
            let case = match pitfall.severity {
                PitfallSeverity::Serious => Case::Failure(pitfall.reason.clone()),
                PitfallSeverity::Warning => Case::Skipped(pitfall.reason.clone()),
                PitfallSeverity::Info => Case::Passed,
            };
            suite.add(&pitfall.name, case, &pitfall.reason);
        }
        suites.push(suite);
    }
    if !report.alerts.is_empty() {
        let mut suite = Suite::new("Alerts");
        for alert in &report.alerts {
            let case = Case::Skipped(alert.reason.clone());
            suite.add(&alert.rule, case, &alert.reason);
        }
        suites.push(suite);
    }
    let mut suite = Suite::new("Verdict");
    let words = report.verdict.words();
    let said = format!("{words}\n{}", report.reasons.join("\n"));
    let case = match report.verdict {
        Verdict::Ready | Verdict::ReadyWithWarnings => Case::Passed,
        Verdict::NotReady => Case::Failure(words.to_owned()),
        Verdict::NotEnoughEvidence => Case::Error(words.to_owned()),
    };
    suite.add("verdict", case, &said);
    suites.push(suite);
    document(&suites)
}

fn case(criterion: &CriterionResult) -> Case {
    match (criterion.outcome, criterion.severity) {
        (Outcome::Pass | Outcome::AtRisk, _) => Case::Passed,
        (Outcome::Fail, Severity::Must) => Case::Failure(criterion.reason.clone()),
        (Outcome::Fail, Severity::Should) => {
            Case::Skipped(format!("Advised, and not so: {}", criterion.reason))
        }
        (Outcome::NoEvidence, _) => Case::Skipped(criterion.reason.clone()),
    }
}

struct Suite {
    name: &'static str,
    cases: String,
    counts: Counts,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    tests: u64,
    failures: u64,
    errors: u64,
    skipped: u64,
}

impl Suite {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            cases: String::new(),
            counts: Counts::default(),
        }
    }

    fn add(&mut self, name: &str, case: Case, output: &str) {
        let counts = &mut self.counts;
        counts.tests += 1;
        let class = format!("greenlight.{}", self.name);
        self.cases.push_str(&format!(
            "    <testcase classname=\"{}\" name=\"{}\" time=\"0\">\n",
            escaped(&class),
            escaped(name)
        ));
        let element = match case {
            Case::Passed => None,
            Case::Skipped(why) => Some(("skipped", why, &mut counts.skipped)),
            Case::Failure(why) => Some(("failure", why, &mut counts.failures)),
            Case::Error(why) => Some(("error", why, &mut counts.errors)),
        };
        if let Some((element, why, count)) = element {
            *count += 1;
            let why = escaped(&why);
            self.cases
                .push_str(&format!("      <{element} message=\"{why}\"/>\n"));
        }
        self.cases.push_str(&format!(
            "      <system-out>{}</system-out>\n    </testcase>\n",
            escaped(output)
        ));
    }
}

impl Counts {
    fn attributes(self) -> String {
        let Self {
            tests,
            failures,
            errors,
            skipped,
        } = self;
        format!(
            "tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\""
        )
    }
}

fn document(suites: &[Suite]) -> String {
    let mut all = Counts::default();
    let mut inside = String::new();
    for Suite {
        name,
        cases,
        counts,
    } in suites
    {
        all.tests += counts.tests;
        all.failures += counts.failures;
        all.errors += counts.errors;
        all.skipped += counts.skipped;
        let (name, counts) = (escaped(name), counts.attributes());
        inside.push_str(&format!(
            "  <testsuite name=\"{name}\" {counts} time=\"0\">\n{cases}  </testsuite>\n"
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"greenlight\" {} time=\"0\">\n{inside}</testsuites>\n",
        all.attributes()
    )
}

/// Text for an element or an attribute. Characters that XML 1.0 cannot hold become U+FFFD.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' | '\n' | '\r' => escaped.push_str(&format!("&#{};", u32::from(c))),
            _ if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_from_a_file_is_an_element() {
        assert_eq!(
            escaped("</a> & \"b\" 'c'\n\u{1b}[31m\u{0}"),
            "&lt;/a&gt; &amp; &quot;b&quot; &apos;c&apos;&#10;\u{fffd}[31m\u{fffd}"
        );
    }
}
