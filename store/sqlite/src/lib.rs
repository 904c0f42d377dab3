//! The store on SQLite: one file, one writer, any number of readers.
//!
//! `writer` makes commits, `reader` answers questions at a position, `verify` re-reads everything from bytes.

mod catalog;
mod cells;
mod changes;
mod check;
mod column_map;
mod commit;
mod convert;
mod ddl;
mod declared;
pub mod dialect;
mod erase;
mod error;
mod figures;
mod files;
mod import;
mod journal;
mod layout;
mod log;
mod meta;
mod open;
mod places;
mod port;
mod proof;
mod reader;
mod records;
mod redact;
mod rows;
mod scan;
mod search;
mod shown;
mod titles;
mod totals;
mod trace;
mod verify;
mod world;
mod writer;

pub use erase::ErasureRequest;
pub use error::StoreError;
pub use import::ImportStep;
pub use layout::Layout;
pub use meta::STORY_AT;
pub use open::{io_failed, watch_errors};
pub use port::Queue;
pub use proof::ProofError;
pub use reader::{Reader, Store};
pub use redact::Marking;
pub use verify::Stage;
pub use world::{StoryWorld, SystemWorld, World};
pub use writer::Writer;
