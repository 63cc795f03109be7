//! Stability and drift over time: findings and numbers are the core's, and a range of windows that is chosen in one view holds in all.

use greenlight_readiness::policy::{DriftMethod, DriftSettings};
use greenlight_readiness::{Choices, Metric, Profile, SourceReader, drift_words};
use serde_json::json;

use crate::page::{Page, RIGHT, SHIFT, root};

/// What the core finds in the sample of bicycles.
fn examined(csv: &[u8], choices: &Choices) -> Profile {
    let mut reader = SourceReader::new("bicycles.csv");
    reader.feed(csv).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile
}

fn bicycles() -> Vec<u8> {
    std::fs::read(root().join("static/samples/bicycles.csv")).unwrap()
}

fn opened(view: &str) -> Page {
    let page = Page::with_file("bicycles.csv", bicycles());
    page.until_there("[data-testid=status][data-examined=true]");
    page.go(view);
    page
}

fn plain(text: &str) -> String {
    text.replace(['\u{202f}', '\u{a0}'], " ")
}

#[test]
fn stability_says_what_the_core_finds_of_any_metric() {
    let profile = examined(&bicycles(), &Choices::default());
    let page = opened("stability");
    for metric in [
        Metric::Recall,
        Metric::RocAuc,
        Metric::LatencyP95,
        Metric::Rows,
    ] {
        page.select("[data-testid=stability-metric]", metric.name());
        let finding = profile.over_time(metric).unwrap().finding();
        page.until(
            &format!("the finding of {}", metric.name()),
            &format!(
                "return document.querySelector('[data-testid=stability-finding]').innerText.replaceAll(/[\\u202f\\u00a0]/g, ' ') === {:?}",
                plain(&finding)
            ),
        );
    }
    page.select("[data-testid=stability-metric]", "accuracy");
    let keys = page.text("[data-testid=keys-stability]");
    assert!(
        keys.contains("an alert was raised here") && keys.contains("beyond the limit"),
        "{keys}"
    );
    let windows = profile.windows().unwrap().windows.len();
    page.run(
        "document.querySelector('.stability .table-twin summary').click()",
        json!([]),
    );
    page.until_there("[data-testid=table-stability]");
    let rows = page.run(
        "return document.querySelectorAll('[data-testid=table-stability] tbody tr').length",
        json!([]),
    );
    assert_eq!(rows, json!(windows));
    let expected = profile.examination.as_ref().unwrap().estimate.as_ref();
    let accuracy = expected
        .unwrap()
        .overall
        .expected(Metric::Accuracy)
        .unwrap();
    assert_eq!(page.metric("expected-accuracy"), accuracy.value);
    page.close();
}

#[test]
fn drift_says_what_the_core_finds_by_any_method() {
    let profile = examined(&bicycles(), &Choices::default());
    let drift = profile
        .examination
        .as_ref()
        .unwrap()
        .drift
        .as_ref()
        .unwrap();
    let page = opened("drift");
    for method in [
        DriftMethod::Psi,
        DriftMethod::Wasserstein,
        DriftMethod::EvidentlyDefaults,
    ] {
        page.select("[data-testid=drift-method]", method.name());
        let settings = DriftSettings::of(method);
        let finding = plain(&drift_words::finding(drift, settings));
        page.until(
            &format!("the finding by {}", method.name()),
            &format!(
                "return document.querySelector('.drift h1').innerText.replaceAll(/[\\u202f\\u00a0]/g, ' ') === {finding:?}"
            ),
        );
        for (column, verdict) in drift.columns.iter().zip(drift.verdicts(settings)) {
            if let Ok(value) = verdict.value {
                assert_eq!(page.metric(&format!("drift-{}", column.column)), value);
            }
        }
    }
    page.select("[data-testid=drift-method]", "psi");
    let finding = plain(&drift_words::finding(drift, DriftSettings::default()));
    page.until(
        "the finding by PSI",
        &format!(
            "return document.querySelector('.drift h1').innerText.replaceAll(/[\\u202f\\u00a0]/g, ' ') === {finding:?}"
        ),
    );
    let column = drift.input("bicycles_week_before").unwrap();
    page.click("[data-testid=drift-bicycles_week_before]");
    page.until_metric(
        "ks_statistic",
        column.values.as_ref().unwrap().ks_statistic.unwrap(),
    );
    assert_eq!(page.metric("psi"), column.counts().psi().unwrap());
    assert!(page.has("[data-testid=chart-drift_shares]"));
    assert!(page.has("[data-testid=chart-drift_over_time]"));
    page.close();
}

