//! PostgreSQL 15, as it is commonly set up to keep a history and sums.

pub mod correct;
pub mod figures;
pub mod load;
mod server;

pub use server::{Server, settings};
