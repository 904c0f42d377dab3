//! What stands before the sheets: their list, fonts, formats, strings.

use std::collections::HashMap;

use super::formats::{self, Shown};
use super::records::{Record, Records, damaged, id, u16_at, u32_at};
use super::strings::{self, Pieces, RichText};
use crate::ReadError;
use crate::limits::SHEETS_MAX;

/// A sheet as listed.
#[derive(Debug)]
pub(super) struct BoundSheet {
    pub(super) name: String,
    pub(super) is_visible: bool,
    pub(super) is_table: bool,
    /// Where it begins in the stream.
    pub(super) at: usize,
}

/// The font and format of a cell.
#[derive(Clone, Copy, Default, Debug)]
struct CellFormat {
    font: u16,
    format: u16,
}

/// All that cells refer to.
#[derive(Default, Debug)]
pub(super) struct Globals {
    pub(super) sheets: Vec<BoundSheet>,
    pub(super) strings: Vec<RichText>,
    pub(super) epoch_1904: bool,
    pub(super) has_external_links: bool,
    fonts: Vec<String>,
    cell_formats: Vec<CellFormat>,
    formats: HashMap<u16, Shown>,
}

/// BIFF8, that of Excel 97 to 2003.
const VERSION: u16 = 0x0600;
const WORKBOOK: u16 = 0x0005;
/// Font number 4 is never used ([MS-XLS] 2.5.129): the fifth in the file is number 5.
const FONT_LEFT_OUT: u16 = 4;

impl Globals {
    pub(super) fn read(stream: &[u8]) -> Result<Self, ReadError> {
        let mut records = Records::new(stream, 0);
        check_version(records.next()?)?;
        let mut globals = Self::default();
        loop {
            let record = records.next()?;
            match record.id {
                id::EOF => return Ok(globals),
                id::FILE_PASS => return Err(ReadError::Encrypted),
                id::SST => globals.strings = strings::table(records.continued(record.body))?,
                _ => globals.take(record).ok_or_else(|| damaged("bad record of the globals"))?,
            }
            if globals.sheets.len() > SHEETS_MAX {
                return Err(too_many_sheets(records));
            }
        }
    }

    fn take(&mut self, Record { id, body, .. }: Record<'_>) -> Option<()> {
        let text = |from: usize| body.get(from..).map(|rest| Pieces::new(vec![rest]));
        match id {
            id::DATE_MODE => self.epoch_1904 = u16_at(body, 0)? == 1,
            id::FONT => self.fonts.push(text(14)?.short()?.to_lowercase()),
            id::FORMAT => {
                let shown = formats::of_code(&text(2)?.rich()?.first);
                self.formats.insert(u16_at(body, 0)?, shown);
            }
            id::XF => {
                let cell_format = CellFormat { font: u16_at(body, 0)?, format: u16_at(body, 2)? };
                self.cell_formats.push(cell_format);
            }
            id::BOUND_SHEET => self.sheets.push(BoundSheet {
                at: usize::try_from(u32_at(body, 0)?).ok()?,
                is_visible: body.get(4)? & 0x03 == 0,
                is_table: *body.get(5)? == 0,
                name: text(6)?.short()?,
            }),
            // One that names a file; the workbook itself and add-ins have fixed lengths here.
            id::SUP_BOOK => {
                self.has_external_links |= !matches!(u16_at(body, 2)?, 0x0401 | 0x3A01);
            }
            _ => {}
        }
        Some(())
    }

    /// The name of a font, in lower case; empty where there is none.
    pub(super) fn font(&self, number: u16) -> &str {
        let at = if number > FONT_LEFT_OUT { number - 1 } else { number };
        self.fonts.get(usize::from(at)).map_or("", String::as_str)
    }

    /// The name of the font of a cell.
    pub(super) fn font_of_cell(&self, cell_format: u16) -> &str {
        self.cell_formats.get(usize::from(cell_format)).map_or("", |format| self.font(format.font))
    }

    /// What a number of a cell stands for.
    pub(super) fn shown(&self, cell_format: u16) -> Shown {
        let Some(format) = self.cell_formats.get(usize::from(cell_format)) else { return Shown::Number };
        self.formats.get(&format.format).copied().unwrap_or(formats::built_in(format.format))
    }
}

/// Whether the first record begins a workbook of BIFF8. Older ones begin with another record, or say so.
fn check_version(first: Record<'_>) -> Result<(), ReadError> {
    match (first.id, u16_at(first.body, 0), u16_at(first.body, 2)) {
        (id::BOF, Some(VERSION), Some(WORKBOOK)) => Ok(()),
        (id::BOF, Some(0x0500), _) | (id::BOF_2 | id::BOF_3 | id::BOF_4, ..) => Err(ReadError::OldExcel),
        _ => Err(damaged("no workbook globals")),
    }
}

/// Counts the rest without keeping it.
fn too_many_sheets(mut records: Records<'_>) -> ReadError {
    let mut found = SHEETS_MAX as u32 + 1;
    while let Ok(record) = records.next() {
        match record.id {
            id::EOF => break,
            id::BOUND_SHEET => found += 1,
            _ => {}
        }
    }
    ReadError::TooManySheets { found, limit: SHEETS_MAX as u32 }
}
