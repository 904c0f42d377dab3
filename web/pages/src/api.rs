//! The JSON interface under `/api/v1`: the answers come from `mc_api`; who may ask, turns and limits are
//! those of pages.

use axum::http::StatusCode;
use mc_api::{Answer, ApiError, Parameters};

use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply};
use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v1/figures/{id}", figure),
    Route::get("/api/v1/openapi.json", openapi),
    Route::get("/api/v1/registers", registers),
    Route::get("/api/v1/registers/{id}/records", records),
    Route::get("/api/v1/registers/{id}/records/{*key}", record),
];

fn parameters(page: &Page<'_>) -> Parameters {
    page.query().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn figure(page: &Page<'_>) -> Result<Reply, PageError> {
    reply(page, mc_api::figure(page.snapshot(), page.viewer(), page.segment(3), &parameters(page)))
}

fn openapi(page: &Page<'_>) -> Result<Reply, PageError> {
    reply(page, mc_api::openapi(page.snapshot()))
}

fn registers(page: &Page<'_>) -> Result<Reply, PageError> {
    reply(page, mc_api::registers(page.snapshot()))
}

fn records(page: &Page<'_>) -> Result<Reply, PageError> {
    reply(page, mc_api::records(page.snapshot(), page.segment(3), &parameters(page)))
}

fn record(page: &Page<'_>) -> Result<Reply, PageError> {
    reply(page, mc_api::record(page.snapshot(), page.segment(3), &page.key_from(5), &parameters(page)))
}

fn reply(page: &Page<'_>, answer: Result<Answer, ApiError>) -> Result<Reply, PageError> {
    let answer = answer.map_err(|error| match error {
        ApiError::NotFound(sentence) => PageError::NotFound(sentence),
        ApiError::BadRequest(sentence) => PageError::BadRequest(sentence),
        ApiError::Unprocessable(sentence) => PageError::Unprocessable(sentence),
        ApiError::Conflict(sentence) => PageError::Conflict(sentence),
        ApiError::Busy(_) => PageError::Busy,
        ApiError::Store(text) => PageError::Store(text),
    })?;
    // What two readers may see differs, so the tag names the role as well.
    let etag = format!("{}-{}", answer.etag, page.viewer().role.id());
    let known = page.if_none_match().is_some_and(|sent| matches(sent, &etag));
    let mut reply = if known {
        Reply::new("application/json", "").status(StatusCode::NOT_MODIFIED)
    } else {
        Reply::new("application/json", answer.body)
    };
    reply.etag = Some(etag);
    Ok(reply.cache(if answer.personal { Cache::NoStore } else { Cache::Revalidate }))
}

/// Whether `If-None-Match` names the tag, by the weak comparison of RFC 9110, section 8.8.3.2: what compresses on the
/// way marks tags as weak.
fn matches(sent: &str, etag: &str) -> bool {
    sent.split(',')
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"') == etag)
}

/// An error as `application/problem+json` (RFC 9457).
pub(crate) fn problem(error: &PageError) -> Reply {
    problem_of(error.status(), error.heading(), &error.to_string())
}

pub(crate) fn problem_of(status: StatusCode, title: &str, detail: &str) -> Reply {
    let problem = serde_json::json!({
        "type": "about:blank",
        "title": title,
        "status": status.as_u16(),
        "detail": detail,
    });
    Reply::new("application/problem+json", problem.to_string()).status(status).cache(Cache::NoStore)
}
