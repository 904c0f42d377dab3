//! How long a statement may run: SQLite asks every so many steps whether to go on.

use std::time::Instant;

use rusqlite::Connection;

use crate::StoreError;

/// Steps of SQLite's machine between two questions: some tens of microseconds.
const STEPS: i32 = 10_000;

/// The clock of limits and slices.
#[expect(clippy::disallowed_methods, reason = "limits and slices follow the time taken; no figure reads it")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Stops statements of `db` that run beyond `until`.
pub(crate) fn set(db: &Connection, until: Instant) -> Result<(), StoreError> {
    Ok(db.progress_handler(STEPS, Some(move || now() > until))?)
}

/// Lets statements of `db` run as long as they take.
pub(crate) fn lift(db: &Connection) -> Result<(), StoreError> {
    Ok(db.progress_handler(STEPS, None::<fn() -> bool>)?)
}

/// Whether a statement was stopped by [`set`].
pub(crate) fn stopped(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted)
}
