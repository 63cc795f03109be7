//! What each choice would do to the length of a link. Nothing is estimated: each link is made and counted, one after the other, and the page
//! answers in between.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use greenlight_format as format;
use greenlight_link::{Parts, SharedReport};
use yew::prelude::*;

use super::contents::SLACK;
use super::made::link_to;

/// Smallest numbers of rows that can be chosen.
pub const SMALLEST: [u64; 5] = [1, 5, 10, 20, 50];
/// Digits that can be chosen; the last keeps every number as it is.
pub const DIGITS: [u32; 4] = [3, 4, 6, 17];
/// How long the page has to itself between two links, in milliseconds.
const PAUSE_MS: u32 = 50;

/// The characters of the links that choices make, as far as they have been counted; `None` where there is no such link.
#[derive(Clone, Default)]
pub struct Lengths(Vec<(Parts, Option<usize>)>);

/// The lengths of the links to a report that differ in one choice from these parts, and of the shortest ones where this one is too long for
/// Slack. Nothing while `is_complete` is not so: the report will be another one soon.
#[hook]
pub fn use_lengths(
    report: &Rc<SharedReport>,
    parts: Parts,
    now: usize,
    is_complete: bool,
) -> Lengths {
    let known = use_state(|| (Rc::clone(report), Lengths::default()));
    let lengths = match Rc::ptr_eq(&known.0, report) {
        true => known.1.clone(),
        false => Lengths::default(),
    };
    let mut wanted = with_one_changed(parts);
    if now > SLACK {
        wanted.extend(shortest());
    }
    let is_new = |parts: &Parts| lengths.0.iter().all(|(known, _)| known != parts);
    let next = wanted.into_iter().find(is_new).filter(|_| is_complete);
    let (of, mut more) = (Rc::clone(report), lengths.clone());
    use_effect_with((Rc::as_ptr(report), next), move |&(_, next)| {
        let count = |parts: Parts| {
            Timeout::new(PAUSE_MS, move || {
                let link = link_to(&of.thinned(&parts)).ok();
                more.0.push((parts, link.map(|link| link.chars().count())));
                known.set((of, more));
            })
        };
        let waiting = next.map(count);
        // Dropped, it comes no more.
        move || drop(waiting)
    });
    lengths
}

impl Lengths {
    /// What a choice adds to or takes from a link of so many characters: "−4 120 characters". Nothing where it changes nothing, and while
    /// that is not known.
    pub fn beside(&self, now: usize, parts: Parts) -> Option<String> {
        let then = self.of(parts)?;
        let size = format::count(now.abs_diff(then) as u64);
        let sign = match then < now {
            true => format::MINUS,
            false => '+',
        };
        (then != now).then(|| format!("{sign}{size} characters"))
    }

    /// The characters of the shortest link that choices make, once all of those are counted.
    pub fn shortest(&self) -> Option<usize> {
        let is_counted = |parts: &Parts| self.0.iter().any(|(known, _)| known == parts);
        let links = shortest();
        match links.clone().all(|parts| is_counted(&parts)) {
            true => links.filter_map(|parts| self.of(parts)).min(),
            false => None,
        }
    }

    fn of(&self, parts: Parts) -> Option<usize> {
        let mut known = self.0.iter();
        known.find(|(known, _)| *known == parts)?.1
    }
}

/// These parts with one of them chosen otherwise, in the order of the form.
fn with_one_changed(parts: Parts) -> Vec<Parts> {
    let mut changed = vec![
        Parts {
            windows: !parts.windows,
            ..parts
        },
        Parts {
            segments: !parts.segments,
            ..parts
        },
        Parts {
            features: !parts.features,
            ..parts
        },
    ];
    changed.extend(SMALLEST.map(|smallest| Parts { smallest, ..parts }));
    changed.extend(DIGITS.map(|digits| Parts { digits, ..parts }));
    changed.retain(|one| *one != parts);
    changed
}

/// Without all that can be left out, and with the fewest digits. Which number of rows makes the shortest link depends on the report.
fn shortest() -> impl Iterator<Item = Parts> + Clone {
    SMALLEST.into_iter().map(|smallest| Parts {
        windows: false,
        segments: false,
        features: false,
        smallest,
        digits: DIGITS.into_iter().min().unwrap_or_default(),
        ..Parts::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_is_counted_once_and_says_what_it_saves() {
        let parts = Parts::default();
        let others = with_one_changed(parts);
        assert_eq!(others.len(), 3 + 4 + 3);
        let without = others[0];
        assert!(!without.windows && without.segments);
        let lengths = Lengths(vec![(without, Some(8_880)), (others[1], Some(13_000))]);
        let said = |now, parts| {
            let said = lengths.beside(now, parts)?;
            Some(said.replace(format::SPACE, " "))
        };
        assert_eq!(said(13_000, without).as_deref(), Some("−4 120 characters"));
        assert_eq!(said(8_800, without).as_deref(), Some("+80 characters"));
        assert_eq!(said(13_000, others[1]), None);
        assert_eq!(said(13_000, others[2]), None);
    }

    #[test]
    fn the_shortest_link_is_known_once_all_candidates_are_counted() {
        let all: Vec<_> = shortest()
            .zip([Some(4_300), None, Some(4_200), Some(4_100), Some(4_150)])
            .collect();
        assert_eq!(Lengths(all[..4].to_vec()).shortest(), None);
        assert_eq!(Lengths(all).shortest(), Some(4_100));
    }
}
