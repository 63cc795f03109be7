//! What a link rounds says so, in every view: each number that a shared report shows is the original's, or it is marked ≈ and as near to
//! the original's as its digits.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::driver::{KINDS, Kind};
use crate::page::{DESKTOP, Page, dist};
use crate::server::Server;
use crate::share::{address, shared};
use crate::threshold::sample;

/// Scores, latencies, times, splits and segments; drift; names of classes and ids; and ten classes.
const SAMPLES: [&str; 4] = ["flights", "bicycles", "breast_cancer", "digits"];
/// The one that every browser is asked about: what a page says does not depend on the browser, only how it is put on screen.
const IN_EVERY_BROWSER: &str = "flights";
const VIEWS: [&str; 9] = [
    "verdict",
    "confusion",
    "threshold",
    "calibration",
    "latency",
    "stability",
    "drift",
    "segments",
    "monitoring",
];

/// The column of which a link merges rare values: what follows is found anew, and marked.
const FOUND_ANEW: [&str; 1] = ["carrier"];
/// The head of a column of differences, whose exact values have no sign.
const GAP: &str = "Gap ";
/// What is said of a link alone.
const OF_A_LINK: [&str; 1] = ["this shared report does not tell"];

/// Everything that a view says: lines of text, rows of tables cell by cell, tooltips, what pictures are labelled with.
const LINES: &str = "
    const clean = (element) => {
        // What stands in elements of its own is read apart.
        const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const read = [];
        while (texts.nextNode()) {
            read.push(texts.currentNode.data);
        }
        return read.join(' ').replace(/[ \\t\\n\\r]+/g, ' ').trim();
    };
    const blocks = 'h1, h2, h3, p, li, dt, dd, caption, summary, figcaption, tr';
    const lines = [];
    for (const element of document.querySelectorAll(`main section :is(${blocks})`)) {
        if (element.tagName === 'TR') {
            lines.push([...element.children].map(clean).join(' | '));
        } else if (!element.closest('tr') && !element.querySelector(blocks)) {
            lines.push(clean(element));
        }
    }
    for (const element of document.querySelectorAll('main section :is([title], svg[aria-label])')) {
        const row = element.closest('tr')?.firstElementChild ?? element.closest('div')?.firstElementChild;
        const of = row ? clean(row) : '';
        const before = element.previousElementSibling ? clean(element.previousElementSibling) : '';
        const head = element.closest('table')?.tHead?.rows[0]?.cells[element.closest('td')?.cellIndex];
        lines.push(`${head ? clean(head) : ''} ${of}, ${element.dataset.testid ?? before}: ${element.getAttribute('title') ?? element.getAttribute('aria-label')}`);
    }
    return lines;";

/// Leads every picture that can be walked along to its last place, where it is read out.
const WALK: &str = "
    for (const picture of document.querySelectorAll('main section figure [tabindex]')) {
        if (!picture.closest('.trade-off')) {
            picture.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true, cancelable: true }));
        }
    }
    return true";

fn lines(page: &Page, view: &str) -> Vec<Line> {
    page.go(view);
    page.until_there("main section h1");
    page.run(WALK, json!([]));
    std::thread::sleep(std::time::Duration::from_millis(400));
    let lines = page.run(LINES, json!([]));
    let lines = lines.as_array().unwrap().iter();
    lines.map(|line| Line::of(line.as_str().unwrap())).collect()
}

/// A line that is said, and the numbers in it.
struct Line {
    text: String,
    /// The line with # for each number, and without ≈.
    skeleton: String,
    numbers: Vec<Number>,
}

struct Number {
    shown: String,
    value: f64,
    /// What its last digit stands for.
    step: f64,
    is_marked: bool,
    /// Whether it has a sign, or stands below the head of differences.
    is_difference: bool,
    unit: Unit,
}

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Percent,
    Points,
    Other,
}

