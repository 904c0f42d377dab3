//! `verify`: re-reads everything from bytes.

use std::process::ExitCode;

use mc_port::Report;
use mc_sqlite::{Layout, Stage};
use serde_json::{Value, json};

use crate::output::Output;

/// Re-reads an instance, saying how far it is.
pub fn report(layout: &Layout, out: &Output) -> anyhow::Result<Report> {
    let mut shown = None;
    Ok(super::reader(layout)?.verify(&mut |stage, done| {
        let what = said(stage);
        let begins = shown.replace(stage) != Some(stage);
        match done {
            0 if begins => out.progress(what),
            0 => {}
            done => out.progress_over(&format!("{what}: {}", mc_base::number::whole(done))),
        }
    })?)
}

pub fn run(layout: &Layout, out: &Output) -> anyhow::Result<ExitCode> {
    let report = report(layout, out)?;
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| json!({ "kind": finding.kind.id(), "where": finding.place, "message": finding.message }))
        .collect();
    let result = json!({
        "ok": report.ok(), "records": report.records, "commits": report.commits, "erased": report.erased,
        "findings": findings,
    });
    out.result(&result, || {
        let mut text = format!(
            "Đã đọc lại {} lần ghi, {} phiên bản bản ghi; {} giá trị đã xóa theo luật. ",
            mc_base::number::whole(report.commits),
            mc_base::number::whole(report.records),
            mc_base::number::whole(report.erased)
        );
        if report.ok() {
            text.push_str("Không có chỗ nào sai.");
        } else {
            text.push_str(&format!("Có {} chỗ sai:", report.findings.len()));
        }
        for finding in &report.findings {
            text.push_str(&format!("\n  {}: {}", finding.place, finding.message));
        }
        text
    });
    Ok(if report.ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

const fn said(stage: Stage) -> &'static str {
    match stage {
        Stage::Log => "đọc lại các lần ghi, cây và mốc niêm phong",
        Stage::Declarations => "đọc lại các khai báo",
        Stage::Rows => "đọc lại tệp dữ liệu, băm lại từng phiên bản",
        Stage::Derived => "tính lại các ô số liệu và chỉ mục tìm kiếm",
    }
}
