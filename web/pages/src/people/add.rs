//! Opening an account with its first position, and giving an account a further one.

use askama::Template;
use axum::http::StatusCode;
use mc_access::Role;
use mc_account::AccountName;
use mc_port::EditRequest;
use mc_register::{Edit, Schema, system};
use mc_ui::{Field, Form, Html, Link, Message, Method as FormMethod, Tone};

use super::{ADD, FURTHER, HOME, Office, href, office, one, positions_of, request, slip};
use crate::account::layout;
use crate::context::Page;
use crate::entry::{Draft, Errors, form_fields};
use crate::error::PageError;
use crate::query::Query;
use crate::reply::{Cache, Reply};

/// Names of form fields: those of the registers, and the key against sending twice.
const ACCOUNT: &str = "f-account";
const NUMBER: &str = "f-number";
const ROLE: &str = "f-role";
const FROM: &str = "f-valid_from";
const UNTIL: &str = "f-valid_until";
const KEY: &str = "khoa-chong-trung";
const KEY_CHARS: usize = 32;

#[derive(Template)]
#[template(path = "people/add.html")]
struct Body {
    title: String,
    about: String,
    messages: Vec<Message>,
    form: Form,
}

/// What the form is for.
#[derive(Clone, Copy)]
enum For<'a> {
    /// A new person; the first one is the administrator.
    Person { first: bool },
    /// A further position of an account.
    Position(&'a AccountName),
}

pub(super) fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let office = office(page)?;
    let first = !page.app().gate().sessions.has_accounts(page.app())?;
    Ok(form(page, &office, For::Person { first }, &blank(page), &Errors::default()))
}

pub(super) fn further(page: &Page<'_>) -> Result<Reply, PageError> {
    let (office, name) = (office(page)?, one::account(page)?);
    Ok(form(page, &office, For::Position(&name), &blank(page), &Errors::default()))
}

/// A form not yet sent: from today on.
fn blank(page: &Page<'_>) -> Query {
    Query::default().with(FROM, Some(&mc_base::date::short(page.real_today())))
}

/// What was sent, with what a person does not type.
fn sent(page: &Page<'_>, number: usize) -> Query {
    page.form().clone().with(NUMBER, Some(&number.to_string())).with(UNTIL, None)
}

fn key(page: &Page<'_>) -> Result<String, PageError> {
    let key = page.form().get(KEY).filter(|key| key.len() == KEY_CHARS);
    key.map(str::to_owned).ok_or_else(|| {
        PageError::bad(t!("Biểu mẫu thiếu khóa chống ghi trùng; hãy mở lại trang rồi gửi lại."))
    })
}

pub(super) fn send(page: &Page<'_>) -> Result<Reply, PageError> {
    let office = office(page)?;
    let key = key(page)?;
    let first = !page.app().gate().sessions.has_accounts(page.app())?;
    let kind = For::Person { first };
    let mut typed = sent(page, 1);
    if first {
        typed = typed.with(ROLE, Some(Role::Administrator.id()));
    }
    let name = AccountName::parse(typed.get(ACCOUNT).unwrap_or_default());
    if let Ok(name) = &name {
        typed = typed.with(ACCOUNT, Some(name.as_str()));
    }
    let draft = Draft::sent(&typed, None);
    let (account, mut errors) = draft.read(page, &office.account);
    // The position names the same account: what is wrong with the name is said once.
    let (position, wrong) =
        Draft::sent(&typed.clone().with(ACCOUNT, Some("x")), None).read(page, &office.position);
    errors.extend(wrong);
    let name = match name {
        Ok(name) if !errors.any() => name,
        Ok(_) => return Ok(form(page, &office, kind, &typed, &errors)),
        Err(error) => {
            if errors.of(ACCOUNT).is_none() {
                errors.add(ACCOUNT, &error.to_string());
            }
            return Ok(form(page, &office, kind, &typed, &errors));
        }
    };
    let position = named(&office.position, position, &name);
    let insert =
        |register: &str, record| EditRequest { register: register.to_owned(), edit: Edit::Insert { record } };
    let edits = vec![insert(system::ACCOUNT, account), insert(system::POSITION, position)];
    let reason = format!("{} {name}", vietnamese!("Mở tài khoản"));
    match office.sink.commit(request(page, reason, key, edits)) {
        Ok(_) => slip::give(page, &office, &name),
        Err(error) => {
            errors.refused(&office.position, error)?;
            Ok(form(page, &office, kind, &typed, &errors))
        }
    }
}

