//! Ending a position: what ends is shown and asked for first, since it comes back only as another position.

use askama::Template;
use mc_access::Role;
use mc_account::{AccountName, Position};
use mc_base::Day;
use mc_ledger::Value;
use mc_port::{CommitError, EditRequest, Filter, PAGE_MAX, Version};
use mc_register::{Edit, Record, system};
use mc_ui::table::DataTable;
use mc_ui::{Field, Form, Html, Link, Method as FormMethod, Row};

use super::one::{account, held};
use super::positions::{read, request as asking};
use super::{END, HOME, Office, href, office, position_cells, position_columns, request};
use crate::account::layout;
use crate::context::Page;
use crate::error::PageError;
use crate::query::Query;
use crate::reply::Reply;

const NUMBER: &str = "vi-tri";

#[derive(Template)]
#[template(path = "people/end.html")]
struct Body {
    title: String,
    position: DataTable,
    form: Form,
}

/// Where the end of a position is asked for.
pub(super) fn address(name: &AccountName, number: u32) -> String {
    let path = END.replace("{id}", name.as_str());
    Query::default().with(NUMBER, Some(&number.to_string())).address(&path)
}

/// The position of a number, where it is held today and may end.
fn wanted(
    page: &Page<'_>,
    office: &Office<'_>,
    name: &AccountName,
    number: Option<&str>,
) -> Result<(Position, Version), PageError> {
    let today = page.real_today();
    let number = number.and_then(|number| number.parse().ok());
    let mut found = held(page, office, name)?.into_iter();
    let Some((position, version)) =
        found.find(|(position, _)| Some(position.number) == number && position.is_held_on(today))
    else {
        return Err(PageError::Unprocessable(
            t!("Vị trí này hiện không còn giữ; hãy mở lại trang.").to_owned(),
        ));
    };
    if position.role == Role::Administrator && !another_administers(page, office, &position, today)? {
        let sentence =
            t!("Đây là quản trị duy nhất. Hãy trao vai trò quản trị cho người khác trước, rồi mới thôi giữ.");
        return Err(PageError::Unprocessable(sentence.to_owned()));
    }
    Ok((position, version))
}

pub(super) fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let (office, name) = (office(page)?, account(page)?);
    let (position, _) = wanted(page, &office, &name, page.query().get(NUMBER))?;
    let account = name.as_str();
    let mut table = DataTable::new("vi-tri", t!("Vị trí sẽ thôi"), position_columns([]));
    table.stacks = true;
    table.rows.push(Row::new(position_cells(page, &position)));
    let fields = vec![Field::hidden(NUMBER, position.number.to_string())];
    let mut form =
        Form::new(END.replace("{id}", account), FormMethod::Post, fields, t!("Thôi giữ từ hôm nay"));
    form.cancel = Some(href(account));
    let title = t!("Thôi giữ vị trí của {account}", account);
    let body = Body { title: title.clone(), position: table, form };
    let above = vec![Link::new(t!("Người dùng"), HOME), Link::new(account, href(account))];
    Ok(Reply::html(layout(page, above, &title, Html::of(&body)).page()))
}

/// Ends a position today: who held it is not in it from today on, and the sessions of the account end.
pub(super) fn send(page: &Page<'_>) -> Result<Reply, PageError> {
    let (office, name) = (office(page)?, account(page)?);
    let today = page.real_today();
    let (position, version) = wanted(page, &office, &name, page.form().get(NUMBER))?;
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
