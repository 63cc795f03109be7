//! Every picture, drawn on any plotters DrawingBackend.
