//! The rows of a sheet as edits, one after the other, with a note of what became of each.

use std::sync::atomic::{AtomicBool, Ordering};

use mc_intake::header::Numbers;
use mc_intake::report::Verdicts;
use mc_intake::{Converted, Converter, ReadError, Row, RowStream};
use mc_ledger::Value;
use mc_port::{ImportRow, RejectedRow, StoreFailure};
use mc_register::{Edit, Schema};

use crate::constants::Constants;
use crate::{ImportError, Names, Progress, Refused};

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
    told: Told<'a>,
    taken: u64,
    stopped: Option<ImportError>,
}

/// Who hears how far it is, and may end it.
pub(super) struct Told<'a> {
    pub(super) progress: &'a mut dyn FnMut(Progress),
    pub(super) stop: &'a AtomicBool,
}

/// Rows between two words of progress.
const TELL_EVERY: u64 = 1_000;

/// What is known of the sheet after its last row.
pub(super) struct Read {
    pub(super) verdicts: Verdicts,
    pub(super) remarks: Vec<String>,
    pub(super) sheet: String,
    pub(super) unclear_number: Option<String>,
    /// How the file writes numbers, and by which row.
    pub(super) numbers: Option<(Numbers, u32)>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        stream: RowStream,
        converter: Converter<'a>,
        schema: &'a Schema,
        names: &'a Names<'a>,
        constants: Constants,
        marks: Option<u16>,
        told: Told<'a>,
    ) -> Self {
        let verdicts = Verdicts::default();
        Self { stream, converter, schema, names, constants, marks, verdicts, told, taken: 0, stopped: None }
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
        remarks.extend(self.names.meant()?);
        let sheet = self.converter.sheet().to_owned();
        let unclear_number = self.converter.unclear_number().map(str::to_owned);
        let numbers = self.converter.numbers_proved();
        Ok(Read { verdicts: self.verdicts, remarks, sheet, unclear_number, numbers })
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
            if self.told.stop.load(Ordering::Relaxed) {
                self.stopped = Some(ImportError::Cancelled);
                return None;
            }
            let Some(row) = self.stream.next() else {
                (self.told.progress)(Progress::Summing);
                return None;
            };
            self.taken += 1;
            if self.taken.is_multiple_of(TELL_EVERY) {
                (self.told.progress)(Progress::Compared(self.taken));
            }
            match self.take(row) {
                Ok(Some(item)) => return Some(item),
                Ok(None) => {}
                Err(error) => self.stopped = Some(error),
            }
        }
        None
    }
}
