//! Setting the second factor up: `/tai-khoan/ma-xac-nhan` shows a secret to be taken into an app, and takes its first code;
//! then the recovery codes are shown once.

use askama::Template;
use axum::http::StatusCode;
use mc_access::Factor;
use mc_account::factor::{RECOVERY_BYTES, SECRET_BYTES, recovery_codes, recovery_hash};
use mc_account::{Secret, Session};
use mc_port::{AccountTable, SecondFactor};
use mc_ui::{Field, Form, Html, Input, Link, Method as FormMethod, write};

use super::confirm::{CODE, lost};
use super::password::{CURRENT, not_the_current};
use super::{HOME, SETUP, confirm, layout, own};
use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply};
use crate::sign_in::{ONWARD, onward};

const SECRET: &str = "bi-mat";
/// What apps call this system, beside the account.
const ISSUER: &str = "minhchung";

#[derive(Template)]
#[template(path = "account/factor.html")]
struct Body {
    again: bool,
    groups: String,
    uri: String,
    form: Form,
}

#[derive(Template)]
#[template(path = "account/recovery.html")]
struct Recovery {
    codes: Vec<String>,
    onward: Link,
}

/// What the account's page says of it.
pub(super) fn words(page: &Page<'_>, session: &Session, kept: Option<&SecondFactor>) -> String {
    let Some(factor) = kept else { return t!("chưa đặt").to_owned() };
    if factor.secret.is_none() {
        return lost().to_owned();
    }
    let (day, left) = (write::date_time(factor.set_at), write::count(factor.recovery_left));
    let set = t!("đặt lúc {day}; còn {left} mã dự phòng", day, left);
    match session.confirmed.filter(|_| page.viewer().factor == Factor::Confirmed) {
        Some(at) => t!("{set}; phiên này đã xác nhận lúc {at}", set, at = write::date_time(at)),
        None => set,
    }
}

/// Whoever has one shows it before another takes its place.
fn is_first(page: &Page<'_>, accounts: &dyn AccountTable, account: &str) -> Result<Option<bool>, PageError> {
    let first = accounts.factor(account)?.is_none();
    Ok((first || page.viewer().factor == Factor::Confirmed).then_some(first))
}

pub(super) fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let (own, accounts) = own(page)?;
    let Some(first) = is_first(page, accounts, &own.session.account)? else {
        return Ok(Reply::see_other(confirm::address(SETUP)));
    };
    let mut random = [0; SECRET_BYTES];
    (page.app().settings().fill)(&mut random);
    Ok(shown(page, first, &Secret::new(random), onward(page.query()), None))
}

fn shown(page: &Page<'_>, first: bool, secret: &Secret, to: &str, error: Option<(&str, String)>) -> Reply {
    let wrong = error.is_some();
    let said = |mut field: Field| {
        field.error =
            error.as_ref().filter(|(at, _)| *at == field.name).map(|(_, sentence)| sentence.clone());
        field
    };
    let code = Field::new(CODE, t!("Mã đầu tiên"), Input::Code)
        .hint(t!("Sáu chữ số mà ứng dụng hiện ra sau khi nhận khóa; đổi mỗi 30 giây."));
    let password = Input::Password { autocomplete: "current-password" };
    let fields = vec![
        said(code),
        said(Field::new(CURRENT, t!("Mật khẩu hiện tại"), password)),
        Field::hidden(SECRET, secret.base32()),
        Field::hidden(ONWARD, to),
    ];
    let mut form = Form::new(SETUP, FormMethod::Post, fields, t!("Đặt mã xác nhận"));
    form.cancel = Some(HOME.to_owned());
    let body =
        Body { again: !first, groups: secret.groups(), uri: secret.uri(ISSUER, &page.viewer().id), form };
    let above = vec![Link::new(t!("Tài khoản"), HOME)];
    let mut layout = layout(page, above, t!("Đặt mã xác nhận"), Html::of(&body));
    layout.has_errors = wrong;
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Reply::html(layout.page()).status(status).cache(Cache::NoStore)
}

pub(super) fn send(page: &Page<'_>) -> Result<Reply, PageError> {
    let (own, accounts) = own(page)?;
    let (account, to) = (&own.session.account, onward(page.form()));
    let Some(first) = is_first(page, accounts, account)? else {
        return Ok(Reply::see_other(confirm::address(SETUP)));
    };
    let Some(secret) = page.form().get(SECRET).and_then(Secret::parse) else {
        return Err(PageError::bad(t!("Biểu mẫu thiếu khóa của mã xác nhận; hãy mở lại trang.")));
    };
    let refused = |at, sentence: String| Ok(shown(page, first, &secret, to, Some((at, sentence))));
    let now = (page.app().settings().now)();
    let Some(step) = secret.step_of(page.form().get(CODE).unwrap_or_default(), now, None) else {
        let sentence = t!(
            "Mã không đúng với khóa trên trang này. Hãy xem lại khóa đã gõ vào ứng dụng, và giờ của thiết bị (giờ máy chủ: {time}).",
            time = write::date_time(now)
        );
        return refused(CODE, sentence);
    };
    if let Some(sentence) =
        not_the_current(page, own, accounts, page.form().raw(CURRENT).unwrap_or_default())?
    {
        return refused(CURRENT, sentence);
    }
    let mut random = [0; RECOVERY_BYTES];
    (page.app().settings().fill)(&mut random);
    let codes = recovery_codes(&random);
    let hashes: Vec<String> = codes.iter().filter_map(|code| recovery_hash(account, code)).collect();
    accounts.keep_factor(account, &secret, step, now, &hashes)?;
    accounts.confirm(&own.session.token, now)?;
    page.app().gate().sessions.forget(account);
    let body = Recovery { codes, onward: Link::new(t!("Đã cất mã dự phòng, làm tiếp"), to) };
    let above = vec![Link::new(t!("Tài khoản"), HOME)];
    let layout = layout(page, above, t!("Mã dự phòng"), Html::of(&body));
    Ok(Reply::html(layout.page()).cache(Cache::NoStore))
}
