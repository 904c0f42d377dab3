//! Excel workbooks, sheet by sheet, cell by cell, never as a whole grid.

use std::io::{BufReader, Read, Seek};

use calamine::{
    CellErrorType, DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError,
};
use mc_base::Day;
use mc_base::date::{ExcelEpoch, from_excel_serial};

use super::{BookInfo, Format, Merge, Notice, Request, SheetInfo, Sink};
use crate::limits::{CELL_CHARS_MAX, COLUMNS_MAX, MERGES_MAX, ROW_BYTES_MAX, SHEETS_MAX, XLSX_ROWS_MAX};
use crate::{Cell, CellError, ReadError, Row, column_letter};

/// Sheets larger than this are read once; their merged regions, which follow the cells, are not looked for.
const MERGE_SHEET_BYTES_MAX: u64 = 64 << 20;

/// What the container already told.
pub(super) struct Facts {
    pub(super) external_links: bool,
    pub(super) sheet_bytes: u64,
    pub(super) notice: Option<Notice>,
}

/// Reads the asked sheets; whether any row held anything.
pub(super) fn read(
    input: impl Read + Seek,
    facts: &Facts,
    request: &Request,
    sink: &mut dyn Sink,
) -> Result<bool, ReadError> {
    let mut book = Xlsx::new(BufReader::new(input)).map_err(|error| damaged(&error, None))?;
    let info = describe(&mut book, facts)?;
    sink.book(&info)?;
    let asked: Vec<u16> = match request.sheet {
        Some(index) if usize::from(index) < info.sheets.len() => vec![index],
        Some(index) => return Err(ReadError::NoSheet(u32::from(index) + 1)),
        None => (0_u16..).zip(&info.sheets).filter(|(_, s)| !s.hidden).map(|(index, _)| index).collect(),
    };
    if asked.is_empty() {
        return Err(ReadError::OnlyHidden);
    }
    let mut seen = false;
    for index in asked {
        let Some(sheet) = info.sheets.get(usize::from(index)) else { continue };
        let mut out =
            SheetRows { name: &sheet.name, index, row: Row::default(), bytes: 0, sink, seen: false };
        read_sheet(&mut book, request.rows_per_sheet, &mut out)?;
        seen |= out.seen;
    }
    Ok(seen)
}

fn describe<R: Read + Seek>(book: &mut Xlsx<R>, facts: &Facts) -> Result<BookInfo, ReadError> {
    let metadata = book.sheets_metadata().to_vec();
    if metadata.len() > SHEETS_MAX {
        let found = u32::try_from(metadata.len()).unwrap_or(u32::MAX);
        return Err(ReadError::TooManySheets { found, limit: SHEETS_MAX as u32 });
    }
    let mut notices: Vec<Notice> = facts.notice.iter().cloned().collect();
    if facts.external_links {
        notices.push(Notice::ExternalLinks);
    }
    if book.has_1904_epoch() {
        notices.push(Notice::Epoch1904);
    }
    let mut sheets = Vec::new();
    for sheet in metadata {
        let table = sheet.typ == SheetType::WorkSheet;
        let visible = sheet.visible == SheetVisible::Visible;
        let mut merges = Vec::new();
        if !table {
            notices.push(Notice::NotAWorksheet(sheet.name.clone()));
        } else if !visible {
            notices.push(Notice::HiddenSheet(sheet.name.clone()));
        } else if facts.sheet_bytes <= MERGE_SHEET_BYTES_MAX {
            merges = read_merges(book, &sheet.name)?;
        }
        if merges.len() > MERGES_MAX {
            merges.clear();
            notices.push(Notice::TooManyMerges(sheet.name.clone()));
        }
        let rows = if table { last_row(book, &sheet.name) } else { None };
        sheets.push(SheetInfo { name: sheet.name, hidden: !visible || !table, merges, rows });
    }
    if sheets.is_empty() {
        return Err(ReadError::NoRows);
    }
    Ok(BookInfo { format: Format::Xlsx, epoch_1904: book.has_1904_epoch(), sheets, notices })
}

