//! The history of a record on both clocks: true from when to when, and recorded when, by whom, why.

use std::collections::BTreeMap;

use askama::Template;
use mc_base::Seq;
use mc_ledger::Value;
use mc_port::{Commit, Version};
use mc_register::{Field, SINCE, Schema, UNTIL};
use mc_ui::write;
use mc_ui::{Cell, Column, DataTable, Flag, Html, Kind, Row};

use crate::context::Page;
use crate::error::PageError;
use crate::said::Said as _;
use crate::words;

/// Versions shown, the newest first.
const SHOWN_MAX: usize = 50;
/// Characters of a value in the history.
const CHARS_MAX: usize = 200;

#[derive(Template)]
#[template(path = "record/changes.html")]
struct Changes {
    first: bool,
    changes: Vec<Change>,
}

struct Change {
    field: String,
    before: String,
    after: String,
}

/// The history, the newest version first; each says what it changed from the one before.
pub(super) fn table(page: &Page<'_>, schema: &Schema, versions: &[Version]) -> Result<DataTable, PageError> {
    let columns = vec![
        Column::new(t!("Phiên bản"), Kind::Number),
        Column::new(t!("Ghi lúc"), Kind::Date),
        Column::new(t!("Lần ghi"), Kind::Number),
        Column::new(t!("Người ghi"), Kind::Text),
        Column::new(t!("Lý do và nguồn"), Kind::Text),
        Column::new(t!("Đúng vào"), Kind::Text),
        Column::new(t!("Khác phiên bản trước"), Kind::Text),
    ];
    let mut table = DataTable::new("lich-su", t!("Lịch sử của bản ghi"), columns);
    table.note = Some(history_note(versions.len()));
    for (index, version) in versions.iter().enumerate().rev().take(SHOWN_MAX) {
        let before = index.checked_sub(1).and_then(|index| versions.get(index));
        table.rows.push(row(page, schema, before, version)?);
    }
    Ok(table)
}

fn history_note(count: usize) -> String {
    let shown = count.min(SHOWN_MAX);
    let number = |count: usize| write::whole(i128::try_from(count).unwrap_or(i128::MAX));
    let all = if shown < count {
        t!("{count} phiên bản mới nhất trong {all}", count = number(shown), all = number(count))
    } else {
        t!("{count} phiên bản", count = number(count))
    };
    t!("{all}. “Đúng vào” là ngày sự việc đúng trên thực tế; “ghi lúc” là lúc hệ thống biết.", all)
}

fn row(
    page: &Page<'_>,
    schema: &Schema,
    before: Option<&Version>,
    version: &Version,
) -> Result<Row, PageError> {
    let commit = page.snapshot().commit(version.seq_from)?;
    let recorded = commit.as_ref().map_or_else(String::new, |commit| write::date_time(commit.recorded_at));
    let actor = commit.as_ref().map_or_else(String::new, |commit| actor_words(&commit.actor));
    let why = commit.as_ref().map_or_else(|| words::ERASED.said().to_owned(), reason_words);
    let mut cells = vec![
        Cell::text(version.ordinal.to_string()),
        Cell::text(recorded),
        Cell::link(version.seq_from.to_string(), page.link(&format!("/kiem-chung/ghi/{}", version.seq_from))),
        Cell::text(actor),
        Cell::text(why),
        Cell::text(true_on(schema, version)),
    ];
    let changes = Changes { first: before.is_none(), changes: changes(page, schema, before, version) };
    cells.push(Cell::html(Html::of(&changes)));
    Ok(Row { cells, flag: Some(flag(version, page.at())) })
}

/// Whether it holds, and the rules it breaks.
fn flag(version: &Version, at: Seq) -> Flag {
    let held = match version.seq_to.filter(|closed| *closed <= at) {
        Some(closed) => t!("hết hiệu lực ở lần ghi {closed}", closed),
        None => t!("hiện hành").to_owned(),
    };
    match words::flag(version) {
        Some(flag) => Flag { word: format!("{held}; {}", flag.word), ..flag },
        None => Flag::from(held).quiet(),
    }
}

/// Who made a commit.
pub(crate) fn actor_words(id: &str) -> String {
    match id {
        "khach-minh-hoa" => t!("khách minh họa").to_owned(),
        "quan-tri" => t!("quản trị").to_owned(),
        other => other.to_owned(),
    }
}

/// Reason and source of a commit.
pub(crate) fn reason_words(commit: &Commit) -> String {
    let text = |part: &Option<String>| part.clone().unwrap_or_else(|| words::ERASED.said().to_owned());
    match (text(&commit.reason), text(&commit.source)) {
        (reason, source) if source.is_empty() => reason,
        (reason, source) => t!("{reason} (nguồn: {source})", reason, source),
    }
}

fn true_on(schema: &Schema, version: &Version) -> String {
    let day = |id: &str| match schema.field(id).and_then(|field| version.values.get(&field.no)) {
        Some(Value::Day(day)) => Some(write::day(*day)),
        _ => None,
    };
    if !schema.has_spells() {
        return t!("theo các ngày trong bản ghi").to_owned();
    }
    match (day(SINCE), day(UNTIL)) {
        (Some(since), Some(until)) => t!("từ {since} đến trước {until}", since, until),
        (Some(since), None) => t!("từ {since} đến nay", since),
        (None, _) => words::UNKNOWN.said().to_owned(),
    }
}

/// The fields that differ. What the reader may not see is not compared.
fn changes(page: &Page<'_>, schema: &Schema, before: Option<&Version>, version: &Version) -> Vec<Change> {
    let Some(before) = before else { return Vec::new() };
    let mut numbers: BTreeMap<u16, ()> = BTreeMap::new();
    for no in before.values.keys().chain(version.values.keys()) {
        numbers.insert(*no, ());
    }
    let fields = numbers.keys().filter_map(|no| schema.field_no(*no));
    fields
        .filter(|field| before.values.get(&field.no) != version.values.get(&field.no))
        .map(|field| Change {
            field: field.title.said().to_owned(),
            before: value(page, field, before),
            after: value(page, field, version),
        })
        .collect()
}

fn value(page: &Page<'_>, field: &Field, version: &Version) -> String {
    if let Some(why) = words::absence(field, version) {
        return why.to_owned();
    }
    let text = version.values.get(&field.no).and_then(|value| words::text(page.snapshot(), field, value));
    let text = text.unwrap_or_else(|| words::UNKNOWN.said().to_owned());
    match text.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
