//! The cases: the numbers are those of the list of tamper cases that the project keeps.

use std::fs;
use std::path::Path;

use mc_ledger::{Checkpoint, NoteSigner};
use mc_port::FindingKind;
use mc_testkit::instance::ORIGIN;
use mc_testkit::tamper::unguarded;

/// One tampering and what `verify` must say of it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) damage: fn(&Path),
    pub(crate) kind: FindingKind,
    pub(crate) place: &'static str,
    pub(crate) message: &'static str,
}

pub(crate) const fn case(
    name: &'static str,
    damage: fn(&Path),
    kind: FindingKind,
    place: &'static str,
    message: &'static str,
) -> Case {
    Case { name, damage, kind, place, message }
}

use FindingKind::{Checkpoint as Mark, Declaration, Derived, Entry, File, Personal, Row, Tree, Version};

const K1: &str = "outlay/K-1, phiên bản 2";
const PUBLISHED: &str = "mốc niêm phong đã công bố";

pub(crate) const CASES: &[Case] = &[
    case(
        "T1 a bit of an entry",
        |dir| flip(dir, "entry", "bytes", "seq = 6"),
        Row,
        "lần ghi 6",
        "mã gốc của các dòng khác với mục ghi",
    ),
    case(
        "T2 a figure of a record",
        |dir| sql(dir, "UPDATE r_outlay SET f4 = 15 WHERE key = 'K-1' AND ord = 2"),
        Version,
        K1,
        "khác với giá trị đã ghi",
    ),
    case(
        "T3 a date of a record",
        |dir| sql(dir, "UPDATE r_outlay SET f2 = f2 + 1 WHERE key = 'K-1' AND ord = 2"),
        Version,
        K1,
        "khác với giá trị đã ghi",
    ),
    case(
        "T3 the instant of an entry",
        |dir| sql(dir, "UPDATE entry SET recorded_at = recorded_at + 1 WHERE seq = 6"),
        Entry,
        "lần ghi 6",
        "thời điểm",
    ),
    case(
        "T4 the author of an entry",
        |dir| sql(dir, "UPDATE entry SET actor = 'nguoi-khac' WHERE seq = 6"),
        Entry,
        "lần ghi 6",
        "người ghi",
    ),
    case("T5 the last entry deleted", delete_last, Mark, PUBLISHED, "sổ cái chỉ còn 9"),
    case(
        "T6 an entry in the middle deleted",
        |dir| sql(dir, "DELETE FROM entry WHERE seq = 6"),
        Entry,
        "lần ghi 7",
        "thiếu lần ghi 6",
    ),
    case(
        "T7 an entry inserted",
        |dir| {
            sql(
                dir,
                "INSERT INTO entry SELECT 11, recorded_at, actor, leaf_count, bytes FROM entry WHERE seq = 10",
            )
        },
        Entry,
        "lần ghi 11",
        "mang số 10",
    ),
    case("T8 two entries swapped", swap, Entry, "lần ghi 5", "mang số 6"),
    case(
        "T9 an entry twice",
        |dir| sql(dir, "UPDATE entry SET bytes = (SELECT bytes FROM entry WHERE seq = 5) WHERE seq = 6"),
        Entry,
        "lần ghi 6",
        "mang số 5",
    ),
    case(
        "T10 an entry cut short",
        |dir| sql(dir, "UPDATE entry SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE seq = 6"),
        Entry,
        "lần ghi 6",
        "không đọc được",
    ),
    case(
        "T11 an entry with a byte more",
        |dir| sql(dir, "UPDATE entry SET bytes = CAST(bytes || x'00' AS BLOB) WHERE seq = 6"),
        Entry,
        "lần ghi 6",
        "không đọc được",
    ),
    case(
        "T13 a leaf hash of the tree",
        |dir| flip(dir, "tree_node", "hash", "level = 0 AND idx = 4"),
        Tree,
        "tầng 0, nút 4",
        "mã băm",
    ),
    case(
        "T14 a node of the tree",
        |dir| flip(dir, "tree_node", "hash", "level = 1 AND idx = 2"),
        Tree,
        "tầng 1, nút 2",
        "mã băm",
    ),
    case(
        "T16 a node too many",
        |dir| sql(dir, "INSERT INTO tree_node VALUES (5, 0, zeroblob(32))"),
        Tree,
        "tầng 5, nút 0",
        "nút thừa",
    ),
    case(
        "T17 a node missing",
        |dir| sql(dir, "DELETE FROM tree_node WHERE level = 1 AND idx = 1"),
        Tree,
        "tầng 1, nút 1",
        "thiếu nút",
    ),
    case(
        "T18 the log of another instance",
        |dir| sql(dir, "UPDATE meta SET value = '00112233445566778899aabbccddeeff' WHERE name = 'instance'"),
        Entry,
        "lần ghi 1",
        "bản cài khác",
    ),
    case(
        "T19 the root of a checkpoint",
        |dir| publish(dir, |it| it.root.0[0] ^= 1, ORIGIN, true),
        Mark,
        PUBLISHED,
        "mã gốc khác",
    ),
    case(
        "T20 the size of a checkpoint",
        |dir| publish(dir, |it| it.size += 1, ORIGIN, true),
        Mark,
        PUBLISHED,
        "sổ cái chỉ còn 10",
    ),
    case("T21 an older checkpoint published", older, Mark, PUBLISHED, "là mốc cũ"),
    case(
        "T22 a checkpoint signed by another key",
        |dir| publish(dir, |_| {}, ORIGIN, false),
        Mark,
        PUBLISHED,
        "",
    ),
    case(
        "T24 the origin of a checkpoint",
        |dir| publish(dir, |_| {}, "minh-hoa/khac", true),
        Mark,
        PUBLISHED,
        "",
    ),
    case("T25 a checkpoint with a line more", extension, Mark, PUBLISHED, ""),
    case("T26 two roots of one size", two_roots, Mark, "mốc niêm phong 10", "mã gốc khác"),
    case(
        "the published checkpoint missing",
        |dir| fs::remove_file(dir.join("checkpoint")).expect("a file"),
        Mark,
        PUBLISHED,
        "thiếu tệp",
    ),
    case(
        "the last entries without checkpoint",
        uncovered,
        Mark,
        "mốc niêm phong",
        "2 lần ghi cuối chưa có mốc",
    ),
    case(
        "T38 a row moved to another place",
        |dir| sql(dir, "UPDATE r_mast SET f6 = 4 WHERE key = 'C-1/2025-09-10'"),
        Version,
        "mast/C-1/2025-09-10, phiên bản 1",
        "khác với giá trị đã ghi",
    ),
    case(
        "T38 a value taken away",
        |dir| sql(dir, "UPDATE r_outlay SET f5 = NULL WHERE key = 'K-1' AND ord = 1"),
        Version,
        "outlay/K-1, phiên bản 1",
        "khác với giá trị đã ghi",
    ),
    case(
        "T38 a value that is no value",
        |dir| sql(dir, "UPDATE r_outlay SET f2 = 9000000000 WHERE key = 'K-1' AND ord = 2"),
        Version,
        "outlay, lần ghi 6, dòng 1",
        "không đọc được",
    ),
    case(
        "T38 the nonce of a row",
        |dir| flip(dir, "r_outlay", "nonce", "key = 'K-1' AND ord = 2"),
        Version,
        K1,
        "khác với giá trị đã ghi",
    ),
    case(
        "T38 the key of a row",
        |dir| sql(dir, "UPDATE r_outlay SET key = 'K-7' WHERE key = 'K-9'"),
        Version,
        "outlay/K-7, phiên bản 1",
        "khác với giá trị đã ghi",
    ),
    case(
        "T38 the order of versions",
        |dir| sql(dir, "UPDATE r_outlay SET ord = ord + 5 WHERE key = 'K-1'"),
        Version,
        "outlay/K-1, phiên bản 7",
        "khác với giá trị đã ghi",
    ),
    case(
        "T39 a row deleted",
        |dir| sql(dir, "DELETE FROM r_outlay WHERE key = 'K-9'"),
        Version,
        "lần ghi 10, dòng 1",
        "bị xóa khỏi bảng",
    ),
    case("T40 a row without entry", add_row, Version, "outlay/K-X, phiên bản 1", "không có lần ghi nào"),
    case(
        "T39 and T40 one row for another",
        |dir| {
            add_row(dir);
            sql(dir, "DELETE FROM r_outlay WHERE key = 'K-9'");
        },
        Version,
        "outlay/K-X, phiên bản 1",
        "không có lần ghi nào",
    ),
    case(
        "a retired row brought back",
        |dir| sql(dir, "UPDATE r_outlay SET seq_to = NULL WHERE key = 'K-2'"),
        Version,
        "outlay/K-2, phiên bản 1",
        "được khép ở lần ghi 8",
    ),
    case(
        "a row retired without entry",
        |dir| sql(dir, "UPDATE r_outlay SET seq_to = 9 WHERE key = 'K-9'"),
        Version,
        "outlay/K-9, phiên bản 1",
        "bị khép trong bảng",
    ),
    case(
        "a row known earlier than it was",
        |dir| sql(dir, "UPDATE r_outlay SET seq_from = 5 WHERE key = 'K-9'"),
        Version,
        "outlay/K-9, phiên bản 1",
        "không chỉ về",
    ),
    case(
        "the hash of a row",
        |dir| flip(dir, "row_leaf", "hash", "seq = 10"),
        Row,
        "lần ghi 10",
        "mã gốc của các dòng",
    ),
    case(
        "a row leaf deleted",
        |dir| sql(dir, "DELETE FROM row_leaf WHERE seq = 4 AND idx = 1"),
        Row,
        "lần ghi 4",
        "trong bảng có 4",
    ),
    case(
        "a row leaf added",
        |dir| {
            sql(
                dir,
                "INSERT INTO row_leaf SELECT 11, idx, register, act, vid, field, nonce, hash FROM row_leaf WHERE seq = 10",
            )
        },
        Row,
        "lá dòng",
        "không thuộc lần ghi nào",
    ),
    case(
        "a leaf that stands for another row",
        |dir| sql(dir, "UPDATE row_leaf SET vid = 1 WHERE seq = 10"),
        Version,
        "outlay/K-1, phiên bản 1",
        "",
    ),
    case(
        "the reason of an entry",
        |dir| sql(dir, "UPDATE entry_text SET text = 'khác' WHERE seq = 6 AND kind = 2"),
        Entry,
        "lần ghi 6",
        "lý do đã bị sửa",
    ),
    case(
        "the source of an entry deleted",
        |dir| sql(dir, "DELETE FROM entry_text WHERE seq = 6 AND kind = 1"),
        Entry,
        "lần ghi 6",
        "thiếu nguồn mà không có lệnh xóa",
    ),
    case("a text erased without erasure", erase_text, Entry, "lần ghi 6", "không có lệnh xóa"),
    case(
        "T41 two persons swapped",
        swap_persons,
        Personal,
        "plot/1/7/2025-01-01, phiên bản 1",
        "khác với giá trị đã cam kết",
    ),
    case(
        "T41 a personal value",
        |dir| flip(dir, "personal", "value", "vid = (SELECT vid FROM r_plot WHERE f2 = 7) AND field = 8"),
        Personal,
        "plot/1/7/2025-01-01, phiên bản 1",
        "trường 8",
    ),
    case(
        "T42 a salt",
        |dir| {
            sql(
                dir,
                "UPDATE personal SET salt = zeroblob(32) WHERE vid = (SELECT vid FROM r_plot WHERE f2 = 9)",
            )
        },
        Personal,
        "plot/1/9/2025-01-01, phiên bản 1",
        "khác với giá trị đã cam kết",
    ),
    case(
        "T42 a value gone without erasure",
        |dir| {
            sql(dir, "DELETE FROM personal WHERE vid = (SELECT vid FROM r_plot WHERE f2 = 7) AND field = 8")
        },
        Personal,
        "plot/1/7/2025-01-01, phiên bản 1",
        "không có lệnh xóa",
    ),
    case(
        "T42 a value gone with a forged redaction",
        forged_redaction,
        Personal,
        "plot/1/7/2025-01-01, phiên bản 1",
        "lần ghi 9 không có lệnh xóa",
    ),
    case(
        "T42 an erased value put back",
        put_value_back,
        Personal,
        "plot/1/8/2025-01-01, phiên bản 1",
        "vẫn còn",
    ),
    case(
        "T42 the record of an erasure deleted",
        |dir| sql(dir, "DELETE FROM r_erasure WHERE f4 = 8"),
        Personal,
        "plot/1/8/2025-01-01, phiên bản 1",
        "nêu căn cứ",
    ),
    case(
        "T43 a commitment of another person",
        reuse_commitment,
        Personal,
        "plot/1/9/2025-01-01, phiên bản 1",
        "khác với giá trị đã cam kết",
    ),
    case(
        "a person at a record that names none",
        |dir| {
            sql(
                dir,
                "INSERT INTO personal SELECT register, vid, 200, salt, value FROM personal LIMIT 1; UPDATE personal SET vid = 99 WHERE field = 200",
            )
        },
        Personal,
        "plot",
        "không cam kết",
    ),
    case(
        "T44 a byte of an evidence file",
        |dir| evidence(dir, |bytes| bytes[0] ^= 1),
        File,
        "tệp minh chứng",
        "khác với mã băm",
    ),
    case(
        "T45 an evidence file of the same size",
        |dir| evidence(dir, |bytes| bytes.fill(b'x')),
        File,
        "tệp minh chứng",
        "khác với mã băm",
    ),
    case(
        "a declaration in use",
        |dir| {
            sql(
                dir,
                "UPDATE schema_version SET text = replace(text, 'Số tiền', 'Số khác') WHERE text LIKE '%\"outlay\"%'",
            )
        },
        Declaration,
        "outlay",
        "",
    ),
    case(
        "a declaration in the ledger",
        |dir| sql(dir, "UPDATE r_schema SET f4 = replace(f4, 'Số tiền', 'Số khác') WHERE f1 = 'outlay'"),
        Declaration,
        "khai báo số",
        "không lần ghi nào khai báo",
    ),
    case(
        "the flag of an illustrative instance",
        |dir| sql(dir, "UPDATE meta SET value = 'no' WHERE name = 'illustrative'"),
        Entry,
        "lần ghi 1",
        "minh họa",
    ),
    case(
        "a cell",
        |dir| sql(dir, "UPDATE cell SET value = value + 1 WHERE place = 3 AND value > 0"),
        Derived,
        "ô theo ngày",
        "khác với tổng",
    ),
    case(
        "a month",
        |dir| sql(dir, "DELETE FROM cell_month WHERE place = 3"),
        Derived,
        "ô theo tháng",
        "khác với tổng",
    ),
    case(
        "a delta",
        |dir| sql(dir, "UPDATE cell_delta SET seq = 5 WHERE seq = 6"),
        Derived,
        "độ đo outlays",
        "biến động khác với bản ghi",
    ),
    case(
        "a block of deltas",
        |dir| sql(dir, "UPDATE cell_delta_sum SET n = n + 1 WHERE place = 3"),
        Derived,
        "tổng từng đoạn biến động",
        "khác với tổng",
    ),
    case(
        "the tree of places",
        |dir| sql(dir, "DELETE FROM place_ancestor WHERE place = 3 AND ancestor = 2"),
        Derived,
        "cây địa bàn",
        "thiếu trong bảng",
    ),
    case("a page of the file", page, File, "", ""),
];

