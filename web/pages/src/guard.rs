//! What is checked of a request before anything is read: where it was sent to, where it comes from, its size.

use axum::http::header::{HOST, HeaderMap, ORIGIN};
use mc_ui::CONTENT_SECURITY_POLICY;

use crate::app::App;
use crate::error::PageError;

/// Characters of an address.
pub(crate) const ADDRESS_MAX: usize = 4_096;

/// Headers of every answer, whatever it is.
pub(crate) const SECURITY_HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// On loopback only names of this machine are answered: another site whose name was made to point here may
/// neither read nor write.
pub(crate) fn host(app: &App, headers: &HeaderMap) -> Result<(), PageError> {
    let host = text(headers, HOST.as_str()).unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let local = ["localhost", "127.0.0.1", "::1"].contains(&name);
    if local || !app.settings().loopback {
        return Ok(());
    }
    Err(PageError::Forbidden(
        t!("Máy chủ này chỉ trả lời tại chính máy đang chạy. Hãy mở địa chỉ đã in trên cửa sổ dòng lệnh.")
            .to_owned(),
    ))
}

/// The origin of a form, where it names this host: the address under which the sender knows the server.
pub(crate) fn own_origin(headers: &HeaderMap) -> Option<String> {
    let origin = text(headers, ORIGIN.as_str())?;
    let (scheme, host) = origin.split_once("://")?;
    let ours = ["http", "https"].contains(&scheme) && text(headers, HOST.as_str()) == Some(host);
    ours.then(|| origin.to_owned())
}

/// JSON of a program comes with neither header; a browser sends at least one of them, and then it must be a page of
/// ours.
pub(crate) fn program(headers: &HeaderMap) -> Result<(), PageError> {
    let browser = ["sec-fetch-site", ORIGIN.as_str()].iter().any(|name| headers.contains_key(*name));
    if !browser || is_ours(headers) {
        return Ok(());
    }
    Err(PageError::Forbidden(
        t!("Yêu cầu đi từ một trang của nơi khác nên không nhận. Chương trình gửi thẳng đến máy chủ, không kèm đầu mục Origin; trang web thì gửi từ chính hệ thống này.")
            .to_owned(),
    ))
}

/// A form must come from a page of ours: by what the browser says of the sending page (Fetch Metadata), or
/// else by its origin.
pub(crate) fn origin(headers: &HeaderMap) -> Result<(), PageError> {
    if is_ours(headers) {
        return Ok(());
    }
    Err(PageError::Forbidden(
        t!("Yêu cầu ghi không đi từ một trang của hệ thống này nên không nhận. Hãy mở lại trang rồi gửi biểu mẫu.")
            .to_owned(),
    ))
}

/// Whether the request says that a page of ours sent it.
fn is_ours(headers: &HeaderMap) -> bool {
    match text(headers, "sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => {
            let sender = text(headers, ORIGIN.as_str()).and_then(|origin| origin.split_once("://"));
            sender.is_some_and(|(_, sender)| text(headers, HOST.as_str()) == Some(sender))
        }
    }
}
