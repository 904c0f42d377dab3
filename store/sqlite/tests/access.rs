//! The access journal: what is given is remembered, a finished day is sealed, and what somebody takes out is named.

use mc_access::{Actor, Role};
use mc_base::Instant;
use mc_ledger::Value;
use mc_port::{Access, CommitError, FindingKind, ListRequest, record};
use mc_register::system;
use mc_sqlite::{Layout, Reader, Store, StoryWorld, Writer};
use mc_stories::small::{COMMUNES, dawn, inserted, plot, request};
use mc_testkit::files::copy;
use mc_testkit::instance::{found, verify};
use mc_testkit::tamper::unguarded;

const KEY: &str = "1/7/2025-01-01";
const DAY: i64 = 86_400_000;

fn inspector() -> Actor {
    Actor { role: Role::Inspector, ..Actor::public() }
}

fn ground(dir: &std::path::Path) -> Writer {
    let mut writer = found(&Layout::new(dir), 1);
    let edit = inserted("plot", plot(7, COMMUNES[0], "2025-01-01", "Sùng A Dơ"));
    writer.commit(&request(vec![edit])).expect("a plot");
    writer
}

fn reader(dir: &std::path::Path, viewer: &Actor) -> Reader {
    Store::open(&Layout::new(dir)).expect("a store").reader(viewer).expect("a reader")
}

fn look(record: &str) -> Access {
    Access {
        actor: "thanh-tra".to_owned(),
        act: "record".to_owned(),
        register: "plot".to_owned(),
        records: vec![record.to_owned()],
    }
}

fn later(writer: &mut Writer, days: i64) {
    writer.set_world(Box::new(StoryWorld::new(Instant(dawn().0 + days * DAY), 7)));
}

#[test]
fn what_a_reader_was_given_of_persons_is_remembered_and_nothing_else() {
    let dir = tempfile::tempdir().expect("a directory");
    let _writer = ground(dir.path());
    let seen = reader(dir.path(), &inspector());
    let list = ListRequest {
        register: "plot".to_owned(),
        place: None,
        filters: Vec::new(),
        sort: None,
        descending: false,
        after: None,
        limit: 10,
        at: None,
    };
    let rows = seen.list(&list).expect("a list").rows;
    assert_eq!(
        (rows.len(), rows[0].masked.len()),
        (1, 2),
        "a list gives no personal value that it does not show"
    );
    assert_eq!(seen.revealed(), Vec::new());
    seen.history("plot", KEY).expect("history");
    assert_eq!(seen.revealed(), [("plot".to_owned(), vec![KEY.to_owned()])]);
    let public = reader(dir.path(), &Actor::public());
    public.history("plot", KEY).expect("history");
    assert_eq!(public.revealed(), Vec::new());
}

#[test]
fn finished_days_are_sealed_once_and_only_by_the_store() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut writer = ground(dir.path());
    for day in [1, 1, 2] {
        later(&mut writer, day);
        writer.note(&look(KEY)).expect("noted");
    }
    let sealed = writer.seal_access().expect("sealed").expect("a day was finished");
    assert_eq!(sealed.opened, 1, "today is not over");
    assert_eq!(writer.seal_access().expect("nothing to do"), None);
    later(&mut writer, 9);
    let next = writer.seal_access().expect("sealed").expect("another day");
    // A clock that was put back adds nothing to a sealed day.
    later(&mut writer, 1);
    writer.note(&look(KEY)).expect("noted");
    let lines = reader(dir.path(), &inspector()).accesses(None, 10).expect("lines");
    let seals: Vec<_> = lines.iter().map(|line| line.sealed).collect();
    assert_eq!(seals, [None, Some(next.seq), Some(sealed.seq), Some(sealed.seq)]);
    assert_eq!(reader(dir.path(), &inspector()).accesses(Some(2), 10).expect("lines").len(), 1);
    assert_eq!(reader(dir.path(), &Actor::public()).accesses(None, 10).expect("none"), Vec::new());
    let schema = writer.schema(system::ACCESS_SEAL).expect("the register");
    let forged = record(
        &schema,
        [
            ("day", Value::Day(dawn().day())),
            ("lines", Value::Int(1)),
            ("digest", Value::Text("0".repeat(64))),
        ],
    );
    let refused = writer.commit(&request(vec![inserted(system::ACCESS_SEAL, forged)]));
    assert!(matches!(refused, Err(CommitError::Rows(_))), "{refused:?}");
    drop(writer);
    let report = verify(dir.path()).expect("it opens");
    assert!(report.ok(), "{:#?}", report.findings);
}

#[test]
fn what_is_taken_out_of_a_sealed_day_or_changed_is_named() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut writer = ground(dir.path());
    for record in [KEY, "1/8/2025-01-01"] {
        later(&mut writer, 1);
        writer.note(&look(record)).expect("noted");
    }
    let db = rusqlite::Connection::open(dir.path().join("minhchung.sqlite")).expect("the database");
    assert!(db.execute("DELETE FROM access", []).is_err(), "the database guards the lines");
    drop(db);
    later(&mut writer, 3);
    writer.seal_access().expect("sealed").expect("a day");
    drop(writer);
    for (damage, message) in [
        ("DELETE FROM access WHERE no = 2", "còn 1 dòng, đã niêm phong 2 dòng"),
        ("UPDATE access SET actor = 'ai-khac' WHERE no = 1", "nội dung khác với dấu đã niêm phong"),
        ("UPDATE access SET at = at + 1 WHERE no = 1", "nội dung khác"),
        ("UPDATE access SET records = '[]' WHERE no = 2", "nội dung khác"),
        (
            "INSERT INTO access SELECT 9, at, day, actor, act, register, records FROM access WHERE no = 1",
            "còn 3 dòng",
        ),
        (
            "INSERT INTO access SELECT 9, at - 86400000, day - 1, actor, act, register, records FROM access WHERE no = 1",
            "có 1 dòng mà không có dấu niêm phong",
        ),
    ] {
        let copied = tempfile::tempdir().expect("a directory");
        copy(dir.path(), copied.path());
        unguarded(copied.path()).execute_batch(damage).expect("the damage is done");
        let found = verify(copied.path()).expect("it opens").findings;
        let named = found.iter().any(|it| it.kind == FindingKind::Access && it.message.contains(message));
        assert!(named, "{damage}: {found:#?}");
    }
}

#[test]
fn what_lines_put_into_the_journal_of_the_database_is_copied_beside_the_writer() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut writer = ground(dir.path());
    // A line of some twenty pages.
    let shown = Access { records: vec![KEY.repeat(100); 50], ..look(KEY) };
    let db = rusqlite::Connection::open(dir.path().join("minhchung.sqlite")).expect("the database");
    let copied =
        || -> i64 { db.query_row("PRAGMA wal_checkpoint(NOOP)", [], |row| row.get(2)).expect("a state") };
    for _ in 0..200 {
        writer.note(&shown).expect("noted");
    }
    for _ in 0..500 {
        if copied() >= 2_000 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{} pages were copied", copied());
}
