//! What another threshold does, as curves: computed once for some rows, and pointed at with every move.

use std::rc::Rc;

use greenlight_charts::line_plot::{draw_point, draw_threshold};
use greenlight_charts::{Axis, LinePlot, PlotLayout, ScoreHistogram, Series, Stroke, Unit};
use greenlight_metrics::{BinaryAmounts, BinaryCounts, RowCosts, Stop, Value};
use greenlight_readiness::{Profile, Tradeoff};

use super::in_force::InForce;
use super::range::Range;
use crate::canvas::{CanvasError, Frame, Pointer};

/// The scores whose trade-off is looked at: those of the positive class, or of one class against the rest.
#[derive(Clone, Debug)]
pub struct Source {
    pub profile: Rc<Profile>,
    pub class: Option<usize>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.profile, &other.profile) && self.class == other.class
    }
}

impl Source {
    /// The trade-off of the rows that are judged.
    pub fn tradeoff(&self) -> Option<&Tradeoff> {
        self.tradeoff_of(self.profile.current())
    }

    /// The thresholds that its slider spans: as far as the scores of all rows go.
    pub fn range(&self) -> Option<Range> {
        Range::of(self.tradeoff_of(&self.profile.overall)?)
    }

    fn tradeoff_of<'p>(&self, rows: &'p greenlight_readiness::Statistics) -> Option<&'p Tradeoff> {
        match self.class {
            None => rows.tradeoff(),
            Some(class) => {
                let scores = rows.scores.as_ref().ok()?;
                Some(&scores.per_class.get(class)?.tradeoff)
            }
        }
    }

    fn stops(&self) -> &[Stop] {
        self.tradeoff()
            .map_or(&[], |tradeoff| tradeoff.stops.stops())
    }

    /// The stops of a subject, with what the rows amount to there: costs by amounts have stops of their own.
    pub fn places(&self, subject: Subject) -> Vec<(&Stop, BinaryAmounts)> {
        let best = self.profile.thresholds.as_ref();
        match (subject, best.and_then(|best| best.amounts.as_ref())) {
            (Subject::Cost(_), Some(amounts)) => {
                let stops = amounts.stops.stops().iter();
                stops.zip(amounts.at_stops.iter().copied()).collect()
            }
            _ => {
                let stops = self.stops().iter();
                stops.map(|stop| (stop, BinaryAmounts::default())).collect()
            }
        }
    }
}

/// The pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject {
    PrecisionRecall,
    Roc,
    Metrics,
    Histogram,
    Cost(RowCosts),
    Gain,
}

impl Subject {
    /// The name in handles and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::PrecisionRecall => "precision_recall",
            Self::Roc => "roc",
            Self::Metrics => "metrics",
            Self::Histogram => "histogram",
            Self::Cost(_) => "cost",
            Self::Gain => "gain",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::PrecisionRecall => "Precision and recall",
            Self::Roc => "ROC curve",
            Self::Metrics => "Against the threshold",
            Self::Histogram => "Scores by class",
            Self::Cost(_) => "Cost",
            Self::Gain => "Gain",
        }
    }

    /// The numbers that it shows of each threshold; in its table and its CSV file.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::PrecisionRecall => &["recall", "precision"],
            Self::Roc => &["false_positive_rate", "recall"],
            Self::Metrics => &["precision", "recall", "f1", "queue_rate"],
            Self::Histogram => &[],
            Self::Cost(_) => &["cost"],
            Self::Gain => &["queue_rate", "recall"],
        }
    }

    /// Those numbers for some counts, and what the rows behind them amount to.
    pub fn values(self, counts: &BinaryCounts, amounts: &BinaryAmounts) -> Vec<Value> {
        match self {
            Self::PrecisionRecall => vec![counts.recall(), counts.precision()],
            Self::Roc => vec![counts.false_positive_rate(), counts.recall()],
            Self::Metrics => vec![
                counts.precision(),
                counts.recall(),
                counts.f1(),
                counts.queue_rate(),
            ],
            Self::Histogram => Vec::new(),
            Self::Cost(costs) => vec![costs.total(counts, amounts)],
            Self::Gain => vec![counts.queue_rate(), counts.recall()],
        }
    }

    /// Whether its x axis is the threshold.
    pub fn is_over_threshold(self) -> bool {
        matches!(self, Self::Metrics | Self::Histogram | Self::Cost(_))
    }
}

/// A line of a picture.
#[derive(Debug)]
struct Line {
    name: &'static str,
    points: Vec<(f64, f64)>,
    stroke: Stroke,
}

/// A picture, computed.
#[derive(Debug)]
pub struct Plot {
    pub subject: Subject,
    pub source: Source,
    pub range: Range,
    x: Axis<'static>,
    y: Axis<'static>,
    /// Beside the y axis, where it is not known beforehand.
    y_title: Option<String>,
    lines: Vec<Line>,
}

