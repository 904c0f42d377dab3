//! What became of the rows of a sheet, gathered for the report.

use std::collections::BTreeMap;

use mc_base::number::whole;

use super::{REJECTED_ROWS_MAX, WHOLE_ROWS_MAX};
use crate::convert::{Converted, Counts, RowError};
use crate::header::RowKind;
use crate::{Mapping, Row};

/// What is known of each row of the sheet: why it was refused, or what else it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verdicts {
    /// Refused rows by number, with each reason; the first [`REJECTED_ROWS_MAX`].
    pub rejected: BTreeMap<u32, Vec<RowError>>,
    /// Remarks on rows that were accepted, by number; the first [`WHOLE_ROWS_MAX`].
    pub remarks: BTreeMap<u32, Vec<String>>,
    /// Rows that are no records, by number; the first [`WHOLE_ROWS_MAX`].
    pub skipped: BTreeMap<u32, RowKind>,
    /// Titles of fields that refused rows need and no column of the file is for: columns to fill in.
    pub asked: Vec<String>,
    rows: usize,
    width: u16,
}

impl Verdicts {
    /// Notes what became of a row of the mapped sheet.
    pub fn take(&mut self, row: &Row, converted: &Converted) {
        self.rows += 1;
        self.width = self.width.max(u16::try_from(row.cells.len()).unwrap_or(u16::MAX));
        match converted {
            Converted::Record { warnings, .. }
                if !warnings.is_empty() && self.remarks.len() < WHOLE_ROWS_MAX =>
            {
                self.remarks
                    .insert(row.number, warnings.iter().map(|warning| warning.text.clone()).collect());
            }
            Converted::Rejected(errors) => self.reject(row.number, errors.clone()),
            Converted::Skipped(kind) if self.skipped.len() < WHOLE_ROWS_MAX => {
                self.skipped.insert(row.number, *kind);
            }
            Converted::Record { .. } | Converted::Skipped(_) => {}
        }
    }

    /// Adds reasons against a row; also those found later, for example by a rule of the register.
    pub fn reject(&mut self, row: u32, errors: Vec<RowError>) {
        if self.rejected.len() < REJECTED_ROWS_MAX || self.rejected.contains_key(&row) {
            self.rejected.entry(row).or_default().extend(errors);
        }
    }

    /// What happens if only the good rows are taken, in a few lines.
    #[must_use]
    pub fn good_rows_summary(&self, counts: Counts, column_remarks: &[String]) -> String {
        let mut lines = vec![format!(
            "Có {} dòng số liệu: nhập được {} dòng, bị từ chối {} dòng.",
            whole(counts.records + counts.rejected),
            whole(counts.records),
            whole(counts.rejected)
        )];
        let kinds = tally(self.skipped.values().filter(|kind| **kind != RowKind::Header).copied());
        if !kinds.is_empty() {
            let kinds: Vec<String> =
                kinds.iter().map(|(kind, count)| format!("{count} {}", kind.title())).collect();
            lines.push(format!("Bỏ qua vì không phải số liệu: {}.", kinds.join(", ")));
        }
        let named = self.rejected.values().flatten().map(|error| error.field.as_str());
        let fields = tally(named.filter(|field| !field.is_empty()));
        if !fields.is_empty() {
            let fields: Vec<String> =
                fields.iter().map(|(field, count)| format!("{field} {count}")).collect();
            lines.push(format!("Số lỗi theo trường: {}.", fields.join(", ")));
        }
        if !self.remarks.is_empty() {
            lines.push(format!("Có {} dòng nhập được nhưng nên xem lại.", whole(self.remarks.len() as u64)));
        }
        lines.extend(column_remarks.iter().cloned());
        lines.join("\n")
    }

    /// Rows taken.
    pub(super) const fn row_count(&self) -> usize {
        self.rows
    }

    /// All reasons against a row, a line each.
    pub(super) fn why(&self, row: u32) -> Option<String> {
        let reasons = self.rejected.get(&row)?;
        let texts: Vec<String> = reasons.iter().map(RowError::why).collect();
        Some(texts.join("\n"))
    }

    /// The column after the last that any row of the sheet fills.
    pub(super) fn why_column(&self, mapping: &Mapping) -> u16 {
        mapping.columns.iter().map(|column| column.column + 1).max().unwrap_or(1).max(self.width)
    }
}

fn tally<T: Ord>(items: impl Iterator<Item = T>) -> BTreeMap<T, u32> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts
}
