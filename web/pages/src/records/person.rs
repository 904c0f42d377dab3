//! Finding records by personal data: for who may see it, by a form that sends the value in its body, so that it
//! stands in no address and in no log.

use askama::Template;
use axum::http::StatusCode;
use mc_access::Act;
use mc_ledger::Value;
use mc_port::{FoundPersonal, PersonalSearch, PersonalTerm};
use mc_register::{Field, Find, Input as Typed, Schema, input};
use mc_ui::{Column, DataTable, Field as FormField, Form, Html, Input, Link, Method, Section, write};

use super::row;
use crate::authz::never;
use crate::context::Page;
use crate::error::PageError;
use crate::lookup;
use crate::refused;
use crate::reply::{Cache, Reply};
use crate::said::Said as _;
use crate::words::{self, Words};

/// Columns beside the one that was searched.
const COLUMNS_MAX: usize = 8;

#[derive(Template)]
#[template(path = "records/person.html")]
struct Body {
    title: String,
    form: Form,
    table: Option<DataTable>,
}

/// The fields by which a register's records are found.
fn offered(schema: &Schema) -> impl Iterator<Item = &Field> {
    schema.field.iter().filter(|field| field.personal && field.find.is_some())
}

/// The form, for who may see personal data of some record at least.
pub(super) fn form(page: &Page<'_>, schema: &Schema) -> Option<Form> {
    is_offered(page, schema).then(|| filled(page, schema, None))
}

fn is_offered(page: &Page<'_>, schema: &Schema) -> bool {
    !never(page.viewer(), Act::ReadPersonal) && offered(schema).next().is_some()
}

/// The form with what was typed, and what was wrong with the field of a number.
fn filled(page: &Page<'_>, schema: &Schema, wrong: Option<(u16, String)>) -> Form {
    let entry = |field: &Field| {
        let typed = page.form().get(&field.id).unwrap_or_default().to_owned();
        let hint = match field.find {
            Some(Find::Name) => t!("Các từ liền nhau của họ tên, không dấu cũng được."),
            _ => t!("Cả giá trị, đúng từng ký tự."),
        };
        let mut entry = FormField::new(field.id.clone(), field.title.said(), Input::Text { value: typed })
            .hint(hint)
            .optional();
        entry.error = wrong.as_ref().filter(|(no, _)| *no == field.no).map(|(_, sentence)| sentence.clone());
        entry
    };
    let action = page.link(&format!("/so/{}/tim-ca-nhan", schema.slug));
    Form::new(action, Method::Post, offered(schema).map(entry).collect(), t!("Tìm theo dữ liệu cá nhân"))
}

/// What the form asks: one field and its term, or what is wrong with the field of a number.
fn asked<'s>(page: &Page<'_>, schema: &'s Schema) -> Result<(&'s Field, PersonalTerm), (u16, String)> {
    let one = || t!("Điền đúng một ô để tìm.").to_owned();
    let first = offered(schema).next().map_or(0, |field| field.no);
    let typed = |field: &&Field| page.form().get(&field.id).is_some_and(|text| !text.trim().is_empty());
    let mut given = offered(schema).filter(typed);
    let (Some(field), None) = (given.next(), given.next()) else { return Err((first, one())) };
    let text = page.form().get(&field.id).unwrap_or_default();
    if field.find == Some(Find::Name) {
        return Ok((field, PersonalTerm::Name(text.to_owned())));
    }
    match input::read(field, &Typed::Text(text.to_owned()), &lookup::names(page)) {
        Ok(Value::Null) => Err((field.no, one())),
        Ok(value) => Ok((field, PersonalTerm::Exact(value))),
        Err(error) => Err((field.no, refused::sentence(field, &error))),
    }
}

/// The answer to the form: the records whose value the reader may see.
pub(super) fn found(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = page.register(page.segment(1))?;
    if !is_offered(page, &schema) {
        return Err(PageError::no_page());
    }
    let (table, wrong) = match asked(page, &schema) {
        Err(wrong) => (None, Some(wrong)),
        Ok((field, term)) => {
            let search = PersonalSearch {
                register: schema.id.clone(),
                field: field.id.clone(),
                term,
                at: page.read_at(),
            };
            let found = page.snapshot().find_personal(&search)?;
            (Some(table(page, &schema, field, found)), None)
        }
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(reply(page, &schema, filled(page, &schema, wrong), table).status(status))
}

/// The empty form: where somebody comes back by the address, which holds nothing of what was looked for.
pub(super) fn blank(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = page.register(page.segment(1))?;
    let form = form(page, &schema).ok_or_else(PageError::no_page)?;
    Ok(reply(page, &schema, form, None))
}

fn reply(page: &Page<'_>, schema: &Schema, form: Form, table: Option<DataTable>) -> Reply {
    let title = t!("Tìm trong sổ {register} theo dữ liệu cá nhân", register = schema.title.said());
    let body = Body { title: title.clone(), form, table };
    let above = vec![
        Link::new(t!("Các sổ"), page.link("/so")),
        Link::new(schema.title.said(), page.register_link(schema)),
    ];
    page.page(Section::Evidence, above, &title, Html::of(&body)).cache(Cache::NoStore)
}

fn table(page: &Page<'_>, schema: &Schema, by: &Field, found: FoundPersonal) -> DataTable {
    let listed = schema.field.iter().filter(|field| field.list && field.no != by.no).take(COLUMNS_MAX);
    let fields: Vec<&Field> = listed.chain(std::iter::once(by)).collect();
    let columns = fields.iter().map(|field| Column::new(field.title.said(), words::column_kind(field)));
    let title = t!("{count} bản ghi tìm được", count = write::whole(found.rows.len() as u64));
    let mut table = DataTable::new("ban-ghi", title, columns.collect());
    t!("Không có bản ghi nào như vậy trong những bản ghi bạn được xem.").clone_into(&mut table.empty.text);
    if found.more {
        table.note = Some(t!("Có thể còn bản ghi khác; hãy gõ thêm để thu hẹp.").to_owned());
    }
    let words = Words::new(page);
    table.rows = found.rows.iter().map(|version| row(page, schema, &fields, &words, version)).collect();
    table
}
