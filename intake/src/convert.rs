//! Rows of the sheet to records of the register, or what is wrong with each cell.

mod remarks;
mod spread;

use std::collections::hash_map::{DefaultHasher, Entry, HashMap};
use std::hash::{Hash as _, Hasher as _};

use mc_base::number::Style;
use mc_base::{AgencyId, Day, Instant, PlaceId};
use mc_register::{
    Field, FieldType, Input, InputError, InputKind, Record, Resolved, Resolver, Schema, key_text,
};
use serde::{Deserialize, Serialize};

use crate::deadline::{self, Deadline};
use crate::header::{Axis, HeaderError, Mapping, Numbers, RowKind, Rows, importable};
use crate::read::serial_day;
use crate::{BookInfo, Cell, Row, column_letter};
use remarks::Remarks;
use spread::Spread;

/// What is wrong with one cell, or with a row where no cell is to blame.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RowError {
    /// Sheet name.
    pub sheet: String,
    /// Row number as a spreadsheet shows it.
    pub row: u32,
    /// Letter and header of the column: `C “Tên xã”`; empty where the file has no such column.
    pub column: String,
    /// Title of the field.
    pub field: String,
    /// What the cell shows; of personal fields only its length.
    pub value: String,
    /// What is wrong and what would be accepted.
    pub reason: String,
    /// Column from 0, to mark the cell.
    #[serde(skip)]
    pub at: Option<u16>,
}

/// Something about an accepted row that its sender should look at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RowWarning {
    /// Row number.
    pub row: u32,
    /// As a sentence.
    pub text: String,
}

/// What became of one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Converted {
    /// A record.
    Record {
        /// Its values.
        record: Record,
        /// Its key, unique within the file.
        key: String,
        /// Remarks.
        warnings: Vec<RowWarning>,
    },
    /// Refused, with every reason.
    Rejected(Vec<RowError>),
    /// No record.
    Skipped(RowKind),
}

/// How many rows became what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Rows that hold anything.
    pub rows: u32,
    /// Records.
    pub records: u32,
    /// Refused rows.
    pub rejected: u32,
    /// Totals, group titles, headers, notes.
    pub skipped: u32,
}

/// Turns the rows of one sheet, in order, into records.
pub struct Converter<'a> {
    schema: &'a Schema,
    mapping: &'a Mapping,
    resolver: Styled<'a>,
    sheet: String,
    epoch_1904: bool,
    rows: Rows,
    spread: Spread,
    seen: HashMap<u128, u32>,
    remarks: Remarks,
    counts: Counts,
}

