//! Files that do not fit in memory: what is found is the same as if they did.

use greenlight_data::{Role, Table};
use greenlight_readiness::wide::Room;
use greenlight_readiness::{
    Choices, Examiner, Policy, Profile, Report, Source, SourceReader, judge,
};

const ROWS: usize = 3_000;
const FEATURES: usize = 40;

/// A number in [0, 1) that follows from where it is drawn.
fn random(row: usize, purpose: usize) -> f64 {
    let mut bits = (row * 1_000 + purpose) as u64;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ 0x9E37_79B9;
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Two splits with features of every kind: one that leaks, one in which errors lie, words, moments, decimal commas, missing
/// values, texts that come late; rows that repeat, and rows of too few fields.
fn file() -> String {
    let names: Vec<String> = (0..FEATURES).map(|feature| format!("f{feature}")).collect();
    let mut csv = format!(
        "id,split,region,{},score,label,prediction,latency_ms\n",
        names.join(",")
    );
    for row in 0..ROWS {
        if row % 500 == 77 {
            csv.push_str("too,few,fields\n");
        }
        // Some rows of the test are copies of rows of the training.
        let drawn = if row % 10 == 9 { row / 2 } else { row };
        let score = random(drawn, 1);
        let label = u8::from(random(drawn, 2) < score);
        let weak = random(drawn, 106) > 0.8;
        let prediction = match weak && random(drawn, 3) < 0.7 {
            true => 1 - label,
            false => u8::from(score >= 0.5),
        };
        let split = if row < ROWS / 2 { "train" } else { "test" };
        let region = ["north", "south", "east"][(random(drawn, 4) * 3.0) as usize];
        let features = (0..FEATURES).map(|feature| {
            let value = random(drawn, 100 + feature);
            match feature % 10 {
                1 if feature == 1 => format!("\"{:.3}\"", f64::from(label) + value / 3.0),
                2 => ["red", "green", "blue"][(value * 3.0) as usize].to_owned(),
                3 => format!("2024-01-{:02}", 1 + (value * 12.0) as usize),
                4 => format!("\"{},{}\"", (value * 9.0) as usize, row % 7),
                5 if value < 0.3 => String::new(),
                7 if row > ROWS / 3 => format!("late{}", (value * 5.0) as usize),
                8 => format!("{}", (value * 4.0) as usize),
                _ => format!("{value:.3}"),
            }
        });
        let features: Vec<String> = features.collect();
        let latency = 10.0 + 5.0 * random(drawn, 5);
        csv.push_str(&format!(
            "r{row},{split},{region},{},{score:.4},{label},{prediction},{latency:.1}\n",
            features.join(",")
        ));
    }
    csv
}

/// What can go wrong on the way.
type Problem = Box<dyn std::error::Error>;

/// Reads as a program would that may take so much memory, fed by pieces of this size.
fn read(csv: &str, room: &Room, piece: usize) -> Result<Source, Problem> {
    let mut reader = SourceReader::new("wide.csv");
    for (position, chunk) in csv.as_bytes().chunks(piece).enumerate() {
        reader.feed(chunk)?;
        if position == 0 {
            reader.fit(csv.len() as u64, room);
        }
    }
    let source = reader.finish_alone()?;
    let lacking = source.lacking(&room.choices);
    if lacking.is_empty() {
        return Ok(source);
    }
    let mut room = room.clone();
    room.kept.extend(lacking);
    read(csv, &room, piece)
}

fn read_only(csv: &str, columns: Vec<String>) -> Result<Table, Problem> {
    let count = columns.len();
    let mut reader = SourceReader::new("wide.csv").only(columns);
    reader.feed(csv.as_bytes())?;
    let table = reader.finish()?.table;
    let read = table
        .columns()
        .iter()
        .filter(|column| !column.is_deferred());
    assert_eq!(read.count(), count);
    Ok(table)
}

/// The report, and how often the file was read again.
fn look(csv: &str, room: &Room, piece: usize) -> Result<(Report, usize), Problem> {
    let source = read(csv, room, piece)?;
    let mut profile = Profile::of(&source, &room.choices)?;
    let mut examiner = Examiner::new(&source, &room.choices, &profile)?;
    let mut again = 0;
    loop {
        if let Some(wanted) = examiner.wants() {
            again += 1;
            assert!(wanted.first <= wanted.last && wanted.last <= wanted.of);
            examiner.supply(read_only(csv, wanted.columns)?)?;
        }
        if !examiner.step() {
            break;
        }
    }
    assert_eq!(examiner.progress().0, examiner.progress().1);
    profile.examination = Some(examiner.finish());
    Ok((judge(&profile, &Policy::balanced()), again))
}

/// The notes in any order: of columns that are read later they come later.
fn sorted(mut report: Report) -> Report {
    for source in &mut report.sources {
        source.notes.sort();
    }
    report
}

#[test]
fn whatever_the_room_the_report_is_the_same() {
    let csv = file();
    let choices = Choices::default();
    let (whole, again) = look(&csv, &Room::of(u64::MAX, &choices), csv.len()).unwrap();
    assert_eq!(again, 0);
    let leak = whole.pitfalls.iter().any(|p| p.reason.contains("“f1”"));
    assert!(leak, "{:?}", whole.pitfalls);
    let weak = whole.weak_segments.as_ref().unwrap();
    assert!(weak.segments.iter().any(|s| s.conditions[0].column == "f6"));
    let whole = sorted(whole);
    let mut readings = Vec::new();
    for memory in [1_700_000, 1_300_000, 1_100_000, 900_000, 700_000] {
        for piece in [csv.len() / 9, csv.len() / 2] {
            let (report, again) = look(&csv, &Room::of(memory, &choices), piece).unwrap();
            assert!(again > 0, "{memory}");
            assert_eq!(sorted(report), whole, "{memory} {piece}");
            readings.push(again);
        }
    }
    assert!(readings.iter().max() > Some(&3), "{readings:?}");
}

#[test]
fn what_is_not_read_again_is_said() {
    let csv = file();
    let room = Room::of(900_000, &Choices::default());
    let source = read(&csv, &room, csv.len() / 4).unwrap();
    let deferred = source.table.columns().iter().filter(|c| c.is_deferred());
    let deferred = deferred.count();
    assert!(deferred > 10);
    let mut profile = Profile::of(&source, &room.choices).unwrap();
    profile.examine(&source, &room.choices).unwrap();
    let examination = profile.examination.as_ref().unwrap();
    assert_eq!(examination.unread.len(), deferred);
    // Rows that differ in what is unread would seem identical.
    assert_eq!(examination.repeats, None);
    let report = judge(&profile, &Policy::balanced());
    let said = format!("{deferred} features, ");
    let mut notes = report.sources[0].notes.iter();
    assert!(notes.any(|note| note.starts_with(&said)));
}

#[test]
fn a_feature_that_is_given_a_part_is_read_and_kept() {
    let csv = file();
    let room = Room::of(900_000, &Choices::default());
    let source = read(&csv, &room, csv.len() / 4).unwrap();
    let is_deferred = |source: &Source, name: &str| {
        let column = source.table.column_named(name).unwrap();
        source.table.column(column).unwrap().is_deferred()
    };
    assert!(is_deferred(&source, "f32") && !is_deferred(&source, "region"));
    let mut choices = Choices::default();
    choices.give(Role::Segment, ["region", "f32"]);
    assert_eq!(source.lacking(&choices), ["f32"]);
    let error = Profile::of(&source, &choices).unwrap_err().to_string();
    assert_eq!(error, "“f32” has not been read yet: open the file again");
    let (report, again) = look(&csv, &Room::of(900_000, &choices), csv.len() / 4).unwrap();
    assert!(again > 0);
    let (whole, _) = look(&csv, &Room::of(u64::MAX, &choices), csv.len()).unwrap();
    assert_eq!(sorted(report), sorted(whole));
}

#[test]
fn a_label_is_kept_whatever_the_first_rows_hold() {
    // Sorted by class: the first rows say nothing of the label, nor of a segment that begins late.
    let mut lines: Vec<&str> = vec![];
    let csv = file();
    lines.extend(csv.lines().skip(1));
    lines.retain(|line| !line.starts_with("too"));
    lines.sort_by_key(|line| line.split(',').rev().nth(2).map(str::to_owned));
    let header = csv.lines().next().unwrap();
    let csv = format!("{header}\n{}\n", lines.join("\n"));
    let choices = Choices::default();
    let (report, again) = look(&csv, &Room::of(900_000, &choices), 70_000).unwrap();
    assert!(again > 0);
    let (whole, _) = look(&csv, &Room::of(u64::MAX, &choices), csv.len()).unwrap();
    assert_eq!(sorted(report), sorted(whole));
}

#[test]
fn codes_that_do_not_fit_are_said() {
    let csv = file();
    let choices = Choices::default();
    let (report, _) = look(&csv, &Room::of(300_000, &choices), csv.len() / 9).unwrap();
    let (whole, _) = look(&csv, &Room::of(u64::MAX, &choices), csv.len()).unwrap();
    let (some, all) = (report.weak_segments.unwrap(), whole.weak_segments.unwrap());
    assert!(some.columns < all.columns);
    let said = format!(
        "without {} columns that did not fit",
        all.columns - some.columns
    );
    let mut notes = report.sources[0].notes.iter();
    assert!(notes.any(|note| note.contains(&said)));
    assert!(report.notes["/weak_segments/columns"].contains(&said));
}

#[test]
fn a_file_that_has_changed_is_not_taken_for_the_same() {
    let csv = file();
    let room = Room::of(900_000, &Choices::default());
    let source = read(&csv, &room, csv.len() / 4).unwrap();
    let profile = Profile::of(&source, &room.choices).unwrap();
    let mut examiner = Examiner::new(&source, &room.choices, &profile).unwrap();
    while examiner.wants().is_none() {
        assert!(examiner.step());
    }
    let wanted = examiner.wants().unwrap().columns;
    let shorter = csv.lines().take(1_000).collect::<Vec<_>>().join("\n");
    let table = read_only(&shorter, wanted.clone()).unwrap();
    let error = examiner.supply(table).unwrap_err().to_string();
    assert!(error.contains("has changed"), "{error}");
    examiner.supply(read_only(&csv, wanted).unwrap()).unwrap();
    assert_eq!(examiner.wants(), None);
}
