//! What page and engine say to each other.
//!
//! Every message is one array of bytes in postcard's format, except that the [`Input`](crate::input::Input) of
//! [`Request::Open`] travels beside it, with files as the handles they are: their bytes are read in the engine and never
//! pass through the page.
//! Each request has an id; answers repeat it, and the page drops those that are not the latest.
//! Requests for single rows, those for bands and those for a second look are numbered apart: they neither end reading nor are ended by it. A file made
//! of rows travels beside its [`Answer::RowsFile`] as a handle, too.

use greenlight_data::{Description, LatencyUnit, Role};
use greenlight_metrics::{Choice, ThresholdBand, ThresholdPoint};
use greenlight_readiness::{
    BestThresholds, Choices, CountsAt, Demands, Examination, Profile, RoleNames, RowAlert,
    RowFilter, RowOrder, RowPage, RowRule, Settings,
};
use js_sys::Uint8Array;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

/// Numbers requests; the latest wins.
pub type RequestId = u32;

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Read the input beside this message. What was read before stays until the new is good.
    Open {
        /// The request.
        id: RequestId,
        /// The request that gave what is on screen: what was found since, the page has dropped.
        shown: RequestId,
        /// What was settled before reading.
        choices: Choices,
    },
    /// Look again at what was read last.
    Profile {
        /// The request.
        id: RequestId,
        /// The request that gave what is on screen, likewise.
        shown: RequestId,
        /// What has been settled since.
        choices: Choices,
    },
    /// Count at another threshold; the sorted scores are at hand.
    Counts {
        /// The request that gave the data.
        id: RequestId,
        /// The threshold.
        threshold: f64,
    },
    /// Find the best thresholds for other costs and demands.
    Thresholds {
        /// The request that gave the data.
        id: RequestId,
        /// What is asked of a threshold.
        demands: Demands,
        /// How the table is read, for costs by an amount in each row.
        choices: Box<Choices>,
        /// What was settled, for the splits that choose and see.
        settings: Settings,
    },
    /// Find out how sure a threshold is. Later data, or a later question of the kind, end it.
    Band {
        /// The request, among those for bands.
        id: RequestId,
        /// How the threshold is chosen.
        choice: Choice,
        /// What was settled, for the split that chooses.
        settings: Settings,
    },
    /// Look at the rows of what is on screen a second time. Later data, or a later question of the kind, end it.
    Examine {
        /// The request, among those for a second look.
        id: RequestId,
        /// The threshold in force; `None` where the file decides.
        threshold: Option<f64>,
    },
    /// Watch the rows of what is on screen for rules over single rows.
    Watch {
        /// The request that gave the data.
        id: RequestId,
        /// The rules.
        rules: Vec<RowRule>,
    },
    /// Stop reading, and drop a file that was read but could not be profiled; what was profiled
    /// before stays.
    Cancel {
        /// The request that gave what is on screen, likewise.
        shown: RequestId,
    },
    /// Show single rows of what is on screen.
    Rows {
        /// The request, among those for rows.
        id: RequestId,
        /// Which rows.
        asked: Box<RowsAsked>,
        /// What of them.
        form: RowsForm,
    },
}

/// Which rows of what is on screen are asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowsAsked {
    /// How the table is read.
    pub choices: Choices,
    /// How its rows were decided.
    pub settings: Settings,
    /// Which rows.
    pub filter: RowFilter,
}

/// What of some rows is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowsForm {
    /// Some of them, to show.
    Page {
        /// In which order.
        order: RowOrder,
        /// The first, counted from 0.
        first: usize,
        /// How many.
        count: usize,
    },
    /// All of them as a CSV file, to keep.
    File,
}

