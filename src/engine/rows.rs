//! Single rows: what the worker does when it is asked for them, and the page's list of who waits.

use std::cell::{Cell, RefCell};

use greenlight_format::csv::mark_for;
use greenlight_readiness::{RowFinder, RowPage, Source};
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};
use yew::Callback;

use super::protocol::{Answer, RequestId, RowsAsked, RowsForm};

/// Where a page of rows goes.
pub type OnPage = Callback<Result<RowPage, String>>;
/// Where a file of rows goes.
pub type OnFile = Callback<Result<Blob, String>>;

/// Who waits for rows. The latest wins, among pages and among files.
#[derive(Default)]
pub struct Waiting {
    latest: Cell<RequestId>,
    page: RefCell<Option<(RequestId, OnPage)>>,
    file: RefCell<Option<(RequestId, OnFile)>>,
}

impl Waiting {
    /// Puts someone down for a page, in place of whoever waited for one.
    pub fn for_page(&self, on_page: OnPage) -> RequestId {
        let id = self.next_id();
        self.page.replace(Some((id, on_page)));
        id
    }

    /// Puts someone down for a file. Whoever waited for one is told that none will come.
    pub fn for_file(&self, on_file: OnFile) -> RequestId {
        let id = self.next_id();
        if let Some((_, before)) = self.file.replace(Some((id, on_file))) {
            before.emit(Err("another file was asked for meanwhile".to_owned()));
        }
        id
    }

    /// Passes a page on to who waits for it; a stale one is dropped.
    pub fn page(&self, id: RequestId, page: Result<RowPage, String>) {
        let taken = self
            .page
            .borrow_mut()
            .take_if(|(waiting, _)| *waiting == id);
        if let Some((_, on_page)) = taken {
            on_page.emit(page);
        }
    }

    /// Passes a file on to who waits for it; a stale one is dropped.
    pub fn file(&self, id: RequestId, file: Result<Blob, String>) {
        let taken = self
            .file
            .borrow_mut()
            .take_if(|(waiting, _)| *waiting == id);
        if let Some((_, on_file)) = taken {
            on_file.emit(file);
        }
    }

    /// Other rows are on screen now: who still shows the old ones asks anew on their own.
    pub fn outdated(&self) {
        self.page.take();
        self.dismiss("the data have changed meanwhile");
    }

    /// Tells everyone that nothing will come.
    pub fn dismiss(&self, why: &str) {
        let (page, file) = (self.page.take(), self.file.take());
        if let Some((_, on_page)) = page {
            on_page.emit(Err(why.to_owned()));
        }
        if let Some((_, on_file)) = file {
            on_file.emit(Err(why.to_owned()));
        }
    }

    fn next_id(&self) -> RequestId {
        let id = self.latest.get().wrapping_add(1);
        self.latest.set(id);
        id
    }
}

/// The answer of the worker, and the file that goes beside it.
pub fn answer(
    id: RequestId,
    source: Option<&Source>,
    asked: &RowsAsked,
    form: RowsForm,
) -> (Answer, Option<Blob>) {
    let found = source
        .ok_or_else(|| "the data are no longer in memory: open the file again".to_owned())
        .and_then(|source| {
            RowFinder::new(source, &asked.choices, &asked.settings)
                .map_err(|error| error.to_string())
        });
    match form {
        RowsForm::Page {
            order,
            first,
            count,
        } => {
            let page = found.map(|finder| finder.page(asked.filter, order, first, count));
            (Answer::Rows { id, page }, None)
        }
        RowsForm::File => {
            let file = found.and_then(|finder| {
                let parts = Array::new();
                let mut is_ascii = true;
                finder.write_csv(asked.filter, &mut |piece| {
                    is_ascii &= piece.is_ascii();
                    parts.push(&JsValue::from_str(piece));
                });
                parts.unshift(&JsValue::from_str(mark_for(is_ascii)));
                let options = BlobPropertyBag::new();
                options.set_type("text/csv");
                Blob::new_with_str_sequence_and_options(&parts, &options)
                    .map_err(|_| "the browser has no room for a file of these rows".to_owned())
            });
            match file {
                Ok(blob) => (Answer::RowsFile { id, made: Ok(()) }, Some(blob)),
                Err(why) => (Answer::RowsFile { id, made: Err(why) }, None),
            }
        }
    }
}
