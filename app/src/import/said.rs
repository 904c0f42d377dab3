//! The result of `import` in sentences.

use mc_base::number::whole;
use mc_importing::{Outcome, Proposal};

use crate::cli::Import;

/// Refused rows shown on the terminal.
const SHOWN_MAX: usize = 10;

/// Counts, the first refused rows, what was assumed, and what to do next.
pub fn result(outcome: &Outcome, proposal: &Proposal, remarks: &[String], args: &Import) -> String {
    let mut lines = vec![outcome.sentence()];
    for refused in outcome.rejected.iter().take(SHOWN_MAX) {
        lines.push(format!("  ✗ {refused}"));
    }
    if outcome.rejected.len() > SHOWN_MAX {
        lines.push(format!("  … và {} dòng nữa.", whole((outcome.rejected.len() - SHOWN_MAX) as u64)));
    }
    for (field, value) in &proposal.assumed {
        lines.push(format!("Tệp không có cột “{field}”: với bản ghi mới lấy “{value}”."));
    }
    lines.extend(remarks.iter().map(|remark| format!("Lưu ý: {remark}")));
    if let Some(path) = &args.errors {
        lines.push(format!("Tệp gốc kèm cột “Vì sao” đã ghi vào “{}”.", path.display()));
    }
    lines.push(ending(outcome, args));
    for cover in &outcome.covers {
        lines.push(cover.sentence.clone());
        if outcome.seq.is_some() {
            let way = if cover.retire { "--retire".to_owned() } else { format!("--by {}", cover.by) };
            lines.push(format!(
                "  minhchung cover '{}' {way} --from {} --reason '…'",
                cover.total, cover.from
            ));
        }
    }
    lines.join("\n")
}

fn ending(outcome: &Outcome, args: &Import) -> String {
    let good = whole(outcome.good());
    match (outcome.seq, outcome.good(), outcome.rejected.is_empty() || args.good_rows) {
        (Some(seq), ..) => format!("Đã ghi {good} dòng ở lần ghi {seq}."),
        (None, 0, true) => "Không có gì khác với sổ nên không ghi lần nào.".to_owned(),
        (None, 0, false) => "Chưa ghi gì: không có dòng nào nhập được.".to_owned(),
        (None, _, true) => format!("Chỉ thử, chưa ghi gì. Bỏ --dry-run để nhập {good} dòng."),
        (None, _, false) => format!(
            "Chưa ghi gì vì có dòng bị từ chối. Hãy sửa tệp rồi nhập lại, hoặc thêm --good-rows để chỉ nhập \
             {good} dòng tốt."
        ),
    }
}
