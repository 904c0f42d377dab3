//! `seal`: signs and publishes a checkpoint over everything recorded; on a restored copy, opens its seal.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use mc_access::Actor;
use serde_json::json;

use super::Hands;
use crate::cli::Seal;
use crate::output::Output;

pub fn run(args: &Seal, out: &Output, hands: &Hands) -> anyhow::Result<ExitCode> {
    let newest = args.newest.as_deref().map(read).transpose()?;
    if args.new_epoch {
        let reason = args.reason.as_deref().unwrap_or_default();
        hands.0.with(|writer| writer.new_epoch(newest.as_deref(), &Actor::operator(), reason))?;
    } else if let Some(newest) = &newest {
        hands.0.with(|writer| writer.unseal(newest))?;
    }
    hands.0.with(|writer| writer.seal_access())?;
    let note = hands.0.with(|writer| writer.seal())?;
    let origin = note.lines().next().unwrap_or_default().to_owned();
    let size = note.lines().nth(1).unwrap_or_default().to_owned();
    out.result(&json!({ "ok": true, "size": size, "origin": origin, "checkpoint": note }), || {
        let opened = if args.new_epoch {
            format!("Đã mở kỷ nguyên mới “{origin}”.\n")
        } else if newest.is_some() {
            "Bản phục hồi khớp với mốc niêm phong: đã mở, nhận ghi như thường.\n".to_owned()
        } else {
            String::new()
        };
        format!("{opened}Đã niêm phong {size} lần ghi.\n\n{note}")
    });
    Ok(ExitCode::SUCCESS)
}

/// The text of a checkpoint file.
fn read(path: &Path) -> anyhow::Result<String> {
    super::small_file(path).with_context(|| format!("không đọc được mốc niêm phong “{}”", path.display()))
}
