//! One person's account: its positions, a new first password, the end of a position.

use askama::Template;
use mc_access::Role;
use mc_account::{AccountName, Position};
use mc_base::Day;
use mc_ledger::Value;
use mc_port::{CommitError, EditRequest, Filter, PAGE_MAX, Version};
use mc_register::{Edit, Record, system};
use mc_ui::table::DataTable;
use mc_ui::{Cell, Column, Field, Form, Html, Kind, Link, Pairs, Row, write};

use super::positions::{read, request as asking};
use super::{END, FURTHER, HOME, Office, RESET, office, position_cells, position_columns, request, slip};
use crate::account::{button, layout};
use crate::context::Page;
use crate::error::PageError;
use crate::reply::Reply;

const NUMBER: &str = "vi-tri";
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
fn held(
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
    let sessions = office.accounts.sessions(account)?;
    let used = sessions.first().map(|session| write::date_time(session.used));
    let open = sessions.iter().filter(|session| session.holds(now)).count();
    let pairs = [
        (t!("Mật khẩu"), password),
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
            true => {
                let fields = vec![Field::hidden(NUMBER, position.number.to_string())];
                let action = END.replace("{id}", name.as_str());
                Cell::html(Html::of(&button(action, fields, t!("Thôi từ hôm nay"))))
            }
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

/// Ends a position today: who held it is not in it from today on, and the sessions of the account end.
pub(super) fn end(page: &Page<'_>) -> Result<Reply, PageError> {
    let (office, name) = (office(page)?, account(page)?);
    let today = page.real_today();
    let wanted = page.form().get(NUMBER).and_then(|number| number.parse().ok());
    let found = held(page, &office, &name)?;
    let Some((position, version)) =
        found.into_iter().find(|(position, _)| Some(position.number) == wanted && position.is_held_on(today))
    else {
        return Err(PageError::Unprocessable(
            t!("Vị trí này hiện không còn giữ; hãy mở lại trang.").to_owned(),
        ));
    };
    if position.role == Role::Administrator && !another_administers(page, &office, &position, today)? {
        let sentence =
            t!("Đây là quản trị duy nhất. Hãy trao vai trò quản trị cho người khác trước, rồi mới thôi giữ.");
        return Err(PageError::Unprocessable(sentence.to_owned()));
    }
    let reason = format!("{name} {} {}", vietnamese!("thôi giữ vị trí thứ"), position.number);
    let edit = Edit::Correct {
        key: version.key.clone(),
        expected_ordinal: version.ordinal,
        record: ended(&office, &version, today),
    };
    let edits = vec![EditRequest { register: system::POSITION.to_owned(), edit }];
    match office.sink.commit(request(page, reason, page.app().nonce(), edits)) {
        Ok(_) | Err(CommitError::Unchanged) => {}
        Err(error) => return Err(error.into()),
    }
    office.accounts.end_sessions(name.as_str(), None)?;
    page.app().gate().sessions.forget(name.as_str());
    Ok(Reply::see_other(super::href(name.as_str())))
}

fn ended(office: &Office<'_>, version: &Version, today: Day) -> Record {
    let mut record: Record = version.values.iter().map(|(no, value)| (*no, value.clone())).collect();
    if let Some(until) = office.position.field("valid_until") {
        record.set(until.no, Value::Day(today));
    }
    record
}

/// Whether the instance has an administrator left who could sign in without this position.
fn another_administers(
    page: &Page<'_>,
    office: &Office<'_>,
    but: &Position,
    today: Day,
) -> Result<bool, PageError> {
    let role = Filter { field: "role".to_owned(), equals: Role::Administrator.id().to_owned() };
    let found = page.snapshot().list(&asking(vec![role], None, PAGE_MAX))?;
    for version in &found.rows {
        let Some(position) = read(&office.position, version) else { continue };
        let other = (position.account.as_str(), position.number) != (but.account.as_str(), but.number);
        if other && position.is_held_on(today) && office.accounts.credential(&position.account)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
