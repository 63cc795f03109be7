//! The component around a picture.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;

use super::{Above, Key, SharedPicture, twin::Twin};
use crate::canvas::{Chart, Drag, Frame, Pointer, use_size};
use crate::components::{Downloads, Picture as Kept};

/// What a [`Picture`] takes.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Names its handles: `chart-NAME`, `read-out-NAME`, `table-NAME`, `download-svg-NAME` …
    pub name: AttrValue,
    /// The picture.
    pub picture: SharedPicture,
    /// The marks that are chosen.
    #[prop_or_default]
    pub chosen: Option<Range<usize>>,
    /// Marks were chosen, by dragging or with Shift and the arrow keys, or let go with Escape. With this, they can be.
    #[prop_or_default]
    pub on_choose: Option<Callback<Option<Range<usize>>>>,
    /// How many marks a replay has seen.
    #[prop_or_default]
    pub seen: Option<usize>,
    /// A mark was clicked, or Enter was pressed on it.
    #[prop_or_default]
    pub on_open: Option<Callback<usize>>,
    /// Whether its table stands below it, to be opened. Without it a view has a table of its own.
    #[prop_or(true)]
    pub twin: bool,
}

/// The width of a picture to keep.
const KEPT: u32 = 960;
/// So near to an end of what is chosen a drag moves that end, in pixels.
const GRIP: f64 = 12.0;
/// A drag over fewer pixels is a click.
const CLICK: f64 = 4.0;

/// Where a drag began, and the mark that stays while it lasts.
#[derive(Clone, Copy)]
struct Grip {
    x: f64,
    anchor: usize,
}

/// Shows a picture: pointed at, walked along with keys, read out and kept.
#[component]
pub fn Picture(props: &Props) -> Html {
    let Props { name, picture, .. } = props;
    let marked = use_state_eq(|| None::<usize>);
    let dragged = use_state_eq(|| None::<Range<usize>>);
    let anchor = use_mut_ref(|| None::<usize>);
    let figure = use_node_ref();
    let (width, _) = use_size(&figure);
    {
        // In a picture of something else the same place is another. One that was made anew, as after a range was chosen, shows the same: where
        // one is, and where choosing began, stays.
        let (marked, anchor) = (marked.setter(), Rc::clone(&anchor));
        let shows = (picture.title().to_owned(), picture.marks());
        use_effect_with(shows, move |_| {
            marked.set(None);
            anchor.take();
        });
    }
    let draw = use_callback(picture.clone(), |mut frame: Frame, picture| {
        picture.draw(&mut frame)
    });
    let above = Above {
        mark: *marked,
        chosen: (*dragged).clone().or_else(|| props.chosen.clone()),
        seen: props.seen,
    };
    let overlay = use_callback(
        (picture.clone(), above),
        |mut frame: Frame, (picture, above)| picture.draw_above(&mut frame, above),
    );
    let on_pointer = {
        let (picture, marked) = (picture.clone(), marked.setter());
        Callback::from(move |pointer: Option<Pointer>| {
            marked.set(pointer.and_then(|pointer| picture.mark_at(pointer)));
        })
    };
    let grip = use_mut_ref(|| None::<Grip>);
    let on_drag = props.on_choose.clone().map(|on_choose| {
        let (picture, dragged) = (picture.clone(), dragged.setter());
        let chosen = props.chosen.clone();
        Callback::from(move |drag: Drag| {
            let range = next_range(&mut grip.borrow_mut(), &picture, chosen.as_ref(), drag);
            match (range, drag.is_over) {
                (range, false) => dragged.set(range),
                (range, true) => {
                    dragged.set(None);
                    if range.is_some() {
                        on_choose.emit(range);
                    }
                }
            }
        })
    });
    let on_key = on_key(props, &marked, &anchor);
    let on_focus = {
        let marked = marked.setter();
        Callback::from(move |focused: bool| {
            if !focused {
                marked.set(None);
            }
        })
    };
    let on_select = match &props.on_open {
        Some(on_open) => {
            let (picture, on_open) = (picture.clone(), on_open.clone());
            Callback::from(move |pointer: Pointer| {
                if let Some(mark) = picture.mark_at(pointer) {
                    on_open.emit(mark);
                }
            })
        }
        None => Callback::noop(),
    };
    let csv = {
        let picture = picture.clone();
        Callback::from(move |()| picture.sheet().csv())
    };
    let said = match *marked {
        Some(mark) => picture.said(mark),
        None => picture.hint().to_owned(),
    };
    html! {
        <figure class="picture" ref={figure}>
            <Chart
                {name}
                label={label(props)}
                height={picture.height(width)}
                draw={draw.clone()}
                {overlay}
                {on_pointer}
                {on_drag}
                {on_select}
                {on_key}
                {on_focus}
            />
            <figcaption>
                { keys(name, &picture.keys()) }
                <p class="read-out" aria-live="polite" data-testid={format!("read-out-{name}")}>{ said }</p>
                <Downloads
                    {name}
                    title={picture.title().to_owned()}
                    picture={Kept { draw, size: (KEPT, picture.height(f64::from(KEPT))) }}
                    {csv}
                />
                if props.twin {
                    <Twin {name} picture={picture.clone()} />
                }
            </figcaption>
        </figure>
    }
}

