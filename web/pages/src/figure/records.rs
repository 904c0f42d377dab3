//! The records behind a figure, page by page.

use mc_base::Day;
use mc_figure::Basis;
use mc_ledger::Value;
use mc_port::{FigureRequest, Side, Version};
use mc_register::{Field, FieldType, Schema};
use mc_ui::Pager;
use mc_ui::table::{Cell, Column, DataTable, Kind, Row};
use mc_ui::write;

use super::ask::{self, Ask};
use super::lens::{Lens, Reading};
use super::target::pin;
use crate::error::PageError;
use crate::said::Said as _;

/// Records on one page.
const PAGE: usize = 20;
/// Records looked at to judge whether they are invented.
const JUDGED: usize = 5;
/// Columns beside the record's name.
const COLUMNS_MAX: usize = 4;

/// Which page of which operand is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Turn {
    /// The denominator's records.
    pub(super) den: bool,
    /// The cursor to go on from.
    pub(super) after: Option<String>,
}

/// A page of the records behind an operand; `None` where the operand has no register this reader knows.
///
/// # Errors
/// When the store fails.
pub(super) fn behind(
    lens: &Lens<'_>,
    ask: &Ask,
    reading: &Reading,
    turn: &Turn,
) -> Result<Option<DataTable>, PageError> {
    let definition = &reading.definition;
    let (side, measure, what) = match (turn.den, &definition.den) {
        (true, Some(den)) => (Side::Den, den, t!("mẫu số")),
        _ => (Side::Num, &definition.num, if definition.den.is_some() { t!("tử số") } else { t!("số này") }),
    };
    let Some(schema) = lens.snapshot.schema(&measure.register) else { return Ok(None) };
    let request: FigureRequest = lens.request(&definition.id, ask.ky);
    let page = lens.snapshot.records_behind(&request, side, turn.after.as_deref(), PAGE)?;
    let fields = fields(&schema);
    let caption = t!("Bản ghi của {what}, sổ {title}", what, title = schema.title.said());
    let mut table = DataTable::new("ban-ghi", caption, columns(&schema, &fields));
    table.stacks = true;
    table.rows = page.rows.iter().map(|row| self::row(lens, &schema, &fields, row)).collect();
    let of_totals = reading.figure.as_ref().is_some_and(|figure| figure.basis == Basis::Total);
    table.empty.text = if of_totals {
        t!("Chưa có danh sách: sau số này mới chỉ có số tổng.").to_owned()
    } else {
        t!("Không có bản ghi nào đứng sau số này.").to_owned()
    };
    let href = |after: Option<&String>| {
        let mut more = vec![("ve", if turn.den { "mau" } else { "tu" }.to_owned())];
        more.extend(after.map(|key| ("sau", key.clone())));
        format!("{}#vi-sao", ask.under("", &more))
    };
    let first = turn.after.is_some().then(|| href(None));
    let previous = page.previous.as_ref().map(|cursor| href(Some(cursor)));
    let next = page.next.as_ref().map(|cursor| href(Some(cursor)));
    let more = if page.next.is_some() { t!(", còn nữa ở trang sau") } else { "" };
    table.pager = (first.is_some() || next.is_some()).then(|| Pager {
        summary: t!("{count} bản ghi trên trang này{more}", count = page.rows.len(), more),
        first,
        previous,
        next,
        sizes: Vec::new(),
    });
    Ok(Some(table))
}

/// Whether invented records stand behind a figure, judged by the first of them.
///
/// # Errors
/// When the store fails.
pub(crate) fn are_invented(lens: &Lens<'_>, reading: &Reading) -> Result<bool, PageError> {
    let definition = &reading.definition;
    let Some(schema) = lens.snapshot.schema(&definition.num.register) else { return Ok(false) };
    if reading.shown().is_none() || !lens.snapshot.instance().illustrative {
        return Ok(false);
    }
    let request = lens.request(&definition.id, reading.period);
    let page = lens.snapshot.records_behind(&request, Side::Num, None, JUDGED)?;
    let marked =
        |row: &Version| super::target::value(&schema, row, "illustrative") == Some(&Value::Bool(true));
    Ok(page.rows.iter().any(marked))
}

