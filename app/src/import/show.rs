//! What `import` shows while it works.

use mc_base::number::whole;
use mc_importing::{Progress, Proposal};
use mc_intake::column_letter;
use mc_register::Schema;

use crate::output::Output;

/// Rows between two lines of progress.
const STEP: u64 = 100_000;

/// Which column was taken for which field.
pub fn proposal(proposal: &Proposal, schema: &Schema, out: &Output) {
    let how = if proposal.remembered { " (như lần nhập trước)" } else { "" };
    out.progress(&format!("sổ {}: ghép cột{how}", schema.title.vi));
    for column in &proposal.mapping.columns {
        let field = column.field.and_then(|no| schema.field_no(no));
        let meant = field.map_or("không dùng", |field| field.title.vi.as_str());
        out.progress(&format!("  {} “{}” → {meant}", column_letter(column.column), column.header));
    }
    if let Some(style) = proposal.mapping.numbers.filter(|_| proposal.mapping.has_numbers(schema)) {
        out.progress(&format!("  số viết {}", style.words()));
    }
}

/// How far it has come, now and then.
pub fn progress(progress: Progress, out: &Output) {
    match progress {
        Progress::Compared(rows) if rows.is_multiple_of(STEP) && rows > 0 => {
            out.progress(&format!("đã đọc và đối chiếu {} dòng", whole(rows)));
        }
        Progress::Written { done, total } if total >= STEP => {
            out.progress(&format!("đã ghi {} trên {} phiên bản", whole(done), whole(total)));
        }
        Progress::Open(_) | Progress::Compared(_) | Progress::Summing | Progress::Written { .. } => {}
    }
}
