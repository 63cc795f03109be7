//! Takes the second look, reading the file again for features that do not fit in memory.

use std::rc::{Rc, Weak};

use greenlight_readiness::{Choices, DecisionRule, Examiner, Source, Windows};
use js_sys::Date;

use super::reading::{Unread, read_file};
use super::{Opened, Shown, Worker};
use crate::engine::band;
use crate::engine::protocol::{Answer, RequestId};
use crate::input::Input;

/// Windows of time, which are of all rows whatever range of them is looked at.
pub(super) struct KeptWindows {
    source: Weak<Source>,
    choices: Choices,
    decided: Decided,
    windows: Windows,
}

/// What decides, and from where on.
type Decided = (Option<DecisionRule>, Option<f64>);

impl Worker {
    /// Looks at the rows a second time, hearing messages in between.
    pub(super) async fn examine(&self, id: RequestId, threshold: Option<f64>) {
        let Some(Shown {
            opened: Opened { source, input },
            choices,
            profile,
            ..
        }) = self.shown.borrow().clone()
        else {
            return;
        };
        let decided = threshold.and_then(|threshold| {
            let counts = self.scores.borrow().counts_at(threshold);
            let decided = profile.decided_at(threshold, Some(&counts))?;
            Some(Rc::new(decided))
        });
        let profile = decided.unwrap_or(profile);
        // What made the profile makes the examiner as well.
        let Ok(mut examiner) = Examiner::new(&source, &choices, &profile) else {
            return;
        };
        let decided = (profile.settings.decision, profile.settings.threshold);
        let is_kept = |kept: &KeptWindows| {
            let is_same = kept.source.as_ptr() == Rc::as_ptr(&source) && kept.decided == decided;
            is_same && kept.choices.differs_in_range_alone(&choices)
        };
        match &*self.windows.borrow() {
            Some(kept) if is_kept(kept) => examiner.keep_windows(kept.windows.clone()),
            _ => {}
        }
        let mut since = Date::now();
        loop {
            if let (Some(wanted), Input::Files(files)) = (examiner.wants(), &*input)
                && let [file] = files.as_slice()
            {
                let reader = (self.reader)(file.name()).only(wanted.columns.iter().cloned());
                let (done, of) = examiner.progress();
                let goes_on = |_, _| {
                    let features = Some((wanted.first, wanted.last, wanted.of));
                    self.answer(&Answer::Examining {
                        id,
                        done,
                        of,
                        features,
                    });
                    self.examining.get() == Some(id)
                };
                match read_file(file, reader, None, goes_on).await {
                    Err(Unread::Outdated) => return,
                    // Of a file that cannot be read again, or has changed, the features are named as unread.
                    Err(_) => {}
                    Ok(read) => {
                        let _ = examiner.supply(read.table);
                    }
                }
            }
            if !examiner.step() {
                break;
            }
            if Date::now() - since >= band::SLICE_MS {
                let (done, of) = examiner.progress();
                self.answer(&Answer::Examining {
                    id,
                    done,
                    of,
                    features: None,
                });
                band::messages(&self.scope).await;
                if self.examining.get() != Some(id) {
                    return;
                }
                since = Date::now();
            }
        }
        self.examining.set(None);
        let examination = examiner.finish();
        let windows = examination.windows.clone();
        self.windows.replace(windows.map(|windows| KeptWindows {
            source: Rc::downgrade(&source),
            choices,
            decided,
            windows,
        }));
        self.answer(&Answer::Examined {
            id,
            threshold,
            examination: Box::new(examination),
        });
    }
}
