//! Writing the planned rows, their leaves and the entry.

use std::collections::{BTreeMap, BTreeSet};

use mc_base::{Hash32, Seq};
use mc_ledger::Act;
use mc_ledger::tree::{leaf_hash, root};
use mc_port::{CommitError, CommitRequest, Receipt, RowRefusal};
use rusqlite::{Connection, params};

use super::{Context, Fault, Made, Planned, Texts};
use crate::erase;
use crate::rows::{self, NewLeaf, NewVersion};

pub(super) fn write(
    context: &mut Context<'_>,
    request: &CommitRequest,
    request_hash: Hash32,
    planned: Vec<Planned<'_>>,
) -> Result<Made, Fault> {
    let db = context.db;
    let seq = context.log.size() + 1;
    let mut hashes = Vec::with_capacity(planned.len());
    let mut bytes = Vec::new();
    for row in &planned {
        row.leaf.encode_into(&mut bytes).map_err(|error| {
            Fault::Refused(CommitError::Rows(vec![RowRefusal {
                register: row.leaf.register.clone(),
                key: row.leaf.key.clone(),
                field: None,
                message: format!("Không ghi được “{}”: {error}.", row.leaf.key),
            }]))
        })?;
        hashes.push(leaf_hash(&bytes));
    }
    let rows_root = root(&hashes);
    let mut touched: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut opened, mut closed) = (0, 0);
    let leaf_count = planned.len() as u64;
    for (index, (mut row, hash)) in planned.into_iter().zip(hashes).enumerate() {
        let index = i64::try_from(index).unwrap_or(i64::MAX);
        let register = &row.info.schema.id;
        if row.leaf.act == Act::Erase {
            store(db, seq, index, &row, hash)?;
            continue;
        }
        let span = match touched.get_mut(register) {
            Some(span) => span,
            None => {
                let last = rows::last_vid(db, register)?;
                touched.entry(register.clone()).or_insert((last + 1, last))
            }
        };
        if row.leaf.act == Act::Open {
            span.1 += 1;
            row.vid = span.1;
            opened += 1;
        } else {
            closed += 1;
        }
        keys.entry(register.clone()).or_default().insert(row.leaf.key.clone());
        store(db, seq, index, &row, hash)?;
    }
    for (register, (from, to)) in &touched {
        if let Some(info) = context.catalog.register(register) {
            db.prepare_cached(
                "INSERT INTO register_span (register, seq, vid_from, vid_to) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![info.no, seq, from, to])?;
        }
    }
    let texts = Texts::of(request, request_hash, context.world);
    let recorded_at = context.log.next_instant(context.world.now());
    let entry = texts.entry(context.log, request, recorded_at, (leaf_count, rows_root));
    context.log.append(db, &entry)?;
    texts.write(db, seq)?;
    let receipt = Receipt { seq: Seq(seq), recorded_at, rows_root, opened, closed, repeated: false };
    Ok(Made { receipt, touched, keys, request: entry.request })
}

fn store(db: &Connection, seq: u64, index: i64, row: &Planned<'_>, hash: Hash32) -> Result<(), Fault> {
    NewLeaf { seq, index, register: row.info.no, vid: row.vid, leaf: &row.leaf, hash }.write(db)?;
    match (row.leaf.act, row.leaf.field) {
        (Act::Close, _) => return Ok(rows::close(db, &row.info.schema.id, row.vid, seq)?),
        (Act::Erase, field) => {
            return Ok(erase::value(db, seq, row.info, row.vid, field.unwrap_or(0))?);
        }
        (Act::Open, _) => {}
    }
    let version = NewVersion {
        vid: row.vid,
        seq,
        leaf: index,
        nonce: row.leaf.nonce,
        key: &row.leaf.key,
        ordinal: row.leaf.ordinal,
        record: &row.record,
    };
    rows::open(db, row.info, &version)?;
    for personal in &row.personal {
        db.prepare_cached(
            "INSERT INTO personal (register, vid, field, salt, value) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            row.info.no,
            row.vid,
            personal.field,
            &personal.salt[..],
            &personal.value[..]
        ])?;
    }
    Ok(())
}
