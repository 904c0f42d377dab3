//! Confirming with the second factor: `/xac-nhan`, and on the way of a form that was sent without.
//!
//! Which acts want it is decided by `mc_access`; the router asks here before it runs one. A page that was asked for is
//! asked for again afterwards; a form that was sent lies in the page that asks for the code, and goes on with it.

use askama::Template;
use axum::http::StatusCode;
use mc_access::{Actor, Factor};
use mc_account::factor::recovery_hash;
use mc_account::{Tried, Verdict};
use mc_port::AccountTable;
use mc_ui::{Field, Form, Html, Input, Link, Method as FormMethod};

use super::{CONFIRM, SETUP, layout, own};
use crate::context::Page;
use crate::error::PageError;
use crate::gate::SignedIn;
use crate::query::Query;
use crate::reply::{Cache, Reply};
use crate::route::Asked;
use crate::sign_in::{ONWARD, onward};

/// The field of the code. In a form that is held it stands beside the form's own.
pub(super) const CODE: &str = "ma-xac-nhan";

/// What becomes of a request for an act that wants a confirmation.
pub(crate) enum OnTheWay {
    /// It goes on, confirmed.
    Confirmed(Box<Asked>),
    /// This is answered instead.
    Instead(Reply),
}

#[derive(Template)]
#[template(path = "account/confirm.html")]
struct Body {
    /// A form was sent and is held.
    held: bool,
    /// Where the factor is set up, for an account that has none.
    setup: Option<String>,
    form: Form,
}

/// The address of this page, on the way to `to`.
pub(crate) fn address(to: &str) -> String {
    Query::default().with(ONWARD, Some(to)).address(CONFIRM)
}

/// Why a code is not taken.
enum Refused {
    /// As a sentence at the field.
    Code(String),
    /// Not before so many seconds have passed.
    Wait(i64),
}

/// Looks at a code or recovery code, and confirms the session where it is right. Wrong ones are slowed down as passwords
/// are, and counted by account: whoever tries knows its password.
fn look(
    page: &Page<'_>,
    own: &SignedIn,
    accounts: &dyn AccountTable,
    typed: &str,
) -> Result<Result<(), Refused>, PageError> {
    let _one = page.app().gate().sessions.look();
    let (account, now) = (&own.session.account, (page.app().settings().now)());
    let who = Tried::Factor(account.clone());
    let failures = accounts.failures(&who)?;
    if let Verdict::Wait(seconds) = failures.verdict(&who, now) {
        return Ok(Err(Refused::Wait(seconds)));
    }
    let refused = |sentence: &str| Ok(Err(Refused::Code(sentence.to_owned())));
    let Some(factor) = accounts.factor(account)? else {
        return refused(t!("Tài khoản chưa có mã xác nhận; hãy đặt trước."));
    };
    let right = match (recovery_hash(account, typed), &factor.secret) {
        (Some(hash), _) => accounts.use_recovery(account, &hash)?,
        (None, None) => return refused(lost()),
        (None, Some(secret)) => match secret.step_of(typed, now, Some(factor.used_step)) {
            Some(step) => accounts.use_step(account, step)?,
            None if secret.step_of(typed, now, None).is_some() => {
                return refused(t!("Mã này đã dùng; hãy đợi mã kế tiếp trên thiết bị, nhiều nhất 30 giây."));
            }
            None => false,
        },
    };
    if !right {
        accounts.keep_failures(&[(who, failures.after(now))], crate::gate::forgotten(now))?;
        return refused(t!("Mã không đúng. Hãy xem lại mã đang hiện trên thiết bị, và giờ của thiết bị."));
    }
    accounts.forget_failures(std::slice::from_ref(&who))?;
    accounts.confirm(&own.session.token, now)?;
    page.app().gate().sessions.forget(account);
    Ok(Ok(()))
}

/// What is said where the instance cannot open what it keeps of the factor.
pub(super) fn lost() -> &'static str {
    t!(
        "Hệ thống không mở được mã xác nhận: khóa keys/factor.key không có, hoặc không phải khóa đã niêm phong nó (bản phục hồi không kèm khóa). Hãy dùng một mã dự phòng, hoặc nhờ người quản trị cấp phiếu mới."
    )
}