impl Line {
    fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let (mut skeleton, mut numbers) = (String::new(), Vec::<Number>::new());
        let mut at = 0;
        // What stands since the last number.
        let mut between = String::new();
        while at < chars.len() {
            let is_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
            if !chars[at].is_ascii_digit() || is_word {
                between.push(chars[at]);
                at += 1;
                continue;
            }
            let start = at;
            let digits = |at: usize| {
                chars[at..]
                    .iter()
                    .take_while(|c| c.is_ascii_digit())
                    .count()
            };
            at += digits(at);
            while chars.get(at) == Some(&'\u{202f}') && at + 1 < chars.len() && digits(at + 1) == 3
            {
                at += 4;
            }
            let mut decimals = 0;
            if chars.get(at) == Some(&'.') && at + 1 < chars.len() && digits(at + 1) > 0 {
                decimals = digits(at + 1);
                at += 1 + decimals;
            }
            let shown: String = chars[start..at].iter().collect();
            let plain: String = shown.chars().filter(|c| *c != '\u{202f}').collect();
            let before = between.trim_end_matches(['+', '−', '<', '>', '\u{202f}', ' ', '≥', '≤']);
            let is_end = ["–", " to "]
                .iter()
                .any(|to| between.ends_with(to) && between.len() <= to.len() + 8);
            let is_marked = before.ends_with('≈')
                || is_end && numbers.last().is_some_and(|number| number.is_marked);
            let rest: String = chars[at..].iter().take(8).collect();
            let rest = rest.trim_start_matches(['\u{202f}', ' ']);
            numbers.push(Number {
                is_difference: between.ends_with(['+', '−']) || text.starts_with(GAP),
                unit: match rest {
                    rest if rest.starts_with('%') => Unit::Percent,
                    rest if rest.starts_with("point") => Unit::Points,
                    _ => Unit::Other,
                },
                value: plain.parse().unwrap(),
                step: 10_f64.powi(-(decimals as i32)),
                shown,
                is_marked,
            });
            skeleton += &between;
            skeleton.push('#');
            between.clear();
        }
        skeleton += &between;
        let plain = skeleton.replace(['≈', '=', '\u{202f}'], " ");
        Self {
            text: text.to_owned(),
            skeleton: plain.split_whitespace().collect::<Vec<_>>().join(" "),
            numbers,
        }
    }

    /// Which number, of how many, is neither the original's nor marked and near it.
    fn wrong_beside(&self, original: &Self) -> Option<(usize, String)> {
        // What is looked for among the merged values that a link carries may be another one.
        let is_found_anew = FOUND_ANEW.iter().any(|part| self.text.contains(part));
        let shares = original.numbers.iter();
        let shares = shares.filter(|number| number.unit == Unit::Percent);
        let largest = shares.map(|number| number.value).reduce(f64::max);
        let largest = largest.unwrap_or(100.0);
        let mut pairs = self.numbers.iter().zip(&original.numbers).enumerate();
        pairs.find_map(|(at, (ours, theirs))| {
            // Three digits: half of the third, and half of the last that is shown of each.
            // A difference is off by as much as what it is the difference of: no more than the largest share of the line, or all.
            let digits_of = match (theirs.is_difference, theirs.unit) {
                (false, _) => theirs.value.abs(),
                (true, Unit::Points) => largest,
                (true, _) => largest / 100.0,
            };
            let reach = 0.0051 * digits_of + 0.5 * (ours.step + theirs.step);
            let is_near = (ours.value - theirs.value).abs() <= reach;
            let is_right =
                ours.shown == theirs.shown || ours.is_marked && (is_near || is_found_anew);
            let fault = || format!("{} instead of {}", ours.shown, theirs.shown);
            (!is_right).then(|| (at, fault()))
        })
    }
}

/// What each view of a sample says in a browser that has its rows.
fn originals(name: &str) -> BTreeMap<&'static str, Vec<Line>> {
    let page = Page::open(DESKTOP);
    page.choose_file(&format!("{name}.csv"), sample(&format!("{name}.csv")));
    page.until_there("[data-testid=status][data-examined=true]");
    let said = VIEWS
        .into_iter()
        .map(|view| (view, lines(&page, view)))
        .collect();
    page.close();
    said
}

#[test]
fn every_number_of_a_link_is_the_originals_or_marked_and_near_it() {
    let mut wrong = Vec::new();
    for name in SAMPLES {
        let originals = originals(name);
        let address = address(&shared(name));
        for kind in KINDS {
            if kind == Kind::Chromium || name == IN_EVERY_BROWSER {
                let faults = faults(&originals, &address, kind).into_iter();
                wrong.extend(faults.map(|fault| format!("{name} in {kind:?}, {fault}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a browser that has only the link says otherwise than the original.
fn faults(originals: &BTreeMap<&'static str, Vec<Line>>, address: &str, kind: Kind) -> Vec<String> {
    let page = Page::beside(Server::start(&dist(), "/"), kind);
    page.visit(address);
    page.until_state("ready");
    let mut wrong = Vec::new();
    for (view, original) in originals {
        let mut known: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
        for line in original {
            known.entry(&line.skeleton).or_default().push(line);
        }
        let said = lines(&page, view);
        let mut seen = BTreeSet::new();
        for line in said.iter().filter(|line| !line.numbers.is_empty()) {
            if !seen.insert(&line.text) {
                continue;
            }
            let Some(candidates) = known.get(line.skeleton.as_str()) else {
                // A picture is read out at its last place, which may be another: of few rows a link tells nothing.
                let is_other_place = line.text.ends_with('.') && line.text.contains("row");
                if !is_other_place && !OF_A_LINK.iter().any(|part| line.text.contains(part)) {
                    wrong.push(format!("{view}: only here: {}", line.text));
                }
                continue;
            };
            let faults: Vec<(usize, String)> = candidates
                .iter()
                .map_while(|original| line.wrong_beside(original))
                .collect();
            if faults.len() == candidates.len() {
                // The line that it is right about for longest is the one that it should be.
                let (_, fault) = faults.iter().max_by_key(|(at, _)| at).unwrap();
                wrong.push(format!("{view}: {} ({fault})", line.text));
            }
        }
    }
    page.close();
    wrong
}
