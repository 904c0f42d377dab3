//! `proof`: a file that proves a record or a figure without this server.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use mc_base::Seq;
use mc_sqlite::{Layout, Reader};
use serde_json::json;

use super::figure;
use crate::cli::{FigureArgs, Places, Proof};
use crate::output::Output;

pub fn run(layout: &Layout, args: &Proof, out: &Output) -> anyhow::Result<ExitCode> {
    let reader = super::reader(layout)?;
    if let Some(seq) = args.tlog {
        return entry(&reader, Seq(seq), &args.out, out);
    }
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
        _ => anyhow::bail!("cần SỔ và KHÓA, --figure hoặc --tlog"),
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

/// The `.tlog-proof` of a commit, and the entry that it is about beside it.
fn entry(reader: &Reader, seq: Seq, to: &Path, out: &Output) -> anyhow::Result<ExitCode> {
    let found = reader.entry_proof(seq)?;
    let found =
        found.with_context(|| format!("Lần ghi {seq} không có, hoặc chưa nằm dưới mốc niêm phong nào."))?;
    let mut beside = to.as_os_str().to_owned();
    beside.push(".entry");
    let beside = PathBuf::from(beside);
    let text = found.proof.to_text();
    for (path, bytes) in [(to, text.as_bytes()), (&beside, &found.entry)] {
        std::fs::write(path, bytes).with_context(|| format!("không ghi được “{}”", path.display()))?;
    }
    out.result(&json!({ "ok": true, "out": to, "bytes": text.len(), "commits": 1, "entry": beside }), || {
        let name = to.display();
        format!("Đã ghi bằng chứng của lần ghi {seq} vào “{name}”, mục ghi vào “{name}.entry”. Kiểm tra bằng: verifier {name} --key KHÓA")
    });
    Ok(ExitCode::SUCCESS)
}
