//! `proof`: a file that proves a record or a figure without this server.

use std::process::ExitCode;

use anyhow::Context as _;
use mc_sqlite::Layout;
use serde_json::json;

use super::figure;
use crate::cli::{FigureArgs, Places, Proof};
use crate::output::Output;

pub fn run(layout: &Layout, args: &Proof, out: &Output) -> anyhow::Result<ExitCode> {
    let reader = super::reader(layout)?;
    let file = match (&args.figure, &args.register, &args.key) {
        (Some(id), ..) => {
            let at = FigureArgs {
                place: args.place.clone().context("thiếu --place")?,
                period: args.period.clone().context("thiếu --period")?,
                known_on: args.known_on.clone(),
                places: Places::Now,
            };
            reader.proof_of_figure(&figure::request(&reader, id, &at)?)?
        }
        (None, Some(register), Some(key)) => reader.proof_of_record(register, key)?,
        _ => anyhow::bail!("cần SỔ và KHÓA, hoặc --figure"),
    };
    let text = file.to_json();
    std::fs::write(&args.out, &text).with_context(|| format!("không ghi được “{}”", args.out.display()))?;
    out.result(
        &json!({ "ok": true, "out": args.out, "bytes": text.len(), "commits": file.commits.len() }),
        || {
            format!(
                "Đã ghi bằng chứng vào “{}”. Kiểm tra bằng: verifier {}",
                args.out.display(),
                args.out.display()
            )
        },
    );
    Ok(ExitCode::SUCCESS)
}
