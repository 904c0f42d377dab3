//! The few facts about the instance that stand outside the ledger.

use mc_base::PlaceId;
use mc_port::Instance;
use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;

/// Position of the last commit that declared a schema or an indicator.
pub(crate) const DECLARED_AT: &str = "declared_at";
/// Position of the last commit that changed the place tree.
pub(crate) const PLACED_AT: &str = "placed_at";
/// Position of the commit that last changed agencies.
pub(crate) const AGENCIES_AT: &str = "agencies_at";
/// Origin line of the checkpoints being signed.
pub(crate) const ORIGIN: &str = "origin";
/// Instant (UTC milliseconds) at which a generated instance's story stands, and the clock when it was set.
pub const STORY_AT: &str = "story_at";
/// What a generated instance was generated from, in the words of whoever generated it.
pub(crate) const GENERATION: &str = "generation";

pub(crate) fn create(db: &Connection, instance: &Instance) -> Result<(), StoreError> {
    set(db, "instance", &instance.id)?;
    set(db, ORIGIN, &instance.origin)?;
    set(db, "illustrative", if instance.illustrative { "yes" } else { "no" })?;
    set(db, "home", &instance.home.to_string())
}

pub(crate) fn instance(db: &Connection) -> Result<Instance, StoreError> {
    let required =
        |name: &str| get(db, name)?.ok_or_else(|| StoreError::Corrupt(format!("bảng meta thiếu “{name}”")));
    let home = required("home")?.parse().map(PlaceId).map_err(StoreError::corrupt)?;
    Ok(Instance {
        id: required("instance")?,
        origin: required(ORIGIN)?,
        illustrative: required("illustrative")? == "yes",
        home,
    })
}

pub(crate) fn get(db: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    Ok(db
        .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

pub(crate) fn set(db: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")?
        .execute(params![name, value])?;
    Ok(())
}

pub(crate) fn remove(db: &Connection, name: &str) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM meta WHERE name = ?1")?.execute([name])?;
    Ok(())
}
