//! What graded answers are worth, as people read it at a terminal.

use std::fmt::{Result, Write};

use greenlight_format as format;
use greenlight_readiness::{AcceptedReport, Report};

/// Who accepts how many, how far they agree, and whether repeats do.
pub fn write_answers(text: &mut String, report: &Report) -> Result {
    let Some(answers) = &report.answers else {
        return Ok(());
    };
    writeln!(text, "Answers")?;
    let accepted = [
        ("people accept", &answers.accepted_by_human),
        ("a judge accepts", &answers.accepted_by_judge),
    ];
    for (who, accepted) in accepted {
        if let Some(accepted) = accepted {
            writeln!(text, "  {who} {}", share(accepted))?;
        }
    }
    if let Some(agreement) = &answers.agreement {
        let kappa = match agreement.weighted {
            true => "weighted κ",
            false => "κ",
        };
        writeln!(
            text,
            "  they agree on {} of {} answers, {kappa} {}",
            format::percent(agreement.share),
            format::count(agreement.rows),
            agreement
                .kappa
                .map_or_else(format::undefined, |kappa| { format::significant(kappa, 3) })
        )?;
    }
    if let Some(repeats) = &answers.repeats {
        writeln!(
            text,
            "  {} ids have several answers, {} of them agree",
            format::count(repeats.ids),
            format::percent(repeats.share)
        )?;
    }
    match (answers.pass_mark, answers.accepted_classes.as_slice()) {
        (Some(mark), _) => writeln!(
            text,
            "  accepted is a grade of {} or more",
            format::exact(mark)
        )?,
        (None, []) => {}
        (None, words) => writeln!(text, "  accepted is {}", words.join(" or "))?,
    }
    writeln!(text)
}

fn share(accepted: &AcceptedReport) -> String {
    format!(
        "{} of {} ({})",
        format::count(accepted.accepted),
        format::count(accepted.rows),
        format::percent(accepted.share)
    )
}
