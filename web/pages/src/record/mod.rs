//! One record: `/so/{slug}/{key}`, with its spells, its history on both clocks, and its proof.

mod flags;
mod history;

pub(crate) use history::{actor_words, reason_words};

use askama::Template;
use mc_access::Act;
use mc_base::Seq;
use mc_ledger::Value;
use mc_port::Version;
use mc_register::{SINCE, Schema, UNTIL, thing_of_key};
use mc_ui::write;
use mc_ui::{Cell, Column, Content, DataTable, Flag, Html, Kind, Link, Message, Pairs, Row, Section, Tone};

use crate::context::{Page, record_path};
use crate::error::PageError;
use crate::lookup;
use crate::records::{cache, is_system};
use crate::reply::Reply;
use crate::route::Route;
use crate::said::Said as _;
use crate::words::{self, Words};

pub(crate) const ROUTES: &[Route] =
    &[Route::get("/so/{slug}/{*key}", page), Route::get("/so/{slug}/bang-chung/{*key}", proof)];

/// The parameter that says which commit a form has just made.
pub(crate) const RECEIPT: &str = "da-ghi";
/// Rows of one commit looked through for the record.
const ROWS_MAX: usize = 500;

#[derive(Template)]
#[template(path = "record/page.html")]
struct Body {
    register: String,
    title: String,
    key: String,
    messages: Vec<Message>,
    values: Pairs,
    spells: Option<DataTable>,
    history: DataTable,
    acts: Vec<Link>,
    links: Vec<Link>,
}

/// The value of a field with its unit, as markup.
#[derive(Template)]
#[template(path = "record/value.html")]
pub(crate) struct ValueHtml {
    pub cell: Cell,
    pub unit: String,
}

/// The versions of a record up to the position of the page, the oldest first.
///
/// # Errors
/// When there is no such record, or it was not there yet.
pub(crate) fn versions(page: &Page<'_>, schema: &Schema, key: &str) -> Result<Vec<Version>, PageError> {
    let mut versions = page.snapshot().history(&schema.id, key)?;
    let any = !versions.is_empty();
    versions.retain(|version| version.seq_from <= page.at());
    match (versions.is_empty(), any) {
        (false, _) => Ok(versions),
        (true, true) => Err(PageError::missing(t!("Ở lần ghi {at} chưa có bản ghi này.", at = page.at()))),
        (true, false) => {
            Err(PageError::missing(t!("Không có bản ghi này trong sổ, hoặc bạn không được xem.")))
        }
    }
}

/// Whether a version is the current one at `at`.
pub(crate) fn is_open(version: &Version, at: Seq) -> bool {
    version.seq_to.is_none_or(|closed| closed > at)
}

fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = page.register(page.segment(1))?;
    let key = page.key_from(2);
    let versions = versions(page, &schema, &key)?;
    let last = versions.last().ok_or_else(PageError::no_page)?;
    let open = is_open(last, page.at());
    let title = words::title(&schema, last);
    let mut acts = Vec::new();
    let may_write = page.may(Act::Write, &lookup::object(page.snapshot(), &schema, last));
    if open && may_write && page.sink().is_some() && !is_system(&schema) && !page.pinned() {
        let to = |act: &str| page.link(&record_path(&schema.slug, act, &key));
        let edit =
            if schema.has_spells() { t!("Sửa sai hoặc ghi thay đổi") } else { t!("Sửa bản ghi") };
        acts = vec![Link::new(edit, to("sua/")), Link::new(t!("Rút khỏi sổ"), to("rut/"))];
    }
    let (said, cover) = if open { crate::cover::offer(page, &schema, &key) } else { (Vec::new(), None) };
    acts.extend(cover);
    let mut messages = messages(page, &schema, &key, last, open)?;
    messages.extend(said);
    let body = Body {
        register: schema.title.said().to_owned(),
        key: words::key_words(&schema, &key),
        messages,
        values: values(page, &schema, last),
        spells: spells(page, &schema, &key)?,
        history: history::table(page, &schema, &versions)?,
        acts,
        links: vec![
            Link::new(
                t!("Tải tệp bằng chứng của bản ghi này"),
                record_path(&schema.slug, "bang-chung/", &key),
            ),
            Link::new(t!("Cách tự kiểm tra tệp bằng chứng"), page.link("/kiem-chung")),
            Link::new(t!("Từ điển của sổ"), page.link(&format!("/so/{}/tu-dien", schema.slug))),
        ],
        title: title.clone(),
    };
    let above = vec![
        Link::new(t!("Các sổ"), page.link("/so")),
        Link::new(schema.title.said(), page.register_link(&schema)),
    ];
    Ok(page.page(Section::Evidence, above, &title, Html::of(&body)).cache(cache(&schema)))
}