pub(super) fn further_send(page: &Page<'_>) -> Result<Reply, PageError> {
    let (office, name) = (office(page)?, one::account(page)?);
    let key = key(page)?;
    let highest = positions_of(page.snapshot(), name.as_str())?.iter().map(|held| held.number).max();
    let number =
        highest.map_or(1, |highest| usize::try_from(highest).unwrap_or(usize::MAX).saturating_add(1));
    let typed = sent(page, number).with(ACCOUNT, Some(name.as_str()));
    let (record, mut errors) = Draft::sent(&typed, None).read(page, &office.position);
    if errors.any() {
        return Ok(form(page, &office, For::Position(&name), &typed, &errors));
    }
    let edit = Edit::Insert { record };
    let edits = vec![EditRequest { register: system::POSITION.to_owned(), edit }];
    match office.sink.commit(request(
        page,
        format!("{name} {} {number}", vietnamese!("giữ vị trí thứ")),
        key,
        edits,
    )) {
        Ok(_) => Ok(Reply::see_other(href(name.as_str()))),
        Err(error) => {
            errors.refused(&office.position, error)?;
            Ok(form(page, &office, For::Position(&name), &typed, &errors))
        }
    }
}

fn named(schema: &Schema, mut record: mc_register::Record, name: &AccountName) -> mc_register::Record {
    if let Some(account) = schema.field("account") {
        record.set(account.no, mc_ledger::Value::Code(name.as_str().to_owned()));
    }
    record
}

fn form(page: &Page<'_>, office: &Office<'_>, kind: For<'_>, typed: &Query, errors: &Errors) -> Reply {
    let draft = Draft::sent(typed, None);
    let mut fields: Vec<Field> = match kind {
        For::Person { .. } => form_fields(page, &office.account, &draft, errors),
        For::Position(_) => Vec::new(),
    };
    let first = matches!(kind, For::Person { first: true });
    let not_asked = |name: &str| [ACCOUNT, NUMBER, UNTIL].contains(&name) || (first && name == ROLE);
    let position = form_fields(page, &office.position, &draft, errors);
    fields.extend(position.into_iter().filter(|field| !not_asked(&field.name)));
    let key = if errors.key_is_used { None } else { typed.get(KEY) };
    fields.push(Field::hidden(KEY, key.map_or_else(|| page.app().nonce(), str::to_owned)));
    let (title, about, action, submit) = match kind {
        For::Person { first: true } => (
            t!("Mở tài khoản quản trị đầu tiên").to_owned(),
            t!("Người này mở tài khoản cho những người khác. Mã một lần hết dùng khi tài khoản đã mở."),
            ADD.to_owned(),
            t!("Mở tài khoản, in phiếu"),
        ),
        For::Person { first: false } => (
            t!("Mở tài khoản").to_owned(),
            t!("Sau khi mở, mật khẩu lần đầu hiện một lần để in thành phiếu."),
            ADD.to_owned(),
            t!("Mở tài khoản, in phiếu"),
        ),
        For::Position(name) => (
            t!("Thêm vị trí cho {name}", name = name.as_str()),
            t!(
                "Người nhận bàn giao giữ vị trí mới từ ngày ghi dưới đây; người bàn giao thôi giữ ở trang của mình."
            ),
            FURTHER.replace("{id}", name.as_str()),
            t!("Ghi vị trí"),
        ),
    };
    let messages = errors.general.iter().map(|sentence| Message::new(Tone::Bad, sentence)).collect();
    let form = Form::new(action, FormMethod::Post, fields, submit);
    let body = Html::of(&Body { title: title.clone(), about: about.to_owned(), messages, form });
    let mut layout = layout(page, vec![Link::new(t!("Người dùng"), HOME)], &title, body);
    layout.has_errors = errors.any();
    let status = if errors.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Reply::html(layout.page()).status(status).cache(Cache::NoStore)
}
