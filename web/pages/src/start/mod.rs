//! The start page: the latest conference of the province, in its order, with every number live.

mod cards;
mod conference;
mod focus;
mod members;
mod page;
mod setup;
mod tasks;

#[cfg(test)]
mod tests;

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[Route::get("/", page::show)];
