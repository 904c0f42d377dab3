//! The access journal: who was shown which records' personal values, and when. For who may read it.

use askama::Template;
use mc_port::AccessLine;
use mc_ui::{Cell, Column, DataTable, Html, Kind, Link, Pager, Row, Section, write};

use super::BEFORE;
use crate::context::Page;
use crate::error::PageError;
use crate::record::actor_words;
use crate::reply::{Cache, Reply};
use crate::said::Said as _;
use crate::words;

/// Lines on a page.
const ROWS: usize = 50;
/// Records of a line that are named; the others are counted.
const NAMED_MAX: usize = 3;

#[derive(Template)]
#[template(path = "ledger/journal.html")]
struct Body {
    heading: String,
    table: DataTable,
}

/// The page.
pub(super) fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let before =
        match page.query().get(BEFORE) {
            Some(text) => Some(text.parse::<u64>().map_err(|_| {
                PageError::bad(t!("“truoc” cần là số của một dòng nhật ký, ví dụ truoc=120."))
            })?),
            None => None,
        };
    let mut lines = page.snapshot().accesses(before, ROWS + 1)?;
    let more = lines.len() > ROWS;
    lines.truncate(ROWS);
    let columns = vec![
        Column::new(t!("Dòng"), Kind::Number),
        Column::new(t!("Lúc"), Kind::Date),
        Column::new(t!("Ai"), Kind::Text),
        Column::new(t!("Việc"), Kind::Text),
        Column::new(t!("Sổ"), Kind::Text),
        Column::new(t!("Bản ghi"), Kind::Text),
        Column::new(t!("Niêm phong"), Kind::Text),
    ];
    let mut table = DataTable::new("truy-cap", t!("Các lần xem dữ liệu cá nhân, mới nhất trước"), columns);
    t!("Chưa ai xem dữ liệu cá nhân.").clone_into(&mut table.empty.text);
    table.rows = lines.iter().map(|line| row(page, line)).collect();
    let last = lines.last().map(|line| line.no).filter(|_| more);
    if last.is_some() || before.is_some() {
        table.pager = Some(Pager {
            summary: t!("{count} dòng trên trang này", count = write::whole(lines.len() as u64)),
            first: before.map(|_| page.here_with(BEFORE, None)),
            previous: None,
            sizes: Vec::new(),
            next: last.map(|no| page.here_with(BEFORE, Some(&no.to_string()))),
        });
    }
    let heading = t!("Nhật ký truy cập").to_owned();
    let body = Html::of(&Body { heading: heading.clone(), table });
    let above = vec![Link::new(t!("Kiểm chứng"), page.link("/kiem-chung"))];
    Ok(page.page(Section::Verification, above, &heading, body).cache(Cache::NoStore))
}

fn row(page: &Page<'_>, line: &AccessLine) -> Row {
    let access = &line.access;
    let schema = page.snapshot().schema(&access.register);
    let named: Vec<String> = access
        .records
        .iter()
        .take(NAMED_MAX)
        .map(|key| schema.as_ref().map_or_else(|| key.clone(), |schema| words::key_words(schema, key)))
        .collect();
    let others = access.records.len().saturating_sub(NAMED_MAX);
    let mut records = named.join("; ");
    if others > 0 {
        records = t!("{records} và {others} bản ghi khác", records, others = write::whole(others as u64));
    }
    let records = match (&schema, access.records.as_slice()) {
        (Some(schema), [only]) => Cell::link(records, page.record_link(schema, only)),
        (None, [seq]) if access.act == "file" => {
            Cell::link(t!("tệp của lần ghi {seq}", seq), page.link(&format!("/kiem-chung/ghi/{seq}")))
        }
        _ => Cell::text(records),
    };
    Row::new(vec![
        Cell::text(write::whole(line.no)),
        Cell::text(write::date_time(line.at)),
        Cell::text(actor_words(&access.actor)),
        Cell::text(act(&access.act)),
        match &schema {
            Some(schema) => Cell::text(schema.title.said()),
            None => Cell::text(t!("tệp minh chứng")),
        },
        records,
        match line.sealed {
            Some(seq) => Cell::link(t!("lần ghi {seq}", seq), page.link(&format!("/kiem-chung/ghi/{seq}"))),
            None => Cell::missing(t!("chưa, hết ngày mới niêm phong")),
        },
    ])
}

fn act(act: &str) -> &'static str {
    match act {
        "record" => t!("xem bản ghi"),
        "list" => t!("xem danh sách"),
        "search" => t!("tìm theo dữ liệu cá nhân"),
        "proof" => t!("tải bằng chứng"),
        "file" => t!("tải tệp minh chứng"),
        "form" => t!("mở biểu mẫu"),
        "interface" => t!("đọc qua giao diện lập trình"),
        _ => t!("xem trang"),
    }
}
