//! Changing one's own password: `/tai-khoan/mat-khau`. It ends all other sessions of the account.

use askama::Template;
use axum::http::StatusCode;
use mc_account::password::{SALT_BYTES, verify};
use mc_account::{AccountName, Password, Tried, Verdict};
use mc_port::{AccountTable, Credential, StoreFailure};
use mc_ui::{Field, Form, Html, Input, Link, Method as FormMethod};

use super::{CHANGE, HOME, layout, own};
use crate::context::Page;
use crate::error::PageError;
use crate::gate::SignedIn;
use crate::reply::Reply;

pub(super) const CURRENT: &str = "hien-tai";
const NEW: &str = "moi";
const AGAIN: &str = "nhap-lai";

#[derive(Template)]
#[template(path = "account/password.html")]
struct Body {
    first: bool,
    form: Form,
}

pub(super) fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let (own, _) = own(page)?;
    Ok(form(page, own, None))
}

fn form(page: &Page<'_>, own: &SignedIn, error: Option<(&str, String)>) -> Reply {
    let wrong = error.is_some();
    let field = |name: &str, label: &str, autocomplete| {
        let mut field = Field::new(name, label, Input::Password { autocomplete });
        field.error = error.as_ref().filter(|(at, _)| *at == name).map(|(_, sentence)| sentence.clone());
        field
    };
    let fields = vec![
        field(CURRENT, t!("Mật khẩu hiện tại"), "current-password"),
        field(NEW, t!("Mật khẩu mới"), "new-password").hint(t!(
            "Ít nhất 12 ký tự; một câu ngắn dễ nhớ là tốt nhất, dấu cách và dấu tiếng Việt đều được."
        )),
        field(AGAIN, t!("Nhập lại mật khẩu mới"), "new-password"),
    ];
    let mut form = Form::new(CHANGE, FormMethod::Post, fields, t!("Đổi mật khẩu"));
    form.cancel = (!own.must_change).then(|| HOME.to_owned());
    let body = Html::of(&Body { first: own.must_change, form });
    let above = if own.must_change { Vec::new() } else { vec![Link::new(t!("Tài khoản"), HOME)] };
    let mut layout = layout(page, above, t!("Đổi mật khẩu"), body);
    layout.has_errors = wrong;
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Reply::html(layout.page()).status(status)
}

pub(super) fn send(page: &Page<'_>) -> Result<Reply, PageError> {
    let (own, accounts) = own(page)?;
    let refused = |at, sentence: String| Ok(form(page, own, Some((at, sentence))));
    let typed = |name| page.form().raw(name).unwrap_or_default();
    let (current, new) = (typed(CURRENT), typed(NEW));
    if let Some(sentence) = not_the_current(page, own, accounts, current)? {
        return refused(CURRENT, sentence);
    }
    let Ok(name) = AccountName::parse(&own.session.account) else { return Err(PageError::no_page()) };
    let password = match Password::new(new, &name) {
        Ok(_) if new == current => {
            return refused(
                NEW,
                t!("Mật khẩu mới trùng mật khẩu hiện tại; hãy chọn mật khẩu khác.").to_owned(),
            );
        }
        Ok(password) => password,
        Err(error) => return refused(NEW, error.to_string()),
    };
    if typed(AGAIN) != new {
        return refused(AGAIN, t!("Không giống mật khẩu mới ở ô trên; hãy gõ lại.").to_owned());
    }
    let mut salt = [0; SALT_BYTES];
    (page.app().settings().fill)(&mut salt);
    let Some(hash) = password.hash(&salt) else { return Err(PageError::Busy) };
    let credential = Credential {
        account: own.session.account.clone(),
        hash,
        first_until: None,
        changed_at: (page.app().settings().now)(),
    };
    accounts.keep_credential(&credential, Some(&own.session.token))?;
    page.app().gate().sessions.forget(&own.session.account);
    Ok(Reply::see_other(if own.must_change { "/" } else { HOME }))
}

/// Why `typed` is not taken for the current password. Whoever found a screen unlocked guesses no faster here than at
/// the door.
pub(super) fn not_the_current(
    page: &Page<'_>,
    own: &SignedIn,
    accounts: &dyn AccountTable,
    typed: &str,
) -> Result<Option<String>, StoreFailure> {
    let _one = page.app().gate().sessions.look();
    let account = &own.session.account;
    let now = (page.app().settings().now)();
    let who = Tried::Device(own.session.token.clone(), account.clone());
    let failures = accounts.failures(&who)?;
    if let Verdict::Wait(seconds) = failures.verdict(&who, now) {
        return Ok(Some(t!("Sai quá nhiều lần; hãy thử lại sau {seconds} giây.", seconds)));
    }
    let right = accounts.credential(account)?.is_some_and(|kept| verify(typed, &kept.hash));
    if right {
        accounts.forget_failures(std::slice::from_ref(&who))?;
        return Ok(None);
    }
    accounts.keep_failures(&[(who, failures.after(now))], crate::gate::forgotten(now))?;
    Ok(Some(t!("Không đúng mật khẩu hiện tại.").to_owned()))
}
