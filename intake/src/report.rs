//! The sender's own rows back as a workbook, with a last column "Vì sao".

mod verdicts;

use mc_base::Day;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::header::RowKind;
use crate::{Cell, Mapping, ReadError, Row};

pub use verdicts::Verdicts;

/// A file of more rows comes back with its rejected rows only.
pub const WHOLE_ROWS_MAX: usize = 50_000;
/// Rejected rows given back at most.
pub const REJECTED_ROWS_MAX: usize = 200_000;

/// What the last column is called.
pub const WHY: &str = "Vì sao";

/// Why no error sheet can be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The rows could not be read again.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The workbook could not be written.
    #[error("Không ghi được tệp báo lỗi: {0}.")]
    Write(#[from] XlsxError),
}

/// Writes the workbook: header kept, values typed, rejected rows marked and explained in the last column. Before it
/// stand the columns that are asked for, empty and headed so that the file sent again says what they are.
///
/// Texts are written as texts, so that `=cmd()` from a file stays the seven characters it is. `made_on` is
/// printed in the document's properties, for which the clock is not asked.
///
/// # Errors
/// [`ReportError`] where a row cannot be read again or the workbook not be written.
pub fn error_workbook(
    rows: impl Iterator<Item = Result<Row, ReadError>>,
    mapping: &Mapping,
    verdicts: &Verdicts,
    made_on: Day,
) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties("Các dòng bị từ chối", made_on)?);
    let formats = Formats::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Kiểm tra")?;
    let whole = verdicts.row_count() <= WHOLE_ROWS_MAX;
    let shift = u16::from(!whole);
    let asked = (verdicts.why_column(mapping) + shift..).zip(&verdicts.asked).collect::<Vec<_>>();
    let why = asked.last().map_or(verdicts.why_column(mapping) + shift, |(column, _)| column + 1);
    let mut out = Out { sheet, formats: &formats, at: 0, shift, asked, why, whole };
    let mut given = 0;
    for row in rows {
        let row = row?;
        if row.sheet != mapping.sheet {
            continue;
        }
        let rejected = verdicts.rejected.contains_key(&row.number);
        let header = row.number <= mapping.header_rows.1;
        if !whole && !header && !rejected || given >= REJECTED_ROWS_MAX {
            continue;
        }
        given += usize::from(rejected);
        out.row(&row, mapping, verdicts)?;
    }
    out.finish(mapping)?;
    Ok(workbook.save_to_buffer()?)
}

/// Document properties with a fixed date, so that equal contents are equal bytes.
pub(crate) fn properties(title: &str, made_on: Day) -> Result<DocProperties, XlsxError> {
    let made = excel_day(made_on)?;
    Ok(DocProperties::new().set_title(title).set_author("Minh Chứng").set_creation_datetime(&made))
}

/// A day as a workbook stores it; days before 1900 have no number there.
pub(crate) fn excel_day(day: Day) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, date) = day.ymd();
    ExcelDateTime::from_ymd(year.unsigned_abs(), month.unsigned_abs(), date.unsigned_abs())
}

pub(crate) struct Formats {
    pub(crate) header: Format,
    pub(crate) day: Format,
    moment: Format,
    bad: Format,
    bad_day: Format,
    why: Format,
    remark: Format,
}

impl Formats {
    pub(crate) fn new() -> Self {
        let red = Color::RGB(0x007A_0A1E);
        let pink = Color::RGB(0x00FB_E1E5);
        let bad = Format::new().set_background_color(pink);
        Self {
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00EC_EFF2))
                .set_border(FormatBorder::Thin),
            day: Format::new().set_num_format("dd/mm/yyyy"),
            moment: Format::new().set_num_format("dd/mm/yyyy hh:mm"),
            bad_day: bad.clone().set_num_format("dd/mm/yyyy"),
            why: bad.clone().set_font_color(red).set_text_wrap(),
            remark: Format::new().set_text_wrap(),
            bad,
        }
    }
}

struct Out<'a> {
    sheet: &'a mut Worksheet,
    formats: &'a Formats,
    /// Next row of the new sheet.
    at: u32,
    /// Columns put before the sender's: the original row number where rows are left out.
    shift: u16,
    /// The columns to fill in.
    asked: Vec<(u16, &'a String)>,
    /// The last column.
    why: u16,
    whole: bool,
}

