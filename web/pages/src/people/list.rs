//! The list: one line a position.

use askama::Template;
use mc_ui::table::DataTable;
use mc_ui::{Cell, Column, Empty, Html, Kind, Link, Pager, Row, write};

use super::positions::{read, request};
use super::{ADD, href, office, position_cells, position_columns};
use crate::account::layout;
use crate::context::{AFTER, Page};
use crate::error::PageError;
use crate::reply::Reply;

/// Positions on a page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "people/list.html")]
struct Body {
    add: &'static str,
    table: DataTable,
}

pub(super) fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let office = office(page)?;
    let after = page.query().raw(AFTER).filter(|cursor| !cursor.is_empty()).map(str::to_owned);
    let paged = after.is_some();
    let found = page.snapshot().list(&request(Vec::new(), after, ROWS))?;
    let mut columns = vec![Column::new(t!("Tên đăng nhập"), Kind::Text)];
    columns.extend(position_columns([]));
    let mut table = DataTable::new("nguoi-dung", t!("Ai giữ vị trí nào"), columns);
    table.stacks = true;
    let today = page.real_today();
    for position in found.rows.iter().filter_map(|version| read(&office.position, version)) {
        let mut cells = vec![Cell::link(&position.account, href(&position.account))];
        cells.extend(position_cells(page, &position));
        let mut row = Row::new(cells);
        if !position.is_held_on(today) {
            row.flag = Some(if position.from > today { t!("chưa bắt đầu") } else { t!("đã thôi") }.into());
        }
        table.rows.push(row);
    }
    table.empty =
        Empty { text: t!("Chưa có ai.").to_owned(), links: vec![Link::new(t!("Mở tài khoản"), ADD)] };
    let to = |cursor: &String| page.here_with(AFTER, Some(cursor));
    table.pager = (paged || found.next.is_some()).then(|| Pager {
        summary: t!("{count} dòng trên trang này", count = write::whole(found.rows.len() as u64)),
        first: paged.then(|| page.here_with(AFTER, None)),
        previous: found.previous.as_ref().map(to),
        next: found.next.as_ref().map(to),
        sizes: Vec::new(),
    });
    let body = Html::of(&Body { add: ADD, table });
    Ok(Reply::html(layout(page, Vec::new(), t!("Người dùng"), body).page()))
}