fn messages(
    page: &Page<'_>,
    schema: &Schema,
    key: &str,
    last: &Version,
    open: bool,
) -> Result<Vec<Message>, PageError> {
    let mut messages = Vec::new();
    if let Some(receipt) = receipt(page, schema, key)? {
        messages.push(receipt);
    }
    if let Some(closed) = last.seq_to.filter(|_| !open) {
        let mut message = Message::new(Tone::Warn, t!("Bản ghi này đã được rút khỏi sổ"));
        message.body = Html::text(t!(
            "Các chỉ tiêu không đếm nó nữa. Dưới đây là các giá trị cuối cùng và lịch sử của nó."
        ));
        message.links = vec![Link::new(
            t!("Lần ghi {closed} đã rút bản ghi", closed),
            page.link(&format!("/kiem-chung/ghi/{closed}")),
        )];
        messages.push(message);
    }
    messages.extend(flags::messages(page, schema, last));
    let hides = schema.field.iter().any(|field| field.personal);
    if hides && page.awaits_factor(Act::ReadPersonal, &lookup::object(page.snapshot(), schema, last)) {
        let mut message = Message::new(Tone::Info, t!("Dữ liệu cá nhân đang che"));
        message.body = Html::text(t!("Xem dữ liệu cá nhân cần xác nhận bằng mã trên thiết bị của bạn."));
        message.links = vec![crate::account::confirm::link(page)];
        messages.push(message);
    }
    if schema
        .field("illustrative")
        .is_some_and(|field| last.values.get(&field.no) == Some(&Value::Bool(true)))
    {
        let mut message = Message::new(Tone::Info, t!("Bản ghi minh họa"));
        message.body = Html::text(t!("Do phần mềm sinh ra để minh họa; không phải bản ghi có thật."));
        messages.push(message);
    }
    Ok(messages)
}

/// What a form has just done, if the commit named in the address really touched this record.
fn receipt(page: &Page<'_>, schema: &Schema, key: &str) -> Result<Option<Message>, PageError> {
    let Some(seq) = page.query().get(RECEIPT).and_then(|text| text.parse().ok()).map(Seq) else {
        return Ok(None);
    };
    let Some(commit) = page.snapshot().commit(seq).ok().flatten() else { return Ok(None) };
    let rows = page.snapshot().rows_of(seq, ROWS_MAX)?;
    if !rows.iter().any(|(register, touched, _)| *register == schema.id && touched == key) {
        return Ok(None);
    }
    let words = t!(
        "Đã ghi vào sổ: lần ghi {number}, lúc {time}",
        number = write::whole(i128::from(seq.0)),
        time = write::date_time(commit.recorded_at)
    );
    let mut message = Message::new(Tone::Good, words);
    message.links = vec![Link::new(t!("Xem lần ghi này"), page.link(&format!("/kiem-chung/ghi/{seq}")))];
    Ok(Some(message))
}

fn values(page: &Page<'_>, schema: &Schema, version: &Version) -> Pairs {
    let words = Words::new(page);
    // A field that is out of use shows only where it holds something.
    let shown =
        schema.field.iter().filter(|field| !field.deprecated || version.values.contains_key(&field.no));
    Pairs { pairs: shown.map(|field| (field.title.said().to_owned(), words.html(field, version))).collect() }
}

/// The spells of the thing, when its register keeps them: what was true from when to when.
fn spells(page: &Page<'_>, schema: &Schema, key: &str) -> Result<Option<DataTable>, PageError> {
    if !schema.has_spells() {
        return Ok(None);
    }
    let spells = page.snapshot().spells(&schema.id, key)?;
    let kept: Vec<_> = schema.spells.iter().filter_map(|id| schema.field(id)).collect();
    let mut columns =
        vec![Column::new(t!("Đúng từ ngày"), Kind::Date), Column::new(t!("Đến trước ngày"), Kind::Date)];
    columns.extend(kept.iter().map(|field| Column::new(field.title.said(), Kind::Text)));
    let thing = words::key_words(schema, thing_of_key(schema, key));
    let mut table = DataTable::new("giai-doan", t!("Các giai đoạn của {thing}", thing), columns);
    if page.pinned() {
        table.note =
            Some(t!("Theo những gì biết hiện nay; bản ghi ở lần ghi đã ghim nằm phía trên.").to_owned());
    }
    t!("Không còn giai đoạn nào trong sổ.").clone_into(&mut table.empty.text);
    let words = Words::new(page);
    table.rows = spells
        .iter()
        .map(|version| {
            let day = |id: &str| {
                schema.field(id).and_then(|field| match version.values.get(&field.no) {
                    Some(Value::Day(day)) => Some(write::day(*day)),
                    _ => None,
                })
            };
            let since = day(SINCE).unwrap_or_else(|| words::UNKNOWN.said().to_owned());
            let mut cells = vec![
                Cell::link(since, page.record_link(schema, &version.key)),
                day(UNTIL).map_or_else(|| Cell::missing(t!("đến nay")), Cell::text),
            ];
            cells.extend(kept.iter().map(|field| words.cell(field, version)));
            Row { cells, flag: (version.key == key).then(|| Flag::from(t!("đang xem"))) }
        })
        .collect();
    Ok(Some(table))
}

fn proof(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = page.register(page.segment(1))?;
    let key = page.key_from(3);
    versions(page, &schema, &key)?;
    let file = page.snapshot().proof_of_record(&schema.id, &key)?;
    let name = format!("bang-chung-{}-{}.json", schema.slug, words::key_words(&schema, &key));
    Ok(Reply::attachment("application/json", name, file.to_json()).cache(cache(&schema)))
}
