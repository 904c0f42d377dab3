//! The rows of one worksheet as they are given away, with the limits of a row.

use super::{BookInfo, Request, Sink};
use crate::limits::{CELL_CHARS_MAX, COLUMNS_MAX, ROW_BYTES_MAX, XLSX_ROWS_MAX};
use crate::{Cell, ReadError, Row, column_letter};

/// Which sheets are read: the one asked for, or all that are not hidden.
pub(super) fn asked_sheets(request: &Request, info: &BookInfo) -> Result<Vec<u16>, ReadError> {
    let asked: Vec<u16> = match request.sheet {
        Some(index) if usize::from(index) < info.sheets.len() => vec![index],
        Some(index) => return Err(ReadError::NoSheet(u32::from(index) + 1)),
        None => (0_u16..).zip(&info.sheets).filter(|(_, s)| !s.hidden).map(|(index, _)| index).collect(),
    };
    if asked.is_empty() { Err(ReadError::OnlyHidden) } else { Ok(asked) }
}

/// Gathers the cells of a sheet, which come in the order of its rows, into rows.
pub(super) struct SheetRows<'a> {
    pub(super) name: &'a str,
    row: Row,
    bytes: usize,
    rows: u32,
    rows_max: u32,
    sink: &'a mut dyn Sink,
}

impl<'a> SheetRows<'a> {
    pub(super) fn new(name: &'a str, index: u16, rows_max: Option<u32>, sink: &'a mut dyn Sink) -> Self {
        let row = Row { sheet: index, ..Row::default() };
        Self { name, row, bytes: 0, rows: 0, rows_max: rows_max.unwrap_or(u32::MAX), sink }
    }

    /// Takes a cell, row and column from 0; whether more are wanted.
    pub(super) fn put(&mut self, row: u32, column: u32, value: Cell) -> Result<bool, ReadError> {
        if value == Cell::Empty {
            return Ok(true);
        }
        if row >= XLSX_ROWS_MAX {
            return Err(ReadError::TooManyRows { sheet: self.name.to_owned(), limit: XLSX_ROWS_MAX });
        }
        if row + 1 != self.row.number {
            self.flush()?;
            if self.rows >= self.rows_max {
                return Ok(false);
            }
            if row < self.row.number {
                let last = self.row.number;
                let place = format!(", ở trang “{}”: dòng {} đứng sau dòng {last}", self.name, row + 1);
                return Err(ReadError::Damaged { place, detail: "rows out of order".to_owned() });
            }
            self.row.number = row + 1;
        }
        self.put_in_row(column, value)?;
        Ok(true)
    }

    fn put_in_row(&mut self, column: u32, value: Cell) -> Result<(), ReadError> {
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

    /// Gives the row away if it holds anything.
    fn flush(&mut self) -> Result<(), ReadError> {
        self.bytes = 0;
        let row = Row { cells: std::mem::take(&mut self.row.cells), ..self.row };
        if !row.is_blank() {
            self.rows += 1;
            self.sink.row(row)?;
        }
        Ok(())
    }

    /// Gives the last row away; whether any held anything.
    pub(super) fn finish(mut self) -> Result<bool, ReadError> {
        if self.rows < self.rows_max {
            self.flush()?;
        }
        Ok(self.rows > 0)
    }
}
