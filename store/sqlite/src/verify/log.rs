//! The database file, the entries, the tree over them, and the checkpoints.

use std::collections::BTreeMap;

use mc_base::{Hash32, Instant, Seq};
use mc_ledger::tree::{Frontier, MemoryNodes, Nodes, leaf_hash};
use mc_ledger::{Checkpoint, Entry, SaltedText, TextKind};
use mc_port::{FindingKind, Report};
use rusqlite::params;

use crate::StoreError;
use crate::convert::hash;
use crate::epoch::Keys;
use crate::erase::COMMIT_NO;
use crate::reader::Reader;

/// What an entry says of its rows.
pub(super) struct RowsOf {
    pub(super) root: Hash32,
    pub(super) count: u64,
}

/// SQLite's own check of its pages and indexes.
pub(super) fn file(reader: &Reader) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let mut statement = reader.db()?.prepare("PRAGMA integrity_check(20)")?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    for line in lines {
        let line = line?;
        if line != "ok" {
            report.add(FindingKind::File, "tệp dữ liệu", format!("SQLite báo: {line}"));
        }
    }
    Ok(report)
}

/// Reads all entries, checks each against its place, and the stored tree against the tree over them.
pub(super) fn entries(reader: &Reader, report: &mut Report) -> Result<BTreeMap<u64, RowsOf>, StoreError> {
    let db = reader.db()?;
    let mut roots = BTreeMap::new();
    let mut frontier = Frontier::new();
    let mut nodes: Vec<(u32, u64, Hash32)> = Vec::new();
    let mut last = Instant(i64::MIN);
    let mut expected = 1;
    let mut statement =
        db.prepare("SELECT seq, recorded_at, actor, leaf_count, bytes FROM entry ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let seq: u64 = row.get(0)?;
        let bytes: Vec<u8> = row.get(4)?;
        let place = format!("lần ghi {seq}");
        if seq != expected {
            report.add(
                FindingKind::Entry,
                &place,
                format!("thiếu lần ghi {expected}: số thứ tự phải liên tục"),
            );
            expected = seq;
        }
        expected += 1;
        report.commits += 1;
        frontier.append(leaf_hash(&bytes), |level, index, hash| nodes.push((level, index, hash)));
        let entry = match Entry::decode(&bytes) {
            Ok(entry) => entry,
            Err(error) => {
                report.add(FindingKind::Entry, &place, format!("mục ghi không đọc được: {error}"));
                continue;
            }
        };
        for fault in faults(reader, &entry, seq, last) {
            report.add(FindingKind::Entry, &place, fault);
        }
        last = entry.recorded_at;
        let copies = (row.get::<_, i64>(1)?, row.get::<_, String>(2)?, row.get::<_, u64>(3)?);
        if copies != (entry.recorded_at.0, entry.actor.clone(), entry.leaf_count) {
            report.add(
                FindingKind::Entry,
                &place,
                "thời điểm, người ghi hoặc số dòng trong bảng khác với mục ghi",
            );
        }
        texts(reader, &entry, &place, report)?;
        roots.insert(seq, RowsOf { root: entry.rows_root, count: entry.leaf_count });
    }
    tree(reader, &nodes, report)?;
    Ok(roots)
}

fn faults(reader: &Reader, entry: &Entry, seq: u64, last: Instant) -> Vec<String> {
    let instance = reader.instance();
    let mut faults = Vec::new();
    if entry.seq != Seq(seq) {
        faults.push(format!("mục ghi mang số {}", entry.seq));
    }
    if entry.instance.to_string() != instance.id {
        faults.push("mục ghi thuộc bản cài khác".to_owned());
    }
    if entry.illustrative != instance.illustrative {
        faults.push("cờ “minh họa” khác với bản cài".to_owned());
    }
    if entry.recorded_at < last {
        faults.push("thời điểm ghi sớm hơn lần ghi trước".to_owned());
    }
    faults
}

