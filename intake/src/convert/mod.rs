//! Rows of the sheet to records of the register, or what is wrong with each cell.

mod cells;
mod names;
mod outcome;
mod plan;
mod remarks;
mod seen;
mod spread;

use mc_ledger::Value;
use mc_register::{
    Field, FieldType, Input, InputError, InputKind, Record, Resolver, Schema, input, key_text, thing_key,
};

use crate::deadline::{self, Deadline};
use crate::header::{HeaderError, Mapping, Numbers, Proof, RowKind, Rows, is_number};
use crate::{BookInfo, Cell, Row};
use names::Names;
use plan::{Source, Step, label, plan};
use remarks::Remarks;
use seen::Seen;
use spread::Spread;

pub use outcome::{Converted, Counts, RowError, RowWarning};

/// Characters of a value that a message repeats.
const VALUE_CHARS_MAX: usize = 200;

/// Turns the rows of one sheet, in order, into records.
pub struct Converter<'a> {
    schema: &'a Schema,
    sheet_index: u16,
    sheet: String,
    epoch_1904: bool,
    names: Names<'a>,
    steps: Vec<Step<'a>>,
    rows: Rows,
    spread: Spread,
    seen: Seen,
    remarks: Remarks,
    /// How the file writes numbers, by all rows so far.
    proof: Proof,
    counts: Counts,
}

impl<'a> Converter<'a> {
    /// Prepares for one sheet.
    ///
    /// # Errors
    /// [`HeaderError`] where the mapping does not hold against the register.
    pub fn new(
        schema: &'a Schema,
        mapping: &'a Mapping,
        book: &BookInfo,
        resolver: &'a dyn Resolver,
    ) -> Result<Self, HeaderError> {
        mapping.check(schema)?;
        let sheet = book.sheets.get(usize::from(mapping.sheet));
        Ok(Self {
            schema,
            sheet_index: mapping.sheet,
            sheet: sheet.map(|sheet| sheet.name.clone()).unwrap_or_default(),
            epoch_1904: book.epoch_1904,
            names: Names::new(resolver, mapping.numbers),
            steps: plan(schema, mapping),
            rows: Rows::new(schema, mapping),
            spread: Spread::new(sheet.map(|sheet| sheet.merges.as_slice()).unwrap_or_default(), mapping),
            seen: Seen::default(),
            remarks: Remarks::default(),
            proof: Proof::default(),
            counts: Counts::default(),
        })
    }

    /// How many rows became what so far.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// What holds for whole columns, once all rows were given.
    #[must_use]
    pub fn column_remarks(&self) -> Vec<String> {
        self.remarks.columns()
    }

    /// The first number that could be read in two ways, where there was one: the file is to be tried again once a
    /// person has said how it writes numbers.
    #[must_use]
    pub fn unclear_number(&self) -> Option<&str> {
        self.remarks.unclear.as_deref()
    }

    /// How the rows so far prove that the file writes numbers, and which of them did.
    #[must_use]
    pub fn numbers_proved(&self) -> Option<(Numbers, u32)> {
        self.proof.style()
    }

    /// Name of the sheet.
    #[must_use]
    pub fn sheet(&self) -> &str {
        &self.sheet
    }

    /// Numbers of the fields that the file speaks of. A row says nothing about the others: an import keeps
    /// what is stored there.
    #[must_use]
    pub fn filled_fields(&self) -> Vec<u16> {
        let derived = self.steps.iter().filter_map(|step| step.kind);
        let mut filled: Vec<u16> =
            self.steps.iter().map(|step| step.field).chain(derived).map(|f| f.no).collect();
        filled.sort_unstable();
        filled
    }

    /// Converts the next row of the sheet; rows of other sheets are skipped and not counted.
    pub fn convert(&mut self, row: &Row) -> Converted {
        if row.sheet != self.sheet_index {
            return Converted::Skipped(RowKind::Header);
        }
        self.counts.rows += 1;
        let kind = self.rows.kind(row);
        if kind != RowKind::Data {
            self.counts.skipped += 1;
            return Converted::Skipped(kind);
        }
        let row = self.spread.fill(row);
        match self.record(&row) {
            Ok((record, key, warnings)) => {
                self.counts.records += 1;
                Converted::Record { record, key, warnings }
            }
            Err(errors) => {
                self.counts.rejected += 1;
                Converted::Rejected(errors)
            }
        }
    }

