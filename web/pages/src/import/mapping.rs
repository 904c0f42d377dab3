//! The mapping as a form, and back.

use mc_intake::header::{Axis, ColumnMap};
use mc_intake::{Mapping, column_letter};
use mc_register::{FieldType, Schema};
use mc_ui::{Choice, Field, Input};

use super::UPLOAD;
use crate::query::Query;
use crate::said::Said as _;

/// What a column was said to be: number of the field, and which half of a position.
type Chosen = (u16, Option<Axis>);

/// Fields that a file may fill.
fn fields(schema: &Schema) -> impl Iterator<Item = &mc_register::Field> {
    schema.field.iter().filter(|field| {
        field.lookup.is_none()
            && !field.deprecated
            && field.kind != FieldType::File
            && field.id != "illustrative"
    })
}

fn value(field: u16, axis: Option<Axis>) -> String {
    match axis {
        None => field.to_string(),
        Some(Axis::Longitude) => format!("{field}-kinh"),
        Some(Axis::Latitude) => format!("{field}-vi"),
    }
}

fn parse(text: &str) -> Option<Chosen> {
    let (number, axis) = match text.split_once('-') {
        Some((number, "kinh")) => (number, Some(Axis::Longitude)),
        Some((number, "vi")) => (number, Some(Axis::Latitude)),
        Some(_) => return None,
        None => (text, None),
    };
    Some((number.parse().ok()?, axis))
}

fn column_name(column: u16) -> String {
    format!("cot-{column}")
}

fn constant_name(field: u16) -> String {
    format!("chung-{field}")
}

/// Takes over what a person chose; what the form does not name stays as proposed.
pub(super) fn read(form: &Query, schema: &Schema, mapping: &mut Mapping) {
    let before: Vec<(u16, Option<Chosen>)> =
        mapping.columns.iter().map(|column| (column.column, chosen(column))).collect();
    // Freed columns first, so that a field can move from one column to another.
    let wanted: Vec<_> = before
        .into_iter()
        .filter_map(|(column, was)| {
            let wanted = form.raw(&column_name(column)).map(parse)?;
            (wanted != was).then_some((column, wanted))
        })
        .collect();
    for (column, _) in &wanted {
        mapping.assign(*column, None, None);
    }
    for (column, choice) in wanted {
        if let Some((field, axis)) = choice.filter(|(field, _)| schema.field_no(*field).is_some()) {
            mapping.assign(column, Some(field), axis);
        }
    }
    for field in fields(schema) {
        let Some(text) = form.raw(&constant_name(field.no)) else { continue };
        match text.trim() {
            "" => mapping.constants.remove(&field.no),
            text => mapping.constants.insert(field.no, text.to_owned()),
        };
    }
}

fn chosen(column: &ColumnMap) -> Option<Chosen> {
    column.field.map(|field| (field, column.axis))
}

/// The fields of the form: one choice a column, one common value for each required field.
pub(super) fn show(schema: &Schema, mapping: &Mapping, upload: &str) -> Vec<Field> {
    let mut shown = vec![Field::hidden(UPLOAD, upload)];
    for column in &mapping.columns {
        let chosen = chosen(column).map_or_else(String::new, |(field, axis)| value(field, axis));
        let label =
            t!("Cột {column} “{header}”", column = column_letter(column.column), header = column.header);
        let choices = choices(schema).into_iter().map(|choice| choice.chosen_if(&chosen)).collect();
        shown.push(Field::new(column_name(column.column), label, Input::Select { choices }));
    }
    for field in fields(schema) {
        let given = mapping.constants.get(&field.no);
        if given.is_none() && (!field.required || mapping.column_of(field.no).is_some()) {
            continue;
        }
        let text = given.cloned().unwrap_or_default();
        let input = Input::Text { value: mc_importing::shown(field, &text) };
        let hint = t!("Dùng cho bản ghi mới khi tệp không có cột này; bản ghi đã có giữ nguyên giá trị.");
        let label = t!("{title} (giá trị chung)", title = field.title.said());
        shown.push(Field::new(constant_name(field.no), label, input).hint(hint).optional());
    }
    shown
}

/// The same choices, not shown: for the step after.
pub(super) fn carried(schema: &Schema, mapping: &Mapping, upload: &str) -> Vec<Field> {
    let mut carried = vec![Field::hidden(UPLOAD, upload)];
    for column in &mapping.columns {
        let chosen = chosen(column).map_or_else(String::new, |(field, axis)| value(field, axis));
        carried.push(Field::hidden(column_name(column.column), chosen));
    }
    for field in fields(schema) {
        // A blank one too: it was taken away from the proposal.
        let given = mapping.constants.get(&field.no).cloned().unwrap_or_default();
        carried.push(Field::hidden(constant_name(field.no), given));
    }
    carried
}

fn choices(schema: &Schema) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", t!("Không dùng cột này"))];
    for field in fields(schema) {
        choices.push(Choice::new(value(field.no, None), field.title.said()));
        if field.kind == FieldType::Point {
            for (axis, word) in [(Axis::Longitude, t!("kinh độ")), (Axis::Latitude, t!("vĩ độ"))] {
                let label = format!("{}: {word}", field.title.said());
                choices.push(Choice::new(value(field.no, Some(axis)), label));
            }
        }
    }
    choices
}
