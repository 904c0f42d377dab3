//! The page of the grid: cells with what was recorded last, sums, sentences beside what is wrong, and the sign-off.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use mc_base::{Month, Seq};
use mc_ledger::Value;
use mc_register::Field;
use mc_ui::{
    Assets, DataTable, Field as FormField, Form, Html, Input as FormInput, Link, Message, Method, Section,
    Tone, write,
};

use super::cell::{self, JUMP_FACTOR, JUMP_LEAST, jumps, mantissa, said, sum_said, typed_text};
use super::save::CELL;
use super::sheet::{Line, Sheet};
use super::signing::{reason, sign_form, signed, unsigned};
use super::{PART, SAVED, SIGNED, WROTE, month_said};
use crate::context::{PERIOD, PLACE, Page};
use crate::error::PageError;
use crate::lookup;
use crate::reply::{Cache, Reply};
use crate::said::Said as _;
use crate::words;

/// Name of the field that says why.
pub(super) const REASON: &str = "ly-do";
/// Rows on one page.
pub(super) const ROWS_SHOWN: usize = 100;
/// What sending the form came to.
#[derive(Default)]
pub(super) struct Outcome {
    /// Rows that were not written, by key.
    pub kept: BTreeMap<String, Kept>,
    /// What concerns no row.
    pub general: Vec<String>,
    /// The reason as it was typed.
    pub reason: String,
    pub reason_error: Option<String>,
    /// The commit that wrote the other rows, and how many.
    pub wrote: Option<(Seq, usize)>,
}

/// A row that was not written, as it was typed.
#[derive(Default)]
pub(super) struct Kept {
    pub cells: BTreeMap<u16, String>,
    /// Sentences by field.
    pub errors: BTreeMap<u16, String>,
    /// Sentences about the whole row.
    pub row: Vec<String>,
    /// Somebody else was faster.
    pub conflict: bool,
}

impl Outcome {
    /// Whether everything that was sent is in the register now.
    pub(super) fn is_good(&self) -> bool {
        self.kept.is_empty() && self.general.is_empty() && self.reason_error.is_none()
    }
}

struct Head {
    no: u16,
    title: String,
    unit: Option<String>,
    needed: bool,
    min: String,
    max: String,
    digits: u8,
    total: String,
    before: String,
    filled: String,
}

struct Box {
    name: String,
    label: String,
    /// Which row it is in, for who hears the label.
    of: String,
    value: String,
    before: String,
    before_raw: String,
    column: u16,
    error: Option<String>,
    flag: Option<String>,
}

struct RowOf {
    at: usize,
    key: String,
    ordinal: u32,
    names: Vec<String>,
    cells: Vec<Box>,
    explained: Vec<Box>,
    errors: Vec<String>,
    notes: Vec<String>,
}

#[derive(Template)]
#[template(path = "grid/page.html")]
struct Body {
    heading: String,
    about: String,
    messages: Vec<Message>,
    choice: Form,
    months: Vec<Link>,
    parts: Vec<(String, Option<String>)>,
    caption: String,
    names: Vec<String>,
    heads: Vec<Head>,
    rows: Vec<RowOf>,
    action: String,
    add: String,
    reason: FormField,
    jump_factor: String,
    jump_least: String,
    sign: Option<Form>,
    unsigned: String,
    signed: DataTable,
    links: Vec<Link>,
    script: &'static str,
}

impl RowOf {
    /// Columns under a row for what is said of all of it.
    fn class(&self) -> &'static str {
        if self.errors.is_empty() && self.cells.iter().all(|cell| cell.error.is_none()) {
            ""
        } else {
            "wrong"
        }
    }
}

impl Box {
    fn id(&self) -> &str {
        &self.name
    }