#[test]
fn a_range_that_is_chosen_on_a_chart_holds_in_every_view_and_one_click_resets_it() {
    let profile = examined(&bicycles(), &Choices::default());
    let windows = &profile.windows().unwrap().windows;
    let span = windows[10].span.to_end_of(windows[19].span);
    let csv = bicycles();
    let chosen = examined(
        &csv,
        &Choices {
            span: Some(span),
            ..Choices::default()
        },
    );
    let page = opened("stability");
    page.run(
        "document.querySelector('.stability .picture .chart').focus()",
        json!([]),
    );
    for _ in 0..=10 {
        page.press(RIGHT);
    }
    for _ in 0..9 {
        page.press_together(&[SHIFT, RIGHT]);
    }
    page.until_there("[data-testid=range]");
    // The engine looks at the rows of the range itself.
    page.until_there("[data-testid=status][data-examined=true]");
    let rows = chosen.current().rows;
    page.go("confusion");
    page.until_metric(
        "accuracy",
        chosen
            .current()
            .confusion
            .as_ref()
            .unwrap()
            .accuracy()
            .unwrap(),
    );
    page.go("drift");
    let drift = chosen.examination.as_ref().unwrap().drift.as_ref().unwrap();
    let column = drift.input("temperature").unwrap();
    page.until_metric("drift-temperature", column.counts().psi().unwrap());
    assert!(rows < profile.current().rows);
    page.click("[data-testid=range-reset]");
    page.go("confusion");
    page.until_metric(
        "accuracy",
        profile
            .current()
            .confusion
            .as_ref()
            .unwrap()
            .accuracy()
            .unwrap(),
    );
    assert!(!page.has("[data-testid=range]"));
    page.close();
}

/// What the address carries of a range of time.
fn range_of_address(page: &Page) -> String {
    let range = page.run(
        "return new URLSearchParams(location.hash.split('?')[1]).get('w') ?? ''",
        json!([]),
    );
    range.as_str().unwrap().to_owned()
}

#[test]
fn a_range_of_time_stands_in_the_address_and_comes_back_with_it() {
    let windows = examined(&bicycles(), &Choices::default());
    let span = windows.windows().unwrap().span_of(3..6).unwrap();
    let greenlight_readiness::Span::Time { from_ms, to_ms } = span else {
        panic!("{span:?}");
    };
    let expected = format!("{from_ms}~{to_ms}");
    let page = opened("stability");
    assert_eq!(range_of_address(&page), "");
    page.run(
        "document.querySelector('.stability .picture .chart').focus()",
        json!([]),
    );
    for _ in 0..=3 {
        page.press(RIGHT);
    }
    for _ in 0..2 {
        page.press_together(&[SHIFT, RIGHT]);
    }
    let has_range = format!("return location.hash.includes('w={expected}')");
    page.until("the range is in the address", &has_range);
    page.go("monitoring");
    page.until("the range is in the address of another view", &has_range);
    let chosen = page.text("[data-testid=range]");
    page.browse("back");
    page.until_there("[data-testid=nav-stability][aria-current=page]");
    assert_eq!(page.text("[data-testid=range]"), chosen);
    page.browse("forward");
    page.until_there("[data-testid=nav-monitoring][aria-current=page]");
    assert_eq!(page.text("[data-testid=range]"), chosen);

    // A reload forgets the file, and not the range.
    page.browse("refresh");
    page.until_painted();
    page.choose_file("bicycles.csv", bicycles());
    page.until_there("[data-testid=monitoring-range][data-windows='3']");
    assert_eq!(page.text("[data-testid=range]"), chosen);
    assert_eq!(range_of_address(&page), expected);

    // Going back to all rows clears it. One that no windows make up is told of, and the engine, which still counts all rows, does not
    // put away what nobody has read.
    page.run(
        "document.querySelector('[data-testid=range-reset]').click();
         setTimeout(() => location.hash = '#/monitoring?w=5~9')",
        json!([]),
    );
    page.until_there("[data-testid=error]");
    page.until(
        "the engine has counted",
        "const status = document.querySelector('[data-testid=status][data-examined=true]');
         return status && !status.querySelector('progress')",
    );
    let error = page.text("[data-testid=error]");
    assert!(error.contains("range of time in the address"), "{error}");
    assert!(!page.has("[data-testid=range]"));
    assert_eq!(range_of_address(&page), "");
    page.close();
}

