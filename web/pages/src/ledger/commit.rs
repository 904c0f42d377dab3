//! One commit: who, when, why, whence, and the records it opened and closed.

use askama::Template;
use mc_base::{Seq, date, number};
use mc_ui::{Cell, Column, DataTable, Html, Kind, Link, Pairs, Row, Section};

use super::{commit_link, seq};
use crate::context::Page;
use crate::error::PageError;
use crate::record::actor_words;
use crate::reply::Reply;
use crate::words;

/// Rows shown; an import has millions.
const ROWS_MAX: usize = 200;

#[derive(Template)]
#[template(path = "ledger/commit.html")]
struct Body {
    heading: String,
    facts: Pairs,
    rows: DataTable,
    links: Vec<Link>,
}

pub(super) fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let seq = seq(page.segment(2))
        .ok_or_else(|| PageError::missing("Số của lần ghi cần là một số nguyên dương."))?;
    let missing = || {
        PageError::missing(format!(
            "Không có lần ghi {seq}; lần ghi mới nhất là {}.",
            page.snapshot().head().seq
        ))
    };
    if seq > page.snapshot().head().seq {
        return Err(missing());
    }
    let commit = page.snapshot().commit(seq)?.ok_or_else(missing)?;
    let text = |part: &Option<String>| match part.as_deref() {
        Some("") => words::UNKNOWN.to_owned(),
        Some(text) => text.to_owned(),
        None => words::ERASED.to_owned(),
    };
    let pair = |term: &str, text: &str| (term.to_owned(), Html::text(text));
    let facts = Pairs {
        pairs: vec![
            pair("Ghi lúc", &date::date_time(commit.recorded_at)),
            pair("Người ghi", &actor_words(&commit.actor)),
            pair("Lý do", &text(&commit.reason)),
            pair("Nguồn", &text(&commit.source)),
            pair("Số dòng", &number::whole(i128::from(commit.leaf_count))),
            pair("Dấu niêm phong của lần ghi", &commit.leaf.to_string()),
        ],
    };
    let mut links = Vec::new();
    if seq.0 > 1 {
        links.push(commit_link(page, Seq(seq.0 - 1), "Lần ghi trước"));
    }
    if seq < page.snapshot().head().seq {
        links.push(commit_link(page, Seq(seq.0 + 1), "Lần ghi sau"));
    }
    let heading = format!("Lần ghi {}", number::whole(i128::from(seq.0)));
    let body = Body { heading: heading.clone(), facts, rows: rows(page, seq, commit.leaf_count)?, links };
    let above = vec![Link::new("Kiểm chứng", page.link("/kiem-chung"))];
    Ok(page.page(Section::Verification, above, &heading, Html::of(&body)))
}

fn rows(page: &Page<'_>, seq: Seq, count: u64) -> Result<DataTable, PageError> {
    let columns = ["Bản ghi", "Sổ", "Lần ghi này đã"].into_iter().map(|title| Column::new(title, Kind::Text));
    let mut table = DataTable::new("dong", "Các bản ghi của lần ghi", columns.collect());
    let found = page.snapshot().rows_of(seq, ROWS_MAX)?;
    if u64::try_from(found.len()).is_ok_and(|shown| shown < count) {
        let all = number::whole(i128::from(count));
        table.note = Some(format!("{} dòng đầu trong {all} dòng.", found.len()));
    }
    for (register, key, opened) in found {
        let Some(schema) = page.snapshot().schema(&register) else { continue };
        table.rows.push(Row::new(vec![
            Cell::link(words::key_words(&schema, &key), page.record_link(&schema, &key)),
            Cell::link(&schema.title.vi, page.register_link(&schema)),
            Cell::text(if opened { "mở phiên bản mới" } else { "đóng phiên bản cũ" }),
        ]));
    }
    Ok(table)
}
