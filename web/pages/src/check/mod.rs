//! The numbers of any text (`/soat-so`): pasted or sent as a file, read, shown with what holds. Nothing is kept.

mod asked;
mod document;
mod found;
mod pace;
mod program;
mod registers;
mod tally;
mod words;

use askama::Template;
use axum::http::StatusCode;
use mc_access::Act;
use mc_base::{Day, date};
use mc_checking::{Asked as Known, CheckedText, Registers, check};
use mc_ui::{Field, Form, Html, Input, Message, Section, Tone, Word};

use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply};
use crate::route::Route;

use asked::Asked;
use document::As;
pub(crate) use pace::Pace;
pub use registers::figure_address;

pub(crate) const ROUTES: &[Route] = &[
    Route::get(PATH, ask),
    Route { body_max: asked::BODY_MAX, ..Route::upload(PATH, Act::Read, read) },
    Route { body_max: program::BODY_MAX, ..Route::json(program::PATH, Act::Read, program::answer) },
];

pub(crate) const PATH: &str = "/soat-so";
const TITLE: Word = key!("Soát số trong bài viết");
/// The text that is pasted.
const TEXT: &str = "bai";
/// The day it was written.
const DAY: &str = "ngay";
/// A file of what was found, instead of the page.
const AS: &str = "dang";
/// Or a file.
const FILE: &str = "tep";

#[derive(Template)]
#[template(path = "check/ask.html")]
struct AskView {
    message: Option<Message>,
    form: Form,
}

fn ask(page: &Page<'_>) -> Result<Reply, PageError> {
    let view = AskView { message: None, form: form(page, &Asked::default()) };
    Ok(page.page(Section::Verification, Vec::new(), TITLE.said(), Html::of(&view)))
}

/// The box on other pages: the text alone.
pub(crate) fn short_form(page: &Page<'_>) -> Form {
    let mut form = form(page, &Asked::default());
    form.fields.truncate(1);
    for field in &mut form.fields {
        field.hint = None;
    }
    form
}

fn form(page: &Page<'_>, asked: &Asked) -> Form {
    let mut text = Field::new(TEXT, t!("Dán bài báo vào đây"), Input::Area { value: asked.typed.clone() })
        .hint(t!(
            "Bài báo, báo cáo hay dự thảo, nhiều nhất {most} ký tự. Bài được đọc rồi bỏ đi, không lưu.",
            most = mc_ui::write::whole(asked::TEXT_CHARS_MAX as u64)
        ));
    let mut file = Field::new(FILE, t!("Hoặc chọn tệp"), Input::File { accept: asked::ACCEPT.to_owned() })
        .hint(t!("Tệp .docx, .pdf có chữ, .html hoặc .txt."))
        .optional();
    let day = if asked.day.is_empty() { date::short(page.today()) } else { asked.day.clone() };
    let mut day = Field::new(DAY, t!("Ngày viết"), Input::Day { value: day })
        .hint(t!("“Đến nay”, “quý III” trong bài được hiểu theo ngày này."))
        .optional();
    for (field, sentence) in &asked.faults {
        let wrong = [&mut text, &mut file, &mut day].into_iter().find(|known| known.name == *field);
        if let Some(wrong) = wrong {
            wrong.error = Some(sentence.clone());
        }
    }
    Form::new(page.link(PATH), mc_ui::Method::Upload, vec![text, file, day], t!("Soát số"))
}

/// Reads what was sent.
fn read(page: &Page<'_>) -> Result<Reply, PageError> {
    if let Err(seconds) = page.app().pace().take(page.peer(), (page.app().settings().now)()) {
        return Ok(later(page, seconds));
    }
    let asked = Asked::of(page);
    let Some((text, day)) = asked.good.clone() else {
        let view = AskView { message: None, form: form(page, &asked) };
        let reply = page.refused(Section::Verification, Vec::new(), TITLE.said(), Html::of(&view));
        return Ok(reply.cache(Cache::NoStore));
    };
    let checked = found(page, text, day)?;
    if let Some(wanted) = page.form().get(AS).and_then(As::of) {
        return document::reply(page, &checked, wanted);
    }
    let body = Html::of(&found::view(page, &checked));
    let above = vec![mc_ui::Link::new(TITLE.said(), page.link(PATH))];
    Ok(page.page(Section::Verification, above, t!("Kết quả soát số"), body).cache(Cache::NoStore))
}

/// What is found in a text, as the reader may see the registers.
fn found(page: &Page<'_>, text: String, date: Day) -> Result<CheckedText, PageError> {
    let texts = page.app().texts();
    let registers = Registers { snapshot: page.snapshot(), viewer: page.viewer(), sayings: &texts.sayings };
    Ok(check(text, &Known { date, places: &texts.places, registers: Some(registers) })?)
}

/// Too many texts at once: what was typed stays in the form.
fn later(page: &Page<'_>, seconds: u64) -> Reply {
    let sentence = t!(
        "Đang có nhiều bài cần soát. Xin gửi lại sau {seconds} giây; bài vẫn còn trong ô dưới đây.",
        seconds
    );
    let message = Some(Message::new(Tone::Warn, sentence));
    let view = AskView { message, form: form(page, &Asked::kept(page)) };
    page.refused(Section::Verification, Vec::new(), TITLE.said(), Html::of(&view))
        .status(StatusCode::TOO_MANY_REQUESTS)
        .retry_after(seconds)
        .cache(Cache::NoStore)
}
