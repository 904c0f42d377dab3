//! The access journal as the server keeps it: what a handler was shown of persons is noted before it is sent.

use mc_port::{Access, StoreFailure};

use crate::app::App;
use crate::context::Page;
use crate::route::{Method, Route};

/// Notes what the page read of personal values.
///
/// # Errors
/// When it cannot be noted: then nothing may be sent.
pub(crate) fn noted(app: &App, route: &Route, page: &Page<'_>) -> Result<(), StoreFailure> {
    for (register, records) in page.snapshot().revealed() {
        let Some(sink) = app.sink() else {
            return Err(StoreFailure::Failed(
                t!("không có nơi ghi nhật ký truy cập dữ liệu cá nhân").to_owned(),
            ));
        };
        let access =
            Access { actor: page.viewer().id.clone(), act: act(route).to_owned(), register, records };
        sink.note(&access)?;
    }
    Ok(())
}

/// What kind of look it was, for the journal.
fn act(route: &Route) -> &'static str {
    match (route.method, route.path) {
        (_, path) if path.starts_with("/api/") => "interface",
        (_, path) if path.contains("/bang-chung") => "proof",
        (_, "/kiem-chung/ghi/{seq}/tep") => "file",
        (Method::Post, "/so/{slug}/tim-ca-nhan") => "search",
        (Method::Get, "/so/{slug}") => "list",
        (Method::Get, "/so/{slug}/{*key}") => "record",
        (_, path) if path.starts_with("/so/{slug}/") => "form",
        _ => "page",
    }
}
