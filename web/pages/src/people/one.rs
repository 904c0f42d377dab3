//! One person's account: its positions and a new first password.

use askama::Template;
use mc_account::{AccountName, Position};
use mc_port::{Filter, PAGE_MAX, Version};
use mc_register::system;
use mc_ui::table::DataTable;
use mc_ui::{Cell, Column, Form, Html, Kind, Link, Pairs, Row, write};

use super::positions::{read, request as asking};
use super::{FURTHER, HOME, Office, RESET, office, position_cells, position_columns, slip};
use crate::account::{button, layout};
use crate::context::Page;
use crate::error::PageError;
use crate::reply::Reply;

/// Where the account stands in the path.
pub(super) const SEGMENT: usize = 3;

#[derive(Template)]
#[template(path = "people/one.html")]
struct Body {
    title: String,
    about: Pairs,
    positions: DataTable,
    reset: Form,
    links: Vec<Link>,
}

/// The account of the path.
pub(super) fn account(page: &Page<'_>) -> Result<AccountName, PageError> {
    let missing = || PageError::missing(t!("Không có tài khoản này."));
    let name = AccountName::parse(page.segment(SEGMENT)).map_err(|_| missing())?;
    let known = page.snapshot().history(system::ACCOUNT, name.as_str())?;
    if known.is_empty() { Err(missing()) } else { Ok(name) }
}

/// Its positions with the versions they stand in.
pub(super) fn held(
    page: &Page<'_>,
    office: &Office<'_>,
    name: &AccountName,
) -> Result<Vec<(Position, Version)>, PageError> {
    let of = Filter { field: "account".to_owned(), equals: name.as_str().to_owned() };
    let found = page.snapshot().list(&asking(vec![of], None, PAGE_MAX))?;
    Ok(found
        .rows
        .into_iter()
        .filter_map(|version| Some((read(&office.position, &version)?, version)))
        .collect())
}

pub(super) fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let (office, name) = (office(page)?, account(page)?);
    let account = name.as_str();
    let mut links = vec![Link::new(t!("Thêm vị trí, bàn giao"), FURTHER.replace("{id}", account))];
    links.push(Link::new(
        t!("Bản ghi của tài khoản và lịch sử sửa"),
        page.record_link(&office.account, account),
    ));
    let body = Body {
        title: account.to_owned(),
        about: about(page, &office, account)?,
        positions: positions(page, &office, &name)?,
        reset: button(RESET.replace("{id}", account), Vec::new(), t!("Cấp mật khẩu lần đầu mới")),
        links,
    };
    let title = t!("Tài khoản {name}", name = account);
    let above = vec![Link::new(t!("Người dùng"), HOME)];
    Ok(Reply::html(layout(page, above, &title, Html::of(&body)).page()))
}

/// What is known of its password and sessions.
fn about(page: &Page<'_>, office: &Office<'_>, account: &str) -> Result<Pairs, PageError> {
    let now = (page.app().settings().now)();
    let password = match office.accounts.credential(account)? {
        None => t!("chưa có; hãy cấp mật khẩu lần đầu").to_owned(),
        Some(kept) => match kept.first_until {
            Some(until) if until < now => {
                t!("phiếu đã hết hạn {day} mà chưa dùng", day = write::date_time(until))
            }
            Some(until) => t!("phiếu lần đầu, dùng được đến {day}", day = write::date_time(until)),
            None => t!("đã tự đặt lúc {time}", time = write::date_time(kept.changed_at)),
        },
    };
    let factor = match office.accounts.factor(account)? {
        Some(kept) => t!("đặt lúc {day}", day = write::date_time(kept.set_at)),
        None => t!("chưa đặt").to_owned(),
    };
    let sessions = office.accounts.sessions(account)?;
    let used = sessions.first().map(|session| write::date_time(session.used));
    let open = sessions.iter().filter(|session| session.holds(now)).count();
    let pairs = [
        (t!("Mật khẩu"), password),
        (t!("Mã xác nhận"), factor),
        (t!("Phiên đang mở"), write::count(open)),
        (t!("Dùng lần cuối"), used.unwrap_or_else(|| t!("chưa rõ").to_owned())),
    ];
    Ok(Pairs { pairs: pairs.map(|(term, value)| (term.to_owned(), Html::text(&value))).to_vec() })
}

fn positions(page: &Page<'_>, office: &Office<'_>, name: &AccountName) -> Result<DataTable, PageError> {
    let columns = position_columns([Column::new(t!("Thôi giữ"), Kind::Text)]);
    let mut table = DataTable::new("vi-tri", t!("Vị trí đã và đang giữ"), columns);
    table.stacks = true;
    let today = page.real_today();
    for (position, _) in held(page, office, name)? {
        let mut cells = position_cells(page, &position);
        cells.push(match position.is_held_on(today) {
            true => Cell::link(t!("Thôi từ hôm nay"), super::end::address(name, position.number)),
            false if position.from > today => Cell::text(t!("chưa bắt đầu")),
            false => Cell::text(t!("đã thôi")),
        });
        table.rows.push(Row::new(cells));
    }
    Ok(table)
}

pub(super) fn reset(page: &Page<'_>) -> Result<Reply, PageError> {
    let (office, name) = (office(page)?, account(page)?);
    slip::give(page, &office, &name)
}
