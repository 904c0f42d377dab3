//! The page of a form, and the fields that every form has: why and whence.

use askama::Template;
use axum::http::StatusCode;
use mc_port::Version;
use mc_register::Schema;
use mc_ui::{
    Breadcrumb, Choice, DataTable, Field as FormField, Form, Html, Input, Link, Message, Method, Section,
    Tone,
};

use super::draft::{Draft, Errors};
use super::fields::{self, form_fields};
use crate::context::{Page, record_path};
use crate::error::PageError;
use crate::query::Query;
use crate::reply::{Cache, Reply};
use crate::said::Said as _;
use crate::words;

/// Version that the author of the form saw.
pub(super) const ORDINAL: &str = "phien-ban";
/// Correction or change.
pub(super) const WAY: &str = "cach";
/// The way that corrects.
const CORRECT: &str = "sua-sai";
/// The way that opens a new spell.
pub(super) const CHANGE: &str = "thay-doi";
/// First day of the new spell.
pub(super) const SINCE_DAY: &str = "tu-ngay";
const REASON: &str = "ly-do";
const SOURCE: &str = "nguon";
const KEY: &str = "khoa-chong-trung";
const KEY_CHARS: usize = 32;
/// Characters of reason and source.
const SAID_CHARS_MAX: usize = 1_000;

/// What the form does.
#[derive(Clone, Copy)]
pub(super) enum Act<'a> {
    /// A new record.
    Add,
    /// Correction or change of the record with this key, from this version.
    Edit(&'a str, &'a Version),
    /// Retirement.
    Retire(&'a str, &'a Version),
}

/// What the author says about the commit.
pub(super) struct Said {
    pub reason: String,
    pub source: Option<String>,
    pub idempotency_key: String,
}

impl Said {
    /// Reads the fields that every form has.
    pub(super) fn read(page: &Page<'_>, errors: &mut Errors) -> Result<Self, PageError> {
        let form = page.form();
        let key = form.get(KEY).unwrap_or_default();
        if key.len() != KEY_CHARS || !key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(PageError::bad(t!(
                "Biểu mẫu thiếu khóa chống ghi trùng; hãy mở lại trang rồi gửi lại."
            )));
        }
        let mut text = |name: &str| {
            let typed = form.get(name).map(str::to_owned);
            if typed.as_ref().is_some_and(|typed| typed.chars().count() > SAID_CHARS_MAX) {
                errors.add(name, t!("Dài quá; cần tối đa 1.000 ký tự."));
            }
            typed
        };
        let (reason, source) = (text(REASON), text(SOURCE));
        if reason.is_none() {
            errors.add(REASON, t!("Để trống; cần một câu nói vì sao ghi, để người xem lịch sử hiểu."));
        }
        Ok(Self { reason: reason.unwrap_or_default(), source, idempotency_key: key.to_owned() })
    }
}

/// Above the form when somebody else was faster: what both have, and the version the form now goes on from.
pub(super) struct Conflict {
    pub message: Message,
    pub table: DataTable,
}

#[derive(Template)]
#[template(path = "entry/page.html")]
struct Body {
    heading: String,
    about: String,
    messages: Vec<Message>,
    table: Option<DataTable>,
    form: Form,
}