/// The four texts, where they are still there, must be the ones the entry committed to.
fn texts(reader: &Reader, entry: &Entry, place: &str, report: &mut Report) -> Result<(), StoreError> {
    let mut statement =
        reader.db()?.prepare_cached("SELECT kind, salt, text FROM entry_text WHERE seq = ?1")?;
    let mut rows = statement.query([entry.seq.0])?;
    let mut missing: BTreeMap<i64, &str> =
        BTreeMap::from([(1, "nguồn"), (2, "lý do"), (3, "khóa chống ghi trùng"), (4, "yêu cầu")]);
    while let Some(row) = rows.next()? {
        missing.remove(&row.get(0)?);
        let (kind, expected, name) = match row.get::<_, i64>(0)? {
            1 => (TextKind::Source, entry.source, "nguồn"),
            2 => (TextKind::Reason, entry.reason, "lý do"),
            3 => (TextKind::IdempotencyKey, entry.idempotency_key, "khóa chống ghi trùng"),
            _ => (TextKind::Request, entry.request, "yêu cầu"),
        };
        let salt: Vec<u8> = row.get(1)?;
        let text = <[u8; 32]>::try_from(salt.as_slice()).map(|salt| SaltedText { salt, text: String::new() });
        let found = text
            .ok()
            .zip(row.get::<_, String>(2).ok())
            .map(|(salted, text)| SaltedText { text, ..salted }.hash(kind));
        if found != Some(expected) {
            report.add(FindingKind::Entry, place, format!("{name} đã bị sửa sau khi ghi"));
        }
    }
    for (kind, name) in missing {
        let redacted = reader
            .db()?
            .prepare_cached("SELECT 1 FROM redaction WHERE register = ?1 AND vid = ?2 AND field = ?3")?
            .exists(params![COMMIT_NO, entry.seq.0, kind])?;
        if !redacted {
            report.add(FindingKind::Entry, place, format!("thiếu {name} mà không có lệnh xóa"));
        }
    }
    Ok(())
}

