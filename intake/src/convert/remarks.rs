//! What is not wrong but looks so: thousands read as decimals, positions that repeat.

use std::collections::{BTreeMap, HashMap};

use mc_ledger::{Point, Value};
use mc_register::{Field, FieldType, InputError, InputKind, Record, Schema};

use super::plan::Step;
use super::{RowWarning, is_whole};
use crate::{Cell, Row, column_letter};

/// Positions remembered at most; beyond it repeats are no longer looked for.
const POSITIONS_MAX: usize = 500_000;

/// Gathers over all rows.
#[derive(Default)]
pub(super) struct Remarks {
    /// By column: header, values with a fraction, of these with exactly three decimals.
    fractions: BTreeMap<u16, (String, u32, u32)>,
    positions: HashMap<(i32, i32), u32>,
    /// The first number with two readings.
    pub(super) unclear: Option<String>,
}

impl Remarks {
    /// Looks at the cell of a whole-number field.
    pub(super) fn see(&mut self, step: &Step<'_>, column: u16, row: &Row) {
        let Cell::Number { scale: scale @ 1.., .. } = row.cell(column) else { return };
        if !is_whole(step.field) {
            return;
        }
        let header = || step.column.map(|column| column.header.clone()).unwrap_or_default();
        let (_, all, three) = self.fractions.entry(column).or_insert_with(|| (header(), 0, 0));
        *all += 1;
        *three += u32::from(*scale == 3);
    }

    /// Remembers a number with two readings.
    pub(super) fn doubt(&mut self, error: &InputError) {
        if error.kind == InputKind::Ambiguous && self.unclear.is_none() {
            self.unclear = Some(error.found.clone());
        }
    }

    /// Remarks on one record.
    pub(super) fn of_record(&mut self, schema: &Schema, row: u32, record: &Record) -> Option<RowWarning> {
        let field = schema.field.iter().find(|field| field.kind == FieldType::Point)?;
        let Value::Point(Point { lon, lat }) = record.get(field.no) else { return None };
        if let Some(first) = self.positions.get(&(*lon, *lat)) {
            let text = format!("{} trùng với dòng {first}.", field.title.vi);
            return Some(RowWarning { row, text });
        }
        if self.positions.len() < POSITIONS_MAX {
            self.positions.insert((*lon, *lat), row);
        }
        None
    }

    /// Remarks on whole columns.
    pub(super) fn columns(&self) -> Vec<String> {
        self.fractions
            .iter()
            .map(|(column, (header, all, three))| {
                let letter = column_letter(*column);
                format!(
                    "Cột {letter} “{header}” cần số nguyên nhưng có {all} ô mang phần thập phân, \
                     trong đó {three} ô có \
                     đúng ba chữ số: có thể dấu phân cách hàng nghìn đã bị hiểu thành dấu thập phân."
                )
            })
            .collect()
    }
}

/// The reason of a refusal, with what a spreadsheet may have done to the number.
pub(super) fn explain(field: &Field, cell: Option<&Cell>, error: &InputError) -> String {
    let mut reason = error.to_string();
    let Some(Cell::Number { mantissa, scale: scale @ 1..=3 }) = cell else { return reason };
    if error.kind == InputKind::NotWhole && is_whole(field) {
        let factor = 10_i128.pow(3 - u32::from(*scale));
        let thousands = mc_base::number::whole(i128::from(*mantissa) * factor);
        reason.push_str(" Nếu ý là ");
        reason.push_str(&thousands);
        reason.push_str(", dấu phân cách hàng nghìn đã bị hiểu thành dấu thập phân.");
    }
    reason
}
