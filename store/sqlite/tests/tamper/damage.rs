//! How the damage is done.

use std::fs;
use std::path::Path;

use mc_ledger::{Checkpoint, NoteSigner};
use mc_testkit::instance::ORIGIN;
use mc_testkit::tamper::unguarded;

pub(crate) fn sql(dir: &Path, statements: &str) {
    unguarded(dir).execute_batch(statements).expect("the damage is done");
}

/// Flips a bit of the first blob found.
pub(crate) fn flip(dir: &Path, table: &str, column: &str, condition: &str) {
    let db = unguarded(dir);
    let find = format!("SELECT {column} FROM {table} WHERE {condition}");
    let mut bytes: Vec<u8> = db.query_row(&find, [], |row| row.get(0)).expect("a blob");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let update = format!("UPDATE {table} SET {column} = ?1 WHERE {condition}");
    assert_eq!(db.execute(&update, [bytes]).expect("an update"), 1, "{update}");
}

pub(crate) fn delete_last(dir: &Path) {
    put_back(dir);
}

/// Everything that commit 10 wrote goes, from every table; the published checkpoint stays.
pub(crate) fn put_back(dir: &Path) {
    sql(
        dir,
        "DELETE FROM entry WHERE seq = 10; DELETE FROM entry_text WHERE seq = 10;
         DELETE FROM row_leaf WHERE seq = 10; DELETE FROM r_outlay WHERE seq_from = 10;
         DELETE FROM checkpoint WHERE size = 10; DELETE FROM tree_node WHERE level = 0 AND idx = 9;
         DELETE FROM tree_node WHERE level = 1 AND idx = 4; DELETE FROM register_span WHERE seq = 10;
         DELETE FROM cell_delta WHERE seq = 10; DELETE FROM cell; DELETE FROM cell_month;
         INSERT INTO cell SELECT measure, set_no, place, cut, day, SUM(value), SUM(n), SUM(blank)
             FROM cell_delta GROUP BY measure, set_no, place, cut, day;",
    );
}

pub(crate) fn swap(dir: &Path) {
    sql(
        dir,
        "CREATE TEMP TABLE held AS SELECT seq, bytes FROM entry WHERE seq IN (5, 6);
         UPDATE entry SET bytes = (SELECT bytes FROM held WHERE held.seq = 11 - entry.seq) WHERE seq IN (5, 6);",
    );
}

pub(crate) fn published(dir: &Path) -> String {
    fs::read_to_string(dir.join("checkpoint")).expect("a checkpoint")
}

pub(crate) fn signer(dir: &Path, origin: &str, ours: bool) -> NoteSigner {
    let text = fs::read_to_string(dir.join("keys/checkpoint.seed")).expect("a key");
    let mut seed = mc_base::Hash32::from_hex(text.trim()).expect("a seed").0;
    seed[0] ^= u8::from(!ours);
    NoteSigner::from_seed(origin, &seed).expect("a signer")
}

pub(crate) fn forged(dir: &Path, change: fn(&mut Checkpoint), origin: &str, ours: bool) -> String {
    let note = published(dir);
    let body = note.split("\n\n").next().map(|body| format!("{body}\n")).expect("a body");
    let mut checkpoint = Checkpoint::parse_body(&body).expect("a checkpoint");
    change(&mut checkpoint);
    checkpoint.origin = origin.to_owned();
    checkpoint.sign(&signer(dir, origin, ours)).expect("a signature")
}

pub(crate) fn publish(dir: &Path, change: fn(&mut Checkpoint), origin: &str, ours: bool) {
    fs::write(dir.join("checkpoint"), forged(dir, change, origin, ours)).expect("a file");
}

pub(crate) fn older(dir: &Path) {
    publish_old(dir, 5);
}

pub(crate) fn uncovered(dir: &Path) {
    publish_old(dir, 8);
    sql(dir, "DELETE FROM checkpoint WHERE size > 8");
}

pub(crate) fn publish_old(dir: &Path, size: u64) {
    let note: String = unguarded(dir)
        .query_row("SELECT note FROM checkpoint WHERE size = ?1", [size], |row| row.get(0))
        .expect("an older checkpoint");
    fs::write(dir.join("checkpoint"), note).expect("a file");
}

