//! What can go wrong with a picture.

use std::fmt;

use plotters::drawing::DrawingAreaErrorKind;
use plotters_backend::DrawingErrorKind;
use wasm_bindgen::{JsCast, JsValue};

/// Why a picture could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanvasError(String);

impl fmt::Display for CanvasError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for CanvasError {}

impl CanvasError {
    /// Takes what the browser threw.
    pub(super) fn thrown(value: &JsValue) -> Self {
        let text = value
            .dyn_ref::<js_sys::Error>()
            .map(|error| String::from(error.message()))
            .or_else(|| value.as_string());
        Self(text.unwrap_or_else(|| String::from("the browser refused to draw")))
    }
}

impl From<&str> for CanvasError {
    fn from(reason: &str) -> Self {
        Self(reason.to_owned())
    }
}

impl From<DrawingErrorKind<Self>> for CanvasError {
    fn from(error: DrawingErrorKind<Self>) -> Self {
        match error {
            DrawingErrorKind::DrawingError(error) => error,
            DrawingErrorKind::FontError(error) => Self(error.to_string()),
        }
    }
}

impl From<DrawingAreaErrorKind<Self>> for CanvasError {
    fn from(error: DrawingAreaErrorKind<Self>) -> Self {
        match error {
            DrawingAreaErrorKind::BackendError(error) => error.into(),
            other => Self(other.to_string()),
        }
    }
}
