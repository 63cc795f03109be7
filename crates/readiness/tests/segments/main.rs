//! The second look at the rows: segments, where the answers are wrong, and how groups are treated.

#![allow(clippy::unwrap_used)]

mod errors;
mod fairness;
mod values;

use std::fmt::Write;

use greenlight_data::Role;
use greenlight_metrics::wilson;
use greenlight_readiness::examination::{Examination, Segment};
use greenlight_readiness::{Choices, Examiner, Policy, Profile, Source, SourceReader, judge};

/// Numbers that look as if drawn, the same every time.
struct Drawn(u64);

impl Drawn {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }
}

fn read(csv: &str) -> Source {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

fn examined(source: &Source, choices: &Choices) -> Profile {
    let mut profile = Profile::of(source, choices).unwrap();
    let mut examiner = Examiner::new(source, choices, &profile).unwrap();
    let (mut taken, (_, steps)) = (0, examiner.progress());
    while examiner.step() {
        taken += 1;
        assert_eq!(examiner.progress(), (taken, steps));
    }
    assert_eq!(taken, steps);
    profile.examination = Some(examiner.finish());
    profile
}

fn examination(csv: &str, choices: &Choices) -> Examination {
    examined(&read(csv), choices).examination.unwrap()
}

fn roles(segments: &[&str], features: &[&str]) -> Choices {
    let mut choices = Choices::default();
    choices.set_role(Role::Segment, segments.iter().copied());
    choices.set_role(Role::Feature, features.iter().copied());
    choices
}
