//! Small helpers over the workbook writer.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// A workbook whose properties carry a fixed date, so that the file is the same on every run.
pub fn workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2025, 11, 15)?;
    workbook.set_properties(&DocProperties::new().set_author("Tệp minh họa").set_creation_datetime(&made));
    Ok(workbook)
}

/// The look of a header cell.
pub fn header() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
}

/// The look of a title.
pub fn title() -> Format {
    Format::new().set_bold().set_align(FormatAlign::Center)
}

/// What a cell is filled with.
#[derive(Clone)]
pub enum Fill {
    Nothing,
    Text(String),
    Number(f64),
    Day(u16, u8, u8),
    /// A formula and the value Excel left in the file.
    Formula(&'static str, &'static str),
}

impl From<&str> for Fill {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Fill {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Fill {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// Writes one row from column A.
pub fn row(sheet: &mut Worksheet, at: u32, cells: &[Fill]) -> Result<(), XlsxError> {
    let day_format = Format::new().set_num_format("dd/mm/yyyy");
    for (column, cell) in (0_u16..).zip(cells) {
        match cell {
            Fill::Nothing => &mut *sheet,
            Fill::Text(text) => sheet.write_string(at, column, text)?,
            Fill::Number(number) => sheet.write_number(at, column, *number)?,
            Fill::Day(year, month, day) => {
                let moment = ExcelDateTime::from_ymd(*year, *month, *day)?;
                sheet.write_datetime_with_format(at, column, &moment, &day_format)?
            }
            Fill::Formula(formula, result) => {
                let formula = rust_xlsxwriter::Formula::new(*formula).set_result(*result);
                sheet.write_formula(at, column, formula)?
            }
        };
    }
    Ok(())
}

/// Writes header texts in one row.
pub fn headers(sheet: &mut Worksheet, at: u32, texts: &[&str]) -> Result<(), XlsxError> {
    let format = header();
    for (column, text) in (0_u16..).zip(texts) {
        if !text.is_empty() {
            sheet.write_string_with_format(at, column, *text, &format)?;
        }
    }
    Ok(())
}