#[test]
fn a_file_without_a_reference_or_times_says_what_is_missing() {
    let mut csv = "label,score\n".to_owned();
    for row in 0..600 {
        csv += &format!("{},0.{:03}\n", row % 2, (row * 37) % 1000);
    }
    let page = Page::with_file("plain.csv", &csv);
    page.until_there("[data-testid=status][data-examined=true]");
    page.go("drift");
    page.until_there("[data-testid=no-drift]");
    page.go("stability");
    page.until_there("[data-testid=stability-no-time]");
    assert!(page.has("[data-testid=chart-stability]"));
    page.close();
}

#[test]
fn the_first_windows_can_be_the_reference_where_no_column_splits_the_rows() {
    let csv = String::from_utf8(bicycles()).unwrap();
    let csv = csv.replacen(",split,", ",note,", 1);
    // Neither its name nor its words make it a split.
    let csv = csv
        .replace(",validation,", ",a,")
        .replace(",production,", ",b,");
    let whole = examined(csv.as_bytes(), &Choices::default());
    assert_eq!(whole.settings.reference, None);
    let windows = &whole.windows().unwrap().windows;
    let choices = Choices {
        reference_until: Some(windows[4].span.begins()),
        ..Choices::default()
    };
    let compared = examined(csv.as_bytes(), &choices);
    let drift = compared.examination.as_ref().unwrap().drift.as_ref();
    let finding = drift_words::finding(drift.unwrap(), DriftSettings::default());

    let page = Page::with_file("bicycles.csv", &csv);
    page.until_there("[data-testid=status][data-examined=true]");
    page.go("drift");
    page.until_there("[data-testid=no-drift]");
    // The first choice is the second window.
    page.select("[data-testid=reference-until]", "3");
    page.until(
        "what the core finds",
        &format!(
            "return document.querySelector('[data-testid=drift] h1')?.innerText.replaceAll(/[\\u202f\\u00a0]/g, ' ') === {:?}",
            plain(&finding)
        ),
    );
    // And back: all rows are judged.
    page.select("[data-testid=reference-until]", "none");
    page.until_there("[data-testid=no-drift]");
    page.close();
}

#[test]
fn an_absurd_date_is_named_wherever_windows_are_drawn() {
    let mut csv = "time,label,prediction,latency_ms\n".to_owned();
    for row in 0..720_u32 {
        let (month, day) = (row / 60 + 1, row % 28 + 1);
        let time = if row == 100 {
            "1970-01-01".to_owned()
        } else {
            format!("2024-{month:02}-{day:02}")
        };
        csv += &format!("{time},{0},{0},20\n", row % 2);
    }
    let page = Page::with_file("dates.csv", &csv);
    page.until_there("[data-testid=status][data-examined=true]");
    for view in ["verdict", "stability", "latency", "monitoring"] {
        page.go(view);
        page.until_there("[data-testid=time-note]");
        let said = plain(&page.text("[data-testid=time-note]"));
        assert!(
            said.contains("row 101: 1 Jan 1970") && said.contains("10 equal parts and not"),
            "{view}: {said}"
        );
    }
    page.close();
}

#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "the last bit of a logarithm changes no count of events"
)]
fn views_that_differ_about_the_score_say_why_and_counts_of_few_rows_are_taken_with_caution() {
    let page = opened("drift");
    let why = "[data-testid=answers-about-score]";
    let said = page.text(why);
    assert!(said.contains("Monitoring asks each window"), "{said}");
    for view in ["monitoring", "verdict"] {
        page.go(view);
        page.until_there(&format!(".{view} {why}"));
        assert_eq!(page.text(why), said);
    }
    page.close();
    // Counts of events: the first values of the reference hold about a tenth of the rows each.
    let mut csv = "split,label,prediction,events\n".to_owned();
    for (split, by) in [("train", 0), ("production", 5)] {
        for row in 0..300_u32 {
            let share = f64::from((row * 7_919) % 300) / 300.0;
            let events = (-(1.0 - share).ln() * 9.0).floor() as u32 + by;
            csv += &format!("{split},{0},{0},{events}\n", row % 2);
        }
    }
    let page = Page::with_file("counts.csv", &csv);
    page.until_there("[data-testid=status][data-examined=true]");
    page.go("drift");
    page.until_there("[data-testid=drift-caution]");
    let said = plain(&page.text("[data-testid=drift-caution]"));
    assert!(said.contains("fewer than 1 000 rows (here 300)"), "{said}");
    page.close();
}
