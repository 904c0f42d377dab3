//! The journal (WAL) copied into the database beside the writer, so that no commit waits for it; and emptied of what
//! was erased as soon as the reader is gone that held it then.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::Connection;

use crate::files::file;
use crate::{StoreError, erase};

/// Pages in the journal that are worth copying. Fewer at a time would copy the same busy pages again and again.
const PAGES_WORTH: i64 = 2_000;
/// Between two tries to empty the journal.
const SCRUB_PAUSE: Duration = Duration::from_secs(1);

/// A thread that copies when the writer says that it has written. It stops with the value.
#[derive(Debug)]
pub(crate) struct Copier {
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    shared: Arc<Shared>,
}

/// What the writer and the thread share.
#[derive(Debug, Default)]
struct Shared {
    copying: Mutex<()>,
    scrub_due: AtomicBool,
}

impl Copier {
    pub(crate) fn start(database: &Path) -> Result<Self, StoreError> {
        let db = Connection::open(database)?;
        let shared = Arc::new(Shared::default());
        let (wake, woken) = sync_channel(1);
        let theirs = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || copy_on(&db, &woken, &theirs))
            .map_err(|error| file("chạy luồng chép nhật ký", error))?;
        Ok(Self { wake: Some(wake), thread: Some(thread), shared })
    }

    /// Tells the thread that there is more in the journal.
    pub(crate) fn written(&self) {
        // A full channel holds the same message already.
        let _ = self.wake.as_ref().map(|wake| wake.try_send(()));
    }

    /// Leaves emptying the journal to the thread, which tries until no reader holds it.
    pub(crate) fn scrub_later(&self) {
        self.shared.scrub_due.store(true, Ordering::Release);
        self.written();
    }

    /// Waits until nothing is being copied, and lets nothing be copied while the guard lives: for whoever has to
    /// empty the journal now.
    pub(crate) fn hold(&self) -> MutexGuard<'_, ()> {
        self.shared.copying.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Copier {
    fn drop(&mut self) {
        drop(self.wake.take());
        // A thread that panicked has nothing left to say.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn copy_on(db: &Connection, woken: &Receiver<()>, shared: &Shared) {
    loop {
        let due = shared.scrub_due.load(Ordering::Acquire);
        let heard = if due {
            woken.recv_timeout(SCRUB_PAUSE)
        } else {
            woken.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        if heard == Err(RecvTimeoutError::Disconnected) {
            return;
        }
        let held = shared.copying.lock().unwrap_or_else(PoisonError::into_inner);
        // What fails here stays in the journal: the writer's own copying is still there, and an error of the disk
        // is heard by `open::watch_errors`.
        if pages(db, "NOOP").is_ok_and(|left| left >= PAGES_WORTH) {
            let _ = pages(db, "PASSIVE");
        }
        if shared.scrub_due.swap(false, Ordering::AcqRel) && !matches!(erase::scrub(db), Ok(true)) {
            shared.scrub_due.store(true, Ordering::Release);
        }
        drop(held);
    }
}

/// Copies as `mode` says; pages that are still in the journal only.
fn pages(db: &Connection, mode: &str) -> rusqlite::Result<i64> {
    state(db, mode).map(|(length, copied)| length - copied)
}

/// Copies as `mode` says; pages in the journal since it last began anew, and how many of them are copied.
fn state(db: &Connection, mode: &str) -> rusqlite::Result<(i64, i64)> {
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    db.prepare_cached(&sql)?.query_row([], |row| Ok((row.get(1)?, row.get(2)?)))
}

/// Lets the journal begin anew where commit follows commit. The copier is never done when the next one begins, so that
/// the journal would grow until a commit copies all of it; what the copier leaves is little and is copied at once.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    /// Length at which it was last tried. A reader may keep the journal from beginning anew, whatever is copied.
    tried: i64,
}

impl Tail {
    /// Before a transaction of the connection, which writes the next commit.
    pub(crate) fn cut(&mut self, db: &Connection) {
        /// Pages from which on the journal should begin anew.
        const LONG: i64 = 8_000;
        /// Pages that a commit may wait for.
        const SHORT: i64 = 300;
        let Ok((length, copied)) = state(db, "NOOP") else { return };
        self.tried = if length < self.tried { 0 } else { self.tried };
        if length >= LONG.max(self.tried + PAGES_WORTH) && length - copied <= SHORT {
            // What fails here stays in the journal, as with the copier.
            let _ = state(db, "PASSIVE");
            self.tried = length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_copied_without_the_writer() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("database");
        let db = Connection::open(&path).expect("a database");
        db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x)")
            .expect("a table");
        let copier = Copier::start(&path).expect("a thread");
        let write = |bytes: i64| {
            db.execute("INSERT INTO t VALUES (zeroblob(?1))", [bytes]).expect("written");
            copier.written();
        };
        write(4_096);
        drop(copier.hold());
        let big = PAGES_WORTH * 4_096;
        write(big);
        for _ in 0..1_000 {
            if std::fs::metadata(&path).expect("a file").len() >= u64::try_from(big).expect("positive") {
                return;
            }
            thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("nothing was copied");
    }

    #[test]
    fn a_tail_is_cut_and_the_journal_begins_anew() {
        let dir = tempfile::tempdir().expect("a folder");
        let open = || Connection::open(dir.path().join("database")).expect("a database");
        let (db, copier, reader) = (open(), open(), open());
        db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x)")
            .expect("a table");
        let insert = |pages: i64| {
            db.execute("INSERT INTO t VALUES (zeroblob(?1))", [pages * 4_096]).expect("written");
        };
        // The copier is done while the next commit is being made, which therefore goes on behind it.
        let insert_while_copied = |pages| {
            db.execute_batch("BEGIN IMMEDIATE").expect("a transaction");
            state(&copier, "PASSIVE").expect("a copy");
            insert(pages);
            db.execute_batch("COMMIT").expect("a commit");
        };
        let length = || state(&db, "NOOP").expect("a state").0;
        let mut tail = Tail::default();
        insert(9_000);
        tail.cut(&db);
        insert_while_copied(100);
        assert!(length() > 9_000, "so much is not for a commit to copy");
        reader.execute_batch("BEGIN; SELECT COUNT(*) FROM t").expect("a reader");
        tail.cut(&db);
        insert(100);
        assert!(length() > 9_000, "somebody reads it");
        reader.execute_batch("COMMIT").expect("read");
        insert_while_copied(200);
        tail.cut(&db);
        insert(100);
        assert!(length() > 9_000, "it is not tried again at once");
        insert(2_000);
        insert_while_copied(200);
        tail.cut(&db);
        insert(100);
        assert!(length() < 1_000, "it begins anew: {}", length());
    }

    #[test]
    fn who_holds_it_can_empty_the_journal() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("database");
        let db = Connection::open(&path).expect("a database");
        db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x)")
            .expect("a table");
        let copier = Copier::start(&path).expect("a thread");
        for _ in 0..20 {
            db.execute("INSERT INTO t VALUES (zeroblob(?1))", [PAGES_WORTH * 4_096]).expect("written");
            copier.written();
            let held = copier.hold();
            let busy: i64 =
                db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).expect("a copy");
            assert_eq!(busy, 0);
            drop(held);
        }
    }
}