pub(crate) fn sql(dir: &Path, statements: &str) {
    unguarded(dir).execute_batch(statements).expect("the damage is done");
}

/// Flips a bit of the first blob found.
fn flip(dir: &Path, table: &str, column: &str, condition: &str) {
    let db = unguarded(dir);
    let find = format!("SELECT {column} FROM {table} WHERE {condition}");
    let mut bytes: Vec<u8> = db.query_row(&find, [], |row| row.get(0)).expect("a blob");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let update = format!("UPDATE {table} SET {column} = ?1 WHERE {condition}");
    assert_eq!(db.execute(&update, [bytes]).expect("an update"), 1, "{update}");
}

fn delete_last(dir: &Path) {
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

fn swap(dir: &Path) {
    sql(
        dir,
        "CREATE TEMP TABLE held AS SELECT seq, bytes FROM entry WHERE seq IN (5, 6);
         UPDATE entry SET bytes = (SELECT bytes FROM held WHERE held.seq = 11 - entry.seq) WHERE seq IN (5, 6);",
    );
}

fn published(dir: &Path) -> String {
    fs::read_to_string(dir.join("checkpoint")).expect("a checkpoint")
}

fn signer(dir: &Path, origin: &str, ours: bool) -> NoteSigner {
    let text = fs::read_to_string(dir.join("keys/checkpoint.seed")).expect("a key");
    let mut seed = mc_base::Hash32::from_hex(text.trim()).expect("a seed").0;
    seed[0] ^= u8::from(!ours);
    NoteSigner::from_seed(origin, &seed).expect("a signer")
}

fn forged(dir: &Path, change: fn(&mut Checkpoint), origin: &str, ours: bool) -> String {
    let note = published(dir);
    let body = note.split("\n\n").next().map(|body| format!("{body}\n")).expect("a body");
    let mut checkpoint = Checkpoint::parse_body(&body).expect("a checkpoint");
    change(&mut checkpoint);
    checkpoint.origin = origin.to_owned();
    checkpoint.sign(&signer(dir, origin, ours)).expect("a signature")
}

fn publish(dir: &Path, change: fn(&mut Checkpoint), origin: &str, ours: bool) {
    fs::write(dir.join("checkpoint"), forged(dir, change, origin, ours)).expect("a file");
}

fn older(dir: &Path) {
    publish_old(dir, 5);
}

fn uncovered(dir: &Path) {
    publish_old(dir, 8);
    sql(dir, "DELETE FROM checkpoint WHERE size > 8");
}

fn publish_old(dir: &Path, size: u64) {
    let note: String = unguarded(dir)
        .query_row("SELECT note FROM checkpoint WHERE size = ?1", [size], |row| row.get(0))
        .expect("an older checkpoint");
    fs::write(dir.join("checkpoint"), note).expect("a file");
}

fn extension(dir: &Path) {
    let note = published(dir).replacen("\n\n", "\nmot dong nua\n\n", 1);
    fs::write(dir.join("checkpoint"), note).expect("a file");
}

fn two_roots(dir: &Path) {
    let note = forged(dir, |it| it.root.0[0] ^= 1, ORIGIN, true);
    unguarded(dir).execute("UPDATE checkpoint SET note = ?1 WHERE size = 10", [note]).expect("an update");
}

fn add_row(dir: &Path) {
    sql(
        dir,
        "INSERT INTO r_outlay (vid, key, ord, seq_from, leaf, schema, nonce, f1, f2, f3, f4)
         SELECT 99, 'K-X', 1, seq_from, leaf, schema, nonce, 'K-X', f2, f3, 1000000 FROM r_outlay WHERE key = 'K-9'",
    );
}

fn erase_text(dir: &Path) {
    sql(
        dir,
        "DELETE FROM entry_text WHERE seq = 6 AND kind = 1;
         INSERT INTO redaction (register, vid, field, seq) VALUES (0, 6, 1, 9);",
    );
}

fn swap_persons(dir: &Path) {
    sql(
        dir,
        "CREATE TEMP TABLE held AS SELECT p.* FROM personal AS p JOIN r_plot AS v ON v.vid = p.vid
             WHERE p.field = 8 AND v.f2 IN (7, 9);
         UPDATE personal SET (salt, value) = (SELECT salt, value FROM held WHERE held.vid <> personal.vid)
             WHERE field = 8 AND vid IN (SELECT vid FROM held);",
    );
}

fn forged_redaction(dir: &Path) {
    sql(
        dir,
        "INSERT INTO redaction (register, vid, field, seq)
             SELECT p.register, p.vid, p.field, 9 FROM personal AS p JOIN r_plot AS v ON v.vid = p.vid
             WHERE p.field = 8 AND v.f2 = 7;
         DELETE FROM personal WHERE field = 8 AND vid = (SELECT vid FROM r_plot WHERE f2 = 7);",
    );
}

fn put_value_back(dir: &Path) {
    sql(
        dir,
        "INSERT INTO personal (register, vid, field, salt, value)
             SELECT register, (SELECT vid FROM r_plot WHERE f2 = 8), field, salt, value FROM personal
             WHERE field = 8 AND vid = (SELECT vid FROM r_plot WHERE f2 = 7);",
    );
}

fn reuse_commitment(dir: &Path) {
    sql(
        dir,
        "UPDATE r_plot SET f8 = (SELECT f8 FROM r_plot WHERE f2 = 7) WHERE f2 = 9;
         UPDATE personal SET (salt, value) = (SELECT p.salt, p.value FROM personal AS p WHERE p.field = 8
             AND p.vid = (SELECT vid FROM r_plot WHERE f2 = 7))
             WHERE field = 8 AND vid = (SELECT vid FROM r_plot WHERE f2 = 9);",
    );
}

fn evidence(dir: &Path, change: fn(&mut Vec<u8>)) {
    let path = mc_testkit::files::all(&dir.join("evidence")).pop().expect("an evidence file");
    let mut bytes = fs::read(&path).expect("bytes");
    change(&mut bytes);
    fs::write(path, bytes).expect("a file");
}

/// Damages the middle of an index page behind SQLite's back.
fn page(dir: &Path) {
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
