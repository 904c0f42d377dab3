//! The form of a cover, and where other pages lead to it.

use askama::Template;
use axum::http::StatusCode;
use mc_base::{Scaled, date, number};
use mc_figure::TOTALS;
use mc_figure::cover::StandingTotal;
use mc_importing::cover::{CoverProposal, amount_words, contradiction, standing, total_words};
use mc_register::Schema;
use mc_ui::Word;
use mc_ui::{Choice, Field, Form, Html, Input, Link, Message, Method, Section, Tone};

use super::{BY, DOCUMENT, Errors, FROM, KEY, LISTS, ORDINAL, PART, REASON, WAY, WHOLE, may};
use crate::context::{Page, record_path};
use crate::reply::{Cache, Reply};
use crate::said::Said as _;

#[derive(Template)]
#[template(path = "entry/page.html")]
struct Body {
    heading: String,
    about: String,
    messages: Vec<Message>,
    table: Option<mc_ui::DataTable>,
    form: Form,
}

const ABOUT: Word = key!(
    "Không số nào tự giảm. Khi danh sách về, người có trách nhiệm xác nhận số tổng được tính \
    ít đi bao nhiêu và từ ngày nào; những ngày trước đó và những gì đã biết trước lần ghi này giữ nguyên. \
    Muốn giữ nguyên số tổng thì không cần làm gì."
);

pub(super) fn page(page: &Page<'_>, schema: &Schema, total: &StandingTotal, errors: &Errors) -> Reply {
    let heading = t!("Thay số tổng bằng danh sách");
    let mut messages = vec![said(page, total)];
    messages.extend(contradiction(page.snapshot(), total).map(|words| Message::new(Tone::Warn, words)));
    messages.extend(errors.of("").map(|sentence| Message::new(Tone::Bad, sentence)));
    let lists = page.query().get(LISTS).or_else(|| page.form().get(LISTS)).map(str::to_owned);
    let body = Body {
        heading: heading.to_owned(),
        about: ABOUT.said().to_owned(),
        messages,
        table: None,
        form: form(page, schema, total, lists, errors),
    };
    let above = vec![
        Link::new(t!("Các sổ"), page.link("/so")),
        Link::new(schema.title.said(), page.register_link(schema)),
        Link::new(t!("Số tổng"), page.record_link(schema, &total.total.key)),
    ];
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page.page(Section::Evidence, above, heading, Html::of(&body)).status(status).cache(Cache::NoStore)
}

fn said(page: &Page<'_>, total: &StandingTotal) -> Message {
    match CoverProposal::of(page.snapshot(), total) {
        Some(proposal) => Message::new(Tone::Info, proposal.sentence),
        None => {
            let words = total_words(page.snapshot(), total);
            Message::new(
                Tone::Info,
                t!("{words}. Từ khi số tổng được ghi chưa có danh sách nào trong phạm vi của nó.", words),
            )
        }
    }
}

