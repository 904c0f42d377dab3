//! The small derived tables: places and their ancestors, registers, measures.

use std::collections::BTreeSet;

use mc_base::PlaceId;
use mc_ledger::hash::sha256;
use mc_port::{FindingKind, Report};

use super::flags;
use crate::StoreError;
use crate::build::Job;
use crate::convert::hash;
use crate::places;
use crate::reader::Reader;

const SHOWN_MAX: usize = 20;

/// Checks them in the snapshot that declarations and places were read from.
pub(super) fn check(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    ancestors(reader, report)?;
    registers(reader, report)?;
    measures(reader, report)?;
    flags::foreign(reader, report)
}

fn ancestors(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let stored = reader
        .db()?
        .prepare("SELECT place, ancestor FROM place_ancestor")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<BTreeSet<(i64, i64)>, _>>()?;
    let expected: BTreeSet<(i64, i64)> = places::pairs(reader.places()).into_iter().collect();
    let name = |place: i64| {
        let known = u32::try_from(place).ok().and_then(|place| reader.places().get(PlaceId(place)));
        known.map_or_else(|| format!("số {place}"), |place| place.name.clone())
    };
    let missing = expected.difference(&stored).map(|pair| (pair, "thiếu trong bảng"));
    let strays = stored.difference(&expected).map(|pair| (pair, "có trong bảng"));
    for ((place, ancestor), what) in missing.chain(strays).take(SHOWN_MAX) {
        let text = format!(
            "cặp địa bàn {} - cấp trên {} {what}, khác với cây tính lại",
            name(*place),
            name(*ancestor)
        );
        report.add(FindingKind::Derived, "cây địa bàn", text);
    }
    Ok(())
}

/// A register is hidden from a position on only while an import of it is being applied.
fn registers(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let mut statement = reader.db()?.prepare("SELECT no, id, visible_seq FROM register ORDER BY no")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (no, id): (i64, String) = (row.get(0)?, row.get(1)?);
        let place = format!("sổ {id}");
        if reader.catalog.register(&id).is_none_or(|info| info.no != no) {
            report.add(FindingKind::Declaration, &place, "không có khai báo nào");
        }
        let expected = reader.importing().filter(|job| job.register == no).map(|job| job.seq - 1);
        let found: Option<u64> = row.get(2)?;
        if found != expected {
            let shown = |seq: Option<u64>| {
                seq.map_or("mọi lần ghi".to_owned(), |seq| format!("đến lần ghi {seq}"))
            };
            let text = format!("bảng cho thấy {}, phải là {}", shown(found), shown(expected));
            report.add(FindingKind::Derived, place, text);
        }
    }
    Ok(())
}

/// Table `measure` holds the measures of the definitions under the hash of their text.
fn measures(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let mut statement =
        reader.db()?.prepare("SELECT no, id, register, hash, text, built_at FROM measure ORDER BY no")?;
    let mut rows = statement.query([])?;
    let retired = retired_definitions(reader)?;
    while let Some(row) = rows.next()? {
        let (no, text): (i64, String) = (row.get(0)?, row.get(4)?);
        let place = format!("độ đo số {no}, {}", row.get::<_, String>(1)?);
        if hash(&row.get::<_, Vec<u8>>(3)?) != Some(sha256(text.as_bytes())) {
            report.add(FindingKind::Derived, &place, "nội dung khác với mã băm");
        }
        match reader.catalog.measures().iter().find(|measure| measure.sql.no == no) {
            None if retired => {}
            None => report.add(FindingKind::Derived, place, "không định nghĩa chỉ tiêu nào dùng"),
            Some(measure) => {
                let named = (row.get::<_, String>(1)?, row.get::<_, i64>(2)?);
                if named != (measure.definition.id.clone(), measure.sql.register) {
                    report.add(FindingKind::Derived, &place, "tên hoặc sổ trong bảng khác với định nghĩa");
                }
                let is_built = row.get::<_, Option<i64>>(5)?.is_some();
                match Job::find(reader.db()?, no)? {
                    Some(_) if is_built => {
                        report.add(FindingKind::Derived, place, "đã tính xong mà còn dấu đang tính");
                    }
                    Some(job) => {
                        report.notes.push(format!("{place} đang tính, {}/{} ô", job.done, job.total))
                    }
                    None if is_built => {}
                    None => report.add(FindingKind::Derived, place, "chưa được tính"),
                }
            }
        }
    }
    Ok(())
}

/// Whether a definition was ever retired: its measures stay, and nobody reads them.
fn retired_definitions(reader: &Reader) -> Result<bool, StoreError> {
    if reader.catalog.register(mc_register::system::INDICATOR).is_none() {
        return Ok(false);
    }
    Ok(reader.db()?.prepare("SELECT 1 FROM r_indicator WHERE seq_to IS NOT NULL LIMIT 1")?.exists([])?)
}
