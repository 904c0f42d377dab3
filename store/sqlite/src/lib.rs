//! The store on SQLite: one file, one writer, any number of readers.
//!
//! `writer` makes commits, `reader` answers questions at a position, `verify` re-reads everything from bytes.

mod catalog;
mod cells;
mod check;
mod commit;
mod convert;
mod ddl;
pub mod dialect;
mod error;
mod figures;
mod layout;
mod log;
mod meta;
mod open;
mod places;
mod reader;
mod records;
mod rows;
mod scan;
mod search;
mod titles;
mod trace;
mod verify;
mod world;
mod writer;

pub use error::StoreError;
pub use layout::Layout;
pub use meta::STORY_AT;
pub use open::{io_failed, watch_errors};
pub use reader::{Reader, Store};
pub use trace::Side;
pub use verify::Stage;
pub use world::{StoryWorld, SystemWorld, World};
pub use writer::Writer;