pub(crate) fn extension(dir: &Path) {
    let note = published(dir).replacen("\n\n", "\nmot dong nua\n\n", 1);
    fs::write(dir.join("checkpoint"), note).expect("a file");
}

pub(crate) fn two_roots(dir: &Path) {
    let note = forged(dir, |it| it.root.0[0] ^= 1, ORIGIN, true);
    unguarded(dir).execute("UPDATE checkpoint SET note = ?1 WHERE size = 10", [note]).expect("an update");
}

pub(crate) fn add_row(dir: &Path) {
    sql(
        dir,
        "INSERT INTO r_outlay (vid, key, ord, seq_from, leaf, schema, nonce, f1, f2, f3, f4)
         SELECT 99, 'K-X', 1, seq_from, leaf, schema, nonce, 'K-X', f2, f3, 1000000 FROM r_outlay WHERE key = 'K-9'",
    );
}

pub(crate) fn erase_text(dir: &Path) {
    sql(
        dir,
        "DELETE FROM entry_text WHERE seq = 6 AND kind = 1;
         INSERT INTO redaction (register, vid, field, seq) VALUES (0, 6, 1, 9);",
    );
}

pub(crate) fn swap_persons(dir: &Path) {
    sql(
        dir,
        "CREATE TEMP TABLE held AS SELECT p.* FROM personal AS p JOIN r_plot AS v ON v.vid = p.vid
             WHERE p.field = 8 AND v.f2 IN (7, 9);
         UPDATE personal SET (salt, value) = (SELECT salt, value FROM held WHERE held.vid <> personal.vid)
             WHERE field = 8 AND vid IN (SELECT vid FROM held);",
    );
}

pub(crate) fn forged_redaction(dir: &Path) {
    sql(
        dir,
        "INSERT INTO redaction (register, vid, field, seq)
             SELECT p.register, p.vid, p.field, 9 FROM personal AS p JOIN r_plot AS v ON v.vid = p.vid
             WHERE p.field = 8 AND v.f2 = 7;
         DELETE FROM personal WHERE field = 8 AND vid = (SELECT vid FROM r_plot WHERE f2 = 7);",
    );
}

pub(crate) fn put_value_back(dir: &Path) {
    sql(
        dir,
        "INSERT INTO personal (register, vid, field, salt, value)
             SELECT register, (SELECT vid FROM r_plot WHERE f2 = 8), field, salt, value FROM personal
             WHERE field = 8 AND vid = (SELECT vid FROM r_plot WHERE f2 = 7);",
    );
}

pub(crate) fn reuse_commitment(dir: &Path) {
    sql(
        dir,
        "UPDATE r_plot SET f8 = (SELECT f8 FROM r_plot WHERE f2 = 7) WHERE f2 = 9;
         UPDATE personal SET (salt, value) = (SELECT p.salt, p.value FROM personal AS p WHERE p.field = 8
             AND p.vid = (SELECT vid FROM r_plot WHERE f2 = 7))
             WHERE field = 8 AND vid = (SELECT vid FROM r_plot WHERE f2 = 9);",
    );
}

pub(crate) fn evidence(dir: &Path, change: fn(&mut Vec<u8>)) {
    let path = mc_testkit::files::all(&dir.join("evidence")).pop().expect("an evidence file");
    let mut bytes = fs::read(&path).expect("bytes");
    change(&mut bytes);
    fs::write(path, bytes).expect("a file");
}

/// Damages the middle of an index page behind SQLite's back.
pub(crate) fn page(dir: &Path) {
    let db = unguarded(dir);
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("a checkpoint");
    let root: u64 = db
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'entry_recorded_at'", [], |row| {
            row.get(0)
        })
        .expect("an index");
    let size: u64 = db.pragma_query_value(None, "page_size", |row| row.get(0)).expect("a page size");
    drop(db);
    let path = dir.join("minhchung.sqlite");
    let mut bytes = fs::read(&path).expect("bytes");
    let start = usize::try_from((root - 1) * size).expect("small");
    let end = start + usize::try_from(size).expect("small");
    bytes[end - 40..end].reverse();
    fs::write(path, bytes).expect("a file");
}
