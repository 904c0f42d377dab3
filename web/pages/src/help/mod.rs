//! Help (`/tro-giup`) and the gallery of components (`/mau`).

use askama::Template;
use mc_ui::{Html, Section};

use crate::context::Page;
use crate::error::PageError;
use crate::reply::Reply;
use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[Route::get("/tro-giup", help), Route::get("/mau", gallery)];

#[derive(Template)]
#[template(path = "help/page.html")]
struct Body {
    illustrative: bool,
    registers: String,
    indicators: String,
    search: String,
    verification: String,
}

fn help(page: &Page<'_>) -> Result<Reply, PageError> {
    let body = Body {
        illustrative: page.snapshot().instance().illustrative,
        registers: page.link("/so"),
        indicators: page.link("/chi-tieu"),
        search: page.link("/tim"),
        verification: page.link("/kiem-chung"),
    };
    Ok(page.page(Section::Overview, Vec::new(), t!("Trợ giúp"), Html::of(&body)))
}

fn gallery(_: &Page<'_>) -> Result<Reply, PageError> {
    Ok(Reply::html(mc_ui::gallery::gallery_page()))
}
