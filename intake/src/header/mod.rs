//! Finding the header of a sheet and which column is which field.

mod columns;
mod kind;
mod locate;
mod numbers;

use std::collections::BTreeMap;

use mc_register::{Field, FieldType, Schema};
use serde::{Deserialize, Serialize};

use crate::read::Book;
use crate::{Row, SheetInfo};

pub use kind::{RowKind, Rows};
pub use numbers::Numbers;
pub(crate) use numbers::{Proof, is_number};

/// How a column was recognised, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// A person said so.
    User,
    /// By the identifier of the field.
    Id,
    /// By its title.
    Title,
    /// By one of its other names.
    Alias,
    /// All words of the title or of another name, among more words.
    Similar,
    /// The column of serial numbers, which carries nothing.
    Serial,
    /// Not recognised.
    Unknown,
}

/// Which half of a position a column holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// Degrees east.
    Longitude,
    /// Degrees north.
    Latitude,
}

/// One column of the sheet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnMap {
    /// Column from 0.
    pub column: u16,
    /// Its header; several rows joined by " / ".
    pub header: String,
    /// Number of the field it fills, if any.
    pub field: Option<u16>,
    /// Which half of the field, where a position stands in two columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub axis: Option<Axis>,
    /// How it was recognised.
    pub how: How,
}

/// Which column of which sheet is which field. It is remembered for the next file with the same header.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Register id.
    pub register: String,
    /// Index of the sheet in the file.
    pub sheet: u16,
    /// First and last row of the header, row numbers from 1.
    pub header_rows: (u32, u32),
    /// The columns that have a header or hold anything.
    pub columns: Vec<ColumnMap>,
    /// Values that hold for every row, as text, by field number: what no column says.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub constants: BTreeMap<u16, String>,
    /// How the file writes numbers as text, where it shows or a person said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Numbers>,
}

/// Why no mapping can be proposed or a changed one does not hold.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HeaderError {
    /// No row looks like a header of this register.
    #[error(
        "Không tìm thấy dòng tiêu đề của sổ “{register}” trong {rows} dòng đầu. Cần ít nhất các cột: \
         {expected}."
    )]
    NotFound {
        /// Title of the register.
        register: String,
        /// Rows looked at.
        rows: u32,
        /// Titles of the required fields.
        expected: String,
    },
    /// Two columns for one field.
    #[error(
        "Cột {first} và cột {second} cùng được ghép với trường “{field}”. Mỗi trường chỉ lấy từ một cột."
    )]
    Twice {
        /// Title of the field.
        field: String,
        /// Letter of the first column.
        first: String,
        /// Letter of the second column.
        second: String,
    },
    /// A field number the register has not, or that may not be imported.
    #[error("Sổ “{register}” không có trường số {field} để nhập từ tệp.")]
    NoField {
        /// Title of the register.
        register: String,
        /// Field number.
        field: u16,
    },
    /// The mapping is for another register.
    #[error("Bảng ghép cột dành cho sổ “{found}”, không phải sổ “{expected}”.")]
    OtherRegister {
        /// Register of the mapping.
        found: String,
        /// Register asked for.
        expected: String,
    },
    /// A required field has neither column nor constant.
    #[error("Chưa có cột nào cho trường bắt buộc: {0}. Hãy ghép cột hoặc điền một giá trị chung.")]
    Missing(String),
}

