//! Writing records by form: add, correct or change from a day, retire.
//!
//! A form carries the version its author saw and a key of its own: somebody else's change in between leads
//! to a page with both versions, and sending the same form twice writes once.

mod conflict;
mod draft;
mod fields;
mod view;

use mc_access::{Act, Denied, Factor, Object, decide};
use mc_base::{Day, date};
use mc_ledger::Value;
use mc_port::{CommitError, CommitRequest, EditRequest, Receipt, Version};
use mc_register::{Edit, Record, SINCE, Schema, key_text};

use crate::context::{POSITION, Page};
use crate::error::PageError;
use crate::lookup;
use crate::record::{self, RECEIPT, is_open};
use crate::records::is_system;
use crate::reply::Reply;
use crate::route::Route;
use crate::said::Said as _;
pub(crate) use draft::{Draft, Errors};
pub(crate) use fields::form_fields;
use view::{Act as Task, CHANGE};

pub(crate) const ROUTES: &[Route] = &[
    Route::get_for("/so/{slug}/them", Act::Write, add),
    Route::post("/so/{slug}/them", Act::Write, add_send),
    Route::get_for("/so/{slug}/sua/{*key}", Act::Write, edit),
    Route::post("/so/{slug}/sua/{*key}", Act::Write, edit_send),
    Route::get_for("/so/{slug}/rut/{*key}", Act::Write, retire),
    Route::post("/so/{slug}/rut/{*key}", Act::Write, retire_send),
];

/// What is written when the form names no source.
const SOURCE: &str = vietnamese!("Biểu mẫu trên web");

/// A register that forms may write.
pub(crate) fn register(page: &Page<'_>) -> Result<std::sync::Arc<Schema>, PageError> {
    let schema = page.register(page.segment(1))?;
    if is_system(&schema) {
        return Err(PageError::no_page());
    }
    if page.pinned() {
        return Err(PageError::Unprocessable(
            t!("Trang đang ghim ở một lần ghi cũ nên không sửa được. Hãy mở lại trang hiện tại rồi sửa.")
                .to_owned(),
        ));
    }
    Ok(schema)
}

/// The record of the path with all its versions, for somebody who may write it.
fn existing(page: &Page<'_>, schema: &Schema) -> Result<(String, Vec<Version>), PageError> {
    let key = page.key_from(3);
    let versions = record::versions(page, schema, &key)?;
    let object =
        versions.last().map(|last| lookup::object(page.snapshot(), schema, last)).unwrap_or_default();
    if page.may(Act::Write, &object) { Ok((key, versions)) } else { Err(PageError::no_page()) }
}

/// The version to be edited now.
fn current<'v>(page: &Page<'_>, versions: &'v [Version]) -> Result<&'v Version, PageError> {
    versions.last().filter(|last| is_open(last, page.at())).ok_or_else(|| {
        PageError::Unprocessable(
            t!("Bản ghi này đã được rút khỏi sổ; muốn dùng lại thì thêm mới.").to_owned(),
        )
    })
}

/// The version that the author of the form saw.
fn seen<'v>(page: &Page<'_>, versions: &'v [Version]) -> Result<&'v Version, PageError> {
    let ordinal: Option<u32> = page.form().get(view::ORDINAL).and_then(|text| text.parse().ok());
    versions.iter().find(|version| Some(version.ordinal) == ordinal).ok_or_else(|| {
        PageError::bad(t!("Biểu mẫu không cho biết đang sửa phiên bản nào; hãy mở lại bản ghi rồi sửa."))
    })
}

fn add(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = register(page)?;
    view::form(page, &schema, Task::Add, &Draft::blank(), &Errors::default(), None)
}

fn add_send(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = register(page)?;
    let draft = Draft::sent(page.form(), None);
    let (record, mut errors) = draft.read(page, &schema);
    let said = view::Said::read(page, &mut errors)?;
    if errors.any() {
        return view::form(page, &schema, Task::Add, &draft, &errors, None);
    }
    let key = key_text(&schema, &record).map_err(|error| PageError::Unprocessable(error.to_string()))?;
    match send(page, &schema, &said, Edit::Insert { record }) {
        Ok(receipt) => Ok(written(page, &schema, &key, receipt)),
        Err(error) => {
            errors.refused(&schema, error)?;
            view::form(page, &schema, Task::Add, &draft, &errors, None)
        }
    }
}

fn edit(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = register(page)?;
    let (key, versions) = existing(page, &schema)?;
    let base = current(page, &versions)?;
    view::form(page, &schema, Task::Edit(&key, base), &Draft::of(base), &Errors::default(), None)
}

