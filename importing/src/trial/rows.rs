//! The rows of a sheet as edits, one after the other, with a note of what became of each.

use mc_intake::report::Verdicts;
use mc_intake::{Converted, Converter, ReadError, Row, RowStream};
use mc_ledger::Value;
use mc_port::{ImportRow, RejectedRow, StoreFailure};
use mc_register::{Edit, Schema};

use crate::constants::Constants;
use crate::{ImportError, Names, Refused};

/// Rows as the importer takes them. It ends at the first row that cannot be read at all; see
/// [`Rows::finish`].
pub(super) struct Rows<'a> {
    stream: RowStream,
    converter: Converter<'a>,
    schema: &'a Schema,
    names: &'a Names<'a>,
    constants: Constants,
    /// The field that marks records of a generated instance, where there is one.
    marks: Option<u16>,
    verdicts: Verdicts,
    stopped: Option<ImportError>,
}

/// What is known of the sheet after its last row.
pub(super) struct Read {
    pub(super) verdicts: Verdicts,
    pub(super) remarks: Vec<String>,
    pub(super) sheet: String,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        stream: RowStream,
        converter: Converter<'a>,
        schema: &'a Schema,
        names: &'a Names<'a>,
        constants: Constants,
        marks: Option<u16>,
    ) -> Self {
        let verdicts = Verdicts::default();
        Self { stream, converter, schema, names, constants, marks, verdicts, stopped: None }
    }

    /// What was read, or why reading stopped before the end: then whatever was made of the rows is void.
    pub(super) fn finish(self) -> Result<Read, ImportError> {
        if let Some(stopped) = self.stopped {
            return Err(stopped);
        }
        if let Some(failure) = self.names.failure() {
            return Err(failure.into());
        }
        let mut remarks: Vec<String> = self.stream.book().notices.iter().map(ToString::to_string).collect();
        remarks.extend(self.converter.column_remarks());
        let sheet = self.converter.sheet().to_owned();
        Ok(Read { verdicts: self.verdicts, remarks, sheet })
    }

    fn take(&mut self, row: Result<Row, ReadError>) -> Result<Option<Item>, ImportError> {
        let row = row?;
        self.names.row_begins();
        let converted = self.converter.convert(&row);
        self.verdicts.take(&row, &converted);
        let number = u64::from(row.number);
        Ok(match converted {
            Converted::Record { mut record, .. } => {
                self.complete(&mut record)?;
                Some(Ok(ImportRow { row: number, edit: Edit::Insert { record } }))
            }
            Converted::Rejected(errors) => {
                let message = Refused::of(&errors).map(|refused| refused.reason).unwrap_or_default();
                Some(Err(RejectedRow { row: number, field: None, message }))
            }
            Converted::Skipped(_) => None,
        })
    }

    fn complete(&self, record: &mut mc_register::Record) -> Result<(), StoreFailure> {
        if let Some(no) = self.marks {
            record.set(no, Value::Bool(true));
        }
        if !self.constants.any() {
            return Ok(());
        }
        self.names.with_snapshot(|snapshot| self.constants.yield_to(snapshot, self.schema, record))
    }
}

type Item = Result<ImportRow, RejectedRow>;

impl Iterator for Rows<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.stopped.is_none() {
            let row = self.stream.next()?;
            match self.take(row) {
                Ok(Some(item)) => return Some(item),
                Ok(None) => {}
                Err(error) => self.stopped = Some(error),
            }
        }
        None
    }
}
