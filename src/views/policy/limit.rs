//! Limits as people type them: percent for shares, points for differences, milliseconds or seconds for latencies.

use greenlight_format as format;
use greenlight_readiness::Metric;
use greenlight_readiness::policy::Unit;

/// A limit to be edited: with its unit, and such that [`parsed`] gives it back.
pub fn text_of(metric: Metric, limit: f64) -> String {
    match metric.unit() {
        Unit::Share => format::percent_exact(limit),
        Unit::Points | Unit::Fall => format::percent_exact(limit).replace('%', "points"),
        Unit::Milliseconds => {
            let seconds = format!("{}{}s", format::exact(limit / 1_000.0), format::SPACE);
            match limit >= 1_000.0 && parsed(metric, &seconds) == Ok(limit) {
                true => seconds,
                false => format!("{}{}ms", format::exact(limit), format::SPACE),
            }
        }
        Unit::Coefficient | Unit::Cost => format::exact(limit),
        Unit::Count => format::count(limit.max(0.0) as u64),
    }
}

/// What is typed where a limit of `metric` is asked for.
///
/// Without a unit, a number is a percentage where a share is asked for, but a fraction of 1: 0.5 may be 0.5 % or 50 %, and
/// what is meant a hundred times over is asked for.
pub fn parsed(metric: Metric, text: &str) -> Result<f64, String> {
    let text = text.trim().to_ascii_lowercase();
    let is_of_unit = |letter: char| letter.is_ascii_alphabetic() || letter == '%';
    let (number, suffix) = text.split_at(text.find(is_of_unit).unwrap_or(text.len()));
    let unit = metric.unit();
    let is_whole = !number.contains(['.', ',']);
    let number = plain(number, unit)?;
    let value = scaled(&number, 0).ok_or_else(|| wanted(unit).to_owned())?;
    let is_share = matches!(unit, Unit::Share | Unit::Points | Unit::Fall);
    if is_share && suffix.is_empty() && !is_whole && value != 0.0 && value.abs() <= 1.0 {
        let (as_it_is, times) = (format::exact(value), format::exact(value * 100.0));
        let unit = if unit == Unit::Share { "%" } else { "points" };
        return Err(format!(
            "“{as_it_is}” may be {as_it_is} {unit} or {times} {unit}: write which."
        ));
    }
    let power = match (unit, suffix.trim()) {
        (Unit::Share | Unit::Points | Unit::Fall, "%")
        | (Unit::Points | Unit::Fall, "point" | "points" | "pp")
        // Agreement, areas and the like go from 0 to 1 as well.
        | (Unit::Coefficient, "%") => -2,
        (Unit::Share | Unit::Points | Unit::Fall, "") => -2,
        (Unit::Coefficient | Unit::Cost | Unit::Milliseconds, "")
        | (Unit::Count, "" | "row" | "rows")
        | (Unit::Milliseconds, "ms") => 0,
        (Unit::Milliseconds, "s" | "sec" | "second" | "seconds") => 3,
        (Unit::Milliseconds, "min" | "minute" | "minutes") => return Ok(value * 60_000.0),
        _ => return Err(wanted(unit).to_owned()),
    };
    if unit == Unit::Count && value.fract() != 0.0 {
        return Err(wanted(unit).to_owned());
    }
    scaled(&number, power).ok_or_else(|| wanted(unit).to_owned())
}

/// A whole number of rows, as it is typed.
pub fn parsed_count(text: &str) -> Result<u64, String> {
    parsed(Metric::Rows, text).and_then(|rows| match rows >= 0.0 {
        true => Ok(rows as u64),
        false => Err(wanted(Unit::Count).to_owned()),
    })
}

/// The decimal times a power of ten, rounded once.
fn scaled(number: &str, power: i32) -> Option<f64> {
    let value: f64 = format!("{number}e{power}").parse().ok()?;
    value.is_finite().then_some(value)
}

/// Digits, a point and a sign: without the spaces between thousands, and with a point for a decimal comma.
fn plain(number: &str, unit: Unit) -> Result<String, String> {
    let number: String = number
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '\'' | '’'))
        .map(|letter| if letter == '−' { '-' } else { letter })
        .collect();
    let Some((before, after)) = number.split_once(',') else {
        return Ok(number);
    };
    let is_group = |part: &str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let whole = after.split_once('.').map_or(after, |(whole, _)| whole);
    let may_be_thousands =
        whole.split(',').all(is_group) && !before.trim_start_matches('-').starts_with('0');
    let has_more = after.contains([',', '.']);
    match (may_be_thousands, unit == Unit::Count || has_more) {
        (true, true) => Ok(number.replace(',', "")),
        (true, false) => Err(format!(
            "“{number}” can be read in two ways: write {} or {before}.{after}.",
            number.replace(',', "")
        )),
        (false, _) => Ok(number.replacen(',', ".", 1)),
    }
}