fn tree(reader: &Reader, nodes: &[(u32, u64, Hash32)], report: &mut Report) -> Result<(), StoreError> {
    let db = reader.db()?;
    let mut expected: Vec<(u32, u64, Hash32)> = nodes.to_vec();
    expected.sort_unstable_by_key(|(level, index, _)| (*level, *index));
    let mut statement = db.prepare("SELECT level, idx, hash FROM tree_node ORDER BY level, idx")?;
    let stored = statement
        .query_map([], |row| Ok((row.get::<_, u32>(0)?, row.get::<_, u64>(1)?, row.get::<_, Vec<u8>>(2)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut known: BTreeMap<(u32, u64), Option<Hash32>> =
        stored.into_iter().map(|(level, index, bytes)| ((level, index), hash(&bytes))).collect();
    for (level, index, node) in expected {
        let place = format!("cây, tầng {level}, nút {index}");
        match known.remove(&(level, index)) {
            Some(Some(found)) if found == node => {}
            Some(_) => report.add(FindingKind::Tree, place, "mã băm lưu khác với mã băm tính lại"),
            None => report.add(FindingKind::Tree, place, "thiếu nút"),
        }
    }
    for (level, index) in known.into_keys() {
        report.add(
            FindingKind::Tree,
            format!("cây, tầng {level}, nút {index}"),
            "nút thừa, không thuộc lần ghi nào",
        );
    }
    Ok(())
}

/// Every checkpoint must be signed by the instance's key and be the root of the log at its size; the
/// published file must be one of them, and no checkpoint may know more entries than there are.
pub(super) fn checkpoints(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let db = reader.db()?;
    let keys = Keys::of(db, &reader.catalog, reader.layout())?;
    let leaves = db
        .prepare("SELECT bytes FROM entry ORDER BY seq")?
        .query_map([], |row| row.get::<_, Vec<u8>>(0))?
        .map(|bytes| bytes.map(|bytes| leaf_hash(&bytes)))
        .collect::<Result<Vec<_>, _>>()?;
    let size = leaves.len() as u64;
    let nodes = MemoryNodes::new(leaves);
    let mut statement = db.prepare("SELECT size, note FROM checkpoint ORDER BY size")?;
    let mut notes = statement
        .query_map([], |row| Ok((Some(row.get::<_, u64>(0)?), row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    match std::fs::read_to_string(reader.layout().checkpoint()) {
        Ok(note) => notes.push((None, note)),
        Err(_) => {
            report.add(FindingKind::Checkpoint, "mốc niêm phong đã công bố", "thiếu tệp hoặc không đọc được")
        }
    }
    let sizes: Vec<u64> = notes.iter().filter_map(|(size, _)| *size).collect();
    let mut covered = 0;
    for (stated, note) in notes {
        let place = stated
            .map_or_else(|| "mốc niêm phong đã công bố".to_owned(), |size| format!("mốc niêm phong {size}"));
        let key = stated.map_or(keys.now(), |size| keys.at(size));
        match Checkpoint::verify(&note, key) {
            Err(error) => report.add(FindingKind::Checkpoint, place, error.to_string()),
            Ok(checkpoint) => {
                covered = covered.max(checkpoint.size);
                if stated.is_some_and(|stated| stated != checkpoint.size) {
                    report.add(FindingKind::Checkpoint, &place, "số lần ghi trong bảng khác với mốc");
                }
                if stated.is_none() {
                    behind(&sizes, checkpoint.size, report);
                }
                if stated.is_none() && checkpoint.size > size && written_meanwhile(reader, checkpoint.size)? {
                    continue;
                }
                if checkpoint.size > size {
                    let text = format!("mốc ghi {} lần ghi nhưng sổ cái chỉ còn {size}", checkpoint.size);
                    report.add(FindingKind::Checkpoint, place, text);
                } else if root_at(&nodes, checkpoint.size) != Some(checkpoint.root) {
                    report.add(
                        FindingKind::Checkpoint,
                        place,
                        "mã gốc khác với mã gốc tính lại từ các lần ghi",
                    );
                }
            }
        }
    }
    // From the entry of an import on, nothing is sealed until its last row is in.
    let due = reader.importing().map_or(size, |job| job.seq - 1);
    if reader.sealed() {
        report
            .notes
            .push(format!("bản phục hồi chưa mở niêm phong: mốc mới nhất ghi {covered}/{size} lần ghi"));
    } else if covered < due {
        let text = format!("{} lần ghi cuối chưa có mốc niêm phong nào", due - covered);
        report.add(FindingKind::Checkpoint, "mốc niêm phong", text);
    }
    Ok(())
}

/// A process that ended in between leaves the published file one checkpoint behind, and the next start
/// publishes the newest; a file further behind was put back.
fn behind(sizes: &[u64], published: u64, report: &mut Report) {
    let newer = sizes.iter().filter(|size| **size > published).count();
    if newer > 1 {
        let newest = sizes.iter().max().copied().unwrap_or(0);
        let text = format!("là mốc cũ ({published} lần ghi); mốc mới nhất trong bảng là {newest}");
        report.add(FindingKind::Checkpoint, "mốc niêm phong đã công bố", text);
    }
}

/// The file was read after the snapshot was taken: entries that came in between are none of its concern.
fn written_meanwhile(reader: &Reader, size: u64) -> Result<bool, StoreError> {
    let db = crate::open::reader(&reader.layout().database())?;
    let now: u64 = db.query_row("SELECT COUNT(*) FROM entry", [], |row| row.get(0))?;
    Ok(now >= size)
}

fn root_at(nodes: &impl Nodes, size: u64) -> Option<Hash32> {
    mc_ledger::tree::root_of_nodes(nodes, size).ok()
}
