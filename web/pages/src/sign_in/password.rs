//! Signing in by name and password. What is wrong is not said more exactly than "name or password": nobody learns which
//! accounts there are, by the sentence or by the time it takes.

use std::net::IpAddr;

use askama::Template;
use axum::http::StatusCode;
use mc_access::Actor;
use mc_account::password::{spend, verify};
use mc_account::session::TOKEN_BYTES;
use mc_account::{AccountName, Failures, Position, SessionToken, Tried, Verdict, held_on};
use mc_base::Instant;
use mc_port::{AccountTable, Credential, StoreFailure};
use mc_ui::{Field, Form, Html, Input, Layout, Method as FormMethod, write};

use super::{ONWARD, onward, switch};
use crate::account;
use crate::app::App;
use crate::error::PageError;
use crate::gate::{cookie, forgotten, session_cookie};
use crate::people::positions_of;
use crate::reply::{Cache, Reply};
use crate::route::Asked;

const NAME: &str = "ten";
const PASSWORD: &str = "mat-khau";
/// The cookie of a browser that has signed in before: failures of others do not slow it down.
const DEVICE: &str = "thiet-bi";
const DEVICE_SECONDS: u32 = 365 * 24 * 60 * 60;

#[derive(Template)]
#[template(path = "sign_in/password.html")]
struct Body {
    form: Form,
}

/// Why somebody is not let in.
enum Refused {
    Wrong,
    Wait(i64),
    /// The password of a slip, past its day.
    Late(Instant),
    NoPosition,
}

pub(super) fn form(onward: &str, name: &str, error: Option<String>) -> Reply {
    let wrong = error.is_some();
    let mut typed = Field::new(NAME, t!("Tên đăng nhập"), Input::Text { value: name.to_owned() });
    typed.error = error;
    let current = Input::Password { autocomplete: "current-password" };
    let fields = vec![typed, Field::new(PASSWORD, t!("Mật khẩu"), current), Field::hidden(ONWARD, onward)];
    let form = Form::new("/vao", FormMethod::Post, fields, t!("Đăng nhập"));
    // Whoever has no account does not even learn whose instance it is.
    let mut layout = Layout::new(t!("Đăng nhập"), "", Html::of(&Body { form }));
    layout.has_errors = wrong;
    layout.switch = Some(switch(onward));
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Reply::html(layout.page()).status(status).cache(Cache::NoStore)
}

pub(super) fn enter(app: &App, accounts: &dyn AccountTable, asked: &Asked) -> Result<Reply, PageError> {
    let onward = onward(&asked.form);
    let name = asked.form.get(NAME).unwrap_or_default();
    let typed = asked.form.raw(PASSWORD).unwrap_or_default();
    if name.is_empty() || typed.is_empty() {
        let sentence = t!("Để trống; cần cả tên đăng nhập và mật khẩu.");
        return Ok(form(onward, name, Some(sentence.to_owned())));
    }
    match look(app, accounts, asked, name, typed)? {
        Ok((credential, position)) => welcome(app, accounts, asked, &credential, &position, onward),
        Err(Refused::Wait(seconds)) => {
            let minutes = write::whole(seconds.div_euclid(60) + 1);
            let sentence = t!(
                "Sai quá nhiều lần; hãy thử lại sau {minutes} phút, hoặc gọi người quản trị của cơ quan.",
                minutes
            );
            let wait = u64::try_from(seconds).unwrap_or_default();
            Ok(form(onward, name, Some(sentence)).status(StatusCode::TOO_MANY_REQUESTS).retry_after(wait))
        }
        Err(refused) => Ok(form(onward, name, Some(sentence(&refused)))),
    }
}

fn sentence(refused: &Refused) -> String {
    match refused {
        Refused::Late(until) => t!(
            "Mật khẩu trên phiếu chỉ dùng được đến {day}; hãy nhờ người quản trị cấp phiếu mới.",
            day = write::date_time(*until)
        ),
        Refused::NoPosition => t!(
            "Tài khoản này hiện không giữ vị trí nào nên chưa vào được; hãy liên hệ người quản trị của cơ quan."
        )
        .to_owned(),
        Refused::Wrong | Refused::Wait(_) => t!("Tên đăng nhập hoặc mật khẩu không đúng.").to_owned(),
    }
}

