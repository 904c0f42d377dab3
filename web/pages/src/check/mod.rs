//! The numbers of any text (`/soat-so`): pasted or sent as a file, read, shown with what holds. Nothing is kept
//! that nobody asked to keep.

mod asked;
mod document;
mod found;
mod pace;
mod program;
mod registers;
mod saved;
mod tally;
mod words;

use askama::Template;
use axum::http::StatusCode;
use mc_access::{Act, Actor};
use mc_base::{Day, date};
use mc_checking::{AsOf, Asked as Known, CheckedText, Registers, check};
use mc_ui::{Field, Form, Html, Input, Link, Message, Section, Tone, Word};

use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply};
use crate::route::Route;

use asked::Asked;
use document::As;
use found::Setting;
pub(crate) use pace::Pace;
pub use registers::figure_address;

pub(crate) const ROUTES: &[Route] = &[
    Route::get(PATH, ask),
    Route { body_max: asked::BODY_MAX, ..Route::upload(PATH, Act::Read, read) },
    Route { body_max: program::BODY_MAX, ..Route::json(program::PATH, Act::Read, program::answer) },
    Route::get_for(saved::PATH, Act::Write, saved::list),
    Route { body_max: asked::BODY_MAX, ..Route::upload(saved::PATH, Act::Write, saved::save) },
    Route::get_for("/soat-so/da-luu/{id}", Act::Write, saved::show),
    Route::post("/soat-so/da-luu/{id}/tep", Act::Write, saved::file),
    Route::post("/soat-so/da-luu/{id}/giu", Act::Write, saved::extend),
    Route::get_for("/soat-so/da-luu/{id}/xoa", Act::Write, saved::confirm),
    Route::post("/soat-so/da-luu/{id}/xoa", Act::Write, saved::forget),
    Route::get_for("/api/v1/check/saved/{id}", Act::Write, saved::program),
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
    saved: Option<Link>,
}

impl AskView {
    fn of(page: &Page<'_>, message: Option<Message>, asked: &Asked) -> Html {
        Html::of(&Self { message, form: form(page, asked), saved: saved::link(page) })
    }
}

fn ask(page: &Page<'_>) -> Result<Reply, PageError> {
    let body = AskView::of(page, None, &Asked::default());
    Ok(page.page(Section::Verification, Vec::new(), TITLE.said(), body))
}

/// The form again, with what was typed and what is wrong.
fn ask_again(page: &Page<'_>, message: Option<Message>, asked: &Asked) -> Reply {
    let body = AskView::of(page, message, asked);
    page.refused(Section::Verification, Vec::new(), TITLE.said(), body).cache(Cache::NoStore)
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
            "Bài báo, báo cáo hay dự thảo, nhiều nhất {most} ký tự. Bài được đọc rồi bỏ đi; chỉ lưu khi có người bấm lưu.",
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
    let Some((text, day)) = asked.good.clone() else { return Ok(ask_again(page, None, &asked)) };
    let checked = found(page, text, day)?;
    if let Some(wanted) = page.form().get(AS).and_then(As::of) {
        return document::reply(page, &checked, wanted);
    }
    let title = t!("Kết quả soát số");
    let body = Html::of(&found::view(page, &checked, Setting::fresh(page, &checked)));
    Ok(page.page(Section::Verification, above(page), title, body).cache(Cache::NoStore))
}

/// The pages above a result.
fn above(page: &Page<'_>) -> Vec<Link> {
    vec![Link::new(TITLE.said(), page.link(PATH))]
}

/// What is found in a text, as the reader may see the registers.
fn found(page: &Page<'_>, text: String, date: Day) -> Result<CheckedText, PageError> {
    found_as(page, page.viewer(), text, (date, None))
}

/// What `viewer` may see found in a text of a day, up to a position.
fn found_as(
    page: &Page<'_>,
    viewer: &Actor,
    text: String,
    (date, as_of): (Day, Option<AsOf>),
) -> Result<CheckedText, PageError> {
    let texts = page.app().texts();
    let registers = Registers { snapshot: page.snapshot(), viewer, sayings: &texts.sayings, as_of };
    Ok(check(text, &Known { date, places: &texts.places, registers: Some(registers) })?)
}

/// Too many texts at once: what was typed stays in the form.
fn later(page: &Page<'_>, seconds: u64) -> Reply {
    let sentence = t!(
        "Đang có nhiều bài cần soát. Xin gửi lại sau {seconds} giây; bài vẫn còn trong ô dưới đây.",
        seconds
    );
    ask_again(page, Some(Message::new(Tone::Warn, sentence)), &Asked::kept(page))
        .status(StatusCode::TOO_MANY_REQUESTS)
        .retry_after(seconds)
}
