//! Playing the windows one after the other.

use std::ops::Range;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use greenlight_readiness::monitoring::Place;
use greenlight_readiness::monitoring_words::place_name;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::canvas::use_less_motion;
use crate::session::Loaded;

/// Where a replay is, and what moves it.
#[derive(Clone, PartialEq)]
pub struct Playing {
    /// How many windows have been seen.
    pub step: usize,
    /// How many there are.
    pub steps: usize,
    /// The number of the first of them.
    first: usize,
    is_playing: bool,
    moves: UseReducerHandle<Position>,
}

/// As the person left it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Position {
    /// `None` while nothing is replayed: all windows have been seen.
    at: Option<usize>,
    is_playing: bool,
}

/// What moves it.
enum Move {
    /// The person.
    To(Position),
    /// Time, where it is still playing: the last wait may end in the moment of a pause.
    On { steps: usize },
}

impl Reducible for Position {
    type Action = Move;

    fn reduce(self: Rc<Self>, action: Move) -> Rc<Self> {
        match action {
            Move::To(position) => Rc::new(position),
            Move::On { steps } => match self.at {
                Some(at) if self.is_playing => Rc::new(Self {
                    at: Some(at + 1),
                    is_playing: at + 1 < steps,
                }),
                _ => self,
            },
        }
    }
}

const AT_THE_END: Position = Position {
    at: None,
    is_playing: false,
};

/// A window is shown for at most so long, and all of them together for about [`TOTAL_MS`].
const LONGEST_MS: u32 = 600;
const TOTAL_MS: u32 = 10_000;

/// The replay of these windows; of others it begins anew.
#[hook]
pub fn use_playing(windows: Range<usize>) -> Playing {
    let moves = use_reducer_eq(|| AT_THE_END);
    let (first, steps) = (windows.start, windows.len());
    {
        let moves = moves.dispatcher();
        use_effect_with(windows, move |_| moves.dispatch(Move::To(AT_THE_END)));
    }
    let step = moves.at.map_or(steps, |at| at.min(steps));
    let is_playing = moves.is_playing && step < steps;
    {
        let moves = moves.dispatcher();
        use_effect_with((is_playing, step, steps), move |&(is_playing, _, steps)| {
            let pause = (TOTAL_MS / (steps as u32).max(1)).min(LONGEST_MS);
            let next = move || Timeout::new(pause, move || moves.dispatch(Move::On { steps }));
            let waiting = is_playing.then(next);
            // Dropped, it comes no more.
            move || drop(waiting)
        });
    }
    Playing {
        step,
        steps,
        first,
        is_playing,
        moves,
    }
}

impl Playing {
    /// How many windows lie behind, those before the first as well.
    pub fn behind(&self) -> usize {
        self.first + self.step
    }

    /// Goes there and stays.
    fn go_to(&self, step: usize) {
        self.moves.dispatch(Move::To(Position {
            at: Some(step.min(self.steps)).filter(|step| *step < self.steps),
            is_playing: false,
        }));
    }

    /// Plays from where it is, or from the beginning; or pauses.
    fn toggle(&self) {
        self.moves.dispatch(Move::To(match self.is_playing {
            true => Position {
                at: Some(self.step),
                is_playing: false,
            },
            false => Position {
                at: Some(if self.step < self.steps { self.step } else { 0 }),
                is_playing: true,
            },
        }));
    }
}

/// The properties of [`ReplayControls`].
#[derive(Properties, PartialEq)]
pub struct Props {
    pub playing: Playing,
    /// Whose windows they are.
    pub profile: Rc<Loaded>,
}

/// Play, step, and where the replay is.
#[component]
pub fn ReplayControls(Props { playing, profile }: &Props) -> Html {
    let less_motion = use_less_motion();
    let Playing { step, steps, .. } = *playing;
    let button = |name: &'static str, label: String, act: Callback<()>, off: bool| {
        html! {
            <button
                type="button"
                class="quiet"
                data-testid={format!("replay-{name}")}
                aria-disabled={off.then_some("true")}
                onclick={act.reform(|_: MouseEvent| ())}
            >
                { label }
            </button>
        }
    };
    let act = |act: fn(&Playing)| {
        let playing = playing.clone();
        Callback::from(move |()| act(&playing))
    };
    let oninput = {
        let playing = playing.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Ok(step) = input.value().parse() {
                playing.go_to(step);
            }
        })
    };
    let last = step.checked_sub(1).map(|last| {
        let window = Place::Window(playing.first + last);
        place_name(window, &profile.profile)
    });
    let now = match (last, step == steps) {
        (_, true) => format!("all {steps} windows"),
        (None, false) => "before the first window".to_owned(),
        (Some(last), false) => format!("{step} of {steps} windows, up to {last}"),
    };
    let play = if playing.is_playing { "Pause" } else { "Play" };
    html! {
        <div class="replay" role="group" aria-label="Replay" data-testid="replay" data-step={step.to_string()}>
            // Where the system asks for less motion, stepping does what playing would.
            if !less_motion {
                { button("play", play.to_owned(), act(Playing::toggle), false) }
            }
            { button("back", "Step back".to_owned(), act(|it| it.go_to(it.step.saturating_sub(1))), step == 0) }
            { button("step", "Step".to_owned(), act(|it| it.go_to(if it.step < it.steps { it.step + 1 } else { 1 })), false) }
            { button("reset", "Show all".to_owned(), act(|it| it.go_to(it.steps)), step == steps) }
            <input
                type="range"
                data-testid="replay-at"
                aria-label="Windows seen"
                aria-valuetext={now.clone()}
                min="0"
                max={steps.to_string()}
                value={step.to_string()}
                {oninput}
            />
            <span class="aside" role="status" data-testid="replay-now">{ format!("Seen: {now}") }</span>
        </div>
    }
}