/// Looks at what was typed, one after the other, and counts failures before the next is looked at.
fn look(
    app: &App,
    accounts: &dyn AccountTable,
    asked: &Asked,
    name: &str,
    typed: &str,
) -> Result<Result<(Credential, Position), Refused>, StoreFailure> {
    let _one = app.gate().sessions.look();
    let now = (app.settings().now)();
    // A text that is no name is no account's; its failures count all the same.
    let name = AccountName::parse(name).ok();
    let account = name.as_ref().map_or("", AccountName::as_str);
    let device = device(accounts, asked, account)?;
    let tried = Tried::of(account, &address(asked.peer), device.as_deref());
    let counts: Vec<Failures> =
        tried.iter().map(|who| accounts.failures(who)).collect::<Result<_, StoreFailure>>()?;
    let waits = tried.iter().zip(&counts).map(|(who, failures)| failures.verdict(who, now));
    let wait = waits.map(|verdict| if let Verdict::Wait(seconds) = verdict { seconds } else { 0 }).max();
    if let Some(seconds) = wait.filter(|seconds| *seconds > 0) {
        return Ok(Err(Refused::Wait(seconds)));
    }
    let credential = match name {
        Some(_) => accounts.credential(account)?,
        None => None,
    };
    let right = match &credential {
        Some(credential) => verify(typed, &credential.hash),
        None => {
            spend(typed);
            false
        }
    };
    let Some(credential) = credential.filter(|_| right) else {
        let after: Vec<(Tried, Failures)> =
            tried.into_iter().zip(counts).map(|(who, failures)| (who, failures.after(now))).collect();
        accounts.keep_failures(&after, forgotten(now))?;
        return Ok(Err(Refused::Wrong));
    };
    if let Some(until) = credential.first_until.filter(|until| *until < now) {
        return Ok(Err(Refused::Late(until)));
    }
    // A success takes back what was counted for this account, not what the address did to others.
    let own: Vec<Tried> = tried.into_iter().filter(|who| !matches!(who, Tried::Address(_))).collect();
    accounts.forget_failures(&own)?;
    let snapshot = app.source().snapshot(&Actor::public())?;
    let positions = positions_of(snapshot.as_ref(), account)?;
    let held = held_on(&positions, account, snapshot.today()).first().map(|position| (*position).clone());
    Ok(held.map(|position| (credential, position)).ok_or(Refused::NoPosition))
}

/// The hash of the browser's token, where it has signed in to the account before.
fn device(accounts: &dyn AccountTable, asked: &Asked, account: &str) -> Result<Option<String>, StoreFailure> {
    let sent = asked.cookies.as_deref().and_then(|cookies| cookie(cookies, DEVICE));
    let Some(token) = sent.and_then(SessionToken::parse) else { return Ok(None) };
    let hash = token.hash();
    Ok(accounts.knows_device(account, &hash)?.then_some(hash))
}

/// Whom an address stands for: of IPv6 the network, since one sender has all of it.
fn address(peer: Option<IpAddr>) -> String {
    match peer {
        None => String::new(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// Begins the session and sends the browser on.
fn welcome(
    app: &App,
    accounts: &dyn AccountTable,
    asked: &Asked,
    credential: &Credential,
    position: &Position,
    onward: &str,
) -> Result<Reply, PageError> {
    let session = app.gate().sessions.begin(app, accounts, position, asked.browser.as_deref())?;
    let now = (app.settings().now)();
    let sent = asked.cookies.as_deref().and_then(|cookies| cookie(cookies, DEVICE));
    // One token a browser, whoever signs in there.
    let device = sent.and_then(SessionToken::parse).unwrap_or_else(|| {
        let mut bytes = [0; TOKEN_BYTES];
        (app.settings().fill)(&mut bytes);
        SessionToken::new(bytes)
    });
    accounts.keep_device(&position.account, &device.hash(), now)?;
    let mut reply = Reply::see_other(if credential.first_until.is_some() { account::CHANGE } else { onward });
    reply.cookies = vec![session_cookie(&session.text()), device_cookie(&device)];
    Ok(reply)
}

/// The `Set-Cookie` value that remembers a browser.
fn device_cookie(token: &SessionToken) -> String {
    format!("{DEVICE}={}; Path=/vao; HttpOnly; SameSite=Strict; Max-Age={DEVICE_SECONDS}", token.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sender_has_one_address() {
        let said = |text: &str| address(text.parse().ok());
        assert_eq!(said("203.0.113.7"), "203.0.113.7");
        assert_eq!(said("2001:db8:1:2:aaaa::1"), said("2001:db8:1:2:bbbb::2"));
        assert_ne!(said("2001:db8:1:2::1"), said("2001:db8:1:3::1"));
    }
}
