//! Watches over a request: it ends where someone wants it to, or where nothing comes any more.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use web_sys::{AbortController, AbortSignal};

use super::trouble::Trouble;

/// So long a host may be silent.
const PATIENCE_MS: u32 = 30_000;

/// A watch over the requests of one visit; clones are the same watch.
#[derive(Clone)]
pub struct Watch(Rc<Inner>);

struct Inner {
    controller: AbortController,
    silence: RefCell<Option<Timeout>>,
    why: RefCell<Option<Trouble>>,
    is_over: Cell<bool>,
    _refusals: EventListener,
}

impl Watch {
    /// Over what begins now; `None` where the browser cannot end a request.
    pub fn begin() -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let inner = Rc::new_cyclic(|inner: &std::rc::Weak<Inner>| {
            let inner = inner.clone();
            // A host that sends on to one that the page may not connect to looks like no answer, but for this event.
            let refusals = EventListener::new(
                &gloo::utils::document(),
                "securitypolicyviolation",
                move |_| {
                    if let Some(inner) = inner.upgrade() {
                        inner.why.replace(Some(Trouble::SentOn));
                    }
                },
            );
            Inner {
                controller,
                silence: RefCell::default(),
                why: RefCell::default(),
                is_over: Cell::default(),
                _refusals: refusals,
            }
        });
        Some(Self(inner))
    }

    /// What requests listen to.
    pub fn signal(&self) -> AbortSignal {
        self.0.controller.signal()
    }

    /// Something has come: the silence begins anew.
    pub fn hear(&self) {
        let watch = Rc::downgrade(&self.0);
        let end = move || {
            if let Some(inner) = watch.upgrade() {
                Self(inner).end(Trouble::Silence(PATIENCE_MS));
            }
        };
        let silence = (!self.0.is_over.get()).then(|| Timeout::new(PATIENCE_MS, end));
        self.0.silence.replace(silence);
    }

    /// Nothing more is waited for.
    pub fn rest(&self) {
        self.0.silence.take();
    }

    /// Ends what is under way.
    pub fn end(&self, why: Trouble) {
        if !self.0.is_over.replace(true) {
            self.0.why.replace(Some(why));
            self.0.controller.abort();
        }
    }

    /// Why a request that came to nothing did.
    pub fn why(&self) -> Trouble {
        let why = self.0.why.borrow();
        why.clone().unwrap_or(Trouble::NoAnswer)
    }
}