impl Out<'_> {
    fn row(&mut self, row: &Row, mapping: &Mapping, verdicts: &Verdicts) -> Result<(), XlsxError> {
        if self.whole {
            // Row numbers stay those of the sender's file.
            self.at = row.number - 1;
        }
        let header = (mapping.header_rows.0..=mapping.header_rows.1).contains(&row.number);
        let errors = verdicts.rejected.get(&row.number);
        for (column, cell) in (0_u16..).zip(&row.cells) {
            let bad = errors.is_some_and(|errors| errors.iter().any(|error| error.at == Some(column)));
            self.cell(column + self.shift, cell, header, bad)?;
        }
        if self.shift == 1 {
            let label = if header { "Dòng".to_owned() } else { row.number.to_string() };
            self.sheet.write_string(self.at, 0, label)?;
        }
        self.explain(row, mapping, verdicts)?;
        self.at += 1;
        Ok(())
    }

    fn explain(&mut self, row: &Row, mapping: &Mapping, verdicts: &Verdicts) -> Result<(), XlsxError> {
        let column = self.why;
        if row.number == mapping.header_rows.1 {
            for (column, title) in &self.asked {
                self.sheet.write_string_with_format(self.at, *column, *title, &self.formats.header)?;
            }
            self.sheet.write_string_with_format(self.at, column, WHY, &self.formats.header)?;
        } else if let Some(why) = verdicts.why(row.number) {
            self.sheet.write_string_with_format(self.at, column, cut(&why), &self.formats.why)?;
        } else if let Some(remarks) = verdicts.remarks.get(&row.number) {
            let text = format!("Đã nhận. Lưu ý: {}", remarks.join(" "));
            self.sheet.write_string_with_format(self.at, column, cut(&text), &self.formats.remark)?;
        } else if let Some(kind) = verdicts.skipped.get(&row.number).filter(|kind| **kind != RowKind::Header)
        {
            let text = format!("Bỏ qua: {}.", kind.title());
            self.sheet.write_string_with_format(self.at, column, text, &self.formats.remark)?;
        }
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Cell, header: bool, bad: bool) -> Result<(), XlsxError> {
        let (sheet, at) = (&mut *self.sheet, self.at);
        let plain = Format::new();
        let format = if header {
            &self.formats.header
        } else if bad {
            &self.formats.bad
        } else {
            &plain
        };
        match cell {
            Cell::Empty if bad => sheet.write_blank(at, column, format)?,
            Cell::Empty => sheet,
            Cell::Text(text) => sheet.write_string_with_format(at, column, text, format)?,
            Cell::Number { .. } => match float(cell) {
                Some(number) => sheet.write_number_with_format(at, column, number, format)?,
                None => sheet.write_string_with_format(at, column, cell.to_string(), format)?,
            },
            Cell::Day(day) => {
                let format = if bad { &self.formats.bad_day } else { &self.formats.day };
                match excel_day(*day) {
                    Ok(day) => sheet.write_datetime_with_format(at, column, &day, format)?,
                    Err(_) => sheet.write_string_with_format(at, column, cell.to_string(), format)?,
                }
            }
            Cell::Moment { day, second } => match excel_day(*day) {
                Ok(day) => {
                    let (hour, minute) = ((second / 3600) as u16, (second / 60 % 60) as u8);
                    let moment = day.and_hms(hour, minute, f64::from(second % 60))?;
                    sheet.write_datetime_with_format(at, column, &moment, &self.formats.moment)?
                }
                Err(_) => sheet.write_string_with_format(at, column, cell.to_string(), format)?,
            },
            Cell::Bool(value) => sheet.write_boolean_with_format(at, column, *value, format)?,
            Cell::Error(error) => sheet.write_string_with_format(at, column, error.to_string(), format)?,
        };
        Ok(())
    }

    fn finish(self, mapping: &Mapping) -> Result<(), XlsxError> {
        let column = self.why;
        self.sheet.set_column_width(column, 70)?;
        for (column, _) in &self.asked {
            self.sheet.set_column_width(*column, 30)?;
        }
        let below = if self.whole { mapping.header_rows.1 } else { 1 };
        self.sheet.set_freeze_panes(below, 0)?;
        self.sheet.set_landscape();
        Ok(())
    }
}

/// The double a spreadsheet stores; `None` where its 15 digits would lose some.
fn float(cell: &Cell) -> Option<f64> {
    let Cell::Number { mantissa, scale } = cell else { return None };
    let digits = mantissa.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
    let text = mc_base::Scaled { mantissa: *mantissa, scale: *scale }.to_string();
    (digits <= 15).then(|| text.parse().ok())?
}

/// What one cell can hold.
fn cut(text: &str) -> String {
    const CHARS_MAX: usize = 32_000;
    if text.chars().count() <= CHARS_MAX {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(CHARS_MAX).collect();
    short.push('…');
    short
}
