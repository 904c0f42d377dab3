//! Evidence files. One that records point to is named by the SHA-256 of its bytes; one that an import was read from
//! lies sealed, and opens to bytes of the hash under which the ledger knows it.

use std::fs;
use std::fs::File;
use std::io::BufReader;

use mc_base::Hash32;
use mc_ledger::hash::{Sha256Stream, sha256};
use mc_port::{FindingKind, Report};
use rusqlite::params;

use super::erased::recorded;
use crate::StoreError;
use crate::evidence::{self, EVIDENCE, EVIDENCE_NO, KEY, Row};
use crate::reader::Reader;

/// Re-reads every evidence file.
pub(super) fn check(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    plain(reader, report);
    for row in evidence::rows(reader.db()?)? {
        let place = format!("tệp minh chứng {}", row.hash);
        if row.lists.is_empty() {
            report.add(FindingKind::File, &place, "không lần ghi nào dùng tệp này");
        }
        match row.key {
            Some(key) => kept(reader, &row, &key, &place, report)?,
            None => ended(reader, &row, &place, report)?,
        }
    }
    for name in reader.unswept()? {
        let text = "khóa đã hủy mà tệp vẫn nằm trong thư mục evidence/: chưa bỏ được";
        report.add(FindingKind::File, format!("tệp minh chứng {name}"), text);
    }
    strays(reader, report)
}

/// A file whose name is no hash is none of ours.
fn plain(reader: &Reader, report: &mut Report) {
    let Ok(files) = fs::read_dir(reader.layout().evidence()) else { return };
    for file in files.filter_map(Result::ok) {
        let name = file.file_name().to_string_lossy().into_owned();
        let Some(expected) = Hash32::from_hex(&name) else { continue };
        let place = format!("tệp minh chứng {name}");
        match fs::read(file.path()) {
            Ok(bytes) if sha256(&bytes) == expected => {}
            Ok(_) => report.add(FindingKind::File, place, "nội dung khác với mã băm trong tên"),
            Err(error) => report.add(FindingKind::File, place, format!("không đọc được: {error}")),
        }
    }
}

/// A file whose key is there: it opens to its hash, no erasure names it, and its lists are there.
fn kept(
    reader: &Reader,
    row: &Row,
    key: &[u8; 32],
    place: &str,
    report: &mut Report,
) -> Result<(), StoreError> {
    if redacted(reader, row)?.is_some() {
        report.add(FindingKind::Personal, place, "khóa của tệp đã có lệnh xóa nhưng vẫn còn");
        return Ok(());
    }
    let mut stream = Sha256Stream::default();
    let opened = File::open(evidence::path(reader.layout(), row.hash, row.ordinal)).map_err(Into::into);
    let opened = opened.and_then(|file| {
        evidence::open(&mut BufReader::new(file), key, row.hash, &mut |bytes| {
            stream.add(bytes);
            Ok(())
        })
    });
    match opened {
        // While this was read, another commit may have ended the file: a new look tells.
        Err(_) if ended_since(reader, row)? => return Ok(()),
        Err(why) => report.add(FindingKind::File, place, why.to_string()),
        Ok(()) if stream.finish() != row.hash => {
            report.add(FindingKind::File, place, "nội dung khác với mã băm của tệp đã gửi");
        }
        Ok(()) => {}
    }
    for (seq, list) in &row.lists {
        if !evidence::checked_list(reader.layout(), *list).unwrap_or(false) {
            let text = format!("danh sách bản ghi của lần ghi {seq} không còn hoặc đã bị sửa");
            report.add(FindingKind::File, place, text);
        }
    }
    Ok(())
}

/// A file without a key: an erasure of the ledger took it.
fn ended(reader: &Reader, row: &Row, place: &str, report: &mut Report) -> Result<(), StoreError> {
    match redacted(reader, row)? {
        None => report.add(FindingKind::Personal, place, "mất khóa mà không có lệnh xóa"),
        Some(seq) if !recorded(reader, EVIDENCE, &row.hash.to_string(), row.ordinal, KEY, seq)? => {
            let text = format!("khóa bị hủy ở lần ghi {seq} mà không có bản ghi nêu căn cứ");
            report.add(FindingKind::Personal, place, text);
        }
        Some(_) => {}
    }
    Ok(())
}

fn redacted(reader: &Reader, row: &Row) -> Result<Option<u64>, StoreError> {
    let mut statement = reader
        .db()?
        .prepare_cached("SELECT seq FROM redaction WHERE register = ?1 AND vid = ?2 AND field = ?3")?;
    let mut found = statement.query(params![EVIDENCE_NO, row.no, KEY])?;
    Ok(found.next()?.map(|row| row.get(0)).transpose()?)
}

fn ended_since(reader: &Reader, row: &Row) -> Result<bool, StoreError> {
    reader.renew()?;
    Ok(redacted(reader, row)?.is_some())
}

/// Keys of no file, uses of no file, and commits whose source names a file that they were not read from.
fn strays(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let db = reader.db()?;
    let keys: u64 = db.query_row(
        "SELECT COUNT(*) FROM evidence_key WHERE no NOT IN (SELECT no FROM evidence)",
        [],
        |row| row.get(0),
    )?;
    if keys > 0 {
        report.add(FindingKind::File, "tệp minh chứng", format!("{keys} khóa không thuộc tệp nào"));
    }
    let mut statement = db.prepare(
        "SELECT u.seq, e.hash, t.text FROM evidence_use AS u LEFT JOIN evidence AS e ON e.no = u.evidence
         LEFT JOIN entry_text AS t ON t.seq = u.seq AND t.kind = 1 ORDER BY u.seq",
    )?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let (seq, source): (u64, Option<String>) = (row.get(0)?, row.get(2)?);
        let place = format!("lần ghi {seq}");
        let hash = row.get::<_, Option<Vec<u8>>>(1)?.and_then(|bytes| crate::convert::hash(&bytes));
        match (hash, source) {
            (None, _) => report.add(FindingKind::File, place, "dùng một tệp minh chứng không có"),
            // What the source says is in the entry; without it the row is all there is.
            (Some(hash), Some(source)) if names_another(&source, hash) => {
                let text = format!("nguồn nêu tệp khác với tệp minh chứng {hash}");
                report.add(FindingKind::File, place, text);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a source names files by hash, and not this one.
fn names_another(source: &str, hash: Hash32) -> bool {
    let mut named = source.split(|c: char| !c.is_ascii_hexdigit()).filter_map(Hash32::from_hex).peekable();
    named.peek().is_some() && named.all(|other| other != hash)
}