/// What the head of a sheet says; many programs leave it out or say one cell.
fn last_row<R: Read + Seek>(book: &mut Xlsx<R>, name: &str) -> Option<u32> {
    let said = book.worksheet_cells_reader(name).ok()?.dimensions().end.0;
    (said > 0).then_some(said.saturating_add(1))
}

fn read_merges<R: Read + Seek>(book: &mut Xlsx<R>, name: &str) -> Result<Vec<Merge>, ReadError> {
    let regions = book.merge_cells_by_sheet_name(name).map_err(|error| damaged(&error, Some(name)))?;
    let merge = |region: &calamine::Dimensions| {
        Some(Merge {
            row_first: region.start.0,
            row_last: region.end.0,
            column_first: u16::try_from(region.start.1).ok()?,
            column_last: u16::try_from(region.end.1).ok()?,
        })
    };
    Ok(regions.iter().filter_map(merge).take(MERGES_MAX + 1).collect())
}

struct SheetRows<'a> {
    name: &'a str,
    index: u16,
    row: Row,
    bytes: usize,
    sink: &'a mut dyn Sink,
    seen: bool,
}

fn read_sheet<R: Read + Seek>(
    book: &mut Xlsx<R>,
    rows_max: Option<u32>,
    out: &mut SheetRows<'_>,
) -> Result<(), ReadError> {
    let place = out.name;
    let epoch_1904 = book.has_1904_epoch();
    let mut cells = book.worksheet_cells_reader(place).map_err(|error| damaged(&error, Some(place)))?;
    let mut rows = 0;
    while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error, Some(place)))? {
        let (row, column) = cell.get_position();
        let value = convert(cell.get_value(), epoch_1904);
        if value == Cell::Empty {
            continue;
        }
        if row >= XLSX_ROWS_MAX {
            return Err(ReadError::TooManyRows { sheet: place.to_owned(), limit: XLSX_ROWS_MAX });
        }
        if row + 1 != out.row.number {
            rows += u32::from(out.flush()?);
            if rows_max.is_some_and(|max| rows >= max) {
                return Ok(());
            }
            if row < out.row.number {
                let place = format!(", ở trang “{place}”: dòng {} đứng sau dòng {}", row + 1, out.row.number);
                return Err(ReadError::Damaged { place, detail: "rows out of order".to_owned() });
            }
            out.row = Row { sheet: out.index, number: row + 1, cells: Vec::new() };
        }
        out.put(column, value)?;
    }
    out.flush()?;
    Ok(())
}

impl SheetRows<'_> {
    fn put(&mut self, column: u32, value: Cell) -> Result<(), ReadError> {
        let (sheet, row) = (self.name.to_owned(), self.row.number);
        let at = column as usize;
        if at >= COLUMNS_MAX {
            let (found, limit) = (column + 1, COLUMNS_MAX as u32);
            return Err(ReadError::TooManyColumns { sheet, row, found, limit });
        }
        if let Cell::Text(text) = &value {
            if text.len() > CELL_CHARS_MAX && text.chars().count() > CELL_CHARS_MAX {
                let cell = format!("{}{row}", column_letter(at as u16));
                return Err(ReadError::CellTooLong { sheet, cell, limit: CELL_CHARS_MAX as u32 });
            }
            self.bytes += text.len();
            if self.bytes > ROW_BYTES_MAX {
                return Err(ReadError::RowTooLong { sheet, row, limit_kib: (ROW_BYTES_MAX >> 10) as u32 });
            }
        }
        if self.row.cells.len() <= at {
            self.row.cells.resize(at + 1, Cell::Empty);
        }
        if let Some(slot) = self.row.cells.get_mut(at) {
            *slot = value;
        }
        Ok(())
    }

    /// Gives the row away if it holds anything; whether it did.
    fn flush(&mut self) -> Result<bool, ReadError> {
        self.bytes = 0;
        let row = Row { cells: std::mem::take(&mut self.row.cells), ..self.row };
        if row.is_blank() {
            return Ok(false);
        }
        self.seen = true;
        self.sink.row(row)?;
        Ok(true)
    }
}