    /// Ids of what is said of it, as `aria-describedby` takes them.
    fn described_by(&self) -> String {
        let said = [
            (!self.before.is_empty()).then(|| format!("{}-truoc", self.name)),
            self.error.as_ref().map(|_| format!("{}-loi", self.name)),
            self.flag.as_ref().map(|_| format!("{}-co", self.name)),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The page. With errors its status is 422; with conflicts alone 409.
pub(super) fn page(page: &Page<'_>, sheet: &Sheet, outcome: &Outcome) -> Result<Reply, PageError> {
    let (year, month) = sheet.month.year_month();
    let heading =
        t!("{title}: bảng nhập tháng {month}/{year}", title = sheet.schema.title.said(), month, year);
    let parts = sheet.lines.chunks(ROWS_SHOWN).len().max(1);
    let asked = page.query().get(PART).and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
    let part = asked.clamp(1, parts) - 1;
    let shown: Vec<&Line> = sheet.lines.iter().skip(part * ROWS_SHOWN).take(ROWS_SHOWN).collect();
    let rows: Vec<RowOf> =
        shown.iter().enumerate().map(|(at, line)| row(page, sheet, outcome, at, line)).collect();
    let heads = sheet.columns.iter().map(|field| head(page, sheet, field, &shown, &rows)).collect();
    let body = Body {
        about: t!("Mỗi dòng một đơn vị, số của lần gần nhất in nhạt dưới ô. Gõ như vẫn viết: 4.607 hay 84,2. Ô nào chưa có số thì để trống. Bấm Lưu lúc nào cũng được: dòng tốt được ghi, dòng lỗi ở lại kèm lý do.").to_owned(),
        messages: messages(page, outcome),
        choice: choice(page, sheet),
        months: months(page, sheet),
        parts: part_links(page, sheet, part, parts),
        caption: t!("Số liệu tháng {month}/{year}, cột có dấu * phải đủ mới ký được", month, year),
        names: sheet.heads().map(|field| field.title.said().to_owned()).collect(),
        heads,
        rows,
        action: super::address(page, &sheet.schema, sheet.month, ""),
        add: page.link(&format!("/so/{}/them", sheet.schema.slug)),
        reason: reason(sheet, outcome),
        jump_factor: JUMP_FACTOR.to_string(),
        jump_least: JUMP_LEAST.to_string(),
        sign: sign_form(page, sheet, outcome),
        unsigned: unsigned(page, sheet, outcome),
        signed: signed(page, sheet)?,
        links: vec![
            Link::new(t!("Các bản ghi của sổ"), page.register_link(&sheet.schema)),
            Link::new(t!("Từ điển của sổ"), page.link(&format!("/so/{}/tu-dien", sheet.schema.slug))),
        ],
        script: Assets::url("grid.js"),
        heading: heading.clone(),
    };
    let above = vec![
        Link::new(t!("Các sổ"), page.link("/so")),
        Link::new(sheet.schema.title.said(), page.register_link(&sheet.schema)),
    ];
    let mut layout = page.framed(Section::Evidence, above, &heading, Html::of(&body));
    layout.has_errors = !outcome.is_good();
    let only_conflicts = outcome.general.is_empty()
        && outcome.reason_error.is_none()
        && outcome.kept.values().all(|kept| kept.conflict);
    let status = match (outcome.is_good(), only_conflicts) {
        (true, _) => StatusCode::OK,
        (false, true) => StatusCode::CONFLICT,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Reply::html(layout.page()).status(status).cache(Cache::NoStore))
}

fn row(page: &Page<'_>, sheet: &Sheet, outcome: &Outcome, at: usize, line: &Line) -> RowOf {
    let kept = outcome.kept.get(&line.key);
    let cell = |field: &Field| {
        let typed = kept.and_then(|kept| kept.cells.get(&field.no)).cloned();
        let value = typed.unwrap_or_else(|| typed_text(line.value(field.no)));
        let before = line.before.as_ref().and_then(|(month, version)| {
            let value = version.values.get(&field.no)?;
            Some((*month, value, mantissa(value)?))
        });
        let number = number_in(page, field, &value);
        let jump = before.zip(number).filter(|((_, _, before), now)| jumps(field, *now, *before));
        Box {
            name: format!("{CELL}-{at}-{}", field.no),
            label: field.title.said().to_owned(),
            of: format!(", {}", line.names.join(", ")),
            before: before.map_or_else(String::new, |(month, value, _)| before_said(month, value)),
            before_raw: before.map_or_else(String::new, |(_, _, raw)| raw.to_string()),
            column: field.no,
            error: kept.and_then(|kept| kept.errors.get(&field.no)).cloned(),
            flag: jump.map(|_| jump_said()),
            value,
        }
    };
    let explaining = sheet.schema.explanation().into_iter().flatten();
    let explained: Vec<Box> = explaining.map(cell).collect();
    let is_needed = explained.iter().any(|cell| cell.error.is_some() || !cell.value.is_empty());
    let mut notes: Vec<String> = Vec::new();
    if line.is_corrected() {
        notes.push(t!("Đính chính: dòng này được sửa sau khi ký xác nhận.").to_owned());
    }
    if kept.is_none() {
        let flags = line.now.iter().flat_map(|now| &now.flags);
        notes.extend(flags.map(|flag| flag.message.said().trim().to_owned()));
    }
    RowOf {
        at,
        key: line.key.clone(),
        ordinal: line.ordinal(),
        names: line.names.clone(),
        cells: sheet.columns.iter().map(cell).collect(),
        explained: if is_needed { explained } else { Vec::new() },
        errors: kept.map(|kept| kept.row.clone()).unwrap_or_default(),
        notes,
    }
}

/// The number in a cell, where it can be read.
fn number_in(page: &Page<'_>, field: &Field, text: &str) -> Option<i128> {
    if !field.kind.is_numeric() || text.trim().is_empty() {
        return None;
    }
    mantissa(&cell::read(field, text, &lookup::names(page)).ok()?)
}

fn before_said(of: Month, value: &Value) -> String {
    let (year, month) = of.year_month();
    t!("T{month}/{year}: {value}", month, year, value = said(value))
}

fn jump_said() -> String {
    t!("Lệch từ {factor} lần trở lên so với lần trước; hãy xem lại, vẫn ghi được.", factor = JUMP_FACTOR)
}

fn head(page: &Page<'_>, sheet: &Sheet, field: &Field, shown: &[&Line], rows: &[RowOf]) -> Head {
    let typed = rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.column == field.no);
    let numbers: Vec<i128> = typed.filter_map(|cell| number_in(page, field, &cell.value)).collect();
    let before = shown.iter().filter_map(|line| mantissa(line.before.as_ref()?.1.values.get(&field.no)?));
    let before: Vec<i128> = before.collect();
    // Without a unit of its own a column counts in what each row says, and files are not added to shelf metres.
    let is_added = field.unit.is_some();
    Head {
        no: field.no,
        title: field.title.said().to_owned(),
        unit: words::unit(field),
        needed: Sheet::is_needed(field) && !sheet.lines.is_empty(),
        min: field.min.map(|min| min.to_string()).unwrap_or_default(),
        max: field.max.map(|max| max.to_string()).unwrap_or_default(),
        digits: field.digits(),
        total: if is_added { sum_said(field, numbers.iter().sum()) } else { String::new() },
        before: if before.is_empty() || !is_added {
            String::new()
        } else {
            sum_said(field, before.iter().sum())
        },
        filled: t!(
            "{filled}/{rows} ô",
            filled = write::count(numbers.len()),
            rows = write::count(rows.len())
        ),
    }
}

fn messages(page: &Page<'_>, outcome: &Outcome) -> Vec<Message> {
    let mut all = Vec::new();
    let ledger =
        |seq: &str| Link::new(t!("Xem lần ghi {seq}", seq), page.link(&format!("/kiem-chung/ghi/{seq}")));
    let wrote = |rows: usize, seq: &str| {
        let rows = write::count(rows);
        let mut message = Message::new(Tone::Good, t!("Đã ghi {rows} dòng ở lần ghi {seq}", rows, seq));
        message.links = vec![ledger(seq)];
        message
    };
    if let Some((seq, rows)) = outcome.wrote {
        all.push(wrote(rows, &seq.to_string()));
    }
    if !outcome.kept.is_empty() {
        let rows = write::count(outcome.kept.len());
        let mut message = Message::new(Tone::Bad, t!("Chưa ghi {rows} dòng", rows));
        message.body =
            Html::text(t!("Số đã gõ còn nguyên trong bảng, kèm lý do ở từng ô. Sửa rồi bấm Lưu lần nữa."));
        all.push(message);
    }
    all.extend(outcome.general.iter().map(|sentence| Message::new(Tone::Bad, sentence)));
    if !outcome.is_good() {
        return all;
    }
    let number = |name: &str| page.query().get(name).and_then(|text| text.parse::<u64>().ok());
    match (number(SAVED), number(WROTE)) {
        (Some(0), _) => all.push(Message::new(Tone::Info, t!("Không có gì thay đổi nên không ghi lần nào."))),
        (Some(seq), Some(rows)) => {
            all.push(wrote(usize::try_from(rows).unwrap_or(usize::MAX), &seq.to_string()));
        }
        _ => {}
    }
    if let Some(seq) = number(SIGNED) {
        let mut message = Message::new(Tone::Good, t!("Đã ký xác nhận ở lần ghi {seq}", seq));
        message.links = vec![ledger(&seq.to_string())];
        all.push(message);
    }
    all
}

fn choice(page: &Page<'_>, sheet: &Sheet) -> Form {
    let (year, month) = sheet.month.year_month();
    let mut fields =
        vec![FormField::new(PERIOD, t!("Tháng"), FormInput::Text { value: format!("{month}/{year}") })];
    if let Some(place) = page.query().get(PLACE) {
        fields.push(FormField::hidden(PLACE, place));
    }
    Form::new(format!("/so/{}/bang-nhap", sheet.schema.slug), Method::Get, fields, t!("Mở bảng"))
}

fn months(page: &Page<'_>, sheet: &Sheet) -> Vec<Link> {
    let near = [sheet.month.plus(-1), sheet.month.plus(1)];
    let open = near.into_iter().flatten().filter(|month| *month <= page.real_today().month());
    let link = |month: Month| {
        let address = page.kept().with(PERIOD, Some(&month.to_string()));
        Link::new(month_said(month), address.address(&format!("/so/{}/bang-nhap", sheet.schema.slug)))
    };
    open.map(link).collect()
}

fn part_links(page: &Page<'_>, sheet: &Sheet, here: usize, parts: usize) -> Vec<(String, Option<String>)> {
    if parts < 2 {
        return Vec::new();
    }
    let link = |part: usize| {
        let (first, last) = (part * ROWS_SHOWN + 1, ((part + 1) * ROWS_SHOWN).min(sheet.lines.len()));
        let words = t!("Dòng {first} đến {last}", first = write::count(first), last = write::count(last));
        let href = page.kept().with(PERIOD, Some(&sheet.month.to_string()));
        let href = href.with(PART, Some(&(part + 1).to_string()));
        (words, (part != here).then(|| href.address(&format!("/so/{}/bang-nhap", sheet.schema.slug))))
    };
    (0..parts).map(link).collect()
}