impl Mapping {
    /// The same mapping as one text, byte for byte: it enters the key under which an import is known.
    #[must_use]
    pub fn canonical_text(&self) -> String {
        // Structs and ordered maps only, so the order of keys is fixed; such values always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What files with the same header share: register and header texts, whatever the sheet and row.
    #[must_use]
    pub fn layout_text(&self) -> String {
        let headers: Vec<String> = self
            .columns
            .iter()
            .map(|c| format!("{}={}", c.column, crate::words::plain_key(&c.header)))
            .collect();
        format!("{}\n{}", self.register, headers.join("\n"))
    }

    /// Takes over which field each column is from a remembered mapping with the same headers.
    pub fn remember(&mut self, earlier: &Self) {
        for column in &mut self.columns {
            let same = |other: &&ColumnMap| {
                other.column == column.column
                    && crate::words::plain_key(&other.header) == crate::words::plain_key(&column.header)
            };
            if let Some(known) = earlier.columns.iter().find(same) {
                column.field = known.field;
                column.axis = known.axis;
                column.how = known.how;
            }
        }
        self.constants.clone_from(&earlier.constants);
        self.numbers = self.numbers.or(earlier.numbers);
    }

    /// A number of the file's first rows that can be read in two ways, as long as nobody said how the file writes
    /// numbers.
    #[must_use]
    pub fn number_question(&self, schema: &Schema, rows: &[Row]) -> Option<String> {
        if self.numbers.is_some() {
            return None;
        }
        let ours = rows.iter().filter(|row| row.sheet == self.sheet);
        numbers::question(schema, &self.columns, self.header_rows.1, ours)
    }

    /// Whether a column is a field of numbers, so that it matters how the file writes them.
    #[must_use]
    pub fn has_numbers(&self, schema: &Schema) -> bool {
        self.columns.iter().filter_map(|column| schema.field_no(column.field?)).any(numbers::is_number)
    }

    /// Sets the field of a column as a person says; another column that had the field, or this half of it,
    /// loses it.
    pub fn assign(&mut self, column: u16, field: Option<u16>, axis: Option<Axis>) {
        for entry in &mut self.columns {
            if entry.column == column {
                (entry.field, entry.axis, entry.how) = (field, axis, How::User);
            } else if field.is_some()
                && entry.field == field
                && (axis.is_none() || entry.axis != axis.map(other))
            {
                (entry.field, entry.axis, entry.how) = (None, None, How::Unknown);
            }
        }
    }

    /// Fills required fields that no column names with what stands to reason: the first state of the
    /// workflow, the day from which, the place of the sender. Gives the fields filled, for a person to
    /// confirm.
    pub fn suggest(&mut self, schema: &Schema, suggestions: &Suggestions) -> Vec<u16> {
        let missing: Vec<u16> = self.missing(schema).map(|field| field.no).collect();
        let mut filled = Vec::new();
        for field in schema.field.iter().filter(|field| missing.contains(&field.no)) {
            let initial = schema.workflow.as_ref().filter(|w| w.field == field.id).and_then(|workflow| {
                let wanted = |id: &String| suggestions.state.as_ref().is_none_or(|state| state == id);
                workflow.states.iter().find(|state| state.initial && wanted(&state.id))
            });
            let text = match field.kind {
                _ if field.id == "since" => suggestions.day.map(|day| day.to_string()),
                FieldType::Place => suggestions.place.clone(),
                FieldType::Code => initial.map(|state| state.id.clone()),
                _ => None,
            };
            if let Some(text) = text {
                self.constants.insert(field.no, text);
                filled.push(field.no);
            }
        }
        filled
    }

    /// Required fields that neither a column nor a constant fills.
    fn missing<'a>(&'a self, schema: &'a Schema) -> impl Iterator<Item = &'a Field> {
        importable(schema)
            .filter(|field| self.needs(schema, field) && !self.constants.contains_key(&field.no))
    }

    /// Whether no column says what a field must have, so that a common value has to.
    #[must_use]
    pub fn needs(&self, schema: &Schema, field: &Field) -> bool {
        field.is_asked() && self.column_of(field.no).is_none() && !self.kind_is_derived(schema, field)
    }

    /// The code field beside a day field of deadlines follows from the words of the deadline.
    fn kind_is_derived(&self, schema: &Schema, field: &Field) -> bool {
        let day = field.id.strip_suffix("_kind").and_then(|id| schema.field.iter().find(|day| day.id == id));
        day.is_some_and(|day| day.kind == FieldType::Day && self.column_of(day.no).is_some())
    }

    /// The column that fills a field.
    #[must_use]
    pub fn column_of(&self, field: u16) -> Option<&ColumnMap> {
        self.columns.iter().find(|column| column.field == Some(field))
    }

    /// Holds the mapping against the register: fields exist, each from one column, none required missing.
    ///
    /// # Errors
    /// The first [`HeaderError`] found.
    pub fn check(&self, schema: &Schema) -> Result<(), HeaderError> {
        let register = || schema.title.vi.clone();
        if self.register != schema.id {
            return Err(HeaderError::OtherRegister {
                found: self.register.clone(),
                expected: schema.id.clone(),
            });
        }
        let mut taken: BTreeMap<(u16, Option<Axis>), u16> = BTreeMap::new();
        for (column, no, axis) in self.columns.iter().filter_map(|c| Some((c.column, c.field?, c.axis))) {
            let Some(field) = importable(schema).find(|field| field.no == no) else {
                return Err(HeaderError::NoField { register: register(), field: no });
            };
            if let Some(first) = taken.insert((no, axis), column) {
                return Err(HeaderError::Twice {
                    field: field.title.vi.clone(),
                    first: crate::column_letter(first),
                    second: crate::column_letter(column),
                });
            }
        }
        if let Some(no) = self.constants.keys().find(|no| !importable(schema).any(|field| field.no == **no)) {
            return Err(HeaderError::NoField { register: register(), field: *no });
        }
        let missing: Vec<&str> = self.missing(schema).map(|field| field.title.vi.as_str()).collect();
        if missing.is_empty() { Ok(()) } else { Err(HeaderError::Missing(missing.join(", "))) }
    }
}

/// What is proposed for fields that a file does not name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Suggestions {
    /// For `since`.
    pub day: Option<mc_base::Day>,
    /// For the place field, as text.
    pub place: Option<String>,
    /// For the state of a workflow, if a record may begin there; the first such state otherwise.
    pub state: Option<String>,
}

