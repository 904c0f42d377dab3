//! Workbooks of Excel 97 to 2003 (BIFF8, [MS-XLS]), in the same model as those of today.
//!
//! Our own because text of that time needs its runs of fonts to be decoded, which no library keeps, and because
//! a stranger's file must end in a sentence. Hidden rows are read, as in .xlsx; formulas give their last result;
//! macros are neither read nor run.

mod formats;
mod globals;
mod records;
mod sheet;
mod strings;
mod texts;

use std::io::{Read, Seek};

use super::ole::{Container, OleFault};
use super::rows::{SheetRows, asked_sheets};
use super::serial::serial_cell;
use super::{BookInfo, Format, Notice, Request, SheetInfo, Sink};
use crate::limits::{MERGES_MAX, XLS_BYTES_MAX};
use crate::{Cell, ReadError};
use formats::Shown;
use globals::Globals;
use records::{at_sheet, damaged};
use sheet::{Found, Sheet, Value};
use texts::Texts;

/// The storage of macros.
const MACROS: &str = "_VBA_PROJECT_CUR";

/// Reads the asked sheets; whether any row held anything.
pub(super) fn read(
    mut input: impl Read + Seek,
    notice: Option<Notice>,
    request: &Request,
    sink: &mut dyn Sink,
) -> Result<bool, ReadError> {
    let mut container = Container::open(&mut input).map_err(refused)?;
    let has_macros = container.root_names().contains(&MACROS);
    let stream = container.stream("Workbook", XLS_BYTES_MAX).map_err(refused)?;
    // Excel 5 and 95 called it "Book".
    let stream = stream.ok_or(ReadError::OldExcel)?;
    let globals = Globals::read(&stream)?;
    let mut sheets = Vec::with_capacity(globals.sheets.len());
    for bound in &globals.sheets {
        let scanned = if bound.is_table { Sheet::scan(&stream, bound.at) } else { Ok(Sheet::default()) };
        sheets.push(scanned.map_err(|error| at_sheet(error, &bound.name))?);
    }
    let mut texts = Texts::new(&globals, &stream, &sheets)?;
    let mut notices: Vec<Notice> = notice.into_iter().collect();
    notices.extend(has_macros.then_some(Notice::Macros));
    notices.extend(Notice::old_charsets(&texts.charsets()));
    let info = describe(&globals, &mut sheets, &texts, notices)?;
    sink.book(&info)?;
    let mut seen = false;
    for index in asked_sheets(request, &info)? {
        let at = usize::from(index);
        let (Some(sheet), Some(SheetInfo { name, .. })) = (sheets.get(at), info.sheets.get(at)) else {
            continue;
        };
        let mut rows = SheetRows::new(name, index, request.rows_per_sheet, sink);
        let read = sheet.cells(&stream, |found| {
            let (row, column) = (u32::from(found.row), u32::from(found.column));
            let value = cell(found, &globals, &mut texts, index)?;
            rows.put(row, column, value)
        });
        read.map_err(|error| at_sheet(error, name))?;
        seen |= rows.finish()?;
    }
    Ok(seen)
}

fn describe(
    globals: &Globals,
    sheets: &mut [Sheet],
    texts: &Texts<'_>,
    mut notices: Vec<Notice>,
) -> Result<BookInfo, ReadError> {
    if globals.has_external_links {
        notices.push(Notice::ExternalLinks);
    }
    if globals.epoch_1904 {
        notices.push(Notice::Epoch1904);
    }
    let mut infos = Vec::with_capacity(sheets.len());
    for (bound, sheet) in globals.sheets.iter().zip(sheets) {
        let name = texts.name(&bound.name);
        let mut merges = std::mem::take(&mut sheet.merges);
        if !bound.is_table {
            notices.push(Notice::NotAWorksheet(name.clone()));
        } else if !bound.is_visible {
            notices.push(Notice::HiddenSheet(name.clone()));
        } else if merges.len() > MERGES_MAX {
            merges.clear();
            notices.push(Notice::TooManyMerges(name.clone()));
        }
        let hidden = !bound.is_table || !bound.is_visible;
        infos.push(SheetInfo { name, hidden, merges, rows: sheet.rows });
    }
    if infos.is_empty() {
        return Err(ReadError::NoRows);
    }
    Ok(BookInfo { format: Format::Xls, epoch_1904: globals.epoch_1904, sheets: infos, notices })
}

fn cell(found: Found, globals: &Globals, texts: &mut Texts<'_>, sheet: u16) -> Result<Cell, ReadError> {
    let text = |text: String| if text.is_empty() { Cell::Empty } else { Cell::Text(text) };
    Ok(match found.value {
        Value::Number(value) => match globals.shown(found.format) {
            Shown::Number => Cell::from_float(value),
            shown => serial_cell(value, shown == Shown::Duration, globals.epoch_1904),
        },
        Value::Shared(index) => {
            let shared = texts.shared(index).ok_or_else(|| damaged("string beyond the table"))?;
            text(shared.to_owned())
        }
        Value::Text(rich) => text(texts.own(&rich, found.format, (sheet, found.column))),
        Value::Bool(value) => Cell::Bool(value),
        Value::Error(error) => Cell::Error(error),
        Value::Empty => Cell::Empty,
    })
}

fn refused(fault: OleFault) -> ReadError {
    match fault {
        OleFault::TooLarge(bytes) => {
            let found_mib = bytes.div_ceil(1 << 20);
            ReadError::OldExcelTooLarge { found_mib, limit_mib: XLS_BYTES_MAX >> 20 }
        }
        fault => damaged(fault.detail()),
    }
}
