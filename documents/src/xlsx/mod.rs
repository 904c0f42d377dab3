//! The findings as a workbook: numbers, arithmetic, registers, summary.

mod numbers;
mod registers;
mod sheet;
mod summary;
mod ties;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::{DocumentError, Findings, standing, words};
use sheet::Formats;

/// The workbook: "Con số" has a row for each claim, "Phép tính" one for each relation, "Sổ" one
/// for each answer of the registers, "Tóm tắt" what they come to.
///
/// Cells are typed; texts stay texts, whatever they begin with.
///
/// # Errors
/// [`DocumentError`] where a sheet is too small or the workbook cannot be written.
pub fn xlsx(findings: &Findings<'_>) -> Result<Vec<u8>, DocumentError> {
    let said = standing::all(findings);
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    let mut properties = DocProperties::new().set_title(words::TITLE).set_author(words::AUTHOR);
    if let Some(made_on) = sheet::excel_day(findings.made_on) {
        properties = properties.set_creation_datetime(&made_on);
    } else {
        // Before Excel's calendar: still the same bytes each time.
        properties = properties.set_creation_datetime(&ExcelDateTime::from_ymd(1900, 1, 1)?);
    }
    workbook.set_properties(&properties);
    numbers::write(workbook.add_worksheet(), findings, &said, &formats)?;
    ties::write(workbook.add_worksheet(), findings, &formats)?;
    registers::write(workbook.add_worksheet(), findings, &formats)?;
    summary::write(workbook.add_worksheet(), findings, &formats)?;
    Ok(workbook.save_to_buffer()?)
}