fn edit_send(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = register(page)?;
    let (key, versions) = existing(page, &schema)?;
    let base = seen(page, &versions)?;
    let draft = Draft::sent(page.form(), Some(base));
    // The confirmation ended while the form was filled in: what was typed of a person waits for the next one.
    if page.viewer().factor == Factor::Awaited && draft.unseen(&schema) {
        return Err(PageError::Unconfirmed);
    }
    let (record, mut errors) = draft.read(page, &schema);
    let said = view::Said::read(page, &mut errors)?;
    let changes = schema.has_spells() && page.form().get(view::WAY) == Some(CHANGE);
    let since = if changes { from_day(page, &mut errors) } else { None };
    let task = Task::Edit(&key, base);
    if errors.any() {
        return view::form(page, &schema, task, &draft, &errors, None);
    }
    let (edit, target) = match since {
        Some(since) => change(&schema, &key, base, since, record)?,
        None => {
            let edit = Edit::Correct { key: key.clone(), expected_ordinal: base.ordinal, record };
            (edit, key.clone())
        }
    };
    match send(page, &schema, &said, edit) {
        Ok(receipt) => Ok(written(page, &schema, &target, receipt)),
        Err(error) => match conflict::newer(page, &schema, &key, base)? {
            Some(newer) => conflict::page(page, &schema, &key, base, &newer, &draft),
            None => {
                errors.refused(&schema, error)?;
                view::form(page, &schema, task, &draft, &errors, None)
            }
        },
    }
}

/// A change from a day, and the key of the spell it opens.
fn change(
    schema: &Schema,
    key: &str,
    base: &Version,
    since: Day,
    mut record: Record,
) -> Result<(Edit, String), PageError> {
    if let Some(field) = schema.field(SINCE) {
        record.set(field.no, Value::Day(since));
    }
    let target = key_text(schema, &record).map_err(|error| PageError::Unprocessable(error.to_string()))?;
    Ok((Edit::Change { key: key.to_owned(), expected_ordinal: base.ordinal, since, record }, target))
}

fn from_day(page: &Page<'_>, errors: &mut Errors) -> Option<Day> {
    let typed = page.form().get(view::SINCE_DAY).unwrap_or_default();
    match date::parse(typed, Some(page.real_today())) {
        Ok(day) => Some(day),
        Err(_) if typed.is_empty() => {
            errors
                .add(view::SINCE_DAY, t!("Để trống; “thay đổi từ ngày” cần ngày bắt đầu, ví dụ 17/11/2025."));
            None
        }
        Err(error) => {
            errors.add(view::SINCE_DAY, &error.to_string());
            None
        }
    }
}

fn retire(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = register(page)?;
    let (key, versions) = existing(page, &schema)?;
    let base = current(page, &versions)?;
    view::form(page, &schema, Task::Retire(&key, base), &Draft::of(base), &Errors::default(), None)
}

fn retire_send(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = register(page)?;
    let (key, versions) = existing(page, &schema)?;
    let base = seen(page, &versions)?;
    let mut errors = Errors::default();
    let said = view::Said::read(page, &mut errors)?;
    let task = Task::Retire(&key, base);
    if errors.any() {
        return view::form(page, &schema, task, &Draft::of(base), &errors, None);
    }
    let edit = Edit::Retire { key: key.clone(), expected_ordinal: base.ordinal };
    match send(page, &schema, &said, edit) {
        Ok(receipt) => Ok(written(page, &schema, &key, receipt)),
        Err(error) => match conflict::newer(page, &schema, &key, base)? {
            Some(newer) => Err(PageError::Conflict(t!(
                "Bản ghi đã sang phiên bản {newer} trong khi bạn định rút phiên bản {seen}. Chưa rút gì; hãy mở lại bản ghi, xem \
                 bản mới rồi quyết định.",
                newer = newer.ordinal,
                seen = base.ordinal
            ))),
            None => {
                errors.refused(&schema, error)?;
                view::form(page, &schema, task, &Draft::of(base), &errors, None)
            }
        },
    }
}

fn send(page: &Page<'_>, schema: &Schema, said: &view::Said, edit: Edit) -> Result<Receipt, CommitError> {
    let sink = page.sink().ok_or_else(|| CommitError::Denied {
        register: schema.title.said().to_owned(),
        why: decide(page.viewer(), Act::Write, &Object::default()).err().unwrap_or(Denied::Role),
    })?;
    sink.commit(CommitRequest {
        actor: page.viewer().clone(),
        source: said.source.clone().unwrap_or_else(|| SOURCE.to_owned()),
        reason: said.reason.clone(),
        idempotency_key: said.idempotency_key.clone(),
        edits: vec![EditRequest { register: schema.id.clone(), edit }],
    })
}

/// On to the record, which says what was written. Going back from there does not send the form again.
fn written(page: &Page<'_>, schema: &Schema, key: &str, receipt: Receipt) -> Reply {
    let query = page.kept().with(POSITION, None).with(RECEIPT, Some(&receipt.seq.to_string()));
    Reply::see_other(query.address(&crate::context::record_path(&schema.slug, "", key)))
}
