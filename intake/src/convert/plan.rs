//! Where each field comes from, worked out once per file.

use mc_register::{Field, FieldType, Input, Schema};

use crate::column_letter;
use crate::header::{Axis, ColumnMap, Mapping, importable};

/// Where the value of a field stands.
pub(super) enum Source {
    /// In a column.
    Column(u16),
    /// A position in two columns.
    Position {
        /// Column of the latitude.
        lat: u16,
        /// Column of the longitude.
        lon: u16,
    },
    /// In no column.
    Nowhere,
}

/// How one field is filled.
pub(super) struct Step<'a> {
    pub(super) field: &'a Field,
    pub(super) source: Source,
    /// What holds where no column says otherwise.
    pub(super) constant: Option<Input>,
    /// The code field `x_kind` beside a day field `x` that follows from the words of the deadline.
    pub(super) kind: Option<&'a Field>,
    /// Its first column, for messages.
    pub(super) column: Option<&'a ColumnMap>,
}

/// The fields to fill, in declared order; those that nothing fills and nothing requires are left out.
pub(super) fn plan<'a>(schema: &'a Schema, mapping: &'a Mapping) -> Vec<Step<'a>> {
    let steps = importable(schema).map(|field| step(schema, mapping, field));
    let steps: Vec<Step<'a>> = steps
        .filter(|step| {
            !matches!(step.source, Source::Nowhere) || step.constant.is_some() || step.field.required
        })
        .collect();
    let derived: Vec<u16> = steps.iter().filter_map(|step| step.kind).map(|kind| kind.no).collect();
    steps.into_iter().filter(|step| !derived.contains(&step.field.no)).collect()
}

fn step<'a>(schema: &'a Schema, mapping: &'a Mapping, field: &'a Field) -> Step<'a> {
    let columns = || mapping.columns.iter().filter(|column| column.field == Some(field.no));
    let axis = |axis| columns().find(|column| column.axis == Some(axis)).map(|column| column.column);
    let source = match (axis(Axis::Latitude), axis(Axis::Longitude)) {
        (Some(lat), Some(lon)) => Source::Position { lat, lon },
        _ => columns()
            .find(|column| column.axis.is_none())
            .map_or(Source::Nowhere, |column| Source::Column(column.column)),
    };
    let constant = mapping.constants.get(&field.no).cloned().map(Input::Text);
    let kind = match source {
        Source::Column(_) if field.kind == FieldType::Day => kind_field(schema, mapping, field),
        _ => None,
    };
    Step { field, source, constant, kind, column: columns().next() }
}

fn kind_field<'a>(schema: &'a Schema, mapping: &Mapping, day: &Field) -> Option<&'a Field> {
    let id = format!("{}_kind", day.id);
    let kind = schema.field.iter().find(|other| other.id == id && other.kind == FieldType::Code)?;
    let given = mapping.column_of(kind.no).is_some() || mapping.constants.contains_key(&kind.no);
    (!given).then_some(kind)
}

/// Letter and header of a column.
pub(super) fn label(column: &ColumnMap) -> String {
    format!("{} “{}”", column_letter(column.column), column.header)
}
