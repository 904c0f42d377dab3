//! The pages: one folder each, a handler that builds typed structs and templates that compute nothing.
//!
//! A handler is a plain function from [`Page`] to [`Reply`]; it runs on the blocking pool with one
//! snapshot. It stands in the route table ([`routes`]) with the act it needs. Nothing here knows a store or
//! a programme.

// `t!` and its kin are needed by every page and template.
#[macro_use]
extern crate mc_ui;

mod account;
mod address;
mod agency;
mod api;
mod app;
mod authz;
mod check;
mod context;
mod cover;
mod entry;
mod error;
mod expected;
mod figure;
mod frame;
mod gate;
mod grid;
mod guard;
mod help;
mod import;
mod indicators;
mod language;
mod ledger;
mod lookup;
mod noted;
mod people;
mod query;
mod record;
mod records;
mod refused;
mod registers;
mod reply;
mod route;
mod router;
mod routes;
mod said;
mod search;
mod sign_in;
mod start;
mod technical;
mod upload;
mod words;

pub use app::{App, Settings, Texts};
pub use authz::matrix;
pub use check::figure_address;
pub use context::{Page, record_path};
pub use error::PageError;
pub use gate::SignedIn;
pub use query::Query;
pub use reply::{Cache, Reply};
pub use route::{Asked, Method, OpenFn, PageFn, Route, Run};
pub use router::router;
pub use routes::all as routes;
pub use upload::Upload;