/// What the engine answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The engine listens. Said once; what is posted earlier would be lost.
    Listening,
    /// How far reading has come.
    Progress {
        /// The request.
        id: RequestId,
        /// Bytes read of all files.
        bytes: u64,
        /// Data rows found in them.
        rows: u64,
    },
    /// The rows are in; their statistics are.
    Profiled {
        /// The request.
        id: RequestId,
        /// The statistics.
        profile: Box<Profile>,
        /// The table behind them.
        table: TableSummary,
    },
    /// There is JSON in the input, which this engine does not read: ask the other one.
    NeedsJson {
        /// The request.
        id: RequestId,
    },
    /// The counts at a threshold.
    Counts {
        /// The request that gave the data.
        id: RequestId,
        /// The counts.
        counts: CountsAt,
    },
    /// The best thresholds.
    Thresholds {
        /// The request that gave the data.
        id: RequestId,
        /// They themselves.
        thresholds: Box<BestThresholds>,
    },
    /// How many replicates of a band are drawn.
    BandDrawn {
        /// The request, among those for bands.
        id: RequestId,
        /// So far.
        done: u32,
        /// In all.
        of: u32,
    },
    /// How sure a threshold is.
    Band {
        /// The request, among those for bands.
        id: RequestId,
        /// The threshold with its doubt; nothing where none can be chosen, or too few replicates could.
        found: Option<(ThresholdPoint, ThresholdBand)>,
    },
    /// How far the second look has come.
    Examining {
        /// The request, among those for a second look.
        id: RequestId,
        /// Steps taken.
        done: usize,
        /// Steps in all.
        of: usize,
        /// Where the file is read again for features: the places of the first and the last, and how many there are.
        features: Option<(usize, usize, usize)>,
    },
    /// What the second look found.
    Examined {
        /// The request, among those for a second look.
        id: RequestId,
        /// The threshold that was in force.
        threshold: Option<f64>,
        /// What was found.
        examination: Box<Examination>,
    },
    /// What became of rules over single rows.
    Watched {
        /// The request that gave the data.
        id: RequestId,
        /// What was found, in the order of the rules.
        alerts: Vec<RowAlert>,
    },
    /// It could not be done.
    Failed {
        /// The request.
        id: RequestId,
        /// What is wrong, where, and what to do.
        message: String,
        /// A table that was read well, but whose roles do not make observations: the person can
        /// settle them.
        table: Option<TableSummary>,
    },
    /// The rows that were asked for, or why there are none.
    Rows {
        /// The request, among those for rows.
        id: RequestId,
        /// The rows.
        page: Result<RowPage, String>,
    },
    /// The rows that were asked for are in the file beside this message, or this is why they are not.
    RowsFile {
        /// The request, among those for rows.
        id: RequestId,
        /// Whether there is a file.
        made: Result<(), String>,
    },
}

/// A table as the mapping panel shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableSummary {
    /// What it was made of, by name.
    pub name: String,
    /// Its data rows, unusable ones included.
    pub rows: u64,
    /// Its columns, in order.
    pub columns: Vec<ColumnSummary>,
    /// Which column plays which part, by guess and choice.
    pub roles: RoleNames,
    /// The unit that its latencies seem to have.
    pub latency_unit: LatencyUnit,
    /// The choices that were made.
    pub choices: Choices,
}

/// With more columns than these the page shows them by and by, so that it stays awake.
const MANY_COLUMNS: usize = 60;

impl TableSummary {
    /// Whether there are more columns than can be shown at once.
    pub fn has_many_columns(&self) -> bool {
        self.columns.len() > MANY_COLUMNS
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnSummary {
    /// Its name in the file.
    pub name: String,
    /// What it holds.
    pub description: Description,
    /// Why it was guessed to play its role, where it was.
    pub guess: Option<Guess>,
}

/// The role that a column was guessed to play.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guess {
    /// The role.
    pub role: Role,
    /// Why, in a few words.
    pub reason: String,
}

/// A message as it is posted.
pub fn encode(message: &impl Serialize) -> Option<Uint8Array> {
    // Our own plain types always have a form; there is no length that is not known beforehand.
    let bytes = postcard::to_allocvec(message).ok()?;
    Some(Uint8Array::from(bytes.as_slice()))
}

/// A message as it was meant; `None` where it is of another version.
pub fn decode<T: DeserializeOwned>(message: &JsValue) -> Option<T> {
    let bytes = message.dyn_ref::<Uint8Array>()?.to_vec();
    postcard::from_bytes(&bytes).ok()
}