/// The page of a form. With errors its status is 422, with a conflict 409.
pub(super) fn form(
    page: &Page<'_>,
    schema: &Schema,
    act: Act<'_>,
    draft: &Draft<'_>,
    errors: &Errors,
    conflict: Option<Conflict>,
) -> Result<Reply, PageError> {
    let heading = heading(schema, act);
    let status = match (conflict.is_some(), errors.any()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    let (message, table) =
        conflict.map_or((None, None), |conflict| (Some(conflict.message), Some(conflict.table)));
    let refused = errors.general.iter().map(|sentence| Message::new(Tone::Bad, sentence));
    let body = Body {
        about: about(schema, act),
        messages: message.into_iter().chain(refused).collect(),
        table,
        form: the_form(page, schema, act, draft, errors),
        heading: heading.clone(),
    };
    let mut layout = page.layout(&heading, Section::Evidence, Html::of(&body));
    layout.has_errors = status != StatusCode::OK;
    let above = vec![
        Link::new(t!("Tổng quan"), page.link("/")),
        Link::new(t!("Các sổ"), page.link("/so")),
        Link::new(schema.title.said(), page.register_link(schema)),
    ];
    layout.breadcrumb = Some(Breadcrumb { above, here: heading });
    Ok(Reply::html(layout.page()).status(status).cache(Cache::NoStore))
}

fn heading(schema: &Schema, act: Act<'_>) -> String {
    match act {
        Act::Add => t!("Thêm bản ghi vào sổ {title}", title = schema.title.said()),
        Act::Edit(_, base) => t!("Sửa {title}", title = words::title(schema, base)),
        Act::Retire(_, base) => t!("Rút {title} khỏi sổ", title = words::title(schema, base)),
    }
}

fn about(schema: &Schema, act: Act<'_>) -> String {
    match act {
        Act::Add => schema.description.said().trim().to_owned(),
        Act::Edit(..) if schema.has_spells() => {
            t!("Chọn “sửa sai” nếu bản ghi đã ghi sai; chọn “thay đổi từ ngày” nếu trước đó đúng và sự việc đã đổi. \
             Bản cũ luôn còn trong lịch sử.")
                .to_owned()
        }
        Act::Edit(..) => t!("Bản cũ luôn còn trong lịch sử, kèm lý do và người sửa.").to_owned(),
        Act::Retire(..) => {
            t!("Bản ghi thôi được đếm nhưng còn nguyên trong lịch sử. Chỉ rút khi bản ghi lẽ ra không có trong sổ; \
             sự việc đã kết thúc thì ghi ngày kết thúc.")
                .to_owned()
        }
    }
}

fn the_form(page: &Page<'_>, schema: &Schema, act: Act<'_>, draft: &Draft<'_>, errors: &Errors) -> Form {
    let sent = page.form();
    let mut all = Vec::new();
    if matches!(act, Act::Edit(..)) && schema.has_spells() {
        all.extend(ways(sent, errors));
    }
    if !matches!(act, Act::Retire(..)) {
        all.extend(form_fields(page, schema, draft, errors));
    }
    all.extend(said_fields(sent, errors));
    if let Act::Edit(_, base) | Act::Retire(_, base) = act {
        all.push(FormField::hidden(ORDINAL, base.ordinal.to_string()));
    }
    // A form that was refused keeps its key: nothing has been written under it.
    let key = sent.get(KEY).filter(|_| errors.any() && !errors.key_is_used);
    let key = key.map_or_else(|| page.app().nonce(), str::to_owned);
    all.push(FormField::hidden(KEY, key));
    let (action, submit, cancel) = match act {
        Act::Add => (format!("/so/{}/them", schema.slug), t!("Ghi vào sổ"), page.register_link(schema)),
        Act::Edit(key, _) => {
            (record_path(&schema.slug, "sua/", key), t!("Ghi vào sổ"), page.record_link(schema, key))
        }
        Act::Retire(key, _) => {
            (record_path(&schema.slug, "rut/", key), t!("Rút khỏi sổ"), page.record_link(schema, key))
        }
    };
    let mut form = Form::new(page.link(&action), Method::Post, all, submit);
    form.cancel = Some(cancel);
    form
}

fn ways(sent: &Query, errors: &Errors) -> [FormField; 2] {
    let chosen = sent.get(WAY).unwrap_or(CORRECT);
    let choices = vec![
        Choice::new(CORRECT, t!("Sửa sai: bản ghi đã ghi không đúng")).chosen_if(chosen),
        Choice::new(CHANGE, t!("Thay đổi từ ngày: trước đó đúng, nay đã khác")).chosen_if(chosen),
    ];
    let day = sent.get(SINCE_DAY).unwrap_or_default().to_owned();
    let mut since = FormField::new(SINCE_DAY, t!("Thay đổi từ ngày"), Input::Day { value: day })
        .hint(t!("Ngày đầu tiên mà điều mới là đúng."))
        .when(t!("cần khi chọn “thay đổi từ ngày”"));
    since.error = errors.of(SINCE_DAY);
    [FormField::new(WAY, t!("Cách ghi"), Input::Radios { choices }), since]
}

fn said_fields(sent: &Query, errors: &Errors) -> Vec<FormField> {
    let value = |name: &str| sent.raw(name).unwrap_or_default().to_owned();
    let mut fields = vec![
        FormField::new(REASON, t!("Lý do"), Input::Text { value: value(REASON) })
            .hint(t!("Một câu cho người xem lịch sử; không viết tên hay số định danh của cá nhân.")),
        FormField::new(SOURCE, t!("Nguồn"), Input::Text { value: value(SOURCE) })
            .hint(t!("Số, ký hiệu, ngày của văn bản, hoặc tên tệp làm căn cứ."))
            .optional(),
    ];
    for field in &mut fields {
        field.error = errors.of(&field.name);
    }
    fields
}

/// What the author typed, over the newer version: fields left alone take the newer value.
pub(super) fn merged(page: &Page<'_>, schema: &Schema, draft: &Draft<'_>, newer: &Version) -> Query {
    let offered = schema.field.iter().filter(|field| fields::is_offered(schema, field, Some(newer)));
    offered.fold(page.form().clone(), |form, field| {
        let name = fields::name(field);
        if draft.untouched(page, field) {
            let value = newer.values.get(&field.no).map(|value| fields::filled_in(page, field, value));
            form.with(&name, Some(&value.unwrap_or_default()))
        } else {
            form
        }
    })
}