fn convert(value: &DataRef<'_>, epoch_1904: bool) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number { mantissa: *number, scale: 0 },
        DataRef::Float(number) => Cell::from_float(*number),
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(value) => Cell::Bool(*value),
        DataRef::DateTime(moment) => convert_serial(moment, epoch_1904),
        DataRef::DateTimeIso(text) => {
            let day = text.get(..10).and_then(Day::parse_iso);
            let midnight = text.get(10..).is_none_or(|rest| rest.is_empty() || rest.starts_with("T00:00:00"));
            day.filter(|_| midnight).map_or_else(|| text_cell(text), Cell::Day)
        }
        DataRef::DurationIso(text) => text_cell(text),
        DataRef::Error(error) => Cell::Error(match error {
            CellErrorType::Div0 => CellError::Div0,
            CellErrorType::NA => CellError::NotAvailable,
            CellErrorType::Name => CellError::Name,
            CellErrorType::Null => CellError::Null,
            CellErrorType::Num => CellError::Num,
            CellErrorType::Ref => CellError::Ref,
            CellErrorType::Value => CellError::Value,
            CellErrorType::GettingData => CellError::GettingData,
        }),
    }
}

fn text_cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// A serial date. Excel counts from 1900 as if 29/02/1900 had existed (serial 60); workbooks made on old Macs
/// count from 1904.
fn convert_serial(moment: &ExcelDateTime, epoch_1904: bool) -> Cell {
    let value = moment.as_f64();
    if moment.is_duration() || !value.is_finite() || !(0.0..=3_000_000.0).contains(&value) {
        return Cell::from_float(value);
    }
    let seconds = (value * 86_400.0).round() as i64;
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let second = u32::try_from(second).unwrap_or(0);
    let Some(day) = serial_day(days, epoch_1904) else {
        return time_of_day(days, second).unwrap_or_else(|| Cell::from_float(value));
    };
    if second == 0 { Cell::Day(day) } else { Cell::Moment { day, second } }
}

/// The day of a serial number; `None` for 0 and for the day that never was.
pub(crate) fn serial_day(serial: i64, epoch_1904: bool) -> Option<Day> {
    let epoch = if epoch_1904 { ExcelEpoch::Y1904 } else { ExcelEpoch::Y1900 };
    from_excel_serial(serial, epoch).ok()
}

/// Serial 0 with a fraction is a time without a date.
fn time_of_day(days: i64, second: u32) -> Option<Cell> {
    let text = || format!("{:02}:{:02}", second / 3600, second / 60 % 60);
    (days == 0 && second > 0).then(|| Cell::Text(text()))
}

fn damaged(error: &XlsxError, sheet: Option<&str>) -> ReadError {
    if matches!(error, XlsxError::Password) {
        return ReadError::Encrypted;
    }
    let place = sheet.map(|name| format!(", ở trang “{name}”")).unwrap_or_default();
    ReadError::Damaged { place, detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_dates_follow_excel() {
        let shown = |serial, mac| serial_day(serial, mac).map(|day| day.to_string());
        assert_eq!(shown(45_978, false).as_deref(), Some("2025-11-17"));
        assert_eq!(shown(45_978 - 1462, true).as_deref(), Some("2025-11-17"));
        assert_eq!(shown(1, false).as_deref(), Some("1900-01-01"));
        assert_eq!(shown(59, false).as_deref(), Some("1900-02-28"));
        assert_eq!(shown(60, false), None);
        assert_eq!(shown(61, false).as_deref(), Some("1900-03-01"));
    }
}
