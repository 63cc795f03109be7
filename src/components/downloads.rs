//! Buttons that keep a picture and its table: as SVG, as PNG, as CSV.

use web_sys::Blob;
use yew::prelude::*;

use crate::canvas::{Draw, export};
use crate::files::{download, download_blob, download_csv};

/// A picture to keep.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// Draws it; the same as on screen.
    pub draw: Draw,
    /// Its size in CSS pixels.
    pub size: (u32, u32),
}

/// The properties of [`Downloads`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Names files and handles: `download-svg-NAME`, `download-png-NAME`, `download-csv-NAME`.
    pub name: AttrValue,
    /// What is downloaded, in words.
    pub title: AttrValue,
    /// The picture, where there is one.
    #[prop_or_default]
    pub picture: Option<Picture>,
    /// Writes its table.
    pub csv: Callback<(), String>,
}

/// Keeps a picture and its table.
#[component]
pub fn Downloads(
    Props {
        name,
        title,
        picture,
        csv,
    }: &Props,
) -> Html {
    let fault = use_state_eq(|| None::<String>);
    let file = |extension: &str| format!("greenlight-{name}.{extension}");
    let button = |kind: &'static str, onclick: Callback<MouseEvent>| {
        html! {
            <button
                type="button"
                class="quiet"
                data-testid={format!("download-{}-{name}", kind.to_ascii_lowercase())}
                {onclick}
            >
                { kind }
            </button>
        }
    };
    let say = {
        let fault = fault.setter();
        move |done: Result<(), String>| fault.set(done.err())
    };
    let refused = |_| "the browser refused the download".to_owned();

    let pictures = picture.clone().map(|Picture { draw, size }| {
        let svg = {
            let (draw, title, name) = (draw.clone(), title.clone(), file("svg"));
            let say = say.clone();
            move |_| {
                let svg = export::svg(&draw, size, &title).map_err(|error| error.to_string());
                say(svg.and_then(|svg| download(&name, "image/svg+xml", &svg).map_err(refused)));
            }
        };
        let png = {
            let (name, say) = (file("png"), say.clone());
            move |_| {
                let (name, late) = (name.clone(), say.clone());
                let made = Callback::from(move |blob: Blob| {
                    late(download_blob(&name, &blob).map_err(refused));
                });
                if let Err(error) = export::png(&draw, size, made) {
                    say(Err(error.to_string()));
                }
            }
        };
        html! {
            <>
                { button("SVG", Callback::from(svg)) }
                { button("PNG", Callback::from(png)) }
            </>
        }
    });
    let table = {
        let (csv, name) = (csv.clone(), file("csv"));
        Callback::from(move |_| say(download_csv(&name, &csv.emit(())).map_err(refused)))
    };
    html! {
        <div class="downloads" role="group" aria-label={format!("Download {title}")}>
            <span aria-hidden="true">{ "Download" }</span>
            { pictures }
            { button("CSV", table) }
            if let Some(fault) = &*fault {
                <span role="alert">{ format!("This did not work: {fault}.") }</span>
            }
        </div>
    }
}