const fn other(axis: Axis) -> Axis {
    match axis {
        Axis::Longitude => Axis::Latitude,
        Axis::Latitude => Axis::Longitude,
    }
}

/// The fields a file may fill: not those the store copies from another register.
pub(crate) fn importable(schema: &Schema) -> impl Iterator<Item = &Field> {
    schema.field.iter().filter(|field| field.lookup.is_none() && !field.deprecated)
}

/// Proposes a mapping for one sheet from its first rows; `None` where no row looks like a header.
#[must_use]
pub fn propose_sheet(schema: &Schema, index: u16, sheet: &SheetInfo, rows: &[&Row]) -> Option<Mapping> {
    let header = locate::locate(schema, sheet, rows)?;
    let numbers = numbers::detect(schema, &header.columns, header.last, rows);
    Some(Mapping {
        register: schema.id.clone(),
        sheet: index,
        header_rows: (header.first, header.last),
        columns: header.columns,
        constants: BTreeMap::new(),
        numbers,
    })
}

/// Proposes a mapping for the sheet of a file that fits the register best.
///
/// # Errors
/// [`HeaderError::NotFound`] where no sheet has a header of this register.
pub fn propose(schema: &Schema, book: &Book) -> Result<Mapping, HeaderError> {
    let fits = |mapping: &Mapping| mapping.columns.iter().filter(|column| column.field.is_some()).count();
    let mut best: Option<Mapping> = None;
    for (index, sheet) in (0_u16..).zip(&book.info.sheets).filter(|(_, sheet)| !sheet.hidden) {
        let rows: Vec<&Row> = book.rows_of(index).collect();
        let Some(mapping) = propose_sheet(schema, index, sheet, &rows) else { continue };
        if best.as_ref().is_none_or(|known| fits(&mapping) > fits(known)) {
            best = Some(mapping);
        }
    }
    best.ok_or_else(|| HeaderError::NotFound {
        register: schema.title.vi.clone(),
        rows: crate::limits::PREVIEW_ROWS,
        expected: importable(schema)
            .filter(|field| field.is_asked())
            .map(|field| field.title.vi.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    })
}
