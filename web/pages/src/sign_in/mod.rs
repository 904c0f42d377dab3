//! The way in: `/vao`. By name and password; on an instance without accounts by the one-time code.

mod code;
mod password;

use mc_ui::lang;

use crate::app::App;
use crate::error::PageError;
use crate::language;
use crate::query::Query;
use crate::reply::Reply;
use crate::route::{Asked, Method, Route};

pub(crate) const ROUTES: &[Route] =
    &[Route::open(Method::Get, "/vao", page), Route::open(Method::Post, "/vao", enter)];

/// Where to go on after signing in.
pub(crate) const ONWARD: &str = "toi";

/// Only addresses of this site: a path, and no second slash that a browser would take for another host.
pub(crate) fn onward(query: &Query) -> &str {
    let asked = query.get(ONWARD).unwrap_or("/");
    let local = asked.starts_with('/')
        && !asked.starts_with("//")
        && asked.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if local { asked } else { "/" }
}

/// This page in the other language.
fn switch(onward: &str) -> String {
    Query::default()
        .with(ONWARD, Some(onward))
        .with(language::PARAMETER, Some(lang().other().tag()))
        .address("/vao")
}

fn page(app: &App, asked: &Asked) -> Result<Reply, PageError> {
    if app.instance().illustrative || asked.signed_in.is_some() {
        return Ok(Reply::see_other("/"));
    }
    let onward = onward(&asked.query);
    let accounts = app.gate().sessions.has_accounts(app)?;
    Ok(if accounts { password::form(onward, "", None) } else { code::form(onward, None) })
}

fn enter(app: &App, asked: &Asked) -> Result<Reply, PageError> {
    if app.instance().illustrative {
        return Ok(Reply::see_other("/"));
    }
    match app.accounts() {
        Some(accounts) if app.gate().sessions.has_accounts(app)? => password::enter(app, accounts, asked),
        _ => Ok(code::enter(app, asked)),
    }
}
