//! Entering the one-time code of a real instance: `/vao`.

use askama::Template;
use axum::http::StatusCode;
use mc_ui::{Field, Form, Html, Input, Layout, Method as FormMethod, lang};

use crate::app::App;
use crate::error::PageError;
use crate::gate::Entered;
use crate::language;
use crate::query::Query;
use crate::reply::{Cache, Reply};
use crate::route::{Asked, Method, Route};

pub(crate) const ROUTES: &[Route] =
    &[Route::open(Method::Get, "/vao", page), Route::open(Method::Post, "/vao", enter)];

const CODE: &str = "ma";
/// Where to go on after the code.
const ONWARD: &str = "toi";

#[derive(Template)]
#[template(path = "sign_in/page.html")]
struct Body {
    form: Form,
}

/// Only addresses of this site: a path, and no second slash that a browser would take for another host.
fn onward(query: &Query) -> &str {
    let asked = query.get(ONWARD).unwrap_or("/");
    let local = asked.starts_with('/')
        && !asked.starts_with("//")
        && asked.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if local { asked } else { "/" }
}

fn page(app: &App, asked: &Asked) -> Result<Reply, PageError> {
    if app.instance().illustrative {
        return Ok(Reply::see_other("/"));
    }
    Ok(form(onward(&asked.query), None))
}

fn form(onward: &str, error: Option<String>) -> Reply {
    let mut code = Field::new(CODE, t!("Mã một lần"), Input::Text { value: String::new() })
        .hint(t!("Mã in trên cửa sổ dòng lệnh khi khởi động máy chủ; chỉ dùng được một lần."));
    code.error = error;
    let wrong = code.error.is_some();
    let form = Form::new("/vao", FormMethod::Post, vec![code, Field::hidden(ONWARD, onward)], t!("Vào"));
    // Whoever has no code does not even learn whose instance it is.
    let mut layout = Layout::new(t!("Nhập mã"), "", Html::of(&Body { form }));
    layout.has_errors = wrong;
    layout.switch = Some(
        Query::default()
            .with(ONWARD, Some(onward))
            .with(language::PARAMETER, Some(lang().other().tag()))
            .address("/vao"),
    );
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Reply::html(layout.page()).status(status).cache(Cache::NoStore)
}

fn enter(app: &App, asked: &Asked) -> Result<Reply, PageError> {
    if app.instance().illustrative {
        return Ok(Reply::see_other("/"));
    }
    let onward = onward(&asked.form);
    let typed = asked.form.get(CODE).unwrap_or_default();
    if typed.is_empty() {
        return Ok(form(onward, Some(t!("Để trống; cần mã đã in trên cửa sổ dòng lệnh.").to_owned())));
    }
    match app.gate().enter(app, typed) {
        Entered::Opened(cookie) => {
            let mut reply = Reply::see_other(onward);
            reply.cookie = Some(cookie);
            Ok(reply)
        }
        Entered::Wrong(left) => Ok(form(onward, Some(t!("Mã không đúng; còn {left} lần thử.", left)))),
        Entered::Void => {
            let sentence = t!("Mã đã dùng hoặc đã hết số lần thử; hãy khởi động lại máy chủ để nhận mã mới.");
            Ok(form(onward, Some(sentence.to_owned())))
        }
    }
}
