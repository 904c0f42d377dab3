//! The one table of all routes, put together from the pages' own entries. The authorisation matrix is made
//! from it.

use crate::route::Route;

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
        crate::cover::ROUTES,
        crate::import::ROUTES,
        crate::agency::ROUTES,
        crate::search::ROUTES,
        crate::ledger::ROUTES,
        crate::help::ROUTES,
        crate::sign_in::ROUTES,
        crate::technical::ROUTES,
        crate::api::ROUTES,
    ]
    .into_iter()
    .flatten()
}
