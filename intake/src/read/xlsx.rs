//! Excel workbooks, sheet by sheet, cell by cell, never as a whole grid.

mod old_cells;

use std::io::{BufReader, Read, Seek};

use calamine::{
    CellErrorType, DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError,
};
use mc_base::Day;
use old_cells::OldCells;

use super::rows::{SheetRows, asked_sheets};
use super::serial::serial_cell;
use super::{BookInfo, Format, Merge, Notice, Request, SheetInfo, Sink};
use crate::limits::{MERGES_MAX, SHEETS_MAX};
use crate::{Cell, CellError, ReadError};

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
    let mut info = describe(&mut book, facts)?;
    let old = OldCells::sample(&mut book, &info.sheets);
    info.notices.extend(Notice::old_charsets(&old.charsets()));
    sink.book(&info)?;
    let mut seen = false;
    for index in asked_sheets(request, &info)? {
        let Some(sheet) = info.sheets.get(usize::from(index)) else { continue };
        let rows = SheetRows::new(&sheet.name, index, request.rows_per_sheet, sink);
        seen |= read_sheet(&mut book, &old, index, rows)?;
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

fn read_sheet<R: Read + Seek>(
    book: &mut Xlsx<R>,
    old: &OldCells,
    sheet: u16,
    mut out: SheetRows<'_>,
) -> Result<bool, ReadError> {
    let place = out.name;
    let epoch_1904 = book.has_1904_epoch();
    let mut cells = book.worksheet_cells_reader(place).map_err(|error| damaged(&error, Some(place)))?;
    while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error, Some(place)))? {
        let (row, column) = cell.get_position();
        let text =
            |text: &str| text_cell(&old.text((sheet, u16::try_from(column).unwrap_or(u16::MAX)), text));
        if !out.put(row, column, convert(cell.get_value(), text, epoch_1904))? {
            break;
        }
    }
    out.finish()
}

fn convert(value: &DataRef<'_>, text: impl Fn(&str) -> Cell, epoch_1904: bool) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number { mantissa: *number, scale: 0 },
        DataRef::Float(number) => Cell::from_float(*number),
        DataRef::String(found) => text(found),
        DataRef::SharedString(found) => text(found),
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

/// A serial number under a format of dates or times.
fn convert_serial(moment: &ExcelDateTime, epoch_1904: bool) -> Cell {
    serial_cell(moment.as_f64(), moment.is_duration(), epoch_1904)
}

fn damaged(error: &XlsxError, sheet: Option<&str>) -> ReadError {
    if matches!(error, XlsxError::Password) {
        return ReadError::Encrypted;
    }
    let place = sheet.map(|name| format!(", ở trang “{name}”")).unwrap_or_default();
    ReadError::Damaged { place, detail: error.to_string() }
}