    fn record(&mut self, row: &Row) -> Result<(Record, String, Vec<RowWarning>), Vec<RowError>> {
        let mut record = Record::new();
        let mut errors = Vec::new();
        let mut warnings = Vec::new();
        for step in &self.steps {
            if let Source::Column(column) = step.source {
                self.remarks.see(step, column, row);
                if let (true, Cell::Text(text)) = (is_number(step.field), row.cell(column)) {
                    self.proof.see(row.number, text);
                }
            }
            match self.fill(step, row, &mut record) {
                Ok(None) => {}
                Ok(Some(warning)) => warnings.push(warning),
                Err(error) => {
                    self.remarks.doubt(&error);
                    errors.push(self.blame(step, row, &error));
                }
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let whole = |error: mc_register::KeyError| vec![self.at_row(row, error.to_string())];
        let key = key_text(self.schema, &record).map_err(whole)?;
        let thing = thing_key(self.schema, &record).map_err(whole)?;
        if let Some(first) = self.seen.twice(self.schema, &record, &thing, row.number) {
            return Err(vec![self.twice(row, first)]);
        }
        warnings.extend(self.remarks.of_record(self.schema, row.number, &record));
        Ok((record, key, warnings))
    }

    /// Sets one field of the record; a remark where something was assumed.
    fn fill(
        &self,
        step: &Step<'_>,
        row: &Row,
        record: &mut Record,
    ) -> Result<Option<RowWarning>, InputError> {
        let field = step.field;
        let found = self.input(step, row)?;
        let Some(kind) = step.kind else {
            record.set(field.no, input::read(field, &found, &self.names)?);
            return Ok(None);
        };
        let deadline = match &found {
            Input::Text(text) => deadline::parse(text, self.names.reference_day()),
            _ => None,
        };
        if let Some(deadline) = deadline {
            record.set(field.no, deadline.day.map_or(Value::Null, Value::Day));
            self.set_kind(kind, deadline.kind, record)?;
            return Ok(deadline.assumed.then(|| assumption(row.number, &found, deadline)));
        }
        match input::read(field, &found, &self.names)? {
            Value::Null if kind.required => Err(InputError::new(field, InputKind::Missing, "")),
            Value::Null => Ok(None),
            day => {
                record.set(field.no, day);
                self.set_kind(kind, "day", record)?;
                Ok(None)
            }
        }
    }

    fn set_kind(&self, field: &Field, kind: &str, record: &mut Record) -> Result<(), InputError> {
        record.set(field.no, input::read(field, &Input::Text(kind.to_owned()), &self.names)?);
        Ok(())
    }

    fn input(&self, step: &Step<'_>, row: &Row) -> Result<Input, InputError> {
        let found = match step.source {
            Source::Column(column) => cells::input(step.field, row.cell(column), self.epoch_1904)?,
            Source::Position { lat, lon } => cells::position(row.cell(lat), row.cell(lon)),
            Source::Nowhere => Input::Empty,
        };
        let blank = match &found {
            Input::Empty => true,
            Input::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        Ok(step.constant.clone().filter(|_| blank).unwrap_or(found))
    }

    fn at_row(&self, row: &Row, reason: String) -> RowError {
        RowError {
            sheet: self.sheet.clone(),
            row: row.number,
            column: String::new(),
            field: String::new(),
            value: String::new(),
            reason,
            at: None,
        }
    }

    fn blame(&self, step: &Step<'_>, row: &Row, error: &InputError) -> RowError {
        let field = step.field;
        let value = match step.source {
            Source::Column(column) if !field.personal => row.cell(column).to_string(),
            _ => error.found.clone(),
        };
        let column = step.column.map(|column| column.column);
        let cell = column.map(|column| row.cell(column));
        RowError {
            column: step.column.map(label).unwrap_or_default(),
            at: column,
            field: field.title.vi.clone(),
            value: value.chars().take(VALUE_CHARS_MAX).collect(),
            ..self.at_row(row, remarks::explain(field, cell, error))
        }
    }

    /// The refusal of a second row of the same thing.
    fn twice(&self, row: &Row, first: u32) -> RowError {
        let keys = || self.steps.iter().filter(|step| self.schema.key.contains(&step.field.id));
        let titles: Vec<&str> = keys().map(|step| step.field.title.vi.as_str()).collect();
        let spells = if self.schema.has_spells() { " trong cùng thời gian" } else { "" };
        let reason = format!(
            "Trùng {} với dòng {first} của tệp; mỗi bản ghi chỉ được có một dòng{spells}.",
            titles.join(", ")
        );
        let mut error = self.at_row(row, reason);
        if let Some((step, column)) = keys().find_map(|step| Some((step, step.column?))) {
            error.at = Some(column.column);
            error.column = label(column);
            error.field.clone_from(&step.field.title.vi);
            if !step.field.personal {
                error.value = row.cell(column.column).to_string().chars().take(VALUE_CHARS_MAX).collect();
            }
        }
        error
    }
}

fn assumption(row: u32, found: &Input, deadline: Deadline) -> RowWarning {
    let day = deadline.day.map(|day| Cell::Day(day).to_string()).unwrap_or_default();
    let text = match found {
        Input::Text(text) => text.trim(),
        _ => "",
    };
    RowWarning { row, text: format!("“{text}” được hiểu là hết ngày {day}.") }
}

/// Whether a field holds whole numbers.
fn is_whole(field: &Field) -> bool {
    field.kind == FieldType::Int
}
