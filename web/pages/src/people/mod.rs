//! People: `/quan-tri/nguoi-dung` lists who holds which position, opens accounts, gives first passwords, ends positions.

mod add;
mod end;
mod list;
mod one;
mod positions;
mod slip;

use std::sync::Arc;

use mc_access::Act;
use mc_port::{AccountTable, CommitRequest, EditRequest, Sink};
use mc_register::{Schema, system};

use crate::context::Page;
use crate::error::PageError;
use crate::route::Route;

pub(crate) use positions::{position_cells, position_columns, positions_of};

/// The list.
pub(crate) const HOME: &str = "/quan-tri/nguoi-dung";
/// Where an account is opened.
pub(crate) const ADD: &str = "/quan-tri/nguoi-dung/them";
const ONE: &str = "/quan-tri/nguoi-dung/mot/{id}";
const RESET: &str = "/quan-tri/nguoi-dung/mot/{id}/mat-khau";
const FURTHER: &str = "/quan-tri/nguoi-dung/mot/{id}/them-vi-tri";
const END: &str = "/quan-tri/nguoi-dung/mot/{id}/thoi-vi-tri";

pub(crate) const ROUTES: &[Route] = &[
    Route::get_for(HOME, Act::Administer, list::page),
    Route::get_for(ADD, Act::Administer, add::page),
    Route::post(ADD, Act::Administer, add::send),
    Route::get_for(ONE, Act::Administer, one::page),
    Route::post(RESET, Act::Administer, one::reset),
    Route::get_for(FURTHER, Act::Administer, add::further),
    Route::post(FURTHER, Act::Administer, add::further_send),
    Route::get_for(END, Act::Administer, end::page),
    Route::post(END, Act::Administer, end::send),
];

/// What the ledger says of where it came from.
const SOURCE: &str = vietnamese!("Trang Người dùng");

/// What these pages need of the server; where it has no accounts there are no such pages.
struct Office<'p> {
    accounts: &'p dyn AccountTable,
    sink: &'p dyn Sink,
    account: Arc<Schema>,
    position: Arc<Schema>,
}

fn office<'p>(page: &Page<'p>) -> Result<Office<'p>, PageError> {
    let schema = |id| page.snapshot().schema(id).ok_or_else(PageError::no_page);
    Ok(Office {
        accounts: page.app().accounts().ok_or_else(PageError::no_page)?,
        sink: page.sink().ok_or_else(PageError::no_page)?,
        account: schema(system::ACCOUNT)?,
        position: schema(system::POSITION)?,
    })
}

/// The address of a person's page.
fn href(account: &str) -> String {
    ONE.replace("{id}", account)
}

/// A commit of these pages.
fn request(page: &Page<'_>, reason: String, key: String, edits: Vec<EditRequest>) -> CommitRequest {
    CommitRequest {
        actor: page.viewer().clone(),
        source: SOURCE.to_owned(),
        reason,
        idempotency_key: key,
        edits,
    }
}
