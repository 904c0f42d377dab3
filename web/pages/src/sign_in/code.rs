//! The one-time code of a real instance that has no account yet. It leads to the first one.

use askama::Template;
use axum::http::StatusCode;
use mc_ui::{Field, Form, Html, Input, Layout, Method as FormMethod};

use super::{ONWARD, onward, switch};
use crate::app::App;
use crate::gate::Entered;
use crate::people;
use crate::reply::{Cache, Reply};
use crate::route::Asked;

const CODE: &str = "ma";

#[derive(Template)]
#[template(path = "sign_in/code.html")]
struct Body {
    form: Form,
}

pub(super) fn form(onward: &str, error: Option<String>) -> Reply {
    let mut code = Field::new(CODE, t!("Mã một lần"), Input::Text { value: String::new() })
        .hint(t!("Mã in trên cửa sổ dòng lệnh khi khởi động máy chủ; chỉ dùng được một lần."));
    code.error = error;
    let wrong = code.error.is_some();
    let form = Form::new("/vao", FormMethod::Post, vec![code, Field::hidden(ONWARD, onward)], t!("Vào"));
    // Whoever has no code does not even learn whose instance it is.
    let mut layout = Layout::new(t!("Nhập mã"), "", Html::of(&Body { form }));
    layout.has_errors = wrong;
    layout.switch = Some(switch(onward));
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Reply::html(layout.page()).status(status).cache(Cache::NoStore)
}

pub(super) fn enter(app: &App, asked: &Asked) -> Reply {
    let onward = onward(&asked.form);
    let typed = asked.form.get(CODE).unwrap_or_default();
    if typed.is_empty() {
        return form(onward, Some(t!("Để trống; cần mã đã in trên cửa sổ dòng lệnh.").to_owned()));
    }
    match app.gate().code.enter(app, typed) {
        Entered::Opened(cookie) => {
            // Nobody was going anywhere: the first thing to do is the first account.
            let begin = onward == "/" && app.accounts().is_some();
            let mut reply = Reply::see_other(if begin { people::ADD } else { onward });
            reply.cookies.push(cookie);
            reply
        }
        Entered::Wrong(left) => form(onward, Some(t!("Mã không đúng; còn {left} lần thử.", left))),
        Entered::Void => {
            let sentence = t!("Mã đã dùng hoặc đã hết số lần thử; hãy khởi động lại máy chủ để nhận mã mới.");
            form(onward, Some(sentence.to_owned()))
        }
    }
}
