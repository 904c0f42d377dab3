//! `restore`: a backup becomes an instance again, read anew, its later erasures repeated, sealed.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, bail};
use mc_base::number;
use mc_sqlite::{ErasedLine, Layout, Manifest, SystemWorld, Writer, read_journal, restore};
use serde_json::json;

use super::{backup, verify};
use crate::cli::Restore;
use crate::output::Output;

const SHOWN_MAX: usize = 20;

pub fn run(layout: &Layout, args: &Restore, out: &Output) -> anyhow::Result<ExitCode> {
    if args.erasures.is_empty() && !args.without_erasures {
        bail!(
            "Cần nhật ký xóa mới nhất (--erasures erasures.log) để phát lại các lệnh xóa sau bản sao lưu. Nếu không còn \
             bản nào, thêm --without-erasures: giá trị cá nhân đã xóa sau bản sao lưu có thể hiện lại."
        );
    }
    let seed = match &args.keys {
        Some(path) => Some(
            super::small_file(path)
                .with_context(|| format!("không đọc được tệp khóa “{}”", path.display()))?,
        ),
        None => None,
    };
    let mut listener = |stage, percent| backup::tell(out, stage, percent);
    let restoring = restore(&args.file, seed.as_deref(), layout.dir(), &mut SystemWorld, &mut listener)?;
    let lines = journals(args, &restoring.manifest)?;
    let world = crate::clock::world(&super::reader(restoring.layout())?)?;
    let mut writer = Writer::open(restoring.layout(), world).context("không mở được bản phục hồi")?;
    let replayed = writer.replay(&lines)?;
    drop(writer);
    let began = now();
    let report = verify::report(restoring.layout(), out)?;
    let seconds = began.elapsed().as_secs();
    let findings: Vec<String> = report
        .findings
        .iter()
        .take(SHOWN_MAX)
        .map(|finding| format!("{}: {}", finding.place, finding.message))
        .collect();
    if !report.ok() && !args.despite_findings {
        bail!(
            "Đọc lại thấy {} chỗ sai nên không giữ bản phục hồi (thêm --despite-findings để giữ):\n  {}",
            report.findings.len(),
            findings.join("\n  ")
        );
    }
    let manifest = restoring.publish()?;
    let result = json!({
        "ok": report.ok(), "size": manifest.size, "root": manifest.root, "records": report.records,
        "erased_again": replayed, "verify_seconds": seconds, "sealed": true, "findings": findings,
    });
    out.result(&result, || {
        format!(
            "Đã phục hồi {} lần ghi vào “{}”; đọc lại toàn bộ trong {seconds} giây, {} chỗ sai; làm lại {replayed} \
             việc xóa và đánh dấu dữ liệu cá nhân theo nhật ký xóa.\nBản phục hồi đang niêm phong: chỉ đọc. Mở bằng \
             `minhchung seal --newest MỐC`, MỐC là mốc niêm phong mới nhất mà bạn hoặc bên chứng kiến giữ.",
            number::whole(i128::from(manifest.size)),
            layout.dir().display(),
            report.findings.len()
        )
    });
    Ok(if report.ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The lines of all journals, in the order of the ledger.
fn journals(args: &Restore, manifest: &Manifest) -> anyhow::Result<Vec<ErasedLine>> {
    let mut lines = Vec::new();
    for path in &args.erasures {
        lines.extend(read_journal(path, &manifest.instance)?);
    }
    lines.sort_by_key(|line| line.seq);
    Ok(lines)
}

#[expect(clippy::disallowed_methods, reason = "the operator is told how long reading everything took")]
fn now() -> Instant {
    Instant::now()
}
