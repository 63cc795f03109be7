//! Ids of rows, cells shown as examples, and what tells one file from all others.

use crate::report::SharedReport;

/// Leaves them out, and says so where there were any. Row numbers stay: they say where in the file, and nothing of what stands there.
pub fn leave_out(report: &mut SharedReport) {
    let mut any = false;
    for source in &mut report.profile.sources {
        // Whoever has a file could tell by it that the report is of that one.
        any |= source.sha256.take().is_some();
        for rejected in &mut source.rejected {
            any |= !rejected.example.is_empty();
            rejected.example.clear();
        }
    }
    let profile = &mut report.profile;
    if let Some(windows) = &mut profile.kept_windows {
        any |= !windows.notes.is_empty();
        windows.notes.clear();
    }
    if let Some(examination) = &mut profile.examination {
        if let Some(windows) = &mut examination.windows {
            // Cells that cannot be read are told of.
            any |= !windows.notes.is_empty();
            windows.notes.clear();
        }
        if let Some(repetition) = &mut examination.repetition {
            any |= !repetition.unstable.is_empty();
            repetition.unstable.clear();
            repetition.answers.unstable.clear();
        }
        for column in examination
            .drift
            .iter_mut()
            .flat_map(|drift| &mut drift.columns)
        {
            any |= !column.unseen.examples.is_empty();
            column.unseen.examples.clear();
        }
    }
    report.thinned.without_examples |= any;
}
