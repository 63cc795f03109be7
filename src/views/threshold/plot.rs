//! What another threshold does, as curves: computed once for some rows, and pointed at with every move.

use std::rc::Rc;

use greenlight_charts::line_plot::{draw_point, draw_threshold};
use greenlight_charts::{Axis, LinePlot, PlotLayout, ScoreHistogram, Series, Stroke, Unit};
use greenlight_metrics::{BinaryAmounts, BinaryCounts, Stop, Value};
use greenlight_readiness::{Profile, Tradeoff};

use super::curves::{
    NO_AMOUNTS, around, lift, pairs, perfect_gain, precision_recall, prevalence, steps,
};
use super::in_force::InForce;
use super::range::Range;
use super::subject::Subject;
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
            Subject::Lift => {
                let points = lift(stops);
                let y = Axis {
                    range: around(&points),
                    title: "Times as many as by chance",
                    unit: Unit::Plain,
                };
                let chance = line("chance", Stroke::Comparison, vec![(0.0, 1.0), (1.0, 1.0)]);
                let lines = vec![chance, line("", Stroke::Main, points)];
                (Axis::share("Share of rows flagged"), y, lines)
            }
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
        let distance_squared = |stop: &Stop| {
            let (x, y) = self.point(&stop.counts)?;
            let (x, y) = layout.position(x, y);
            let (x, y) = (x - at.x, y - at.y);
            Some(x * x + y * y)
        };
        let near = self.source.stops().iter();
        let near = near.filter_map(|stop| Some((distance_squared(stop)?, stop)));
        let (_, stop) = near.min_by(|(a, _), (b, _)| a.total_cmp(b))?;
        Some(self.range.threshold_of(stop.interval.up_to))
    }
}