fn form(
    page: &Page<'_>,
    schema: &Schema,
    total: &StandingTotal,
    lists: Option<String>,
    errors: &Errors,
) -> Form {
    let sent = page.form();
    let proposal = total.proposal();
    let kept = |name: &str| sent.raw(name).map(str::to_owned);
    let whole = proposal.is_some_and(|proposal| proposal.is_whole(&total.total));
    let chosen = sent.get(WAY).unwrap_or(if whole { WHOLE } else { PART });
    let all = amount_words(page.snapshot(), total, total.total.amount);
    let choices = vec![
        Choice::new(PART, t!("Giảm một phần")).chosen_if(chosen),
        Choice::new(WHOLE, t!("Thay hẳn: cả {all} nay có trong danh sách", all)).chosen_if(chosen),
    ];
    let from = proposal.map_or(total.total.day, |proposal| proposal.from);
    let mut fields = vec![
        Field::new(WAY, t!("Danh sách thay bao nhiêu"), Input::Radios { choices }),
        Field::new(
            BY,
            t!("Phần giảm"),
            Input::Number { value: kept(BY).or_else(|| proposed(total)).unwrap_or_default(), unit: None },
        )
        .hint(t!("Chỉ đọc khi chọn giảm một phần; đã điền sẵn số mà danh sách có."))
        .optional(),
    ];
    if total.level {
        let value = kept(FROM).unwrap_or_else(|| date::short(from));
        fields.push(
            Field::new(FROM, t!("Từ ngày"), Input::Day { value })
                .hint(t!("Ngày đầu tiên số tổng được tính ít đi: từ ngày đó danh sách đã được đếm.")),
        );
    }
    fields.extend([
        Field::new(REASON, t!("Lý do"), Input::Text { value: kept(REASON).unwrap_or_default() })
            .hint(t!("Một câu cho người xem lịch sử, ví dụ: danh sách tháng 11 đã về.")),
        Field::new(
            DOCUMENT,
            t!("Văn bản kèm danh sách"),
            Input::Text { value: kept(DOCUMENT).unwrap_or_default() },
        )
        .optional(),
    ]);
    for field in &mut fields {
        field.error = errors.of(&field.name);
    }
    let key = sent.get(KEY).map_or_else(|| page.app().nonce(), str::to_owned);
    fields.extend([
        Field::hidden(ORDINAL, total.total.ordinal.to_string()),
        Field::hidden(LISTS, lists.unwrap_or_default()),
        Field::hidden(KEY, key),
    ]);
    let mut form = Form::new(address(page, schema, total), Method::Post, fields, t!("Ghi vào sổ"));
    form.cancel = Some(page.record_link(schema, &total.total.key));
    form
}

/// The reduction that the lists propose, as the form fills it in.
pub(super) fn proposed(total: &StandingTotal) -> Option<String> {
    total.proposal().map(|proposal| match total.scale {
        0 => number::whole(proposal.by),
        scale => number::decimal(Scaled { mantissa: proposal.by, scale }),
    })
}

fn address(page: &Page<'_>, schema: &Schema, total: &StandingTotal) -> String {
    page.link(&record_path(&schema.slug, "thay/", &total.total.key))
}

/// On the page of a total: what lists say, and the way to the form.
pub(crate) fn offer(page: &Page<'_>, schema: &Schema, key: &str) -> (Vec<Message>, Option<Link>) {
    if schema.id != TOTALS || page.pinned() {
        return (Vec::new(), None);
    }
    let Ok(total) = standing(page.snapshot(), key) else { return (Vec::new(), None) };
    let mut messages = Vec::new();
    if let Some(proposal) = CoverProposal::of(page.snapshot(), &total) {
        messages.push(Message::new(Tone::Warn, proposal.sentence));
    }
    let link = may(page, &total)
        .then(|| Link::new(t!("Thay số tổng bằng danh sách"), address(page, schema, &total)));
    (messages, link)
}

/// Behind an import: each total that its rows begin to replace, and the form of the only one.
pub(crate) fn proposals(
    page: &Page<'_>,
    covers: &[CoverProposal],
    seq: Option<mc_base::Seq>,
) -> (Vec<Message>, Option<Form>) {
    let Some(schema) = page.snapshot().schema(TOTALS) else { return (Vec::new(), None) };
    let lists = seq.map(|seq| seq.to_string());
    let mut form_of_one = None;
    let messages = covers.iter().map(|cover| {
        let mut message = Message::new(Tone::Warn, &cover.sentence);
        let found = match &lists {
            // Before anything is written there is nothing to confirm.
            None => None,
            Some(_) => fresh(page, &cover.total).filter(|total| may(page, total)),
        };
        if let (Some(total), Some(lists)) = (found, &lists) {
            if covers.len() == 1 {
                form_of_one = Some(form(page, &schema, &total, Some(lists.clone()), &Errors::default()));
            } else {
                let address = record_path(&schema.slug, "thay/", &cover.total);
                let query = page.kept().with(LISTS, Some(lists));
                message.links.push(Link::new(t!("Quyết định về số tổng này"), query.address(&address)));
            }
        }
        message
    });
    let messages = messages.collect();
    (messages, form_of_one)
}

/// The total as it stands after the commit that this page has just made.
fn fresh(page: &Page<'_>, key: &str) -> Option<StandingTotal> {
    let snapshot = page.app().source().snapshot(page.viewer()).ok()?;
    standing(snapshot.as_ref(), key).ok()
}
