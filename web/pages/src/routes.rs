//! The one table of all routes, put together from the pages' own entries. The authorisation matrix is made
//! from it.

use crate::route::{Method, Route};

/// Every route.
pub fn all() -> impl Iterator<Item = &'static Route> {
    [
        crate::start::ROUTES,
        crate::figure::ROUTES,
        crate::indicators::ROUTES,
        crate::registers::ROUTES,
        crate::records::ROUTES,
        crate::record::ROUTES,
        crate::entry::ROUTES,
        crate::grid::ROUTES,
        crate::cover::ROUTES,
        crate::import::ROUTES,
        crate::agency::ROUTES,
        crate::search::ROUTES,
        crate::ledger::ROUTES,
        crate::check::ROUTES,
        crate::help::ROUTES,
        crate::sign_in::ROUTES,
        crate::account::ROUTES,
        crate::people::ROUTES,
        crate::technical::ROUTES,
        crate::api::ROUTES,
    ]
    .into_iter()
    .flatten()
}

/// Whether the form that is sent to this path is asked for by the same.
pub(crate) fn is_form(path: &str) -> bool {
    let sent = || all().filter(|route| route.method == Method::Post && matches(route.path, path));
    sent().any(|sent| all().any(|route| route.method == Method::Get && route.path == sent.path))
}

/// Whether a path is one of a route: segment by segment, where `{…}` takes any and `{*…}` all the rest.
fn matches(route: &str, path: &str) -> bool {
    let mut sent = path.split('/');
    for part in route.split('/') {
        if part.starts_with("{*") {
            return sent.next().is_some();
        }
        match sent.next() {
            Some(segment) if part.starts_with('{') && !segment.is_empty() => {}
            Some(segment) if segment == part => {}
            _ => return false,
        }
    }
    sent.next().is_none()
}
