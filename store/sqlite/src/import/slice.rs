//! One slice of an import: a transaction, in parts between which whoever waits is seen.

use std::time::Instant;

use rusqlite::Connection;

use super::fold::Span;
use super::job::Applying;
use super::pace::{Turn, next_part, now};
use crate::catalog::{Catalog, RegisterInfo};
use crate::writer::Writer;
use crate::{StoreError, find, rows, search};

/// Applies a slice part by part, until it is over or nothing is left.
pub(super) fn parts(
    writer: &Writer,
    info: &RegisterInfo,
    applying: &mut Applying,
    turn: &Turn<'_>,
    began: Instant,
) -> Result<(), StoreError> {
    let total = applying.job.total;
    let mut part_began = began;
    loop {
        let to = total.min(applying.job.done + applying.part);
        slice(&writer.db, &writer.catalog, info, applying, to)?;
        if let Some(leaves) = writer.fixed_slice {
            applying.part = leaves;
            return Ok(());
        }
        let ended = now();
        applying.part = next_part(applying.part, ended.duration_since(part_began));
        if to == total || turn.is_over(ended.duration_since(began)) {
            return Ok(());
        }
        part_began = ended;
    }
}

/// Writes the leaves from `job.done` to before `to` with their versions, and folds their part of the deltas.
pub(super) fn slice(
    db: &Connection,
    catalog: &Catalog,
    info: &RegisterInfo,
    applying: &mut Applying,
    to: u64,
) -> Result<(), StoreError> {
    let (months, job) = (applying.months, &mut applying.job);
    let span = rows::StagedSpan { info, seq: job.seq, vid_base: job.vid_base, from: job.done, to };
    let before = rows::last_vid(db, &info.schema.id)?;
    span.write(db)?;
    find::add(db, &info.schema, info.no, (before + 1, rows::last_vid(db, &info.schema.id)? + 1))?;
    if search::is_searched(&info.schema) {
        let keys = span.keys(db)?;
        search::update(db, catalog, info, &keys)?;
    }
    months.fold(db, job.seq, Span { from: job.done, to, total: job.total })?;
    db.prepare_cached("UPDATE import_job SET done = ?1")?.execute([to])?;
    job.done = to;
    Ok(())
}