/// What the signs in the picture mean, in a line.
fn keys(name: &str, keys: &[(Key, &'static str)]) -> Html {
    if keys.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="keys aside" aria-label="Signs in the picture" data-testid={format!("keys-{name}")}>
            { for keys.iter().map(|(key, meaning)| html! {
                <li>
                    <svg class="fail" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                        <polygon points={key.corners()} fill="currentColor" />
                    </svg>
                    { *meaning }
                </li>
            }) }
        </ul>
    }
}

/// What it is and what can be done with it, for those who do not see it.
fn label(props: &Props) -> String {
    let (title, place) = (props.picture.title(), props.picture.place());
    let mut label = format!("{title}. Arrow keys move from {place} to {place}");
    if props.on_choose.is_some() {
        label += ", with Shift they choose a range, and Escape lets it go";
    }
    if props.on_open.is_some() {
        label += ", and Enter shows more";
    }
    label + "; the same numbers stand in the table."
}

/// The range that a drag chooses; `None` where it is but a click.
fn next_range(
    grip: &mut Option<Grip>,
    picture: &SharedPicture,
    chosen: Option<&Range<usize>>,
    Drag { at, is_over }: Drag,
) -> Option<Range<usize>> {
    let mark = picture.mark_at(at)?;
    let held = *grip.get_or_insert_with(|| Grip {
        x: at.x,
        anchor: anchor_of(picture, chosen, at, mark),
    });
    if is_over {
        *grip = None;
    }
    let is_click = (at.x - held.x).abs() < CLICK;
    (!is_click).then(|| between(held.anchor, mark))
}

/// What stays while a drag moves: where it began, or the other end where it began at an end of what is chosen.
fn anchor_of(
    picture: &SharedPicture,
    chosen: Option<&Range<usize>>,
    at: Pointer,
    mark: usize,
) -> usize {
    let gripped = chosen.and_then(|chosen| {
        let (left, right) = picture.ends(chosen, at.size)?;
        let last = chosen.end.checked_sub(1)?;
        let (to_left, to_right) = ((at.x - left).abs(), (at.x - right).abs());
        match to_left.min(to_right) <= GRIP {
            true if to_left < to_right => Some(last),
            true => Some(chosen.start),
            false => None,
        }
    });
    gripped.unwrap_or(mark)
}

fn between(one: usize, other: usize) -> Range<usize> {
    one.min(other)..one.max(other) + 1
}

/// Arrow keys move; with Shift they choose from where Shift was pressed first.
fn on_key(
    props: &Props,
    marked: &UseStateHandle<Option<usize>>,
    anchor: &Rc<std::cell::RefCell<Option<usize>>>,
) -> Callback<KeyboardEvent> {
    let (picture, chosen) = (props.picture.clone(), props.chosen.clone());
    let (on_choose, on_open) = (props.on_choose.clone(), props.on_open.clone());
    let (marked, anchor) = (marked.clone(), Rc::clone(anchor));
    Callback::from(move |event: KeyboardEvent| {
        let key = event.key();
        match (key.as_str(), &on_choose, &on_open, *marked) {
            ("Escape", Some(on_choose), ..) if chosen.is_some() => {
                anchor.take();
                on_choose.emit(None);
            }
            ("Enter", _, Some(on_open), Some(mark)) => on_open.emit(mark),
            _ => {
                let Some(next) = picture.step(*marked, &key) else {
                    return;
                };
                match (&on_choose, event.shift_key()) {
                    (Some(on_choose), true) => {
                        let from = *anchor.borrow_mut().get_or_insert(marked.unwrap_or(next));
                        on_choose.emit(Some(between(from, next)));
                    }
                    _ => {
                        anchor.take();
                    }
                }
                marked.set(Some(next));
            }
        }
        event.prevent_default();
    })
}