/// Days of 1970 to 2099 as serial numbers: a date cell that lost its format.
const SERIALS: std::ops::RangeInclusive<i64> = 25_569..=73_050;

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
            mapping,
            resolver: Styled { inner: resolver, numbers: mapping.numbers },
            sheet: sheet.map(|sheet| sheet.name.clone()).unwrap_or_default(),
            epoch_1904: book.epoch_1904,
            rows: Rows::new(schema, mapping),
            spread: Spread::new(sheet.map(|sheet| sheet.merges.as_slice()).unwrap_or_default(), mapping),
            seen: HashMap::new(),
            remarks: Remarks::default(),
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

    /// Converts the next row of the sheet; rows of other sheets are skipped as headers.
    pub fn convert(&mut self, row: &Row) -> Converted {
        if row.sheet != self.mapping.sheet {
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
        let schema = self.schema;
        for field in importable(schema) {
            match self.field(field, row, &mut record, &mut warnings) {
                Ok(()) => {}
                Err(error) => errors.push(self.blame(field, row, &error)),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let key = key_text(schema, &record).map_err(|error| vec![self.at_row(row, error.to_string())])?;
        self.once(row, &key)?;
        warnings.extend(self.remarks.of_record(schema, row.number, &record));
        Ok((record, key, warnings))
    }

    fn field(
        &mut self,
        field: &Field,
        row: &Row,
        record: &mut Record,
        warnings: &mut Vec<RowWarning>,
    ) -> Result<(), InputError> {
        let (input, from_cell) = self.input(field, row)?;
        if let (FieldType::Day, Input::Text(text)) = (field.kind, &input)
            && let Some(kind_field) = self.kind_field(field)
            && let Some(deadline) = deadline::parse(text, self.resolver.reference_day())
        {
            if deadline.assumed {
                warnings.push(assumption(row.number, text, deadline));
            }
            record.set(field.no, deadline.day.map_or(mc_ledger::Value::Null, mc_ledger::Value::Day));
            return self.set_kind(kind_field, deadline.kind, record);
        }
        if from_cell {
            self.remarks.see(self.mapping, field, row);
        }
        let value = mc_register::input::read(field, &input, &self.resolver);
        // The kind of a deadline was already set with its day.
        if matches!(&value, Err(error) if error.kind == InputKind::Missing)
            && *record.get(field.no) != mc_ledger::Value::Null
        {
            return Ok(());
        }
        let value = value?;
        if let (FieldType::Day, mc_ledger::Value::Day(_)) = (field.kind, &value)
            && let Some(kind_field) = self.kind_field(field)
        {
            self.set_kind(kind_field, "day", record)?;
        }
        if value != mc_ledger::Value::Null {
            record.set(field.no, value);
        }
        Ok(())
    }

    /// The code field `x_kind` beside a day field `x`, where the file has no column for it.
    fn kind_field(&self, field: &Field) -> Option<&'a Field> {
        let id = format!("{}_kind", field.id);
        let kind = self.schema.field.iter().find(|other| other.id == id && other.kind == FieldType::Code)?;
        let given =
            self.mapping.column_of(kind.no).is_some() || self.mapping.constants.contains_key(&kind.no);
        (!given).then_some(kind)
    }

    fn set_kind(&self, field: &Field, kind: &str, record: &mut Record) -> Result<(), InputError> {
        let value = mc_register::input::read(field, &Input::Text(kind.to_owned()), &self.resolver)?;
        record.set(field.no, value);
        Ok(())
    }

    /// What the row says for a field, and whether a cell of the row says it.
    fn input(&self, field: &Field, row: &Row) -> Result<(Input, bool), InputError> {
        let columns = || self.mapping.columns.iter().filter(|column| column.field == Some(field.no));
        let axis =
            |axis| columns().find(|column| column.axis == Some(axis)).map(|column| row.cell(column.column));
        if let (Some(lat), Some(lon)) = (axis(Axis::Latitude), axis(Axis::Longitude)) {
            return Ok((position(lat, lon), true));
        }
        let cell = columns().find(|column| column.axis.is_none()).map(|column| row.cell(column.column));
        match (cell, self.mapping.constants.get(&field.no)) {
            (Some(cell), constant) if !cell.is_blank() || constant.is_none() => {
                Ok((self.cell_input(field, cell)?, true))
            }
            (_, Some(constant)) => Ok((Input::Text(constant.clone()), false)),
            _ => Ok((Input::Empty, false)),
        }
    }

    fn cell_input(&self, field: &Field, cell: &Cell) -> Result<Input, InputError> {
        Ok(match cell {
            Cell::Empty => Input::Empty,
            Cell::Text(text) if is_nothing(field, text) => Input::Empty,
            Cell::Text(text) => Input::Text(text.clone()),
            Cell::Number { mantissa, scale: 0 }
                if matches!(field.kind, FieldType::Day | FieldType::Instant) && self.is_serial(*mantissa) =>
            {
                serial_day(*mantissa, self.epoch_1904)
                    .map_or(Input::Number { mantissa: *mantissa, scale: 0 }, Input::Day)
            }
            Cell::Number { mantissa, scale } => Input::Number { mantissa: *mantissa, scale: *scale },
            Cell::Day(day) => Input::Day(*day),
            Cell::Moment { day, second } => {
                Input::Instant(Instant(Instant::start_of(*day).0 + i64::from(*second) * 1000))
            }
            Cell::Bool(value) => Input::Bool(*value),
            Cell::Error(error) => {
                let wrong = InputError::new(field, InputKind::WrongType, &error.to_string());
                return Err(wrong.hint("Ô chứa lỗi của công thức; cần sửa công thức hoặc ghi giá trị"));
            }
        })
    }

    fn is_serial(&self, number: i64) -> bool {
        let shift = if self.epoch_1904 { 1462 } else { 0 };
        SERIALS.contains(&(number + shift))
    }

    /// Refuses the second row of the same key.
    fn once(&mut self, row: &Row, key: &str) -> Result<(), Vec<RowError>> {
        match self.seen.entry(fingerprint(key)) {
            Entry::Vacant(free) => {
                free.insert(row.number);
                Ok(())
            }
            Entry::Occupied(first) => {
                let keys: Vec<&Field> =
                    self.schema.field.iter().filter(|f| self.schema.key.contains(&f.id)).collect();
                let first_row = *first.get();
                let titles: Vec<&str> = keys.iter().map(|field| field.title.vi.as_str()).collect();
                let reason = format!(
                    "Trùng với dòng {first_row} trong cùng tệp ({}); mỗi bản ghi chỉ được có một dòng.",
                    titles.join(", ")
                );
                let column = keys.iter().find_map(|field| self.mapping.column_of(field.no));
                let mut error = self.at_row(row, reason);
                if let (Some(column), Some(field)) = (column, keys.first()) {
                    error.at = Some(column.column);
                    error.column = label(column.column, &column.header);
                    error.field.clone_from(&field.title.vi);
                    error.value = row.cell(column.column).to_string();
                }
                Err(vec![error])
            }
        }
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

    fn blame(&self, field: &Field, row: &Row, error: &InputError) -> RowError {
        let columns: Vec<_> = self.mapping.columns.iter().filter(|c| c.field == Some(field.no)).collect();
        let shown: Vec<String> = columns.iter().map(|column| row.cell(column.column).to_string()).collect();
        let value = if field.personal || columns.is_empty() { error.found.clone() } else { shown.join("; ") };
        RowError {
            column: columns.first().map(|column| label(column.column, &column.header)).unwrap_or_default(),
            at: columns.first().map(|column| column.column),
            field: field.title.vi.clone(),
            value: value.chars().take(200).collect(),
            ..self.at_row(row, self.remarks.explain(field, row, columns.first().map(|c| c.column), error))
        }
    }
}

impl RowError {
    /// The sentence of the last column of the error sheet.
    #[must_use]
    pub fn why(&self) -> String {
        match self.column.is_empty() {
            true => self.reason.clone(),
            false => format!("Cột {}: {}", self.column, self.reason),
        }
    }
}

impl std::fmt::Display for RowError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Trang “{}”, dòng {}", self.sheet, self.row)?;
        if !self.column.is_empty() {
            write!(f, ", cột {}", self.column)?;
        }
        write!(f, ": {}", self.reason)
    }
}