/// Plots are compared by where they are: one is made anew only when what it shows changes.
#[derive(Clone, Debug)]
pub struct SharedPlot(pub Rc<Plot>);

impl PartialEq for SharedPlot {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Plot {
    pub fn new(subject: Subject, source: &Source, range: Range, currency: &str) -> Self {
        let stops = source.stops();
        let over = Axis {
            range: (range.low, range.high),
            title: "Threshold",
            unit: Unit::Plain,
        };
        let line = |name, stroke, points| Line {
            name,
            points,
            stroke,
        };
        let (x, y, lines) = match subject {
            Subject::PrecisionRecall => (
                Axis::share("Recall"),
                Axis::share("Precision"),
                vec![
                    line("", Stroke::Comparison, prevalence(stops)),
                    line("", Stroke::Main, precision_recall(stops)),
                ],
            ),
            Subject::Roc => (
                Axis::share("False positive rate"),
                Axis::share("Recall"),
                vec![
                    line("chance", Stroke::Comparison, vec![(0.0, 0.0), (1.0, 1.0)]),
                    line("", Stroke::Main, pairs(stops, subject)),
                ],
            ),
            Subject::Gain => (
                Axis::share("Share of rows flagged"),
                Axis::share("Share of cases caught"),
                vec![
                    line("chance", Stroke::Comparison, vec![(0.0, 0.0), (1.0, 1.0)]),
                    line("perfect", Stroke::Comparison, perfect_gain(stops)),
                    line("", Stroke::Main, pairs(stops, subject)),
                ],
            ),
            Subject::Metrics => {
                let steps = |name, stroke, metric: fn(&BinaryCounts) -> Value| {
                    let mut values = stops.iter().map(|stop| (stop, metric(&stop.counts)));
                    line(name, stroke, steps(range, &mut values))
                };
                let lines = vec![
                    steps("flagged", Stroke::Comparison, BinaryCounts::queue_rate),
                    steps("F1", Stroke::Third, BinaryCounts::f1),
                    steps("precision", Stroke::Second, BinaryCounts::precision),
                    steps("recall", Stroke::Main, BinaryCounts::recall),
                ];
                (over, Axis::share(""), lines)
            }
            Subject::Cost(costs) => {
                let places = source.places(subject).into_iter();
                let mut values =
                    places.map(|(stop, amounts)| (stop, costs.total(&stop.counts, &amounts)));
                let points = steps(range, &mut values);
                let y = Axis {
                    range: around(&points),
                    title: "",
                    unit: Unit::Plain,
                };
                (over, y, vec![line("", Stroke::Main, points)])
            }
            // Drawn by its own code.
            Subject::Histogram => (over, Axis::share(""), Vec::new()),
        };
        let y_title = matches!(subject, Subject::Cost(_)).then(|| match currency {
            "" => "Cost".to_owned(),
            currency => format!("Cost, {currency}"),
        });
        Self {
            subject,
            source: source.clone(),
            range,
            x,
            y,
            y_title,
            lines,
        }
    }

    fn y(&self) -> Axis<'_> {
        Axis {
            title: self.y_title.as_deref().unwrap_or(self.y.title),
            ..self.y
        }
    }

    fn histogram<'a>(&'a self, names: &'a (String, String)) -> Option<ScoreHistogram<'a>> {
        let histogram = self.source.tradeoff()?.histogram.as_ref()?;
        Some(ScoreHistogram {
            range: histogram.range,
            positives: &histogram.positives,
            negatives: &histogram.negatives,
            positive: &names.0,
            negative: &names.1,
        })
    }

    /// What the two classes are called.
    fn names(&self) -> (String, String) {
        let classes = &self.source.profile.classes;
        let name = |class: usize| classes.names().get(class).cloned().unwrap_or_default();
        match self.source.class {
            Some(class) => (name(class), "all others".to_owned()),
            None => {
                let positive = classes.positive().unwrap_or_default();
                (name(positive), name(1 - positive.min(1)))
            }
        }
    }

    fn layout(&self, size: (u32, u32)) -> Option<PlotLayout> {
        match self.subject {
            Subject::Histogram => self.histogram(&self.names())?.layout(size),
            _ => PlotLayout::new(size, &self.x, &self.y()),
        }
    }

    /// Draws the curves.
    pub fn draw(&self, frame: &mut Frame) -> Result<(), CanvasError> {
        let Frame { canvas, theme } = frame;
        if self.subject == Subject::Histogram {
            let names = self.names();
            let Some(histogram) = self.histogram(&names) else {
                return Ok(());
            };
            return histogram.draw(canvas, theme).map_err(Into::into);
        }
        let series: Vec<Series<'_>> = self
            .lines
            .iter()
            .map(|line| Series {
                name: line.name,
                points: &line.points,
                stroke: line.stroke,
            })
            .collect();
        let plot = LinePlot {
            x: self.x,
            y: self.y(),
            series: &series,
        };
        plot.draw(canvas, theme).map_err(Into::into)
    }