/// Names of the records behind a figure, where there are no more than `most` of them and the register names
/// them.
///
/// # Errors
/// When the store fails.
pub(crate) fn names(lens: &Lens<'_>, reading: &Reading, most: usize) -> Result<Vec<String>, PageError> {
    let definition = &reading.definition;
    let few = reading.shown().is_some_and(|figure| figure.records <= most as u64);
    let schema = lens.snapshot.schema(&definition.num.register);
    let Some(schema) = schema.filter(|schema| few && title_field(schema).is_some()) else {
        return Ok(Vec::new());
    };
    let request = lens.request(&definition.id, reading.period);
    let page = lens.snapshot.records_behind(&request, Side::Num, None, most)?;
    Ok(page.rows.iter().map(|row| title(lens, &schema, row)).collect())
}

/// Fields worth a column: the place, then what is declared for lists, without what the name already says.
fn fields(schema: &Schema) -> Vec<&Field> {
    let mut named: Vec<&str> = schema.key.iter().map(String::as_str).chain(title_field(schema)).collect();
    // Where a title names the record, its code is worth a column; the end of a spell is mostly open.
    if title_field(schema).is_some() {
        named.retain(|id| !schema.key.iter().any(|key| key == id));
    }
    named.push(mc_register::UNTIL);
    let place = schema.place.as_deref().and_then(|id| schema.field(id));
    let listed = schema.field.iter().filter(|field| field.list && !field.personal && !field.deprecated);
    let others = listed
        .filter(|field| !named.contains(&field.id.as_str()) && schema.place.as_ref() != Some(&field.id));
    place.into_iter().chain(others).take(COLUMNS_MAX).collect()
}

fn columns(schema: &Schema, fields: &[&Field]) -> Vec<Column> {
    let mut columns = vec![Column::new(super::sentence::upper_first(schema.unit.said()), Kind::Text)];
    columns.extend(fields.iter().map(|field| {
        let kind = match field.kind {
            FieldType::Int | FieldType::Scaled => Kind::Number,
            FieldType::Day | FieldType::Month => Kind::Date,
            _ => Kind::Text,
        };
        Column { unit: crate::words::unit(field), ..Column::new(field.title.said().to_owned(), kind) }
    }));
    columns
}

fn row(lens: &Lens<'_>, schema: &Schema, fields: &[&Field], version: &Version) -> Row {
    let href = ask::record(&schema.slug, &version.key, &pin(lens));
    let mut cells = vec![Cell::link(title(lens, schema, version), href)];
    cells.extend(fields.iter().map(|field| match version.values.get(&field.no) {
        Some(value) => Cell::text(value_words(lens, field, value)),
        None => Cell::missing(t!("chưa ghi")),
    }));
    Row { cells, flag: crate::words::flag(version) }
}

/// What a record is called: its title or name where the register has one, else its key in words.
pub(crate) fn title(lens: &Lens<'_>, schema: &Schema, version: &Version) -> String {
    if let Some(named) = title_field(schema).and_then(|id| super::target::code(schema, version, id)) {
        return named.to_owned();
    }
    let part = |id: &String| {
        let field = schema.field(id)?;
        Some(value_words(lens, field, version.values.get(&field.no)?))
    };
    let parts: Option<Vec<String>> = schema.key.iter().map(part).collect();
    let whole = || mc_register::thing_of_key(schema, &version.key).to_owned();
    parts.filter(|parts| !parts.is_empty()).map_or_else(whole, |parts| parts.join(" · "))
}

fn title_field(schema: &Schema) -> Option<&str> {
    ["title", "name"].into_iter().find(|id| schema.field(id).is_some_and(|field| !field.personal))
}

/// A value as a person reads it in a figure's tables: long ones only by what they are.
pub(crate) fn value_words(lens: &Lens<'_>, field: &Field, value: &Value) -> String {
    match value {
        Value::Month(month) => write::period_title(mc_base::Period::of_month(*month)),
        Value::Point(_) => t!("có tọa độ").to_owned(),
        Value::File(_) => t!("có tệp").to_owned(),
        Value::Commitment(_) => t!("dữ liệu cá nhân").to_owned(),
        other => crate::words::text(lens.snapshot, field, other).unwrap_or_default(),
    }
}

/// Whether a version is the one true on a day, where the register keeps spells; always, where it does not.
pub(crate) fn is_true_on(schema: &Schema, version: &Version, day: Day) -> bool {
    if !schema.has_spells() {
        return true;
    }
    let edge = |id: &str| match super::target::value(schema, version, id) {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    };
    edge(mc_register::SINCE).is_none_or(|since| since <= day)
        && edge(mc_register::UNTIL).is_none_or(|until| day < until)
}
