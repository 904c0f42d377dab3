//! After an error of the disk nothing more is written, whoever asks. A test of its own process: it never writes again.

use mc_base::Instant;
use mc_port::{Access, ColumnMaps as _, JobTable as _, SavedChecks as _, Sink as _, StoredJob};
use mc_port::{AccountTable as _, Credential};
use mc_sqlite::{Layout, Queue, Store, io_failed, watch_errors};
use mc_stories::small::{COMMUNES, inserted, outlay, request, saved_check};
use mc_testkit::instance::found;

/// Something that SQLite calls an error of the disk, in a database that is none of ours.
fn fail(dir: &std::path::Path) {
    let path = dir.join("other.sqlite");
    let db = rusqlite::Connection::open(&path).expect("a database");
    db.execute_batch("CREATE TABLE t (x); INSERT INTO t SELECT zeroblob(100000)").expect("a table");
    drop(db);
    let mut bytes = std::fs::read(&path).expect("its bytes");
    bytes[4_096..8_192].fill(0xee);
    std::fs::write(&path, bytes).expect("damaged");
    let db = rusqlite::Connection::open(&path).expect("a database");
    assert!(db.query_row("SELECT COUNT(*) FROM t", [], |row| row.get::<_, i64>(0)).is_err());
}

#[test]
fn after_an_error_of_the_disk_nobody_writes() {
    watch_errors().expect("before any connection");
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path().join("data"));
    let queue = Queue::new(found(&layout, 1));
    let job = StoredJob {
        id: "a".to_owned(),
        owner: "b".to_owned(),
        register: "outlay".to_owned(),
        changed_at: Instant(1),
        body: "{}".to_owned(),
    };
    let line = Access {
        actor: "a".to_owned(),
        act: "record".to_owned(),
        register: "plot".to_owned(),
        records: Vec::new(),
    };
    let credential = |name: &str| Credential {
        account: name.to_lowercase(),
        hash: "x".to_owned(),
        first_until: None,
        changed_at: Instant(1),
    };
    let writes = |name: &str| -> Vec<String> {
        let row = inserted("outlay", outlay(name, COMMUNES[0], "2025-08-01", 5));
        let written = [
            queue.commit(request(vec![row])).map(drop).map_err(|error| error.to_string()),
            queue.note(&line).map_err(|error| error.to_string()),
            queue.keep_job(&job, Instant(0)).map_err(|error| error.to_string()),
            queue.keep_column_map("outlay", name, "{}").map_err(|error| error.to_string()),
            queue.save_check(&saved_check(name, Instant(1)), "5 xã").map_err(|error| error.to_string()),
            queue.keep_credential(&credential(name), None).map_err(|error| error.to_string()),
            queue.with(|writer| writer.seal()).map(drop).map_err(|error| error.to_string()),
        ];
        written.into_iter().filter_map(Result::err).collect()
    };
    assert_eq!(writes("K-1"), Vec::<String>::new());
    fail(dir.path());
    assert!(io_failed());
    let refused = writes("K-2");
    assert!(refused.len() == 7 && refused.iter().all(|why| why.contains("ngừng ghi")), "{refused:#?}");
    // What was there is read all the same.
    assert_eq!(queue.job("a").expect("read"), Some(job));
    assert_eq!(queue.column_map("outlay", "K-2").expect("read"), None);
    assert_eq!(queue.credential("k-1").expect("read"), Some(credential("k-1")));
    assert!(queue.saved_check("K-1", Instant(1)).expect("read").is_some());
    assert!(Store::open(&layout).is_ok());
}
