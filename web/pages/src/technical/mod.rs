//! Embedded files, and the answers for whoever watches the server.

use mc_access::Actor;
use mc_ui::Assets;

use crate::app::App;
use crate::error::PageError;
use crate::reply::{Cache, Reply};
use crate::route::{Asked, Method, Route};

pub(crate) const ROUTES: &[Route] = &[
    Route::open(Method::Get, "/tai-nguyen/{*path}", asset),
    Route::open(Method::Get, "/healthz", alive),
    Route::open(Method::Get, "/readyz", ready),
];

fn asset(_: &App, asked: &Asked) -> Result<Reply, PageError> {
    let file =
        asked.path.strip_prefix(Assets::PREFIX).and_then(Assets::get).ok_or_else(PageError::no_page)?;
    Ok(Reply::new(file.media_type(), file.bytes()).cache(Cache::Immutable))
}

/// The process answers.
fn alive(_: &App, _: &Asked) -> Result<Reply, PageError> {
    Ok(Reply::text("ok\n").cache(Cache::NoStore))
}

/// The store can be read.
fn ready(app: &App, _: &Asked) -> Result<Reply, PageError> {
    app.source().snapshot(&Actor::public())?;
    Ok(Reply::text("ok\n").cache(Cache::NoStore))
}
