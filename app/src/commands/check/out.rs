//! The findings as a file: a workbook, or the text with comments.

use std::fs::File;
use std::io::Write as _;

use anyhow::{Context as _, bail};
use mc_checking::CheckedText;
use mc_documents::{Findings, OurFigure};
use mc_sqlite::{SystemWorld, World as _};

use crate::cli::{Check, CheckFormat, CheckOut};

/// Refuses before a long text is read what would be refused after it.
pub fn refuse_existing(file: &CheckOut, args: &Check) -> anyhow::Result<()> {
    if !file.path.exists() {
        return Ok(());
    }
    if !args.replace {
        bail!("Đã có tệp “{}”; chọn tên khác, hoặc thêm --replace để thay tệp cũ.", file.path.display());
    }
    let same =
        |one: std::io::Result<_>, other: std::io::Result<_>| matches!((one, other), (Ok(a), Ok(b)) if a == b);
    if same(args.file.canonicalize(), file.path.canonicalize()) {
        bail!("“{}” là chính tệp đang soát; hãy chọn tên khác cho kết quả.", file.path.display());
    }
    Ok(())
}

/// Makes the document and writes it.
pub fn write(
    file: &CheckOut,
    replace: bool,
    checked: &CheckedText,
    figures: &[OurFigure],
) -> anyhow::Result<()> {
    let findings = Findings {
        found: checked,
        figures,
        made_on: SystemWorld.now().day(),
        version: env!("CARGO_PKG_VERSION"),
    };
    let bytes = match file.format {
        CheckFormat::Word => mc_documents::docx(&findings)?,
        CheckFormat::Workbook => mc_documents::xlsx(&findings)?,
    };
    let mut options = File::options();
    options.write(true);
    // Made since it was looked for, it is not written over either.
    let opened = if replace { options.create(true).truncate(true) } else { options.create_new(true) };
    let written = opened.open(&file.path).and_then(|mut opened| opened.write_all(&bytes));
    written.with_context(|| format!("không ghi được “{}”", file.path.display()))
}
