//! What every number rests on, in a sentence: which column was taken for what.

use greenlight_format as format;
use greenlight_readiness::Report;
use yew::prelude::*;

/// So many columns of one part are named.
const NAMED: usize = 2;

/// "Read as label = `y_true`, score = `score`, positive = `fraud`." and how many observations the rows stand for.
pub fn read_as(report: &Report) -> Html {
    let parts = parts(report);
    let last = parts.len().saturating_sub(1);
    html! {
        <>
            { "Read as " }
            { for parts.iter().enumerate().map(|(place, Part { name, columns, more, unit })| html! {
                <>
                    { format!("{name} = ") }
                    { for columns.iter().enumerate().map(|(place, column)| html! {
                        <>
                            if place > 0 { { " and " } }
                            <code>{ column }</code>
                        </>
                    }) }
                    { more }
                    { unit }
                    { if place == last { "." } else { ", " } }
                </>
            }) }
            { count(report) }
        </>
    }
}

/// A part with the columns that play it.
#[derive(Debug, PartialEq)]
struct Part {
    name: &'static str,
    columns: Vec<String>,
    /// In place of columns, or after them.
    more: String,
    unit: String,
}

fn parts(report: &Report) -> Vec<Part> {
    let (roles, settings) = (&report.roles, &report.settings);
    let one = |name, column: &Option<String>| (name, column.iter().cloned().collect());
    let named: [(&'static str, Vec<String>); 17] = [
        one("label", &roles.label),
        one("prediction", &roles.prediction),
        one("score", &roles.score),
        (
            "class scores",
            roles.class_scores.values().cloned().collect(),
        ),
        one("positive", &settings.positive),
        one("latency", &roles.latency),
        one("time", &roles.timestamp),
        one("split", &roles.split),
        one("count", &roles.count),
        one("error", &roles.error),
        one("cost", &roles.cost),
        one("feedback", &roles.feedback),
        one("id", &roles.id),
        one("model", &roles.model),
        one("variant", &roles.variant),
        ("segments", roles.segments.clone()),
        ("features", roles.features.clone()),
    ];
    let part = |(name, columns): (&'static str, Vec<String>)| {
        let unit = match name {
            "latency" => format!(" in {}", settings.latency_unit.short_name()),
            _ => String::new(),
        };
        let (columns, more) = match columns.len() {
            0..=NAMED => (columns, String::new()),
            many => (vec![], format!("{} columns", format::count(many as u64))),
        };
        Part {
            name,
            columns,
            more,
            unit,
        }
    };
    let is_played = |(_, columns): &(&str, Vec<String>)| !columns.is_empty();
    named.into_iter().filter(is_played).map(part).collect()
}

/// How many observations the rows stand for, where a column counts them.
fn count(report: &Report) -> String {
    if report.roles.count.is_none() {
        return String::new();
    }
    let sum = |of: fn(&greenlight_readiness::SourceSummary) -> u64| -> u64 {
        report.sources.iter().map(of).sum()
    };
    let (lines, rows) = (sum(|source| source.lines), sum(|source| source.rows));
    format!(
        " {} rows stand for {} observations.",
        format::count(lines),
        format::count(rows)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use greenlight_readiness::{Choices, Policy, Profile, SourceReader, judge};

    fn report(csv: &[u8]) -> Report {
        let mut reader = SourceReader::new("a.csv");
        reader.feed(csv).unwrap();
        let profile = Profile::of(&reader.finish_alone().unwrap(), &Choices::default()).unwrap();
        judge(&profile, &Policy::balanced())
    }

    #[test]
    fn every_part_in_use_is_named() {
        let report = report(
            b"y_true,score,latency_ms,region,a,b,c,d\n1,0.9,3,north,1,2,3,4\n0,0.2,4,south,2,3,4,5\n\
              1,0.8,3,north,1.5,2,3,4\n",
        );
        let parts = parts(&report);
        let said: Vec<String> = parts
            .iter()
            .map(|part| {
                let columns = part.columns.join(" and ");
                format!("{} = {columns}{}{}", part.name, part.more, part.unit)
            })
            .collect();
        assert_eq!(
            said,
            [
                "label = y_true",
                "score = score",
                "positive = 1",
                "latency = latency_ms in ms",
                "segments = region",
                "features = 4 columns",
            ]
        );
        assert_eq!(count(&report), "");
    }

    #[test]
    fn rows_that_stand_for_several_say_for_how_many() {
        let mut report = report(b"label,prediction\n1,1\n0,0\n");
        report.roles.count = Some("n".into());
        report.sources[0].rows = 20_000;
        assert_eq!(
            count(&report).replace(format::SPACE, " "),
            " 2 rows stand for 20 000 observations."
        );
    }
}