fn label(column: u16, header: &str) -> String {
    format!("{} “{header}”", column_letter(column))
}

/// A dash or "không có" stands for nothing, but in a text it may be what was meant.
fn is_nothing(field: &Field, text: &str) -> bool {
    let text = text.trim();
    matches!(text, "-" | "–" | "—" | "…" | "..." | "x x x" | "N/A" | "n/a" | "#")
        && field.kind != FieldType::Text
}

fn position(lat: &Cell, lon: &Cell) -> Input {
    if lat.is_blank() && lon.is_blank() {
        return Input::Empty;
    }
    Input::Text(format!("{}; {}", lat.to_string().trim(), lon.to_string().trim()))
}

fn assumption(row: u32, text: &str, deadline: Deadline) -> RowWarning {
    let day = deadline.day.map(|day: Day| Cell::Day(day).to_string()).unwrap_or_default();
    RowWarning { row, text: format!("“{}” được hiểu là hết ngày {day}.", text.trim()) }
}

/// The names of an instance with the number style of this file.
struct Styled<'a> {
    inner: &'a dyn Resolver,
    numbers: Option<Numbers>,
}

impl Resolver for Styled<'_> {
    fn place(&self, text: &str) -> Resolved<PlaceId> {
        self.inner.place(text)
    }

    fn agency(&self, text: &str) -> Resolved<AgencyId> {
        self.inner.agency(text)
    }

    fn reference(&self, register: &str, text: &str) -> Resolved<String> {
        self.inner.reference(register, text)
    }

    fn reference_day(&self) -> Day {
        self.inner.reference_day()
    }

    fn number_style(&self) -> Option<Style> {
        self.numbers.map(Numbers::style).or_else(|| self.inner.number_style())
    }
}

/// 128 bits of a key: 3.6 million keys are remembered in 140 MB, and two never share a fingerprint in practice.
fn fingerprint(key: &str) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, key).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}
