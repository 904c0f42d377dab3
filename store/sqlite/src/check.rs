//! Checks of the rows of a commit that need the store: references, look-ups and the register's rules.

use std::collections::{BTreeMap, BTreeSet};

use mc_ledger::Value;
use mc_port::{CommitError, PlaceTree, RowRefusal};
use mc_register::{Record, thing_of_key};
use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::catalog::{Catalog, RegisterInfo};
use crate::commit::in_clear;
use crate::ddl::{table, written_column};
use crate::explanation;
use crate::rows;

/// What the schema itself says about each value: type, range, code list, presence.
pub(crate) fn values(info: &RegisterInfo, key: &str, record: &Record) -> Vec<RowRefusal> {
    let faults = record.check(&info.schema).err().unwrap_or_default();
    faults
        .into_iter()
        .map(|fault| {
            refusal(info, key, Some(&fault.field), format!("{} ({key}): {fault}", info.schema.title.vi))
        })
        .collect()
}

fn refusal(info: &RegisterInfo, key: &str, field: Option<&str>, message: String) -> RowRefusal {
    RowRefusal {
        register: info.schema.id.clone(),
        key: key.to_owned(),
        field: field.map(str::to_owned),
        message,
    }
}

/// Fills each field that copies what another register knows, from that register's current version.
pub(crate) fn look_up(
    db: &Connection,
    catalog: &Catalog,
    info: &RegisterInfo,
    record: &mut Record,
) -> Result<(), StoreError> {
    for field in &info.schema.field {
        let Some(lookup) = &field.lookup else { continue };
        let Some(Value::Ref { register, key }) = record.get_id(&info.schema, &lookup.by).cloned() else {
            continue;
        };
        let Some(other) = catalog.register(&register) else { continue };
        let Some(source) = other.schema.field(&lookup.field) else { continue };
        let known = rows::thing(db, other, catalog, &key)?;
        // A commitment is bound to its own record: a copy of a personal value gets one of its own.
        let known = if source.personal { in_clear(db, other, &known)? } else { known };
        let current = known.values().rev().find(|version| version.seq_to.is_none());
        if let Some(version) = current {
            record.set(field.no, version.record.get(source.no).clone());
        }
    }
    Ok(())
}

/// Places, agencies and referenced records must exist, in the ledger or in this very commit.
pub(crate) fn references(
    db: &Connection,
    catalog: &Catalog,
    places: &PlaceTree,
    info: &RegisterInfo,
    record: &Record,
    new_keys: &BTreeSet<(String, String)>,
) -> Result<Vec<RowRefusal>, StoreError> {
    let mut refused = Vec::new();
    for (no, value) in record.iter() {
        let Some(field) = info.schema.field_no(no) else { continue };
        let missing = match value {
            Value::Place(place) => {
                // The places of a commit that makes places are not in the tree yet.
                let own = ("place".to_owned(), place.to_string());
                (places.get(*place).is_none() && !new_keys.contains(&own))
                    .then(|| format!("địa bàn số {place}"))
            }
            Value::Agency(agency) => {
                missing(db, catalog, "agency", &agency.0, new_keys)?.then(|| format!("cơ quan “{agency}”"))
            }
            Value::Ref { register, key } => missing(db, catalog, register, key, new_keys)?
                .then(|| format!("“{key}” trong {}", title(catalog, register))),
            _ => None,
        };
        if let Some(what) = missing {
            let message =
                format!("{}: trường {} trỏ tới {what}, chưa có.", info.schema.title.vi, field.title.vi);
            refused.push(refusal(info, "", Some(&field.id), message));
        }
    }
    Ok(refused)
}

fn title(catalog: &Catalog, register: &str) -> String {
    catalog.register(register).map_or_else(|| register.to_owned(), |info| info.schema.title.vi.clone())
}

fn missing(
    db: &Connection,
    catalog: &Catalog,
    register: &str,
    key: &str,
    new_keys: &BTreeSet<(String, String)>,
) -> Result<bool, StoreError> {
    let Some(info) = catalog.register(register) else { return Ok(true) };
    // A reference may name the thing, or one of its spells.
    let thing =
        if key.matches('/').count() >= info.schema.key.len() { thing_of_key(&info.schema, key) } else { key };
    if new_keys.contains(&(register.to_owned(), thing.to_owned())) {
        return Ok(false);
    }
    let condition = if info.schema.has_spells() { "key > ?1 || '/' AND key < ?1 || '0'" } else { "key = ?1" };
    let found: Option<i64> = db
        .prepare_cached(&format!(
            "SELECT vid FROM {} WHERE {condition} AND seq_to IS NULL LIMIT 1",
            table(register)
        ))?
        .query_row([thing], |row| row.get(0))
        .optional()?;
    Ok(found.is_none())
}

/// Runs the rules of each register over the versions just opened. Versions that break a rule that refuses, or one
/// that asks for an explanation which they do not carry, refuse the commit; the others are flagged.
pub(crate) fn rules(
    db: &Connection,
    catalog: &Catalog,
    touched: &BTreeMap<String, (i64, i64)>,
) -> Result<(), CommitError> {
    let failed = |error: StoreError| CommitError::Store(error.to_string());
    let mut refused = Vec::new();
    for (register, span) in touched {
        let Some(info) = catalog.register(register) else { continue };
        for (rule, condition) in info.schema.rule.iter().zip(&info.rules) {
            for (vid, key, missing) in broken(db, info, condition, *span).map_err(failed)? {
                match explanation::objection(&info.schema, rule, missing) {
                    None => flag(db, info.no, vid, &rule.id).map_err(failed)?,
                    Some((field, message)) => {
                        let message = format!("{} ({key}): {message}", info.schema.title.vi);
                        refused.push(refusal(info, &key, field, message));
                    }
                }
            }
        }
    }
    if refused.is_empty() { Ok(()) } else { Err(CommitError::Rows(refused)) }
}

/// Version, key, and what is missing of its explanation.
type Broken = (i64, String, Option<u16>);

fn broken(
    db: &Connection,
    info: &RegisterInfo,
    condition: &str,
    (from, to): (i64, i64),
) -> Result<Vec<Broken>, StoreError> {
    let missing = explanation::missing(&info.schema, |no| written_column(no, &info.marked));
    // A rule that is NULL (a value is not known) is not broken.
    let sql = format!(
        "SELECT vid, key, {missing} FROM {} WHERE vid BETWEEN ?1 AND ?2 AND NOT ({condition})",
        table(&info.schema.id)
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![from, to], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn flag(db: &Connection, register: i64, vid: i64, rule: &str) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR IGNORE INTO row_flag (register, vid, rule) VALUES (?1, ?2, ?3)")?
        .execute(params![register, vid, rule])?;
    Ok(())
}
