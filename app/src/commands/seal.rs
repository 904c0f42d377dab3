//! `seal`: signs and publishes a checkpoint over everything recorded.

use std::process::ExitCode;

use serde_json::json;

use super::Hands;
use crate::output::Output;

pub fn run(out: &Output, hands: &Hands) -> anyhow::Result<ExitCode> {
    let note = hands.0.with(|writer| writer.seal())?;
    let size = note.lines().nth(1).unwrap_or_default().to_owned();
    out.result(&json!({ "ok": true, "size": size, "checkpoint": note }), || {
        format!("Đã niêm phong {size} lần ghi.\n\n{note}")
    });
    Ok(ExitCode::SUCCESS)
}
