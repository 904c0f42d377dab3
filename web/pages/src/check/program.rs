//! The same check for programs: `POST /api/v1/check` takes a text as JSON and answers what `minhchung check` prints.
//! Nothing is kept.

use axum::http::StatusCode;
use mc_base::Day;
use mc_checking::Report;
use serde_json::Value;

use super::asked::short_enough;
use crate::api::problem_of;
use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply};

pub(super) const PATH: &str = "/api/v1/check";
/// Bytes of the JSON: the longest text, each of its characters escaped.
pub(super) const BODY_MAX: usize = 6 * super::asked::TEXT_CHARS_MAX + 4_096;

pub(super) fn answer(page: &Page<'_>) -> Result<Reply, PageError> {
    if let Err(seconds) = page.app().pace().take(page.peer(), (page.app().settings().now)()) {
        let sentence = t!("Đang có nhiều bài cần soát. Xin gửi lại sau {seconds} giây.", seconds);
        let title = t!("Máy chủ đang bận");
        return Ok(problem_of(StatusCode::TOO_MANY_REQUESTS, title, &sentence).retry_after(seconds));
    }
    let (text, date) = match sent(page) {
        Ok(sent) => sent,
        Err(sentence) => {
            return Ok(problem_of(StatusCode::UNPROCESSABLE_ENTITY, t!("Chưa soát được"), &sentence));
        }
    };
    let found = super::found(page, text, date)?;
    let body =
        serde_json::to_string(&Report::of(&found)).map_err(|error| PageError::Store(error.to_string()))?;
    Ok(Reply::new("application/json", body).cache(Cache::NoStore))
}

/// The text and its day; today where none is said.
fn sent(page: &Page<'_>) -> Result<(String, Day), String> {
    let shape = || {
        t!("Cần một đối tượng JSON (kiểu application/json) có “text” là văn bản và, nếu có, “date” là ngày dạng 2025-11-17.")
            .to_owned()
    };
    let Some(Value::Object(members)) = page.json() else { return Err(shape()) };
    if let Some(other) = members.keys().find(|name| !["text", "date"].contains(&name.as_str())) {
        let name: String = other.chars().take(40).collect();
        return Err(t!("“{name}” không phải một mục của yêu cầu; chỉ có “text” và “date”.", name));
    }
    let text = members.get("text").and_then(Value::as_str).ok_or_else(shape)?;
    if text.trim().is_empty() {
        return Err(t!("“text” đang trống; cần một văn bản.").to_owned());
    }
    let date = match members.get("date") {
        None | Some(Value::Null) => page.today(),
        Some(date) => date.as_str().and_then(Day::parse_iso).ok_or_else(shape)?,
    };
    let text = short_enough(text.to_owned()).map_err(|(_, sentence)| sentence)?;
    Ok((text, date))
}
