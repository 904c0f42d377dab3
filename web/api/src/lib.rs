//! The JSON interface: answers to `/api/v1/…` as plain text out of one snapshot. It knows no web server; the
//! pages' router asks it under the same limits and for the same readers as pages.
//!
//! Every figure carries its handle (definition version, place, period, position); every list carries
//! register, filter and position. Of records, what a reader may not see is named under `masked`, and has no value; a
//! figure that a reader is not told says why under `hidden`, and has no number.

mod answer;
mod figures;
mod openapi;
mod records;

pub use answer::{Answer, ApiError, Parameters};
pub use figures::figure;
pub use openapi::{OPERATIONS, Operation, TEXT_CHARS_MAX, openapi};
pub use records::{record, records, registers};
