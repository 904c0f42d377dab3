//! The records behind a figure that break a rule and say why they are right all the same.

use mc_port::{FigureError, RecordPage};
use mc_register::{Field, Schema, Severity, canonical_value_text};
use mc_ui::table::{Cell, Column, DataTable, Kind, Row};
use mc_ui::{Html, ViNum, write};

use super::ask;
use super::lens::{Lens, Reading};
use super::records::title;
use super::target::pin;
use crate::error::PageError;
use crate::said::Said as _;

/// Records listed.
const SHOWN_MAX: usize = 20;

/// How many there are, and the first of them; `None` where there are none.
pub(super) struct Explained {
    pub(super) count: Html,
    pub(super) table: DataTable,
}

/// The explained records of both operands.
///
/// # Errors
/// When the store fails.
pub(super) fn of(lens: &Lens<'_>, reading: &Reading) -> Result<Option<Explained>, PageError> {
    let request = lens.request(&reading.definition.id, reading.period);
    let page = lens.snapshot.explained_behind(&request, SHOWN_MAX)?;
    if page.count == 0 {
        return Ok(None);
    }
    let number = ViNum::whole(i64::try_from(page.count).unwrap_or(i64::MAX));
    let figure = reading.beside(number, "explained");
    let count = if page.count_is_floor { t_html!("hơn {figure}", figure) } else { figure.html() };
    Ok(Some(Explained { count, table: table(lens, &page) }))
}

/// Whether an explained record is among those of one part of the figure by a single field.
///
/// # Errors
/// As the store's own.
pub(super) fn is_part(lens: &Lens<'_>, whole: &Reading, cut: &str, key: &str) -> Result<bool, FigureError> {
    let request = lens.request(&whole.definition.id, whole.period);
    let page = lens.snapshot.explained_behind(&request, SHOWN_MAX)?;
    Ok(page.rows.iter().any(|version| {
        let schema = lens.snapshot.schema(&version.register);
        let value = schema.and_then(|schema| version.values.get(&schema.field(cut)?.no));
        value.and_then(canonical_value_text).is_some_and(|text| text == key)
    }))
}

fn table(lens: &Lens<'_>, page: &RecordPage) -> DataTable {
    let columns = vec![
        Column::new(t!("Bản ghi"), Kind::Text),
        Column::new(t!("Quy tắc không theo"), Kind::Text),
        Column::new(t!("Văn bản giải trình"), Kind::Text),
        Column::new(t!("Lý do giải trình"), Kind::Text),
    ];
    let mut table = DataTable::new("giai-trinh", t!("Bản ghi có giải trình"), columns);
    table.stacks = true;
    let shown = page.rows.len() as u64;
    table.note = (shown < page.count).then(|| t!("{count} bản ghi đầu tiên", count = write::whole(shown)));
    table.rows = page.rows.iter().filter_map(|version| row(lens, version)).collect();
    table
}

fn row(lens: &Lens<'_>, version: &mc_port::Version) -> Option<Row> {
    let schema: &Schema = &*lens.snapshot.schema(&version.register)?;
    let rules = version.flags.iter().filter(|flag| flag.severity == Severity::Explain);
    let rules: Vec<&str> = rules.map(|flag| flag.message.said()).collect();
    let href = ask::record(&schema.slug, &version.key, &pin(lens));
    let mut cells = vec![Cell::link(title(lens, schema, version), href), Cell::text(rules.join(" "))];
    let said = |field: &Field| match version.values.get(&field.no) {
        Some(value) => Cell::text(super::records::value_words(lens, field, value)),
        None => Cell::missing(crate::words::absence(field, version).unwrap_or(crate::words::UNKNOWN.said())),
    };
    cells.extend(schema.explanation().into_iter().flatten().map(said));
    Some(Row::new(cells))
}