    /// Draws where the threshold is, for the layer above.
    pub fn draw_in_force(&self, frame: &mut Frame, at: &InForce) -> Result<(), CanvasError> {
        use plotters_backend::DrawingBackend;
        let Frame { canvas, theme } = frame;
        let Some(layout) = self.layout(canvas.get_size()) else {
            return Ok(());
        };
        if self.subject.is_over_threshold() {
            let Some(threshold) = at.threshold else {
                return Ok(());
            };
            return draw_threshold(canvas, theme, &layout, threshold).map_err(Into::into);
        }
        match self.point(&at.counts) {
            Some(point) => draw_point(canvas, theme, &layout, point).map_err(Into::into),
            None => Ok(()),
        }
    }

    /// Where counts lie on a picture without a threshold axis.
    fn point(&self, counts: &BinaryCounts) -> Option<(f64, f64)> {
        match self.subject.values(counts, &NO_AMOUNTS).as_slice() {
            [Ok(x), Ok(y)] => Some((*x, *y)),
            _ => None,
        }
    }

    /// The threshold that a pointer means: where it is on an axis of thresholds, else that of the nearest stop.
    pub fn threshold_at(&self, at: Pointer) -> Option<f64> {
        let layout = self.layout(at.size)?;
        if self.subject.is_over_threshold() {
            return Some(self.range.on_step(layout.value_at(at.x, at.y).0));
        }
        let distance = |stop: &Stop| {
            let (x, y) = self.point(&stop.counts)?;
            let (x, y) = layout.position(x, y);
            Some((x - at.x).hypot(y - at.y))
        };
        let near = self.source.stops().iter();
        let near = near.filter_map(|stop| Some((distance(stop)?, stop)));
        let (_, stop) = near.min_by(|(a, _), (b, _)| a.total_cmp(b))?;
        Some(self.range.threshold_of(stop.interval.up_to))
    }
}

/// The two numbers of a subject at each stop.
fn pairs(stops: &[Stop], subject: Subject) -> Vec<(f64, f64)> {
    let pair = |stop: &Stop| match subject.values(&stop.counts, &NO_AMOUNTS).as_slice() {
        [Ok(x), Ok(y)] => (*x, *y),
        _ => GAP,
    };
    stops.iter().map(pair).collect()
}

const GAP: (f64, f64) = (f64::NAN, f64::NAN);

/// For subjects that do not ask for them.
const NO_AMOUNTS: BinaryAmounts = BinaryAmounts {
    tp: 0.0,
    fp: 0.0,
    fn_: 0.0,
    tn: 0.0,
};

/// In steps, as average precision adds them up: no threshold lies between two.
fn precision_recall(stops: &[Stop]) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (recall, precision) in pairs(stops, Subject::PrecisionRecall) {
        if let Some(&(before, _)) = points.last()
            && before.is_finite()
        {
            points.push((before, precision));
        }
        points.push((recall, precision));
    }
    points
}

fn prevalence(stops: &[Stop]) -> Vec<(f64, f64)> {
    let share = stops.first().map(|stop| stop.counts.prevalence());
    match share {
        Some(Ok(share)) => vec![(0.0, share), (1.0, share)],
        _ => Vec::new(),
    }
}

/// The cases come first, all of them.
fn perfect_gain(stops: &[Stop]) -> Vec<(f64, f64)> {
    let share = stops.first().map(|stop| stop.counts.prevalence());
    match share {
        Some(Ok(share)) => vec![(0.0, 0.0), (share, 1.0), (1.0, 1.0)],
        _ => Vec::new(),
    }
}

/// A metric over the threshold: the same for all thresholds of a stop.
fn steps(range: Range, values: &mut dyn Iterator<Item = (&Stop, Value)>) -> Vec<(f64, f64)> {
    let mut points = Vec::with_capacity(2 * values.size_hint().0);
    for (stop, value) in values {
        let value = value.unwrap_or(f64::NAN);
        let (above, up_to) = (stop.interval.above, stop.interval.up_to);
        points.push((up_to.unwrap_or(range.high).min(range.high), value));
        points.push((above.unwrap_or(range.low).max(range.low), value));
    }
    points
}

/// A little more room than the points take, and 0 within.
fn around(points: &[(f64, f64)]) -> (f64, f64) {
    let finite = points.iter().map(|point| point.1);
    let finite = finite.filter(|value| value.is_finite());
    let (low, high) = finite.fold((0.0_f64, 0.0_f64), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let room = if high > low { 0.05 * (high - low) } else { 1.0 };
    let below = if low < 0.0 { room } else { 0.0 };
    (low - below, high + room)
}
