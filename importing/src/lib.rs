//! An import from the file that was sent to the commit that was made: the use case that the command line and
//! the page share. Files are read by `mc-intake`, rows are written through the importer of `mc-port`; what
//! lies here is what has to happen between the two, and nothing about any store or any screen.
//!
//! The order: [`look`] proposes which column is which field; a person may change that; [`trial`] converts
//! every row and compares it with the register; [`write`] makes the commit; [`why_workbook`] gives the
//! sender's rows back. A server does all that in [`jobs`], beside its requests.

mod constants;
pub mod cover;
mod desk;
pub mod error;
mod file;
pub mod jobs;
mod look;
pub mod names;
mod outcome;
mod staging;
mod trial;
mod why;

pub use desk::Desk;
pub use error::ImportError;
pub use file::Received;
pub use look::{Proposal, look, shown};
pub use names::Names;
pub use outcome::{Fault, Outcome, Refused};
pub use staging::{STAGED_SECONDS_MAX, Staged, Staging, UPLOAD_BYTES_MAX};
pub use trial::{Job, Progress, Trial, trial, write};
pub use why::why_workbook;
