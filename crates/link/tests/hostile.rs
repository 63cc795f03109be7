//! What is no link of ours, or no more: each gets a message of its kind, and nothing panics or takes much memory.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "files/exercise.rs"]
mod exercise;
mod files;
#[path = "files/mutation.rs"]
mod mutation;

use exercise::exercise;
use files::kinds;
use greenlight_link::{FORMAT, LinkError, MOST_CHARACTERS, SharedReport, decode, encode};
use mutation::{
    Draw, altered, body, bytes_to_letters, letters_to_bytes, push_number, rewritten, wrapped,
};

fn text() -> String {
    let (_, report) = kinds().swap_remove(1);
    encode(&report.thinned(&Default::default())).unwrap()
}

fn error(text: &str) -> LinkError {
    decode(text).unwrap_err()
}

macro_rules! gets {
    ($($name:ident: $text:expr => $kind:pat,)+) => {
        $(#[test]
        fn $name() {
            let error = error(&$text);
            assert!(matches!(error, $kind), "{error:?}");
            let words = error.to_string();
            assert!(words.len() > 30 && words.chars().next().is_some_and(char::is_lowercase), "{words}");
        })+
    };
}

fn with_byte(at: usize, byte: u8) -> String {
    let mut bytes = letters_to_bytes(&text());
    bytes[at] = byte;
    bytes_to_letters(&bytes)
}

fn cut(tenths: usize) -> String {
    let text = text();
    text[..text.len() * tenths / 10].to_owned()
}

/// A head that claims so many bytes, and few of them.
fn claiming(length: u64) -> String {
    let mut bytes = vec![b'G', FORMAT];
    push_number(&mut bytes, length);
    bytes.extend([0; 24]);
    bytes_to_letters(&bytes)
}

/// A document that claims so many values.
fn of_values(values: u64, document: &[u8]) -> String {
    let mut body = Vec::new();
    push_number(&mut body, values);
    body.extend_from_slice(document);
    wrapped(&body)
}

gets! {
    an_empty_text: "" => LinkError::Empty,
    white_space: " \n\t " => LinkError::Empty,
    brackets_alone: "<>" => LinkError::Empty,
    one_letter: "R" => LinkError::Foreign { .. },
    two_letters: "Rw" => LinkError::CutAtOnce { arrived: 2 },
    a_version_alone: "RwI" => LinkError::CutAtOnce { arrived: 3 },
    a_sentence: "please have a look at this" => LinkError::Foreign { .. },
    an_address: "https://example.com/#/verdict" => LinkError::Foreign { .. },
    json: r#"{"schema": "greenlight.report/1"}"# => LinkError::Foreign { .. },
    other_base64: "SGVsbG8gV29ybGQhIFRoaXMgaXMgbm90IGEgcmVwb3J0Lg" => LinkError::Foreign { .. },
    standard_base64_letters: format!("{}+/", text()) => LinkError::Foreign { .. },
    letters_of_other_scripts: "Отчёт о модели" => LinkError::Foreign { .. },
    an_emoji_within: text().replacen('R', "🚦", 1) => LinkError::Foreign { .. },
    a_null_within: format!("Rw\0{}", &text()[2..]) => LinkError::Foreign { .. },
    a_bare_percent_sign: format!("{}%", text()) => LinkError::Foreign { .. },
    half_a_percent_spelling: format!("{}%2", text()) => LinkError::Foreign { .. },
    a_percent_spelling_of_no_ascii: format!("{}%FF", text()) => LinkError::Foreign { .. },
    an_ellipsis_where_it_was_cut: format!("{}…", &text()[..200]) => LinkError::CutShort { .. },
    cut_after_one_tenth: cut(1) => LinkError::CutShort { .. },
    cut_after_two_tenths: cut(2) => LinkError::CutShort { .. },
    cut_after_three_tenths: cut(3) => LinkError::CutShort { .. },
    cut_after_four_tenths: cut(4) => LinkError::CutShort { .. },
    cut_after_five_tenths: cut(5) => LinkError::CutShort { .. },
    cut_after_six_tenths: cut(6) => LinkError::CutShort { .. },
    cut_after_seven_tenths: cut(7) => LinkError::CutShort { .. },
    cut_after_eight_tenths: cut(8) => LinkError::CutShort { .. },
    cut_after_nine_tenths: cut(9) => LinkError::CutShort { .. },
    cut_by_a_chat_with_an_ellipsis_that_is_spelled_out: format!("{}%E2%80%A6", cut(3)) => LinkError::CutShort { .. },
    cut_by_a_chat_with_three_dots: format!("{}...", cut(3)) => LinkError::CutShort { .. },
    cut_by_one_letter: text()[..text().len() - 1] => LinkError::CutShort { .. },
    with_another_first_byte: with_byte(0, b'H') => LinkError::Foreign { .. },
    of_an_older_version: with_byte(1, 0) => LinkError::Older { .. },
    of_a_newer_version: with_byte(1, FORMAT + 1) => LinkError::Newer { .. },
    of_the_last_version_of_all: with_byte(1, 255) => LinkError::Newer { .. },
    with_another_checksum: with_byte(5, letters_to_bytes(&text())[5] ^ 1) => LinkError::Damaged { .. },
    with_a_bit_flipped: with_byte(300, letters_to_bytes(&text())[300] ^ 8) => LinkError::Damaged { .. },
    twice_over: format!("{0}{0}", &text()[..text().len() / 4 * 4]) => LinkError::Damaged { .. } | LinkError::CutShort { .. },
    with_more_behind_it: format!("{}AAAA", text()) => LinkError::Damaged { .. },
    with_a_word_behind_it: format!("{}andmore", text()) => LinkError::Damaged { .. } | LinkError::Foreign { .. },
    claiming_two_to_the_sixty_bytes: claiming(1 << 60) => LinkError::TooLarge { .. },
    claiming_a_gigabyte: claiming(1 << 30) => LinkError::TooLarge { .. },
    claiming_more_than_it_has: claiming(4_000) => LinkError::CutShort { .. },
    claiming_a_length_without_end: bytes_to_letters(&[&[b'G', FORMAT][..], &[255; 20]].concat()) => LinkError::Damaged { .. },
    claiming_two_to_the_sixty_values: of_values(1 << 60, &[0; 40]) => LinkError::TooLarge { .. },
    claiming_five_million_values: of_values(5_000_000, &[0; 40]) => LinkError::TooLarge { .. },
    a_bomb_of_zeros: of_values(4_000_000, &[0; 2_000]) => LinkError::Damaged { .. },
    a_bomb_of_ones: of_values(4_000_000, &[255; 2_000]) => LinkError::Damaged { .. },
    a_document_of_nothing: of_values(0, &[]) => LinkError::Damaged { .. },
    a_body_of_nothing: wrapped(&[]) => LinkError::Damaged { .. },
    a_document_cut_with_a_checksum_that_fits: wrapped(&body(&text())[..200]) => LinkError::Damaged { .. },
    a_document_with_a_byte_more: wrapped(&[&body(&text())[..], &[0]].concat()) => LinkError::Damaged { .. },
    longer_than_any_report: "R".repeat(MOST_CHARACTERS + 1) => LinkError::TooLarge { .. },
    spelled_longer_than_any_report: "%52".repeat(MOST_CHARACTERS + 1) => LinkError::TooLarge { .. },
}

