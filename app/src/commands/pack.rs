//! `pack check` and `pack apply`: declarations of a province, without a programmer.

use std::process::ExitCode;

use mc_sqlite::{Layout, Settling};
use serde_json::json;

use super::Hands;
use crate::cli::{Pack, PackAct};
use crate::output::{Output, REFUSED};
use crate::pack;

pub fn run(layout: &Layout, args: &Pack, out: &Output, hands: &Hands) -> anyhow::Result<ExitCode> {
    let (dir, apply) = match &args.act {
        PackAct::Check { dir } => (dir, false),
        PackAct::Apply { dir } => (dir, true),
    };
    let declared = pack::read(dir)?;
    let difference = pack::difference(&super::reader(layout)?, &declared)?;
    let ok = difference.refused.is_empty();
    let applied = apply && ok && !difference.is_empty();
    if applied {
        let reason = format!("Áp dụng gói “{}”", dir.display());
        hands.0.with(|writer| pack::apply(writer, &difference, &reason))?;
        let mut told = String::new();
        hands.0.settle(&mut |step| {
            let said = said(step);
            if said != told {
                out.progress(&said);
                told = said;
            }
        })?;
    }
    let result =
        json!({ "ok": ok, "applied": applied, "changes": difference.changes, "refused": difference.refused });
    out.result(&result, || {
        let mut lines: Vec<String> = difference.changes.iter().map(|change| format!("+ {change}")).collect();
        lines.extend(difference.refused.iter().map(|refusal| format!("✗ {refusal}")));
        lines.push(match (ok, applied, difference.is_empty()) {
            (_, _, true) => "Không có gì khác với bản cài.".to_owned(),
            (false, ..) => "Không áp dụng được: bỏ hoặc sửa các mục đánh dấu ✗ rồi thử lại.".to_owned(),
            (true, true, _) => "Đã áp dụng.".to_owned(),
            (true, false, _) => "Áp dụng được; chưa ghi gì.".to_owned(),
        });
        lines.join("\n")
    });
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

fn said(step: Settling) -> String {
    let what = match step {
        Settling::Moved { .. } => "Chuyển các phiên bản theo khai báo mới",
        Settling::Counted { .. } => "Đếm bản ghi cho chỉ tiêu mới",
        Settling::Built { .. } => "Ghi ô số liệu của chỉ tiêu mới",
    };
    let (done, total) = step.share();
    format!("{what}: {}%", (done * 100).checked_div(total).unwrap_or(100))
}
