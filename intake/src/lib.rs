//! What agencies send, turned into typed rows: workbooks and CSV files as they really are.
//!
//! The order of an import: [`child::read_in_child`] reads the file in a process that may do nothing but
//! compute;
//! [`header::propose`] finds the header and proposes which column is which field; [`convert::Converter`]
//! turns rows into records or says what is wrong with each; [`report`] gives the user's own rows back with a
//! last column "Vì sao". This crate never touches the store.

pub mod cell;
pub mod child;
pub mod convert;
mod deadline;
pub mod error;
pub mod header;
mod legacy;
pub mod limits;
pub mod prose;
pub mod read;
pub mod report;
pub mod template;
mod words;

pub use cell::{Cell, CellError, Row, column_letter};
pub use child::{CHILD_COMMAND, LimitsHeld, RowStream, child_main, read_in_child};
pub use convert::{Converted, Converter, Counts, RowError, RowWarning};
pub use error::{ReadError, ZipFault};
pub use header::{ColumnMap, How, Mapping, propose};
pub use prose::{Prose, ProseFault, read_prose_in_child};
pub use read::{BookInfo, Format, Merge, Notice, Request, SheetInfo, preview, read_here};