fn field(error: Option<String>) -> Field {
    let mut field = Field::new(CODE, t!("Mã xác nhận"), Input::Code)
        .hint(t!("Sáu chữ số đang hiện trên thiết bị của bạn; mất thiết bị thì gõ một mã dự phòng."));
    field.error = error;
    field
}

fn shown(page: &Page<'_>, body: &Body, refused: Option<&Refused>) -> Reply {
    let mut layout = layout(page, Vec::new(), t!("Xác nhận trước khi làm tiếp"), Html::of(body));
    layout.has_errors = refused.is_some();
    let reply = Reply::html(layout.page()).cache(Cache::NoStore);
    match refused {
        None => reply,
        Some(Refused::Code(_)) => reply.status(StatusCode::UNPROCESSABLE_ENTITY),
        Some(Refused::Wait(seconds)) => reply
            .status(StatusCode::TOO_MANY_REQUESTS)
            .retry_after(u64::try_from(*seconds).unwrap_or_default()),
    }
}

fn sentence(refused: &Refused) -> String {
    match refused {
        Refused::Code(sentence) => sentence.clone(),
        Refused::Wait(seconds) => t!("Sai quá nhiều lần; hãy thử lại sau {seconds} giây.", seconds),
    }
}

/// The page of its own.
pub(super) fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let (own, accounts) = own(page)?;
    let to = onward(page.query());
    if accounts.factor(&own.session.account)?.is_none() {
        return Ok(Reply::see_other(Query::default().with(ONWARD, Some(to)).address(SETUP)));
    }
    if page.viewer().factor == Factor::Confirmed {
        return Ok(Reply::see_other(to));
    }
    Ok(asked(page, to, None))
}

fn asked(page: &Page<'_>, to: &str, refused: Option<&Refused>) -> Reply {
    let fields = vec![field(refused.map(sentence)), Field::hidden(ONWARD, to)];
    let form = Form::new(CONFIRM, FormMethod::Post, fields, t!("Xác nhận"));
    shown(page, &Body { held: false, setup: None, form }, refused)
}

pub(super) fn send(page: &Page<'_>) -> Result<Reply, PageError> {
    let (own, accounts) = own(page)?;
    let to = onward(page.form());
    let answer = look(page, own, accounts, page.form().get(CODE).unwrap_or_default())?;
    Ok(match answer {
        Ok(()) => Reply::see_other(to),
        Err(refused) => asked(page, to, Some(&refused)),
    })
}

/// A request for an act that wants a confirmation which its session does not have.
pub(crate) fn on_the_way(page: &Page<'_>) -> Result<OnTheWay, PageError> {
    let request = page.asked();
    let (own, accounts) = own(page)?;
    let here = request.query.address(&request.path);
    if request.reads {
        return Ok(OnTheWay::Instead(Reply::see_other(address(&here))));
    }
    let has_factor = accounts.factor(&own.session.account)?.is_some();
    let typed = request.form.get(CODE).filter(|_| has_factor);
    let refused = match typed {
        None => None,
        Some(typed) => match look(page, own, accounts, typed)? {
            Ok(()) => {
                let mut on = request.clone();
                on.form = on.form.with(CODE, None);
                on.viewer = Actor { factor: Factor::Confirmed, ..on.viewer };
                return Ok(OnTheWay::Confirmed(Box::new(on)));
            }
            Err(refused) => Some(refused),
        },
    };
    let sent = request.form.iter().filter(|(name, _)| *name != CODE);
    let mut fields: Vec<Field> = sent.map(|(name, value)| Field::hidden(name, value)).collect();
    if has_factor {
        fields.insert(0, field(refused.as_ref().map(sentence)));
    }
    let words = if has_factor {
        t!("Xác nhận và làm tiếp")
    } else {
        t!("Đã đặt mã xác nhận, làm tiếp")
    };
    let form = Form::new(here, FormMethod::Post, fields, words);
    let setup = (!has_factor).then(|| SETUP.to_owned());
    Ok(OnTheWay::Instead(shown(page, &Body { held: true, setup, form }, refused.as_ref())))
}

/// What is said beside personal data that its reader may see once confirmed.
pub(crate) fn link(page: &Page<'_>) -> Link {
    Link::new(t!("Xác nhận để xem"), address(&page.query().address(page.path())))
}
