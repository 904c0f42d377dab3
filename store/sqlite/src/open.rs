//! Opening the database: the settings on which durability rests, and the version of the tables.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use mc_base::Day;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags};

use crate::StoreError;
use crate::{dialect, find};

/// Version of the tables in `schema.sql`; another one is refused.
const TABLES_VERSION: i64 = 11;
/// Sets after how many pages (64 MiB) a commit copies the journal into the database itself: only where
/// `journal::Copier`, which does it beside the writer, never found a moment to begin the journal anew. An import
/// does it between slices.
pub(crate) const AUTOCHECKPOINT: &str = "PRAGMA wal_autocheckpoint = 16000";
const STATEMENTS_CACHED: usize = 1024;
/// How long a connection waits for another one to write.
pub(crate) const WAIT_FOR_LOCK: Duration = Duration::from_secs(10);

static IO_FAILED: AtomicBool = AtomicBool::new(false);

/// True once SQLite has reported an input or output error in this process, also one that it did not pass on
/// to its caller (it was measured to hide 13 of 38). The store then stops writing.
#[must_use]
pub fn io_failed() -> bool {
    IO_FAILED.load(Ordering::SeqCst)
}

/// Listens to SQLite's error log. Call once, before the first connection is opened.
///
/// # Errors
/// When connections are already open.
#[expect(
    unsafe_code,
    reason = "sqlite3_config is not thread-safe; it is called before any connection exists"
)]
pub fn watch_errors() -> Result<(), StoreError> {
    fn heard(code: std::os::raw::c_int, message: &str) {
        const PRIMARY: i32 = 0xff;
        if [rusqlite::ffi::SQLITE_IOERR, rusqlite::ffi::SQLITE_CORRUPT, rusqlite::ffi::SQLITE_FULL]
            .contains(&(code & PRIMARY))
        {
            IO_FAILED.store(true, Ordering::SeqCst);
            eprintln!("sqlite {code}: {message}");
        }
    }
    unsafe { rusqlite::trace::config_log(Some(heard)) }?;
    Ok(())
}

/// Opens for writing; creates the tables where the file is new.
pub(crate) fn writer(path: &Path) -> Result<Connection, StoreError> {
    let db = Connection::open(path)?;
    db.busy_timeout(WAIT_FOR_LOCK)?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = OFF;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -65536;
         PRAGMA journal_size_limit = 67108864;",
    )?;
    db.execute_batch(AUTOCHECKPOINT)?;
    assert_setting(&db, "journal_mode", "wal")?;
    // NORMAL lost 425 of 425 acknowledged rows at power loss, FULL none.
    assert_setting(&db, "synchronous", "2")?;
    assert_setting(&db, "secure_delete", "1")?;
    prepare(&db)?;
    find::register_functions(&db, path)?;
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version == 0 {
        db.execute_batch(&format!(
            "BEGIN;\n{}\nPRAGMA user_version = {TABLES_VERSION};\nCOMMIT;",
            include_str!("schema.sql")
        ))?;
    } else if version != TABLES_VERSION {
        return Err(StoreError::TablesVersion { found: version, expected: TABLES_VERSION });
    }
    Ok(db)
}

/// Opens for reading only.
pub(crate) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let db = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI,
    )?;
    db.busy_timeout(WAIT_FOR_LOCK)?;
    db.execute_batch("PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;")?;
    prepare(&db)?;
    find::register_functions(&db, path)?;
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version == TABLES_VERSION {
        Ok(db)
    } else {
        Err(StoreError::TablesVersion { found: version, expected: TABLES_VERSION })
    }
}

/// Registers the functions that statements over records and cells call.
pub(crate) fn prepare(db: &Connection) -> Result<(), StoreError> {
    db.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    dialect::register_functions(db)?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    // The calendar month that a day's cell is folded into, as the number yyyymm.
    db.create_scalar_function("mc_yyyymm", 1, flags, |context| {
        Ok(Day::from_epoch_days(context.get(0)?).map(|day| day.month().number()))
    })?;
    Ok(())
}

fn assert_setting(db: &Connection, name: &'static str, expected: &str) -> Result<(), StoreError> {
    let found = db.pragma_query_value(None, name, |row| {
        row.get::<_, rusqlite::types::Value>(0).map(|value| match value {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => format!("{other:?}"),
        })
    })?;
    if found == expected {
        Ok(())
    } else {
        Err(StoreError::Setting { name, found, expected: expected.to_owned() })
    }
}
