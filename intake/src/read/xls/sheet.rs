//! The cells of one sheet: where each lies in the stream, and what it holds.

use super::records::{Record, Records, damaged, f64_at, id, u16_at, u32_at};
use super::strings::{Pieces, RichText};
use crate::limits::MERGES_MAX;
use crate::read::Merge;
use crate::{CellError, ReadError};

/// What a cell holds, before its format is looked at.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value {
    Number(f64),
    /// Index in the table of strings.
    Shared(u32),
    Text(RichText),
    Bool(bool),
    Error(CellError),
    Empty,
}

/// A cell of a sheet.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Found {
    pub(super) row: u16,
    pub(super) column: u16,
    /// Index of its format.
    pub(super) format: u16,
    pub(super) value: Value,
}

/// What a sheet holds, in the order of rows and columns.
#[derive(Default, Debug)]
pub(super) struct Sheet {
    /// Row and column of each record with cells, and where it begins.
    cells: Vec<(u16, u16, u32)>,
    pub(super) merges: Vec<Merge>,
    /// The last row, as the sheet says of itself.
    pub(super) rows: Option<u32>,
}

impl Sheet {
    /// Goes once over the sheet that begins at `at`.
    pub(super) fn scan(stream: &[u8], at: usize) -> Result<Self, ReadError> {
        let mut records = Records::new(stream, at);
        if records.next()?.id != id::BOF {
            return Err(damaged("no sheet where one was listed"));
        }
        let mut sheet = Self::default();
        // Charts inside a sheet are streams of their own.
        let mut depth = 0_u32;
        loop {
            let record = records.next()?;
            match record.id {
                id::BOF => depth = depth.saturating_add(1),
                id::EOF if depth == 0 => break,
                id::EOF => depth -= 1,
                _ if depth == 0 => sheet.take(record)?,
                _ => {}
            }
        }
        // Programs other than Excel write cells in any order; of two in one place the later one holds.
        if !sheet.cells.is_sorted_by_key(|(row, column, _)| (*row, *column)) {
            sheet.cells.sort_by_key(|(row, column, _)| (*row, *column));
        }
        Ok(sheet)
    }

    fn take(&mut self, record: Record<'_>) -> Result<(), ReadError> {
        let bad = || damaged("bad record of a sheet");
        let Record { body, at, .. } = record;
        match record.id {
            id::LABEL_SST
            | id::LABEL
            | id::R_STRING
            | id::NUMBER
            | id::RK
            | id::MUL_RK
            | id::FORMULA
            | id::BOOL_ERR => {
                let place = u16_at(body, 0).zip(u16_at(body, 2)).zip(u32::try_from(at).ok());
                let ((row, column), at) = place.ok_or_else(bad)?;
                self.cells.push((row, column, at));
            }
            id::DIMENSIONS => self.rows = u32_at(body, 4),
            id::MERGE_CELLS => {
                let regions = body.get(2..).unwrap_or_default().chunks_exact(8);
                let count = usize::from(u16_at(body, 0).ok_or_else(bad)?);
                let room = (MERGES_MAX + 1).saturating_sub(self.merges.len());
                self.merges.extend(regions.take(count.min(room)).filter_map(merge));
            }
            _ => {}
        }
        Ok(())
    }