/// What mail programs and chats put around and into a link.
#[test]
fn what_stands_around_and_between_is_overlooked() {
    let text = text();
    let expected = decode(&text).unwrap();
    let spelled = text.replace('-', "%2D").replace('_', "%5f");
    let wrapped: Vec<&str> = text
        .as_bytes()
        .chunks(76)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    for changed in [
        format!(" {text}\n"),
        format!("<{text}>"),
        format!("“{text}”").replace(['“', '”'], "\""),
        format!("({text})."),
        format!("{text}=="),
        spelled,
        wrapped.join("\r\n"),
        wrapped.join("%0A"),
        wrapped.join("\u{200b}"),
        wrapped.join("\u{ad}"),
    ] {
        assert_eq!(decode(&changed).unwrap(), expected);
    }
}

/// Every single bit of a text, one after the other.
#[test]
fn no_flipped_bit_goes_unnoticed() {
    let bytes = letters_to_bytes(&text());
    for bit in 0..bytes.len() * 8 {
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(decode(&bytes_to_letters(&bytes)).is_err(), "bit {bit}");
    }
}

#[test]
fn whatever_is_read_can_be_judged_and_shown() {
    let mut read = 0;
    for (kind, (name, report)) in kinds().into_iter().enumerate() {
        let json = serde_json::to_value(&report.profile).unwrap();
        let text = encode(&report).unwrap();
        for seed in 0..60 {
            let mut draw = Draw(seed * 977 + kind as u64);
            if let Ok(report) = decode(&rewritten(&text, &mut draw)) {
                exercise(&report);
            }
            let Some(altered) = altered(&report, &json, &mut draw) else {
                continue;
            };
            if let Some(report) = there_and_back(&altered) {
                read += 1;
                exercise(&report);
            }
        }
        exercise(&report);
        println!("{name}: {read} altered reports so far");
    }
    assert!(read > 50, "only {read} altered reports were read");
}

fn there_and_back(report: &SharedReport) -> Option<SharedReport> {
    decode(&encode(report).ok()?).ok()
}
