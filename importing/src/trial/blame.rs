//! What the store said against rows that could be read, told with the cell at fault.

use std::collections::BTreeSet;
use std::sync::Arc;

use mc_intake::{Mapping, RowError, column_letter};
use mc_port::RejectedRow;
use mc_register::{Field, Schema};

use super::{Job, Trial};
use crate::ImportError;

/// Characters of a cell that a refusal repeats.
const VALUE_CHARS_MAX: usize = 80;

impl Trial {
    /// Adds what the store said against rows that could be read, with the cell at fault.
    pub(super) fn blame(
        &mut self,
        job: &Job<'_>,
        sheet: &str,
        rejected: &[RejectedRow],
    ) -> Result<(), ImportError> {
        let late: Vec<&RejectedRow> = rejected.iter().filter(|row| !self.told(row.row)).collect();
        if late.is_empty() {
            return Ok(());
        }
        let schema = Arc::clone(&self.schema);
        let explains = |row: &&RejectedRow| {
            row.field.as_deref().and_then(|id| schema.field(id)).is_some_and(|field| schema.explains(field))
        };
        if late.iter().any(explains) {
            let lacking = |field: &&Field| job.mapping.column_of(field.no).is_none();
            let fields = schema.explanation().into_iter().flatten().filter(lacking);
            self.verdicts.asked = fields.map(|field| field.title.vi.clone()).collect();
        }
        let mut errors: Vec<RowError> =
            late.iter().map(|row| error(&self.schema, job.mapping, sheet, row)).collect();
        let wanted: BTreeSet<u32> = errors.iter().filter(|e| e.at.is_some()).map(|e| e.row).collect();
        if !wanted.is_empty() {
            for row in job.file.rows(job.mapping.sheet)? {
                let row = row?;
                if !wanted.contains(&row.number) {
                    continue;
                }
                for error in errors.iter_mut().filter(|error| error.row == row.number) {
                    let shown = error.at.map(|column| row.cell(column).to_string()).unwrap_or_default();
                    let personal = error.at.is_some_and(|at| is_personal(&self.schema, job.mapping, at));
                    error.value = if personal {
                        format!("({} ký tự)", shown.chars().count())
                    } else {
                        shown.chars().take(VALUE_CHARS_MAX).collect()
                    };
                }
            }
        }
        for error in errors {
            self.verdicts.reject(error.row, vec![error]);
        }
        Ok(())
    }

    /// Whether the sender is told of this row already.
    fn told(&self, row: u64) -> bool {
        u32::try_from(row).is_ok_and(|row| self.verdicts.rejected.contains_key(&row))
    }
}

fn is_personal(schema: &Schema, mapping: &Mapping, column: u16) -> bool {
    let field = mapping.columns.iter().find(|entry| entry.column == column).and_then(|entry| entry.field);
    field.and_then(|no| schema.field_no(no)).is_some_and(|field| field.personal)
}

fn error(schema: &Schema, mapping: &Mapping, sheet: &str, row: &RejectedRow) -> RowError {
    let field: Option<&Field> = row.field.as_deref().and_then(|id| schema.field(id));
    let column = field.and_then(|field| mapping.column_of(field.no));
    RowError {
        sheet: sheet.to_owned(),
        row: u32::try_from(row.row).unwrap_or(u32::MAX),
        column: column
            .map(|column| format!("{} “{}”", column_letter(column.column), column.header))
            .unwrap_or_default(),
        field: field.map(|field| field.title.vi.clone()).unwrap_or_default(),
        value: String::new(),
        reason: row.message.clone(),
        at: column.map(|column| column.column),
    }
}