    /// Gives each cell; `each` says whether it wants more.
    pub(super) fn cells(
        &self,
        stream: &[u8],
        mut each: impl FnMut(Found) -> Result<bool, ReadError>,
    ) -> Result<(), ReadError> {
        for (_, _, at) in &self.cells {
            let mut records = Records::new(stream, *at as usize);
            let record = records.next()?;
            let found = found(record, records).ok_or_else(|| damaged("bad cell"))?;
            for cell in found {
                if !each(cell)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

fn merge(region: &[u8]) -> Option<Merge> {
    Some(Merge {
        row_first: u32::from(u16_at(region, 0)?),
        row_last: u32::from(u16_at(region, 2)?),
        column_first: u16_at(region, 4)?,
        column_last: u16_at(region, 6)?,
    })
}

/// The cells of a record; the records after it hold the text of a formula.
fn found(record: Record<'_>, after: Records<'_>) -> Option<Vec<Found>> {
    let Record { id, body, .. } = record;
    let (row, column) = (u16_at(body, 0)?, u16_at(body, 2)?);
    if id == id::MUL_RK {
        // Format and number of each, then the last column.
        let pairs = body.get(4..body.len().checked_sub(2)?)?.chunks_exact(6);
        let cell = |(at, pair): (u16, &[u8])| {
            let column = column.checked_add(at)?;
            Some(Found { row, column, format: u16_at(pair, 0)?, value: Value::Number(rk(u32_at(pair, 2)?)) })
        };
        return (0_u16..).zip(pairs).map(cell).collect();
    }
    let rest = body.get(6..)?;
    let value = match id {
        id::LABEL_SST => Value::Shared(u32_at(rest, 0)?),
        id::NUMBER => Value::Number(f64_at(rest, 0)?),
        id::RK => Value::Number(rk(u32_at(rest, 0)?)),
        id::BOOL_ERR if *rest.get(1)? == 0 => Value::Bool(*rest.first()? != 0),
        id::BOOL_ERR => Value::Error(error(*rest.first()?)?),
        id::LABEL => Value::Text(Pieces::new(vec![rest]).rich()?),
        id::R_STRING => {
            let mut pieces = Pieces::new(vec![rest]);
            let text = pieces.rich()?;
            Value::Text(pieces.with_runs(&text)?)
        }
        _ => formula(rest.get(..8)?, after)?,
    };
    Some(vec![Found { row, column, format: u16_at(body, 4)?, value }])
}

/// The cached result of a formula: a number, or a mark of what else it is ([MS-XLS] 2.5.133).
fn formula(result: &[u8], after: Records<'_>) -> Option<Value> {
    if u16_at(result, 6)? != 0xFFFF {
        return Some(Value::Number(f64_at(result, 0)?));
    }
    let second = *result.get(2)?;
    Some(match result.first()? {
        0 => Value::Text(formula_text(after)?),
        1 => Value::Bool(second != 0),
        2 => Value::Error(error(second)?),
        _ => Value::Empty,
    })
}

/// The text of a formula stands in a record of its own, after what the formula shares with others.
fn formula_text(mut records: Records<'_>) -> Option<RichText> {
    loop {
        let record = records.next().ok()?;
        match record.id {
            id::STRING => return Pieces::new(records.continued(record.body)).rich(),
            id::ARRAY | id::TABLE | id::SHARED_FORMULA | id::CONTINUE => {}
            // The text is missing; the cell shows nothing.
            _ => return Some(RichText::default()),
        }
    }
}

/// A number in 30 bits: an integer or the upper part of a float, perhaps in hundredths ([MS-XLS] 2.5.122).
fn rk(bits: u32) -> f64 {
    let value = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & 0xFFFF_FFFC) << 32)
    } else {
        f64::from(bits.cast_signed() >> 2)
    };
    if bits & 1 == 0 { value } else { value / 100.0 }
}

const fn error(code: u8) -> Option<CellError> {
    Some(match code {
        0x00 => CellError::Null,
        0x07 => CellError::Div0,
        0x0F => CellError::Value,
        0x17 => CellError::Ref,
        0x1D => CellError::Name,
        0x24 => CellError::Num,
        0x2A => CellError::NotAvailable,
        0x2B => CellError::GettingData,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_thirty_bits() {
        let close = |bits, value: f64| assert!((rk(bits) - value).abs() < 1e-12, "{bits:x}");
        close(0x3FF0_0000, 1.0);
        close(0x3FF0_0001, 0.01);
        close((123_456 << 2) | 2, 123_456.0);
        close((123_456 << 2) | 3, 1234.56);
        close(((-7_i32).cast_unsigned() << 2) | 2, -7.0);
    }
}
