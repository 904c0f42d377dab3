//! One commit: who, when, why, whence, and the records it opened and closed.

use askama::Template;
use mc_base::Seq;
use mc_ui::write;
use mc_ui::{Cell, Column, DataTable, Html, Kind, Link, Pairs, Row, Section};

use super::{commit_link, evidence, seq};
use crate::context::Page;
use crate::error::PageError;
use crate::record::actor_words;
use crate::reply::Reply;
use crate::said::Said as _;
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
        .ok_or_else(|| PageError::missing(t!("Số của lần ghi cần là một số nguyên dương.")))?;
    let missing = || {
        PageError::missing(t!(
            "Không có lần ghi {seq}; lần ghi mới nhất là {newest}.",
            seq,
            newest = page.snapshot().head().seq
        ))
    };
    if seq > page.snapshot().head().seq {
        return Err(missing());
    }
    let commit = page.snapshot().commit(seq)?.ok_or_else(missing)?;
    let text = |part: &Option<String>| match part.as_deref() {
        Some("") => words::UNKNOWN.said().to_owned(),
        Some(text) => text.to_owned(),
        None => words::ERASED.said().to_owned(),
    };
    let pair = |term: &str, text: &str| (term.to_owned(), Html::text(text));
    let mut pairs = vec![
        pair(t!("Ghi lúc"), &write::date_time(commit.recorded_at)),
        pair(t!("Người ghi"), &actor_words(&commit.actor)),
        pair(t!("Lý do"), &text(&commit.reason)),
        pair(t!("Nguồn"), &text(&commit.source)),
        pair(t!("Số dòng"), &write::whole(i128::from(commit.leaf_count))),
        pair(t!("Dấu niêm phong của lần ghi"), &commit.leaf.to_string()),
    ];
    let mut links = Vec::new();
    if let Some(file) = page.snapshot().evidence_of(seq)? {
        pairs.push(pair(t!("Tệp đã nhập"), &evidence::words(&file)));
        links.extend(evidence::link(page, seq, &file));
    }
    let facts = Pairs { pairs };
    if seq.0 > 1 {
        links.push(commit_link(page, Seq(seq.0 - 1), t!("Lần ghi trước")));
    }
    if seq < page.snapshot().head().seq {
        links.push(commit_link(page, Seq(seq.0 + 1), t!("Lần ghi sau")));
    }
    let under = |part: &str| format!("/kiem-chung/ghi/{seq}/{part}");
    links.push(Link::new(t!("Tải bằng chứng của lần ghi này (.tlog-proof)"), under("tlog-proof")));
    links.push(Link::new(t!("Tải mục ghi mà bằng chứng ấy chứng minh"), under("muc-ghi")));
    let heading = t!("Lần ghi {number}", number = write::whole(i128::from(seq.0)));
    let body = Body { heading: heading.clone(), facts, rows: rows(page, seq, commit.leaf_count)?, links };
    let above = vec![Link::new(t!("Kiểm chứng"), page.link("/kiem-chung"))];
    Ok(page.page(Section::Verification, above, &heading, Html::of(&body)))
}

fn rows(page: &Page<'_>, seq: Seq, count: u64) -> Result<DataTable, PageError> {
    let columns = [t!("Bản ghi"), t!("Sổ"), t!("Lần ghi này đã")]
        .into_iter()
        .map(|title| Column::new(title, Kind::Text));
    let mut table = DataTable::new("dong", t!("Các bản ghi của lần ghi"), columns.collect());
    let found = page.snapshot().rows_of(seq, ROWS_MAX)?;
    if u64::try_from(found.len()).is_ok_and(|shown| shown < count) {
        let all = write::whole(i128::from(count));
        table.note = Some(t!("{count} dòng đầu trong {all} dòng.", count = found.len(), all));
    }
    for (register, key, opened) in found {
        let Some(schema) = page.snapshot().schema(&register) else { continue };
        table.rows.push(Row::new(vec![
            Cell::link(words::key_words(&schema, &key), page.record_link(&schema, &key)),
            Cell::link(schema.title.said(), page.register_link(&schema)),
            Cell::text(if opened { t!("mở phiên bản mới") } else { t!("đóng phiên bản cũ") }),
        ]));
    }
    Ok(table)
}
