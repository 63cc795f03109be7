use super::*;

#[test]
fn every_function_is_total() {
    let values = [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        5e-324,
        -0.0,
    ];
    for value in values {
        for text in [
            percent(value),
            difference(value),
            duration_ms(value),
            exact(value),
            significant(value, 3),
            significant(value, 0),
            significant(value, 400),
            percent_interval(value, value),
            percent_interval(0.1, value),
        ] {
            assert!(!text.is_empty());
            assert!(
                !text.contains("NaN") && !text.contains("inf") && !text.contains('-'),
                "{value:?}: {text}"
            );
        }
    }
    assert_eq!(undefined(), percent(f64::NAN));
}

#[test]
fn negative_zero_has_no_sign() {
    assert_eq!(percent(-0.0), format!("0{SPACE}%"));
    assert_eq!(significant(-0.0, 3), "0");
    assert_eq!(exact(-0.0), "0");
}

#[test]
fn shares_never_round_to_certainty() {
    for exponent in 1..18 {
        let little = 10f64.powi(-exponent);
        for share in [little, 3.0 * little, 1.0 - little] {
            if share > 0.0 && share < 1.0 {
                let text = percent(share);
                assert!(!text.starts_with("100"), "{share}: {text}");
                assert!(
                    text.chars().any(|c| c.is_ascii_digit() && c != '0'),
                    "{share}: {text}"
                );
            }
        }
    }
}

#[test]
fn unit_boundaries_round_upwards() {
    let plain = |text: String| text.replace(SPACE, " ");
    assert_eq!(plain(duration_ms(0.999_9)), "1.00 ms");
    assert_eq!(plain(duration_ms(999.4)), "999 ms");
    assert_eq!(plain(duration_ms(-1_500.0)), "−1.50 s");
    assert_eq!(plain(duration_ms(7_200_000.0)), "2.00 h");
    assert_eq!(plain(duration_ms(0.000_05)), "0.0500 µs");
    assert_eq!(plain(bytes(999_999)), "1.00 MB");
    assert_eq!(plain(count_short(999_499)), "999 k");
}
