//! What is kept, the newest first.

use askama::Template;
use mc_port::{SAVED_CHECKS_MAX, SavedCheck};
use mc_ui::{Cell, Column, DataTable, Empty, Html, Kind, Link, Pager, Row, Section, write};

use super::{KEPT_DAYS, address, now, shelf, title};
use crate::context::{AFTER, Page};
use crate::error::PageError;
use crate::record::actor_words;
use crate::reply::{Cache, Reply};

/// Rows on a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "check/list.html")]
struct ListView {
    heading: &'static str,
    about: String,
    table: DataTable,
}

pub(in super::super) fn list(page: &Page<'_>) -> Result<Reply, PageError> {
    let skip = match page.query().get(AFTER) {
        None => 0,
        Some(text) => text
            .parse::<usize>()
            .ok()
            .filter(|skip| *skip <= SAVED_CHECKS_MAX)
            .ok_or_else(|| PageError::bad(t!("“sau” cần là số bài đã lưu được bỏ qua, ví dụ sau=50.")))?,
    };
    let kept = shelf(page)?.saved_checks(now(page), skip, ROWS)?;
    let heading = t!("Các bài đã lưu");
    let columns =
        [t!("Bài"), t!("Ngày viết"), t!("Kết quả lúc lưu"), t!("Lưu"), t!("Giữ đến"), t!("Thao tác")];
    let columns = columns.map(|title| Column::new(title, Kind::Text)).to_vec();
    let mut table = DataTable::new("da-luu", t!("Mới lưu trước"), columns);
    table.stacks = true;
    table.empty = Empty {
        text: t!("Chưa lưu bài nào. Soát một bài, rồi bấm “Lưu kết quả này”.").to_owned(),
        links: vec![Link::new(t!("Soát số"), page.link(super::super::PATH))],
    };
    table.rows = kept.checks.iter().map(|(check, opening)| row(page, check, opening)).collect();
    let until = skip + kept.checks.len();
    if skip > 0 || until < kept.total {
        let to = |skip: usize| page.here_with(AFTER, Some(skip.to_string()).filter(|_| skip > 0).as_deref());
        table.pager = Some(Pager {
            summary: t!(
                "{count} bài trên trang này, {total} bài đã lưu",
                count = write::count(kept.checks.len()),
                total = write::count(kept.total)
            ),
            first: (skip > ROWS).then(|| to(0)),
            previous: (skip > 0).then(|| to(skip.saturating_sub(ROWS))),
            sizes: Vec::new(),
            next: (until < kept.total).then(|| to(until)),
        });
    }
    let about = t!(
        "Mỗi bài nằm dưới một khóa riêng, mất cùng khóa khi bị xóa, và được giữ {days} ngày. Ai được ghi trong bản cài này đều xem được.",
        days = KEPT_DAYS
    );
    let body = Html::of(&ListView { heading, about, table });
    Ok(page.page(Section::Verification, super::super::above(page), heading, body).cache(Cache::NoStore))
}

fn row(page: &Page<'_>, check: &SavedCheck, opening: &str) -> Row {
    Row::new(vec![
        Cell::link(title(opening), address(page, &check.id, "")),
        Cell::text(write::day(check.day)),
        Cell::text(counted(check)),
        Cell::text(format!("{}, {}", write::date_time(check.saved_at), actor_words(&check.saved_by))),
        Cell::text(write::day(check.kept_until.day())),
        Cell::link(t!("Xóa"), address(page, &check.id, "/xoa")),
    ])
}

/// "12 con số, 1 phép tính không khớp, 2 số khác sổ".
fn counted(check: &SavedCheck) -> String {
    let mut said = vec![t!("{numbers} con số", numbers = write::whole(check.claims))];
    if check.mismatches > 0 {
        said.push(t!("{ties} phép tính không khớp", ties = write::whole(check.mismatches)));
    }
    if check.differing > 0 {
        said.push(t!("{numbers} số khác số trong sổ", numbers = write::whole(check.differing)));
    }
    said.join(", ")
}
