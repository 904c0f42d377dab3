//! `check`: the numbers of a text against their own arithmetic. It needs no instance.

mod show;

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use mc_base::Day;
use mc_claims::{Context, Report};
use mc_intake::limits::PROSE_BYTES_MAX;
use mc_intake::{ProseFault, read_prose_in_child};
use mc_sqlite::{SystemWorld, World as _};
use serde_json::json;

use crate::cli::Check;
use crate::output::Output;

/// `data` is the directory that was named, if any.
pub fn run(data: Option<&Path>, args: &Check, out: &Output) -> anyhow::Result<ExitCode> {
    if data.is_some() {
        return Ok(out.misused(
            "Chưa đối chiếu được số liệu của văn bản với sổ: phần này chưa có. Hãy bỏ --data để kiểm tra số \
             học trong chính văn bản.",
        ));
    }
    let text = read(&args.file)?;
    let date: Day = args.date.unwrap_or_else(|| SystemWorld.now().day());
    let places = mc_reference::gazetteer()?;
    let checked = mc_claims::check(&text, &Context { date, places: &places });
    let mut machine = serde_json::to_value(Report::of(&checked, date))?;
    if let Some(report) = machine.as_object_mut() {
        report.insert("registers".to_owned(), json!([]));
    }
    out.result(&machine, || show::people(&text, &checked, date));
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> anyhow::Result<String> {
    if file.as_os_str() == "-" {
        return standard_input();
    }
    let exe = std::env::current_exe().context("không tìm thấy chính chương trình này")?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let prose = read_prose_in_child(&exe, file, &name).with_context(|| format!("“{}”", file.display()))?;
    Ok(prose.text)
}

/// What is typed or piped in is text; no parser sees it, so no process of its own is needed.
fn standard_input() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(PROSE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > PROSE_BYTES_MAX {
        return Err(ProseFault::TooLong.into());
    }
    let text = mc_intake::prose::utf8(bytes)?;
    if text.trim().is_empty() {
        return Err(ProseFault::Empty.into());
    }
    Ok(text)
}