/// What to type instead.
fn wanted(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "Type a percentage, such as 90 %.",
        Unit::Points | Unit::Fall => {
            "Type percentage points, such as 5: from 95 % to 90 % are 5 points."
        }
        Unit::Coefficient => "Type a number, such as 0.8.",
        Unit::Milliseconds => "Type a time, such as 250 ms or 1.5 s.",
        Unit::Cost => "Type a number in the unit of the cost column, such as 0.05.",
        Unit::Count => "Type a whole number, such as 100.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_typed_in_percent() {
        let share = |text: &str| parsed(Metric::Recall, text);
        for text in ["90", "90 %", "90%", " 90\u{202f}% ", "90.0"] {
            assert_eq!(share(text), Ok(0.9), "{text}");
        }
        for (text, value) in [
            ("1", 0.01),
            ("100", 1.0),
            ("0", 0.0),
            ("0.5 %", 0.005),
            ("99,95", 0.9995),
            ("28.9", 0.289),
            ("150", 1.5),
        ] {
            assert_eq!(share(text), Ok(value), "{text}");
        }
        for text in ["0.5", "0,9", ".9", "1.0"] {
            let asked = share(text).unwrap_err();
            assert!(asked.contains("may be") && asked.contains('%'), "{asked}");
        }
        for text in [
            "", "%", "many", "90 ms", "9 0 x", "1e3", "--1", "1.2.3", "inf", "nan",
        ] {
            assert_eq!(share(text), Err(wanted(Unit::Share).to_owned()), "{text}");
        }
    }

    #[test]
    fn points_times_and_counts_have_units_of_their_own() {
        for (metric, text, value) in [
            (Metric::AccuracyGap, "5", 0.05),
            (Metric::AccuracyGap, "5 points", 0.05),
            (Metric::AccuracyGap, "−1.5", -0.015),
            (Metric::LatencyP95, "250", 250.0),
            (Metric::LatencyP95, "1.2 s", 1_200.0),
            (Metric::LatencyP95, "1200ms", 1_200.0),
            (Metric::LatencyP95, "2 min", 120_000.0),
            (Metric::LatencyP95, "1 200", 1_200.0),
            (Metric::CohenKappa, "0,6", 0.6),
            (Metric::CohenKappa, "60 %", 0.6),
            (Metric::CostPerCorrect, "0.05", 0.05),
            (Metric::Rows, "1,000", 1_000.0),
            (Metric::Rows, "1 000 rows", 1_000.0),
            (Metric::CostPerCorrect, "1,234.5", 1_234.5),
        ] {
            assert_eq!(parsed(metric, text), Ok(value), "{text}");
        }
        assert_eq!(parsed_count("30"), Ok(30));
        for text in ["1.5", "-3", "", "30 %"] {
            assert!(parsed_count(text).is_err(), "{text}");
        }
        let twofold = parsed(Metric::LatencyP95, "1,200").unwrap_err();
        assert_eq!(
            twofold,
            "“1,200” can be read in two ways: write 1200 or 1.200."
        );
    }

    #[test]
    fn what_is_shown_is_read_back() {
        for &metric in Metric::ALL {
            for limit in [
                0.0, 0.07, 0.29, 0.9, 0.9995, 1.0, 60.0, 999.5, 1_000.0, 1_234.567, 10_000.0,
            ] {
                let (low, high) = metric.range();
                let is_count = metric.unit() == Unit::Count;
                if !(low..=high).contains(&limit) || is_count && limit.fract() != 0.0 {
                    continue;
                }
                let text = text_of(metric, limit);
                assert_eq!(
                    parsed(metric, &text),
                    Ok(limit),
                    "{}: {text}",
                    metric.name()
                );
            }
        }
        let plain = |metric, limit| text_of(metric, limit).replace('\u{202f}', " ");
        assert_eq!(plain(Metric::Recall, 0.8), "80 %");
        assert_eq!(plain(Metric::RecallGap, -0.05), "−5 points");
        assert_eq!(plain(Metric::LatencyMax, 1_500.0), "1.5 s");
    }
}
