//! Arguments about time: how rows are put into windows, and which range of them is judged.

use clap::Args;
use greenlight_data::{read_time, read_time_zone};
use greenlight_readiness::{Choices, Moment, Span, WindowRule};

/// How the help groups what is about time.
const TIME: &str = "Time";

/// Windows of time, and the range that is judged.
#[derive(Args)]
pub struct WindowArguments {
    /// How long a window is: hour, day, week, month, or parts:12 for twelve equal parts.
    #[arg(help_heading = TIME, long, value_name = "LENGTH", default_value = "auto")]
    window: WindowRule,
    /// The clock by which windows begin, and to which times without an offset belong: UTC, or as +02:00.
    #[arg(
        help_heading = TIME,
        long,
        value_name = "OFFSET",
        default_value = "UTC",
        allow_hyphen_values = true,
        value_parser = parse_time_zone
    )]
    time_zone: i32,
    /// Judge only rows from this time on; where rows have no times, from the row of this number, counted from 0.
    #[arg(help_heading = TIME, long, value_name = "TIME", value_parser = parse_moment)]
    from: Option<When>,
    /// Judge only rows before this time, or this row.
    #[arg(help_heading = TIME, long, value_name = "TIME", value_parser = parse_moment)]
    to: Option<When>,
    /// Where no column splits the rows: compare those from this time, or this row, on with those before.
    #[arg(help_heading = TIME, long, value_name = "TIME", value_parser = parse_moment)]
    reference_until: Option<When>,
}

/// A moment as it was written.
#[derive(Clone, Copy)]
enum When {
    Time { ms: i64, has_offset: bool },
    Row(u64),
}

impl When {
    /// By the clock that was chosen.
    fn moment(self, minutes_ahead: i32) -> Moment {
        match self {
            Self::Time {
                ms,
                has_offset: true,
            } => Moment::Time(ms),
            Self::Time { ms, .. } => Moment::Time(ms - i64::from(minutes_ahead) * 60_000),
            Self::Row(row) => Moment::Row(row),
        }
    }
}

impl WindowArguments {
    /// Puts what was asked among the choices.
    ///
    /// # Errors
    /// When a range begins at a time and ends at a row, or the other way round.
    pub fn settle(&self, choices: &mut Choices) -> Result<(), String> {
        let moment = |when: &Option<When>| when.map(|when| when.moment(self.time_zone));
        choices.window = self.window;
        choices.time_zone_minutes = self.time_zone;
        choices.reference_until = moment(&self.reference_until);
        choices.span =
            match (moment(&self.from), moment(&self.to)) {
                (None, None) => None,
                (from, to) => Some(Span::between(from, to).ok_or(
                    "--from and --to must both be times, or both numbers of rows".to_owned(),
                )?),
            };
        Ok(())
    }
}

fn parse_time_zone(text: &str) -> Result<i32, String> {
    read_time_zone(text)
        .ok_or_else(|| "UTC or an offset from it, such as +02:00, is needed".to_owned())
}

fn parse_moment(text: &str) -> Result<When, String> {
    if let Some((ms, has_offset)) = read_time(text) {
        return Ok(When::Time { ms, has_offset });
    }
    text.parse().map(When::Row).map_err(|_| {
        "a time such as 2025-03-03, 2025-03-03T12:30 or 2025-03-03T12:30+02:00 is needed, or the number of a row".to_owned()
    })
}
