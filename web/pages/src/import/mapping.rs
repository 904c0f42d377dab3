//! The mapping as a form, and back.

use mc_importing::Proposal;
use mc_intake::header::{Axis, ColumnMap, Numbers};
use mc_intake::{Mapping, column_letter};
use mc_register::{FieldType, Schema};
use mc_ui::{Choice, Field, Input};

use super::{JOB, UPLOAD};
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

/// Name of the field that says how the file writes numbers.
const NUMBERS: &str = "kieu-so";

/// How the file writes numbers: a question where a number of it has two readings, else a choice already made.
fn numbers(schema: &Schema, proposal: &Proposal) -> Option<Field> {
    let mapping = &proposal.mapping;
    if !mapping.has_numbers(schema) {
        return None;
    }
    let question = mapping.number_question(schema, &proposal.sample);
    let chosen = mapping.numbers.map_or("", Numbers::id);
    let styles = Numbers::ALL.map(|style| {
        let words = match style {
            Numbers::Vietnamese => t!("Kiểu Việt Nam, như 1.234,5"),
            Numbers::English => t!("Kiểu Anh, như 1,234.5"),
        };
        Choice::new(style.id(), words)
    });
    let mut choices = styles.to_vec();
    if question.is_none() {
        choices.insert(0, Choice::new("", t!("Đọc theo từng ô; ô đọc được hai cách thì hỏi lại")));
    }
    let choices = choices.into_iter().map(|choice| choice.chosen_if(chosen)).collect();
    let hint = match (&question, mapping.numbers, proposal.numbers_seen) {
        (Some(number), ..) => {
            t!(
                "Tệp có số viết là “{number}”, đọc được hai cách. Chọn một lần cho cả tệp; lần sau được nhớ.",
                number
            )
        }
        (None, Some(_), true) => t!("Nhận ra từ các số trong tệp.").to_owned(),
        (None, Some(_), false) => t!("Như lần nhập trước.").to_owned(),
        (None, None, _) => t!("Những dòng đầu của tệp không có số nào đọc được hai cách.").to_owned(),
    };
    Some(Field::new(NUMBERS, t!("Kiểu viết số trong tệp"), Input::Radios { choices }).hint(hint))
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
    if let Some(style) = form.raw(NUMBERS) {
        mapping.numbers = Numbers::named(style);
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
pub(super) fn show(schema: &Schema, proposal: &Proposal, upload: &str, job: &str) -> Vec<Field> {
    let mapping = &proposal.mapping;
    let mut shown = vec![Field::hidden(UPLOAD, upload), Field::hidden(JOB, job)];
    for column in &mapping.columns {
        let chosen = chosen(column).map_or_else(String::new, |(field, axis)| value(field, axis));
        let label =
            t!("Cột {column} “{header}”", column = column_letter(column.column), header = column.header);
        let choices = choices(schema).into_iter().map(|choice| choice.chosen_if(&chosen)).collect();
        shown.push(Field::new(column_name(column.column), label, Input::Select { choices }));
    }
    shown.extend(numbers(schema, proposal));
    for field in fields(schema) {
        let given = mapping.constants.get(&field.no);
        if given.is_none() && (!field.is_asked() || mapping.column_of(field.no).is_some()) {
            continue;
        }
        let text = given.cloned().unwrap_or_default();
        let input = Input::Text { value: mc_importing::shown(field, &text) };
        let hint = t!("Dùng cho bản ghi mới khi tệp không có cột này; bản ghi đã có giữ nguyên giá trị.");
        let label = t!("{title} (giá trị chung)", title = field.title.said());
        let mut entry = Field::new(constant_name(field.no), label, input).hint(hint);
        entry.required = mapping.needs(schema, field);
        shown.push(entry);
    }
    shown
}

/// Says at the question of how the file writes numbers that it is not answered.
pub(super) fn ask_numbers(fields: &mut [Field], sentence: String) {
    if let Some(field) = fields.iter_mut().find(|field| field.name == NUMBERS) {
        field.error = Some(sentence);
    }
}

/// The same choices, not shown: to try them once more.
pub(super) fn carried(schema: &Schema, mapping: &Mapping, upload: &str, job: &str) -> Vec<Field> {
    let mut carried = vec![Field::hidden(UPLOAD, upload), Field::hidden(JOB, job)];
    for column in &mapping.columns {
        let chosen = chosen(column).map_or_else(String::new, |(field, axis)| value(field, axis));
        carried.push(Field::hidden(column_name(column.column), chosen));
    }
    carried.push(Field::hidden(NUMBERS, mapping.numbers.map_or("", Numbers::id)));
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
